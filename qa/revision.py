"""Does a toll grow from one day of publication to the next, where sources seem to differ?

What only adds up while it is counted is revised and not disputed where, of any two figures that differ, the higher one
was published on a later day. What each day said is kept apart, in the order of the days. A figure that is reported and
not vouched for ("une centaine seraient morts") is no stage of a toll: where it differs from one, it disputes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa.agreement import Claim, alike, compatible, interval

_BESIDE = {"conditional", "planned", "denied"}
"""Hedges of a figure that is no stage of a toll."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What was said of a toll from one day to another, before it was revised."""

    texts: tuple[str, ...]
    """The figures as printed, each once; they cannot be told apart."""
    sources: tuple[str, ...]
    first: date
    last: date
    disputes: bool = False
    """Whether it is no stage of the toll, but a figure that disputes it."""


def trace_revision(claims: Sequence[Claim]) -> tuple[Stage, ...]:
    """Return the stages of a toll that grows, oldest first, and behind them what disputes it.

    There are none where the figures agree, differ in another way, or are those of several speakers. Combined tolls are
    left out, and doubtful ones where there are others, as they are where claims are compared.
    """
    whole = [claim for claim in claims if not claim.partial]
    counted = [claim for claim in whole if not claim.doubtful] or whole
    toll = [claim for claim in counted if not _BESIDE & set(claim.span.qualifier.split(", "))]
    others = [c for c in counted if c not in toll and not any(compatible(c.span, one.span) for one in toll)]
    spoken = any(claim.speaker for claim in claims)
    if spoken or not _rises(toll) or len(_dated(others)) < len(others):
        return ()
    return *_join(toll), *(replace(stage, disputes=True) for stage in _join(others))


def _join(claims: Sequence[Claim]) -> list[Stage]:
    """Return what was said from day to day, equal figures of days that follow each other joined."""
    stages: list[tuple[Claim, Stage]] = []
    for day, claim in sorted(_dated(claims), key=lambda own: (own[0], _lowest(own[1]), own[1].source)):
        if stages and alike(stages[-1][0].span, claim.span):
            last = stages[-1][1]
            texts, sources = tuple(dict.fromkeys((*last.texts, claim.text))), (*last.sources, claim.source)
            stages[-1] = claim, replace(last, texts=texts, sources=sources, last=day)
        else:
            stages.append((claim, Stage((claim.text,), (claim.source,), day, day)))
    return [stage for _, stage in stages]


def _rises(toll: Sequence[Claim]) -> bool:
    """Return whether figures that all have a date differ, and of any two that do the higher one is of a later day."""
    dated = _dated(toll)
    apart = [
        (before, after)
        for before, low in dated
        for after, high in dated
        if not compatible(low.span, high.span) and _lowest(low) < _lowest(high)
    ]
    return len(dated) == len(toll) and bool(apart) and all(before < after for before, after in apart)


def _dated(claims: Sequence[Claim]) -> list[tuple[date, Claim]]:
    return [(claim.published, claim) for claim in claims if claim.published is not None]


def _lowest(claim: Claim) -> float:
    bounds = interval(claim.span)
    return bounds[0] if bounds else 0.0
