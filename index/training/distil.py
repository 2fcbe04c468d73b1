"""How does the student learn to give a French sentence and its English original the teacher's vector?

Distillation over parallel sentences (Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual
using knowledge distillation"): student(French) and, in one batch of eight, student(English) are drawn to
teacher(English) by their cosine, beside a contrastive term in which every French sentence must find its own teacher's
vector among the batch's and some thousands of others, which the cache gives for nothing.

Run after the tokenizer: ``python -m index.training.distil --minutes 55``; it writes ``WORK/distilled``. The teacher's
vectors are made as the sample is read and kept on disk. An interrupted run goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import numpy as np
from numpy.typing import NDArray

from index.training.data import DATA, Pair, parallel_pairs
from index.training.student import (
    AVERAGE_EVERY,
    SEED,
    average,
    device,
    embed,
    length_batches,
    load_bert,
    load_checkpoint,
    meet,
    optimiser,
    part,
    pooled,
    rate,
    save_checkpoint,
    save_student,
    start,
    token_ids,
    token_states,
)
from index.training.tokenizer import teacher_folder

if TYPE_CHECKING:
    import torch

LONGEST = 30
"""Words a side of the parliament's sentences that are used: short ones teach more for each second."""

EUROPARL = 200_000
"""Pairs of the parliament that are used, beside all of Tatoeba's: about one pass within the hour on two cores."""

_BLOCK = 4_096
_CHECKPOINT_EVERY = 6
_TEMPERATURE = 0.05
_NEGATIVES = 4_096
_ENGLISH_SHARE = 0.12

log = logging.getLogger("recoupe.training.distil")


def sample(data: Path, *, europarl: int = EUROPARL) -> list[Pair]:
    """Return the pairs that are learned from, shuffled by the seed: Tatoeba's and the parliament's shorter ones."""
    pairs = [
        pair
        for pair in parallel_pairs("europarl", data=data, limit=2 * europarl)
        if max(len(pair.english.split()), len(pair.french.split())) <= LONGEST
    ][:europarl]
    pairs += parallel_pairs("tatoeba", data=data)
    order = np.random.default_rng(SEED).permutation(len(pairs))
    return [pairs[i] for i in order]


class TeacherCache:
    """The teacher's unit vectors of some texts, shape (n, 384), made in order when asked for and kept on disk."""

    def __init__(self, work: Path, texts: Sequence[str], *, name: str = "teacher") -> None:
        self._texts = texts
        self._counter = work / f"{name}.done"
        self.done = int(self._counter.read_text(encoding="utf-8")) if self._counter.exists() else 0
        self.vectors: NDArray[np.float16] = np.memmap(
            work / f"{name}.f16", np.float16, "r+" if self.done else "w+", shape=(len(texts), 384)
        )
        self._model: Any = None

    def through(self, end: int) -> NDArray[np.float16]:
        """Return the vectors; those before row `end` are there."""
        folder = teacher_folder()
        while self.done < min(end, len(self._texts)):
            if self._model is None:
                self._model = load_bert(folder).eval()
            ids = token_ids(folder, self._texts[self.done : self.done + _BLOCK], longest=256)
            self.vectors[self.done : self.done + len(ids)] = embed(self._model, ids)
            cast("np.memmap[Any, Any]", self.vectors).flush()
            self.done += len(ids)
            self._counter.write_text(str(self.done), encoding="utf-8")
            log.info("teacher: %d of %d", self.done, len(self._texts))
        return self.vectors


def chunk_batches(
    folder: Path, pairs: Sequence[Pair], begin: int, *, chunk: int, tokens: int
) -> Iterator[tuple[NDArray[np.int64], list[list[int]]]]:
    """Yield (row numbers in the whole sample, token ids) of one chunk; about one batch of eight is in English."""
    rows = pairs[begin : begin + _BLOCK]
    shuffle = np.random.default_rng([SEED, chunk])
    french = token_ids(folder, [pair.french for pair in rows], longest=128)
    english = token_ids(folder, [pair.english for pair in rows], longest=128)
    for group in length_batches([len(row) for row in french], tokens=tokens, shuffle=shuffle):
        side = english if shuffle.random() < _ENGLISH_SHARE else french
        yield begin + group, [side[i] for i in group]


def distillation_loss(student: torch.Tensor, teacher: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """Return 10 (1 - cosine) plus the symmetric contrastive loss; all rows are unit vectors.

    `student` and `teacher` are (n, dim), row by row translations; `others` (m, dim) are teacher vectors of other pairs.
    """
    import torch

    cosine = (student * teacher).sum(-1)
    targets = torch.arange(len(student), device=student.device)
    near = student @ teacher.T / _TEMPERATURE
    # The same sentence twice in a batch is no negative of itself.
    same = (teacher @ teacher.T > 0.98) & ~torch.eye(len(student), dtype=torch.bool, device=student.device)
    near = near.masked_fill(same, -100.0)
    far = student @ others.T / _TEMPERATURE
    far = far.masked_fill(teacher @ others.T > 0.98, -100.0)
    forth = torch.nn.functional.cross_entropy(torch.cat([near, far], 1), targets)
    back = torch.nn.functional.cross_entropy(near.T, targets)
    return 10 * (1 - cosine).mean() + forth + 0.5 * back


def sentence_accuracy(model: Any, folder: Path, pairs: Sequence[Pair]) -> float:
    """Return for how many English sentences the nearest French one, by cosine, is the translation."""
    english = embed(model, token_ids(folder, [pair.english for pair in pairs], longest=128))
    french = embed(model, token_ids(folder, [pair.french for pair in pairs], longest=128))
    return float(((english @ french.T).argmax(1) == np.arange(len(pairs))).mean())


def distil_step(model: Any, steps: Any, ids: list[list[int]], teacher: Any, others: Any, share: float) -> float:
    """Take one step at this share of the peak learning rates and return the loss."""
    import torch

    for group in steps.param_groups:
        group["lr"] = group["peak"] * share
    loss = distillation_loss(pooled(*token_states(model, ids)), teacher, others)
    steps.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    steps.step()
    return float(loss.item())


def train(data: Path, work: Path, *, minutes: float, pairs: Sequence[Pair], rank: int = 0, tokens: int = 2_048) -> Path:
    """Distil within so many minutes, the teacher's cache included, and return the student's folder.

    Every worker has pairs of its own and steps of its own; every 90 seconds their weights are averaged (local SGD):
    on cores that other programs use too, workers that wait for each other seldom lose the least time.
    """
    import torch

    torch.manual_seed(SEED)
    folder, target = work / "initial", work / "distilled"
    model = load_bert(folder).train()
    steps = optimiser(model, layers=2e-4, embeddings=5e-4)
    progress = load_checkpoint(work / "distil.pt", model, steps)
    held_out = parallel_pairs("europarl", data=data)[-1_000:]
    cache = TeacherCache(work, [pair.english for pair in pairs], name=f"teacher-{rank}")
    origin, limit, losses = time.monotonic() - progress.seconds, 60 * minutes, list[float]()
    while progress.seconds < limit:
        begin = progress.chunk * _BLOCK % max(_BLOCK, len(pairs) // _BLOCK * _BLOCK)
        vectors = cache.through(begin + _BLOCK)
        for rows, ids in chunk_batches(folder, pairs, begin, chunk=progress.chunk, tokens=tokens):
            drawn = np.random.default_rng([SEED, progress.steps]).integers(0, cache.done, _NEGATIVES)
            teacher, others = (torch.tensor(vectors[i], device=device()).float() for i in (rows, drawn))
            losses.append(distil_step(model, steps, ids, teacher, others, rate(min(1.0, progress.seconds / limit))))
            progress.seconds = time.monotonic() - origin
            progress.steps += 1
            while progress.rounds < min(progress.seconds, limit) // AVERAGE_EVERY:
                average(model)
                progress.rounds += 1
                log.info("worker %d, %s, loss %.3f", rank, progress, np.mean(losses[-50:]))
                if rank == 0 and progress.rounds % _CHECKPOINT_EVERY == 0:
                    save_checkpoint(work / "distil.pt", model, steps, progress)
                    log.info("held-out accuracy EN->FR of 1,000: %.3f", sentence_accuracy(model, folder, held_out))
            if progress.seconds >= limit:
                break
        progress.chunk += 1
    average(model)
    if rank == 0:
        save_checkpoint(work / "distil.pt", model, steps, progress)
        save_student(model, folder, target)
    return target


def worker(rank: int, workers: int, data: str, work: str, minutes: float) -> None:
    """Run one worker of several on its share of the sample."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    meet(Path(work), rank, workers)
    pairs = sample(Path(data))[rank::workers]
    train(Path(data), Path(work), minutes=minutes, pairs=pairs, rank=rank)
    part()


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--minutes", default=55.0, show_default=True, help="Minutes, the teacher's cache included.")
@click.option("--workers", default=0, help="Processes; 0: one with a GPU, else one a core.")
@click.option("--rank", default=-1, help="Run this worker alone, from 0; the others are started by hand.")
def main(data: str, work: str, minutes: float, workers: int, rank: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if not start(Path(work), workers, rank, worker, (data, work, minutes)):
        return
    target = Path(work, "distilled")
    model = load_bert(target).eval()
    for name in ("news-dev", "flores-dev"):
        test = parallel_pairs(name, data=Path(data))
        log.info("%s: EN->FR sentence accuracy %.4f of %d", name, sentence_accuracy(model, target, test), len(test))


if __name__ == "__main__":
    main()
