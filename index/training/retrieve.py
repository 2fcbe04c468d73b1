"""How does the student learn to find the paragraph that answers a question, whole and word by word?

Kinds of batches take turns: French questions with their paragraphs, English ones with theirs, sentences of one language
with windows of several sentences of the other, one of which is the translation, and the passages that were written by
hand, French or English, each asked about in both languages and in many tones. Each batch holds
paragraphs that BM25 finds for each other's questions (hard negatives), and those of the batches before stay negatives.
Beside the loss of the sentence vectors stands one of late interaction (Khattab and Zaharia 2020) with a learned
projection of the states, a word's vector being the mean of its pieces', and a few translations in every batch, with
the teacher's vectors, hold the two languages together.

Run after the pieces: ``python -m index.training.retrieve --minutes 60``; it writes ``WORK/retrieval``. The teacher's
last layers are trained; ``--start distilled --frozen 0`` trains the shorter student of `index.training.distil` instead.
An interrupted run goes on where it was.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder.folder import OF_WORDS, PROJECTION
from index.training.batches import QUESTIONS, Asked, asked, batches, neighbours, translations, windows, written
from index.training.data import Pair, parallel_pairs
from index.training.student import (
    AVERAGE_EVERY,
    SEED,
    Settings,
    average,
    device,
    load_bert,
    load_checkpoint,
    make_command,
    optimiser,
    pooled,
    rate,
    save_checkpoint,
    save_student,
    token_states,
)
from index.training.words import Read, Reader, student_class, token_scores

if TYPE_CHECKING:
    import torch

_TEMPERATURE = 0.02
_TOKEN_TEMPERATURE = 0.033
_QUEUE = 300

_TURNS = (0, 3, 1, 2, 4, 0, 3, 2, 1, 0)
"""Which kind of batch comes when, of those that `kinds_of_batches` returns."""

log = logging.getLogger("recoupe.training.retrieve")


Queue = deque[tuple[str, "torch.Tensor"]]
Batches = Iterator[list[Asked]]


def retrieval_loss(student: Any, reader: Reader, batch: Sequence[Asked], queue: Queue, seed: int) -> torch.Tensor:
    """Return the contrastive losses of sentence vectors and of late interaction on questions and paragraphs."""
    import torch

    random = np.random.default_rng(seed)
    picks = [(str(q), i) for i, p in enumerate(batch) for q in random.permutation(p.questions)[:QUESTIONS]]
    goals = torch.tensor([i for _, i in picks], device=device())
    passages: Read = student(reader, [p.text for p in batch], "passage")
    queries: Read = student(reader, [q for q, _ in picks], "query")
    here = {p.text for p in batch}
    old = [vector for text, vector in queue if text not in here]
    others = torch.stack(old) if old else passages.sentences[:0].detach()
    near = queries.sentences @ torch.cat([passages.sentences, others]).T / _TEMPERATURE
    sentence = torch.nn.functional.cross_entropy(near, goals)
    scores = token_scores(queries, passages) / _TOKEN_TEMPERATURE
    queue.extend(zip([p.text for p in batch], passages.sentences.detach(), strict=True))
    loss: torch.Tensor = sentence + torch.nn.functional.cross_entropy(scores, goals)
    return loss


def translation_loss(student: Any, teacher: Any, reader: Reader, pairs: Sequence[Pair]) -> torch.Tensor:
    """Return the losses that hold the languages together, and near the teacher, on sentence pairs."""
    import torch

    english, french = [p.english for p in pairs], [p.french for p in pairs]
    with torch.no_grad():
        goal = pooled(*token_states(teacher, reader.ids([*english, *french], "passage")))
    ours: Read = student(reader, english, "passage")
    theirs: Read = student(reader, french, "passage")
    right = torch.arange(len(pairs), device=device())
    # Tatoeba holds sentences more than once: a copy is no negative.
    half = goal[: len(pairs)]
    copies = (half @ half.T > 0.985) & ~torch.eye(len(pairs), dtype=torch.bool, device=device())
    entropy = torch.nn.functional.cross_entropy
    near = (ours.sentences @ theirs.sentences.T / _TEMPERATURE).masked_fill(copies, -100.0)
    forth = (token_scores(ours, theirs) / _TOKEN_TEMPERATURE).masked_fill(copies, -100.0)
    back = (token_scores(theirs, ours) / _TOKEN_TEMPERATURE).masked_fill(copies, -100.0)
    both = torch.cat([ours.sentences, theirs.sentences])
    held = torch.nn.functional.cosine_similarity(both - both.mean(0), goal - goal.mean(0), dim=-1)
    languages = entropy(near, right) + entropy(near.T, right)
    words = entropy(forth, right) + entropy(back, right)
    loss: torch.Tensor = 0.5 * languages + 0.5 * words + 2 * (1 - held.mean())
    return loss


def kinds_of_batches(data: Path, public: dict[str, list[Asked]], seed: int, limit: int | None) -> list[Batches]:
    """Return the endless batches: public questions in French, in English, windows over both, and those by hand."""
    window = windows(parallel_pairs("europarl", data=data)[600_000:][: limit and 5 * limit], seed=SEED)
    hand = {language: written(language)[:limit] for language in public}
    own = [
        batches(sets[language], neighbours(sets[language], language), seed)
        for sets in (public, hand)
        for language in ("fr", "en")
    ]
    return [*own[:2], batches(window, None, seed), *own[2:]]


def train(data: Path, work: Path, settings: Settings, *, rank: int = 0, limit: int | None = None) -> Path:
    """Fine-tune and return the folder; `limit` takes so many paragraphs of each kind alone."""
    import torch

    torch.manual_seed(SEED)
    folder, target = work / settings.start, work / "retrieval"
    bert, teacher = load_bert(folder).train(), load_bert(work / "teacher").eval()
    public = {language: asked(data, language)[:limit] for language in ("fr", "en")}
    texts = [p.text for own in public.values() for p in own]
    reader = Reader(folder, texts)
    shown = np.random.default_rng(SEED).permutation(len(texts))[:300]
    student = student_class()(bert, [texts[i] for i in shown], reader)
    if settings.frozen:
        bert.embeddings.requires_grad_(False)
        bert.encoder.layer[: settings.frozen].requires_grad_(False)
    steps = optimiser(student, layers=1.5e-4, embeddings=2e-4)
    progress = load_checkpoint(work / "retrieve.pt", student, steps)
    # A run that goes on does not begin with the same paragraphs again.
    seed = SEED + rank + 10 * progress.steps
    kinds, pairs = kinds_of_batches(data, public, seed, limit), translations(data, seed)
    queues: list[Queue] = [deque(maxlen=_QUEUE) for _ in kinds]
    origin, end, losses = time.monotonic() - progress.seconds, 60 * settings.minutes, list[tuple[float, float]]()
    while progress.seconds < end:
        for group in steps.param_groups:
            group["lr"] = group["peak"] * rate(min(1.0, progress.seconds / end))
        kind = _TURNS[progress.steps % len(_TURNS)]
        found = retrieval_loss(student, reader, next(kinds[kind]), queues[kind], SEED + 1_000 * progress.steps + rank)
        held = translation_loss(student, teacher, reader, next(pairs))
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
            if rank == 0 and progress.rounds % 2 == 0:
                save_checkpoint(work / "retrieve.pt", student, steps, progress)
                save(student, folder, target)
    average(student)
    if rank == 0:
        save_checkpoint(work / "retrieve.pt", student, steps, progress)
        save(student, folder, target)
    return target


def save(student: Any, source: Path, target: Path) -> None:
    """Write the encoder and, beside it, the projection of its word vectors."""
    from safetensors.torch import save_file

    save_student(student.bert, source, target)
    projection = student.projection.detach().cpu().float().contiguous()
    save_file({"projection": projection}, target / PROJECTION, metadata=OF_WORDS)


main = make_command(__doc__, train, Settings(60.0, "teacher", 8))


if __name__ == "__main__":
    main()
