"""What does a question cost over a million paragraphs, and how does the cost grow on the way there?

\b
    python tests/benchmarks/load.py --index load100k           # once: 100,000 paragraphs are encoded
    python tests/benchmarks/scale.py --index load100k
    python tests/benchmarks/scale.py --index load100k --sizes 1000,10000 --questions 50

This measures cost, not quality. Encoding a million paragraphs takes hours, so the paragraphs of `--index` come again
under other source names until there are enough: their text and token vectors as they are, their vectors moved a little
(a seeded noise, cosine about .98 with the first) from the second time on. Files, lists of postings, candidates and
memory are as large as for a million different paragraphs. What is not: the vocabulary stops growing, and the best
candidates of a question are one paragraph several times. Each index is written as `Corpus.build` writes it, but for the
encoding, and each is measured in a process of its own.

"Everything after the encoder": questions are encoded beforehand and looked up; the encoder in the box is loaded
nevertheless, for its tokeniser and its memory. No question is asked twice. "open" reads files put out of the page cache
first, "again" after that. Memory is the process's after the searches and answers: all pages, of which those of mapped
files grow with every question as long as the machine has room, and the anonymous ones, which are no file's. Processor's
times are told beside the clock's, for other work on the machine changes them less. FAISS and torch take the threads
that OMP_NUM_THREADS gives them: set it to 1 where questions come several at a time. What is written is written on a
copy.

A million paragraphs need 9 GB of disk, 4 GB of memory to build, and better 16 GB, that the files may stay cached.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import click
import numpy as np
from load import questions, sentences

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index import Corpus
from index.encoder import SentenceEncoder, TokenVectors, unit
from index.generation import Change
from index.interaction import dequantise
from index.local import LocalBackend
from index.place import Folder
from index.reading import normalise
from index.splits import Split, indexed_text
from index.store import Store
from qa import Assistant

HERE = Path(__file__).resolve().parent
MOVED = 0.2
"""The length of what is added to a unit vector that comes again."""

WARM = 10
THREADS = (1, 2, 4, 8)
FLOORS = {"search p50 ms": 80.0, "memory MB": 3000.0, "disk KB a paragraph": 12.0, "open s": 3.0, "open again s": 3.0}
STAGES = {
    "understand the question": "_understood",
    "BM25": "lexical",
    "dense vectors": "dense",
    "both legs and their fusion": "_legs",
    "late interaction": "_rescored",
    "  of which token vectors": "tokens",
    "paragraphs": "paragraphs",
    "matched words": "_matched",
}

Found = TypeVar("Found")
Encoded = Mapping[str, tuple[Any, TokenVectors]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of every index: questions for each measure, all encoded, and an article that is added."""

    search: Sequence[str]
    ask: Sequence[str]
    threads: Sequence[Sequence[str]]
    stages: Sequence[str]
    written: Sequence[str]
    encoded: Encoded
    article: str
    passages: Mapping[str, tuple[Any, Any]]


class Remembered:
    """The encoder in the box, which looks up what was encoded beforehand."""

    def __init__(self, plan: Plan) -> None:
        self._box, self._plan = SentenceEncoder(), plan
        for name in ("name", "fingerprint", "dim", "token_dim", "passage_offsets"):
            setattr(self, name, getattr(self._box, name))

    def question(self, text: str) -> tuple[Any, TokenVectors]:
        return self._plan.encoded[text]

    def embed(self, texts: Sequence[str]) -> tuple[Any, list[Any]]:
        vectors, tokens = zip(*(self._plan.passages[text] for text in texts), strict=True)
        return np.stack(vectors), list(tokens)


def repeated(index: Path, count: int) -> list[Split]:
    """Return documents with this many paragraphs, of an index as they are and then again, moved, until they do."""
    store, given, found = Store(index), list[Split](), 0
    manifest = store.manifest()
    own = LocalBackend(store, manifest).splits({segment.name for segment in manifest.segments})
    again = (
        moved(given[number], turn, number)
        for turn in itertools.count(1)
        for number in range(sum(s.documents for s in manifest.segments))
    )
    for split in itertools.chain(own, again):
        given.append(split)
        found += len(split.paragraphs)
        if found >= count:
            break
    return given


def moved(split: Split, turn: int, number: int) -> Split:
    """Return a document under another name, its vectors moved a little."""
    source = f"{turn}-{split.document.source}"
    noise = np.random.default_rng([turn, number]).normal(size=split.vectors.shape).astype(np.float32)
    return replace(
        split,
        document=replace(split.document, source=source),
        paragraphs=tuple(replace(paragraph, source=source) for paragraph in split.paragraphs),
        vectors=unit(split.vectors + MOVED * unit(noise)),
    )


def build(index: Path, path: Path, count: int) -> dict[str, float]:
    """Write an index of this many paragraphs and return what that took; runs in a process of its own."""
    given, home, encoder = repeated(index, count), Folder(path), SentenceEncoder()
    done, most = threading.Event(), [memory()["anonymous MB"]]

    def look() -> None:
        while not done.wait(0.3):
            most.append(memory()["anonymous MB"])

    looking = threading.Thread(target=look)
    looking.start()
    start = time.perf_counter()
    with home.writing():
        home.next_generation(None, Change(splits=given, encoder=encoder))
    taken = time.perf_counter() - start
    done.set()
    looking.join()
    most.append(memory()["anonymous MB"])
    return {"build s": taken, "build anonymous MB": max(most), "of which given MB": most[0]}


def memory() -> dict[str, float]:
    """Return the megabytes that this process holds: all, and those that are not a file's pages; NaN but on Linux."""
    rollup = Path("/proc/self/smaps_rollup")
    lines = rollup.read_text(encoding="utf-8").splitlines()[1:] if rollup.exists() else []
    told = {name: float(rest.split()[0]) * 1024 / 1e6 for name, rest in (line.split(":", 1) for line in lines)}
    return {"memory MB": told.get("Rss", np.nan), "anonymous MB": told.get("Anonymous", np.nan)}


def put_out(path: Path) -> None:
    """Put an index's files out of the page cache."""
    for file in (file for file in path.rglob("*") if file.is_file() and hasattr(os, "posix_fadvise")):
        with open(file, "rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(call: Callable[[], Found], clock: Callable[[], float] = time.perf_counter) -> tuple[float, Found]:
    """Return the seconds that a call took, and what it returned."""
    start = clock()
    found = call()
    return clock() - start, found


def percentiles(name: str, call: Callable[[str], object], asked: Sequence[str]) -> dict[str, float]:
    """Return the median and the 95th percentile of a call's milliseconds, and the mean of the processor's."""
    spent, times = timed(lambda: [1000 * timed(lambda q=q: call(q))[0] for q in asked], time.process_time)
    row = {f"{name} p{p} ms": float(np.percentile(times, p)) for p in (50, 95)}
    return row | {f"{name} processor ms": 1000 * spent / len(asked)}


def measure(path: Path, plan: Plan) -> dict[str, float]:
    """Return what questions over an index cost; runs in a process of its own."""
    encoder = Remembered(plan)
    bare = memory()["memory MB"]
    put_out(path)
    first, _ = timed(lambda: Corpus.open(path))
    again, corpus = timed(lambda: Corpus.open(path))
    corpus._encoder = encoder
    assistant, (warm, *rest) = Assistant(corpus), plan.search
    row: dict[str, float] = {"paragraphs": corpus.info()["paragraphs"], "open s": first, "open again s": again}
    row["first question s"] = timed(lambda: corpus.search(warm))[0]
    for question in rest[: WARM - 1]:
        assistant.ask(question)
    row |= percentiles("search", corpus.search, plan.search[WARM:])
    row |= percentiles("answer", assistant.ask, plan.ask)
    row |= memory() | {"before opening MB": bare}
    for count, asked in zip(THREADS, plan.threads, strict=True):
        with ThreadPoolExecutor(count) as pool:
            taken, found = timed(lambda pool=pool, asked=asked: list(pool.map(corpus.search, asked)))
        row[f"searches/s, {count} threads"] = len(asked) / taken
    row["hits that differ when asked alone"] = sum(own != corpus.search(q) for q, own in zip(asked, found, strict=True))
    row |= stages(corpus, plan.stages)
    row["dense recall@10"] = recall(corpus, [plan.encoded[question][0] for question in plan.stages])
    return row


def stages(corpus: Corpus, asked: Sequence[str]) -> dict[str, float]:
    """Return the mean milliseconds of the processor of each part of a search."""
    searcher, spans = corpus._searching(), dict.fromkeys(STAGES, 0.0)
    spans["all in all"] = 0.0

    def watch(name: str, call: Callable[..., Found]) -> Callable[..., Found]:
        def watched(*args: Any, **options: Any) -> Found:
            taken, found = timed(lambda: call(*args, **options), time.process_time)
            spans[name] += 1000 * taken / len(asked)
            return found

        return watched

    unwatched = []
    for name, method in STAGES.items():
        owner = searcher if hasattr(searcher, method) else searcher.backend
        unwatched.append((owner, method, getattr(owner, method)))
        setattr(owner, method, watch(name, getattr(owner, method)))
    for question in asked:
        watch("all in all", corpus.search)(question)
    for owner, method, call in unwatched:
        setattr(owner, method, call)
    return {f"-{name}": taken for name, taken in spans.items()}


def recall(corpus: Corpus, vectors: Sequence[Any], k: int = 10) -> float:
    """Return the share of the k nearest vectors, by comparing every one, that the dense leg finds."""
    asked, best = np.stack(vectors), np.full((len(vectors), k), -np.inf, np.float32)
    for segment in corpus._backend._segments:
        for start in range(0, len(segment.vectors), 50_000):
            scores = asked @ segment.vectors[start : start + 50_000].T
            best = -np.sort(-np.hstack([best, scores]), axis=1)[:, :k]
    found = [[score for _, score in corpus._backend.dense(vector, k)] for vector in vectors]
    # Equal scores are equally near, whichever paragraph they belong to.
    return float(np.mean([np.sum(np.array(f) >= b[-1] - 1e-6) / k for f, b in zip(found, best, strict=True)]))


def write(path: Path, plan: Plan) -> dict[str, float]:
    """Return what adding and removing one source cost, and the questions after it; runs in a process of its own."""
    corpus = Corpus.open(path)
    corpus._encoder = Remembered(plan)
    corpus.search(plan.search[0])
    row, half = dict[str, float](), len(plan.written) // 2
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "added.txt"
        article.write_text(plan.article, encoding="utf-8")
        row["add a source s"] = timed(lambda: corpus.add([article]))[0]
    row["first question after it s"] = timed(lambda: corpus.search(plan.search[1]))[0]
    row |= percentiles("search after it", corpus.search, plan.written[:half])
    row["remove a source s"] = timed(lambda: corpus.remove([corpus.sources[0]]))[0]
    corpus.search(plan.search[2])
    return row | percentiles("search after that", corpus.search, plan.written[half:])


def disk(path: Path) -> dict[str, int]:
    """Return the bytes of each file of an index, by name."""
    found: dict[str, int] = {}
    for file in path.rglob("*"):
        if file.is_file():
            found[file.name] = found.get(file.name, 0) + file.stat().st_size
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def alone(call: Callable[..., Found], *args: Any) -> Found:
    """Return what a function returns in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(call, *args).result()


def planned(index: Path, data: Path, count: int) -> Plan:
    """Return the questions, encoded, and the article that is added: the first of the index, under another name."""
    some = max(1, count // 2)
    asked = [normalise(q).strip() for q in questions(sentences(data), 2 * count + (len(THREADS) + 2) * some + WARM)]
    encoder, lists = SentenceEncoder(), list[list[str]]()
    encoded = {question: encoder.question(question) for question in asked}
    for size in (count + WARM, count, *[some] * (len(THREADS) + 2)):
        lists.append(asked[:size])
        asked = asked[size:]
    search, ask, *threads, stage, written = lists
    first = repeated(index, 1)[0]
    known = zip(first.paragraphs, first.vectors, first.tokens, strict=True)
    passages = {indexed_text(p.heading, p.text): (np.array(v), np.array(dequantise(t))) for p, v, t in known}
    return Plan(search, ask, threads, stage, written, encoded, first.document.text, passages)


def figures(index: Path, path: Path, count: int, plan: Plan) -> dict[str, float]:
    """Return all that one size costs; says on stderr how far it is."""
    written = path.with_suffix(".json")
    if not written.exists():
        click.echo(f"{count:,} paragraphs: writing", err=True)
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(exist_ok=True)
        written.write_text(json.dumps(alone(build, index, path, count)), encoding="utf-8")
    row: dict[str, float] = json.loads(written.read_text(encoding="utf-8"))
    click.echo(f"{count:,} paragraphs: asking", err=True)
    row |= alone(measure, path, plan)
    files = disk(path)
    row["disk KB a paragraph"] = sum(files.values()) / row["paragraphs"] / 1000
    row |= {f"={name}": size / row["paragraphs"] for name, size in files.items()}
    click.echo(f"{count:,} paragraphs: adding and removing", err=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        # The files of a segment never change, so that a copy may share them.
        copy = shutil.copytree(path, Path(folder) / "copy", copy_function=os.link)
        return row | alone(write, copy, plan)


def show(rows: Sequence[Mapping[str, float]]) -> None:
    """Print the rows as columns, side by side, in three tables told apart by the first sign of a name."""
    names = dict.fromkeys(name for row in rows for name in row if name != "paragraphs")
    heads = "".join(f"{row['paragraphs']:>12,.0f}" for row in rows)
    for title, marks in (("paragraphs", ""), ("processor ms of a search", "-"), ("bytes a paragraph", "=")):
        click.echo(f"\n{title:<36}{heads}{'' if marks else '   floor'}")
        for name in (name for name in names if name[0] == marks or (not marks and name[0] not in "-=")):
            cells = "".join(f"{row[name]:>12,.{digits(row[name])}f}" if name in row else f"{'':>12}" for row in rows)
            click.echo(f"{name.removeprefix(marks):<36}{cells}" + (f"{FLOORS[name]:>8,.0f}" if name in FLOORS else ""))


def digits(value: float) -> int:
    return 0 if value >= 100 or value == 0 else 1 if value >= 10 else 3


def plot(rows: Sequence[Mapping[str, float]], file: Path) -> None:
    """Draw how the costs grow."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    panels = {
        "seconds": ("build s", "add a source s", "open again s"),
        "megabytes": ("build anonymous MB", "memory MB", "anonymous MB"),
        "milliseconds of a question": ("answer p95 ms", "answer p50 ms", "search p95 ms", "search p50 ms"),
    }
    figure, axes = pyplot.subplots(1, 3, figsize=(10, 3.4), layout="constrained")
    for axis, (title, names) in zip(axes, panels.items(), strict=True):
        for name in names:
            drawn = [(row["paragraphs"], row[name]) for row in rows if name in row]
            if drawn:
                axis.loglog(*zip(*drawn, strict=True), marker="o", markersize=3, label=name.rpartition(" ")[0])
        axis.set(title=title, xlabel="paragraphs")
        axis.grid(alpha=0.3)
        axis.legend(fontsize=8)
    figure.savefig(file, dpi=110)


def parsed(context: click.Context, option: click.Parameter, value: str) -> list[int]:
    try:
        return sorted(int(size) for size in value.split(","))
    except ValueError:
        raise click.BadParameter("give whole numbers, separated by commas") from None


@click.command(help=__doc__)
@click.option(
    "--index", type=click.Path(path_type=Path, exists=True), required=True, help="An index that load.py has made."
)
@click.option("--sizes", callback=parsed, default="1000,10000,100000,1000000", show_default=True)
@click.option("--questions", "count", type=click.IntRange(4), default=200, show_default=True, help="For each measure.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the indexes in this folder, and use those there.")
@click.option("--data", type=click.Path(path_type=Path), default=HERE.parents[2] / "shared/data", help="Of Europarl.")
@click.option("--to", type=click.Path(path_type=Path), default=HERE, help="Folder for growth.csv and growth.png.")
def main(index: Path, sizes: list[int], count: int, keep: Path | None, data: Path, to: Path) -> None:
    plan = planned(index, data, count)
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            path = (keep or Path(temporary)) / str(size)
            rows.append(figures(index, path, size, plan))
            if keep is None:
                shutil.rmtree(path)
    click.echo(f"{os.cpu_count()} cores; {count} questions for each measure, each asked once")
    show(rows)
    with open(to / "growth.csv", "w", encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(["paragraphs", *(name for row in rows for name in row if name[0] not in "-=")]))
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(
            {name: f"{value:.4g}" if name != "paragraphs" else value for name, value in row.items()} for row in rows
        )
    plot(rows, to / "growth.png")


if __name__ == "__main__":
    main()
