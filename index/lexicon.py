"""What is this English term called in French (and back), with which probability?

The table in the box gives the probability that a French stem renders an English one, and the reverse, learned from
sentences and their translations (``index/lexicon.md`` says which). The alternatives of a question's terms are what
BM25 searches for in place of the terms: a probabilistic structured query (Darwish and Oard 2003), in which a
paragraph's count of a term is the weighted sum of its counts of the alternatives.

>>> from index.language import terms
>>> question = "Who is the prime minister of Belgium?"
>>> for found in Lexicon.load().expand(terms(question, "en"), "en", ["fr"], text=question):
...     print(found[0][0])
fr:premi
fr:ministr
fr:belgiqu
"""

from __future__ import annotations

import importlib.resources
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from index.language import ANALYSIS, Term, stems, tag
from index.records import Alternatives, IndexCorrupt, IndexNotFound, IndexOutdated
from index.spellings import Spellings

LANGUAGES = ("en", "fr")
FILE = "lexicon.npz"

RELATIVE = 0.5
"""What a term's inflections ("tuent" for "tue") weigh beside it in its own language."""

UNSURE = 0.5
"""From this probability on that a word is a name, or unknown, it is looked for by its sound as well."""

LEAST = 0.01
"""A question does not ask for less probable alternatives."""

HOW = 2**30 - 1
"""The number of "how" in the phrases "how long" and "how old"; it is no term, and has no row."""

Arrays = Mapping[str, NDArray[Any]]


class Lists:
    """A list of numbered words with their probabilities for each row, best first, in three flat arrays.

    Row i is ``starts[i]:starts[i + 1]`` of `items` and of `weights`, which hold probabilities in 255ths.
    """

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._starts = arrays[f"{name}.starts"]
        self._items = arrays[f"{name}.items"]
        self._weights = arrays[f"{name}.weights"]

    def __getitem__(self, row: int) -> list[tuple[int, float]]:
        where = slice(int(self._starts[row]), int(self._starts[row + 1]))
        return list(zip(self._items[where].tolist(), (self._weights[where] / 255).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Word:
    """A term of a question among its neighbours."""

    terms: Sequence[Term]
    place: int
    source: str
    """The language of the question."""
    text: str
    """The question, from which the terms come; "" where only stems are known."""

    @property
    def term(self) -> Term:
        return self.terms[self.place]


class Lexicon:
    """The translation table of two languages, and the inflections of each; see `Lexicon.load`."""

    def __init__(self, arrays: Arrays) -> None:
        made_by = arrays["analysis"].tobytes().decode()
        if made_by != ANALYSIS:
            raise IndexOutdated(
                f"the translation table was made for analysis {made_by}, and this version has analysis {ANALYSIS}: "
                "make it anew with python -m index.training.lexicon"
            )
        self._words = {code: arrays[code].tobytes().decode().split("\n") for code in LANGUAGES}
        self._rows = {code: {word: row for row, word in enumerate(words)} for code, words in self._words.items()}
        self._relatives = {code: Lists(arrays, f"{code}.relatives") for code in LANGUAGES}
        # How likely a word of the table stands for itself: as it is, and with a capital inside a sentence.
        self._unknown = {code: arrays[f"{code}.unknown"] for code in LANGUAGES}
        self._name = {code: arrays[f"{code}.name"] for code in LANGUAGES}
        self._across = {code: Lists(arrays, f"{code}.across") for code in LANGUAGES}
        self._phrases = {code: Lists(arrays, f"{code}.phrases") for code in LANGUAGES}
        self._phrase_keys = {code: arrays[f"{code}.phrases.keys"] for code in LANGUAGES}

    @classmethod
    def load(cls, path: Path | str | None = None) -> Lexicon:
        """Return the table in this file, or the one in the box; each file is read once."""
        return _load(None if path is None else Path(path))

    def alternatives(self, stem: str, source: str, target: str) -> list[tuple[str, float]]:
        """Return the stems that a stem becomes in the target language, with their probabilities, best first.

        The probabilities sum to at most 1. A number, a word that the table does not know and a word of a language that
        it does not have become themselves, with probability 1.
        """
        found, _ = self._rendered(_Word([Term(stem, 0, len(stem))], 0, source, ""), target)
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def knows(self, word: str, language: str) -> bool:
        """Return whether this is a word of a language that the table has."""
        found = stems(word, language)
        return bool(found) and all(stem in self._rows.get(language, {}) for stem in found)

    def expand(
        self,
        terms: Sequence[Term],
        source: str,
        targets: Sequence[str],
        *,
        text: str = "",
        spellings: Mapping[str, Spellings] | None = None,
    ) -> list[Alternatives]:
        """Return for each term of a question, in order, its weighted alternatives in the target languages, best first.

        An alternative is keyed as in the index (`index.language.tag`). The term itself in its own language weighs 1
        where `source` is among the targets, and its inflections RELATIVE at most; numbers stand once, untagged, with
        weight 1. Two neighbours that the table knows as a phrase render each other's sense ("prime minister"). With
        the question's `text`, from which the terms come, names keep their spelling and their capital tells them; with
        the `spellings` of the corpus (by language), names find their variants in it. A list may be empty.
        """
        found: list[Alternatives] = []
        for place in range(len(terms)):
            word, weights = _Word(terms, place, source, text), dict[str, float]()
            for target in dict.fromkeys(targets):
                for stem, weight in self._in_language(word, target, (spellings or {}).get(target)).items():
                    key = tag(stem, target)
                    weights[key] = max(weights.get(key, 0.0), weight)
            likely = [pair for pair in weights.items() if pair[1] >= LEAST]
            found.append(sorted(likely, key=lambda pair: (-pair[1], pair[0])))
        return found

    def _in_language(self, word: _Word, target: str, spellings: Spellings | None) -> dict[str, float]:
        """Return what to look for in paragraphs of one language, inflections and variants included."""
        stem = word.term.stem
        if stem[:1].isdigit():
            return {stem: 1.0}
        own = word.source == target
        if own:
            found, unsure, share = {stem: 1.0}, float(stem not in self._rows.get(target, {})), RELATIVE
        else:
            (found, unsure), share = self._rendered(word, target), 1.0
        if unsure >= UNSURE and spellings is not None:
            for spelt in [stem] if own else self._as_written(word.term, target, word.text):
                for variant, weight in spellings.close(spelt):
                    found[variant] = max(found.get(variant, 0.0), unsure * weight)
        return self._inflected(found, target, share)

    def _rendered(self, word: _Word, target: str) -> tuple[dict[str, float], float]:
        """Return a term's renderings in another language, and the probability that it stands for itself there."""
        term, source, text = word.term, word.source, word.text
        row = self._rows.get(source, {}).get(term.stem)
        if row is None or term.stem[:1].isdigit() or target not in LANGUAGES or source == target:
            return dict.fromkeys(self._as_written(term, target, text), 1.0), 1.0
        phrase = self._phrase(word)
        capital = not phrase and _is_capital(term, text)
        unsure = float((self._name if capital else self._unknown)[source][row]) / 255
        if self._ends_a_name(word, target):
            unsure = 1.0
        words = self._words[target]
        known = phrase or self._across[source][row]
        found = {words[item]: weight * (1 - unsure) for item, weight in known if unsure < 1}
        for own in self._as_written(term, target, text)[:1]:
            if unsure:
                found[own] = found.get(own, 0.0) + unsure
        return found, unsure

    def _as_written(self, term: Term, target: str, text: str) -> list[str]:
        """Return the stems that the term's own spelling has in the other language; a stop word there has none."""
        if term.stem[:1].isdigit():
            return [term.stem]
        written = text[term.start : term.end]
        if written:
            return stems(written, target)[:1]
        # Without the text only the stem is left; English stems write a final y as i.
        candidates = [term.stem, *([term.stem[:-1] + "y"] if term.stem.endswith("i") else [])]
        return list(dict.fromkeys(stem for word in candidates for stem in stems(word, target)[:1]))

    def _ends_a_name(self, word: _Word, target: str) -> bool:
        """Return whether a hyphen ties the term, in small letters, to a name before it: "un" in "Jong-un"."""
        if word.place == 0:
            return False
        term, before, text = word.term, word.terms[word.place - 1], word.text
        tied = before.end == term.start - 1 and text[before.end : term.start] == "-"
        if not tied or text[term.start].isupper() or not text[before.start].isupper():
            return False
        found, _ = self._rendered(replace(word, place=word.place - 1), target)
        return any(found.get(own, 0.0) >= UNSURE for own in self._as_written(before, target, text))

    def _phrase(self, word: _Word) -> list[tuple[int, float]]:
        """Return the renderings of a term beside its neighbours, the mean of both sides; empty where none is known."""
        terms, place, source = word.terms, word.place, word.source
        row, *around = (
            self._rows[source].get(terms[at].stem, -1) if 0 <= at < len(terms) else -1
            for at in (place, place - 1, place + 1)
        )
        before, after = around
        known = [phrase_key(before, row, 1)] if before >= 0 else []
        known += [phrase_key(row, after, 0)] if after >= 0 else []
        known += [phrase_key(HOW, row, 1)] if asks_how(word.text, word.term.start) else []
        sides = []
        for key in known:
            at = int(np.searchsorted(self._phrase_keys[source], key))
            if at < len(self._phrase_keys[source]) and int(self._phrase_keys[source][at]) == key:
                sides.append(self._phrases[source][at])
        mean: dict[int, float] = {}
        for side in sides:
            for item, weight in side:
                mean[item] = mean.get(item, 0.0) + weight / len(sides)
        return list(mean.items())

    def _inflected(self, found: dict[str, float], language: str, share: float) -> dict[str, float]:
        """Return the alternatives with their inflections, each weighing `share` of its likeness to its source."""
        rows, words = self._rows.get(language, {}), self._words.get(language, [])
        weights = dict(found)
        for stem, weight in found.items():
            if stem in rows:
                for item, likeness in self._relatives[language][rows[stem]]:
                    word = words[item]
                    weights[word] = max(weights.get(word, 0.0), share * likeness * weight)
        return weights


def phrase_key(first: int, second: int, role: int) -> int:
    """Return the key of the word numbered `first` (role 0) or `second` (role 1) where the two stand side by side."""
    return (first << 33) | (second << 1) | role


def asks_how(text: str, start: int) -> bool:
    """Return whether the word before this offset is "how": what "how long" asks for is no length of "long"."""
    return bool(_HOW.search(text[max(0, start - 8) : start]))


_HOW = re.compile(r"(?i)\bhow\s+$")


def _is_capital(term: Term, text: str) -> bool:
    """Return whether the term's capital says something: inside a question that is not all in capitals."""
    if not 0 < term.start < len(text) or not text[term.start].isupper():
        return False
    later = re.findall(r"[^\W\d_]{2,}", text)[1:]
    return any(word[0].islower() for word in later)


@cache
def _load(path: Path | None) -> Lexicon:
    box: Traversable | Path = importlib.resources.files("index") / FILE if path is None else path
    try:
        with box.open("rb") as file:
            return Lexicon(read_arrays(file))
    except FileNotFoundError as error:
        raise IndexNotFound(f"there is no translation table at {box}: install the package again") from error
    except (KeyError, ValueError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise IndexCorrupt(
            f"the translation table {box} cannot be read ({error}): install the package again"
        ) from error


def read_arrays(file: IO[bytes]) -> Arrays:
    """Return the arrays of the table's file."""
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


# What English and French transcriptions of a name write differently, longest first: Chernobyl and Tchernobyl.
