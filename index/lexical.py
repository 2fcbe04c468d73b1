"""Which paragraphs share its terms? BM25.

The scores are those of `rank_bm25.BM25Okapi` with the idf that is never negative (Robertson and Spärck Jones with one
added inside the logarithm, as in Lucene): ``log(1 + (N - n + 0.5) / (n + 0.5))``. What differs is where the counts are
kept: in postings (a sparse matrix in CSC layout: for each term the documents that hold it and how often), so that a
query reads the postings of its own terms and nothing else. Document frequencies are counted when a query asks for
them, which makes adding and removing documents cheap.

>>> bm25 = BM25([["trois", "soldat"], ["soldat", "bless"], ["treve"]])
>>> bm25.search([[("bless", 1.0)]], k=2)
[(1, 0.8998433513869051)]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.blocks import Checked
from index.records import Alternatives, Ranking

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Postings:
    """The counts of a run of documents, term by term. Immutable; the arrays may be memory-mapped.

    ``documents[indptr[t]:indptr[t + 1]]`` are the documents (from 0, ascending) that hold the term numbered t, and
    `frequencies` at the same places says how often; `lengths` is the number of terms of each document.
    """

    vocabulary: Mapping[str, int]
    indptr: NDArray[np.int64]
    documents: Ints | Checked
    frequencies: Ints | Checked
    lengths: Ints

    @classmethod
    def of(cls, corpus: Iterable[Sequence[str]]) -> Postings:
        """Return the postings of documents given as lists of terms."""
        vocabulary: dict[str, int] = {}
        numbers, counts = array("i"), array("i")
        for terms in corpus:
            numbers.extend([vocabulary.setdefault(term, len(vocabulary)) for term in terms])
            counts.append(len(terms))
        lengths = np.array(counts, np.int32)
        # One sort of (term, document) keys puts equal pairs side by side; their count is the term frequency. What is
        # large is computed in place or into what is kept: this is where building an index takes its memory.
        keys = np.array(numbers, np.int64)
        del numbers
        keys *= max(len(lengths), 1)
        keys += np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        keys.sort()
        begins = np.ones(len(keys), np.bool_)
        np.not_equal(keys[1:], keys[:-1], out=begins[1:])
        first = np.append(np.flatnonzero(begins), len(keys))
        frequencies = np.empty(len(first) - 1, np.int32)
        np.subtract(first[1:], first[:-1], out=frequencies, casting="same_kind")
        del first
        keys = keys[begins]
        documents = np.empty(len(keys), np.int32)
        np.remainder(keys, max(len(lengths), 1), out=documents, casting="same_kind")
        keys //= max(len(lengths), 1)
        indptr = np.zeros(len(vocabulary) + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=len(vocabulary)), out=indptr[1:])
        return cls(vocabulary, indptr, documents, frequencies, lengths)

    def of_term(self, term: str) -> tuple[Ints, Ints]:
        """Return the documents that hold the term, and how often each does."""
        number = self.vocabulary.get(term)
        if number is None:
            return _NONE, _NONE
        where = slice(int(self.indptr[number]), int(self.indptr[number + 1]))
        return self.documents[where], self.frequencies[where]


_NONE: Ints = np.zeros(0, np.int32)


def _reached(scores: Floats, k: int) -> float:
    """Return a score that at least k documents reach, and few more; 0 where there are not so many documents.

    The scores are looked at in some 8 k runs: the k-th best of the runs' maxima is such a score, and takes one pass.
    """
    if not 0 < k < len(scores):
        return 0.0
    width = max(1, len(scores) // (8 * k))
    maxima = scores[: len(scores) // width * width].reshape(-1, width).max(axis=1)
    return float(np.partition(maxima, len(maxima) - k)[len(maxima) - k])


class BM25(BM25Okapi):  # type: ignore[misc]
    """BM25 over postings: `get_scores`, `get_batch_scores` and `get_top_n` of rank_bm25, and `search`.

    `corpus` is a list of documents, each a list of terms. Documents are numbered from 0 in the order in which they were
    given; a removed document keeps its number and scores 0.
    """

    def __init__(self, corpus: Iterable[Sequence[str]] = (), *, k1: float = 1.5, b: float = 0.75) -> None:
        self.k1 = k1
        self.b = b
        self._segments: list[Postings] = []
        self._starts: list[int] = [0]
        self._alive: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._lengths: Ints = _NONE
        self._norm: Floats = np.zeros(0)
        self.corpus_size = 0
        self.avgdl = 0.0
        self.add(corpus)

    @classmethod
    def over(
        cls, segments: Sequence[Postings], removed: Iterable[int] = (), *, k1: float = 1.5, b: float = 0.75
    ) -> BM25:
        """Return the index over ready postings, one after the other, without the removed documents."""
        index = cls(k1=k1, b=b)
        for postings in segments:
            index._append(postings)
        index.remove(removed)
        return index

    def add(self, corpus: Iterable[Sequence[str]]) -> None:
        """Number these documents after the ones that are there."""
        self._append(Postings.of(corpus))
        self._count()

    def remove(self, documents: Iterable[int]) -> None:
        """Take these documents out of every score and every count."""
        self._alive[list(documents)] = False
        self._count()

    def _append(self, postings: Postings) -> None:
        if len(postings.lengths):
            self._segments.append(postings)
            self._starts.append(self._starts[-1] + len(postings.lengths))
            self._alive = np.concatenate([self._alive, np.ones(len(postings.lengths), np.bool_)])
            self._lengths = np.concatenate([self._lengths, postings.lengths])

    def _count(self) -> None:
        """Derive what depends on which documents there are: their number, average length, and length norm."""
        self.corpus_size = int(self._alive.sum())
        total = int(self._lengths[self._alive].sum())
        self.avgdl = total / self.corpus_size if total else 1.0
        self._norm = np.asarray(self.k1 * (1 - self.b + self.b * self._lengths / self.avgdl), np.float64)

    @property
    def doc_len(self) -> Ints:
        """The number of terms of each document, removed ones included."""
        return self._lengths

    def inverse_document_frequency(self, frequency: float) -> float:
        """Return log(1 + (N - n + 0.5) / (n + 0.5)) for a document frequency n, which may be a weighted sum."""
        return float(np.log1p((self.corpus_size - frequency + 0.5) / (frequency + 0.5)))

    def document_frequency(self, alternatives: Alternatives) -> float:
        """Return the weighted sum of the alternatives' document frequencies, at most the number of documents."""
        total = sum(weight * len(found[1]) for term, weight in alternatives for found in self._live(term))
        return min(total, float(self.corpus_size))

    def _live(self, term: str) -> Iterator[tuple[int, Ints, Ints]]:
        """Yield the start of each segment, its living documents that hold the term, and how often each does."""
        for start, postings in zip(self._starts, self._segments, strict=False):
            documents, frequencies = postings.of_term(term)
            if len(documents):
                alive = self._alive[start : start + len(postings.lengths)][documents]
                if not alive.all():
                    documents, frequencies = documents[alive], frequencies[alive]
                yield start, documents, frequencies

    def _term_frequencies(self, alternatives: Alternatives) -> tuple[NDArray[np.int64], NDArray[np.float32], float]:
        """Return the documents that hold any alternative, their weighted term frequency, and the document frequency."""
        found = [
            (documents + np.int64(start), frequencies * np.float32(weight), weight)
            for term, weight in alternatives
            for start, documents, frequencies in self._live(term)
        ]
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.float32), 0.0
        frequency = min(sum(weight * len(documents) for documents, _, weight in found), float(self.corpus_size))
        documents = np.concatenate([documents for documents, _, _ in found])
        frequencies = np.concatenate([frequencies for _, frequencies, _ in found])
        if len(alternatives) > 1:
            documents, frequencies = self._summed(documents, frequencies)
        return documents, frequencies, frequency

    def _summed(
        self, documents: NDArray[np.int64], frequencies: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return each document once, ascending, with the sum of its frequencies."""
        if len(documents) * 16 < len(self._lengths):
            documents, where = np.unique(documents, return_inverse=True)
            return documents, np.bincount(where, weights=frequencies).astype(np.float32)
        # Counting over all documents is cheaper than sorting once the postings are many.
        sums = np.bincount(documents, weights=frequencies, minlength=len(self._lengths)).astype(np.float32)
        documents = np.flatnonzero(sums)
        return documents, sums[documents]

    def scores(self, terms: Sequence[Alternatives]) -> Floats:
        """Return the score of every document for weighted terms, shape (documents,).

        The frequency of a term in a document is the weighted sum of its alternatives' frequencies, and likewise its
        document frequency: probabilistic structured queries (Darwish and Oard 2003).
        """
        scores = np.zeros(len(self._lengths))
        for alternatives in terms:
            documents, frequencies, frequency = self._term_frequencies(alternatives)
            if len(documents):
                gain = self.inverse_document_frequency(frequency) * (self.k1 + 1)
                scores[documents] += gain * frequencies / (frequencies + self._norm[documents])
        return scores

    def search(self, terms: Sequence[Alternatives], k: int, *, among: NDArray[np.bool_] | None = None) -> Ranking:
        """Return the k documents that score best, best first, ties by number; a score of 0 is no result.

        `among` says which documents may be returned, shape (documents,); it changes no score.
        """
        scores = self.scores(terms)
        if among is not None:
            scores[~among] = 0
        least = _reached(scores, k)
        documents = np.flatnonzero(scores >= least if least > 0 else scores)
        order = np.lexsort((documents, -scores[documents]))[: max(k, 0)]
        return [(int(d), float(scores[d])) for d in documents[order]]

    def get_scores(self, query: Sequence[str]) -> Floats:
        """Return the score of every document for plain terms, as rank_bm25 does, shape (documents,)."""
        return self.scores([[(term, 1.0)] for term in query])

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of these documents alone."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores
