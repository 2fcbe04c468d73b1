"""How does the reader learn which words answer?

The retrieval encoder of `index.training.retrieve` reads question and passage together; its last layers and a head with
two scores a token are trained, the pieces and the first layers stay as they are. Loss: the cross-entropy of where the
answer begins and ends, the first token standing for "nothing answers" (Devlin et al. 2019). Run after
``index.training.retrieve``: ``python -m qa.training.learn --minutes 80``; it writes ``WORK/reader.pt``. An interrupted
run goes on where it was. ``python -m qa.training.export`` then writes ``qa/model``. What is in the box learns on after
``python -m qa.training.reopen``, with ``--start box --frozen 4``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder.folder import WEIGHTS
from index.training.student import (
    AVERAGE_EVERY,
    SEED,
    Settings,
    average,
    device,
    load_bert,
    load_checkpoint,
    make_command,
    rate,
    save_checkpoint,
)
from qa.reader import QUESTION, number_of
from qa.training.examples import Example, Examples

if TYPE_CHECKING:
    import torch

BATCH, POOL = 16, 128
"""Examples of a step, and of those that are sorted by length before steps are cut from them."""

LONGEST = 232
"""Tokens of a question with its passage."""

LAYERS, HEAD = 1.2e-4, 6e-4
"""The highest learning rates of the layers and of the head."""

log = logging.getLogger("recoupe.training.reader")


@dataclass(frozen=True, slots=True)
class Row:
    """An example as tokens: where its passage begins, and with which tokens the answer begins and ends, else 0."""

    ids: list[int]
    skip: int
    start: int
    end: int


class Tokens:
    """The tokeniser of a folder, over a question and a passage."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._begin, self._end = (number_of(self._tokenizer, token) for token in ("<s>", "</s>"))

    def row(self, example: Example) -> Row:
        """Return an example as tokens, cut to `LONGEST`; an answer that is cut off is none."""
        asked = self._tokenizer.encode(example.question, add_special_tokens=False).ids[:QUESTION]
        passage = self._tokenizer.encode(example.passage, add_special_tokens=False)
        head, room = [self._begin, *asked, self._end, self._end], LONGEST - len(asked) - 4
        places = passage.offsets[:room]
        inside = [i for i, (s, e) in enumerate(places) if e > example.start and s < example.end and e > s]
        first, last = (len(head) + inside[0], len(head) + inside[-1]) if inside else (0, 0)
        return Row([*head, *passage.ids[:room], self._end], len(head), first, last)

    def batches(self, examples: Examples) -> Iterator[list[Row]]:
        """Yield batches without end, each of rows of about one length."""
        random = np.random.default_rng(SEED)
        while True:
            rows = sorted((self.row(examples.draw()) for _ in range(POOL)), key=lambda row: len(row.ids))
            for i in random.permutation(POOL // BATCH):
                yield rows[i * BATCH : (i + 1) * BATCH]


def reader_class() -> Any:
    """Return the class of the transformer with its head, a torch module."""
    import torch

    class Network(torch.nn.Module):
        def __init__(self, bert: Any, frozen: int) -> None:
            super().__init__()
            self.bert, self.frozen = bert, frozen
            self.head = torch.nn.Linear(bert.config.hidden_size, 2)
            torch.nn.init.normal_(self.head.weight, std=0.02)
            torch.nn.init.zeros_(self.head.bias)
            bert.requires_grad_(False)
            bert.encoder.layer[frozen:].requires_grad_(True)

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            hidden: torch.Tensor = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            scores: torch.Tensor = self.head(hidden)
            return scores

    return Network


def load_reader(folder: Path, frozen: int) -> Any:
    """Return the network of a folder; its head is fresh unless the folder is one that `qa.training.reopen` wrote."""
    import torch
    from safetensors.torch import load_file

    network = reader_class()(load_bert(folder).train(), frozen).to(device())
    held = load_file(folder / WEIGHTS)
    with torch.no_grad():
        for name, parameter in network.head.named_parameters():
            if f"head.{name}" in held:
                parameter.copy_(held[f"head.{name}"])
    return network


def reading_loss(network: Any, rows: list[Row], pad: int, *, half: bool = False) -> torch.Tensor:
    """Return the mean cross-entropy of the tokens that begin and end the answers; `half` computes in bfloat16."""
    import torch

    longest = max(len(row.ids) for row in rows)
    ids = torch.tensor([row.ids + [pad] * (longest - len(row.ids)) for row in rows], device=device())
    place = torch.arange(longest, device=device())[None]
    lengths, skips = (torch.tensor(own, device=device())[:, None] for own in zip(*_bounds(rows), strict=True))
    allowed = (place == 0) | ((place >= skips) & (place < lengths - 1))
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        scores = network(ids, (place < lengths).long())
    scores = scores.float().masked_fill(~allowed[..., None], -1e4)
    entropy = torch.nn.functional.cross_entropy
    starts, ends = (torch.tensor(own, device=device()) for own in zip(*((r.start, r.end) for r in rows), strict=True))
    loss: torch.Tensor = (entropy(scores[..., 0], starts) + entropy(scores[..., 1], ends)) / 2
    return loss


def _bounds(rows: list[Row]) -> list[tuple[int, int]]:
    return [(len(row.ids), row.skip) for row in rows]


def learn(data: Path, work: Path, settings: Settings, *, rank: int = 0, limit: int | None = None) -> Path:
    """Train and return the checkpoint; `limit` takes so many questions of each public set alone."""
    import torch

    torch.manual_seed(SEED)
    folder, target = work / settings.start, work / f"reader.{rank}.pt" if rank else work / "reader.pt"
    network = load_reader(folder, settings.frozen)
    body = [p for name, p in network.named_parameters() if p.requires_grad and not name.startswith("head")]
    groups = [{"params": body, "peak": LAYERS}, {"params": list(network.head.parameters()), "peak": HEAD}]
    steps = torch.optim.AdamW(groups, lr=LAYERS, weight_decay=0.01, fused=True)
    progress = load_checkpoint(target, network, steps)
    # A run that goes on does not begin with the same examples again.
    batches = Tokens(folder).batches(Examples(data, SEED + rank + 10 * progress.steps, limit=limit))
    origin, end, losses = time.monotonic() - progress.seconds, 60 * settings.minutes, list[float]()
    while progress.seconds < end:
        for group in steps.param_groups:
            group["lr"] = group["peak"] * rate(progress.seconds / end)
        loss = reading_loss(network, next(batches), network.bert.config.pad_token_id, half=settings.half)
        steps.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        steps.step()
        losses.append(loss.item())
        progress.seconds, progress.steps = time.monotonic() - origin, progress.steps + 1
        while progress.rounds < min(progress.seconds, end) // AVERAGE_EVERY:
            average(network)
            progress.rounds += 1
            log.info("worker %d, %s, loss %.3f", rank, progress, np.mean(losses[-60:]))
            if progress.rounds % 2 == 0:
                save_checkpoint(target, network, steps, progress)
    average(network)
    save_checkpoint(target, network, steps, progress)
    return target


main = make_command(__doc__, learn, Settings(80.0, "retrieval", 6))


if __name__ == "__main__":
    main()
