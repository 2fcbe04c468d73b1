"""Is this call of an endpoint well formed? What it leaves out is filled in, what cannot be is said in a sentence.

gradio takes two forms: named arguments (`/gradio_api/call/v2/ask`, `{"question": "..."}`) and a list of all of them in
order (`/gradio_api/call/ask`, `{"data": ["..."]}`). Left to itself it answers a malformed call with "Internal Server
Error", and asks for the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

REQUIRED = object()
"""Stands for the default of a parameter that has none."""

Signature = Mapping[str, Any]
"""The default of each parameter of an endpoint, in order."""

_CALL = re.compile(r"/gradio_api/(?P<form>call/v2|call|run)/(?P<name>[^/]+)/?")


def read_signatures(described: Mapping[str, Any]) -> dict[str, Signature]:
    """Return the signature of each named endpoint, from gradio's own description of them."""
    return {
        endpoint.lstrip("/"): {
            parameter["parameter_name"]: parameter["parameter_default"]
            if parameter["parameter_has_default"]
            else REQUIRED
            for parameter in description["parameters"]
        }
        for endpoint, description in described["named_endpoints"].items()
    }


def complete_call(path: str, body: Any, known: Mapping[str, Signature], events: Mapping[int, int]) -> Any:
    """Return the body of a call with the defaults of what it leaves out; any other body as it is.

    `events` are those of the page that pass the queue by: how many inputs each takes, by its number. The page sends
    them as calls too, of an endpoint "predict". Raises HTTPException: 404 for an endpoint that is not there, 422 for
    arguments that do not fit it.
    """
    call = _CALL.fullmatch(path)
    if call is None:
        return body
    name = call["name"]
    if call["form"] == "run" and name == "predict" and _is_event(body, events):
        return body
    if name not in known:
        raise HTTPException(404, f"there is no endpoint {name!r}; there are {', '.join(sorted(known))}")
    taken = known[name]
    if not isinstance(body, dict):
        raise HTTPException(422, "the body is a JSON object")
    if call["form"] == "call/v2":
        return _named(name, body, taken)
    given = body.get("data")
    if not isinstance(given, list) or len(given) > len(taken):
        raise HTTPException(422, f'{_takes(name, taken)}; give them in this order, as {{"data": [...]}}')
    return {**body, "data": [*given, *_filled(name, taken, list(taken)[len(given) :])]}


def _is_event(body: Any, events: Mapping[int, int]) -> bool:
    number, given = (body.get("fn_index"), body.get("data")) if isinstance(body, dict) else (None, None)
    return type(number) is int and isinstance(given, list) and events.get(number) == len(given)


def _named(name: str, body: Mapping[str, Any], taken: Signature) -> Mapping[str, Any]:
    unknown = sorted(body.keys() - taken.keys())
    if unknown:
        raise HTTPException(422, f"{_takes(name, taken)}, not {unknown[0]!r}")
    missing = [parameter for parameter in taken if parameter not in body]
    return {**body, **dict(zip(missing, _filled(name, taken, missing), strict=True))}


def _filled(name: str, taken: Signature, missing: list[str]) -> list[Any]:
    needed = [parameter for parameter in missing if taken[parameter] is REQUIRED]
    if needed:
        raise HTTPException(422, f"{name} needs {needed[0]!r}; {_takes(name, taken)}")
    return [taken[parameter] for parameter in missing]


def _takes(name: str, taken: Signature) -> str:
    return f"{name} takes {', '.join(taken) or 'nothing'}"
