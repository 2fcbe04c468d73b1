"""Which figures of different sources are about the same thing? Candidates by an inverted index, never all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf

from qa.matters.event import apart
from qa.matters.figures import Article, Figure
from qa.matters.likelihood import FEW, Signs, final_odds, first_odds, load_weights, overlap, read_signs
from qa.matters.likeness import Likeness
from qa.matters.role import same_role, stays

RAREST = 8
"""Names of an article, the rarest that another holds too, by which articles on the same event are found."""

WIDEST = 40
"""Articles that one is compared with for each of those names, those nearest in time: thousands may hold one."""

LINKED = 40
"""Figures of a group that another must fit to join it: a story may be printed by thousands."""

RECURRING = frozenset({"war", "shooting", "crash", "fire", "protest", "match"})
"""Kinds of events that happen again in one place within days."""

AGAIN = 3
"""Days between two articles from which on such events may be two."""

LATER = 60
"""Days between two articles from which on they tell of different events, where a number alone is the same."""

LATER_DIFFERING = 30
"""The same, where two figures differ that do not only add up."""

SLACK = 0.5
"""How much the log odds of the pairs of two groups may fall short on the whole where one pair of them is sure."""

DIFFERING = 0.5
"""How much of names and words together two articles must share for figures that differ to be about one thing."""

WIDE = 31
"""Days of a date from which on only the same one is about one thing."""

MOST = 20.0
"""How many times a figure may be another for both to be about the same thing."""

Pair = tuple[int, int]


class Pairs:
    """Decides, for figures by their numbers, how surely two are about the same thing; each pair is decided once."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = figures
        self._articles = {f.article.number: f.article for f in figures}
        self.likeness = Likeness(self._articles.values())
        self._own: dict[int, list[int]] = defaultdict(list)
        for number, figure in enumerate(figures):
            self._own[figure.article.number].append(number)
        self._odds = lru_cache(maxsize=500_000)(self._first_odds)

    def candidates(self) -> Iterator[Pair]:
        """Yield pairs of figures of articles that may tell of one event, each once, the lower number first."""
        for one, other in self._articles_alike():
            for a in self._own[one]:
                for b in self._own[other]:
                    if self.comparable(a, b):
                        yield (a, b) if a < b else (b, a)

    def _articles_alike(self) -> Iterator[Pair]:
        """Yield pairs of articles that share a rare name, each once."""
        seen: set[Pair] = set()
        for block in self._blocks():
            for place, one in enumerate(block):
                for other in block[place + 1 : place + 1 + WIDEST]:
                    pair = (one, other) if one < other else (other, one)
                    if pair not in seen:
                        seen.add(pair)
                        if self.likeness.of(*pair):
                            yield pair

    def _blocks(self) -> Iterator[list[int]]:
        """Yield the articles that share one of their rarest names, oldest publication first."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for number in self._articles:
            shared = [name for name in self.likeness.names(number) if self.likeness.held(name) > 1]
            for name in sorted(shared, key=lambda name: (self.likeness.held(name), name))[:RAREST]:
                blocks[name].append(number)
        for _, block in sorted(blocks.items()):
            yield sorted(block, key=lambda number: (_day(self._articles[number]), self._articles[number].source))

    def comparable(self, one: int, other: int) -> bool:
        """Return whether nothing that is seen at once says that two figures are about different things."""
        a, b = self.figures[one], self.figures[other]
        if (a.fact.kind, a.fact.unit, bool(a.month)) != (b.fact.kind, b.fact.unit, bool(b.month)):
            return False
        if _changes_differ(a, b) or a.month != b.month:
            return False
        if a.counted.fates and b.counted.fates and a.counted.fates != b.counted.fates:
            return False
        if stays(a.counted) != stays(b.counted) and (a.value, a.planned) != (b.value, b.planned):
            return False
        return _same_setting(a, b) and self._may_be_one(a, b)

    def _may_be_one(self, a: Figure, b: Figure) -> bool:
        """Return whether the values of two figures let them be about one thing."""
        if a.value == b.value:
            telling = a.counted.tells and b.counted.tells
            return telling or bool(a.fact.unit) or abs(a.bounds[1]) >= FEW
        if not (a.counted.tells and b.counted.tells) or (a.fact.denied or b.fact.denied):
            return False
        if a.dated and max(f.bounds[1] - f.bounds[0] for f in (a, b)) > WIDE:
            return False
        if overlap(a, b):
            return a.counted.fates == b.counted.fates
        if a.people and b.people and not a.people & b.people:
            return False
        gap = _gap(a.article, b.article)
        if gap > AGAIN and a.article.kinds & b.article.kinds & RECURRING and not a.counted.adds_up:
            return False
        if a.dated:
            return gap <= LATER_DIFFERING and a.explicit and b.explicit
        low, high = sorted((abs(a.bounds[0]) or abs(a.bounds[1]), abs(b.bounds[0]) or abs(b.bounds[1])))
        if not low or high == inf or high / low > MOST:
            return False
        return a.counted.adds_up or gap <= LATER_DIFFERING

    def signs(self, one: int, other: int) -> Signs | None:
        """Return what tells whether two figures are about one thing; None where their articles share no event."""
        a, b = self.figures[one], self.figures[other]
        shared = self.likeness.of(*sorted((a.article.number, b.article.number)))
        if not shared or (not overlap(a, b) and shared.named + shared.told < DIFFERING):
            return None
        return read_signs(a, b, shared)

    def _first_odds(self, one: int, other: int) -> float:
        signs = self.signs(one, other) if self.comparable(one, other) else None
        return first_odds(signs, load_weights()) if signs else -inf

    def odds(self, one: int, other: int) -> float:
        """Return the log odds that two figures of different articles are about one thing; -inf where they are not."""
        return self._odds(*sorted((one, other)))

    def strengths(self) -> dict[Pair, float]:
        """Return of each candidate how surely its figures are about one thing: above 0 where they are.

        A figure that fits another of the same article as well, of another value, is less surely about either.
        """
        found = {pair: self.odds(*pair) for pair in self.candidates()}
        weights = load_weights()
        margins = find_margins(self.figures, found)
        return {pair: final_odds(odds, margins[pair], weights) for pair, odds in found.items() if odds > -inf}

    def fits(self, one: int, other: int) -> float:
        """Return how surely two figures may stand in one matter; those of one article may not contradict each other."""
        a, b = self.figures[one], self.figures[other]
        if a.article is b.article:
            if a.planned == b.planned and not self.comparable(one, other):
                return -inf
            return 0.0 if same_role(a.counted, b.counted) and _beside(a, b) else -inf
        return self.odds(one, other) - load_weights().threshold

    def foreseen(self, one: int, other: int) -> bool:
        """Return whether one of two figures tells what was done, and the other what is planned."""
        return self.figures[one].planned != self.figures[other].planned

    def foresees(self, plan: int, group: Sequence[int]) -> float:
        """Return how surely a figure foresees what those of a group tell of; its own article knows best."""
        return max(self._plan_of(self.figures[plan], self.figures[number]) for number in group)

    def _plan_of(self, plan: Figure, done: Figure) -> float:
        if done.planned or plan.counted.fates or same_role(plan.counted, done.counted) != "plain":
            return 0.0
        if plan.dated or not _same_setting(plan, done):
            return 0.0
        if plan.article is done.article:
            return 2.0
        shared = self.likeness.of(*sorted((plan.article.number, done.article.number)))
        return shared.named if shared else 0.0

    def place(self, number: int) -> tuple[str, int, int]:
        """Return what orders a figure whatever the order of the sources."""
        figure = self.figures[number]
        return figure.article.source, figure.start, figure.fact.start


def find_margins(figures: Sequence[Figure], found: Mapping[Pair, float]) -> dict[Pair, float]:
    """Return how much surer each pair is than the surest other one of either figure with the article of the other.

    Figures of one article that can both be true of one thing, or that two speakers give of it, are no rivals.
    """
    best: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for (one, other), odds in found.items():
        for figure, beside in ((one, other), (other, one)):
            best[figure, figures[beside].article.number].append((odds, beside))
    margins = {}
    for (one, other), odds in found.items():
        rivals = [
            rival
            for figure, beside in ((one, other), (other, one))
            for rival, number in best[figure, figures[beside].article.number]
            if not _beside(figures[number], figures[beside])
        ]
        margins[one, other] = odds - max(rivals, default=-inf)
    return margins


def _beside(a: Figure, b: Figure) -> bool:
    """Return whether two figures of one article may stand in one matter: what is foreseen beside what was done."""
    return a.planned != b.planned or a.value == b.value or overlap(a, b) or _attributed(a, b)


def _day(article: Article) -> int:
    return article.published.toordinal() if article.published else 0


def _gap(a: Article, b: Article) -> float:
    """Return the days between the publication of two articles; 0 where one has no date."""
    return abs(_day(a) - _day(b)) if _day(a) and _day(b) else 0


def _same_setting(a: Figure, b: Figure) -> bool:
    """Return whether nothing says that two figures are of different times, places or people."""
    if _gap(a.article, b.article) > LATER or apart(a.times, b.times):
        return False
    if _elsewhere(a.places, b.places) and not a.named & b.named - a.places - b.places:
        return False
    if a.value == b.value:
        return True
    return not (a.counted.nations - b.article.countries) | (b.counted.nations - a.article.countries)


def _changes_differ(a: Figure, b: Figure) -> bool:
    """Return whether one figure is by how much something rose, and another not or by how much it fell.

    A toll that has risen to a figure is that toll; where the values are the same, only rises and falls are apart.
    """
    one, other = a.counted.changes, b.counted.changes
    if a.counted.fates and b.counted.fates:
        return False
    return bool(one and other and not one & other) or (one != other and a.value != b.value)


def _elsewhere(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sentences name different places; a town may lie in the country that the other names."""
    towns = [{place for place in places if not place.startswith("=")} for places in (one, other)]
    if towns[0] and towns[1]:
        return not towns[0] & towns[1]
    return bool(one and other and not towns[0] and not towns[1] and not one & other)


def _attributed(a: Figure, b: Figure) -> bool:
    """Return whether two speakers give figures of one article side by side: "20 000 selon les uns, 6 000 ..."."""
    return bool(a.speaker and b.speaker and a.speaker != b.speaker) and (a.start, a.text) == (b.start, b.text)


def cluster(pairs: Pairs) -> list[list[int]]:
    """Return the figures that are about one thing, surest pairs first; groups join where they fit on the whole."""
    strengths = pairs.strengths()
    sure = [pair for pair, strength in strengths.items() if strength > 0]
    order = sorted(sure, key=lambda pair: (pairs.foreseen(*pair), -strengths[pair], _name(pairs, pair)))
    members: dict[int, list[int]] = {}
    for one, other in order:
        left, right = members.get(one) or [one], members.get(other) or [other]
        if left is not right and _join(pairs, left, right):
            joined = [*left, *right]
            for number in joined:
                members[number] = joined
    return [list(group) for group in {id(group): group for group in members.values()}.values()]


def _join(pairs: Pairs, left: Sequence[int], right: Sequence[int]) -> bool:
    """Return whether two groups are about one thing: no two of them are not, and most surely are."""
    fits = [pairs.fits(a, b) for a in left[:LINKED] for b in right[:LINKED]]
    return min(fits) > -inf and sum(fits) >= -SLACK * len(fits)


def _name(pairs: Pairs, pair: Pair) -> list[tuple[str, int, int]]:
    """Return what orders a pair whatever the order of the sources."""
    return sorted(map(pairs.place, pair))
