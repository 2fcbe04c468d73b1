"""Dense search against numpy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense import DenseIndex, merge_rankings


def unit(rng, count, dim=16):
    vectors = rng.normal(size=(count, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def by_numpy(vectors, question, k, alive=None):
    scores = vectors @ question
    rows = [n for n in range(len(vectors)) if alive is None or alive[n]]
    return sorted(rows, key=lambda n: (-scores[n], n))[:k], scores


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_ranking_is_numpys(count, k, seed):
    rng = np.random.default_rng(seed)
    vectors, question = unit(rng, count), unit(rng, 1)[0]
    alive = rng.random(count) < 0.7
    for mask in (None, alive):
        rows, scores = by_numpy(vectors, question, k, mask)
        found = DenseIndex(vectors).search(question, k, alive=mask)
        assert [row for row, _ in found] == rows
        assert [score for _, score in found] == pytest.approx([scores[row] for row in rows], abs=1e-5)


def test_scores_are_cosines():
    vectors = np.eye(3, dtype=np.float32)
    question = np.array([0.6, 0.8, 0.0], np.float32)
    assert DenseIndex(vectors).search(question, 3) == [(1, pytest.approx(0.8)), (0, pytest.approx(0.6)), (2, 0.0)]


def test_equal_vectors_rank_by_row_even_at_the_edge():
    vectors = np.tile(np.array([[1.0, 0.0]], np.float32), (50, 1))
    assert [row for row, _ in DenseIndex(vectors).search(np.array([1.0, 0.0], np.float32), 7)] == list(range(7))


def test_the_coded_index_finds_nearly_all_and_is_the_same_every_time(tmp_path):
    rng = np.random.default_rng(5)
    centres = unit(rng, 40, 32)
    vectors = centres[rng.integers(0, 40, 4000)] + 0.05 * rng.normal(size=(4000, 32)).astype(np.float32)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    DenseIndex.write(vectors, tmp_path / "one")
    DenseIndex.write(vectors, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    exact, coded = DenseIndex(vectors), DenseIndex(vectors, file=tmp_path / "one")
    alive = rng.random(4000) < 0.9
    shared = 0
    for question in vectors[:50]:
        expected = exact.search(question, 10, alive=alive)
        found = coded.search(question, 10, alive=alive)
        shared += len(dict(expected).keys() & dict(found).keys())
        assert all(alive[row] for row, _ in found)
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert shared / 500 >= 0.98


def test_merged_rankings_are_one_ranking():
    assert merge_rankings([[(0, 0.5), (1, 0.1)], [(5, 0.9), (3, 0.5)]], 3) == [(5, 0.9), (0, 0.5), (3, 0.5)]
