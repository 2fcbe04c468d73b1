"""Which words of this passage answer that kind of question? Figures, dates, people, places; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a quote that answer a kind of question. Law: ``quote[start:end] == text``."""

    kind: str
    """ "number", "date", "person" or "place"; "speaker" for an attribution, "quotation" for words reported."""
    text: str
    start: int
    end: int
    value: float | str | None = None
    """A number's value, or the lower bound of a range or vague quantity; a date in ISO 8601; else None."""
    value_max: float | str | None = None
    """The upper bound of a range or of a vague quantity; None for a single value."""
    unit: str = ""
    """"%", a currency code, or a unit of measure, as standardised; "" for a plain count."""
    role: str = ""
    """What the number counts and what happened to it, in the words of the text: "soldats nord-coréens tués"."""
    qualifier: str = ""
    """The hedges, in a fixed vocabulary, joined by ", ": "about, conditional". See `QUALIFIERS`."""
    attribution: Span | None = None
    """Who says so, when the text gives it."""
