"""How well does Recoupe find passages beside the alternatives, over the same paragraphs and questions, in one run?

\b
    pip install 'recoupe[comparison]'
    python tests/benchmarks/quality.py                # everything: about twenty minutes
    python tests/benchmarks/quality.py --questions 60 --systems langchain,recoupe

The corpus is every paragraph of PIAF. The questions are those of its development articles, in French as PIAF has them
and in English as `tests/gold/piaf-en.jsonl` translates them. Each system runs in a process of its own, without network,
all with the same number of threads, and is asked for ten passages a question.

The difference is that of nDCG@10 from recoupe's; p is of the paired randomisation test, with Holm's correction over the
systems. Times are the processor's, so that other work on the machine changes them little: "load" is imports and models,
"index" from texts to the first question with the encoding (each of Recoupe's rows makes its whole index). Memory is the
peak of the process, on Linux.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click
import numpy as np
from alternatives import PACKAGES, SYSTEMS

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from index.training.report import DevelopmentSet

BASELINE = "recoupe"
METRICS = ("R@1", "R@5", "nDCG@10")
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
    query: float
    memory: float


def measure(name: str, texts: Sequence[str], asked: Sequence[Sequence[str]], folder: Path) -> Measured:
    """Return what a system finds and at what cost; runs in a process of its own."""
    start = time.process_time()
    index = SYSTEMS[name]()
    loaded = time.process_time()
    search = index(texts, folder)
    built = time.process_time()
    rankings, times = [], []
    for questions in asked:
        found = []
        for question in questions:
            before = time.process_time()
            found.append(search(question))
            times.append(time.process_time() - before)
        rankings.append(found)
    return Measured(rankings, loaded - start, built - loaded, 1000 * median(times), peak_memory())


def peak_memory() -> float:
    """Return the most memory that this process has held, in megabytes; NaN where the kernel does not say."""
    # getrusage would give a child at least what its parent held when it started the child.
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


def ask_all(names: Sequence[str], sets: Sequence[DevelopmentSet], texts: Sequence[str]) -> dict[str, Measured]:
    """Return what each installed system found; says on stderr how far it is, and which is not installed."""
    asked = [list(chosen.questions.values()) for chosen in sets]
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        for place, name in enumerate(names, 1):
            click.echo(f"[{place}/{len(names)}] {name}: ", nl=False, err=True)
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
                try:
                    own = child.submit(measure, name, texts, asked, Path(folder) / name).result()
                except ModuleNotFoundError as error:
                    click.echo(f"not installed ({error.name}): pip install 'recoupe[comparison]'", err=True)
                    continue
            click.echo(f"indexed in {own.index:.1f} s, {own.query:.1f} ms a question", err=True)
            measured[name] = own
    return measured


def quality_rows(sets: Sequence[DevelopmentSet], measured: Mapping[str, Measured]) -> Iterator[dict[str, str]]:
    """Yield a row for each pair of languages and each system: measures, and the difference from Recoupe."""
    from qa.evaluation.metrics import ranking_scores
    from qa.evaluation.significance import holm, randomisation_p, verdict

    for place, chosen in enumerate(sets):
        scores = {}
        for name, own in measured.items():
            rows = dict(zip(chosen.questions, own.rankings[place], strict=True))
            found = ranking_scores(chosen.qrels, {id_: list(map(str, ranking)) for id_, ranking in rows.items()})
            scores[name] = {metric: np.array([found[metric][id_] for id_ in rows]) for metric in METRICS}
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


def cost_rows(measured: Mapping[str, Measured]) -> Iterator[dict[str, str]]:
    for name, own in measured.items():
        costs = {"load s": own.load, "index s": own.index, "query ms (p50)": own.query}
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
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Threads of each system.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Also write both tables, joined, to a file.")
def main(data: Path, questions: int | None, names: list[str], threads: int, csv_file: Path | None) -> None:
    os.environ.update(ENVIRONMENT | dict.fromkeys(THREADS, str(threads)))
    try:
        from index.training.report import development_sets
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: pip install 'recoupe[comparison]'") from None
    sets = [sampled(chosen, questions) for chosen in development_sets(data=data) if chosen.name == "PIAF"]
    texts = [split.document.text for split in sets[0].splits]
    measured = ask_all(names, sets, texts)
    if not measured:
        raise click.ClickException("none of these systems is installed")
    quality, costs = list(quality_rows(sets, measured)), list(cost_rows(measured))
    click.echo(f"{len(texts):,} French paragraphs; threads of each system: {threads}\n")
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
