"""Which articles does a press alert or review hold, each with a line of its paper and day?

"Le pont rouvre" above "Le Courrier, mardi 14 mars 2023, p. 4": the title, the paper and the day are those of the
article, whoever sends the alert. Where several lines of this kind stand alike, they may also stand above the titles or
under the texts, and the paper on a line of its own. What stands between two articles, the name of a section, is no
text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from index.language import fold
from index.paragraphs.datelines import read_date, read_dateline
from index.paragraphs.furniture import core, is_furniture
from index.paragraphs.mastheads import read_masthead
from index.paragraphs.roles import is_label
from index.paragraphs.wording import SECTIONS
from index.reading.around import is_control, is_foot, of_letter
from index.reading.contents import Extract
from index.reading.creditlines import Credit, bare, is_outlet, of_masthead, read_credit
from index.reading.decoding import normalise
from index.reading.europresse_lines import author_of
from index.reading.factiva import END as _END
from index.reading.headers import byline_of, is_town
from index.reading.relayed import unwrapped
from index.reading.reviews import RULE
from index.reading.subjects import KIND
from index.reading.wirelines import is_sentence

_ABOVE = 15
"""Lines that an alert says above its first article, at most, but for its list of contents."""
_LEAST = 80
"""Characters of an article that is alone in a letter, at least."""
_LONGEST_TITLE, _LONGEST_CALL, _LONGEST_SECTION, _LEAST_MARKED = 250, 90, 60, 5
_SOON = timedelta(days=2)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_CUT = ("...", "…", "[...]", "[…]")


_Given = tuple[tuple[int, ...], Credit]
"""The numbers of the lines of a credit, and what it says."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A title and a credit, by the numbers of their lines; `first` is the first line that is of the article."""

    first: int
    title: int
    credits: tuple[int, ...]
    credit: Credit
    end: int = 0
    """The line after the last of the article."""


def clippings(text: str, sender: str = "", day: str = "") -> tuple[list[Extract], bool]:
    """Return the articles of a letter that was sent that day, in their order, and whether it says more above them.

    None where one of them lacks a text, or where the letter itself says more than they do.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line) and not _is_between(line)]
    sent = read_date(day, "fr")
    heads = _several(lines, told, sent) or [one for one in _alone(lines, told) if not _is_to_come(one.credit, sent)]
    titles = [fold(bare(lines[head.title])) for head in heads]
    above = [n for n in told if heads and n < heads[0].first and not any(t in fold(lines[n]) for t in titles)]
    if not heads or len(above) > _ABOVE:
        return [], False
    made = (_article(lines, head, sender) for head in heads)
    found = [said for said in made if said is not None]
    beside = sum(len(line) for line in lines[: heads[0].first] if is_sentence(line) and not is_foot(line))
    if (
        len(found) < len(heads)
        or (len(found) == 1 and len(found[0].text) < _LEAST)
        or beside > sum(len(said.text) for said in found)
    ):
        return [], False
    return found, beside > 2 * _LEAST


def headed(text: str) -> Extract | None:
    """Return the article of a letter that somebody passed on, under its paper and day, a line each; None for any other.

    The paper, the day and the title stand first, in this order.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line)][:3]
    if len(told) < 3 or not _is_title(lines[told[2]]):
        return None
    paper, day = lines[told[0]].strip(), read_dateline(lines[told[1]].strip(), "fr")
    head = read_masthead(f"{paper}, {lines[told[1]].strip()}, p. 1", "fr")
    if head is None or not head.outlet or day is None or not day.alone or not day.bare:
        return None
    credit = Credit(head.outlet, head.day)
    return _article(lines, _Head(told[0], told[2], (told[0], told[1]), credit, len(lines)), "")


def _is_between(line: str) -> bool:
    """Return whether a line may stand between a title and the paper: an address, a byline."""
    return is_control(line) or bool(byline_of(line.strip()))


def _alone(lines: Sequence[str], told: Sequence[int]) -> list[_Head]:
    """Return the heads whose line is surely that of a paper, each under its title: one is enough."""

    def surely(line: str) -> Credit | None:
        head = read_masthead(bare(line), "fr")
        sure = head is not None and head.alone and head.outlet and not head.may_be_place
        signed = read_credit(line)
        given = of_masthead(head) if sure else signed if signed and signed.author and signed.outlet else None
        return None if given is None or (not sure and is_town(given.outlet)) else given

    under = [(above, place) for above, place in pairwise(told) if _is_title(lines[above])]
    found = [_Head(above, above, (n,), credit) for above, n in under if (credit := surely(lines[n]))]
    return _ended(found, len(lines))


def _several(lines: Sequence[str], told: Sequence[int], sent: date | None) -> list[_Head]:
    """Return the heads that stand alike in a letter of several articles; none where fewer than two do."""
    given = _credits(lines, told, sent)
    towns = sum(is_town(credit.outlet) for _, credit in given)
    to_come = sum(_is_to_come(credit, sent) for _, credit in given)
    if len(given) < 2 or 2 * max(towns, to_come) > len(given):
        return []  # of what is on, and where
    above, under, after = (_laid(lines, told, given, place) for place in (_title_above, _title_under, _title_over_text))
    if len(under) > len(above) and _is_after(lines, told, given):
        under = []
    found = max((above, under, after), key=len)  # of equals the first
    if found is after:
        return after
    found = _with_rest(lines, told, given, found) if found is above else found
    last = {fold(bare(lines[head.title])): n for n, head in enumerate(found)}  # those before are of the contents
    found = [head for n, head in enumerate(found) if last[fold(bare(lines[head.title]))] == n]
    return _ended(found, len(lines)) if len(found) > 1 else []


def _is_to_come(credit: Credit, sent: date | None) -> bool:
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


def _laid(lines: Sequence[str], told: Sequence[int], given: Sequence[_Given], layout: _Layout) -> list[_Head]:
    """Return the heads whose titles stand in this way by their credits."""
    held = {n for places, _ in given for n in places}
    found: list[_Head] = []
    for places, credit in given:
        place = layout(lines, told, told.index(places[0]), told.index(places[-1]))
        if place is not None and place[1] not in held and place[1] > (found[-1].title if found else -1):
            found.append(_Head(*place, places, credit, end=places[0]))
    return found


def _title_above(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """A title right above, or with the standfirst between."""
    if first and _is_title(lines[told[first - 1]]):
        return told[first - 1], told[first - 1]
    heading = first > 1 and lines[told[first - 2]].startswith("#") and _is_title(lines[told[first - 2]])
    standfirst = heading and (
        is_sentence(lines[told[first - 1]]) or len(lines[told[first - 1]].split()) > _LEAST_MARKED
    )
    return (told[first - 2], told[first - 2]) if standfirst else None


def _with_rest(
    lines: Sequence[str], told: Sequence[int], given: Sequence[_Given], heads: Sequence[_Head]
) -> list[_Head]:
    """Return the heads with those that most of them show to be some too: a title of a word, a heading without a day."""
    if 2 * len(heads) <= len(given):
        return list(heads)
    found = {head.title: head for head in heads}
    for places, credit in given:
        above = told[max(0, told.index(places[0]) - 1)]
        short = 0 < len(bare(lines[above])) <= _LONGEST_SECTION and not is_sentence(lines[above])
        if above < places[0] and short and not any(places == head.credits for head in heads):
            found[above] = _Head(above, above, places, credit)
    marks = {lines[title].split(" ")[0] for title in found}
    within = [n for n in told if min(found) <= n <= max(found)] if len(marks) == 1 and min(marks)[:1] == "#" else []
    for title, under, text in zip(within, within[1:], within[2:], strict=False):
        if title in found or lines[title].split(" ")[0] not in marks or not _is_title(lines[title]):
            continue
        if is_sentence(lines[under]):
            found[title] = _Head(title, title, (title,), Credit())
        elif is_outlet(bare(lines[under])) and is_sentence(lines[text]):
            found[title] = _Head(title, title, (under,), Credit(bare(lines[under])))
    return [found[title] for title in sorted(found)]


def _title_under(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    under = told[last + 1] if last + 1 < len(told) else None
    return (told[first], under) if under is not None and _is_title(lines[under]) else None


def _title_over_text(lines: Sequence[str], told: Sequence[int], first: int, last: int) -> tuple[int, int] | None:
    """The title of the text that stands above its credit, under that of another."""
    prose = titled = None
    for n in reversed(told[:first]):
        if is_sentence(lines[n]):
            if titled is not None:
                break
            prose = n
        elif prose is not None and _is_title(lines[n]):
            titled = n if titled is None else titled
            break
        elif prose is None:
            break
    return (titled, titled) if titled is not None else None


def _is_after(lines: Sequence[str], told: Sequence[int], given: Sequence[_Given]) -> bool:
    """Return whether the credits stand under their texts: one stands above the first, and none under the last."""
    prose = [n for n in told if is_sentence(lines[n]) and not is_foot(lines[n])]
    return bool(prose) and prose[0] < given[0][0][0] and prose[-1] < given[-1][0][0]


def _ended(heads: Sequence[_Head], end: int) -> list[_Head]:
    """Return the heads, the article of each up to the first line of the next."""
    starts = [*(head.first for head in heads), end]
    return [replace(head, end=until) for head, until in zip(heads, starts[1:], strict=True)]


def _is_title(line: str) -> bool:
    told = bare(line)
    marked = line.startswith("#") and len(told) > _LEAST_MARKED and not set(core(told).split()) <= SECTIONS
    called = told.endswith("!") and len(told) <= _LONGEST_CALL
    words = (len(told.split()) > 2 or marked) and len(told) <= _LONGEST_TITLE
    words = words and (marked or called or not is_sentence(told))
    words = words and not KIND.fullmatch(told) and not is_furniture(told) and not is_label(told)
    return words and not is_control(line) and not is_foot(line) and read_masthead(told, "fr") is None


def _article(lines: Sequence[str], head: _Head, sender: str) -> Extract | None:
    """Return the article under, or around, the line of its paper; None where there is no text."""
    title, credit = bare(lines[head.title]), head.credit
    whole = lines[head.first : head.end]
    between = [n for n in range(head.title + 1, head.credits[0]) if _is_between(lines[n])]
    dropped = {*head.credits, *between}
    body = [lines[n] for n in range(head.title + 1, head.end) if n not in dropped]
    body = _without_section([line for line in body if not _END.fullmatch(line.strip()[:80])], head.end < len(lines))
    while body and not body[0].strip():
        body.pop(0)
    author = author_of(body[0].strip()) if len(body) > 1 else ""
    text, byline = of_letter("\n".join(body[1:] if author else body), title, sender)
    if not any(c.isalnum() for c in text):
        return None
    above = next((name for n in between if (name := byline_of(lines[n].strip()))), "") or credit.author
    links = (_ADDRESS.search(line) for line in whole if is_control(line))
    return Extract(
        normalise(text).strip("\n"),
        title=title,
        published=credit.day.isoformat() if credit.day else "",
        outlet=credit.outlet,
        author=above or byline_of(author) or author or byline,
        url=unwrapped(next((link.group() for link in links if link), "")),
        partial=text.rstrip().endswith(_CUT),
    )


def _without_section(lines: list[str], followed: bool) -> list[str]:
    """Return the lines of an article without the line of signs and the name of a section that part it from the next."""
    body = list(lines)
    parted = True
    while followed and body:
        line = body[-1].strip()
        told = bare(line)
        if not any(c.isalnum() for c in line) or RULE.fullmatch(line):
            parted = True
        elif not (parted and _may_be_section(line, told)):
            break
        else:
            parted = False
        body.pop()
    return body


def _may_be_section(line: str, told: str) -> bool:
    """Return whether a line that ends an article may name the section of the next: a few words, and no sentence."""
    plain = (
        len(told) <= _LONGEST_SECTION and not is_sentence(told) and told[-1:] not in '?:)»”"' and line[:1] not in "-•*"
    )
    return plain and (line.startswith("#") or told.isupper() or len(told.split()) <= 5)
