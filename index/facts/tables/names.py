"""How does a language write its dates and its names, and how does it say who speaks?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.facts.tables.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Dates as they are printed; the names of months and weekdays are those of the Unicode locale data."""

    kinds: str
    """What is a date, verbose, each kind a named group; "{month}", "{weekday}", "{year}", "{number}" are patterns."""
    openers: Words
    """The words that begin a date, besides months and weekdays, in lower case as printed: "d" of "d'ici"."""
    short_months: tuple[tuple[str, int], ...]
    """Abbreviations that the press prints and the locale data lacks, each with the number of its month."""
    capital_months: bool
    """Whether a month has its capital, so that "may" and "march" are none."""
    ambiguous: Words
    """Months that are words of their own, folded, and dates only beside another word of a date."""
    numbers: tuple[str, ...]
    """Number words of "il y a trois jours"."""
    ones: Words
    year_cues: str
    """Words before a year that are printed with it, as a pattern: "fin 2024"."""
    clock: str
    """What follows the hour of a clock time, as a pattern."""
    counted: re.Pattern[str]
    """What behind four digits makes them a count: "2000 personnes"."""
    hedged: re.Pattern[str]
    """What before four digits makes them a count, or a reference."""
    cued: re.Pattern[str]
    """What before four digits makes them a year."""
    day_first: bool
    """Whether 3/4 is surely the third of April; where it is not, it may be either."""
    the: tuple[str, ...]
    """The article that is left out of what is printed."""
    years: Mapping[str, int]
    """Words behind a month by the year that they mean, from this one: "last year" is -1."""
    last: Words
    next: Words
    ahead: tuple[str, ...]
    """How the words before a month begin that then lies ahead: "d'ici", "by"."""
    days: Mapping[str, int]
    """Named days, folded, from today: "avant-hier" is -2."""
    units: Mapping[str, str]
    """ "day", "week", "month" or "year" by the word of "il y a trois jours", folded."""
    before: re.Pattern[str]
    """ "Last" in a named week, month or year, folded."""
    after: re.Pattern[str]
    week: re.Pattern[str]
    month: re.Pattern[str]
    year: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class NameWords:
    """Words in and around the names of people and places, folded."""

    titles: Words
    """Words before a name that make it a person's."""
    title_reach: int
    """How many words before a name may hold its title: French parts them by adjectives, "le député chilien"."""
    organisations: Words
    """Words of names that are neither a person's nor a place's; a name keeps them in a text of another language."""
    place_words: Words
    """Words before a name that make it a place's: "région"."""
    place_prefixes: Words
    """Words that begin the name of a place, in a text of any language: "Mont", "Lake"."""
    place_suffixes: Words
    """Words that end it."""
    into: Words
    """Prepositions before a place."""
    into_words: Words
    """Those before a place of several words."""
    to_the: Words
    """The preposition that, with an article, leads to no place: "le conseiller à la Culture"."""
    articles: Words
    """Articles, which no person's name has."""
    inner_articles: Words
    """Those that may stand between a preposition and a place."""
    times: Words
    """Words for times with a capital of their own, beside months and weekdays."""
    common: Words
    """Places that open sentences as words of their own."""
    said_before: Words
    """Auxiliaries between a name and a verb of speech: "Dupont a déclaré"."""
    inverted_after: Words
    """What may stand before a verb of speech whose subject is the name behind it."""


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Words by which a text says who speaks."""

    according: re.Pattern[str]
    not_speakers: Words
    written: Words
    """What is written by who then says so: "figures released by the ministry"."""
    asserts: re.Pattern[str]
    """ "C'est ce qu'affirme ": who follows said the sentence before; its group "verb", if any, is a verb of speech."""
    newest: Words
    """Words before which what looks like a verb of speech is a noun: "le dernier relevé"."""
    passive: Words
    by: Words
    links: Words
    """Small words within the name of a speaker."""
    tails: Words
    """Words that no speaker ends with."""
    pronouns: Words
    whole: Words
    """Determiners before which a verb of speech stays one: "all say"."""
    placed: Words
    """Verbs of speech only where `placed_at` follows soon: "put the toll at 90"."""
    placed_at: Words
    states: Words
    """The "fait" of "fait état"."""
    state: Words
    helpers: Words
    """Words right before a verb of speech that belong to it."""
    between: Words
    """Words that may stand before those."""
    articles: Words
    inverts: bool
    """Whether any subject may follow its verb of speech, and a subject alone is enough before it."""
    clause: Words
    edges: Words
    """Words that are not yet part of a subject that begins with them."""
    joins: Words


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names of countries, of their people and of cities, folded."""

    nationalities: Mapping[str, str]
    """Words for a nationality in the masculine singular, by ISO 3166 code."""
    countries: Mapping[str, str]
    """Short names of countries, parted by ";", beside those of the Unicode locale data, by code."""
    cities: tuple[str, ...]
    """Cities and regions, beside those of the Unicode time zones."""
    peoples: tuple[tuple[re.Pattern[str], str], ...]
    """How a nationality of two words becomes one word: what is found, and what stands for it."""
    combining: Mapping[str, str]
    """What stands for a nationality before another one, as "franco-" does, with its code."""
    seats: Mapping[str, str]
    """Seats of government of countries with several time zones, or none that is named for it, by country."""
