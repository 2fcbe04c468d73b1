"""How does a server answer in several processes, and what when one of them ends?

The server itself, with its page, sessions, limits and queue, stays one process, and the only one that writes. What
takes long, working out an answer, is handed to workers: processes that have the same index mapped into memory. What
none of them can take, the server answers itself, as one without workers answers everything.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from index.facts.child import count_cores
from index.records import CorpusError
from ui.answering.work import READY, Reply, Request

SERVE = "import sys; sys.path.insert(0, sys.argv[1]); from ui.answering.work import serve; serve()"
"""The program of a worker; its arguments are the folder of the packages, the place of the index and the model."""

AGAIN = 5.0
"""Seconds that a worker must have lived to be replaced at once; one that did not is replaced after as many."""

_LOG = logging.getLogger("recoupe")


def choose_number() -> int:
    """Return how many processes a server answers in, unless told otherwise: one for each two cores, at least one."""
    return max(1, count_cores() // 2) if os.name == "posix" else 1


class Workers:
    """Processes that answer over the index at `place`; `start` returns at once, `close` ends them."""

    def __init__(self, place: Path | str, number: int, *, model: str | Path | None = None) -> None:
        if number > 1 and os.name != "posix":
            raise CorpusError("several workers need a POSIX system; leave --workers out on this one")
        self.number = number
        self._arguments = [str(place), str(model or "")]
        self._changed = threading.Condition()
        self._idle: list[_Process] = []
        self._up: set[_Process] = set()
        self._closing = threading.Event()
        self._keepers: list[threading.Thread] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start the processes; each is asked from when it is ready."""
        for _ in range(self.number):
            keeper = threading.Thread(target=self._keep, daemon=True)
            self._keepers.append(keeper)
            keeper.start()

    def close(self) -> None:
        """End the processes, whatever they are doing, and wait until they have ended."""
        self._closing.set()
        with self._changed:
            for process in self._up:
                process.end()
            self._changed.notify_all()
        for keeper in self._keepers:
            keeper.join()

    def list_up(self) -> list[int]:
        """Return the ids of the processes that are ready, busy ones among them."""
        with self._changed:
            return sorted(process.pid for process in self._up)

    def do(self, request: Request) -> Reply | None:
        """Return the reply to a request; None where no worker is up yet.

        Where a worker ends over it, another is asked, once: raises CorpusError where that ends too, or is not there.
        The server does not try then, lest it ends as well.
        """
        for again in (False, True):
            process = self._take()
            if process is None:
                if again:
                    break
                return None
            reply = process.ask(request)
            if reply is not None:
                self._give_back(process)
                return reply
        raise CorpusError("What worked on this question ended before it was answered. Ask again in a moment.")

    def _take(self) -> _Process | None:
        """Return a worker that does nothing, waiting for one; None where none is up."""
        with self._changed:
            while self._up and not self._idle and not self._closing.is_set():
                self._changed.wait()
            return self._idle.pop() if self._idle and not self._closing.is_set() else None

    def _give_back(self, process: _Process) -> None:
        with self._changed:
            if process in self._up:
                self._idle.append(process)
            self._changed.notify()

    def _keep(self) -> None:
        """Keep one worker up until the server closes."""
        while not self._closing.is_set():
            started = time.monotonic()
            try:
                ended = self._run()
            except OSError as error:  # no memory or no file handles are left for a process
                ended = str(error)
            if not self._closing.is_set():
                _LOG.warning("A worker ended (%s); another one is started.", ended)
                self._closing.wait(0 if time.monotonic() - started >= AGAIN else AGAIN)

    def _run(self) -> str:
        """Start a worker, let it be asked until it ends, and return how it did."""
        with _Process(self._arguments, self.number) as process:
            if process.wait_ready(self._closing):
                self._join(process)
                process.wait()
                self._leave(process)
        return process.tell_end()

    def _join(self, process: _Process) -> None:
        with self._changed:
            self._up.add(process)
            self._idle.append(process)
            if self._closing.is_set():
                process.end()
            self._changed.notify_all()

    def _leave(self, process: _Process) -> None:
        with self._changed:
            self._up.discard(process)
            if process in self._idle:
                self._idle.remove(process)
            self._changed.notify_all()


class _Process:
    """One worker as the server sees it. It ends by itself where the server does, however that ends."""

    def __init__(self, arguments: list[str], number: int) -> None:
        root = str(Path(__file__).resolve().parents[2])
        threads = str(max(1, count_cores() // number))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", SERVE, root, *arguments],  # -P: nothing is imported from where it is started
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"OMP_NUM_THREADS": threads, **os.environ},
            start_new_session=True,  # Ctrl-C in the terminal is for the server, which ends its workers
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a process that was asked for pipes has none")
        self._requests = Connection(os.dup(self._process.stdin.fileno()), readable=False)
        self._replies = Connection(os.dup(self._process.stdout.fileno()), writable=False)
        self._speaking = threading.Lock()

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()
        self.wait()
        with self._speaking:  # whoever still listens to it hears that it has ended
            self._requests.close()
            self._replies.close()
        self._process.__exit__(kind, error, at)

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    def wait_ready(self, closing: threading.Event) -> bool:
        """Return whether it can answer, once it has said so; it cannot where it, or the server, has ended before."""
        while not closing.is_set():
            if self._replies.poll(0.1):
                return bool(self._read() == READY)
        return False

    def ask(self, request: Request) -> Reply | None:
        """Return the reply to a request; None where the process ends before it."""
        with self._speaking:
            try:
                self._requests.send(request)
                reply: Reply | None = self._read()
            except OSError:
                return None
            except BaseException:
                self.end()  # what was half said would be taken for the reply to the next request
                raise
            return reply

    def _read(self) -> Any:
        try:
            return self._replies.recv()
        except (EOFError, OSError):
            return None

    def wait(self) -> None:
        """Wait until it has ended."""
        self._process.wait()

    def end(self) -> None:
        """End it, whatever it does: it holds nothing that could be lost."""
        self._process.kill()

    def tell_end(self) -> str:
        """Return how it ended."""
        status = self._process.returncode
        return f"signal {-status}" if status < 0 else f"status {status}"
