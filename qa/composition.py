"""Which of the passages found answer, and what does each source say?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from index.paragraphs import sentences
from index.records import Alternatives, Document, Hit, Paragraph
from index.search import Query
from qa.agreement import Claim, grouped, summary, verdict
from qa.answers import Answer, Citation, Passage, SourceAnswer
from qa.evidence import Evidence, fitted, probability, strengths, weigh
from qa.extraction import Asked, Span, combined, role_score, spans


class Sources(Protocol):
    """What an answer needs of a corpus."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def document(self, source: str) -> Document: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph weighed as an answer."""

    hit: Hit
    document: Document
    spans: tuple[Span, ...]
    claim: Span | None
    partial: bool
    """Whether the claim is a combined toll, where the question asks for one of its parts."""
    highlight: tuple[int, int]
    evidence: Evidence
    probability: float


TYPED = ("number", "date", "person", "place")
"""The kinds of question that a span answers."""

ROLE = 0.4
"""The role score from which a span is a claim."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

PASSAGES = 3
"""Passages shown for one source, at most."""

NEAREST = 3
"""Sources shown, as not answering, when nothing answers."""

LISTED = 200
"""Sources up to which every silent one is listed; in a larger corpus only those that were looked at are."""


def weigh_hits(query: Query, asked: Asked, hits: Sequence[Hit], corpus: Sources) -> list[Candidate]:
    """Return each hit weighed as an answer, in the order of the hits."""
    alternatives = dict(zip(query.stems, query.terms, strict=True))
    documents = {source: corpus.document(source) for source in {hit.paragraph.source for hit in hits}}
    return [_weighed(query, asked, alternatives, hit, documents[hit.paragraph.source]) for hit in hits]


def _weighed(
    query: Query, asked: Asked, alternatives: Mapping[str, Alternatives], hit: Hit, document: Document
) -> Candidate:
    paragraph = hit.paragraph
    found = spans(paragraph.text, paragraph.language, published=document.published)
    scored: list[tuple[float, Span]] = []
    if asked.kind in TYPED:
        scored = [(role_score(s, asked, alternatives), s) for s in found if s.kind == asked.kind]
    role, claim = max(scored, key=lambda pair: (pair[0], -pair[1].start), default=(0.0, None))
    if role < ROLE:
        claim = None
    evidence = weigh(query, hit, document, role=role, typed=asked.kind in TYPED)
    return Candidate(
        hit=hit,
        document=document,
        spans=found,
        claim=claim,
        partial=claim is not None and combined(claim) and role < WHOLE,
        highlight=_best_sentence(query, paragraph, claim),
        evidence=evidence,
        probability=probability(evidence),
    )


def _best_sentence(query: Query, paragraph: Paragraph, claim: Span | None) -> tuple[int, int]:
    """Return the sentence of the claim, or else the one that holds most of the question; offsets into the text."""
    parts = sentences(paragraph.text, paragraph.language) or [(0, len(paragraph.text))]
    if claim is not None:
        return next((part for part in parts if part[0] <= claim.start < part[1]), parts[0])
    idf = [max(weight, 0.1) for weight in query.idf]

    def held(part: tuple[int, int]) -> float:
        found = strengths(query, paragraph.text[slice(*part)], paragraph.language)
        return sum(weight * strength for weight, strength in zip(idf, found, strict=True))

    return max(parts, key=lambda part: (held(part), -part[0]))


def compose(
    question: str, understood: str, query: Query, asked: Asked, candidates: Sequence[Candidate], corpus: Sources
) -> Answer:
    """Return the answer: passages that answer, grouped by source, best source first; the rest is silence."""
    threshold = fitted().threshold
    answering = [c for c in candidates if c.probability >= threshold and (c.claim or asked.kind != "number")]
    shown = answering or candidates
    by_source: dict[str, list[Candidate]] = {}
    for candidate in sorted(shown, key=lambda c: (-c.probability, c.hit.paragraph.id)):
        by_source.setdefault(candidate.hit.paragraph.source, []).append(candidate)
    if not answering:
        by_source = {source: own[:1] for source, own in list(by_source.items())[:NEAREST]}
    numbers = count(1)
    sources = tuple(
        _source_answer([(next(numbers), c) for c in own[:PASSAGES]], typed=bool(answering) and asked.kind in TYPED)
        for own in by_source.values()
    )
    partial = {own[0].hit.paragraph.source for own in by_source.values() if own[0].partial}
    groups = grouped(
        [Claim(s.source, s.published, s.claim, partial=s.source in partial) for s in sources if s.claim is not None]
    )
    answered = {s.source for s in sources} if answering else set()
    considered = {c.hit.paragraph.source for c in candidates}
    silent = corpus.sources if len(corpus.sources) <= LISTED else tuple(sorted(considered))
    return Answer(
        question=question,
        understood_as=understood,
        language=query.language,
        found=bool(answering),
        sources=sources,
        silent=tuple(source for source in silent if source not in answered),
        agreement=verdict(groups),
        groups=groups,
        summary=summary(groups, query.language),
    )


def _source_answer(numbered: Sequence[tuple[int, Candidate]], *, typed: bool) -> SourceAnswer:
    first = numbered[0][1]
    return SourceAnswer(
        source=first.document.source,
        title=first.document.title,
        published=first.document.published,
        passages=tuple(_passage(number, candidate) for number, candidate in numbered),
        claim=first.claim if typed else None,
        outlet=first.document.outlet,
    )


def _passage(number: int, candidate: Candidate) -> Passage:
    paragraph, document = candidate.hit.paragraph, candidate.document
    page = bisect_right(document.pages, paragraph.start) or None
    citation = Citation(
        number=number,
        source=document.source,
        title=document.title,
        published=document.published,
        start=paragraph.start,
        end=paragraph.end,
        quote=paragraph.text,
        page=page,
        outlet=document.outlet,
        url=document.url,
    )
    return Passage(citation, (candidate.highlight,), candidate.spans, candidate.hit)
