"""Which country is meant where a text gives its official name, and what is it called for short?

"la République populaire démocratique de Corée", "the Russian Federation": articles print the short names of the Unicode
locale data. The table is made by `python -m index.training.states`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.facts.gazetteer import nationality, places
from index.language import fold

FILE = "states.json"

OF = "of"

LITTLE = frozenset("de du des d la le les l et the of and s".split())
"""Words of a name that tell nothing."""

LONGEST = 10
"""Words of an official name, little ones too, at most."""

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ \-‑'’]{1,2}")
_ARTICLE = re.compile(r"\b(?:the\s+|l['’])$", re.IGNORECASE)
"""What a short name does not stand behind, or not in this form."""


@dataclass(frozen=True, slots=True)
class States:
    """The official names of one language."""

    heads: frozenset[str]
    """Nouns for a state: "république"."""
    forms: frozenset[str]
    """All words that tell its form: "république", "populaire"."""
    names: dict[str, str]
    """By the words of a name, folded, sorted, without `LITTLE`: the code of its country."""

    def forms_of(self, code: str) -> frozenset[str]:
        """Return the words for the form of one country."""
        return frozenset(w for words, own in self.names.items() if own == code for w in words.split()) & self.forms

    def content(self) -> dict[str, object]:
        """Return it as plain data."""
        return {"heads": sorted(self.heads), "forms": sorted(self.forms), "names": dict(sorted(self.names.items()))}


def words_of(text: str) -> list[str]:
    """Return the folded words of a name: "d'Iran" is two, and so is "Royaume-Uni"."""
    return [fold(word) for word in _WORD.findall(text)]


@cache
def load_states(language: str) -> States | None:
    """Return the official names of a language; None where there is no table for it."""
    raw = json.loads(resources.files("index").joinpath(FILE).read_text(encoding="utf-8")).get(language)
    return States(frozenset(raw["heads"]), frozenset(raw["forms"]), raw["names"]) if raw else None


def shorten_states(text: str, language: str) -> str:
    """Return a text in which countries have their short names instead of the official ones.

    >>> shorten_states("les pertes de la République populaire démocratique de Corée", "fr")
    'les pertes de la Corée du Nord'
    >>> shorten_states("on the territory of the Russian Federation", "en")
    'on the territory of Russia'
    """
    states = load_states(language)
    for start, end, code in reversed(list(_named(text, states))) if states else ():
        short, before = _short_name(code, language), text[:start]
        text = _ARTICLE.sub("", before) + short + text[end:]
    return text


def _named(text: str, states: States) -> Iterator[tuple[int, int, str]]:
    """Yield where each official name starts and ends, and the code of its country."""
    words, first = list(_WORD.finditer(text)), 0
    while first < len(words):
        size, code = _state_at(text, words[first : first + LONGEST], states)
        if code:
            yield words[first].start(), words[first + size - 1].end(), code
        first += max(1, size)


def _state_at(text: str, words: Sequence[re.Match[str]], states: States) -> tuple[int, str]:
    """Return how many of these words, from the first on, are an official name, and of which country; 0 for none."""
    folded = [fold(word.group()) for word in words]
    if folded[0] in LITTLE or not words[0].group()[0].isupper():
        return 0, ""
    joined = 1
    while joined < len(words) and _JOINED.fullmatch(text[words[joined - 1].end() : words[joined].start()]):
        joined += 1
    for size in range(joined, 1, -1):
        own = [word for word in folded[:size] if word not in LITTLE]
        head = any(w.group()[0].isupper() for w, f in zip(words[:size], folded, strict=False) if f in states.heads)
        if head and folded[size - 1] not in LITTLE:
            code = states.names.get(" ".join(sorted(set(own))), _beside_forms(own, states))
            if code is not None:
                return size, code
    return 0, ""


def _beside_forms(words: Sequence[str], states: States) -> str | None:
    """Return the country that is named beside nothing but nouns of its own form: "Fédération russe"; None for none."""
    left = [word for word in words if word not in states.forms]
    code = nationality(left[0]) or places().get(left[0], "") if len(left) == 1 else ""
    return code if code and set(words) - {*left} <= states.forms_of(code) else None


@cache
def _short_name(code: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).territories[code])
