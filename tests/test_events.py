"""Are the events told apart that answer a question which names none? Over the invented news and the seeds."""

from dataclasses import replace

import pytest
from samples import ROOT

from index.corpus import Corpus
from qa.answers import part_of
from qa.assistant import Assistant
from qa.events import split_events
from qa.question import read_question


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    return Assistant(Corpus.build(ROOT / "tests" / "data" / "news", tmp_path_factory.mktemp("events") / "index"))


def test_a_question_that_names_nothing_is_answered_event_by_event(news):
    answer = news.ask("combien de morts ?")
    assert answer.agreement == "several events"
    assert {event.name: event.agreement for event in answer.events} == {
        "Sakoumbé": "differ",
        "Ostrelle": "compatible",
        "Halbrun": "agree",
    }
    fire, flood, cholera = sorted(answer.events, key=lambda event: event.name)
    assert set(cholera.sources) == {"n04.txt", "n13.txt", "n20.md", "n25.txt", "n27.txt"}
    assert set(flood.sources) == {"n24.txt", "n28.txt", "n30.txt", "n31.txt"}
    assert set(fire.sources) == {"n10.txt", "n26.txt", "n36.html"}
    assert [(stage.texts, stage.disputes) for stage in cholera.stages] == [
        (("43",), False),
        (("61",), False),
        (("78",), False),
        (("Une centaine",), True),
    ]
    assert cholera.question == "combien de morts (Sakoumbé) ?"


def test_each_event_is_judged_by_its_own_sources_and_can_be_asked_about_alone(news):
    answer = news.ask("how many injured?")
    assert len(answer.events) > 1
    told = [source for event in answer.events for source in event.sources]
    assert sorted(told) == sorted(source.source for source in answer.sources)
    for event in answer.events:
        part = part_of(answer, event)
        assert [source.source for source in part.sources] == list(event.sources)
        assert {source for group in part.groups for source in group.sources} <= set(event.sources)
        alone = news.ask(event.question)
        assert alone.found
        assert not alone.events
        sure = {source.source for source in alone.sources if not source.doubtful}
        others = {source for other in answer.events if other is not event for source in other.sources}
        assert sure & set(event.sources)
        assert not sure & others  # one that was too unsure before may answer the question that names its event


def test_a_question_that_names_its_event_is_not_split(news):
    assert news.ask("Combien de morts le choléra a-t-il faits à Sakoumbé ?").events == ()


def test_an_event_of_which_all_is_too_unsure_is_none(news):
    question, answer = read_question("combien de morts ?", news.corpus), news.ask("combien de morts ?")
    cholera = next(event for event in answer.events if event.name == "Sakoumbé")
    sources = tuple(one if one.source in cholera.sources else replace(one, sureness=0.1) for one in answer.sources)
    alone = replace(answer, sources=sources, events=(), agreement="differ")
    assert split_events(alone, question, news.corpus) == alone


def test_sources_of_one_event_are_one(seeds_corpus):
    answer = Assistant(seeds_corpus).ask("how many soldiers died?")
    assert answer.events == ()
    assert answer.agreement == "differ"
