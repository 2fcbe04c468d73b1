"""What do the figures of one matter make of each other, and which matter deserves a look before another?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import inf, log

from qa.agreement import Claim, compatible, group_claims, interval
from qa.matters.matter import VERDICTS, Matter, Statement


def claims_of(statements: Sequence[Statement]) -> list[Claim]:
    """Return the claims of the statements that are compared."""
    return [Claim(s.citation.source, s.citation.published, s.span) for s in statements if s.compared]


def judge_statements(statements: Sequence[Statement], *, adds_up: bool) -> str:
    """Return what statements about one thing make of each other, one of `VERDICTS`.

    `adds_up` says that what they count can only grow while it is counted.
    """
    compared = [statement for statement in statements if statement.compared]
    if any("denied" in statement.span.qualifier for statement in statements):
        return "denied"
    if len(group_claims(claims_of(statements))) > 1:
        return "revised" if adds_up and _rises(compared) else "differ"
    if len({statement.origin for statement in compared}) == 1:
        return "one origin"
    values = {(statement.span.value, statement.span.value_max) for statement in compared}
    return "agree" if len(values) == 1 else "compatible"


def _rises(compared: Sequence[Statement]) -> bool:
    """Return whether of any two figures that differ the higher one was published on a later day."""
    return all(
        _is_later(other, one)
        for one in compared
        for other in compared
        if _lower(one) < _lower(other) and not compatible(one.span, other.span)
    )


def _is_later(one: Statement, other: Statement) -> bool:
    """Return whether one statement is known to be published on a later day than another."""
    day, before = one.citation.published, other.citation.published
    return day is not None and before is not None and day > before


def _lower(statement: Statement) -> float:
    bounds = interval(statement.span)
    return bounds[0] if bounds else 0.0


def rank_matters(matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Return matters as they deserve a look: differences of independent origins first, large before small."""
    return tuple(sorted(matters, key=_rank))


def _rank(matter: Matter) -> tuple[object, ...]:
    independent = matter.origins > 1
    place = VERDICTS.index(matter.verdict)
    first = matter.statements[0].citation
    when = first.published or date.max
    dated = matter.kind == "date" and matter.verdict != "differ"
    return place, not independent, dated, -round(_spread(matter), 1), -matter.origins, when, first.source, first.start


def _spread(matter: Matter) -> float:
    """Return how far apart its figures are, as the logarithm of their ratio."""
    lows = [abs(_lower(s)) for s in matter.statements if s.compared and 0 < abs(_lower(s)) < inf]
    return log(max(lows) / min(lows)) if lows and matter.verdict in ("differ", "revised") else 0.0
