"""What a source says beside its first claim: other speakers, other times, and what it denies, by whom."""

import csv
import io

import pytest
from asked import question_of
from tiny import TinyEncoder

from index import Corpus
from index.facts.read import read_facts
from index.language import detect
from index.paragraphs.sentences import sentences
from index.records import plain
from qa.assistant import Assistant
from qa.claims import MOST
from qa.match import Nearby
from qa.match.deniers import denier_of
from ui.page.cards import show_panel
from ui.reports.export import export_answers
from ui.terminal.text import write_answer

MARCH = (
    "La manifestation de Lormont\n\nIls étaient 2 000 manifestants à Lormont selon la police, 10 000 selon les "
    "organisateurs.\n"
)


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Return a function that answers a question over some texts."""
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)

    def answered(question, **texts):
        (tmp_path / "articles").mkdir()
        for name, text in texts.items():
            (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
        return Assistant(Corpus.build(tmp_path / "articles", tmp_path / "index")).ask(question)

    return answered


def said(source):
    """Return what a source claims, with who says so and when."""
    return [
        (c.text, c.span.attribution.text if c.span.attribution else "", c.when.text if c.when else "")
        for c in source.claims
    ]


def test_the_figures_of_two_speakers_are_both_shown(ask):
    answer = ask("Combien de manifestants à Lormont ?", a=MARCH)
    [source] = answer.sources
    assert said(source) == [("2 000", "la police", ""), ("10 000", "les organisateurs", "")]
    assert source.claims[0].span == source.claim
    for claim in source.claims:
        [quote] = [p.citation.quote for p in source.passages if p.citation.number == claim.citation]
        assert quote[claim.span.start : claim.span.end] == claim.span.text
    assert answer.agreement == "single"
    assert answer.summary == (
        "Une seule source répond : 2 000 (selon la police, 1 source) ; 10 000 (selon les organisateurs, 1 source)."
    )
    assert "  → dit aussi : 10 000 · « " in write_answer(answer, width=200)
    assert "dit aussi" in show_panel(answer, 0, "fr")
    assert "dit aussi : 10 000" in export_answers([answer], "markdown")
    rows = list(csv.DictReader(io.StringIO(export_answers([answer], "csv"))))
    assert [(row["claim"], row["attribution"]) for row in rows] == [
        ("2 000", "la police"),
        ("10 000", "les organisateurs"),
    ]
    assert [claim["span"]["text"] for claim in plain(answer)["sources"][0]["claims"]] == ["2 000", "10 000"]


def test_like_is_compared_with_like(ask):
    other = "Lormont dans la rue\n\nSelon les organisateurs, 10 000 manifestants ont défilé à Lormont samedi matin.\n"
    answer = ask("Combien de manifestants à Lormont ?", a=MARCH, b=other)
    assert {group.speaker: (group.texts, set(group.sources)) for group in answer.groups} == {
        "la police": (("2 000",), {"a.txt"}),
        "les organisateurs": (("10 000",), {"a.txt", "b.txt"}),
    }


def test_speakers_are_not_compared_where_no_source_has_several(ask):
    answer = ask(
        "Combien de manifestants à Lormont ?",
        a="Lormont\n\nIls étaient 2 000 manifestants à Lormont, selon la police.",
        b="Défilé\n\nIls étaient 10 000 manifestants à Lormont, selon les organisateurs du cortège.",
    )
    assert answer.agreement == "differ"
    assert {group.speaker for group in answer.groups} == {""}


def test_what_was_said_yesterday_is_shown_beside(ask):
    answer = ask(
        "Combien de morts à Lormont ?",
        a="La crue de Lormont\n\nLa crue a fait 17 morts à Lormont mardi, contre 12 morts lundi, selon la préfecture.",
    )
    [source] = answer.sources
    assert [(text, when) for text, _, when in said(source)] == [("17", "mardi"), ("12", "lundi")]
    assert [group.texts for group in answer.groups] == [("17",)]


@pytest.mark.parametrize(
    "text",
    [
        "La crue a fait 12 morts à Lormont, dont 3 enfants, selon la préfecture.",
        "La crue a fait 12 morts et 40 blessés à Lormont, selon la préfecture.",
        "La crue a fait 12 morts à Lormont le 3 mars 2023, selon la préfecture. En 1999, une crue fit 40 morts à "
        "Lormont.",
        "La crue a fait 12 morts à Lormont, selon la préfecture. Quelque 300 pompiers sont à l'œuvre, dit la mairie.",
    ],
)
def test_a_figure_of_something_else_is_no_further_claim(ask, text):
    [source] = ask("Combien de morts à Lormont ?", a=f"La crue\n\n{text}").sources
    assert [claim.text for claim in source.claims] == ["12"]


def test_what_a_source_denies_is_shown_with_who_denies_it(ask):
    answer = ask(
        "Combien de morts à Lormont ?",
        a="La crue de Lormont\n\nLa mairie dément que la crue ait fait 71 morts à Lormont.\n\nLa crue de Lormont a "
        "fait 17 morts, selon le préfet.",
    )
    [source] = answer.sources
    assert source.claim.text == "17"
    assert [(claim.text, claim.span.attribution.text) for claim in source.denied] == [("71", "La mairie")]
    assert "71" not in answer.summary
    assert "démenti par La mairie" in write_answer(answer, width=200)
    assert "démenti par La mairie" in show_panel(answer, 0, "fr")
    assert "denied" in source.denied[0].span.qualifier


def test_the_figures_of_two_speakers_may_stand_in_two_paragraphs(ask):
    answer = ask(
        "Combien de manifestants à Lormont ?",
        a="La manifestation de Lormont\n\nIls étaient 2 000 manifestants à Lormont samedi, selon la police.\n\nLa "
        "mairie a fermé trois rues.\n\nSelon les organisateurs, 10 000 manifestants ont défilé à Lormont.",
    )
    [source] = answer.sources
    assert {(text, speaker) for text, speaker, _ in said(source)} == {
        ("2 000", "la police"),
        ("10 000", "les organisateurs"),
    }
    quotes = {passage.citation.number: passage.citation.quote for passage in source.passages}
    assert all(quotes[c.citation][c.span.start : c.span.end] == c.span.text for c in source.claims)


def test_a_source_that_is_silent_for_it_denies_says_who_denies(ask):
    answer = ask(
        "Combien de morts à Lormont ?",
        a="La crue de Lormont\n\nLa crue de Lormont a fait 17 morts, selon le préfet.",
        b="Un démenti\n\nLa mairie de Lormont dément que la crue ait fait 71 morts.",
    )
    assert [(s.source, s.reason, s.denier) for s in answer.silences] == [("b.txt", "denied", "La mairie de Lormont")]
    assert "démenti par La mairie de Lormont" in write_answer(answer, width=400)


def test_where_nothing_answers_the_nearest_says_who_denies_what(ask):
    answer = ask(
        "Combien de morts à Lormont ?",
        b="La mairie de Lormont dément\n\nLa mairie dément que 71 morts soient à déplorer à Lormont.",
    )
    assert not answer.found
    told = "ne donne un tel chiffre que pour le démentir ou le corriger, démenti par La mairie"
    assert f"  → {told}" in write_answer(answer, width=200)
    assert "pour le démentir" in show_panel(answer, 0, "fr")
    assert "pour le démentir" in export_answers([answer], "markdown")


def test_a_source_bounds_what_it_claims(ask):
    names = "Abel Bart Carl Dave Egon Finn Gilles Hugo".split()
    many = ", ".join(f"{n} 000 morts selon le témoin {name}" for n, name in enumerate(names, 2))
    [source] = ask("Combien de morts à Lormont ?", a=f"La crue\n\nLa crue de Lormont a fait {many}.").sources
    assert len(source.claims) == MOST
    assert len({claim.span.value for claim in source.claims}) == MOST


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("Le maire a démenti que 71 personnes aient été blessées.", "Le maire"),
        ("L'armée a contesté la mort de 48 soldats, mais elle a reconnu six tués.", "L'armée"),
        ("La préfecture réfute le bilan de 40 morts avancé par les syndicats.", "La préfecture"),
        ("Le bilan de 40 morts est démenti par la préfecture.", "la préfecture"),
        ("Une rumeur faisant état de 40 victimes a été démentie par le maire.", "le maire"),
        ("Le chiffre de 300 morts est faux, a déclaré le ministre.", "le ministre"),
        ("The claim that 300 people died in the flood is false, the mayor said.", "the mayor"),
        ("The toll of 40 dead was denied by the army.", "the army"),
        ("Moscow rejected claims that 600 of its men had been killed.", "Moscow"),
        ("Il conteste la mort de 48 soldats.", None),
        ("Un blogueur affirme que 5 000 oiseaux sont morts. C'est faux.", None),
    ],
)
def test_who_denies_a_figure(text, denier):
    language, parts = detect(text), tuple(sentences(text, detect(text)))
    fact = next(fact for fact in read_facts(text, language) if fact.kind == "number")
    found = denier_of(fact, Nearby(text, parts, 0, ()), language)
    assert (text[found.start : found.end] if found else None) == denier


def test_a_question_that_names_who_should_say_so_has_one_claim(ask):
    assert question_of("Combien de manifestants selon la police ?", "fr").cues.sayers
    [source] = ask("Combien de manifestants à Lormont selon la police ?", a=MARCH).sources
    assert [claim.text for claim in source.claims] == ["2 000"]
