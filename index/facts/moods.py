"""Is a figure reported, planned, estimated or denied? The hedges of its whole clause."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from index.facts.grammar import mood
from index.facts.phrases import Phrase
from index.facts.site import Site
from index.facts.syntax import Syntax
from index.facts.tokens import Token

NEGATED = "negated"
"""What `read_moods` returns for a negated verb: a denial, unless the hedge beside the figure makes it a bound."""


def read_moods(syntax: Syntax, site: Site, noun: Phrase, direct: Phrase) -> set[str]:
    """Return the hedges of the figure's clause: conditional, planned, estimated, denied, and `NEGATED`."""
    tokens, verbs, language = syntax.tokens, syntax.verbs, syntax.language
    start = syntax.clause_start(min(site.k + 1, site.at), site.floor)
    scope = tokens[start : site.at]
    said = [*scope, *direct.auxiliaries, *direct.words]
    found = {mood(token.fold, language) for token in said if token.figure < 0}
    if any(mood(word.fold, language) == "planned" for word in noun.words):
        found.add("planned")
    found |= _modal(syntax, scope) | _modal(syntax, direct.auxiliaries)
    if any(a.fold in verbs.plans_to and b.fold in verbs.to for a, b in itertools.pairwise(scope)):
        found.add("planned")
    if direct.auxiliaries and any(token.fold in verbs.plans_to for token in direct.words):
        found.add("planned")
    if _due(syntax, start, site.at, max(noun.at, direct.at)):
        found.add("planned")
    if site.begin + 1 < start <= site.at and tokens[start - 1].fold in syntax.words.clauses:
        # "dément que", "rejected claims that", "a estimé que"
        before = tokens[max(site.begin, start - 3) : start - 1]
        found |= {mood(token.fold, language) for token in before} - {"conditional"}
    if any(_negates(syntax, i, start, site.at) for i in range(start, site.at)):
        found.add(NEGATED)
    return found - {""}


def _due(syntax: Syntax, start: int, at: int, last: int) -> bool:
    """Return whether a date beside the figure is one by which a thing is planned: "d'ici décembre"."""
    places = (*range(start, at), *range(at + 1, min(last + 2, len(syntax.tokens))))
    by_words = syntax.words.by_words
    return any(syntax.is_date(i) and syntax.tokens[i].text.lower().startswith(by_words) for i in places)


def _modal(syntax: Syntax, words: Sequence[Token]) -> set[str]:
    """Return the hedges of a modal verb: "pourrait atteindre", "could reach", "may have killed"."""
    found = set()
    verbs = syntax.verbs
    for i, token in enumerate(words):
        if verbs.unsure.match(token.fold):
            found.add("conditional")
            perfect = any(t.fold in verbs.perfect for t in words[i + 1 : i + 3])
            if not perfect and token.fold not in verbs.unplanned:
                found.add("planned")
    return found


def _negates(syntax: Syntax, i: int, start: int, end: int) -> bool:
    """Return whether the word at i negates a verb of [start, end): "n'a pas tué", not "pas moins de" or "not only"."""
    if not syntax.denies(i):
        return False
    if i + 1 < end and syntax.tokens[i + 1].fold in syntax.words.bounds:
        return False
    weak = syntax.grammar.weak_negations
    return not weak or any(t.fold in weak for t in syntax.tokens[max(start, i - 4) : i])
