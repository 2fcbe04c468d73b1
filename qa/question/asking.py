"""Which kind of answer does a question ask for that says so in no word of its language's table? A learned model.

A linear model over the words of the question, the pairs of them and their parts of four letters, each put into one of
`BUCKETS` numbers by a hash (Weinberger et al. 2009, "Feature hashing for large scale multitask learning"). It is
multinomial logistic regression, fitted by ``python -m qa.kind_fitting`` on the questions of ``tests/gold/train``.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.language import fold

BUCKETS = 1 << 15

WEIGHTS = "asking.safetensors"

_WORD = re.compile(r"[^\W_]+|[?%]")


def read_features(text: str) -> NDArray[np.int64]:
    """Return the numbers of what a question holds, each once, from 0 to `BUCKETS` - 1, in order."""
    return np.unique(np.fromiter((zlib.crc32(one.encode()) % BUCKETS for one in _features(text)), np.int64))


def _features(text: str) -> Iterator[str]:
    words = _WORD.findall(fold(text))
    yield "any"
    yield from (f"first {' '.join(words[:count])}" for count in (1, 2))
    yield from (f"last {' '.join(words[-count:])}" for count in (1, 2))
    for word in words:
        yield f"word {word}"
        closed = f"<{word}>"
        yield from (f"part {closed[i : i + 4]}" for i in range(max(1, len(closed) - 3)))
    yield from (f"pair {one} {other}" for one, other in pairwise(words))


def likely_kinds(text: str) -> dict[str, float]:
    """Return how likely a question asks for each kind of answer; the probabilities add up to 1.

    >>> likely = likely_kinds("effectif total des pompiers")
    >>> max(likely, key=likely.__getitem__), round(sum(likely.values()), 6)
    ('number', 1.0)
    """
    kinds, weights, bias = _model()
    features = read_features(text)
    scores = weights[features].sum(axis=0) / math.sqrt(len(features)) + bias
    shares = np.exp(scores - scores.max())
    return dict(zip(kinds, (shares / shares.sum()).tolist(), strict=True))


@cache
def _model() -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
    """Return the kinds, the weights of each feature for each kind, and the bias of each kind."""
    from safetensors import safe_open

    path = resources.files("qa.question").joinpath(WEIGHTS)
    with safe_open(str(path), "numpy") as file:
        metadata: Mapping[str, str] = file.metadata()
        weights = file.get_tensor("weights").astype(np.float32) * file.get_tensor("scale")
        return tuple(metadata["kinds"].split(",")), weights, file.get_tensor("bias")
