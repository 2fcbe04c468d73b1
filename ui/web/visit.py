"""Where on the page is somebody: in which language, at which question, arrived by which link?

The page keeps this in a field that nobody sees, and sends it with every event; like everything from a browser it is
read as untrusted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ui.words.catalogue import OTHERWISE, choose_language

Sent = TypeVar("Sent", str, int, bool)

_PLACE = """JSON.stringify({
  language: localStorage.getItem("recoupe-language") || navigator.language,
  chosen: Boolean(localStorage.getItem("recoupe-language")), search: location.search})"""
HERE = f"(...values) => [...values.slice(0, -1), {_PLACE}]"
"""JavaScript that puts the browser's own place in the last of an event's inputs."""

SOON = f"(kept, where, ...values) => [kept, where || {_PLACE}, ...values]"
"""JavaScript that puts it in the second of an event's inputs where the page, just opened, has not been told it yet."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The language of the interface, the number of the answer in the panel (-1: the last), and the link's query.

    `chosen` says that the reader chose the language, and not the browser.
    """

    language: str = OTHERWISE
    turn: int = -1
    search: str = ""
    chosen: bool = False

    @property
    def text(self) -> str:
        """The place as the page keeps it; the link has done its work by then."""
        return json.dumps({"language": self.language, "turn": self.turn, "chosen": self.chosen})

    def at(self, turn: int) -> Visit:
        """Return the place at another answer."""
        return replace(self, turn=turn)

    def speaking(self, language: str) -> Visit:
        """Return the place in the language that the reader chose."""
        return replace(self, language=language, chosen=True)


def read_visit(text: object) -> Visit:
    """Return the place that the page tells; the beginning where it tells none."""
    try:
        fields = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        fields = {}
    return Visit(
        language=choose_language(read_field(fields, "language", str)),
        turn=read_number(fields, "turn"),
        search=read_field(fields, "search", str),
        chosen=read_field(fields, "chosen", bool),
    )


def read_field(sent: Any, name: str, kind: type[Sent]) -> Sent:
    """Return a field of what a browser sent; the empty value of its kind where there is none of that kind."""
    value = sent.get(name) if isinstance(sent, dict) else None
    return value if isinstance(value, kind) else kind()


def read_number(sent: Any, name: str) -> int:
    """Return the number of a turn in what a browser sent; -1, the last one, where there is none."""
    return read_field(sent, name, int) if isinstance(sent, dict) and isinstance(sent.get(name), int) else -1
