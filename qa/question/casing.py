"""Which words of a question are names of places that were typed without a capital?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.facts.tables import LANGUAGES, is_closed
from index.facts.towns import is_named_small, is_of_names
from index.language import fold
from index.lexicon import Lexicon

LONGEST = 4
"""Words of a name, at most: "bosnie et herzégovine"."""

SURNAME = 4
"""Letters of a word that may be of somebody's name, at least: "nbr" is short for something."""

INITIALS = 3
"""Letters of a name that is printed in capitals, at most, unless it has no vowel: "USA", "DPRK"."""

_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ \-‑'’]")


def capitalise_places(text: str) -> str:
    """Return a question with the places in it that were typed small as they are printed; its length stays.

    Beside a word that may be of somebody's name a place may be one's name, too, and stays: "jordan bardella".

    >>> capitalise_places("incendie lyon morts"), capitalise_places("grève en afrique du sud")
    ('incendie Lyon morts', 'grève en Afrique du Sud')
    """
    for start, end in _small_places(text):
        text = text[:start] + _WORD.sub(_print, text[start:end]) + text[end:]
    return text


def _small_places(text: str) -> Iterator[tuple[int, int]]:
    words, first = list(_WORD.finditer(text)), 0
    while first < len(words):
        named = _named_at(text, words, first)
        beside = [words[n] for n in (first - 1, first + 1) if 0 <= n < len(words)] if len(named) == 1 else []
        if named and not any(_is_of_person(text, words[first], other) for other in beside):
            yield named[0].start(), named[-1].end()
        first += len(named) or 1


def _named_at(text: str, words: Sequence[re.Match[str]], first: int) -> Sequence[re.Match[str]]:
    """Return the most words from the first-th on that name a place; none where none do."""
    runs = (words[first : first + size] for size in range(min(LONGEST, len(words) - first), 0, -1))
    return next((run for run in runs if _is_run(text, run) and is_named_small(_printed(text, run))), ())


def _is_of_person(text: str, place: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether a word beside a place is no common word and no place itself, but may be of one name with it."""
    word, between = other.group(), text[min(place.end(), other.end()) : max(place.start(), other.start())]
    if between != " " or len(word) < SURNAME or is_named_small(word):
        return False
    lexicon = Lexicon.load()
    return is_of_names(fold(word)) or not any(lexicon.knows(word, code) for code in LANGUAGES)


def _is_run(text: str, run: Sequence[re.Match[str]]) -> bool:
    """Return whether these words are small, and joined as those of one name are."""
    joints = (text[one.end() : other.start()] for one, other in pairwise(run))
    return _printed(text, run).islower() and all(map(_JOINED.fullmatch, joints))


def _printed(text: str, run: Sequence[re.Match[str]]) -> str:
    return text[run[0].start() : run[-1].end()]


def _print(match: re.Match[str]) -> str:
    """Return a word of a name as it is printed: "Afrique", "du", "USA"."""
    word = fold(match.group())
    if match.start() and is_closed(word):
        return match.group()
    short = len(word) <= INITIALS or not _VOWEL.search(word)
    printed = match.group().upper() if short and word == fold(match.string) else match.group().capitalize()
    return printed if len(printed) == len(word) else match.group()
