"""Which of the terms that are sought does this text hold? Terms as numbers, so that sets of them are arrays."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.facts.contents import Contents, Keys, Offsets
from index.language import occurring_terms

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")


def years_of(text: str) -> frozenset[str]:
    """Return the years that a text names, as printed."""
    return frozenset(_YEAR.findall(text))


@lru_cache(maxsize=500_000)
def term_key(term: str) -> int:
    """Return the number that stands for a term of the index: the first 8 bytes of its BLAKE2b digest.

    Of n terms, n / 2 ** 64 share their number with a given one.
    """
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


def read_terms(text: str, language: str) -> tuple[Keys, Offsets]:
    """Return the keys of a text's terms in reading order, and where each starts; both of shape (terms,)."""
    found = occurring_terms(text, language)
    keys = np.fromiter((term_key(term) for term, _ in found), np.uint64, len(found))
    return keys, np.fromiter((start for _, start in found), np.int32, len(found))


class Sought:
    """Terms that a question seeks, to be found in many texts."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {term_key(term): term for term in terms}
        self._keys = np.sort(np.fromiter(self._terms, np.uint64, len(self._terms)))

    def held(self, keys: Keys) -> frozenset[str]:
        """Return which of the terms are among these keys."""
        return frozenset(self._terms[key] for key in keys[self._found(keys)].tolist())

    def occurring(self, contents: Contents) -> list[tuple[str, int]]:
        """Return each occurrence of the terms in a paragraph, in reading order: the term, and where it starts."""
        found = np.flatnonzero(self._found(contents.keys))
        return [
            (self._terms[key], start)
            for key, start in zip(contents.keys[found].tolist(), contents.starts[found].tolist(), strict=True)
        ]

    def _found(self, keys: Keys) -> NDArray[np.bool_]:
        if not len(self._keys):
            return np.zeros(len(keys), np.bool_)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.equal(self._keys[places], keys)
