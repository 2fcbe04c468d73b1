"""What else bears on an answer of figures? Its timeline, and other figures of the same thing beside those compared.

Only the passages that were weighed for the question are looked at, and of those only what articles say that answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.facts import Fact
from qa.answers import Bearing, SourceAnswer, Telling, too_unsure
from qa.match import combined
from qa.match.words import relations_of, role_words
from qa.weighing import Weighed


def tell_in_time(sources: Sequence[SourceAnswer]) -> tuple[Telling, ...]:
    """Return the figures that sources claim, oldest publication first; none where their days do not differ.

    What is too unsure to be compared is no step.
    """
    told = [
        Telling(
            source.published,
            source.claim.text,
            source.source,
            source.passages[0].citation.number,
            source.claim.attribution.text if source.claim.attribution else "",
        )
        for source in sources
        if source.claim and source.claim.kind == "number" and source.published and not too_unsure(source)
    ]
    ordered = sorted(told, key=lambda one: (one.published or date.max, one.number))
    return tuple(ordered) if len({one.published for one in ordered}) > 1 else ()


def find_bearing(weighed: Sequence[Weighed], sources: Sequence[SourceAnswer]) -> tuple[Bearing, ...]:
    """Return the figures that stand beside an answer of figures, by what they are, in the order of the passages.

    A combined toll bears on the dead or the wounded, and what is planned on what was done: of the same thing, by the
    words of their roles.
    """
    sure = (source for source in sources if not too_unsure(source))
    claims = {source.source: source.claim for source in sure if source.claim and source.claim.kind == "number"}
    roles = [role_words(claim.role) for claim in claims.values()]
    asked = Asked(
        frozenset(claim.unit for claim in claims.values()),
        frozenset(word.fold for words in roles for word in words),
        any(relations_of(words) & {"death", "injury"} for words in roles),
    )
    found: dict[str, list[tuple[str, str]]] = {"combined": [], "planned": []}
    for passage in weighed:
        claim, text = claims.get(passage.hit.paragraph.source), passage.hit.paragraph.text
        for fact in passage.contents.facts if claim else ():
            kind, printed = asked.bears(fact), text[fact.start : fact.end]
            if claim and kind and printed != claim.text:
                found[kind].append((passage.hit.paragraph.source, printed))
    return tuple(
        Bearing(kind, tuple(dict.fromkeys(text for _, text in own)), tuple(dict.fromkeys(source for source, _ in own)))
        for kind, own in found.items()
        if own
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures of an answer count."""

    units: frozenset[str]
    words: frozenset[str]
    """The words of their roles, folded."""
    tolls: bool
    """Whether they count the dead or the wounded."""

    def bears(self, fact: Fact) -> str:
        """Return what a figure is beside them: "combined", "planned", or "" where it does not bear on them."""
        if fact.kind != "number" or fact.unit not in self.units or fact.denied or fact.role.part or fact.role.former:
            return ""
        if combined(fact):
            return "combined" if self.tolls else ""
        own = {word.fold for word in role_words(fact.role.text)}
        return "planned" if fact.hedges.planned and len(own & self.words) >= min(2, len(own)) > 0 else ""
