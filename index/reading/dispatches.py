"""Which article do the lines of an agency's dispatch make: what stands around it, its title, its day, its text?

Above the text stand, in any order, the number of the dispatch, its slug, a flag, its title, a byline, the hour and the
line of the agency; under it initials, rights, the hour again. The line of the agency stands alone, or begins the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.paragraphs.datelines import read_date
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.headers import byline_of
from index.reading.wirelines import (
    HEADED,
    LABELLED,
    LONGEST,
    NAMED,
    NUMBER,
    SLUG,
    START,
    TRAILER,
    agency_line,
    is_agency,
    is_anchor,
    is_coded,
    is_flag,
    is_sentence,
    is_under,
    shown,
    stamp,
    stamped_by,
    unflagged,
)

_YEAR = re.compile(r"\d{4}|\d[/.-]\d\d?[/.-]\d\d")
_TITLES = ("titre", "title", "objet", "headline")
_SHORT = 60
"""A shorter paragraph may be a title, whatever ends it."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above the text of a dispatch give, and where the text starts."""

    start: int
    title: str = ""
    agency: str = ""
    day: str = ""
    author: str = ""
    kept: tuple[str, ...] = ()
    """Lines between the title and the text that are of the text."""


def head_of(lines: Sequence[str]) -> Head:
    """Return what stands above the text of a dispatch."""
    titles: list[list[str]] = []
    found = {"agency": "", "day": "", "number": "", "author": ""}
    gap, closed = True, False
    kept: list[str] = []
    for place, line in enumerate(lines):
        bare = line.strip().lstrip("#").strip()
        if not bare:
            gap = True
        elif not agency_line(bare) and (first := START.match(bare)):
            found["agency"] = shown(first["agency"])
            found["day"] = _fullest(first["day"] or first["only"] or "", found["day"] or found["number"])
            return _head(place, titles, found, kept)
        elif not titles and (headed := HEADED.fullmatch(bare)):
            found["day"], found["agency"] = headed["day"], shown(headed["agency"] or "") or found["agency"]
            titles.append([headed["title"]])
            gap = True
        elif _is_noted(bare, found):
            closed = closed or bool(titles and (agency_line(bare) or stamp(bare)))
            gap = True
        elif not closed and (is_flag(bare) or (SLUG.fullmatch(bare[:LONGEST]) and not titles)):
            gap = True
        elif titles and bare.startswith(("* ", "- ", "• ")):
            kept.append(bare)
        elif closed or _is_prose(lines, place, _SHORT if not titles or not gap else 0):
            return _head(place, titles, found, kept)
        else:
            said = LABELLED.fullmatch(bare)
            bare = (said["value"] or "").strip() if said else bare
            titles.append([bare]) if gap or not titles else titles[-1].append(bare)
            gap = False
    return _head(len(lines), titles, found, kept)


def _is_noted(bare: str, found: dict[str, str]) -> bool:
    """Note what a line above a text gives beside its title, and return whether it gives such a thing."""
    if wire := agency_line(bare):
        found["agency"], found["day"] = wire
    elif day := stamp(bare):
        found["day"] = found["day"] or day
        found["agency"] = found["agency"] or stamped_by(bare)
    elif named := is_agency(bare):
        found["agency"] = found["agency"] or named
    elif (number := NUMBER.fullmatch(bare)) or is_coded(bare):
        found["number"] = "-".join(number.group("y", "m", "d")) if number and number["y"] else found["number"]
    elif byline := byline_of(bare):
        found["author"] = byline
    elif (said := LABELLED.fullmatch(bare)) and said["label"].lower() not in _TITLES:
        value = (said["value"] or "").strip()
        told = read_date(value, "fr") if said["label"].lower() == "date" else None
        found["day"] = found["day"] or (told.isoformat() if told else "")
        found["author"] = value if said["label"].lower().startswith("auteur") else found["author"]
        found["agency"] = found["agency"] or is_agency(value)
    else:
        return False
    return True


def _fullest(day: str, other: str) -> str:
    """Return a day with its year, which the line of the agency may leave to the one above.

    >>> _fullest("March 14", "14-Mar-2023"), _fullest("14 mars 2023", ""), _fullest("", "14/03/2023")
    ('14-Mar-2023', '14 mars 2023', '14/03/2023')
    """
    return day if _YEAR.search(day) or not other else other


def _is_prose(lines: Sequence[str], place: int, least: int) -> bool:
    """Return whether a paragraph that begins here is of the text: long, or ended as a sentence."""
    paragraph: list[str] = []
    for line in lines[place : place + 12]:
        if not line.strip() or is_anchor(line):
            break
        paragraph.append(line.strip())
    whole = " ".join(paragraph)
    return len(whole) > LONGEST or (len(whole) > least and is_sentence(whole))


def _head(start: int, titles: list[list[str]], found: dict[str, str], kept: list[str]) -> Head:
    """Return a head of these paragraphs that may be its title: the first one of several words."""
    told = [" ".join(part) for part in titles]
    title = next((part for part in told if len(part.split()) > 2 and part != part.upper()), "")
    title = title or max(told, key=len, default="")
    day = found["day"] or found["number"]
    return Head(start, unflagged(title), found["agency"], day, found["author"], tuple(kept))


def of_lines(lines: Sequence[str]) -> Extract | None:
    """Return the article that the lines of a dispatch make; None where they make none."""
    whole = [line.rstrip() for line in lines]
    under: list[str] = []
    while whole and (not whole[-1] or is_under(whole[-1]) or stamp(whole[-1])):
        under.append(whole.pop().strip())
    head = head_of(whole)
    body = whole[head.start :]
    text = "\n\n".join(filter(None, ["\n".join(head.kept), "\n".join(body).strip()]))
    if not text and not head.title:
        return None
    day = head.day
    if not _YEAR.search(day):
        trailer = next((found for line in under if (found := TRAILER.fullmatch(line))), None)
        stamped = next((told for line in under if (told := stamp(line))), "")
        day = f"{trailer['d']} {trailer['m']} 20{trailer['y'][-2:]}" if trailer else stamped
    signed = next((shown(found[0]) for line in under if (found := re.search(NAMED, line))), "")
    return Extract(
        normalise(text or head.title),
        title=normalise(head.title),
        published=day,
        outlet=head.agency or signed,
        author=normalise(head.author),
    )
