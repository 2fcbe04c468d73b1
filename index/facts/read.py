"""Which facts does this passage hold, each with its role, its hedges and who says so?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from index.facts.cells import tie_cells
from index.facts.dates import read_dates
from index.facts.fact import DENIED, Extent, Fact, Hedges
from index.facts.names import read_names
from index.facts.numbers import read_figures
from index.facts.ranges import Figure
from index.facts.roles import read_roles
from index.facts.site import FigureReading
from index.facts.span import Span, span_of
from index.facts.speakers import Speakers, is_pronoun, read_speakers, speaker_of
from index.facts.syntax import Syntax
from index.facts.tables import LANGUAGES
from index.facts.tokens import Token, sentence_ranges, tokenize


@dataclass(slots=True)
class _Passage:
    """A text as read so far: its tokens, its sentences, its figures and dates by token number."""

    text: str
    tokens: list[Token]
    ranges: list[tuple[int, int]]
    figures: dict[int, Figure]
    dates: dict[int, Fact]

    def sentence(self, token: int) -> int:
        """Return the number of the sentence that holds a token."""
        return bisect_right(self.ranges, token, key=lambda r: r[0]) - 1


def spans(text: str, language: str, *, published: date | None = None) -> tuple[Span, ...]:
    """Return the facts of a text as they are printed; see `read_facts`."""
    return tuple(span_of(fact, text) for fact in read_facts(text, language, published=published))


@lru_cache(maxsize=1024)
def find_speakers(text: str, language: str) -> tuple[Extent, ...]:
    """Return whom a text names for what it says, sentence by sentence, pronouns left out; none without tables."""
    if language not in LANGUAGES:
        return ()
    passage = _read(text.translate(_PLAIN_SPACES), language, None)
    said = read_speakers(text, passage.tokens, passage.ranges, language)
    return tuple(who for sentence in said for who in sentence if not is_pronoun(text, who, language))


_PLAIN_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " "}
"""No-break and thin spaces, which French prints between figures and their units; a character for a character."""


def read_facts(text: str, language: str, *, published: date | None = None) -> tuple[Fact, ...]:
    """Return every figure, date, person and place of a text, in reading order, none inside another.

    There are none in a language without tables (see `LANGUAGES`). Dates that the text does not fix are resolved from
    `published`. A figure's role is what it counts and what happened to it; that of a date, a person or a place is the
    content words of its clause.
    """
    return _facts(text.translate(_PLAIN_SPACES), language, published) if language in LANGUAGES else ()


@lru_cache(maxsize=4096)  # the same passages come back for every question of a conversation
def _facts(text: str, code: str, published: date | None) -> tuple[Fact, ...]:
    passage = _read(text, code, published)
    syntax = Syntax(passage.tokens, code, _adverbial(passage))
    limits = {place: passage.sentence(place) for place in passage.figures}
    readings = read_roles(text, syntax, passage.ranges, passage.figures, limits)
    said = read_speakers(text, passage.tokens, passage.ranges, code)
    figures, readings = tie_cells(text, syntax, passage.figures, readings)
    counted = [_number(figures[place], reading) for place, reading in readings.items()]
    told = [
        who if who and not is_pronoun(text, who, code) else None
        for who in _tellers(text, counted, [said[limits[place]] for place in readings])
    ]
    attributed = [replace(fact, speaker=who) if who else fact for fact, who in zip(counted, told, strict=True)]
    named = read_names(text, passage.tokens, passage.ranges, code)
    starts = [token.start for token in passage.tokens]
    around = [_surrounded(fact, passage, syntax, starts) for fact in (*passage.dates.values(), *named)]
    return tuple(sorted([*attributed, *around], key=lambda fact: fact.start))


def _read(text: str, language: str, published: date | None) -> _Passage:
    """Return the text with its figures and dates found, and each of them made a single token."""
    printed = read_dates(text, language, published=published)
    counted = read_figures(text, language, [(fact.start, fact.end) for fact in printed])
    found: list[Fact | Figure] = [*printed, *counted]
    found.sort(key=lambda item: (item.start, item.end))
    tokens = tokenize(text, language, [(item.start, item.end) for item in found])
    passage = _Passage(text, tokens, sentence_ranges(text, tokens, language), {}, {})
    for place, token in enumerate(tokens):
        if token.figure >= 0:
            item = found[token.figure]
            if isinstance(item, Fact):
                passage.dates[place] = item
            else:
                passage.figures[place] = item
    return passage


def _adverbial(passage: _Passage) -> frozenset[int]:
    """Return the numbers of the figure tokens that a clause is read across: dates and ages."""
    ages = [place for place, figure in passage.figures.items() if "age" in figure.hints]
    return frozenset(passage.tokens[place].figure for place in (*passage.dates, *ages))


def _number(figure: Figure, reading: FigureReading) -> Fact:
    return Fact(
        kind="number",
        start=figure.start,
        end=figure.end,
        value=figure.value,
        value_max=figure.value_max,
        unit=reading.unit,
        role=reading.role(),
        hedges=Hedges.of(reading.qualifiers),
        denied=DENIED in reading.qualifiers,
    )


def _tellers(text: str, found: list[Fact], said: list[Speakers]) -> list[Extent | None]:
    """Return who says each figure, given the speakers of its sentence."""
    after = [*(fact.start for fact in found[1:]), found[-1].end + 10_000] if found else []
    each = zip(found, after, said, strict=True)
    return [speaker_of(text, fact, limit, options) for fact, limit, options in each]


def _surrounded(fact: Fact, passage: _Passage, syntax: Syntax, starts: list[int]) -> Fact:
    """Return a date or a name with the content words of its clause as its role."""
    first = bisect_left(starts, fact.start)
    last = max(first, bisect_left(starts, fact.end) - 1)
    return replace(fact, role=syntax.surroundings(first, last, *passage.ranges[passage.sentence(first)]))
