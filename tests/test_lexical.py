"""BM25 against rank_bm25, the definition of its scores, and against hand-worked numbers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.lexical import BM25, Postings

WORDS = ["soldat", "mort", "bless", "elu", "vot", "5000", "crue", "maire"]
documents = st.lists(st.sampled_from(WORDS), min_size=0, max_size=30)
corpora = st.lists(documents, min_size=1, max_size=25).filter(lambda corpus: any(corpus))
queries = st.lists(st.sampled_from([*WORDS, "inconnu"]), max_size=6)


class NonNegativeOkapi(BM25Okapi):
    """rank_bm25 itself, with the idf that is never negative."""

    def _calc_idf(self, nd):
        self.idf = {word: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for word, n in nd.items()}


@given(corpora, queries)
def test_scores_equal_rank_bm25(corpus, query):
    expected = NonNegativeOkapi(corpus).get_scores(query)
    np.testing.assert_allclose(BM25(corpus).get_scores(query), expected, rtol=0, atol=1e-6)


@given(corpora, queries, st.floats(0.5, 3), st.floats(0, 0.99))  # at 1, rank_bm25 divides 0 by 0 for an empty document
def test_scores_equal_rank_bm25_with_other_parameters(corpus, query, k1, b):
    expected = NonNegativeOkapi(corpus, k1=k1, b=b).get_scores(query)
    np.testing.assert_allclose(BM25(corpus, k1=k1, b=b).get_scores(query), expected, rtol=0, atol=1e-6)


@given(corpora, queries)
def test_batch_scores_and_top_n_are_those_of_rank_bm25(corpus, query):
    ours, theirs = BM25(corpus), NonNegativeOkapi(corpus)
    chosen = list(range(0, len(corpus), 2))
    np.testing.assert_allclose(ours.get_batch_scores(query, chosen), theirs.get_batch_scores(query, chosen), atol=1e-6)
    names = [f"d{n}" for n in range(len(corpus))]
    scores = ours.get_scores(query)
    assert [scores[int(n[1:])] for n in ours.get_top_n(query, names, n=5)] == sorted(scores, reverse=True)[:5]


def test_a_hand_worked_score():
    # N = 3, n = 1, idf = ln(1 + 2.5 / 1.5); dl = 2, avgdl = 5 / 3, so the norm is 1.5 (0.25 + 0.75 * 1.2) = 1.725.
    bm25 = BM25([["trois", "soldat"], ["soldat", "bless"], ["treve"]])
    assert bm25.search([[("bless", 1.0)]], k=3) == [(1, pytest.approx(math.log(1 + 2.5 / 1.5) * 2.5 / 2.725))]


def test_a_term_in_every_document_still_scores_above_zero():
    scores = BM25([["crue"], ["crue"], ["crue", "maire"]]).get_scores(["crue"])
    assert scores == pytest.approx(
        [0.5 * s for s in BM25([["crue"], ["crue"], ["crue", "maire"]]).get_scores(["crue", "crue"])]
    )
    assert min(scores) > 0


@given(corpora, queries, st.integers(0, 30))
def test_search_is_the_sorted_scores_without_zeros(corpus, query, k):
    bm25 = BM25(corpus)
    scores = bm25.get_scores(query)
    expected = sorted(((n, s) for n, s in enumerate(scores) if s > 0), key=lambda pair: (-pair[1], pair[0]))[:k]
    assert bm25.search([[(term, 1.0)] for term in query], k) == expected


def test_ties_break_by_number():
    bm25 = BM25([["maire"], ["elu"], ["maire"], ["maire"]])
    assert [n for n, _ in bm25.search([[("maire", 1.0)]], k=2)] == [0, 2]


@given(
    corpora,
    st.lists(st.tuples(st.sampled_from(WORDS), st.floats(0.05, 1)), min_size=1, max_size=4, unique_by=lambda a: a[0]),
)
def test_alternatives_are_a_probabilistic_structured_query(corpus, alternatives):
    """Darwish and Oard 2003, by brute force: weighted sums of term and of document frequencies."""
    bm25 = BM25(corpus)
    average = sum(map(len, corpus)) / len(corpus)
    df = min(sum(w * sum(t in d for d in corpus) for t, w in alternatives), len(corpus))
    idf = math.log(1 + (len(corpus) - df + 0.5) / (df + 0.5))
    expected = []
    for document in corpus:
        tf = sum(w * document.count(t) for t, w in alternatives)
        expected.append(idf * tf * 2.5 / (tf + 1.5 * (0.25 + 0.75 * len(document) / average)) if tf else 0.0)
    np.testing.assert_allclose(bm25.scores([alternatives]), expected, rtol=1e-5, atol=1e-6)


@given(corpora, corpora, queries, st.data())
def test_adding_and_removing_equal_a_fresh_index(first, second, query, data):
    bm25 = BM25(first)
    bm25.add(second)
    everything = first + second
    gone = data.draw(st.sets(st.integers(0, len(everything) - 1), max_size=len(everything) - 1))
    bm25.remove(gone)
    kept = [n for n in range(len(everything)) if n not in gone]
    fresh = BM25([everything[n] for n in kept])
    np.testing.assert_allclose(bm25.get_scores(query)[kept], fresh.get_scores(query), rtol=0, atol=1e-9)
    assert not bm25.get_scores(query)[sorted(gone)].any()
    assert bm25.corpus_size == len(kept)


def test_among_restricts_without_changing_scores():
    bm25 = BM25([["maire", "elu"], ["maire"], ["crue"]])
    whole = dict(bm25.search([[("maire", 1.0)]], k=3))
    assert bm25.search([[("maire", 1.0)]], k=3, among=np.array([True, False, True])) == [(0, whole[0])]


@given(corpora)
@settings(max_examples=50)
def test_postings_hold_every_count(corpus):
    postings = Postings.of(corpus)
    for term in postings.vocabulary:
        held, frequencies = postings.of_term(term)
        assert dict(zip(held.tolist(), frequencies.tolist(), strict=True)) == {
            n: document.count(term) for n, document in enumerate(corpus) if term in document
        }


def test_an_empty_corpus_and_an_empty_question_find_nothing():
    assert BM25([]).search([[("crue", 1.0)]], k=5) == []
    assert BM25([["crue"]]).search([], k=5) == []
    assert BM25([[], []]).search([[("crue", 1.0)]], k=5) == []
