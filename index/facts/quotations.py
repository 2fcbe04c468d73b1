"""Which words were spoken, and by whom? The text between quotation marks, with its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.fact import Extent
from index.facts.names import names
from index.facts.speakers import is_pronoun, speakers
from index.facts.tokens import sentences, tokenize

_QUOTES = re.compile(r"«\s?([^«»]{3,600}?)\s?»|“([^“”]{3,600}?)”|\"([^\"\n]{3,600}?)\"")
_INVERTED = {
    "fr": re.compile(
        r"[\s,]*(?:a|ont|avait)(?:-t)?-(?:il|elle|ils|elles)\s+[^\W\d_]+|[\s,]*[^\W\d_]+-t-(?:il|elle)\b", re.I
    ),
    "en": re.compile(r"[\s,]*(?:he|she|they)\s+[^\W\d_]+", re.I),
}
_NEAR = 400
"""How far back, in characters, "he said" may look for whom it means."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, and who spoke them where the text says so."""

    words: Extent
    speaker: Extent | None


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who speaks in each sentence of a text, and whom it has named, in reading order."""

    language: str
    starts: list[int]
    """Where each sentence starts."""
    said: Sequence[Extent | None]
    """The first speaker of each sentence."""
    named: list[Extent]


def quotations(text: str, language: str) -> tuple[Quotation, ...]:
    """Return the words of a text that stand between quotation marks, in reading order, each with its speaker."""
    code = language if language in ("fr", "en") else "en"
    matches = list(_QUOTES.finditer(text))
    if not matches:
        return ()
    voices = _voices(text, code)
    found = []
    for match in matches:
        group = next(i for i in (1, 2, 3) if match.group(i) is not None)
        start, end = match.span(group)
        speaker = _speaker(text, voices, start, match.end())
        found.append(Quotation(Extent(start, end), speaker))
    return tuple(found)


def _voices(text: str, language: str) -> _Voices:
    tokens = tokenize(text, language)
    ranges = sentences(text, tokens)
    said = [options[0] if options else None for options in speakers(text, tokens, ranges, language)]
    named = [Extent(fact.start, fact.end) for fact in names(text, tokens, ranges, language) if fact.kind == "person"]
    named += [who for who in said if who is not None and not is_pronoun(text, who)]
    named.sort(key=lambda who: who.end)
    return _Voices(language, [tokens[begin].start for begin, _ in ranges], said, named)


def _speaker(text: str, voices: _Voices, start: int, end: int) -> Extent | None:
    """Return who speaks the words between two offsets: who is said to in the sentences that they touch."""
    first = max(0, bisect_right(voices.starts, start) - 1)
    last = bisect_left(voices.starts, end + 2)
    for who in reversed(voices.said[first:last]):
        if who is not None and not start <= who.start < end - 1:
            return (_last_named(voices, who.start) or who) if is_pronoun(text, who) else who
    return _last_named(voices, start) if _INVERTED[voices.language].match(text, end) else None


def _last_named(voices: _Voices, before: int) -> Extent | None:
    """Return whom "il" or "she" stands for: the last person or speaker named before this offset, nearby."""
    place = bisect_right(voices.named, before, key=lambda who: who.end) - 1
    return voices.named[place] if place >= 0 and voices.named[place].start >= before - _NEAR else None
