"""The endpoints as tools of the Model Context Protocol, through the protocol's own client."""

import asyncio
import json

import httpx
import pytest
from served import served

from index.records import MissingExtra, plain

pytest.importorskip("mcp", reason="the extra recoupe[mcp] is not installed")


@pytest.fixture(scope="module")
def server(seeds_index):
    told = "WARNING:mcp.server.lowlevel.server:Tool 'nul' not listed, no validation will be performed"
    with served(seeds_index, "--mcp", told=told) as address:
        yield address


def in_session(server, work, **headers):
    """Connect as a program would, run `work` over the session and return what it gives."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def main():
        async with (
            httpx.AsyncClient(headers=headers, trust_env=False) as client,
            streamable_http_client(f"{server}gradio_api/mcp/", http_client=client) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await work(session)

    return asyncio.run(main())


def call(server, tool, **arguments):
    """Call a tool and return whether it failed, and the text that it gave."""
    result = in_session(server, lambda session: session.call_tool(tool, arguments))
    [content] = result.content
    return bool(result.isError), content.text


@pytest.fixture(scope="module")
def tools(server):
    return in_session(server, lambda session: session.list_tools()).tools


def test_the_tools_are_the_endpoints(tools):
    scope = ["sources", "since", "until", "language"]
    assert {tool.name: list(tool.inputSchema["properties"]) for tool in tools} == {
        "ask": ["question", "history", *scope],
        "search": ["question", "k", "retriever", *scope],
        "compare": ["about", "k", *scope],
        "sources": [],
    }
    assert [tool.inputSchema.get("required", []) for tool in tools] == [["question"], ["question"], [], []]


def test_a_model_reads_when_to_use_them_and_what_they_return(tools):
    described = {tool.name: tool.description for tool in tools}
    for words in ("word for word", "Use it for a question of fact", "verbatim", "found: false", "Returns: One JSON"):
        assert words in described["ask"]
    for words in ("Use it to explore", "verbatim", "Unlike `ask`", "Returns: A JSON list of hits"):
        assert words in described["search"]
    for words in ("without a question", "Use it to find out", "verbatim", "Returns: A JSON list, those first"):
        assert words in described["compare"]
    for words in ("List the articles", "Use it to learn", "Returns: A JSON list in order of name"):
        assert words in described["sources"]
    for tool in tools:
        for name, parameter in tool.inputSchema["properties"].items():
            assert parameter.get("description"), f"{tool.name}: {name} is not described"


def test_each_tool_gives_the_json_of_its_endpoint(server, seeds_corpus):
    from qa import compare
    from qa.assistant import Assistant
    from ui.words.wording import describe_document

    assistant = Assistant(seeds_corpus)
    answer = assistant.ask("combien de soldats sont morts ?")
    follow_up = assistant.ask("et les blessés ?", history=[answer])
    failed, text = call(server, "ask", question=answer.question)
    assert (failed, json.loads(text)) == (False, plain(answer))
    failed, text = call(server, "ask", question=follow_up.question, history=[answer.question])
    assert (failed, json.loads(text)) == (False, plain(follow_up))
    failed, text = call(server, "search", question="sanctions", k=2, retriever="bm25")
    assert (failed, json.loads(text)) == (False, plain(seeds_corpus.search("sanctions", k=2, retriever="bm25")))
    failed, text = call(server, "compare", about="soldats tués", k=1)
    assert (failed, json.loads(text)) == (False, plain(list(compare(seeds_corpus, about="soldats tués")[:1])))
    failed, text = call(server, "sources")
    assert (failed, json.loads(text)) == (False, [describe_document(document) for document in seeds_corpus.documents])


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("ask", {"question": " "}, "Ask a question"),
        ("ask", {"q": "x"}, "'question' is a required property"),
        ("ask", {"question": "x", "sources": ["nul.txt"]}, "the corpus has no source"),
        ("search", {"question": "x", "k": 0}, "k is from 1 to 100, not 0"),
        ("search", {"question": "x", "retriever": "magic"}, "magic"),
        ("nul", {}, "Unknown tool"),
    ],
)
def test_a_bad_call_is_an_error_in_a_sentence(server, tool, arguments, message):
    failed, text = call(server, tool, **arguments)
    assert failed
    assert message in text
    assert "Traceback" not in text


def test_without_the_package_it_says_how_to_install_it(monkeypatch, tmp_path):
    from ui.server.application import build_application
    from ui.server.hosting import Hosting

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "recoupe\[mcp\]"'):
        build_application(None, Hosting(mcp=True), files=tmp_path)
