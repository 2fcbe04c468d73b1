"""How well does the role of a fact answer the role that a question asks for?

What happened weighs more than who: "300 soldats blessés" does not answer "how many soldiers died?", and a combined toll
answers only half. Words are matched by their stems, by the translations that the question brings, by the relations of
`index.facts.relations`, by nationality, and at last by the encoder's word similarity where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts import Fact
from index.facts.relations import CHANGES, GENERIC
from index.facts.units import KINDS, unit_named
from qa.match.counted import compare_counted
from qa.match.happened import OTHER_PREDICATE, combined, compare_happened
from qa.match.words import NEGATING, Matcher, Nearby, Word, relations_of, role_words, word_of, words_of
from qa.question import Question

DIFFERENCE = 0.6
"""What remains of the fit of an amount where a change is asked for, which is most often told in per cent."""

MILLION, UNSAID = 1_000_000, 0.6
"""From which value on a figure in words may leave its currency to the reader, and what remains of its fit then."""

SUBJECT = 0.35
"""What remains of a date's, a person's or a place's fit where nothing names whom or what the question is about."""


def role_score(fact: Fact, matcher: Matcher, near: Nearby) -> float:
    """Return how well the fact's role answers the one that the matcher's question asks for, from 0 (not at all) to 1.

    In the text `near` it, what the question adds ("in the earthquake") may stand, and whom it speaks of.
    """
    if fact.kind != matcher.question.kind:
        return 0.0
    words, around = role_words(fact.role.text), near.words
    if fact.kind != "number":
        return _coverage(matcher, words, near, least=OTHER_PREDICATE * (fact.kind == "date"))
    fit = unit_fit(fact, matcher.question, near.printed(fact))
    if fit == 0.0:
        return 0.0
    told, most = compare_happened(matcher, words, both=combined(fact))
    # "3,400 hectares": what is counted may stand in the figure itself.
    printed = () if fact.unit.isupper() else words_of(re.sub(r"[^\W\d_]*\d[\w.,]*", " ", near.printed(fact)))
    score = fit * (0.05 + 0.95 * told) * compare_counted(matcher, (*printed, *words), near)
    score *= (0.8 + 0.2 * _circumstances(matcher, words, around)) * _discount(fact, matcher, words)
    return round(min(most, score), 4)


def circumstances_told(fact: Fact, matcher: Matcher, near: Nearby) -> float:
    """Return the share of a question's circumstances, names left out, told in and near a fact; 1 where it has none."""
    question = matcher.question
    terms = [t for t in question.circumstances if question.word(t)[0].islower()]
    if not terms:
        return 1.0
    around = (*role_words(fact.role.text), *near.words, *near.words_before)
    return sum(matcher.best(t, around) for t in terms) / len(terms)


def _counts_in(unit: str, question: Question) -> bool:
    return any(unit_named(question.word(term), question.language) == unit for term in question.head)


def unit_fit(fact: Fact, question: Question, printed: str) -> float:
    """Return 1 where the fact's unit is of the asked kind, 0 where it cannot answer."""
    age = fact.role.is_age
    if question.unit == "age":
        return 1.0 if age else 0.3 if fact.unit == "years" else 0.0
    if age:
        return 0.0
    if question.unit == "change" and fact.unit not in KINDS["change"]:
        # "by how much?": of a difference, the words around say that it is one; a level is none
        return DIFFERENCE if fact.unit or relations_of(role_words(fact.role.text)) & CHANGES else 0.1
    if question.unit:
        if fact.unit in KINDS.get(question.unit, frozenset()):
            return 1.0
        # "une facture de 25 à 30 millions"
        large = not fact.unit and isinstance(fact.value, (int, float)) and fact.value >= MILLION
        return UNSAID if question.unit == "money" and large and any(map(str.isalpha, printed)) else 0.0
    if not fact.unit or not question.cues.counts:
        return 1.0
    counted = {word_of(question.word(t)).stems for t in question.head}
    # "combien d'hectares", "how many millimetres": the unit is what is counted
    if any(word.stems in counted for word in words_of(printed)) or _counts_in(fact.unit, question):
        return 1.0
    return 0.3 if fact.unit in ("%", "fraction") else 0.0


def _circumstances(matcher: Matcher, words: Sequence[Word], around: Sequence[Word]) -> float:
    """Return the share of the question's circumstances that the role or its sentence speaks of; 1 where it has none."""
    terms = matcher.question.circumstances
    return sum(max(matcher.best(t, words), matcher.best(t, around)) for t in terms) / len(terms) if terms else 1.0


def _discount(fact: Fact, matcher: Matcher, words: Sequence[Word]) -> float:
    """Return what remains of a score for a part ("dont trois enfants"), a former value, a rise or a negation."""
    factor = 1.0
    question = matcher.question
    if fact.role.part and not fact.role.is_age:
        named = matcher.relations(question.head) - GENERIC
        factor *= 1.0 if any(w.relations & named for w in words) else 0.4
    if fact.role.former:
        factor *= 0.5
    if any(w.fold in NEGATING for w in words) and not question.cues.negated:
        factor *= 0.3
    moved = bool(relations_of(words) & CHANGES) and not matcher.relations(question.role) & CHANGES
    return factor * (0.7 if moved and fact.unit == "points" else 1.0)


def _coverage(matcher: Matcher, words: Sequence[Word], near: Nearby, *, least: float) -> float:
    """Return how well the words around a date, a person or a place speak of what the question asks about.

    As for figures, what happened weighs most, and its best found word most of that, `least` where none is found; whom
    and what it happened to may stand before the sentence too.
    """
    question = matcher.question
    if not question.role:
        return 0.5
    around, before = near.words, near.words_before
    # "the Russian ambassador was summoned": what happened is not that he is Russian
    happening = [t for t in question.predicate or question.head if not matcher.word(t).country] or question.role
    told = [max(matcher.best(t, words), 0.6 * matcher.best(t, around)) for t in happening]
    rest = [
        max(matcher.best(t, words), 0.9 * matcher.best(t, around), 0.8 * matcher.best(t, before))
        for t in question.role
        if t not in happening
    ]
    happened = max(least, 0.7 * max(told) + 0.3 * sum(told) / len(told))
    return round(happened * (SUBJECT + (1 - SUBJECT) * (sum(rest) / len(rest) if rest else 1.0)), 4)
