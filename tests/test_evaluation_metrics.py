"""Metrics against hand-worked numbers, and against other implementations on random inputs."""

import math
import re
import string
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import passage_of
from sklearn.metrics import ndcg_score

from index.facts import Span
from qa.answers import SourceAnswer
from qa.evaluation.gold import GoldAnswer
from qa.evaluation.metrics import (
    exact_match,
    normalised_answer,
    ranking_scores,
    right_role,
    right_value,
    shown_answer,
    token_f1,
)

# Ranking


def test_rankings_scored_by_hand():
    qrels = {"a": {"x": 1, "y": 1}, "b": {"z": 2, "y": 1}, "nothing": {"x": 1}}
    scores = ranking_scores(qrels, {"a": ["x", "w", "y"], "b": ["w", "y", "z"], "stranger": ["x"]})
    log = math.log2
    assert scores == {
        "R@1": {"a": 0.5, "b": 0.0, "nothing": 0.0},
        "R@5": {"a": 1.0, "b": 1.0, "nothing": 0.0},
        "R@10": {"a": 1.0, "b": 1.0, "nothing": 0.0},
        "RR": {"a": 1.0, "b": 0.5, "nothing": 0.0},
        "nDCG@10": {
            "a": pytest.approx((1 + 1 / log(4)) / (1 + 1 / log(3))),
            "b": pytest.approx((1 / log(3) + 2 / log(4)) / (2 + 1 / log(3))),
            "nothing": 0.0,
        },
    }


def test_a_run_that_finds_nothing_scores_nothing():
    assert set(ranking_scores({"a": {"x": 1}}, {"a": []})["nDCG@10"].items()) == {("a", 0.0)}
    assert ranking_scores({}, {"a": ["x"]})["RR"] == {}


names = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(1, 3), min_size=1), names)
def test_rankings_agree_with_plain_code_and_scikit_learn(judged, found):
    scores = {name: own["q"] for name, own in ranking_scores({"q": judged}, {"q": found}).items()}
    places = [place for place, name in enumerate(found, 1) if name in judged]
    assert scores["RR"] == pytest.approx(1 / places[0] if places else 0)
    for k in (1, 5, 10):
        assert scores[f"R@{k}"] == pytest.approx(sum(place <= k for place in places) / len(judged))
    top = [judged.get(name, 0) for name in found[:10]]
    # What was not among the ten ranked first stands behind them all.
    gains = [*top, *[0] * (10 - len(top)), *(grade for name, grade in judged.items() if name not in found[:10])]
    expected = ndcg_score(np.array([gains]), -np.arange(len(gains))[None], k=10)
    assert scores["nDCG@10"] == pytest.approx(expected)


# Words


@pytest.mark.parametrize(
    ("text", "language", "normal"),
    [
        ("The  Old Town!", "en", "old town"),
        ("Théâtre an sich", "en", "théâtre sich"),
        ("L’Ostrelle", "fr", "ostrelle"),
        ("l'eau de la Loire", "fr", "eau loire"),
        ("Les 10\u00a0000 soldats", "fr", "10 000 soldats"),
        ("« Oui »", "fr", "oui"),
        ("aujourd’hui", "fr", "aujourdhui"),
        ("The the", "de", "the the"),
        ("5 %, 3 €", "fr", "5 3 €"),
        ("la une", "fr", ""),
    ],
)
def test_answers_are_normalised(text, language, normal):
    assert normalised_answer(text, language) == normal


@pytest.mark.parametrize(
    ("ours", "theirs", "exact", "f1"),
    [
        ("600", "600", True, 1.0),
        ("au moins 600", "600", False, 0.5),
        ("des centaines de soldats", "Des centaines", False, 2 / 3),
        ("le maire", "la préfète", False, 0.0),
        ("le", "la", True, 1.0),
        ("le", "maire", False, 0.0),
        ("non non oui", "non oui oui", False, 2 / 3),
    ],
)
def test_words_compared_by_hand(ours, theirs, exact, f1):
    assert exact_match(ours, theirs, "fr") is exact
    assert token_f1(ours, theirs, "fr") == pytest.approx(f1)


def squad_normal(text):
    """Return what SQuAD's script makes of an English answer, told in other words."""
    kept = "".join(sign for sign in text.lower() if sign not in set(string.punctuation))
    return [word for word in re.sub(r"\b(a|an|the)\b", " ", kept).split() if word]


english = st.text("abent he.,'-", max_size=20)


@settings(deadline=None)
@given(english, english)
def test_english_answers_compare_as_in_squad(ours, theirs):
    own, wanted = squad_normal(ours), squad_normal(theirs)
    assert exact_match(ours, theirs, "en") == (own == wanted)
    shared = sum((Counter(own) & Counter(wanted)).values())
    if not own or not wanted:
        expected = float(own == wanted)
    elif not shared:
        expected = 0.0
    else:
        precision, recall = shared / len(own), shared / len(wanted)
        expected = 2 * precision * recall / (precision + recall)
    assert token_f1(ours, theirs, "en") == pytest.approx(expected)


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["fr", "en"]))
def test_the_laws_of_token_f1(ours, theirs, language):
    score = token_f1(ours, theirs, language)
    assert 0 <= score <= 1
    assert score == token_f1(theirs, ours, language)
    assert token_f1(ours, ours, language) == 1
    if exact_match(ours, theirs, language):
        assert score == 1


# Claims


def claimed(kind, text, value=None, value_max=None, role=""):
    span = Span(kind, text, 0, len(text), value, value_max, role=role)
    return SourceAnswer("crue.txt", "", date(2025, 1, 1), (), span)


def wanted(kind, text, value=None, value_max=None, role=""):
    return [GoldAnswer("crue.txt", ("",), text, kind, value, value_max, role=role)]


NOTHING = SourceAnswer("crue.txt", "", None, (), None)


@pytest.mark.parametrize(
    ("shown", "gold", "right"),
    [
        (claimed("number", "12", 12), wanted("number", "douze", 12), True),
        (claimed("number", "12", 12), wanted("number", "13", 13), False),
        (claimed("number", "600 à 4 000", 600, 4000), wanted("number", "600", 600), False),
        (claimed("date", "Mercredi", None), wanted("date", "mercredi"), True),
        (claimed("person", "Durand"), wanted("person", "Marie Durand"), True),
        (claimed("person", "Marie Dupont"), wanted("person", "Marie Durand"), False),
        (claimed("place", "l’Ostrelle"), wanted("place", "Ostrelle"), True),
        (NOTHING, wanted("number", "12", 12), False),
    ],
)
def test_a_claim_is_right_by_value_or_by_words(shown, gold, right):
    assert right_value(shown, gold) is right


@pytest.mark.parametrize(
    ("said", "gold", "right"),
    [
        ("soldats tués", "soldats nord-coréens tués", True),
        ("soldat tué", "soldats tués", True),
        ("blessés", "soldats tués", False),
        ("", "morts", False),
        ("morts", "", False),
    ],
)
def test_a_role_is_right_by_half_of_its_words(said, gold, right):
    assert right_role(claimed("number", "12", 12, role=said), wanted("number", "12", role=gold), "fr") is right


def test_what_a_source_answers_is_its_claim_or_its_sentence():
    passage = passage_of(1, "a.txt", "Rien. Il a plu mardi. Fin.", "Il a plu mardi.")
    assert shown_answer(SourceAnswer("a.txt", "", None, (passage,))) == "Il a plu mardi."
    claim = Span("date", "mardi", 14, 19)
    assert shown_answer(SourceAnswer("a.txt", "", None, (passage,), claim)) == "mardi"
