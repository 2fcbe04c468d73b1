"""What a passage holds of a question, and how surely it answers by that."""

from dataclasses import fields, replace

import pytest
from asked import query_of, question_of
from hypothesis import given
from hypothesis import strategies as st

from index.language import distinct_terms
from index.records import Hit, Match, Paragraph
from qa.evidence import Evidence, QuestionWords, Told, is_name, load_model, probability, weigh
from qa.question import interpret
from qa.settings import NEARNESS, take_scales

SHARES = st.floats(0, 1)


def hit_of(text, *, matches=(), cosine=0.5):
    paragraph = Paragraph(1, "a.txt", "Le titre", "", 0, len(text), text, "fr")
    return Hit(paragraph, 1.0, matches=tuple(matches), scores={"dense": cosine})


def evidence_of(question, text, *, fit=0.0, odds=0.0, matches=()):
    """Return the evidence of a French passage."""
    asked = interpret(query_of(question))
    words = QuestionWords(asked.query)
    held = words.strengths(distinct_terms(text, "fr"), "fr")
    return weigh(asked, words, hit_of(text, matches=matches), held, told=Told(fit, odds))


def test_a_word_is_held_by_itself_or_by_its_translation():
    words = QuestionWords(query_of("How many soldiers died?"))
    assert words.strengths(distinct_terms("Trois soldats sont morts.", "fr"), "fr") == [1.0, 1.0]
    assert words.strengths(distinct_terms("Three soldiers died.", "en"), "en") == [1.0, 1.0]
    none = words.strengths(distinct_terms("Le pont est ouvert.", "fr"), "fr")
    assert none == [0.0, 0.0]
    assert words.terms("fr") >= {"fr:soldat", "fr:mort"}


def test_an_unlikelier_translation_holds_less_of_a_word():
    query = query_of("soldiers", alternatives={"soldier": [("fr:soldat", 0.8), ("fr:militair", 0.2)]})
    assert QuestionWords(query).strengths({"fr:soldat"}, "fr") == [1.0]
    assert QuestionWords(query).strengths({"fr:militair"}, "fr") == [0.5]  # the root of a quarter


def test_what_of_a_passage_counts():
    found = evidence_of("How many soldiers died in Lormont?", "Trois soldats sont morts.", fit=0.9, odds=4.0)
    assert found == Evidence(words=1.0, figure=0.9, span=0.0, span_asked=0.0, read=0.4, behind=0.0)
    when = evidence_of("When did the soldiers die?", "Trois soldats ont fui.", fit=0.6, odds=-30.0)
    assert when == Evidence(words=0.5, figure=0.0, span=0.6, span_asked=1.0, read=-1.0, behind=0.0)
    how = evidence_of("How does a pump work?", "Rien.", fit=0.6)
    assert (how.figure, how.span, how.words) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("gap", "behind"), [(0.0, 0.0), (0.1, 0.5), (0.4, 1.0)])
def test_how_far_behind_the_nearest_passage_counts(gap, behind):
    asked = interpret(query_of("How does a pump work?"))
    words = QuestionWords(asked.query)
    found = weigh(asked, words, hit_of("Rien."), words.strengths(set(), "fr"), told=Told(0.0, 0.0, gap))
    assert found.behind == pytest.approx(behind)
    near = replace(found, behind=0.0)
    assert (probability(found) < probability(near)) == (behind > 0)


def test_a_passage_is_measured_by_the_nearest_that_was_found():
    near, far, unscored = (replace(hit_of("Rien."), scores=s) for s in ({NEARNESS: 0.8}, {NEARNESS: 0.55}, {}))
    scales = take_scales(question_of("How does a pump work?"), [far, near, unscored])
    assert [round(scales.behind(hit), 6) for hit in (near, far, unscored)] == [0.0, 0.25, 0.0]
    assert take_scales(question_of("How?"), [unscored]).behind(unscored) == 0.0


def test_a_word_may_be_met_by_its_vector():
    text = "Quarante chalutiers ont sombré."
    far, near = (evidence_of("How many boats sank?", text, matches=m) for m in ([], [Match("boats", 9, 19, 0.85)]))
    assert near.words == pytest.approx(far.words + 0.35)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Who is Anna?", "Anna", True),
        ("Soldiers died", "Soldiers", False),
        ("SNCF en grève", "SNCF", True),
        ("in 2024", "2024", True),
        ("how many soldiers", "soldiers", False),
    ],
)
def test_names_and_numbers(text, word, expected):
    start = text.index(word)
    assert is_name(text, start, start + len(word)) is expected


evidences = st.builds(Evidence, *[SHARES for _ in fields(Evidence)])


@given(evidences, SHARES)
def test_more_of_what_speaks_for_an_answer_never_makes_it_less_sure(evidence, value):
    weights = load_model().weights
    assert set(weights) == {f.name for f in fields(Evidence)}
    assert 0 <= probability(evidence) <= 1
    for name, weight in weights.items():
        other = replace(evidence, **{name: max(value, getattr(evidence, name))})
        assert (probability(other) >= probability(evidence)) or weight < 0


@given(st.text(max_size=60), st.text(max_size=80), SHARES, st.floats(-40, 40))
def test_the_evidence_of_anything_is_between_nothing_and_all(question, text, fit, odds):
    asked = question_of(question)
    words = QuestionWords(asked.query)
    held = words.strengths(distinct_terms(text, "fr"), "fr")
    found = weigh(asked, words, hit_of(text or "."), held, told=Told(fit, odds))
    assert all(-(f.name == "read") <= getattr(found, f.name) <= 1 + 1e-9 for f in fields(found))
