"""Which words has the interface in this language, and how does the language print a number, a day, another language?

Each language is one file beside this one, such as `fr.po`: a gettext catalogue, which any tool for translators opens.
Whoever adds a file has added a language. Babel reads it when its words are first needed: nothing has to be compiled.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FIRST = "fr"
"""The language that stands first where languages are listed."""
OTHERWISE = "en"
"""The language of whoever speaks none of ours."""


class Words:
    """What the interface says in a language, by the names that the code knows; `language` is its code."""

    def __init__(self, language: str, messages: Mapping[str, str], plurals: GNUTranslations) -> None:
        self.language = language
        self._messages = messages
        self._plurals = plurals

    def __getitem__(self, name: str) -> str:
        """Return a message; its gaps, such as "{name}", are for `str.format`. Raises KeyError for one that is not."""
        return self._messages[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of all messages that do not count."""
        return iter(self._messages)

    def count(self, name: str, number: int) -> str:
        """Return a message that counts, in the form for this number: "1 source answers", "4 sources answer"."""
        return self._plurals.ngettext(name, name, number).format(count=print_number(number, self.language))


@cache
def list_languages() -> tuple[str, ...]:
    """Return the codes of the languages that the interface speaks."""
    return tuple(sorted((file.stem for file in FOLDER.glob("*.po")), key=lambda code: (code != FIRST, code)))


def choose_language(tag: object) -> str:
    """Return the language of the interface for a code, or for what a browser says that it prefers: "fr-CA,en;q=0.8"."""
    code = tag.strip()[:2].lower() if isinstance(tag, str) else ""
    return code if code in list_languages() else OTHERWISE


def read_words(language: str) -> Words:
    """Return the words of the interface in a language, in English for one that has no file."""
    return _read(choose_language(language))


@cache
def _read(language: str) -> Words:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with open(FOLDER / f"{language}.po", encoding="utf-8") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    messages = {str(one.id): str(one.string) for one in catalogue if one.id and not one.pluralizable}
    return Words(language, messages, GNUTranslations(compiled))


def print_number(value: int, language: str) -> str:
    """Return a whole number as the language prints it: 12,345 or 12 345, with a narrow space that does not break."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=choose_language(language))


def print_day(day: date, language: str) -> str:
    """Return a day as the language writes it: "25 novembre 2024", "1er mai 2024", "1 May 2024"."""
    from babel.dates import format_date

    words = read_words(language)
    return format_date(day, words["date_first" if day.day == 1 else "date"], locale=words.language)


def print_short_day(day: date, language: str, *, year: bool = False) -> str:
    """Return a day where there is little room, without its year unless that is asked for: "4 août", "1er août"."""
    from babel.dates import format_date

    words = read_words(language)
    pattern = words["date_first" if day.day == 1 else "date"].replace("MMMM", "MMM")
    return format_date(day, pattern if year else pattern.replace("y", "").strip(), locale=words.language)


def print_days(first: date, last: date, language: str) -> str:
    """Return the days from one to another briefly: "11–12 août", "30 juil. – 2 août"."""
    year = first.year != last.year
    until = print_short_day(last, language, year=year)
    if first == last:
        return until
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    return f"{print_short_day(first, language, year=year)} – {until}"


def print_language(code: str, language: str) -> str:
    """Return what a language is called in another: "Anglais"; its code where the interface does not speak it."""
    from babel import Locale

    return Locale(choose_language(language)).languages[code].capitalize() if code in list_languages() else code
