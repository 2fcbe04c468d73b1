"""What is seen of two figures of different articles that tells whether they are about one thing?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import log1p

from qa.matters.figures import Figure
from qa.matters.likeness import Shared
from qa.matters.role import same_role, stays
from qa.matters.setting import changes_differ, fates_apart, gap, is_currency, overlap, strangers
from qa.matters.values import value_signs
from qa.matters.wording import nearness
from qa.senses import said

NAMES = 5
"""The most names, or years, that are counted."""

LATE = 60
"""Days between two articles from which on they may tell of different events."""

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
    """How far apart the values are: the logarithm of their ratio, or of days in threes, at most `values.FARTHEST`."""
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
    crossed: float
    """Whether their articles are in different languages."""
    late: float
    """Whether their articles are published so far apart that a like event may have been in between."""
    rises: float
    falls: float
    """Whether the higher figure was published on a later day; on an earlier one."""
    aside: float
    """Whether one sentence names somebody or some place, but none that its article is about first."""
    one_year: float
    """Whether one sentence names a year."""
    foreign_places: float
    """In how many of the sentences a place is named that the other article does not hold."""
    part: float
    parts: float
    none: float
    """Whether one is a part of another figure, whether both are; whether the role of one denies."""
    unlike_fates: float
    ruled_fates: float
    """Whether both tell of fates, of different ones; whether what is counted is against one thing too."""
    strangers: float
    currency: float
    """See `qa.matters.setting`; whether one is money, and the other does not say so."""
    mute: float
    """How many of the two say neither what is counted nor what happened, of two."""
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
        **value_signs(a, b),
        **_doubts(a, b),
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
        "changes": float(a.value != b.value and changes_differ(a, b)),
        "stays": float(stays(one) != stays(other)),
    }


def _doubts(a: Figure, b: Figure) -> dict[str, float]:
    one, other, days = a.counted, b.counted, gap(a.article, b.article)
    rises = 0.0
    if days and not a.dated and not overlap(a, b) and a.article.published and b.article.published:
        rises = 1.0 if (a.bounds[0] < b.bounds[0]) == (a.article.published < b.article.published) else -1.0
    return {
        "crossed": float(a.article.language != b.article.language),
        "late": float(days > LATE),
        "rises": max(rises, 0.0),
        "falls": max(-rises, 0.0),
        "aside": float(_is_aside(a) != _is_aside(b)),
        "one_year": float(bool(a.years) != bool(b.years)),
        "foreign_places": float(bool(a.places - b.article.names)) + float(bool(b.places - a.article.names)),
        "part": float(one.part != other.part),
        "parts": float(one.part and other.part),
        "none": float(one.none != other.none),
        "unlike_fates": float(bool(one.fates and other.fates) and one.fates != other.fates),
        "ruled_fates": float(fates_apart(a, b)),
        "strangers": float(a.value != b.value and strangers(a, b)),
        "currency": float(a.fact.unit != b.fact.unit and is_currency(a.fact.unit or b.fact.unit)),
        "mute": (not one.tells) / 2 + (not other.tells) / 2,
    }


def _is_aside(figure: Figure) -> bool:
    return bool(figure.named) and not figure.named & figure.article.main


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
