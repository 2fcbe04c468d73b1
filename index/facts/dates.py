"""Which words are dates, and which day, month or year do they mean?

Values are ISO 8601 (``2024-10-23``, ``2024-10``, ``2024``); a date that the text alone does not fix is resolved from
the day of publication, and kept as printed, without a value, where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from index.facts.date_patterns import ENGLISH, FRENCH, MONTHS, WEEKDAYS
from index.facts.fact import Fact
from index.facts.literals import spelled
from index.language import fold

_MONTH_NUMBER = {
    code: {fold(name): i for i, names in enumerate(table.split(";"), 1) for name in names.split()}
    for code, table in MONTHS.items()
}
_WEEKDAY_NUMBER = {code: {name: i for i, name in enumerate(table.split())} for code, table in WEEKDAYS.items()}
_AMBIGUOUS = {
    "fr": frozenset({"mars", "avr", "sept", "oct", "nov"}),
    "en": frozenset("may march mar jan dec sep sept august jun".split()),
}
_SPAN_DAYS = {"jour": 1, "day": 1, "semaine": 7, "week": 7}
_PATTERNS = {"fr": FRENCH, "en": ENGLISH}
Value = tuple[str | None, str | None]


def dates(text: str, language: str, *, published: date | None = None) -> list[Fact]:
    """Return the dates, years and clock times of a text, in reading order, a bare year only where it is one."""
    found = []
    for match in _PATTERNS[language].finditer(text):
        start, end = match.span()
        if text[end : end + 1].isalnum():
            continue
        groups = match.groupdict()
        if not _plausible(text, match, groups, language):
            continue
        start, end = _trimmed(match, groups)
        value, value_max = _resolve(match, groups, language, published)
        found.append(Fact("date", start, end, value, value_max))
    return found


def _trimmed(match: re.Match[str], groups: dict[str, str | None]) -> tuple[int, int]:
    """Return the offsets without the bare preposition or article that only served as a cue."""
    start, end = match.span()
    if groups.get("cue"):
        start = match.end("cue") + 1
    elif match.group().lower().startswith("le "):
        start += 3
    return start, end - (1 if match.group().endswith(".") and not groups.get("clock") else 0)


_COUNTED = {
    "fr": re.compile(r"[ \u00a0]+(?:d['’])?(?!ans\b|fois\b|dans\b|sans\b|mais\b|puis\b|depuis\b|alors\b|après\b"
                     r"|près\b|dès\b|très\b|plus\b|moins\b|vers\b|sous\b)[a-zéèà-]{3,}[sx]\b|[ \u00a0]*(?:%|€|\$"
                     r"|km\b|kg\b|m\b|ha\b|ans\b|personnes|habitants)"),
    "en": re.compile(r"[ \u00a0]+(?:people|men|women|children|troops|soldiers|workers|jobs|homes|houses|dead"
                     r"|deaths|cases|votes|times|miles|metres|meters|feet|tonnes|tons|euros|dollars|pounds"
                     r"|residents|employees|students|families|victims|deaths|patients|migrants|refugees|passengers"
                     r"|prisoners|fighters|protesters|years|hours|days)\b|[ \u00a0]*(?:%|€|km\b|kg\b|ha\b)"),
}  # fmt: skip
_HEDGED = re.compile(
    r"(?:environ|quelque|près de|plus de|moins de|(?<!depuis )au moins|presque|about|around|some|nearly|almost|"
    r"more than|fewer than|less than|at least|over|under|approximately|roughly|article|articles|vol|page|no|n°|#)\s$",
    re.IGNORECASE,
)
_AFTER_YEAR_CUE = re.compile(
    r"(?:\b(?:en|depuis|année|an|l['’]an|in|since|during|year|fin|début|mi)\s|\()$", re.IGNORECASE
)


def _plausible(text: str, match: re.Match[str], groups: dict[str, str | None], language: str) -> bool:
    """Return whether a match that could be something else (2000 people, the verb "may") is a date."""
    start, end = match.span()
    before = text[max(0, start - 16) : start]
    if groups["year"]:
        if _HEDGED.search(before):
            return False
        return bool(_AFTER_YEAR_CUE.search(before)) or not _COUNTED[language].match(text, end)
    if groups["years"]:
        first, second = re.findall(r"\d+", match.group())
        return int(second) > int(first) or (len(second) == 2 and int(second) == (int(first) + 1) % 100)
    if groups.get("month"):
        name = fold(groups["mm"] or "")
        cued = groups["by"] or groups["cue"] or groups["part"] or groups["my"] or groups["rel"]
        if name in _AMBIGUOUS[language] and not cued:
            return False
        return language == "fr" or (groups["mm"] or "")[0].isupper()
    if groups["clock"]:
        return language == "fr" or "h" not in match.group().lower()
    if language == "en" and (groups.get("full") or groups.get("inverted")):
        return (groups["m"] or groups["im"] or "")[0].isupper()
    return True


def _resolve(match: re.Match[str], groups: dict[str, str | None], language: str, published: date | None) -> Value:
    """Return the ISO value (and the last day, month or year of a range) of a matched date."""
    for name, resolver in _RESOLVERS.items():
        if groups.get(name):
            try:
                return resolver({k: v for k, v in groups.items() if v}, language, published)
            except ValueError:  # the 31st of February
                return None, None
    return None, None


def _month(name: str, language: str) -> int:
    return _MONTH_NUMBER[language][fold(name)]


def _day(printed: str) -> int:
    return 1 if printed == "1er" else int(printed)


def _dated(year: int | None, month: int, day: int, published: date | None) -> str | None:
    """Return the ISO day; without a year, the one nearest to publication."""
    if year is not None:
        return date(year, month, day).isoformat()
    date(2024, month, day)
    if published is None:
        return None
    near = [date(y, month, day) for y in range(published.year - 1, published.year + 2) if day < 29 or month != 2]
    return min(near, key=lambda d: abs((d - published).days)).isoformat() if near else None


def _full(g: dict[str, str], language: str, published: date | None) -> Value:
    year, month, day = g.get("y") or g.get("iy"), g.get("m") or g["im"], g.get("d") or g["id"]
    return _dated(int(year) if year else None, _month(month, language), _day(day), published), None


def _days(g: dict[str, str], language: str, published: date | None) -> Value:
    last = _month(g.get("m2") or g.get("em") or g["m0"], language)
    first = _month(g["m0"], language) if "m0" in g else last
    printed = g.get("y2") or g.get("ey")
    year = int(printed) if printed else None
    start, end = _day(g.get("d1") or g["e1"]), _day(g.get("d2") or g["e2"])
    return _dated(year, first, start, published), _dated(year, last, end, published)


def _numeric(g: dict[str, str], language: str, published: date | None) -> Value:
    a, b, year = (int(part) for part in re.split(r"[/.]", g["numeric"]))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    day, month = (b, a) if b > 12 or (language == "en" and g["mark"] == "/" and a <= 12) else (a, b)
    # An English a/b/year is month first in America and day first elsewhere: the text alone does not tell.
    if language == "en" and a <= 12 and b <= 12 and a != b:
        return None, None
    return date(year, month, day).isoformat(), None


def _clock(g: dict[str, str], language: str, published: date | None) -> Value:
    parts = re.findall(r"\d+", g["clock"])
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    afternoon = re.search(r"p\.?m", g["clock"], re.IGNORECASE)
    morning = re.search(r"a\.?m", g["clock"], re.IGNORECASE)
    hour = hour + 12 if afternoon and hour < 12 else 0 if morning and hour == 12 else hour
    return f"T{hour % 24:02d}:{minute:02d}", None


def _month_only(g: dict[str, str], language: str, published: date | None) -> Value:
    month = _month(g["mm"], language)
    if "my" in g:
        return f"{g['my']}-{month:02d}", None
    if published is None:
        return None, None
    shift = {"last year": -1, "this year": 0, "next year": 1}.get(g.get("rel", "").lower())
    if shift is not None:
        return f"{published.year + shift}-{month:02d}", None
    ahead = (
        g.get("rel") == "prochain"
        or g.get("part", "").lower() == "next"
        or g.get("by", "").lower().startswith(("d'", "d’", "by", "until", "jusqu"))
    )
    year = published.year
    if ahead:
        year += 1 if month < published.month else 0
    elif month > published.month:
        year -= 1
    return f"{year}-{month:02d}", None


def _weekday(g: dict[str, str], language: str, published: date | None) -> Value:
    if published is None:
        return None, None
    names = _WEEKDAY_NUMBER[language]
    wanted = next(names[w] for w in fold(g["weekday"]).split() if w in names)
    back = (published.weekday() - wanted) % 7
    relation = g.get("wrel", "").lower()
    if relation in ("prochain", "next"):
        return (published + timedelta(days=7 - back)).isoformat(), None
    if relation in ("dernier", "last") and back == 0:
        back = 7
    return (published - timedelta(days=back)).isoformat(), None


def _ago(g: dict[str, str], language: str, published: date | None) -> Value:
    if published is None:
        return None, None
    printed = g["n"].lower()
    count = (
        int(printed)
        if printed.isdigit()
        else 1
        if printed in ("a", "an", "un", "une")
        else int(spelled(printed, language) or 0)
    )
    unit = fold(g["nu"])
    if unit in _SPAN_DAYS:
        return (published - timedelta(days=count * _SPAN_DAYS[unit])).isoformat(), None
    if unit in ("mois", "month"):
        months = published.year * 12 + published.month - 1 - count
        return (f"{months // 12:04d}-{months % 12 + 1:02d}", None) if months > 0 else (None, None)
    return (f"{published.year - count:04d}", None) if count < published.year else (None, None)


def _named(g: dict[str, str], language: str, published: date | None) -> Value:
    if published is None:
        return None, None
    words = fold(g["named"]).replace("’", "'")
    days = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "apres-demain": 2,
            "the day before yesterday": -2,
            "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}  # fmt: skip
    if words in days:
        return (published + timedelta(days=days[words])).isoformat(), None
    shift = -1 if re.search(r"dernier|passe|last", words) else 1 if re.search(r"prochain|next", words) else 0
    if re.search(r"\bsemaine|\bweek\b", words):
        monday = published - timedelta(days=published.weekday()) + timedelta(days=7 * shift)
        return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
    if re.search(r"\bmois|month", words):
        months = published.year * 12 + published.month - 1 + shift
        return f"{months // 12:04d}-{months % 12 + 1:02d}", None
    if re.search(r"annee|\ban\b|year", words):
        return f"{published.year + shift:04d}", None
    return None, None


def _decade(g: dict[str, str], language: str, published: date | None) -> Value:
    year = int(g["dy"]) if "dy" in g else 1900 + int(g["dd"])
    return str(year), str(year + 9)


def _years(g: dict[str, str], language: str, published: date | None) -> Value:
    first, second = re.findall(r"\d+", g["years"])
    return first, second if len(second) == 4 else first[:2] + second


_RESOLVERS: dict[str, Callable[[dict[str, str], str, date | None], Value]] = {
    "iso": lambda g, language, published: (date.fromisoformat(g["iso"]).isoformat(), None),
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
    "season": lambda g, language, published: (g["sy"], None),
    "years": _years,
    "year": lambda g, language, published: (g["year"][-4:], None),
}
