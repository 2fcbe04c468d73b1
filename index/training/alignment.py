"""Which word of a sentence renders which word of its translation?

IBM Model 1 (Brown et al. 1993), trained by EM on the words that stand in the same sentence pair, with three additions:
a position prior that favours words at the same relative place (Dyer, Chahuneau and Smith 2013), a sparse Dirichlet
prior on the translations of each word (the mean-field M-step of Johnson 2007), and agreement: after some iterations in
each direction alone, a link counts as the product of its probabilities in the two directions (Liang, Taskar and Klein
2006), so that a rare word no longer collects whatever stands around it.

Every step is a handful of numpy operations over all links of a chunk of sentences: a link is an English token with a
French token of the same pair, and a hundred million of them take about eight seconds an iteration on one core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma  # type: ignore[import-untyped]

from index.training.bitext import LONGEST, Bitext, Side

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

CHUNK = 65_535 // LONGEST
"""Sentence pairs handled at once, so few that 16 bits number their tokens."""
_PLACES = 256
_LEAST = 1e-30
"""No probability falls below this, so that a token that nothing explains has a likelihood to divide by."""


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a chunk of sentence pairs: which pair of words, which two tokens, how far apart they stand.

    The tokens are numbered from the chunk's first: English token i of the chunk is ``english.words[first[0] + i]``.
    """

    pair: Ints
    english: NDArray[np.uint16]
    french: NDArray[np.uint16]
    distance: NDArray[np.uint8]
    first: tuple[int, int]
    last: tuple[int, int]


def _chunk(bitext: Bitext, start: int) -> Links:
    """Return the links of the chunk that starts at this sentence; their `pair` is not numbered yet."""
    end = min(len(bitext.english.starts) - 1, start + CHUNK)
    e_starts, f_starts = bitext.english.starts[start : end + 1], bitext.french.starts[start : end + 1]
    e_lengths, f_lengths = np.diff(e_starts), np.diff(f_starts)
    sizes = e_lengths * f_lengths
    row = np.repeat(np.arange(end - start), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    f_local, e_local = np.divmod(within, e_lengths[row])
    english, french = e_starts[row] - e_starts[0] + e_local, f_starts[row] - f_starts[0] + f_local
    e_places = bitext.english.places[e_starts[0] : e_starts[-1]].astype(np.int16)
    f_places = bitext.french.places[f_starts[0] : f_starts[-1]].astype(np.int16)
    return Links(
        pair=np.zeros(0, np.int32),
        english=english.astype(np.uint16),
        french=french.astype(np.uint16),
        distance=np.abs(e_places[english] - f_places[french]).astype(np.uint8),
        first=(int(e_starts[0]), int(f_starts[0])),
        last=(int(e_starts[-1]), int(f_starts[-1])),
    )


def _keys(bitext: Bitext, links: Links) -> NDArray[np.int64]:
    """Return English word × number of French words + French word for each link."""
    english = bitext.english.words[links.first[0] : links.last[0]][links.english]
    french = bitext.french.words[links.first[1] : links.last[1]][links.french]
    return english.astype(np.int64) * len(bitext.french_words) + french


def cooccurrences(bitext: Bitext) -> tuple[NDArray[np.int64], list[Links]]:
    """Return the keys of all pairs of words that share a sentence pair, ascending, and every link.

    The number of a pair is its rank among the keys. One bit per possible pair marks those that occur, and the rank is a
    count of bits, which is some fifty times faster than sorting the links.
    """
    present = np.zeros(len(bitext.english_words) * len(bitext.french_words), np.bool_)
    chunks = [_chunk(bitext, start) for start in range(0, len(bitext.english.starts) - 1, CHUNK)]
    for links in chunks:
        present[_keys(bitext, links)] = True
    keys = np.flatnonzero(present).astype(np.int64)
    packed = np.packbits(present, bitorder="little")
    del present
    bits = np.concatenate([packed, np.zeros(-len(packed) % 8, np.uint8)]).view("<u8")
    before = np.concatenate([[0], np.cumsum(np.bitwise_count(bits), dtype=np.int64)])
    numbered = []
    for links in chunks:
        key = _keys(bitext, links)
        below = (np.uint64(1) << (key & 63).astype(np.uint64)) - np.uint64(1)
        pair = before[key >> 6] + np.bitwise_count(bits[key >> 6] & below)
        numbered.append(
            Links(pair.astype(np.int32), links.english, links.french, links.distance, links.first, links.last)
        )
    return keys, numbered


class Aligner:
    """The model over a bitext: `train`, then `counts` of each pair of words and `posteriors` of each link.

    `sharpness` is the position prior's: it falls by e^-sharpness from one end of the sentence to the other. `null` is
    the prior probability that a word renders nothing, `concentration` that of the Dirichlet prior.
    """

    def __init__(
        self, bitext: Bitext, *, sharpness: float = 6.0, null: float = 0.05, concentration: float = 0.01
    ) -> None:
        self.bitext = bitext
        self.keys, self.chunks = cooccurrences(bitext)
        self.english = (self.keys // len(bitext.french_words)).astype(np.int32)
        self.french = (self.keys % len(bitext.french_words)).astype(np.int32)
        self._prior = np.exp(-sharpness * np.arange(_PLACES) / (_PLACES - 1)).astype(np.float32)
        self._null = null
        self._concentration = concentration
        # t(f|e) and t(e|f) of each pair, and what nothing renders: all words alike, then as often as they occur.
        self._tables = [np.full(len(self.keys), 1e-3, np.float32) for _ in range(2)]
        self._nulls = [_shares(bitext.french), _shares(bitext.english)]
        self.counts = np.zeros(len(self.keys))

    def train(
        self,
        *,
        alone: int = 5,
        agreeing: int = 2,
        log: Callable[[str], None] = lambda line: None,
        checkpoint: Path | None = None,
    ) -> None:
        """Run EM: iterations in each direction alone, then agreeing; `counts` are those of the last iteration.

        After each iteration its result is written to the `checkpoint`, and a later call goes on from there.
        """
        done = self._restored(checkpoint) if checkpoint is not None and checkpoint.is_file() else 0
        for iteration in range(done, alone + agreeing):
            agree = iteration >= alone
            likelihood = self._iterate(agree=agree)
            log(f"iteration {iteration + 1}{' (agreeing)' if agree else ''}: log-likelihood a word {likelihood:.4f}")
            if checkpoint is not None:
                self._save(checkpoint, iteration + 1)

    def _save(self, checkpoint: Path, done: int) -> None:
        partial = checkpoint.with_suffix(".partial")
        state: dict[str, Any] = {"done": np.int64(done), "counts": self.counts}
        state |= {f"table{i}": table for i, table in enumerate(self._tables)}
        state |= {f"null{i}": null for i, null in enumerate(self._nulls)}
        with open(partial, "wb") as file:
            np.savez(file, **state)
        partial.replace(checkpoint)

    def _restored(self, checkpoint: Path) -> int:
        """Take over the state of the checkpoint and return how many iterations it has behind it."""
        with np.load(checkpoint, allow_pickle=False) as state:
            if len(state["counts"]) != len(self.keys):
                raise ValueError(f"{checkpoint} is of another text: remove it")
            self.counts = state["counts"]
            self._tables = [state["table0"], state["table1"]]
            self._nulls = [state["null0"], state["null1"]]
            return int(state["done"])

    def posteriors(self) -> Iterator[tuple[Links, Floats]]:
        """Yield each chunk's links with the probability, both directions agreeing, that the two words are linked."""
        for links in self.chunks:
            (first, _, _), (second, _, _) = self._expect(links)
            yield links, first * second

    def _expect(self, links: Links) -> list[tuple[Floats, NDArray[np.float64], NDArray[np.float64]]]:
        """Return for each direction: the links' posteriors, the tokens' null posteriors and their likelihoods."""
        found = []
        prior = self._prior[links.distance]
        # The French token is rendered by one English token or by nothing, and then the other way round.
        for direction, side, tokens in ((0, self.bitext.french, links.french), (1, self.bitext.english, links.english)):
            words = side.words[links.first[1 - direction] : links.last[1 - direction]]
            share = np.bincount(tokens, prior, len(words)) / (1 - self._null)
            joint = prior * self._tables[direction][links.pair]
            nothing = self._null * self._nulls[direction][words]
            likelihood = np.bincount(tokens, joint, len(words)) / share + nothing
            posterior = joint * (1 / (share * likelihood)).astype(np.float32)[tokens]
            found.append((posterior, nothing / likelihood, likelihood))
        return found

    def _iterate(self, *, agree: bool) -> float:
        """Run one iteration of EM in both directions and return the log-likelihood a French word."""
        pairs = [np.zeros(len(self.keys)) for _ in range(2)]
        nulls = [np.zeros(len(n)) for n in self._nulls]
        likelihood = 0.0
        for links in self.chunks:
            found = self._expect(links)
            likelihood += float(np.log(found[0][2]).sum())
            sides = (self.bitext.french, self.bitext.english)
            for direction, (side, (_, nothing, _)) in enumerate(zip(sides, found, strict=True)):
                words = side.words[links.first[1 - direction] : links.last[1 - direction]]
                np.add.at(nulls[direction], words, nothing)
            if agree:
                np.add.at(pairs[0], links.pair, found[0][0] * found[1][0])
            else:
                np.add.at(pairs[0], links.pair, found[0][0])
                np.add.at(pairs[1], links.pair, found[1][0])
        if agree:
            pairs[1] = pairs[0]
        self.counts = pairs[0]
        self._tables = [self._maximised(pairs[0], self.english), self._maximised(pairs[1], self.french)]
        self._nulls = [np.maximum(n / max(n.sum(), _LEAST), _LEAST).astype(np.float32) for n in nulls]
        return likelihood / len(self.bitext.french.words)

    def _maximised(self, counts: NDArray[np.float64], words: Ints) -> Floats:
        """Return exp(E[log t]) of each pair under the Dirichlet posterior, t being what each word is rendered by."""
        # Only the pairs that a word occurs in carry its prior mass.
        total = np.bincount(words, counts + self._concentration)
        tables = np.exp(digamma(counts + self._concentration) - digamma(total)[words])
        floored: Floats = np.maximum(tables, _LEAST).astype(np.float32)
        return floored


def _shares(side: Side) -> Floats:
    """Return each word's share of the tokens."""
    count = np.bincount(side.words)
    shares: Floats = (count / count.sum()).astype(np.float32)
    return shares
