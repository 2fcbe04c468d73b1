"""Do two articles, and two of their sentences, tell of the same event? By names, countries, time and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from index.facts import Fact
from index.facts.calendar import read_calendar
from index.facts.gazetteer import nationality, places, seats
from index.facts.relations import classes
from index.facts.tables import LANGUAGES
from index.language import STOP_WORDS, fold

_NAME = re.compile(r"(?:(?<=[^\W\d_] )|(?<=[^\W\d_]-)|(?<=, )|(?<=[’']))([A-ZÀ-Þ][\w-]{2,})")
"""A capitalised word behind another word: one that opens a sentence may be any."""


_OPENER = re.compile(r"(?:^|[.!?»:]\s+|\n\s*|[“\"«]\s?)([A-ZÀ-Þ][\w-]{2,})")
"""A capitalised word that opens a sentence."""


_SHORTEST = 4
"""Letters of a name that are left at least."""


def names_of(text: str, language: str) -> frozenset[str]:
    """Return the names in a text, folded, word by word; a country is its code, whatever it is called."""
    return _read_names(_NAME.findall(text), language)


def openers_of(text: str, language: str) -> frozenset[str]:
    """Return the words that open sentences, as names: those are some that are names elsewhere."""
    return _read_names(_OPENER.findall(text), language)


def name_stem(folded: str) -> str:
    """Return a name without the vowels at its end, in which its languages differ: "geneve" and "geneva" are "genev"."""
    bare = folded.rstrip("aeiouy")
    return bare if len(bare) >= _SHORTEST else folded


def _read_names(words: Collection[str], language: str) -> frozenset[str]:
    months = read_calendar(language).names if language in LANGUAGES else frozenset[str]()
    stops = STOP_WORDS.get(language, frozenset[str]())
    found = set()
    for printed in words:
        word = fold(printed)
        code = nationality(word) or places().get(word, "") or seats().get(word, "")
        if code:
            found.add(f"={code}")
        elif word not in months and word not in stops:
            found.add(name_stem(word))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Times:
    """When a sentence says that something happened: its days, and the months and years it names without them."""

    days: tuple[tuple[int, int], ...] = ()
    """First and last day, as ordinals, of each date that is fixed."""
    months: frozenset[int] = frozenset()
    """Months without a year, from 1."""


_WORD = re.compile(r"[^\W\d_]+")

_WIDE = 31
"""Days of the longest date that may be told without a number: "this year" tells of too much."""

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


def read_times(dates: Sequence[Fact], text: str, language: str) -> Times:
    """Return when these dates of a text say that something happened."""
    days, months = [], set[int]()
    for fact in dates:
        period = days_of(fact)
        if period:
            days.append(period)
        else:
            months |= _months_named(fact, text, language)
    return Times(tuple(days), frozenset(months))


def _months_named(fact: Fact, text: str, language: str) -> set[int]:
    calendar = read_calendar(language).month_numbers
    printed = map(fold, _WORD.findall(text[fact.start : fact.end]))
    return {calendar[word] for word in printed if word in calendar}


def floating_month(fact: Fact, text: str, language: str) -> int:
    """Return the month of a date that names one and no year, where nothing fixes that; 0 for any other fact."""
    if fact.kind != "date" or fact.value is not None:
        return 0
    months = _months_named(fact, text, language)
    return months.pop() if len(months) == 1 else 0


def is_claim(when: Fact, text: str, language: str) -> bool:
    """Return whether a date says when something happened: a day, a month or a year, and not when somebody said so."""
    if not when.role.predicate or when.role.former or when.denied:
        return False
    if any("say" in classes(fold(word), language) for word in when.role.predicate):
        return False
    printed, period = text[when.start : when.end], days_of(when)
    if period is None:
        return bool(floating_month(when, text, language))
    return period[1] - period[0] <= _WIDE or any(map(str.isdigit, printed))


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
