"""Which articles does an export of Europresse hold that was made to be printed, where a box beside each tells of it?

The box stands above the title, or left of it: the paper, the section with the day, the length and the page, broken
wherever the column is full; then the rights, the certificate, and last the number of the document, which closes an
article in other layouts (`europresse_lines`). Above the first are a notice and a list of contents, and on every page
the day of the printing and the name of the user.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from index.language import fold
from index.paragraphs.datelines import MONTHS, read_date
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.europresse_fields import text_of
from index.reading.europresse_lines import ALSO_IN, END, ISSUE, RUNNING, WORDS, parts_of

LONGEST_LINE = 80
"""Characters of a line of such a box, at most."""
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b|tous droits r[ée]serv|all rights reserv)", re.IGNORECASE)
_CERTIFIED = re.compile(
    r"(?:certificat [ée]mis|certificate issued)\b.{0,60}? (?:à|to) (?P<user>\S.{0,80}?) (?:à des fins|for)\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?:[^\W\d]{{3,9}},? )?(?:(?<!\d)\d{{1,2}}(?:er)? (?:{MONTHS}) \d{{4}}|(?:{MONTHS}) \d{{1,2}}, \d{{4}})",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"\bn[o°º]\.? ?\d+")
"""The number of an issue, before a month that is no day of it."""
_MONTH = re.compile(rf"(?:(?:{MONTHS})(?:[-/ ](?:{MONTHS}))?|printemps|[ée]t[ée]|automne|hiver) \d{{4}}", re.IGNORECASE)
"""When a monthly appears, which gives no day."""
_PRINTED = re.compile(rf"{_DAY.pattern},? (?:à|at) \d{{1,2}} ?[h:] ?\d\d.{{0,6}}", re.IGNORECASE)
_EDGE = re.compile(rf"(?:(?:{WORDS}|{_PRINTED.pattern})[\s|•·-]*)+(?:\d{{1,4}})?", re.IGNORECASE)
"""What stands at the edges of a page, also where a line of it holds several."""
TOLD = re.compile(r"\d[\d\s]{0,6} (?:mots|words)|pp?\. ?\S{1,20}", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:(?:nombre de )?documents?(?:\(s\))? ?: ?|(?:.{0,40} [•·-] )?(?=\d+ documents?$))"
    r"(?P<count>\d{1,4})(?: documents?)?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\bn[o°º]\.?|\bnum[ée]ro|[(,&-]|\b(?:de|du|des|la|le|les|et|and|of|the))$", re.IGNORECASE)
"""How a line ends after which the name of a paper goes on."""
_OWNER = re.compile(
    r"(?:©|\(c\))\s*(?:(?:19|20)\d\d,? )?(?P<name>\S.{0,80}?)\s*\. (?:tous droits|all rights)", re.IGNORECASE
)
"""Whose the rights are: the paper, by the name that stands above them."""
_MOST_RIGHTS, _MOST_HEAD, _MOST_ALSO, _MOST_NAME = 20, 8, 12, 3
"""Lines of the rights and the certificate, of what tells of the paper above them, of others, of its name, at most."""
_LONGEST_EDGE = 160
_MOST_LISTED = 100_000
"""Characters of the list of contents."""
_LONGEST_REST, _LONGEST_NAME = 25, 60
"""Characters after the day, the length and the page in such a box, at most: an hour, an edition; or the paper."""


@dataclass(frozen=True, slots=True)
class Box:
    """What stands beside an article, from line `start` to that of its number: the paper, the day, the user of it."""

    start: int
    end: int
    outlet: str
    day: date
    user: str


def articles(lines: Sequence[str]) -> FileContents | None:
    """Return the articles of such an export; None for one whose numbers close the articles, and for any other text."""
    told = bare(lines)
    numbers = numbers_of(told)
    boxes = boxes_of(told, numbers, _box)
    if not boxes:
        return None
    users = {box.user for box in boxes}
    cover = [line for line in told[: boxes[0].start] if line]
    listed = "\n".join(cover)[:_MOST_LISTED]
    starts = [*(box.start for box in boxes), len(told)]
    found = []
    for box, (_, end) in zip(boxes, pairwise(starts), strict=True):
        own = [line for line in told[box.end + 1 : end] if line not in users and not is_running(line)]
        if said := _article(box, own, listed):
            found.append(said)
    return FileContents(tuple(found), tuple(missing(cover, len(numbers), len(found)))) if found else None


def missing(cover: Sequence[str], numbers: int, found: int) -> Iterator[str]:
    """Yield how many articles were not read of those that the export numbers, or says that it holds."""
    counted = next((int(match["count"]) for line in cover if (match := _COUNTED.fullmatch(line))), 0)
    if max(numbers, counted) > found:
        yield f"{max(numbers, counted) - found} of {max(numbers, counted)} articles of the export hold no text"


def is_running(line: str) -> bool:
    """Return whether a line stands at the edge of a page: what the export is, the day and hour of its printing."""
    return RUNNING.fullmatch(line) is not None or (len(line) < _LONGEST_EDGE and _EDGE.fullmatch(line) is not None)


def bare(lines: Sequence[str]) -> list[str]:
    """Return lines without what marks a heading or an item."""
    return [line.strip().lstrip("#- ").strip() for line in lines]


def numbers_of(lines: Sequence[str]) -> list[int]:
    """Return the places of the numbers of documents."""
    return [n for n, line in enumerate(lines) if len(line) < LONGEST_LINE and END.fullmatch(line)]


def boxes_of(
    lines: Sequence[str], numbers: Sequence[int], read: Callable[[Sequence[str], int], Box | None]
) -> list[Box]:
    """Return what stands beside each article, read from the lines up to its number; none where more than one in five of
    the numbers has nothing."""
    found = [box for place in numbers if (box := read(lines, place)) is not None]
    return found if 5 * len(found) >= 4 * len(numbers) else []


def day_of_number(line: str) -> date | None:
    """Return the day that the number of a document holds."""
    numbered = END.fullmatch(line)
    return read_date(f"{numbered['y']}-{numbered['m']}-{numbered['d']}", "fr") if numbered else None


def _box(lines: Sequence[str], place: int) -> Box | None:
    """Return the box whose last line is the number at `place`; None where the text of an article stands above it."""
    top = rights_above(lines, place)
    rights = " ".join(lines[top:place])
    user = certified_user(rights)
    head = _head(lines, top, user)
    owner = _OWNER.search(rights)
    named = _named([lines[n] for n in head], owner["name"] if owner else "")
    if named is None:
        return None
    day = named[2] or day_of_number(lines[place])
    return Box(head[named[0]], place, named[1], day, user) if day else None


def rights_above(lines: Sequence[str], place: int) -> int:
    """Return where the rights begin that end in the number of a document; its own place where there are none."""
    top = place
    for n in range(place - 1, max(-1, place - _MOST_RIGHTS), -1):
        if END.fullmatch(lines[n]):
            break
        if _RIGHTS.match(lines[n]) and not is_running(lines[n]):
            top = n
    return top


def certified_user(rights: str) -> str:
    """Return for whom the certificate among these rights was issued, who is named on every page; else ""."""
    certified = _CERTIFIED.search(rights)
    return certified["user"] if certified else ""


def _head(lines: Sequence[str], top: int, user: str) -> list[int]:
    """Return the lines above the rights that tell of the paper, without the other papers that had the article too."""
    head: list[int] = []
    for n in range(top - 1, max(-1, top - _MOST_HEAD - _MOST_ALSO - 1), -1):
        if not lines[n] or END.fullmatch(lines[n]):
            break
        if ALSO_IN.fullmatch(lines[n]):
            head = []
        elif not is_running(lines[n]) and lines[n] != user:
            head.insert(0, n)
    return head[-_MOST_HEAD:]


def _named(head: Sequence[str], owner: str = "") -> tuple[int, str, date | None] | None:
    """Return where the name of a paper begins among the lines above its rights, that name and the day.

    None where these lines do not end in a day, but for the length and the page; a monthly gives no day.
    """
    whole = _ISSUED.sub(lambda found: "#" * len(found.group()), " ".join(head))
    found = _DAY.search(whole) or _MONTH.search(whole)
    if found is None:
        return None
    at, dated = 0, 0
    while at + len(head[dated]) < found.start():
        at, dated = at + len(head[dated]) + 1, dated + 1
    rest = TOLD.sub("", whole[found.end() :]).strip(" ,-–|•·")
    if len(rest) > (_LONGEST_REST if dated else _LONGEST_NAME) or rest.endswith((".", "!", "?")):
        return None
    day = read_date(found.group(), "fr")
    if not dated:  # the paper stands before the day, or under it
        name = head[0][: found.start()].split(",")[0].strip() or rest
        return (0, ISSUE.sub("", name), day) if name else None
    first = max(0, dated - _MOST_NAME)
    end = first + 1
    while end < dated and _is_of_name(" ".join(head[first:end]), head[end], owner):
        end += 1
    return first, ISSUE.sub("", " ".join(head[first:end])).strip(" ,"), day


def _is_of_name(name: str, line: str, owner: str) -> bool:
    """Return whether a line goes on with the name of a paper, as the rights have it, else by its words."""
    if fold(f"{name} {line} ") in fold(f"{owner} "):
        return True
    begun = _GOES_ON.search(name) is not None or name.count("(") > name.count(")")
    return begun or (fold(name) != fold(owner) and not line[:1].isupper())


def _article(box: Box, lines: Sequence[str], listed: str) -> Extract | None:
    """Return the article beside a box, by the lines under it; None where they hold no text."""
    title, author, body = parts_of(lines, listed)
    body, link = text_of(body)
    text = normalise("\n".join(body).strip()) or normalise(title)
    if not title:
        return None
    return Extract(text, title=title, published=box.day.isoformat(), outlet=box.outlet, author=author, url=link)
