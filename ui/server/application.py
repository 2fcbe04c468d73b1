"""What is it that answers requests? gradio's page with its queue, inside a `Guard` that decides what reaches it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import fastapi
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from index.records import CorpusError, MissingExtra
from ui.answering.library import Library
from ui.server.accounts import Accounts
from ui.server.calls import read_signatures
from ui.server.guard import HEALTH, Guard, Limits
from ui.server.headers import PACKED
from ui.server.hosting import Hosting
from ui.server.login import Login

if TYPE_CHECKING:
    import gradio as gr

MOST_QUEUED = 64
"""Questions that may wait in gradio's queue; the next is told that the server is busy."""
SMALL = 1000
"""Bytes below which no response is compressed."""
_FILES = re.compile(r"/(?:assets|static|svelte|run)/|\.(?:css|js)$|/config$")
"""Paths of what the page is made of, and of calls that are answered at once."""
SESSIONS = 100
"""Of how many visitors gradio keeps the components (90 kB each); nothing of ours is in them, and each call of a program
counts as one."""


def build_application(
    library: Library, hosting: Hosting, *, files: Path, accounts: Accounts | None = None
) -> tuple[Guard, Callable[[], None]]:
    """Return the whole application, and the function that ends its streams of events.

    `files` is the folder for what gradio keeps; `accounts` holds those who may log in, where a login is asked for.
    Raises MissingExtra where the tools that `hosting` asks for lack their package.
    """
    if hosting.mcp and importlib.util.find_spec("mcp") is None:
        raise MissingExtra('--mcp needs the package mcp; install it with: pip install "recoupe[mcp]"')
    for variable in ("GRADIO_TEMP_DIR", "GRADIO_EXAMPLES_CACHE"):  # gradio reads them once, when it is imported
        os.environ[variable] = str(files)
    from ui.web import build_page

    demo = build_page(library, uploads=hosting.uploads, candidates=hosting.candidates)
    demo.queue(max_size=MOST_QUEUED, api_open=False)
    demo.state_session_capacity = SESSIONS
    outer = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_api_route(HEALTH, lambda: _health(library), methods=["GET", "HEAD"])
    inner = _mount(outer, demo, hosting, place=library.corpus.path, closed=accounts is not None)
    limits = Limits(
        files=files,
        door=Login(accounts, root_path=hosting.prefix) if accounts else None,
        hosts=hosting.hosts,
        root_path=hosting.prefix,
        most_upload=hosting.largest_upload,
        endpoints=read_signatures(demo.get_api_info()),
        events={
            number: len(event.inputs)
            for number, event in demo.fns.items()
            if event.fn and not event.queue and event.api_visibility == "private"
        },
    )

    def stop() -> None:
        library.close()
        demo.is_running = False
        inner.stop_event.set()

    return Guard(_Packing(outer), limits), stop


class _Packing:
    """Compresses files and replies, and nothing that may be a stream: none would be heard of before its first word."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._packed = app, GZipMiddleware(app, SMALL, PACKED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fixed = scope["type"] == "http" and _FILES.search(scope["path"])
        await (self._packed if fixed else self._app)(scope, receive, send)


def _mount(
    outer: fastapi.FastAPI, demo: gr.Blocks, hosting: Hosting, *, place: Path | str, closed: bool
) -> gr.routes.App:
    """Put the page at the root of the application and return gradio's own; nothing of it goes out or is recorded."""
    import gradio as gr

    from ui.web import gather_translations, make_theme, read_style

    gr.mount_gradio_app(
        outer,
        demo,
        path="/",
        footer_links=[],
        run_history=False,
        auth_dependency=(lambda request: request.scope["recoupe_user"]) if closed else None,
        root_path=hosting.root_path or None,
        allowed_paths=[],
        blocked_paths=[str(place.resolve())] if isinstance(place, Path) else [],
        show_error=False,
        max_file_size=hosting.largest_upload or 1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=hosting.mcp,
        theme=make_theme(),
        css=read_style(),
        i18n=gather_translations(demo),
    )
    if hosting.mcp and demo.mcp_error:
        raise CorpusError(f"the MCP server does not start: {demo.mcp_error}")
    return next(r.app for r in outer.routes if isinstance(r, Mount) and isinstance(r.app, gr.routes.App))


def _health(library: Library) -> JSONResponse:
    """Return what a monitor asks for; nothing in it is secret."""
    info = library.corpus.info()
    counts = {name: info[name] for name in ("sources", "paragraphs")}
    with contextlib.suppress(PackageNotFoundError):  # a checkout that was not installed has no version
        return JSONResponse({"status": "ok", **counts, "version": version("recoupe")})
    return JSONResponse({"status": "ok", **counts, "version": None})
