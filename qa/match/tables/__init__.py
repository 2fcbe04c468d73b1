"""Which words of a passage announce what a question asks for, in each language? One file for each language."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from qa.match.tables.table import PassageTable

__all__ = ["PassageTable", "passage_table", "passage_tables"]


@cache
def passage_table(language: str) -> PassageTable | None:
    """Return the table of a language, None where there is none: no words announce anything there."""
    if language not in _languages():
        return None
    table: PassageTable = import_module(f"{__name__}.{language}").TABLE
    return table


@cache
def passage_tables() -> tuple[PassageTable, ...]:
    """Return the tables of all languages, in the order of their codes."""
    return tuple(table for code in _languages() if (table := passage_table(code)))


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__) if len(module.name) == 2))
