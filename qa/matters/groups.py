"""Which groups of figures, each of one value, are about one thing? What all their pairs tell together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np

from qa.matters.figures import Figure
from qa.matters.setting import beside

SUREST = 6.0
"""The greatest log odds of a pair, above or below 0, that are told apart from greater ones."""

CLOSEST = 4.0
"""How much surer one pair of groups must be than the next for that to tell no more."""

MOST = 8
"""Sentences of a group from which on more of them tell no more."""

FARTHEST = 4.0
"""The greatest logarithm of the ratio of two values that is told apart."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Between:
    """What tells whether two groups of figures are about one thing."""

    mean: float
    most: float
    least: float
    two: float
    """The log odds of their pairs: the mean, the greatest, the least, the mean of the two greatest."""
    pairs: float
    """log(1 + their pairs), of which `MOST` for each group count, as below."""
    smaller: float
    larger: float
    """The logarithm of the sentences of the smaller and of the larger group, those of copies counted once."""
    rival: float
    """The share of pairs in one article that cannot both be true."""
    met: float
    """Whether an article holds figures of both."""
    together: float
    """The share of pairs in one article that stand in one sentence."""
    mutual: float
    """Whether neither is as sure with another group."""
    margin: float
    """How much surer they are than either with another group, at most `CLOSEST`."""
    apart: float
    """The logarithm of the ratio of the values."""
    date: float
    """Whether they are dates."""
    figures: float
    """The logarithm of all pairs that there are of their sentences."""
    single: float
    """Whether only one pair of them may be about one thing."""


def read_between(
    figures: Sequence[Figure], odds: Mapping[Pair, float], groups: Sequence[Sequence[int]]
) -> dict[Pair, Between]:
    """Return what tells whether two groups, by their places, are about one thing, where any pair of them may be."""
    own = {number: place for place, group in enumerate(groups) for number in group}
    told: dict[Pair, list[float]] = defaultdict(list)
    for (one, other), sure in odds.items():
        if own[one] != own[other]:
            told[min(own[one], own[other]), max(own[one], own[other])].append(max(-SUREST, min(SUREST, sure)))
    means = {pair: sum(sure) / len(sure) for pair, sure in told.items()}
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), mean in means.items():
        best[one].append((mean, other))
        best[other].append((mean, one))
    kept = {place: sorted(found, reverse=True)[:2] for place, found in best.items()}
    found = {}
    for (one, other), pairs in told.items():
        rivals = [mean for place, own in ((one, other), (other, one)) for mean, to in kept[place] if to != own]
        sides = [figures[number] for number in groups[one]], [figures[number] for number in groups[other]]
        found[one, other] = _between(sides, sorted(pairs, reverse=True), max(rivals, default=-SUREST))
    return found


def _between(sides: tuple[Sequence[Figure], Sequence[Figure]], sure: Sequence[float], rival: float) -> Between:
    met = [(a, b) for a in sides[0] for b in sides[1] if a.article is b.article]
    mean = sum(sure) / len(sure)
    smaller, larger = sorted(len({figure.text for figure in side}) for side in sides)
    return Between(
        mean=mean,
        most=sure[0],
        least=sure[-1],
        two=sum(sure[:2]) / len(sure[:2]),
        pairs=log1p(min(len(sure), smaller * larger, MOST**2)),
        smaller=log(min(smaller, MOST)),
        larger=log(min(larger, MOST)),
        rival=sum(not beside(a, b) for a, b in met) / max(1, len(met)),
        met=float(bool(met)),
        together=sum((a.start, a.text) == (b.start, b.text) for a, b in met) / max(1, len(met)),
        mutual=float(mean >= rival),
        margin=max(-CLOSEST, min(CLOSEST, mean - rival)),
        apart=_apart(sides[0][0], sides[1][0]),
        date=float(sides[0][0].dated),
        figures=log(min(smaller, MOST) * min(larger, MOST)),
        single=float(len(sure) == 1),
    )


def _apart(a: Figure, b: Figure) -> float:
    if a.dated:
        return 0.0
    ratio = np.log(max(abs(a.bounds[0]), 0.5) / max(abs(b.bounds[0]), 0.5))
    return float(min(abs(ratio), FARTHEST))
