"""Where do the paragraphs of a text start and end, and which lines are furniture? Pure; offsets reproduce the text.

A block is what can be cited: a paragraph, a bullet, a few lines of a table, or about `limit` characters of a longer
paragraph, cut at sentence ends. A heading is not cited: the blocks under it carry it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.paragraphs.furniture import is_furniture
from index.paragraphs.layout import Unit, units
from index.paragraphs.roles import BODY, HEADING, closes_with_bullets, roles, row_like
from index.paragraphs.sentences import sentences

__all__ = ["Block", "is_furniture", "sentences", "split"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to index: ``text[start:end]``, trimmed, and the heading it stands under."""

    start: int
    end: int
    heading: str = ""


def split(text: str, *, language: str, title: str = "", limit: int = 600) -> list[Block]:
    """Return the blocks of a text, in order and disjoint.

    Every character of the text stands in exactly one block, except white space, the markers of bullets, headings and
    furniture. A line that repeats `title` is no heading: the title is known. Raises ValueError for a `limit` under 50.

    >>> text = "Losses\\n- 300 dead\\n- 2,700 wounded\\n\\nShare on Facebook"
    >>> [(text[b.start : b.end], b.heading) for b in split(text, language="en")]
    [('300 dead', 'Losses'), ('2,700 wounded', 'Losses')]
    """
    if limit < 50:
        raise ValueError(f"limit must be at least 50 characters, not {limit}")
    blocks: list[Block] = []
    headings: list[str] = []
    under: Unit | None = None  # the body unit last read since the last heading
    for unit, role in _merged(text, roles(text, units(text), language=language, title=title), limit):
        if role == HEADING:
            headings = [*headings, _line(text, unit)] if under is None else [_line(text, unit)]
            under = None
        elif role == BODY:
            if under is not None and headings and closes_with_bullets(text, headings[-1], under, unit):
                headings = []
            under = unit
            heading = " — ".join(headings[-2:])
            blocks += [Block(start, end, heading) for start, end in _cut(text, unit, language, limit)]
    return blocks


def _line(text: str, unit: Unit) -> str:
    """Return a heading on one line, without the marks that close it."""
    return " ".join(text[unit.start : unit.end].split()).rstrip("#").rstrip(" :").strip("*_ ")


def _merged(text: str, read: list[tuple[Unit, str]], limit: int) -> Iterator[tuple[Unit, str]]:
    """Yield the units with their roles, neighbouring rows of a table or verses made one, up to `limit` characters."""
    held: Unit | None = None
    for unit, role in read:
        row = role == BODY and row_like(text, unit)
        if held is not None and row and not unit.gap and unit.end - held.start <= limit:
            held = Unit(held.start, unit.end, held.gap)
            continue
        if held is not None:
            yield held, BODY
            held = None
        if row:
            held = unit
        else:
            yield unit, role
    if held is not None:
        yield held, BODY


def _cut(text: str, unit: Unit, language: str, limit: int) -> list[tuple[int, int]]:
    """Return the offsets of the pieces of a paragraph: itself, or about `limit` characters each, of whole sentences.

    The pieces are of even length rather than full ones and a rest, so that no short tail is left alone. A sentence of
    more than twice `limit` characters is cut at white space.
    """
    length = unit.end - unit.start
    if length <= limit * 4 // 3:
        return [(unit.start, unit.end)]
    count = max(2, round(length / limit))
    pieces: list[tuple[int, int]] = []
    last = -1
    for sentence in sentences(text[unit.start : unit.end], language):
        for start, end in _chopped(text, unit.start, sentence, limit):
            # A sentence belongs to the piece in which its middle falls.
            piece = (start + end - 2 * unit.start) * count // (2 * length)
            if piece == last:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
            last = piece
    if len(pieces) > 1 and pieces[-1][1] - pieces[-1][0] < limit // 5:
        tail = pieces.pop()
        pieces[-1] = (pieces[-1][0], tail[1])
    return pieces


def _chopped(text: str, base: int, sentence: tuple[int, int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets in the text of a sentence, or of the pieces of one far too long, cut after clauses or words."""
    start, end = sentence
    while end - start > 2 * limit:
        window = text[base + start + limit // 2 : base + start + limit]
        clause = max(window.rfind(mark) for mark in ("; ", ": ", ", ", "\n"))
        at = clause if clause >= 0 else max(window.rfind(" "), window.rfind("\n"))
        # A run of characters without white space is cut where it must be.
        cut = start + limit // 2 + at + 1 if at >= 0 else start + limit
        piece = text[base + start : base + cut]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if left < right:
            yield base + start + left, base + start + right
        start = cut
    rest = text[base + start : base + end]
    if rest.strip():
        yield base + start + len(rest) - len(rest.lstrip()), base + end
