"""Does the document around a passage tell of what is asked, of something else of its kind, or of nobody knows what?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.facts import Fact
from index.facts.capitals import capitalised, placed
from index.facts.contents import Topic
from index.facts.gazetteer import countries
from index.facts.terms import Sought, read_terms
from index.records import Document, Paragraph
from index.search import Query
from index.splits import BEGINNING
from qa.evidence import QuestionWords
from qa.match import Nearby
from qa.match.event import Told, Verdict, compare_event
from qa.match.subject import Subject, read_subject, sought
from qa.match.times import Dated, Times, asked_times, compare_times, told_for
from qa.question import Question

LEADING = 2_000
"""Characters before a passage, deep in a long document, in which its own subject is looked for."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a question asks about, whatever it asks: whom, where, when."""

    query: Query
    words: QuestionWords
    subject: Subject
    times: Times
    sought: Sought
    """The terms that would say a word of the question, or name what it names."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A document around its passages."""

    document: Document
    topic: Topic
    held: frozenset[str]
    """Which of the terms sought its beginning holds."""
    told: Told
    """What its beginning names."""
    verdict: Verdict
    """Whether its beginning names whom and what the question names."""


def read_conditions(question: Question, languages: Collection[str]) -> Conditions:
    """Return what a question asks about, to be looked for in texts of these languages."""
    query, words, subject = question.query, QuestionWords(question.query), read_subject(question.query)
    terms = (words.terms(language) | sought(subject, language) for language in languages)
    times = asked_times(question.text, question.language)
    return Conditions(query, words, subject, times, Sought(frozenset[str]().union(*terms)))


def survey(asked: Conditions, document: Document, topic: Topic) -> Surroundings:
    """Return what a document says of the conditions of a question."""
    held = asked.sought.held(topic.keys)
    language = document.language
    told = Told(held, topic.names, topic.countries, language, topic.placed, language != asked.query.language)
    return Surroundings(document, topic, held, told, compare_event(asked.subject, told))


def judge_passage(asked: Conditions, around: Surroundings, paragraph: Paragraph) -> Verdict:
    """Return whether a passage tells of whom, where and when the question asks: by itself and by its document."""
    return min(judge_names(asked, around, paragraph), judge_times(asked, around, paragraph))


def judge_names(asked: Conditions, around: Surroundings, paragraph: Paragraph) -> Verdict:
    """Return whether a passage tells of whom and where the question asks."""
    if around.verdict is Verdict.MET:
        return Verdict.MET
    return max(around.verdict, _named_near(asked, around, paragraph))


def judge_times(asked: Conditions, around: Surroundings, paragraph: Paragraph) -> Verdict:
    """Return whether a passage tells of when the question asks."""
    document = around.document
    beginning, years = document.text[:BEGINNING], around.topic.years
    dated = Dated(paragraph.text, document.title, beginning, years, document.published, document.language)
    return compare_times(asked.times, dated)


def _named_near(asked: Conditions, around: Surroundings, paragraph: Paragraph) -> Verdict:
    """Return whether a long document, of several subjects, names what the question names in or before a passage."""
    if paragraph.end <= BEGINNING:
        return Verdict.OTHER
    text, language = around.document.text, around.document.language
    near = text[max(0, paragraph.start - LEADING) : paragraph.end]
    held = around.held | asked.sought.held(read_terms(near, language)[0])
    names, at = (*around.topic.names, *capitalised(near)), around.topic.countries | countries(near)
    places = (*around.topic.placed, *placed(near, language))
    return compare_event(asked.subject, Told(held, names, at, language, places, language != asked.query.language))


def timely(asked: Conditions, fact: Fact, near: Nearby, facts: Sequence[Fact], language: str) -> float:
    """Return what remains of a figure's fit by the time that its sentence gives it; `facts` are its passage's."""
    if fact.kind != "number" or not asked.times:
        return 1.0
    start, end = near.parts[near.place]
    others = [other.start - start for other in facts if other.kind == "number" and start <= other.start < end]
    return told_for(asked.times, near.sentence, (fact.start - start, fact.end - start), others, language)
