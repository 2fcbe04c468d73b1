"""How do the commands speak with the terminal at hand? Its width, its bold, its bars, its next line."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tqdm import tqdm

    from index.corpus import WriteReport
    from qa.answers import Answer

_WIDEST = 100


def measure_width() -> int:
    """Return how many columns a line may take: those of the terminal, at most what the eye follows easily."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def shows_bold() -> bool:
    """Return whether bold can be shown: on a terminal that has not asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_answer(answer: Answer) -> None:
    """Print an answer as text."""
    from ui.terminal.text import write_answer

    click.echo(write_answer(answer, width=measure_width(), styled=shows_bold()), nl=False)


def print_report(report: WriteReport, where: str) -> None:
    """Print what a write did on one line, and on stderr a line for each file that was left out."""
    from ui.terminal.text import write_report

    summary, details = write_report(report)
    for line in details:
        click.echo(line, err=True)
    click.echo(f"{summary}, {where}")


def print_json(value: object) -> None:
    """Print a noun as JSON in UTF-8, with escapes for the characters that a terminal could obey."""
    from ui.escaping import write_json

    click.echo(write_json(value), nl=False)


def read_question() -> str:
    """Return the next line typed, "" at the end of the input."""
    typing = sys.stdin.isatty()
    if typing:
        with contextlib.suppress(ImportError):  # arrow keys and history, where the platform has them
            import readline  # noqa: F401
    try:
        return input("? " if typing else "").strip()
    except EOFError:
        return ""


@contextlib.contextmanager
def draw_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give the callable that draws a bar for each stage on stderr, where that is a terminal."""
    from tqdm import tqdm

    bars: dict[str, tqdm[Any]] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=stage, file=sys.stderr, leave=False, disable=not sys.stderr.isatty())
        bars[stage].total = total
        bars[stage].update(done - bars[stage].n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
