"""How does the page come onto the network, and how does it leave it?

Everything that gradio puts on disk goes into a folder of this process alone, which is removed at the end.
"""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

import click
import uvicorn

from index.corpus import Corpus
from index.records import CorpusError
from ui.answering.library import Library
from ui.server.accounts import Accounts, read_accounts
from ui.server.application import build_application

MAX_UPLOAD = 20_000_000
"""In bytes, unless told otherwise."""
GRACE = 3
"""Seconds that requests under way have to end once the server is asked to."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def serve(
    corpus: Corpus,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    tries: int = 1,
    auth_file: Path | None = None,
    uploads: bool = False,
    max_upload: int = MAX_UPLOAD,
    root_path: str = "",
    mcp: bool = False,
    candidates: Path | None = None,
) -> None:
    """Serve the page and print its address, until interrupted.

    `tries` ports from `port` on are tried; where another than the first is taken, that is said. `auth_file` holds who
    may log in; `max_upload` is in bytes; `root_path` is where a proxy shows the page, a path or a whole address; `mcp`
    offers the endpoints as tools too; marks on passages go to the file `candidates`. Ends with KeyboardInterrupt on
    SIGINT and with SystemExit(0) on SIGTERM.
    """
    signal.signal(signal.SIGTERM, _leave)
    accounts = Accounts(read_accounts(auth_file)) if auth_file else None
    if accounts is None and not _private(host):
        click.echo(f"Warning: whoever reaches {host} reads this corpus; --auth-file asks for a login.", err=True)
    with listen(host, port, tries=tries) as listener, tempfile.TemporaryDirectory(prefix="recoupe-") as folder:
        library = Library(corpus)
        app, stopping = build_application(
            library,
            files=Path(folder),
            hosts=_hosts(host, root_path) if accounts is None else None,
            accounts=accounts,
            max_upload=max_upload if uploads else 0,
            root_path=root_path,
            mcp=mcp,
            candidates=candidates,
        )
        taken = listener.getsockname()[1]
        if port not in (0, taken):
            click.echo(f"Port {port} is in use, so the page is on port {taken}.", err=True)
        click.echo(f"Recoupe answers at {_address(host, taken)} (Ctrl-C stops it)")
        config = uvicorn.Config(
            app, log_level="warning", timeout_graceful_shutdown=GRACE, ws="none", server_header=False
        )
        _Server(config, stopping).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn, which tells the page that it stops, so that no stream of events keeps a connection open."""

    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping()
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


def _private(host: str) -> bool:
    """Return whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hosts(host: str, root_path: str) -> frozenset[str] | None:
    """Return the names by which a server without logins may be addressed: on this machine its own, else any."""
    if not _private(host):
        return None
    public = urlsplit(root_path).hostname
    return _LOOPBACK | {f"[{host}]" if ":" in host else host} | ({public} if public else set())


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
