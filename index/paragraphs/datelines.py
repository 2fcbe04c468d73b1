"""Is this line a dateline, and which dates does it give? French and English; never a date in running text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    1: "janvier janv january jan", 2: "fevrier fevr fev february feb", 3: "mars march mar",
    4: "avril avr april apr", 5: "mai may", 6: "juin june jun", 7: "juillet juil july jul",
    8: "aout august aug", 9: "septembre september sept sep", 10: "octobre october oct",
    11: "novembre november nov", 12: "decembre december dec",
}  # fmt: skip
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}

_NAME = "|".join(sorted(_MONTH, key=len, reverse=True))
MONTHS = rf"{_NAME}|février|août|décembre|févr|déc"
"""The names of months, as alternatives of a pattern."""
_DATE = re.compile(
    rf"(?P<y1>\d{{4}})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)(?:T(?=\d))?"
    rf"|(?P<a>\d\d?)[-/.](?P<b>\d\d?)[-/.](?P<y2>\d{{4}}|\d\d)(?![\d/])"
    rf"|(?P<d3>\d\d?)(?:er|st|nd|rd|th|\.(?= ))?[ -](?:of )?(?P<m3>{_NAME})\.?,?[ -](?P<y3>\d{{4}})\b"
    rf"|(?P<m4>{_NAME})\.? (?P<d4>\d\d?)(?:er|st|nd|rd|th)?,? (?P<y4>\d{{4}})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d(?:\d{3}|[/.-]\d\d(?!\d))")
"""Without one of these no line is a dateline; most lines are left alone at once."""
_UPDATED = re.compile(
    r"(?:derni[e]re )?(?:mise?s? a jour|actualisee?|modifiee?|maj|modification)\b"
    r"|(?:last )?(?:updated?|modified|edited|revised)\b|last (?:update|revision)\b",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:article )?(?:publiee?|parue?|mise? en ligne|poste|creee?|diffusee?|redigee?|publication)\b"
    r"|date(?: de publication)?\b"
    r"|(?:first |originally )?(?:published|posted|issued|released|created)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,|•·:;()\[\]/–—-]+|(?-i:E[SD]?T|GMT|UTC|CES?T|P[SD]?T|IST|BST)\b|heure de paris\b|paris time\b"
    r"|\d\d?\.\d\d(?=\s?(?:GMT|UTC|BST|CES?T|E[SD]T)\b)"
    r"|\d\d?(?:\s?[:h.]\s?\d\d)?(?::\d\d)?\s?[ap]\.?m\b\.?"
    r"|\d\d?\s?[:h]\s?(?:\d\d)?(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)",
    re.IGNORECASE,
)
"""What stands between the dates of a dateline: separators, times of day."""
_FILLER = re.compile(
    r"(?:le|la|a|au|du|on|at|the|et|and|(?:ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?\s*",
    re.IGNORECASE,
)
"""Words of a dateline where a date follows, and of a sentence where none does."""
_WEEKDAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?",
    re.IGNORECASE,
)
_NAMED = r"(?!Publi|Post|Mise? a|Modifi|Actuali|MAJ|Last|Update|Edited)[A-Z][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?:[Pp]ar|PAR|[Bb]y|BY)\s+(?:[Ll]a |[Tt]he )?{_NAMED}"
    rf"(?:,? (?:{_NAMED}|et|and|avec|with|de|du|la|pour|for|von|van))*"
)
_PLACE = re.compile(rf"(?:{_NAMED})(?: {_NAMED}){{0,2}}(?=\s?[,|•–—-])")
_EDITORIAL = re.compile(
    r"(?:(?:cet|cette|ce|l'|this|the) ?(?:article|depeche|papier|contenu|story|post|piece)\b|(?:article|story) )"
    r".{0,40}?(?:mise? a jour|actualisee?|modifiee?|corrigee?|completee?|enrichie?"
    r"|updated|corrected|amended|edited|revised"
    r"|(?:initialement|d'abord|originellement) publiee?|(?:originally|first|initially) published)\b"
    r"|(?:avec|with|ajout|added|adds|adding|addition|precisions?|correction|corrects|updates)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dates of a line; `alone` where the line holds nothing else worth citing."""

    published: date | None
    """After a marker such as "Publié le"."""
    updated: date | None
    """After a marker such as "Mise à jour le"."""
    bare: date | None
    """Without a marker."""
    alone: bool


class _Letters(dict[str, str]):
    """What is left of each character without its accents, kept once made."""

    def __missing__(self, sign: str) -> str:
        apart = (c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))
        self[sign] = plain = "".join(apart).replace("’", "'")
        return plain


_letters = _Letters()
_BEYOND = re.compile(r"[^\x00-\x7f]")


def plain_letters(text: str) -> str:
    """Return the text without accents, its case kept, its apostrophes straight and its white space single."""
    if not text.isascii():
        text = _BEYOND.sub(lambda sign: _letters[sign[0]], text)
    return " ".join(text.split())


def read_dateline(line: str, language: str) -> Dateline | None:
    """Return the dates of a dateline, or None for any other line.

    A dateline is a short line that is nothing but a date, with its time, weekday, place and byline, or a line that
    begins with "published" or "updated" and a date. In English 03/04/23 is 4 March, in any other language 3 April; a
    number over 12 settles it.

    >>> read_dateline("lundi, novembre 25, 2024", "fr").bare
    datetime.date(2024, 11, 25)
    >>> read_dateline("Le rapport, publié le 3 mars 2023, le disait.", "fr") is None
    True
    """
    if len(line) > 400 or not _YEAR.search(line, 0, 160):
        return None
    text = plain_letters(line[:400]).strip("*_#>• ")
    dates: dict[str, date] = {}
    marker, at, end, placed = "bare", 0, 0, False
    while at < len(text):
        if (found := _BETWEEN.match(text, at)) or (dates and (found := _WEEKDAY.match(text, at))):
            at = found.end()
        elif found := _FILLER.match(text, at):
            at = found.end()
            continue
        elif (day := _DATE.match(text, at)) and (value := _value(day, language)):
            dates.setdefault(marker, value)
            at = day.end()
        elif found := _UPDATED.match(text, at):
            marker, at = "updated", found.end()
        elif found := _PUBLISHED.match(text, at):
            marker, at = "published", found.end()
        elif not dates and (found := _BYLINE.match(text, at)):
            at = found.end()
        elif not dates and not placed and (found := _PLACE.match(text, at)):
            at, placed = found.end(), True
        else:
            break
        end = at
    return _judged(text, end, dates, marker)


def _judged(text: str, at: int, dates: dict[str, date], marker: str) -> Dateline | None:
    """Return the dateline when what is left of the line after its dates lets it be one."""
    rest = text[at:].strip(" .*")
    if not dates or (not rest and len(text) > 160):
        return None
    alone = not rest or (not _PLACE.match(text) and bool(re.fullmatch(_BYLINE, rest)))
    if not alone:
        between = text[:at].rstrip()[-1:]
        sentence = rest[0].islower() and between not in ":|–—-"
        if marker == "bare" or sentence or between in ",;":
            return None
        alone = bool(_EDITORIAL.match(rest))
    return Dateline(dates.get("published"), dates.get("updated"), dates.get("bare"), alone)


def read_date(text: str, language: str) -> date | None:
    """Return the one date that the text is, as metadata gives it ("2024-11-25T10:00:00Z", "3 mars 2023"), or None."""
    found = _DATE.search(plain_letters(text[:100]))
    return _value(found, language) if found else None


def _value(found: re.Match[str], language: str) -> date | None:
    """Return the date matched, or None where the calendar has no such day."""
    part = found.groupdict()
    if part["y1"]:
        year, month, day = int(part["y1"]), int(part["m1"]), int(part["d1"])
    elif part["y2"]:
        first, second, year = int(part["a"]), int(part["b"]), int(part["y2"])
        month, day = (first, second) if (language == "en" and first <= 12) or second > 12 else (second, first)
        year += 0 if year > 99 else 2000 if year < 70 else 1900
    else:
        name, number, full = ("m3", "d3", "y3") if part["y3"] else ("m4", "d4", "y4")
        year, month, day = int(part[full]), _MONTH[part[name].lower()], int(part[number])
    try:
        return date(year, month, day)
    except ValueError:
        return None
