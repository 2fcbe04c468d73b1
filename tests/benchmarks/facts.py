"""How long does reading the facts of a passage take?

    python tests/benchmarks/facts.py

Passages are the paragraphs of the bundled articles and of tests/data/news, read once for the warming up; of the rounds,
the best counts. `linear.py` reads texts that are made to take long.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def passages() -> list[tuple[str, str]]:
    """Return the paragraphs of more than fifteen words, each with its language."""
    from index.language import detect

    found = []
    for path in sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/data/news").glob("*.txt")]):
        text = path.read_text(encoding="utf-8")
        language = detect(text)
        found += [(part, language) for part in re.split(r"\n\s*\n", text) if len(part.split()) > 15]
    return found


@click.command(help=__doc__)
@click.option("--rounds", default=5, show_default=True, help="Times that every passage is read.")
def main(rounds: int) -> None:
    from index.facts import read_facts
    from index.facts.read import _facts

    texts = passages()
    words = sum(len(text.split()) for text, _ in texts)

    def read_all() -> None:
        _facts.cache_clear()
        for text, language in texts:
            read_facts(text, language)

    read_all()
    best = min(seconds(read_all) for _ in range(rounds))
    click.echo("| passages | words each | ms a passage | ms for 80 words |\n|--:|--:|--:|--:|")
    each = 1000 * best / len(texts)
    click.echo(f"| {len(texts)} | {words / len(texts):.0f} | {each:.2f} | {each * 80 * len(texts) / words:.2f} |")


if __name__ == "__main__":
    main()
