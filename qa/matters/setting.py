"""May two figures of different articles be about one thing at all? What is seen at once, before anything is weighed."""

from __future__ import annotations

from math import inf

from qa.matters.article import Article
from qa.matters.event import apart
from qa.matters.figures import Figure
from qa.matters.role import stays
from qa.senses import said

LATER = 400
"""Days between two articles from which on they tell of different events."""

BODIES = frozenset({"death", "recover"})
"""Fates of people of which one tells the other: of those who drowned, bodies are recovered."""

FEW = 20
"""Up to so many, two figures of one event may be the same by chance."""

WIDE = 31
"""Days of a date from which on only the same one is about one thing."""

MOST = 20.0
"""How many times a figure may be another for both to be about the same thing."""

LARGE = 1_000.0
"""From which on a figure without a currency may be an amount that another source gives one: "412 millions"."""

TELLING = 10.0
"""From which on two figures may be about one thing where only one of them has a unit: "66", "66 ans"."""


def comparable(a: Figure, b: Figure) -> bool:
    """Return whether nothing that is seen at once says that two figures are about different things."""
    if (a.fact.kind, bool(a.month)) != (b.fact.kind, bool(b.month)) or a.month != b.month:
        return False
    one, other = a.counted, b.counted
    if one.fates and other.fates and one.fates != other.fates and not one.fates | other.fates <= BODIES:
        return False
    if a.value != b.value and (stays(one) != stays(other) or _wide(a, b) or _other_toll(a, b)):
        return False
    return _one_unit(a, b) and same_setting(a, b) and (a.dated or _near_values(a, b))


def fates_apart(a: Figure, b: Figure) -> bool:
    """Return whether two figures tell different fates, or only one tells of one and the other of something else.

    "12 morts" are no "12 maisons"; nor are "2 000 soldats blessés" "10 000 soldats stationnés", but perhaps "3 000".
    """
    if a.counted.fates == b.counted.fates:
        return False
    if a.counted.fates and b.counted.fates:
        return True
    bare, told = (b.counted, a.counted) if a.counted.fates else (a.counted, b.counted)
    if a.value != b.value:
        return any(not said(word, told.words) for word in bare.acts)
    by_chance = abs(a.bounds[0]) < FEW
    return by_chance and bool(bare.heads) and not any(said(word, told.words) for word in bare.heads)


def _other_toll(a: Figure, b: Figure) -> bool:
    """Return whether two figures are tolls of different kinds of event: the dead of a flood, and those of a fire."""
    kinds = a.article.kinds, b.article.kinds
    return bool(a.counted.fates and b.counted.fates and kinds[0] and kinds[1]) and not kinds[0] & kinds[1]


def _wide(a: Figure, b: Figure) -> bool:
    """Return whether one of two dates is so wide that only the same one is about one thing."""
    return a.dated and max(f.bounds[1] - f.bounds[0] for f in (a, b)) > WIDE


def changes_differ(a: Figure, b: Figure) -> bool:
    """Return whether one figure is by how much something rose or fell, and the other not; a toll may have risen."""
    return a.counted.changes != b.counted.changes and not (a.counted.fates and b.counted.fates)


def overlap(a: Figure, b: Figure) -> bool:
    """Return whether two figures can both be true of the same thing."""
    return a.bounds[0] <= b.bounds[1] and b.bounds[0] <= a.bounds[1]


def gap(a: Article, b: Article) -> int:
    """Return the days between the publication of two articles; 0 where one has no date."""
    return abs((a.published - b.published).days) if a.published and b.published else 0


def is_currency(unit: str) -> bool:
    """Return whether a unit is a currency, by its ISO 4217 code."""
    return len(unit) == 3 and unit.isupper()


def _one_unit(a: Figure, b: Figure) -> bool:
    """Return whether two figures have one unit, or one of them none that it may have left out."""
    one, other = a.fact.unit, b.fact.unit
    if one == other:
        return True
    if one and other:
        return False
    if is_currency(one or other):
        return min(abs(a.bounds[0]), abs(b.bounds[0])) >= LARGE
    return min(abs(a.bounds[0]), abs(b.bounds[0])) >= TELLING


def _near_values(a: Figure, b: Figure) -> bool:
    """Return whether two values can both be true, or one is not out of all proportion to the other."""
    if overlap(a, b):
        return True
    low, high = sorted((abs(a.bounds[0]) or abs(a.bounds[1]), abs(b.bounds[0]) or abs(b.bounds[1])))
    return low > 0 and high < inf and high / low <= MOST


def same_setting(a: Figure, b: Figure) -> bool:
    """Return whether nothing says that two figures are of different times or places."""
    if gap(a.article, b.article) > LATER or apart(a.times, b.times):
        return False
    return not elsewhere(a.places, b.places) or bool(a.named & b.named - a.places - b.places)


def strangers(a: Figure, b: Figure) -> bool:
    """Return whether one figure counts people of a country of which the article of the other tells nothing."""
    return bool((a.counted.nations - b.article.countries) | (b.counted.nations - a.article.countries))


def elsewhere(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sentences name different places; a town may lie in the country that the other names."""
    towns = [{place for place in places if not place.startswith("=")} for places in (one, other)]
    if towns[0] and towns[1]:
        return not towns[0] & towns[1]
    return bool(one and other and not towns[0] and not towns[1] and not one & other)


def beside(a: Figure, b: Figure) -> bool:
    """Return whether two figures of one article may stand in one matter: what is foreseen beside what was done."""
    return a.planned != b.planned or a.value == b.value or overlap(a, b) or attributed(a, b)


def attributed(a: Figure, b: Figure) -> bool:
    """Return whether two speakers give figures of one article side by side: "20 000 selon les uns, 6 000 ..."."""
    return bool(a.speaker and b.speaker and a.speaker != b.speaker) and (a.start, a.text) == (b.start, b.text)
