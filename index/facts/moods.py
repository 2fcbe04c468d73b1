"""Is a figure reported, planned, estimated or denied? The hedges of its whole clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from index.facts.grammar import PLANS_TO, mood
from index.facts.phrases import Phrase
from index.facts.syntax import Reader
from index.facts.tokens import Token
from index.facts.vocabulary import NEGATIONS

NEGATED = "negated"
"""What `moods` returns for a negated verb: a denial, unless the hedge beside the figure makes it a bound."""
_UNSURE = {
    "fr": re.compile(r"(?:pourr|devr)(?:ait|aient)$"),
    "en": re.compile(r"(?:would|could|should|may|might)$"),
}
"""Modal verbs that are conditional; all but "may" and "might" speak of the future too, save before "have"."""


def moods(reader: Reader, places: tuple[int, int, int, int], noun: Phrase, direct: Phrase) -> set[str]:
    """Return the hedges of the figure's clause: conditional, planned, estimated, denied, and `NEGATED`.

    `places` are the word left of the figure, the figure, the first token that is its own, and its sentence's first.
    """
    k, at, floor, begin = places
    language, tokens = reader.language, reader.tokens
    start = reader.clause_start(min(k + 1, at), floor)
    scope = list(tokens[start:at])
    said = [*scope, *direct.auxiliaries, *direct.words]
    said += [w for w in noun.words if mood(w.fold, language) == "planned"]
    found = {mood(token.fold, language) for token in said if token.figure < 0}
    found |= _modal(scope, language) | _modal(direct.auxiliaries, language)
    found |= {"planned" for a, b in itertools.pairwise(scope) if a.fold in PLANS_TO and b.fold == "to"}
    if language == "en" and direct.auxiliaries and any(token.fold in PLANS_TO for token in direct.words):
        found.add("planned")
    last = max(noun.at, direct.at)
    for i in [*range(start, at), *range(at + 1, min(last + 2, len(tokens)))]:
        if reader.is_date(i) and tokens[i].text.lower().startswith(("d'ici", "d’ici")):
            found.add("planned")
    if start > begin + 1 and start <= at and tokens[start - 1].fold in ("que", "qu", "that"):
        # "dément que", "rejected claims that", "a estimé que"
        found |= {mood(t.fold, language) for t in tokens[max(begin, start - 3) : start - 1]} - {"conditional"}
    if any(_negates(scope, i, language) for i in range(len(scope))):
        found.add(NEGATED)
    return found - {""}


def _modal(words: Sequence[Token], language: str) -> set[str]:
    """Return the hedges of a modal verb: "pourrait atteindre", "could reach", "may have killed"."""
    found = set()
    for i, token in enumerate(words):
        if _UNSURE[language].match(token.fold):
            found.add("conditional")
            perfect = any(t.fold in ("have", "avoir", "etre", "ete") for t in words[i + 1 : i + 3]) and language == "en"
            if not perfect and token.fold not in ("may", "might"):
                found.add("planned")
    return found


def _negates(words: Sequence[Token], i: int, language: str) -> bool:
    """Return whether the word at i negates a verb: "n'a pas tué", not "pas moins de" or "not only"."""
    if words[i].fold not in NEGATIONS[language] - {"ne", "n"}:
        return False
    after = words[i + 1].fold if i + 1 < len(words) else ""
    if after in ("moins", "plus", "only", "fewer", "less", "more", "seulement"):
        return False
    return language == "en" or any(t.fold in ("ne", "n") for t in words[max(0, i - 4) : i])
