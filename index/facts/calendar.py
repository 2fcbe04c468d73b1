"""What are the months and the weekdays called? By the Unicode locale data, and as the press abbreviates them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from index.facts.tables import LANGUAGES, table
from index.language import fold


@dataclass(frozen=True, slots=True)
class Calendar:
    """The names of months and weekdays in one language."""

    months: tuple[tuple[str, int], ...]
    """Each way to print a month, abbreviations without their stop, with its number from 1."""
    weekdays: tuple[str, ...]
    """From Monday."""
    month_numbers: dict[str, int]
    """By the folded name."""
    weekday_numbers: dict[str, int]
    """By the folded name, Monday 0."""
    names: frozenset[str]
    """The folded names that are printed in full."""


@cache
def read_calendar(language: str) -> Calendar:
    """Return the names of a language with a table."""
    from babel.dates import get_day_names, get_month_names

    wide = [(str(name), int(number)) for number, name in get_month_names("wide", locale=language).items()]
    short = [(str(name).rstrip("."), n) for n, name in get_month_names("abbreviated", locale=language).items()]
    months = tuple(dict.fromkeys((*wide, *short, *table(language).dates.short_months)))
    days = get_day_names("wide", locale=language)
    weekdays = tuple(str(days[i]) for i in range(7))
    return Calendar(
        months=months,
        weekdays=weekdays,
        month_numbers={fold(name): number for name, number in months},
        weekday_numbers={fold(name): i for i, name in enumerate(weekdays)},
        names=frozenset(fold(name) for name in (*(name for name, _ in wide), *weekdays)),
    )


@lru_cache(maxsize=4_000)
def write_day(day: date, language: str) -> str:
    """Return a day as a text in this language prints it, in English where that has no table.

    >>> write_day(date(2019, 3, 5), "fr"), write_day(date(2019, 3, 5), "en")
    ('5 mars 2019', '5 March 2019')
    """
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=language if language in LANGUAGES else "en")
