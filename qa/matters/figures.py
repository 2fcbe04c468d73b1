"""Which figures of a corpus can be compared with those of other sources? Each with where it stands."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from index.facts import LANGUAGES, Extent, Fact, Span, span_of
from index.facts.calendar import read_calendar
from index.facts.contents import Contents, Keys, Topic
from index.facts.signature import Signature
from index.language import fold
from index.records import Document, Paragraph
from qa.agreement import interval
from qa.match.words import STOPS
from qa.matters.event import Times, days_of, names_of
from qa.matters.role import Counted, read_counted
from qa.matters.tables import kinds_of
from qa.origins import WORDS, Witness, words_of_sentence
from qa.senses import Sense, content_words

BEGINNING = 8_000
"""Characters of a document, from its beginning, in which its names are looked for: as many as its topic is read in."""

LEAD = 400
"""Characters of a document, its title not counted, that tell what it is about."""


class Shelf(Protocol):
    """What comparing needs of a corpus."""

    def read(
        self, sources: Collection[str] | None = None
    ) -> Iterator[tuple[Document, list[Paragraph], list[Contents]]]: ...

    def topic(self, source: str) -> Topic: ...

    def document(self, source: str) -> Document: ...


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of a document while its figures are compared."""

    number: int
    source: str
    language: str
    published: date | None
    names: frozenset[str]
    countries: frozenset[str]
    keys: Keys
    signature: Signature | None
    lead: tuple[str, ...]
    """The words of its title and its first lines, as printed."""
    kinds: frozenset[str]
    """The kinds of event of which those tell."""


@dataclass(frozen=True)
class Figure:
    """A figure that can be compared; offsets of the fact are into its paragraph."""

    article: Article
    fact: Fact
    counted: Counted
    start: int
    """Where its paragraph starts in the document."""
    sentence: tuple[int, int]
    """Where its sentence starts and ends in the paragraph."""
    text: str
    """Its sentence."""
    before: str
    """The sentence before it in the paragraph."""
    times: Times
    places: frozenset[str]
    speaker: str

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that it can mean."""
        return interval(self.span) or (math.nan, math.nan)

    @cached_property
    def span(self) -> Span:
        """The figure as it is printed, with offsets into its sentence; who says so, where that stands there too."""
        offset, said = self.sentence[0], self.fact.speaker
        inside = said and said.start >= offset and said.end <= self.sentence[1]
        moved = replace(
            self.fact,
            start=self.fact.start - offset,
            end=self.fact.end - offset,
            speaker=Extent(said.start - offset, said.end - offset) if said and inside else None,
        )
        return span_of(moved, self.text)

    @cached_property
    def words(self) -> tuple[Sense, ...]:
        """The content words of its sentence beside its role and names of countries."""
        return words_of_sentence(self.text, self.article.language)

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """By what each of those words is found."""
        return tuple(word.keys for word in self.words)

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """By what any of them is found."""
        return frozenset[str]().union(*self.keys)

    @cached_property
    def around(self) -> tuple[Sense, ...]:
        """The content words of its sentence and of the one before."""
        return (*self.words, *content_words(WORDS.findall(self.before), self.article.language))

    @property
    def witness(self) -> Witness:
        """It as a statement, with what tells where it comes from."""
        words = frozenset(word.fold for word in self.words)
        article = self.article
        return Witness(article.source, article.language, self.text, words, self.speaker, article.signature)

    @property
    def planned(self) -> bool:
        """Whether it is foreseen: what something will cost is what it costs."""
        return self.fact.hedges.planned and not self.fact.denied and "cost" not in self.counted.relations

    @property
    def value(self) -> tuple[object, object]:
        """The value and the upper value, as read."""
        return self.fact.value, self.fact.value_max


def gather_figures(shelf: Shelf, sources: Collection[str] | None = None) -> list[Figure]:
    """Return the figures of these sources, all by default, that say what they count; nothing is parsed again."""
    found: list[Figure] = []
    for number, (document, paragraphs, contents) in enumerate(shelf.read(sources)):
        own = [(p, c) for p, c in zip(paragraphs, contents, strict=True) if p.language in LANGUAGES]
        if any(fact.kind == "number" for _, held in own for fact in held.facts):
            article = read_article(number, document, shelf.topic(document.source))
            found += [figure for paragraph, held in own for figure in _figures(article, paragraph, held)]
    return found


def read_article(number: int, document: Document, topic: Topic) -> Article:
    """Return what is known of a document while it is compared with others."""
    lead = f"{document.title}. {document.text[:LEAD]}"
    words = tuple(dict.fromkeys(word for word in WORDS.findall(lead) if fold(word) not in STOPS))
    return Article(
        number=number,
        source=document.source,
        language=document.language,
        published=document.published,
        names=names_of(f"{document.title}\n{document.text[:BEGINNING]}", document.language),
        countries=topic.countries,
        keys=topic.keys,
        signature=topic.signature,
        lead=words,
        kinds=frozenset[str]().union(*(kinds_of(fold(word), document.language) for word in words)),
    )


def _figures(article: Article, paragraph: Paragraph, held: Contents) -> Iterator[Figure]:
    """Yield the figures of a paragraph that can be compared."""
    text, sentences = paragraph.text, held.sentences
    for fact in held.facts:
        if fact.kind != "number" or not _is_sound(fact):
            continue
        counted = read_counted(fact, paragraph.language)
        place = next((n for n, (begin, end) in enumerate(sentences) if begin <= fact.start and fact.end <= end), None)
        if counted is None or place is None:
            continue
        begin, end = sentences[place]
        nearby = [other for other in held.facts if begin <= other.start < end]
        when = [other for other in nearby if other.kind == "date" and _tells_when(other, fact)]
        yield Figure(
            article=article,
            fact=fact,
            counted=counted,
            start=paragraph.start,
            sentence=(begin, end),
            text=text[begin:end],
            before=text[slice(*sentences[place - 1])] if place else paragraph.heading,
            times=_times(when, text, paragraph.language),
            places=_places(nearby, text, paragraph.language),
            speaker=text[fact.speaker.start : fact.speaker.end] if fact.speaker else "",
        )


def _is_sound(fact: Fact) -> bool:
    """Return whether a figure can be compared: a finite value, and a range that is not turned round."""
    if not isinstance(fact.value, (int, float)) or not math.isfinite(fact.value):
        return False
    if fact.value_max is None:
        return True
    return isinstance(fact.value_max, (int, float)) and fact.value <= fact.value_max < math.inf


def _tells_when(when: Fact, figure: Fact) -> bool:
    """Return whether a date says when what a figure tells of happened, and not when somebody said so.

    Its clause holds a word of what happened; where the figure tells of nothing, one of what it counts.
    """
    return bool(set(figure.role.predicate or figure.role.head).intersection(when.role.predicate))


def _times(nearby: Sequence[Fact], text: str, language: str) -> Times:
    """Return when these dates of a text say that something happened."""
    days, months = [], set[int]()
    calendar = read_calendar(language).month_numbers
    for fact in nearby:
        period = days_of(fact)
        if period:
            days.append(period)
        else:
            printed = map(fold, WORDS.findall(text[fact.start : fact.end]))
            months |= {calendar[word] for word in printed if word in calendar}
    return Times(tuple(days), frozenset(months))


def _places(nearby: Sequence[Fact], text: str, language: str) -> frozenset[str]:
    """Return the places that a sentence with these facts names."""
    printed = [text[fact.start : fact.end] for fact in nearby if fact.kind == "place"]
    return frozenset[str]().union(*(names_of(f"x {place}", language) for place in printed))
