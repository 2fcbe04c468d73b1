"""How long does an answer over the bundled articles take, cold and warm, and where does the time go?

    python tests/benchmarks/answer.py

Cold is a whole `recoupe ask` in a new process, best and median of five; warm is one question after another in a process
that has loaded everything.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

QUESTIONS = (
    "how many soldiers died?",
    "combien de blessés ?",
    "who confirmed the presence of troops?",
    "pourquoi les pertes sont-elles lourdes ?",
    "when will more troops arrive?",
)


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@click.command(help=__doc__)
@click.option("--rounds", default=20, show_default=True, help="Times that each question is asked when warm.")
def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        recoupe = [sys.executable, "-c", "from ui.cli import main; main()"]

        def run(*words: str) -> float:
            return seconds(lambda: subprocess.run([*recoupe, *words], cwd=ROOT, check=True, capture_output=True))

        print(f"recoupe --help                  {min(run('--help') for _ in range(5)):6.2f} s")
        print(f"recoupe build seeds (new)       {run('build', 'seeds', str(index)):6.2f} s")
        cold = [run("ask", QUESTIONS[0], "--index", str(index)) for _ in range(5)]
        print(f"recoupe ask, cold               {min(cold):6.2f} s best, {median(cold):.2f} s median")

        print("of which, in one process:")
        steps: list[tuple[str, float]] = [("import onnxruntime", seconds(lambda: __import__("onnxruntime")))]
        steps.append(("import index, qa", seconds(lambda: __import__("index.corpus") and __import__("qa.assistant"))))
        from index import Corpus
        from index.lexicon import Lexicon
        from qa import Assistant

        opened: list[Corpus] = []
        steps.append(("open the index", seconds(lambda: opened.append(Corpus.open(index)))))
        corpus = opened[0]
        steps.append(("load the encoder", seconds(lambda: corpus.encoder)))
        steps.append(("load the translation table", seconds(Lexicon.load)))
        assistant = Assistant(corpus)
        steps.append(("first answer", seconds(lambda: assistant.ask(QUESTIONS[0]))))
        for name, taken in steps:
            print(f"  {name:<30}{taken:6.2f} s")

        searches = [seconds(lambda q=q: corpus.search(q, k=10)) for _ in range(rounds) for q in QUESTIONS]
        # A new assistant each time: one remembers what it was asked.
        answers = [seconds(lambda q=q: Assistant(corpus).ask(q)) for _ in range(rounds) for q in QUESTIONS]
        for name, times in (("search, warm", searches), ("answer, warm", answers)):
            ordered = sorted(times)
            p95 = ordered[int(0.95 * len(ordered))]
            print(f"{name:<32}{1000 * median(times):6.0f} ms p50, {1000 * p95:.0f} ms p95 over {len(times)}")


if __name__ == "__main__":
    main()
