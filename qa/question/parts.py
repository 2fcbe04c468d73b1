"""Which words of a question name what it counts, what happened to that, and what surrounds it?"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.facts.gazetteer import nationality, nations
from index.facts.grammar import is_finite, is_participle, is_past
from index.facts.relations import OUTCOMES, asked_classes
from index.facts.syntax import Reader
from index.facts.tokens import Token, is_content
from index.facts.vocabulary import DETERMINERS, OF, PREPOSITIONS
from index.language import Term, fold
from qa.question.wording import COUNTED, LATE

_ARTICLES = frozenset("le la l les the a an un une du des de d of and et".split())
_NOT_LEADING = frozenset("than as".split())
_INVERTING = frozenset("do does did will would can could has have had should might may".split())
_HELPING = _INVERTING | frozenset("is are was were be been must".split())
_SUBORDINATING = {
    "en": frozenset("since before after while because that which whom until unless".split()),
    "fr": frozenset("depuis avant apres que qui lorsque dont pendant".split()),
}
_INVERTED = ("-il", "-elle", "-ils", "-elles", "-on")
_REACH = 9
"""How far before a word, in tokens, its preposition may stand."""

Parts = tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]


def parts(question: str, tokens: Sequence[Token], content: Sequence[Term], language: str) -> Parts:
    """Return the terms of what is counted, of what happened to it, and of what surrounds it."""
    counted = COUNTED[language].search(question) or (LATE.search(question) if language == "fr" else None)
    low, high = _counted_range(tokens, counted.end(), language) if counted else (0, 0)
    counted = counted if high > low else None
    national = bool(nations(question[low:high]))
    head = [t for t in content if low <= t.start < high and (national or not _is_name(question, t) or t.start == low)]
    rest = [t for t in content if t not in head]
    around = {t for t in rest if _behind_preposition(tokens, t, language)} if head or len(rest) > 1 else set()
    around |= {t for t in rest if _is_name(question, t)}
    if not head and around and len(around) == len(rest):
        around = set()
    predicate = [t for t in rest if t not in around]
    if counted:
        kept = _verbs(tokens, predicate, language)
        around |= set(predicate) - set(kept)
        predicate = kept
    elif len(predicate) > 1:
        # "How much did the bridge cost?": nouns first, the verb last
        head, predicate = _subject_and_verb(tokens, predicate, language)
    outcome = [t for t in head if _outcomes(question, t, language)]
    if outcome and not any(_outcomes(question, t, language) for t in predicate):
        head = [t for t in head if t not in outcome]
        predicate = [*outcome, *predicate]
        if not counted:  # "le bilan du séisme": of what, not of whom
            around |= set(head)
            head = []
    return tuple(head), tuple(predicate), tuple(t for t in content if t in around)


def _is_name(question: str, term: Term) -> bool:
    word = question[term.start : term.end]
    return word[0].isupper() and term.start > 0 and not nationality(fold(word))


def _outcomes(question: str, term: Term, language: str) -> frozenset[str]:
    return asked_classes(fold(question[term.start : term.end]), language) & OUTCOMES


def _token_of(tokens: Sequence[Token], term: Term) -> int:
    return next((i for i, token in enumerate(tokens) if token.start <= term.start < token.end), 0)


def _verbs(tokens: Sequence[Token], found: Sequence[Term], language: str) -> list[Term]:
    """Return those of the terms behind "how many sailors" that say what happened to them.

    What happened to people is told by nouns too ("taken prisoner"); all else that is a subject, an object or in a
    clause of its own surrounds it.
    """
    places = {term: _token_of(tokens, term) for term in found}
    main = _before_subordinates(tokens, found, places, language)
    fates = [t for t in main if asked_classes(tokens[places[t]].fold, language) & OUTCOMES]
    if language == "fr":
        told = [t for t in main if not _has_article(tokens, places[t], language)]
    elif not main:
        told = []
    else:
        inverted = _is_inverted(tokens, places[main[0]])
        verb = main[-1] if inverted else main[0]
        told = [t for t in main if t == verb or (is_past(tokens[places[t]].fold) and not inverted)]
    return [t for t in main if t in told or t in fates]


def _before_subordinates(
    tokens: Sequence[Token], found: Sequence[Term], places: dict[Term, int], language: str
) -> list[Term]:
    """Return the terms before the first clause that begins behind one of them."""
    kept: list[Term] = []
    for term in found:
        between = tokens[places[kept[-1]] + 1 : places[term]] if kept else []
        if any(token.fold in _SUBORDINATING[language] for token in between):
            break
        kept.append(term)
    return kept


def _is_inverted(tokens: Sequence[Token], first: int) -> bool:
    """Return whether a helping verb stands before its subject, as in "did the mayor get"."""
    for place in range(first):
        if tokens[place].fold in _INVERTING:
            after = tokens[place + 1] if place + 1 < len(tokens) else tokens[place]
            return not is_past(after.fold) and after.fold not in ("been", "be", "not", "to")
    return False


def _counted_range(tokens: Sequence[Token], offset: int, language: str) -> tuple[int, int]:
    """Return the offsets of the noun phrase that begins at this offset of the question."""
    first = next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))
    reader = Reader(tokens, language, frozenset())
    phrase = reader.noun_phrase(first, len(tokens), measured=False, single=False)
    if not phrase.words:
        return offset, offset
    last = phrase.words[-1]
    if language == "en":
        # "doses of cholera vaccine were promised": all nouns up to the verb
        at = tokens.index(last) + 1
        while at + 1 < len(tokens) and is_content(tokens[at], "en") and not is_past(tokens[at].fold):
            if tokens[at + 1].fold in _HELPING:
                last = tokens[at]
            at += 1
    return phrase.words[0].start, last.end


def _behind_preposition(tokens: Sequence[Token], term: Term, language: str) -> bool:
    """Return whether a preposition other than "de"/"of" leads to the term."""
    at = _token_of(tokens, term)
    word = tokens[at]
    if asked_classes(word.fold, language) & OUTCOMES or (language == "en" and is_past(word.fold)):
        return False
    if language == "fr" and (word.fold.endswith(_INVERTED) or _is_told(word)):
        return False
    for i in range(at - 1, max(-1, at - _REACH), -1):
        token = tokens[i]
        if token.fold == "of" and i and is_past(tokens[i - 1].fold):
            return True
        if token.fold in PREPOSITIONS[language] - OF[language] - _NOT_LEADING:
            return True
        if not (is_content(token, language) or token.fold in _ARTICLES or token.text in "-‑"):
            return False
    return False


def _is_told(token: Token) -> bool:
    """Return whether a French word is by its form a participle or a verb with a tense."""
    return is_participle(token.text, token.fold) or is_finite(token.text, token.fold, "fr")


def _has_article(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return whether a word is a noun behind an article, or an adjective that follows one."""
    word = tokens[at]
    if word.fold.endswith(_INVERTED):
        return False
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    if before.fold in DETERMINERS[language] or before.fold in OF[language]:
        return True
    return not _is_told(word) and is_content(before, language) and _has_article(tokens, at - 1, language)


def _subject_and_verb(tokens: Sequence[Token], found: Collection[Term], language: str) -> tuple[list[Term], list[Term]]:
    """Return the terms of a question without "how many", nouns and verb apart: a noun has an article before it."""
    head, predicate = [], []
    previous_noun = -1
    for place, term in enumerate(found):
        at = _token_of(tokens, term)
        before = tokens[at - 1].fold if at else ""
        articled = before in DETERMINERS[language] or before in OF[language]
        follows = previous_noun == at - 1 and language == "en" and place < len(found) - 1
        if articled or follows:
            head.append(term)
            previous_noun = at
        else:
            predicate.append(term)
    return head, predicate
