"""Which figures and dates of a corpus can be compared with those of other sources? Each with where it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from index.facts import LANGUAGES, Extent, Fact, Span, read_facts, span_of
from index.facts.contents import Contents, Topic
from index.interaction import quantise
from index.language import fold
from index.pieces import Numbers
from index.records import Document, Paragraph, Vectors
from qa.agreement import interval
from qa.matters.article import Article, read_article
from qa.matters.event import Times, days_of, floating_month, is_claim, names_of, openers_of, read_times
from qa.matters.role import Counted, read_counted
from qa.matters.wording import Wording, read_wording
from qa.origins import WORDS, Witness, words_of_sentence
from qa.senses import Sense

WORDED = 96
"""Content words of a document whose vectors tell how much it says what another says."""

_YEAR = re.compile(r"\b(?:1[5-9]|2[01])\d\d\b")


class Shelf(Protocol):
    """What comparing needs of a corpus."""

    def read(
        self, sources: Collection[str] | None = None
    ) -> Iterator[tuple[Document, list[Paragraph], list[Contents]]]: ...

    def topic(self, source: str) -> Topic: ...

    def document(self, source: str) -> Document: ...

    def word_vectors(self, paragraphs: Sequence[Paragraph]) -> list[tuple[Numbers, Vectors]]: ...

    def text_vectors(self, texts: Sequence[str], language: str) -> list[tuple[Numbers, Vectors]]: ...


@dataclass(frozen=True)
class Figure:
    """A figure or a date that can be compared; offsets of the fact are into its paragraph."""

    article: Article
    fact: Fact
    counted: Counted
    start: int
    """Where its paragraph starts in the document."""
    sentence: tuple[int, int]
    """Where its sentence starts and ends in the paragraph."""
    text: str
    """Its sentence."""
    passage: str
    """Its paragraph."""
    times: Times
    places: frozenset[str]
    named: frozenset[str]
    """The names in its sentence."""
    people: frozenset[str]
    """The people whom its sentence names, word by word."""
    speaker: str
    wording: Wording
    years: frozenset[str]
    """The years that its sentence names."""
    month: int = 0
    """Of a date that names a month without a year, that month; else 0."""

    @property
    def dated(self) -> bool:
        """Whether it is a date."""
        return self.fact.kind == "date"

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that it can mean; of a date, days as ordinals, or the number of a month."""
        if self.dated:
            return days_of(self.fact) or (self.month, self.month)
        return interval(self.span) or (math.nan, math.nan)

    @cached_property
    def span(self) -> Span:
        """The figure as it is printed, with offsets into its sentence; who says so, where that stands there too."""
        offset, said = self.sentence[0], self.fact.speaker
        inside = said and said.start >= offset and said.end <= self.sentence[1]
        moved = replace(
            self.fact,
            value=f"--{self.month:02}" if self.month else self.fact.value,
            start=self.fact.start - offset,
            end=self.fact.end - offset,
            speaker=Extent(said.start - offset, said.end - offset) if said and inside else None,
        )
        return span_of(moved, self.text)

    @cached_property
    def words(self) -> tuple[Sense, ...]:
        """The content words of its sentence beside its role and names of countries."""
        return words_of_sentence(self.text, self.article.language)

    @property
    def witness(self) -> Witness:
        """It as a statement, with what tells where it comes from."""
        words = frozenset(word.fold for word in self.words)
        article = self.article
        return Witness(article.source, article.language, self.text, words, self.speaker, article.signature)

    @property
    def explicit(self) -> bool:
        """Whether a date is printed with a number: "24 avril", not "mardi"."""
        return any(map(str.isdigit, self.text[self.span.start : self.span.end]))

    @property
    def planned(self) -> bool:
        """Whether it is foreseen: what something will cost is what it costs."""
        return self.fact.hedges.planned and not self.fact.denied and "cost" not in self.counted.relations

    @property
    def value(self) -> tuple[object, object]:
        """The value and the upper value, as read."""
        return self.fact.value, self.fact.value_max


def gather_figures(shelf: Shelf, sources: Collection[str] | None = None) -> list[Figure]:
    """Return the figures and dates of these sources, all by default, that can be compared; nothing is parsed again."""
    found: list[Figure] = []
    for number, (document, paragraphs, contents) in enumerate(shelf.read(sources)):
        read = [(p, c) for p, c in zip(paragraphs, contents, strict=True) if p.language in LANGUAGES]
        own = [(p, c) for p, c in read if _holds_any(c)] or read[:1]  # the title alone may tell a figure
        if own:
            words = shelf.word_vectors([paragraph for paragraph, _ in own])
            article = replace(
                read_article(number, document, shelf.topic(document.source)),
                wording=quantise(np.concatenate([vectors for _, vectors in words])[:WORDED]),
            )
            told = [
                figure
                for (paragraph, held), known in zip(own, words, strict=True)
                for figure in _figures(article, paragraph, held.facts, held.sentences, known)
            ]
            found += [*told, *_of_title(article, document, told, shelf)]
    return found


def _of_title(article: Article, document: Document, told: Sequence[Figure], shelf: Shelf) -> list[Figure]:
    """Return the figures of a title that its article prints at the top and tells nowhere else.

    Titles are no paragraphs: their facts, and the vectors of their words, are read here.
    """
    title, language = document.title, document.language
    start = document.text.find(title) if title and language in LANGUAGES else -1
    if start < 0:
        return []
    facts, values = read_facts(title, language, published=document.published), {figure.value for figure in told}
    if not any(fact.kind in ("number", "date") and (fact.value, fact.value_max) not in values for fact in facts):
        return []
    paragraph = Paragraph(-1, document.source, title, "", start, start + len(title), title, language)
    read = _figures(article, paragraph, facts, [(0, len(title))], shelf.text_vectors([title], language)[0])
    return [figure for figure in read if figure.value not in values]


def _holds_any(contents: Contents) -> bool:
    return any(fact.kind in ("number", "date") for fact in contents.facts)


def _figures(
    article: Article,
    paragraph: Paragraph,
    facts: Sequence[Fact],
    sentences: Sequence[tuple[int, int]],
    words: tuple[Numbers, Vectors],
) -> Iterator[Figure]:
    """Yield the figures and dates of a paragraph that can be compared."""
    text, language = paragraph.text, paragraph.language
    for fact in facts:
        if not (_is_sound(fact) if fact.kind == "number" else fact.kind == "date" and is_claim(fact, text, language)):
            continue
        counted = None if _in_name(fact, text) else read_counted(fact, language)
        place = next((n for n, (begin, end) in enumerate(sentences) if begin <= fact.start and fact.end <= end), None)
        if counted is None or place is None:
            continue
        begin, end = sentences[place]
        nearby = [other for other in facts if begin <= other.start < end]
        when = [other for other in nearby if other.kind == "date" and fact.kind != "date" and _tells_when(other, fact)]
        yield Figure(
            article=article,
            fact=fact,
            counted=counted,
            start=paragraph.start,
            sentence=(begin, end),
            text=text[begin:end],
            passage=text,
            times=read_times(when, text, language),
            places=_places(nearby, text, language),
            named=_named(text[begin:end], language, article),
            people=_people(nearby, text),
            speaker=text[fact.speaker.start : fact.speaker.end] if fact.speaker else "",
            wording=read_wording(text, fact, (begin, end), words),
            years=frozenset(_YEAR.findall(text[begin:end])),
            month=floating_month(fact, text, language),
        )


def _in_name(fact: Fact, text: str) -> bool:
    """Return whether a figure is a word of a name: "le pont Neuf", "le Tour des Trois Massifs"."""
    before = text[: fact.start].rstrip(" \u00a0")
    return text[fact.start].isupper() and fact.kind == "number" and bool(before) and before[-1].isalpha()


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


def _named(sentence: str, language: str, article: Article) -> frozenset[str]:
    """Return the names in a sentence of an article; its first word is one where the article says so elsewhere."""
    return names_of(sentence, language) | (openers_of(sentence, language) & article.names)


def _people(nearby: Sequence[Fact], text: str) -> frozenset[str]:
    """Return the words of the names of people in a sentence with these facts."""
    printed = [text[fact.start : fact.end] for fact in nearby if fact.kind == "person"]
    return frozenset(fold(word) for name in printed for word in WORDS.findall(name) if word[:1].isupper())


def _places(nearby: Sequence[Fact], text: str, language: str) -> frozenset[str]:
    """Return the places that a sentence with these facts names."""
    printed = [text[fact.start : fact.end] for fact in nearby if fact.kind == "place"]
    return frozenset[str]().union(*(names_of(f"x {place}", language) for place in printed))
