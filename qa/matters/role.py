"""Do two figures count the same thing, to which the same happened?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.facts import Fact
from index.facts.relations import CHANGES, HUMAN, OUTCOMES, classes
from index.facts.tables import table
from index.facts.units import KINDS
from index.language import fold
from qa.match.happened import combined
from qa.match.words import NEGATING
from qa.senses import Sense, content_words, is_generic, said, sense_of

STAYING = ("stationn", "cantonn", "bas", "mass", "garrison", "encamp")
"""How verbs begin that tell where somebody is, where the relation "send" holds those that tell who went there too."""

PRICED = frozenset({"cost"})
"""Relations that a figure with a currency has of itself."""

MEASURED = frozenset[str]().union(*(KINDS[kind] for kind in ("area", "weight", "volume", "energy")))
"""Units of which an article seldom tells the same figure twice: "3 400 hectares" burned, or run through by a fire."""

TOLLS = OUTCOMES | {"infection", "destroy", "damage", "send"}
"""What only adds up while it is counted: a higher figure on a later day is the same toll, counted on."""


@dataclass(frozen=True)
class Counted:
    """What a figure counts, read for comparison."""

    unit: str
    fates: frozenset[str]
    """What befell people; several together are "both"."""
    heads: tuple[Sense, ...]
    """What is counted, without nationalities and what befell them."""
    acts: tuple[Sense, ...]
    """What happened to it."""
    changes: frozenset[str]
    """Whether it is by how much something rose or fell."""
    nations: frozenset[str]
    generic: bool
    """Whether it says that people of any kind are counted."""
    part: bool = False
    """Whether it is a part of a figure before it: "dont trois enfants"."""
    none: bool = False
    """Whether a word of its role denies: "sans nouvelles de 17 habitants"."""

    @cached_property
    def words(self) -> tuple[Sense, ...]:
        """All that it says."""
        return (*self.heads, *self.acts)

    @cached_property
    def relations(self) -> frozenset[str]:
        """The relations of its words."""
        return frozenset[str]().union(*(word.relations for word in self.words))

    @property
    def tells(self) -> bool:
        """Whether it says what is counted, or what happened to it."""
        return bool(self.fates or self.words)

    @property
    def adds_up(self) -> bool:
        """Whether its figure can only grow while it is counted."""
        return not self.unit and bool(self.fates or self.relations & TOLLS)


def read_counted(fact: Fact, language: str) -> Counted | None:
    """Return what a figure counts, or what happens on a date; None where it is something else than a claim of its own.

    An age and what there was before a change are none.
    """
    role = fact.role
    if fact.kind == "date":
        acts = content_words(role.predicate, language)
        return Counted("date", frozenset(), (), acts, frozenset(), frozenset(), False)
    if role.is_age or role.former:
        return None
    heads, acts = content_words(_without_toll(role.head, language), language), content_words(role.predicate, language)
    words = (*heads, *acts)
    fates = _fates(words, combined(fact))
    printed = [word for word in (*role.head, *role.predicate) if word[:1].isupper()]
    named = frozenset(word.fold for word in content_words(printed, language) if not word.relations)
    told = [word for word in words if not (word.relations & (OUTCOMES | CHANGES) or word.country or is_generic(word))]
    every = [sense_of(word, language).relations for word in (*role.head, *role.predicate)]
    return Counted(
        unit=fact.unit,
        fates=fates,
        heads=tuple(word for word in heads if word in told and word.fold not in named),
        acts=tuple(word for word in acts if word in told and word.fold not in named),
        changes=frozenset[str]().union(*every) & CHANGES,
        nations=frozenset(word.country for word in words if word.country),
        generic=any(map(is_generic, words)),
        part=bool(role.part),
        none=any(word.lower() in NEGATING for word in (*role.head, *role.predicate)),
    )


def _without_toll(head: Sequence[str], language: str) -> Sequence[str]:
    """Return what is counted without what took its toll: "21 morts", "le bilan des inondations"."""
    if not any(fold(word) in table(language).asked for word in head):
        return head
    return [word for word in head if classes(fold(word), language) & HUMAN]


def _fates(words: Sequence[Sense], both: bool) -> frozenset[str]:
    found = frozenset[str]().union(*(word.relations & OUTCOMES for word in words))
    return frozenset({"both"}) if both else found


def same_role(one: Counted, other: Counted) -> str:
    """Return "plain" where two roles say the same, "near" where only their figures can tell, "" where they do not."""
    if one.unit != other.unit or one.fates != other.fates:
        return ""
    if one.nations and other.nations and not one.nations & other.nations:
        return ""
    if one.changes != other.changes:
        return ""
    if one.fates:
        return "" if _rivals(one, other) else _same_people(one, other)
    if not _counts_alike(one, other):
        return "near" if one.unit in MEASURED else ""
    if _happened_alike(one, other):
        return "plain" if stays(one) == stays(other) else "near"
    known = [frozenset[str]().union(*(word.relations for word in side.acts)) for side in (one, other)]
    return "" if known[0] and known[1] and not known[0] & known[1] else "near"


def _rivals(one: Counted, other: Counted) -> bool:
    """Return whether each says what the other does not: "cas de choléra", "cas de rougeole"."""
    apart = [[w for w in a.words if not said(w, b.words)] for a, b in ((one, other), (other, one))]
    return bool(apart[0] and apart[1]) and not (one.fates and all(w in one.acts for w in apart[0]))


def _same_people(one: Counted, other: Counted) -> str:
    """Return how alike two roles are that tell the same fate: "12 personnes" are no "trois pompiers"."""
    for a, b in ((one, other), (other, one)):
        if a.heads and not any(said(word, b.words) for word in a.heads):
            return "" if b.generic or b.heads else "near"
    return "plain"


def _counts_alike(one: Counted, other: Counted) -> bool:
    """Return whether one noun says what another does, and neither has a rival: no "rougeole" for "choléra"."""
    for a, b in ((one, other), (other, one)):
        if a.heads and not any(said(word, b.words) for word in a.heads):
            return False
    apart = [[w for w in a.heads if not said(w, b.words)] for a, b in ((one, other), (other, one))]
    return bool(one.words and other.words) and not (apart[0] and apart[1])


def _happened_alike(one: Counted, other: Counted) -> bool:
    """Return whether what happened is told alike, by one of them at least in a word of both."""
    if _rivals(one, other):
        return False
    for a, b in ((one, other), (other, one)):
        acts = [w for w in a.acts if not (a.unit and w.relations and w.relations <= PRICED)]
        if acts and not any(said(word, b.words) for word in acts):
            return False
    return True


def stays(counted: Counted) -> bool:
    """Return whether it counts those who are somewhere, and not those who went there."""
    return any(word.fold.startswith(STAYING) for word in counted.acts)
