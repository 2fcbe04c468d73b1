"""Which figures of different sources are about the same thing? Candidates by an inverted index, never all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf

from qa.matters.event import apart
from qa.matters.figures import Figure
from qa.matters.likeness import Likeness
from qa.matters.role import same_role, told_of

RAREST = 6
"""Names of an article, the rarest that another holds too, by which its figures are found."""

WIDEST = 40
"""Figures of one block that are compared with each, those nearest in time: a block may hold thousands."""

LINKED = 40
"""Figures of a group that another must fit to join it: a story may be printed by thousands."""

RECURRING = frozenset({"war", "shooting", "crash", "fire", "protest", "match"})
"""Kinds of events that happen again in one place within days."""

AGAIN = 3
"""Days between two articles from which on such events may be two."""

LATER = 45
"""Days between two articles from which on they tell of different events."""

LATER_DIFFERING = 10
"""The same, where two figures differ that do not only add up."""

DIFFERING = 0.25
"""How much two articles must tell of the same event for figures that differ to be about it."""

ONE_EVENT = 0.4
"""How much two articles must tell of the same event for a value alone to be the same figure."""

SURELY_ONE = 0.5
"""The same, for events that happen again and again to be one."""

FEW = 20
"""Up to so many, two figures of one event may be the same by chance."""

MOST = 20.0
"""How many times a figure may be another for both to be about the same thing."""

Pair = tuple[int, int]


class Pairs:
    """Decides, for figures by their numbers, how surely two are about the same thing; each pair is decided once."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = figures
        self.likeness = Likeness({f.article.number: f.article for f in figures}.values())
        self.strength = lru_cache(maxsize=500_000)(self._strength)

    def candidates(self) -> Iterator[Pair]:
        """Yield pairs of figures of different articles that share what is counted and a rare name, each once."""
        seen: set[Pair] = set()
        for block in self._blocks():
            for place, one in enumerate(block):
                for other in block[place + 1 : place + 1 + WIDEST]:
                    pair = (one, other) if one < other else (other, one)
                    if pair not in seen and self.figures[one].article is not self.figures[other].article:
                        seen.add(pair)
                        yield pair

    def _blocks(self) -> Iterator[list[int]]:
        """Yield the figures that share a key, oldest publication first."""
        keyed = [self._keys(figure) for figure in self.figures]
        counts = Counter(key for keys in keyed for key in keys)
        blocks: dict[int, list[int]] = {}
        for number, keys in enumerate(keyed):
            for key in keys:
                if counts[key] > 1:
                    blocks.setdefault(key, []).append(number)
        for block in blocks.values():
            yield sorted(block, key=lambda number: (_day(self.figures[number]), self.place(number)))

    def _keys(self, figure: Figure) -> list[int]:
        shared = [name for name in figure.article.names if self.likeness.held(name) > 1]
        rarest = sorted(shared, key=lambda name: (self.likeness.held(name), name))[:RAREST]
        return [hash((key, name)) for key in figure.counted.keys for name in rarest]

    def fits(self, one: int, other: int) -> bool:
        """Return whether two figures may stand in one matter; those of one article may not contradict each other."""
        a, b = self.figures[one], self.figures[other]
        if a.article is b.article:
            return same_role(a.counted, b.counted) != "" and (overlap(a, b) or _attributed(a, b))
        return self.strength(*sorted((one, other))) > 0

    def foresees(self, plan: int, group: Sequence[int]) -> float:
        """Return how surely a figure foresees what those of a group tell of; its own article knows best."""
        return max(self._plan_of(self.figures[plan], self.figures[number]) for number in group)

    def _plan_of(self, plan: Figure, done: Figure) -> float:
        if done.planned or plan.counted.fates or same_role(plan.counted, done.counted) != "plain":
            return 0.0
        if not _same_setting(plan, done):
            return 0.0
        return 2.0 if plan.article is done.article else self.likeness.of(plan.article.number, done.article.number)

    def place(self, number: int) -> tuple[str, int, int]:
        """Return what orders a figure whatever the order of the sources."""
        figure = self.figures[number]
        return figure.article.source, figure.start, figure.fact.start

    def _strength(self, one: int, other: int) -> float:
        """Return how surely two figures of different articles are about the same thing; 0 where it is in doubt."""
        a, b = self.figures[one], self.figures[other]
        role = same_role(a.counted, b.counted)
        if not role or not _same_setting(a, b):
            return 0.0
        if a.planned != b.planned or not _of_same_people(a, b, role):
            return 0.0
        event = self.likeness.of(a.article.number, b.article.number)
        equal, together = a.value == b.value, overlap(a, b)
        shared = _shared(a, b)
        if event <= 0 or (role == "near" and not a.counted.fates and not _only_value(a, b, event, shared)):
            return 0.0
        if not together and not self._may_differ(a, b, event):
            return 0.0
        return 2.0 * equal + together + min(shared, 5) / 10 + event / 10

    def _may_differ(self, a: Figure, b: Figure, event: float) -> bool:
        """Return whether two figures that cannot both be true are still about one thing."""
        if event < DIFFERING or a.fact.denied or b.fact.denied:
            return False
        low, high = sorted((abs(a.bounds[0]) or abs(a.bounds[1]), abs(b.bounds[0]) or abs(b.bounds[1])))
        if not low or high == inf or high / low > MOST:
            return False
        gap = _gap(a, b)
        if gap > AGAIN and event < SURELY_ONE and a.article.kinds & b.article.kinds & RECURRING:
            return False
        return a.counted.adds_up or gap <= LATER_DIFFERING


def _only_value(a: Figure, b: Figure, event: float, shared: int) -> bool:
    """Return whether two figures of roles that are only near must be one: their value is the same, and no small one."""
    if a.value != b.value or a.fact.denied != b.fact.denied:
        return False
    return abs(a.bounds[1]) >= FEW and (shared > 0 or event >= ONE_EVENT)


def overlap(a: Figure, b: Figure) -> bool:
    """Return whether two figures can both be true of the same thing."""
    return a.bounds[0] <= b.bounds[1] and b.bounds[0] <= a.bounds[1]


def _day(figure: Figure) -> int:
    return figure.article.published.toordinal() if figure.article.published else 0


def _gap(a: Figure, b: Figure) -> float:
    """Return the days between the publication of two figures; 0 where one has no date."""
    return abs(_day(a) - _day(b)) if _day(a) and _day(b) else 0


def _same_setting(a: Figure, b: Figure) -> bool:
    """Return whether nothing says that two figures are of different times, places or people."""
    if _gap(a, b) > LATER or apart(a.times, b.times):
        return False
    if _elsewhere(a.places, b.places):
        return False
    nations = (a.counted.nations - b.article.countries) | (b.counted.nations - a.article.countries)
    return not nations


def _elsewhere(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sentences name different places; a town may lie in the country that the other names."""
    towns = [{place for place in places if not place.startswith("=")} for places in (one, other)]
    if towns[0] and towns[1]:
        return not towns[0] & towns[1]
    return bool(one and other and not towns[0] and not towns[1] and not one & other)


def _of_same_people(a: Figure, b: Figure, role: str) -> bool:
    """Return whether a figure that does not say whom it counts is told of those whom the other counts."""
    if role == "plain" or not a.counted.fates:
        return True
    return told_of(a.counted, b.around) and told_of(b.counted, a.around)


def _attributed(a: Figure, b: Figure) -> bool:
    """Return whether two speakers give figures of one article side by side: "20 000 selon les uns, 6 000 ..."."""
    return bool(a.speaker and b.speaker and a.speaker != b.speaker) and (a.start, a.text) == (b.start, b.text)


def _shared(one: Figure, other: Figure) -> int:
    """Return how many words of one sentence another says too."""
    return sum(not keys.isdisjoint(other.all_keys) for keys in one.keys)


def cluster(pairs: Pairs) -> list[list[int]]:
    """Return the figures that are about one thing, surest pairs first; each fits every other."""
    strengths = {pair: pairs.strength(*pair) for pair in pairs.candidates()}
    order = sorted((p for p, s in strengths.items() if s > 0), key=lambda p: (-strengths[p], _name(pairs, p)))
    members: dict[int, list[int]] = {}
    for one, other in order:
        left, right = members.get(one) or [one], members.get(other) or [other]
        if left is not right and all(pairs.fits(a, b) for a in left[:LINKED] for b in right[:LINKED]):
            joined = [*left, *right]
            for number in joined:
                members[number] = joined
    return [list(group) for group in {id(group): group for group in members.values()}.values()]


def _name(pairs: Pairs, pair: Pair) -> list[tuple[str, int, int]]:
    """Return what orders a pair whatever the order of the sources."""
    return sorted(map(pairs.place, pair))
