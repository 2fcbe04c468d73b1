"""Which body does an acronym stand for? Learned from the texts that spell out both: "National Grain Board (NGB)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from index.facts.tables import LANGUAGES, table
from index.language import fold

Spelled = Mapping[str, Sequence[str]]
"""The names, folded, that texts give for each acronym."""

_ACRONYM = r"[A-Z](?:[A-Z0-9]|[a-z](?=[A-Z])|\.(?=[A-Z])){1,9}"
_BEHIND = re.compile(rf"(?P<name>[^()\n.,;:«»“”\"]{{4,120}}) \((?:l['’])?(?P<acronym>{_ACRONYM})\)")
_BEFORE = re.compile(rf"\b(?P<acronym>{_ACRONYM}) \((?P<name>[^()\n]{{4,90}})\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 9
"""Words of a name, at most."""
_ORGANISATIONS = frozenset[str]().union(*(table(code).names.organisations for code in LANGUAGES))
_CLOSED = frozenset[str]().union(*(table(code).grammar.closed for code in LANGUAGES))


def spell_out(texts: Iterable[str]) -> Spelled:
    """Return the names that these texts give for acronyms; not for one that stands for two bodies.

    A name begins with the letters of its acronym, or holds a word for a body ("le Service de l'eau (NWS)"): behind that
    of a person may stand a party, behind a town a country.

    >>> spell_out(["The National Grain Board (NGB) says 12.", "Selon Jean Roy (PS), 13."])
    {'NGB': ['national grain board']}
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in texts:
        for acronym, name in _spelled_in(text):
            found[acronym][name] = None
    return {acronym: list(names) for acronym, names in found.items() if _are_one(list(names))}


def bodies_of(speaker: str, spelled: Spelled) -> frozenset[str]:
    """Return the acronyms of the bodies that words for a speaker name, by their acronym or by their name."""
    words = set(_WORD.findall(speaker.replace("’", " ").replace("'", " ")))
    folded = f" {' '.join(map(fold, _WORD.findall(speaker)))} "
    return frozenset(
        acronym
        for acronym, names in spelled.items()
        if acronym in words or any(f" {name} " in folded for name in names)
    )


@lru_cache(maxsize=2048)
def _spelled_in(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [(m["acronym"].replace(".", ""), _named(m["name"], m["acronym"])) for m in _BEHIND.finditer(text)]
    pairs += [(m["acronym"].replace(".", ""), _whole(m["name"], m["acronym"])) for m in _BEFORE.finditer(text)]
    return tuple((acronym, name) for acronym, name in pairs if name)


def _named(before: str, acronym: str) -> str:
    """Return the name, folded, at the end of what stands before an acronym; "" where there is none."""
    words = _WORD.findall(before.replace("’", " ").replace("'", " "))[-_LONGEST:]
    for start in range(len(words) - 1, -1, -1):
        if _begins(words[start:], acronym):
            return " ".join(map(fold, words[start:]))
    for start in range(len(words) - 1, -1, -1):  # in another language than its acronym
        if words[start][0].isupper() and fold(words[start]) in _ORGANISATIONS and len(words) - start > 1:
            return " ".join(map(fold, words[start:]))
    return ""


def _whole(name: str, acronym: str) -> str:
    words = _WORD.findall(name.replace("’", " ").replace("'", " "))
    words = words[1:] if words and fold(words[0]) in _CLOSED else words
    return " ".join(map(fold, words)) if _begins(words, acronym) else ""


def _begins(words: Sequence[str], acronym: str) -> bool:
    """Return whether the words that say something begin with the letters of an acronym, in their order."""
    letters = "".join(word[0] for word in words if fold(word) not in _CLOSED)
    every = "".join(word[0] for word in words)
    wanted = fold(re.sub(r"[^A-Z]", "", acronym))
    return len(words) > 1 and fold(words[0]) not in _CLOSED and wanted in (fold(letters), fold(every))


def _are_one(names: Sequence[str]) -> bool:
    """Return whether names may be one body's, in one language or two: each shares a word with the first."""
    first = {word[:5] for word in names[0].split() if word not in _CLOSED}
    return all(first & {word[:5] for word in name.split()} for name in names[1:])
