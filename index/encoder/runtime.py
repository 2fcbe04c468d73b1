"""How does the model in the box read a batch of texts, with ONNX Runtime and the tokeniser alone?

A BERT encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019), in a folder that sentence-transformers
reads too; beside its weights stands a graph that computes with them. It gives what ``SentenceTransformer(folder)``
gives, to rounding, and spares a command the seconds that importing larger libraries takes, and most of their memory.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
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
from index.encoder.states import Offsets, Side, States
from index.records import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding

_TOKENS_A_BATCH = 2_048
_TOKENS_A_THREAD = 256


def fits(folder: Path) -> bool:
    """Return whether the folder holds an encoder that this project exported, which this module reads."""
    return all((folder / name).is_file() for name in (GRAPH, PROJECTION)) and is_mean_bert(folder)


class Runtime:
    """An encoder held in memory; `run` may be called from several threads."""

    def __init__(self, folder: Path, prompts: Mapping[Side, str]) -> None:
        from tokenizers import Tokenizer

        config = read_json(folder / "config.json")
        self._pad = int(config["pad_token_id"])
        self.dim = self.hidden_dim = int(config["hidden_size"])
        self._prompts = dict(prompts)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(find_longest(folder))
        digests = read_digests(folder)
        self.fingerprint = make_fingerprint(digests)
        self._graph, self._weights = folder / GRAPH, digests[WEIGHTS].hex()
        self._opening = threading.Lock()
        self._sessions: dict[int, InferenceSession] = {}
        self._open(1)

    def run(self, texts: Sequence[str], role: Side, *, tokens: bool) -> tuple[Vectors, list[States]]:
        """Return mean vectors (n, dim), and with `tokens` the hidden states of each text's own tokens."""
        encodings = self._encode(texts, role)
        # Threads that wait for each other cost a question more than they save, most of all on a busy machine.
        session = self._open(1 if sum(len(e.ids) for e in encodings) <= _TOKENS_A_THREAD else count_threads())
        vectors = np.zeros((len(texts), self.dim), np.float32)
        states: list[States | None] = [None] * len(texts)
        for group in _batches([len(encoding.ids) for encoding in encodings]):
            hidden = self._forward(session, [encodings[i].ids for i in group])
            for place, i in enumerate(group):
                whole = hidden[place, : len(encodings[i].ids)]
                vectors[i] = whole.mean(0)
                if tokens:
                    starts, ends, own = self._own_tokens(encodings[i], role)
                    states[i] = States(whole[own], starts, ends)
        return vectors, [state for state in states if state is not None]

    def offsets(self, texts: Sequence[str], role: Side) -> list[tuple[Offsets, Offsets]]:
        """Return where each text's own tokens start and end in it."""
        return [self._own_tokens(encoding, role)[:2] for encoding in self._encode(texts, role)]

    def _encode(self, texts: Sequence[str], role: Side) -> list[Encoding]:
        prompt = self._prompts[role]
        return list(self._tokenizer.encode_batch([prompt + text for text in texts]))

    def _own_tokens(self, encoding: Encoding, role: Side) -> tuple[Offsets, Offsets, Offsets]:
        """Return starts and ends in the text, and places in the sequence, of tokens that are not special or prompt."""
        skip = len(self._prompts[role])
        spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        special = np.array(encoding.special_tokens_mask, np.bool_)
        # A piece may begin with the space before its word, which is the prompt's last.
        own = np.flatnonzero(~special & (spans[:, 1] > skip)).astype(np.int32)
        return np.maximum(spans[own, 0] - skip, 0), spans[own, 1] - skip, own

    def _open(self, threads: int) -> InferenceSession:
        """Return the graph, opened for so many threads when it is first asked for."""
        with self._opening:
            if threads not in self._sessions:
                self._sessions[threads] = _open_session(self._graph, self._weights, threads)
            return self._sessions[threads]

    def _forward(self, session: InferenceSession, rows: Sequence[Sequence[int]]) -> Vectors:
        """Return the last hidden states (n, longest, dim)."""
        lengths = np.array([len(row) for row in rows])
        present = np.arange(lengths.max()) < lengths[:, None]
        ids = np.full(present.shape, self._pad, np.int64)
        ids[present] = np.concatenate([np.asarray(row, np.int64) for row in rows])
        (hidden,) = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": present.astype(np.int64)})
        return np.asarray(hidden, np.float32)


def _open_session(graph: Path, weights: str, threads: int) -> InferenceSession:
    """Return the graph with its weights. Raises ValueError where it was not written for those of this digest."""
    session = open_graph(graph, threads)
    if session.get_modelmeta().custom_metadata_map.get(WEIGHTS) != weights:
        raise ValueError(f"{GRAPH} was written for other weights than {WEIGHTS}")
    return session


def open_graph(graph: Path, threads: int) -> InferenceSession:
    """Return a graph, to be run on so many threads.

    Nothing leaves the machine: from 1.29 on, ONNX Runtime tells its makers of each process and model unless it is told
    not to before it is loaded, and leaves a file in the folder of temporary files.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where somebody else has loaded it before

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # A thread that has nothing to do sleeps: other processes want the processor too.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    # The weights must stand in the folder that is named; where an installer left links, both lead into its store.
    return onnxruntime.InferenceSession(str(graph.resolve()), options, providers=["CPUExecutionProvider"])


def count_threads() -> int:
    """Return how many threads a long text gets: OMP_NUM_THREADS, as for other numerical libraries, or every core."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdigit() and int(told) else len(_cores())


def _cores() -> set[int]:
    """Return the cores that this process may use."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return batches of row numbers, longest texts first, each of a bounded number of tokens with its padding."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    batches, begin = list[list[int]](), 0
    while begin < len(order):
        size = max(1, _TOKENS_A_BATCH // max(1, lengths[order[begin]]))
        batches.append(order[begin : begin + size])
        begin += size
    return batches
