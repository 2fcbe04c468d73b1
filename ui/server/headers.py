"""Under which headers does a response leave?

gradio writes its configuration into scripts inside the page, and makes functions of the JavaScript that its components
carry. The first are let run by a number that is new with each response and that no injected script can know; the second
need `'unsafe-eval'`.
"""

from __future__ import annotations

import gzip
import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, a browser hides from us that a form is our own
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
POLICY = (
    "default-src 'self'; script-src 'self' {nonce}'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; worker-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
PACKED = 5
"""How hard what is sent is compressed, from 1 to 9: the page in a fifth of its bytes, in three milliseconds."""
BUSY_WAIT = "2"
"""Seconds after which a request that found the queue full may be sent again."""


_HASHED = re.compile(r"/assets/(?:.+/)?[^/]+-[\w-]{8}\.\w+")
"""The path of a file whose name changes with what it holds."""
_KEPT = "private, max-age=31536000, immutable"


class Headed:
    """Sends the response to a path with the security headers; the page's scripts are gradio's own, and may run.

    A page is held back until it is whole, and must not come compressed; it leaves so where the browser is `packing`.
    """

    def __init__(self, send: Send, path: str, *, packing: bool = False) -> None:
        page = path == "/"
        self._send = send
        self._packing = packing
        self._hashed = _HASHED.fullmatch(path) is not None
        self._nonce = secrets.token_urlsafe(16) if page else ""
        self._started: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = self._headers(message)
            if self._nonce and headers.get("content-type", "").startswith("text/html"):
                self._started = message
            else:
                await self._send(message)
        elif self._started is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._whole(self._started)
        else:
            await self._send(message)

    def _headers(self, message: Message) -> MutableHeaders:
        headers = MutableHeaders(raw=message.setdefault("headers", []))
        for name, value in HEADERS.items():
            headers[name] = value
        headers["Content-Security-Policy"] = POLICY.format(nonce=f"'nonce-{self._nonce}' " if self._nonce else "")
        if self._hashed and message["status"] == 200:
            headers["Cache-Control"] = _KEPT
        headers.setdefault("Cache-Control", "no-store")
        if message["status"] == 503:
            headers.setdefault("Retry-After", BUSY_WAIT)
        return headers

    async def _whole(self, started: Message) -> None:
        """Send the page with the number in each of its scripts; in its data no "<" stands as it is."""
        body = re.sub(rb"<script(?=[\s>])", f'<script nonce="{self._nonce}"'.encode(), bytes(self._body))
        headers = MutableHeaders(raw=started["headers"])
        headers.add_vary_header("Accept-Encoding")
        if self._packing:
            body = gzip.compress(body, PACKED)
            headers["content-encoding"] = "gzip"
        if "content-length" in headers:
            headers["content-length"] = str(len(body))
        await self._send(started)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})
