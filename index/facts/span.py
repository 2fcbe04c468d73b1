"""What is a span: a fact as an answer prints it, with its role and its hedges as words?"""

from __future__ import annotations

from dataclasses import dataclass

from index.facts.fact import DENIED, Extent, Fact, Value

QUALIFIERS = (
    "at least", "more than", "at most", "less than", "up to", "about", "nearly", "estimated", "vague", "conditional",
    "planned", DENIED,
)  # fmt: skip
"""The fixed vocabulary of `Span.qualifier`, in the order in which it is joined; `Hedges` says what each means."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a quote that answer a kind of question. Law: ``quote[start:end] == text``."""

    kind: str
    """ "number", "date", "person" or "place"; "speaker" for an attribution, "quotation" for words reported, "words" for
    what answers and is none of these."""
    text: str
    start: int
    end: int
    value: Value = None
    """As `Fact.value`."""
    value_max: Value = None
    unit: str = ""
    role: str = ""
    """What the number counts and what happened to it, in the words of the text: "marins norvégiens tués"."""
    qualifier: str = ""
    """The hedges, in a fixed vocabulary, joined by ", ": "about, conditional". See `QUALIFIERS`."""
    attribution: Span | None = None
    """Who says so, when the text gives it."""


def span_of(fact: Fact, text: str) -> Span:
    """Return a fact as it is printed in its text."""
    names = (*fact.hedges.names, *((DENIED,) if fact.denied else ()))
    return Span(
        kind=fact.kind,
        text=text[fact.start : fact.end],
        start=fact.start,
        end=fact.end,
        value=fact.value,
        value_max=fact.value_max,
        unit=fact.unit,
        role=fact.role.text,
        qualifier=", ".join(names),
        attribution=speaker_span(fact.speaker, text) if fact.speaker else None,
    )


def speaker_span(speaker: Extent, text: str) -> Span:
    """Return who says something as it is printed in its text."""
    return Span("speaker", text[speaker.start : speaker.end], speaker.start, speaker.end)
