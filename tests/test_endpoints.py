"""What programs get from the running page, by gradio_client and by curl, and what they are told when they ask badly."""

import os
import re
import shutil
import threading
import time

import pytest
from served import curl, get, post, served

from index.records import CorpusError, plain

DEATHS = {
    "000_9b2a6032a6b23177.txt": "au moins 600 décès confirmés",
    "001_114a1452c9fbbdea.txt": "environ 600 soldats nord-coréens auraient été tués",
    "002_edaa88d0a10c4701.txt": "Des centaines de soldats nord-coréens sont morts",
    "004_b8c0da63dde58ba3.txt": "300 soldats nord-coréens avaient été tués",
}
DEAD = "combien de soldats sont morts ?"


@pytest.fixture(scope="module", params=[pytest.param(1, id="one worker"), pytest.param(2, id="two workers")])
def server(seeds_index, request):
    with served(seeds_index, "--workers", request.param) as address:
        yield address


@pytest.fixture(scope="module")
def client(server):
    from gradio_client import Client

    client = Client(server, verbose=False)
    yield client
    client.close()


@pytest.fixture(scope="module")
def by_curl(server):
    """Call an endpoint of the server by curl."""
    if shutil.which("curl") is None:
        if os.environ.get("RECOUPE_CI"):
            pytest.fail("curl is not there, and RECOUPE_CI says that it must be")
        pytest.skip("curl is not there")
    return lambda endpoint, **body: curl(server, endpoint, body)


def quotes(answer):
    return {
        source["source"]: " ".join(passage["citation"]["quote"] for passage in source["passages"])
        for source in answer["sources"]
    }


# gradio_client


def test_the_deaths_of_four_sources_are_cited(client):
    answer = client.predict("how many soldiers died?", api_name="/ask")
    assert answer["found"] is True
    for source, words in DEATHS.items():
        assert words in quotes(answer)[source]
    assert answer["silent"] == ["003_7ad734bb0bea6991.txt"]


def test_an_endpoint_gives_what_the_library_gives(client, seeds_corpus):
    from qa.assistant import Assistant

    assistant = Assistant(seeds_corpus)
    first = assistant.ask(DEAD)
    follow_up = assistant.ask("et les blessés ?", history=[first])
    assert client.predict(DEAD, api_name="/ask") == plain(first)
    assert client.predict("et les blessés ?", [DEAD], api_name="/ask") == plain(follow_up)
    hits = seeds_corpus.search("sanctions", k=3, retriever="bm25")
    assert client.predict("sanctions", 3, "bm25", api_name="/search") == plain(hits)


def test_the_sources_are_listed(client, seeds_corpus):
    listed = client.predict(api_name="/sources")
    assert [document["source"] for document in listed] == [document.source for document in seeds_corpus.documents]
    fourth = seeds_corpus.documents[3]
    assert listed[3] == {
        "source": fourth.source,
        "title": fourth.title,
        "outlet": "",
        "published": fourth.published.isoformat(),
        "language": "fr",
        "characters": len(fourth.text),
        "url": "",
        "author": "",
        "updated": None,
        "partial": False,
        "ocr": False,
    }


def test_only_the_sources_named_are_asked(client):
    one = "004_b8c0da63dde58ba3.txt"
    answer = client.predict(DEAD, sources=[one], api_name="/ask")
    assert list(quotes(answer)) == [one]
    hits = client.predict("sanctions", sources=[one], k=50, api_name="/search")
    assert {hit["paragraph"]["source"] for hit in hits} == {one}


def test_only_the_days_and_the_language_named_are_asked(client, seeds_corpus):
    [dated] = [document for document in seeds_corpus.documents if document.published]
    day = dated.published.isoformat()
    hits = client.predict("soldats", since=day, until=day, k=50, api_name="/search")
    assert {hit["paragraph"]["source"] for hit in hits} == {dated.source}
    assert client.predict("soldats", until="1990-01-01", api_name="/search") == []
    assert client.predict("soldats", language="en", api_name="/search") == []
    assert len(client.predict("soldats", language="fr", k=3, api_name="/search")) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"question": "  "}, "Ask a question"),
        ({"question": "a" * 1001}, "at most 1,000 characters"),
        ({"question": 5}, "A question is text"),
        ({"question": "x", "history": ["y", 7]}, "history is a list of texts"),
        ({"question": "x", "history": "y"}, "history is a list of texts"),
        ({"question": "x", "sources": ["nul.txt"]}, r"the corpus has no source 'nul\.txt'"),
        ({"question": "x", "since": "hier"}, "since is a day as YYYY-MM-DD, not 'hier'"),
        ({"question": "x", "until": 5}, "until is a day as YYYY-MM-DD, not 5"),
        ({"question": "x", "language": 5}, "language is text"),
    ],
)
def test_a_bad_question_is_refused_in_a_sentence(client, arguments, message):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=message):
        client.predict(**arguments, api_name="/ask")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"k": 0}, "k is from 1 to 100, not 0"),
        ({"k": "3"}, "k is from 1 to 100, not 3"),
        ({"k": True}, "k is from 1 to 100, not True"),
        ({"retriever": "magic"}, "retriever is"),
    ],
)
def test_a_bad_search_is_refused_in_a_sentence(client, arguments, message):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=message):
        client.predict("x", **arguments, api_name="/search")


def test_endpoints_are_typed_and_the_only_ones(client):
    described = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    scope = ["sources", "since", "until", "language"]
    assert {name: [p["parameter_name"] for p in d["parameters"]] for name, d in described.items()} == {
        "/ask": ["question", "history", *scope],
        "/search": ["question", "k", "retriever", *scope],
        "/compare": ["about", "k", *scope],
        "/sources": [],
    }
    assert described["/search"]["parameters"][2]["type"] == {"enum": ["hybrid", "bm25", "dense"]}
    assert [described[name]["returns"][0]["type"].get("type") for name in described] == ["object", *["array"] * 3]


def test_conversations_are_apart(server):
    from gradio_client import Client

    with_history, without = Client(server, verbose=False), Client(server, verbose=False)
    first = with_history.predict("et les blessés ?", [DEAD], api_name="/ask")
    second = without.predict("et les blessés ?", api_name="/ask")
    assert "soldats" in first["understood_as"]
    assert second["understood_as"] == "et les blessés ?"
    for client in (with_history, without):
        client.close()


# curl


def test_curl_asks_in_two_steps(by_curl, client):
    kind, [answer] = by_curl("ask", question="how many soldiers died?")
    assert (kind, answer) == ("complete", client.predict("how many soldiers died?", api_name="/ask"))
    kind, [hits] = by_curl("search", question="sanctions", k=2)
    assert (kind, len(hits)) == ("complete", 2)
    kind, [listed] = by_curl("sources")
    assert (kind, DEATHS.keys() - {document["source"] for document in listed}) == ("complete", set())


def test_curl_reads_why_a_question_is_refused(by_curl):
    kind, told = by_curl("ask", question="")
    assert (kind, told["error"]) == ("error", "Ask a question.")


# The forms of a call


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("call/v2/ask", {"q": "x"}, 422, "ask takes question, history, sources, since, until, language, not 'q'"),
        ("call/v2/ask", {}, 422, "ask needs 'question'; ask takes question, history, sources, since, until, language"),
        ("call/v2/ask", ["x"], 422, "the body is a JSON object"),
        ("call/v2/nul", {}, 404, "there is no endpoint 'nul'; there are ask, compare, search, sources"),
        ("call/nul", {"data": []}, 404, "there is no endpoint 'nul'; there are ask, compare, search, sources"),
        ("call/sources", {"data": [1]}, 422, 'sources takes nothing; give them in this order, as {"data": [...]}'),
        ("call/sources", {}, 422, 'sources takes nothing; give them in this order, as {"data": [...]}'),
    ],
)
def test_a_malformed_call_is_told_what_it_lacks(server, path, body, status, error):
    response = post(server, f"gradio_api/{path}", body)
    assert (response.status_code, response.json()) == (status, {"error": error})


def test_a_body_that_is_not_json_is_told_so(server):
    import httpx

    for body in (b"{", b"\xff", b"[" * 100_000):
        response = httpx.post(f"{server}gradio_api/call/v2/ask", content=body, trust_env=False)
        assert (response.status_code, response.json()) == (400, {"error": "the body is not JSON"})


def test_a_list_of_arguments_may_be_short(server):
    event = post(server, "gradio_api/call/search", {"data": ["sanctions", 1]}).json()["event_id"]
    assert get(server, f"gradio_api/call/search/{event}").text.startswith('event: complete\ndata: [[{"paragraph"')
    at_once = post(server, "gradio_api/run/search", {"data": ["sanctions", 1]}).json()["data"]
    assert [len(hits) for hits in at_once] == [1]


# Too many at once


def test_so_many_are_worked_on_so_many_wait_and_the_rest_is_sent_away():
    from ui.answering.seats import Seats

    seats = Seats(at_once=1, waiting=1)
    entered, leave, done = threading.Event(), threading.Event(), []

    def question():
        with seats.taken():
            entered.set()
            assert leave.wait(10)
            done.append(1)

    threads = [threading.Thread(target=question) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert entered.wait(10)
    while seats._room._value:  # the second is on its way to its place in the queue
        time.sleep(0.01)
    with pytest.raises(CorpusError, match="Busy: too many questions at once"), seats.taken():
        pytest.fail("a third was let in")
    assert done == []
    leave.set()
    for thread in threads:
        thread.join(10)
    assert done == [1, 1]
    with seats.taken():
        pass


def test_an_offer_gives_way_to_whoever_has_asked_and_no_longer():
    from ui.answering.seats import Seats

    seats, told = Seats(at_once=1, waiting=1), []

    def offer():
        seats.give_way(10)
        told.append("offer")

    with seats.taken():
        waiting = threading.Thread(target=offer)
        waiting.start()
        waiting.join(0.2)
        assert told == []
        seats.give_way(0)  # who has waited long enough goes on
        told.append("answer")
    waiting.join(10)
    assert told == ["answer", "offer"]


def test_the_page_and_what_it_is_told_come_compressed_to_who_unpacks_them(server):
    page = get(server, "", headers={"Accept-Encoding": "gzip"})
    assert (page.headers["content-encoding"], page.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert int(page.headers["content-length"]) < 0.3 * len(page.content)
    plain = get(server, "", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    nonce = re.compile(rb"nonce=\"[^\"]*\"")
    assert nonce.sub(b"", plain.content) == nonce.sub(b"", page.content)
    hits = post(server, "gradio_api/run/search", {"data": ["sanctions", 10]}, headers={"Accept-Encoding": "gzip"})
    assert hits.headers["content-encoding"] == "gzip"
    assert len(hits.json()["data"][0]) > 1


def test_who_is_sent_away_is_told_so_in_a_sentence(seeds_corpus):
    import gradio as gr

    from ui.answering.library import Library
    from ui.answering.seats import Seats
    from ui.web.endpoints import Endpoints

    programs = Endpoints(Library(seeds_corpus))
    programs._seats = Seats(at_once=1, waiting=0)
    with programs._seats.taken():
        for call in (lambda: programs.ask("combien ?"), lambda: programs.search("combien ?"), programs.sources):
            with pytest.raises(gr.Error, match="Busy: too many questions at once"):
                call()
    assert len(programs.sources()) == 5
