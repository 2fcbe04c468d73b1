"""What is a fact: a figure, a date, a person or a place, with what the text around it says of it?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from index.facts.tables import LANGUAGES, table

Value = float | str | None
"""A number, or a date in ISO 8601."""

AGED = tuple(table(code).roles.aged_mark for code in LANGUAGES)
"""The marks of `Role.part` that make a figure an age."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where words stand in a text: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Role:
    """What a figure counts and what happened to it, in the words of the text, each once.

    Of a date, a person or a place: the content words of its clause, all of them in `predicate`.
    """

    head: tuple[str, ...] = ()
    """What is counted: ("marins", "norvégiens")."""
    predicate: tuple[str, ...] = ()
    """What happened to it: ("tués",)."""
    part: str = ""
    """ "dont" or "including" where the figure is a part of one before it; "âgé" or "aged" where it is an age."""
    former: str = ""
    """ "de", "from" or "contre" where the figure is what there was before a change."""

    @property
    def is_age(self) -> bool:
        """Whether the figure is somebody's age."""
        return self.part in AGED

    @property
    def text(self) -> str:
        """The role as one line: "dont marins norvégiens tués".

        >>> Role(("chefs", "d’", "état"), ("élus",), part="dont").text
        'dont chefs d’état élus'
        """
        words = " ".join((*self.head, *self.predicate)).replace("’ ", "’")
        return " ".join(part for part in (self.part, words, self.former) if part)


@dataclass(frozen=True, slots=True)
class Hedges:
    """How surely, and within which bounds, a figure is given; each as the text or its clause says it."""

    at_least: bool = False
    """The true value is that or higher: au moins, pas moins de, at least, no fewer than, 300 or more."""
    more_than: bool = False
    """The true value is higher: plus de, au-delà de, more than, over."""
    at_most: bool = False
    """The true value is that or lower: au plus, au maximum, at most, no more than."""
    less_than: bool = False
    """The true value is lower: moins de, fewer than, under."""
    up_to: bool = False
    """An upper end, often of several cases: jusqu'à, up to, as many as."""
    about: bool = False
    """Close to, on either side: environ, quelque, une centaine, about, around, some 300."""
    nearly: bool = False
    """Close to, from below: près de, presque, nearly, almost."""
    estimated: bool = False
    """Somebody's estimate: estimé à, selon des estimations, an estimated 300."""
    vague: bool = False
    """A quantity without a number, given by its bounds: des centaines, several thousand."""
    conditional: bool = False
    """Reported without being vouched for: auraient été tués, reportedly, may have died."""
    planned: bool = False
    """Not done yet, foreseen or possible: devraient, pourrait atteindre, d'ici décembre, will, is expected to."""

    @staticmethod
    def of(names: Collection[str]) -> Hedges:
        """Return the hedges of these names ("at least", "planned"); "denied" is the fact's own and left out here.

        Raises TypeError for a name that is none.
        """
        return Hedges(**{name.replace(" ", "_"): True for name in names if name != DENIED})

    @property
    def names(self) -> tuple[str, ...]:
        """Their names in the order of the fields: ("about", "conditional")."""
        return tuple(f.name.replace("_", " ") for f in fields(self) if getattr(self, f.name))


DENIED = "denied"
"""What `Span.qualifier` says of a fact that somebody, or the sentence itself, says is untrue: "dément que"."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a text states. Law: ``text[start:end]`` is what is printed."""

    kind: str
    """ "number", "date", "person" or "place"."""
    start: int
    end: int
    value: Value = None
    """A number's value, or the lower bound of a range or vague quantity; a date in ISO 8601; else None."""
    value_max: Value = None
    """The upper bound of a range or of a vague quantity; None for a single value."""
    unit: str = ""
    """ "%", a currency code, or a unit of measure, as standardised; "" for a plain count."""
    role: Role = Role()
    hedges: Hedges = Hedges()
    speaker: Extent | None = None
    """Who says so, when the text gives it."""
    denied: bool = False
    """Whether the text says that it is untrue."""
