"""How does the model in the box read a batch of texts, with ONNX Runtime and the tokeniser alone?

A BERT encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019), as `index.training.export` writes it
to a folder in sentence-transformers' layout. It spares a command the seconds that importing the larger libraries takes,
and most of their memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import Offsets, Role, States, trimmed
from index.records import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding

GRAPH = "onnx/model.onnx"
PROJECTION = "tokens.safetensors"

_FILES = ("config.json", "config_sentence_transformers.json", "tokenizer.json", PROJECTION, GRAPH)
_TOKENS_A_BATCH = 2_048
_TOKENS_A_THREAD = 256


def fits(folder: Path) -> bool:
    """Return whether the folder holds an encoder that this project exported, which this module reads."""
    return all((folder / name).is_file() for name in _FILES)


class Runtime:
    """An encoder held in memory; `run` may be called from several threads."""

    def __init__(self, folder: Path, prompts: Mapping[Role, str]) -> None:
        from tokenizers import Tokenizer

        config = _read(folder / "config.json")
        self._graph = folder / GRAPH
        self._pad = int(config["pad_token_id"])
        self.dim = self.hidden_dim = int(config["hidden_size"])
        self._prompts = dict(prompts)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_longest(folder, config))
        self.fingerprint = _fingerprint(folder)
        self._opening = threading.Lock()
        self._sessions: dict[int, InferenceSession] = {}
        self._session(1)

    def run(self, texts: Sequence[str], role: Role, *, tokens: bool) -> tuple[Vectors, list[States]]:
        """Return mean vectors (n, dim), and with `tokens` the hidden states of each text's own tokens."""
        encodings = self._encode(texts, role)
        # Threads that wait for each other cost a question more than they save, most of all on a busy machine.
        session = self._session(1 if sum(len(e.ids) for e in encodings) <= _TOKENS_A_THREAD else _threads())
        vectors = np.zeros((len(texts), self.dim), np.float32)
        states: list[States | None] = [None] * len(texts)
        for group in _batches([len(encoding.ids) for encoding in encodings]):
            hidden = self._forward(session, [encodings[i].ids for i in group])
            for place, i in enumerate(group):
                own = hidden[place, : len(encodings[i].ids)]
                vectors[i] = own.mean(0)
                if tokens:
                    starts, ends, kept = self._own_tokens(texts[i], encodings[i], role)
                    states[i] = States(own[kept], starts, ends)
        return vectors, [state for state in states if state is not None]

    def offsets(self, texts: Sequence[str], role: Role) -> list[tuple[Offsets, Offsets]]:
        """Return where each text's own tokens start and end in it."""
        pairs = zip(texts, self._encode(texts, role), strict=True)
        return [self._own_tokens(text, encoding, role)[:2] for text, encoding in pairs]

    def _encode(self, texts: Sequence[str], role: Role) -> list[Encoding]:
        prompt = self._prompts[role]
        return list(self._tokenizer.encode_batch([prompt + text for text in texts]))

    def _own_tokens(self, text: str, encoding: Encoding, role: Role) -> tuple[Offsets, Offsets, Offsets]:
        """Return starts and ends in the text, and places in the sequence, of tokens that are not special or prompt."""
        skip = len(self._prompts[role])
        spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        special = np.array(encoding.special_tokens_mask, np.bool_)
        own = np.flatnonzero(~special & (spans[:, 1] > skip)).astype(np.int32)
        starts, ends = np.maximum(spans[own, 0] - skip, 0), spans[own, 1] - skip
        return trimmed(text, starts, ends), ends, own

    def _session(self, threads: int) -> InferenceSession:
        """Return the graph, opened for so many threads when it is first asked for."""
        with self._opening:
            if threads not in self._sessions:
                self._sessions[threads] = _opened(self._graph, threads)
            return self._sessions[threads]

    def _forward(self, session: InferenceSession, rows: Sequence[Sequence[int]]) -> Vectors:
        """Return the last hidden states (n, longest, dim)."""
        lengths = np.array([len(row) for row in rows])
        present = np.arange(lengths.max()) < lengths[:, None]
        ids = np.full(present.shape, self._pad, np.int64)
        ids[present] = np.concatenate([np.asarray(row, np.int64) for row in rows])
        (hidden,) = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": present.astype(np.int64)})
        return np.asarray(hidden, np.float32)


def _opened(graph: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # A thread that has nothing to do sleeps: other processes want the processor too.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _threads() -> int:
    """Return how many threads a long text gets: OMP_NUM_THREADS, as for other numerical libraries, or every core."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdigit() and int(told) else os.cpu_count() or 1


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return batches of row numbers, longest texts first, each of a bounded number of tokens with its padding."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    batches, begin = list[list[int]](), 0
    while begin < len(order):
        size = max(1, _TOKENS_A_BATCH // max(1, lengths[order[begin]]))
        batches.append(order[begin : begin + size])
        begin += size
    return batches


def _longest(folder: Path, config: Mapping[str, Any]) -> int:
    """Return how many tokens of a text are read: the least of what the folder's files say."""
    limits = [int(config["max_position_embeddings"])]
    for name, key in (("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length")):
        stated = _read(folder / name).get(key) if (folder / name).is_file() else None
        limits += [int(stated)] if stated else []
    return min(limits)


def _fingerprint(folder: Path) -> str:
    """Return the first 16 hexadecimal digits of the sha256 of the files that decide the vectors."""
    digest = hashlib.sha256()
    for name in _FILES:
        with open(folder / name, "rb") as file:
            digest.update(name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
