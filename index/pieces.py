"""Of which tokens is each word of a passage made, without a tokeniser's reading the passage again?

A tokeniser splits at spaces first, so what stands between two of them has the same tokens wherever it stands. These are
remembered; the rest of a passage is counting, of all passages at once. Where the count is not that of the tokens that
were stored (a passage cut at the model's limit, another kind of tokeniser), the passage is read after all.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.encoder.states import Offsets
from index.language import terms

REMEMBERED = 50_000
"""Different strings between spaces that are remembered of a language, about 10 MB of them, before all are forgotten."""

# A number with its spaces is one word: "5 000".
_CHUNK = re.compile(r"\S+(?:(?<=\d)[ \u00a0\u202f\u2009](?=\d)\S+)*")

_JOINED = 120
"""Characters of strings that are tokenised together: few texts are quicker than many, and none reaches a limit."""

Numbers = NDArray[np.int32]

Tokeniser = Callable[[Sequence[str]], list[tuple[Offsets, Offsets]]]
"""Returns where the tokens of each text start and end in it, as `SentenceEncoder.passage_offsets` does."""


@dataclass(frozen=True, slots=True)
class TokenisedText:
    """A text with what is written above it, which is encoded before it, and the number of tokens stored of both."""

    heading: str
    text: str
    language: str
    tokens: int

    @property
    def whole(self) -> str:
        """What was encoded."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class WordTokens:
    """The content words of a text that have tokens."""

    spans: Numbers
    """Where each starts and ends, shape (words, 2)."""
    tokens: Numbers
    """The first token of each and the one after its last, shape (words, 2)."""
    above: int = 0
    """How many tokens stand before those of the text."""


@dataclass(slots=True)
class _Known:
    """What is known of the strings of one language, by their numbers; the arrays have room for more."""

    numbers: dict[str, int] = field(default_factory=dict)
    tokens: Numbers = field(default_factory=lambda: np.zeros(1024, np.int32))
    """How many tokens each string has."""
    first: Numbers = field(default_factory=lambda: np.zeros(1025, np.int32))
    """The number of its first word, and of the one after its last."""
    words: Numbers = field(default_factory=lambda: np.zeros((1024, 4), np.int32))
    """Of each word where it starts and ends in its string, its first token and the one after its last."""

    def add(self, chunk: str, tokens: int, words: Sequence[tuple[int, int, int, int]]) -> None:
        """Add a string; who reads meanwhile finds it whole or not at all."""
        number = len(self.numbers)
        begin = int(self.first[number])
        if number + 2 > len(self.tokens):
            self.tokens = np.concatenate([self.tokens, np.zeros_like(self.tokens)])
            self.first = np.concatenate([self.first, np.zeros_like(self.first)])
        if begin + len(words) > len(self.words):
            self.words = np.concatenate([self.words, np.zeros((len(self.words) + len(words), 4), np.int32)])
        self.tokens[number] = tokens
        self.words[begin : begin + len(words)] = np.array(words, np.int32).reshape(-1, 4)
        self.first[number + 1] = begin + len(words)
        self.numbers[chunk] = number


class TokenPlaces:
    """Tells the tokens of words by what it remembers of one tokeniser; safe to ask from many threads."""

    def __init__(self, tokeniser: Tokeniser) -> None:
        self._tokeniser = tokeniser
        self._known: dict[str, _Known] = {}
        self._learning = threading.Lock()

    def words(self, passages: Sequence[TokenisedText]) -> list[WordTokens]:
        """Return the content words of each passage's text with their tokens."""
        found: list[WordTokens | None] = [None] * len(passages)
        for language in {passage.language for passage in passages}:
            places = [place for place, passage in enumerate(passages) if passage.language == language]
            own = [passages[place] for place in places]
            chunks = [_CHUNK.findall(passage.text) for passage in own]
            above = [_CHUNK.findall(passage.heading) for passage in own]
            known = self._learned(set[str]().union(*chunks, *above), language)
            for place, words in zip(places, _counted(own, chunks, above, known), strict=True):
                found[place] = words
        return [words or self._read(passage) for words, passage in zip(found, passages, strict=True)]

    def _learned(self, chunks: set[str], language: str) -> _Known:
        """Return what is known of a language, these strings included."""
        with self._learning:
            known = self._known.setdefault(language, _Known())
            if len(known.numbers) > REMEMBERED:
                known = self._known[language] = _Known()
            groups = _grouped(sorted(chunks - known.numbers.keys()))
            read = self._tokeniser([" ".join(group) for group in groups]) if groups else []
            for group, (starts, ends) in zip(groups, read, strict=True):
                _learn(group, language, known, (starts.tolist(), ends.tolist()))
            return known

    def _read(self, passage: TokenisedText) -> WordTokens:
        """Return the same by the tokeniser's reading the whole."""
        starts, ends = self._tokeniser([passage.whole])[0]
        before = len(passage.whole) - len(passage.text)
        own = starts >= before
        above = int(np.argmax(own)) if own.any() else len(own)
        printed = [(term.start, term.end) for term in terms(passage.text, passage.language)]
        found = align(printed, starts[own] - before, ends[own] - before)
        return WordTokens(found.spans, found.tokens, above)


def align(words: Sequence[tuple[int, int]], starts: Offsets, ends: Offsets) -> WordTokens:
    """Return those of these words that have tokens.

    >>> found = align([(0, 3), (4, 6), (6, 8)], np.array([0, 4]), np.array([3, 6]))
    >>> found.spans.tolist(), found.tokens.tolist()
    ([[0, 3], [4, 6]], [[0, 1], [1, 2]])
    """
    spans = np.array(words, np.int32).reshape(-1, 2)
    first = np.searchsorted(ends, spans[:, 0], side="right")
    last = np.searchsorted(starts, spans[:, 1], side="left")
    tokens = np.stack([first, last], axis=1).astype(np.int32)
    return WordTokens(spans[last > first], tokens[last > first])


def _grouped(chunks: Sequence[str]) -> list[list[str]]:
    """Return the strings in groups, each of `_JOINED` characters at most or of one string."""
    groups, size = list[list[str]](), _JOINED
    for chunk in chunks:
        size += len(chunk) + 1
        if size > _JOINED:
            groups.append([])
            size = len(chunk)
        groups[-1].append(chunk)
    return groups


def _learn(group: Sequence[str], language: str, known: _Known, offsets: tuple[list[int], list[int]]) -> None:
    """Add strings to what is known, given where the tokens of them all start and end, joined by spaces."""
    (starts, ends), at = offsets, 0
    for chunk in group:
        first, last = bisect_right(ends, at), bisect_left(starts, at + len(chunk))
        words = []
        for term in terms(chunk, language):
            begin = bisect_right(ends, at + term.start) - first
            end = min(bisect_left(starts, at + term.end), last) - first
            if end > begin:
                words.append((term.start, term.end, begin, end))
        known.add(chunk, max(0, last - first), words)
        at += len(chunk) + 1


def _counted(
    passages: Sequence[TokenisedText], chunks: Sequence[list[str]], headings: Sequence[list[str]], known: _Known
) -> list[WordTokens | None]:
    """Return the words of passages by counting tokens; None for one with another number of them than were stored.

    `chunks` and `headings` are what stands between the spaces of their texts and of their headings.
    """
    number = known.numbers.__getitem__
    numbers = np.array([number(chunk) for own in chunks for chunk in own], np.int32)
    counts, first, rows = known.tokens, known.first, known.words  # after the numbers: they may be growing
    at = np.concatenate([_starts(p.text, own) for p, own in zip(passages, chunks, strict=True)])
    ends = np.cumsum([0, *map(len, chunks)])  # of the passages, in strings
    tokens = np.concatenate([[0], np.cumsum(counts[numbers])]).astype(np.int32)
    held = first[numbers + 1] - first[numbers]
    words = np.concatenate([[0], np.cumsum(held)])
    row = np.repeat(first[numbers] - words[:-1], held) + np.arange(words[-1])
    base = np.repeat(tokens[ends[:-1]], np.diff(ends))  # the tokens of the passages before
    spans = rows[row, :2] + np.repeat(at, held)[:, None]
    own_tokens = rows[row, 2:] + np.repeat(tokens[:-1] - base, held)[:, None]
    found = list[WordTokens | None]()
    for place, (begin, end) in enumerate(pairwise(ends.tolist())):
        above = sum(int(counts[number(chunk)]) for chunk in headings[place])
        part = slice(words[begin], words[end])
        whole = above + int(tokens[end] - tokens[begin]) == passages[place].tokens
        found.append(WordTokens(spans[part], own_tokens[part], above) if whole else None)
    return found


def _starts(text: str, chunks: Sequence[str]) -> Numbers:
    """Return where what stands between the spaces of a text starts."""
    lengths = np.array([*map(len, chunks)], np.int32)
    if int(lengths.sum()) + len(chunks) - 1 == len(text):  # one space between any two
        return np.cumsum(lengths + 1, dtype=np.int32) - lengths - 1
    return np.array([match.start() for match in _CHUNK.finditer(text)], np.int32)
