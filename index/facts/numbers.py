"""Which figures stand in this text, with their values, bounds and units? Numbers that name things are no figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from index.facts.exclusions import is_excluded, masks
from index.facts.literals import Literal, scan
from index.facts.ranges import Figure, join_ranges, noun_follows, whole
from index.facts.tables import table
from index.facts.tables.figures import Vague
from index.facts.units import currency_before, unit_after

_APPOSED_AGE = re.compile(r"[^\W\d]+,\s$")
_SIGNED = ("%", "°C", "°F", "points")
"""Units besides money of which a number may be negative."""
_OLDEST = 120
"""No number from here on is an age without saying so."""


def read_figures(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Return the figures of a text in reading order, none inside a `taken` interval (the dates)."""
    blocked = sorted([*taken, *masks(text)])
    vague = [figure for figure in _vague(text, language) if not _overlaps(figure.start, figure.end, blocked)]
    occupied = sorted([*blocked, *((f.start, f.end) for f in vague)])
    free = _Sweep(occupied)
    literals = [item for item in scan(text, language) if free.clear(item.start, item.end)]
    plain = [_united(text, item, language) for item in literals if not is_excluded(text, item, language)]
    merged = join_ranges(text, _without_overlaps(plain), language)
    words = table(language).vague
    singles = _singles(text, words, merged + vague, occupied) + _none(text, words, occupied)
    found = _without_overlaps(sorted(merged + vague + singles, key=lambda f: (f.start, -f.end)))
    for figure in found:
        _mark_age(text, figure, words)
    for first, second in itertools.pairwise(found):  # "âgés de 19 et 22 ans", "aged 27 and 31"
        close = text[first.end : second.start] in words.age_joints and max(first.value, second.value) < _OLDEST
        if close and "age" in first.hints | second.hints and {first.unit, second.unit} <= {"", "years"}:
            first.hints.add("age")
            second.hints.add("age")
            first.unit = second.unit = "years"
    return found


class _Sweep:
    """Answers, for intervals asked in reading order, whether they are clear of the occupied ones."""

    def __init__(self, occupied: Sequence[tuple[int, int]]) -> None:
        self._occupied = occupied
        self._at = 0

    def clear(self, start: int, end: int) -> bool:
        """Return whether an interval is clear, which starts no earlier than the one before."""
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
    words, of = table(language).vague, table(language).grammar.of
    lowered = text.lower()
    if not any(base in lowered for base in words.bases):
        return []
    for match in words.vague.finditer(text):
        groups = match.groupdict()
        name = (groups["n"] or groups.get("alone") or "").lower()
        before = text[max(0, match.start() - 14) : match.start()].lower()
        if words.before.search(before):
            continue
        if name in words.counted_only and not any(text.startswith(f" {w} ", match.end("n")) for w in of):
            continue
        base = words.bases[name.removesuffix("s")]
        if groups["m"]:
            base *= words.bases[groups["m"].lower().removesuffix("s")]
        low, high = 2 * base, (100 if base < 100 else 10.0 * base) - 1
        article = words.article.match(match.group())
        start = match.start() + (article.end() if article else 0)
        unit, end = unit_after(text, match.end(), language, scaled=True, spelled=True) or ("", match.end())
        found.append(Figure(start, end, whole(low), whole(high), unit, {"vague"}, raw=False))
    return found


def _united(text: str, item: Literal, language: str) -> Figure:
    """Return the literal as a figure: with its sign, its currency and its unit."""
    start, end, value, unit = item.start, item.end, item.value, ""
    words = table(language).vague
    before = currency_before(text, start)
    if before:
        unit, start = before
    elif item.form == "fraction":
        unit = "fraction"
    scaled = item.scaled or item.form == "collective"
    after = unit_after(text, end, language, scaled=scaled, spelled=item.form != "digits") if not unit else None
    if after:
        unit, end = after
    if item.form == "digits" and (unit in _SIGNED or before):
        sign = _minus(text, start, words)
        start, value = start - sign, -value if sign else value
    hints = {"about"} if item.form == "collective" and not item.scaled else set()
    if unit == "GBP" and text[end - 1 : end] in "sd" and _weighed(text, start, end, words) and not item.scaled:
        unit = "lb"
    return Figure(start, end, whole(value), None, unit, hints, item.scale, raw=item.scale == 1.0 and not unit)


def _minus(text: str, start: int, words: Vague) -> int:
    """Return how many characters of a minus sign, or of the word for it, stand right before an offset."""
    pattern = rf"(?:^|[\s(])(?P<sign>[-−]|(?<=\s){words.minus}\s)$"
    match = re.search(pattern, text[max(0, start - 8) : start])
    return len(match.group("sign")) if match else 0


def _weighed(text: str, start: int, end: int, words: Vague) -> bool:
    return words.weighed.search(text[max(0, start - 30) : start] + text[end : end + 12]) is not None


def _singles(text: str, words: Vague, others: Sequence[Figure], occupied: Sequence[tuple[int, int]]) -> list[Figure]:
    """Return "one" and "un(e)" where they count: beside another figure, before a word for a person or a loss."""
    found = []
    for match in words.single.finditer(text):
        near = any(abs(other.start - match.start()) < 90 for other in others)
        if near and not _overlaps(match.start(), match.end(), occupied):
            found.append(Figure(match.start(), match.end(), 1, None, ""))
    return found


def _none(text: str, words: Vague, occupied: Sequence[tuple[int, int]]) -> list[Figure]:
    """Return the words that count none, as zero: "aucun" before "mort", "no one" before "was hurt"."""
    places = [match.span() for match in words.none.finditer(text)]
    return [Figure(start, end, 0, raw=False) for start, end in places if not _overlaps(start, end, occupied)]


def _mark_age(text: str, figure: Figure, words: Vague) -> None:
    """Mark a figure that is an age: "âgé de 45 ans", "a 45-year-old", "Jane Doe, 45, said"."""
    if figure.unit not in ("", "years", "months"):
        return
    old = words.old.match(text, figure.end)
    if old or _is_age(text, figure, words):
        figure.hints.add("age")
    if "age" in figure.hints:
        figure.end = old.end() if old else figure.end
        figure.unit = figure.unit or "years"


def _is_age(text: str, figure: Figure, words: Vague) -> bool:
    """Return whether what stands beside a figure makes it an age."""
    before = words.age_before.search(text, max(0, figure.start - 30), figure.start)
    young = figure.value < _OLDEST
    if figure.unit:
        if before or words.person_of.search(text, max(0, figure.start - 20), figure.start):
            return True
    elif before and young:
        told = any(word in before.group().lower() for word in words.age_words)
        if told or not noun_follows(text, figure.end):
            return True
    return young and figure.unit in ("", "years") and _is_apposed(text, figure)


def _is_apposed(text: str, figure: Figure) -> bool:
    """Return whether commas set the figure off behind a name: "Jane Doe, 45, said"."""
    low = max(0, figure.start - 25)
    if text[figure.end : figure.end + 1] not in ",)" or not _APPOSED_AGE.search(text, low, figure.start):
        return False
    return text[low : figure.start].rstrip(", ")[-12:].split(" ")[-1].istitle()
