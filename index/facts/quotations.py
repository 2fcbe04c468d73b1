"""Which words were spoken, and by whom? The text between quotation marks, with its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.fact import Extent
from index.facts.names import read_names
from index.facts.speakers import is_pronoun, read_speakers
from index.facts.tables import LANGUAGES, table
from index.facts.tables.names import Speech
from index.facts.tokens import sentence_ranges, tokenize

_QUOTES = re.compile(r"«\s?([^«»]{3,600}?)\s?»|“([^“”]{3,600}?)”|\"([^\"\n]{3,600}?)\"")
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

    words: Speech
    starts: list[int]
    """Where each sentence starts."""
    said: Sequence[Extent | None]
    """The first speaker of each sentence."""
    named: list[Extent]


def read_quotations(text: str, language: str) -> tuple[Quotation, ...]:
    """Return the words of a text that stand between quotation marks, in reading order, each with its speaker.

    In a language without a table, nobody is known to speak.
    """
    matches = list(_QUOTES.finditer(text))
    if not matches:
        return ()
    voices = _voices(text, language) if language in LANGUAGES else None
    found = []
    for match in matches:
        group = next(i for i in (1, 2, 3) if match.group(i) is not None)
        start, end = match.span(group)
        speaker = _speaker(text, voices, start, match.end()) if voices else None
        found.append(Quotation(Extent(start, end), speaker))
    return tuple(found)


def _voices(text: str, language: str) -> _Voices:
    words = table(language).speech
    tokens = tokenize(text, language)
    ranges = sentence_ranges(text, tokens, language)
    said = [options[0] if options else None for options in read_speakers(text, tokens, ranges, language)]
    people = [fact for fact in read_names(text, tokens, ranges, language) if fact.kind == "person"]
    named = [Extent(fact.start, fact.end) for fact in people]
    named += [who for who in said if who is not None and not is_pronoun(text, who, language)]
    named.sort(key=lambda who: who.end)
    return _Voices(words, [tokens[begin].start for begin, _ in ranges], said, named)


def _speaker(text: str, voices: _Voices, start: int, end: int) -> Extent | None:
    """Return who speaks the words between two offsets: who is said to in the sentences that they touch."""
    first = max(0, bisect_right(voices.starts, start) - 1)
    last = bisect_left(voices.starts, end + 2)
    for who in reversed(voices.said[first:last]):
        if who is not None and not start <= who.start < end - 1:
            pronoun = text[who.start : who.end].lower() in voices.words.pronouns
            return (_last_named(voices, who.start) or who) if pronoun else who
    return _last_named(voices, start) if voices.words.inverted.match(text, end) else None


def _last_named(voices: _Voices, before: int) -> Extent | None:
    """Return whom "il" or "she" stands for: the last person or speaker named before this offset, nearby."""
    place = bisect_right(voices.named, before, key=lambda who: who.end) - 1
    return voices.named[place] if place >= 0 and voices.named[place].start >= before - _NEAR else None
