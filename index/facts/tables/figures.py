"""How does a language write its figures: numbers, units, ranges, hedges, and the numbers that count nothing?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.facts.tables.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Numbers in letters and the forms of digits."""

    small: Words
    """Number words, without the one that is an article too."""
    ones: Words
    joint: str
    """What stands between two of them, as a pattern."""
    scales: Mapping[str, float]
    """Words and letters behind digits, and behind number words, by what they multiply."""
    scale_first: re.Pattern[str]
    """How a number begins that is a scale alone: "hundred"."""
    scale_last: re.Pattern[str]
    """How a number ends behind which "de" may come before its unit: "millions"."""
    article: re.Pattern[str]
    """The article right before such a scale."""
    scale_needs_article: bool
    """Whether a number that begins with a scale is one only behind an article: "a hundred and ten", not "hundred"."""
    letter_scales: Words
    """Letters that are a scale right behind decimals, without a currency: "2.5m"."""
    cased_scales: Mapping[str, Words]
    """Scales that are one only as printed so: "md" is none, "Md" is."""
    fractions: Mapping[str, float]
    fraction_of: str
    """What follows a fraction, as a pattern: "deux tiers des"."""
    half: str
    """The words before a scale that halve it: "half a"; "" where there are none."""
    half_scales: Mapping[str, float]
    and_half: re.Pattern[str]
    """How a half is added: "deux millions et demi"; its group "scale" is a scale that follows."""
    collectives: Mapping[str, float]
    """Words that count a group: "centaine", "dozen"."""
    collective_counts: tuple[str, ...]
    """How many of them, and determiners before one; "une centaine", "d'une centaine"."""
    collective: str
    """The collective and what follows it, as a pattern; "{names}" stands for the collectives."""
    collective_one: Words
    collective_none: Words
    """Determiners before one that is no number: "la centaine"."""
    collective_scaled: tuple[str, ...]
    collective_elided: tuple[str, ...]
    about: bool
    """Whether a collective says "about": "une centaine" does, "two dozen" does not."""
    decimal: str
    groups_by_decimal: bool
    """Whether three digits behind the decimal sign are a group even where they are not "000"."""
    percent: str


@dataclass(frozen=True, slots=True, eq=False)
class Vague:
    """Quantities without a number, a single "one", none at all, and ages."""

    vague: re.Pattern[str]
    """Its groups: "n", or "alone" for a singular, is the word, "m" what multiplies it."""
    bases: Mapping[str, float]
    counted_only: Words
    """Words that are quantities only before "of": "tens of thousands"."""
    before: re.Pattern[str]
    """What stands before such a word when a number does, so that it is a scale."""
    article: re.Pattern[str]
    """The article that is left out of what is printed."""
    single: re.Pattern[str]
    """ "One" where it counts: beside a word for a person or a loss."""
    none: re.Pattern[str]
    """What counts none of those whom something may have befallen: "aucun mort", "no one was hurt"."""
    age_before: re.Pattern[str]
    """What stands before an age."""
    age_words: tuple[str, ...]
    """What of it makes an age of a number without a unit: "aged 45"."""
    person_of: re.Pattern[str]
    """A word for a person and "de", right before an age."""
    old: re.Pattern[str]
    age_joints: tuple[str, ...]
    """What joins two ages: "âgés de 19 et 22 ans"."""
    minus: str
    weighed: re.Pattern[str]
    """What around "pounds" says that they are a weight."""


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The words of units, by what they are standardised to; signs and symbols are every language's."""

    currencies: Mapping[str, str]
    measures: Mapping[str, str]
    gap: str
    """Words between a number and its unit, as a pattern."""
    of: tuple[str, ...]
    """How those of them end that only stand behind a scale: "millions d'euros"."""
    stated: re.Pattern[str]
    """How the name of a column ends that states its unit, the group "unit": "Dépôts (en millions d'euros)"."""
    not_money: Words
    """Words that are money only behind a scale: "won" is a past too."""
    not_spelled: tuple[str, ...]
    """How a word begins that goes on with a number in letters: "deux cents"."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """The joints of two numbers."""

    joint: re.Pattern[str]
    """Its groups: "dash"; "and"; without either, "to"."""
    or_words: Words
    between: re.Pattern[str]
    change: re.Pattern[str]
    """A verb of change and its "from", right before a figure."""
    by: re.Pattern[str]
    """The verbs of change whose range of per cents says by how much: "augmenté de 10 à 15 %"."""
    by_how_much: tuple[str, ...]
    """What stands before a range of how much: "fell by 12 to 30"."""
    one_in: re.Pattern[str]
    out_of: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Exclusions:
    """Numbers that name, order or date something instead of counting it."""

    mask: str
    """Addresses, telephone numbers and the like of the countries of the language, as a verbose pattern."""
    serial: re.Pattern[str]
    references: Words
    """Words before a number that then names one thing of a series."""
    digit_references: Words
    """Those of them that do before digits alone."""
    columns: Words
    """The names of columns of a table, word by word, whose numbers count nothing: a rank, a code."""
    timeline: Words
    ordinal: re.Pattern[str]
    ordinal_word: re.Pattern[str]
    of: str
    """Words between a number and what it counts, as a pattern."""
    both: re.Pattern[str]
    people: Words
    new: str
    """The number word that says "new" behind a noun: "neuf"."""
    per: re.Pattern[str]
    """What makes the number behind it a part of "per cent"."""


@dataclass(frozen=True, slots=True, eq=False)
class HedgeWords:
    """Hedges right beside a figure."""

    before: tuple[tuple[str, str], ...]
    """The name of a hedge, "" for what hedges nothing, and its pattern."""
    particles: str
    after: re.Pattern[str]
    """Its groups: "least", "most", "about"."""
    verbal: re.Pattern[str]
    """The hedges that are verbs: "dépasse 300"."""
