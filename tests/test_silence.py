"""Why a source does not answer: its reason, and the sentence in it that is nearest."""

from dataclasses import replace

import pytest
from tiny import TinyEncoder

from index import Corpus
from index.records import plain
from qa.answers import REASONS
from qa.assistant import Assistant
from ui.terminal.text import write_answer
from ui.words.catalogue import list_languages
from ui.words.wording import tell_reason

ARTICLES = {
    "lormont.txt": "Incendie à Lormont\n\nL'incendie d'un immeuble de Lormont a fait 12 morts, selon les pompiers.",
    "nantes.txt": "Incendie à Nantes\n\nL'incendie d'un entrepôt de Nantes a fait 9 morts, selon les pompiers.",
    "relogement.txt": "Après l'incendie de Lormont\n\nLes habitants de Lormont dont l'immeuble est parti en fumée dans "
    "l'incendie qui a fait plusieurs morts ont été relogés par la mairie.",
    "dementi.txt": "Lormont : la mairie dément\n\nLa mairie de Lormont dément que l'incendie de l'immeuble ait fait 71 "
    "morts.",
    "recette.txt": "La tarte\n\nIl faut des pommes, du beurre et un peu de patience.",
    "anonyme.txt": "Le feu\n\nL'incendie de l'immeuble a fait 13 morts, disent les pompiers.",
}
ASKED = "Combien de morts dans l'incendie de l'immeuble de Lormont ?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
        return Assistant(Corpus.build(folder, tmp_path_factory.mktemp("index") / "index"))


@pytest.fixture(scope="module")
def answer(assistant):
    return assistant.ask(ASKED)


def reasons(answer):
    return {silence.source: silence.reason for silence in answer.silences}


def test_each_silent_source_has_a_reason(answer):
    assert answer.sources[0].source == "lormont.txt"
    assert tuple(silence.source for silence in answer.silences) == answer.silent
    assert reasons(answer) == {
        "nantes.txt": "another place",
        "relogement.txt": "no figure",
        "dementi.txt": "denied",
        "recette.txt": "nothing near",
    }


def test_the_nearest_sentence_is_cited_where_there_is_one(assistant, answer):
    cited = {silence.source: silence.citation for silence in answer.silences}
    assert cited["recette.txt"] is None
    assert cited["nantes.txt"].quote == "L'incendie d'un entrepôt de Nantes a fait 9 morts, selon les pompiers."
    for source, citation in cited.items():
        if citation:
            text = assistant.corpus.document(source).text
            assert (citation.number, text[citation.start : citation.end]) == (0, citation.quote)


def test_what_names_nothing_that_the_question_names_is_marked_as_doubtful(answer):
    doubtful = {source.source: source.doubtful for source in answer.sources}
    assert doubtful == {"lormont.txt": False, "anonyme.txt": True}
    shown = write_answer(answer, width=200)
    assert shown.count("ne nomme pas le lieu, la personne ou la période de la question") == 1
    assert [source["doubtful"] for source in plain(answer)["sources"]] == [False, True]


def test_another_time(assistant):
    assert reasons(assistant.ask("Combien de morts dans l'incendie de Lormont en 1987 ?"))["lormont.txt"] == (
        "another time"
    )


def test_the_filter_leaves_sources_out(assistant):
    found = assistant.ask(ASKED, sources=["lormont.txt", "nantes.txt"])
    assert found.silent == ("nantes.txt",)
    assert reasons(found) == {
        "nantes.txt": "another place",
        **dict.fromkeys(("anonyme.txt", "dementi.txt", "recette.txt", "relogement.txt"), "not in the filter"),
    }


def test_a_refusal_says_why_too(assistant):
    refused = assistant.ask("Combien coûte un litre de gazole ?")
    assert not refused.found
    assert set(reasons(refused)) == set(ARTICLES)


def test_every_reason_has_words_in_every_language(answer):
    for language in list_languages():
        told = [tell_reason(replace(answer.silences[0], reason=reason), language) for reason in REASONS]
        assert len(set(told)) == len(REASONS)


def test_the_terminal_says_why(answer):
    assert "nantes.txt (parle d’un autre lieu)" in write_answer(answer, width=500)
