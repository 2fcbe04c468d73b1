"""Which dispatches of agencies does a text hold, one after the other, as a newsroom copies or exports them?

Lines of dashes or asterisks part them; where there are none, each ends with the initials, the rights or the hour under
it, and begins with what stands above the next line of an agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.reading.contents import FileContents
from index.reading.dispatches import head_of, of_lines
from index.reading.reviews import groups
from index.reading.wirelines import is_agency, is_anchor, is_close, is_flag, is_of_log, is_sentence, is_under, stamp

_NAMES = ("AFP", "euters", "REUTERS", "(AP)", "BELGA", "(Belga", "(ATS", "(ats", "(dpa", "(EFE", "(ANSA", "(Xinhua")
_SIGN = r"[^a-zA-Z0-9\s.,;:()'\"]{1,3}"
_HINT = re.compile(
    r"\((?:AFP|Reuters|REUTERS|AP|Belga|BELGA|ATS|ats|dpa|EFE|ANSA"
    r"|Xinhua)(?:[/ -][\w -]{1,20})?\)[ .,]*(?:[^a-zA-Z0-9\s]|$)"
    rf"|{_SIGN} ?(?:AFP|Reuters|AP|Belga|ATS|dpa) ?{_SIGN}|^\W*(?:AFP|Reuters|RTRS|Agence France-Presse)\b.{{0,60}}$"
    r"|AFP \d{6} ",
    re.MULTILINE,
)
"""Holds for bytes read as Latin 1 too."""
_RIGHTS = re.compile(r"\W*(?:©|\(c\)|copyright)", re.IGNORECASE)
_OWN = ("AFP", "Agence France-Presse", "Reuters", "Associated Press")
"""Who may hold the rights of one dispatch alone, that it is told from an article of a paper."""
_COVER = 6
"""Lines that a list of dispatches says of itself, at most."""
_TALLEST = 20
"""Lines above the one that an agency signs, under what closes the dispatch before, at most."""
_NEAR = 150
"""Characters of a line before the name of the agency that signs it, at most."""

Lines = list[str]


def may_hold(text: str) -> bool:
    """Return whether a text holds, somewhere, what an agency signs with."""
    return any(_HINT.search(line) for name in _NAMES for line in _named(text, name))


def _named(text: str, name: str) -> Iterator[str]:
    """Yield the beginnings of the lines that name an agency near them."""
    at = text.find(name)
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        if at - start < _NEAR:
            yield text[start : min(end if end >= 0 else len(text), start + 2 * _NEAR)]
        at = text.find(name, end) if end >= 0 else -1


def articles(text: str) -> FileContents | None:
    """Return the dispatches of a text; None for one that holds none, or one alone that nothing marks as such."""
    if not may_hold(text):
        return None
    parts = _whole([part for group in _inner(groups(text.split("\n"))) for part in _parted(group)])
    signed = [part for part in parts if _is_signed(part)]
    if len(signed) < 2 and not (signed and len(parts) == 1 and _is_marked(signed[0])):
        return None
    found = [said for said in map(of_lines, parts) if said is not None]
    return FileContents(tuple(found)) if found else None


def _inner(parts: list[Lines]) -> list[Lines]:
    """Return what lines of signs part without what the list says of itself at its top and at its end."""
    told = [[line for line in part if line.strip()] for part in parts]
    covers = [len(lines) <= _COVER and any(map(is_of_log, lines)) and not any(map(is_anchor, lines)) for lines in told]
    last = len(parts) - 1
    return [part for n, part in enumerate(parts) if not (covers[n] and n in (0, last) and last)]


def _is_signed(lines: Sequence[str]) -> bool:
    """Return whether an agency signs these lines: in one of them, or by its name beside a day and its hour."""
    stamped = any(stamp(line.strip()) for line in lines)
    return any(is_anchor(line) or (stamped and is_agency(line)) for line in lines)


def _is_marked(lines: Sequence[str]) -> bool:
    """Return whether one dispatch alone is marked as such: by a flag above it, or by what closes it."""
    told = [line.strip() for line in lines if line.strip()]
    closed = any(is_close(line) and (not _RIGHTS.match(line) or any(map(line.count, _OWN))) for line in told[-4:])
    return closed or any(is_flag(line) for line in told[:6])


def _whole(parts: list[Lines]) -> list[Lines]:
    """Return the dispatches of these parts: a head goes with what follows it, an unsigned part with the one above."""
    whole: list[Lines] = []
    above: Lines = []
    for part in parts:
        if head_of(part).start >= len(_trimmed(part)) and not any(map(is_close, part)):
            above += part
        elif whole and not _is_signed([*above, *part]):
            whole[-1] += ["", *above, *part]
            above = []
        else:
            whole.append([*above, *part])
            above = []
    return [*whole, above] if above else whole


def _trimmed(lines: Lines) -> Lines:
    """Return lines without those at the end that are empty or stand under a dispatch."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_under(lines[end - 1])):
        end -= 1
    return lines[:end]


def _parted(lines: Lines) -> list[Lines]:
    """Return the dispatches among lines that nothing parts, by the lines of their agencies."""
    anchors = [place for place, line in enumerate(lines) if is_anchor(line)]
    parts: list[Lines] = []
    start = 0
    for before, place in pairwise(anchors):
        cut = _begin(lines, before, place)
        if cut is not None:
            parts.append(lines[start:cut])
            start = cut
    return [*parts, lines[start:]]


def _begin(lines: Lines, before: int, place: int) -> int | None:
    """Return where the dispatch begins whose agency signs at `place`; None where it began above `before`."""
    closed = next((n + 1 for n in range(place - 1, before, -1) if is_close(lines[n])), 0)
    closed += 0 < closed < place and bool(stamp(lines[closed]))
    top = place
    while top > max(closed, before + 1) and (not is_sentence(lines[top - 1]) or is_flag(lines[top - 1].strip())):
        top -= 1
    if closed and place - closed <= _TALLEST:
        return closed
    if top == before + 1 and not is_sentence(lines[before]):
        return None
    return top
