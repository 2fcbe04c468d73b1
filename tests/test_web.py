"""The page at work: what it keeps in a browser, and what it makes of what a browser says."""

import dataclasses
import html
import json
import re
import threading
from datetime import date

import gradio as gr
import pytest
from fastapi import HTTPException
from hypothesis import given
from hypothesis import strategies as st
from parsed import Parsed
from served import get, served

from index.corpus import Corpus
from index.records import CorpusError
from qa.answers import is_sure
from ui.answering.conversation import Turn, trace_back
from ui.answering.library import Library
from ui.answering.scope import Scope
from ui.answering.seats import Busy
from ui.escaping import disarm
from ui.reports.export import export_answers
from ui.web.asking import QuestionEvents
from ui.web.corpus import CorpusEvents
from ui.web.history import KEPT, keep_turns, read_link, read_turns, write_link
from ui.web.services import offer_services
from ui.web.views import find_examples, offer_next, render
from ui.web.visit import Visit, read_visit

# What a browser keeps, and says


SCOPES = st.builds(
    Scope,
    sources=st.lists(st.text(), max_size=3).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    language=st.sampled_from(["", "fr", "en"]),
)
TURNS = st.builds(Turn, st.text(min_size=1, max_size=50).map(str.strip).filter(bool), SCOPES, st.booleans())


@given(st.lists(TURNS, max_size=KEPT))
def test_what_a_browser_keeps_is_read_back(turns):
    assert read_turns(json.loads(json.dumps(keep_turns(turns)))) == tuple(turns)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["question", "sources", "since", "fresh", "turn", "language", "search", "x"]), x
            )
        ),
    )
)
def test_whatever_a_browser_keeps_is_read_or_left_out(value):
    for turn in read_turns(value):
        assert 0 < len(turn.question) <= 1000
    assert read_visit(json.dumps(value)).language in ("fr", "en")
    assert read_visit(value).language in ("fr", "en")


@given(TURNS)
def test_a_link_reopens_its_question(turn):
    sources = tuple(source for source in turn.scope.sources if source)
    scope = dataclasses.replace(turn.scope, sources=sources)
    assert read_link(write_link(turn.question, scope)) == Turn(turn.question, scope, fresh=True)


def test_a_link_without_a_question_reopens_none():
    assert [read_link(query) for query in ("", "?", "?q=", "?q=%20", "?x=1", "?q=" + "a" * 1001)] == [None] * 6
    assert read_link("?q=a" + "&x=1" * 600) is None


def test_a_link_holds_as_many_sources_as_a_scope():
    scope = Scope(tuple(f"{n}.txt" for n in range(500)), date(2024, 1, 1), date(2024, 12, 31), "fr")
    assert read_link(write_link("combien ?", scope)) == Turn("combien ?", scope, fresh=True)


def test_a_follow_up_is_understood_from_its_own_conversation():
    a, b, c, d = (Turn(text) for text in "abcd")
    turns = [a, b, dataclasses.replace(c, fresh=True), d]
    assert [trace_back(turns[: number + 1]) for number in range(4)] == [(a,), (a, b), (c,), (c, d)]


# The views


@pytest.fixture(scope="module")
def library(seeds_corpus):
    return Library(seeds_corpus)


def test_the_examples_are_questions_that_are_answered(library):
    offered = find_examples(library, "en")
    languages = [language for _, language in offered]
    assert (languages[0], languages[-1], languages.count("fr")) == ("en", "fr", 1)
    answers = [library.answer([Turn(question)]) for question, _ in offered]
    assert all(any(is_sure(source) for source in answer.sources) for answer in answers)


def test_an_example_is_answered_surely_and_not_by_whatever_is_near(library, monkeypatch):
    unsure = "who is the president?"  # several names, none of them surely
    known = library.answer([Turn(unsure)])
    assert known.found
    assert not any(is_sure(source) for source in known.sources)
    monkeypatch.setattr("ui.web.views.read_words", lambda language: {"examples": f"{unsure}\nhow many soldiers died?"})
    assert [question for question, _ in find_examples(library, "en")] == ["how many soldiers died?"] * 2


def test_a_server_that_stops_offers_nothing_and_answers_nothing_more(seeds_corpus):
    library = Library(seeds_corpus)
    events = QuestionEvents(library, judged=False)
    library.close()
    assert events.offer([], None) == ""
    with pytest.raises(Busy, match="is being stopped"):
        library.answer([Turn("combien de soldats sont morts ?")])


def test_what_is_offered_next_is_answered(library):
    first = Turn("combien de soldats sont morts ?")
    offered = re.findall('data-ask="([^"]*)"', offer_next(library, [first], Visit("fr")))
    assert 1 <= len(offered) <= 3
    for question in map(html.unescape, offered):
        answer = library.answer([first, Turn(question)])
        assert answer.found
        assert answer.understood_as not in (first.question, question)


def offered_in(page):
    """The questions that a page offers, as they are asked when they are clicked."""
    found = re.findall('data-ask="([^"]*)"( data-fresh="1")?', page)
    return [(html.unescape(question), bool(fresh)) for question, fresh in found]


def test_after_no_answer_come_questions_that_have_one(library):
    turn = Turn("quel est le prix du beurre à Lisbonne ?")
    assert library.answer([turn]).found is False
    offered = offered_in(offer_next(library, [turn], Visit("fr")))
    assert [question for question, _ in offered] == [question for question, _ in find_examples(library, "fr")]
    assert all(library.answer([turn, Turn(question, fresh=fresh)]).found for question, fresh in offered)


def test_every_source_is_offered_to_be_asked_where_one_of_them_answers(library):
    nowhere = Scope(language="en")  # the articles in the box are French
    for question, everywhere in (
        ("combien de soldats sont morts ?", 1),
        ("quel est le prix du beurre à Lisbonne ?", 0),
    ):
        turn = Turn(question, nowhere)
        assert library.answer([turn]).found is False
        page = offer_next(library, [turn], Visit("fr"), nowhere)
        assert "Seule une partie des sources a été interrogée." in Parsed(page).text
        assert page.count("data-everywhere") == everywhere
        assert page.count("data-ask") == everywhere  # nothing answers under this filter, so nothing is offered


def test_what_is_offered_answers_under_the_filters_in_force(library):
    put = QuestionEvents(library, judged=False)
    first = Turn("how many soldiers died?")
    kept = (keep_turns([first]), keep_turns([first, Turn("and how many were wounded?")]))
    for turns in ([], *kept):
        for source in library.corpus.sources:
            scope = Scope(sources=(source,))
            offered, _ = put.filter(turns, Visit("en").text, [source], "", "", "")
            assert not offered or offered.startswith(f'<div data-after="{len(turns)}">')
            for question, fresh in offered_in(offered):
                assert library.answer([*read_turns(turns), Turn(question, scope, fresh)]).found, (source, question)


def test_the_panel_shows_the_answer_that_was_chosen(library):
    turns = [Turn("how many soldiers died?"), Turn("and how many were wounded?")]
    for place, understood in ((0, "died"), (1, "wounded"), (-1, "wounded"), (7, "wounded")):
        chat, panel = render(library, turns, Visit("en", place), judged=False)
        assert f"how many soldiers {'were ' * (understood == 'wounded')}{understood}?" in Parsed(panel).text
        assert "data-judge" not in panel
        assert chat.count('aria-current="true"') == 1
        link = html.unescape(re.search('data-link="([^"]*)"', panel)[1])
        assert library.answer([read_link(link)]).sources == library.answer(turns[: place % 2 + 1]).sources


# Events


@pytest.mark.parametrize(
    ("question", "scope", "told"),
    [
        ("  ", (), "Ask a question"),
        (None, (), "A question is text"),
        ("a" * 1001, (), "at most 1,000 characters; this one has 1,001"),
        ("x", ([], "31/12/2024", "", ""), "“31/12/2024” is not a date; write it as 2024-12-31."),
    ],
)
def test_a_question_that_cannot_be_put_is_refused_in_a_sentence(library, question, scope, told):
    *unchanged, notice, answered = QuestionEvents(library, judged=False).put_typed(
        [], Visit("en").text, question, *scope
    )
    assert told in Parsed(notice).text
    assert {value["__type__"] for value in unchanged} == {"update"}  # nothing of the page changes
    assert answered == ""  # and the field keeps what was typed


def test_a_filter_takes_a_name_or_a_part_of_one(library):
    put = QuestionEvents(library, judged=False).put
    sources = [entry.source for entry in library.sources]

    def asked(*typed):
        [turn] = read_turns(put([], Visit("en").text, "how many soldiers died?", list(typed), "", "", "")[0])
        return list(turn.scope.sources)

    assert asked() == []
    assert asked(sources[3]) == [sources[3]]
    assert asked(library.sources[2].title[3:30].upper()) == [sources[2]]
    assert asked(".txt") == sources


def test_a_filter_that_means_nothing_is_told_and_nothing_is_asked(library):
    events = QuestionEvents(library, judged=False)
    views = events.put([], Visit("en").text, "how many soldiers died?", ["nowhere"], "", "", "")
    assert Parsed(views[-1]).text == "No source, title or outlet holds “nowhere”."
    assert {value["__type__"] for value in views[:-1]} == {"update"}
    _, told = events.filter([], Visit("en").text, ["nowhere"], "", "", "")
    assert Parsed(told).text == "1 filter is onNo source, title or outlet holds “nowhere”."


def test_a_filter_says_which_sources_a_word_means(library):
    events = QuestionEvents(library, judged=False)
    word = library.sources[2].title[3:30].upper()
    _, told = events.filter([], Visit("en").text, [word], "", "", "")
    named = f"“{word}” stands in the title, outlet or file name of: {library.sources[2].name}"
    assert named in Parsed(told).text
    _, told = events.filter([], Visit("en").text, [library.sources[2].source], "", "", "")
    assert Parsed(told).text == "1 filter is on · 1 of 5 sources are asked"


def test_filters_say_how_many_sources_they_leave_and_which_are_undated(library):
    events = QuestionEvents(library, judged=False)
    dated = sum(entry.published is not None for entry in library.sources)
    undated = [entry for entry in library.sources if entry.published is None]
    assert undated
    _, told = events.filter([], Visit("en").text, [], "1990-01-01", "", "")
    assert f"1 filter is on · {dated} of 5 sources are asked" in Parsed(told).text
    assert f"{len(undated)} undated sources are not asked:" in Parsed(told).text
    assert all(disarm(entry.name) in Parsed(told).text for entry in undated)
    assert events.filter([], Visit("en").text, [], "", "", "")[1] == ""
    _, panel = render(library, [Turn("combien de morts ?", Scope(since=date(1990, 1, 1)))], Visit("fr"), judged=False)
    assert f"{len(undated)} sources sans date ne sont pas interrogées :" in Parsed(panel).text


def test_a_change_tells_how_far_it_is_and_then_what_came_of_it(library):
    half, going = threading.Event(), CorpusEvents(library, edit=True)

    def work(tell):
        tell("encoding", 1000, 2000)
        half.wait(10)
        return ["<b>done</b>"]

    statuses = going._running(work, "fr")
    while "1\u202f000 / 2\u202f000" not in (status := Parsed(next(statuses))).text:
        assert "progress" in status.tags
    half.set()
    *_, last = statuses
    assert Parsed(last).text == "<b>done</b>"


@pytest.mark.parametrize(
    "error", [CorpusError("the disk is <full>"), OSError(28, "the disk is <full>", "/srv/where/it/is")]
)
def test_a_change_that_fails_says_why(library, error):
    def work(tell):
        raise error

    *_, last = CorpusEvents(library, edit=True)._running(work, "en")
    assert Parsed(last).text == "the disk is <full>"


def test_a_pasted_text_that_cannot_be_taken_stays_in_its_field(tiny_encoder, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("La crue\n\nLa crue a fait douze morts.\n", encoding="utf-8")
    library = Library(Corpus.build(tmp_path / "articles", tmp_path / "index"))
    paste = CorpusEvents(library, edit=True).paste
    with library._writing:
        *_, (status, *fields) = paste("{}", "Un orage", "L’orage a tué trois vaches. \ud800")
    assert "being changed just now" in Parsed(status).text
    assert fields == [gr.skip(), gr.skip()]
    *_, (status, *fields) = paste("{}", "Un orage", "L’orage a tué trois vaches. \ud800")
    assert (fields, Parsed(status).text) == (["", ""], "Added: un-orage.txt")
    assert library.corpus.document("un-orage.txt").text.endswith("vaches. ?\n")


@pytest.mark.parametrize("title", ["Grève", "Crue : 12 morts.", '=1, "x";y', "Un orage"])
def test_a_pasted_text_is_called_what_its_reader_called_it(tiny_encoder, tmp_path, title):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("La crue\n\nLa crue a fait douze morts.\n", encoding="utf-8")
    library = Library(Corpus.build(tmp_path / "articles", tmp_path / "index"))
    *_, (status, *_) = CorpusEvents(library, edit=True).paste("{}", f" {title}\n", "Les trains ne roulent pas jeudi.")
    (source,) = set(library.corpus.sources) - {"a.txt"}
    assert Parsed(status).text == f"Added: {source}"
    assert library.corpus.document(source).title == title


def test_the_list_is_searched_by_every_word_whatever_its_case_and_accents(library):
    listed = CorpusEvents(library, edit=False).list_sources
    place = Visit("fr").text
    everything = listed("", "", place)
    assert everything.count("<tr>") == 1 + len(library.sources)
    assert "data-remove" not in everything
    word = max(library.sources[2].title.split(), key=len)
    found = re.findall('data-article="([^"]*)"', listed(f"{word.upper()} .TXT", "", place))
    wanted = [entry.source for entry in library.sources if word.casefold() in entry.title.casefold()]
    assert [html.unescape(source) for source in found] == wanted
    assert "Aucune source du corpus ne porte ce nom." in Parsed(listed("nowhere", "", place)).text


# What scripts of the page may ask


@pytest.fixture
def service(library, tmp_path):
    """The functions of the page, by name; marks go to a file of this test."""
    return {one.__name__: one for one in offer_services(library, tmp_path / "candidates.jsonl")}


@pytest.mark.parametrize("source", ["/etc/passwd", "../README.md", "", None, 5, ["x"], {"x": 1}])
def test_only_articles_of_the_corpus_are_opened(service, source):
    page = service["article"]({"source": source, "start": 0, "end": 10, "language": "en"})
    assert Parsed(page).text == "CloseThis article is no longer in the corpus."


@pytest.mark.parametrize("sent", [None, 5, "x", [], {}])
def test_whatever_a_script_sends_is_read_or_refused(service, sent):
    assert "no longer" in service["article"](sent)
    for name in ("exported", "judged"):
        with pytest.raises(HTTPException, match="400"):
            service[name](sent)


def test_an_export_is_worked_out_from_the_questions(service, library):
    turns = [Turn("how many soldiers died?"), Turn("and how many were wounded?")]
    asked = json.dumps([*keep_turns(turns), {"question": "  ", "html": "<script>"}])
    one = service["exported"]({"asked": asked, "form": "json", "whole": False})
    both = service["exported"]({"asked": asked, "form": "json", "whole": True})
    answers = [library.answer(turns[: number + 1]) for number in (0, 1)]
    assert (one["name"], one["type"]) == ("recoupe.json", "application/json;charset=utf-8")
    assert one["text"] == export_answers(answers[1:], "json")
    names = {source.source: source.name for source in library.sources}
    untitled = next(one for one in answers[1].sources if one.title != names[one.source])
    for form in ("markdown", "csv", "bibtex"):  # as the page calls it
        text = service["exported"]({"asked": asked, "form": form, "whole": False})["text"]
        assert names[untitled.source] in text.replace("\\", "")
    assert both["text"] == export_answers(answers, "json")


def test_a_mark_on_a_passage_is_noted_with_the_quote_of_the_corpus(service, library, tmp_path):
    asked = json.dumps(keep_turns([Turn("how many soldiers died?")]))
    assert service["judged"]({"asked": asked, "number": 1, "right": True, "quote": "invented"}) is True
    [noted] = [json.loads(line) for line in (tmp_path / "candidates.jsonl").read_text(encoding="utf-8").splitlines()]
    cited = library.answer([Turn("how many soldiers died?")]).sources[0].passages[0].citation
    assert (noted["source"], noted["quote"], noted["right"]) == (cited.source, cited.quote, True)
    service["judged"]({"asked": asked, "number": 1, "right": True})  # once more, and it is noted once
    service["judged"]({"asked": asked, "number": 1, "right": False})
    lines = (tmp_path / "candidates.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["right"] for line in lines] == [True, False]
    with pytest.raises(HTTPException, match="no citation 99"):
        service["judged"]({"asked": asked, "number": 99, "right": True})


def test_without_a_file_for_them_marks_are_not_taken(library):
    [judged] = [one for one in offer_services(library, None) if one.__name__ == "judged"]
    assert judged({"asked": json.dumps(keep_turns([Turn("how many soldiers died?")])), "number": 1}) is False


# The page as it is served


def test_the_page_loads_nothing_from_elsewhere_and_tells_nobody(seeds_index):
    with served(seeds_index) as server:
        page, theme, config = (get(server, path) for path in ("", "theme.css", "config"))
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page.text)
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []
    assert re.findall(r"@import|url\(['\"]?(?:https?:)?//", theme.text) == []
    assert "system-ui" in theme.text
    assert (config.json()["analytics_enabled"], config.json()["run_history"]) == (False, False)
    assert not [part for part in config.json()["components"] if part["type"] in ("uploadbutton", "file")]
