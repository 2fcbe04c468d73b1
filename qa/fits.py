"""How likely is this figure, date or name what is asked for?

By what the reader makes of it and by what the words around it say: a logistic model of all facts, and of figures and
dates trees as well, which know that what is counted and what happened to it say little where the reader is sure, and
much where it is not; the log odds of both are averaged, since either alone was right less often on articles that it was
not fitted on. ``python -m qa.fact_fitting`` fits both on development questions.
"""

from __future__ import annotations

import math
from dataclasses import asdict, astuple, dataclass, fields
from functools import cache

from qa.logistic import Logistic, read_model, sigmoid
from qa.match.telling import Telling
from qa.trees import Trees, read_trees

LEAST = 0.01
"""What is added to a share, whose logarithm counts."""

MOST_BESIDE = 6
"""Figures or dates of a passage that are counted, at most."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a fact, and what against it."""

    share: float
    """The logarithm of how likely the answer, were there one, is this fact, by the reader."""
    odds: float
    """The reader's log odds that the passage answers."""
    told: float
    """How well its words play the role that is asked for, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a figure or a date tells beside that."""

    telling: Telling
    fates: bool
    """Whether the question asks for a fate of people that the tables know by many words."""
    dated: bool
    """Whether it is a date."""
    among: int
    """Of how many of its kind in the passage it is one."""


NAMES = (*(f.name for f in fields(Signs)), *(f.name for f in fields(Telling)), "fates", "dated", "among")
"""The signs of a figure or a date, in the order of `line_up`."""


def read_signs(share: float, odds: float, told: float) -> Signs:
    """Return the signs of a fact of which the reader makes this share of its answer, from 0 to 1."""
    return Signs(math.log(min(1.0, share) + LEAST), odds, told)


def line_up(signs: Signs, compared: Compared) -> tuple[float, ...]:
    """Return the signs of a figure or a date as numbers, in the order of `NAMES`."""
    among = float(min(MOST_BESIDE, compared.among))
    return (*astuple(signs), *astuple(compared.telling), float(compared.fates), float(compared.dated), among)


def likelihood(signs: Signs, compared: Compared | None = None) -> float:
    """Return how likely a fact with these signs is what is asked for, from 0 to 1; figures and dates are compared."""
    return weigh_both(load_model(), load_trees() if compared else None, signs, compared)


def weigh_both(model: Logistic, trees: Trees | None, signs: Signs, compared: Compared | None) -> float:
    """Return the same by these models."""
    odds = model.odds(asdict(signs))
    if trees is None or compared is None:
        return sigmoid(odds)
    return sigmoid((odds + trees.odds(line_up(signs, compared))) / 2)


@cache
def load_model() -> Logistic:
    """Return the weights in the box, by the fields of `Signs`."""
    return read_model("qa", "fits.json")


@cache
def load_trees() -> Trees:
    """Return the trees in the box, over `NAMES`: those of figures and dates."""
    return read_trees("qa", "fits.safetensors")
