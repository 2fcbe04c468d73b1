"""What does this text ask? Its kind, its unit, and the words that name what is counted and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.read import spans
from index.facts.span import Span
from index.facts.tokens import tokenize
from index.language import Term, detect, fold, terms
from index.search import Query
from qa.question.asking import likely_kinds
from qa.question.leaning import cut, take_apart, together
from qa.question.parts import read_parts
from qa.question.question import TYPED, Cues, Question
from qa.question.tables import QuestionTable, question_table

_LONG_WORD = re.compile(r"\w{3,}")


def interpret(query: Query) -> Question:
    """Return what a question, as the index sees it, asks for.

    One in a language without a table is asked for passages: no rules of another language read it.

    >>> found = interpret(query_of("Combien de marins norvégiens ont été sauvés au Japon ?"))
    >>> found.kind, [found.word(t) for t in found.head], [found.word(t) for t in found.predicate]
    ('number', ['marins', 'norvégiens'], ['sauvés'])
    """
    leaning = take_apart(query.text)
    if leaning:
        own, earlier = (interpret(cut(query, place)) for place in leaning)
        return together(query, own, earlier, leaning[1][0])
    table = question_table(query.language)
    if table is None:
        return Question(query.text, query.language, "passage", query, asked=query.text)
    return _interpreted(query, table)


def query_of(text: str) -> Query:
    """Return a question as an index without any words would see it: it weighs nothing and translates nothing."""
    language = detect(text)
    found = terms(text, language)
    return Query(text, language, tuple((t.start, t.end) for t in found), tuple(t.stem for t in found))


def _interpreted(query: Query, table: QuestionTable) -> Question:
    text = query.text
    told = read_kind(text, table)
    likely = likely_kinds(text) if told is None else {}
    kind = told or max(likely, key=likely.__getitem__)
    named = [span for span in spans(text, query.language) if span.kind in ("date", "person", "place")]
    asked = (Term(stem, *place) for stem, place in zip(query.stems, query.words, strict=True))
    content = [
        t for t in asked if not _asks(fold(text[t.start : t.end]), table, told or "passage") and not _inside(t, named)
    ]
    if table.content:
        content += [Term(fold(m["stem"]), m.start(), m.end()) for m in table.content.finditer(text)]
        content.sort(key=lambda term: term.start)
    tokens = tokenize(text, query.language)
    head, predicate, circumstances = read_parts(text, tokens, content, query.language, table)
    return Question(
        text=text,
        language=query.language,
        kind=kind,
        likely=likely,
        query=query,
        unit=_unit(text, table) if kind == "number" or likely else "",
        role=tuple(content),
        head=head,
        predicate=predicate,
        circumstances=circumstances,
        names=_of_kind("person", named),
        places=_of_kind("place", named),
        times=_of_kind("date", named),
        speaker=_speaker(text, table, named) if kind == "quotation" else None,
        cues=_cues(text, table, content),
        asked=text,
    )


def _of_kind(kind: str, named: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in named if span.kind == kind)


def read_kind(text: str, table: QuestionTable) -> str | None:
    """Return the kind of a question: that of the first word in it that asks; None where no word does."""
    stripped = text.strip(" ¿\"«»'")
    found = []
    for order, (kind, pattern) in enumerate(table.kinds):
        match = pattern.search(stripped)
        if match:
            found.append((match.start(), order, kind))
    if found:
        return min(found)[2]
    inverted = table.inverted is not None and table.inverted.search(stripped)
    return "yes-no" if inverted and not (table.asks_more and table.asks_more.search(stripped)) else None


def _unit(text: str, table: QuestionTable) -> str:
    low = text.lower()
    if table.counts.search(low):
        return ""
    for unit, pattern in table.units:
        if pattern.search(low):
            return unit
    return "money" if table.price.search(low) else ""


def _asks(word: str, table: QuestionTable, kind: str) -> bool:
    """Return whether a word only asks ("nombre", "date") and names nothing."""
    if kind == "number" and word in table.asking_number:
        return True
    if kind in ("yes-no", "passage"):
        return word in table.asking_always
    if kind == "reason" and word in table.naming_reason:
        return False
    return word in table.asking or (kind in TYPED and word in table.light)


def _inside(term: Term, named: Sequence[Span]) -> bool:
    return any(span.start <= term.start and term.end <= span.end for span in named)


def _speaker(text: str, table: QuestionTable, named: Sequence[Span]) -> Span | None:
    """Return of whom a question asks what was said: a person it names, else the words beside its verb of speech."""
    people = [span for span in named if span.kind in ("person", "place")]
    if people:
        return people[0]
    match = table.speaker.search(text)
    if match is None:
        return None
    start, end = match.span("who" if match["who"] else "whom")
    return Span("speaker", text[start:end], start, end)


def _cues(text: str, table: QuestionTable, content: Sequence[Term]) -> Cues:
    """Return what a question says beside what it asks for."""
    said = table.according.search(text)
    who = next(filter(None, said.groups())) if said else ""
    sayers = {fold(word)[:5] for word in _LONG_WORD.findall(who)} - table.nobody
    words = set(re.findall(r"[^\W\d_]+(?:['’]t)?", fold(text)))
    return Cues(
        sayers=frozenset(sayers),
        foreseen=table.foreseen.search(text) is not None,
        counts=table.counting.search(text) is not None,
        negated=table.negated.search(text) is not None,
        denied=bool(words & table.denying),
        denies=any(fold(text[t.start : t.end])[:4] in table.denies for t in content),
        owners=frozenset(term for term in content if table.possessive.search(text[: term.start])),
    )
