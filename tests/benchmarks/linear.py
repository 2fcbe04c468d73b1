"""Does the work on a text grow as the text does, on texts made to have it grow as its square?

    python tests/benchmarks/linear.py

Each text is repeated to a size and to eight times that size. Work that grows as the text takes about eight times as
long, a square law sixty-four times; the processor's time counts, the best of three.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.facts.read import read_facts
from index.paragraphs import sentences, split

PIECES = (
    "1 ", "et 3 ", "de la ", "Abc ", "« ", "selon ", "janvier ", "vingt et ", "a, ", "+1 ", "said X ", "Oui. ", "M. ",
    "1-", "-", "(", "@", "?", "“", "€5 ", "1\u00a0", "12 morts et 3 blessés ont ", "Jean Dupont, 45, ", "des milliers ",
)  # fmt: skip
LINES = ("a", ".", "- douze morts\n", "Un titre court\n", "Abonnez ", "À lire aussi :\nUn titre\n", "\n", "mot ")
FACTOR = 8


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor's time that the work on a text takes, the best of three."""
    best = float("inf")
    for turn in range(3):
        own = text + " " * turn  # never the same text, which is remembered
        began = time.process_time()
        work(own)
        best = min(best, time.process_time() - began)
    return best


def row(name: str, work: Callable[[str], object], piece: str, size: int) -> bool:
    """Print how long the work takes on a text and on one eight times as long; return whether it grows as they do."""
    short, long = ((piece * (n // len(piece) + 1))[:n] for n in (size, FACTOR * size))
    one, other = seconds(work, short), seconds(work, long)
    ratio = other / max(one, 1e-4)
    click.echo(f"{name:<12}{piece!r:<30}{size:>9,}{one:>9.3f}{other:>9.3f}{ratio:>8.1f}")
    return ratio < FACTOR * FACTOR / 2


@click.command(help=__doc__)
def main() -> None:
    click.echo(f"{'work':<12}{'text':<30}{'size':>9}{'s':>9}{'s, x 8':>9}{'ratio':>8}")
    works: list[tuple[str, Callable[[str], object], tuple[str, ...], int]] = [
        ("facts", lambda text: read_facts(text, "fr"), PIECES, 12_500),
        ("paragraphs", lambda text: split(text, language="fr"), LINES, 50_000),
        ("sentences", lambda text: sentences(text, "fr"), PIECES + LINES, 50_000),
    ]
    grows = [row(name, work, piece, size) for name, work, pieces, size in works for piece in pieces]
    if not all(grows):
        raise click.ClickException("some of this grows faster than its text")


if __name__ == "__main__":
    main()
