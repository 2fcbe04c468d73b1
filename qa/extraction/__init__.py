"""Which words of this passage answer that kind of question? Figures, dates, people, places; pure."""

from __future__ import annotations

from qa.extraction.matching import circumstances_told, combined, role_score
from qa.extraction.polarity import polarity
from qa.extraction.questions import TYPED, Asked, asked
from qa.extraction.quotations import Quotation, quotations
from qa.extraction.reading import spans
from qa.extraction.span import QUALIFIERS, Span
from qa.extraction.wordmatch import Similar, best_match

__all__ = [
    "QUALIFIERS", "TYPED", "Asked", "Quotation", "Similar", "Span", "asked", "best_match", "circumstances_told",
    "combined", "polarity", "quotations", "role_score", "spans",
]  # fmt: skip
