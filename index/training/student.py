"""How is the student read, stepped, averaged over workers and saved while it learns?"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
from numpy.typing import NDArray

from index.training.data import DATA

if TYPE_CHECKING:
    import torch

SEED = 20241120
AVERAGE_EVERY = 90.0
"""Seconds between two averages of the workers' weights."""


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


@dataclass(frozen=True, slots=True)
class Settings:
    """How long is trained, from which folder of WORK, and how many of the first layers stay as they are.

    With the embeddings, the frozen layers spare most of a step: they are read forwards only.
    """

    minutes: float
    start: str
    frozen: int
    half: bool = False
    """Whether products are computed in bfloat16: twice as fast where the processor has AVX512-BF16 or AMX, slower
    elsewhere."""


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
    """Return the last hidden states (n, longest, dim) and the mask of a batch.

    In float32: with 2026's torch on CPUs without AMX, bfloat16 trains at half the speed.
    """
    ids, mask = padded(rows)
    return model(input_ids=ids, attention_mask=mask).last_hidden_state, mask


def pooled(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return unit sentence vectors (n, dim): the masked mean of the token vectors."""
    import torch

    summed = (hidden * mask[..., None]).sum(1)
    return torch.nn.functional.normalize(summed, dim=-1)


def embed(model: Any, rows: Sequence[Sequence[int]], *, tokens: int = 8_192) -> NDArray[np.float32]:
    """Return the unit vectors of tokenised texts, shape (n, dim), in their order."""
    import torch

    out = np.zeros((len(rows), model.config.hidden_size), np.float32)
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


def optimiser(model: Any, *, layers: float, embeddings: float) -> Any:
    """Return AdamW with a learning rate for the layers, thrice that for the projection, and one for the pieces."""
    import torch

    learned = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    table = [p for name, p in learned if "word_embeddings" in name]
    head = [p for name, p in learned if name == "projection"]
    rest = [p for name, p in learned if "word_embeddings" not in name and name != "projection"]
    parts = ((rest, layers), (head, 3 * layers), (table, embeddings))
    groups = [{"params": params, "peak": peak} for params, peak in parts if params]
    return torch.optim.AdamW(groups, lr=layers, weight_decay=0.01, fused=True)


def save_checkpoint(path: Path, model: Any, steps: Any, progress: Progress) -> None:
    """Write weights, optimiser and progress, whole or not at all."""
    import torch

    partial = path.with_suffix(".partial")
    torch.save({"model": model.state_dict(), "steps": steps.state_dict(), "progress": asdict(progress)}, partial)
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


def save_student(model: Any, source: Path, target: Path) -> None:
    """Write the weights with the tokeniser and the sentence-transformers files of `source` to `target`."""
    import shutil

    from safetensors.torch import load_file, save_file

    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("model.safetensors"))
    # The pooler is not trained, but a BERT that is read by the library has one.
    weights = load_file(source / "model.safetensors")
    weights |= {name: value.detach().cpu().float().contiguous() for name, value in model.state_dict().items()}
    weights.pop("embeddings.position_ids", None)
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})


def average(model: Any) -> None:
    """Give every worker the mean of all workers' weights; nothing changes when there is one worker."""
    import torch.distributed as workers

    if workers.is_initialized():
        for parameter in (p for p in model.parameters() if p.requires_grad):
            workers.all_reduce(parameter.data)
            parameter.data /= workers.get_world_size()


def start(work: Path, workers: int, rank: int, run: Callable[..., None], arguments: tuple[Any, ...]) -> bool:
    """Run the workers and return whether this process shall go on with what follows the training.

    `workers` 0 is one with a GPU, else one a core; `rank` -1 starts them all, another number only that one. `run` is
    called with its rank, the number of workers and the arguments.
    """
    from torch import multiprocessing

    count = workers or (1 if device() == "cuda" else os.cpu_count() or 1)
    if count == 1 or rank >= 0:
        run(max(0, rank), count, *arguments)
        return rank <= 0
    (work / "workers").unlink(missing_ok=True)
    spawn: Any = multiprocessing.spawn  # type: ignore[attr-defined]
    spawn(run, args=(count, *arguments), nprocs=count)
    return True


def meet(work: Path, rank: int, workers: int) -> None:
    """Join the other workers, on one thread each; they meet over a file in `work`."""
    import torch
    import torch.distributed

    if workers > 1:
        torch.set_num_threads(1)
        place = f"file://{(work / 'workers').resolve()}"
        torch.distributed.init_process_group("gloo", init_method=place, rank=rank, world_size=workers)


def part() -> None:
    """Leave the other workers, if there are any."""
    import torch.distributed

    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()


def run_worker(
    rank: int, workers: int, folders: tuple[str, str], settings: Settings, train: Callable[..., Path]
) -> None:
    """Run one worker of several; `folders` are those of the data and of the work."""
    data, work = map(Path, folders)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    meet(work, rank, workers)
    train(data, work, settings, rank=rank)
    part()


def make_command(text: str | None, train: Callable[..., Path], usual: Settings) -> click.Command:
    """Return the command that trains, with these settings unless it is told otherwise; `text` is its help."""

    def option(*names: str, default: object, text: str) -> click.Option:
        return click.Option(names, default=default, show_default=True, help=text)

    def run(data: str, work: str, workers: int, rank: int, **settings: Any) -> None:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
        start(Path(work), workers, rank, run_worker, ((data, work), Settings(**settings), train))

    options = [
        option("--data", default=str(DATA), text="Folder of the training data."),
        option("--work", default=".training", text="Folder of caches, checkpoints and logs."),
        option("--minutes", default=usual.minutes, text="Minutes of training."),
        option("--start", default=usual.start, text="Folder of WORK that is trained."),
        option("--frozen", default=usual.frozen, text="First layers that stay as they are, or 0."),
        click.Option(["--half"], is_flag=True, help="Compute in bfloat16: faster where the processor has it."),
        option("--workers", default=0, text="Processes; 0: one with a GPU, else one a core."),
        option("--rank", default=-1, text="Run this worker alone, from 0; the others are started by hand."),
    ]
    return click.Command("train", params=list[click.Parameter](options), callback=run, help=text)
