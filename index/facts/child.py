"""How are paragraphs read so that none can crash, hang or fail a build? In child processes, each text in its turn.

A child reads requests, each a line of JSON, and answers each with a record (see `index.facts.contents`) behind its
length (u32, little-endian). One that takes too long on a text is ended, that text is left without facts and says why,
and the next text gets a new child. No pickle.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from index.facts.capitals import capitalised, placed
from index.facts.contents import Contents, Topic, pack, pack_topic, stored_facts
from index.facts.gazetteer import countries
from index.facts.read import read_facts
from index.facts.signature import sign
from index.facts.terms import read_terms, years_of
from index.paragraphs.sentences import sentences

SECONDS = 20.0
"""The longest that one text may take; a paragraph takes some thousandths of one."""

SERVE = "import sys; sys.path.insert(0, sys.argv[1]); from index.facts.child import serve; serve()"
"""The program of a child; its argument is the folder in which the packages are."""

STARTING = 120.0
"""The longest that a child may take to be ready, in seconds: on a busy machine its libraries take several."""

STARTS = 3
"""After so many starts in a row that failed, no more are tried."""

READY = b"+"
"""What a child says first."""

CHUNK = 32
"""Texts that are handed to a child at a time."""

_LENGTH = struct.Struct("<I")


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be read: a paragraph, or with `topic` the beginning of a document."""

    text: str
    language: str
    published: date | None = None
    topic: bool = False


def read_record(text: Text) -> bytes:
    """Return the record of a text, read in this process."""
    keys, starts = read_terms(text.text, text.language)
    if text.topic:
        names, places = capitalised(text.text), placed(text.text, text.language)
        at, years = countries(text.text), years_of(text.text)
        return pack_topic(Topic(np.unique(keys), at, years, names, places, sign(keys)))
    facts = stored_facts(read_facts(text.text, text.language, published=text.published))
    found = sentences(text.text, text.language) or [(0, len(text.text))]
    return pack(Contents(keys, starts, np.array(found, np.int32).reshape(-1, 2), facts))


def unread_record(text: Text, reason: str) -> bytes:
    """Return the record of a text that could not be read: one sentence, no facts, and the reason."""
    keys, starts = read_terms(text.text, text.language)
    if text.topic:
        return pack_topic(Topic(np.unique(keys), frozenset(), frozenset(), signature=sign(keys)))
    return pack(Contents(keys, starts, np.array([[0, len(text.text)]], np.int32), unread=reason))


@contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """End a process that takes longer than this; yield the event that tells whether it did."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


class CannotStart(Exception):
    """A child ended, or said nothing, before it was ready."""


class _Child:
    """One child process, started when it is first needed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._failed = 0

    def read(self, text: Text) -> bytes:
        """Return the record of a text, whatever becomes of the child."""
        if self._failed >= STARTS:
            return unread_record(text, "its reader does not start")
        try:
            process = self._started()
        except (OSError, CannotStart):
            self._failed += 1
            return unread_record(text, "its reader does not start")
        self._failed = 0
        with _ended_after(process, self._seconds) as late:
            record = _exchanged(process, text)
        if record is None or late.is_set():
            self.close()
        if record is None:
            reason = f"took more than {self._seconds:g} seconds" if late.is_set() else "ended its reader"
            return unread_record(text, reason)
        return record

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            root = str(Path(__file__).resolve().parents[2])
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", SERVE, root],  # nothing is imported from the folder that one stands in
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in the terminal is for its parent, which ends it
            )
            with _ended_after(self._process, STARTING):
                told = self._process.stdout.read(len(READY)) if self._process.stdout is not None else b""
            if told != READY:
                self.close()
                raise CannotStart
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()


class Readers:
    """Reads texts in child processes, several at a time; safe to share between threads."""

    def __init__(self, *, count: int = 0, seconds: float = SECONDS) -> None:
        size = count or max(1, count_cores() // 2)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="facts")
        self._children: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        self._all = [_Child(seconds) for _ in range(size)]
        for child in self._all:
            self._children.put(child)

    def read(self, texts: Iterable[Text]) -> Generator[bytes]:
        """Return the record of each text, in order; they are read ahead while the caller does something else.

        Closing it leaves unread what is not being read yet.
        """
        texts = list(texts)
        chunks = [texts[begin : begin + CHUNK] for begin in range(0, len(texts), CHUNK)]
        return _flatten([self._threads.submit(self._read, chunk) for chunk in chunks])

    def _read(self, texts: Sequence[Text]) -> list[bytes]:
        child = self._children.get()
        try:
            return [child.read(text) for text in texts]
        finally:
            self._children.put(child)

    def close(self) -> None:
        """End the child processes; texts that are not read yet are not read."""
        self._threads.shutdown(cancel_futures=True)
        for child in self._all:
            child.close()


def _flatten(waiting: list[Future[list[bytes]]]) -> Generator[bytes]:
    try:
        for place, future in enumerate(waiting):
            yield from future.result()
            waiting[place] = Future()  # what was given is not kept
    finally:
        for future in waiting:
            future.cancel()


@cache
def shared(pid: int) -> Readers:
    """Return the readers of the process with this id, ended when the process ends."""
    readers = Readers()
    atexit.register(readers.close)
    return readers


def _exchanged(child: subprocess.Popen[bytes], text: Text) -> bytes | None:
    """Return the child's record; None when the child ended."""
    if child.stdin is None or child.stdout is None:
        return None
    published = text.published.isoformat() if text.published else None
    request = json.dumps([text.text, text.language, published, text.topic])
    try:
        child.stdin.write(request.encode("ascii") + b"\n")
        child.stdin.flush()
        length = child.stdout.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            return None
        (size,) = _LENGTH.unpack(length)
        record = child.stdout.read(size)
    except OSError:
        return None
    return record if len(record) == size else None


def serve() -> None:
    """Answer requests from standard input until it closes."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the answers
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        text, language, published, topic = json.loads(line)
        wanted = Text(text, language, date.fromisoformat(published) if published else None, topic)
        record = _answer(wanted)
        answers.write(_LENGTH.pack(len(record)) + record)
        answers.flush()


def _answer(text: Text) -> bytes:
    try:
        return read_record(text)
    except Exception as error:  # a fault of the reader costs this text its facts, and is counted and told
        return unread_record(text, f"{type(error).__name__}: {error}"[:200])
