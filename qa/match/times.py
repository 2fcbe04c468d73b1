"""Is this passage told of the time that the question names, and which figure of a sentence is that time's?"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from index.facts.calendar import read_calendar
from index.facts.terms import years_of
from index.language import fold
from qa.match.event import Verdict
from qa.match.tables import passage_table

OTHER_TIME = 0.1
"""What remains of a figure's fit where its sentence gives it to another time than the one asked about."""

_LEAD = 400
"""Characters of a document's beginning that say of when it tells."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a text names."""

    years: frozenset[str]
    months: frozenset[int]
    whole_months: frozenset[int]
    """Those named without a day: "in January", not "on 3 March"."""
    periods: frozenset[str]
    """Quarters and halves of a year: "quarter 1", "half 2"."""

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.periods)


@dataclass(frozen=True, slots=True)
class Dated:
    """A passage, with what says of when it tells."""

    passage: str
    title: str
    beginning: str
    years: frozenset[str]
    """Those that its document names."""
    published: date | None
    language: str


@lru_cache(maxsize=4_000)
def read_times(text: str, language: str) -> Times:
    """Return the times that a text in this language names."""
    table = passage_table(language)
    periods = table.periods if table else {}
    months = _months(text, language) if table else []
    return Times(
        years=years_of(text),
        months=frozenset(number for number, _ in months),
        whole_months=frozenset(number for number, whole in months if whole),
        periods=frozenset(name for name, pattern in periods.items() if pattern.search(text)),
    )


def asked_times(question: str, language: str) -> Times:
    """Return the times of which a question asks; a month that only bounds them ("since September") is none."""
    times, table = read_times(question, language), passage_table(language)
    if table is None or not table.bounds_time.search(question):
        return times
    return Times(times.years, frozenset(), frozenset(), times.periods)


def compare_times(asked: Times, told: Dated) -> Verdict:
    """Return whether a passage may be about the times of a question.

    The years are the document's own, that of its publication, or stand in the passage; one that the document names only
    elsewhere is that of something else, as "the highest water since 2003". The year before that of its publication is
    doubtful where the passage says "last October".
    """
    if not asked:
        return Verdict.MET
    near = read_times(f"{told.title}\n{told.passage}", told.language)
    years = _of_those_years(asked.years, near.years, told) if asked.years else Verdict.MET
    if years is Verdict.OTHER:
        return years
    around = read_times(told.beginning[:_LEAD], told.language)
    return min(years, _of_those_months(asked, near, around, told), _of_those_periods(asked, near, around))


def _of_those_years(asked: frozenset[str], own: frozenset[str], told: Dated) -> Verdict:
    """Return whether it is told of the years asked about: by the passage, else by its document."""
    if told.published is None:
        return Verdict.MET if asked <= (own or told.years) else Verdict.OTHER
    if asked <= own | {str(told.published.year)}:
        return Verdict.MET
    before = asked - own <= {str(told.published.year - 1)} and _last_year(told)
    return Verdict.DOUBTFUL if before else Verdict.OTHER


def _last_year(told: Dated) -> bool:
    """Return whether words of a passage may put it into the year before that of its publication."""
    table, day = passage_table(told.language), told.published
    if table is None or day is None:
        return False
    months = [name for name, number in read_calendar(told.language).months if number >= day.month]
    pattern = table.last_year.replace("{months}", "|".join(map(re.escape, months)) or "(?!)")
    return re.search(pattern, told.passage) is not None


def _of_those_months(asked: Times, near: Times, around: Times, told: Dated) -> Verdict:
    """Return whether it is told of the months asked about: they are named, or that of publication or the one before."""
    if not asked.months or asked.months & near.months:
        return Verdict.MET
    if near.whole_months:
        return Verdict.OTHER
    day = told.published
    if day and day.month in asked.months and (not asked.years or str(day.year) in asked.years):
        return Verdict.MET
    if near.months:
        return Verdict.OTHER
    if around.months:
        return Verdict.MET if asked.months & around.months else Verdict.OTHER
    if day is None:
        return Verdict.DOUBTFUL
    return Verdict.DOUBTFUL if (day.month - 2) % 12 + 1 in asked.months else Verdict.OTHER


def _of_those_periods(asked: Times, near: Times, around: Times) -> Verdict:
    if not asked.periods or asked.periods & near.periods:
        return Verdict.MET
    if near.periods or around.periods:
        return Verdict.MET if not near.periods and asked.periods & around.periods else Verdict.OTHER
    return Verdict.DOUBTFUL


def told_for(asked: Times, sentence: str, place: tuple[int, int], others: Collection[int], language: str) -> float:
    """Return what remains of a figure's fit by the time that its sentence gives it; more than 1 where that is asked.

    Where a sentence names several years, months or quarters ("from 300,000 in 2022 to 330,000 in 2023"), a figure is of
    the one behind it, before the next figure, else of the one before it. `place` is the figure's extent in the
    sentence, `others` where the others begin.
    """
    kinds = ("years", "months", "periods")
    whole = read_times(sentence, language)
    contested = [k for k in kinds if getattr(asked, k) and len(getattr(whole, k)) > 1]
    if not contested:
        return 1.0
    start, end = place
    following = min((o for o in others if o > start), default=len(sentence))
    behind = _CLAUSE.split(sentence[end:following], maxsplit=1)[0]
    for text in (behind, sentence[_before(others, start) : start], sentence[:start]):
        own = read_times(text, language)
        for kind in contested:
            named, wanted = getattr(own, kind), getattr(asked, kind)
            if named:
                return 2.0 if named & wanted else OTHER_TIME
    return 1.0


_CLAUSE = re.compile(r"[,;:]|\b(?:and|et|but|mais)\b")


def _before(others: Collection[int], start: int) -> int:
    return max((o for o in others if o < start), default=0)


def _months(text: str, language: str) -> list[tuple[int, bool]]:
    """Return the months that a text names, each with whether it stands there without a day."""
    numbers = read_calendar(language).month_numbers
    return [
        (numbers[fold(match["month"])], not (match["before"] or match["after"]))
        for match in _month_pattern(language).finditer(text)
    ]


@cache
def _month_pattern(language: str) -> re.Pattern[str]:
    """Return the names of months printed in full, as the language prints them: "May" is one, "may" is none."""
    calendar = read_calendar(language)
    names = [name for name, _ in calendar.months if fold(name) in calendar.names]
    printed = "|".join(map(re.escape, names))
    return re.compile(rf"(?P<before>\b\d{{1,2}}(?:er|st|nd|rd|th)? )?\b(?P<month>{printed})\b(?P<after> \d{{1,2}}\b)?")
