"""The browser: what the page shows, what its endpoints give, and what they refuse."""

import dataclasses
import html
import re
import signal
import socket
import subprocess
import sys
from html.parser import HTMLParser

import httpx
import pytest
from conftest import HOSTILE, ROOT
from hypothesis import given
from hypothesis import strategies as st

from index.records import CorpusError, plain
from ui.page import STYLE, answer_html, escaped
from ui.wording import harmless


class Parsed(HTMLParser):
    """The elements and the text of some HTML, as a browser reads them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = [], set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


# The HTML of an answer


def test_an_answer_as_html(answer):
    first = answer_html(answer).split('<div class="rc-source">')[1]
    assert Parsed(first).text == (
        "L’Écho · Le bilan — 1er mai 2024au moins 600décès · au conditionnel · selon le maire"
        "Le bilan s’alourdit. On compte au moins 600 décès, selon le maire. Rien d’autre.[1] a/un.pdf, p. 3"
        "Autre passage.[2] a/un.pdf"
    )
    assert re.findall("<mark>(.*?)</mark>", first) == [
        "On compte ",
        "<strong>au moins 600</strong>",
        " décès&#44; selon le maire&#46;",
        "Autre passage&#46;",
    ]


def test_a_hostile_document_is_inert(answer):
    page = answer_html(answer)
    parsed = Parsed(page)
    assert set(parsed.tags) == {"div", "p", "span", "blockquote", "mark", "strong"}
    assert parsed.attributes == {"class", "lang"}
    assert parsed.text.count(harmless(HOSTILE)) == 2
    assert "\n" not in page


@given(st.text())
def test_escaped_text_is_shown_and_does_nothing(text):
    assert html.unescape(escaped(text)) == harmless(text)
    assert not re.findall(r"[^\w\s&#;]", re.sub(r"[^\x00-\x7f]", "", escaped(text)))
    assert Parsed(f"<p>{escaped(text)}</p>").tags == ["p"]


def test_nearest_passages_are_not_marked_as_answers(answer):
    page = answer_html(dataclasses.replace(answer, found=False))
    assert "Rien dans ces sources ne répond à cette question" in page
    assert not {"mark", "strong"} & set(Parsed(page).tags)


# Conversations


class Echo:
    """An assistant that answers with the questions that it was given."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def ask(self, question, *, history=()):
        self.asked.append(question)
        understood = " / ".join([*(turn.question for turn in history), question])
        return dataclasses.replace(self.answer, question=question, understood_as=understood)


def test_each_question_is_understood_from_those_before_it(answer):
    from ui.web import conversation

    turn = conversation(Echo(answer))
    assert turn(["a"]).understood_as == "a"
    assert turn(["a", "b", "c"]).understood_as == "a / b / c"
    assert turn(["x", "c"]).understood_as == "x / c"


def test_an_earlier_answer_is_not_worked_out_again(answer):
    from ui.web import conversation

    echo = Echo(answer)
    turn = conversation(echo)
    for count in range(1, 6):
        turn(list("abcde")[:count])
    assert echo.asked == list("abcde")


def test_a_long_conversation_forgets_its_beginning_and_stays_quick(answer):
    from ui.web import REMEMBERED, conversation

    echo = Echo(answer)
    questions = [str(n) for n in range(500)]
    assert conversation(echo)(questions).understood_as == " / ".join(questions[-REMEMBERED - 1 :])
    assert len(echo.asked) == REMEMBERED + 1


def test_the_chat_reads_its_own_history(answer):
    from ui.web import conversation, replier

    reply = replier(conversation(Echo(answer)))
    history = [
        {"role": "user", "content": [{"type": "text", "text": "combien de morts ?"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "<div>…</div>"}]},
        {"role": "user", "content": "et hier ?"},
        {"role": "assistant", "content": "<div>…</div>"},
    ]
    assert "combien de morts ? / et hier ? / et les blessés ?" in Parsed(reply("et les blessés ?", history)).text
    assert Parsed(reply("  ", [])).text == "Ask a question. Posez une question."
    assert Parsed(reply("a" * 1001, [])).text == "A question has at most 1000 characters; this one has 1001."


# Ports


def test_a_port_in_use_is_passed_over_or_refused():
    from ui.web import free_port

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CorpusError, match=f"port {port} on 127.0.0.1 is in use; choose another with --port"):
            free_port("127.0.0.1", port, tries=1)
        assert port < free_port("127.0.0.1", port, tries=50) < port + 50


def test_an_address_of_another_machine_is_refused():
    from ui.web import free_port

    with pytest.raises(CorpusError, match=r"192\.0\.2\.1 cannot be listened on"):
        free_port("192.0.2.1", 0, tries=1)


# The running server


@pytest.fixture(scope="module")
def server(seeds_index):
    """The address of `recoupe serve` over the seeds, in a process of its own, on a free port of this machine."""
    command = [sys.executable, "-m", "ui.cli", "serve", str(seeds_index), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        if address is None:
            pytest.fail(f"the server did not start: {process.stderr.read()}")
        try:
            yield address.group()
        finally:
            process.send_signal(signal.SIGINT)
            _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints.strip()) == (130, "")


@pytest.fixture(scope="module")
def client(server):
    from gradio_client import Client

    client = Client(server, verbose=False)
    yield client
    client.close()


def get(server, path):
    return httpx.get(server + path, trust_env=False)


DEATHS = {
    "000_9b2a6032a6b23177.txt": "au moins 600 décès confirmés",
    "001_114a1452c9fbbdea.txt": "environ 600 soldats nord-coréens auraient été tués",
    "002_edaa88d0a10c4701.txt": "Des centaines de soldats nord-coréens sont morts",
    "004_b8c0da63dde58ba3.txt": "300 soldats nord-coréens avaient été tués",
}


def test_the_deaths_of_four_sources_are_cited(client):
    answer = client.predict("how many soldiers died?", api_name="/ask")
    assert answer["found"] is True
    quotes = {
        source["source"]: " ".join(passage["citation"]["quote"] for passage in source["passages"])
        for source in answer["sources"]
    }
    for source, words in DEATHS.items():
        assert words in quotes[source]
    assert answer["silent"] == ["003_7ad734bb0bea6991.txt"]


def test_an_endpoint_gives_what_the_library_gives(client, seeds_corpus):
    from qa.assistant import Assistant

    assistant = Assistant(seeds_corpus)
    first = assistant.ask("combien de soldats sont morts ?")
    follow_up = assistant.ask("et les blessés ?", history=[first])
    assert client.predict("combien de soldats sont morts ?", api_name="/ask") == plain(first)
    assert client.predict("et les blessés ?", [first.question], api_name="/ask") == plain(follow_up)
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
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("  ", None), "Ask a question"),
        (("a" * 1001, None), "at most 1000 characters"),
        ((5, None), "A question is text"),
        (("x", ["y", 7]), "A question is text"),
    ],
)
def test_a_bad_question_is_refused_in_a_sentence(client, arguments, message):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=message):
        client.predict(*arguments, api_name="/ask")


def test_a_bad_search_is_refused_in_a_sentence(client):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="k is from 1 to 100, not 0"):
        client.predict("x", 0, "bm25", api_name="/search")
    with pytest.raises(AppError, match="retriever is"):
        client.predict("x", 1, "magic", api_name="/search")


def test_endpoints_are_typed_and_the_only_ones(client):
    described = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert {name: [p["parameter_name"] for p in d["parameters"]] for name, d in described.items()} == {
        "/ask": ["question", "history"],
        "/search": ["question", "k", "retriever"],
        "/sources": [],
    }
    assert described["/search"]["parameters"][2]["type"] == {"enum": ["hybrid", "bm25", "dense"]}
    assert [described[name]["returns"][0]["type"].get("type") for name in described] == ["object", "array", "array"]


def test_only_this_machine_is_listened_to(server):
    port = int(server.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    with pytest.raises(OSError, match="refused"):  # 127.0.0.2 would answer if every address were listened to
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_the_page_loads_nothing_from_elsewhere(server):
    page = get(server, "").text
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []
    styles = get(server, "theme.css").text + STYLE
    assert re.findall(r"@import|url\(['\"]?(?:https?:)?//", styles) == []
    assert "system-ui" in styles


def test_nothing_is_told_to_anybody(server):
    config = get(server, "config").json()
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False


def test_files_of_this_machine_are_neither_served_nor_taken(server, tmp_path):
    assert get(server, "gradio_api/file=/etc/passwd").status_code == 403
    sent = httpx.post(f"{server}gradio_api/upload", files={"files": ("a.txt", b"0" * 100)}, trust_env=False)
    assert sent.status_code == 413


def test_the_examples_are_questions_that_are_answered(server, seeds_corpus):
    from qa.assistant import Assistant

    components = get(server, "config").json()["components"]
    [chatbot] = [part["props"] for part in components if part["type"] == "chatbot"]
    answers = [Assistant(seeds_corpus).ask(example["text"]) for example in chatbot["examples"]]
    assert [(answer.language, answer.found) for answer in answers] == [("fr", True)] * 2 + [("en", True)] * 2
