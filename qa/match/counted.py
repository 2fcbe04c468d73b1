"""Is what a figure counts what the question counts?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.gazetteer import countries
from index.facts.relations import CHANGES, GENERIC, HUMAN, OUTCOMES
from index.facts.tables import LANGUAGES
from index.facts.tables import table as facts_table
from index.language import Term
from qa.match.happened import MEASURED
from qa.match.words import NEUTRAL, STOPS, Matcher, Nearby, Word, relations_of, words_of
from qa.question.tables import question_table

TRACE = 0.3
"""How surely a word must be found not to count as missing."""

NAMED = 0.7
"""How surely a word must be found for what it names to be spoken of."""

UNNAMED = 0.5
"""The same as `MEASURED` where nothing around names that either."""


def compare_counted(matcher: Matcher, words: Sequence[Word], near: Nearby) -> float:
    """Return how well what the role counts is what the question counts."""
    question = matcher.question
    if not question.head:
        return 1.0
    head = words_of(question.text[question.head[0].start : question.head[-1].end])
    wanted, present = {w.country for w in head} - {""}, {w.country for w in words} - {""}
    if wanted and present and not wanted & present:
        return 0.1
    of_people = 1.0 if wanted & present or not wanted else _told_of(wanted, near)
    main = main_noun(matcher)
    noun = _noun(matcher, main, words, near)
    if question.unit and not question.cues.counts:
        # "how much will the bridge cost?": the price is told, of "the project"
        said = max(noun, matcher.best(main, (*near.words, *near.words_before)))
        return of_people * max(0.15 + 0.85 * noun, MEASURED if said > NAMED else UNNAMED)
    national = {text for w in head if w.country for text in re.split(r"[-‑]", w.text)}
    extra = [
        max(matcher.best(t, words), 0.9 * matcher.best(t, near.words), 0.7 * matcher.best(t, near.words_before))
        for t in question.head
        if t != main and question.word(t) not in national
    ]
    told = sum(extra) / len(extra) if extra else 1.0
    # "cas de choléra" for "cases of measles": each names what the other does not
    other = 0.4 if extra and min(extra) < TRACE and _rivals(matcher, words) else 1.0
    return of_people * (0.15 + 0.85 * noun) * (0.6 + 0.4 * told) * other


def main_noun(matcher: Matcher) -> Term:
    """Return the noun that names what is counted: the first that is no measure, or the last where nouns pile up."""
    question, table = matcher.question, question_table(matcher.question.language)
    measures, last = (table.measures, table.compounds) if table else (frozenset[str](), False)
    named = [t for t in question.head if matcher.word(t).fold not in measures] or list(question.head)
    return named[-1 if last else 0]


def _told_of(nations: set[str], near: Nearby) -> float:
    """Return how surely a role that names no people is of these, by its sentence and by what leads up to it."""
    return 1.0 if nations & countries(near.sentence) else 0.9 if nations & countries(near.before) else 0.15


def _noun(matcher: Matcher, main: Term, words: Sequence[Word], near: Nearby) -> float:
    """Return how well the role names the main noun of the question, or leaves room for it."""
    noun = matcher.best(main, words)
    if noun >= 0.5:
        return noun
    rivals, told = _rivals(matcher, words), matcher.word(main).relations
    if told & GENERIC:
        return max(noun, 0.9 if not rivals or relations_of(words) & HUMAN else 0.5)
    if relations_of(words) & GENERIC and (not told or told & HUMAN):
        # "12 people" may hold more than the children that are asked for
        return max(noun, 0.6 if matcher.best(main, (*near.words, *near.words_before)) > NAMED else 0.05)
    if rivals:
        return noun
    # "90 décès": of whom, only the words around can tell
    if not near.words or matcher.best(main, near.words) > NAMED:
        return max(noun, 0.85)
    return max(noun, 0.7 if matcher.best(main, near.words_before) > NAMED else 0.05)


def _rivals(matcher: Matcher, words: Sequence[Word]) -> list[Word]:
    """Return the nouns of a role that nothing in the question accounts for: it counts something else."""
    found = []
    fates = OUTCOMES if matcher.relations(matcher.question.role) & OUTCOMES else frozenset()
    for place, word in enumerate(words):
        if word.fold in NEUTRAL or word.fold in STOPS or word.country or len(word.fold) < 3:
            continue
        if word.relations & (fates | CHANGES):
            continue
        if place and any(facts_table(code).verbs.is_verb(word.text, word.fold) for code in LANGUAGES):
            continue  # a role begins with its head noun
        if max((matcher.match(t, word) for t in matcher.question.role), default=0.0) < 0.5:
            found.append(word)
    return found
