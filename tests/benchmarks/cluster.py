"""A build by two Ray workers on Milvus's own core, killed in the middle and taken up again: what is lost or doubled?

    python tests/benchmarks/cluster.py --paragraphs 100000

The articles are French sentences of the European Parliament, joined to paragraphs of about 80 words, ten to an article.
The command `recoupe build` is killed (SIGKILL, with every process that it started) once the given share of the articles
stands in the log, and then run again. What the engine holds is compared with what the articles say: every document,
every paragraph once, every document frequency. Then come the sizes and times that `index/cluster.md` reckons with.
"""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import TypeVar

import click
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lite import Lite

from index.cluster import Cluster, log
from index.cluster.tables import Tables
from index.corpus import Corpus
from index.generation import Change, split
from index.lexical import BM25
from index.reading import read_folder
from index.splits import indexed_terms

ROOT = Path(__file__).resolve().parents[2]
Found = TypeVar("Found")

WORDS, PER_ARTICLE, NAME = 80, 10, "europarl"


def write_articles(data: Path, folder: Path, count: int) -> None:
    """Write articles of ten paragraphs until there are this many paragraphs."""
    folder.mkdir()
    with gzip.open(data / "parallel/europarl.en-fr.tsv.gz", "rt", encoding="utf-8") as lines:
        sentences = [line.rstrip("\n").split("\t")[1].strip() for line in lines]
    lengths = np.cumsum([len(sentence.split()) for sentence in sentences])
    edges = np.unique(np.searchsorted(lengths, np.arange(WORDS, lengths[-1], WORDS)))[: count + 1]
    if len(edges) < count + 1:
        raise click.UsageError(f"the file gives {len(edges) - 1:,} paragraphs at most")
    paragraphs = [" ".join(sentences[a:b]) for a, b in pairwise(edges)]
    for number in range(0, count, PER_ARTICLE):
        text = "\n\n".join(paragraphs[number : number + PER_ARTICLE])
        (folder / f"{number // PER_ARTICLE:06d}.txt").write_text(text + "\n", encoding="utf-8")


def build(folder: Path, engine: Lite, workers: int) -> subprocess.Popen[bytes]:
    """Start the command that builds the corpus."""
    command = [sys.executable, "-m", "ui.cli", "build", str(folder), "--backend", "milvus", "--uri", engine.uri]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*command, "--collection", NAME, "--workers", str(workers)], cwd=ROOT, env=environment, start_new_session=True
    )


def written(home: Cluster) -> int:
    """Return how many documents stand in the log of the generation that is being written."""
    held = Tables(home.engine, f"{NAME}_000001")
    if held.log.collection not in home.engine.collections():
        return 0
    return sum(len(entry.documents) for entry in log.read(held.log, 'owner == "block"'))


def descendants(process: int) -> list[int]:
    """Return the processes that a process started, and that those started, by number."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
    found, last = [process], 0
    while last != len(found):
        last = len(found)
        found += [child for child, parent in parents.items() if parent in found and child not in found]
    return found


def kill(process: subprocess.Popen[bytes]) -> int:
    """Kill a process and all that it started, and return how many those were."""
    doomed = descendants(process.pid)
    for number in doomed:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()
    return len(doomed)


def check(folder: Path, corpus: Corpus) -> list[str]:
    """Return how what the engine holds differs from what the articles say, one sentence each."""
    splits = [split(document) for document in read_folder(folder).documents]
    terms = [Counter(indexed_terms(p)) for s in splits for p in s.paragraphs]
    state, held = corpus._backend.state, corpus._backend.tables
    keys = [row["key"] for row in corpus._home.engine.select(held.paragraphs, "version >= 0", ["key"])]
    texts = corpus._home.engine.select(held.texts.collection, "version >= 0", ["key"])
    pieces = len(splits) + len(terms)
    told = {
        "documents": (state.place.keys(), {s.document.source for s in splits}),
        "paragraphs": (state.count, len(terms)),
        "rows": (len(keys), len(terms)),
        "different rows": (len(set(keys)), len(terms)),
        "texts and token vectors": (len(texts), pieces),
        "terms": (state.languages.total(), len(terms)),
        "document frequencies": (+state.frequencies, Counter(t for own in terms for t in own)),
        "average length": (round(state.average, 9), round(sum(c.total() for c in terms) / len(terms), 9)),
    }
    found = [
        f"{name}: {ours!r:.80} instead of {theirs!r:.80}" for name, (ours, theirs) in told.items() if ours != theirs
    ]
    return found + corpus._backend.problems()


def timed(spans: dict[str, list[float]], name: str, call: Callable[[], Found]) -> Found:
    """Return what a call returns, and add how long it took."""
    start = time.perf_counter()
    found = call()
    spans.setdefault(name, []).append(time.perf_counter() - start)
    return found


def questions(corpus: Corpus, folder: Path, count: int) -> None:
    """Print what a question takes, part by part, and how often the engine proposed all that BM25 ranks first."""
    backend, rng, spans, whole = corpus._backend, np.random.default_rng(0), dict[str, list[float]](), 0
    splits = [split(document) for document in read_folder(folder).documents]
    terms = [indexed_terms(p) for s in splits for p in s.paragraphs]
    exact = BM25(terms)
    for _ in range(count):
        own = sorted(set(terms[int(rng.integers(len(terms)))]))
        asked = [[(str(term), 1.0)] for term in rng.choice(own, min(5, len(own)), replace=False)]
        text = " ".join(alternatives[0][0].rpartition(":")[2] for alternatives in asked)
        vector = corpus.encoder.queries([text])[0]
        found = [id_ for id_, _ in timed(spans, "lexical", partial(backend.lexical, asked, 100))]
        whole += set(found) == {id_ for id_, _ in exact.search(asked, 100)}
        timed(spans, "dense", partial(backend.dense, vector, 100))
        timed(spans, "tokens of 50", partial(backend.tokens, found[:50]))
        timed(spans, "paragraphs of 10", partial(backend.paragraphs, found[:10]))
        timed(spans, "search, all in all", partial(corpus.search, text))
    print(f"{'one question':<36}{'p50 ms':>8}{'p95 ms':>10}")
    for name, times in spans.items():
        print(f"{name:<36}{1000 * np.percentile(times, 50):8.1f}{1000 * np.percentile(times, 95):10.1f}")
    print(f"the first 100 of BM25 were all found for {whole} of {count} questions")


def writing(corpus: Corpus, engine: Lite) -> None:
    """Print what it takes to write paragraphs that are encoded already."""
    some = list(islice(corpus._backend.splits(()), 100))
    home, wanted = Cluster(engine.address("again")), {s.document.source: s.document.digest for s in some}
    start = time.perf_counter()
    with home.writing():
        home.next_generation(None, Change(splits=some, wanted=wanted, encoder=corpus.encoder))
    count = sum(len(s.paragraphs) for s in some)
    print(f"writing alone, by one process: {1000 * (time.perf_counter() - start) / count:.1f} ms per paragraph")


def sizes(corpus: Corpus, engine: Lite, count: int) -> None:
    """Print the bytes that a paragraph takes, as sent and as stored."""
    engine_, held = corpus._home.engine, corpus._backend.tables
    ids = list(range(0, count, max(1, count // 500)))
    keys = [corpus._backend._key(i) for i in ids]
    rows = engine_.get(held.paragraphs, keys, ["sparse", "heading", "source"])
    tokens = held.texts.get([f"tokens:{key}" for key in keys])
    documents = [len(body) for body in held.texts.get([f"document:{key.partition(':')[0]}" for key in keys]).values()]
    print(f"{'bytes of a paragraph':<36}{'mean':>8}")
    print(f"{'dense vector':<36}{4 * corpus._backend._dim:>8}")
    print(f"{'sparse vector':<36}{8 * np.mean([len(row['sparse']) for row in rows.values()]):>8.0f}")
    print(f"{'token vectors':<36}{np.mean([len(body) for body in tokens.values()]):>8.0f}")
    print(f"{'token vectors, as text':<36}{4 / 3 * np.mean([len(body) for body in tokens.values()]):>8.0f}")
    print(f"{'document':<36}{4 / 3 * np.mean(documents) / PER_ARTICLE:>8.0f}")
    disk = sum(f.stat().st_size for f in engine.folder.glob("data.db*"))
    print(f"{'file of the lite core, all in all':<36}{disk / count:>8.0f}")


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("../shared/data"), show_default=True)
@click.option("--paragraphs", "count", default=100_000, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--kill-at", default=0.4, show_default=True, help="The share of the articles after which it is killed.")
@click.option("--questions", "asked", default=100, show_default=True)
def main(data: Path, count: int, workers: int, kill_at: float, asked: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "articles"
        write_articles(data, folder, count)
        articles = len(list(folder.iterdir()))
        engine = Lite(Path(place)).start()
        try:
            start = time.perf_counter()
            process, home = build(folder, engine, workers), Cluster(engine.address(NAME))
            while (done := written(home)) < kill_at * articles and process.poll() is None:
                time.sleep(2)
            if process.poll() is not None:
                raise click.ClickException("the build ended before it could be killed")
            ended, first = kill(process), time.perf_counter() - start
            print(f"killed after {first:.0f} s with {done:,} of {articles:,} articles written, {ended} processes")
            start = time.perf_counter()
            if build(folder, engine, workers).wait():
                raise click.ClickException("the second build failed")
            second = time.perf_counter() - start
            print(f"taken up and finished in {second:.0f} s; {1000 * (first + second) / count:.1f} ms per paragraph")
            start = time.perf_counter()
            corpus = Corpus.open(engine.address(NAME))
            print(f"opened in {time.perf_counter() - start:.2f} s: {corpus.info()}")
            problems = check(folder, corpus)
            print("\n".join(problems) or "nothing lost, nothing doubled")
            sizes(corpus, engine, count)
            writing(corpus, engine)
            questions(corpus, folder, asked)
            if problems:
                raise click.exceptions.Exit(1)
        finally:
            engine.kill()


if __name__ == "__main__":
    main()
