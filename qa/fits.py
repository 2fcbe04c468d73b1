"""How likely is this figure, date or name what is asked for?

By what the reader makes of it and by what the words around it say: a logistic model, fitted on development questions by
``python -m qa.fact_fitting``.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import cache

from qa.logistic import Logistic, read_model

LEAST = 0.01
"""What is added to a share, whose logarithm counts."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a fact, and what against it."""

    share: float
    """The logarithm of how likely the answer, were there one, is this fact, by the reader."""
    odds: float
    """The reader's log odds that the passage answers."""
    told: float
    """How well its words play the role that is asked for, from 0 to 1."""
    fates: float
    """1 where the question asks for a fate that the tables know by many words, else 0."""
    fates_told: float
    """`told` where it does, else 0."""


def read_signs(share: float, odds: float, told: float, *, fates: bool) -> Signs:
    """Return the signs of a fact of which the reader makes this share of its answer, from 0 to 1."""
    return Signs(math.log(min(1.0, share) + LEAST), odds, told, float(fates), told * fates)


def likelihood(signs: Signs) -> float:
    """Return how likely a fact with these signs is what is asked for, from 0 to 1."""
    return load_model().likelihood(asdict(signs))


@cache
def load_model() -> Logistic:
    """Return the weights in the box, by the fields of `Signs`."""
    return read_model("qa", "fits.json")
