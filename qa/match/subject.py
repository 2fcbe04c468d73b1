"""Is this document about whom, where and when the question names?

A source that never names the one asked about does not answer, however near its figures are. Names are compared with the
beginning of the document, since a passage says "the village" after the article has named it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.facts.gazetteer import countries, nations
from index.language import stems, tagged
from index.lexicon import Lexicon
from index.records import Alternatives, Document
from index.search import Query
from qa.evidence import beginning, held_terms

LIKELY = 0.3
"""The least weight of another spelling of a name."""

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d%]|[.,]\d)")
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


@dataclass(frozen=True, slots=True)
class Topic:
    """What a document is about, by its beginning."""

    terms: frozenset[str]
    """The terms that it holds, as the index keys them."""
    countries: frozenset[str]
    """ISO codes of the countries that it names."""
    years: frozenset[str]


@lru_cache(maxsize=4096)
def topic_of(document: Document) -> Topic:
    """Return what a document is about: what of it is read once, whatever is asked."""
    text = beginning(document)
    return Topic(held_terms(text, document.language), countries(text), frozenset(_YEAR.findall(text)))


def read_subject(query: Query) -> Subject:
    """Return what a question names."""
    return Subject(
        names=tuple(
            tuple((query.text[slice(*query.words[place])], query.terms[place]) for place in group)
            for group in _names(query)
        ),
        nations=nations(query.text),
        countries=countries(query.text),
        years=frozenset(_YEAR.findall(query.text)),
    )


def speaks_of(document: Document, wanted: Subject, *, near: str = "") -> bool:
    """Return whether a document names whom and what the question names, at its beginning or `near` a passage.

    It names half of the names, of each of which one word is enough, as "Kerlévéo" for "Bruno Kerlévéo"; one of the
    countries; and every country whose people are asked about. A document that names no country at all may be about any:
    news seldom says in which one it is at home.
    """
    topic, language = topic_of(document), document.language
    terms, told = topic.terms, topic.countries
    if near:
        terms, told = terms | held_terms(near, language), told | countries(near)
    if 2 * sum(_is_named(name, terms, language) for name in wanted.names) < len(wanted.names):
        return False
    places = wanted.countries - wanted.nations
    return wanted.nations <= told and (not places or not told or bool(places & told))


def of_those_years(document: Document, start: int, end: int, wanted: Subject) -> bool:
    """Return whether a passage may be about the years that the question names.

    They are the document's own (that of its publication) or stand in the passage; one that the document names only
    elsewhere is that of something else, as "the highest water since 2003".
    """
    if not wanted.years:
        return True
    passage = frozenset(_YEAR.findall(f"{document.title}\n{document.text[start:end]}"))
    if document.published:
        return wanted.years <= passage | {str(document.published.year)}
    return wanted.years <= (passage or topic_of(document).years)


def _is_named(name: Name, terms: frozenset[str], language: str) -> bool:
    """Return whether a document holds a word of a name, as printed or in another spelling.

    A word that is a function word in the document's language cannot be looked for, and is taken to be there.
    """
    for word, forms in name:
        own = {tagged(stem, language) for stem in stems(word, language)}
        if not own or not terms.isdisjoint(own | {term for term, weight in forms if weight >= LIKELY}):
            return True
    return False


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
