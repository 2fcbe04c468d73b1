"""Which lines of a page of a PDF are the rows of a table, and which figure stands in which of its cells?

A PDF places words and draws lines; nothing says that they are a table. Cells are what stands far apart on a line, and a
table is three such lines and more, one under the other, with a column of figures. Told as a line of words its row
"Marnac | 12 | 340" would be the figure 12 340.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from index.reading.columns import Piece, rows_of
from index.reading.tables import Cell, is_figure, told

_GAP = 1.1
"""Two pieces of a line are cells of their own where so much, in the size of their type, stands between them."""
_FEWEST = 3
"""Rows of a table, at least."""
_MOST = 400
_SHARE = 0.5
"""The share of the rows, at least, in which all but the first cell is a figure."""
_SPACES = re.compile(r"\s{3,}")
_HEAD = 3
"""Lines above the rows of a table that may name its columns."""
_LEADING = 2.4
"""The most that stands between two lines of it, in the size of its type."""
_NONE = re.compile(r"[-–—.…*]{1,3}|n\.?[acd]\.?|nc|nd", re.IGNORECASE)
"""A cell without a figure in a column of them."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell: where it begins and ends, in points from the left, and its text."""

    start: float
    end: float
    text: str


_Row = list[_Placed]


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a line of a page, with its height over the bottom and the size of its type."""

    y: float
    size: float
    cells: _Row


def with_tables(text: str, pieces: Sequence[Piece]) -> str:
    """Return the text of a page in which the rows of its tables are told cell by cell, each under its column's name."""
    rows = [_Line(row[0].y, row[0].size, _cells(row)) for row in rows_of(pieces)]
    start = 0
    for many, run in groupby(rows, key=lambda row: len(row.cells) > 1):
        lines = list(run)
        if many and _is_table(lines):
            head, body = _parted(rows[max(0, start - _HEAD) : start], lines)
            text = _replaced(text, head, body)
        start += len(lines)
    return text


def _parted(above: Sequence[_Line], lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines that name the columns of a table, some of them with one cell alone, and those under them."""
    first = next(n for n, line in enumerate(lines) if _is_figures(line))
    head, body = list(lines[:first]), list(lines[first:])
    left, right = min(line.cells[0].start for line in body), max(line.cells[-1].end for line in body)
    for line in reversed(above):
        under = head[0] if head else body[0]
        near = line.y - under.y <= _LEADING * line.size
        wide = max(cell.end - cell.start for cell in line.cells) > 0.5 * (right - left)
        outside = line.cells[0].start < left - line.size
        if not near or wide or outside or any(_is_sentence(cell.text) for cell in line.cells):
            break
        head.insert(0, line)
    return head, body


def _is_sentence(words: str) -> bool:
    return words.endswith((".", "!", "?", ":", ";"))


def _cells(row: Sequence[Piece]) -> _Row:
    """Return the cells of a line: pieces of it that stand apart, and parts of one that many spaces set apart."""
    cells: _Row = []
    for piece in row:
        width = (piece.end - piece.x) / max(1, len(piece.text.strip()))
        at = piece.x
        for part in _SPACES.split(piece.text.strip()):
            start, end = at, at + width * len(part)
            last = cells[-1] if cells else None
            if last is not None and at == piece.x and start - last.end <= _GAP * piece.size:
                space = " " if start - last.end > 0.15 * piece.size or piece.text[:1].isspace() else ""
                cells[-1] = _Placed(last.start, end, f"{last.text}{space}{part}")
            elif part:
                cells.append(_Placed(start, end, part))
            at = end + 3 * width
    return [_Placed(cell.start, cell.end, " ".join(cell.text.split())) for cell in cells]


def _is_figures(line: _Line) -> bool:
    """Return whether all but the first cell of a line are figures, or say that there is none."""
    cells = line.cells[1:]
    return all(is_figure(cell.text) or _NONE.fullmatch(cell.text) for cell in cells) and any(
        is_figure(cell.text) for cell in cells
    )


def _is_table(lines: Sequence[_Line]) -> bool:
    """Return whether lines of several cells that follow each other are a table: most of them hold figures."""
    figures = sum(map(_is_figures, lines))
    return _FEWEST <= len(lines) <= _MOST and figures >= max(2, _SHARE * len(lines))


def _aligned(head: Sequence[_Line], body: Sequence[_Line]) -> list[list[Cell]]:
    """Return the rows with a cell for each column: that of the fullest rows in whose middle it stands."""
    width = max(len(line.cells) for line in body)
    full = [line.cells for line in body if len(line.cells) == width]
    middles = [sum(row[n].start + row[n].end for row in full) / (2 * len(full)) for n in range(width)]

    def spread(cells: Sequence[_Placed]) -> list[str]:
        line = [""] * width
        for number, cell in enumerate(cells):
            middle = (cell.start + cell.end) / 2
            column = number if len(cells) == width else min(range(width), key=lambda n: abs(middles[n] - middle))
            line[column] = f"{line[column]} {cell.text}".strip()
        return line

    grid = [spread(line.cells) for line in body]
    named = [spread(line.cells) for line in head]
    names = [" ".join(filter(None, (row[n] for row in named))) for n in range(width)]
    heads = [[Cell(name, head=True) for name in names]] if sum(map(bool, names)) >= width - 1 > 0 else []
    above = [[Cell(part) for part in row] for row in named] if not heads else []
    return [*heads, *above, *([Cell(part) for part in row] for row in grid)]


def _replaced(text: str, head: Sequence[_Line], body: Sequence[_Line]) -> str:
    """Return the text of a page with the lines of a table told by their cells; as it is where they do not stand so."""
    wanted = ["".join("".join(cell.text.split()) for cell in line.cells) for line in body]
    names = sorted("".join(cell.text for line in head for cell in line.cells).replace(" ", ""))
    lines = text.split("\n")
    shown = [(n, "".join(line.split())) for n, line in enumerate(lines) if line.strip()]
    for place in range(len(shown) - len(wanted) + 1):
        if [words for _, words in shown[place : place + len(wanted)]] == wanted:
            above = next((n for n in range(len(head) + 1) if _letters(shown[max(0, place - n) : place]) == names), None)
            begin = shown[place - above][0] if above else shown[place][0]
            end = shown[place + len(wanted) - 1][0] + 1
            rows = told(_aligned(head if above else (), body))
            return "\n".join([*lines[:begin], "", *rows.split("\n"), "", *lines[end:]])
    return text


def _letters(lines: Sequence[tuple[int, str]]) -> list[str]:
    return sorted("".join(words for _, words in lines))
