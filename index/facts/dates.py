"""Which words are dates, and which day, month or year do they mean?

Values are ISO 8601 (``2024-10-23``, ``2024-10``, ``2024``); a date that the text alone does not fix is resolved from
the day of publication, and kept as printed, without a value, where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from index.facts.calendar import read_calendar
from index.facts.fact import Fact
from index.facts.literals import spelled
from index.facts.openings import match_openings
from index.facts.tables import table
from index.facts.tables.names import Dates
from index.language import fold

_YEAR = r"(?:1[4-9]\d\d|20\d\d)(?!\d|[.,\u00a0\u202f' ]\d{3}(?!\d))"
_NUMERIC = (
    r"(?P<iso>(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-]))"
    r"|(?P<numeric>(?<![\d/.])(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?:0?[1-9]|[12]\d|3[01])(?P=mark)(?:(?:19"
    r"|20)\d\d|\d\d)(?![\d/]))"
)
_CLOCK = r"(?P<clock>(?<![\d:.,/])(?:[01]?\d|2[0-4])(?:{clock})(?![\w:]))"
_YEARS = (
    rf"(?P<years>(?<![\w.,/-]){_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)(?![\w-]|\s?(?:[mt%€]|km|kg|ha)\b))"
    rf"|(?P<year>(?<![\w.,/$€£-])(?:(?:{{cues}})[ -])?{_YEAR}(?![\w/%€$]|-\w|[.,]\d))"
)
_DATE = rf"(?<!\w)(?=[\dA-Za-zéÉ])(?:{_NUMERIC}|{_CLOCK}|{{kinds}}|{_YEARS})"
_SPAN_DAYS = {"day": 1, "week": 7}

Groups = dict[str, str]
"""What the groups of a date's pattern found, without those that found nothing."""
Resolved = tuple[str | None, str | None]
"""The ISO value of a date, and the last day, month or year where it is a range."""


@dataclass(frozen=True, slots=True)
class _Day:
    """What a date is resolved by: the language that it is printed in, and when the text was published."""

    language: str
    words: Dates
    published: date | None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of the dates of a language, its months and weekdays filled in."""
    words, calendar = table(language).dates, read_calendar(language)
    months = _alternatives([name for name, _ in calendar.months])
    filled = {
        "{kinds}": words.kinds,
        "{month}": f"(?-i:{months})" if words.capital_months else months,
        "{weekday}": _alternatives(calendar.weekdays),
        "{year}": _YEAR,
        "{number}": _alternatives(words.numbers),
        "{clock}": words.clock,
        "{cues}": words.year_cues,
    }
    pattern = _DATE
    for name, part in filled.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words that a date may begin with, in lower case."""
    words, calendar = table(language).dates, read_calendar(language)
    names = (*(name for name, _ in calendar.months), *calendar.weekdays)
    return words.openers.union(name.lower() for name in names)


def read_dates(text: str, language: str, *, published: date | None = None) -> list[Fact]:
    """Return the dates, years and clock times of a text, in reading order, a bare year only where it is one."""
    day = _Day(language, table(language).dates, published)
    found = []
    for match in match_openings(text, _pattern(language), _openers(language)):
        if text[match.end() : match.end() + 1].isalnum():
            continue
        groups = {name: printed for name, printed in match.groupdict().items() if printed}
        if not _is_plausible(text, match, groups, day):
            continue
        start, end = _trimmed(match, groups, day.words)
        value, value_max = _resolve(groups, day)
        found.append(Fact("date", start, end, value, value_max))
    return found


def _trimmed(match: re.Match[str], groups: Groups, words: Dates) -> tuple[int, int]:
    """Return the offsets without the bare preposition or article that only served as a cue."""
    start, end = match.span()
    if "cue" in groups:
        start = match.end("cue") + 1
    elif match.group().lower().startswith(words.the):
        start += len(words.the[0])
    return start, end - (1 if match.group().endswith(".") and "clock" not in groups else 0)


def _is_plausible(text: str, match: re.Match[str], groups: Groups, day: _Day) -> bool:
    """Return whether a match that could be something else (2000 people, the verb "may") is a date."""
    words = day.words
    if "year" in groups:
        before = text[max(0, match.start() - 16) : match.start()]
        if words.hedged.search(before):
            return False
        return bool(words.cued.search(before)) or not words.counted.match(text, match.end())
    if "years" in groups:
        first, second = re.findall(r"\d+", match.group())
        return int(second) > int(first) or (len(second) == 2 and int(second) == (int(first) + 1) % 100)
    if "month" in groups:
        cued = groups.keys() & {"by", "cue", "part", "my", "rel"}
        return bool(cued) or fold(groups["mm"]) not in words.ambiguous
    return True


def _resolve(groups: Groups, day: _Day) -> Resolved:
    """Return the ISO value (and the last day, month or year of a range) of a matched date."""
    for name, resolver in _RESOLVERS.items():
        if name in groups:
            try:
                return resolver(groups, day)
            except ValueError:  # the 31st of February
                return None, None
    return None, None


def _month(name: str, day: _Day) -> int:
    return read_calendar(day.language).month_numbers[fold(name)]


def _day_of_month(printed: str) -> int:
    return int(re.sub(r"\D", "", printed))


def _dated(year: str | None, month: int, number: int, published: date | None) -> str | None:
    """Return the ISO day; without a year, the one nearest to publication."""
    if year is not None:
        return date(int(year), month, number).isoformat()
    date(2024, month, number)
    if published is None:
        return None
    years = range(published.year - 1, published.year + 2)
    near = [date(y, month, number) for y in years if number < 29 or month != 2]
    return min(near, key=lambda d: abs((d - published).days)).isoformat() if near else None


def _full(g: Groups, day: _Day) -> Resolved:
    month, number = g.get("m") or g["im"], g.get("d") or g["id"]
    return _dated(g.get("y") or g.get("iy"), _month(month, day), _day_of_month(number), day.published), None


def _days(g: Groups, day: _Day) -> Resolved:
    last = _month(g.get("m2") or g.get("em") or g["m0"], day)
    first = _month(g["m0"], day) if "m0" in g else last
    year = g.get("y2") or g.get("ey")
    start, end = _day_of_month(g.get("d1") or g["e1"]), _day_of_month(g.get("d2") or g["e2"])
    return _dated(year, first, start, day.published), _dated(year, last, end, day.published)


def _numeric(g: Groups, day: _Day) -> Resolved:
    a, b, year = (int(part) for part in re.split(r"[/.]", g["numeric"]))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if not day.words.day_first and a <= 12 and b <= 12 and a != b:
        return None, None  # month first in America and day first elsewhere: the text alone does not tell
    month_first = b > 12 or (not day.words.day_first and g["mark"] == "/" and a <= 12)
    number, month = (b, a) if month_first else (a, b)
    return date(year, month, number).isoformat(), None


def _clock(g: Groups, day: _Day) -> Resolved:
    parts = re.findall(r"\d+", g["clock"])
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    afternoon = re.search(r"p\.?m", g["clock"], re.IGNORECASE)
    morning = re.search(r"a\.?m", g["clock"], re.IGNORECASE)
    hour = hour + 12 if afternoon and hour < 12 else 0 if morning and hour == 12 else hour
    return f"T{hour % 24:02d}:{minute:02d}", None


def _month_only(g: Groups, day: _Day) -> Resolved:
    month, words, published = _month(g["mm"], day), day.words, day.published
    if "my" in g:
        return f"{g['my']}-{month:02d}", None
    if published is None:
        return None, None
    relation = g.get("rel", "").lower()
    if relation in words.years:
        return f"{published.year + words.years[relation]}-{month:02d}", None
    ahead = relation in words.next or g.get("part", "").lower() in words.next
    year = published.year
    if ahead or g.get("by", "").lower().startswith(words.ahead):
        year += 1 if month < published.month else 0
    elif month > published.month:
        year -= 1
    return f"{year}-{month:02d}", None


def _weekday(g: Groups, day: _Day) -> Resolved:
    if day.published is None:
        return None, None
    numbers = read_calendar(day.language).weekday_numbers
    wanted = next(numbers[word] for word in fold(g["weekday"]).split() if word in numbers)
    back = (day.published.weekday() - wanted) % 7
    relation = g.get("wrel", "").lower()
    if relation in day.words.next:
        return (day.published + timedelta(days=7 - back)).isoformat(), None
    if relation in day.words.last and back == 0:
        back = 7
    return (day.published - timedelta(days=back)).isoformat(), None


def _ago(g: Groups, day: _Day) -> Resolved:
    published, printed = day.published, g["n"].lower()
    if published is None:
        return None, None
    if printed.isdigit():
        count = int(printed)
    else:
        count = 1 if printed in day.words.ones else int(spelled(printed, day.language) or 0)
    unit = day.words.units[fold(g["nu"])]
    if unit in _SPAN_DAYS:
        return (published - timedelta(days=count * _SPAN_DAYS[unit])).isoformat(), None
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return (f"{months // 12:04d}-{months % 12 + 1:02d}", None) if months > 0 else (None, None)
    return (f"{published.year - count:04d}", None) if count < published.year else (None, None)


def _named(g: Groups, day: _Day) -> Resolved:
    published, words = day.published, day.words
    if published is None:
        return None, None
    name = fold(g["named"]).replace("’", "'")
    if name in words.days:
        return (published + timedelta(days=words.days[name])).isoformat(), None
    shift = -1 if words.before.search(name) else 1 if words.after.search(name) else 0
    if words.week.search(name):
        monday = published - timedelta(days=published.weekday()) + timedelta(days=7 * shift)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if words.month.search(name):
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12:04d}-{months % 12 + 1:02d}", None
    if words.year.search(name):
        return f"{published.year + shift:04d}", None
    return None, None


def _decade(g: Groups, day: _Day) -> Resolved:
    year = int(g["dy"]) if "dy" in g else 1900 + int(g["dd"])
    return str(year), str(year + 9)


def _years(g: Groups, day: _Day) -> Resolved:
    first, second = re.findall(r"\d+", g["years"])
    return first, second if len(second) == 4 else first[:2] + second


_RESOLVERS: dict[str, Callable[[Groups, _Day], Resolved]] = {
    "iso": lambda g, day: (date.fromisoformat(g["iso"]).isoformat(), None),
    "numeric": _numeric,
    "clock": _clock,
    "days": _days,
    "full": _full,
    "inverted": _full,
    "month": _month_only,
    "decade": _decade,
    "weekday": _weekday,
    "ago": _ago,
    "named": _named,
    "season": lambda g, day: (g["sy"], None),
    "years": _years,
    "year": lambda g, day: (g["year"][-4:], None),
}
