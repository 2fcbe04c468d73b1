"""Which words of this passage answer that kind of question? Figures, dates, people, places; pure."""

from __future__ import annotations

from qa.extraction.reading import spans
from qa.extraction.span import QUALIFIERS, Span

__all__ = ["QUALIFIERS", "Span", "spans"]
