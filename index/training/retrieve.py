"""How does the student learn to find the paragraph that answers a question, whole and word by word?

Three kinds of batches take turns: French questions with their paragraphs, English ones with theirs, and sentences of
one language with windows of several sentences of the other, one of which is the translation. Each batch holds
paragraphs that BM25 finds for each other's questions (hard negatives), and those of the batches before stay negatives.
Beside the loss of the sentence vectors stands one of late interaction (Khattab and Zaharia 2020) with a learned
projection of the token vectors, and a few translations in every batch, with the teacher's vectors, hold the two
languages together.

Run after the distillation: ``python -m index.training.retrieve --minutes 28``; it writes ``WORK/retrieval``. An
interrupted run goes on where it was.
"""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from index.training.batches import QUESTIONS, Asked, asked, batches, neighbours, translations, windows
from index.training.data import DATA, Pair, parallel_pairs
from index.training.student import (
    AVERAGE_EVERY,
    SEED,
    average,
    device,
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

TOKEN_DIM = 96
"""Dimensions of a token vector: an 80-word paragraph takes under 10 kB at one byte each."""

_TEMPERATURE = 0.05
_TOKEN_TEMPERATURE = 0.033
_QUEUE = 300
_LONGEST = 256
_TUNED_SHARE = 0.75

log = logging.getLogger("recoupe.training.retrieve")


def student_class() -> Any:
    """Return the class of the encoder with its projection of token vectors, a torch module."""
    import torch

    class Student(torch.nn.Module):
        def __init__(self, bert: Any, projection: torch.Tensor) -> None:
            super().__init__()
            self.bert = bert
            self.projection = torch.nn.Parameter(projection)

        def forward(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
            """Return sentence vectors (n, dim), token vectors (n, longest, token_dim), and token ids."""
            hidden, mask = token_states(self.bert, rows)
            tokens = torch.nn.functional.normalize(hidden @ self.projection, dim=-1)
            ids = torch.zeros(mask.shape, dtype=torch.long, device=hidden.device)
            for i, row in enumerate(rows):
                ids[i, : len(row)] = torch.tensor(row, device=hidden.device)
            return pooled(hidden, mask), tokens, ids

    return Student


def principal(model: Any, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the first principal directions of the unit hidden states of these texts, shape (dim, TOKEN_DIM)."""
    import torch

    dim = model.config.hidden_size
    moment = torch.zeros(dim, dim)
    with torch.inference_mode():
        for begin in range(0, len(rows), 16):
            hidden, mask = token_states(model, rows[begin : begin + 16])
            states = torch.nn.functional.normalize(hidden[mask.bool()], dim=-1).cpu()
            moment += states.T @ states
    directions: torch.Tensor = torch.linalg.eigh(moment).eigenvectors[:, -TOKEN_DIM:].flip(1).clone()
    return directions.to(device())


def token_weight_table(folder: Path, texts: Sequence[str]) -> torch.Tensor:
    """Return for each piece the square root of its idf over the texts; 0 for special tokens and signs."""
    import torch

    vocabulary: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    df = np.zeros(len(vocabulary))
    for row in token_ids(folder, texts, longest=_LONGEST):
        df[list(set(row))] += 1
    weights = np.sqrt(np.log(1 + len(texts) / (1 + df)))
    for piece, i in vocabulary.items():
        if not any(c.isalnum() for c in piece) or piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"):
            weights[i] = 0.0
    return torch.tensor(weights, dtype=torch.float32, device=device())


def token_scores(query: torch.Tensor, weights: torch.Tensor, tokens: torch.Tensor, kept: torch.Tensor) -> torch.Tensor:
    """Return MaxSim scores, shape (queries, passages): weighted means of the best cosines.

    `query` (q, lq, d) and `weights` (q, lq); `tokens` (p, lp, d) and `kept` (p, lp), which of them count.
    """
    import torch

    cosines = torch.einsum("qid,pjd->qpij", query, tokens).masked_fill(~kept[None, :, None, :], -1.0)
    best = cosines.amax(-1)
    return (best * weights[:, None]).sum(-1) / weights.sum(-1).clamp(min=1e-6)[:, None]


def retrieval_loss(
    student: Any,
    table: torch.Tensor,
    folder: Path,
    batch: Sequence[Asked],
    queue: deque[tuple[str, torch.Tensor]],
    seed: int,
) -> torch.Tensor:
    """Return the contrastive losses of sentence vectors and of late interaction on questions and paragraphs."""
    import torch

    random = np.random.default_rng(seed)
    picks = [(q, i) for i, p in enumerate(batch) for q in random.permutation(p.questions)[:QUESTIONS]]
    targets = torch.tensor([i for _, i in picks], device=device())
    passages, passage_tokens, passage_ids = student(token_ids(folder, [p.text for p in batch], longest=_LONGEST))
    queries, query_tokens, query_ids = student(token_ids(folder, [str(q) for q, _ in picks], longest=64))
    here = {p.text for p in batch}
    old = [vector for text, vector in queue if text not in here]
    others = torch.stack(old) if old else passages[:0].detach()
    near = queries @ torch.cat([passages, others]).T / _TEMPERATURE
    sentence = torch.nn.functional.cross_entropy(near, targets)
    scores = token_scores(query_tokens, table[query_ids], passage_tokens, table[passage_ids] > 0)
    tokens = torch.nn.functional.cross_entropy(scores / _TOKEN_TEMPERATURE, targets)
    queue.extend(zip([p.text for p in batch], passages.detach(), strict=True))
    loss: torch.Tensor = sentence + tokens
    return loss


def translation_loss(
    student: Any, teacher: Any, table: torch.Tensor, folder: Path, pairs: Sequence[Pair]
) -> torch.Tensor:
    """Return the losses that hold the languages together, and near the teacher, on sentence pairs."""
    import torch

    english, french = [p.english for p in pairs], [p.french for p in pairs]
    with torch.no_grad():
        goal = pooled(*token_states(teacher, token_ids(teacher_folder(), english, longest=96)))
    ours, our_tokens, our_ids = student(token_ids(folder, english, longest=96))
    theirs, their_tokens, their_ids = student(token_ids(folder, french, longest=96))
    targets = torch.arange(len(pairs), device=device())
    # Tatoeba holds sentences more than once: a copy is no negative.
    copies = (goal @ goal.T > 0.98) & ~torch.eye(len(pairs), dtype=torch.bool, device=device())
    entropy = torch.nn.functional.cross_entropy
    near = (ours @ theirs.T / _TEMPERATURE).masked_fill(copies, -100.0)
    kept = table[our_ids] > 0, table[their_ids] > 0
    forth = token_scores(our_tokens, table[our_ids], their_tokens, kept[1]).masked_fill(copies, -1.0)
    back = token_scores(their_tokens, table[their_ids], our_tokens, kept[0]).masked_fill(copies, -1.0)
    away = 2 - (ours * goal).sum(-1).mean() - (theirs * goal).sum(-1).mean()
    languages = entropy(near, targets) + entropy(near.T, targets)
    words = entropy(forth / _TOKEN_TEMPERATURE, targets) + entropy(back / _TOKEN_TEMPERATURE, targets)
    loss: torch.Tensor = 0.5 * languages + 0.5 * words + 4 * away
    return loss


def train(data: Path, work: Path, *, minutes: float, rank: int = 0, limit: int | None = None) -> Path:
    """Fine-tune within so many minutes and return the folder; `limit` takes so many paragraphs of each kind alone."""
    import torch

    torch.manual_seed(SEED)
    folder, target = work / "distilled", work / "retrieval"
    french, english = asked(data, "fr")[:limit], asked(data, "en")[:limit]
    window = windows(parallel_pairs("europarl", data=data)[600_000:][: limit and 5 * limit], seed=SEED)
    queues: list[deque[tuple[str, torch.Tensor]]] = [deque(maxlen=_QUEUE) for _ in range(3)]
    table = token_weight_table(folder, [p.text for p in (*french, *english)])
    bert, teacher = load_bert(folder).train(), load_bert(teacher_folder()).eval()
    first = principal(bert, token_ids(folder, [p.text for p in (*french[:200], *english[:200])], longest=_LONGEST))
    student = student_class()(bert, first)
    steps = optimiser(student, layers=8e-5, embeddings=2e-4)
    progress = load_checkpoint(work / "retrieve.pt", student, steps)
    # A run that goes on does not begin with the same paragraphs again.
    seed = SEED + rank + 10 * progress.steps
    kinds = [
        batches(french, neighbours(french, "fr"), seed),
        batches(english, neighbours(english, "en"), seed),
        batches(window, None, seed),
    ]
    pairs = translations(data, seed)
    turn = (0, 1, 2, 0, 2, 0, 1)
    origin, end, losses = time.monotonic() - progress.seconds, 60 * minutes, list[tuple[float, float]]()
    while progress.seconds < end:
        for group in steps.param_groups:
            group["lr"] = group["peak"] * rate(min(1.0, progress.seconds / end))
        kind = turn[progress.steps % len(turn)]
        picked = SEED + 1_000 * progress.steps + rank
        found = retrieval_loss(student, table, folder, next(kinds[kind]), queues[kind], picked)
        held = translation_loss(student, teacher, table, folder, next(pairs))
        steps.zero_grad(set_to_none=True)
        (found + held).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        steps.step()
        losses.append((found.item(), held.item()))
        progress.seconds, progress.steps = time.monotonic() - origin, progress.steps + 1
        while progress.rounds < min(progress.seconds, end) // AVERAGE_EVERY:
            average(student)
            progress.rounds += 1
            log.info("worker %d, %s, losses %s", rank, progress, np.mean(losses[-21:], axis=0).round(3))
            if rank == 0 and progress.rounds % 4 == 0:
                save_checkpoint(work / "retrieve.pt", student, steps, progress)
    average(student)
    if rank == 0:
        save_checkpoint(work / "retrieve.pt", student, steps, progress)
        save(student, folder, target)
    return target


def save(student: Any, source: Path, target: Path) -> None:
    """Write the encoder and, beside it, the projection of its token vectors.

    The weights are a mean of the distilled ones and the fine-tuned ones (Wortsman et al. 2022): what few paragraphs
    taught is kept, and so is what hundreds of thousands of sentences did.
    """
    from safetensors.torch import load_file, save_file

    save_student(student.bert, source, target)
    before, after = load_file(source / "model.safetensors"), load_file(target / "model.safetensors")
    mixed = {name: _mixed(before[name], after[name]) for name in after}
    save_file(mixed, target / "model.safetensors", metadata={"format": "pt"})
    save_file({"projection": student.projection.detach().cpu().float().contiguous()}, target / "tokens.safetensors")


def _mixed(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
    """Return the mean of two tensors in which the second counts for `_TUNED_SHARE`."""
    return ((1 - _TUNED_SHARE) * before + _TUNED_SHARE * after).contiguous()


def worker(rank: int, workers: int, data: str, work: str, minutes: float) -> None:
    """Run one worker of several."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    meet(Path(work), rank, workers)
    train(Path(data), Path(work), minutes=minutes, rank=rank)
    part()


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--minutes", default=28.0, show_default=True, help="Minutes of training.")
@click.option("--workers", default=0, help="Processes; 0: one with a GPU, else one a core.")
@click.option("--rank", default=-1, help="Run this worker alone, from 0; the others are started by hand.")
def main(data: str, work: str, minutes: float, workers: int, rank: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    start(Path(work), workers, rank, worker, (data, work, minutes))


if __name__ == "__main__":
    main()
