"""Which spans does this passage hold, each with its role, its hedges and who says so?"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from qa.extraction.attribution import speakers, with_speaker
from qa.extraction.clauses import Reader
from qa.extraction.dates import dates
from qa.extraction.names import names
from qa.extraction.numbers import Figure, figures
from qa.extraction.roles import Reading, read_roles
from qa.extraction.span import Span, joined
from qa.extraction.tokens import Token, sentences, tokenize


def spans(text: str, language: str, *, published: date | None = None) -> tuple[Span, ...]:
    """Return every figure, date, person and place of a text, in reading order, none inside another.

    Languages other than French and English are read by the English rules. Dates that the text does not fix are
    resolved from `published`.
    """
    code = language if language in ("fr", "en") else "en"
    printed = dates(text, code, published=published)
    counted = figures(text, code, [(span.start, span.end) for span in printed])
    taken = sorted(
        [(s.start, s.end, i, True) for i, s in enumerate(printed)]
        + [(f.start, f.end, i, False) for i, f in enumerate(counted)]
    )
    tokens = tokenize(text, code, [(start, end) for start, end, _, _ in taken])
    ranges = sentences(text, tokens)
    starts = [begin for begin, _ in ranges]
    keyed: dict[int, Figure] = {}
    dated: dict[int, Span] = {}
    for place, token in enumerate(tokens):
        if token.figure >= 0:
            _, _, number, is_date = taken[token.figure]
            if is_date:
                dated[place] = printed[number]
            else:
                keyed[place] = counted[number]
    limits = {place: bisect_right(starts, place) - 1 for place in (*keyed, *dated)}
    reader = Reader(tokens, code, frozenset(tokens[place].figure for place in dated))
    readings = read_roles(text, reader, ranges, keyed, limits)
    said = speakers(text, tokens, ranges, code)
    found = [
        with_speaker(_number(text, keyed[place], reading), said[limits[place]]) for place, reading in readings.items()
    ]
    named = names(text, tokens, ranges, code)
    return tuple(sorted([*found, *dated.values(), *named], key=lambda span: span.start))


def _number(text: str, figure: Figure, reading: Reading) -> Span:
    return Span(
        "number", text[figure.start : figure.end], figure.start, figure.end, figure.value, figure.value_max,
        figure.unit, reading.role(), joined(reading.qualifiers),
    )  # fmt: skip
