"""Which of the passages found answer, with which figure, and how surely?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.facts import Span, spans
from index.facts.gazetteer import countries
from index.language import fold
from index.paragraphs import sentences
from index.records import Alternatives, Document, Hit, Paragraph
from index.search import Query
from qa.evidence import READ, Evidence, probability, share, strengths, surroundings, weigh
from qa.match import Similar, circumstances_told, combined, polarity, role_score
from qa.match.cues import ACCORDING, CAUSE, FORESEEN, SAID, THERE, WHERE
from qa.match.subject import Subject, of_those_years, speaks_of, subject
from qa.question import TYPED, Asked

_NAME_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Sources(Protocol):
    """What weighing needs of a corpus."""

    def document(self, source: str) -> Document: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph weighed as an answer."""

    hit: Hit
    document: Document
    claim: Span | None
    partial: bool
    """Whether the claim is a combined toll, where the question asks for one of its parts."""
    polarity: str
    """Where the question asks for yes or no: what its best sentence says, where that is certain."""
    told: float
    """The share of the question's circumstances that the claim or its sentence speaks of."""
    highlights: tuple[tuple[int, int], ...]
    evidence: Evidence
    on_subject: bool
    """Whether its document names whom and what the question names."""
    probability: float


TOLD = 0.3
"""How much of what happened a passage must tell to say who or where without a name."""

ROLE = 0.2
"""The role score from which a span is a claim."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

ABSENT = 0.6
"""What remains of a figure's fit where its passage names nobody of those whom the question names."""

NOT_THERE = 0.4
"""What remains of a place's fit where nothing says that something is or goes there."""

LEADING = 2_000
"""Characters before a passage, deep in a long document, in which its own subject is looked for."""

OFF_SUBJECT = 0.3
"""What remains of a passage's probability where its document does not name whom the question is about: it is silent."""


def weigh_hits(query: Query, asked: Asked, hits: Sequence[Hit], corpus: Sources) -> list[Candidate]:
    """Return each hit weighed as an answer, in the order of the hits."""
    alternatives = dict(zip(query.stems, query.terms, strict=True))
    documents = {source: corpus.document(source) for source in {hit.paragraph.source for hit in hits}}
    around = {source: surroundings(query, document) for source, document in documents.items()}
    wanted = subject(query)
    on_subject = {source for source, document in documents.items() if speaks_of(document, wanted)}
    weighed = []
    for hit in hits:
        paragraph, document = hit.paragraph, documents[hit.paragraph.source]
        named = paragraph.source in on_subject or _named_near(document, paragraph, wanted)
        fitting = named and of_those_years(document, paragraph.start, paragraph.end, wanted)
        weighed.append(
            _weighed(query, asked, alternatives, hit, document, around[paragraph.source], wanted, on_subject=fitting)
        )
    return weighed


def _named_near(document: Document, paragraph: Paragraph, wanted: Subject) -> bool:
    """Return whether a long document, of several subjects, names what the question names in or before a passage."""
    if paragraph.end <= READ:
        return False
    near = document.text[max(0, paragraph.start - LEADING) : paragraph.end]
    return speaks_of(document, wanted, near=near)


def may_answer(candidate: Candidate, asked: Asked) -> bool:
    """Return whether a passage has the form of an answer, whatever its probability.

    A number or a date is told by nothing but a span. Who and where may also be told by a sentence without a name, where
    it speaks of what happened.
    """
    if candidate.claim or asked.kind not in TYPED:
        return True
    return asked.kind not in ("number", "date") and candidate.evidence.predicate >= TOLD


def merit(candidate: Candidate, asked: Asked) -> float:
    """Return how well a passage answers, where the fit of its figure or date weighs more than how sure it is."""
    fit = candidate.evidence.figure + candidate.evidence.span
    return candidate.probability * (0.3 + 0.7 * fit if asked.kind in ("number", "date") else 1.0)


def _weighed(
    query: Query,
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    hit: Hit,
    document: Document,
    around: Sequence[float],
    wanted: Subject,
    *,
    on_subject: bool,
) -> Candidate:
    paragraph = hit.paragraph
    parts = sentences(paragraph.text, paragraph.language) or [(0, len(paragraph.text))]
    if asked.kind in TYPED:
        # What is silent by rule need not be read.
        found = spans(paragraph.text, paragraph.language, published=document.published) if on_subject else ()
        fit, claim, told = _best_span(asked, alternatives, hit, document.title, found, parts)
        highlight = _sentence_of(claim, parts) if claim else _best_sentence(query, hit, parts)[1]
    else:
        claim, told = None, 1.0
        fitting = [part for part in parts if _fits(asked, paragraph, part)]
        held, highlight = _best_sentence(query, hit, fitting or parts)
        fit = held if fitting else 0.0
    evidence = weigh(query, asked, hit, around, fit=fit)
    sentence = paragraph.text[slice(*highlight)]
    certain = asked.kind == "yes-no"
    return Candidate(
        hit=hit,
        document=document,
        claim=claim,
        partial=claim is not None and combined(claim) and fit < WHOLE,
        # Where the question names something, an article that names it too is about these circumstances.
        told=1.0 if wanted.names else told,
        polarity=polarity(asked, sentence, paragraph.language, alternatives, similar=_similarity(hit))
        if certain
        else "",
        highlights=_with_words_said(asked, paragraph.text, highlight, parts),
        evidence=evidence,
        on_subject=on_subject,
        probability=probability(evidence) * (1.0 if on_subject else OFF_SUBJECT),
    )


def _best_span(
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    hit: Hit,
    title: str,
    found: Sequence[Span],
    parts: Sequence[tuple[int, int]],
) -> tuple[float, Span | None, float]:
    """Return how well the best span of the kind asked for fits, that span, and how much of the circumstances it tells.

    There is no span where none fits well enough to claim; what the question names itself answers nothing.
    """
    similar = _similarity(hit)
    paragraph = hit.paragraph
    best: tuple[float, Span | None, float] = (0.0, None, 0.0)
    for span in found:
        if span.kind != asked.kind or _is_named(span, asked):
            continue
        start, end = _sentence_of(span, parts)
        sentence, before = paragraph.text[start:end], f"{title}\n{paragraph.heading}\n{paragraph.text[:start]}"
        fit = role_score(span, asked, alternatives, similar=similar, sentence=sentence, before=before)
        fit *= _said_as_asked(span, asked) * _done_as_asked(span, asked) * _of_whom(asked, sentence, before)
        fit *= _where_asked(span, asked, paragraph.text)
        if fit > best[0]:
            told = circumstances_told(span, asked, alternatives, similar=similar, sentence=sentence, before=before)
            best = (fit, span if fit >= ROLE else None, told)
    return best


def _where_asked(span: Span, asked: Asked, text: str) -> float:
    """Return 1, or less where the question asks where and a place is told without a word for being or going there."""
    if span.kind != "place" or not WHERE.search(asked.question) or THERE.search(text[: span.start]):
        return 1.0
    return NOT_THERE


def _of_whom(asked: Asked, sentence: str, before: str) -> float:
    """Return 1, or less where the question names people whom neither the sentence nor what leads up to it names."""
    # Neither the particle of "de Gaulle" nor the "O" of "O'Brien" names anybody.
    told = [_NAME_WORD.findall(span.text) for span in asked.constraints if span.kind == "person"]
    people = [names for words in told if (names := {fold(w) for w in words if w[0].isupper() and len(w) > 1})]
    if asked.kind == "person" or not people:
        return 1.0
    here, earlier = (set(_NAME_WORD.findall(fold(text))) for text in (sentence, before))
    return min(1.0 if names & here else 0.9 if names & earlier else ABSENT for names in people)


def _is_named(span: Span, asked: Asked) -> bool:
    """Return whether a place or a person is named by the question itself."""
    if span.kind not in ("place", "person"):
        return False
    named = countries(asked.question)
    return bool(named and countries(span.text) <= named and countries(span.text)) or any(
        fold(span.text) == fold(other.text) for other in asked.constraints
    )


def _similarity(hit: Hit) -> Similar:
    """Return the function that tells how near a word of the question is to one of the passage, as printed."""
    near: dict[tuple[str, str], float] = {}
    for match in hit.matches:
        pair = match.word, hit.paragraph.text[match.start : match.end]
        near[pair] = max(near.get(pair, 0.0), match.score)
    return lambda word, printed: near.get((word, printed), 0.0)


def _with_words_said(
    asked: Asked, text: str, highlight: tuple[int, int], parts: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return the sentence that answers, and for "what did X say?" the quoted sentence that follows it."""
    after = parts[parts.index(highlight) + 1 :]
    if asked.kind == "quotation" and after and text[after[0][0]] in '«“"':
        return (highlight, after[0])
    return (highlight,)


def _said_as_asked(span: Span, asked: Asked) -> float:
    """Return 1, or less where the question names who should say so and somebody else does.

    Names are compared by their first letters, since their endings vary between languages.
    """
    match = ACCORDING.search(asked.question)
    wanted = {fold(word)[:5] for word in re.findall(r"\w{3,}", match[1])} - {"whom", "qui"} if match else set()
    if not wanted:
        return 1.0
    said = {fold(word)[:5] for word in re.findall(r"\w{3,}", span.attribution.text)} if span.attribution else set()
    return 1.0 if wanted & said else 0.4


def _done_as_asked(span: Span, asked: Asked) -> float:
    """Return 1, or less where the question asks for what is done and the figure is planned, or the other way round."""
    hedges = span.qualifier.split(", ")
    if FORESEEN.search(asked.question):
        return 1.0 if "planned" in hedges else 0.7 if "conditional" in hedges else 0.5
    return 0.8 if "planned" in hedges else 1.0


def _sentence_of(span: Span, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return next((part for part in parts if part[0] <= span.start < part[1]), parts[0])


def _best_sentence(query: Query, hit: Hit, parts: Sequence[tuple[int, int]]) -> tuple[float, tuple[int, int]]:
    """Return how much of the question the sentence that holds most of it holds, from 0 to 1, and that sentence.

    A word counts in full where it or its translation stands in the sentence, and half where only its vector has found
    a match there.
    """
    words = [query.text[start:end] for start, end in query.words]
    best = (-1.0, parts[0])
    for part in parts:
        found = strengths(query, hit.paragraph.text[slice(*part)], hit.paragraph.language)
        near = {match.word for match in hit.matches if part[0] <= match.start < part[1]}
        held = [max(own, 0.5 * (word in near)) for own, word in zip(found, words, strict=True)]
        best = max(best, (share(query, held), part), key=lambda pair: pair[0])
    return best


def _fits(asked: Asked, paragraph: Paragraph, part: tuple[int, int]) -> bool:
    """Return whether a sentence has the form that is asked for: a cause, or words that the one asked about said."""
    text = paragraph.text[slice(*part)]
    if asked.kind == "reason":
        return CAUSE.search(text) is not None
    if asked.kind != "quotation" or asked.speaker is None:
        return False
    name = set(fold(asked.speaker.text).split())
    return bool(name & set(fold(text).replace("’", " ").replace("'", " ").split())) and SAID.search(text) is not None
