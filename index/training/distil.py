"""How does the student, half as deep, learn to read as the teacher does?

Distillation on unlabelled text of both languages: each token's last state is drawn to the teacher's, the state after
each of the student's layers to what the next of them was fed in the teacher (Sun et al. 2019), and the sentence vectors
to the teacher's, by their centred cosine and by how a batch's texts rank beside each other.

Run after the pieces: ``python -m index.training.distil --minutes 30``; it writes ``WORK/distilled``. An interrupted run
goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from index.training.data import DATA, EVERY_SET, contexts, french_sentences, parallel_pairs, qa_pairs
from index.training.pieces import LAYERS
from index.training.student import (
    AVERAGE_EVERY,
    SEED,
    average,
    length_batches,
    load_bert,
    load_checkpoint,
    meet,
    optimiser,
    padded,
    part,
    pooled,
    rate,
    save_checkpoint,
    save_student,
    start,
    token_ids,
)
from index.training.teacher import PROMPTS

if TYPE_CHECKING:
    import torch

EUROPARL, TATOEBA, SPOKEN = 36_000, 20_000, 20_000
"""Texts of the parliament, of Tatoeba and of Common Voice in the sample, about one pass in half an hour."""

LONGEST_SENTENCE = 30
"""Words of the parliament's sentences that are used: short ones teach more for each second."""

_BLOCK = 4_096
_LONGEST = 192
_CHECKPOINT_EVERY = 2
_TEMPERATURE = 0.02
_INNER = 0.3

log = logging.getLogger("recoupe.training.distil")


def sample(data: Path) -> list[str]:
    """Return the texts that are learned from, each with a prompt, shuffled by the seed."""
    random = np.random.default_rng(SEED)
    pairs = parallel_pairs("europarl", data=data, limit=200_000)
    debates = [text for p in pairs for text in (p.english, p.french) if len(text.split()) <= LONGEST_SENTENCE]
    everyday = list(dict.fromkeys(text for p in parallel_pairs("tatoeba", data=data) for text in (p.english, p.french)))
    spoken = french_sentences(data=data)
    asked = qa_pairs("train", data=data, names=EVERY_SET)
    texts = [PROMPTS["passage"] + text for text in contexts(asked)]
    texts += [PROMPTS["query"] + pair.question for pair in asked]
    for source, count in ((debates, EUROPARL), (everyday, TATOEBA), (spoken, SPOKEN)):
        chosen = random.permutation(len(source))[:count]
        texts += [PROMPTS["query" if random.random() < 0.4 else "passage"] + source[i] for i in chosen]
    return [texts[i] for i in random.permutation(len(texts))]


def states(model: Any, rows: Sequence[Sequence[int]]) -> tuple[tuple[torch.Tensor, ...], torch.Tensor]:
    """Return the states after each layer, each (n, longest, dim), and the mask."""
    ids, mask = padded(rows)
    return model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[1:], mask


def distillation_loss(ours: Sequence[torch.Tensor], theirs: Sequence[torch.Tensor], mask: torch.Tensor) -> torch.Tensor:
    """Return the loss of the student's states, one for each layer, against the teacher's that they are to be.

    The squared distance of token states in units of the teacher's variance in the batch, the inner layers together
    counting `_INNER`, and of the sentence vectors one minus the centred cosine and the divergence of similarities.
    """
    import torch

    kept = mask.bool()
    parts = []
    for mine, goal in zip(ours, theirs, strict=True):
        a, b = mine[kept], goal[kept]
        parts.append((a - b).pow(2).sum(-1).mean() / (b - b.mean(0)).pow(2).sum(-1).mean())
    loss = parts[-1] + _INNER * torch.stack(parts[:-1]).mean()
    mine, goal = pooled(ours[-1], mask), pooled(theirs[-1], mask)
    centre = goal.mean(0)
    loss = loss + 1 - torch.nn.functional.cosine_similarity(mine - centre, goal - centre, dim=-1).mean()
    if len(mine) > 2:
        near, wanted = mine @ mine.T / _TEMPERATURE, goal @ goal.T / _TEMPERATURE
        near.fill_diagonal_(-1e4)
        wanted.fill_diagonal_(-1e4)
        divergence = torch.nn.functional.kl_div(
            near.log_softmax(-1), wanted.log_softmax(-1), log_target=True, reduction="batchmean"
        )
        loss = loss + divergence
    return loss


def targets(layers: Sequence[int], depth: int) -> list[int]:
    """Return which of the teacher's layers each of the student's shall end like: what the next one is fed.

    >>> targets((0, 2, 4, 7, 9, 11), 12)
    [1, 3, 6, 8, 10, 11]
    """
    return [*(layer - 1 for layer in layers[1:]), depth - 1]


def text_batches(folder: Path, texts: Sequence[str], chunk: int, *, tokens: int) -> Iterator[list[list[int]]]:
    """Yield batches of token ids of one chunk of the texts, of about the same length each."""
    begin = chunk * _BLOCK % len(texts)
    rows = token_ids(folder, texts[begin : begin + _BLOCK], longest=_LONGEST)
    shuffle = np.random.default_rng([SEED, chunk])
    for group in length_batches([len(row) for row in rows], tokens=tokens, shuffle=shuffle):
        yield [rows[i] for i in group]


def train(data: Path, work: Path, *, minutes: float, rank: int = 0, workers: int = 1, tokens: int = 1_024) -> Path:
    """Distil within so many minutes and return the student's folder.

    Every worker has texts of its own and steps of its own; every 90 seconds their weights are averaged (local SGD): on
    cores that other programs use too, workers that wait for each other seldom lose the least time.
    """
    import torch

    torch.manual_seed(SEED)
    folder, target = work / "initial", work / "distilled"
    texts = sample(data)[rank::workers]
    model, teacher = load_bert(folder).train(), load_bert(work / "teacher").eval()
    wanted = targets(LAYERS, len(teacher.encoder.layer))
    steps = optimiser(model, layers=3e-4, embeddings=1e-4)
    progress = load_checkpoint(work / "distil.pt", model, steps)
    origin, limit, losses = time.monotonic() - progress.seconds, 60 * minutes, list[float]()
    while progress.seconds < limit:
        for ids in text_batches(folder, texts, progress.chunk, tokens=tokens):
            for group in steps.param_groups:
                group["lr"] = group["peak"] * rate(min(1.0, progress.seconds / limit))
            with torch.no_grad():
                goal, mask = states(teacher, ids)
            found, _ = states(model, ids)
            loss = distillation_loss(found, [goal[layer] for layer in wanted], mask)
            steps.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            steps.step()
            losses.append(float(loss.item()))
            progress.seconds = time.monotonic() - origin
            progress.steps += 1
            while progress.rounds < min(progress.seconds, limit) // AVERAGE_EVERY:
                average(model)
                progress.rounds += 1
                log.info("worker %d, %s, loss %.3f", rank, progress, np.mean(losses[-50:]))
                if rank == 0 and progress.rounds % _CHECKPOINT_EVERY == 0:
                    save_checkpoint(work / "distil.pt", model, steps, progress)
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
    train(Path(data), Path(work), minutes=minutes, rank=rank, workers=workers)
    part()


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--minutes", default=30.0, show_default=True, help="Minutes of training.")
@click.option("--workers", default=0, help="Processes; 0: one with a GPU, else one a core.")
@click.option("--rank", default=-1, help="Run this worker alone, from 0; the others are started by hand.")
def main(data: str, work: str, minutes: float, workers: int, rank: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    start(Path(work), workers, rank, worker, (data, work, minutes))


if __name__ == "__main__":
    main()
