"""Which figures are about one thing? First those of one value, then those groups that are, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf

from qa.matters.groups import SUREST, Pair, weigh_groups
from qa.matters.pairing import Pairs

LINKED = 40
"""Figures of a group that another must fit to join it: a story may be printed by thousands."""

SLACK = 0.5
"""How much the log odds of the pairs of two groups of one value may fall short on the whole where one pair is sure."""

UNRELATED = -4.0
"""The log odds of two groups of which no pair may be about one thing, and the least that is told apart; the greatest,
those of what two speakers give side by side ("20 000 selon les uns, 6 000 ..."), is as far above 0."""


def cluster(pairs: Pairs) -> list[list[int]]:
    """Return the figures that are about one thing, where there are two or more."""
    odds, weights = pairs.candidates(), pairs.weights
    groups = group_values(pairs, odds, weights.one_value)
    sure = {pair: told - weights.one_thing for pair, told in weigh_groups(pairs.figures, odds, groups).items()}
    own = {number: place for place, group in enumerate(groups) for number in group}
    for one, other in pairs.side_by_side():
        if own[one] != own[other]:
            sure[_pair(own[one], own[other])] = -UNRELATED
    joined = merge_groups(groups, sure, lambda place: pairs.place(groups[place][0]))
    return [group for group in joined if len(group) > 1]


def group_values(pairs: Pairs, odds: dict[Pair, float], threshold: float) -> list[list[int]]:
    """Return all figures, those of one value that are about one thing together."""
    figures = pairs.figures

    def fits(left: Sequence[int], right: Sequence[int]) -> bool:
        told = [
            max(-SUREST, min(SUREST, pairs.odds(a, b))) - threshold
            for a in left[:LINKED]
            for b in right[:LINKED]
            if figures[a].article is not figures[b].article
        ]
        return sum(told) >= -SLACK * len(told)

    same = {pair: sure for pair, sure in odds.items() if figures[pair[0]].value == figures[pair[1]].value}
    order = sorted((p for p, sure in same.items() if sure > threshold), key=lambda p: (-same[p], pairs.places(p)))
    return _unite(range(len(figures)), order, fits)


def merge_groups(
    groups: Sequence[Sequence[int]], sure: dict[Pair, float], place: Callable[[int], object]
) -> list[list[int]]:
    """Return the groups, those about one thing as one: `sure` holds the log odds above the threshold of pairs of them.

    Several join where they fit on the whole, each pair by how many figures it has, and none of them is at -inf.
    """

    def fits(left: Sequence[int], right: Sequence[int]) -> bool:
        told = [
            (sure.get(_pair(a, b), UNRELATED), len(groups[a]) * len(groups[b]))
            for a in left[:LINKED]
            for b in right[:LINKED]
        ]
        least = min(odds for odds, _ in told)
        return least > -inf and sum(count * max(UNRELATED, min(-UNRELATED, odds)) for odds, count in told) >= 0

    above = [pair for pair, odds in sure.items() if odds > 0]
    order = sorted(above, key=lambda pair: (-sure[pair], sorted(map(repr, map(place, pair)))))
    return [[n for at in joined for n in groups[at]] for joined in _unite(range(len(groups)), order, fits)]


def _unite(
    items: Iterable[int], order: Iterable[Pair], fits: Callable[[Sequence[int], Sequence[int]], bool]
) -> list[list[int]]:
    """Return the items in groups: those of each pair in order are joined where their groups fit."""
    members = {item: [item] for item in items}
    for one, other in order:
        left, right = members[one], members[other]
        if left is not right and fits(left, right):
            joined = [*left, *right]
            for item in joined:
                members[item] = joined
    return list({id(group): group for group in members.values()}.values())


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
