"""Answers: every figure, date and name shown stands in a quote; sources answer or are silent, never both."""

import json
from pathlib import Path

import pytest
from tiny import TinyEncoder

from index import Corpus
from index.records import plain
from qa import Assistant
from qa.answers import Answer, too_unsure
from qa.evaluation import read_gold
from qa.weighing import weigh_hits

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """Over the news corpus, with the tiny encoder: laws hold with any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
        return Assistant(Corpus.build(ROOT / "tests/data/news", tmp_path_factory.mktemp("news") / "index"))


QUESTIONS = [*[gold.question for gold in read_gold(ROOT / "tests/gold/news.jsonl")][::4], "", "?", "42", "x" * 5000]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[:40])
def test_the_laws_of_an_answer(assistant, question):
    answer = assistant.ask(question)
    texts = {document.source: document.text for document in assistant.corpus.documents}
    numbers = []
    for source in answer.sources:
        assert 1 <= len(source.passages) <= 3
        for passage in source.passages:
            citation = passage.citation
            numbers.append(citation.number)
            assert citation.source == source.source
            assert texts[source.source][citation.start : citation.end] == citation.quote
            for start, end in passage.highlights:
                assert 0 <= start < end <= len(citation.quote)
            for span in passage.spans:
                assert citation.quote[span.start : span.end] == span.text != ""
                if span.attribution:
                    said = span.attribution
                    assert citation.quote[said.start : said.end] == said.text
        if source.claim:
            assert source.claim in source.passages[0].spans
    assert numbers == list(range(1, len(numbers) + 1))
    shown = {source.source for source in answer.sources}
    unanswering = {*answer.silent, *answer.cut_short}
    if answer.found:
        assert shown | unanswering == set(texts)
        assert not shown & unanswering
    else:
        assert unanswering == set(texts)
        assert all(source.claim is None for source in answer.sources)
        assert answer.agreement == "untyped"
    claimed = [source for source in answer.sources if source.claim and not too_unsure(source)]
    parts = [set(event.sources) for event in answer.events] or [shown]
    told = [[source for source in claimed if source.source in part] for part in parts]
    compared = [s for own in told for s in own if s.claim.kind != "words" and s.claim.unit == own[0].claim.unit]
    shown = {source.source: source for source in compared}
    assert sorted(source for group in answer.groups for source in group.sources) == sorted(shown)
    for group in answer.groups:
        for text in group.texts:  # a figure with the hedges beside it, as printed
            own = [shown[source] for source in group.sources]
            assert any(s.claim.text in text and text in s.passages[0].citation.quote for s in own)
    assert answer.agreement in ("agree", "compatible", "revised", "several events", "differ", "single", "untyped")
    for stage in answer.stages:
        assert stage.first <= stage.last
        for text in stage.texts:
            assert any(text in shown[source].passages[0].citation.quote for source in stage.sources)


def test_the_json_has_the_names_of_the_nouns(assistant):
    answer = assistant.ask("combien de morts ?")
    written = json.loads(json.dumps(plain(answer)))
    assert set(written) == set(Answer.__dataclass_fields__)
    passage = written["sources"][0]["passages"][0]
    assert passage["citation"]["quote"] == answer.sources[0].passages[0].citation.quote
    assert set(passage) == {"citation", "highlights", "spans", "hit"}


def test_asking_again_gives_the_same_answer(assistant):
    question = "How many people died in the Ostrelle floods?"
    assert Assistant(assistant.corpus).ask(question) == assistant.ask(question) == assistant.ask(question)


def test_what_was_asked_lately_is_worked_out_once_for_each_choice_of_sources(tmp_path, tiny_encoder, monkeypatch):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "un.txt").write_text("La crue\n\nLa crue a fait 14 morts à Lormont.\n", encoding="utf-8")
    corpus = Corpus.build(articles, tmp_path / "index")
    own, asked = Assistant(corpus), []
    monkeypatch.setattr("qa.assistant.weigh_hits", lambda *given: asked.append(given[0].text) or weigh_hits(*given))
    question = "Combien de morts à Lormont ?"
    first = own.ask(question)
    assert own.ask(question, [own.ask("Qui est maire de Lormont ?")]) == first
    assert asked == [question, "Qui est maire de Lormont ?"]
    assert own.ask(question, sources=[]).sources == ()
    assert len(asked) == 3
    (tmp_path / "deux.txt").write_text("La crue de Lormont\n\nLa crue a fait 17 morts à Lormont.\n", encoding="utf-8")
    corpus.add([tmp_path / "deux.txt"])
    assert {source.source for source in own.ask(question).sources} == {"un.txt", "deux.txt"}


def test_a_follow_up_is_answered_as_it_is_understood(assistant):
    first = assistant.ask("How many people died in the floods?")
    then = assistant.ask("and how many were evacuated?", history=[first])
    assert then.understood_as == "how many people were evacuated in the floods?"
    alone = assistant.ask(then.understood_as)
    assert plain(then.sources) == plain(alone.sources)


def test_a_follow_up_about_one_source_shows_that_source_alone(assistant):
    first = assistant.ask("combien de morts ?")
    second = first.sources[1].source
    then = assistant.ask("et selon la deuxième source ?", history=[first])
    assert [source.source for source in then.sources] == [second]
    assert then.silent == ()  # the others were not asked


def test_in_a_large_corpus_the_silent_ones_of_a_few_sources_are_all_named(assistant, monkeypatch):
    first, second, *_ = assistant.ask("combien de morts ?").sources
    monkeypatch.setattr("qa.composition.LISTED", 2)
    monkeypatch.setattr("qa.assistant.CONSIDERED", 1)
    among, assistant = {first.source, second.source}, Assistant(assistant.corpus)
    answer = assistant.ask("combien de morts ?", sources=among)
    assert {source.source for source in answer.sources} | set(answer.silent) == among
    assert len(assistant.corpus.sources) > 2
    assert assistant.ask("combien de morts ?").silent == ()  # of the whole corpus, one was looked at
