"""What can be asked of a corpus, and how does a process of its own answer it until the server goes away?

A request and its reply are objects of ours, which `multiprocessing.connection` pickles. They pass between a server and
the processes that it started itself, through pipes that nobody else can reach: nothing that comes from a file or from
the network is ever unpickled.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from index.records import CorpusError

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.records import Hit
    from qa.answers import Answer
    from qa.assistant import Assistant
    from qa.matters import Matter

READY = "ready"
"""What a worker says first, once it can answer."""

_FIRST = "how many people died?"
"""A question that a worker asks itself before it says so: the first answer loads the encoder and the tables."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, put to these sources or to all, after the answers before it."""

    question: str
    history: tuple[Answer, ...] = ()
    sources: frozenset[str] | None = None

    def do(self, assistant: Assistant) -> Answer:
        """Return the answer."""
        return assistant.ask(self.question, self.history, sources=self.sources)


@dataclass(frozen=True, slots=True)
class Search:
    """A search for paragraphs, among these sources or all."""

    question: str
    k: int
    retriever: str
    sources: frozenset[str] | None = None

    def do(self, assistant: Assistant) -> Sequence[Hit]:
        """Return the hits, best first."""
        return assistant.corpus.search(self.question, k=self.k, retriever=self.retriever, sources=self.sources)


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison without a question, of these sources or of all; `about` chooses matters by their words."""

    about: str = ""
    sources: frozenset[str] | None = None

    def do(self, assistant: Assistant) -> Sequence[Matter]:
        """Return the matters, those first that most deserve a look."""
        from qa.matters import compare

        return compare(assistant.corpus, about=self.about, sources=self.sources)


Work = Ask | Search | Compare


@dataclass(frozen=True, slots=True)
class Request:
    """Work to be done over one state of the corpus: the server's number of it, and what that state holds."""

    work: Work
    generation: int
    held: str


@dataclass(frozen=True, slots=True)
class Done:
    """The reply to a request that was answered."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The reply to a request that nobody can answer, with the error that says why."""

    error: CorpusError | ValueError


@dataclass(frozen=True, slots=True)
class Outdated:
    """The reply of a worker that has another state of the corpus before it than the server."""


Reply = Done | Refused | Outdated


def describe_state(corpus: Corpus) -> str:
    """Return what a corpus holds in a line, by which two processes know that they have the same before them."""
    return repr(corpus.info())


class Worker:
    """What a process of its own does: it holds the corpus open and follows it from one state to the next."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._generation = 0
        self._held = describe_state(assistant.corpus)

    def reply(self, request: Request) -> Reply:
        """Return the reply to a request, from the state of the corpus that it asks for."""
        try:
            if request.generation != self._generation:
                self._follow(request.generation)
            return Done(self._do(request.work)) if request.held == self._held else Outdated()
        except (CorpusError, ValueError) as error:
            return Refused(error)

    def _follow(self, generation: int) -> None:
        """Look at the index again: the server has another state of it before it."""
        from qa.assistant import Assistant

        with suppress(CorpusError, OSError):  # it is being rebuilt: the server answers from what it holds itself
            corpus = self._assistant.corpus.current()
            if corpus is not self._assistant.corpus:
                self._assistant = Assistant(corpus)
                self._held = describe_state(corpus)
            self._generation = generation

    def _do(self, work: Work) -> Any:
        try:
            return work.do(self._assistant)
        except (CorpusError, ValueError):
            raise
        except Exception as error:
            traceback.print_exc()
            raise CorpusError("This question could not be answered; the log of the server says why.") from error


def serve() -> None:
    """Answer requests from standard input to standard output until it closes; the place and the model are arguments."""
    _, _, place, model = sys.argv[:4]
    # What a library prints must not stand among the replies.
    replies = Connection(os.dup(sys.stdout.fileno()), readable=False)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests = Connection(os.dup(sys.stdin.fileno()), writable=False)
    from index.corpus import Corpus
    from qa.assistant import Assistant

    assistant = Assistant(Corpus.open(place, model=model or None))
    assistant.ask(_FIRST)
    worker = Worker(assistant)
    with suppress(EOFError, BrokenPipeError):  # the server has gone
        replies.send(READY)
        while True:
            replies.send(worker.reply(requests.recv()))
