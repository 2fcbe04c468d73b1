"""What is the unit vector of this question or passage, and of each of its tokens?

The encoder in the box is a small bilingual BERT, read by ONNX Runtime so that a command starts quickly; a folder like
its own is read the same way, and every other model by sentence-transformers, with its own prompts. All vectors of this
module are unit rows: nothing else normalises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.folder import OF_WORDS, PROJECTION, is_mean_bert, make_fingerprint, read_digests
from index.encoder.states import Model, Offsets, Side, States, choose_prompts
from index.records import EncoderMismatch, Vectors

NAME = "recoupe-en-fr-1"
"""The name of the encoder in the box."""

TOKEN_DIM = 96
"""Dimensions of the token vectors of a model that brings no projection of its own."""

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text that carry a letter or a digit: ``text[starts[i]:ends[i]]`` has the row ``vectors[i]``.

    A token is a piece of the model's; where the model's projection is one of words, a run of them with nothing between.
    """

    vectors: Vectors
    """Unit rows, shape (n, token_dim)."""
    starts: Offsets
    ends: Offsets


class SentenceEncoder:
    """Gives unit vectors of questions, of passages and of their tokens; satisfies `records.Encoder`.

    `model` is a folder, or the name of a model on the hub or in its cache; None is the encoder in the box. Raises
    EncoderMismatch when it cannot be loaded. Remote code is never run and pickled weights are never read.

    >>> SentenceEncoder().queries(["how many soldiers died?"]).shape  # doctest: +SKIP
    (1, 384)
    """

    def __init__(self, model: str | Path | None = None) -> None:
        self.name, self._model = _load(model)
        self.dim: int = self._model.dim
        self._projection, self._of_words = _projection(model, self._model.hidden_dim)
        self.token_dim: int = self._projection.shape[1]
        self.fingerprint: str = self._model.fingerprint
        """A short digest of weights, tokeniser and configuration: an index is read with the encoder that made it."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of questions, shape (n, dim)."""
        return self._sentences(texts, "query")

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vectors of passages, shape (n, dim)."""
        return self._sentences(texts, "passage")

    def embed(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """Return passage vectors (n, dim) and each passage's token vectors (its tokens, token_dim), in one pass.

        `progress` is called with the number of texts done, a thousand at a time. Token vectors weigh about 40 kB a
        passage here: give a long list in parts, and quantise each part.
        """
        vectors, tokens = np.zeros((len(texts), self.dim), np.float32), list[Vectors]()
        for begin in range(0, len(texts), _BLOCK):
            block = texts[begin : begin + _BLOCK]
            rows, states = self._model.run(block, "passage", tokens=True)
            vectors[begin : begin + len(block)] = unit(rows)
            tokens += [self._tokens(text, state).vectors for text, state in zip(block, states, strict=True)]
            if progress is not None:
                progress(len(block))
        return vectors, tokens

    def question(self, text: str) -> tuple[Vectors, TokenVectors]:
        """Return the unit vector of a question, shape (dim,), and its token vectors, in one pass."""
        rows, states = self._model.run([text], "query", tokens=True)
        return unit(rows)[0], self._tokens(text, states[0])

    def query_tokens(self, text: str) -> TokenVectors:
        """Return the token vectors of a question."""
        return self.question(text)[1]

    def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the token vectors of passages with their offsets; the rows are those of `embed`."""
        _, states = self._model.run(texts, "passage", tokens=True)
        return [self._tokens(text, state) for text, state in zip(texts, states, strict=True)]

    def passage_offsets(self, texts: Sequence[str]) -> list[tuple[Offsets, Offsets]]:
        """Return where the tokens of `embed` start and end in each text, without running the model."""
        found = []
        for text, (starts, ends) in zip(texts, self._model.offsets(texts, "passage"), strict=True):
            found.append(self._group(text, starts, ends)[2:])
        return found

    def _sentences(self, texts: Sequence[str], role: Side) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for begin in range(0, len(texts), _BLOCK):
            rows, _ = self._model.run(texts[begin : begin + _BLOCK], role, tokens=False)
            vectors[begin : begin + len(rows)] = unit(rows)
        return vectors

    def _tokens(self, text: str, state: States) -> TokenVectors:
        kept, firsts, starts, ends = self._group(text, state.starts, state.ends)
        # A unit row of the sum is that of the mean.
        hidden = np.add.reduceat(state.hidden[kept], firsts) if len(firsts) else state.hidden[:0]
        return TokenVectors(unit(hidden @ self._projection), starts, ends)

    def _group(self, text: str, starts: Offsets, ends: Offsets) -> tuple[Offsets, Offsets, Offsets, Offsets]:
        """Return which pieces carry a letter or a digit, which of those begin a token, and where tokens start and end.

        Every such piece is a token of its own, but where the projection is one of words.
        """
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        kept = [i for i, (start, end) in enumerate(spans) if any(c.isalnum() for c in text[start:end])]
        if not self._of_words:
            chosen = np.array(kept, np.int32)
            return chosen, np.arange(len(kept), dtype=np.int32), starts[chosen], ends[chosen]
        # The first piece of a word may begin with the space before it.
        begins = [end - len(text[start:end].lstrip()) for start, end in spans]
        firsts = [n for n, i in enumerate(kept) if not n or kept[n - 1] != i - 1 or begins[i] > spans[i - 1][1]]
        lasts = [kept[n - 1] for n in [*firsts[1:], len(kept)]] if kept else []
        opening, closing = [begins[kept[n]] for n in firsts], [spans[i][1] for i in lasts]
        return (
            np.array(kept, np.int32),
            np.array(firsts, np.int32),
            np.array(opening, np.int32),
            np.array(closing, np.int32),
        )


def unit(rows: NDArray[np.float32]) -> Vectors:
    """Return the rows with length 1, as float32; a row of zeros stays one."""
    rows = np.asarray(rows, np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)


def box() -> Path:
    """Return the folder of the encoder in the box, package data of `index`."""
    return Path(str(resources.files("index"))) / "model"


def prompts(folder: Path, name: str) -> dict[Side, str]:
    """Return what a model wants written before a question and before a passage, as its folder or its family says.

    >>> prompts(Path("nowhere"), "intfloat/multilingual-e5-small")
    {'query': 'query: ', 'passage': 'passage: '}
    """
    path = folder / "config_sentence_transformers.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return choose_prompts(settings.get("prompts") or {}, name)


def _load(model: str | Path | None) -> tuple[str, Model]:
    """Return the name and the loaded model, by ONNX Runtime where it is written like the one in the box."""
    from index.encoder import runtime
    from index.encoder.transformer import Transformer

    place = box() if model is None else Path(model)
    if place.is_dir():
        name = NAME if model is None else place.resolve().name
    elif isinstance(model, str) and _HUB_NAME.fullmatch(model) and not model.startswith("."):
        name = model
    else:
        raise EncoderMismatch(f"cannot load the encoder: there is no folder {str(place)!r}; give a model's folder")
    try:
        if not place.is_dir():
            return name, Transformer(name, name)
        if runtime.fits(place):
            return name, runtime.Runtime(place, prompts(place, name))
        # Such a folder was read like the one in the box before there was a graph; its indices are to open.
        former = make_fingerprint(read_digests(place)) if is_mean_bert(place) else ""
        return name, Transformer(str(place), name, fingerprint=former)
    except Exception as error:
        raise EncoderMismatch(
            f"cannot load the encoder {str(model or name)!r}: {_first_line(error)}; without access to a model hub, "
            "give a local folder that holds the model with weights in safetensors"
        ) from error


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)[:200]


def _projection(model: str | Path | None, hidden: int) -> tuple[Vectors, bool]:
    """Return the matrix (hidden, token_dim) from hidden states to token vectors, and whether it is one of words.

    It is learned with the model in the box. Another model gets a fixed random one with orthonormal columns, which keeps
    the angles between vectors as far as so many dimensions can.
    """
    path = (box() if model is None else Path(model)) / PROJECTION
    if path.is_file():
        from safetensors import safe_open

        with safe_open(path, "numpy") as file:
            matrix = np.asarray(file.get_tensor("projection"), np.float32)
            return matrix, OF_WORDS.items() <= (file.metadata() or {}).items()
    if hidden <= TOKEN_DIM:
        return np.eye(hidden, dtype=np.float32), False
    random = np.random.default_rng(hidden).normal(size=(hidden, TOKEN_DIM))
    return np.asarray(np.linalg.qr(random)[0], np.float32), False
