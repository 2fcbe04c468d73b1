"""Does this question say by itself what it is about, or does it lean on the one before it? A learned model.

What it is about is no sign of it: only function words, words for offices and trades, and where names and other words
stand between them, are seen, so that a question about anything is judged alike. It is logistic regression over those,
hashed as in `qa.question.asking` and fitted by ``python -m qa.dependence_fitting`` on the conversations of
``tests/gold/conversations-train.jsonl``.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.facts.gazetteer import nationality
from index.facts.tables import LANGUAGES, is_closed, table
from index.language import fold, is_stop_word
from qa.question.wording import LEAD, PRONOUN, STAND_IN

BUCKETS = 1 << 12

FROM = 0.4
"""How likely a question must lean to be read with the one before it; without its subject it finds nothing."""

WEIGHTS = "dependence.safetensors"

_PART = re.compile(r"[^\W\d_][^\W_]*|\d[\d.,\s]*|,")
_MANY = 4
"""From so many names, or other words, on they are as good as more."""


def read_signs(question: str) -> NDArray[np.int64]:
    """Return the numbers of the signs in a question, each once, from 0 to `BUCKETS` - 1, in order."""
    return np.unique(np.fromiter((zlib.crc32(one.encode()) % BUCKETS for one in _signs(question)), np.int64))


def leans(question: str) -> float:
    """Return how likely a question leans on the one before it.

    >>> leans("does he deny that?") > 0.5 > leans("Who is the mayor of Leeds?")
    True
    """
    weights, bias = _model()
    signs = read_signs(question)
    return float(1 / (1 + np.exp(-(weights[signs].sum() / math.sqrt(len(signs)) + bias))))


def names_enough(question: str) -> bool:
    """Return whether a question names so much that it could be asked first: a name, or three other words."""
    shapes = _shapes(question)
    return _NAME in shapes or shapes.count(_WORD) >= 3


def _signs(question: str) -> Iterator[str]:
    shapes = _shapes(question)
    yield "any"
    yield from (f"first {' '.join(shapes[:count])}" for count in (1, 2, 3))
    yield from (f"last {' '.join(shapes[-count:])}" for count in (1, 2))
    yield from (f"pair {one} {other}" for one, other in pairwise(["(", *shapes, ")"]))
    yield from (f"behind {shape}" if _is_named(shapes[:place]) else shape for place, shape in enumerate(shapes))
    told = f"with {shapes.count(_NAME)} names"
    for sign, pattern in (("pronoun", PRONOUN), ("stand-in", STAND_IN)):
        match = pattern.search(question)
        if match and not _is_named(_shapes(question[: match.start()])):
            yield from (sign, f"{sign} {told}", f"{sign} as {fold(match.group())}", f"{sign} after {shapes[0]}")
    offices = [low for low in map(fold, _PART.findall(question)) if low in _titles()]
    for office in offices:  # "the president" needs no other question to be known, "the driver" does
        yield from ("title", f"title {office}", f"title {told}")
        yield from (f"title after {' '.join(shapes[:count])}" for count in (1, 2))
    for kind in (_NAME, _WORD, _NUMBER):
        count = min(shapes.count(kind), _MANY)
        yield from (f"{kind} {number}" for number in range(1, count + 1))
        yield f"{kind} are {count}"


_NAME, _WORD, _NUMBER = "Name", "Word", "Number"


def _is_named(shapes: Sequence[str]) -> bool:
    """Return whether something is named here that a pronoun behind it may stand for."""
    led = any(shape == _WORD and before in _leading() for before, shape in pairwise(shapes))
    return led or _NAME in shapes


def _shapes(question: str) -> Sequence[str]:
    """Return the parts of a question as far as they are looked at: a word that is about something is one like any."""
    found: list[str] = []
    for match in _PART.finditer(question):
        word = match.group()
        low = fold(word)
        if word[0].isdigit():
            shape = _NUMBER
        elif word == "," or _is_empty(low):
            shape = low
        else:
            shape = _NAME if (word[0].isupper() and found) or nationality(low) else _WORD
        if shape != _NAME or found[-1:] != [_NAME]:
            found.append(shape)
    return found


@lru_cache(maxsize=10_000)
def _is_empty(word: str) -> bool:
    """Return whether a folded word is about nothing, in any language."""
    return is_closed(word) or LEAD.fullmatch(word) is not None or any(is_stop_word(word, code) for code in LANGUAGES)


@cache
def _leading() -> frozenset[str]:
    """Return the words that lead to a noun, in any language."""
    grammars = [table(code).grammar for code in LANGUAGES]
    return frozenset[str]().union(*(own.determiners | own.of for own in grammars))


@cache
def _titles() -> frozenset[str]:
    """Return the words for what people are, an office or a trade, in any language."""
    return frozenset[str]().union(*(table(code).names.titles for code in LANGUAGES))


@cache
def _model() -> tuple[NDArray[np.float32], float]:
    """Return the weight of each sign, and the bias."""
    from safetensors import safe_open

    with safe_open(str(resources.files("qa.question").joinpath(WEIGHTS)), "numpy") as file:
        weights = file.get_tensor("weights").astype(np.float32) * file.get_tensor("scale")
        return weights, float(file.get_tensor("bias"))
