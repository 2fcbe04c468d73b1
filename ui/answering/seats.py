"""How many questions are worked on at once, and how many may wait?"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from index.records import CorpusError


class Busy(CorpusError):
    """More questions at once than can wait."""


class Seats:
    """Lets so many in at once, so many more wait, and sends the rest away."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._working = threading.BoundedSemaphore(at_once)
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._inside = 0
        self._changed = threading.Condition()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a seat, waiting for it where there is room to wait. Raises Busy where there is none."""
        if not self._room.acquire(blocking=False):
            raise Busy("Busy: too many questions at once. Ask again in a moment.")
        self._count(1)
        try:
            with self._working:
                yield
        finally:
            self._count(-1)
            self._room.release()

    def give_way(self, longest: float) -> None:
        """Wait until nobody holds a seat or waits for one, so many seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside == 0, longest)

    def _count(self, change: int) -> None:
        with self._changed:
            self._inside += change
            self._changed.notify_all()
