"""Which kind of answer does a question ask for that says so in no word of its language's table?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question import KINDS
from qa.question.asking import BUCKETS, likely_kinds, read_features
from qa.question.interpretation import interpret, query_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("effectif pompiers Brumeval", "number"),
        ("wounded Harcombe total", "number"),
        ("date inauguration pont de Larmor", "date"),
        ("Harcombe reopening date", "date"),
        ("nom du procureur de Brumeval", "person"),
        ("lieu de la manifestation des soignants", "place"),
        ("motif fermeture usine Larmor", "reason"),
        ("réaction du maire de Brumeval", "passage"),
    ],
)
def test_keywords_ask_for_a_kind_that_no_word_of_a_table_says(question, kind):
    likely = likely_kinds(question)
    assert max(likely, key=likely.__getitem__) == kind


@given(st.text(max_size=200))
def test_the_kinds_share_one_probability(text):
    likely = likely_kinds(text)
    assert sorted(likely) == sorted({"number", "date", "person", "place", "reason", "passage"})
    assert set(likely) <= set(KINDS)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert all(share >= 0 for share in likely.values())


@given(st.text(max_size=200))
def test_features_are_numbers_in_order_each_once_whatever_the_case(text):
    found = read_features(text)
    assert len(found) >= 1
    assert (np.diff(found) > 0).all()
    assert found[0] >= 0
    assert found[-1] < BUCKETS
    assert read_features(f" {text} ").tolist() == found.tolist()


def test_where_a_word_asks_the_model_is_not_asked():
    told = interpret(query_of("Combien de pompiers étaient là ?"))
    assert (told.kind, told.likely) == ("number", {})
    guessed = interpret(query_of("effectif pompiers Brumeval"))
    assert guessed.kind == "number"
    assert guessed.likely["number"] == max(guessed.likely.values())


def test_a_language_without_a_table_is_asked_for_passages():
    asked = interpret(replace(query_of("Wie viele Menschen sind bei dem Brand gestorben?"), language="de"))
    assert (asked.kind, asked.likely) == ("passage", {})
