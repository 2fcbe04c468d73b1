"""Which words of denial, error, rumour, hypothesis and the like stand in a text, and where?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import zip_longest

from index.facts.grammar import mood
from index.facts.tokens import tokenize
from index.language import fold, stems
from qa.match.tables import passage_table

Cue = tuple[int, int, str]
"""Where a word starts, how many words stand before it, and the kind of cue it is."""

MOODS = ("conditional", "planned", "denied")
"""Moods of a verb that are cues as well."""


@lru_cache(maxsize=4096)
def read_cues(text: str, language: str) -> tuple[Cue, ...]:
    """Return the cues of a text in reading order; none in a language without a table."""
    kinds, table, found = _kinds(language), passage_table(language), list[Cue]()
    if table is None:
        return ()
    tokens = tokenize(text, language)
    for number, (token, following) in enumerate(zip_longest(tokens, tokens[1:])):
        if token.is_word:
            told = kinds.get(_key(token.text, language), frozenset())
            if following and following.fold in table.bounding:  # "no fewer than", "pas moins de"
                told -= {"negation"}
            moods = {mood(token.fold, language)}.intersection(MOODS)
            found += [(token.start, number, kind) for kind in sorted(told | moods)]
    return tuple(found)


@cache
def _kinds(language: str) -> Mapping[str, frozenset[str]]:
    """Return the kinds of cue by stem, or by folded word where it has none."""
    table, kinds = passage_table(language), defaultdict[str, frozenset[str]](frozenset)
    for kind, words in table.cues.items() if table else ():
        for word in words:
            kinds[_key(word, language)] |= {kind}
    return dict(kinds)


@lru_cache(maxsize=100_000)
def _key(word: str, language: str) -> str:
    found = stems(word, language) if word.isalpha() else []
    return found[0] if found else fold(word).replace("’", "'")
