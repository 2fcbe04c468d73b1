"""What is drawn of a figure? Its printed value and its ends, open where the text leaves them open."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from index.facts import Span
from ui.escaping import disarm

POINT, ABOUT, RANGE, VAGUE, OPEN, FAINT = "point", "about", "range", "vague", "open", "faint"
"""The signs that a figure is drawn by: a point, a hollow one for what its text calls rough, a bar for a range that it
prints, a dashed one for a quantity without a number, an end that is open for a bound, all of it pale where it is beside
the others."""

_ROUGH = {"about", "nearly", "estimated"}
_LEAST = {"at least", "more than"}
_MOST = {"at most", "less than", "up to"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure to be drawn. Nothing is drawn that is not printed: "about 600" is 600, called rough."""

    name: str
    """Who says it, as a reader knows them."""
    printed: str
    """The figure as its text prints it, hedges included."""
    low: float
    high: float
    """The ends of what it can be, infinite where the text leaves them open; both are the figure itself where it is
    one."""
    point: float | None = None
    """The figure itself, where the text gives one."""
    rough: bool = False
    """Whether its text calls it rough: "environ", "près de", "estimé à"."""
    vague: bool = False
    """Whether it is a quantity without a number: "des centaines"."""
    faint: bool = False
    """Whether it is not sure, or beside those that are compared."""
    published: date | None = None
    number: int = 0
    """That of its citation, from 1; 0 for none."""
    notes: tuple[str, ...] = ()
    """What a reader should know of it."""
    origin: int = 0
    """From 1: marks of one number are one origin; 0 where that is not known."""

    @property
    def value(self) -> float:
        """Where it stands: the figure, or the end that is known."""
        if self.point is not None:
            return self.point
        return self.low if math.isfinite(self.low) else self.high

    @property
    def ends(self) -> tuple[float, ...]:
        """The values that an axis must hold."""
        return tuple(dict.fromkeys(end for end in (self.low, self.value, self.high) if math.isfinite(end)))

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs that it is drawn by, of those that the legend explains."""
        found = [FAINT] if self.faint else []
        found += [OPEN] if math.isinf(self.low) or math.isinf(self.high) else []
        if self.point is None and self.high > self.low:
            return (*found, *([] if OPEN in found else [VAGUE if self.vague else RANGE]))
        return (*found, ABOUT if self.rough else POINT)


def mark_span(span: Span, name: str, *, said: str = "") -> Mark | None:
    """Return the mark of a figure, `said` with its hedges as printed; None of one that has no finite value.

    `dataclasses.replace` adds what is known beside it: its day, its citation, its notes, its origin.
    """
    if span.kind != "number" or not isinstance(span.value, (int, float)) or not math.isfinite(span.value):
        return None
    hedges, value = set(filter(None, span.qualifier.split(", "))), float(span.value)
    top = float(span.value_max) if isinstance(span.value_max, (int, float)) else value
    if math.isnan(top):
        return None
    least, most = bool(hedges & _LEAST), bool(hedges & _MOST)
    return Mark(
        name=name,
        printed=disarm(said or span.text),
        low=-math.inf if most and not least else value,
        high=math.inf if least else top,
        point=value if span.value_max is None else None,
        rough=bool(hedges & _ROUGH),
        vague="vague" in hedges,
    )
