"""What does this paragraph state, whatever is asked? Figures, dates, people, places."""

from __future__ import annotations

from index.facts.quotations import Quotation, quotations
from index.facts.read import spans
from index.facts.span import QUALIFIERS, Span

__all__ = ["QUALIFIERS", "Quotation", "Span", "quotations", "spans"]
