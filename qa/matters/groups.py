"""How surely are two groups of figures, each of one value, about one thing? All their pairs have a say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf

from qa.matters.figures import Figure
from qa.matters.setting import beside

SUREST = 6.0
"""The greatest log odds of a pair, above or below 0, that are told apart from greater ones."""

Pair = tuple[int, int]


def weigh_groups(
    figures: Sequence[Figure], odds: Mapping[Pair, float], groups: Sequence[Sequence[int]]
) -> dict[Pair, float]:
    """Return the log odds that two groups, by their places, are about one thing, where any pair of them may be.

    Half of it is the mean of all their pairs, half that of the two surest: one article may tell a thing in words that
    say little. It is -inf where one article holds figures of both that cannot both be true.
    """
    own = {number: place for place, group in enumerate(groups) for number in group}
    told: dict[Pair, list[float]] = defaultdict(list)
    for (one, other), sure in odds.items():
        if own[one] != own[other]:
            told[min(own[one], own[other]), max(own[one], own[other])].append(max(-SUREST, min(SUREST, sure)))
    return {
        pair: -inf if _are_rivals(*([figures[number] for number in groups[place]] for place in pair)) else _weigh(sure)
        for pair, sure in told.items()
    }


def _weigh(sure: Sequence[float]) -> float:
    surest = sorted(sure, reverse=True)[:2]
    return (sum(sure) / len(sure) + sum(surest) / len(surest)) / 2


def _are_rivals(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    return any(a.article is b.article and not beside(a, b) for a in one for b in other)
