"""How is an untrusted file parsed so that it can neither crash, nor hang, nor fill the memory of this process?

In a child process that reads requests, each a line of JSON and the file's bytes, and answers each with a line of JSON:
what the file holds, or why it holds nothing. It is ended when a file takes too long; the next file gets a new one. No
pickle.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from index.reading.contents import Extract, FileContents
from index.reading.formats import extract
from index.records import Guessed, UnreadableFile

SECONDS = 120.0
"""The longest that one file may take."""
MEMORY = 4 * 1024**3
"""The most address space, in bytes, that a child may use, where the system can hold it to that."""


class Parser:
    """Extracts files in a child process, started when first needed; one at a time, from any thread."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def extract(
        self, data: bytes, suffix: str, *, max_bytes: int, named: Mapping[str, str] | None = None
    ) -> FileContents:
        """Return what a file's bytes hold; raise UnreadableFile with the reason where there is none."""
        request = json.dumps({"suffix": suffix, "bytes": len(data), "max_bytes": max_bytes, "named": dict(named or {})})
        with self._lock:
            child = self._started()
            late = threading.Event()

            def end() -> None:
                late.set()
                child.kill()

            timer = threading.Timer(self._seconds, end)
            timer.daemon = True
            timer.start()
            try:
                line = _exchanged(child, request.encode("ascii") + b"\n", data)
            finally:
                timer.cancel()
            if not line.endswith(b"\n"):
                self._ended()
                raise UnreadableFile(
                    f"took more than {self._seconds:g} seconds" if late.is_set() else "crashed its parser"
                )
        answer: dict[str, Any] = json.loads(line)
        if "reason" in answer:
            raise UnreadableFile(answer["reason"])
        return contents_of(answer)

    def close(self) -> None:
        """End the child process; a later extraction starts another."""
        with self._lock:
            self._ended()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._ended()
            root = str(Path(__file__).resolve().parents[2])
            code = "import sys; sys.path.insert(0, sys.argv[1]); from index.reading.child import serve; serve()"
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", code, root],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _ended(self) -> None:
        if self._child is not None:
            self._child.kill()
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        continue
            self._child.wait()
            self._child = None


def contents_of(answer: dict[str, Any]) -> FileContents:
    """Return the contents that an answer of the child describes."""
    articles = (Extract(**{**said, "pages": tuple(said["pages"])}) for said in answer["articles"])
    guessed = (Guessed(**one) for one in answer["guessed"])
    return FileContents(tuple(articles), tuple(answer["lost"]), tuple(guessed))


def _exchanged(child: subprocess.Popen[bytes], request: bytes, data: bytes) -> bytes:
    """Return the child's answer, or what there is of it when the child ended."""
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        child.stdin.write(request)
        child.stdin.write(data)
        child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return b""


@cache
def shared(pid: int) -> Parser:
    """Return the parser of the process with this id, ended when the process ends."""
    parser = Parser()
    atexit.register(parser.close)
    return parser


def serve() -> None:
    """Answer requests from standard input until it closes."""
    logging.disable(logging.CRITICAL)
    _limit_memory()
    # What a library prints must not stand among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = json.loads(line)
        answers.write(json.dumps(_answer(request, requests.read(request["bytes"]))) + "\n")
        answers.flush()


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return asdict(extract(data, request["suffix"], max_bytes=request["max_bytes"], named=request["named"]))
    except UnreadableFile as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "needs more memory than one file may take"}
    except Exception as error:  # the seam of the untrusted: the parent re-raises it as UnreadableFile
        return {"reason": f"cannot be parsed: {type(error).__name__}: {error}"[:200]}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
