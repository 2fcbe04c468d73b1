"""How well does each word of the question find its match in this passage?

Late interaction (Khattab and Zaharia 2020, ColBERT): the score of a passage is the best cosine that each token of the
question finds among the passage's token vectors, averaged with weights. The same best matches tell which words of the
passage answer which words of the question.

>>> one, two = np.eye(2, dtype=np.float32)
>>> maxsim(np.stack([one, two]), np.array([3.0, 1.0]), [np.stack([one]), np.stack([one, two])]).tolist()
[0.75, 1.0]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.encoder import unit
from index.encoder.states import Offsets
from index.pieces import Numbers, WordTokens
from index.records import Match, Vectors

Quantised = NDArray[np.int8]
"""Unit rows in steps of 1/127."""

STOP_WEIGHT = 0.2
"""Weight of a stop word's token. Question words are stop words and say what is asked: without them R@1 falls by .05."""

THRESHOLD = 0.55
"""Cosine above which a word of the passage is taken to match a word of the question.

On the development questions 80 % of French words, and 73 % of English ones, find a match in their own French paragraph,
and 6 and 7 % in a paragraph of another article that does not hold the word (`python -m index.training.threshold`).
"""

_SCALE = np.float32(127)


def quantise(vectors: Vectors) -> Quantised:
    """Return unit rows as int8: every component is off by at most 1/254."""
    steps: Quantised = np.rint(np.clip(vectors, -1, 1) * _SCALE).astype(np.int8)
    return steps


def dequantise(rows: Quantised) -> NDArray[np.float32]:
    """Return the float32 vectors of quantised rows; their lengths are 1 but for rounding."""
    return rows.astype(np.float32) / _SCALE


def maxsim(query: Vectors, weights: NDArray[np.float32], passages: Sequence[Vectors]) -> NDArray[np.float32]:
    """Return each passage's score: the weighted mean, over question tokens, of the best cosine; shape (len(passages),).

    A passage without tokens, a question without tokens and weights that are all zero give 0.
    """
    scores = np.zeros(len(passages), np.float32)
    total = float(np.sum(weights))
    filled = [i for i, rows in enumerate(passages) if len(rows)]
    if not len(query) or not filled or total <= 0:
        return scores
    begins = np.cumsum([0, *(len(passages[i]) for i in filled[:-1])])
    cosines = np.concatenate([passages[i] for i in filled]) @ query.T
    best = np.maximum.reduceat(cosines, begins, axis=0)
    scores[filled] = best @ np.asarray(weights, np.float32) / np.float32(total)
    return scores


def token_weights(
    starts: Offsets, ends: Offsets, words: Sequence[tuple[int, int, float]], *, stop: float = STOP_WEIGHT
) -> NDArray[np.float32]:
    """Return the weight of each question token: the square root of its word's idf over the number of its pieces.

    `words` are (start, end, idf) of the question's content words. A token outside them is a stop word's and weighs
    `stop`; where there is no content word at all, every token weighs 1.

    >>> token_weights(np.array([0, 4, 7]), np.array([3, 7, 9]), [(4, 9, 2.0)], stop=0.5).tolist()
    [0.5, 1.0, 1.0]
    """
    weights = np.full(len(starts), stop if words else 1.0, np.float32)
    for start, end, idf in words:
        pieces = (starts < end) & (ends > start)
        weights[pieces] = np.sqrt(max(idf, 0.0) / max(1, int(pieces.sum())))
    return weights


def word_vectors(passages: Sequence[Vectors], words: Sequence[WordTokens]) -> Vectors:
    """Return the unit vectors of the words of passages, one after the other, given the vectors of their tokens.

    A word's is the mean of its tokens'.
    """
    # Sums of runs of rows, as differences of running sums; a word's length is set to 1, so its mean is not needed.
    sums = [_sums(vectors, own.tokens) for vectors, own in zip(passages, words, strict=True)]
    return unit(np.concatenate(sums)) if sums else np.zeros((0, 0), np.float32)


def _sums(vectors: Vectors, runs: Numbers) -> NDArray[np.float32]:
    """Return the sums of runs of rows, shape (runs, dim)."""
    running = np.zeros((vectors.shape[1], len(vectors) + 1), np.float32)
    np.cumsum(np.ascontiguousarray(vectors.T), axis=1, out=running[:, 1:])  # along memory, in half the time
    return np.ascontiguousarray((running[:, runs[:, 1]] - running[:, runs[:, 0]]).T)


def matches(
    printed: Sequence[str],
    asked: Vectors,
    words: Sequence[WordTokens],
    theirs: Vectors,
    *,
    threshold: float = THRESHOLD,
) -> list[tuple[Match, ...]]:
    """Return, for each passage, the content words of a question with those that they found, in the passage's order.

    `printed` and `asked` are the question's words and their vectors, `words` those of the passages, and `theirs` all
    their vectors. A question word finds every word whose cosine with it reaches the threshold.
    """
    found: list[list[Match]] = [[] for _ in words]
    if len(asked) and len(theirs):
        starts, ends = np.concatenate([own.spans for own in words]).T.tolist()
        passage = np.repeat(np.arange(len(words)), [len(own.spans) for own in words])
        edges = np.cumsum([0, *(len(own.spans) for own in words)]).tolist()
        # Passage by passage: the last digit of a product depends on how many rows are multiplied with it.
        cosines = np.concatenate([asked @ theirs[begin:end].T for begin, end in pairwise(edges)], axis=1)
        ours, other = np.nonzero(cosines >= threshold)
        near = zip(ours.tolist(), other.tolist(), passage[other].tolist(), cosines[ours, other].tolist(), strict=True)
        for word, place, number, cosine in near:
            found[number].append(Match(printed[word], starts[place], ends[place], round(cosine, 4)))
    return [tuple(sorted(own, key=lambda match: (match.start, match.end, match.word))) for own in found]
