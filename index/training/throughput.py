"""How many passages a second does each form of the encoder read, beside the float32 teacher, in one run?

Run: ``python -m index.training.throughput``, on a machine that does nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from index.encoder import SentenceEncoder
from index.training.data import DATA, contexts, qa_pairs
from index.training.tokenizer import teacher_folder


def passages(data: Path, *, count: int, words: int = 100) -> list[str]:
    """Return French paragraphs of exactly so many words."""
    texts = [text.split() for text in contexts(qa_pairs("all", data=data, names=("piaf",)))]
    return [" ".join(text[:words]) for text in texts if len(text) >= words][:count]


def best_rates(forms: dict[str, Callable[[list[str]], object]], texts: list[str], *, repeats: int) -> dict[str, float]:
    """Return passages a second of each form's fastest run; they take turns, so that other load falls on all."""
    for encode in forms.values():
        encode(texts[:16])
    best = dict.fromkeys(forms, 0.0)
    for _ in range(repeats):
        for name, encode in forms.items():
            started = time.perf_counter()
            encode(texts)
            best[name] = max(best[name], len(texts) / (time.perf_counter() - started))
    return best


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--count", default=256, show_default=True, help="Paragraphs.")
@click.option("--repeats", default=3, show_default=True, help="Runs of each form; the fastest counts.")
def main(data: str, count: int, repeats: int) -> None:
    from sentence_transformers import SentenceTransformer

    texts = passages(Path(data), count=count)
    teacher = SentenceTransformer(str(teacher_folder()), device="cpu")
    exact, shipped = SentenceEncoder(precision="float32"), SentenceEncoder()
    forms: dict[str, Callable[[list[str]], object]] = {
        "teacher, float32, sentence-transformers": lambda own: teacher.encode(own, show_progress_bar=False),
        "student, float32": exact.passages,
        "student, as shipped": shipped.passages,
        "student, as shipped, with token vectors": shipped.embed,
    }
    rates = best_rates(forms, texts, repeats=repeats)
    base = next(iter(rates.values()))
    for name, rate in rates.items():
        click.echo(f"{name:42} {rate:7.1f} passages/s  {rate / base:5.2f} x")
    cosines = (exact.passages(texts) * shipped.passages(texts)).sum(1)
    click.echo(f"cosine of float32 and shipped form: least {np.min(cosines):.5f}")


if __name__ == "__main__":
    main()
