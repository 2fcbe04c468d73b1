"""How does the model in the box read a batch of texts, with ONNX Runtime and the tokeniser alone?

A BERT encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019), in a folder that sentence-transformers
reads too; beside its weights stands a graph that holds them in bytes. It gives what ``SentenceTransformer(folder)``
gives, to rounding, and spares a command the seconds that importing larger libraries takes, and most of their memory.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder.folder import (
    GRAPH,
    PROJECTION,
    WEIGHTS,
    find_longest,
    is_mean_bert,
    make_fingerprint,
    read_digests,
    read_json,
)
from index.encoder.loading import open_graph, read_tokenizer
from index.encoder.states import Offsets, Side, States
from index.records import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def fits(folder: Path) -> bool:
    """Return whether the folder holds an encoder that this project exported, which this module reads."""
    return all((folder / name).is_file() for name in (GRAPH, PROJECTION)) and is_mean_bert(folder)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A text as tokens: their numbers, where each stands in prompt and text, and which are the tokeniser's own."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    special: list[int]


class Runtime:
    """An encoder held in memory; `run` may be called from several threads."""

    def __init__(self, folder: Path, prompts: Mapping[Side, str]) -> None:
        self.dim = self.hidden_dim = int(read_json(folder / "config.json")["hidden_size"])
        self._prompts = dict(prompts)
        self._tokenizer, self._longest = read_tokenizer(folder / "tokenizer.json"), find_longest(folder)
        digests = read_digests(folder)
        self.fingerprint = make_fingerprint(digests)
        self._session = _open_session(folder / GRAPH, digests[WEIGHTS].hex())

    def run(self, texts: Sequence[str], role: Side, *, tokens: bool) -> tuple[Vectors, list[States]]:
        """Return mean vectors (n, dim), and with `tokens` the hidden states of each text's own tokens.

        Each text is run by itself, on one thread: its vectors do not depend on what stands beside it, and nothing is
        padded. Several texts are run at once, on as many threads as there are cores.
        """
        encodings = self._encode(texts, role)
        vectors = np.zeros((len(texts), self.dim), np.float32)

        def read(i: int) -> States | None:
            hidden = self._forward(encodings[i].ids)
            vectors[i] = hidden.mean(0)
            if not tokens:
                return None
            starts, ends, own = self._own_tokens(encodings[i], role)
            return States(hidden[own], starts, ends)

        threads = min(count_threads(), len(texts))
        if threads <= 1:
            states = [read(i) for i in range(len(texts))]
        else:
            with ThreadPoolExecutor(threads) as pool:
                states = list(pool.map(read, range(len(texts))))
        return vectors, [state for state in states if state is not None]

    def offsets(self, texts: Sequence[str], role: Side) -> list[tuple[Offsets, Offsets]]:
        """Return where each text's own tokens start and end in it."""
        return [self._own_tokens(encoding, role)[:2] for encoding in self._encode(texts, role)]

    def _encode(self, texts: Sequence[str], role: Side) -> list[_Tokens]:
        """Return the tokens of each text behind its prompt, as many as are read, of which the last is special."""
        prompt = self._prompts[role]
        found = []
        for encoding in self._tokenizer.encode_batch([prompt + text for text in texts]):
            kept = [*range(min(len(encoding.ids), self._longest) - 1), -1]
            columns = (encoding.ids, encoding.offsets, encoding.special_tokens_mask)
            found.append(_Tokens(*([column[i] for i in kept] for column in columns)))
        return found

    def _own_tokens(self, tokens: _Tokens, role: Side) -> tuple[Offsets, Offsets, Offsets]:
        """Return starts and ends in the text, and places in the sequence, of tokens that are not special or prompt."""
        skip = len(self._prompts[role])
        spans = np.array(tokens.offsets, np.int32).reshape(-1, 2)
        special = np.array(tokens.special, np.bool_)
        # A piece may begin with the space before its word, which is the prompt's last.
        own = np.flatnonzero(~special & (spans[:, 1] > skip)).astype(np.int32)
        return np.maximum(spans[own, 0] - skip, 0), spans[own, 1] - skip, own

    def _forward(self, ids: Sequence[int]) -> Vectors:
        """Return the last hidden states of one text (length, dim)."""
        row = np.array([ids], np.int64)
        (hidden,) = self._session.run(["last_hidden_state"], {"input_ids": row, "attention_mask": np.ones_like(row)})
        return np.asarray(hidden[0], np.float32)


def _open_session(graph: Path, weights: str) -> InferenceSession:
    """Return the graph. Raises ValueError where it was not made of the weights of this digest."""
    session = open_graph(graph, 1)
    if session.get_modelmeta().custom_metadata_map.get(WEIGHTS) != weights:
        raise ValueError(f"{GRAPH} was made of other weights than {WEIGHTS}")
    return session


def count_threads() -> int:
    """Return how many threads a long text gets: OMP_NUM_THREADS, as for other numerical libraries, or every core."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdigit() and int(told) else len(_cores())


def _cores() -> set[int]:
    """Return the cores that this process may use."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
