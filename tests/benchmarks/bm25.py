"""How fast is BM25, and what does it hold? Ours, rank_bm25, bm25s and tantivy over the same terms, side by side.

\b
    python tests/benchmarks/bm25.py
    python tests/benchmarks/bm25.py --text europarl --paragraphs 10000 --queries 50

There are two texts of paragraphs of about 80 words, cut into terms once by `index.language` for all systems: French
sentences of the European Parliament, which come again in another order when they run out (after some 200,000
paragraphs), and words drawn by the law of Zipf and Mandelbrot, of which the commonest are French function words and the
rest are made up. Every system has a process of its own, one thread, and the terms as lists in memory before it begins;
"MB" is the most memory that building took beyond them. tantivy gets the terms joined by spaces, and writes to disk. The
queries are terms of a paragraph; each asks for ten paragraphs. "x" is a system's figure over ours.

The same ten paragraphs are expected of rank_bm25 and bm25s but for ties; tantivy has other constants (k1 is 1.2, and
lengths are rounded to a byte), and so other tens. rank_bm25 is asked up to 100,000 paragraphs and fewer queries, for it
keeps a dictionary for each paragraph and looks into all of them for each term: a query over a million
paragraphs takes a second or two, which is known without waiting for it.

Then, over the most paragraphs, 1,000 are added and 1,000 removed, as a corpus does it: a segment is written, synced and
sealed, the manifest replaced, and the union opened from disk. Only BM25's files are written, from ready terms: cutting
them is left out of both sides of the share. What comes out is compared with a new index of the paragraphs that stay.
"""

from __future__ import annotations

import gc
import gzip
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.blocks import Checked, map_rows, write_table
from index.language import STOP_WORDS, stems
from index.lexical import BM25, Postings
from index.store import Manifest, Segment, Store

WORDS = 80
QUERY_TERMS = 5
K = 10
CHANGED = 1000
"""Paragraphs that are added, and that are removed."""
RANK_BM25_MOST = 100_000
RANK_BM25_QUERIES = 20
ZIPF_WORDS = 300_000
ZIPF_SHIFT = 2.7
"""The word of rank r, from 1, is drawn with a probability proportional to 1 / (r + ZIPF_SHIFT)."""
PACKAGES = ("rank-bm25", "bm25s", "tantivy", "numpy")

Found = list[tuple[int, float]]
Search = Callable[[list[str]], Found]


@dataclass(frozen=True, slots=True)
class Text:
    """The terms of paragraphs: ``vocabulary[n] for n in numbers[ends[p - 1]:ends[p]]`` are those of paragraph p."""

    vocabulary: list[str]
    numbers: NDArray[np.int32]
    ends: NDArray[np.int64]

    def save(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary), encoding="utf-8")
        np.save(folder / "numbers.npy", self.numbers)
        np.save(folder / "ends.npy", self.ends)

    @classmethod
    def load(cls, folder: Path) -> Text:
        vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(vocabulary, map_rows(folder / "numbers.npy"), map_rows(folder / "ends.npy"))

    def paragraphs(self, count: int) -> list[list[str]]:
        """Return the terms of the first paragraphs; a term is one string, wherever it stands."""
        found = []
        start = 0
        for end in self.ends[:count].tolist():
            found.append([self.vocabulary[number] for number in self.numbers[start:end].tolist()])
            start = end
        return found


def europarl(file: Path, count: int) -> Text:
    """Return paragraphs of whole sentences; these are read again, in another order, when they run out."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        sentences = [line.split("\t")[1].strip() for line in lines]
    lengths = np.array([len(sentence.split()) for sentence in sentences])
    rng = np.random.default_rng(0)
    vocabulary: dict[str, int] = {}
    known: dict[int, NDArray[np.int32]] = {}
    found: list[NDArray[np.int32]] = []
    while len(found) < count:
        order = rng.permutation(len(sentences))
        cut = np.searchsorted(np.cumsum(lengths[order]), np.arange(WORDS, lengths.sum(), WORDS))
        for chosen in np.split(order, cut)[: count - len(found)]:
            for row in chosen.tolist():
                if row not in known:
                    own = [vocabulary.setdefault(stem, len(vocabulary)) for stem in stems(sentences[row], "fr")]
                    known[row] = np.array(own, np.int32)
            found.append(np.concatenate([known[row] for row in chosen.tolist()] or [np.zeros(0, np.int32)]))
    return Text(list(vocabulary), np.concatenate(found), np.cumsum([len(own) for own in found]))


def zipf(count: int) -> Text:
    """Return paragraphs of words drawn independently of each other."""
    rng = np.random.default_rng(0)
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "on", "ou")]
    words = dict.fromkeys(sorted(STOP_WORDS["fr"], key=lambda word: (len(word), word)))
    while len(words) < ZIPF_WORDS:
        words["".join(syllables[n] for n in rng.integers(len(syllables), size=rng.integers(2, 5)).tolist())] = None
    vocabulary: dict[str, int] = {}
    term_of = np.array([vocabulary.setdefault(s[0], len(vocabulary)) if (s := stems(w, "fr")) else -1 for w in words])
    chances = np.cumsum(1 / (np.arange(1, len(words) + 1) + ZIPF_SHIFT))
    parts, lengths = [], []
    for start in range(0, count, 50_000):
        drawn = rng.random((min(50_000, count - start), WORDS)) * chances[-1]
        terms = term_of[np.searchsorted(chances, drawn)].astype(np.int32)
        parts.append(terms[terms >= 0])
        lengths.append((terms >= 0).sum(axis=1))
    return Text(list(vocabulary), np.concatenate(parts), np.cumsum(np.concatenate(lengths)))


def queries(corpus: Sequence[list[str]], count: int) -> list[list[str]]:
    """Return this many queries, each of different terms of one paragraph."""
    rng = np.random.default_rng(1)
    asked: list[list[str]] = []
    while len(asked) < count:
        own = sorted(set(corpus[int(rng.integers(len(corpus)))]))
        if len(own) >= QUERY_TERMS:
            asked.append([str(term) for term in rng.choice(own, QUERY_TERMS, replace=False)])
    return asked


def ours(corpus: list[list[str]], folder: Path) -> Search:
    return searching(BM25(corpus))


def searching(index: BM25) -> Search:
    return lambda query: index.search([[(term, 1.0)] for term in query], K)


def okapi(corpus: list[list[str]]):
    """Return rank_bm25 itself, with the idf that is never negative."""
    from rank_bm25 import BM25Okapi

    class NonNegativeOkapi(BM25Okapi):
        def _calc_idf(self, nd):
            self.idf = {word: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for word, n in nd.items()}

    return NonNegativeOkapi(corpus)


def rank_bm25(corpus: list[list[str]], folder: Path) -> Search:
    index = okapi(corpus)

    def search(query: list[str]) -> Found:
        scores = index.get_scores(query)
        return [(int(n), float(scores[n])) for n in np.argsort(scores)[::-1][:K] if scores[n] > 0]

    return search


def bm25s(corpus: list[list[str]], folder: Path) -> Search:
    import bm25s

    index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    index.index(corpus, show_progress=False)

    def search(query: list[str]) -> Found:
        numbers, scores = index.retrieve([query], k=K, show_progress=False, n_threads=0)
        # Lucene's formula leaves out the factor k1 + 1, which changes no order.
        return [(n, 2.5 * s) for n, s in zip(numbers[0].tolist(), scores[0].tolist(), strict=True) if s > 0]

    return search


def tantivy(corpus: list[list[str]], folder: Path) -> Search:
    from tantivy import Document, Index, Occur, Query, SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    schema = builder.build()
    index = Index(schema, path=str(folder))
    writer = index.writer(num_threads=1)
    for number, terms in enumerate(corpus):
        writer.add_document(Document(terms=" ".join(terms), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: list[str]) -> Found:
        either = Query.boolean_query([(Occur.Should, Query.term_query(schema, "terms", term)) for term in query])
        hits = searcher.search(either, K, count=False).hits
        return [(searcher.doc(address)["number"][0], score) for score, address in hits]

    return search


SYSTEMS = {"recoupe": ours, "rank_bm25": rank_bm25, "bm25s": bm25s, "tantivy": tantivy}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a system found, one ranking a query, and at what cost; times in ms but for `build`, in s, memory in MB."""

    found: list[Found]
    build: float
    memory: float
    p50: float
    p95: float
    difference: float
    """The largest between a score of ours and of rank_bm25, over all paragraphs."""


def peak_memory(*, afresh: bool = False) -> float:
    """Return the most memory that this process has held, in MB; `afresh` counts from what it holds now."""
    # getrusage would give a child at least what its parent held when it started the child.
    if afresh:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def timed(search: Search, asked: Sequence[list[str]]) -> tuple[list[Found], float, float]:
    """Return what was found, and the median and the 95th percentile of the time of one query, in milliseconds."""
    for query in asked[:10]:
        search(query)
    found, times = [], []
    for query in asked:
        start = time.perf_counter()
        found.append(search(query))
        times.append(1000 * (time.perf_counter() - start))
    return found, float(np.percentile(times, 50)), float(np.percentile(times, 95))


def measure(name: str, text: Path, count: int, number: int) -> Measured:
    """Build and ask one system; runs in a process of its own."""
    corpus = Text.load(text).paragraphs(count)
    asked = queries(corpus, number)[: RANK_BM25_QUERIES if name == "rank_bm25" else number]
    gc.collect()
    gc.freeze()  # or every collection would look through the paragraphs again
    with tempfile.TemporaryDirectory() as folder:
        before = peak_memory(afresh=True)
        start = time.perf_counter()
        search = SYSTEMS[name](corpus, Path(folder))
        build, memory = time.perf_counter() - start, peak_memory() - before
        found, p50, p95 = timed(search, asked)
    difference = math.nan
    if name == "rank_bm25":
        one, other = BM25(corpus), okapi(corpus)
        difference = max(float(np.abs(one.get_scores(q) - other.get_scores(q)).max()) for q in asked)
    return Measured(found, build, memory, p50, p95, difference)


def written(store: Store, corpus: Sequence[list[str]]) -> Segment:
    """Write the postings of a new segment as `index.segment` does, and seal it."""
    folder = store.new_folder()
    postings = Postings.of(corpus)
    (folder / "vocabulary.json").write_text(json.dumps(list(postings.vocabulary), ensure_ascii=False), encoding="utf-8")
    for name in ("indptr", "documents", "frequencies", "lengths"):
        np.save(folder / f"{name}.npy", getattr(postings, name))
    for name in ("documents.npy", "frequencies.npy"):
        write_table(folder / name)
    return store.sealed(folder, documents=len(corpus), paragraphs=len(corpus))


def opened(store: Store) -> BM25:
    """Return BM25 over the segments of the current generation, as `index.local` opens it; a document is a paragraph."""
    manifest = store.manifest()
    if problems := store.check(manifest):
        raise RuntimeError(problems[0])
    segments, removed, start = [], list[int](), 0
    for segment in manifest.segments:
        folder = store.folder(segment.name)
        terms = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        documents, frequencies = (Checked(folder / f"{name}.npy", map_rows) for name in ("documents", "frequencies"))
        vocabulary = {term: number for number, term in enumerate(terms)}
        indptr, lengths = map_rows(folder / "indptr.npy"), map_rows(folder / "lengths.npy")
        segments.append(Postings(vocabulary, indptr, documents, frequencies, lengths))
        removed += [start + number for number in segment.removed]
        start += segment.paragraphs
    return BM25.over(segments, removed)


def change(text: Path, count: int, number: int) -> tuple[list[list[float]], str]:
    """Build, add and remove, each a generation; return what each took and how the last compares with a new index.

    What it took: seconds until the generation stands and until it is open, milliseconds of the first query, p50, p95.
    """
    corpus = Text.load(text).paragraphs(count + CHANGED)
    asked = queries(corpus, number)
    gc.collect()
    gc.freeze()
    gone = sorted(np.random.default_rng(2).choice(count, CHANGED, replace=False).tolist())
    steps: list[Callable[[tuple[Segment, ...]], tuple[Segment, ...]]] = [
        lambda _: (written(store, corpus[:count]),),
        lambda segments: (*segments, written(store, corpus[count:])),
        lambda segments: (replace(segments[0], removed=tuple(gone)), *segments[1:]),
    ]
    manifest, took, found = Manifest(0, "", "", "", 0, 0), list[list[float]](), list[Found]()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        for step in steps:
            start = time.perf_counter()
            following = replace(manifest, segments=step(manifest.segments))
            manifest = store.commit(following, before=manifest if manifest.generation else None)
            stands = time.perf_counter()
            search = searching(opened(store))
            ready = time.perf_counter()
            search(asked[0])
            first = time.perf_counter()
            found, p50, p95 = timed(search, asked)
            took.append([stands - start, ready - stands, 1000 * (first - ready), p50, p95])
    stay = np.delete(np.arange(len(corpus)), gone).tolist()
    fresh = searching(BM25([corpus[row] for row in stay]))
    return took, compared(found, [[(stay[n], score) for n, score in fresh(query)] for query in asked])


def compared(found: Sequence[Found], expected: Sequence[Found]) -> str:
    same = sum([n for n, _ in a] == [n for n, _ in b] for a, b in zip(found, expected, strict=True))
    return f"the same ten in {same} of {len(found)} queries, scores differ by {largest(found, expected):.1e} at most"


def largest(found: Sequence[Found], expected: Sequence[Found]) -> float:
    """Return the largest difference between two scores of the same rank; infinite where one has fewer."""
    if any(len(one) != len(two) for one, two in zip(found, expected, strict=True)):
        return math.inf
    pairs = [pair for one, two in zip(found, expected, strict=True) for pair in zip(one, two, strict=True)]
    return max((abs(a - b) for (_, a), (_, b) in pairs), default=math.nan)


def alone(work: Callable[..., object], *given: object):
    """Return what this returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(work, *given).result()


def costs(folder: Path, text: str, counts: Sequence[int], number: int, with_rank_bm25: bool) -> Iterator[list[str]]:
    """Yield a row of cells for each size and system."""
    for count in counts:
        measured: dict[str, Measured] = {}
        for name in SYSTEMS:
            if name == "rank_bm25" and (count > RANK_BM25_MOST or not with_rank_bm25):
                continue
            click.echo(f"{text}, {count:,} paragraphs: {name}", err=True)
            try:
                measured[name] = alone(measure, name, folder / text, count, number)
            except ModuleNotFoundError as error:
                click.echo(f"{error.name} is not installed: it is left out", err=True)
        for name, own in measured.items():
            yield [text, f"{count:,}", name, *cells(own, measured["recoupe"], name)]


def cells(own: Measured, base: Measured, name: str) -> list[str]:
    """Return the figures of a system as text, with those of Recoupe as the base."""
    tens = list(zip(own.found, base.found, strict=False))  # rank_bm25 has fewer
    same = np.mean([len(dict(a).keys() & dict(b).keys()) / max(len(b), 1) for a, b in tens])
    difference = largest(own.found, base.found) if name == "bm25s" else own.difference
    ratios = [getattr(own, figure) / getattr(base, figure) for figure in ("build", "memory", "p50", "p95")]
    build, memory, p50, p95 = (f"{ratio:.1f}" for ratio in ratios)
    found = [f"{own.build:.2f}", build, f"{own.memory:.0f}", memory, f"{own.p50:.2f}", p50, f"{own.p95:.2f}", p95]
    return [*found, f"{same:.0%}", "" if math.isnan(difference) else f"{difference:.1e}"]


COST_HEADS = "text|paragraphs|system|build s|x|MB|x|p50 ms|x|p95 ms|x|same ten|scores differ by".split("|")
CHANGE_HEADS = "text|paragraphs|change|write s|open s|both, of build|first ms|p50 ms|p95 ms".split("|")


def markdown(heads: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, words to the left and figures to the right."""
    rule = ["---" if head in ("text", "system", "change") else "--:" for head in heads]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, rule, *table))


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("../shared/data"), show_default=True)
@click.option("--text", "texts", type=click.Choice(["europarl", "zipf"]), multiple=True, help="Only this one.")
@click.option(
    "--paragraphs", "counts", type=click.IntRange(K), multiple=True, default=(10_000, 100_000, 1_000_000),
    show_default=True, help="May be given several times.",
)  # fmt: skip
@click.option("--queries", "number", type=click.IntRange(1), default=200, show_default=True)
@click.option("--rank-bm25/--no-rank-bm25", default=True, help="rank_bm25 is asked up to 100,000 paragraphs.")
@click.option("--changes/--no-changes", default=True, help="Also add and remove.")
def main(
    data: Path, texts: tuple[str, ...], counts: tuple[int, ...], number: int, rank_bm25: bool, changes: bool
) -> None:
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
    most, start = max(counts), time.perf_counter()
    table, changed, notes = list[list[str]](), list[list[str]](), list[str]()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for text in texts or ("europarl", "zipf"):
            click.echo(f"{text}: terms", err=True)
            size = most + CHANGED
            made = zipf(size) if text == "zipf" else europarl(data / "parallel/europarl.en-fr.tsv.gz", size)
            made.save(folder / text)
            terms = len(made.numbers) / size
            notes.append(f"{text}: {terms:.0f} terms a paragraph, {len(made.vocabulary):,} different ones in all")
            del made
            table += costs(folder, text, sorted(counts), number, rank_bm25)
            if changes:
                click.echo(f"{text}, {most:,} paragraphs: changes", err=True)
                took, verdict = alone(change, folder / text, most, number)
                for name, (write, opening, *ms) in zip(("build", "add", "remove"), took, strict=True):
                    share = f"{(write + opening) / sum(took[0][:2]):.2%}"
                    figures = [f"{write:.3f}", f"{opening:.3f}", share, *(f"{value:.2f}" for value in ms)]
                    changed.append([text, f"{most:,}", name, *figures])
                notes.append(f"{text}: after adding and removing, against a new index: {verdict}")
    click.echo(markdown(COST_HEADS, table) + ("\n\n" + markdown(CHANGE_HEADS, changed) if changed else ""))
    installed = {distribution.name for distribution in metadata.distributions()}
    notes.append(", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES if name in installed))
    notes.append(f"{number} queries of {QUERY_TERMS} terms; the whole run took {time.perf_counter() - start:.0f} s")
    click.echo("\n" + "\n".join(notes))


if __name__ == "__main__":
    main()
