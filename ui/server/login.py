"""How does somebody log in and out? One small page without scripts, in the browser's language."""

from __future__ import annotations

import base64
import binascii
import html
import secrets
from urllib.parse import urlencode

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ui.server.accounts import SESSION, Accounts, TooManyAttempts
from ui.words.catalogue import read_words

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
main {{ max-width: 22rem; margin: 15vh auto 0; padding: 0 1rem; }}
h1 {{ font-size: 1.4rem; }}
label {{ display: block; margin-top: 1rem; }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .5rem .7rem; }}
button {{ margin-top: 1.5rem; }}
</style></head><body><main><h1>{title}</h1>{notice}
<form method="post" action="{action}">
<label for="username">{name}</label>
<input id="username" name="username" autocomplete="username" required autofocus>
<label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>{enter}</button></form></main></body></html>"""


class Login:
    """Lets people in by the login page and a cookie, and programs by HTTP basic authentication or the same cookie."""

    def __init__(self, accounts: Accounts, *, root_path: str) -> None:
        self._accounts = accounts
        self._home = root_path + "/"
        self._cookie = f"recoupe-{secrets.token_hex(4)}"  # cookies know no ports: two servers keep theirs apart
        self._checking = anyio.CapacityLimiter(2)  # each check takes 64 MB and a core for a moment, on purpose

    async def visitor(self, request: Request) -> str | None:
        """Return the name of whoever sent a request; None for a stranger. Raises TooManyAttempts."""
        name = self._accounts.in_session(request.cookies.get(self._cookie, ""))
        return name if name is not None else await self._by_header(request)

    async def answer(self, request: Request) -> Response:
        """Answer a request for the login page, and one that logs in or out. Raises HTTPException for a bad form."""
        if request.url.path.endswith("/logout"):
            self._accounts.close_session(request.cookies.get(self._cookie, ""))
            response: Response = RedirectResponse(self._home + "login", status_code=303)
            response.delete_cookie(self._cookie, path=self._home)
            return response
        if request.method in ("GET", "HEAD"):
            return self._page(request, status=200)
        form = await _form(request)
        name, password = (_text(form, field) for field in ("username", "password"))
        try:
            if await self._verified(name, password, request):
                return self._entered(request, name)
        except TooManyAttempts as error:
            return self._page(request, status=429, notice="login_wait", wait=error.wait)
        return self._page(request, status=401, notice="login_wrong")

    def stranger(self, request: Request) -> Response:
        """Return what a request without a login gets: a browser the login page, a program the status 401."""
        if request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._home}login{query}", status_code=303)
        # A script of our page gets no challenge: the browser would open a window of its own for it.
        challenge = {} if "sec-fetch-mode" in request.headers else {"WWW-Authenticate": 'Basic realm="Recoupe"'}
        return JSONResponse({"error": "log in first"}, status_code=401, headers=challenge)

    async def _by_header(self, request: Request) -> str | None:
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        name, password = _decoded(encoded)
        return name if await self._verified(name, password, request) else None

    async def _verified(self, name: str, password: str, request: Request) -> bool:
        address = request.client.host if request.client else ""
        return await run_sync(self._accounts.verified, name, password, address, limiter=self._checking)

    def _entered(self, request: Request, name: str) -> Response:
        """Return the answer to a login that worked: a browser goes to the page, gradio_client expects a plain 200."""
        if "text/html" in request.headers.get("accept", ""):
            query = f"?{request.url.query}" if request.url.query else ""
            response: Response = RedirectResponse(self._home + query, status_code=303)
        else:
            response = JSONResponse({"success": True})
        response.set_cookie(
            self._cookie,
            self._accounts.open_session(name),
            max_age=int(SESSION),
            path=self._home,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    def _page(self, request: Request, *, status: int, notice: str = "", wait: int = 0) -> Response:
        words = read_words(request.headers.get("accept-language", ""))
        told = words[notice].format(wait=wait) if notice else ""
        if told and "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"error": told}, status_code=status)
        query = f"?{urlencode(request.query_params.multi_items())}" if request.query_params else ""
        page = _PAGE.format(
            language=words.language,
            notice=f'<p role="alert">{told}</p>' if told else "",
            action=html.escape(f"{self._home}login{query}"),
            title=words["login_title"],
            name=words["login_name"],
            password=words["login_password"],
            enter=words["login_enter"],
        )
        return HTMLResponse(page, status_code=status, headers={"Retry-After": str(wait)} if wait else None)


async def _form(request: Request) -> FormData:
    """Return the form that was sent. Raises HTTPException for one that is none of ours."""
    try:
        return await request.form(max_files=0, max_fields=4)
    except MultiPartException as error:
        raise HTTPException(400, f"this is not the form of the login page: {error.message}") from error


def _text(form: FormData, field: str) -> str:
    value = form.get(field, "")
    return value if isinstance(value, str) else ""


def _decoded(encoded: str) -> tuple[str, str]:
    """Return the name and the password of a Basic header; two empty texts for one that is malformed."""
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
