"""How likely is it, by what speaks for it and against it? A logistic model, as each of ours is kept in the box."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources


def sigmoid(odds: float) -> float:
    """Return the probability that has these log odds.

    >>> sigmoid(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: the log odds are ``bias + weights . signs``."""

    bias: float
    weights: Mapping[str, float]
    """By the name of the sign."""

    def odds(self, signs: Mapping[str, float]) -> float:
        """Return the log odds; a sign without a weight counts for nothing."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) * sign for name, sign in signs.items())

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """Return how likely it is, from 0 to 1."""
        return sigmoid(self.odds(signs))


def read_model(package: str, file: str) -> Logistic:
    """Return the model that a file of a package holds: a JSON object of "bias" and "weights"."""
    raw = json.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8"))
    return Logistic(raw["bias"], raw["weights"])
