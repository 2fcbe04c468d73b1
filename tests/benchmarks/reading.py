"""How fast are files read, beside another checkout? Pages, text, PDF, Word and Markdown, each file by both in turn.

    git worktree add ../before 6544651
    python tests/benchmarks/reading.py --before ../before --rounds 9

The articles of `seeds` and of `tests/data/news` are written as files of each kind. Each checkout reads in a process of
its own, which parses a file and tells its title, day and language, as the child process of `recoupe build` does. What
is printed is, for each kind, the milliseconds of the processor for a file, by the medians of the rounds, and the median
over the rounds of the ratio of now to before, with its least and its greatest.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from statistics import median

import click

ROOT = Path(__file__).resolve().parents[2]

READ = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from index.reading.articles import documents_of
from index.reading.formats import extract
from index.reading.kinds import kind_of, suffix_of
print("ready", flush=True)
for line in sys.stdin:
    file = Path(json.loads(line))
    data, started = file.read_bytes(), time.process_time()
    kind = kind_of(suffix_of(file.name), data[:4096])
    documents_of(file.name, "0" * 64, extract(data, kind, max_bytes=10**8).articles, {})
    print(1000 * (time.process_time() - started), flush=True)
"""


class Reading:
    """A checkout that reads files in a process of its own, and says how long each took."""

    def __init__(self, checkout: Path) -> None:
        command = [sys.executable, "-c", READ, str(checkout.resolve())]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=checkout)
        assert self._line() == "ready", f"{checkout} does not read"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def time(self, file: Path) -> float:
        """Return the milliseconds of the processor that a file takes."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(str(file)) + "\n")
        self._process.stdin.flush()
        return float(self._line())

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


def write_page(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs[1:])
    title = html.escape(paragraphs[0])
    menu = "<nav><ul><li><a href='/'>Une</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
    page = f"<head><title>{title}</title></head><body>{menu}<article><h1>{title}</h1>{body}</article></body>"
    return f"<!DOCTYPE html><html>{page}</html>".encode()


def write_word(paragraphs: list[str]) -> bytes:
    import docx

    document, out = docx.Document(), io.BytesIO()
    document.add_heading(paragraphs[0], 1)
    for one in paragraphs[1:]:
        document.add_paragraph(one)
    document.save(out)
    return out.getvalue()


def write_pdf(paragraphs: list[str]) -> bytes:
    """Return a PDF of lines of ninety characters, fifty on a page, as `tests.test_reading` makes them."""
    from test_reading import pdf

    whole = (one.encode("cp1252", "replace").decode("cp1252") for one in paragraphs)
    escaped = (re.sub(r"([()\\])", r"\\\1", one) for one in whole)
    lines = [line for one in escaped for line in [*textwrap.wrap(one, 90), ""]]
    return pdf([lines[at : at + 50] for at in range(0, len(lines), 50)])


KINDS: dict[str, Callable[[list[str]], bytes]] = {
    ".html": write_page,
    ".txt": lambda paragraphs: "\n\n".join(paragraphs).encode(),
    ".pdf": write_pdf,
    ".docx": write_word,
    ".md": lambda paragraphs: ("# " + "\n\n".join(paragraphs)).encode(),
}


def articles() -> list[list[str]]:
    """Return the paragraphs of each article, its title first."""
    files = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests" / "data" / "news").rglob("*.txt")])
    texts = (file.read_text(encoding="utf-8", errors="replace").split("\n") for file in files)
    return [[line.strip() for line in lines if line.strip()] for lines in texts]


@click.command(help=__doc__)
@click.option("--before", type=click.Path(exists=True, path_type=Path), required=True, help="The other checkout.")
@click.option("--rounds", default=9, show_default=True, help="How often every file is read by each.")
def main(before: Path, rounds: int) -> None:
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    sides = {"before": Reading(before), "now": Reading(ROOT)}
    with tempfile.TemporaryDirectory() as place:
        click.echo(
            "| kind | files | before, ms a file | now | now / before, least to greatest |\n|---|---|---|---|---|"
        )
        for suffix, write in KINDS.items():
            files = [Path(place) / f"{number}{suffix}" for number, _ in enumerate(articles())]
            for file, paragraphs in zip(files, articles(), strict=True):
                file.write_bytes(write(paragraphs))
            spent: dict[str, list[float]] = {name: [] for name in sides}
            for turn in range(rounds + 1):
                total = dict.fromkeys(sides, 0.0)
                for file in files:
                    for name in sorted(sides, reverse=bool(turn % 2)):
                        total[name] += sides[name].time(file)
                for name in sides if turn else ():  # the first round loads what a kind needs
                    spent[name].append(total[name] / len(files))
            ratios = [now / then for now, then in zip(spent["now"], spent["before"], strict=True)]
            told = f"{median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}"
            click.echo(
                f"| {suffix} | {len(files)} | {median(spent['before']):.1f} | {median(spent['now']):.1f} | {told} |"
            )
    for side in sides.values():
        side.close()


if __name__ == "__main__":
    main()
