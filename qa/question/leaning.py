"""What does a question mean that leans on the one before it, where no sentence can be made of the two?

Such a question is shown with the other, both as they were put: "how many votes did she get? (after: Who won the vote
in Arcy?)". What is searched for and compared are the fields of both: the kind is that of the one that asks, what it
lacks is taken from the other, and what the other says of the circumstances surrounds it.

>>> both = lean("how many votes did she get?", "Who won the vote in Arcy?", "en")
>>> both
'how many votes did she get? (after: Who won the vote in Arcy?)'
>>> take_apart(both)
((0, 27), (36, 61))
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from index.facts.relations import OUTCOMES, asked_classes
from index.facts.span import Span
from index.language import Term, fold
from index.search import Query
from qa.question.question import Question
from qa.question.tables import question_table, question_tables
from qa.question.wording import DETERMINER, PRONOUN, QUESTION_WORD

Range = tuple[int, int]
Placed = TypeVar("Placed", Term, Span)

_AFTER = "|".join(table.after for table in question_tables())
_BOTH = re.compile(rf"(?P<own>.+?) \((?:{_AFTER}) ?: (?P<earlier>.+)\)", re.DOTALL)


def lean(own: str, earlier: str, language: str) -> str:
    """Return the text of a question that leans on an earlier one, both verbatim, joined by a word of this language."""
    table = question_table(language) or question_tables()[0]
    return f"{own} ({table.after}{table.mark[:-1]}: {earlier})"


def take_apart(text: str) -> tuple[Range, Range] | None:
    """Return where in a text the question stands and where the one it leans on; None where it leans on none."""
    match = _BOTH.fullmatch(text)
    return (match.span("own"), match.span("earlier")) if match else None


def cut(query: Query, place: Range) -> Query:
    """Return the part of a query whose words stand between two offsets of its text."""
    start, end = place
    own = _without(query, {word for word in query.words if word[0] < start or end < word[1]})
    return replace(own, text=query.text[start:end], words=tuple((a - start, b - start) for a, b in own.words))


def together(query: Query, own: Question, earlier: Question, shift: int) -> Question:
    """Return a question with what it lacks from the one that it leans on, which stands `shift` further on in the text.

    "When?" asks about all that the other did; what has a head or a predicate of its own keeps it; "and the train?" asks
    what the other asked, of something else.
    """
    unasked = own.kind == "passage" or bool(own.likely)
    elliptical = unasked and QUESTION_WORD.match(own.text) is None and PRONOUN.search(own.text) is None
    gone = _replaced(own, earlier, elliptical=elliptical)
    head, predicate, circumstances, role = (
        moved(tuple(t for t in terms if t not in gone), shift)
        for terms in (earlier.head, earlier.predicate, earlier.circumstances, earlier.role)
    )
    if elliptical and own.role:
        fate = _outcomes(own, own.role)
        own = replace(own, head=() if fate else own.role, predicate=own.role if fate else (), circumstances=())
    asking = replace(earlier, speaker=None) if elliptical else own
    extra = (head if own.head else ()) + (predicate if own.predicate else ())
    kept = () if elliptical and (own.names or own.places) else (earlier.names, earlier.places)
    names, places = (
        mine + moved(theirs, shift) for mine, theirs in zip((own.names, own.places), kept or ((), ()), strict=True)
    )
    people = sorted((*names, *places), key=lambda span: span.start)
    return replace(
        asking,
        text=query.text,
        query=_without(query, {(t.start, t.end) for t in moved(tuple(gone), shift)}),
        role=own.role + role,
        head=own.head or head,
        predicate=own.predicate or predicate,
        circumstances=(*own.circumstances, *extra, *circumstances),
        names=names,
        places=places,
        times=own.times + (() if elliptical and own.times else moved(earlier.times, shift)),
        speaker=(own.speaker or next(iter(people), None)) if asking.kind == "quotation" else None,
        asked=query.text,
    )


def _replaced(own: Question, earlier: Question, *, elliptical: bool) -> set[Term]:
    """Return the terms of the earlier question in whose place the other has its own.

    What happened to what is counted goes with a question that says itself what happened; of "and the train?", what the
    train takes the place of.
    """
    stems = set(own.query.stems)
    words = [Term(stem, *place) for stem, place in zip(earlier.query.stems, earlier.query.words, strict=True)]
    gone = {term for term in words if term.stem in stems}
    if elliptical and (own.names or own.places):  # "and in Valmory?" asks the same, and not of Arcy
        gone |= {term for term in words if term.start and earlier.text[term.start].isupper()}
    if not own.role:
        return gone
    if elliptical:
        return gone | set(earlier.predicate if _outcomes(own, own.role) else earlier.head)
    if earlier.cues.counts or earlier.kind == "number":
        # What has an article is a subject or a setting, whatever the grammar made of it.
        counted = (*earlier.predicate, *(earlier.head if own.head else ()))
        gone |= {t for t in counted if not DETERMINER.search(earlier.text[: t.start])}
    return gone


def _outcomes(question: Question, terms: tuple[Term, ...]) -> bool:
    """Return whether any of these words says what befell people."""
    return any(asked_classes(fold(question.word(t)), question.language) & OUTCOMES for t in terms)


def _without(query: Query, gone: Collection[Range]) -> Query:
    """Return a query without the words at these offsets."""
    kept = [number for number, word in enumerate(query.words) if word not in gone]
    return replace(
        query,
        words=tuple(query.words[i] for i in kept),
        stems=tuple(query.stems[i] for i in kept),
        terms=tuple(query.terms[i] for i in kept if i < len(query.terms)),
        idf=tuple(query.idf[i] for i in kept if i < len(query.idf)),
    )


def moved(own: tuple[Placed, ...], shift: int) -> tuple[Placed, ...]:
    """Return terms or spans that stand further on in a longer text."""
    return tuple(replace(one, start=one.start + shift, end=one.end + shift) for one in own)
