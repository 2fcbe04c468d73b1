"""Do two neighbouring numbers make one range, a change, a ratio or a score?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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


_JOINT = {
    "fr": re.compile(r"\s?(?P<dash>[-–—])\s?|\s(?:à|a)\s|\s(?P<and>et|ou)\s"),
    "en": re.compile(r"\s?(?P<dash>[-–—])\s?|\sto\s|\s(?P<and>and|or)\s"),
}
_BETWEEN = {"fr": re.compile(r"\bentre\s$", re.I), "en": re.compile(r"\bbetween\s$", re.I)}
_CHANGE = re.compile(
    r"\b(?:pass\w{1,6}|mont(?:é\w*|er|ait)|grimp\w+|bondi\w*|progress\w+|chut\w+|recul\w+|baiss\w+|diminu\w+|augment\w+"
    r"|tomb\w+|port[ée]\w*|ramen\w+|réduit\w*|relev\w+|abaiss\w+|ros[et]n?|rises?|rising|risen|rose|fell|falls?|fallen"
    r"|falling|dropp?\w*|climb\w*|grew|grow\w*|increas\w+|decreas\w+|jump\w*|surg\w+|soar\w*|slip\w*|went|cut|rais\w+"
    r"|reduc\w+|declin\w+|shr[aiu]nk\w*|up|down|widen\w*|lower\w*|doubl\w+|tripl\w+)\b[^.;:!?]{0,60}\b(?:de|d['’]"
    r"|from)\s?$",
    re.IGNORECASE,
)
_ONE_IN = re.compile(r"\b(?P<one>one|une?|1)\s(?:[^\W\d]+\s){0,2}(?:in\s(?:every\s)?|out of\s|sur\s)$", re.IGNORECASE)
_OUT_OF = re.compile(r"\s(?:sur|out of|in)\s(?:every\s)?")


def whole(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 6)


def ranges(text: str, found: Sequence[Figure], language: str) -> list[Figure]:
    """Return the figures with those joined that are the two ends of one range; scores are left out."""
    merged: list[Figure] = []
    i = 0
    while i < len(found):
        figure = found[i]
        after = found[i + 1] if i + 1 < len(found) else None
        if after is None or after.start - figure.end > 12:
            merged.append(_one_in(text, figure))
            i += 1
            continue
        verdict = _relation(text, figure, after, language)
        if verdict == "range":
            merged.append(_joined(text, figure, after, language))
        elif verdict == "ratio":
            merged.append(
                Figure(figure.start, after.end, round(figure.value / after.value, 6), None, "fraction", set())
            )
        elif verdict == "change":
            _lend(figure, after)
            figure.hints.add("before")
            merged.extend([figure, after])
        elif verdict != "score":
            merged.append(_one_in(text, figure))
        i += 1 if verdict == "" else 2
    return merged


def _relation(text: str, a: Figure, b: Figure, language: str) -> str:
    """Return what two neighbouring figures make together: "range", "change", "ratio", "score" or ""."""
    between = text[a.end : b.start]
    if _OUT_OF.fullmatch(between) and a.value < b.value <= 1000 and a.value <= 10 and a.raw and b.raw:
        return "ratio"
    joint = _JOINT[language].fullmatch(between)
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
        if _BETWEEN[language].search(before):
            return "range"
        return "range" if between.strip() in ("ou", "or") and low < b.value <= 2 * low + 1 and a.raw else ""
    if language == "en" and before.endswith("by ") and joint.group().strip() == "to":  # "fell by 12 to 30"
        return ""
    change = _CHANGE.search(before)
    if change:
        # "augmenté de 10 à 15 %" is by how much; "passé de 10 à 15 %" and "de 10 % à 15 %" are from what to what
        by = (
            not a.unit
            and b.unit in ("%", "points")
            and re.match(r"augm|bais|prog|recu|dimi|chut", change.group(), re.I)
        )
        return "range" if by else "change"
    if low < b.value:
        return "range"
    return "score" if a.raw and b.raw and b.value < 100 else ""


def noun_follows(text: str, end: int) -> bool:
    return re.match(r"\s[^\W\d_]{3,}", text[end : end + 8]) is not None


def _lend(a: Figure, b: Figure) -> None:
    """Give the first end of a range or change the scale and the unit that only the second one has."""
    if a.scale == 1 and b.scale > 1 and a.value < 1000 <= b.value:
        a.value = whole(a.value * b.scale)
    if not a.unit:
        a.unit = b.unit


def _joined(text: str, a: Figure, b: Figure, language: str) -> Figure:
    _lend(a, b)
    between = _BETWEEN[language].search(text, max(0, a.start - 9), a.start)
    start = between.start() if between else a.start
    return Figure(start, b.end, min(a.value, b.value), max(a.value, b.value), a.unit or b.unit, set(), raw=False)


def _one_in(text: str, figure: Figure) -> Figure:
    """Return "one in five", "un Français sur trois" as the fraction it is."""
    if figure.unit or not 2 <= figure.value <= 10_000 or figure.value_max is not None:
        return figure
    match = _ONE_IN.search(text, max(0, figure.start - 40), figure.start)
    if match is None:
        return figure
    return Figure(match.start(), figure.end, round(1 / figure.value, 6), None, "fraction", set(), raw=False)
