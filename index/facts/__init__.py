"""What does this paragraph state, whatever is asked? Figures, dates, people, places."""

from __future__ import annotations

from index.facts.fact import Extent, Fact, Hedges, Role
from index.facts.read import read_facts, spans
from index.facts.span import QUALIFIERS, Span, span_of
from index.facts.tables import LANGUAGES

__all__ = [
    "LANGUAGES", "QUALIFIERS", "Extent", "Fact", "Hedges", "Role", "Span", "read_facts",
    "span_of", "spans",
]  # fmt: skip
