"""The browser: a chat page over a corpus, and typed endpoints for programs beside it. The only gradio import."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any, Literal, get_type_hints

import click
import gradio as gr
from gradio.events import api

from index.corpus import Corpus
from index.records import CorpusError, plain
from qa.answers import Answer
from qa.assistant import Assistant
from ui.page import STYLE, answer_html, notice_html
from ui.wording import listed

TITLE = "Recoupe"
DESCRIPTION = (
    '<p style="text-align: center">Ce que dit chaque source, mot pour mot. · What each source says, word for word.</p>'
)
REMEMBERED = 10
"""How many earlier questions of a conversation a follow-up can refer to."""
LONGEST_QUESTION = 1000
"""In characters; what is longer is refused."""

MOST_HITS = 100

TO_LAST_QUESTION = """
() => requestAnimationFrame(() => {
  const questions = document.querySelectorAll("#conversation .user-row");
  if (questions.length) questions[questions.length - 1].scrollIntoView({block: "start"});
})
"""
"""A long answer is read from its beginning: when the chat changes, its last question comes to the top."""

TRIED_EXAMPLES = {
    "fr": (
        "combien de soldats sont morts ?",
        "combien de blessés ?",
        "combien de morts ?",
        "qui est le président ?",
        "qui a été élu ?",
        "quel est le budget ?",
    ),
    "en": (
        "how many soldiers died?",
        "how many were wounded?",
        "how many people died?",
        "who is the president?",
        "who was elected?",
        "how much does it cost?",
    ),
}
"""Questions that news often answers; those that the corpus does answer are offered as examples."""

Turn = Callable[[Sequence[str]], Answer]
Reply = Callable[[str, list[Mapping[str, Any]]], str]


def conversation(assistant: Assistant) -> Turn:
    """Return the function that answers the last of a conversation's questions, given all of them in order.

    An answer depends on the questions before it and on nothing else, so the page keeps no state for anybody: earlier
    answers are asked for again, and found in a cache. Two conversations meet there only where they are word for word
    the same from the beginning.
    """

    @lru_cache(maxsize=1024)
    def turn(questions: tuple[str, ...]) -> Answer:
        earlier = [turn(questions[:count]) for count in range(1, len(questions))]
        return assistant.ask(questions[-1], history=earlier)

    return lambda questions: turn(tuple(questions[-REMEMBERED - 1 :]))


def examples(turn: Turn) -> list[str]:
    """Return questions that this corpus answers, at most two in each language."""
    return [
        question
        for questions in TRIED_EXAMPLES.values()
        for question in islice((question for question in questions if turn([question]).found), 2)
    ]


def replier(turn: Turn) -> Reply:
    """Return the function that gradio's chat calls: from the message and the messages before it to HTML."""

    def reply(message: str, history: list[Mapping[str, Any]]) -> str:
        try:
            return answer_html(turn([*_questions(history), _checked(message)]))
        except (CorpusError, ValueError) as error:
            return notice_html(str(error))

    return reply


def page(corpus: Corpus) -> gr.Blocks:
    """Return the chat page over a corpus, with its endpoints `/ask`, `/search` and `/sources`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # whatever this machine's settings say
    turn = conversation(Assistant(corpus))
    demo = gr.ChatInterface(
        replier(turn),
        title=TITLE,
        description=DESCRIPTION,
        chatbot=gr.Chatbot(
            label=TITLE,
            show_label=False,
            autoscroll=False,
            scale=1,
            buttons=[],
            latex_delimiters=[],
            allow_tags=False,
            layout="panel",
            elem_id="conversation",
        ),
        examples=examples(turn),
        cache_examples=False,
        flagging_mode="never",
        analytics_enabled=False,
        api_visibility="private",
        concurrency_limit=4,
    )
    with demo:
        demo.chatbot.change(js=TO_LAST_QUESTION, api_visibility="private")
        _endpoints(corpus, turn)
    return demo


def _endpoints(corpus: Corpus, turn: Turn) -> None:
    """Add the typed endpoints to the page being made; what they take and give is told by their signatures."""

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Return what each source says about a question: the JSON of `recoupe ask --json`.

        `history` holds the earlier questions of the conversation, oldest first, which a follow-up may refer to.
        """
        with _refusals():
            answer: dict[str, Any] = plain(turn([*map(_checked, history or []), _checked(question)]))
            return answer

    def search(
        question: str, k: int = 10, retriever: Literal["hybrid", "bm25", "dense"] = "hybrid"
    ) -> list[dict[str, Any]]:
        """Return the k paragraphs nearest to a question, best first: the JSON of `recoupe search --json`."""
        with _refusals():
            if not isinstance(k, int) or not 1 <= k <= MOST_HITS:
                raise ValueError(f"k is from 1 to {MOST_HITS}, not {k}")
            return [plain(hit) for hit in corpus.search(_checked(question), k=k, retriever=retriever)]

    def sources() -> list[dict[str, Any]]:
        """Return the sources of the corpus in order of name: title, outlet, date, language, length, address."""
        return [listed(document) for document in corpus.documents]

    for endpoint in (ask, search, sources):
        endpoint.__annotations__ = get_type_hints(endpoint)  # gradio reads types, not their names
        api(endpoint, api_name=endpoint.__name__, concurrency_limit=4)


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn our own errors into those whose message gradio hands to the client; any other stays on this side."""
    try:
        yield
    except (CorpusError, ValueError) as error:
        raise gr.Error(str(error), print_exception=False) from error


def _checked(question: str) -> str:
    """Return the question without the space around it. Raises ValueError for one that nobody can answer."""
    if not isinstance(question, str):  # what comes over HTTP is typed by nobody
        raise ValueError("A question is text.")
    question = question.strip()
    if not question:
        raise ValueError("Ask a question. Posez une question.")
    if len(question) > LONGEST_QUESTION:
        raise ValueError(f"A question has at most {LONGEST_QUESTION} characters; this one has {len(question)}.")
    return question


def _questions(history: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what the user asked before, from the messages of the chat, oldest first."""
    questions = []
    for message in history:
        content = message["content"] if message["role"] == "user" else ""
        parts = [content] if isinstance(content, str) else [part.get("text", "") for part in content]
        question = "".join(parts).strip()[:LONGEST_QUESTION]
        if question:
            questions.append(question)
    return questions


def theme() -> gr.themes.Base:
    """Return the look of the page: the fonts of the reader's own system, so that none is fetched."""
    return gr.themes.Default(
        font=[gr.themes.Font(name) for name in ("system-ui", "sans-serif")],
        font_mono=[gr.themes.Font(name) for name in ("ui-monospace", "monospace")],
    )


def free_port(host: str, port: int, *, tries: int) -> int:
    """Return the first free port from `port` on; any free one for 0. Raises CorpusError when there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + tries, 65536)):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except PermissionError as error:
                raise CorpusError(
                    f"port {candidate} needs the rights of an administrator; choose one over 1023"
                ) from error
            except socket.gaierror as error:
                raise CorpusError(f"{host} is not an address of this machine") from error
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CorpusError(f"{host} cannot be listened on: {error.strerror}") from error
                continue
            bound: int = probe.getsockname()[1]
            return bound
    raise CorpusError(f"port {port} on {host} is in use; choose another with --port")


def launch(demo: gr.Blocks, *, host: str, port: int) -> str:
    """Start serving the page in a thread and return its address; nothing but this machine is asked for anything."""
    for variable in ("no_proxy", "NO_PROXY"):  # gradio looks at its own address once, which no proxy can reach
        os.environ[variable] = ",".join(filter(None, (os.environ.get(variable), "127.0.0.1", "localhost", host)))
    _, address, _ = demo.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        inbrowser=False,
        inline=False,
        show_error=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
        theme=theme(),
        css=STYLE,
    )
    return str(address)


def serve(corpus: Corpus, *, host: str = "127.0.0.1", port: int = 7860, tries: int = 1) -> None:
    """Serve the page and print its address, until interrupted.

    `tries` ports from `port` on are tried; where another than the first is taken, that is said.
    """
    port_taken = free_port(host, port, tries=tries)
    demo = page(corpus)
    address = launch(demo, host=host, port=port_taken)
    if port not in (0, port_taken):
        click.echo(f"Port {port} is in use, so the page is on port {port_taken}.", err=True)
    click.echo(f"Recoupe answers at {address} (Ctrl-C stops it)")
    threading.Event().wait()
