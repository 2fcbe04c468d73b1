"""Which words of this passage answer the question, and does anything in it? The learned reader.

A cross-encoder for extractive question answering with "no answer" (Devlin et al. 2019, section 4.3; Rajpurkar et al.
2018): question and passage go through one transformer together, and each token gets a score for beginning and one for
ending the answer. That of the first token, which belongs to no text, stands for "nothing here answers". What was
learned from, and how well it reads what it has not seen, is in ``qa/model/README.md``.

>>> reading, = Reader.load().read("How many people died?", ["Le feu a fait sept morts et douze blessés."])
>>> "Le feu a fait sept morts et douze blessés."[reading.start : reading.end]
'sept'
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoder.loading import open_graph, read_tokenizer
from index.encoder.runtime import count_threads

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH, TOKENIZER = "reader.onnx", "tokenizer.json"

QUESTION = 64
"""Tokens of a question that are read; what is longer is cut."""

WINDOW = 224
"""Tokens of a passage that are read at a time; a longer passage is read in windows."""

STRIDE = 160
"""Tokens from the beginning of one window to that of the next."""

WINDOWS = 24
"""Windows of one passage that are read; an index holds none so long."""

LONGEST = 40
"""Tokens of an answer, at most."""


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage."""

    odds: float
    """The log odds that the passage answers, as trained: not yet calibrated."""
    start: int
    """Where the likeliest answer starts in the passage, in characters."""
    end: int
    _spans: Floats
    """The probability of each answer, were there one, by the tokens that it begins and ends with."""
    _places: NDArray[np.int64]
    """Where each token starts and ends in the passage, shape (n, 2)."""

    def share(self, start: int, end: int) -> float:
        """Return how likely the answer, were there one, shares a character with these, from 0 to 1."""
        touched = np.flatnonzero((self._places[:, 0] < end) & (self._places[:, 1] > start))
        if start >= end or not len(touched):
            return 0.0
        return float(min(1.0, self._spans[: touched[-1] + 1, touched[0] :].sum()))


@dataclass(frozen=True, slots=True)
class _Row:
    """A question with a window of a passage, as tokens."""

    passage: int
    ids: list[int]
    skip: int
    """Tokens before the window's first."""
    places: NDArray[np.int64]


class Reader:
    """The reader held in memory; `read` may be called from several threads."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = read_tokenizer(folder / TOKENIZER)
        self._begin, self._end = (number_of(self._tokenizer, t) for t in ("<s>", "</s>"))
        self._graph = folder / GRAPH
        self._opening = threading.Lock()
        self._session: InferenceSession | None = None
        self._last: tuple[str, dict[tuple[str, str], Reading]] = ("", {})

    @classmethod
    @cache
    def load(cls) -> Reader:
        """Return the reader in the box."""
        return cls(Path(str(resources.files("qa").joinpath("model"))))

    def read(self, question: str, passages: Sequence[str], leads: Sequence[str] = ()) -> list[Reading]:
        """Return what is made of each passage, in their order; a passage without a token answers nothing.

        `leads` holds what stands before each, as a title does, and holds no answer; offsets are into the passage.
        What was read for the same question right before is not read again.
        """
        asked, known = self._last
        known = dict(known) if asked == question else {}
        pairs = list(zip(leads or [""] * len(passages), passages, strict=True))
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        known.update(zip(new, self._readings(question, new), strict=True))
        self._last = question, known
        return [known[pair] for pair in pairs]

    def _readings(self, question: str, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        found: list[list[Reading]] = [[] for _ in pairs]
        for row in self._rows(question, ["".join(pair) for pair in pairs]):
            found[row.passage].append(_reading(row, self._forward(row), len(pairs[row.passage][0])))
        return [max(own, key=lambda reading: reading.odds, default=NOTHING) for own in found]

    def _rows(self, question: str, passages: Sequence[str]) -> list[_Row]:
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:QUESTION]
        head = [self._begin, *asked, self._end, self._end]
        rows = []
        for number, encoding in enumerate(self._tokenizer.encode_batch(list(passages), add_special_tokens=False)):
            places = np.array(encoding.offsets, np.int64).reshape(-1, 2)
            # A token begins with the space before its word.
            spaces = [passages[number][start : start + 1].isspace() for start, _ in encoding.offsets]
            places[:, 0] = np.minimum(places[:, 0] + np.array(spaces, np.int64), places[:, 1])
            for begin in range(0, max(1, len(encoding.ids) - (WINDOW - STRIDE)), STRIDE)[:WINDOWS]:
                window = slice(begin, begin + WINDOW)
                if encoding.ids[window]:
                    ids = [*head, *encoding.ids[window], self._end]
                    rows.append(_Row(number, ids, len(head), places[window]))
        return rows

    def _forward(self, row: _Row) -> Floats:
        """Return the scores (n, 2) of each token for beginning and for ending the answer.

        One row at a time: the graph rounds what it computes by the largest number in it.
        """
        ids = np.array([row.ids], np.int64)
        (logits,) = self._opened().run(["logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return np.asarray(logits[0], np.float32)

    def _opened(self) -> InferenceSession:
        with self._opening:
            if self._session is None:
                self._session = open_graph(self._graph, count_threads())
            return self._session


def number_of(tokenizer: Tokenizer, token: str) -> int:
    """Return the number of a token that every tokeniser of a reader has. Raises ValueError where it has not."""
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokeniser has no {token}")
    return number


def _reading(row: _Row, logits: Floats, lead: int) -> Reading:
    """Return what a window's scores, shape (tokens, 2), say of what stands behind the first `lead` characters."""
    own = logits[row.skip : row.skip + len(row.places)].astype(np.float64)
    behind = row.places[:, 0] >= lead
    own, places = own[behind], row.places[behind] - lead
    if not len(own):
        return NOTHING
    scores = own[:, :1] + own[None, :, 1]
    allowed = np.triu(np.ones(scores.shape, bool)) & ~np.triu(np.ones(scores.shape, bool), LONGEST)
    scores = np.where(allowed, scores, -np.inf)
    top = scores.max()
    shares = np.exp(scores - top)
    total = shares.sum()
    first, last = np.unravel_index(int(scores.argmax()), scores.shape)
    odds = float(top + np.log(total) - logits[0].sum(dtype=np.float64))
    return Reading(odds, int(places[first, 0]), int(places[last, 1]), (shares / total).astype(np.float32), places)


NOTHING = Reading(-20.0, 0, 0, np.zeros((0, 0), np.float32), np.zeros((0, 2), np.int64))
"""What is made of a passage that holds no token, or that is not read."""
