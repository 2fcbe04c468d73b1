"""Which lines of a text belong together? Lines, their markers, and lines wrapped at a fixed width, rejoined; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"\S[^\n]*")
_MARKER = re.compile(
    r"(?P<head>#{1,6})[ \t]+(?=\S)"
    r"|(?P<number>\d{1,2}[.)]|[a-z]\))[ \t\u00a0]+(?!\d{3}\b)(?=\S)"
    r"|(?P<bullet>[-*+–—][ \t\u00a0\u202f]+|[•‣▪►▶◦●○■□✓✔➤→·]\s*)(?=\S)"
)
_WORD = re.compile(r"\S{1,40}")
_CLOSERS = " \u00a0\u202f»”’\"')]"
_OPENERS = " \u00a0\u202f«“‘\"'(["
_WIDEST = 130
"""No text is wrapped wider than this many characters; a longer line is a paragraph."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or wrapped lines rejoined: ``text[start:end]`` without the marker and the white space around it."""

    start: int
    end: int
    gap: bool
    """Whether a blank line, or the start of the text, stands before it."""
    marker: str = ""
    """ "#" for a Markdown heading, "-" for a bullet, "1" for a numbered item, else ""."""


def units(text: str) -> list[Unit]:
    """Return the units of the text in order; between them stand only white space and markers.

    >>> [(text[u.start : u.end], u.marker) for text in ["# One\\n- two\\n\\nthree\\n"] for u in units(text)]
    [('One', '#'), ('two', '-'), ('three', '')]
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    joined: list[Unit] = []
    last: Unit | None = None  # the last line of the unit being built
    for line in lines:
        if last is not None and _continues(text, joined[-1], last, line, width):
            before = joined[-1]
            joined[-1] = Unit(before.start, line.end, before.gap, before.marker)
            last = Unit(_outer(text, line), line.end, False, "")
        else:
            joined.append(line)
            last = line
    return joined


def ended(text: str, end: int, stops: str = ".!?…:;。؟।") -> bool:
    """Return whether what ends at `end` closes with one of these stops, quotation marks and parentheses aside."""
    tail = text[max(0, end - 8) : end].rstrip(_CLOSERS)
    return bool(tail) and tail[-1] in stops


def _lines(text: str) -> Iterator[Unit]:
    """Yield every line that is not blank, trimmed, its marker set apart."""
    previous = -1
    for match in _LINE.finditer(text):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        gap = previous < 0 or text.count("\n", previous, start) > 1
        previous = end
        found = _MARKER.match(text, start, end)
        if found is None or found.end() >= end:
            yield Unit(start, end, gap)
        else:
            marker = "#" if found["head"] else "1" if found["number"] else "-"
            yield Unit(found.end(), end, gap, marker)


def _outer(text: str, line: Unit) -> int:
    """Return where the line starts, its marker included."""
    return text.rfind("\n", max(0, line.start - 12), line.start) + 1 if line.marker else line.start


def _wrap_width(text: str, lines: list[Unit]) -> int:
    """Return the width at which the text was wrapped, or 0 where each line is a paragraph.

    Wrapped lines are followed, without a blank line, by lines that begin in mid-sentence, so in lower case.
    """
    inner = [
        (line.end - line.start, _lower(text, following))
        for line, following in pairwise(lines)
        if not following.gap and following.marker in ("", "-") and line.marker != "#"
    ]
    narrow = [(length, lower) for length, lower in inner if length <= _WIDEST]
    if len(narrow) < 2 or len(narrow) < 0.8 * len(inner):
        return 0
    width = max(length for length, _ in narrow)
    return width if width >= 25 and sum(lower for _, lower in narrow) >= 0.3 * len(narrow) else 0


def _lower(text: str, line: Unit) -> bool:
    """Return whether the line begins in mid-sentence: in lower case, or in a script that has no capitals."""
    first = text[line.start : line.start + 4].lstrip(_OPENERS)[:1]
    return first.isalpha() and not first.isupper()


def _continues(text: str, unit: Unit, last: Unit, line: Unit, width: int) -> bool:
    """Return whether the line goes on with the sentence or the paragraph that `unit` holds so far."""
    if line.gap or unit.marker == "#" or line.marker == "#":
        return False
    length = last.end - last.start
    open_ended = not ended(text, last.end)
    word = _WORD.match(text, line.start)
    needed = length + 1 + (len(word.group()) if word else 0)
    if line.marker:
        # "alliée de Moscou\n– depuis 2024 – a envoyé": a dash in a wrapped sentence is no bullet.
        wrapped = width and open_ended and needed > 0.8 * width and unit.marker != line.marker
        return bool(wrapped) and (_lower(text, line) or line.marker == "1") and text[last.end - 1] != ","
    if open_ended and text[line.start] in ",;.)»":
        return True
    if open_ended and _lower(text, line) and (width > 0 or line.end - unit.start >= 80 or ended(text, line.end)):
        return True
    if not width or length > _WIDEST:
        return False
    return needed > (0.7 if open_ended else 0.97) * width
