"""How much faster is this checkout than another? The same questions to both, in turn, in one run.

    git worktree add ../before v0.1.0
    python tests/benchmarks/beside.py --before ../before --index new100k --before-index old100k --questions 100

Each checkout answers in a process of its own, over an index of its own: those of `--index` and `--before-index`, which
should hold the same paragraphs. Every question is asked once of each, before and after in turn, so that what else the
machine does falls on both. Printed are the milliseconds of an answer and of a search, and the ratio of the medians;
"processor" is the time of the process's own threads, which other work disturbs less.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
from load import DATA, questions, sentences

ROOT = Path(__file__).resolve().parents[2]
WARM = 5

SERVE = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from index import Corpus
from qa import Assistant
corpus = Corpus.open(sys.argv[2])
calls = {"answer": Assistant(corpus).ask, "search": corpus.search}
print("ready", flush=True)
for line in sys.stdin:
    call, question = json.loads(line)
    start, spent = time.perf_counter(), time.process_time()
    calls[call](question)
    print(json.dumps([1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent)]), flush=True)
"""


class Answering:
    """A checkout that answers questions in a process of its own, and says how long each took."""

    def __init__(self, checkout: Path, index: Path) -> None:
        command = [sys.executable, "-c", SERVE, str(checkout.resolve()), str(index.resolve())]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=checkout
        )
        assert self._line() == "ready", f"{checkout} does not open {index}"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def time(self, call: str, question: str) -> list[float]:
        """Return the milliseconds of a call: by the clock, and of the processor."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([call, question]) + "\n")
        self._process.stdin.flush()
        return list(json.loads(self._line()))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


@click.command(help=__doc__)
@click.option("--before", type=click.Path(exists=True, path_type=Path), required=True, help="The other checkout.")
@click.option("--index", type=click.Path(exists=True, path_type=Path), required=True, help="The index of this one.")
@click.option("--before-index", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--questions", "count", default=100, show_default=True)
@DATA
def main(before: Path, index: Path, before_index: Path, count: int, data: Path) -> None:
    sides = {"before": Answering(before, before_index), "now": Answering(ROOT, index)}
    asked = questions(sentences(data), 2 * (WARM + count))
    try:
        for call, own in (("answer", asked[::2]), ("search", asked[1::2])):
            times: dict[str, list[list[float]]] = {name: [] for name in sides}
            for number, question in enumerate(own):
                for name, side in sides.items():
                    taken = side.time(call, question)
                    times[name] += [taken] if number >= WARM else []
            rows = {name: np.array(found) for name, found in times.items()}
            for kind, column in (("", 0), (" processor", 1)):
                medians = {name: float(np.median(row[:, column])) for name, row in rows.items()}
                p95 = {name: float(np.percentile(row[:, column], 95)) for name, row in rows.items()}
                print(
                    f"{call + kind:<18} before {medians['before']:7.1f} ms p50 {p95['before']:7.1f} p95   "
                    f"now {medians['now']:7.1f} p50 {p95['now']:7.1f} p95   "
                    f"ratio {medians['now'] / medians['before']:.2f}"
                )
    finally:
        for side in sides.values():
            side.close()


if __name__ == "__main__":
    main()
