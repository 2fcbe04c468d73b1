"""Of which tokens is each word of a passage made, without a tokeniser's reading the passage again?

A tokeniser splits at spaces first, so what stands between two of them has the same tokens wherever it stands. These are
remembered; the rest of a passage is counting. Where the count is not that of the tokens that were stored (a passage cut
at the model's limit, another kind of tokeniser), the passage is read after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Offsets
from index.language import terms

REMEMBERED = 50_000
"""Different strings between spaces that are remembered, about 15 MB of them, before all are forgotten."""

# A number with its spaces is one word: "5 000".
_CHUNK = re.compile(r"\S+(?:(?<=\d)[ \u00a0\u202f\u2009](?=\d)\S+)*")

Tokeniser = Callable[[Sequence[str]], list[tuple[Offsets, Offsets]]]
"""Returns where the tokens of each text start and end in it, as `SentenceEncoder.passage_offsets` does."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what is written above it, which is encoded before it, and the number of tokens stored of both."""

    heading: str
    text: str
    language: str
    tokens: int

    @property
    def whole(self) -> str:
        """Return what was encoded."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of a text that have tokens."""

    spans: list[tuple[int, int]]
    """Where each starts and ends."""
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    """The first of its tokens, and the one after its last."""
    above: int = 0
    """How many tokens stand before those of the text."""


Chunk = tuple[int, tuple[tuple[int, int, int, int], ...]]
"""How many tokens a string between spaces has; for each word where it starts and ends, and its first and last token."""


class Pieces:
    """Tells the tokens of words by what it remembers of one tokeniser."""

    def __init__(self, tokeniser: Tokeniser) -> None:
        self._tokeniser = tokeniser
        self._known: dict[tuple[str, str], Chunk] = {}

    def words(self, passages: Sequence[Passage]) -> list[Words]:
        """Return the content words of each passage's text with their tokens."""
        known = self._learned({(p.language, c) for p in passages for c in _CHUNK.findall(p.whole)})
        return [_counted(passage, known) or self._read(passage) for passage in passages]

    def _learned(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Chunk]:
        """Return all that is known, these strings included."""
        if len(self._known) > REMEMBERED:
            self._known = {}
        known = self._known  # another thread may forget it meanwhile
        new = [key for key in wanted if key not in known]
        for (language, chunk), offsets in zip(new, self._tokeniser([chunk for _, chunk in new]), strict=True):
            own = _aligned(chunk, language, offsets)
            ends = zip(own.spans, own.first.tolist(), own.last.tolist(), strict=True)
            known[language, chunk] = len(offsets[0]), tuple((*span, first, last) for span, first, last in ends)
        return known

    def _read(self, passage: Passage) -> Words:
        """Return the same by the tokeniser's reading the whole."""
        starts, ends = self._tokeniser([passage.whole])[0]
        before = len(passage.whole) - len(passage.text)
        own = starts >= before
        above = int(np.argmax(own)) if own.any() else len(own)
        found = _aligned(passage.text, passage.language, (starts[own] - before, ends[own] - before))
        return Words(found.spans, found.first, found.last, above)


def _counted(passage: Passage, known: dict[tuple[str, str], Chunk]) -> Words | None:
    """Return the words of a passage by counting tokens; None where there are not as many as were stored."""
    language, count = passage.language, 0
    for chunk in _CHUNK.findall(passage.heading):
        count += known[language, chunk][0]
    above, found = count, list[tuple[int, int, int, int]]()
    for match in _CHUNK.finditer(passage.text):
        tokens, words = known[language, match.group()]
        if words:
            at, so_far = match.start(), count - above
            found += [(at + a, at + b, so_far + first, so_far + last) for a, b, first, last in words]
        count += tokens
    if count != passage.tokens:
        return None
    rows = np.array(found, np.intp).reshape(-1, 4)
    return Words([(word[0], word[1]) for word in found], rows[:, 2], rows[:, 3], above)


def _aligned(text: str, language: str, offsets: tuple[Offsets, Offsets]) -> Words:
    """Return the content words of a text that have tokens, given where all tokens start and end."""
    return align([(term.start, term.end) for term in terms(text, language)], *offsets)


def align(words: Sequence[tuple[int, int]], starts: Offsets, ends: Offsets) -> Words:
    """Return those of these words that have tokens.

    >>> found = align([(0, 3), (4, 6), (6, 8)], np.array([0, 4]), np.array([3, 6]))
    >>> found.spans, found.first.tolist(), found.last.tolist()
    ([(0, 3), (4, 6)], [0, 1], [1, 2])
    """
    begins, finishes = np.array(words, np.int32).reshape(-1, 2).T
    first = np.searchsorted(ends, begins, side="right")
    last = np.searchsorted(starts, finishes, side="left")
    held = np.flatnonzero(last > first)
    return Words([words[i] for i in held.tolist()], first[held], last[held])
