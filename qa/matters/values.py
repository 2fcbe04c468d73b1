"""How near do the values of two figures lie, and how little is it chance where they are one?"""

from __future__ import annotations

from math import inf, log, log1p

from qa.matters.figures import Figure
from qa.matters.setting import FEW, overlap

DIGITS = 4
"""Digits from which on no more of them make two equal figures more surely one."""

FARTHEST = 4.0
"""The greatest distance of two values that is told apart from a greater one."""

SMALL = 10
"""Below which many a thing is counted."""

YEARS = (1900, 2100)
"""Values between which a figure may be a year."""


def value_signs(a: Figure, b: Figure) -> dict[str, float]:
    """Return what the values of two figures tell, by the fields of `qa.matters.signs.Signs`."""
    equal, least = a.value == b.value, min(abs(a.bounds[0]), abs(b.bounds[0]))
    return {
        "unit": float(bool(a.fact.unit) and a.fact.unit == b.fact.unit),
        "unitless": float(a.fact.unit != b.fact.unit),
        "percent": float(a.fact.unit == b.fact.unit == "%"),
        "apart": _distance(a, b),
        "digits": float(telling_digits(a, b)),
        "small": float(not a.dated and least < SMALL),
        "year": float(equal and not a.dated and YEARS[0] <= least <= YEARS[1]),
        "possible": float(overlap(a, b)),
        "date": float(a.dated),
        "explicit": float(a.dated and a.explicit and b.explicit),
    }


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


def telling_digits(a: Figure, b: Figure) -> int:
    """Return how many digits two equal figures have without the zeros at their end, one more for a large one."""
    value = a.fact.value
    if a.value != b.value or not isinstance(value, (int, float)):
        return 0
    printed = f"{abs(value):.10g}".replace(".", "")
    return min(len(printed.rstrip("0").split("e")[0]), DIGITS) + (abs(value) >= FEW)
