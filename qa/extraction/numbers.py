"""Which figures stand in this text, with their values, bounds and units? Numbers that name things are no figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.extraction.exclusions import excluded, masks
from qa.extraction.literals import Literal, scan
from qa.extraction.units import KINDS, currency_before, unit_after


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


_VAGUE = {
    "fr": re.compile(
        r"\b(?:(?:des|plusieurs|quelques|de nombreu(?:ses|x)|les|ces)\s)?"
        r"(?P<n>dizaines|centaines|milliers|millions|milliards)(?:\sde\s(?P<m>milliers|millions|milliards))?"
        r"(?:(?<=s\s.izaines)|(?<=s\scentaines)|(?<=s\smilliers)|(?<=s\smillions)|(?<=s\smilliards)|(?=\s(?:de\b|d['’]|des\b|d’autres)|\s*(?:[.,;:)]|$)|\s[a-zé]+(?:é|és|ées|ts|s)\b|\sont\b|\ssont\b))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:(?:several|a few|many|some|few|multiple)\s)?"
        r"(?:(?P<n>tens|dozens|scores|hundreds|thousands|millions|billions)(?:\sof\s(?P<m>thousands|millions|billions)\b)?\b"
        r"|(?<=several\s)(?P<s>dozen|hundred|thousand|million|billion)\b|(?<=few\s)(?P<f>dozen|hundred|thousand|million)\b)",
        re.IGNORECASE,
    ),
}  # fmt: skip
_BASES = {
    "dizaine": 10, "centaine": 100, "millier": 1e3, "million": 1e6, "milliard": 1e9, "ten": 10, "dozen": 12,
    "score": 20, "hundred": 100, "thousand": 1e3, "billion": 1e9,
}  # fmt: skip
_JOINT = {
    "fr": re.compile(r"\s?(?P<dash>[-–—])\s?|\s(?:à|a)\s|\s(?P<and>et|ou)\s"),
    "en": re.compile(r"\s?(?P<dash>[-–—])\s?|\sto\s|\s(?P<and>and|or)\s"),
}
_BETWEEN = {"fr": re.compile(r"\bentre\s$", re.I), "en": re.compile(r"\bbetween\s$", re.I)}
_CHANGE = re.compile(
    r"\b(?:pass\w{1,6}|mont(?:é\w*|er|ait)|grimp\w+|bondi\w*|progress\w+|chut\w+|recul\w+|baiss\w+|diminu\w+|augment\w+"
    r"|tomb\w+|port[ée]\w*|ramen\w+|réduit\w*|relev\w+|abaiss\w+|ros[et]n?|rises?|rising|risen|rose|fell|falls?|fallen"
    r"|falling|dropp?\w*|climb\w*|grew|grow\w*|increas\w+|decreas\w+|jump\w*|surg\w+|soar\w*|slip\w*|went|cut|rais\w+"
    r"|reduc\w+|declin\w+|shr[aiu]nk\w*|up|down|widen\w*|lower\w*|doubl\w+|tripl\w+)\b[^.;:!?]{0,40}\b(?:de|d['’]|from)\s?$",
    re.IGNORECASE,
)
_SINGLE = {
    "fr": re.compile(
        r"\b(?P<n>une?)(?=\s(?:autre\s)?(?:morte?|blessée?|disparue?|tuée?|décès|personne|victime)\b(?!\s+(?:de|qui)\b)"
        r"|\s(?:soldat|policier|pompier|civil|enfant|homme|femme|ouvrier|manifestant|passager|touriste)e?\s(?:a été |est )?"
        r"(?:tuée?|morte?|blessée?|disparue?|décédée?)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?P<n>one)(?=\s(?:other|person|man|woman|child|people|soldier|civilian|passenger|dead|killed|injured|wounded"
        r"|missing|death)\b)|(?<=killing\s)one\b|(?<=injuring\s)one\b|(?<=wounding\s)one\b",
        re.IGNORECASE,
    ),
}
_ONE_IN = re.compile(r"\b(?P<one>one|une?|1)\s(?:[^\W\d]+\s){0,2}(?:in\s(?:every\s)?|out of\s|sur\s)$", re.IGNORECASE)
_OUT_OF = re.compile(r"\s(?:sur|out of|in)\s(?:every\s)?")
_AGE_BEFORE = re.compile(
    r"(?:âgée?s?\s(?:de\s|d['’])?(?:(?:plus|moins)\sde\s)?|(?<!depuis )(?<!pendant )\bde\s(?:plus|moins)\sde\s|\baged?\s(?:of\s)?"
    r"(?:between\s)?|\b(?:children|adults|people|those|kids|babies|men|women)\s(?:aged\s)?(?:under|over)\s|à l['’]âge de\s)(?:entre\s)?$",
    re.IGNORECASE,
)
_PERSON_OF = re.compile(
    r"\b(?:hommes?|femmes?|garçons?|fill(?:e|ette)s?|adolescente?s?|enfants?|bébés?|jeunes?|retraitée?s?|étudiante?s?|élèves?"
    r"|pères?|mères?|suspecte?s?|personnes?|conduct(?:eur|rice)s?|victimes?|habitante?s?|skieu(?:r|se)s?|cyclistes?|passagère?s?"
    r"|individus?|touristes?|octogénaires?|français|française|joueu(?:r|se)s?|attaquant|athlètes?|frères?|s(?:œ|oe)urs?|fils) de $",
    re.IGNORECASE,
)
_OLD = re.compile(r"(?:[\s-]years?)?[\s-]olds?\b", re.IGNORECASE)
_APPOSED_AGE = re.compile(r"[^\W\d]+,\s$")


def figures(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Return the figures of a text in reading order, none inside a `taken` interval (the dates)."""
    blocked = sorted([*taken, *masks(text)])
    vague = [figure for figure in _vague(text, language) if not _overlaps(figure.start, figure.end, blocked)]
    occupied = sorted([*blocked, *((f.start, f.end) for f in vague)])
    free = _Sweep(occupied)
    literals = [item for item in scan(text, language) if free.clear(item.start, item.end)]
    plain = [_united(text, item, language) for item in literals if not excluded(text, item, language)]
    merged = _ranges(text, _without_overlaps(plain), language)
    singles = _singles(text, language, merged + vague, occupied)
    found = _without_overlaps(sorted(merged + vague + singles, key=lambda f: (f.start, -f.end)))
    aged = [_aged(text, figure) for figure in found]
    for first, second in zip(aged, aged[1:], strict=False):  # "âgés de 19 et 22 ans", "aged 27 and 31"
        if text[first.end : second.start] in (" et ", " and ", ", ") and first.value < 120 and second.value < 120:
            if "age" in first.hints | second.hints and {first.unit, second.unit} <= {"", "years"}:
                first.hints.add("age")
                second.hints.add("age")
                first.unit = second.unit = "years"
    return aged


class _Sweep:
    """Answers, for intervals asked in reading order, whether they are clear of the occupied ones."""

    def __init__(self, occupied: Sequence[tuple[int, int]]) -> None:
        self._occupied = occupied
        self._at = 0

    def clear(self, start: int, end: int) -> bool:
        while self._at < len(self._occupied) and self._occupied[self._at][1] <= start:
            self._at += 1
        return not _overlaps(start, end, self._occupied[self._at : self._at + 3])


def _overlaps(start: int, end: int, intervals: Iterable[tuple[int, int]]) -> bool:
    return any(start < high and low < end for low, high in intervals)


def _without_overlaps(found: Sequence[Figure]) -> list[Figure]:
    kept: list[Figure] = []
    for figure in found:
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _vague(text: str, language: str) -> list[Figure]:
    """Return the quantities without a number; their bounds are twice the word and just under its tenfold."""
    found = []
    for match in _VAGUE[language].finditer(text):
        groups = match.groupdict()
        name = (groups["n"] or groups.get("s") or groups.get("f") or "").lower()
        before = text[max(0, match.start() - 14) : match.start()].lower()
        if re.search(r"(?:\d|\b(?:half a|cents?|deux|trois|quatre|cinq|dix|vingt))[\s\u00a0\u202f]$", before):
            continue
        # "tens" and "scores" are quantities only in "tens of thousands", "scores of people"
        if name in ("tens", "scores") and not text[match.end("n") :].startswith(" of "):
            continue
        base = _BASES[name.removesuffix("s")]
        step = 10.0
        if groups["m"]:
            base *= _BASES[groups["m"].lower().removesuffix("s")]
        low = 2 * base
        high = (100 if base < 100 else step * base) - 1
        start = match.start()
        article = re.match(r"(?:les|ces)\s", match.group(), re.IGNORECASE)
        start += article.end() if article else 0
        unit = unit_after(text, match.end(), scaled=True, spelled=True)
        end = unit[1] if unit else match.end()
        found.append(Figure(start, end, _whole(low), _whole(high), unit[0] if unit else "", {"vague"}, raw=False))
    return found


def _united(text: str, item: Literal, language: str) -> Figure:
    """Return the literal as a figure: with its sign, its currency and its unit."""
    start, end = item.start, item.end
    value, unit = item.value, ""
    scaled = item.scaled or item.form == "collective"
    before = currency_before(text, start)
    if before:
        unit, start = before
    elif item.form == "fraction":
        unit = "fraction"
    after = unit_after(text, end, scaled=scaled, spelled=item.form != "digits") if not unit else None
    if after:
        unit, end = after
    if unit in ("%", "°C", "°F", "points") or before:
        negative = re.search(
            r"(?:^|[\s(])(?P<sign>[-−]|(?<=\s)moins\s|(?<=\s)minus\s)$", text[max(0, start - 8) : start]
        )
        if negative and item.form == "digits":
            start -= len(negative.group("sign"))
            value = -value
    hints = {"about"} if item.form == "collective" and not item.scaled else set()
    if unit == "GBP" and text[end - 1 : end] in "sd" and _weighed(text, start, end) and not item.scaled:
        unit = "lb"
    return Figure(start, end, _whole(value), None, unit, hints, item.scale, raw=item.scale == 1.0 and not unit)


def _weighed(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 30) : start] + text[end : end + 12]
    return re.search(r"weigh|heav|lost |gain| of [a-z]", around, re.IGNORECASE) is not None


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 6)


def _ranges(text: str, found: Sequence[Figure], language: str) -> list[Figure]:
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
        if low < b.value and (b.unit or not a.raw or not b.raw or _noun_follows(text, b.end)):
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


def _noun_follows(text: str, end: int) -> bool:
    return re.match(r"\s[^\W\d_]{3,}", text[end : end + 8]) is not None


def _lend(a: Figure, b: Figure) -> None:
    """Give the first end of a range or change the scale and the unit that only the second one has."""
    if a.scale == 1 and b.scale > 1 and a.value < 1000 <= b.value:
        a.value = _whole(a.value * b.scale)
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


def _singles(text: str, language: str, others: Sequence[Figure], occupied: Sequence[tuple[int, int]]) -> list[Figure]:
    """Return "one" and "un(e)" where they count: beside another figure, before a word for a person or a loss."""
    found = []
    for match in _SINGLE[language].finditer(text):
        near = any(abs(other.start - match.start()) < 90 for other in others)
        if near and not _overlaps(match.start(), match.end(), occupied):
            found.append(Figure(match.start(), match.end(), 1, None, ""))
    return found


def _aged(text: str, figure: Figure) -> Figure:
    """Return the figure, marked as an age where it is one: "âgé de 45 ans", "a 45-year-old", "Jane Doe, 45, said"."""
    if figure.unit not in ("", "years", "months"):
        return figure
    old = _OLD.match(text, figure.end)
    before = _AGE_BEFORE.search(text, max(0, figure.start - 30), figure.start)
    after = text[figure.end : figure.end + 1]
    apposed = figure.value < 120 and _APPOSED_AGE.search(text, max(0, figure.start - 25), figure.start) is not None
    comma = (
        apposed
        and after in ",)"
        and text[max(0, figure.start - 25) : figure.start].rstrip(", ")[-12:].split(" ")[-1].istitle()
    )
    person = figure.unit and _PERSON_OF.search(text, max(0, figure.start - 20), figure.start)
    if (
        old
        or person
        or (before and figure.unit)
        or (before and figure.value < 120 and "age" in before.group().lower())
        or (before and not figure.unit and not _noun_follows(text, figure.end) and figure.value < 120)
        or (comma and (figure.unit == "years" or not figure.unit))
    ):
        figure.hints.add("age")
    if "age" in figure.hints:
        figure.end = old.end() if old else figure.end
        figure.unit = figure.unit or "years"
    return figure
