"""How are the lists of a table written? As text, one space or line end between two words."""

from __future__ import annotations

import re

Words = frozenset[str]
"""Words as `tokens.fold_word` folds them."""

NEVER = re.compile(r"(?!)")
"""The pattern of a language that has no such thing: it matches nothing."""


def words(text: str) -> Words:
    """Return the words of a list."""
    return frozenset(text.split())


def pattern(*parts: str) -> re.Pattern[str]:
    """Return a pattern, written in parts, that does not look at case."""
    return re.compile("".join(parts), re.IGNORECASE)
