"""How else may this name be spelt? By its sound: "Zelensky" and "Zelenskyy", "Kharkov" and "Kharkiv"."""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST_LETTERS = 5
"""A shorter word is not looked for by its sound."""

LIKENESS = 0.7
"""The least share of letters that a spelling has in common with another for the two to be one name."""

_SOUNDS = [("q", "k"), ("ck", "k"), ("kh", "k"), ("tch", "q"), ("sch", "q"), ("sh", "q"), ("ch", "q"), ("ce", "se")]
_SOUNDS += [("ci", "si"), ("c", "k"), ("dj", "j"), ("zh", "j"), ("ph", "f"), ("ou", "u"), ("x", "ks"), ("w", "v")]
_SOUNDS += [("y", "i"), ("z", "s"), ("h", "")]
_REPEATED = re.compile(r"([^\W\d])\1+")
_VOWELS = str.maketrans("", "", "aeiou")
_VOWEL_FIRST = re.compile(r"(?m)^[aeiou]")
_BUCKET = 5


def sounds(words: str) -> str:
    """Return words (one a line) as they sound: ``sounds("zelenskyy") == sounds("zelenski") == "selenski"``."""
    for letters, sound in _SOUNDS:
        words = words.replace(letters, sound)
    return _REPEATED.sub(r"\1", words)


class Spellings:
    """The stems of a corpus in one language, by their sound, to find a name that the corpus spells otherwise.

    Stems are kept in buckets by the first five consonants of their sound, from the first question on that asks for a
    name; a million of them take about three seconds.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        self._stems = stems
        self._buckets: dict[str, list[str]] | None = None

    def close(self, stem: str) -> list[tuple[str, float]]:
        """Return up to five stems of the corpus that may be another spelling of this one, best first.

        The weight is the share of letters (of the sounds) that need no change, from LIKENESS to 1. Where the corpus
        has the stem as it is, only stems that sound the same are returned.
        """
        if len(stem) < LEAST_LETTERS or not stem.isalpha():
            return []
        if self._buckets is None:
            self._buckets = _bucketed([s for s in self._stems if len(s) >= LEAST_LETTERS - 1 and s.isalpha()])
        heard = sounds(stem)
        bucket = self._buckets.get(_consonants(heard)[:_BUCKET], [])
        known = stem in bucket
        found = []
        for other, sound in zip(bucket, sounds("\n".join(bucket)).split("\n"), strict=False):
            if other != stem and (sound == heard or not known):
                likeness = 1 - edits(heard, sound) / max(len(heard), len(sound))
                if likeness >= LIKENESS:
                    found.append((other, likeness))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:5]


def _bucketed(stems: list[str]) -> dict[str, list[str]]:
    buckets: dict[str, list[str]] = {}
    # Joined, a million words are gone through by a few calls instead of a few millions.
    for stem, key in zip(stems, _consonants(sounds("\n".join(stems))).split("\n"), strict=False):
        buckets.setdefault(key[:_BUCKET], []).append(stem)
    return buckets


def _consonants(heard: str) -> str:
    """Return the consonants of sounds (one a line), all first vowels alike."""
    return _VOWEL_FIRST.sub("_", heard).translate(_VOWELS)


def edits(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out, changed or swapped with their neighbour (Damerau 1964)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
