"""Did to what a figure counts happen what the question asks about?"""

from __future__ import annotations

from collections.abc import Sequence

from index.facts import Fact
from index.facts.relations import OUTCOMES, asked_classes
from index.language import Term, fold
from qa.match.words import JOINING, NEUTRAL, STOPS, Matcher, Word, relations_of, role_words
from qa.question import Question

OTHER_PREDICATE = 0.35
"""How well a predicate answers another one, where neither says what befell people: synonyms are beyond any table."""

MEASURED = 0.7
"""How well a measure of the asked kind answers, where its role does not name what was measured."""

_TOLLS = frozenset({"death", "injury", "casualties"})

ADDING_UP = _TOLLS | {"infection", "destroy", "damage"}
"""What only grows while it is counted: the missing are found, the displaced go home."""


def combined(fact: Fact) -> bool:
    """Return whether a figure counts several fates together ("90 à 120 morts et blessés", "casualties").

    Such a toll answers neither how many died nor how many were wounded.
    """
    words = role_words(fact.role.text)
    found = relations_of(words) if not fact.unit else frozenset[str]()
    if "casualties" in found:
        return True
    return len(found & {"death", "injury", "missing"}) > 1 and any(w.fold in JOINING for w in words)


def fates_asked(matcher: Matcher) -> frozenset[str]:
    """Return which fates of people a question asks about, of those that the tables know by many words."""
    question = matcher.question
    return matcher.relations(question.predicate) & OUTCOMES or matcher.relations(question.head) & OUTCOMES


def deeds_asked(matcher: Matcher) -> tuple[Term, ...]:
    """Return the words of a question for a fate of people, of those that the tables know by many words."""
    return tuple(term for term in matcher.question.role if matcher.word(term).relations & OUTCOMES)


def adds_up(question: Question) -> bool:
    """Return whether a question asks for a figure that only grows while it is counted."""
    asked = (asked_classes(fold(question.word(term)), question.language) for term in question.role)
    return question.kind == "number" and not question.unit and bool(frozenset[str]().union(*asked) & ADDING_UP)


def compare_happened(matcher: Matcher, words: Sequence[Word], *, both: bool) -> tuple[float, float]:
    """Return how well the role's predicate answers the asked one, and the most that the whole score may be."""
    question = matcher.question
    if question.unit == "age":  # whatever befell them, people are as old as they are
        return max([MEASURED, *(matcher.best(term, words) for term in question.predicate)]), 1.0
    wanted = fates_asked(matcher)
    present = relations_of(words) & OUTCOMES
    if wanted:
        return _fate(matcher, words, wanted, present, both=both)
    if not question.predicate:
        # "how many soldiers are there?": a figure of the wounded only is not all of them
        return (0.75 if present - matcher.relations(question.head) else 1.0), 1.0
    scores = [matcher.best(term, words) for term in question.predicate]
    told = matcher.relations(question.predicate), relations_of(words) - matcher.relations(question.head)
    if max(scores) < 0.5 and all(told) and not told[0] & told[1]:
        return max(0.1, *scores), 1.0
    if max(scores) < 0.5 and question.head and not _tells_more(matcher, words):
        return 0.6, 1.0  # "3,412 votes": nothing says what happened to them
    return max(OTHER_PREDICATE, 0.7 * max(scores) + 0.3 * sum(scores) / len(scores)), 1.0


def _tells_more(matcher: Matcher, words: Sequence[Word]) -> bool:
    """Return whether the role has a word beyond those that name what the question counts."""
    left = [w for w in words if w.fold not in NEUTRAL and not w.country and w.fold not in STOPS]
    return any(max(matcher.match(t, w) for t in matcher.question.head) < 0.5 for w in left)


def _fate(
    matcher: Matcher, words: Sequence[Word], wanted: frozenset[str], present: frozenset[str], *, both: bool
) -> tuple[float, float]:
    """Return the same for a question about what befell people: dead, wounded, missing, arrested."""
    two = len(wanted & {"death", "injury"}) == 2
    if both:
        whole = "casualties" in wanted or two
        return (1.0, 1.0) if whole else (1.0, 0.5) if wanted & _TOLLS else (0.05, 0.1)
    if wanted & present:
        return 1.0, 0.5 if two and not {"death", "injury"} <= present else 1.0
    if "casualties" in wanted and present & _TOLLS:
        return 1.0, 0.5
    if present:
        return 0.0, 0.05
    terms = (*matcher.question.predicate, *matcher.question.head)
    fates = [matcher.best(term, words) for term in terms if matcher.word(term).relations & OUTCOMES]
    return 0.8 * max(fates, default=0.0), 0.8
