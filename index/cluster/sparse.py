"""Which sparse vector stands for this paragraph, which for this question, and what is the score of a candidate?

A paragraph is stored as the BM25 weights of its terms, ``(k1 + 1) tf / (tf + norm)``, and a question is sent as the idf
of its terms times the weight of each translation: their inner product, which the engine ranks by, is the BM25 score
where no word has alternatives and the average length is still the one that the weights were made with. Everywhere else
it is near the score: the frequencies of alternatives ought to be summed before they saturate, and lengths are measured
against today's average. So the engine proposes, and the scores are counted here, from the term frequencies that the
stored weights still hold.

>>> stored = paragraph_weights(Counter({"fr:soldat": 2}), norm(20, 20.0))
>>> sent = question_weights([[("fr:soldat", 1.0)]], [1.7])
>>> round(sum(weight * stored[place] for place, weight in sent.items()), 4)
2.4286
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.records import Alternatives

K1, B = 1.5, 0.75
"""The parameters of `index.lexical.BM25`."""

_DIMENSIONS = 2**32 - 2

NOTHING = _DIMENSIONS
"""The dimension that no term has."""

SparseVector = dict[int, float]
"""A sparse vector: the weight of each dimension that is not 0."""


@lru_cache(maxsize=500_000)
def dimension(term: str) -> int:
    """Return the dimension that stands for a term.

    Nobody has to agree on a vocabulary before writing; of n terms, n / 2 ** 32 share a dimension with a given one.
    """
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big") % _DIMENSIONS


def norm(length: int, average: float) -> float:
    """Return what BM25 adds to the frequencies of a paragraph of `length` terms."""
    return K1 * (1 - B + B * length / average)


def paragraph_weights(frequencies: Counter[str], norm: float) -> SparseVector:
    """Return the BM25 weights of a paragraph's terms."""
    counts: Counter[int] = Counter()
    for term, count in frequencies.items():
        counts[dimension(term)] += count
    return {place: (K1 + 1) * count / (count + norm) for place, count in counts.items()}


def question_weights(terms: Sequence[Alternatives], idf: Sequence[float]) -> SparseVector:
    """Return the weights of a question's terms."""
    weights: SparseVector = {}
    for alternatives, gain in zip(terms, idf, strict=True):
        for term, weight in alternatives:
            if weight * gain > 0:
                weights[dimension(term)] = weights.get(dimension(term), 0.0) + weight * gain
    return weights


def inverse_document_frequency(frequency: float, count: int) -> float:
    """Return log(1 + (N - n + 0.5) / (n + 0.5)), as `index.lexical` does."""
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the engine holds of a paragraph that it proposes."""

    weights: Mapping[int, float]
    length: int
    norm: float
    """The norm that the weights were made with."""


def score_proposed(
    terms: Sequence[Alternatives], idf: Sequence[float], candidates: Sequence[Proposed], *, average: float
) -> list[float]:
    """Return the BM25 scores of paragraphs; `average` is today's average length."""
    asked = [([(dimension(t), weight) for t, weight in alts], gain) for alts, gain in zip(terms, idf, strict=True)]
    found = []
    for held in candidates:
        now, score = norm(held.length, average), 0.0
        for places, gain in asked:
            frequency = sum(
                weight * _frequency(held.weights[place], held.norm) for place, weight in places if place in held.weights
            )
            if frequency:
                score += gain * (K1 + 1) * frequency / (frequency + now)
        found.append(score)
    return found


def _frequency(weight: float, norm: float) -> int:
    """Return the term frequency that a stored weight was made of; exact up to some thousands in single precision."""
    return round(norm * weight / (K1 + 1 - weight))
