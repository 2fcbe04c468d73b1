"""How does any other sentence-transformers model read a batch of texts, with its own prompts?"""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder.states import Offsets, Side, States, choose_prompts
from index.records import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_NONE = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Spans:
    """Where a text's own tokens stand: in the text, and among all `length` tokens that the model reads."""

    starts: Offsets
    ends: Offsets
    places: Offsets
    length: int


class Transformer:
    """A model behind sentence-transformers; one text batch at a time, whatever the number of threads."""

    def __init__(self, place: str, name: str, *, fingerprint: str = "") -> None:
        self._lock = threading.Lock()
        self._model = _open(place)
        self._prompts = choose_prompts(dict(self._model.prompts), name)
        self.fingerprint = fingerprint or self._fingerprint()
        self._aligned = True
        vectors, states = self.run(["a"], "passage", tokens=True)
        # Where the model's tokens are not the tokeniser's, there are no offsets to tell.
        self._aligned = len(states[0].starts) > 0
        self.dim = int(vectors.shape[1])
        self.hidden_dim = int(states[0].hidden.shape[1])

    def run(self, texts: Sequence[str], role: Side, *, tokens: bool) -> tuple[Vectors, list[States]]:
        """Return sentence vectors (n, dim), and with `tokens` the hidden states of each text's own tokens."""
        encode: Any = self._model.encode_query if role == "query" else self._model.encode_document
        if not texts:
            return np.zeros((0, getattr(self, "dim", 0)), np.float32), []
        with self._lock:
            outputs = encode(list(texts), prompt=self._prompts[role], output_value=None, show_progress_bar=False)
        vectors = np.stack([output["sentence_embedding"].detach().float().cpu().numpy() for output in outputs])
        if not tokens:
            return vectors, []
        spans = self._spans(texts, role)
        return vectors, [_states(output, span, vectors.shape[1]) for output, span in zip(outputs, spans, strict=True)]

    def offsets(self, texts: Sequence[str], role: Side) -> list[tuple[Offsets, Offsets]]:
        """Return where each text's own tokens start and end in it; nothing for a model without such a tokeniser."""
        return [(span.starts, span.ends) for span in self._spans(texts, role)]

    def _spans(self, texts: Sequence[str], role: Side) -> list[_Spans]:
        prompt, tokenizer = self._prompts[role], getattr(self._model, "tokenizer", None)
        if not self._aligned or not getattr(tokenizer, "is_fast", False):
            return [_Spans(_NONE, _NONE, _NONE, 0) for _ in texts]
        with self._lock:
            encoded = tokenizer(  # type: ignore[misc]
                [prompt + text for text in texts],
                truncation=True,
                max_length=self._model.max_seq_length,
                return_offsets_mapping=True,
                return_special_tokens_mask=True,
            )
        found = []
        for mapping, special in zip(encoded["offset_mapping"], encoded["special_tokens_mask"], strict=True):
            spans = np.array(mapping, np.int32).reshape(-1, 2)
            # SentencePiece tokens may begin with the space before their word.
            own = np.flatnonzero((np.array(special) == 0) & (spans[:, 1] > len(prompt))).astype(np.int32)
            starts = np.maximum(spans[own, 0] - len(prompt), 0)
            found.append(_Spans(starts, spans[own, 1] - len(prompt), own, len(spans)))
        return found

    def _fingerprint(self) -> str:
        """Return a short digest of the weights, in their order, and of the prompts."""
        import torch

        digest = hashlib.sha256(repr((sorted(self._prompts.items()), self._model.max_seq_length)).encode())
        for key, value in sorted(self._model.state_dict().items()):
            digest.update(key.encode() + b"\0")
            digest.update(value.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes())
        return digest.hexdigest()[:16]


def _states(output: dict[str, Any], span: _Spans, dim: int) -> States:
    """Return the hidden states of one text; none where the model's tokens are not the tokeniser's."""
    hidden, mask = output.get("token_embeddings"), output.get("attention_mask")
    if hidden is None or mask is None or hidden.ndim != 2 or int(mask.sum()) != span.length:
        return States(np.zeros((0, dim), np.float32), _NONE, _NONE)
    rows = hidden[mask.bool()].detach().float().cpu().numpy()
    return States(rows[span.places], span.starts, span.ends)


def _open(place: str) -> SentenceTransformer:
    """Return the model of this folder or name: safetensors alone, no code from the hub, nothing on the screen.

    What the hub's cache holds is taken from there; the hub is asked only when it can be reached, since its client
    would try again for more than a minute.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}
    try:
        if not _hub_reached():
            return SentenceTransformer(place, local_files_only=True, **options)
        return SentenceTransformer(place, **options)
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _hub_reached() -> bool:
    """Return whether the hub's host answers; behind a proxy that cannot be told, so it is taken to."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies

    from huggingface_hub import constants

    if getproxies():
        return True
    address = urlsplit(constants.ENDPOINT)
    try:
        socket.create_connection((address.hostname or "", address.port or 443), timeout=3).close()
    except OSError:
        return False
    return True
