"""Which hedge does a word give its clause? By the verbs and forms that the table of its language knows."""

from __future__ import annotations

from functools import lru_cache

from index.facts.tables import table


@lru_cache(maxsize=50_000)
def mood(folded: str, language: str) -> str:
    """Return the hedge of a word: "planned", "conditional", "estimated", "denied" or ""."""
    verbs = table(language).verbs
    if folded in verbs.denials:
        return "denied"
    if folded in verbs.plans or (verbs.future.match(folded) and folded not in verbs.not_future):
        return "planned"
    if verbs.conditional.match(folded):
        return "conditional"
    return "estimated" if verbs.estimate.match(folded) else ""
