"""Which agency sends an item of NewsML or NITF, by its full name where the item gives one beside its code?

The name may stand in the provider itself, be told of the code elsewhere in the item or its message, or be that of the
one who holds the rights, if the code is its initials: "AFP", © Agence France-Presse.
"""

from __future__ import annotations

import re
from typing import Any

from index.language import fold

_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_CODE = re.compile(r"[A-Z][A-Z0-9.-]{1,9}")
_SMALL = frozenset("de du des d l la le les et of the and for a".split())
_LONGEST = 100
_HOLDERS = ("copyrightHolder", "doc.copyright", "CopyrightHolder")
_MARKS = ("qcode", "uri", "literal")
_TOLD = ("assert", "concept")
"""Elements that say what a code stands for."""


def provider_of(item: Any) -> str:
    """Return the agency that an item names, "" where it names none."""
    for provider in item.iter("{*}provider"):
        code = _code(provider)
        named = _name(provider) or _told_of(provider) or _written(provider)
        if named and not _CODE.fullmatch(named):
            return named
        if named or code:
            return _holder(item, named or code) or named or code
    names = (found for kind in (*_HOLDERS[:2], "infoSource") for e in item.iter("{*}" + kind) if (found := _called(e)))
    return next(names, "") or next((words for e in item.iter("{*}creditline") if (words := _written(e))), "")


def full_name(item: Any, code: str) -> str:
    """Return the name of the one who holds the rights of an item where a code is its initials, else the code."""
    return _holder(item, code) or code


def is_short_for(code: str, name: str) -> bool:
    """Return whether a code is made of the initials of a name, with or without those of its small words.

    >>> is_short_for("AFP", "Agence France-Presse"), is_short_for("UPI", "Agence France-Presse")
    (True, False)
    """
    words = [word for word in re.split(r"[\W_]+", fold(name)) if word]
    wanted = re.sub(r"[^a-z0-9]", "", fold(code))
    whole = "".join(word[0] for word in words)
    return len(words) > 1 and wanted in (whole, "".join(word[0] for word in words if word not in _SMALL))


def _holder(item: Any, code: str) -> str:
    """Return the name of the one who holds the rights, if the code is its initials."""
    holders = (e for kind in _HOLDERS for e in item.iter("{*}" + kind))
    return next((name for e in holders if (name := _called(e)) and is_short_for(code, name)), "")


def _called(element: Any) -> str:
    return _name(element) or _told_of(element) or _written(element) or _code(element)


def _name(element: Any) -> str:
    """Return the name that stands in an element: in the language of its item, the full one of several."""
    held = [(e, words) for e in element.iterfind("{*}name") if (words := _words(e))]
    outer = (str(up.get(_XML) or "")[:2] for up in element.iterancestors())
    language = next(filter(None, outer), "")
    own = [one for one in held if str(one[0].get(_XML) or language)[:2] == language] or held
    full = [words for e, words in own if str(e.get("role") or "").endswith("full")]
    return max(full or [words for _, words in own], key=len, default="")


def _told_of(element: Any) -> str:
    """Return the name that the message tells of the code of an element."""
    own = {element.get(mark) for mark in _MARKS} - {None}
    if not own:
        return ""
    root = element.getroottree().getroot()
    for kind in _TOLD:
        for told in root.iter("{*}" + kind):
            ids = {e.get(mark) for e in (told, *told.iterfind("{*}conceptId")) for mark in _MARKS}
            if own & ids and (name := _name(told)):
                return name
    return ""


def _written(element: Any) -> str:
    """Return how an element writes its name without markup of one: in an attribute, or as its text."""
    held = element.get("literal") or element.get("holder") or (element.text or "" if len(element) else _words(element))
    return " ".join(str(held).split())[:_LONGEST]


def _code(element: Any) -> str:
    return str(element.get("qcode") or "").rpartition(":")[2][:_LONGEST]


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:_LONGEST]
