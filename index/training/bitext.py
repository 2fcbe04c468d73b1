"""Which terms stand in the sentence pairs that the translation table is learned from?"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language import ANALYSIS, fold, terms
from index.lexicon import asks_how
from index.training.data import DATA, Pair, parallel_pairs

Ints = NDArray[np.int32]

HELD_OUT = {"tatoeba": 24, "europarl": 140}
"""One in so many English sentences of each set, some 5,000 of each, is kept out of training to measure on."""

LONGEST = 60
"""Sentences with more terms a side are left out."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language's half of the sentence pairs, token by token, sentence after sentence.

    `words` numbers each token's word, `places` says where in the sentence it stands (0 first, 255 last), `capitals`
    whether it is written with a capital inside the sentence, `asked` whether "how" stands before it; the tokens of
    sentence i are ``starts[i]:starts[i + 1]``.
    """

    words: Ints
    places: NDArray[np.uint8]
    capitals: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[int]]) -> Side:
        """Return the side of sentences given as word numbers, evenly placed and without capitals."""
        words = np.array([w for s in sentences for w in s], np.int32)
        places = np.array([int(255 * (i + 0.5) / len(s)) for s in sentences for i in range(len(s))], np.uint8)
        none = np.zeros(len(words), np.bool_)
        return cls(words, places, none, none, _starts([len(s) for s in sentences]))

    def only(self, tokens: NDArray[np.bool_], sentences: NDArray[np.bool_]) -> Side:
        """Return what is left with these tokens of these sentences (masks)."""
        row = np.repeat(np.arange(len(sentences)), np.diff(self.starts))
        tokens = tokens & sentences[row]
        lengths = np.bincount(row[tokens], minlength=len(sentences))[sentences]
        fields = (self.words[tokens], self.places[tokens], self.capitals[tokens], self.asked[tokens])
        return Side(*fields, _starts(lengths))


@dataclass(frozen=True, slots=True)
class Bitext:
    """Sentence pairs with the words of each language by number.

    The first `everyday` pairs are everyday sentences, the others are debates; `spellings` are the folded words as
    written.
    """

    english: Side
    french: Side
    english_words: list[str]
    french_words: list[str]
    spellings: list[str]
    everyday: int


def is_held_out(pair: Pair, name: str) -> bool:
    """Return whether this pair of "tatoeba" or "europarl" is for measuring; all pairs of one English sentence are."""
    return int(hashlib.sha256(pair.english.encode("utf-8")).hexdigest(), 16) % HELD_OUT[name] == 0


_NEGATED = re.compile(r"['’]t\b")
"""What follows "won" in "won't", and shows that it is not the past of "win"."""


class _Reader:
    """Numbers the terms of one language as they come."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numbers: dict[str, int] = {}
        self.spellings: set[str] = set()
        self.words, self.lengths = array("i"), array("i")
        self.places, self.capitals, self.asked = array("B"), array("B"), array("B")

    def read(self, sentence: str) -> None:
        found = [term for term in terms(sentence, self.language) if not _NEGATED.match(sentence, term.end)]
        self.lengths.append(len(found))
        for term in found:
            written = sentence[term.start : term.end]
            self.spellings.add(written)
            self.words.append(self.numbers.setdefault(term.stem, len(self.numbers)))
            self.places.append(255 * (term.start + term.end) // (2 * len(sentence)))
            self.capitals.append(term.start > 0 and written[0].isupper())
            self.asked.append(asks_how(sentence, term.start))

    def side(self) -> Side:
        words, places = np.array(self.words, np.int32), np.array(self.places, np.uint8)
        capitals, asked = np.array(self.capitals, np.bool_), np.array(self.asked, np.bool_)
        return Side(words, places, capitals, asked, _starts(self.lengths))


def read(data: Path = DATA) -> Bitext:
    """Return the training pairs, everyday sentences first; about a minute."""
    english, french = _Reader("en"), _Reader("fr")
    everyday = 0
    for name in ("tatoeba", "europarl"):
        everyday = everyday or len(english.lengths)
        for pair in parallel_pairs(name, data=data):
            if not is_held_out(pair, name):
                english.read(pair.english)
                french.read(pair.french)
    spellings = sorted({fold(word) for word in english.spellings | french.spellings})
    return Bitext(english.side(), french.side(), list(english.numbers), list(french.numbers), spellings, everyday)


def cached(data: Path, work: Path) -> Bitext:
    """Return `read(data)`, from the cache of an earlier call where there is one for this analysis."""
    path = work / f"bitext-{ANALYSIS}.npz"
    if path.is_file():
        return _load(path)
    bitext = read(data)
    arrays: dict[str, Any] = {}
    for name, side in (("english", bitext.english), ("french", bitext.french)):
        arrays |= {
            f"{name}.words": side.words,
            f"{name}.places": side.places,
            f"{name}.capitals": side.capitals,
            f"{name}.asked": side.asked,
            f"{name}.starts": side.starts,
        }
    texts = {"en": bitext.english_words, "fr": bitext.french_words, "spellings": bitext.spellings}
    arrays |= {name: text_array(words) for name, words in texts.items()}
    arrays["everyday"] = np.int64(bitext.everyday)
    work.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial.npz")
    with open(partial, "wb") as file:
        np.savez(file, **arrays)
    partial.replace(path)
    return bitext


def _load(path: Path) -> Bitext:
    with np.load(path, allow_pickle=False) as arrays:
        sides = [
            Side(*(arrays[f"{name}.{field}"] for field in ("words", "places", "capitals", "asked", "starts")))
            for name in ("english", "french")
        ]
        texts = [arrays[name].tobytes().decode().split("\n") for name in ("en", "fr", "spellings")]
        everyday = int(arrays["everyday"])
    return Bitext(sides[0], sides[1], texts[0], texts[1], texts[2], everyday)


def frequent(bitext: Bitext, least: int) -> Bitext:
    """Return the bitext without words rarer than `least` and without sentences left empty or over LONGEST terms.

    A word seen once explains anything that stands beside it; left out, it cannot.
    """
    pairs = ((bitext.english, bitext.english_words), (bitext.french, bitext.french_words))
    kept = [np.bincount(side.words, minlength=len(words))[side.words] >= least for side, words in pairs]
    good = np.ones(len(bitext.english.starts) - 1, np.bool_)
    for (side, _), tokens in zip(pairs, kept, strict=True):
        lengths = np.diff(np.concatenate([[0], np.cumsum(tokens)])[side.starts])
        good &= (lengths > 0) & (lengths <= LONGEST)
    sides, vocabularies = [], []
    for (side, words), tokens in zip(pairs, kept, strict=True):
        fewer = side.only(tokens, good)
        used, numbers = np.unique(fewer.words, return_inverse=True)
        sides.append(replace(fewer, words=numbers.astype(np.int32)))
        vocabularies.append([words[i] for i in used.tolist()])
    everyday = int(good[: bitext.everyday].sum())
    return Bitext(sides[0], sides[1], vocabularies[0], vocabularies[1], bitext.spellings, everyday)


def text_array(words: Sequence[str]) -> NDArray[np.uint8]:
    """Return words as the bytes of their lines."""
    return np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)


def _starts(lengths: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each run of these lengths starts, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.asarray(lengths, np.int64))])
