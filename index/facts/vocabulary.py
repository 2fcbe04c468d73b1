"""Which words carry grammar rather than content? The closed classes of each language with a table, for questions."""

from __future__ import annotations

from index.facts.tables import LANGUAGES, table

OF = {code: table(code).grammar.of for code in LANGUAGES}
DETERMINERS = {code: table(code).grammar.determiners for code in LANGUAGES}
PREPOSITIONS = {code: table(code).grammar.prepositions for code in LANGUAGES}
THAT = {code: table(code).grammar.that for code in LANGUAGES}
