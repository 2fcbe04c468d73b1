"""Laws of late interaction: the score of a loop written out, bounds of quantisation, words that found words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import TokenVectors, unit
from index.interaction import (
    STOP_WEIGHT,
    dequantise,
    matches,
    maxsim,
    quantise,
    token_weights,
    word_vectors,
)
from index.language import terms
from index.pieces import align
from index.records import Match, Vectors


def rows(count: int, dim: int, seed: int) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32))


def by_hand(query: Vectors, weights: list[float], passage: Vectors) -> float:
    """The score of one passage, written out."""
    total = 0.0
    for vector, weight in zip(query, weights, strict=True):
        total += weight * max(float(np.dot(vector, token)) for token in passage)
    return total / sum(weights)


@given(
    st.integers(1, 6),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.integers(0, 10_000),
    st.lists(st.floats(0.05, 5), min_size=6, max_size=6),
)
def test_maxsim_is_the_weighted_mean_of_the_best_cosines(
    asked: int, lengths: list[int], seed: int, weights: list[float]
) -> None:
    query = rows(asked, 8, seed)
    passages = [rows(length, 8, seed + 1 + i) for i, length in enumerate(lengths)]
    found = maxsim(query, np.array(weights[:asked], np.float32), passages)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [by_hand(query, weights[:asked], p) for p in passages], atol=1e-5)


def test_what_is_empty_scores_nothing() -> None:
    query, none = rows(2, 4, 1), np.zeros((0, 4), np.float32)
    ones = np.ones(2, np.float32)
    assert maxsim(query, ones, [none, query, none]).tolist() == [0.0, pytest.approx(1.0), 0.0]
    assert maxsim(query, ones, []).tolist() == []
    assert maxsim(query, ones, [none]).tolist() == [0.0]
    assert maxsim(none, np.ones(0, np.float32), [query]).tolist() == [0.0]
    assert maxsim(query, np.zeros(2, np.float32), [query]).tolist() == [0.0]


@given(st.integers(1, 20), st.integers(2, 96), st.integers(0, 10_000))
def test_quantised_rows_are_off_by_half_a_step(count: int, dim: int, seed: int) -> None:
    vectors = rows(count, dim, seed)
    steps = quantise(vectors)
    assert steps.dtype == np.int8
    assert np.abs(dequantise(steps) - vectors).max() <= 0.5 / 127 + 1e-6


def test_extreme_components_keep_their_sign() -> None:
    assert quantise(np.array([[1.0, -1.0, 1.0000001, 0.0]], np.float32)).tolist() == [[127, -127, 127, 0]]


def test_quantisation_keeps_the_ranking() -> None:
    query, weights = rows(12, 96, 3), np.ones(12, np.float32)
    # Passages that hold 1, 2, ... of the question's tokens among their own.
    passages = [np.concatenate([query[:n], rows(60, 96, 100 + n)]) for n in range(1, 12)]
    exact = maxsim(query, weights, passages)
    coarse = maxsim(query, weights, [dequantise(quantise(p)) for p in passages])
    assert np.argsort(-coarse).tolist() == np.argsort(-exact).tolist() == list(range(10, -1, -1))
    assert np.abs(coarse - exact).max() < 0.01


def test_a_word_shares_its_idf_among_its_pieces() -> None:
    starts, ends = np.array([0, 4, 9, 12], np.int32), np.array([3, 9, 12, 15], np.int32)
    weights = token_weights(starts, ends, [(4, 12, 4.5), (12, 15, 0.25)])
    np.testing.assert_allclose(weights, [STOP_WEIGHT, 1.5, 1.5, 0.5])
    assert token_weights(starts, ends, []).tolist() == [1.0, 1.0, 1.0, 1.0]
    assert token_weights(starts, ends, [(4, 12, -3.0)], stop=0.5).tolist() == [0.5, 0.0, 0.0, 0.5]


def tokens_of(spans: list[tuple[int, int]], vectors: list[list[float]]) -> TokenVectors:
    starts, ends = np.array(spans, np.int32).reshape(-1, 2).T
    return TokenVectors(unit(np.array(vectors, np.float32)), starts, ends)


def found(question: tuple[str, TokenVectors], passage: tuple[str, TokenVectors], threshold: float) -> list[Match]:
    """Return the matches of an English question in a French passage."""
    (asked, query), (text, theirs) = question, passage
    own, other = (
        align([(term.start, term.end) for term in terms(words, language)], tokens.starts, tokens.ends)
        for words, language, tokens in ((asked, "en", query), (text, "fr", theirs))
    )
    printed = [asked[start:end] for start, end in own.spans.tolist()]
    vectors = word_vectors([query.vectors], [own]), word_vectors([theirs.vectors], [other])
    (near,) = matches(printed, vectors[0], [other], vectors[1], threshold=threshold)
    return list(near)


def test_matches_are_whole_words_of_the_passage() -> None:
    question, passage = "How many soldiers died?", "Des soldats sont morts, cinq soldats."
    query = tokens_of([(0, 3), (4, 8), (9, 17), (18, 22)], [[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    # "soldats" is two pieces, "sol" and "dats", each near "soldiers" and together nearest.
    theirs = tokens_of(
        [(0, 3), (4, 7), (7, 11), (12, 16), (17, 22), (24, 28), (29, 36)],
        [[1, 0, 0, 0], [0, 1, 0.4, 0], [0, 1, -0.4, 0], [0, 0, 0, 1], [0, 0.3, 1, 0], [0, 0, 0, 1], [0, 1, 0, 0]],
    )
    assert [question[term.start : term.end] for term in terms(question, "en")] == ["soldiers", "died"]
    # The cosines, by hand: (0, 2, 0, 0) is "soldats"; "morts" is (0, .3, 1, 0) over its length, the root of 1.09.
    assert found((question, query), (passage, theirs), 0.6) == [
        Match("soldiers", 4, 11, 1.0),
        Match("died", 17, 22, 0.9578),
        Match("soldiers", 29, 36, 1.0),
    ]
    assert found((question, query), (passage, theirs), 0.97) == [
        Match("soldiers", 4, 11, 1.0),
        Match("soldiers", 29, 36, 1.0),
    ]


def test_nothing_matches_where_there_is_nothing() -> None:
    none = TokenVectors(np.zeros((0, 4), np.float32), np.zeros(0, np.int32), np.zeros(0, np.int32))
    some = tokens_of([(0, 4)], [[1, 0, 0, 0]])
    assert found(("", none), ("Kiev", some), 0.5) == []
    assert found(("Kiev", some), ("", none), 0.5) == []
    assert found(("who was it?", none), ("Kiev", some), 0.5) == []
