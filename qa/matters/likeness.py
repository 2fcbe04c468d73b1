"""How much do two articles tell of the same event? By rare names that both hold, and what each is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from index.encoder import unit
from index.facts.contents import Keys
from index.facts.relations import GENERIC, OUTCOMES
from index.facts.terms import term_key
from index.interaction import dequantise
from qa.matters.article import Article
from qa.senses import sense_of

NAMES = 0.1
"""The least share, by weight, of the names of one of two articles that the other must hold as well."""

NAMED_APART, TOLD_APART = 0.5, 0.3
"""The same, and the share of words, where the two seem to tell of different kinds of event."""

_WAYS = 8
"""Terms that may say one word in another language."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in common, each from 0 to 1."""

    named: float
    """The share, by weight, of the names of one of them that the other holds as well."""
    told: float
    """The share, by weight, of the words with which they begin that the other says too."""
    alike: int
    """1 where both tell of the same kind of event, -1 where they tell of different ones, 0 where that is not known."""
    count: int
    """How many names both hold."""
    countries: int
    """1 where both name a country, -1 where they name different ones, 0 where one names none."""
    mean: float
    """The cosine of the means of the vectors of their words."""
    words: float
    """The mean, over the words of both, of the best cosine with a word of the other."""


def _same_kind(a: Article, b: Article) -> int:
    return (1 if a.kinds & b.kinds else -1) if a.kinds and b.kinds else 0


def _nearness(a: Article, b: Article) -> tuple[float, float]:
    """Return how near the words of two articles are: by their means, and word by word; 0 where vectors are missing."""
    if not len(a.wording) or not len(b.wording):
        return 0.0, 0.0
    one, other = dequantise(a.wording), dequantise(b.wording)
    means = unit(np.stack([one.mean(axis=0), other.mean(axis=0)]))
    cosines = one @ other.T
    return float(means[0] @ means[1]), float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2


class Likeness:
    """Compares the articles of one corpus; what many of them hold weighs little."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.number: article for article in articles}
        self._count = len(self._articles)
        sure = frozenset[str]().union(*(article.names for article in self._articles.values()))
        self._named = {a.number: a.names | (a.openers & sure) for a in self._articles.values()}
        self._names = Counter(name for names in self._named.values() for name in names)
        keys = [article.keys for article in self._articles.values()]
        found, counts = np.unique(np.concatenate(keys or [np.zeros(0, np.uint64)]), return_counts=True)
        self._keys, self._counts = found, counts
        self.of = lru_cache(maxsize=200_000)(self._of)
        self._lead = lru_cache(maxsize=20_000)(self._read_lead)

    def names(self, number: int) -> frozenset[str]:
        """Return the names that an article holds; a word that opens a sentence is one where another article says so."""
        return self._named[number]

    def weight(self, name: str) -> float:
        """Return how much it tells that two articles hold this name."""
        return log(1 + self._count / self._names[name]) if self._names[name] else 0.0

    def held(self, name: str) -> int:
        """Return how many articles hold this name."""
        return self._names[name]

    def _of(self, one: int, other: int) -> Shared | None:
        """Return what two articles, by their numbers, have in common; None where they tell of different events."""
        shared = self.compare(one, other)
        if shared.countries < 0 or shared.named < NAMES:
            return None
        if shared.alike < 0 and (shared.named < NAMED_APART or shared.told < TOLD_APART):
            return None
        return shared

    def compare(self, one: int, other: int) -> Shared:
        """Return what two articles, by their numbers, have in common, be it ever so little."""
        a, b = self._articles[one], self._articles[other]
        named = self._shared_names(one, other)
        countries = (1 if a.countries & b.countries else -1) if a.countries and b.countries else 0
        told = (self._told(a, b) + self._told(b, a)) / 2
        count = len(self._named[one] & self._named[other])
        return Shared(named, told, _same_kind(a, b), count, countries, *_nearness(a, b))

    def _shared_names(self, one: int, other: int) -> float:
        a, b = self._named[one], self._named[other]
        least = min(sum(map(self.weight, side)) for side in (a, b))
        return sum(map(self.weight, a & b)) / least if least else 0.0

    def _told(self, a: Article, b: Article) -> float:
        """Return the share of what an article begins with that another holds, by weight."""
        if not len(b.keys):
            return 0.0
        weights, keys = self._lead(a.number, b.language)
        total = weights.sum()
        if not total:
            return 0.0
        places = np.minimum(np.searchsorted(b.keys, keys), len(b.keys) - 1)
        return float(weights[(b.keys[places] == keys).any(axis=1)].sum() / total)

    def _read_lead(self, number: int, language: str) -> tuple[NDArray[np.float64], Keys]:
        """Return the weights of the words that an article begins with, and the keys that say each in a language."""
        article = self._articles[number]
        rows, weights = [], []
        for word in article.lead:
            sense = sense_of(word, article.language)
            keys = sense.own if language == article.language else sense.others | sense.own
            if not keys or sense.fold in self._names or sense.country or sense.relations & (OUTCOMES | GENERIC):
                continue  # names are compared on their own, and deaths are told of any event
            listed = sorted(map(term_key, keys))[:_WAYS]
            rows.append(listed + [listed[0]] * (_WAYS - len(listed)))
            weights.append(self._rarity(sense.own))
        return np.array(weights, np.float64), np.array(rows, np.uint64).reshape(-1, _WAYS)

    def _rarity(self, terms: frozenset[str]) -> float:
        """Return how much it tells that two articles hold one of these terms."""
        held = 0
        for key in map(term_key, terms):
            place = int(np.searchsorted(self._keys, np.uint64(key)))
            if place < len(self._keys) and self._keys[place] == key:
                held = max(held, int(self._counts[place]))
        return log(1 + self._count / held) if held else 0.0
