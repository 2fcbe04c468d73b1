"""How long does reading the facts of a passage take, and does a hostile text take longer than its length says?

    python tests/benchmarks/facts.py

Passages are the paragraphs of the bundled articles and of tests/data/news, read once for the warming up; the best of
`--rounds` counts. A hostile text is one piece repeated up to a length; eight times the length should take about eight
times the time.
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

PIECES = (
    "1 ", "et 3 ", "de la ", "Abc ", "« ", "selon ", "janvier ", "vingt et ", "a, ", "+1 ", "said X ", "M. ", "1-", "-",
    "(", "@", "?", "“", "1\u00a0", "€5 ", "12 morts et 3 blessés ont ", "Jean Dupont, 45, ", "des milliers ", "\n",
    "a'",
)  # fmt: skip
SIZES = (12_500, 100_000)


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
    from index.facts import read_facts, read_quotations
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
    click.echo(f"| {len(texts)} | {words / len(texts):.0f} | {each:.2f} | {each * 80 * len(texts) / words:.2f} |\n")
    click.echo(f"| piece | {SIZES[0]:,} letters | {SIZES[1]:,} letters | ratio |\n|---|--:|--:|--:|")
    for piece in PIECES:
        times = []
        for size in SIZES:
            text = (piece * (size // len(piece) + 1))[:size]
            times.append(seconds(lambda text=text: (read_facts(text, "fr"), read_quotations(text, "fr"))))
        click.echo(f"| {piece!r} | {times[0]:.2f} s | {times[1]:.2f} s | {times[1] / times[0]:.1f} |")


if __name__ == "__main__":
    main()
