"""Which languages are facts read in, and what is known of each? One folder for each: a third language is one more."""

from __future__ import annotations

from index.facts.tables import en, fr
from index.facts.tables.table import Table

_TABLES = {"fr": fr.TABLE, "en": en.TABLE}
LANGUAGES = tuple(_TABLES)
"""The languages that there are tables for; a passage in another one is read without facts."""


def is_closed(folded: str) -> bool:
    """Return whether this is a function word of any of the languages."""
    return any(folded in own.grammar.closed for own in _TABLES.values())


def table(language: str) -> Table:
    """Return the table of a language; raises KeyError for a language without one (see `LANGUAGES`)."""
    return _TABLES[language]
