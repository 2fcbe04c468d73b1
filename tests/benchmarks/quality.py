"""How well does Recoupe find passages beside the alternatives, over the same paragraphs and questions, in one run?

\b
    pip install 'recoupe[comparison]'
    python tests/benchmarks/quality.py                # everything: about twenty minutes
    python tests/benchmarks/quality.py --questions 60 --systems langchain,recoupe
    python tests/benchmarks/quality.py --distractors 100000 --questions 100 --systems recoupe,txtai,haystack

The corpus is every paragraph of PIAF. The questions are those of its development articles, in French as PIAF has them
and in English as `tests/gold/piaf-en.jsonl` translates them. Each system runs in a process of its own, without network,
all with the same number of threads, and is asked for ten passages a question.

The difference is that of nDCG@10 from recoupe's; p is of the paired randomisation test, with Holm's correction over the
systems. Times are the processor's, so that other work on the machine changes them little: "load" is imports and models,
"index" from texts to the first question with the encoding (each of Recoupe's rows makes its whole index). Memory is the
peak of the process, on Linux.

With `--distractors`, French sentences of the European Parliament stand among the paragraphs, and our encoder gives all
of them their vectors beforehand, once, on all cores. The systems that use our encoder are handed these, so that "index"
is without the encoding and "with encoding" is the sum. Token vectors, which Recoupe alone has, are made in the same
pass; up to 511 paragraphs, the last of them, Recoupe encodes again in "index". A question is encoded by the system that
is asked it. "first two" is what one French and one English question take before the others are measured. Haystack's
store compares a question with every paragraph in Python, which takes seconds at 100,000: ask few.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import numpy as np
from alternatives import MODEL, PACKAGES, SYSTEMS, UNSHARED, Encoded

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from index.training.report import DevelopmentSet

T = TypeVar("T")

BASELINE = "recoupe"
METRICS = ("R@1", "R@5", "nDCG@10")
WORDS = 15
"""Words of a distractor, at least."""
WARMING = ("Combien de personnes y avait-il ce jour-là ?", "How many people were there on that day?")
"""What each system is asked before it is measured."""

THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS", "NUMBA_NUM_THREADS")
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
}
"""Nothing is asked of a network, and nothing told to one."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system found for each list of questions, and its costs: seconds, milliseconds a question, megabytes."""

    rankings: list[list[list[int]]]
    load: float
    index: float
    first: float
    queries: list[float]
    memory: float

    def query(self, percentile: int) -> float:
        """Return how many milliseconds this percentage of the questions take at most."""
        return float(np.percentile(self.queries, percentile))


@dataclass(frozen=True, slots=True)
class Encoding:
    """What encoding the corpus once took, and the least cosine of some of its vectors with sentence-transformers'."""

    processor: float
    wall: float
    cosine: float


def distractors(data: Path, texts: Sequence[str], count: int) -> list[str]:
    """Return this many different French sentences that are none of these texts; their file is shuffled already."""
    known, found = set(texts), dict[str, None]()
    with gzip.open(data / "parallel/europarl.en-fr.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            sentence = line.rstrip("\n").split("\t")[1]
            if len(sentence.split()) >= WORDS and sentence not in known:
                found[sentence] = None
            if len(found) == count:
                return list(found)
    raise click.ClickException(f"there are only {len(found):,} such sentences")


def encode(texts: Sequence[str], folder: Path) -> Encoding:
    """Write what `Encoded` reads; runs in a process of its own."""
    import torch

    torch.set_num_threads(os.cpu_count() or 1)
    from sentence_transformers import SentenceTransformer

    from index.encoder import SentenceEncoder
    from index.generation import make_embedder
    from index.resume import PART

    encoded = Encoded(folder)
    folder.mkdir()
    encoder = SentenceEncoder()
    encoder.passages(texts[:PART])
    start = time.process_time(), time.perf_counter()
    embed = make_embedder(encoder, encoded.parts)
    np.save(encoded.vectors, np.concatenate([embed(texts[n : n + PART])[0] for n in range(0, len(texts), PART)]))
    took = time.process_time() - start[0], time.perf_counter() - start[1]
    rows = range(0, len(texts), max(1, len(texts) // 64))
    theirs = SentenceTransformer(MODEL).encode_document([texts[row] for row in rows], normalize_embeddings=True)
    return Encoding(*took, float((theirs * encoded[rows]).sum(axis=1).min()))


def measure(
    name: str, texts: Sequence[str], asked: Sequence[Sequence[str]], folder: Path, encoded: Encoded | None
) -> Measured:
    """Return what a system finds and at what cost; runs in a process of its own."""
    start = time.process_time()
    index = SYSTEMS[name]()
    loaded = time.process_time()
    search = index(texts, folder, encoded)
    built = time.process_time()
    # What a system puts off until it is asked is neither the index's nor every question's.
    for question in WARMING:
        search(question)
    warm = time.process_time()
    rankings, times = [], []
    for questions in asked:
        found = []
        for question in questions:
            before = time.process_time()
            found.append(search(question))
            times.append(time.process_time() - before)
        rankings.append(found)
    milliseconds = [1000 * own for own in times]
    return Measured(rankings, loaded - start, built - loaded, 1000 * (warm - built), milliseconds, peak_memory())


def peak_memory() -> float:
    """Return the most memory that this process has held, in megabytes; NaN where the kernel does not say."""
    # getrusage would give a child at least what its parent held when it started the child.
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def alone(function: Callable[..., T], *arguments: object) -> T:
    """Return what a function returns in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(function, *arguments).result()


def ask_all(
    names: Sequence[str], sets: Sequence[DevelopmentSet], texts: Sequence[str], *, shared: bool
) -> tuple[dict[str, Measured], Encoding | None]:
    """Return what each installed system found, and what the encoding took where they share it.

    Says on stderr how far it is, and which system is not installed.
    """
    asked = [list(chosen.questions.values()) for chosen in sets]
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        encoded = Encoded(Path(folder) / "encoded") if shared else None
        encoding = None
        if encoded is not None:
            click.echo("encoding: ", nl=False, err=True)
            encoding = alone(encode, texts, encoded.folder)
            click.echo(f"{encoding.wall:.0f} s", err=True)
        for place, name in enumerate(names, 1):
            click.echo(f"[{place}/{len(names)}] {name}: ", nl=False, err=True)
            try:
                own = alone(measure, name, texts, asked, Path(folder) / name, encoded)
            except ModuleNotFoundError as error:
                click.echo(f"not installed ({error.name}): pip install 'recoupe[comparison]'", err=True)
                continue
            click.echo(f"indexed in {own.index:.1f} s, {own.query(50):.1f} ms a question", err=True)
            measured[name] = own
    return measured, encoding


def quality_rows(
    sets: Sequence[DevelopmentSet], measured: Mapping[str, Measured], metrics: Sequence[str]
) -> Iterator[dict[str, str]]:
    """Yield a row for each pair of languages and each system: measures, and the difference from Recoupe."""
    from qa.evaluation.metrics import ranking_scores
    from qa.evaluation.significance import holm, randomisation_p, verdict

    for place, chosen in enumerate(sets):
        scores = {}
        for name, own in measured.items():
            rows = dict(zip(chosen.questions, own.rankings[place], strict=True))
            found = ranking_scores(chosen.qrels, {id_: list(map(str, ranking)) for id_, ranking in rows.items()})
            scores[name] = {metric: np.array([found[metric][id_] for id_ in rows]) for metric in metrics}
        others = [name for name in scores if name != BASELINE and BASELINE in scores]
        differences = {name: scores[name]["nDCG@10"] - scores[BASELINE]["nDCG@10"] for name in others}
        ps = dict(zip(others, holm([randomisation_p(own) for own in differences.values()]), strict=True))
        for name, values in scores.items():
            row = {"questions-passages": chosen.pair, "n": str(len(chosen.questions)), "system": name}
            row |= {metric: f"{value.mean():.3f}" for metric, value in values.items()}
            mean = float(differences[name].mean()) if name in differences else 0.0
            row["difference"] = f"{mean:+.3f}" if name in ps else ""
            row["p"] = f"{ps[name]:.4f}" if name in ps else ""
            row["verdict"] = verdict(mean, ps[name], len(chosen.questions)) if name in ps else ""
            yield row


def cost_rows(measured: Mapping[str, Measured], encoding: Encoding | None) -> Iterator[dict[str, str]]:
    for name, own in measured.items():
        costs = {"load s": own.load, "index s": own.index}
        if encoding is not None:
            costs["with encoding s"] = own.index + (encoding.processor if name not in UNSHARED else 0.0)
            costs["first two ms"] = own.first
        costs["query ms (p50)"] = own.query(50)
        if encoding is not None:
            costs["query ms (p95)"] = own.query(95)
        yield {"system": name} | {k: f"{v:.1f}" for k, v in costs.items()} | {"peak MB": f"{own.memory:.0f}"}


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the rows as a Markdown table, words to the left and figures to the right."""
    heads = list(rows[0])
    rule = ["---" if head in ("questions-passages", "system", "verdict") else "--:" for head in heads]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *(row.values() for row in rows)))


def versions() -> str:
    """Return the compared packages that are installed, with their versions."""
    installed = {distribution.name for distribution in metadata.distributions()}
    return ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES if name in installed)


def sampled(chosen: DevelopmentSet, count: int | None) -> DevelopmentSet:
    """Return the set with at most this many of its questions."""
    ids = list(chosen.questions)
    if count is not None and count < len(ids):
        ids = random.Random(0).sample(ids, count)
    kept = {id_: chosen.questions[id_] for id_ in ids}
    return replace(chosen, questions=kept, qrels={id_: chosen.qrels[id_] for id_ in ids})


def known(context: click.Context, option: click.Parameter, value: str) -> list[str]:
    names = value.split(",") if value else list(SYSTEMS)
    for name in names:
        if name not in SYSTEMS:
            raise click.BadParameter(f"there is no system {name!r}; there are {', '.join(SYSTEMS)}")
    return names


def listing() -> str:
    """Return the systems and what each is, as lines that click leaves as they are."""
    return "\b\n" + "\n".join(f"{name:<16} {system.__doc__}" for name, system in SYSTEMS.items())


@click.command(help=f"{__doc__}\n{listing()}")
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=Path("../shared/data"), show_default=True)
@click.option("--questions", type=click.IntRange(1), help="Ask only so many of each language, drawn with a fixed seed.")
@click.option("--systems", "names", callback=known, default="", help="Only these, separated by commas.")
@click.option("--distractors", "added", type=click.IntRange(1), help="Add so many French sentences to the paragraphs.")
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads of each system.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Also write both tables, joined, to a file.")
def main(
    data: Path, questions: int | None, names: list[str], added: int | None, threads: int, csv_file: Path | None
) -> None:
    os.environ.update(ENVIRONMENT | dict.fromkeys(THREADS, str(threads)))
    try:
        from index.training.report import development_sets
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'recoupe[comparison]'") from None
    sets = [sampled(chosen, questions) for chosen in development_sets(data=data) if chosen.name == "PIAF"]
    texts = [split.document.text for split in sets[0].splits]
    texts += distractors(data, texts, added) if added else []
    measured, encoding = ask_all(names, sets, texts, shared=bool(added))
    if not measured:
        raise click.ClickException("none of these systems is installed")
    metrics = (*METRICS, "R@10") if added else METRICS
    quality, costs = list(quality_rows(sets, measured, metrics)), list(cost_rows(measured, encoding))
    click.echo(f"{len(texts):,} French paragraphs; threads of each system: {threads}\n")
    if encoding is not None:
        click.echo(
            f"encoded once for all: {encoding.processor:.0f} s of the processor, {encoding.wall:.0f} s by the clock; "
            f"least cosine with sentence-transformers' vectors, 64 paragraphs: {encoding.cosine:.4f}\n"
        )
    click.echo(f"{markdown(quality)}\n\n{markdown(costs)}\n\n{versions()}")
    if csv_file:
        own = {row["system"]: row for row in costs}
        joined = [row | own[row["system"]] for row in quality]
        with open(csv_file, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(joined[0]))
            writer.writeheader()
            writer.writerows(joined)


if __name__ == "__main__":
    main()
