"""Which of the passages found answer, and what does each source say?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from index.language import fold
from index.paragraphs import sentences
from index.records import Alternatives, Document, Hit, Paragraph
from index.search import Query
from qa.agreement import Claim, grouped, summary, verdict
from qa.answers import Answer, Citation, Passage, SourceAnswer
from qa.evidence import Evidence, fitted, probability, share, strengths, surroundings, weigh
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
    highlights: tuple[tuple[int, int], ...]
    evidence: Evidence
    probability: float


TYPED = ("number", "date", "person", "place")
"""The kinds of question that a span answers."""

CLAIMED = ("number", "date")
"""The kinds that nothing but a span answers; who and where may also be told by a sentence without a name."""

ROLE = 0.15
"""The role score from which a span is a claim."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

PASSAGES = 3
"""Passages shown for one source, at most."""

NEAREST = 3
"""Sources shown, as not answering, when nothing answers."""

CAUSE = re.compile(
    r"\b(?:parce qu|car\b|puisqu|en raison d|à cause d|du fait d|grâce à|faute d|dû à|dus? aux?|due à|afin d|"
    r"à la suite d|suite à|après avoir|en échange d|en contrepartie|visant à|provoqu|caus|expliqu|s’explique|motif|"
    r"because|due to|owing to|as a result|since\b|in order to|so that|thanks to|after\b|following|in exchange|blamed)",
    re.IGNORECASE,
)
"""Words that announce a cause or a purpose."""

ACCORDING = re.compile(r"\b(?:according to|selon|d['’]après)\s+(.{2,60}?)\s*(?:[,?]|$)", re.IGNORECASE)
"""Who should say so, in a question."""

FORESEEN = re.compile(
    r"\b(?:will|would|might|could|may|going to|expected|planned|plans?|forecast|predicted|by (?:the end|next|january|"
    r"february|march|april|june|july|august|september|october|november|december|20\d\d)|prévu|prévoi|pourrai|devrai|"
    r"d['’]ici|attendu|envisag|sera|seront|aura|auront|va|vont|\w{2,}era|\w{2,}eront)",
    re.IGNORECASE,
)
"""Words with which a question asks for what has not happened yet."""

SAID = re.compile(
    r"[«“\"]|\b(?:dit|déclar|affirm|annonc|indiqu|estim|précis|ajout|expliqu|soulign|assur|rappel|répond|promis|nié|"
    r"not[ée]|said|says|told|announc|declar|stat|claim|warn|add|explain|insist|argu|deni)",
    re.IGNORECASE,
)
"""Words and marks that announce what somebody said."""

RELATIVE = 0.7
"""How nearly as surely as the best passage another must answer: beside a plain answer, a doubtful one is none."""

LISTED = 200
"""Sources up to which every silent one is listed; in a larger corpus only those that were looked at are."""


def weigh_hits(query: Query, asked: Asked, hits: Sequence[Hit], corpus: Sources) -> list[Candidate]:
    """Return each hit weighed as an answer, in the order of the hits."""
    alternatives = dict(zip(query.stems, query.terms, strict=True))
    documents = {source: corpus.document(source) for source in {hit.paragraph.source for hit in hits}}
    around = {source: surroundings(query, document) for source, document in documents.items()}
    return [
        _weighed(query, asked, alternatives, hit, documents[hit.paragraph.source], around[hit.paragraph.source])
        for hit in hits
    ]


def _weighed(
    query: Query,
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    hit: Hit,
    document: Document,
    around: Sequence[float],
) -> Candidate:
    paragraph = hit.paragraph
    found = spans(paragraph.text, paragraph.language, published=document.published)
    parts = sentences(paragraph.text, paragraph.language) or [(0, len(paragraph.text))]
    if asked.kind in TYPED:
        fit, claim = _best_span(asked, alternatives, paragraph, found, parts)
        highlight = _sentence_of(claim, parts) if claim else _best_sentence(query, hit, parts)[1]
    else:
        claim = None
        fitting = [part for part in parts if _fits(asked, paragraph, part)]
        held, highlight = _best_sentence(query, hit, fitting or parts)
        fit = held if fitting else 0.0
    evidence = weigh(query, asked, hit, around, fit=fit)
    return Candidate(
        hit=hit,
        document=document,
        spans=found,
        claim=claim,
        partial=claim is not None and combined(claim) and fit < WHOLE,
        highlights=_with_words_said(asked, paragraph.text, highlight, parts),
        evidence=evidence,
        probability=probability(evidence),
    )


def _best_span(
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    paragraph: Paragraph,
    found: Sequence[Span],
    parts: Sequence[tuple[int, int]],
) -> tuple[float, Span | None]:
    """Return how well the best span of the kind asked for fits, and that span where it fits well enough to claim."""
    scored = [
        (
            role_score(s, asked, alternatives, sentence=paragraph.text[slice(*_sentence_of(s, parts))])
            * _said_as_asked(s, asked)
            * _done_as_asked(s, asked),
            s,
        )
        for s in found
        if s.kind == asked.kind
    ]
    fit, span = max(scored, key=lambda pair: (pair[0], -pair[1].start), default=(0.0, None))
    return fit, span if fit >= ROLE else None


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
    planned = "planned" in span.qualifier.split(", ")
    return 1.0 if planned == bool(FORESEEN.search(asked.question)) else 0.8


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


def compose(
    question: str, understood: str, query: Query, asked: Asked, candidates: Sequence[Candidate], corpus: Sources
) -> Answer:
    """Return the answer: passages that answer, grouped by source, best source first; the rest is silence."""
    best = max((c.probability for c in candidates), default=0.0)
    threshold = max(fitted().threshold, RELATIVE * best)
    answering = [c for c in candidates if c.probability >= threshold and (c.claim or asked.kind not in CLAIMED)]
    shown = answering or candidates
    by_source: dict[str, list[Candidate]] = {}
    # A figure of one's own comes before a combined toll, whatever the rest of the passage holds.
    for candidate in sorted(shown, key=lambda c: (c.partial, -c.probability, c.hit.paragraph.id)):
        by_source.setdefault(candidate.hit.paragraph.source, []).append(candidate)
    if not answering:
        by_source = {source: own[:1] for source, own in list(by_source.items())[:NEAREST]}
    numbers = count(1)
    sources = tuple(
        _source_answer([(next(numbers), c) for c in _worth_showing(own)], typed=bool(answering) and asked.kind in TYPED)
        for own in by_source.values()
    )
    partial = {own[0].hit.paragraph.source for own in by_source.values() if own[0].partial}
    groups = grouped(
        [Claim(s.source, s.published, s.claim, partial=s.source in partial) for s in sources if s.claim is not None]
    )
    answered = {s.source for s in sources} if answering else set()
    considered = {c.hit.paragraph.source for c in candidates}
    known = corpus.sources
    silent = known if len(known) <= LISTED else tuple(sorted(considered))
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


def _worth_showing(own: Sequence[Candidate]) -> list[Candidate]:
    """Return the best passages of a source: its best, and those nearly as good whose figure fits nearly as well."""
    best = own[0]
    fit = best.evidence.figure + best.evidence.span
    return [
        best,
        *(
            c
            for c in own[1:PASSAGES]
            if c.probability >= 0.6 * best.probability and c.evidence.figure + c.evidence.span >= 0.5 * fit
        ),
    ]


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
    return Passage(citation, candidate.highlights, candidate.spans, candidate.hit)
