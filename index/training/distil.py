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
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import numpy as np
from numpy.typing import NDArray

from index.training.data import DATA, Pair, parallel_pairs
from index.training.tokenizer import teacher_folder

if TYPE_CHECKING:
    import torch

SEED = 20241120
LONGEST = 30
"""Words a side of the parliament's sentences that are used: short ones teach more for each second."""

EUROPARL = 200_000
"""Pairs of the parliament that are used, beside all of Tatoeba's: about one pass within the hour on two cores."""

_BLOCK = 4_096
_AVERAGE_EVERY = 90.0
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


def device() -> str:
    """Return "cuda" where there is a GPU, else "cpu"."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def token_ids(folder: Path, texts: Sequence[str], *, longest: int) -> list[list[int]]:
    """Return the token ids of each text with the special tokens, cut to `longest`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def equal_length_batches(lengths: Sequence[int], *, tokens: int) -> list[NDArray[np.int64]]:
    """Return batches of row numbers whose texts have the same length, at most `tokens` tokens each: no padding."""
    order = np.argsort(np.asarray(lengths), kind="stable")
    batches: list[NDArray[np.int64]] = []
    for group in np.split(order, np.flatnonzero(np.diff(np.asarray(lengths)[order])) + 1):
        size = max(1, tokens // max(1, lengths[int(group[0])])) if len(group) else 1
        batches += [group[begin : begin + size] for begin in range(0, len(group), size)]
    return batches


def load_bert(folder: Path) -> Any:
    """Return the transformer of a folder without its pooler and without dropout."""
    from transformers import BertModel
    from transformers.utils import logging as hub_logging

    hub_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model: Any = BertModel.from_pretrained(
        folder,
        attn_implementation="sdpa",
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.0,
    )
    return model.to(device())


def mean_vectors(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Return the unit vectors of texts of one length: the mean of all their token vectors, as the teacher pools."""
    import torch

    hidden = model(input_ids=ids).last_hidden_state
    return torch.nn.functional.normalize(hidden.float().mean(1), dim=-1)


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
        import torch

        folder = teacher_folder()
        while self.done < min(end, len(self._texts)):
            if self._model is None:
                self._model = load_bert(folder).to(torch.bfloat16).eval()
            ids = token_ids(folder, self._texts[self.done : self.done + _BLOCK], longest=256)
            for rows in equal_length_batches([len(row) for row in ids], tokens=8_192):
                with torch.inference_mode():
                    batch = torch.tensor([ids[row] for row in rows], device=device())
                    self.vectors[self.done + rows] = mean_vectors(self._model, batch).cpu().numpy()
            cast("np.memmap[Any, Any]", self.vectors).flush()
            self.done = min(self.done + _BLOCK, len(self._texts))
            self._counter.write_text(str(self.done), encoding="utf-8")
            log.info("teacher: %d of %d", self.done, len(self._texts))
        return self.vectors


@dataclass(slots=True)
class Progress:
    """Where a run stands: seconds spent, batches taken, the place in the sample, averages taken with other workers."""

    seconds: float = 0.0
    steps: int = 0
    chunk: int = 0
    rounds: int = 0


def rate(done: float) -> float:
    """Return the share of the peak learning rate when this share of the time is spent: warm-up, then down to zero.

    >>> [round(rate(done), 2) for done in (0.0, 0.015, 0.03, 0.5, 1.0)]
    [0.01, 0.5, 1.0, 0.52, 0.0]
    """
    warm = 0.03
    return max(0.01, done / warm) if done < warm else max(0.0, (1 - done) / (1 - warm))


def padded(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids, padded with 0 to the longest, and their mask, both of shape (n, longest)."""
    import torch

    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows], device=device())
    lengths = torch.tensor([len(row) for row in rows], device=device())
    return ids, (torch.arange(longest, device=device())[None] < lengths[:, None]).long()


def token_states(model: Any, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the last hidden states (n, longest, dim) in float32 and the mask of a batch, under bfloat16."""
    import torch

    ids, mask = padded(rows)
    with torch.autocast(device(), dtype=torch.bfloat16):
        hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state
    return hidden.float(), mask


def pooled(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return unit sentence vectors (n, dim): the masked mean of the token vectors."""
    import torch

    summed = (hidden * mask[..., None]).sum(1)
    return torch.nn.functional.normalize(summed, dim=-1)


def embed(model: Any, rows: Sequence[Sequence[int]], *, tokens: int = 8_192) -> NDArray[np.float32]:
    """Return the unit vectors of tokenised texts, shape (n, dim), in their order."""
    import torch

    out = np.zeros((len(rows), 384), np.float32)
    for group in length_batches([len(row) for row in rows], tokens=tokens):
        with torch.inference_mode():
            out[group] = pooled(*token_states(model, [rows[i] for i in group])).cpu().numpy()
    return out


def length_batches(
    lengths: Sequence[int], *, tokens: int, shuffle: np.random.Generator | None = None
) -> list[NDArray[np.int64]]:
    """Return batches of row numbers of about the same length, at most `tokens` tokens with their padding."""
    keys = np.asarray(lengths, np.float64)
    if shuffle is not None:
        keys = keys + shuffle.random(len(keys))
    order = np.argsort(-keys, kind="stable")
    batches: list[NDArray[np.int64]] = []
    begin = 0
    while begin < len(order):
        size = max(1, tokens // max(1, lengths[int(order[begin])]))
        batches.append(order[begin : begin + size])
        begin += size
    if shuffle is not None:
        batches = [batches[i] for i in shuffle.permutation(len(batches))]
    return batches


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


def optimiser(model: Any, *, layers: float, embeddings: float) -> Any:
    """Return AdamW with a learning rate for the layers and a higher one for the table of word pieces."""
    import torch

    table = [p for name, p in model.named_parameters() if "word_embeddings" in name]
    rest = [p for name, p in model.named_parameters() if "word_embeddings" not in name]
    groups = [{"params": rest, "peak": layers}, {"params": table, "peak": embeddings}]
    return torch.optim.AdamW(groups, lr=layers, weight_decay=0.01, fused=True)


def save_checkpoint(path: Path, model: Any, steps: Any, progress: Progress) -> None:
    """Write weights, optimiser and progress, whole or not at all."""
    import torch

    partial = path.with_suffix(".partial")
    torch.save({"model": model.state_dict(), "steps": steps.state_dict(), "progress": vars_of(progress)}, partial)
    partial.replace(path)


def load_checkpoint(path: Path, model: Any, steps: Any) -> Progress:
    """Read back what `save_checkpoint` wrote; a fresh Progress when there is none. Only tensors are unpickled."""
    import torch

    if not path.exists():
        return Progress()
    state = torch.load(path, map_location=device(), weights_only=True)
    model.load_state_dict(state["model"])
    steps.load_state_dict(state["steps"])
    return Progress(**state["progress"])


def vars_of(progress: Progress) -> dict[str, float | int]:
    """Return the progress as plain numbers."""
    return {
        "seconds": progress.seconds,
        "steps": progress.steps,
        "chunk": progress.chunk,
        "rounds": progress.rounds,
    }


def save_student(model: Any, source: Path, target: Path) -> None:
    """Write the weights with the tokeniser and the sentence-transformers files of `source` to `target`."""
    import shutil

    from safetensors.torch import save_file

    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("model.safetensors"))
    weights = {name: value.detach().cpu().float().contiguous() for name, value in model.state_dict().items()}
    weights.pop("embeddings.position_ids", None)
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})


def average(model: Any) -> None:
    """Give every worker the mean of all workers' weights; nothing changes when there is one worker."""
    import torch.distributed as workers

    if workers.is_initialized():
        for parameter in model.parameters():
            workers.all_reduce(parameter.data)
            parameter.data /= workers.get_world_size()


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
            while progress.rounds < min(progress.seconds, limit) // _AVERAGE_EVERY:
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
    import torch
    import torch.distributed

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if workers > 1:
        torch.set_num_threads(1)
        store = Path(work, "workers").resolve()
        torch.distributed.init_process_group("gloo", init_method=f"file://{store}", rank=rank, world_size=workers)
    pairs = sample(Path(data))[rank::workers]
    train(Path(data), Path(work), minutes=minutes, pairs=pairs, rank=rank)
    if workers > 1:
        torch.distributed.destroy_process_group()


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--minutes", default=55.0, show_default=True, help="Minutes, the teacher's cache included.")
@click.option("--workers", default=0, help="Processes; 0: one with a GPU, else one a core.")
@click.option("--rank", default=-1, help="Run this worker alone, from 0; the others are started by hand.")
def main(data: str, work: str, minutes: float, workers: int, rank: int) -> None:
    from torch import multiprocessing

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    count = workers or (1 if device() == "cuda" else os.cpu_count() or 1)
    if rank < 0:
        Path(work, "workers").unlink(missing_ok=True)
    if count == 1 or rank >= 0:
        worker(max(0, rank), count, data, work, minutes)
    else:
        start = multiprocessing.spawn  # type: ignore[attr-defined]
        start(worker, args=(count, data, work, minutes), nprocs=count)
    if rank > 0:
        return
    target = Path(work, "distilled")
    model = load_bert(target).eval()
    for name in ("news-dev", "flores-dev"):
        test = parallel_pairs(name, data=Path(data))
        log.info("%s: EN->FR sentence accuracy %.4f of %d", name, sentence_accuracy(model, target, test), len(test))


if __name__ == "__main__":
    main()
