"""How does a table become text in which each figure stands with its row and its column?

Of a table whose first row names its columns each further row is a paragraph: its first cell, then the name of each
column and its cell, "Banque Bêta | Ville: Lens | Salariés: 3 333". Nothing is added but "|" and ":"; the names of the
columns come again in every row. A cell that spans several is told once, under their names. A table without such a
row keeps its rows as lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FIGURE = re.compile(r"[^\W\d_]{0,3}\W*\d[\d\s.,'’/-]*\W*[^\W\d_]{0,4}\W*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?")
_MOST_SPANNED = 50
_LONGEST_FIGURE = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text on one line, whether it is marked as the head of a column, and what it spans."""

    text: str
    head: bool = False
    columns: int = 1
    rows: int = 1


def told(rows: Sequence[Sequence[Cell]]) -> str:
    """Return the text of a table.

    >>> bank = [[Cell("Banque", True), Cell("Salariés", True)], [Cell("Bêta"), Cell("3 333")]]
    >>> told(bank)
    'Bêta | Salariés: 3 333'
    """
    grid = [row for row in _spread(rows) if any(cell.text for cell in row)]
    if not grid:
        return ""
    heads = _heads(grid)
    if not heads:
        return "\n".join(" | ".join(cell.text for cell, _ in _apart(row) if cell.text) for row in grid)
    names = [" ".join(dict.fromkeys(row[n].text for row in grid[:heads] if n < len(row))) for n in range(_width(grid))]
    lines = [_line(row, names) for row in grid[heads:]]
    return "\n\n".join(line for line in lines if line)


def _line(row: Sequence[Cell], names: Sequence[str]) -> str:
    """Return a row with the names of its columns; a first cell without figures names the row, and needs none."""
    said: list[str] = []
    for cell, columns in _apart(row):
        number = columns[0]
        name = " ".join(dict.fromkeys(names[n].strip().rstrip(":").strip() for n in columns)).strip()
        if not cell.text:
            continue
        bare = not name or name == cell.text or (number == 0 and not any(c.isdigit() for c in cell.text))
        part = cell.text if bare else f"{name}: {cell.text}"
        if part not in said:  # what spans several columns of one name
            said.append(part)
    return " | ".join(said)


def _apart(row: Sequence[Cell]) -> list[tuple[Cell, list[int]]]:
    """Return each cell of a row once, with the columns that it stands in."""
    found: list[tuple[Cell, list[int]]] = []
    for column, cell in enumerate(row):
        if found and found[-1][0] is cell:
            found[-1][1].append(column)
        else:
            found.append((cell, [column]))
    return found


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return the rows with each cell in every column and row that it spans."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        line: list[Cell] = []
        cells = iter(row)
        while True:
            if len(line) in below:
                cell, left = below.pop(len(line))
                if left > 1:
                    below[len(line)] = cell, left - 1
                line.append(cell)
                continue
            following = next(cells, None)
            if following is None:
                break
            for _ in range(min(max(following.columns, 1), _MOST_SPANNED)):
                if following.rows > 1:
                    below[len(line)] = following, min(following.rows, _MOST_SPANNED) - 1
                line.append(following)
        grid.append(line)
    return grid


def _width(grid: Sequence[Sequence[Cell]]) -> int:
    return max(len(row) for row in grid)


def is_figure(text: str) -> bool:
    """Return whether a cell holds nothing but a figure and its unit."""
    return len(text) <= _LONGEST_FIGURE and _FIGURE.fullmatch(text) is not None


def _heads(grid: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows at the top name the columns: those marked so, else one above columns of figures."""
    marked = 0
    while marked < len(grid) and all(cell.head or not cell.text for cell in grid[marked]):
        marked += 1
    if 0 < marked < len(grid):
        return marked if marked <= 3 else 0
    first = grid[0]
    if marked or len(grid) < 3 or len(first) < 3 or len(first) != _width(grid):  # two columns may be names and values
        return 0
    if any(is_figure(cell.text) and not _YEAR.fullmatch(cell.text) for cell in first):
        return 0
    under = [[row[n].text for row in grid[1:] if n < len(row) and row[n].text] for n in range(1, len(first))]
    figures = [bool(cells) and all(map(is_figure, cells)) for cells in under]
    named = sum(bool(cell.text) for cell in first)
    return 1 if any(figures) and named >= len(first) - 1 else 0
