"""Which figures stand in this text, with their values, bounds and units? Numbers that name things are no figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from index.facts.exclusions import excluded, masks
from index.facts.literals import Literal, scan
from index.facts.ranges import Figure, noun_follows, ranges, whole
from index.facts.units import currency_before, unit_after

_VAGUE = {
    "fr": re.compile(
        r"\b(?:(?:des|plusieurs|quelques|de nombreu(?:ses|x)|les|ces)\s)?"
        r"(?P<n>dizaines|centaines|milliers|millions|milliards)(?:\sde\s(?P<m>milliers|millions|milliards))?"
        r"(?:(?<=s\s.izaines)|(?<=s\scentaines)|(?<=s\smilliers)|(?<=s\smillions)|(?<=s\smilliards)|(?=\s(?:de\b"
        r"|d['’]|des\b|d’autres)|\s*(?:[.,;:)]|$)|\s[a-zé]+(?:é|és|ées|ts|s)\b|\sont\b|\ssont\b))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:(?:several|a few|many|some|few|multiple)\s)?"
        r"(?:(?P<n>tens|dozens|scores|hundreds|thousands|millions|billions)(?:\sof\s(?P<m>thousands|millions"
        r"|billions)\b)?\b"
        r"|(?<=several\s)(?P<s>dozen|hundred|thousand|million|billion)\b|(?<=few\s)(?P<f>dozen|hundred|thousand"
        r"|million)\b)",
        re.IGNORECASE,
    ),
}  # fmt: skip
_BASES = {
    "dizaine": 10, "centaine": 100, "millier": 1e3, "million": 1e6, "milliard": 1e9, "ten": 10, "dozen": 12,
    "score": 20, "hundred": 100, "thousand": 1e3, "billion": 1e9,
}  # fmt: skip
_SINGLE = {
    "fr": re.compile(
        r"\b(?P<n>une?)(?=\s(?:autre\s)?(?:morte?|blessée?|disparue?|tuée?|décès|personne|victime)\b(?!\s+(?:de|qui)\b)"
        r"|\s(?:soldat|policier|pompier|civil|enfant|homme|femme|ouvrier|manifestant|passager"
        r"|touriste)e?\s(?:a été |est )?"
        r"(?:tuée?|morte?|blessée?|disparue?|décédée?)\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?P<n>one)(?=\s(?:other|person|man|woman|child|people|soldier|civilian|passenger|dead|killed|injured"
        r"|wounded"
        r"|missing|death)\b)|(?<=killing\s)one\b|(?<=injuring\s)one\b|(?<=wounding\s)one\b",
        re.IGNORECASE,
    ),
}
_AGE_BEFORE = re.compile(
    r"(?:âgée?s?\s(?:de\s|d['’])?(?:(?:plus|moins)\sde\s)?|(?<!depuis )(?<!pendant )\bde\s(?:plus|moins)\sde\s"
    r"|\baged?\s(?:of\s)?"
    r"(?:between\s)?|\b(?:children|adults|people|those|kids|babies|men|women)\s(?:aged\s)?(?:under|over)\s"
    r"|à l['’]âge de\s)(?:entre\s)?$",
    re.IGNORECASE,
)
_PERSON_OF = re.compile(
    r"\b(?:hommes?|femmes?|garçons?|fill(?:e|ette)s?|adolescente?s?|enfants?|bébés?|jeunes?|retraitée?s?"
    r"|étudiante?s?|élèves?"
    r"|pères?|mères?|suspecte?s?|personnes?|conduct(?:eur|rice)s?|victimes?|habitante?s?|skieu(?:r|se)s?"
    r"|cyclistes?|passagère?s?"
    r"|individus?|touristes?|octogénaires?|français|française|joueu(?:r|se)s?|attaquant|athlètes?|frères?|s(?:œ"
    r"|oe)urs?|fils) de $",
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
    merged = ranges(text, _without_overlaps(plain), language)
    singles = _singles(text, language, merged + vague, occupied)
    found = _without_overlaps(sorted(merged + vague + singles, key=lambda f: (f.start, -f.end)))
    aged = [_aged(text, figure) for figure in found]
    for first, second in itertools.pairwise(aged):  # "âgés de 19 et 22 ans", "aged 27 and 31"
        close = text[first.end : second.start] in (" et ", " and ", ", ") and max(first.value, second.value) < 120
        if close and "age" in first.hints | second.hints and {first.unit, second.unit} <= {"", "years"}:
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
        found.append(Figure(start, end, whole(low), whole(high), unit[0] if unit else "", {"vague"}, raw=False))
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
    return Figure(start, end, whole(value), None, unit, hints, item.scale, raw=item.scale == 1.0 and not unit)


def _weighed(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 30) : start] + text[end : end + 12]
    return re.search(r"weigh|heav|lost |gain| of [a-z]", around, re.IGNORECASE) is not None


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
        or (before and not figure.unit and not noun_follows(text, figure.end) and figure.value < 120)
        or (comma and (figure.unit == "years" or not figure.unit))
    ):
        figure.hints.add("age")
    if "age" in figure.hints:
        figure.end = old.end() if old else figure.end
        figure.unit = figure.unit or "years"
    return figure
