"""What the README shows is what runs."""

import re
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


def test_the_transcripts_show_every_source_that_tells_of_deaths():
    transcript = README.split("$ recoupe ask")[1].split("In each block")[0]
    assert len(re.findall(r"^      → ", transcript, re.MULTILINE)) == 4
    assert "Silent: 003_7ad734bb0bea6991.txt" in transcript


def test_the_readme_is_short_and_every_link_leads_somewhere():
    assert len(README.encode()) < 10_000
    for target in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / target).exists(), target
