"""Do two neighbouring numbers make one range, a change, a ratio or a score?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.facts.tables import table
from index.facts.tables.figures import Ranges
from index.facts.units import KINDS


@dataclass(slots=True)
class Figure:
    """A figure and where it stands; `hints` are hedges that its own form carries, and what kind of figure it is."""

    start: int
    end: int
    value: float
    value_max: float | None = None
    unit: str = ""
    hints: set[str] = field(default_factory=set)
    """ "about", "vague"; "age"; "before" for the starting point of a change ("de 120 à 340")."""
    scale: float = 1.0
    raw: bool = True
    """Whether nothing (unit, scale) follows the digits, so that the end of a range can lend it its own."""


_ADJACENT = 12
"""How many characters at most part two figures that make one range, change, ratio or score."""


def whole(value: float) -> float:
    """Return the value as an int where it is one, and otherwise with six decimals."""
    return int(value) if float(value).is_integer() else round(value, 6)


def join_ranges(text: str, found: Sequence[Figure], language: str) -> list[Figure]:
    """Return the figures with those joined that are the two ends of one range; scores are left out."""
    words = table(language).ranges
    merged: list[Figure] = []
    i = 0
    while i < len(found):
        figure = found[i]
        after = found[i + 1] if i + 1 < len(found) else None
        if after is None or after.start - figure.end > _ADJACENT:
            merged.append(_one_in(text, figure, words))
            i += 1
            continue
        verdict = _relation(text, figure, after, words)
        if verdict == "range":
            merged.append(_joined(text, figure, after, words))
        elif verdict == "ratio":
            merged.append(
                Figure(figure.start, after.end, round(figure.value / after.value, 6), None, "fraction", set())
            )
        elif verdict == "change":
            _lend(figure, after)
            figure.hints.add("before")
            merged.extend([figure, after])
        elif verdict != "score":
            merged.append(_one_in(text, figure, words))
        i += 1 if verdict == "" else 2
    return merged


def _relation(text: str, a: Figure, b: Figure, words: Ranges) -> str:
    """Return what two neighbouring figures make together: "range", "change", "ratio", "score" or ""."""
    between = text[a.end : b.start]
    if words.out_of.fullmatch(between) and a.value < b.value <= 1000 and a.value <= 10 and a.raw and b.raw:
        return "ratio"
    joint = words.joint.fullmatch(between)
    sign = a.unit in KINDS["money"] and text[a.end - 1 : a.end].isdigit() and not b.unit  # "€5-6 million"
    if not joint or (a.unit and b.unit and a.unit != b.unit) or (a.unit and not b.unit and not sign):
        return ""
    before = text[max(0, a.start - 70) : a.start]
    low = a.value * (b.scale if a.scale == 1 and b.scale > 1 and a.value * b.scale < b.value else 1)
    if joint.group("dash"):
        if low < b.value and (b.unit or not a.raw or not b.raw or noun_follows(text, b.end)):
            return "range"
        return "score" if a.raw and b.raw and b.value < 300 else ""
    if joint.group("and"):
        if words.between.search(before):
            return "range"
        return "range" if between.strip() in words.or_words and low < b.value <= 2 * low + 1 and a.raw else ""
    if before.endswith(words.by_how_much):
        return ""
    change = words.change.search(before)
    if change:
        # "augmenté de 10 à 15 %" is by how much; "passé de 10 à 15 %" and "de 10 % à 15 %" are from what to what
        by = not a.unit and b.unit in ("%", "points") and words.by.match(change.group())
        return "range" if by else "change"
    if low < b.value:
        return "range"
    return "score" if a.raw and b.raw and b.value < 100 else ""


def noun_follows(text: str, end: int) -> bool:
    """Return whether a word of three letters or more follows."""
    return re.match(r"\s[^\W\d_]{3,}", text[end : end + 8]) is not None


def _lend(a: Figure, b: Figure) -> None:
    """Give the first end of a range or change the scale and the unit that only the second one has."""
    if a.scale == 1 and b.scale > 1 and a.value < 1000 <= b.value:
        a.value = whole(a.value * b.scale)
    if not a.unit:
        a.unit = b.unit


def _joined(text: str, a: Figure, b: Figure, words: Ranges) -> Figure:
    _lend(a, b)
    between = words.between.search(text, max(0, a.start - 9), a.start)
    start = between.start() if between else a.start
    return Figure(start, b.end, min(a.value, b.value), max(a.value, b.value), a.unit or b.unit, set(), raw=False)


def _one_in(text: str, figure: Figure, words: Ranges) -> Figure:
    """Return "one in five", "un Français sur trois" as the fraction it is."""
    if figure.unit or not 2 <= figure.value <= 10_000 or figure.value_max is not None:
        return figure
    match = words.one_in.search(text, max(0, figure.start - 40), figure.start)
    if match is None:
        return figure
    return Figure(match.start(), figure.end, round(1 / figure.value, 6), None, "fraction", set(), raw=False)
