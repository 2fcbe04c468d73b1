"""Which words of a question ask, in each language? One file for each language, named by its ISO 639-1 code."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from qa.question.tables.table import FollowUp, QuestionTable

__all__ = ["FollowUp", "QuestionTable", "question_table", "question_tables"]


@cache
def question_table(language: str) -> QuestionTable | None:
    """Return the table of a language, None where there is none: a question in it is then read by no rules."""
    if language not in _languages():
        return None
    table: QuestionTable = import_module(f"{__name__}.{language}").TABLE
    return table


@cache
def question_tables() -> tuple[QuestionTable, ...]:
    """Return the tables of all languages, in the order of their codes."""
    return tuple(table for code in _languages() if (table := question_table(code)))


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__) if len(module.name) == 2))
