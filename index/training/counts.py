"""How often does each word render each other, written with a capital, and beside its neighbours?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language import stems
from index.lexicon import HOW, phrase_key
from index.training.alignment import Aligner
from index.training.bitext import Bitext, Side, text_array

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

LEAST_LINK = 0.02
"""A less probable link is not counted."""

EVERYDAY = 4.0
"""How often a link of an everyday sentence counts, where one of a debate counts once.

A parliament's house is an assembly, and its players are actors: the fewer everyday sentences balance that. Chosen on
questions over paragraphs of Wikipedia, from 1, 4 and 10.
"""

LEAST_PHRASE = 10
"""A pair of neighbours that is rarer makes no phrase."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Expected counts of one direction: rows are the words to render, columns their renderings.

    `rows`, `columns` and `counts` say how often each word was linked with which; `capitals` how often each was linked
    when written with a capital inside a sentence, and `names` how often then with its own spelling. `phrases` are the
    keys (`index.lexicon.phrase_key`), ascending, with the columns and counts of a word beside a given neighbour.
    """

    words: list[str]
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    counts: Floats
    capitals: Floats
    names: Floats
    phrases: Longs
    phrase_columns: NDArray[np.int32]
    phrase_counts: Floats


def count(aligner: Aligner) -> tuple[Counts, Counts]:
    """Return the counts from English to French and from French to English of a trained model."""
    bitext = aligner.bitext
    vocabularies = (bitext.english_words, bitext.french_words)
    same = _same_spelling(aligner)
    neighbours = [_Neighbours(side, len(v)) for side, v in zip(_sides(bitext), vocabularies, strict=True)]
    capitals, names = ([np.zeros(len(v)) for v in vocabularies] for _ in range(2))
    seen: list[list[tuple[Longs, NDArray[np.float32]]]] = [[], []]
    together = np.zeros(len(aligner.keys))
    for tokens, pair, weight in _links(aligner):
        np.add.at(together, pair, weight)
        words = [side.words[t] for side, t in zip(_sides(bitext), tokens, strict=True)]
        for one in (0, 1):
            capital = _sides(bitext)[one].capitals[tokens[one]]
            np.add.at(capitals[one], words[one][capital], weight[capital])
            np.add.at(names[one], words[one][capital], weight[capital] * same[pair[capital]])
            seen[one] += neighbours[one].seen(tokens[one], words[1 - one], weight, len(vocabularies[1 - one]))
    found = []
    for one, rows, columns in ((0, aligner.english, aligner.french), (1, aligner.french, aligner.english)):
        keys, counts = _summed(seen[one])
        numbers, items = np.divmod(keys, len(vocabularies[1 - one]))
        phrases = neighbours[one].keys[numbers]
        order = np.argsort(phrases, kind="stable")
        found.append(
            Counts(
                words=vocabularies[one],
                rows=rows,
                columns=columns,
                counts=together,
                capitals=capitals[one],
                names=names[one],
                phrases=phrases[order],
                phrase_columns=items[order].astype(np.int32),
                phrase_counts=counts[order],
            )
        )
    return found[0], found[1]


def _sides(bitext: Bitext) -> tuple[Side, Side]:
    return bitext.english, bitext.french


def _links(aligner: Aligner) -> Iterator[tuple[tuple[Longs, Longs], NDArray[np.int32], NDArray[np.float32]]]:
    """Yield by chunks the likely links: the two tokens, their pair of words, and how much they count."""
    everyday = aligner.bitext.english.starts[aligner.bitext.everyday]
    for links, posterior in aligner.posteriors():
        likely = posterior > LEAST_LINK
        english = links.english[likely].astype(np.int64) + links.first[0]
        french = links.french[likely].astype(np.int64) + links.first[1]
        weight = np.where(english < everyday, EVERYDAY, 1.0).astype(np.float32)
        yield (english, french), links.pair[likely], posterior[likely] * weight


def _same_spelling(aligner: Aligner) -> NDArray[np.bool_]:
    """Return for each pair of words whether some spelling has the one as its English and the other as its French stem.

    "Chomsky" is "chomski" in English and "chomsky" in French.
    """
    bitext = aligner.bitext
    english = {word: number for number, word in enumerate(bitext.english_words)}
    french = {word: number for number, word in enumerate(bitext.french_words)}
    keys = set()
    for spelling in bitext.spellings:
        one, other = stems(spelling, "en")[:1], stems(spelling, "fr")[:1]
        if one and other and one[0] in english and other[0] in french:
            keys.add(english[one[0]] * len(french) + french[other[0]])
    return np.isin(aligner.keys, np.array(sorted(keys), np.int64))


class _Neighbours:
    """The frequent pairs of neighbouring tokens of one side, "how" included.

    `keys` numbers them by word and role: number 2 i is the first word of pair i beside the second, 2 i + 1 the second
    beside the first.
    """

    def __init__(self, side: Side, size: int) -> None:
        together = np.full(len(side.words), -1, np.int64)
        together[:-1] = side.words[:-1].astype(np.int64) * (size + 1) + side.words[1:]
        together[side.starts[1:] - 1] = -1
        how = np.where(side.asked, size * (size + 1) + side.words.astype(np.int64), -1)
        pairs, number, counts = np.unique(np.concatenate([together, how]), return_inverse=True, return_counts=True)
        frequent = (counts >= LEAST_PHRASE) & (pairs >= 0)
        numbered: Longs = np.where(frequent, np.cumsum(frequent) - 1, -1)[number].astype(np.int64)
        self._next, self._how = numbered[: len(together)], numbered[len(together) :]
        self._before: Longs = np.concatenate([np.full(1, -1, np.int64), self._next[:-1]])
        firsts, seconds = np.divmod(pairs[frequent], size + 1)
        both = [
            phrase_key(HOW if first == size else first, second, role)
            for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
            for role in (0, 1)
        ]
        self.keys = np.array(both, np.int64)

    def seen(
        self, tokens: Longs, renderings: NDArray[np.int32], weight: NDArray[np.float32], size: int
    ) -> list[tuple[Longs, NDArray[np.float32]]]:
        """Return number × size + rendering, and the weight, of the tokens that stand in a pair."""
        found = []
        for role, pairs in ((0, self._next), (1, self._before), (1, self._how)):
            pair: Longs = pairs[tokens]
            known = pair >= 0
            found.append(((pair[known] * 2 + role) * size + renderings[known], weight[known]))
        return found


def _summed(parts: list[tuple[Longs, NDArray[np.float32]]]) -> tuple[Longs, Floats]:
    """Return the distinct keys, ascending, with the sums of their weights."""
    keys = np.concatenate([part[0] for part in parts])
    weights = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order].astype(np.float64)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.add.reduceat(weights, first) if len(first) else weights


_FIELDS = ("rows", "columns", "counts", "capitals", "names", "phrases", "phrase_columns", "phrase_counts")


def save(path: Path, counts: tuple[Counts, Counts]) -> None:
    """Write the counts of both directions; an interrupted call leaves no file of that name."""
    arrays: dict[str, Any] = {}
    for number, one in enumerate(counts):
        arrays |= {f"{number}.{name}": getattr(one, name) for name in _FIELDS}
        arrays[f"{number}.words"] = text_array(one.words)
    partial = path.with_suffix(".partial")
    with open(partial, "wb") as file:
        np.savez(file, **arrays)
    partial.replace(path)


def load(path: Path) -> tuple[Counts, Counts]:
    """Return the counts that `save` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        words = [arrays[f"{number}.words"].tobytes().decode().split("\n") for number in (0, 1)]
        found = [Counts(words[n], *(arrays[f"{n}.{name}"] for name in _FIELDS)) for n in (0, 1)]
    return found[0], found[1]
