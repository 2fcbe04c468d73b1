"""What the README shows is what runs."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_snippet_runs(tmp_path):
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{snippet}\nprint('understood:', follow_up.understood_as)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "des centaines de soldats nord-coréens sont morts" in done.stdout
    assert done.stdout.splitlines()[-1] == "understood: how many soldiers were wounded?"


def test_the_transcript_is_what_is_answered(tmp_path):
    shown = README.split("## What an answer looks like")[1].split("In each block")[0]
    lines = [line.removeprefix("    ") for line in shown.split("\n")]
    commands = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    assert len(commands) == 2
    for command in commands:
        program, *arguments = shlex.split(command.replace("my-index", str(tmp_path / "index")))
        assert program == "recoupe"
        asked = [sys.executable, "-m", "ui.cli", *arguments]
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    answer = "\n".join(lines[lines.index(f"$ {commands[-1]}") + 1 :])
    assert answer.strip() == done.stdout.strip()
    assert "one AFP dispatch" in answer
    assert "denied by La" in answer


def test_the_readme_is_short_and_every_link_leads_somewhere():
    assert len(README.encode()) < 10_000
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / target).exists(), target
