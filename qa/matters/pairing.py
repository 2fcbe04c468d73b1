"""How surely are figures of different articles about the same thing? Candidates by an index, never all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from functools import lru_cache
from math import inf

from qa.matters.candidates import articles_alike
from qa.matters.figures import Figure
from qa.matters.hearing import Heard, listen, read_heard
from qa.matters.likelihood import Weights, load_weights, weigh
from qa.matters.likeness import Likeness
from qa.matters.role import same_role
from qa.matters.setting import attributed, comparable, same_setting, strangers
from qa.matters.signs import Around, Signs, read_signs
from qa.matters.values import telling_digits
from qa.matters.wording import nearness

Pair = tuple[int, int]
"""Two figures, or two articles, by their numbers, the lower one first."""

READ = 1_000
"""Paragraphs that the reader is asked about in one comparison, those first that may change most."""

DOUBTED = -3.5, 1.5
"""The log odds between which the reader is asked whether two figures that differ are about one thing."""

SURE = 2.5
"""Those up to which it is asked about two that are equal."""


class Pairs:
    """Tells, for figures by their numbers, how surely two are about the same thing; two articles are compared once."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = figures
        self.articles = {f.article.number: f.article for f in figures}
        self.likeness = Likeness(self.articles.values())
        self._own: dict[int, list[int]] = defaultdict(list)
        for number, figure in enumerate(figures):
            self._own[figure.article.number].append(number)
        self._between = lru_cache(maxsize=200_000)(self._weigh_between)
        self._heard: dict[Pair, float] = {}
        self.weights = load_weights()

    def weighed_by(self, weights: Weights) -> Pairs:
        """Return the same figures, weighed otherwise."""
        other = copy(self)
        other.weights = weights
        other._between = lru_cache(maxsize=200_000)(other._weigh_between)
        other._heard = {}
        return other

    def candidates(self) -> dict[Pair, float]:
        """Return the log odds of each pair of figures whose articles may tell of one event.

        Of those that are in doubt, as many as `READ` allows are weighed by what the reader finds, too.
        """
        found: dict[Pair, float] = {}
        for one, other in self.articles_alike():
            found |= self._between(one, other)
        doubted = (pair for pair, odds in found.items() if self._is_doubted(pair, odds))
        order = sorted(doubted, key=lambda pair: (abs(found[pair] - self.weights.one_thing), self.places(pair)))
        self._heard = self._weigh_heard(self._within(order))
        return found | self._heard

    def _is_doubted(self, pair: Pair, odds: float) -> bool:
        return DOUBTED[0] < odds < (SURE if self.equal(pair) else DOUBTED[1])

    def _within(self, order: Sequence[Pair]) -> set[Pair]:
        """Return the first pairs, as many as can be read."""
        chosen, read = set[Pair](), set[tuple[int, int, int]]()
        for a, b in order:
            read |= {(x, self.figures[y].article.number, self.figures[y].start) for x, y in ((a, b), (b, a))}
            if len(read) > READ:
                break
            chosen.add((a, b))
        return chosen

    def _weigh_heard(self, chosen: set[Pair]) -> dict[Pair, float]:
        """Return the log odds of pairs by all that is seen of them and by what the reader finds."""
        self.listen(chosen)
        articles = {(self.figures[a].article.number, self.figures[b].article.number) for a, b in chosen}
        return {
            pair: weigh(self.weights, signs, self.heard(pair), equal=self.equal(pair))
            for one, other in sorted(articles)
            for pair, signs in self.signs(one, other)
            if pair in chosen
        }

    def listen(self, pairs: Collection[Pair]) -> None:
        """Let the reader read pairs in an order in which it reads no question twice of one paragraph."""
        for asker, told in sorted({*pairs, *((b, a) for a, b in pairs)}):
            listen(self.figures[asker], self.figures[told])

    def heard(self, pair: Pair) -> Heard:
        """Return what the reader finds of a pair of figures."""
        return read_heard(self.figures[pair[0]], self.figures[pair[1]])

    def equal(self, pair: Pair) -> bool:
        """Return whether two figures have one value."""
        return self.figures[pair[0]].value == self.figures[pair[1]].value

    def articles_alike(self) -> Iterator[Pair]:
        """Yield pairs of articles that may tell of one event, each once."""
        return articles_alike(self.articles, self.likeness)

    def odds(self, one: int, other: int) -> float:
        """Return the log odds that two figures of different articles are about one thing; -inf where they are not."""
        numbers = sorted((self.figures[one].article.number, self.figures[other].article.number))
        pair = min(one, other), max(one, other)
        return self._heard[pair] if pair in self._heard else self._between(*numbers).get(pair, -inf)

    def _weigh_between(self, one: int, other: int) -> dict[Pair, float]:
        return {
            pair: weigh(self.weights, signs, None, equal=self.equal(pair)) for pair, signs in self.signs(one, other)
        }

    def signs(self, one: int, other: int) -> Iterator[tuple[Pair, Signs]]:
        """Yield the pairs of figures of two articles that may be about one thing, each with what tells whether."""
        figures, shared = self.figures, self.likeness.compare(one, other)
        pairs = [(a, b) for a in self._own[one] for b in self._own[other] if comparable(figures[a], figures[b])]
        near = {(a, b): nearness(figures[a].wording, figures[b].wording)[:2] for a, b in pairs}
        names = self.likeness.names(one), self.likeness.names(other)
        equal = [(figures[a].value, telling_digits(figures[a], figures[b])) for a, b in pairs if not figures[a].dated]
        for a, b in pairs:
            rivals = [told for pair, told in near.items() if (pair[0] == a) != (pair[1] == b)]
            own = {figures[a].value, figures[b].value}
            around = Around(names, rivals, float(sum(digits for value, digits in equal if value not in own)))
            yield (min(a, b), max(a, b)), read_signs(figures[a], figures[b], shared, around)

    def side_by_side(self) -> Iterator[Pair]:
        """Yield figures that two speakers give in one sentence, where they count the same or one does not say what."""
        for own in self._own.values():
            for place, one in enumerate(own):
                for other in own[place + 1 :]:
                    a, b = self.figures[one], self.figures[other]
                    if attributed(a, b) and comparable(a, b) and a.counted.part == b.counted.part:
                        tell = a.counted.tells and b.counted.tells
                        if not tell or same_role(a.counted, b.counted) == "plain":
                            yield one, other

    def foresees(self, plan: int, group: Sequence[int]) -> float:
        """Return how surely a figure foresees what those of a group tell of; its own article knows best."""
        return max(self._plan_of(self.figures[plan], self.figures[number]) for number in group)

    def _plan_of(self, plan: Figure, done: Figure) -> float:
        if done.planned or plan.counted.part or plan.counted.fates or same_role(plan.counted, done.counted) != "plain":
            return 0.0
        if plan.dated or not same_setting(plan, done) or strangers(plan, done):
            return 0.0
        if plan.article is done.article:
            return 2.0
        shared = self.likeness.of(*sorted((plan.article.number, done.article.number)))
        return shared.named if shared else 0.0

    def place(self, number: int) -> tuple[str, int, int]:
        """Return what orders a figure whatever the order of the sources."""
        figure = self.figures[number]
        return figure.article.source, figure.start, figure.fact.start

    def places(self, pair: Pair) -> list[tuple[str, int, int]]:
        """Return what orders a pair whatever the order of the sources."""
        return sorted(map(self.place, pair))
