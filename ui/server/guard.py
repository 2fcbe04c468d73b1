"""Which requests reach the page at all?

gradio serves more than this page needs: files by their path, a proxy, a monitor, recordings. What is let through is
therefore listed here, route by route, and the rest does not exist.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.accounts import TooManyAttempts
from ui.server.calls import Signature, complete_call
from ui.server.headers import Headed
from ui.server.login import Login

LARGEST_JSON = 8_000_000
"""In bytes; the page sends its conversation with each question."""
LARGEST_FORM = 10_000
FILES_AT_ONCE = 10
"""How many files of the largest size one upload may hold; gradio holds each of them to that size."""
HEALTH = "/healthz"
_LOGIN = ("/login", "/login/", "/logout")
_FILE = "/gradio_api/file="
_UPLOAD = ("/gradio_api/upload", "/gradio_api/upload/")
_SERVED = re.compile(
    r"/|/config/?|/(?:assets|static|svelte)/.+|/(?:theme\.css|favicon\.ico|manifest\.json|robots\.txt)"
    r"|/gradio_api/(?:info|openapi\.json|app_id|user|login_check|startup-events|theme\.css|reset|cancel)/?"
    r"|/gradio_api/(?:queue/(?:join|data|status)|component_server|upload|upload_progress)/?"
    r"|/gradio_api/(?:heartbeat|call|call/v2|run)/.+|/gradio_api/file=.+|/gradio_api/mcp/?"
)
_WITHOUT_BODY = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is let through."""

    files: Path
    """The only folder from which a file is ever served by its path."""
    door: Login | None
    """Who asks for a login, where one is needed."""
    hosts: frozenset[str] | None
    """The names under which the server may be addressed; any where it is None."""
    root_path: str
    """The path at which a proxy shows it."""
    most_upload: int
    """The largest file that may be uploaded, in bytes; none may where it is 0."""
    endpoints: Mapping[str, Signature]
    """What programs may call, with which arguments."""
    events: Mapping[int, int]
    """What the page calls past gradio's queue: by number, how many values each takes."""


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._files = limits.files.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, receive, send)
        else:  # there are no websockets here
            await send({"type": "websocket.close", "code": 1008})

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        prefix = self._limits.root_path
        if prefix and path.startswith(prefix + "/"):  # a proxy may pass its own prefix on, or not
            path = path.removeprefix(prefix)
            scope = {**scope, "path": path, "raw_path": quote(path).encode()}
        request = Request(scope, receive)
        send = Headed(send, path, packing="gzip" in request.headers.get("accept-encoding", ""))
        if path == "/":
            del MutableHeaders(scope=scope)["accept-encoding"]  # `Headed` reads the page
        try:
            response = self._misaddressed(request) or await self._unadmitted(request, path) or self._unserved(path)
            if response is None and request.method not in _WITHOUT_BODY:
                receive = await self._measured(request, path)
        except TooManyAttempts as error:
            response = JSONResponse({"error": str(error)}, status_code=429, headers={"Retry-After": str(error.wait)})
        except HTTPException as error:
            response = JSONResponse({"error": error.detail}, status_code=error.status_code)
        await (response or self._app)(scope, receive, send)

    def _misaddressed(self, request: Request) -> Response | None:
        """Refuse what another site had a browser send: by a name that it made point here, or across origins."""
        host = request.headers.get("host", "").lower()
        if self._limits.hosts is not None and _name(host) not in self._limits.hosts:
            known = "start it with --root-path https://NAME/ to serve it under another name"
            return JSONResponse({"error": f"this server is not {_name(host)!r}; {known}"}, status_code=421)
        origin = request.headers.get("origin")
        if origin is not None:
            theirs, forwarded = origin.lower().partition("://")[2], request.headers.get("x-forwarded-host", "").lower()
            if not theirs or (theirs not in (host, forwarded) and _name(theirs) not in (self._limits.hosts or ())):
                return JSONResponse({"error": "requests from other sites are refused"}, status_code=403)
        return None

    async def _unadmitted(self, request: Request, path: str) -> Response | None:
        if self._limits.door is None or path == HEALTH:
            return None
        if path in _LOGIN:
            _refuse_longer(request, LARGEST_FORM)
            if _chunked(request):
                raise HTTPException(413, "a login says how long it is")
            return await self._limits.door.answer(request)
        name = await self._limits.door.visitor(request)
        if name is None:
            return self._limits.door.stranger(request)
        request.scope["recoupe_user"] = name
        return None

    def _unserved(self, path: str) -> Response | None:
        if path == HEALTH:
            return None
        if not _SERVED.fullmatch(path):
            return JSONResponse({"error": "not found"}, status_code=404)
        if path in _UPLOAD and not self._limits.most_upload:
            return JSONResponse({"error": "uploads are off; recoupe serve --allow-uploads"}, status_code=403)
        if path.startswith(_FILE):
            named = os.path.realpath(path.removeprefix(_FILE))  # what links point to counts, not what they are called
            if not Path(named).is_relative_to(self._files):
                return JSONResponse({"error": "not a file of this page"}, status_code=403)
        return None

    async def _measured(self, request: Request, path: str) -> Receive:
        """Return how the application is to read the body: an upload as it comes and not beyond its size, JSON whole."""
        if path in _UPLOAD:
            return _limited(request, FILES_AT_ONCE * self._limits.most_upload + LARGEST_FORM)
        read = _limited(request, LARGEST_JSON)
        body = await Request(request.scope, read).body()
        try:
            value = json.loads(body or b"{}", object_hook=_without_addresses)
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, "the body is not JSON") from error
        whole = complete_call(path, value, self._limits.endpoints, self._limits.events)
        if whole is not value:
            body = json.dumps(whole).encode()
            MutableHeaders(scope=request.scope)["content-length"] = str(len(body))
        unread = [body]

        async def replayed() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await request.receive()

        return replayed


def _limited(request: Request, most: int) -> Receive:
    """Return the body's reader, which refuses the first byte too many. Raises HTTPException 413."""
    _refuse_longer(request, most)
    read = 0

    async def receive() -> Message:
        nonlocal read
        message = await request.receive()
        read += len(message.get("body", b""))
        if read > most:
            raise _too_large(most)
        return message

    return receive


def _refuse_longer(request: Request, most: int) -> None:
    """Raise HTTPException 413 where a request says that it is longer than that, or says no number."""
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdecimal()) or int(length) > most:
        raise _too_large(most)


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"a request has at most {most} bytes")


def _without_addresses(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse a file given by its address on the web, which gradio would fetch: nothing here goes out for anybody."""
    given = value.get("path")
    if isinstance(given, str) and re.match(r"\s*https?:", given, re.IGNORECASE):
        raise HTTPException(400, "a file cannot be given by its address on the web")
    return value


def _name(host: str) -> str:
    """Return the name in "name:port" or "[::1]:port"."""
    return re.sub(r":\d+$", "", host.strip().lower())


def _chunked(request: Request) -> bool:
    return "transfer-encoding" in request.headers
