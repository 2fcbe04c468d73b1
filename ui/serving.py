"""How does the page come onto the network, and how does it leave it?

One application: gradio's, with its queue, inside a `Guard` that decides what reaches it. Everything that gradio puts
on disk goes into a folder of this process alone, which is removed at the end.
"""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import ipaddress
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import click
import fastapi
import uvicorn
from starlette.responses import JSONResponse
from starlette.routing import Mount

from index.corpus import Corpus
from index.records import CorpusError, MissingExtra
from ui.accounts import Accounts, read_accounts
from ui.calls import signatures
from ui.guard import HEALTH, Guard
from ui.live import Library
from ui.login import Door

if TYPE_CHECKING:
    import gradio as gr

MAX_UPLOAD = 20_000_000
"""In bytes, unless told otherwise."""
MOST_QUEUED = 64
"""Questions that may wait in gradio's queue; the next is told that the server is busy."""
SESSIONS = 100
"""Of how many visitors gradio keeps the components (90 kB each); nothing of ours is in them, and each call of a program
counts as one."""
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
    with listening(host, port, tries=tries) as listener, tempfile.TemporaryDirectory(prefix="recoupe-") as folder:
        library = Library(corpus)
        app, stopping = application(
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


def application(
    library: Library,
    *,
    files: Path,
    hosts: frozenset[str] | None = None,
    accounts: Accounts | None = None,
    max_upload: int = 0,
    root_path: str = "",
    mcp: bool = False,
    candidates: Path | None = None,
) -> tuple[Guard, Callable[[], None]]:
    """Return the whole application, and the function that ends its streams of events.

    `files` is the folder for what gradio keeps; `hosts` the names under which the server may be addressed, any where
    it is None; `max_upload` is in bytes, 0 where uploads are off. Raises MissingExtra where `mcp` lacks its package.
    """
    if mcp and importlib.util.find_spec("mcp") is None:
        raise MissingExtra('--mcp needs the package mcp; install it with: pip install "recoupe[mcp]"')
    for variable in ("GRADIO_TEMP_DIR", "GRADIO_EXAMPLES_CACHE"):  # gradio reads them once, when it is imported
        os.environ[variable] = str(files)
    from ui.web import page

    demo = page(library, uploads=max_upload > 0, candidates=candidates)
    demo.queue(max_size=MOST_QUEUED, api_open=False)
    demo.state_session_capacity = SESSIONS
    outer = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_api_route(HEALTH, lambda: _health(library), methods=["GET", "HEAD"])
    inner = _mounted(
        outer,
        demo,
        index=library.corpus.path if isinstance(library.corpus.path, Path) else None,
        closed=accounts is not None,
        max_upload=max_upload,
        root_path=root_path,
        mcp=mcp,
    )
    prefix = urlsplit(root_path).path.rstrip("/")
    guard = Guard(
        outer,
        files=files,
        door=Door(accounts, root_path=prefix) if accounts else None,
        hosts=hosts,
        root_path=prefix,
        most_upload=max_upload,
        endpoints=signatures(demo.get_api_info()),
        events={
            number: len(event.inputs)
            for number, event in demo.fns.items()
            if event.fn and not event.queue and event.api_visibility == "private"
        },
    )

    def stopping() -> None:
        demo.is_running = False
        inner.stop_event.set()

    return guard, stopping


def _mounted(
    outer: fastapi.FastAPI,
    demo: gr.Blocks,
    *,
    index: Path | None,
    closed: bool,
    max_upload: int,
    root_path: str,
    mcp: bool,
) -> gr.routes.App:
    """Put the page at the root of the application and return gradio's own; nothing of it goes out or is recorded."""
    import gradio as gr

    from ui.web import style, theme, words

    gr.mount_gradio_app(
        outer,
        demo,
        path="/",
        footer_links=[],
        run_history=False,
        auth_dependency=(lambda request: request.scope["recoupe_user"]) if closed else None,
        root_path=root_path or None,
        allowed_paths=[],
        blocked_paths=[str(index.resolve())] if index else [],
        show_error=False,
        max_file_size=max_upload or 1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=mcp,
        theme=theme(),
        css=style(),
        i18n=words(),
    )
    if mcp and demo.mcp_error:
        raise CorpusError(f"the MCP server does not start: {demo.mcp_error}")
    return next(r.app for r in outer.routes if isinstance(r, Mount) and isinstance(r.app, gr.routes.App))


def listening(host: str, port: int, *, tries: int) -> socket.socket:
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


def _health(library: Library) -> JSONResponse:
    """Return what a monitor asks for; nothing in it is secret."""
    info = library.corpus.info()
    counts = {name: info[name] for name in ("sources", "paragraphs")}
    with contextlib.suppress(PackageNotFoundError):  # a checkout that was not installed has no version
        return JSONResponse({"status": "ok", **counts, "version": version("recoupe")})
    return JSONResponse({"status": "ok", **counts, "version": None})


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
