"""What is it that answers requests? gradio's page with its queue, inside a `Guard` that decides what reaches it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import fastapi
from starlette.responses import JSONResponse
from starlette.routing import Mount

from index.records import CorpusError, MissingExtra
from ui.answering.library import Library
from ui.server.accounts import Accounts
from ui.server.calls import read_signatures
from ui.server.guard import HEALTH, Guard
from ui.server.login import Login

if TYPE_CHECKING:
    import gradio as gr

MOST_QUEUED = 64
"""Questions that may wait in gradio's queue; the next is told that the server is busy."""
SESSIONS = 100
"""Of how many visitors gradio keeps the components (90 kB each); nothing of ours is in them, and each call of a program
counts as one."""


def build_application(
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
    from ui.web import build_page

    demo = build_page(library, uploads=max_upload > 0, candidates=candidates)
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
        door=Login(accounts, root_path=prefix) if accounts else None,
        hosts=hosts,
        root_path=prefix,
        most_upload=max_upload,
        endpoints=read_signatures(demo.get_api_info()),
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

    from ui.web import gather_translations, make_theme, read_style

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
        theme=make_theme(),
        css=read_style(),
        i18n=gather_translations(demo),
    )
    if mcp and demo.mcp_error:
        raise CorpusError(f"the MCP server does not start: {demo.mcp_error}")
    return next(r.app for r in outer.routes if isinstance(r, Mount) and isinstance(r.app, gr.routes.App))


def _health(library: Library) -> JSONResponse:
    """Return what a monitor asks for; nothing in it is secret."""
    info = library.corpus.info()
    counts = {name: info[name] for name in ("sources", "paragraphs")}
    with contextlib.suppress(PackageNotFoundError):  # a checkout that was not installed has no version
        return JSONResponse({"status": "ok", **counts, "version": version("recoupe")})
    return JSONResponse({"status": "ok", **counts, "version": None})
