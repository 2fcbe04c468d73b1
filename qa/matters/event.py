"""Do two articles, and two of their sentences, tell of the same event? By names, countries, time and words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from index.facts import Fact
from index.facts.calendar import read_calendar
from index.facts.gazetteer import nationality, places, seats
from index.facts.tables import LANGUAGES
from index.language import STOP_WORDS, fold

_NAME = re.compile(r"(?:(?<=[^\W\d_] )|(?<=[^\W\d_]-)|(?<=, )|(?<=[’']))([A-ZÀ-Þ][\w-]{2,})")
"""A capitalised word behind another word: one that opens a sentence may be any."""


def names_of(text: str, language: str) -> frozenset[str]:
    """Return the names in a text, folded, word by word; a country is its code, whatever it is called."""
    months = read_calendar(language).names if language in LANGUAGES else frozenset[str]()
    stops = STOP_WORDS.get(language, frozenset[str]())
    found = set()
    for printed in _NAME.findall(text):
        word = fold(printed)
        code = nationality(word) or places().get(word, "") or seats().get(word, "")
        if code:
            found.add(f"={code}")
        elif word not in months and word not in stops:
            found.add(word)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Times:
    """When a sentence says that something happened: its days, and the months and years it names without them."""

    days: tuple[tuple[int, int], ...] = ()
    """First and last day, as ordinals, of each date that is fixed."""
    months: frozenset[int] = frozenset()
    """Months without a year, from 1."""


APART = 10
"""Days between two dates of sentences from which on they are those of different events."""


def apart(one: Times, other: Times) -> bool:
    """Return whether two sentences name different times."""
    if one.days and other.days:
        gap = min(max(a[0] - b[1], b[0] - a[1]) for a in one.days for b in other.days)
        return gap > APART
    months = [t.months | {month for first, last in t.days for month in _months(first, last)} for t in (one, other)]
    return bool(months[0] and months[1] and (one.months or other.months) and not months[0] & months[1])


def _months(first: int, last: int) -> Collection[int]:
    if last - first > 62:
        return ()
    return {date.fromordinal(day).month for day in (first, last)}


def days_of(fact: Fact) -> tuple[int, int] | None:
    """Return the first and the last day, as ordinals, of a date that is fixed; None for one that is not."""
    last = fact.value_max if isinstance(fact.value_max, str) else fact.value
    if not isinstance(fact.value, str) or not isinstance(last, str):
        return None
    try:
        return _edges(fact.value)[0], _edges(last)[1]
    except ValueError:
        return None


def _edges(iso: str) -> tuple[int, int]:
    """Return the first and the last day of "2024", "2024-10" or "2024-10-23"."""
    year, *rest = (int(part) for part in iso[:10].split("-"))
    if not rest:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if len(rest) == 1:
        after = date(year + rest[0] // 12, rest[0] % 12 + 1, 1)
        return date(year, rest[0], 1).toordinal(), after.toordinal() - 1
    day = date(year, rest[0], rest[1]).toordinal()
    return day, day
