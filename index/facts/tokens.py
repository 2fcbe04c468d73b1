"""Where are the words and the sentences of this text, and what is the grammar of each word?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.facts.tables import table
from index.language import fold
from index.paragraphs.sentences import sentences

# An elided word, a word with hyphens inside or an English contraction, anything else that is not a space.
_TOKEN = re.compile(
    r"aujourd['’]hui|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’](?=\w)"
    r"|(?:(?-i:O)['’](?=[^\W\d_]))?[^\W\d_]+(?:[-‑][^\W_]+)*(?:['’](?:t|s|re|ve|ll|d|m)\b)?|\d+|[^\w\s]|_",
    re.IGNORECASE,
)

POSSESSIVE = ("'s", "’s")
"""How the English possessive ends, of names in a text of any language too."""

_ACCENTED = {word: word for word in ("à", "où", "dès", "là", "dû")}
"""Words that would become another word, of another class, without their accent."""


@dataclass(slots=True)
class Token:
    """A word, a mark, or a whole figure (`figure` is then its place in the list of figures)."""

    text: str
    fold: str
    start: int
    end: int
    is_word: bool
    is_content: bool
    """Whether it is a word with a meaning of its own."""
    is_capital: bool
    """Whether it is a word with a capital."""
    figure: int = -1


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Return the word folded, its apostrophe made straight or, where it is elided, left out: "L’" is "l"."""
    kept = _ACCENTED.get(word.lower())
    if kept:
        return kept
    folded = fold(word).replace("’", "'").replace("‑", "-")
    return folded[:-1] if folded.endswith("'") else folded


@lru_cache(maxsize=50_000)
def _word(word: str, language: str) -> tuple[str, bool, bool, bool]:
    """Return the word folded, whether it is one rather than a mark, has a meaning of its own, and has a capital."""
    grammar = table(language).grammar
    folded = grammar.accented.get(word) or fold_word(word)
    is_word = word[0].isalpha()
    return folded, is_word, is_word and folded not in grammar.closed, is_word and word[0].isupper()


def tokenize(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Return the tokens of a text in reading order; each of the `taken` intervals (sorted) is one figure token."""
    tokens: list[Token] = []
    position = 0
    for number, (start, end) in enumerate(taken):
        tokens.extend(_tokens(text, position, start, language))
        tokens.append(Token(text[start:end], "#", start, end, False, False, False, figure=number))
        position = end
    tokens.extend(_tokens(text, position, len(text), language))
    return tokens


def _tokens(text: str, start: int, end: int, language: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        folded, is_word, is_content, is_capital = _word(word, language)
        found.append(Token(word, folded, match.start(), match.end(), is_word, is_content, is_capital))
    return found


def sentence_ranges(text: str, tokens: Sequence[Token], language: str) -> list[tuple[int, int]]:
    """Return the sentences as half-open ranges of token numbers; together they hold every token once."""
    begins = [0]
    for start, _ in sentences(text, language):
        place = bisect_left(tokens, start, begins[-1], key=lambda token: token.start)
        if begins[-1] < place < len(tokens):
            begins.append(place)
    return list(pairwise([*begins, len(tokens)])) if tokens else []
