"""How does an interrupted write go on where it stopped? What was encoded is kept until one succeeds.

A part is found again by its texts and the encoder: another encoder uses none, and where a file was added, changed or
taken away, what comes after it is encoded again. Until the write succeeds the vectors are on the disk twice.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.records import Vectors
from index.store import FORMAT

PART = 512
"""Paragraphs that are encoded at a time: some seconds of work, and the most that an interruption loses."""

_DIGEST = hashlib.sha256().digest_size

Encoded = tuple[Vectors, Sequence[NDArray[np.int8]]]
"""The vectors of some paragraphs, shape (n, dim), and the token vectors of each, shape (tokens, token_dim)."""


def part_file(folder: Path, texts: Sequence[str], fingerprint: str) -> Path:
    """Return where the vectors that this encoder gives these texts are kept."""
    named = json.dumps([FORMAT, fingerprint, *texts]).encode()
    return folder / f"{hashlib.sha256(named).hexdigest()}.part"


def read_part(file: Path) -> Encoded | None:
    """Return a part as it was kept; None where it was not, or is no longer what was written."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    digest, arrays = raw[:_DIGEST], raw[_DIGEST:]
    if hashlib.sha256(arrays).digest() != digest:
        return None
    with np.load(io.BytesIO(arrays), allow_pickle=False) as kept:
        return kept["vectors"], np.split(kept["tokens"], kept["ends"][:-1])


def keep_part(file: Path, vectors: Vectors, tokens: Sequence[NDArray[np.int8]]) -> None:
    """Keep a part, whole or not at all. Raises OSError where it cannot be written."""
    stream = io.BytesIO()
    np.savez(stream, vectors=vectors, tokens=np.concatenate(tokens), ends=np.cumsum([len(own) for own in tokens]))
    arrays = stream.getvalue()
    file.parent.mkdir(exist_ok=True)
    written = file.with_suffix(".new")
    try:
        written.write_bytes(hashlib.sha256(arrays).digest() + arrays)
        os.replace(written, file)
    except OSError:
        written.unlink(missing_ok=True)
        raise
