"""Who may write? One process at a time, by a lease in the collection that every process sees.

An engine has no lock and no compare-and-set. So whoever wants to write enters a lease, and then looks whether another
stands there: if so it withdraws. Of two that come at the same moment at least one sees the other; it may be that both
withdraw, never that both write. A lease is renewed while its process lives and runs out soon after. A process that is
suspended for longer than a lease lasts, and then goes on, is not stopped: nothing looks at the lease before a commit.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from index.cluster.tables import Item, Pieces
from index.records import CorpusError, IndexLocked

SECONDS = 60.0
"""How long a lease lasts unless it is renewed, which happens four times as often."""


@contextmanager
def hold(head: Pieces, name: str) -> Iterator[None]:
    """Hold the lease. Raises IndexLocked where another process holds it."""
    owner = f"lease:{uuid.uuid4().hex}:"
    _enter(head, f"{owner}0")
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep, args=(head, owner, stopped), daemon=True)
    try:
        for other, body in head.select('key like "lease:%"').items():
            if not other.startswith(owner) and _lives(json.loads(body)):
                raise IndexLocked(f"another process is writing to {name}; try again when it is done")
        keeper.start()
        yield
    finally:
        stopped.set()
        if keeper.ident is not None:
            keeper.join()
        head.delete(f'key like "{owner}%"')


def _enter(head: Pieces, key: str) -> None:
    body = {"host": socket.gethostname(), "process": os.getpid(), "until": time.time() + SECONDS}
    head.put([Item(key, json.dumps(body).encode(), 0)])


def _keep(head: Pieces, owner: str, stopped: threading.Event) -> None:
    """Enter the lease again and again, always the new before the old is deleted, so that one stands at any moment."""
    number = 0
    while not stopped.wait(SECONDS / 4):
        try:
            _enter(head, f"{owner}{number + 1}")
            head.delete(f'key like "{owner}{number}#%"')
            number += 1
        except CorpusError:
            # The engine is away; whoever writes will notice that as well, and says so.
            continue


def _lives(lease: dict[str, object]) -> bool:
    """Return whether a lease still counts: not when it ran out, nor when its process on this machine is gone."""
    if float(str(lease["until"])) < time.time():
        return False
    if lease["host"] != socket.gethostname():
        return True
    try:
        os.kill(int(str(lease["process"])), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
