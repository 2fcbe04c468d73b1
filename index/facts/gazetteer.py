"""Which countries, nationalities and cities are these? By the Unicode locale data and the tables of all languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from index.facts.tables import LANGUAGES, table
from index.language import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_COUNTRIES = ("UN", "EZ", "QO")
"""Codes of territories that are none: the United Nations, the eurozone, outlying Oceania."""


@cache
def places() -> dict[str, str]:
    """Return the folded names of countries and large cities, each with its country's code, "" for a city."""
    from babel import Locale

    names: dict[str, str] = {}
    for language in LANGUAGES:
        for zone, labels in Locale.parse(language).time_zones.items():
            if "city" in labels and not zone.startswith("Etc/"):
                names[fold(labels["city"])] = ""
            names.setdefault(fold(zone.split("/")[-1].replace("_", " ")), "")
        names.update(dict.fromkeys(table(language).gazetteer.cities, ""))
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha() and code not in _NO_COUNTRIES:
                names[fold(name).replace("’", "'")] = str(code)
    for language in LANGUAGES:
        for code, listed in table(language).gazetteer.countries.items():
            names.update(dict.fromkeys(listed.split(";"), code))
    return names


@cache
def _demonyms() -> dict[str, str]:
    tables = (table(language).gazetteer.nationalities for language in LANGUAGES)
    return {word: code for words in tables for code, listed in words.items() for word in listed.split()}


@lru_cache(maxsize=100_000)
def nationality(folded: str) -> str:
    """Return the code of the country that a folded word speaks of: "russes" and "Russians" are "RU"; "" for others."""
    known = _demonyms()
    word = folded.replace(" ", "-")
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("e"),
        re.sub(r"nn?es?$", "n", word),
    ):
        if form in known:
            return known[form]
    return ""


@cache
def seats() -> dict[str, str]:
    """Return the country of each large city that news names for its government, folded: "moscou" is "RU"."""
    from babel import Locale
    from babel.core import get_global

    zones: dict[str, list[str]] = {}
    for zone, code in get_global("zone_territories").items():
        zones.setdefault(str(code), []).append(zone)
    alone = {own[0]: code for code, own in zones.items() if len(own) == 1 and code.isalpha()}
    found = {seat: code for language in LANGUAGES for seat, code in table(language).gazetteer.seats.items()}
    for zone, code in alone.items():
        found.setdefault(fold(zone.split("/")[-1].replace("_", " ")), code)
    for language in LANGUAGES:
        for zone, labels in Locale.parse(language).time_zones.items():
            if zone in alone and "city" in labels:
                found.setdefault(fold(labels["city"]), alone[zone])
    return found


def as_one_word(text: str) -> str:
    """Return a text in which the nationalities of two words are one: "South Koreans", "Coréens du Sud".

    >>> as_one_word("300 Coréens du Sud"), as_one_word("South African sailors")
    ('300 Sud-Coréens', 'South-African sailors')
    """
    for language in LANGUAGES:
        for found, joined in table(language).gazetteer.peoples:
            text = found.sub(joined, text)
    return text


def nations(text: str) -> frozenset[str]:
    """Return the codes of the countries whose people a text names: in "marins norvégiens au Japon", the Norwegians."""
    words = _WORD.findall(fold(as_one_word(text)))
    return frozenset(map(nationality, words)) - {""}


@cache
def _combining() -> dict[str, str]:
    return {word: code for language in LANGUAGES for word, code in table(language).gazetteer.combining.items()}


@lru_cache(maxsize=100_000)
def peoples_together(folded: str) -> frozenset[str]:
    """Return the codes of the countries that a folded compound of nationalities names; none for any other word.

    Which of them is meant it leaves open: it names their people no more than a place.

    >>> sorted(peoples_together("russo-ukrainienne")), sorted(peoples_together("mi-norvegienne"))
    (['RU', 'UA'], [])
    """
    if "-" not in folded or nationality(folded):
        return frozenset()
    first, *others = folded.split("-")
    codes = [_combining().get(first, "") or nationality(first), *map(nationality, others)]
    return frozenset(codes) if all(codes) and "EU" not in codes else frozenset()


@lru_cache(maxsize=2000)
def countries(text: str) -> frozenset[str]:
    """Return the codes of the countries that a text names, itself or by their people or their seat of government.

    A name has its capital, since many are words too ("grenade").

    >>> sorted(countries("marins norvégiens au Japon"))
    ['JP', 'NO']
    """
    printed = _WORD.findall(as_one_word(text))
    if len(printed) > 3 and text == text.upper():
        printed = [word.capitalize() for word in printed]  # then capitals tell no initials
    words = [fold(word).replace("’", "'").removesuffix("'s") for word in printed]
    found: set[str] = set()
    i = 0
    while i < len(words):
        size, code = _country_at(printed, words, i)
        found |= {code} if code else peoples_together(words[i])
        i += size
    return frozenset(found)


def _country_at(printed: Sequence[str], words: Sequence[str], i: int) -> tuple[int, str]:
    """Return how many words from the i-th on name one country, or its people, and its code; one and "" for none."""
    if printed[i][0].isupper():
        for size in (3, 2, 1):
            phrase = " ".join(words[i : i + size])
            spaced = phrase.replace("-", " ")  # `as_one_word` joins "South Africa" as well as "South Africans"
            code = nationality(phrase) or places().get(phrase) or places().get(spaced) or seats().get(phrase, "")
            if code and len(words) >= i + size and (len(phrase) > 2 or printed[i].isupper()):
                return size, code
        return 1, ""
    return 1, nationality(words[i])
