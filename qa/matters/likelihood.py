"""How surely do two figures, or two groups of them, tell of one thing? Logistic models of what is seen of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from qa.matters.groups import Between
from qa.matters.signs import Signs

Model = Mapping[str, float]
"""The weight of each sign, and the "bias"."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The log odds that figures are about one thing, and from which on they are."""

    equal: Model
    """Of `Signs`, for figures of one value."""
    differing: Model
    """The same for those that differ: what tells that they are about one thing nonetheless is another matter."""
    groups: Model
    """Of `Between`, for groups of figures of one value each."""
    one_value: float
    """The log odds from which two figures of one value are about one thing."""
    one_thing: float
    """The log odds from which two groups of figures are."""


@cache
def load_weights() -> Weights:
    """Return the weights in the box, which `qa.evaluation.planting` fits."""
    return Weights(**json.loads(resources.files("qa.matters").joinpath("weights.json").read_text(encoding="utf-8")))


SIGNS = tuple(f.name for f in fields(Signs))
BETWEEN = tuple(f.name for f in fields(Between))


def weigh(signs: Signs | Between, model: Model) -> float:
    """Return the log odds that a model gives."""
    names = SIGNS if isinstance(signs, Signs) else BETWEEN
    return float(model["bias"] + sum(model[name] * getattr(signs, name) for name in names))
