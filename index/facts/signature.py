"""How much of this text does that one copy, told without reading either again? By MinHash of their runs of words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

RUN = 5
"""Terms of a run. Stop words are no terms, so that five are a good part of a sentence: two who write of the same thing
seldom share one."""

VALUES = 128
"""Values of a signature: shares are told to within 0.09 (one standard deviation at worst, Broder 1997)."""

SEED = 1

FEWEST = 8
"""Runs of the shorter of two texts from which on it is long enough to be known for a copy."""

Values = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands for the runs of terms of a text."""

    size: int
    """How many different runs it has."""
    values: Values
    """Shape (VALUES,)."""


def sign(keys: NDArray[np.uint64]) -> Signature:
    """Return the signature of a text, given the keys of its terms in reading order, each as often as it occurs."""
    runs = set[bytes]()
    if len(keys) >= RUN:
        rows = np.lib.stride_tricks.sliding_window_view(np.ascontiguousarray(keys, "<u8"), RUN)
        runs = {row.tobytes() for row in rows}
    hashed = RMinHash(VALUES, SEED)
    hashed.update(sorted(runs))
    return Signature(len(runs), np.array(hashed.digest(), np.uint32))


def shared(one: Signature, other: Signature) -> float:
    """Return which share of the runs of the shorter of two texts the other holds as well, from 0 to 1, estimated.

    MinHash gives the share of all runs of both, from which that of the shorter follows (Broder 1997). 0 where it is too
    short to tell.
    """
    least = min(one.size, other.size)
    if least < FEWEST:
        return 0.0
    same = float(np.count_nonzero(one.values == other.values)) / VALUES
    return min(1.0, same / (1 + same) * (one.size + other.size) / least)


def pack_signature(signature: Signature) -> tuple[list[int], bytes]:
    """Return a signature as numbers that tell how to read it, and its values as bytes."""
    return [signature.size, VALUES, RMinHash.ALGORITHM_VERSION], signature.values.astype("<u4").tobytes()


def unpack_signature(told: list[int], values: bytes) -> Signature | None:
    """Return the signature; None for one of another algorithm, which cannot be compared with those made now."""
    size, count, algorithm = told
    if (count, algorithm) != (VALUES, RMinHash.ALGORITHM_VERSION):
        return None
    return Signature(size, np.frombuffer(values, "<u4").copy())
