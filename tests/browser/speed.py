"""How soon can the page be used, and how soon does an answer show? In a real browser, over the bundled articles.

    python tests/browser/speed.py

Twenty visits, each in a browser context of its own with an empty cache: from the address until the page can be used,
from Enter until the card of the first source shows, for a question that the server has not met and for one that it has.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

VISITS = 20
AGAIN = "how many soldiers died?"


def main() -> None:
    """Measure and print."""
    from driving import Visit, chromium
    from served import served

    from index.corpus import Corpus

    times: dict[str, list[float]] = {"page can be used": [], "answer to a new question": [], "answer known": []}
    with tempfile.TemporaryDirectory() as work:
        Corpus.build(HERE.parents[1] / "seeds", Path(work) / "index")
        with served(Path(work) / "index") as address, chromium() as browser:
            for number in range(VISITS):
                one = Visit(browser, address)
                started = time.perf_counter()
                one.open()
                times["page can be used"].append(time.perf_counter() - started)
                for name, question in (
                    ("answer to a new question", f"{AGAIN[:-1]} {number}?"),
                    ("answer known", AGAIN),
                ):
                    started = time.perf_counter()
                    one.ask(question)
                    times[name].append(time.perf_counter() - started)
                one.close()
    click.echo(f"{VISITS} visits                    p50 ms   p95 ms")
    for name, seconds in times.items():
        ordered = sorted(seconds)
        p50, p95 = (1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
        click.echo(f"{name:<26} {p50:8.0f} {p95:8.0f}")


if __name__ == "__main__":
    main()
