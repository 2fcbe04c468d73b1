"""Which paragraphs mean the same? FAISS.

Vectors are unit rows, so their inner product is their cosine. Up to `EXACT_BELOW` rows the search is exact
(`IndexFlatIP`); above, codes of two bits a dimension propose candidates, which the exact vectors then re-order.

Chosen by `tests/benchmarks/dense.py`, one thread, 500 real questions: of the ten that exact search finds, 0.9998 over
210,000 sentences in a fifteenth of its time, and all over a crowded million in a twelfth, in 6.8 % of its memory. They
are learnt and written in 9 s. Inverted lists lose here, for a question lies far from the passages: among 100,000
paragraphs the nearest 64 of 632 lists hold 87 % of the ten, and 98 % takes 256. Eight-bit codes take a quarter of the
memory and more than half of the time, and a graph holds more than the vectors themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.blocks import Checked
from index.records import Ranking, Vectors, rank

EXACT_BELOW = 200_000
"""Paragraphs below which every vector is compared."""

SAMPLE = 4_096
"""Vectors from which the codes are learnt: 256 for each of the 16 values of a code."""

RESCORED = 16
"""Candidates that the codes propose for each result asked, before the exact vectors re-order them."""

SHARE = 2_000
"""Of this many rows at least one is proposed: the more rows, the more of them look alike to the codes."""


class DenseIndex:
    """Searches one run of unit vectors, shape (n, dim), rows numbered from 0.

    `file` is what `write` made of them, now or when it still made an inverted file of 8-bit codes.
    """

    def __init__(self, vectors: Vectors | Checked, *, file: Path | None = None) -> None:
        import faiss

        self._vectors = vectors
        self._coded: Any = None
        if file is not None:
            self._coded = faiss.read_index(str(file))
        else:
            self._exact = faiss.IndexFlatIP(vectors.shape[1])
            self._exact.add(np.ascontiguousarray(vectors, np.float32))

    @staticmethod
    def write(vectors: Vectors, file: Path, *, seed: int = 0) -> None:
        """Train and write the coded index of these vectors; the same vectors always give the same file.

        How many threads FAISS may use makes no difference to it.
        """
        import faiss

        count, dim = vectors.shape
        # One list, for no list can be passed over; but a plain IndexPQFastScan cannot leave out dead rows.
        coded = faiss.IndexIVFPQFastScan(
            faiss.IndexFlatIP(dim), dim, 1, dim // gcd(dim, 2), 4, faiss.METRIC_INNER_PRODUCT
        )
        coded.by_residual = False
        coded.cp.seed = coded.pq.cp.seed = seed
        # Few rows are drawn again and again, for k-means wants more rows than centroids.
        sample = np.random.default_rng(seed).choice(count, SAMPLE, replace=count < SAMPLE)
        coded.train(np.ascontiguousarray(vectors[np.sort(sample)], np.float32))
        for start in range(0, count, 50_000):
            coded.add(np.ascontiguousarray(vectors[start : start + 50_000], np.float32))
        faiss.write_index(coded, str(file))

    def search(self, vector: Vectors, k: int, *, alive: NDArray[np.bool_] | None = None) -> Ranking:
        """Return the k rows nearest to one unit vector, shape (dim,), by cosine, ties by row.

        `alive` says which rows count, shape (n,); without it all do.
        """
        question = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        count = len(self._vectors) if alive is None else int(alive.sum())
        k = min(k, count)
        if k <= 0:
            return []
        if self._coded is not None:
            return self._search_coded(question, k, alive)
        asked = k
        while True:
            # Ask until the last score is below the k-th: a tie at the edge is then settled by row, not by chance.
            asked = min(count, asked + 8)
            found = self._exact.search(question, asked, params=_living(alive))
            scores, rows = found[0][0], found[1][0]
            if asked == count or scores[-1] < scores[k - 1]:
                return rank(rows, scores)[:k]
            asked *= 2

    def _search_coded(self, question: Vectors, k: int, alive: NDArray[np.bool_] | None) -> Ranking:
        proposed = max(k * RESCORED, len(self._vectors) // SHARE)
        _, rows = self._coded.search(question, proposed, params=_living(alive, lists=self._coded.nlist))
        rows = np.sort(rows[0][rows[0] >= 0])
        scores = self._vectors[rows] @ question[0]
        best = np.argsort(-scores, kind="stable")[:k]
        return rank(rows[best], scores[best])


def _living(alive: NDArray[np.bool_] | None, *, lists: int = 0) -> Any:
    """Return FAISS's search parameters that leave out dead rows and, of an inverted file, read all its lists."""
    import faiss

    parameters: Any = faiss.SearchParametersIVF if lists else faiss.SearchParameters
    selector: Any = faiss.IDSelectorBitmap
    probes = {"nprobe": lists} if lists else {}
    if alive is None or alive.all():
        return parameters(**probes)
    return parameters(sel=selector(np.packbits(alive, bitorder="little")), **probes)


def merge_rankings(rankings: Sequence[Ranking], k: int) -> Ranking:
    """Return the k best of several rankings over different paragraphs."""
    return sorted((pair for ranking in rankings for pair in ranking), key=lambda pair: (-pair[1], pair[0]))[:k]
