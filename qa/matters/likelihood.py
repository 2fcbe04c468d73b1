"""How surely do two figures of different articles tell of one thing? A logistic model of what is seen of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib import resources
from math import inf, log, log1p

from qa.matters.figures import Figure
from qa.matters.likeness import Shared
from qa.matters.role import same_role
from qa.matters.wording import nearness

FEW = 20
"""Up to so many, two figures of one event may be the same by chance."""

DIGITS = 4
"""Digits from which on no more of them make two equal figures more surely one."""

FARTHEST = 4.0
"""The greatest distance of two values that is told apart from a greater one."""

CLOSEST = 3.0
"""How much surer one pair must be than the next that shares one of its figures for that to tell no more."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether two figures are about one thing."""

    near: float
    """How near the words around them are, those that stand next to them first; from 0 to 1."""
    words: float
    """How near all words of their sentences are; from 0 to 1."""
    role: float
    """How near the words of their roles are; from 0 to 1."""
    plain: float
    """1 where their roles say the same by stem, translation and relations of news."""
    similar: float
    """1 where their roles may say the same."""
    fates: float
    """How far apart the words of their roles are, where only one of them tells what befell people; else 0."""
    named: float
    """What their articles share of names, from 0 to 1."""
    told: float
    """What their articles share of words, from 0 to 1."""
    alike: float
    """1 where their articles tell of one kind of event, -1 where they tell of different kinds."""
    gap: float
    """log(1 + days) between the publication of the two."""
    others: float
    """1 where both sentences name somebody or some place, and none is the same."""
    same: float
    """1 where both name the same one."""
    apart: float
    """How far apart the values are: the logarithm of their ratio, or of days in threes; at most `FARTHEST`."""
    equal: float
    """Of equal values, how little chance makes them so: their digits, and whether they are large."""
    possible: float
    """1 where both can be true."""
    date: float
    """1 for dates."""
    date_near: float
    """`near`, for dates."""


def read_signs(a: Figure, b: Figure, shared: Shared) -> Signs:
    """Return what tells whether two figures of articles that share so much are about one thing."""
    near, words, told = nearness(a.wording, b.wording)
    role = same_role(a.counted, b.counted)
    gap = 0
    if a.article.published and b.article.published:
        gap = abs((a.article.published - b.article.published).days)
    return Signs(
        near=near,
        words=words,
        role=told,
        plain=float(role == "plain"),
        similar=float(role == "near"),
        fates=(1 - told) * (a.counted.fates != b.counted.fates),
        named=shared.named,
        told=shared.told,
        alike=float(shared.alike),
        gap=log1p(gap),
        others=float(bool(a.named and b.named and not a.named & b.named)),
        same=float(bool(a.named & b.named)),
        apart=_distance(a, b),
        equal=float(_telling_digits(a, b)),
        possible=float(overlap(a, b)),
        date=float(a.dated),
        date_near=near * a.dated,
    )


def overlap(a: Figure, b: Figure) -> bool:
    """Return whether two figures can both be true of the same thing."""
    return a.bounds[0] <= b.bounds[1] and b.bounds[0] <= a.bounds[1]


def _distance(a: Figure, b: Figure) -> float:
    """Return how far apart the nearest bounds of two figures are."""
    if a.dated:
        return min(log1p(min(abs(x - y) for x in a.bounds for y in b.bounds) / 3), FARTHEST)
    return min(_ratio(x, y) for x in _printed(a) for y in _printed(b))


def _printed(figure: Figure) -> list[float]:
    """Return the value of a figure, and its upper value where it has one."""
    return [abs(float(value)) for value in figure.value if isinstance(value, (int, float))]


def _ratio(x: float, y: float) -> float:
    """Return the logarithm of the ratio of two values, at most `FARTHEST`."""
    low, high = sorted((x, y))
    if low == high:
        return 0.0
    return FARTHEST if high == inf else min(log(high / (low or 0.5)), FARTHEST) if high > 0.5 else 0.0


def _telling_digits(a: Figure, b: Figure) -> int:
    """Return how many digits two equal figures have without the zeros at their end, one more for a large one."""
    value = a.fact.value
    if a.value != b.value or not isinstance(value, (int, float)):
        return 0
    printed = f"{abs(value):.10g}".replace(".", "")
    return min(len(printed.rstrip("0").split("e")[0]), DIGITS) + (abs(value) >= FEW)


@dataclass(frozen=True, slots=True)
class Weights:
    """The log odds that two figures are about one thing: first by a model of signs, then with what competes."""

    possible: Mapping[str, float]
    """The weight of each sign, and the "bias", for figures that can both be true."""
    differing: Mapping[str, float]
    """The same for those that cannot: what tells that they are about one thing nonetheless is another matter."""
    base: float
    odds: float
    margin: float
    """``base + odds * log odds + margin * margin``, where the margin is to the next surest pair of either figure."""
    threshold: float
    """The log odds from which two figures are about one thing."""


@cache
def load_weights() -> Weights:
    """Return the weights in the box, which `qa.evaluation.planting` fits."""
    return Weights(**json.loads(resources.files("qa.matters").joinpath("weights.json").read_text(encoding="utf-8")))


def first_odds(signs: Signs, weights: Weights) -> float:
    """Return the log odds that two figures are about one thing, whatever else stands in their articles."""
    model = weights.possible if signs.possible else weights.differing
    told = sum(model[f.name] * float(v) for f, v in zip(fields(Signs), astuple(signs), strict=True))
    return float(model["bias"] + told)


def final_odds(odds: float, margin: float, weights: Weights) -> float:
    """Return the log odds above the threshold, given how much surer a pair is than the next one of either figure."""
    bounded = max(-CLOSEST, min(CLOSEST, margin))
    return weights.base + weights.odds * odds + weights.margin * bounded - weights.threshold
