"""Which of the passages found answer, with which figure: over hand-made articles, by hand-made hits."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TinyEncoder

from index import Corpus
from index.records import Hit
from qa.assistant import Assistant
from qa.evidence import ANSWERING
from qa.findings import CLAIMED
from qa.match.event import Verdict
from qa.question import read_question
from qa.settings import IN_WORDS
from qa.weighing import LEFT, highlights, may_answer, merit, weigh_hits

ARTICLES = {
    "crue.txt": """La crue de Lormont

Publié le 20 mai 2025

La crue a fait 14 morts à Lormont, selon le préfet. Le pont a été emporté. Quelque 300 habitants ont été évacués.

Le maire Luc Morin a dit : « Nous n'avons rien vu venir. » La digue a cédé parce qu'elle était mal entretenue.
""",
    "usine.txt": """L'usine de Doucet

Publié le 2 juin 2025

L'explosion de l'usine a fait 3 morts et 7 blessés à Doucet. L'entreprise devrait supprimer 120 emplois d'ici 2026.
""",
    "bilan.txt": """Un bilan qui s'alourdit

Publié le 3 juin 2025

On compte 90 morts et blessés dans les inondations de Lormont. L'armée n'a pas envoyé de renforts.
""",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
        return Corpus.build(folder, tmp_path_factory.mktemp("index") / "index")


def weighed(corpus, text):
    """Return a question, and every passage of the corpus weighed as its answer, those of a source together."""
    question = read_question(text, corpus)
    hits = corpus.search(text, k=50, retriever="bm25") or []
    known = {hit.paragraph.id for hit in hits}
    rest = [Hit(p, 0.0) for p in corpus._backend.paragraphs(range(4)) if p.id not in known]
    found = weigh_hits(question, [*hits, *rest], corpus)
    return found.question, found.passages


def best(corpus, text, source):
    question, found = weighed(corpus, text)
    own = [passage for passage in found if passage.hit.paragraph.source == source]
    return question, max(own, key=lambda passage: merit(passage, question))


def claim(passage):
    """Return the figure or the name that is shown for a passage; None where it does not answer."""
    text = passage.hit.paragraph.text
    shown = passage.claim if passage.probability >= ANSWERING else None
    return text[shown.start : shown.end] if shown else None


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Combien de morts à Lormont ?", "crue.txt", "14"),
        ("How many people were evacuated in Lormont?", "crue.txt", "300"),
        ("Combien de blessés à Doucet ?", "usine.txt", "7"),
        ("Combien d'emplois seront supprimés ?", "usine.txt", "120"),
        ("Quel maire n'a rien vu venir ?", "crue.txt", "Luc Morin"),
        ("Où l'explosion a-t-elle eu lieu ?", "usine.txt", "Doucet"),
        ("Combien de chars ont été détruits ?", "crue.txt", None),
    ],
)
def test_the_fact_that_answers_is_claimed(corpus, text, source, expected):
    assert claim(best(corpus, text, source)[1]) == expected


def test_what_is_planned_does_not_answer_what_is_done(corpus):
    _, planned = best(corpus, "Combien d'emplois seront supprimés ?", "usine.txt")
    _, done = best(corpus, "Combien d'emplois ont été supprimés ?", "usine.txt")
    assert planned.fit > done.fit > 0


def test_who_should_say_so_does(corpus):
    _, said = best(corpus, "Combien de morts, selon le préfet ?", "crue.txt")
    _, other = best(corpus, "Combien de morts, selon le ministre ?", "crue.txt")
    assert (claim(said), other.claim) == ("14", None)


def test_a_combined_toll_is_part_of_an_answer(corpus):
    _, dead = best(corpus, "Combien de morts dans les inondations ?", "bilan.txt")
    _, both = best(corpus, "Combien de morts et blessés dans les inondations ?", "bilan.txt")
    assert (claim(dead), dead.partial) == (claim(both), both.partial is False) == ("90", True)


def test_a_document_that_does_not_name_the_one_asked_about_is_silent(corpus):
    question, found = weighed(corpus, "Combien de morts à Lormont ?")
    by_source = {passage.hit.paragraph.source: passage for passage in found}
    assert by_source["crue.txt"].on_subject
    other = by_source["usine.txt"]
    assert (other.on_subject, other.claim) == (False, None)
    assert other.probability <= LEFT[Verdict.OTHER]
    assert not may_answer(other, question)


@pytest.mark.parametrize("text", ["Combien de pingouins ?", "How many lighthouses?", "Combien de violonistes ?"])
def test_what_counts_something_else_and_holds_no_word_of_the_question_answers_nothing(corpus, text):
    _, found = weighed(corpus, text)
    assert {passage.probability for passage in found if passage.claim} <= {0.0}
    assert found
    _, counted = weighed(corpus, "Combien de morts ?")
    assert any(passage.claim and passage.probability > 0.5 for passage in counted)


def test_another_year_is_silent(corpus):
    assert not best(corpus, "Combien de morts à Lormont en 2003 ?", "crue.txt")[1].on_subject
    assert best(corpus, "Combien de morts à Lormont en 2025 ?", "crue.txt")[1].on_subject


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("L'armée a-t-elle envoyé des renforts ?", "bilan.txt", "denies"),
        ("La crue a-t-elle emporté le pont ?", "crue.txt", ""),
        ("Combien de morts à Lormont ?", "crue.txt", ""),
    ],
)
def test_yes_or_no_where_that_is_certain(corpus, text, source, expected):
    assert best(corpus, text, source)[1].polarity == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien de morts à Lormont ?", ["La crue a fait 14 morts à Lormont, selon le préfet."]),
        ("Pourquoi la digue a-t-elle cédé ?", ["La digue a cédé parce qu'elle était mal entretenue."]),
    ],
)
def test_the_sentence_that_answers_is_marked(corpus, text, expected):
    question, passage = best(corpus, text, "crue.txt")
    printed = passage.hit.paragraph.text
    assert [printed[start:end].strip() for start, end in highlights(question, passage)] == expected


def test_without_a_figure_nothing_tells_how_many_but_a_sentence_may_tell_who(corpus):
    question, found = weighed(corpus, "Combien de digues ont cédé ?")
    assert not [p for p in found if p.claim is None and may_answer(p, question)]
    question, found = weighed(corpus, "Comment la digue a-t-elle cédé ?")
    assert all(may_answer(passage, question) for passage in found)


def said(passage):
    return passage.hit, passage.claim, passage.part, passage.polarity, passage.told, passage.evidence


QUESTIONS = st.sampled_from(
    [
        "Combien de morts à Lormont ?",
        "Qui a parlé ?",
        "Où l'explosion a-t-elle eu lieu ?",
        "Quand la digue a-t-elle cédé ?",
        "Pourquoi la digue a-t-elle cédé ?",
        "L'armée a-t-elle envoyé des renforts ?",
        "How many jobs will be cut (after: Who owns the plant?)",
        "",
    ]
)


@settings(max_examples=40, deadline=None)
@given(QUESTIONS | st.text(max_size=40))
def test_what_is_weighed_keeps_its_laws(corpus, text):
    question, found = weighed(corpus, text)
    assert question.asked == text
    for passage in found:
        printed = passage.hit.paragraph.text
        assert 0 <= passage.probability <= 1
        assert 0 <= passage.told <= 1
        assert passage.document.published in (date(2025, 5, 20), date(2025, 6, 2), date(2025, 6, 3))
        for start, end in highlights(question, passage):
            assert 0 <= start < end <= len(printed)
        if passage.claim:
            assert passage.on_subject
            if passage.claim.kind == "words":
                assert question.kind in IN_WORDS
            else:
                assert passage.fit >= CLAIMED or question.kind in IN_WORDS
                assert passage.claim.kind == question.kind
                assert passage.claim in passage.contents.facts
            start, end = passage.part
            assert start <= passage.claim.start < end


@settings(max_examples=20, deadline=None)
@given(QUESTIONS, st.permutations(range(4)))
def test_a_passage_is_weighed_by_itself(corpus, text, order):
    """In whatever order passages were found, and whatever was found beside them, each weighs the same."""
    question, found = weighed(corpus, text)
    hits = [passage.hit for passage in found]
    shuffled = [hits[place] for place in order if place < len(hits)]
    again = weigh_hits(question, shuffled, corpus).passages
    assert list(map(said, again)) == [said(found[n]) for n in order if n < len(found)]
    assert list(map(said, weigh_hits(question, hits[:1], corpus).passages)) == list(map(said, found[:1]))


def test_words_that_the_reader_takes_for_who_are_claimed_where_no_name_is(corpus):
    """They are compared with nothing: one thing may be said in many words."""
    passage = best(corpus, "Qui a annoncé la mort de 14 personnes à Lormont ?", "crue.txt")[1]
    assert passage.claim.kind == "words"
    assert claim(passage) == "le préfet"


SIDES = "Les pertes\n\nLe 3 mai, 40 soldats norvégiens ont été tués. On compte 12 blessés suédois.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien de soldats norvégiens ont été tués ?", "40"),
        ("Combien de soldats danois ont été tués ?", None),
        ("Quel pourcentage des soldats norvégiens ont été tués ?", None),
    ],
)
def test_a_figure_of_another_people_or_unit_is_no_claim(tmp_path, tiny_encoder, text, expected):
    (tmp_path / "pertes.txt").write_text(SIDES, encoding="utf-8")
    corpus = Corpus.build(tmp_path, tmp_path / "index")
    found = weigh_hits(read_question(text, corpus), corpus.search(text, retriever="bm25"), corpus).passages
    assert {claim(passage) for passage in found} - {None} == ({expected} - {None})


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (
            "La trêve a duré un mois à Lormont, dit le préfet.",
            "Combien de temps a duré la trêve à Lormont ?",
            "un mois",
        ),
        ("The truce in Lormont lasted a week, police said.", "How long did the truce in Lormont last?", "a week"),
    ],
)
def test_one_month_tells_how_long_though_an_article_is_no_figure(tmp_path, tiny_encoder, text, question, expected):
    (tmp_path / "trêve.txt").write_text(f"La trêve de Lormont\n\n{text}\n", encoding="utf-8")
    (source,) = Assistant(Corpus.build(tmp_path, tmp_path / "index")).ask(question).sources
    assert (source.claim.text, source.claim.value) == (expected, 1)
    assert source.claim.unit in ("months", "weeks")
