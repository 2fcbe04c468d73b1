"""BM25 here, in rank_bm25 and in bm25s, over the same terms, side by side in one run.

    python tests/benchmarks/bm25.py --paragraphs 100000

The paragraphs are French sentences of the European Parliament joined to about 80 words; the terms are those of
`index.language`. rank_bm25 and ours carry the same idf, so their scores are compared as well. "its scores" are bm25s's
scores without the choice of the ten best, which is most of its time.
"""

from __future__ import annotations

import gzip
import math
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import click
import numpy as np
from rank_bm25 import BM25Okapi

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.language import stems
from index.lexical import BM25

WORDS = 80
QUERY_TERMS = 5


class NonNegativeOkapi(BM25Okapi):
    """rank_bm25 itself, with the idf that is never negative."""

    def _calc_idf(self, nd):
        self.idf = {word: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for word, n in nd.items()}


def paragraphs(file: Path, count: int) -> list[list[str]]:
    """Return the terms of this many paragraphs; the sentences are read again, in another order, when they run out."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        sentences = [line.split("\t")[1].strip() for line in lines]
    terms = [stems(sentence, "fr") for sentence in sentences]
    lengths = np.array([len(sentence.split()) for sentence in sentences])
    rng = np.random.default_rng(0)
    found: list[list[str]] = []
    while len(found) < count:
        order = rng.permutation(len(sentences))
        cut = np.searchsorted(np.cumsum(lengths[order]), np.arange(WORDS, lengths.sum(), WORDS))
        for rows in np.split(order, cut):
            found.append([term for row in rows for term in terms[row]])
            if len(found) == count:
                break
    return found


def timed(ask: Callable[[list[str]], object], queries: Sequence[list[str]]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the time of one query, in milliseconds."""
    times = []
    for query in queries:
        start = time.perf_counter()
        ask(query)
        times.append(1000 * (time.perf_counter() - start))
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("../shared/data"), show_default=True)
@click.option("--paragraphs", "count", default=100_000, show_default=True)
@click.option("--queries", default=200, show_default=True)
@click.option("--rank-bm25/--no-rank-bm25", default=True, help="rank_bm25 needs much time and memory above 100,000.")
def main(data: Path, count: int, queries: int, rank_bm25: bool) -> None:
    corpus = paragraphs(data / "parallel/europarl.en-fr.tsv.gz", count)
    rng = np.random.default_rng(1)
    asked = []
    while len(asked) < queries:
        own = sorted(set(corpus[int(rng.integers(count))]))
        if len(own) >= QUERY_TERMS:
            asked.append([str(term) for term in rng.choice(own, QUERY_TERMS, replace=False)])
    average = sum(map(len, corpus)) / count
    print(f"{count:,} paragraphs, {average:.0f} terms each, {queries} queries of {QUERY_TERMS} terms")
    print(f"{'system':<12}{'build s':>10}{'p50 ms':>10}{'p95 ms':>10}{'times rank_bm25':>18}")

    start = time.perf_counter()
    ours = BM25(corpus)
    rows = {"recoupe": (time.perf_counter() - start, *timed(lambda q: ours.search([[(t, 1.0)] for t in q], 10), asked))}

    start = time.perf_counter()
    other = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    other.index(corpus, show_progress=False)
    built = time.perf_counter() - start
    rows["bm25s"] = (built, *timed(lambda q: other.retrieve([q], k=10, show_progress=False, n_threads=0), asked))

    rows["  its scores"] = (0.0, *timed(other.get_scores, asked))

    if rank_bm25:
        start = time.perf_counter()
        okapi = NonNegativeOkapi(corpus)
        built = time.perf_counter() - start
        few = asked[: min(queries, 20)]
        rows["rank_bm25"] = (built, *timed(lambda q: np.argsort(okapi.get_scores(q))[::-1][:10], few))
        worst = max(float(np.abs(ours.get_scores(q) - okapi.get_scores(q)).max()) for q in few)
    for name, (built, p50, p95) in rows.items():
        ratio = f"{rows['rank_bm25'][1] / p50:>17.0f}x" if rank_bm25 else ""
        print(f"{name:<12}{built:>10.1f}{p50:>10.2f}{p95:>10.2f}{ratio}")
    if rank_bm25:
        print(f"largest difference of a score from rank_bm25's: {worst:.1e}")
    print(f"peak memory of the whole run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
