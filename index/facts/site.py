"""Where does a figure stand in its sentence, and what has been read around it so far?"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.facts.fact import Role
from index.facts.ranges import Figure
from index.facts.tokens import Token


@dataclass(slots=True)
class Site:
    """Where a figure stands: token numbers of its sentence, its neighbours and the words beside it."""

    at: int
    figure: Figure
    begin: int
    end: int
    """The next figure, or the end of the sentence."""
    stop: int
    """The end of the sentence."""
    before: int | None
    floor: int
    """The first token that is not yet taken by the figure before."""
    k: int = 0
    """The nearest word on the left, past hedges and particles; `floor` - 1 where there is none."""
    particle: str = ""
    """The last particle before the figure: "à", "de", "to"; "=" for a hedge that is a verb."""

    @property
    def measured(self) -> bool:
        """Whether the figure has a unit."""
        return bool(self.figure.unit)

    @property
    def is_age(self) -> bool:
        """Whether the figure is somebody's age."""
        return "age" in self.figure.hints

    @property
    def is_single(self) -> bool:
        """Whether the figure counts one thing."""
        return self.figure.value == 1 and self.figure.value_max is None


@dataclass(slots=True)
class FigureReading:
    """What was read around one figure."""

    head: list[Token] = field(default_factory=list)
    predicate: list[Token] = field(default_factory=list)
    things: list[Token] = field(default_factory=list)
    """The nouns of the head that name what is counted: what a later "40 autres" takes over."""
    qualifiers: set[str] = field(default_factory=set)
    part: str = ""
    """ "dont" or "including" where the figure is a part of the one before it."""
    active: list[Token] = field(default_factory=list)
    """The verb before the figure, which a coordinated figure shares: "sent 300 soldiers and 20 tanks"."""
    pronominal: bool = False
    """Whether a pronoun stands for what is counted: "elle n'en reconnaît que 45", "it stood at 97"."""
    unit: str = ""
    """Its unit, which it may take over: "dont 3,9 milliards" after a sum in euros."""
    before: str = ""
    """ "from", "de" or "contre" where the figure is what there was before a change."""
    reach: int = 0
    """The token after the words that were read to the right of the figure."""

    def role(self) -> Role:
        """Return the role: the part mark, the head, the predicate, each word once."""
        head = {token.start: _printed(token) for token in self.head}
        predicate = {token.start: _printed(token) for token in self.predicate if token.start not in head}
        return Role(tuple(head.values()), tuple(predicate.values()), self.part, self.before)


def _printed(token: Token) -> str:
    return f"{token.text[:-1]}’" if token.text.endswith(("’", "'")) else token.text
