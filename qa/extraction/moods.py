"""Is a figure reported, planned, estimated, denied or negated? The hedges of its whole clause."""

from __future__ import annotations

from collections.abc import Sequence

from qa.extraction.grammar import PLANS_TO, mood
from qa.extraction.phrases import Phrase, Reader
from qa.extraction.tokens import Token
from qa.extraction.vocabulary import NEGATIONS


def moods(reader: Reader, places: tuple[int, int, int, int], noun: Phrase, direct: Phrase) -> set[str]:
    """Return the hedges of the figure's clause: conditional, planned, estimated, denied, negated."""
    k, at, floor, begin = places
    language, tokens = reader.language, reader.tokens
    start = reader.clause_start(min(k + 1, at), floor)
    scope = [*range(start, at)]
    followers = [*direct.auxiliaries, *direct.words, *(w for w in noun.words if mood(w.fold, language) == "planned")]
    found = {mood(tokens[i].fold, language) for i in scope if tokens[i].is_word}
    found |= {mood(token.fold, language) for token in followers}
    found |= {"planned" for i in scope if tokens[i].fold in PLANS_TO and i + 1 < at and tokens[i + 1].fold == "to"}
    found |= {"planned" for token in direct.words if token.fold in PLANS_TO and language == "en" and direct.auxiliaries}
    last = max(noun.at, direct.at)
    for i in [*scope, *range(at + 1, min(last + 2, len(tokens)))]:
        if reader.is_date(i) and tokens[i].text.lower().startswith(("d'ici", "d’ici")):
            found.add("planned")
    if start > begin and start <= at and tokens[start - 1].fold in ("que", "qu", "that") and start >= 2:
        found |= {mood(tokens[start - 2].fold, language)} - {"conditional"}
    found |= _perfect(tokens, [*scope], direct, language)
    negations = NEGATIONS[language] - {"ne", "n"}
    if any(tokens[i].fold in negations and _verbal_negation(tokens, i, language) for i in scope):
        found.add("negated")
    if "conditional" in found and any(t.fold in ("could", "may", "might") for t in direct.auxiliaries):
        found.discard("planned")
    return found - {""}


def _verbal_negation(tokens: Sequence[Token], i: int, language: str) -> bool:
    """Return whether a negation at token i negates a verb: "n'a pas tué", not "pas moins de" or "not only"."""
    after = tokens[i + 1].fold if i + 1 < len(tokens) else ""
    if after in ("moins", "plus", "only", "fewer", "less", "more", "seulement"):
        return False
    if language == "en":
        return True
    return any(t.fold in ("ne", "n") for t in tokens[max(0, i - 4) : i])


def _perfect(tokens: Sequence[Token], scope: Sequence[int], direct: Phrase, language: str) -> set[str]:
    """Return the hedge of English "may", "might" and "could": unsure of the past before "have", else planned."""
    if language != "en":
        return set()
    words = [tokens[i].fold for i in scope], [token.fold for token in direct.auxiliaries]
    found = set()
    for group in words:
        for i, word in enumerate(group):
            if word in ("may", "might", "could", "would") and "have" in group[i + 1 : i + 3]:
                found.add("conditional")
            elif word in ("may", "might"):
                found.add("planned")
    return found
