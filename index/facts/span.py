"""What is a span, and how are its hedges called?"""

from __future__ import annotations

from dataclasses import dataclass

QUALIFIERS = {
    "at least": "the true value is that or higher: au moins, pas moins de, at least, no fewer than, 300 or more",
    "more than": "the true value is higher: plus de, au-delà de, more than, over",
    "at most": "the true value is that or lower: au plus, au maximum, at most, no more than",
    "less than": "the true value is lower: moins de, fewer than, under",
    "up to": "an upper end, often of several cases: jusqu'à, up to, as many as",
    "about": "close to, on either side: environ, quelque, une centaine, about, around, some 300",
    "nearly": "close to, from below: près de, presque, nearly, almost",
    "estimated": "somebody's estimate: estimé à, selon des estimations, an estimated 300",
    "vague": "a quantity without a number, given by its bounds: des centaines, several thousand",
    "conditional": "reported without being vouched for: auraient été tués, reportedly, may have died",
    "planned": "not done yet, foreseen or possible: devraient, pourrait atteindre, d'ici décembre, will, is "
    "expected to",
    "denied": "somebody says that it is untrue, or the sentence itself does: dément que, n'a pas tué 300 personnes",
}
"""The fixed vocabulary of `Span.qualifier`, in the order in which it is joined, with what each word says."""


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
    """What the number counts and what happened to it, in the words of the text: "marins norvégiens tués"."""
    qualifier: str = ""
    """The hedges, in a fixed vocabulary, joined by ", ": "about, conditional". See `QUALIFIERS`."""
    attribution: Span | None = None
    """Who says so, when the text gives it."""


def joined(qualifiers: set[str]) -> str:
    """Return these hedges as `Span.qualifier` has them: {"conditional", "about"} is "about, conditional"."""
    return ", ".join(name for name in QUALIFIERS if name in qualifiers)
