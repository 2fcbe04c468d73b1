"""Which paragraphs mean the same? FAISS.

Vectors are unit rows, so their inner product is their cosine. Up to `EXACT_BELOW` rows the search is exact
(`IndexFlatIP`); above, an inverted file over 8-bit codes proposes candidates, which the exact vectors then re-order.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.blocks import Checked
from index.records import Ranking, Vectors, ranked

EXACT_BELOW = 200_000
"""Paragraphs below which every vector is compared."""

PROBES = 64
"""Lists of the inverted file that a query reads."""

RESCORED = 8
"""Candidates that the codes propose for each result asked, before the exact vectors re-order them."""


class DenseIndex:
    """Searches one run of unit vectors, shape (n, dim), rows numbered from 0."""

    def __init__(self, vectors: Vectors | Checked, *, file: Path | None = None) -> None:
        import faiss

        self._vectors = vectors
        self._coded: Any = None
        if file is not None:
            self._coded = faiss.read_index(str(file))
            self._coded.nprobe = PROBES
        else:
            self._exact = faiss.IndexFlatIP(vectors.shape[1])
            self._exact.add(np.ascontiguousarray(vectors, np.float32))

    @staticmethod
    def write(vectors: Vectors, file: Path, *, seed: int = 0) -> None:
        """Train and write the coded index of these vectors; the same vectors always give the same file."""
        import faiss

        count, dim = vectors.shape
        lists = max(1, int(4 * count**0.5))
        coded = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dim), dim, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
        )
        coded.cp.seed = seed
        sample = np.random.default_rng(seed).choice(count, min(count, 40 * lists), replace=False)
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
            found = self._exact.search(question, asked, params=_living(alive, exact=True))
            scores, rows = found[0][0], found[1][0]
            if asked == count or scores[-1] < scores[k - 1]:
                return ranked(rows, scores)[:k]
            asked *= 2

    def _search_coded(self, question: Vectors, k: int, alive: NDArray[np.bool_] | None) -> Ranking:
        _, rows = self._coded.search(question, k * RESCORED, params=_living(alive, exact=False))
        rows = np.sort(rows[0][rows[0] >= 0])
        return ranked(rows, self._vectors[rows] @ question[0])[:k]


def _living(alive: NDArray[np.bool_] | None, *, exact: bool) -> Any:
    """Return FAISS's search parameters that leave out dead rows; None where there is nothing to say."""
    import faiss

    parameters: Any = faiss.SearchParameters if exact else faiss.SearchParametersIVF
    probes = {} if exact else {"nprobe": PROBES}
    if alive is None or alive.all():
        return parameters(**probes) if probes else None
    return parameters(sel=faiss.IDSelectorBatch(np.flatnonzero(alive)), **probes)


def merged(rankings: Sequence[Ranking], k: int) -> Ranking:
    """Return the k best of several rankings over different paragraphs."""
    return sorted((pair for ranking in rankings for pair in ranking), key=lambda pair: (-pair[1], pair[0]))[:k]
