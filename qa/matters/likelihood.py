"""How surely do two figures tell of one thing? Logistic models of what is seen of both and of what the reader finds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from qa.matters.hearing import Heard
from qa.matters.signs import Signs

Model = Mapping[str, float]
"""The weight of each sign, and the "bias"."""

SIGNS = tuple(f.name for f in fields(Signs))
HEARD = tuple(f.name for f in fields(Heard))


@dataclass(frozen=True, slots=True)
class Weights:
    """The log odds that figures are about one thing, and from which on they are."""

    equal: Model
    """Of `Signs`, for figures of one value."""
    differing: Model
    """The same for those that differ: what tells that they are about one thing nonetheless is another matter."""
    equal_heard: Model
    differing_heard: Model
    """The same of `Signs` and `Heard` together, where the reader was asked."""
    one_value: float
    """The log odds from which two figures of one value are about one thing."""
    one_thing: float
    """The log odds from which two groups of figures are."""


@cache
def load_weights() -> Weights:
    """Return the weights in the box, which `qa.evaluation.planting` fits."""
    return Weights(**json.loads(resources.files("qa.matters").joinpath("weights.json").read_text(encoding="utf-8")))


def weigh(weights: Weights, signs: Signs, heard: Heard | None, *, equal: bool) -> float:
    """Return the log odds that two figures, of one value or not, are about one thing."""
    if heard is None:
        return _weigh(weights.equal if equal else weights.differing, line_up(signs))
    return _weigh(weights.equal_heard if equal else weights.differing_heard, line_up(signs, heard))


def line_up(signs: Signs, heard: Heard | None = None) -> list[float]:
    """Return the signs as numbers, in the order of `SIGNS` and `HEARD`."""
    return [getattr(signs, n) for n in SIGNS] + ([getattr(heard, n) for n in HEARD] if heard else [])


def _weigh(model: Model, told: list[float]) -> float:
    names = (*SIGNS, *HEARD)[: len(told)]
    return float(model["bias"] + sum(model[name] * sign for name, sign in zip(names, told, strict=True)))
