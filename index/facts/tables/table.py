"""What must be known of a language to read facts in it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.facts.tables.figures import Exclusions, HedgeWords, Numbers, Ranges, Units, Vague
from index.facts.tables.grammar import Grammar, Roles, Verbs
from index.facts.tables.names import Dates, Gazetteer, NameWords, Speech
from index.facts.tables.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """All that the reading of facts knows of one language: words, patterns and forms, and no rule of another one."""

    language: str
    """ISO 639-1."""
    grammar: Grammar
    verbs: Verbs
    roles: Roles
    numbers: Numbers
    vague: Vague
    units: Units
    ranges: Ranges
    exclusions: Exclusions
    hedges: HedgeWords
    dates: Dates
    names: NameWords
    speech: Speech
    gazetteer: Gazetteer
    relations: Mapping[str, str]
    """Beginnings of words that say the same thing, by relation; see `index.facts.relations`."""
    not_related: Words
    """Words that only begin like one of them."""
    asked: Mapping[str, str]
    """Relations that a word has in a question alone: "le bilan" asks for the dead."""
