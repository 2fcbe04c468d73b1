"""Where are the words and the sentences of this text, and what is the grammar of each word?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.facts.tables import table
from index.language import fold

# An elided word, a word with hyphens inside or an English contraction, anything else that is not a space.
_TOKEN = re.compile(
    r"aujourd['’]hui|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’](?=\w)"
    r"|(?:(?-i:O)['’](?=[^\W\d_]))?[^\W\d_]+(?:[-‑][^\W_]+)*(?:['’](?:t|s|re|ve|ll|d|m)\b)?|\d+|[^\w\s]|_",
    re.IGNORECASE,
)
_ENDERS = ".!?…"
_ABBREVIATIONS = frozenset(
    """m mm mr mrs ms dr pr prof st ste gen col lt sgt capt gov sen rep rev hon jr sr vs etc no nos art fig vol p pp av
    boul cf inc ltd co corp approx jan feb mar apr jun jul aug sep sept oct nov dec janv fevr avr juil dept u.s u.k u.n
    e.g i.e""".split()
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
def _word(word: str, language: str) -> tuple[str, bool, bool]:
    """Return the word folded, whether it is one rather than a mark, and whether it has a meaning of its own."""
    grammar = table(language).grammar
    folded = grammar.accented.get(word) or fold_word(word)
    alphabetic = word[0].isalpha()
    return folded, alphabetic, alphabetic and folded not in grammar.closed


def tokenize(text: str, language: str, taken: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """Return the tokens of a text in reading order; each of the `taken` intervals (sorted) is one figure token."""
    tokens: list[Token] = []
    position = 0
    for number, (start, end) in enumerate(taken):
        tokens.extend(_tokens(text, position, start, language))
        tokens.append(Token(text[start:end], "#", start, end, is_word=False, is_content=False, figure=number))
        position = end
    tokens.extend(_tokens(text, position, len(text), language))
    return tokens


def _tokens(text: str, start: int, end: int, language: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        folded, is_word, is_content = _word(word, language)
        found.append(Token(word, folded, match.start(), match.end(), is_word, is_content))
    return found


def sentences(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the sentences as half-open ranges of token numbers; together they hold every token once."""
    ranges, begin = [], 0
    for i in range(1, len(tokens)):
        if _breaks(text, tokens, i):
            ranges.append((begin, i))
            begin = i
    if tokens:
        ranges.append((begin, len(tokens)))
    return ranges


def _breaks(text: str, tokens: Sequence[Token], i: int) -> bool:
    """Return whether a sentence begins at token i."""
    before, token = tokens[i - 1], tokens[i]
    if token.start == before.end:
        return False
    gap = text[before.end : token.start]
    if "\n" in gap and ("\n\n" in gap or not token.text[0].islower()):  # else a line that only goes on
        return True
    last = i - 1
    while last > 0 and tokens[last].text in '»”")' and i - last < 4:
        last -= 1
    if tokens[last].text not in _ENDERS or not (token.text[0].isupper() or not token.text[0].isalpha()):
        return False
    if tokens[last].text == "." and last > 0:
        word = tokens[last - 1]
        if tokens[last].start == word.end and (word.fold in _ABBREVIATIONS or (len(word.text) == 1 and word.is_word)):
            return False
    return token.text not in ",;:)»”"


def is_content(token: Token, language: str) -> bool:
    """Return whether the token is a word with a meaning of its own in this language."""
    return token.is_word and token.fold not in table(language).grammar.closed
