"""What is a question? What was asked, read once: what kind of answer, of whom, when and where it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.facts.span import Span
from index.language import Term
from index.records import Alternatives
from index.search import Query

KINDS = ("number", "date", "person", "place", "reason", "quotation", "yes-no", "passage")

TYPED = ("number", "date", "person", "place")
"""The kinds of question that a span answers."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What a question says beside what it asks for, by words that its language's table lists."""

    sayers: frozenset[str] = frozenset()
    """Who should say so, folded words cut to five letters, since the endings of names vary between languages."""
    foreseen: bool = False
    """Whether it asks for what has not happened yet."""
    counts: bool = False
    """Whether it asks how many there are of something rather than how great something is."""
    negated: bool = False
    """Whether it denies what it asks for, as "how many did not vote?"."""
    denied: bool = False
    """Whether it asks for yes or no with a word that denies: "has nobody resigned?"."""
    denies: bool = False
    """Whether it asks if something was denied: "did the mayor deny it?"."""
    owners: frozenset[Term] = frozenset()
    """The words behind "of": "the brother of the minister"."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, read once; the offsets of terms and spans are into `text`."""

    text: str
    """As it is understood: as typed, completed from the conversation."""
    language: str
    kind: str
    """One of `KINDS`."""
    query: Query
    """The same as the index sees it: its content words with their weighted alternatives."""
    unit: str = ""
    """"money", "percent", "age", "duration", "distance" ... (the keys of `units.KINDS`), "" for a plain count."""
    role: tuple[Term, ...] = ()
    """All its content words save names, dates and the words that only ask."""
    head: tuple[Term, ...] = ()
    """What is counted, or sought: "marins norvégiens"."""
    predicate: tuple[Term, ...] = ()
    """What happened to it: "tués"."""
    circumstances: tuple[Term, ...] = ()
    """What surrounds that, behind a preposition: "in the earthquake"."""
    names: tuple[Span, ...] = ()
    """The people whom it names."""
    places: tuple[Span, ...] = ()
    times: tuple[Span, ...] = ()
    speaker: Span | None = None
    """Of whom it asks what was said."""
    cues: Cues = field(default_factory=Cues)
    likely: Mapping[str, float] = field(default_factory=dict)
    """How likely it asks for each kind, where no word that asks says so: the kind is then to be settled by what is
    found. Empty where one does."""
    asked: str = ""
    """As typed; `text` says what it means after the questions before it."""
    sources: tuple[str, ...] | None = None
    """The sources to which the asker restricts it: "and in the second source?"."""

    @property
    def alternatives(self) -> Mapping[str, Alternatives]:
        """For each stem its weighted alternatives: ``{"die": [("en:die", 1.0), ("fr:mort", 0.5)]}``."""
        return dict(zip(self.query.stems, self.query.terms, strict=False))

    def word(self, term: Term) -> str:
        """Return a term as printed."""
        return self.text[term.start : term.end]
