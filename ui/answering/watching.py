"""What changes in the folder that is served? Each change is read into the corpus within seconds, and told in a line."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.corpus import WriteReport
from index.records import CorpusError, EngineUnavailable, IndexLocked
from ui.answering.library import Followed, Library

if TYPE_CHECKING:
    from watchfiles import Change

AGAIN = 5.0
"""Seconds until a change is tried again that another write, or an engine that is away, kept from being read."""

_QUIET_MS = 800
"""How long changes are gathered at most before they are read: a folder that is copied in comes as few of them."""
_LOOK_MS = 500
"""How often it is looked whether the watching has ended, or something is to be tried again."""
_NAMED = 3

_LOG = logging.getLogger("recoupe")


class Watch:
    """Keeps a library up to date with a folder, in a thread of its own; the server, which alone writes, has one.

    Its corpus is what the folder holds, as after `recoupe build`: what changed while nobody watched is read first. A
    change that cannot be read leaves the corpus as it is, and is told.
    """

    def __init__(self, library: Library, folder: Path) -> None:
        if not folder.is_dir():
            raise CorpusError(f"{folder} is not a folder; give --watch a folder of articles")
        self._library, self._folder = library, folder.resolve()
        self._index = Path(library.corpus.path).resolve()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self._library.cancel()
        self._thread.join()

    def _run(self) -> None:
        polling = None  # as the system has it
        while not self._closing.is_set():
            try:
                self._watch(polling)
            except (OSError, RuntimeError) as error:  # it may give no more handles for watching, or lose the folder
                self._tell(WriteReport(), f"the system tells of no changes, so that they are looked for: {error}")
                self._closing.wait(AGAIN if polling else 0)
                polling = True

    def _watch(self, polling: bool | None) -> None:
        from watchfiles import watch

        # Watching begins before the first reading, so that nothing is missed between the two.
        changes = watch(
            self._folder,
            watch_filter=self._concerns,
            debounce=_QUIET_MS,
            stop_event=self._closing,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            force_polling=polling,
        )
        pending, earliest = True, 0.0
        for changed in changes:
            pending = pending or bool(changed)
            if pending and time.monotonic() >= earliest and not self._closing.is_set():
                pending = not self._follow()
                earliest = time.monotonic() + AGAIN

    def _concerns(self, change: Change, path: str) -> bool:
        """Return whether a change is one of the articles: not of what is hidden, nor of the index itself."""
        place = Path(path)
        inside = place.relative_to(self._folder).parts if place.is_relative_to(self._folder) else ()
        return not place.is_relative_to(self._index) and not any(part.startswith(".") for part in inside)

    def _follow(self) -> bool:
        """Read what has changed, and return whether that is done: it is not where another write is going on."""
        try:
            report = self._library.follow(self._folder)
        except (IndexLocked, EngineUnavailable):
            return False
        except (CorpusError, OSError) as error:
            if not self._closing.is_set():
                self._tell(WriteReport(), str(error))
            return True
        if report.read or report.removed:
            self._tell(report)
        return True

    def _tell(self, report: WriteReport, problem: str = "") -> None:
        self._library.followed = Followed(datetime.now(), report, problem)
        _LOG.warning("%s: %s", self._folder.name, problem or tell_report(report))


def tell_report(report: WriteReport) -> str:
    """Return what a change did, in a line.

    >>> tell_report(WriteReport(read=("a.txt", "b.txt"), removed=("c.txt",), reused=("d.txt",)))
    '2 read (a.txt, b.txt), 1 gone (c.txt), 1 unchanged'
    """
    parts = []
    for word, sources in (("read", report.read), ("gone", report.removed)):
        named = ", ".join(sources[:_NAMED]) + ", …" * (len(sources) > _NAMED)
        parts += [f"{len(sources)} {word} ({named})"] if sources else []
    parts += [f"{len(report.reused)} unchanged"] if report.reused else []
    parts += [f"{len(report.skipped)} skipped"] if report.skipped else []
    return ", ".join(parts)
