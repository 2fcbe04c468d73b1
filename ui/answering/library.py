"""Which corpus is being served just now, and how does it change while people read it?

Readers take the corpus once and keep it for the whole of their question; a writer works on a copy and swaps it in when
its generation is on disk. A question in flight therefore sees one generation from its search to its last quote, and a
write that fails or is cancelled changes nothing.
"""

from __future__ import annotations

import copy
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from index.changing import Description
from index.corpus import MAX_BYTES, Corpus, Progress, WriteReport
from index.generation import split
from index.records import CorpusError, Hit, IndexLocked
from qa.answers import Answer
from qa.assistant import Assistant
from qa.matters.matter import Matter
from ui.answering.conversation import Turn, trace_back
from ui.answering.describing import Described, add_described
from ui.answering.scope import Scope, Source
from ui.answering.seats import Busy
from ui.answering.work import Ask, Compare, Done, Refused, Request, Search, Work, describe_state
from ui.answering.workers import Workers

REMEMBERED = 10
"""How many earlier questions of a conversation a follow-up can refer to."""

_CACHED = 1024

_PATIENCE = 1.0
"""Seconds that whoever asks waits for what another process wrote."""

_EVERY = 2.0
"""Seconds after which it is looked whether another process has changed the index."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The last change of the folder that is watched: when it was read, and what came of it or why nothing did."""

    at: datetime
    report: WriteReport
    problem: str = ""


class Occupied(IndexLocked):
    """A write while another is going on."""


class Cancelled(CorpusError):
    """A write that was given up on the user's word; the index is as it was before."""


class Served:
    """One generation of the corpus, with what was worked out over it."""

    def __init__(self, corpus: Corpus, generation: int, workers: Workers | None = None) -> None:
        self.corpus = corpus
        self.generation = generation
        self.assistant = Assistant(corpus)
        self._workers = workers
        self._held = describe_state(corpus) if workers else ""
        me = weakref.proxy(self)  # caches that held this would keep it until the garbage collector comes by
        self.answer: Callable[[tuple[Turn, ...]], Answer] = lru_cache(maxsize=_CACHED)(lambda turns: me._answer(turns))
        self.compare: Callable[[str, Scope], Sequence[Matter]] = lru_cache(maxsize=32)(
            lambda *asked: me._compare(*asked)
        )
        """Return the matters of a scope that are about some words, "" for all of them."""
        self.paragraphs: Callable[[str], int] = lru_cache(maxsize=None)(lambda source: me._paragraphs(source))
        """Return in how many paragraphs a source is read. Raises KeyError for a source that the corpus lacks."""

    def _answer(self, turns: tuple[Turn, ...]) -> Answer:
        *before, last = turns
        earlier = [self.answer(turns[: number + 1]) for number in range(len(before))]
        answer: Answer = self._do(Ask(last.question, tuple(earlier), last.scope.select(self.sources)))
        return answer

    def search(self, question: str, scope: Scope, *, k: int, retriever: str) -> Sequence[Hit]:
        """Return the k paragraphs of a scope that are nearest to a question, best first."""
        hits: Sequence[Hit] = self._do(Search(question, k, retriever, scope.select(self.sources)))
        return hits

    def _compare(self, about: str, scope: Scope) -> Sequence[Matter]:
        matters: Sequence[Matter] = self._do(Compare(about, scope.select(self.sources)))
        return matters

    def _do(self, work: Work) -> Any:
        """Return what comes of the work, from a worker that has this generation before it, else worked out here."""
        reply = self._workers.do(Request(work, self.generation, self._held)) if self._workers else None
        if isinstance(reply, Refused):
            raise reply.error
        return reply.value if isinstance(reply, Done) else work.do(self.assistant)

    def _paragraphs(self, source: str) -> int:
        return len(split(self.corpus.document(source)).paragraphs)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in order of name, without its text."""
        return tuple(Source.of(self.corpus.document(source)) for source in self.corpus.sources)


class Library:
    """The corpus that is served, safe to read and to write from many threads; `workers` help to answer."""

    def __init__(self, corpus: Corpus, workers: Workers | None = None) -> None:
        self._workers = workers
        self._served = Served(corpus, 1, workers)
        self._writing = threading.Lock()
        self._look = time.monotonic() + _EVERY
        self._cancelled = threading.Event()
        self._closed = threading.Event()
        self.followed: Followed | None = None
        """The last change of the folder that is watched, where one is."""

    @property
    def now(self) -> Served:
        """The generation that is served now; whoever needs two things of it takes it once.

        What another process wrote is served from `_EVERY` seconds after; what of it cannot be opened, never.
        """
        if time.monotonic() >= self._look and self._writing.acquire(blocking=False):
            looking = threading.Thread(target=self._renew, daemon=True)
            looking.start()
            looking.join(_PATIENCE)  # an engine may be away for long: what was served is served on, then
        return self._served

    def _renew(self) -> None:
        """Serve what another process has written, if anything; called with the lock held, which this releases."""
        try:
            corpus = self._served.corpus.current()
            if corpus is not self._served.corpus:
                self._served = Served(corpus, self._served.generation + 1, self._workers)
        except (CorpusError, OSError):
            pass  # a rebuilt index is not whole yet, or the engine is away: what was served is still right
        finally:
            self._look = time.monotonic() + _EVERY
            self._writing.release()

    @property
    def corpus(self) -> Corpus:
        """The corpus as it is now."""
        return self.now.corpus

    @property
    def generation(self) -> int:
        """Grows by one with each change; what was remembered under another number is out of date."""
        return self.now.generation

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in order of name, without its text."""
        return self.now.sources

    def answer(self, turns: Sequence[Turn]) -> Answer:
        """Return the answer to the last of a conversation's questions, given all of them in order.

        An answer depends on the questions before it and on the corpus, and on nothing else, so nothing is kept for
        anybody: earlier answers are asked for again, and found in a cache that goes when the corpus changes. Two
        conversations meet there only where they are word for word the same from the beginning. Raises Busy once the
        library is closed.
        """
        if self._closed.is_set():
            raise Busy("Busy: the server is being stopped.")
        served = self.now  # held until it has answered: a change meanwhile takes it out of here
        return served.answer(trace_back(turns)[-REMEMBERED - 1 :])

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        max_bytes: int = MAX_BYTES,
        progress: Progress | None = None,
    ) -> WriteReport:
        """Read files and folders into the corpus and return what was read, reused and skipped.

        Raises CorpusError where nothing could be read or another write is going on, Cancelled after `cancel`.
        """
        with self._changed() as corpus:
            return corpus.add(paths, max_bytes=max_bytes, progress=self._obeying(progress))

    def add_described(self, folder: Path, *, progress: Progress | None = None) -> Described:
        """Read a folder with a `sources.csv` that describes also what is there already. Raises as `add` does."""
        with self._changed() as corpus:
            return add_described(corpus, folder, self._obeying(progress))

    def follow(self, folder: Path) -> WriteReport:
        """Bring the corpus up to date with a folder, as `recoupe build` does. Raises as `add` does."""
        with self._changed() as corpus:
            return corpus.follow(folder, progress=self._obeying(None))

    def remove(self, sources: Iterable[str]) -> int:
        """Take sources out of the corpus and return how many there were. Raises CorpusError where it lacks one."""
        with self._changed() as corpus:
            return corpus.remove(sources)

    def describe(self, told: Mapping[str, Description]) -> int:
        """Have the index say of these sources what it is told, and return how many there are. Raises as `remove`."""
        with self._changed() as corpus:
            return len(corpus.describe(told))

    def reindex(self, *, progress: Progress | None = None) -> int:
        """Cut every article into paragraphs and encode it anew, and return how many there are. Raises as `add` does."""
        with self._changed() as corpus:
            return corpus.reindex(progress=self._obeying(progress))

    def close(self) -> None:
        """Answer nothing more, so that what asks one question after the other ends with the one that it is at."""
        self._closed.set()

    def cancel(self) -> None:
        """Have the write that is going on, if any, end with Cancelled and change nothing."""
        self._cancelled.set()

    def _obeying(self, progress: Progress | None) -> Progress:
        """Return the progress callable that also ends the write once it is cancelled."""

        def tell(stage: str, done: int, total: int) -> None:
            if progress is not None:
                progress(stage, done, total)
            if self._cancelled.is_set():
                raise Cancelled("cancelled; the corpus is as it was before")

        return tell

    @contextmanager
    def _changed(self) -> Iterator[Corpus]:
        """Give a copy of the corpus to be written through, and serve it once that has worked."""
        if not self._writing.acquire(timeout=_EVERY):  # a look at what others wrote is short
            raise Occupied("the corpus is being changed just now; try again when that is done")
        try:
            self._cancelled.clear()
            corpus = copy.copy(self.corpus)  # shares the encoder; a write gives the copy a generation of its own
            yield corpus
            self._served = Served(corpus, self.generation + 1, self._workers)
        finally:
            self._writing.release()
