"""Where do the titles of a press review stand by its lines of a paper and a day, and where does each article end?

A title stands right above such a line, right under it, or over the text above it; what most of the lines show counts
for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from index.language import fold
from index.paragraphs.furniture import core, is_furniture
from index.paragraphs.mastheads import read_masthead
from index.paragraphs.roles import is_label
from index.paragraphs.wording import SECTIONS
from index.reading.around import is_control, is_foot
from index.reading.creditlines import Credit, bare, is_outlet, read_credit
from index.reading.headers import is_town
from index.reading.subjects import KIND
from index.reading.wirelines import is_sentence

_MOST_LINES = 400
"""Lines of a text between its title and the line of its paper, at most."""
_LONGEST_TITLE, _LONGEST_CALL, _LEAST_MARKED = 250, 90, 5
"""Characters of a title, and of one that ends as a call, at most; of one that is marked as a heading, at least."""
LONGEST_NAME = 60
"""Characters of the name of a section, and of a title of a word or two, at most."""
_SOON = timedelta(days=2)


_Given = tuple[tuple[int, ...], Credit]
"""The numbers of the lines of a credit, and what it says."""


@dataclass(frozen=True, slots=True)
class Head:
    """A title and a credit, by the numbers of their lines; `first` is the first line that is of the article."""

    first: int
    title: int
    credits: tuple[int, ...]
    credit: Credit
    end: int = 0
    """The line after the last of the article."""


def several(lines: Sequence[str], told: Sequence[int], sent: date | None) -> list[Head]:
    """Return the heads that stand alike in a letter of several articles; none where fewer than two do."""
    given = _credits(lines, told, sent)
    towns = sum(is_town(credit.outlet) for _, credit in given)
    to_come = sum(is_to_come(credit, sent) for _, credit in given)
    if len(given) < 2 or 2 * max(towns, to_come) > len(given):
        return []  # of what is on, and where
    above, under, after = (_laid(lines, told, given, place) for place in (_title_above, _title_under, _title_over_text))
    if len(under) > len(above) and _is_after(lines, told, given):
        under = []
    found = max((above, under, after), key=len)  # of equals the first
    if found is after:
        return after if len(after) > 1 else []
    found = _with_rest(lines, told, given, found) if found is above else found
    last = {fold(bare(lines[head.title])): n for n, head in enumerate(found)}  # those before are of the contents
    found = [head for n, head in enumerate(found) if last[fold(bare(lines[head.title]))] == n]
    return ended(found, len(lines)) if len(found) > 1 else []


def is_to_come(credit: Credit, sent: date | None) -> bool:
    """Return whether a line gives a day after that of the letter: when something is on, and no paper appeared."""
    return sent is not None and credit.day is not None and credit.day > sent + _SOON


def _credits(lines: Sequence[str], told: Sequence[int], sent: date | None) -> list[_Given]:
    """Return the lines of papers and days, with their numbers: on one line, or the paper above its day."""
    found: list[_Given] = []
    beside: list[_Given] = []
    for (above, n), under in zip(pairwise([-1, *told]), [*told[1:], -1], strict=False):
        credit = read_credit(lines[n], sent)
        name = bare(lines[above]) if above >= 0 else ""
        if credit is not None and credit.outlet:
            found.append(((n,), credit))
        elif credit is not None and is_outlet(name) and (lines[above][0] != "#" or lines[under].startswith("#")):
            beside.append(((above, n), replace(credit, outlet=name)))
    return found if len(found) >= len(beside) else beside


_Layout = Callable[[Sequence[str], Sequence[int], int, int], tuple[int, int] | None]
"""Gives the first line and the title of an article, by the places of its credit among the lines that are told."""


def _laid(lines: Sequence[str], told: Sequence[int], given: Sequence[_Given], layout: _Layout) -> list[Head]:
    """Return the heads whose titles stand in this way by their credits."""
    held = {n for places, _ in given for n in places}
    at = {n: place for place, n in enumerate(told)}
    found: list[Head] = []
    for places, credit in given:
        place = layout(lines, told, at[places[0]], at[places[-1]])
        if place is not None and place[1] not in held and place[1] > (found[-1].title if found else -1):
            found.append(Head(*place, places, credit, end=places[0]))
    return found


def _title_above(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """A title right above, or with the standfirst between."""
    if first and is_title(lines[told[first - 1]]):
        return told[first - 1], told[first - 1]
    heading = first > 1 and lines[told[first - 2]].startswith("#") and is_title(lines[told[first - 2]])
    standfirst = heading and (
        is_sentence(lines[told[first - 1]]) or len(lines[told[first - 1]].split()) > _LEAST_MARKED
    )
    return (told[first - 2], told[first - 2]) if standfirst else None


def _with_rest(lines: Sequence[str], told: Sequence[int], given: Sequence[_Given], heads: Sequence[Head]) -> list[Head]:
    """Return the heads with those that most of them show to be some too: a title of a word, a heading without a day."""
    if 2 * len(heads) <= len(given):
        return list(heads)
    found = {head.title: head for head in heads}
    headed_already = {head.credits for head in heads}
    over = dict(zip(told[1:], told, strict=False))
    for places, credit in given:
        above = over.get(places[0])
        if above is None or places in headed_already or is_sentence(lines[above]):
            continue
        if len(bare(lines[above])) <= LONGEST_NAME:
            found[above] = Head(above, above, places, credit)
    marks = {lines[title].split(" ")[0] for title in found}
    first, last = min(found), max(found)
    within = [n for n in told if first <= n <= last] if len(marks) == 1 and min(marks)[:1] == "#" else []
    for title, under, text in zip(within, within[1:], within[2:], strict=False):
        if title in found or lines[title].split(" ")[0] not in marks or not is_title(lines[title]):
            continue
        if is_sentence(lines[under]):
            found[title] = Head(title, title, (title,), Credit())
        elif is_outlet(bare(lines[under])) and is_sentence(lines[text]):
            found[title] = Head(title, title, (under,), Credit(bare(lines[under])))
    return [found[title] for title in sorted(found)]


def _title_under(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    under = told[last + 1] if last + 1 < len(told) else None
    return (told[first], under) if under is not None and is_title(lines[under]) else None


def _title_over_text(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """The title of the text that stands above its credit, under that of another."""
    prose = titled = None
    for n in reversed(told[max(0, first - _MOST_LINES) : first]):
        if is_sentence(lines[n]):
            if titled is not None:
                break
            prose = n
        elif prose is not None and is_title(lines[n]):
            titled = n if titled is None else titled
            break
        elif prose is None:
            break
    return (titled, titled) if titled is not None else None


def _is_after(lines: Sequence[str], told: Sequence[int], given: Sequence[_Given]) -> bool:
    """Return whether the credits stand under their texts: one stands above the first, and none under the last."""
    prose = [n for n in told if is_sentence(lines[n]) and not is_foot(lines[n])]
    return bool(prose) and prose[0] < given[0][0][0] and prose[-1] < given[-1][0][0]


def ended(heads: Sequence[Head], end: int) -> list[Head]:
    """Return the heads, the article of each up to the first line of the next."""
    starts = [*(head.first for head in heads), end]
    return [replace(head, end=until) for head, until in zip(heads, starts[1:], strict=True)]


def is_title(line: str) -> bool:
    """Return whether a line may be the title of an article: words that are no sentence, and nothing of a letter."""
    told = bare(line)
    marked = line.startswith("#") and len(told) > _LEAST_MARKED and not set(core(told).split()) <= SECTIONS
    called = told.endswith("!") and len(told) <= _LONGEST_CALL
    words = (len(told.split()) > 2 or marked) and len(told) <= _LONGEST_TITLE
    words = words and (marked or called or not is_sentence(told))
    words = words and not KIND.fullmatch(told) and not is_furniture(told) and not is_label(told)
    return words and not is_control(line) and not is_foot(line) and read_masthead(told, "fr") is None
