"""How rankings become one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse, standardise
from index.records import rank

rankings = st.dictionaries(st.integers(0, 20), st.floats(-5, 5), min_size=1, max_size=12).map(
    lambda scores: rank(scores, scores.values())
)


@given(rankings, rankings, st.sampled_from(["zscore", "rrf"]))
def test_the_order_of_the_inputs_does_not_matter(first, second, method):
    one = fuse({"lexical": first, "dense": second}, method=method)
    assert one == fuse({"dense": second, "lexical": first}, method=method)
    assert one == sorted(one, key=lambda pair: (-pair[1], pair[0]))
    assert {id_ for id_, _ in one} == {id_ for id_, _ in first} | {id_ for id_, _ in second}


@given(rankings, st.floats(0.1, 10), st.floats(-3, 3))
def test_z_scores_do_not_depend_on_a_legs_scale(ranking, scale, shift):
    other = [(id_, scale * score + shift) for id_, score in ranking]
    fused, rescaled = dict(fuse({"dense": ranking})), dict(fuse({"dense": other}))
    if np.std([score for _, score in ranking]) > 1e-3:
        assert fused == pytest.approx(rescaled, abs=1e-6)


def test_z_scores_by_hand():
    # Candidates 1, 2, 3: lexical 4, 0, 2 (mean 2, deviation sqrt(8/3)), dense 0.5, 0.9, floor 0.5.
    fused = dict(fuse({"lexical": [(1, 4.0), (3, 2.0)], "dense": [(2, 0.9), (1, 0.5)]}, floors={"lexical": 0.0}))
    lexical = 2 / np.sqrt(8 / 3)
    dense = np.array([0.5, 0.9, 0.5])
    dense = (dense - dense.mean()) / dense.std()
    assert fused == pytest.approx({1: lexical + dense[0], 2: -lexical + dense[1], 3: dense[2]})


def test_reciprocal_ranks_by_hand():
    fused = fuse({"lexical": [(7, 3.0), (8, 1.0)], "dense": [(8, 0.4)]}, method="rrf")
    assert fused == [(8, pytest.approx(1 / 62 + 1 / 61)), (7, pytest.approx(1 / 61))]


def test_a_weight_of_nothing_silences_a_leg():
    assert [id_ for id_, _ in fuse({"lexical": [(1, 1.0), (2, 0.5)], "dense": [(2, 1.0)]}, weights={"dense": 0.0})] == [
        1,
        2,
    ]


def test_equal_scores_standardise_to_nothing():
    assert standardise([2.0, 2.0]).tolist() == [0.0, 0.0]


def test_nothing_fuses_to_nothing():
    assert fuse({"lexical": [], "dense": []}) == []


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="zscore"):
        fuse({}, method="sum")
