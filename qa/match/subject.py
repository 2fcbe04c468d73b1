"""Is this document about whom, where and when the question names?

A source that never names the one asked about does not answer, however near its figures are. Names are compared with the
beginning of the document, since a passage says "the village" after the article has named it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from index.facts.contents import Topic
from index.facts.gazetteer import countries, nations
from index.facts.terms import years_of
from index.language import stems, tag
from index.lexicon import Lexicon
from index.records import Alternatives
from index.search import Query

LIKELY = 0.3
"""The least weight of another spelling of a name."""

_BETWEEN = re.compile(r"[\s\-‑'’.]{1,2}")


Name = tuple[tuple[str, Alternatives], ...]
"""The words of a name as printed, each with the forms that it may take."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question names."""

    names: tuple[Name, ...]
    """Those of which a word is in no dictionary, or that have several words: they have no other name."""
    nations: frozenset[str]
    """ISO codes of the countries that it names by their people: "Norwegian sailors"."""
    countries: frozenset[str]
    """ISO codes of all countries that it names."""
    years: frozenset[str]


def read_subject(query: Query) -> Subject:
    """Return what a question names."""
    return Subject(
        names=tuple(
            tuple((query.text[slice(*query.words[place])], query.terms[place]) for place in group)
            for group in _names(query)
        ),
        nations=nations(query.text),
        countries=countries(query.text),
        years=years_of(query.text),
    )


def sought(wanted: Subject, language: str) -> frozenset[str]:
    """Return the terms by which a text in this language would name what the question names."""
    return frozenset(
        term for name in wanted.names for word, forms in name for term in _spellings(word, forms, language)
    )


def names_whom(wanted: Subject, held: Collection[str], language: str) -> bool:
    """Return whether a text names half of the names of a question, given which of the terms `sought` it holds.

    Of each name one word is enough, as "Arnoult" for "Rose Arnoult".
    """
    return 2 * sum(_is_named(name, held, language) for name in wanted.names) >= len(wanted.names)


def names_where(wanted: Subject, named: frozenset[str]) -> bool:
    """Return whether a text that names these countries may be about those of a question.

    It names one of them, and every one whose people are asked about. A text that names no country at all may be about
    any: news seldom says in which one it is at home.
    """
    places = wanted.countries - wanted.nations
    return wanted.nations <= named and (not places or not named or bool(places & named))


def of_those_years(wanted: Subject, told: Topic, passage: str, published: date | None) -> bool:
    """Return whether a passage, given with its document's title, may be about the years that the question names.

    They are the document's own (that of its publication) or stand in the passage; one that the document names only
    elsewhere is that of something else, as "the highest water since 2003".
    """
    if not wanted.years:
        return True
    own = years_of(passage)
    if published:
        return wanted.years <= own | {str(published.year)}
    return wanted.years <= (own or told.years)


def _is_named(name: Name, held: Collection[str], language: str) -> bool:
    """Return whether a text holds a word of a name, as printed or in another spelling.

    A word that is a function word in the text's language cannot be looked for, and is taken to be there.
    """
    return any(
        not stems(word, language) or any(term in held for term in _spellings(word, forms, language))
        for word, forms in name
    )


def _spellings(word: str, forms: Alternatives, language: str) -> set[str]:
    own = {tag(stem, language) for stem in stems(word, language)}
    return own | {term for term, weight in forms if weight >= LIKELY}


def _names(query: Query) -> Iterator[tuple[int, ...]]:
    """Yield the names of a question, each as the numbers of its words, which are capitalised side by side.

    A single word that the dictionary knows may have another name in the document, and so do countries.
    """
    capitalised = [_is_capitalised(query, place) for place in range(len(query.words))]
    if len(capitalised) > 3 and all(capitalised):
        return  # a title, in which every word is
    group: list[int] = []
    for place, capital in enumerate([*capitalised, False]):
        if group and not (capital and _BETWEEN.fullmatch(_between(query, place))):
            start, end = query.words[group[0]][0], query.words[group[-1]][1]
            if any(_is_unknown(query, i) for i in group) or (len(group) > 1 and not countries(query.text[start:end])):
                yield tuple(group)
            group = []
        if capital:
            group.append(place)


def _between(query: Query, place: int) -> str:
    """Return what stands between a word and the one before it."""
    return query.text[query.words[place - 1][1] : query.words[place][0]]


def _is_capitalised(query: Query, place: int) -> bool:
    start, end = query.words[place]
    word = query.text[start:end]
    opens = not re.search(r"\w", query.text[:start])
    return word[0].isupper() and len(word) > 1 and not opens


def _is_unknown(query: Query, place: int) -> bool:
    """Return whether a word is in no dictionary, nor a country's name or its people's."""
    start, end = query.words[place]
    if countries(query.text[start:end]):
        return False
    other = "en" if query.language == "fr" else "fr"
    rendered = Lexicon.load().alternatives(query.stems[place], query.language, other)
    return [weight for _, weight in rendered] == [1.0]  # what the table does not know becomes itself
