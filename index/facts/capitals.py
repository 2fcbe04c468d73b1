"""Which words with a capital stand side by side? What they name, only the words around them and a gazetteer tell."""

from __future__ import annotations

import re

from index.facts.calendar import read_calendar
from index.facts.tables import LANGUAGES, table
from index.language import fold

LONGEST = 6
"""Words of a name, at most."""

_WORD = r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*"
_PIECE = re.compile(rf"{_WORD}")
_ELIDED = re.compile(r"^(?:[dDlLqQnNsSjJ]|[Qq]u)['’](?=\w)")
_OWNED = re.compile(r"['’]s?$")


def placed(text: str, language: str) -> tuple[str, ...]:
    """Return those of a text's names that a preposition of its language makes places, as printed, each once.

    >>> placed("L'usine de Jean Roy, à Doucet, en mars.", "fr")
    ('Doucet',)
    """
    if language not in LANGUAGES:
        return ()
    into = "|".join(sorted(table(language).names.into))
    times = read_calendar(language).names
    found = re.findall(rf"(?<![\w-])(?:{into}) ({_WORD}(?: {_WORD}){{0,{LONGEST - 1}}})", text)
    names = (capitalised(printed)[:1] for printed in found if printed[:1].isupper())
    return tuple(dict.fromkeys(name for own in names for name in own if fold(name) not in times))


def capitalised(text: str) -> tuple[str, ...]:
    """Return the capitalised words of a text side by side, as printed, each once, in reading order.

    >>> capitalised("Le maire de Saint-Malo, Jean Le Goff, et l'Italien.")
    ('Le', 'Saint-Malo', 'Jean Le Goff', 'Italien')
    """
    found: dict[str, None] = {}
    group: list[str] = []
    end = -1
    for match in _PIECE.finditer(text):
        word = match.group()
        bare = _OWNED.sub("", _ELIDED.sub("", word))
        apart = text[max(end, 0) : match.start()] != " " or _ELIDED.match(word) is not None
        if group and (apart or not bare[:1].isupper() or len(group) == LONGEST):
            found[" ".join(group)] = None
            group = []
        if bare[:1].isupper():
            group.append(bare)
            if _OWNED.search(word):  # "Mexico's economy"
                found[" ".join(group)] = None
                group = []
        end = match.end()
    if group:
        found[" ".join(group)] = None
    return tuple(found)
