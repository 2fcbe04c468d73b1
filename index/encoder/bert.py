"""How does the model in the box read a batch of texts, with torch and the tokeniser alone?

The forward pass of a BERT encoder with mean pooling (Devlin et al. 2019; Reimers and Gurevych 2019), for folders that
sentence-transformers writes. It gives what ``SentenceTransformer(folder)`` gives, to rounding, and spares a command the
seconds that importing the larger libraries takes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from index.encoder.states import Offsets, Side, States
from index.records import Vectors

if TYPE_CHECKING:
    import torch
    from tokenizers import Encoding

_FILES = (
    "config.json",
    "config_sentence_transformers.json",
    "tokenizer.json",
    "tokens.safetensors",
    "model.safetensors",
)
_TOKENS_A_BATCH = 4_096
_TOKENS_A_THREAD = 256


def fits(folder: Path) -> bool:
    """Return whether the folder holds a BERT with mean pooling in safetensors, which this module reads."""
    needed = ("modules.json", "config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json")
    if not all((folder / name).is_file() for name in needed):
        return False
    modules = [str(module["type"]).rpartition(".")[2] for module in _read(folder / "modules.json")]
    config, pooling = _read(folder / "config.json"), _read(folder / "1_Pooling/config.json")
    chosen = [key for key, value in pooling.items() if key.startswith("pooling_mode_") and value is True]
    return (
        modules in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
        and (chosen == ["pooling_mode_mean_tokens"] or pooling.get("pooling_mode") == "mean")
        and pooling.get("include_prompt", True) is True
        and config.get("model_type") == "bert"
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and not config.get("is_decoder", False)
    )


def fast_bfloat16() -> bool:
    """Return whether this CPU multiplies bfloat16 in hardware; elsewhere it is slower than float32."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


@cache
def _threads() -> int:
    """Return how many threads torch was given before this module changed it."""
    import torch

    return torch.get_num_threads()


class Bert:
    """A BERT encoder held in memory; `run` may be called from several threads."""

    def __init__(
        self, folder: Path, prompts: Mapping[Side, str], *, precision: Literal["auto", "float32"] = "auto"
    ) -> None:
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        _threads()
        config = _read(folder / "config.json")
        self._dtype = torch.bfloat16 if precision == "auto" and fast_bfloat16() else torch.float32
        stored = load_file(folder / "model.safetensors")
        self._weights = {name: tensor.to(self._dtype) for name, tensor in stored.items() if tensor.is_floating_point()}
        self._layers, self._heads = int(config["num_hidden_layers"]), int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self.dim = self.hidden_dim = int(config["hidden_size"])
        for layer in range(self._layers):
            self._fuse(f"encoder.layer.{layer}.attention.self.")
        self._prompts = dict(prompts)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_longest(folder, config))
        self.fingerprint = _fingerprint(folder)

    def run(self, texts: Sequence[str], role: Side, *, tokens: bool) -> tuple[Vectors, list[States]]:
        """Return mean vectors (n, dim), and with `tokens` the hidden states of each text's own tokens."""
        import torch

        encodings = self._encode(texts, role)
        # Threads that wait for each other cost a question more than they save, most of all on a busy machine.
        torch.set_num_threads(1 if sum(len(e.ids) for e in encodings) <= _TOKENS_A_THREAD else _threads())
        vectors = np.zeros((len(texts), self.dim), np.float32)
        states: list[States | None] = [None] * len(texts)
        for group in _batches([len(encoding.ids) for encoding in encodings]):
            with torch.inference_mode():
                hidden, means = self._forward([encodings[i].ids for i in group])
            vectors[group] = means.numpy()
            if tokens:
                for place, i in enumerate(group):
                    states[i] = self._states(encodings[i], hidden[place], role)
        return vectors, [state for state in states if state is not None]

    def offsets(self, texts: Sequence[str], role: Side) -> list[tuple[Offsets, Offsets]]:
        """Return where each text's own tokens start and end in it."""
        found = []
        for encoding in self._encode(texts, role):
            starts, ends, _ = self._own_tokens(encoding, role)
            found.append((starts, ends))
        return found

    def _encode(self, texts: Sequence[str], role: Side) -> list[Encoding]:
        prompt = self._prompts[role]
        return list(self._tokenizer.encode_batch([prompt + text for text in texts]))

    def _own_tokens(self, encoding: Encoding, role: Side) -> tuple[Offsets, Offsets, Offsets]:
        """Return starts and ends in the text, and places in the sequence, of tokens that are not special or prompt."""
        skip = len(self._prompts[role])
        spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)
        special = np.array(encoding.special_tokens_mask, np.bool_)
        own = np.flatnonzero(~special & (spans[:, 0] >= skip)).astype(np.int32)
        return spans[own, 0] - skip, spans[own, 1] - skip, own

    def _states(self, encoding: Encoding, hidden: torch.Tensor, role: Side) -> States:
        starts, ends, own = self._own_tokens(encoding, role)
        return States(hidden.numpy()[own], starts, ends)

    def _fuse(self, prefix: str) -> None:
        """Join the query, key and value matrices of a layer into one, for one larger multiplication."""
        import torch

        for kind in ("weight", "bias"):
            parts = [self._weights.pop(f"{prefix}{part}.{kind}") for part in ("query", "key", "value")]
            self._weights[f"{prefix}qkv.{kind}"] = torch.cat(parts)

    def _forward(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the last hidden states (n, longest, dim) and their means (n, dim), both float32."""
        import torch

        longest = max(map(len, rows))
        ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        lengths = torch.tensor([len(row) for row in rows])
        present = torch.arange(longest) < lengths[:, None]
        mask = None if bool(present.all()) else present[:, None, None, :]
        x = self._embeddings(ids)
        for layer in range(self._layers):
            x = self._layer(x, mask, f"encoder.layer.{layer}.")
        hidden = x.float()
        means = (hidden * present[..., None]).sum(1) / lengths[:, None]
        return hidden, means

    def _embeddings(self, ids: torch.Tensor) -> torch.Tensor:
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        return self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")

    def _layer(self, x: torch.Tensor, mask: torch.Tensor | None, prefix: str) -> torch.Tensor:
        from torch.nn import functional

        n, length, dim = x.shape
        qkv = self._linear(x, f"{prefix}attention.self.qkv").view(n, length, 3, self._heads, dim // self._heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(n, length, dim)
        x = self._norm(
            x + self._linear(attended, f"{prefix}attention.output.dense"), f"{prefix}attention.output.LayerNorm"
        )
        inner = functional.gelu(self._linear(x, f"{prefix}intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{prefix}output.dense"), f"{prefix}output.LayerNorm")

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        from torch.nn import functional

        return functional.linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        from torch.nn import functional

        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(x, weight.shape, weight, bias, self._epsilon)


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
        path = folder / name
        if path.is_file():
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
