"""Which hedges stand right beside this figure? "Au moins 600", "some 300", "40 or more", "estimé à environ 700"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.facts.ranges import Figure
from index.facts.tables import table

_REACH = 32
"""How many characters before a figure a hedge may begin."""
_EXCLUSIVE = frozenset({"at least", "more than", "at most", "less than", "up to"})


@dataclass(frozen=True, slots=True)
class Beside:
    """The hedges right beside a figure."""

    names: set[str]
    start: int
    """Where they and the particles before the figure begin."""
    particle: str
    """The last particle; "=" where the hedge is itself a verb ("dépasse 300"), so that its subject is counted."""
    first: int
    """Where the first hedge begins; where the figure does if there is none before it."""
    last: int
    """Where the hedge behind the figure ends; where the figure does if there is none."""


def read_hedges(text: str, figure: Figure, floor: int, language: str) -> Beside:
    """Return the hedges that stand right beside a figure.

    `floor` is the offset below which nothing belongs to this figure (the end of the figure before it).

    >>> beside = read_hedges("estimé à environ 700", Figure(17, 20, 700), 0, "fr")
    >>> sorted(beside.names), beside.start, beside.particle
    (['about', 'estimated'], 0, '=')
    """
    words = table(language).hedges
    found: set[str] = set()
    particle, start, first, last = "", figure.start, figure.start, figure.end
    for _ in range(5):
        match = _before(language).search(text, max(floor, start - _REACH), start)
        if match is None:
            break
        start = match.start()
        if match.group("particle"):
            particle = match.group("particle").lower()
            continue
        name = words.before[int((match.lastgroup or "h0")[1:])][0]
        if name and not _contradicted(name, found):
            found.add(name)
            first = start
        if words.verbal.match(match.group()):
            particle = "="
    after = words.after.match(text, figure.end)
    if after:
        found.add({"least": "at least", "most": "at most", "about": "about"}[after.lastgroup or "about"])
        last = after.end()
    return Beside(found, start, particle, first, last)


def hedged(text: str, start: int, end: int, language: str) -> str:
    """Return a figure with the hedges right beside it, as printed, in a language with a table.

    >>> hedged("La crue a fait au moins 2 morts.", 24, 25, "fr")
    'au moins 2'
    """
    floor = max((mark.end() for mark in _SENTENCE.finditer(text, 0, start)), default=0)
    beside = read_hedges(text, Figure(start, end, 0.0), floor, language)
    return text[beside.first : beside.last]


_SENTENCE = re.compile(r"[.;!?:]\s|\n|\d")


@cache
def _before(language: str) -> re.Pattern[str]:
    words = table(language).hedges
    kinds = "|".join(f"(?P<h{i}>{pattern})" for i, (_, pattern) in enumerate(words.before))
    return re.compile(rf"(?<![\w-])(?:{kinds}|(?P<particle>{words.particles}))(?:\s|(?<=['’]))\s?$", re.IGNORECASE)


def _contradicted(name: str, found: set[str]) -> bool:
    """Return whether a bound nearer to the figure already says another thing."""
    return name in _EXCLUSIVE and bool(found & _EXCLUSIVE)
