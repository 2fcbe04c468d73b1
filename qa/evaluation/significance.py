"""Is a difference between two systems real?

Paired tests over questions: the randomisation test (Fisher 1935; Smucker, Allan and Carterette 2007 for retrieval), the
bootstrap interval (Efron 1979) and Holm's correction for several comparisons (1979).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FLIPS = 10_000
"""Sign flips of a test, and resamples of an interval."""

SEED = 20_261_120
ALPHA = 0.05
ENOUGH = 50
"""Questions under which nothing is called better."""

_CHUNK = 500


def randomisation_p(differences: Sequence[float] | Floats, *, flips: int = FLIPS, seed: int = SEED) -> float:
    """Return the two-sided p-value of paired differences: how often random signs bring a sum as far from zero.

    The observed signs count as one of the flips, (1 + as far) / (1 + flips), so that p is never 0.

    >>> randomisation_p([0.0, 0.0, 0.0])
    1.0
    """
    own = np.asarray(differences, np.float64)
    observed = abs(own.sum())
    # What does not differ cannot change a sum.
    own = own[own != 0]
    generator = np.random.default_rng(seed)
    # Sums of the same numbers in another order differ in their last bits.
    bound = observed - 1e-12 * max(1.0, float(np.abs(own).sum()))
    extreme = 0
    for start in range(0, flips, _CHUNK):
        signs = generator.integers(0, 2, (min(_CHUNK, flips - start), len(own))) * 2.0 - 1.0
        extreme += int((np.abs(signs @ own) >= bound).sum())
    return (1 + extreme) / (1 + flips)


def bootstrap_interval(
    differences: Sequence[float] | Floats, *, resamples: int = FLIPS, seed: int = SEED
) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean difference over questions."""
    own = np.asarray(differences, np.float64)
    generator = np.random.default_rng(seed)
    means: list[Floats] = []
    for start in range(0, resamples, _CHUNK):
        drawn = generator.integers(0, len(own), (min(_CHUNK, resamples - start), len(own)))
        means.append(own[drawn].mean(1))
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return float(low), float(high)


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number, in the same order.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    corrected, highest = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda i: values[i])):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        corrected[place] = highest
    return corrected


def verdict(difference: float, p: float, questions: int) -> str:
    """Return what may be said of a difference: "too few to tell" under 50 questions, else whether it is shown."""
    if questions < ENOUGH:
        return "too few to tell"
    if p >= ALPHA:
        return "no difference shown"
    return "better" if difference > 0 else "worse"
