"""How much do two articles tell of the same event? By rare names that both hold, and what each is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from index.facts.contents import Keys
from index.facts.relations import GENERIC, OUTCOMES
from index.facts.terms import term_key
from qa.matters.figures import Article
from qa.senses import sense_of

NAMES = 0.25
"""The least share, by weight, of the names of one of two articles that the other must hold as well."""

TERMS = 0.2
"""The least share, by weight, of the words of an article's title and first lines that the other must hold."""

NAMES_OF_ONE_KIND = 0.5
"""The share of names that two articles on one kind of event hold, from which on few words need be the same."""

TERMS_OF_ONE_KIND = 0.05
"""The share of words that is then enough."""

_WAYS = 8
"""Terms that may say one word in another language."""


class Likeness:
    """Compares the articles of one corpus; what many of them hold weighs little."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.number: article for article in articles}
        self._count = len(self._articles)
        self._names = Counter(name for article in self._articles.values() for name in article.names)
        keys = [article.keys for article in self._articles.values()]
        found, counts = np.unique(np.concatenate(keys or [np.zeros(0, np.uint64)]), return_counts=True)
        self._keys, self._counts = found, counts
        self.of = lru_cache(maxsize=200_000)(self._of)
        self._lead = lru_cache(maxsize=20_000)(self._read_lead)

    def weight(self, name: str) -> float:
        """Return how much it tells that two articles hold this name."""
        return log(1 + self._count / self._names[name]) if self._names[name] else 0.0

    def held(self, name: str) -> int:
        """Return how many articles hold this name."""
        return self._names[name]

    def _of(self, one: int, other: int) -> float:
        """Return how much two articles, by their numbers, tell of the same event, from 0 (nothing) to 1."""
        a, b = self._articles[one], self._articles[other]
        if a.countries and b.countries and not a.countries & b.countries:
            return 0.0
        if a.kinds and b.kinds and not a.kinds & b.kinds:
            return 0.0
        named = self._shared_names(a, b)
        if named < NAMES:
            return 0.0
        told = (self._told(a, b) + self._told(b, a)) / 2
        enough = TERMS_OF_ONE_KIND if a.kinds & b.kinds and named >= NAMES_OF_ONE_KIND else TERMS
        return (named + told) / 2 if told >= enough else 0.0

    def _shared_names(self, a: Article, b: Article) -> float:
        least = min(sum(map(self.weight, side.names)) for side in (a, b))
        return sum(map(self.weight, a.names & b.names)) / least if least else 0.0

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
