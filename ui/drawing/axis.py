"""Where does a value, or a day, stand on the axis of a picture?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ui.words.catalogue import choose_language, read_words

LOGARITHMIC_FROM = 30.0
"""How many times the smallest figure the greatest must be for a logarithmic axis."""
_NOUGHT = 1e-300
"""What is nearer to nought than this is nought: a quarter of it would have no logarithm."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From `start` to `end`, by equal differences or by equal ratios."""

    start: float
    end: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value stands, from 0 at the start to 1 at the end; the edge for what lies beyond."""
        if self.logarithmic:
            # Differences of logarithms: a quotient of the values may be greater than any float.
            low = math.log(self.start)
            share = (math.log(max(value, self.start)) - low) / (math.log(self.end) - low)
        else:
            share = (value - self.start) / (self.end - self.start)
        return min(max(share, 0.0), 1.0)


def make_axis(values: Sequence[float]) -> Axis:
    """Return the axis for some values: from nought, unless the greatest is many times the smallest."""
    seen = [0.0 if abs(value) < _NOUGHT else value for value in values]
    low, high = min(seen), max(seen)
    if low > 0 and high / low >= LOGARITHMIC_FROM:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        every = max(1, math.ceil((last - first) / 5))
        return Axis(10.0**first, 10.0**last, True, tuple(10.0**power for power in range(first, last + 1, every)))
    start, end = min(low, 0.0), max(high, 0.0)
    if start == end:
        end = 1.0
    step = _round_step((end - start) / 4)
    if end - start >= 1 and all(float(value).is_integer() for value in seen):
        step = max(step, 1.0)  # there is no half of a person
    ticks = tuple(step * count for count in range(math.floor(start / step), math.ceil(end / step) + 1))
    return Axis(ticks[0], ticks[-1], False, ticks)


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, the least that is no smaller: 100 for 83."""
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def make_days(days: Sequence[date], most: int) -> Axis:
    """Return the axis of days, as ordinals, of at least two; of its days at most about `most` have a tick.

    A tick is a day on which something was published, and stands far enough from the one before to be read.
    """
    own = sorted({day.toordinal() for day in days})
    least = (own[-1] - own[0]) / most
    ticks = [own[0]]
    for day, after in pairwise([*own[1:], own[-1] + 1]):
        if day - ticks[-1] >= least and (own[-1] - day >= least or after > own[-1]):
            ticks.append(day)
    return Axis(own[0], own[-1], False, tuple(map(float, ticks)))


def print_tick(value: float, language: str, unit: str) -> str:
    """Return a tick as the language prints it: "10 000", "2.5 M", "40 %"."""
    from babel.numbers import format_compact_decimal, format_decimal

    locale = choose_language(language)
    shown = (
        format_compact_decimal(value, locale=locale, fraction_digits=1)
        if abs(value) >= 1_000_000
        else format_decimal(value, locale=locale)
    )
    if unit.isalpha():
        return f"{shown}\u00a0{unit}"
    return read_words(locale)["with_sign"].format(number=shown, sign=unit) if unit else shown
