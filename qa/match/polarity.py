"""Does this sentence affirm or deny what a yes/no question asks? Only where it is certain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.facts.gazetteer import countries
from index.facts.grammar import DENIALS, mood
from index.facts.tokens import Token, tokenize
from index.facts.vocabulary import THAT
from index.language import Term, fold
from index.records import Alternatives
from qa.match.words import Similar, best_match
from qa.question.question import Asked

_NOT = {
    "fr": frozenset("pas jamais aucun aucune nullement".split()),
    "en": frozenset(
        """not never no neither isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
        cannot can't couldn't""".split()
    ),
}
_UNSURE = frozenset(
    "si if whether peut-etre perhaps maybe possibly probablement probably eventuel eventuelle hardly guere".split()
)
_UNSURE_WORDS = frozenset("may might could would should".split())
_STRENGTH = 0.8


def polarity(
    asked: Asked,
    sentence: str,
    language: str,
    alternatives: Mapping[str, Alternatives],
    *,
    similar: Similar | None = None,
) -> str:
    """Return "affirms", "denies" or, where the sentence does not settle the question, "".

    It settles it only when it speaks of everything that the question names, in one plain clause: no condition, no
    plan, no doubt, and at most one negation, which stands with the verb. `language` is the sentence's.

    >>> from qa.question.question import asked
    >>> polarity(asked("Did the army deploy tanks?", "en"), "The army has not deployed any tanks.", "en", {})
    'denies'
    """
    code = language if language in ("fr", "en") else "en"
    if asked.kind != "yes-no" or not asked.role or sentence.rstrip().endswith("?"):
        return ""
    if set(re.findall(r"[^\W\d_]+(?:['’]t)?", fold(asked.question))) & (_NOT["fr"] | _NOT["en"]):
        return ""
    tokens = tokenize(sentence, code)
    words = [token for token in tokens if token.is_word]
    if not _speaks_of(asked, sentence, words, alternatives, similar):
        return ""
    folds = {token.fold for token in words}
    moods = {mood(token.fold, code) for token in words}
    if folds & (_UNSURE | (_UNSURE_WORDS if code == "en" else frozenset())) or moods & {"conditional", "planned"}:
        return ""
    negations = [i for i, token in enumerate(words) if token.fold in _NOT[code] and not _merely(words, i)]
    denials = [i for i, token in enumerate(words) if token.fold in DENIALS[code]]
    denied = bool(denials) and not any(
        fold(asked.word(t))[:4] in ("deny", "nie", "deme", "nier", "deni") for t in asked.role
    )
    if not negations and not denied:
        return "affirms"
    if len(negations) + denied > 1:
        return ""
    if denied:
        return "denies"
    return "denies" if _with_verb(asked, words, negations[0], code, alternatives, similar) else ""


def _speaks_of(
    asked: Asked, sentence: str, words: list[Token], alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> bool:
    """Return whether every term, name and year of the question stands in the sentence."""
    if any(
        best_match(asked, t, [w.text for w in words], alternatives, similar=similar) < _STRENGTH for t in asked.role
    ):
        return False
    if any(_owned(asked, t, words, alternatives, similar) for t in asked.head):
        return False
    if not countries(asked.question) <= countries(sentence):
        return False
    folded = fold(sentence)
    for span in asked.constraints:
        if span.kind == "person" and fold(span.text).split()[-1] not in folded:
            return False
        if span.kind == "date" and not (fold(span.text) in folded or (span.value and str(span.value)[:4] in folded)):
            return False
    return True


def _owned(
    asked: Asked, term: Term, words: list[Token], alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> bool:
    """Return whether the sentence only speaks of somebody's: "the minister's brother", "le frère du ministre"."""
    behind = re.search(
        r"\b(?:of(?: the)?|de|du|des|d['’]|de la|de l['’])\s?$", asked.question[: term.start], re.IGNORECASE
    )
    found = [
        i for i, w in enumerate(words) if best_match(asked, term, [w.text], alternatives, similar=similar) >= _STRENGTH
    ]
    if behind or not found:
        return False
    return all(w.text.endswith(("'s", "’s")) or _follows_of(words, i) for i in found for w in [words[i]])


def _follows_of(words: list[Token], i: int) -> bool:
    j = i - 1
    while j > 0 and words[j].fold in ("la", "l", "the", "le", "les"):
        j -= 1
    return j >= 0 and words[j].fold in ("of", "du", "de", "d", "des") and i - j < 3 and j > 0


def _merely(words: list[Token], i: int) -> bool:
    """Return whether a negation only bounds or adds: "pas moins de", "not only", "no fewer than"."""
    after = words[i + 1].fold if i + 1 < len(words) else ""
    return after in ("moins", "plus", "only", "fewer", "less", "more", "seulement", "uniquement", "longer")


def _with_verb(
    asked: Asked,
    words: list[Token],
    i: int,
    language: str,
    alternatives: Mapping[str, Alternatives],
    similar: Similar | None,
) -> bool:
    """Return whether the negation at word i is that of the asked verb: they stand close, in one clause."""
    wanted = asked.predicate or asked.role
    for j in range(max(0, i - 3), min(len(words), i + 4)):
        between = words[min(i, j) : max(i, j)]
        if any(w.fold in THAT[language] for w in between):
            continue
        if any(best_match(asked, t, [words[j].text], alternatives, similar=similar) >= _STRENGTH for t in wanted):
            return True
    return False
