"""Which paper, day and author does a line give by which a press review says where an article of it appeared?

"Ouest Matin | mardi 14 mars 2023 | Par Ada Colin", "14/03/2023 – Ouest Matin, p. 4", "Source : Ouest Matin". Any one
line may be another's, an event of a day in a place; several that stand alike about articles are a review's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from index.language import fold
from index.paragraphs.datelines import MONTHS, read_date
from index.paragraphs.mastheads import Masthead
from index.reading.headers import byline_of
from index.reading.subjects import KIND
from index.reading.wirelines import is_sentence

_WEEKDAY = (
    r"(?:lun(?:di)?|mar(?:di)?|mer(?:credi)?|jeu(?:di)?|ven(?:dredi)?|sam(?:edi)?|dim(?:anche)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?,?"
)
_DAY = re.compile(
    rf"(?:(?:(?:[ée]dition|num[ée]ro) )?(?:le |du |on |of )?{_WEEKDAY} ?)?(?:\b(?:le|du|on|of) )?"
    rf"(?P<day>(?<![\d/.-])(?:\d{{1,2}}(?:er|st|nd|rd|th)? (?:{MONTHS})\b\.?(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?:{MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?"
    r"|(?P<y3>\d{4}-\d\d-\d\d)|\d{1,2}[/.]\d{1,2}[/.](?P<y4>\d{4})))(?![\d/])"
    r"(?:,? (?:à |at |- )?\d{1,2} ?[:h] ?(?:\d\d)?(?: ?[ap]m)?\b)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<alone>(?:source|m[ée]dia|journal|support|publication|titre de presse|outlet|newspaper) ?: ?)"
    r"|(?:paru|publi[ée]|lu|diffus[ée])e?s? (?:dans|par|sur|in) (?:le quotidien |le journal |l['’]hebdomadaire )?"
    r"|(?:published|appeared|first published|as seen) (?:in|by|on) ",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[|·•,;]\s*|\s+[-–—/]+\s+|\s*[–—]\s*")
_SITE = re.compile(r"(?:[\w-]{2,40}\.){1,3}[a-z]{2,10}")
_PAGE = re.compile(r"(?:pp?\.?|pages?|pg\.?) ?[\w-]{1,8}|[\d\s]{1,8}(?:mots|words)|n[o°º]\.? ?\d{1,6}", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\s*[|·•,;]|\s+[-–—/])\s*(?:[A-ZÀ-Ý]\.[ -]?){2,3}$")
"""The initials of an author at the end of a line."""
_ORDINAL = re.compile(r"\A\d{1,3}[.)] (?=\S)")
_VERBS = frozenset(
    "est a sont ont etait sera seront aura auront rendez-vous inscription inscriptions jusqu'au avant apres depuis is "
    "was will are has have until before after since register publie publiee paru parue mis mise posted published "
    "updated".split()
)
_LONGEST, _LONGEST_NAME, _LONGEST_REST = 140, 55, 45
_MOST_WORDS, _MOST_PARTS = 7, 6
_OLDEST = 360
"""Days before a letter that a day without its year may be."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What such a line gives: no outlet where it stands on the line beside, no day where the line has none."""

    outlet: str = ""
    day: date | None = None
    author: str = ""


def bare(line: str) -> str:
    """Return a line without what marks it: as a heading, an item of a list, by its number."""
    return _ORDINAL.sub("", line.strip().lstrip("#*-•> ").strip("* "))


def read_credit(line: str, sent: date | None = None) -> Credit | None:
    """Return what a line of this kind gives, None for any other; a day without its year is before that of the letter.

    >>> read_credit("Ouest Matin | mardi 14 mars 2023 | Par Ada Colin")
    Credit(outlet='Ouest Matin', day=datetime.date(2023, 3, 14), author='Ada Colin')
    >>> read_credit("Le pont a rouvert le 14 mars 2023") is None
    True
    """
    told = _INITIALS.sub("", bare(line))
    if not told or len(told) > _LONGEST or is_sentence(told):
        return None
    told = told[1:-1].strip() if told[0] in "([" and told[-1] in ")]" else told
    label = _LABEL.match(told)
    told = told[label.end() :] if label else told
    found = next((one for one in _DAY.finditer(told) if sent is not None or _year(one)), None)
    if found is None:
        alone = label is not None and bool(label["alone"])
        return Credit(told) if alone and is_outlet(told) else None
    before, after = (list(_parts(side)) for side in (told[: found.start()], told[found.end() :]))
    day = _day(found, sent)
    parts = [*before, *after]
    authors = [byline_of(part) for part in parts]
    named = [part for part, author in zip(parts, authors, strict=True) if not author and not _PAGE.fullmatch(part)]
    if day is None or len(parts) > _MOST_PARTS or any(len(part) > _LONGEST_REST for part in named[1:]):
        return None
    outlet = named[0] if named and is_outlet(named[0]) else ""
    if named and not outlet and (before or not _is_detail(named[0])):
        return None
    return Credit(outlet, day, next(filter(None, authors), ""))


def of_masthead(head: Masthead | None) -> Credit | None:
    """Return what the line of a paper above an article gives, as a credit."""
    return Credit(head.outlet.strip(" -–—|"), head.day) if head is not None and head.outlet else None


def is_outlet(words: str) -> bool:
    """Return whether words may be the name of a paper: a few, with a capital, or the address of a site."""
    several = words.split()
    if not several or len(words) > _LONGEST_NAME or len(several) > _MOST_WORDS or is_sentence(words):
        return False
    if _SITE.fullmatch(words):
        return True
    small = sum(word[0].islower() and len(word) > 3 for word in several[2:])
    capital = several[0][0].isupper() or (several[0].isdigit() and len(several) > 1 and several[1][0].isupper())
    verbs = any(fold(word) in _VERBS for word in several)
    return capital and small <= len(several) // 2 and not verbs and words[-1] not in ":?!," and not KIND.match(words)


def _is_detail(part: str) -> bool:
    """Return whether what stands beside a day is of the paper and not its name: a page, an hour, an edition."""
    return any(c.isdigit() for c in part) or part[:1].islower()


def _parts(words: str) -> Iterator[str]:
    """Yield what signs part in a line, without brackets that hold nothing any more."""
    for part in _SPLIT.split(words):
        told = part.strip(" \t\u00a0.:-–—[]*_")
        told = told.removesuffix("(").removeprefix(")").strip()
        if any(c.isalnum() for c in told):
            yield told


def _year(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("y1", "y2", "y3", "y4"))


def _day(found: re.Match[str], sent: date | None) -> date | None:
    """Return the day of a credit, in the year before the letter where it gives none."""
    if _year(found):
        return read_date(found["day"], "fr")
    for year in (sent.year, sent.year - 1) if sent else ():
        day = read_date(f"{found['day']} {year}", "fr")
        if day and sent and -1 <= (sent - day) / timedelta(days=1) <= _OLDEST:
            return day
    return None
