"""How does the page come onto the network, and how does it leave it?

Everything that gradio puts on disk goes into a folder of this process alone, which is removed at the end.
"""

from __future__ import annotations

import errno
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import uvicorn

from index.corpus import Corpus
from index.records import CorpusError
from ui.answering.library import Library
from ui.answering.watching import Watch
from ui.answering.workers import Workers
from ui.server.accounts import Accounts, read_accounts
from ui.server.application import build_application
from ui.server.hosting import Hosting

GRACE = 5
"""Seconds that requests under way have to end once the server is asked to."""


def serve_corpus(corpus: Corpus, hosting: Hosting) -> None:
    """Serve the page over a corpus and print its address, until interrupted.

    Where another port than the first is taken, that is said. Ends with KeyboardInterrupt on SIGINT and with
    SystemExit(0) on SIGTERM.
    """
    signal.signal(signal.SIGTERM, _leave)
    accounts = Accounts(read_accounts(hosting.auth_file)) if hosting.auth_file else None
    if accounts is None and not hosting.private:
        click.echo(
            f"Warning: whoever reaches {hosting.host} reads this corpus; --auth-file asks for a login.", err=True
        )
    with (
        listen(hosting.host, hosting.port, tries=hosting.tries) as listener,
        tempfile.TemporaryDirectory(prefix="recoupe-") as folder,
        Workers(corpus.path, hosting.workers, model=hosting.model) as workers,
    ):
        library = Library(corpus, workers if workers.number > 1 else None)
        app, stop = build_application(library, hosting, files=Path(folder), accounts=accounts)
        taken = listener.getsockname()[1]
        if hosting.port not in (0, taken):
            click.echo(f"Port {hosting.port} is in use, so the page is on port {taken}.", err=True)
        click.echo(f"Recoupe answers at {hosting.address(taken)} (Ctrl-C stops it)")
        if workers.number > 1:
            workers.start()  # the page can be asked meanwhile: the server answers itself until they are ready
        config = uvicorn.Config(
            app, log_level="warning", timeout_graceful_shutdown=GRACE, ws="none", server_header=False
        )
        with Watch(library, hosting.watch) if hosting.watch else nullcontext():
            _Server(config, stop).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, which tells the page that it stops, so that no stream of events keeps a connection open."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stop()
        await super().shutdown(sockets)


def listen(host: str, port: int, *, tries: int) -> socket.socket:
    """Return a socket that listens on the first free port from `port` on; on any free one for 0.

    Raises CorpusError when there is none.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + tries, 65536)):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(2048)
        except OSError as error:
            listener.close()
            if isinstance(error, PermissionError):
                raise CorpusError(
                    f"port {candidate} needs the rights of an administrator; choose one over 1023"
                ) from error
            if isinstance(error, socket.gaierror):
                raise CorpusError(f"{host} is not an address of this machine") from error
            if error.errno != errno.EADDRINUSE:
                raise CorpusError(f"{host} cannot be listened on: {error.strerror}") from error
            continue
        return listener
    raise CorpusError(f"port {port} on {host} is in use; choose another with --port")


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)
