"""How likely is this figure, date or name what is asked for?"""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fits import LEAST, Signs, likelihood, load_model, read_signs

SHARES = st.floats(0, 1)
ODDS = st.floats(-20, 20)


def test_each_sign_has_its_weight():
    assert set(load_model().weights) == {field.name for field in fields(Signs)}


def test_a_likelihood_is_the_logistic_function_of_the_weighted_signs():
    bias, weights = load_model().bias, load_model().weights
    total = bias + weights["share"] * math.log(0.5 + LEAST) + weights["odds"] * 2.0 + weights["told"] * 0.25
    assert likelihood(read_signs(0.5, 2.0, 0.25, fates=False)) == pytest.approx(1 / (1 + math.exp(-total)))
    total += weights["fates"] + weights["fates_told"] * 0.25
    assert likelihood(read_signs(0.5, 2.0, 0.25, fates=True)) == pytest.approx(1 / (1 + math.exp(-total)))


@given(SHARES, SHARES, ODDS, SHARES, st.booleans())
def test_more_of_what_the_reader_makes_of_a_fact_never_speaks_against_it(one, other, odds, told, fates):
    less, more = sorted((one, other))
    assert likelihood(read_signs(less, odds, told, fates=fates)) <= likelihood(
        read_signs(more, odds, told, fates=fates)
    )


@given(SHARES, ODDS, ODDS, SHARES, SHARES, st.booleans())
def test_nor_do_surer_odds_or_words_that_tell_more(share, one, other, told, more, fates):
    weak = likelihood(read_signs(share, min(one, other), min(told, more), fates=fates))
    strong = likelihood(read_signs(share, max(one, other), max(told, more), fates=fates))
    assert 0 < weak <= strong < 1


def test_a_share_above_one_counts_as_one():
    assert read_signs(1.7, 0.0, 0.0, fates=False) == read_signs(1.0, 0.0, 0.0, fates=False)
