"""Which words of a question are names of places that were typed without a capital?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.facts.tables import LANGUAGES, table
from index.facts.towns import is_named_small
from index.language import fold

LONGEST = 4
"""Words of a name, at most: "bosnie et herzégovine"."""

INITIALS = 3
"""Letters of a name that is printed in capitals, at most, unless it has no vowel: "USA", "DPRK"."""

_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ \-‑'’]")


def capitalise_places(text: str) -> str:
    """Return a question with the places in it that were typed small as they are printed; its length stays.

    >>> capitalise_places("incendie lyon morts"), capitalise_places("pertes en corée du nord")
    ('incendie Lyon morts', 'pertes en Corée du Nord')
    """
    for start, end in _small_places(text):
        text = text[:start] + _WORD.sub(_print, text[start:end]) + text[end:]
    return text


def _small_places(text: str) -> Iterator[tuple[int, int]]:
    words, first = list(_WORD.finditer(text)), 0
    while first < len(words):
        runs = (words[first : first + size] for size in range(min(LONGEST, len(words) - first), 0, -1))
        named = next((run for run in runs if _is_run(text, run) and is_named_small(_printed(text, run))), None)
        if named:
            yield named[0].start(), named[-1].end()
        first += len(named) if named else 1


def _is_run(text: str, run: Sequence[re.Match[str]]) -> bool:
    """Return whether these words are small, and joined as those of one name are."""
    joints = (text[one.end() : other.start()] for one, other in pairwise(run))
    return _printed(text, run).islower() and all(map(_JOINED.fullmatch, joints))


def _printed(text: str, run: Sequence[re.Match[str]]) -> str:
    return text[run[0].start() : run[-1].end()]


def _print(match: re.Match[str]) -> str:
    """Return a word of a name as it is printed: "Corée", "du", "USA"."""
    word = fold(match.group())
    if match.start() and any(word in table(code).grammar.closed for code in LANGUAGES):
        return match.group()
    short = len(word) <= INITIALS or not _VOWEL.search(word)
    printed = match.group().upper() if short and word == fold(match.string) else match.group().capitalize()
    return printed if len(printed) == len(word) else match.group()
