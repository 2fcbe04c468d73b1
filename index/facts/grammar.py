"""Is this word a verb, and does it hedge its clause? By the forms that the table of its language knows."""

from __future__ import annotations

from functools import lru_cache

from index.facts.tables import LANGUAGES, table
from index.facts.tables.en.verbs import is_past as _is_past
from index.facts.tables.fr.verbs import is_participle

__all__ = ["DENIALS", "is_finite", "is_participle", "is_past", "is_verb", "mood"]

DENIALS = {code: table(code).verbs.denials for code in LANGUAGES}


def is_finite(text: str, folded: str, language: str) -> bool:
    """Return whether the word is, by its form, a verb with a tense of its own (French) or a past or -ing (English)."""
    return table(language).verbs.is_finite(text, folded)


def is_past(folded: str) -> bool:
    """Return whether an English word is a past tense or participle by its form."""
    return _is_past(folded, folded)


def is_verb(text: str, folded: str, language: str) -> bool:
    """Return whether the word can govern a figure: also present tenses, infinitives and participles."""
    return table(language).verbs.is_verb(text, folded)


@lru_cache(maxsize=50_000)
def mood(folded: str, language: str) -> str:
    """Return which hedge a word of the clause gives: "planned", "conditional", "estimated", "denied" or ""."""
    verbs = table(language).verbs
    if folded in verbs.denials:
        return "denied"
    if folded in verbs.plans or (verbs.future.match(folded) and folded not in verbs.not_future):
        return "planned"
    if verbs.conditional.match(folded):
        return "conditional"
    return "estimated" if verbs.estimate.match(folded) else ""
