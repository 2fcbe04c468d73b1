"""What do the files of a model's folder say: how it is built, how much of a text it reads, which weights these are?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GRAPH = "onnx/model.onnx"
"""How ONNX Runtime computes the model, its weights in bytes: written by `index.training.graph`, where
sentence-transformers looks for it."""

WEIGHTS = "model.safetensors"
PROJECTION = "tokens.safetensors"

OF_WORDS = {"of": "words"}
"""What a projection says of itself that was learned with the mean of a word's pieces, and not with each piece."""

_DECIDING = ("config.json", "config_sentence_transformers.json", "tokenizer.json", PROJECTION, WEIGHTS)


def is_mean_bert(folder: Path) -> bool:
    """Return whether the folder holds a BERT with mean pooling in safetensors."""
    needed = ("modules.json", "config.json", "tokenizer.json", WEIGHTS, "1_Pooling/config.json")
    if not all((folder / name).is_file() for name in needed):
        return False
    modules = [str(module["type"]).rpartition(".")[2] for module in read_json(folder / "modules.json")]
    config, pooling = read_json(folder / "config.json"), read_json(folder / "1_Pooling/config.json")
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


def find_longest(folder: Path) -> int:
    """Return how many tokens of a text are read: the least of what the folder's files say."""
    limits = [int(read_json(folder / "config.json")["max_position_embeddings"])]
    for name, key in (("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length")):
        stated = read_json(folder / name).get(key) if (folder / name).is_file() else None
        limits += [int(stated)] if stated else []
    return min(limits)


def make_fingerprint(digests: Mapping[str, bytes]) -> str:
    """Return the first 16 hexadecimal digits of the sha256 of what decides the vectors, given as `read_digests` does.

    The graph is not among it: it is made of `WEIGHTS`, and whatever computes with these gives the same vectors to
    rounding. So an index that was made when torch computed them opens, and is added to, as before.
    """
    found = hashlib.sha256()
    for name, value in digests.items():
        found.update(name.encode() + b"\0" + value)
    return found.hexdigest()[:16]


def read_digests(folder: Path) -> dict[str, bytes]:
    """Return the sha256 of each file that decides the vectors."""
    return {name: read_digest(folder / name) for name in _DECIDING if (folder / name).is_file()}


def read_digest(path: Path) -> bytes:
    """Return the sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
