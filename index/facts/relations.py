"""Which words of news say the same thing? Relations of folded words, each table holding those of its language.

A relation holds what may stand for one another when a figure's role is compared with a question: nouns and verbs alike
("tués", "décès", "death toll"). It completes stems, translations and the encoder's word similarity; it replaces none.
"""

from __future__ import annotations

from functools import cache, lru_cache

from index.facts.tables import table

OUTCOMES = frozenset(
    {"death", "injury", "casualties", "missing", "capture", "hostage", "displaced", "rescue", "hospital", "recover"}
)
"""What may have befallen people: a role with one of these does not answer a question about another."""

GENERIC = frozenset({"person", "inhabitant"})
"""Words for people of any kind."""
HUMAN = GENERIC | {"soldier", "child", "student", "migrant", "passenger", "job", "death", "injury"}
CHANGES = frozenset({"rise", "fall"})


@cache
def _entries(language: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the relations of whole words, and those of words that begin so."""
    whole: dict[str, set[str]] = {}
    begin: dict[str, set[str]] = {}
    for name, entries in table(language).relations.items():
        for entry in entries.split():
            (whole if entry.endswith(".") else begin).setdefault(entry.rstrip("."), set()).add(name)
    return {k: frozenset(v) for k, v in whole.items()}, {k: frozenset(v) for k, v in begin.items()}


def asked_classes(folded: str, language: str) -> frozenset[str]:
    """Return the relations of a word of a question, where "le bilan" asks for the dead."""
    asked = table(language).asked.get(folded)
    return classes(folded, language) | ({asked} if asked else frozenset())


@lru_cache(maxsize=50_000)
def classes(folded: str, language: str) -> frozenset[str]:
    """Return the relations that a folded word may belong to: ``classes("tues", "fr") == {"death"}``."""
    whole, begin = _entries(language)
    found = whole.get(folded, frozenset())
    if folded in table(language).not_related:
        return found
    for length in range(3, len(folded) + 1):
        found |= begin.get(folded[:length], frozenset())
    return found
