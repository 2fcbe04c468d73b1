"""What must be known of French to read facts in it?"""

from __future__ import annotations

from index.facts.tables.fr import counting, dates, figures, grammar, names, places, relations, verbs
from index.facts.tables.table import Table

TABLE = Table(
    language="fr",
    grammar=grammar.GRAMMAR,
    verbs=verbs.VERBS,
    roles=grammar.ROLES,
    numbers=figures.NUMBERS,
    vague=figures.VAGUE,
    units=figures.UNITS,
    ranges=figures.RANGES,
    exclusions=counting.EXCLUSIONS,
    hedges=counting.HEDGES,
    dates=dates.DATES,
    names=names.NAMES,
    speech=names.SPEECH,
    gazetteer=places.GAZETTEER,
    relations=relations.RELATIONS,
    not_related=relations.NOT_RELATED,
    asked=relations.ASKED,
)
