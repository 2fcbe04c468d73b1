"""What did the browser say that was asked? The conversation as it is kept there, read as the untrusted thing it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode

from ui.answering.conversation import LONGEST_QUESTION, Turn, check_question
from ui.answering.scope import EVERYWHERE, Scope
from ui.words.catalogue import print_day, print_language, read_words

KEPT = 20
"""Questions of a conversation that a browser keeps; older ones are forgotten."""

_MOST_SOURCES = 500
_MOST_FIELDS = _MOST_SOURCES + 4
"""Of a link: the question and the rest of its scope too."""


def read_turns(kept: object) -> tuple[Turn, ...]:
    """Return the conversation that a browser kept; what is not one is left out, whatever it is."""
    found = []
    for one in kept[-KEPT:] if isinstance(kept, list) else []:
        if isinstance(one, dict):
            try:
                question = check_question(one.get("question"))
            except ValueError:
                continue
            found.append(Turn(question, read_scope(one), bool(one.get("fresh"))))
    return tuple(found)


def keep_turns(turns: Sequence[Turn]) -> list[dict[str, object]]:
    """Return a conversation as the browser keeps it; `read_turns` reads it back, but for the turns that do not fit."""
    return [{"question": turn.question, "fresh": turn.fresh, **_plain_scope(turn.scope)} for turn in turns[-KEPT:]]


def read_scope(fields: Mapping[str, object]) -> Scope:
    """Return the scope that these fields describe; one that cannot be read restricts nothing."""
    sources, language = fields.get("sources"), fields.get("language")
    named = sources[:_MOST_SOURCES] if isinstance(sources, (list, tuple)) else ()
    return Scope(
        sources=tuple(source for source in named if isinstance(source, str)),
        since=_day(fields.get("since")),
        until=_day(fields.get("until")),
        language=language if isinstance(language, str) and len(language) <= 3 else "",
    )


def tell_fields(about: str, scope: Scope) -> str:
    """Return what was compared as JSON, which `read_fields` reads."""
    return json.dumps({"about": about, **_plain_scope(scope)}, ensure_ascii=False)


def read_fields(text: str) -> tuple[str, Scope]:
    """Return the words and the scope of a comparison; what cannot be read restricts nothing."""
    try:
        fields = json.loads(text)
    except ValueError:
        fields = {}
    if not isinstance(fields, dict):
        return "", EVERYWHERE
    about = fields.get("about")
    return (about[:LONGEST_QUESTION] if isinstance(about, str) else ""), read_scope(fields)


def write_link(question: str, scope: Scope) -> str:
    """Return the query string that reopens a question: "?q=combien+de+morts&language=fr"."""
    fields = {key: value for key, value in _plain_scope(scope).items() if value}
    return "?" + urlencode({"q": question, **fields}, doseq=True)


def read_link(query: str) -> Turn | None:
    """Return the question that a link reopens, as the first of a conversation; None where it holds none."""
    try:
        fields = parse_qs(query.removeprefix("?"), max_num_fields=_MOST_FIELDS)
        question = check_question(fields.get("q", [""])[0])
    except ValueError:
        return None
    single = {key: fields.get(key, [""])[0] for key in ("since", "until", "language")}
    return Turn(question, read_scope({**single, "sources": fields.get("sources", [])}), fresh=True)


def parse_turns(text: str) -> tuple[Turn, ...]:
    """Return the conversation written as JSON in an element of the page."""
    try:
        return read_turns(json.loads(text))
    except (ValueError, RecursionError):
        return ()


def tell_scope(scope: Scope, language: str) -> str:
    """Return a scope for a reader: "2 sources · depuis le 1er mai 2024 · Français"; "" for the whole corpus."""
    words = read_words(language)
    parts = [", ".join(scope.sources[:3]) + ("…" if len(scope.sources) > 3 else "")] if scope.sources else []
    parts += [f"{words['since'].lower()} {print_day(scope.since, language)}"] if scope.since else []
    parts += [f"{words['until'].lower()} {print_day(scope.until, language)}"] if scope.until else []
    parts += [print_language(scope.language, language)] if scope.language else []
    return " · ".join(parts)


def write_turns(turns: Sequence[Turn]) -> str:
    """Return a conversation as JSON in an element of the page; `parse_turns` reads it back."""
    return json.dumps(keep_turns(turns), ensure_ascii=False)


def _plain_scope(scope: Scope) -> dict[str, object]:
    return {
        "sources": list(scope.sources),
        "since": scope.since.isoformat() if scope.since else "",
        "until": scope.until.isoformat() if scope.until else "",
        "language": scope.language,
    }


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
