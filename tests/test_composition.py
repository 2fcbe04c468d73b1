"""What each source says, made of weighed passages: quotes, claims, silence."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from asked import question_of
from hypothesis import given
from hypothesis import strategies as st

from index.facts import Fact, Hedges, Role, read_facts
from index.facts.contents import Contents, stored_facts
from index.paragraphs import sentences
from index.records import Document, Hit, Paragraph
from qa.answers import COMPARED, too_unsure
from qa.composition import LISTED, NEAREST, PASSAGES, compose
from qa.evidence import ANSWERING, Evidence
from qa.question import TYPED
from qa.weighing import Weighed
from ui.words.verdicts import tell_agreement

NOTHING = Evidence(*[0.0] * 6)


def passage_of(number, source, text, *, probability=0.9, fit=0.8, **changes):
    """Return a passage whose first figure, if it has one, is its claim."""
    document = Document(
        source, f"Titre de {source}", text, "fr", date(2025, 1, 1 + number % 28), "digest", outlet="Le Jour"
    )
    paragraph = Paragraph(number, source, document.title, "", 0, len(text), text, "fr")
    facts = read_facts(text, "fr")
    parts = sentences(text, "fr") or [(0, len(text))]
    none = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    contents = Contents(*none, np.array(parts, np.int32), stored_facts(facts))
    claim = next((fact for fact in facts if fact.kind == "number"), None)
    own = dict(
        hit=Hit(paragraph, 1.0), document=document, contents=contents, claim=claim, partial=False, polarity="",
        told=1.0, part=parts[0], evidence=replace(NOTHING, figure=fit), on_subject=True,
        probability=probability,
    )  # fmt: skip
    return Weighed(**{**own, **changes})


HOW_MANY = question_of("Combien de marins ont péri ?", "fr")
A = passage_of(1, "a.txt", "La tempête a fait 12 morts. Le port est fermé.")
B = passage_of(2, "b.txt", "On compte au moins 12 morts.")
C = passage_of(3, "c.txt", "Le bilan est de 15 morts.")
OFF = passage_of(4, "d.txt", "Il fait beau.", probability=0.1)
KNOWN = ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")


def test_each_source_says_what_it_says_and_the_rest_is_silent():
    answer = compose(HOW_MANY, [A, B, C, OFF], KNOWN)
    assert answer.found
    assert [(s.source, s.claim.text) for s in answer.sources] == [("a.txt", "12"), ("b.txt", "12"), ("c.txt", "15")]
    assert answer.silent == ("d.txt", "e.txt")
    assert answer.agreement == "revised"
    assert [group.texts for group in answer.groups] == [("12", "au moins 12"), ("15",)]
    assert answer.summary == "Le bilan évolue : 12 / au moins 12 (2025-01-02/2025-01-03) ; 15 (2025-01-04)."
    assert (answer.question, answer.understood_as, answer.language) == (HOW_MANY.text, HOW_MANY.text, "fr")


def test_a_toll_that_is_higher_on_an_earlier_day_is_disputed():
    earlier = replace(C, document=replace(C.document, published=date(2025, 1, 1)))
    answer = compose(HOW_MANY, [A, B, earlier], KNOWN)
    assert (answer.agreement, answer.stages) == ("differ", ())
    assert answer.summary == "Les sources divergent : 15 (1 source) ; 12 / au moins 12 (2 sources)."


def test_what_does_not_add_up_is_not_revised():
    asked = question_of("Combien de marins sont à bord ?", "fr")
    assert compose(asked, [A, C], KNOWN).agreement == "differ"


def test_a_source_that_does_not_say_of_which_event_agrees_with_none():
    doubtful = replace(B, doubtful=True)
    answer = compose(HOW_MANY, [doubtful, A], KNOWN)
    assert [source.source for source in answer.sources] == ["a.txt", "b.txt"]
    assert answer.agreement == "single"
    assert answer.summary == "Une seule source répond : 12 (1 source)."
    assert [(group.texts, group.doubtful) for group in answer.groups] == [(("12",), False), (("au moins 12",), True)]


def test_what_is_too_unsure_is_shown_and_compared_with_nothing():
    unsure = [replace(one, evidence=replace(NOTHING, figure=0.0)) for one in (B, C)]
    answer = compose(HOW_MANY, [A, *unsure], KNOWN)
    assert [(source.claim.text, too_unsure(source)) for source in answer.sources] == [
        ("12", False), ("12", True), ("15", True)
    ]  # fmt: skip
    assert [group.sources for group in answer.groups] == [("a.txt",)]
    assert answer.agreement == "single"
    told = "Une seule source répond assez sûrement : 12 (1 source)."
    assert answer.summary == f"{told} Trop peu sûr pour être comparé : au moins 12 / 15 (2 sources)."
    alone = compose(question_of("How many sailors died?", "en"), unsure, KNOWN)
    assert (alone.agreement, alone.groups) == ("untyped", ())
    assert alone.summary == "Too unsure to be compared: au moins 12 / 15 (2 sources)."


def test_where_a_toll_rises_what_is_too_unsure_is_told_as_well():
    unsure = replace(
        C,
        hit=replace(C.hit, paragraph=replace(C.hit.paragraph, source="f.txt")),
        document=replace(C.document, source="f.txt"),
        evidence=replace(NOTHING, figure=0.0),
    )
    answer = compose(HOW_MANY, [A, B, C, unsure], (*KNOWN, "f.txt"))
    assert answer.agreement == "revised"
    assert tell_agreement(answer).endswith(". Trop peu sûr pour être comparé : 15 (1 source).")


def test_sources_that_all_leave_the_event_open_are_compatible_at_most():
    answer = compose(HOW_MANY, [replace(A, doubtful=True), replace(B, doubtful=True)], KNOWN)
    assert answer.agreement == "compatible"


def test_a_source_that_is_cut_short_is_named_as_such_and_never_silent():
    cut = replace(OFF, document=replace(OFF.document, partial=True))
    answer = compose(HOW_MANY, [A, cut], KNOWN)
    assert (answer.cut_short, answer.silent) == (("d.txt",), ("b.txt", "c.txt", "e.txt"))
    assert [source.partial for source in answer.sources] == [False]
    nothing = compose(HOW_MANY, [cut], KNOWN)
    assert (nothing.found, nothing.cut_short) == (False, ("d.txt",))
    assert "d.txt" not in nothing.silent
    told = compose(HOW_MANY, [replace(A, document=replace(A.document, partial=True))], KNOWN)
    assert (told.sources[0].partial, told.cut_short) == (True, ())


def test_a_citation_says_where_its_quote_stands():
    (source,) = compose(HOW_MANY, [A], KNOWN).sources
    (passage,) = source.passages
    citation = passage.citation
    assert (citation.number, citation.source, citation.title) == (1, "a.txt", "Titre de a.txt")
    assert (citation.start, citation.end, citation.quote) == (0, 46, "La tempête a fait 12 morts. Le port est fermé.")
    assert (citation.page, citation.outlet, source.outlet) == (None, "Le Jour", "Le Jour")
    assert [citation.quote[a:b].strip() for a, b in passage.highlights] == ["La tempête a fait 12 morts."]
    assert source.claim in passage.spans


def test_a_passage_in_a_document_of_pages_says_on_which_it_stands():
    paged = replace(A, document=replace(A.document, pages=(0, 500)))
    later = replace(paged, hit=Hit(replace(A.hit.paragraph, start=600, end=646), 1.0))
    pages = [compose(HOW_MANY, [own], KNOWN).sources[0].passages[0].citation.page for own in (paged, later)]
    assert pages == [1, 2]


def test_where_nothing_answers_the_nearest_are_shown_without_a_claim():
    unsure = [
        passage_of(n, f"{n}.txt", f"Il y a eu {n} morts.", probability=ANSWERING / 2 - n / 100)
        for n in range(NEAREST + 2)
    ]
    answer = compose(HOW_MANY, unsure, [p.document.source for p in unsure])
    assert not answer.found
    assert [source.source for source in answer.sources] == ["0.txt", "1.txt", "2.txt"]
    assert all(source.claim is None and len(source.passages) == 1 for source in answer.sources)
    assert len(answer.silent) == len(unsure)
    assert (answer.agreement, answer.groups, answer.summary) == ("untyped", (), "")


def test_without_a_figure_a_source_does_not_say_how_many():
    none = passage_of(5, "e.txt", "Des marins ont péri.", probability=0.99, claim=None)
    answer = compose(HOW_MANY, [A, none], KNOWN)
    assert [source.source for source in answer.sources] == ["a.txt"]
    assert "e.txt" in answer.silent


def test_beside_a_plain_answer_a_doubtful_one_is_none():
    doubtful = replace(B, probability=0.45)
    assert [s.source for s in compose(HOW_MANY, [replace(A, probability=0.99), doubtful], KNOWN).sources] == ["a.txt"]
    assert [s.source for s in compose(HOW_MANY, [replace(A, probability=0.6), doubtful], KNOWN).sources] == [
        "a.txt",
        "b.txt",
    ]


def test_what_one_source_tells_of_the_circumstances_tells_it_from_the_others():
    silent_on_them = [replace(p, told=0.0, probability=0.5) for p in (A, B)]
    assert len(compose(HOW_MANY, silent_on_them, KNOWN).sources) == 2  # what none tells is held against none
    telling = replace(C, told=1.0, probability=0.9)
    assert [s.source for s in compose(HOW_MANY, [*silent_on_them, telling], KNOWN).sources] == ["c.txt"]


def test_a_combined_toll_comes_after_a_figure_of_ones_own_and_bounds_nothing():
    toll = passage_of(6, "a.txt", "On compte 90 morts et blessés.", probability=0.99, partial=True)
    answer = compose(HOW_MANY, [toll, A, replace(toll, document=B.document, hit=B.hit)], KNOWN)
    assert answer.sources[0].claim.text == "12"
    first = answer.groups[0]
    assert (first.sources, first.partial) == (("a.txt",), False)
    assert answer.agreement == "single"


def test_a_source_shows_its_best_passages_and_no_more():
    own = [passage_of(n, "a.txt", f"Il y a eu {n} morts.", probability=0.9 - n / 100) for n in range(5)]
    (source,) = compose(HOW_MANY, own, KNOWN).sources
    assert [p.citation.quote for p in source.passages] == [f"Il y a eu {n} morts." for n in range(PASSAGES)]
    poor = [own[0], replace(own[1], evidence=replace(NOTHING, figure=0.1))]
    assert len(compose(HOW_MANY, poor, KNOWN).sources[0].passages) == 1


def test_of_many_sources_only_those_looked_at_are_named_silent():
    known = [f"{n}.txt" for n in range(LISTED + 1)]
    assert compose(HOW_MANY, [A, OFF], known).silent == ("d.txt",)


def test_yes_or_no_is_said_where_it_is_certain():
    asked = question_of("Le port est-il fermé ?", "fr")
    answer = compose(asked, [replace(A, polarity="affirms"), B], KNOWN)
    assert [(s.source, s.polarity, s.claim) for s in answer.sources] == [
        ("a.txt", "affirms", None),
        ("b.txt", "", None),
    ]
    nobody = compose(asked, [replace(A, polarity="affirms", probability=0.1)], KNOWN)
    assert [source.polarity for source in nobody.sources] == [""]


def test_the_hedges_of_a_claim_are_printed_in_words():
    fact = Fact("number", 18, 20, 12.0, role=Role(("morts",)), hedges=Hedges(at_least=True, conditional=True))
    (source,) = compose(HOW_MANY, [replace(A, claim=fact)], KNOWN).sources
    assert (source.claim.text, source.claim.role, source.claim.qualifier) == ("12", "morts", "at least, conditional")


passages = st.lists(
    st.builds(
        lambda number, source, text, probability, fit, **changes: passage_of(
            number, f"{source}.txt", text, probability=probability, fit=fit, **changes
        ),
        st.integers(0, 1000),
        st.sampled_from("abcdef"),
        st.sampled_from([A.hit.paragraph.text, B.hit.paragraph.text, C.hit.paragraph.text, "Il fait beau."]),
        st.floats(0, 1),
        st.floats(0, 1),
        partial=st.booleans(),
        told=st.floats(0, 1),
    ),
    max_size=12,
    unique_by=lambda passage: passage.hit.paragraph.id,
)
QUESTIONS = st.sampled_from(
    [HOW_MANY, question_of("Pourquoi le port est-il fermé ?", "fr"), question_of("Qui a péri ?", "fr")]
)


@given(QUESTIONS, passages, st.randoms())
def test_the_order_in_which_passages_were_found_changes_nothing(question, found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert compose(question, shuffled, KNOWN) == compose(question, found, KNOWN)


@given(QUESTIONS, passages)
def test_every_claim_stands_in_its_quote_and_no_source_answers_and_is_silent(question, found):
    answer = compose(question, found, KNOWN)
    numbers = [passage.citation.number for source in answer.sources for passage in source.passages]
    assert numbers == list(range(1, len(numbers) + 1))
    for source in answer.sources:
        quote = source.passages[0].citation.quote
        if source.claim:
            assert quote[source.claim.start : source.claim.end] == source.claim.text != ""
        for passage in source.passages:
            assert passage.citation.source == source.source
            assert all(passage.citation.quote[s.start : s.end] == s.text for s in passage.spans)
    shown = {source.source for source in answer.sources}
    assert set(answer.silent) == set(KNOWN) - (shown if answer.found else set())
    for source in answer.sources if answer.found else ():
        own = [group for group in answer.groups if source.source in group.sources]
        assert len(own) == (source.claim is not None and source.sureness >= COMPARED)
        for group in own:
            assert any(source.claim.text in text and text in source.passages[0].citation.quote for text in group.texts)
    assert answer.found == any(p.probability >= ANSWERING and _may(question, p) for p in found)


def _may(question, passage):
    return (
        passage.claim is not None
        or question.kind not in TYPED
        or (question.kind not in ("number", "date") and passage.evidence.read > 0)
    )


def test_nothing_found_is_said():
    answer = compose(HOW_MANY, [], KNOWN)
    assert (answer.found, answer.sources, answer.silent) == (False, (), KNOWN)


@pytest.mark.parametrize("kind", ["number", "date"])
def test_only_a_span_tells_how_many_or_when(kind):
    question = HOW_MANY if kind == "number" else question_of("Quand le port a-t-il fermé ?", "fr")
    assert question.kind == kind
    assert not compose(question, [replace(A, claim=None)], KNOWN).found
