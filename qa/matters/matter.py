"""What is a matter? What several sources say of one thing, each figure in the sentence that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from index.facts import Span
from qa.agreement import Group
from qa.answers import Citation

VERDICTS = ("differ", "denied", "revised", "agree", "compatible", "one origin")
"""What the statements of a matter make of each other, in the order in which they deserve a look."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says. Law: ``citation.quote[span.start:span.end] == span.text``, and so for who says so."""

    citation: Citation
    """The sentence that says it, and where it stands in its document."""
    span: Span
    """The figure with its value, bounds, unit, role, hedges and speaker; its offsets are into the quote."""
    origin: int
    """From 1: statements of one number are not independent, since one is a copy or one speaker makes both."""
    compared: bool = True
    """Whether it is among the claims compared: what is planned, or denied, is beside them."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing of which several sources give a figure, or say when it happened."""

    verdict: str
    """One of `VERDICTS`: "differ", "denied" (somebody says that another's figure is untrue), "revised" (a toll that
    rises from one day of publication to the next), "agree", "compatible" (one is vaguer), "one origin"."""
    about: tuple[str, ...]
    """What is counted and what happened to it, in words of one of the sources, each as printed."""
    unit: str
    """As `Span.unit`."""
    statements: tuple[Statement, ...]
    """Oldest publication first, those without a date behind them; of a sentence that many articles print, the first."""
    groups: tuple[Group, ...] = ()
    """The figures compared, those that are compatible with each other together, oldest publication first."""
    kind: str = "number"
    """ "number", or "date" where they say when something happened."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Its sources, each once, in the order of its statements."""
        return tuple(dict.fromkeys(statement.citation.source for statement in self.statements))

    @property
    def origins(self) -> int:
        """How many independent origins the figures compared have."""
        return len({statement.origin for statement in self.statements if statement.compared})
