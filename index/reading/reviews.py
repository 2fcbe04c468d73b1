"""Which articles does a press review in plain text hold, each under a line of its paper, parted by lines of signs?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.paragraphs.datelines import read_date
from index.paragraphs.mastheads import read_masthead
from index.reading.contents import Extract, FileContents
from index.reading.creditlines import Credit, bare, is_outlet, read_credit
from index.reading.decoding import normalise
from index.reading.europresse_lines import author_of
from index.reading.headers import byline_of
from index.reading.layouts import is_title
from index.reading.wirelines import is_sentence

RULE = re.compile(r"\W{0,2}(?:[-–—=_*~#+.]{5,}|(?:[*#=-] ){2,}[*#=-])\W{0,2}")
_PARTED = re.compile(
    r"^[ \t]*(?:([-=_*~#])\1{4,}|[–—]{5,}|(?:\xe2\x80[\x93\x94]){5,}|[*#=-] [*#=-] [*#=-])", re.MULTILINE
)
"""Such a line; in bytes that are read as Latin 1 too."""
_ABOVE = 5
"""Lines of an article from its top among which its paper and day stand."""
_COVER = 300
"""Characters that stand above the first article and are none, at most."""
_LABELS = re.compile(
    r"(?:(?:source|m[ée]dia|journal|support|titre de presse|publication|outlet|newspaper) ?: ?(?P<outlet>\S.{1,80})"
    r"|(?:date(?: de (?:parution|publication|diffusion))?|paru le|published) ?: ?(?P<day>\S.{3,40})"
    r"|(?:titre|title|headline) ?: ?(?P<title>\S.{2,250})"
    r"|(?:auteurs?|journalistes?|authors?|byline|signature) ?: ?(?P<author>\S.{1,100})"
    r"|(?:page|pages|rubrique|section|url|lien|link|th[èe]me|mots[- ]cl[ée]s|keywords|ville|pays|type|langue) ?:"
    r"(?P<other>.{0,300}))",
    re.IGNORECASE,
)
"""Lines that say, with a label each, of which paper, day and title an article is."""
_MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above an article, by the numbers of its lines, with the title if it is told apart from the text."""

    credit: Credit
    lines: set[int]
    title: str = ""


def groups(lines: Sequence[str]) -> list[list[str]]:
    """Return what stands between the lines of signs that part a text."""
    found: list[list[str]] = [[]]
    for line in lines:
        if len(line) < 200 and RULE.fullmatch(line.strip()):
            found.append([])
        else:
            found[-1].append(line)
    return [group for group in found if any(line.strip() for line in group)]


def may_hold(text: str) -> bool:
    """Return whether lines of signs part a text."""
    return text.count("\n") > 6 and _PARTED.search(text) is not None


def articles(text: str) -> FileContents | None:
    """Return the articles of a press review; None for any other text."""
    if not may_hold(text):
        return None
    parts = groups(text.split("\n"))
    heads = [_head(part) for part in parts]
    while heads and heads[0] is None and _is_aside(parts[0]):
        parts, heads = parts[1:], heads[1:]
    while heads and heads[-1] is None and _is_aside(parts[-1]):
        parts.pop(), heads.pop()
    named = [(part, head) for part, head in zip(parts, heads, strict=True) if head is not None]
    if len(named) < 2 or len(named) < len(parts):
        return None
    return FileContents(tuple(_said(part, head) for part, head in named))


def _is_aside(lines: Sequence[str]) -> bool:
    """Return whether lines are what a review says of itself: its cover, its contents, its end."""
    return sum(map(len, lines)) <= _COVER or not any(is_sentence(line) for line in lines)


def _head(lines: Sequence[str]) -> _Head | None:
    """Return what stands above an article: the line of its paper, the paper over its day, or lines of labels."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    if labelled := _labelled(lines, told):
        return labelled
    found = ((n, read_masthead(lines[n].strip(), "fr")) for n in told[:_ABOVE])
    head = next(((n, m) for n, m in found if m is not None and m.alone and m.outlet), None)
    if head is not None:
        return _Head(Credit(head[1].outlet, head[1].day), {head[0]})
    for n, under in pairwise(told[: _ABOVE + 1]):
        day = read_credit(lines[under])
        if day is not None and day.day and not day.outlet and is_outlet(bare(lines[n])):
            credit = Credit(bare(lines[n]), day.day, day.author)
            return _titled(lines, [k for k in told if k not in (n, under)], _Head(credit, {n, under}))
    return None


def _titled(lines: Sequence[str], told: Sequence[int], head: _Head) -> _Head:
    """Return a head with the title that stands by its paper, and a byline above that."""
    for n in told[:3]:
        line = bare(lines[n])
        author = byline_of(line) or author_of(line)
        if author and not head.credit.author and len(told) > 1:
            head = _Head(replace(head.credit, author=author), {*head.lines, n})
        else:
            return _Head(head.credit, {*head.lines, n}, line) if is_title(lines[n]) else head
    return head


def _labelled(lines: Sequence[str], told: Sequence[int]) -> _Head | None:
    """Return what the labels say that stand above an article, line under line: paper, day, title."""
    values: dict[str, str] = {}
    held: set[int] = set()
    for n in told[:_MOST_LABELS]:
        found = _LABELS.fullmatch(lines[n].strip())
        if found is None:
            break
        held.add(n)
        values.setdefault(str(found.lastgroup), found[str(found.lastgroup)].strip())
    day = read_date(values.get("day", ""), "fr")
    if not values.get("outlet") or not (day or values.get("title")):
        return None
    return _Head(Credit(values["outlet"], day, values.get("author", "")), held, values.get("title", ""))


def _said(lines: Sequence[str], head: _Head) -> Extract:
    """Return the article under, or around, the line of its paper."""
    body = [line for n, line in enumerate(lines) if n not in head.lines]
    author = head.credit.author
    author = author or next((name for line in body[: 2 * _ABOVE] if (name := byline_of(line.strip()))), "")
    day = head.credit.day
    return Extract(
        normalise("\n".join(body).strip("\n")),
        title=head.title,
        published=day.isoformat() if day else "",
        outlet=head.credit.outlet,
        author=byline_of(author) or author,
    )
