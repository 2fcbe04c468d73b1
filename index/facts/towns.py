"""Which towns go by this name, in any language, and in which country do they lie? GeoNames, in the box."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index.facts.gazetteer import countries, places
from index.facts.tables import is_closed
from index.facts.terms import term_key
from index.language import fold

FILE = "towns.npz"

SIZEABLE = 50_000
"""The people of a town whose name is taken for one without a capital."""

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames."""

    number: int
    country: str
    """Its ISO 3166 code."""
    people: int


@dataclass(frozen=True, slots=True)
class _Table:
    """Which towns each name may mean, as arrays of one length, by the keys of the names."""

    keys: NDArray[np.uint64]
    towns: NDArray[np.uint32]
    countries: NDArray[np.bytes_]
    people: NDArray[np.uint32]
    known: NDArray[np.uint64]
    """The keys of the words of names, of countries' as well, that mean them where they are typed small too."""


@cache
def _table() -> _Table:
    with np.load(io.BytesIO(resources.files("index").joinpath(FILE).read_bytes())) as held:
        return _Table(**{field.name: held[field.name] for field in fields(_Table)})


@lru_cache(maxsize=100_000)
def towns_named(name: str) -> tuple[Town, ...]:
    """Return the towns that go by a name in any language, the largest first.

    >>> [town.country for town in towns_named("Londres")]
    ['GB']
    """
    table, key = _table(), np.uint64(term_key(fold(name).replace("’", "'")))
    first, last = np.searchsorted(table.keys, key, "left"), np.searchsorted(table.keys, key, "right")
    numbers = sorted(table.towns[first:last].tolist())
    return tuple(Town(n, table.countries[n].decode(), int(table.people[n])) for n in numbers)


@lru_cache(maxsize=100_000)
def is_named_small(words: str) -> bool:
    """Return whether words without a capital name a country or a town of some size, and are not common words.

    >>> is_named_small("lyon"), is_named_small("etats unis"), is_named_small("nice"), is_named_small("la réunion")
    (True, True, False, False)
    """
    name = fold(words).replace("’", "'")
    own = [word for word in _WORD.findall(name) if not is_closed(word)]
    country = places().get(name) or places().get(name.replace(" ", "-"))
    if country and len(own) > 1:  # "pays-bas", of two common words
        return True
    known = any(is_of_names(word) for word in own)
    return known and bool(country or any(town.people >= SIZEABLE for town in towns_named(name)))


def is_of_names(word: str) -> bool:
    """Return whether a folded word of the name of a town or a country is next to never printed small."""
    keys, key = _table().known, np.uint64(term_key(word))
    at = np.searchsorted(keys, key)
    return bool(at < len(keys) and keys[at] == key)


def may_be_nested(one: str, other: str) -> bool:
    """Return whether one of two places is a country and the other may lie in it; a known town only in its own.

    >>> may_be_nested("Lyon", "la France"), may_be_nested("Japan", "Lyon"), may_be_nested("the old mill", "Japan")
    (True, False, True)
    """
    around, own = countries(other), countries(one)
    if not around and not own:
        return False
    towns = towns_named(one if around else other)
    return bool(around) != bool(own) and (not towns or any(town.country in around | own for town in towns))
