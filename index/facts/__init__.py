"""What does this paragraph state, whatever is asked? Figures, dates, people, places."""

from __future__ import annotations

from index.facts.fact import Extent, Fact, Hedges, Role
from index.facts.quotations import Quotation, quotations
from index.facts.read import LANGUAGES, read_facts, spans
from index.facts.span import QUALIFIERS, Span, span_of

__all__ = [
    "LANGUAGES", "QUALIFIERS", "Extent", "Fact", "Hedges", "Quotation", "Role", "Span", "quotations", "read_facts",
    "span_of", "spans",
]  # fmt: skip
