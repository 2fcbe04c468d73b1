"""By which words does news tell what kind of event it is of, in each language? One file for each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from qa.matters.tables import en, fr

TABLES: Mapping[str, Mapping[str, str]] = {"fr": fr.EVENTS, "en": en.EVENTS}


@lru_cache(maxsize=50_000)
def kinds_of(folded: str, language: str) -> frozenset[str]:
    """Return the kinds of event of which a folded word tells: ``kinds_of("crue", "fr") == {"flood"}``."""
    return frozenset(
        kind
        for kind, entries in TABLES.get(language, {}).items()
        for entry in entries.split()
        if (folded == entry[:-1] if entry.endswith(".") else folded.startswith(entry))
    )
