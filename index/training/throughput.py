"""How many passages a second does the encoder read, and beside it others, in one run?

Run: ``python -m index.training.throughput [FOLDER ...]``, on a machine that does nothing else. Processor time is
counted too, so that the figures mean something on one that does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from index.encoder import SentenceEncoder
from index.training.data import DATA, contexts, qa_pairs

Work = Callable[[], object]


def passages(data: Path, *, count: int, words: int = 100) -> list[str]:
    """Return French paragraphs of exactly so many words."""
    texts = [text.split() for text in contexts(qa_pairs("all", data=data, names=("piaf",)))]
    return [" ".join(text[:words]) for text in texts if len(text) >= words][:count]


def ask(encoder: SentenceEncoder, questions: list[str]) -> None:
    """Encode questions one by one, as they come."""
    for question in questions:
        encoder.question(question)


def least_times(forms: dict[str, Work], *, repeats: int) -> dict[str, tuple[float, float]]:
    """Return seconds and processor seconds of each form's best run; they take turns, so that load falls on all."""
    best = dict.fromkeys(forms, (float("inf"), float("inf")))
    for _ in range(repeats):
        for name, work in forms.items():
            started, spent = time.perf_counter(), time.process_time()
            work()
            times = time.perf_counter() - started, time.process_time() - spent
            best[name] = min(best[name][0], times[0]), min(best[name][1], times[1])
    return best


@click.command(help=__doc__)
@click.argument("folders", nargs=-1)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--count", default=64, show_default=True, help="Paragraphs, and questions.")
@click.option("--repeats", default=3, show_default=True, help="Runs of each form; the fastest counts.")
def main(folders: tuple[str, ...], data: str, count: int, repeats: int) -> None:
    texts = passages(Path(data), count=count)
    questions = [pair.question for pair in qa_pairs("dev", data=Path(data), names=("piaf",))][:count]
    forms: dict[str, Work] = {}
    for encoder in (SentenceEncoder(), *map(SentenceEncoder, folders)):
        encoder.embed(texts[:8])
        forms[f"{encoder.name}, passages of 100 words"] = partial(encoder.embed, texts)
        forms[f"{encoder.name}, one question"] = partial(ask, encoder, questions)
    click.echo(f"{os.cpu_count()} cores; milliseconds of a text, of the processor")
    for name, (elapsed, spent) in least_times(forms, repeats=repeats).items():
        click.echo(f"{name:48} {1000 * elapsed / count:8.2f} {1000 * spent / count:8.2f}")


if __name__ == "__main__":
    main()
