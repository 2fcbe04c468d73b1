"""What is seen of two figures of different articles that tells whether they are about one thing?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf, log, log1p

from qa.matters.figures import Figure
from qa.matters.likeness import Shared
from qa.matters.role import same_role, stays
from qa.matters.setting import FEW, gap, overlap
from qa.matters.wording import nearness
from qa.senses import said

DIGITS = 4
"""Digits from which on no more of them make two equal figures more surely one."""

FARTHEST = 4.0
"""The greatest distance of two values that is told apart from a greater one."""

NAMES = 5
"""The most names, or years, that are counted."""

SMALL = 10
"""Below which many a thing is counted."""

YEARS = (1900, 2100)
"""Values between which a figure may be a year."""

RIVALS = 8
"""The most rivals that are counted."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether two figures are about one thing; what is true or not is 1 or 0."""

    named: float
    """What their articles share of names, from 0 to 1."""
    names: float
    """How many names that is."""
    told: float
    """What their articles share of words, from 0 to 1."""
    alike: float
    unlike: float
    """Whether their articles tell of one kind of event, of different kinds."""
    gap: float
    """log(1 + days) between the publication of the two."""
    one_country: float
    other_country: float
    """Whether their articles name one country, different ones."""
    mean: float
    article: float
    """How near the words of their articles are: on the whole, and word by word."""
    near: float
    """How near the words around them are, those that stand next to them first; from 0 to 1."""
    words: float
    """How near all words of their sentences are."""
    role: float
    """How near the words of their roles are."""
    roles: float
    """Whether both have a role."""
    plain: float
    similar: float
    """Whether their roles say the same by stem, translation and relations of news; whether they may."""
    heads: float
    """The share of the words for what is counted that the other has too."""
    other_heads: float
    """Whether both say what is counted, in no word of both."""
    one_word: float
    """Whether any word of their roles is of both."""
    tells: float
    """Whether both say what is counted, or what happened to it."""
    fates: float
    one_fate: float
    fate_apart: float
    """Whether both tell the same fate of people; whether one tells of a fate and the other of none, and then how far
    apart the words of their roles are."""
    changes: float
    """Whether one is by how much something rose or fell, and the other is not."""
    stays: float
    """Whether one counts who is somewhere, and the other who went there."""
    unit: float
    unitless: float
    percent: float
    """Whether both have one unit, whether one has left it out, whether it is "%"."""
    same: float
    others: float
    """Whether both sentences name the same one or place, whether both name some and none is the same."""
    people: float
    """Whether both sentences name people, and none is the same."""
    foreign: float
    both_foreign: float
    """How many names of their sentences the other article does not hold; whether each holds some."""
    years: float
    other_years: float
    """Whether their sentences name one year that is not that of publication; whether different ones."""
    apart: float
    """How far apart the values are: the logarithm of their ratio, or of days in threes; at most `FARTHEST`."""
    digits: float
    """Of equal values, how little chance makes them so: their digits, and whether they are large."""
    small: float
    year: float
    """Whether one is small; whether they are equal and may be a year."""
    possible: float
    """Whether both can be true."""
    planned: float
    denied: float
    """Whether one is foreseen and the other not; whether one is denied."""
    speakers: float
    """Whether different speakers give them."""
    elsewhere: float
    """Digits of other figures that are equal in their articles."""
    length: float
    shortest: float
    """The words of the longer and of the shorter sentence, as a share of those that are kept."""
    ahead: float
    words_ahead: float
    """How much `near`, and `words`, are above those of the next pair of either with a figure of the other article."""
    rivals: float
    """How many such pairs there are, as a share of `RIVALS`."""
    date: float
    explicit: float
    """Whether they are dates, both printed with a number."""
    date_near: float
    date_words: float
    date_article: float
    """`near`, `words` and `article` of dates."""
    possible_near: float
    possible_words: float
    """`near` and `words` where both can be true."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside two figures in their articles."""

    names: tuple[frozenset[str], frozenset[str]]
    """The names that each article holds."""
    rivals: Collection[tuple[float, float]]
    """`near` and `words` of the other pairs of either with a figure of the other article."""
    elsewhere: float
    """Digits of other figures that are equal in both articles."""


def read_signs(a: Figure, b: Figure, shared: Shared, around: Around) -> Signs:
    """Return what tells whether two figures of articles that share so much are about one thing."""
    near, words, told = nearness(a.wording, b.wording)
    return Signs(
        **_article_signs(a, b, shared),
        **_role_signs(a, b, told),
        **_setting_signs(a, b, around),
        **_value_signs(a, b),
        near=near,
        words=words,
        ahead=near - max((rival for rival, _ in around.rivals), default=0.3),
        words_ahead=words - max((rival for _, rival in around.rivals), default=0.3),
        rivals=min(len(around.rivals), RIVALS) / RIVALS,
        elsewhere=min(around.elsewhere, float(RIVALS)),
        date_near=near * a.dated,
        date_words=words * a.dated,
        date_article=shared.words * a.dated,
        possible_near=near * overlap(a, b),
        possible_words=words * overlap(a, b),
    )


def _article_signs(a: Figure, b: Figure, shared: Shared) -> dict[str, float]:
    return {
        "named": shared.named,
        "names": float(min(shared.count, NAMES)),
        "told": shared.told,
        "alike": float(shared.alike > 0),
        "unlike": float(shared.alike < 0),
        "gap": log1p(gap(a.article, b.article)),
        "one_country": float(shared.countries > 0),
        "other_country": float(shared.countries < 0),
        "mean": shared.mean,
        "article": shared.words,
    }


def _role_signs(a: Figure, b: Figure, told: float) -> dict[str, float]:
    one, other = a.counted, b.counted
    role = same_role(one, other)
    both = sum(said(word, other.heads) for word in one.heads)
    return {
        "role": told,
        "roles": float(told > 0),
        "plain": float(role == "plain"),
        "similar": float(role == "near"),
        "heads": both / max(1, min(len(one.heads), len(other.heads))),
        "other_heads": float(bool(one.heads and other.heads) and not both),
        "one_word": float(any(said(word, other.words) for word in one.words)),
        "tells": float(one.tells and other.tells),
        "fates": float(bool(one.fates) and one.fates == other.fates),
        "one_fate": float(bool(one.fates) != bool(other.fates)),
        "fate_apart": (1 - told) * (bool(one.fates) != bool(other.fates)),
        "changes": float(one.changes != other.changes and a.value != b.value),
        "stays": float(stays(one) != stays(other)),
    }


def _setting_signs(a: Figure, b: Figure, around: Around) -> dict[str, float]:
    foreign = [len(figure.named - names) for figure, names in zip((b, a), around.names, strict=True)]
    told = [f.years - {str(f.article.published.year)} if f.article.published else f.years for f in (a, b)]
    return {
        "same": float(bool(a.named & b.named)),
        "others": float(bool(a.named and b.named and not a.named & b.named)),
        "people": float(bool(a.people and b.people and not a.people & b.people)),
        "foreign": float(min(sum(foreign), NAMES)),
        "both_foreign": float(min(foreign) > 0),
        "years": float(bool(told[0] & told[1])),
        "other_years": float(told[0] != told[1] and not told[0] & told[1]),
        "planned": float(a.planned != b.planned),
        "denied": float(a.fact.denied or b.fact.denied),
        "speakers": float(bool(a.speaker and b.speaker and a.speaker != b.speaker)),
        "length": max(len(a.wording.weights), len(b.wording.weights)) / 16,
        "shortest": min(len(a.wording.weights), len(b.wording.weights)) / 16,
    }


def _value_signs(a: Figure, b: Figure) -> dict[str, float]:
    equal, least = a.value == b.value, min(abs(a.bounds[0]), abs(b.bounds[0]))
    return {
        "unit": float(bool(a.fact.unit) and a.fact.unit == b.fact.unit),
        "unitless": float(a.fact.unit != b.fact.unit),
        "percent": float(a.fact.unit == b.fact.unit == "%"),
        "apart": _distance(a, b),
        "digits": float(telling_digits(a, b)),
        "small": float(not a.dated and least < SMALL),
        "year": float(equal and not a.dated and YEARS[0] <= least <= YEARS[1]),
        "possible": float(overlap(a, b)),
        "date": float(a.dated),
        "explicit": float(a.dated and a.explicit and b.explicit),
    }


def _distance(a: Figure, b: Figure) -> float:
    """Return how far apart the nearest bounds of two figures are."""
    if a.dated:
        return min(log1p(min(abs(x - y) for x in a.bounds for y in b.bounds) / 3), FARTHEST)
    return min(_ratio(x, y) for x in _printed(a) for y in _printed(b))


def _printed(figure: Figure) -> list[float]:
    """Return the value of a figure, and its upper value where it has one."""
    return [abs(float(value)) for value in figure.value if isinstance(value, (int, float))]


def _ratio(x: float, y: float) -> float:
    """Return the logarithm of the ratio of two values, at most `FARTHEST`."""
    low, high = sorted((x, y))
    if low == high:
        return 0.0
    return FARTHEST if high == inf else min(log(high / (low or 0.5)), FARTHEST) if high > 0.5 else 0.0


def telling_digits(a: Figure, b: Figure) -> int:
    """Return how many digits two equal figures have without the zeros at their end, one more for a large one."""
    value = a.fact.value
    if a.value != b.value or not isinstance(value, (int, float)):
        return 0
    printed = f"{abs(value):.10g}".replace(".", "")
    return min(len(printed.rstrip("0").split("e")[0]), DIGITS) + (abs(value) >= FEW)
