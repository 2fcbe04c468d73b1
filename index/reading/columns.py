"""In which order are the lines of a page read that is set in columns? Column by column, under what spans them.

A column begins where line after line begins at the same place, far from the margin, with prose on both sides; the cells
of a table, which begin so too, are short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from index.paragraphs.layout import ended
from index.reading.europresse_lines import LABEL

LEAST_ROWS = 3
_SHARE = 0.25
"""A column begins in so many of the rows of its page, at least."""
LEAST_WIDTH = 80.0
"""In points: no column is narrower."""
_NEAR = 1.6
"""In points: two lines begin at the same place."""
_LETTER = 0.5
"""The width of a letter on the average, in the size of its type."""
_PROSE = 18.0
"""Characters of a line of prose on the average, at least; cells hold fewer."""
_WORDS = 11.0
"""The same where a page may have columns: fewer are numbers, names and days."""
_MOST_COLUMNS = 4
_LABELS = 3
"""Lines of a column that say what stands under them, as a database labels it, at least."""
_ACROSS = 1 / 3
"""A page goes across its columns on so many of the lines that have something in two of them, at least."""
_APART = 2.2
"""A running head stands so far from the next line, in the size of its type, at least."""
_LONGER = 1.25
"""A line that is longer by this than any that has a column beside it spans that column."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text as a page sets it: where it begins, in points from the left and the bottom, and its size."""

    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        """Where it ends, about."""
        return self.x + _LETTER * self.size * len(self.text.strip())


def in_columns(pieces: Sequence[Piece]) -> str:
    """Return the text of a page column by column, or "" for a page that has none, or that is told in that order.

    `pieces` are in the order in which the page tells them.
    """
    rows = rows_of(pieces)
    starts = _starts(rows)
    if not starts or not _goes_across(pieces, starts):
        return ""
    parts = [_split(row, starts) for row in rows]
    if not _is_prose(parts, len(starts)):
        return ""
    longest = _longest(parts)
    told: list[str] = []
    held: list[list[str]] = [[] for _ in starts]
    for row, cells in zip(rows, parts, strict=True):
        if _spans(cells, longest):
            told += [*_flushed(held), _words(row)]
            held = [[] for _ in starts]
        else:
            for column, cell in enumerate(cells):
                held[column] += [_words(cell)] if cell else []
    told += _flushed(held)
    return _joined([part for part in told if part.strip()])


def may_be_columns(pieces: Sequence[Piece]) -> bool:
    """Return whether a page that `in_columns` leaves as it is told may have columns all the same.

    Its lines begin and go across as in columns, and are words, but too short to tell a column from a table's.
    """
    rows = rows_of(pieces)
    starts = _starts(rows)
    if not starts or not _goes_across(pieces, starts):
        return False
    parts = [_split(row, starts) for row in rows]
    return not _is_prose(parts, len(starts)) and _is_prose(parts, len(starts), letters=_WORDS, words=1)


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the rows of a page from the top, the pieces of each from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted((p for p in pieces if p.text.strip()), key=lambda p: (-p.y, p.x)):
        if rows and abs(rows[-1][0].y - piece.y) <= 0.35 * max(piece.size, 1.0):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x) for row in rows]


def _starts(rows: Sequence[Sequence[Piece]]) -> list[float]:
    """Return where the columns begin, from the left; nothing where there is but one."""
    if len(rows) < LEAST_ROWS:
        return []
    margin = min(row[0].x for row in rows)
    counts: Counter[int] = Counter()
    for row in rows:
        counts.update({round(piece.x) for piece in row})
    chosen: list[float] = [margin]
    for place, _ in sorted(counts.items()):
        near = sum(counts[place + step] for step in (-1, 0, 1))
        if near >= max(LEAST_ROWS, _SHARE * len(rows)) and place - chosen[-1] >= LEAST_WIDTH:
            chosen.append(float(place))
    return chosen if 1 < len(chosen) <= _MOST_COLUMNS else []


def _split(row: Sequence[Piece], starts: Sequence[float]) -> list[list[Piece]]:
    """Return the pieces of a row by column."""
    cells: list[list[Piece]] = [[] for _ in starts]
    column = 0
    for piece in row:
        while column + 1 < len(starts) and piece.x >= starts[column + 1] - _NEAR:
            column += 1
        cells[column].append(piece)
    return cells


def _goes_across(pieces: Sequence[Piece], starts: Sequence[float]) -> bool:
    """Return whether the page tells lines across its columns: again and again the left one, then the right one.

    A running head and a foot, which stand apart from the rest, say nothing of the lines between them.
    """
    rows = _without_edges(rows_of(pieces))
    inner = {piece for row in rows for piece in row}
    across: set[float] = set()
    for before, piece in pairwise(p for p in pieces if p.text.strip()):
        level = piece in inner and abs(before.y - piece.y) <= 0.35 * max(piece.size, 1.0)
        if level and any(before.x < start - _NEAR <= piece.x for start in starts[1:]):
            across.add(piece.y)
    parts = (_split(row, starts) for row in rows)
    beside = sum(sum(bool(cell) for cell in cells) > 1 for cells in parts)
    return len(across) >= max(LEAST_ROWS, _ACROSS * beside)


def _without_edges(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Return the rows of a page without the first and the last, where these stand apart from the rest."""
    told = list(rows)
    for edge, near in ((0, 1), (-1, -2)):
        if len(told) > LEAST_ROWS and abs(told[edge][0].y - told[near][0].y) > _APART * told[edge][0].size:
            told.pop(edge)
    return told


def _longest(parts: Sequence[Sequence[Sequence[Piece]]]) -> list[float]:
    """Return the longest line of each column that has another beside it, in letters times the size of its type."""
    longest = [0.0] * len(parts[0])
    for cells in parts:
        for column, cell in enumerate(cells):
            if cell and any(cells[column + 1 :]):
                longest[column] = max(longest[column], _length(cell))
    return [inf if _is_labels(_lines(parts, n)) else most for n, most in enumerate(longest)]


def _lines(parts: Sequence[Sequence[Sequence[Piece]]], column: int) -> list[str]:
    return [_words(cells[column]) for cells in parts if cells[column]]


def _is_labels(lines: Sequence[str]) -> bool:
    """Return whether a column holds what a database says of an article, under its labels: none of it spans another."""
    return sum(LABEL.fullmatch(line) is not None for line in lines) >= _LABELS


def _length(cell: Sequence[Piece]) -> float:
    return len(_words(cell)) * cell[0].size


def _spans(cells: Sequence[Sequence[Piece]], longest: Sequence[float]) -> bool:
    """Return whether a line goes on over the next column: it is much longer than those that have one beside them."""
    return any(
        bool(cell) and not any(cells[column + 1 :]) and 0 < _LONGER * longest[column] < _length(cell)
        for column, cell in enumerate(cells)
    )


def _is_prose(
    parts: Sequence[Sequence[Sequence[Piece]]], columns: int, *, letters: float = _PROSE, words: int = 2
) -> bool:
    """Return whether every column holds lines of prose, and two of them stand side by side.

    Those have `letters` characters on the average, and most of them more than so many words. What a database says of
    an article in a column of labels stands beside its prose.
    """
    beside = sum(sum(bool(cell) for cell in cells) > 1 for cells in parts)
    if beside < LEAST_ROWS:
        return False
    for column in range(columns):
        lines = _lines(parts, column)
        if _is_labels(lines):
            continue
        if not lines or sum(map(len, lines)) / len(lines) < letters:
            return False
        if sum(len(line.split()) > words for line in lines) < 0.6 * len(lines):
            return False
    return True


def _words(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces that follow each other on a line."""
    text = ""
    end = 0.0
    for piece in pieces:
        gap = piece.x - end > 0.15 * piece.size and text and not text[-1].isspace()
        text += (" " if gap and not piece.text[:1].isspace() else "") + piece.text
        end = piece.end
    return " ".join(text.split())


def _flushed(held: Sequence[Sequence[str]]) -> list[str]:
    return ["\n".join(lines) for lines in held]


def _joined(parts: Sequence[str]) -> str:
    """Return the parts of a page in order; a sentence that goes on in the next one stays one."""
    text = ""
    for part in parts:
        goes_on = bool(text) and not ended(text, len(text)) and part[:1].islower()
        text += ("" if not text else "\n" if goes_on else "\n\n") + part
    return text
