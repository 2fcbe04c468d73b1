"""Is it told as it is asked: by whom, of which people, done or planned, and in which form?

Each function returns what remains of a fact's fit, 1 where nothing is against it.
"""

from __future__ import annotations

from index.facts import Fact
from index.facts.gazetteer import countries, nations
from index.language import fold
from qa.match.tables import passage_table
from qa.match.words import Matcher, Nearby, words_of
from qa.question import Question

OTHER_PEOPLE = 0.1
"""What remains of a figure's fit where it counts those of one people and the question names only another."""

SAID_BY_OTHERS = 0.15
"""What remains of a figure's fit where the question names who should say so, and another says it."""


def names_itself(question: Question, fact: Fact, near: Nearby) -> bool:
    """Return whether a place or a person is named by the question itself: it answers nothing."""
    if fact.kind not in ("place", "person"):
        return False
    printed = near.printed(fact)
    own = countries(printed)
    if own and own <= countries(question.text):
        return True
    folded = fold(printed)
    named = (*question.names, *question.places, *question.times)
    return any(folded == fold(other.text) for other in named)


def said_as_asked(question: Question, fact: Fact, near: Nearby, matcher: Matcher) -> float:
    """Return 1, or less where the question names who should say so and somebody else does, or nobody near."""
    if not question.cues.sayers:
        return 1.0
    if fact.speaker:
        return 1.0 if _is_sayer(question, matcher, near.printed(fact.speaker)) else SAID_BY_OTHERS
    if _is_sayer(question, matcher, near.sentence):
        return 0.9
    return 0.8 if any(_is_sayer(question, matcher, title) for title in near.lead) else SAID_BY_OTHERS


def _is_sayer(question: Question, matcher: Matcher, text: str) -> bool:
    """Return whether a text holds a word by which the question names who should say so, in either language."""
    words = words_of(text)
    if question.cues.sayers & {word.fold[:5] for word in words}:
        return True
    named = [t for t in question.role if fold(question.word(t))[:5] in question.cues.sayers]
    return any(matcher.best(term, words) >= 0.5 for term in named)


def done_as_asked(question: Question, fact: Fact) -> float:
    """Return 1, or less where the question asks for what is done and the figure is planned, or the other way round."""
    planned = fact.hedges.planned
    if question.cues.foreseen:
        return 1.0 if planned else 0.7 if fact.hedges.conditional else 0.5
    return 0.8 if planned else 1.0


def of_which_people(question: Question, fact: Fact) -> float:
    """Return 1, or less where a figure counts those of one people and the question names only another.

    "The men whom Oslo lent the Danes" are Norwegians: a country is named by its seat of government as well.
    """
    counted = nations(fact.role.text) if fact.kind == "number" else frozenset[str]()
    if not counted or not nations(question.text):
        return 1.0
    return 1.0 if counted & countries(question.text) else OTHER_PEOPLE


def has_form(question: Question, sentence: str, language: str) -> bool:
    """Return whether a sentence has the form that is asked for: a cause, or words that the one asked about said."""
    table = passage_table(language)
    if table is None:
        return False
    if question.kind == "reason":
        return table.cause.search(sentence) is not None
    if question.kind != "quotation" or question.speaker is None:
        return False
    words = set(fold(sentence).replace("’", " ").replace("'", " ").split())
    return bool(words & set(fold(question.speaker.text).split())) and table.said.search(sentence) is not None
