"""How likely is this figure, date or name what is asked for?"""

import math
from dataclasses import astuple, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fits import LEAST, NAMES, Compared, Signs, likelihood, load_model, load_trees, read_signs
from qa.match.telling import Telling

SHARES = st.floats(0, 1)
ODDS = st.floats(-20, 20)


def test_each_sign_has_its_weight():
    assert set(load_model().weights) == {field.name for field in fields(Signs)}


def test_a_likelihood_is_the_logistic_function_of_the_weighted_signs():
    bias, weights = load_model().bias, load_model().weights
    total = bias + weights["share"] * math.log(0.5 + LEAST) + weights["odds"] * 2.0 + weights["told"] * 0.25
    assert likelihood(read_signs(0.5, 2.0, 0.25)) == pytest.approx(1 / (1 + math.exp(-total)))


@given(SHARES, SHARES, ODDS, SHARES)
def test_more_of_what_the_reader_makes_of_a_fact_never_speaks_against_it(one, other, odds, told):
    less, more = sorted((one, other))
    assert likelihood(read_signs(less, odds, told)) <= likelihood(read_signs(more, odds, told))


@given(SHARES, ODDS, ODDS, SHARES, SHARES)
def test_nor_do_surer_odds_or_words_that_tell_more(share, one, other, told, more):
    weak = likelihood(read_signs(share, min(one, other), min(told, more)))
    strong = likelihood(read_signs(share, max(one, other), max(told, more)))
    assert 0 < weak <= strong < 1


def test_a_share_above_one_counts_as_one():
    assert read_signs(1.7, 0.0, 0.0) == read_signs(1.0, 0.0, 0.0)


TOLD = st.builds(Telling, **{field.name: st.one_of(st.just(-1.0), SHARES) for field in fields(Telling)})
COMPARED = st.builds(Compared, TOLD, st.booleans(), st.booleans(), st.integers(1, 30))


def test_the_trees_ask_the_signs_in_their_order():
    assert load_trees().names == NAMES


@given(SHARES, SHARES, ODDS, ODDS, SHARES, SHARES, COMPARED)
def test_more_never_speaks_against_a_figure_or_a_date(one, other, odds, surer, told, more, compared):
    weak = likelihood(read_signs(min(one, other), min(odds, surer), min(told, more)), compared)
    strong = likelihood(read_signs(max(one, other), max(odds, surer), max(told, more)), compared)
    assert 0 < weak <= strong + 1e-12 < 1


@given(SHARES, ODDS, SHARES, TOLD, TOLD, st.booleans(), st.booleans(), st.integers(1, 30))
def test_nor_do_words_that_are_told_better(share, odds, told, one, other, fates, dated, among):
    signs, pairs = read_signs(share, odds, told), list(zip(astuple(one), astuple(other), strict=True))
    weak, strong = (Compared(Telling(*(choose(pair) for pair in pairs)), fates, dated, among) for choose in (min, max))
    assert likelihood(signs, weak) <= likelihood(signs, strong) + 1e-12
