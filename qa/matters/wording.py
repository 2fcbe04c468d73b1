"""How near do the words around two figures stand, by meaning? Late interaction of the vectors stored with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.facts import Fact
from index.interaction import Quantised, dequantise, quantise
from index.language import fold
from index.pieces import Numbers
from index.records import Vectors

NEAREST = 16
"""Words of a sentence that are kept for each of its figures, those that stand nearest to it."""

REACH = 15.0
"""Characters within which a word's weight falls to 1/e."""

SOFT = 0.3
"""The power of the weight of the word that is found: near words are preferred, far ones are not left out."""


@dataclass(frozen=True)
class Wording:
    """The words around one figure: their vectors, and how much each weighs."""

    rows: Quantised
    """Shape (words, dim)."""
    weights: NDArray[np.float32]
    """From 0 to 1, shape (words,): less for a word that stands farther away."""
    role: NDArray[np.bool_]
    """Which of them say what is counted and what happened to it."""


def read_wording(text: str, fact: Fact, sentence: tuple[int, int], words: tuple[Numbers, Vectors]) -> Wording:
    """Return the words around a figure in its sentence; `words` are those of the paragraph with their vectors."""
    spans, vectors = words
    kept = [
        place
        for place, (start, end) in enumerate(spans.tolist())
        if sentence[0] <= start and end <= sentence[1] and not (start < fact.end and fact.start < end)
        if any(map(str.isalpha, text[start:end]))
    ]
    away = np.array([max(spans[p][0] - fact.end, fact.start - spans[p][1], 0) for p in kept], np.float32)
    nearest = np.argsort(away, kind="stable")[:NEAREST]
    rows = quantise(vectors[np.array(kept, np.int64)[nearest]]) if kept else np.zeros((0, vectors.shape[1]), np.int8)
    role = {fold(word) for word in (*fact.role.head, *fact.role.predicate)}
    told = [fold(text[spans[kept[n]][0] : spans[kept[n]][1]]) in role for n in nearest.tolist()]
    return Wording(rows, np.exp(-away[nearest] / np.float32(REACH)), np.array(told, bool))


def nearness(one: Wording, other: Wording) -> tuple[float, float, float]:
    """Return how near two wordings are, from 0 to 1: near words first, all words alike, those of the roles."""
    if not len(one.rows) or not len(other.rows):
        return 0.0, 0.0, 0.0
    cosines = dequantise(one.rows) @ dequantise(other.rows).T
    soft = (
        _weighted(cosines * other.weights**SOFT, one.weights),
        _weighted(cosines.T * one.weights**SOFT, other.weights),
    )
    roles = cosines[one.role][:, other.role]
    return sum(soft) / 2, _mutual(cosines), _mutual(roles) if roles.size else 0.0


def _weighted(cosines: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """Return the mean of the best cosine of each row, by the weights of the rows."""
    return float(cosines.max(axis=1) @ weights / weights.sum())


def _mutual(cosines: NDArray[np.float32]) -> float:
    """Return the mean of the best cosine of each row and of each column."""
    return float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
