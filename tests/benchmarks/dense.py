"""Dense search over real embeddings: exact, what the product does above its threshold, and what else FAISS offers.

\b
    python tests/benchmarks/dense.py --vectors vectors300k.npy    # encodes 300,000 sentences where the file is missing
    python tests/benchmarks/dense.py --vectors small.npy --sentences 20000 --sizes 10000,20000 --hnsw-up-to 0

The vectors are those of the shipped encoder for different French sentences of the European Parliament, encoded once, by
parts: a run that was stopped goes on. After the French come the English ones. A size above their number is filled with
unit means of 2, 3, 4, ... neighbours in the file. That file is in no order: such a mean is near its parts and its
overlapping neighbours, but it is not the vector of a paragraph anyone wrote. It makes a space crowded with near
duplicates; sizes up to the number of sentences are real throughout.

The 500 questions are 250 French ones of PIAF, which this text does not answer, and 250 English sentences from lines of
the file that are not indexed. Recall@10 is the share of the ten that `IndexFlatIP` over all vectors finds, also told
for the French and the English half. Times are the processor's, one thread, after every question was asked once;
"faster" is exact's median over the row's. "memory" is what the index holds as a share of exact's (4 bytes a dimension);
the float32 rows that re-order its candidates stay in a memory-mapped file, in the product's row with its checksums.
"build" is training and adding; the IVF rows of a size share their lists, whose time is told once and is in each.

Rows: "recoupe" is `index.dense` itself; "IVF+SQ8 p64 r8" reads 64 lists of 8-bit codes and re-orders 8 candidates for
each result; "PQ96" is 96 bytes a vector; "SQ8" and "HNSW" (M, then efSearch) re-order nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.blocks import Checked, map_rows, write_table
from index.dense import DenseIndex
from index.encoder import SentenceEncoder

HELD_OUT = 600_000
"""Lines of the parallel file from which on nothing is indexed, only asked."""

PART = 5_000
"""Sentences that are encoded and saved at a time."""

ADDED = 50_000
"""Vectors that are made and added at a time."""

K, TIMED_EXACTLY = 10, 50
PRODUCT = faiss.METRIC_INNER_PRODUCT
Search = Callable[[np.ndarray], Sequence[int]]


def sentences(file: Path) -> Iterator[str]:
    """Yield the sentences to index, each once: the French sides, then the English ones."""
    seen = set[str]()
    for side in (1, 0):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in islice(lines, HELD_OUT):
                sentence = line.rstrip("\n").split("\t")[side].strip()
                if sentence and sentence not in seen:
                    seen.add(sentence)
                    yield sentence


def encode(data: Path, file: Path, count: int, encoder: SentenceEncoder) -> None:
    """Encode this many sentences into a file, by parts that a later run takes up."""
    texts = list(islice(sentences(data / "parallel/europarl.en-fr.tsv.gz"), count))
    parts, begun, done = file.with_suffix(".parts"), time.perf_counter(), 0
    parts.mkdir(parents=True, exist_ok=True)
    names = []
    for start in range(0, len(texts), PART):
        own = texts[start : start + PART]
        name = parts / f"{start:08d}-{start + len(own):08d}.npy"
        names.append(name)
        if not name.is_file():
            fresh = parts / "fresh.npy"
            np.save(fresh, encoder.passages(own))
            fresh.rename(name)
            done += len(own)
            rate = done / (time.perf_counter() - begun)
            click.echo(f"encoded {start + len(own):,} of {len(texts):,}, {rate:.0f} a second", err=True)
    np.save(file, np.concatenate([np.load(name) for name in names]))


def questions(data: Path, encoder: SentenceEncoder, half: int) -> np.ndarray:
    """Return the vectors of as many French questions as English held-out sentences, French first."""
    with gzip.open(data / "qa/piaf-v1.1.json.gz", "rt", encoding="utf-8") as stream:
        piaf = [q["question"] for a in json.load(stream)["data"] for p in a["paragraphs"] for q in p["qas"]]
    with gzip.open(data / "parallel/europarl.en-fr.tsv.gz", "rt", encoding="utf-8") as lines:
        held = [line.split("\t")[0].strip() for line in islice(lines, HELD_OUT, None)]
    rng = np.random.default_rng(0)
    return encoder.queries([str(text) for some in (piaf, held) for text in rng.choice(some, half, replace=False)])


def filled(known: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """Yield blocks of this many unit rows: the known ones, then means of two neighbours, of three, and so on."""
    width = 1
    while count > 0:
        if width > len(known):
            raise click.UsageError("there are too few sentences for this size")
        usable = min(count, len(known) - width + 1)
        for start in range(0, usable, ADDED):
            end = min(usable, start + ADDED)
            block = sum(np.asarray(known[start + i : end + i], np.float32) for i in range(width))
            yield (block / np.linalg.norm(block, axis=1, keepdims=True)).astype("<f4")
        count -= usable
        width += 1


def save(file: Path, known: np.ndarray, count: int) -> None:
    """Write this many vectors as the product keeps them, with the checksums of their blocks."""
    with open(file, "wb") as stream:
        header = {"descr": "<f4", "fortran_order": False, "shape": (count, known.shape[1])}
        np.lib.format.write_array_header_1_0(stream, header)
        for block in filled(known, count):
            stream.write(block.tobytes())
    write_table(file)


def blocks(vectors: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(vectors), ADDED):
        yield np.ascontiguousarray(vectors[start : start + ADDED])


def plain(index, **parameters: object) -> Search:
    """Return a search whose ranking is the index's own."""
    given = faiss.SearchParametersHNSW(**parameters) if parameters else None
    return lambda question: index.search(question[None], K, params=given)[1][0].tolist()


def rescored(index, vectors: np.ndarray, probes: int, factor: int) -> Search:
    """Return a search in an inverted file whose candidates the float32 rows re-order."""
    parameters = faiss.SearchParametersIVF(nprobe=probes)

    def search(question: np.ndarray) -> Sequence[int]:
        found = index.search(question[None], K * factor, params=parameters)[1][0]
        found = np.sort(found[found >= 0])
        return found[np.argsort(-(vectors[found] @ question), kind="stable")[:K]].tolist()

    return search


class Table:
    """The rows of one size, printed as they are measured; all take the same questions."""

    def __init__(self, vectors: np.ndarray, asked: np.ndarray) -> None:
        self.vectors, self.asked = vectors, asked
        start = time.thread_time()
        exact = faiss.IndexFlatIP(vectors.shape[1])
        for block in blocks(vectors):
            exact.add(block)
        built = time.thread_time() - start
        self.oracle = [set(found) for found in exact.search(asked, K)[1].tolist()]
        few = asked[:: max(1, len(asked) // TIMED_EXACTLY)]
        self.exact = float(np.median(self._times(plain(exact), few)))
        print(f"\n{len(vectors):,} vectors of {vectors.shape[1]} dimensions, {len(asked)} questions")
        print(f"{'index':<22}{'recall@10':>10}{'fr':>7}{'en':>7}{'p50 ms':>9}{'p95 ms':>9}", end="")
        print(f"{'faster':>9}{'memory':>9}{'build s':>9}")
        self.row("exact", plain(exact), 4 * vectors.size, built, few=few)

    def _times(self, search: Search, asked: np.ndarray) -> list[float]:
        times = []
        for question in asked:
            start = time.thread_time()
            search(question)
            times.append(1000 * (time.thread_time() - start))
        return times

    def row(self, name: str, search: Search, size: int, built: float, *, few: np.ndarray | None = None) -> None:
        """Ask every question, then every one again for its time, and print the row."""
        shares = [len(own & set(search(q))) / K for own, q in zip(self.oracle, self.asked, strict=True)]
        p50, p95 = np.percentile(self._times(search, self.asked if few is None else few), (50, 95))
        half, memory = len(shares) // 2, size / (4 * self.vectors.size)
        print(f"{name:<22}{np.mean(shares):>10.4f}{np.mean(shares[:half]):>7.3f}{np.mean(shares[half:]):>7.3f}", end="")
        print(f"{p50:>9.2f}{p95:>9.2f}{self.exact / p50:>8.1f}x{memory:>9.3f}{built:>9.1f}", flush=True)


def recoupe(table: Table, folder: Path) -> None:
    file, again = folder / "dense.faiss", folder / "again.faiss"
    start = time.thread_time()
    DenseIndex.write(table.vectors, file)
    built = time.thread_time() - start
    index = DenseIndex(Checked(folder / "vectors.npy", map_rows), file=file)
    table.row("recoupe", lambda q: [row for row, _ in index.search(q, K)], file.stat().st_size, built)
    if len(table.vectors) <= 100_000:
        DenseIndex.write(table.vectors, again)
        print(f"{'  built twice':<22}{'same' if file.read_bytes() == again.read_bytes() else 'NOT THE SAME':>10}")


def scalar(table: Table) -> None:
    start = time.thread_time()
    index = faiss.IndexScalarQuantizer(table.vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, PRODUCT)
    index.train(np.ascontiguousarray(table.vectors[:ADDED]))
    for block in blocks(table.vectors):
        index.add(block)
    built = time.thread_time() - start
    few = table.asked[:: max(1, len(table.asked) // TIMED_EXACTLY)]
    table.row("SQ8", plain(index), len(faiss.serialize_index(index)), built, few=few)


def inverted(table: Table, probes: Sequence[int], factors: Sequence[int]) -> None:
    """Measure inverted files of two square roots of n lists; the lists are learnt once for both codes."""
    count, dim = table.vectors.shape
    lists = max(1, int(2 * count**0.5))
    sample = np.sort(np.random.default_rng(0).choice(count, min(count, 40 * lists), replace=False))
    own, start = np.ascontiguousarray(table.vectors[sample]), time.thread_time()
    coarse = faiss.IndexFlatIP(dim)
    trainer = faiss.IndexIVFFlat(coarse, dim, lists, PRODUCT)
    trainer.cp.seed = 0
    trainer.train(own)
    homes = [coarse.search(block, 1)[1][:, 0].copy() for block in blocks(table.vectors)]
    shared = time.thread_time() - start
    print(f"  {lists:,} lists, learnt from {len(own):,} and all vectors assigned in {shared:.1f} s")
    for name in ("SQ8", "PQ96"):
        start = time.thread_time()
        if name == "SQ8":
            kind = faiss.ScalarQuantizer.QT_8bit
            index = faiss.IndexIVFScalarQuantizer(coarse, dim, lists, kind, PRODUCT, False)
        else:
            index = faiss.IndexIVFPQ(coarse, dim, lists, dim // 4, 8, PRODUCT)
            index.by_residual, index.pq.cp.min_points_per_centroid = False, 1
        index.train(own[:: max(1, len(own) // 10_000)])
        for block, home in zip(blocks(table.vectors), homes, strict=True):
            index.add_core(len(block), faiss.swig_ptr(block), None, faiss.swig_ptr(home))
        built, size = shared + time.thread_time() - start, len(faiss.serialize_index(index))
        for probe in sorted({min(lists, probe) for probe in probes}):
            for factor in factors if name == "PQ96" else factors[:1]:
                search = rescored(index, table.vectors, probe, factor)
                table.row(f"IVF+{name} p{probe} r{factor}", search, size, built)


def graphs(table: Table, links: Sequence[int], breadths: Sequence[int]) -> None:
    for m in links:
        start = time.thread_time()
        index = faiss.IndexHNSWFlat(table.vectors.shape[1], m, PRODUCT)
        for block in blocks(table.vectors):
            index.add(block)
        built, size = time.thread_time() - start, len(faiss.serialize_index(index))
        for breadth in breadths:
            table.row(f"HNSW {m}, {breadth}", plain(index, efSearch=breadth), size, built)


def numbers(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    try:
        return [int(part.replace("_", "")) for part in value.split(",")]
    except ValueError:
        raise click.BadParameter("numbers with commas between them") from None


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("../shared/data"), show_default=True)
@click.option("--vectors", "file", type=click.Path(path_type=Path), required=True, help="Made where it is missing.")
@click.option("--sentences", "count", default=300_000, show_default=True, help="How many to encode into that file.")
@click.option("--sizes", default="10000,100000,300000,1000000", show_default=True, callback=numbers)
@click.option("--questions", "asked", default=500, show_default=True)
@click.option("--probes", default="64,512", show_default=True, callback=numbers, help="Lists an IVF row reads.")
@click.option("--factors", default="8,32", show_default=True, callback=numbers, help="Candidates for each result.")
@click.option("--hnsw-up-to", default=100_000, show_default=True, help="Graphs take long to build.")
def main(
    data: Path,
    file: Path,
    count: int,
    sizes: list[int],
    asked: int,
    probes: list[int],
    factors: list[int],
    hnsw_up_to: int,
) -> None:
    encoder = SentenceEncoder()
    if not file.is_file():
        encode(data, file, count, encoder)
    faiss.omp_set_num_threads(1)
    known, vectors = np.load(file, mmap_mode="r"), questions(data, encoder, asked // 2)
    print(f"{file.name}: {len(known):,} sentences; larger sizes hold means of neighbours")
    for size in sizes:
        with TemporaryDirectory(dir=file.parent) as place:
            folder = Path(place)
            save(folder / "vectors.npy", known, size)
            table = Table(np.load(folder / "vectors.npy", mmap_mode="r"), vectors)
            recoupe(table, folder)
            scalar(table)
            inverted(table, probes, factors)
            if size <= hnsw_up_to:
                graphs(table, (16, 32), (64, 256))


if __name__ == "__main__":
    main()
