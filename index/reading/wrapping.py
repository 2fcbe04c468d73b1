"""Is a number or its unit cut in two by the end of a line? Then the line ends after it; nothing else is moved.

"une aide de 300⏎millions d'euros" becomes "une aide de 300 millions d'euros⏎", "quelque 2⏎500 postes" "quelque 2
500⏎postes": no character is lost, and no two stand side by side that did not, but for a space between them.
"""

from __future__ import annotations

import re

_SCALE = r"(?:mill(?:ions?|iards?)|billions?|trillions?|thousand|hundred|dozens?|mille|mn|mds?|bn)\b"
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_UNIT = (
    r"(?:%|‰|€|\$|£|°C?|(?:d['’]|de )?(?:euros?|dollars?|francs?|livres|yens?|roubles?)\b"
    r"|pounds?\b|cents?\b|percent\b|per cent\b|pour cent\b|p\. ?100\b"
    r"|(?:kilo|centi|milli|m[ée]ga|giga)?(?:m[èe]tres?|grammes?|watts?|octets?|meters?|grams?)\b"
    r"|(?:km|kg|cm|mm|ha|kWh?|MWh?|GWh?|TWh?)\b|hectares?\b|tonnes?\b|tons?\b|miles?\b|degr[ée]s?\b|degrees?\b)"
)
_STOPS = r"[.,;:!?)»]*"
_NUMBER = r"(?<![\w.,/-])[$€£]?\d{1,3}(?:[ \u00a0\u202f\u2009.,]\d{3}){0,4}(?:[.,]\d{1,3})?|(?<![\w.,/-])[$€£]?\d{1,9}"
_ENDS = (
    (re.compile(rf"(?:{_NUMBER})$"), re.compile(rf"(?:{_SCALE}(?: (?:d['’]|de )?{_UNIT})?|{_UNIT}){_STOPS}(?!\w)")),
    (re.compile(rf"\d[ \u00a0\u202f]{_SCALE}$"), re.compile(rf"(?:(?:d['’]|de )?{_UNIT}){_STOPS}(?!\w)")),
    (re.compile(r"(?<![\w.,/-])(?:\d{1,2}|1er)$"), re.compile(rf"{_MONTH}(?: \d{{4}}\b)?{_STOPS}", re.IGNORECASE)),
)
"""How a line ends, and how the one after it then begins with what belongs to that end."""
_GROUP = re.compile(r"(?<![\d\w.,:/-])[$€£]?\d{1,3}(?:[ \u00a0\u202f]\d{3}){0,3}$")
_GROUPS = re.compile(
    r"\d{3}(?:[ \u00a0\u202f]\d{3}){0,3}(?:,\d{1,2})?(?![\d\w])(?![.,/:-]\d)"
    rf"(?:[ \u00a0\u202f](?:{_SCALE}(?: (?:d['’]|de )?{_UNIT})?|{_UNIT}))?{_STOPS}"
)
_SHORTEST = 30
"""A line of fewer characters has not been wrapped: a column of figures, verses, a list."""
_RAGGED = 0.85
"""The share of a longer line that a full one has at least, letters being of unequal width."""
_LOOKED_AT = 60
_WORDY = tuple("snedxr")
"""The last letters of a scale: millions, milliards, mille, thousand, Mds, bn, 1er."""


def mended(text: str) -> str:
    """Return the text with each number and its unit on one line.

    >>> mended("une aide de 300\\nmillions d'euros aux villes")
    "une aide de 300 millions d'euros\\naux villes"
    """
    lines = text.split("\n")
    if not any(_may_be_cut(line) for line in lines):
        return text
    told: list[str] = []
    for line in lines:
        if told and line and _may_be_cut(told[-1]) and (length := _belongs(told[-1], line)):
            rest = line.lstrip()
            told[-1] = f"{told[-1].rstrip()} {rest[:length]}"
            rest = rest[length:].lstrip(" \t")
            if rest:
                told.append(rest)
        else:
            told.append(line)
    return "\n".join(told)


def _may_be_cut(line: str) -> bool:
    """Return whether a line ends in what may be a number or its scale."""
    last = line[-1:] if line[-1:] not in " \t" else line[-_LOOKED_AT:].rstrip()[-1:]
    return last.isdigit() or (last in _WORDY and any(c.isdigit() for c in line[-20:]))


def _belongs(line: str, following: str) -> int:
    """Return how many characters at the start of a line belong to the number at the end of the one before it."""
    end, start = line[-_LOOKED_AT:].rstrip(), following[:200].lstrip()
    for head, tail in _ENDS:
        if head.search(end) and (found := tail.match(start)):
            return found.end()
    group = _GROUP.search(end)
    if group is None or len(line) < _SHORTEST or "\t" in line or "|" in line:
        return 0
    before = end[: group.start()].split()
    if len(before) < 4 or before[-1][-1] in ".:;!?=-–—":
        return 0
    found = _GROUPS.match(start)
    # A line is ended where the next word has no room, so no line after it is much longer.
    wrapped = len(line) + 4 > _RAGGED * len(following.strip())
    return found.end() if found and wrapped else 0
