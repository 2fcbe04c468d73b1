"""Which vector has each word of a text while the student learns, and how much does it weigh?

As in `index.encoder` where a projection is one of words, a word is a run of pieces that carry a letter or a digit, and
its vector the mean of theirs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.training.student import device, pooled, token_states
from index.training.teacher import PROMPTS, SPECIAL

if TYPE_CHECKING:
    import torch

TOKEN_DIM = 96
"""Dimensions of a word's vector: an 80-word paragraph takes under 10 kB at one byte each."""

_LONGEST = {"query": 64, "passage": 192}
_SPACE = "\u2581"

Role = Literal["query", "passage"]


class Reader:
    """The tokeniser of a folder, with what each piece is: content or not, a word's first or not, how rare."""

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        from tokenizers import Tokenizer

        vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        pieces = [piece for piece, _ in vocabulary]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self.content = np.array([any(c.isalnum() for c in piece) and piece not in SPECIAL for piece in pieces])
        self.opens = np.array([piece.startswith(_SPACE) for piece in pieces])
        self.skip = {
            role: 1 + len(self._tokenizer.encode(text.strip(), add_special_tokens=False).ids)
            for role, text in PROMPTS.items()
        }
        df = np.zeros(len(pieces))
        for row in self.ids(texts, "passage"):
            df[list(set(row))] += 1
        self.weights = np.where(self.content, np.sqrt(np.log(1 + len(texts) / (1 + df))), 0.0).astype(np.float32)

    def ids(self, texts: Sequence[str], role: Role) -> list[list[int]]:
        """Return the ids of each text with its prompt and the special pieces, cut to the role's longest."""
        self._tokenizer.enable_truncation(_LONGEST[role])
        return [e.ids for e in self._tokenizer.encode_batch([PROMPTS[role] + text for text in texts])]

    def words(self, rows: Sequence[Sequence[int]], role: Role) -> tuple[NDArray[np.int64], int]:
        """Return the number of each piece's word, shape (n, longest), and the most words m of a text.

        What belongs to no word, the prompt among it, has the number m.
        """
        numbers = np.full((len(rows), max(map(len, rows))), -1, np.int64)
        for i, row in enumerate(rows):
            ids = np.asarray(row)
            content = self.content[ids]
            content[: self.skip[role]] = False
            before = np.concatenate([[False], content[:-1]])
            first = content & (self.opens[ids] | ~before)
            numbers[i, : len(row)] = np.where(content, np.cumsum(first) - 1, -1)
        most = int(numbers.max()) + 1
        return np.where(numbers < 0, most, numbers), most


@dataclass(frozen=True, slots=True)
class Read:
    """Sentence vectors (n, dim), word vectors (n, words, TOKEN_DIM), their weights (n, words), 0 where no word is."""

    sentences: torch.Tensor
    words: torch.Tensor
    weights: torch.Tensor


def token_scores(query: Read, passage: Read) -> torch.Tensor:
    """Return MaxSim scores, shape (queries, passages): weighted means of the best cosines."""
    import torch

    cosines = torch.einsum("qid,pjd->qpij", query.words, passage.words)
    best = cosines.masked_fill((passage.weights <= 0)[None, :, None, :], -1.0).amax(-1)
    return (best * query.weights[:, None]).sum(-1) / query.weights.sum(-1).clamp(min=1e-6)[:, None]


def principal(model: Any, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Return the principal directions of the states of these texts about their mean, shape (dim, TOKEN_DIM).

    They are at right angles to the mean: it is in every state and tells none from another.
    """
    import torch

    with torch.inference_mode():
        found = [token_states(model, rows[begin : begin + 16]) for begin in range(0, len(rows), 16)]
    states = torch.cat([hidden[mask.bool()] for hidden, mask in found]).cpu()
    mean = torch.nn.functional.normalize(states.mean(0), dim=0)
    states = states - (states @ mean)[:, None] * mean
    directions: torch.Tensor = torch.linalg.eigh(states.T @ states).eigenvectors[:, -TOKEN_DIM:].flip(1).clone()
    return directions.to(device())


def student_class() -> Any:
    """Return the class of the encoder with its projection to word vectors, a torch module."""
    import torch

    class Student(torch.nn.Module):
        def __init__(self, bert: Any, texts: Sequence[str], reader: Reader) -> None:
            super().__init__()
            self.bert = bert
            self.projection = torch.nn.Parameter(principal(bert, reader.ids(texts, "passage")))

        def forward(self, reader: Reader, texts: Sequence[str], role: Role) -> Read:
            rows = reader.ids(texts, role)
            hidden, mask = token_states(self.bert, rows)
            numbers, most = reader.words(rows, role)
            place = torch.tensor(numbers, device=hidden.device)
            states = hidden @ self.projection
            summed = states.new_zeros(len(rows), most + 1, states.shape[-1])
            summed = summed.scatter_add(1, place[..., None].expand_as(states), states)
            weights = np.zeros((len(rows), most + 1), np.float32)
            for i, row in enumerate(rows):
                np.maximum.at(weights[i], numbers[i, : len(row)], reader.weights[np.asarray(row)])
            words = torch.nn.functional.normalize(summed[:, :most], dim=-1)
            return Read(pooled(hidden, mask), words, torch.tensor(weights[:, :most], device=hidden.device))

    return Student
