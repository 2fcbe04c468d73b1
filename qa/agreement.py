"""Do these claims agree?

Claims are grouped by what they can mean, not by how they are printed: "au moins 600" and "environ 600" agree, 300 and
600 differ, "des centaines" is compatible with either. A claim that doubtfully tells of what is asked agrees with none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.facts import Span
from index.facts.towns import may_be_nested
from index.language import fold

TOLERANCE = 0.1
"""How far from the printed figure, as a share of it, "about", "nearly" and "estimated" may lie."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: a span of a passage that it cites."""

    source: str
    published: date | None
    span: Span
    partial: bool = False
    """A combined toll, which only bounds the answer: compared with nothing."""
    doubtful: bool = False
    """Nothing says that it tells of what the question names: it agrees with nothing."""
    said: str = ""
    """The span with the hedges beside it, as printed; "" where that is the span alone."""
    origin: int = 0
    """The number of its origin: claims of one number are not independent. 0 for one that has an origin of its own."""
    copied: int = 0
    """How many more sources print the same paragraph, which were left out of the answer."""
    citation: int = 0
    """The number of the citation in whose quote its span stands."""
    when: Span | None = None
    """The date that its sentence gives it, as printed there."""
    speaker: str = ""
    """Where a source gives the figures of several speakers: whose it is, in the words of the first source that names
    them. Claims of two speakers are not compared."""

    @property
    def text(self) -> str:
        """What the source says, as printed: "au moins 600"."""
        return self.said or self.span.text


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that can all be true of the same thing."""

    texts: tuple[str, ...]
    """What the claims say, as printed, each once, the most precise first."""
    sources: tuple[str, ...]
    published: date | None
    """The earliest publication date among its sources, where any is known."""
    partial: bool = False
    doubtful: bool = False
    """Whether nothing says that its claims tell of what the question names."""
    alike: bool = True
    """Whether its claims cannot be told apart: not "hundreds" and 300."""
    origins: int = 0
    """How many independent origins its claims have: copies of one text, and two who quote one speaker, are one."""
    speaker: str = ""
    """Whose figures they are, where a source gives those of several speakers."""
    copied: int = 0
    """How many more sources print the paragraphs of its claims, which were left out of the answer."""


ORIGINS = ("text", "speaker", "mixed")
"""What sources of one origin have in common."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Several sources that count once."""

    kind: str
    """One of `ORIGINS`: they print one text, or one sentence; quote one speaker; or some do this and some that."""
    sources: tuple[str, ...]
    name: str = ""
    """Of a text the agency that signs it, where one does; else the speaker; as printed."""
    copied: int = 0
    """How many more sources print the same paragraph, which were left out of the answer."""


def interval(span: Span) -> tuple[float, float] | None:
    """Return the least and the greatest value that a figure can mean; None where it has none.

    >>> interval(Span("number", "600", 0, 3, 600, qualifier="at least"))
    (600.0, inf)
    """
    if not isinstance(span.value, (int, float)):
        return None
    low = float(span.value)
    high = float(span.value_max) if isinstance(span.value_max, (int, float)) else low
    hedges = set(span.qualifier.split(", "))
    if hedges & {"at least", "more than"}:
        return low, math.inf
    if hedges & {"at most", "less than", "up to"}:
        return 0.0, high
    if hedges & {"about", "estimated"}:
        return low * (1 - TOLERANCE), high * (1 + TOLERANCE)
    if "nearly" in hedges:
        return low * (1 - TOLERANCE), high
    return low, high


def compatible(one: Span, other: Span) -> bool:
    """Return whether two spans of the same kind can both be true of the same thing."""
    if one.kind == "number":
        return one.unit == other.unit and _overlap(interval(one), interval(other))
    if one.kind == "date":
        first, second = _period(one), _period(other)
        if first and second:
            return _overlap(first, second)
        return fold(one.text) == fold(other.text) or (one.value is not None and one.value == other.value)
    return _same_name(one, other) or (one.kind == "place" and may_be_nested(one.text, other.text))


def _same_name(one: Span, other: Span) -> bool:
    """Return whether two names may be one: a surname is of the full name."""
    words, others = fold(one.text).split(), fold(other.text).split()
    return words[-len(others) :] == others or others[-len(words) :] == words


def _overlap(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    return bool(one and other and one[0] <= other[1] and other[0] <= one[1])


def _period(span: Span) -> tuple[float, float] | None:
    """Return the first and the last day, as ordinals, of an ISO date that may lack its day or its month."""
    first, last = span.value, span.value_max if isinstance(span.value_max, str) else span.value
    if not isinstance(first, str) or not isinstance(last, str):
        return None
    try:
        low, high = _days(first)[0], _days(last)[1]
    except ValueError:
        return None
    return low, high


def _days(iso: str) -> tuple[float, float]:
    """Return the first and the last day, as ordinals, of "2024", "2024-10" or "2024-10-23"."""
    numbers = [int(part) for part in iso[:10].split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1).toordinal(), date(numbers[0], 12, 31).toordinal()
    if len(numbers) == 2:
        first = date(numbers[0], numbers[1], 1)
        return first.toordinal(), date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1
    day = date(*numbers).toordinal()
    return day, day


def group_claims(claims: Sequence[Claim]) -> tuple[Group, ...]:
    """Return the groups of compatible claims, oldest publication first.

    The most precise claims found groups; a vaguer one joins the largest group all of whose members it can agree with.
    """
    groups: list[list[Claim]] = []
    for claim in sorted(claims, key=_precision):
        fitting = [group for group in groups if all(_together(member, claim) for member in group)]
        if fitting:
            max(fitting, key=len).append(claim)
        else:
            groups.append([claim])
    made = [
        Group(
            texts=tuple(dict.fromkeys(claim.text for claim in group)),
            sources=tuple(claim.source for claim in group),
            published=min((claim.published for claim in group if claim.published), default=None),
            partial=group[0].partial,
            doubtful=group[0].doubtful,
            alike=all(alike(group[0].span, claim.span) for claim in group),
            speaker=next((claim.speaker for claim in group if claim.speaker), ""),
            copied=sum(claim.copied for claim in group),
            origins=len({claim.origin or -place for place, claim in enumerate(group, 1)}),
        )
        for group in groups
    ]
    return tuple(sorted(made, key=lambda group: (group.partial, group.doubtful, group.published or date.max)))


def _together(one: Claim, other: Claim) -> bool:
    same = (one.partial, one.doubtful) == (other.partial, other.doubtful)
    same = same and (not one.speaker or not other.speaker or one.speaker == other.speaker)
    return same and compatible(one.span, other.span)


def alike(one: Span, other: Span) -> bool:
    """Return whether two compatible spans cannot be told apart: the same figure, the same day, the same name.

    "At least 600" and "about 600" are the same figure; "hundreds" and 300, a country and what may lie in it are not.
    """
    if one.kind in ("number", "date"):
        return (one.value, one.value_max) == (other.value, other.value_max)
    return _same_name(one, other)


def _precision(claim: Claim) -> tuple[bool, float, int]:
    """Sort key: whole claims before partial ones, narrow intervals before wide ones, fewer hedges before more."""
    bounds = interval(claim.span) or _period(claim.span) or (0.0, 0.0)
    width = (bounds[1] - bounds[0]) / max(abs(bounds[0]), 1.0)
    return (claim.partial or claim.doubtful), width, claim.span.qualifier.count(",") + bool(claim.span.qualifier)


def judge(groups: Sequence[Group]) -> str:
    """Return "agree", "compatible", "differ", "single" or "untyped"; combined tolls do not count.

    Claims that doubtfully tell of what is asked count only where no others do, and never agree; those of one origin
    are one.
    """
    whole = counted(groups)
    if not whole:
        return "untyped"
    spoken = Counter(group.speaker for group in whole)
    if any(count > 1 for count in spoken.values()) or ("" in spoken and len(spoken) > 1):
        return "differ"
    heard = [group for group in whole if group.origins > 1]  # the figures of one speaker, which several sources give
    if not heard:  # one source, or one origin, gives the figures of several speakers; two sources give those of two
        return "single" if len({frozenset(group.sources) for group in whole}) == 1 else "differ"
    return "agree" if all(group.alike and not group.doubtful for group in heard) else "compatible"


def counted(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that are compared: no combined tolls, and doubtful ones only where there are no others."""
    whole = [group for group in groups if not group.partial]
    return [group for group in whole if not group.doubtful] or whole
