"""Is this the line under which a paper or an agency prints an article, and what outlet and day does it give?

"Le Monde, mardi 14 mars 2023, p. 4", "Libération - mardi 14 mars 2023",
"Le Figaro, no. 24512, mardi 14 mars 2023, p. 6", "Le Monde (14 mars 2023)",
"The Gazette, March 14, 2023 Tuesday, Section A; Pg. 4", "LILLE, 14 mars 2023 (AFP) - La crue…".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from index.language import fold
from index.paragraphs.datelines import MONTHS, read_date
from index.paragraphs.wording import SECTIONS

_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?)"
)
_MONTH_FIRST = rf"(?:{MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
_DAY = (
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)? (?:{MONTHS})\.?,? \d{{4}}|{_MONTH_FIRST}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)"
)
_DATED = rf"(?:[ée]dition du )?(?:le )?(?P<before>{_WEEKDAY},? (?:le )?)?(?P<day>{_DAY})(?P<after>,? {_WEEKDAY})?"
_PAGE = r"(?:pp?\.|pages?|pg\.?) ?[\w-]{1,8}(?: ?[,;&-] ?\w{1,6})*"
_MORE = (
    rf"(?:{_PAGE}|section [\w ]{{1,20}}(?:; ?{_PAGE})?|[\w' -]{{0,24}}\b[ée]dition\b[\w' -]{{0,24}}"
    r"|\d{1,2} ?[h:] ?\d\d(?: ?[ap]m)?|[\d ]+ (?:mots|words))"
)
_NUMBER = r"(?:n[o°º]\.?|num[ée]ro|vol\.|issue|no\.) ?(?=[\w/-]{0,11}\d)[\w/-]{1,12}"
_CAPITAL = r"(?-i:[A-ZÀ-ÝŒ])"
_PAPER = re.compile(
    rf"(?:source ?: ?)?(?P<outlet>(?:\d{{1,2}} )?{_CAPITAL}[^\d,;:()|]{{1,59}}?)(?: \((?:site web|web|online"
    rf"|[^\W\d]{{2,20}})\))?"
    rf"(?P<number>,? {_NUMBER})?(?:, (?P<section>[^\W\d_][^\d,;:()|]{{1,39}}?))?"
    rf"(?:(?P<paren> ?\()|,? ?(?P<bar>[|·•–—-]) ?|, ?){_DATED}(?(paren)\))(?P<more>(?: ?[,;|·•–—-] ?{_MORE})*)\s*\.?",
    re.IGNORECASE,
)
AGENCIES = (
    "AFP|Reuters|AP|Belga|ATS|Keystone-ATS|EFE|dpa|PA|ANSA|Xinhua|Tass|Lusa|Agence France-Presse"
    "|La Presse [Cc]anadienne|CP|UPI|PTI|APS|MAP|TAP"
)
"""A pattern of the names by which agencies sign."""
_AGENCY_FIRST = re.compile(
    rf"(?:{_CAPITAL}[^\d;:()|]{{1,50}}? \()?(?-i:(?P<agency>{AGENCIES}))\)? ?[,|·•–—-] ?{_DATED}"
    r"(?:,? ?(?:à |at )?\d{1,2} ?[:h.] ?\d\d(?: ?[A-Z]{2,4})?)?\s*\.?",
    re.IGNORECASE,
)
"""An agency before the day: "Paris (AFP) - 14/03/2023 12:03"."""
_AGENCY = re.compile(
    rf"(?P<place>{_CAPITAL}[^\d;:()|]{{1,50}}?)(?: \([^()]{{2,30}}\))?,? ?{_DATED}"
    rf" ?\((?P<agency>{AGENCIES})(?:/[\w ]{{1,20}})?\)\s*(?P<text>[-–—:]{{0,2}}\s*\S.*)?",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE_FIRST = re.compile(
    rf"\d(?:\d?(?:er|st|nd|rd|th)? (?:{MONTHS})\.?,? \d{{4}}|\d?[/.]\d{{1,2}}[/.]\d{{4}}|\d{{3}}-\d\d-\d\d)",
    re.IGNORECASE,
)
"""A day whose figure stands first, written so that it is looked for at figures alone."""
_MONTHLY = (re.compile(r" \d{1,2}(?:st|nd|rd|th)?,? \d{4}", re.IGNORECASE), re.compile(_MONTH_FIRST, re.IGNORECASE))
"""What ends a day whose month stands first, quickly found, and such a day."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ARTICLE = re.compile(r"(?:le|la|les|l'|l’|the)\s?\w", re.IGNORECASE)
_PLACES = frozenset(
    "le havre|le mans|le caire|la rochelle|la haye|le cap|la paz|la havane|la reunion|le puy|la baule|le touquet"
    "|le port|le creusot|la valette|la mecque|the hague|les sables d'olonne|le puy-en-velay".split("|")
)
_GENRES = frozenset(
    "reportage enquete entretien interview portrait recit analyse chronique tribune editorial opinion critique dossier "
    "feature profile comment exclusive review obituary explainer reaction reactions agenda bilan seance".split()
)
"""What an article may be, that a line under its title says beside the day."""
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Masthead:
    """What such a line gives; `outlet` is "" for one that gives only a place or a section; `alone` without a text."""

    day: date
    outlet: str
    alone: bool
    may_be_place: bool = field(default=False, repr=False)
    """Whether the outlet is a word before a dash and nothing else marks it as one."""


def read_masthead(line: str, language: str) -> Masthead | None:
    """Return what a line of this kind gives, or None for any other line.

    >>> read_masthead("Le Monde, mardi 14 mars 2023, p. 4", "fr")
    Masthead(day=datetime.date(2023, 3, 14), outlet='Le Monde', alone=True)
    >>> read_masthead("Le maire, élu le 14 mars 2023, a parlé.", "fr") is None
    True
    """
    if not _YEAR.search(line, 0, _LONGEST):
        return None
    start = " ".join(line[: 2 * _LONGEST].split()).strip("*_#> ")
    if not _FIGURE_FIRST.search(start, 0, _LONGEST) and not all(one.search(start, 0, _LONGEST) for one in _MONTHLY):
        return None
    if "(" in start and (wire := _AGENCY.match(start)) and (day := read_date(wire["day"], language)):
        return Masthead(day, wire["agency"], not wire["text"])
    if len(line) > _LONGEST:
        return None
    if (wire := _AGENCY_FIRST.fullmatch(start)) and (day := read_date(wire["day"], language)):
        return Masthead(day, wire["agency"], True)
    found = _PAPER.fullmatch(start)
    day = read_date(found["day"], language) if found else None
    if found is None or day is None:
        return None
    name = found["outlet"].strip()
    words = name.split()
    if len(words) > 7 or re.fullmatch(_WEEKDAY, words[0], re.IGNORECASE) or not _is_name(words):
        return None
    marked = found["number"] or found["more"] or (found["paren"] and (_ARTICLE.match(name) or len(words) <= 2))
    dated = found["before"] or found["after"]
    if found["paren"] and not marked:
        return None  # "Attentat de Marnac (14 mars 2023)" is a title
    barred = found["bar"] and dated and len(words) == 1 and words[0][0].isupper() and fold(name) not in _GENRES
    named = marked or (dated and _capital(words)) or barred or _ARTICLE.match(name)
    place = fold(name) in _PLACES or not named
    section = all(fold(word) in SECTIONS for word in words)
    if place and not marked:
        return None  # a dateline like any other
    return Masthead(day, "" if section or place else name, True, bool(barred and not marked))


def _capital(words: list[str]) -> bool:
    """Return whether these are two words and more, all but small ones with a capital."""
    return len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 3)


def _is_name(words: list[str]) -> bool:
    """Return whether the words are those of a name: capitals but for small words and what follows an article."""
    small = sum(word[0].islower() and len(word) > 3 for word in words[2:])
    return small <= len(words) // 2 and not any(fold(word) in _VERBS for word in words)


_VERBS = frozenset(
    "est a sont ont etait publie mis mise par by is was has updated published posted depuis avant apres".split()
)
