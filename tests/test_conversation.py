"""What a follow-up means after the question before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.follow_up import Completed, complete


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        ("How many sailors drowned?", "and how many were rescued?", "how many sailors were rescued?"),
        ("How many people died in Valmory?", "and the wounded?", "how many wounded, people in Valmory?"),
        ("How many people died in Valmory?", "and civilians?", "How many civilians died in Valmory?"),
        ("How many votes did Anna Brel get?", "what about Luc Morin?", "How many votes did Luc Morin get?"),
        ("Did the trains run in Arcy?", "when?", "when did the trains run in Arcy?"),
        ("How many trains were cancelled?", "according to whom?", "How many trains were cancelled, according to whom?"),
        (
            "What share was on strike, according to the firm?",
            "and according to the union?",
            "What share was on strike, according to the union?",
        ),
        (
            "Who won the vote in Arcy?",
            "how many votes did she get?",
            "how many votes did she get, won in Arcy?",
        ),
        ("Combien de marins ont péri ?", "et les blessés ?", "combien de blessés, marins?"),
        ("Combien de marins ont péri ?", "quand ?", "quand: marins ont péri ?"),
        ("Les écoles ont-elles fermé à Arcy ?", "pourquoi ?", "pourquoi les écoles ont-elles fermé à Arcy ?"),
        ("Combien coûte le pont ?", "qui paie ?", "qui paie, le pont?"),
        ("Combien de marins ont péri ?", "selon Luc Morin ?", "Combien de marins ont péri, selon Luc Morin?"),
        ("Combien de marins ont péri ?", "et en mars ?", "Combien de marins ont péri en mars?"),
    ],
)
def test_a_follow_up_takes_what_it_lacks(before, question, understood):
    assert complete(question, [before]).question == understood


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Brazil?",
        "Combien de cas de choléra ont été recensés en 2024 ?",
        "how many trains were cancelled on Monday?",
        "coût du chantier du pont d'Arcy",
        "Who is Anna Brel?",
    ],
)
def test_a_complete_question_stands_alone(question):
    assert complete(question, ["Combien de marins ont péri à Valmory ?"] * 5) == Completed(question)


def test_a_question_without_history_is_itself():
    assert complete("  when?  ", []) == Completed("when?")


@pytest.mark.parametrize(
    ("question", "understood", "source"),
    [
        ("and in the second source?", "How many sailors drowned?", "b.txt"),
        ("et selon la première source ?", "How many sailors drowned?", "a.txt"),
        ("and in source 3?", "How many sailors drowned?", "c.txt"),
        ("how many sailors were rescued in the third article?", "how many sailors were rescued?", "c.txt"),
    ],
)
def test_a_source_can_be_named_by_its_place(question, understood, source):
    found = complete(question, ["How many sailors drowned?"], ["a.txt", "b.txt", "c.txt"])
    assert (found.question.rstrip(" ?"), found.sources) == (understood.rstrip("?"), (source,))


def test_a_place_beyond_the_last_source_restricts_nothing():
    assert complete("and in the fourth source?", ["How many sailors drowned?"], ["a.txt"]).sources is None


def test_only_the_last_question_counts():
    found = complete("and how many were rescued?", ["How many trains ran?", "How many sailors drowned?"])
    assert found.question == "how many sailors were rescued?"


words = st.lists(
    st.sampled_from(
        "and how many combien de et les blessés when quand selon the Anna Brel -il a-t-elle ? , ’ 5 000 été".split()
    ),
    max_size=12,
).map(" ".join)


@given(words | st.text(max_size=60), st.lists(words | st.text(max_size=60), max_size=3))
def test_any_question_after_any_other_is_a_question(question, history):
    found = complete(question, history)
    assert found.sources is None
    assert found.question.strip() or not question.strip()
