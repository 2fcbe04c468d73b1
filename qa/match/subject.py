"""Whom, what and where does this question name, and how may a text spell it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from index.facts.calendar import read_calendar
from index.facts.gazetteer import countries, nationality, nations, places
from index.facts.tables import LANGUAGES, table
from index.facts.towns import towns_named
from index.language import Term, fold, stems, tag
from index.lexicon import Lexicon
from index.records import Alternatives
from index.search import Query

LIKELY = 0.3
"""The least weight of another spelling of a name."""

ITSELF = 0.5
"""How likely a capitalised word stands for itself in the other language, at least, to be a name and not a title."""

_BETWEEN = re.compile(r"[\s\-‑'’.]{1,2}|[-‑][^\W\d_]{1,4}[-‑]")
"""What joins the words of a name: "Port-au-Prince" is one."""

_ARTICLES = ("la ", "le ", "les ", "the ", "l'")


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words of a question that stand side by side."""

    text: str
    places: tuple[int, ...]
    """The numbers of its words in the query."""
    words: tuple[tuple[str, Alternatives], ...]
    """Each as printed, with the forms that it may take."""
    towns: frozenset[int]
    """The towns that it may mean."""
    sure: bool
    """Whether it names something by itself: "Roubaix", not "Parliament", which a text may call otherwise."""

    def spellings(self, language: str) -> list[frozenset[str]]:
        """Return for each word the terms by which a text in this language would say it; none for a function word."""
        return [frozenset(_spellings(word, forms, language)) for word, forms in self.words]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question names."""

    names: tuple[Name, ...]
    """Those that are no country's."""
    nations: frozenset[str]
    """ISO codes of the countries that it names by their people: "Norwegian sailors"."""
    countries: frozenset[str]
    """ISO codes of all countries that it names."""


def read_subject(query: Query) -> Subject:
    """Return what a question names."""
    names = tuple(_name(query, group) for group in _groups(query))
    text = query.text
    for name in names:  # "Warsaw" is a town: another of Poland is not met by it
        start, end = query.words[name.places[0]][0], query.words[name.places[-1]][1]
        text = text[:start] + " " * (end - start) + text[end:]
    return Subject(names, nations(text), countries(text))


def sought(wanted: Subject, language: str) -> frozenset[str]:
    """Return the terms by which a text in this language would name what the question names."""
    return frozenset(term for name in wanted.names for forms in name.spellings(language) for term in forms)


def towns_of(printed: str) -> frozenset[int]:
    """Return the towns that a name may mean, with or without its article."""
    found = towns_named(printed)
    for article in _ARTICLES if not found else ():
        found = found or towns_named(article + printed)
    return frozenset(town.number for town in found)


def _name(query: Query, group: Sequence[int]) -> Name:
    printed = query.text[query.words[group[0]][0] : query.words[group[-1]][1]]
    towns = towns_of(printed)
    return Name(
        text=printed,
        places=tuple(group),
        words=tuple((query.text[slice(*query.words[place])], query.terms[place]) for place in group),
        towns=towns,
        sure=bool(towns) or len(group) > 1 or stands_for_itself(query, group[0]),
    )


def _spellings(word: str, forms: Alternatives, language: str) -> set[str]:
    own = {tag(stem, language) for stem in stems(word, language)}
    return own | {term for term, weight in forms if weight >= LIKELY} if own else set()


def _groups(query: Query) -> Iterator[tuple[int, ...]]:
    """Yield the words of each name, which are capitalised side by side; countries, peoples and months are none."""
    capitalised = [_is_capitalised(query, place) for place in range(len(query.words))]
    if len(capitalised) > 3 and all(capitalised):
        return  # a title, in which every word is
    group: list[int] = []
    for place, capital in enumerate([*capitalised, False]):
        if group and not (capital and _BETWEEN.fullmatch(_between(query, place))):
            if own := _bare(query, group):
                yield own
            group = []
        if capital:
            group.append(place)


def _bare(query: Query, group: Sequence[int]) -> tuple[int, ...]:
    """Return the words of a name without titles and peoples before it; none for a country, a people or a month."""
    words = [fold(query.text[slice(*query.words[place])]) for place in group]
    whole = fold(query.text[query.words[group[0]][0] : query.words[group[-1]][1]]).replace("’", "'")
    if nationality(whole) or places().get(whole):
        return ()
    first = 0
    while first < len(words) and (nationality(words[first]) or words[first] in _passed()):
        first += 1
    return tuple(group[first:])


@cache
def _passed() -> frozenset[str]:
    """Return the folded words that are no part of a name behind them: titles, months, weekdays."""
    titles = (table(code).names.titles | table(code).names.times for code in LANGUAGES)
    calendars = (read_calendar(code).names for code in LANGUAGES)
    return frozenset[str]().union(*titles, *calendars)


def _between(query: Query, place: int) -> str:
    """Return what stands between a word and the one before it."""
    return query.text[query.words[place - 1][1] : query.words[place][0]]


def _is_capitalised(query: Query, place: int) -> bool:
    start, end = query.words[place]
    word = query.text[start:end]
    if not word[0].isupper() or len(word) < 2:
        return False
    opens = not re.search(r"\w", query.text[:start])
    return not opens or (bool(towns_named(word)) and stands_for_itself(query, place))


def stands_for_itself(query: Query, place: int) -> bool:
    """Return whether a word is in no dictionary, or more likely a name than not: it is the same in either language."""
    start, end = query.words[place]
    other = "en" if query.language == "fr" else "fr"
    all_ = [Term(stem, *where) for stem, where in zip(query.stems, query.words, strict=True)]
    rendered = dict(Lexicon.load().expand(all_, query.language, (other,), text=query.text)[place])
    own = {tag(stem, other) for stem in stems(query.text[start:end], other)} | {tag(query.stems[place], other)}
    return sum(rendered.get(term, 0.0) for term in own) >= ITSELF
