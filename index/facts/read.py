"""Which spans does this passage hold, each with its role, its hedges and who says so?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from index.facts.dates import dates
from index.facts.ellipsis import Reading
from index.facts.names import names
from index.facts.numbers import figures
from index.facts.ranges import Figure
from index.facts.roles import read_roles
from index.facts.span import Span, joined
from index.facts.speakers import Speakers, speaker_of, speakers, with_speaker
from index.facts.syntax import Reader
from index.facts.tokens import Token, sentences, tokenize


@dataclass(slots=True)
class _Passage:
    """A text as read so far: its tokens, its sentences, its figures and dates by token number."""

    text: str
    tokens: list[Token]
    ranges: list[tuple[int, int]]
    figures: dict[int, Figure]
    dates: dict[int, Span]

    def sentence(self, token: int) -> int:
        return bisect_right(self.ranges, token, key=lambda r: r[0]) - 1


def spans(text: str, language: str, *, published: date | None = None) -> tuple[Span, ...]:
    """Return every figure, date, person and place of a text, in reading order, none inside another.

    Languages other than French and English are read by the English rules. Dates that the text does not fix are
    resolved from `published`. A figure's role is what it counts and what happened to it; that of a date, a person or
    a place is the content words of its clause.
    """
    code = language if language in ("fr", "en") else "en"
    flat = text.translate(_PLAIN_SPACES)
    found = _spans(flat, code, published)
    return found if flat == text else tuple(_as_printed(span, text) for span in found)


_PLAIN_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " "}
"""No-break and thin spaces, which French prints between figures and their units; a character for a character."""


def _as_printed(span: Span, text: str) -> Span:
    """Return the span with the spaces of the text itself."""
    said = span.attribution
    whom = None if said is None else replace(said, text=text[said.start : said.end])
    return replace(span, text=text[span.start : span.end], attribution=whom)


@lru_cache(maxsize=4096)  # the same passages come back for every question of a conversation
def _spans(text: str, code: str, published: date | None) -> tuple[Span, ...]:
    passage = _read(text, code, published)
    reader = Reader(passage.tokens, code, _adverbial(passage))
    limits = {place: passage.sentence(place) for place in passage.figures}
    readings = read_roles(text, reader, passage.ranges, passage.figures, limits)
    said = speakers(text, passage.tokens, passage.ranges, code)
    counted = [_number(text, passage.figures[place], reading) for place, reading in readings.items()]
    attributed = _attributed(counted, [said[limits[place]] for place in readings])
    named = names(text, passage.tokens, passage.ranges, code)
    starts = [token.start for token in passage.tokens]
    around = [_surrounded(span, passage, reader, starts) for span in (*passage.dates.values(), *named)]
    return tuple(sorted([*attributed, *around], key=lambda span: span.start))


def _read(text: str, language: str, published: date | None) -> _Passage:
    """Return the text with its figures and dates found, and each of them made a single token."""
    printed = dates(text, language, published=published)
    counted = figures(text, language, [(span.start, span.end) for span in printed])
    taken: list[tuple[int, int, Span | Figure]] = [(s.start, s.end, s) for s in printed]
    taken += [(f.start, f.end, f) for f in counted]
    taken.sort(key=lambda item: item[:2])
    tokens = tokenize(text, language, [(start, end) for start, end, _ in taken])
    passage = _Passage(text, tokens, sentences(text, tokens), {}, {})
    for place, token in enumerate(tokens):
        if token.figure >= 0:
            item = taken[token.figure][2]
            if isinstance(item, Span):
                passage.dates[place] = item
            else:
                passage.figures[place] = item
    return passage


def _adverbial(passage: _Passage) -> frozenset[int]:
    """Return the numbers of the figure tokens that a clause is read across: dates and ages."""
    ages = [place for place, figure in passage.figures.items() if "age" in figure.hints]
    return frozenset(passage.tokens[place].figure for place in (*passage.dates, *ages))


def _number(text: str, figure: Figure, reading: Reading) -> Span:
    return Span(
        "number", text[figure.start : figure.end], figure.start, figure.end, figure.value, figure.value_max,
        reading.unit, reading.role(), joined(reading.qualifiers),
    )  # fmt: skip


def _attributed(found: list[Span], said: list[Speakers]) -> list[Span]:
    """Return the figures with who says them."""
    after = [*(span.start for span in found[1:]), found[-1].end + 10_000] if found else []
    return [
        with_speaker(span, speaker_of(span, limit, options))
        for span, limit, options in zip(found, after, said, strict=True)
    ]


def _surrounded(span: Span, passage: _Passage, reader: Reader, starts: list[int]) -> Span:
    """Return a date or a name with the content words of its clause as its role."""
    first = bisect_left(starts, span.start)
    last = max(first, bisect_left(starts, span.end) - 1)
    return replace(span, role=reader.surroundings(first, last, *passage.ranges[passage.sentence(first)]))
