"""What does each source say, and which are silent?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import count

from index.facts import spans
from index.search import Query
from qa.agreement import Claim, grouped, summary, verdict
from qa.answers import Answer, Citation, Passage, SourceAnswer
from qa.evidence import fitted
from qa.question import TYPED, Asked
from qa.weighing import Candidate, may_answer, merit

PASSAGES = 3
"""Passages shown for one source, at most."""

NEAREST = 3
"""Sources shown, as not answering, when nothing answers."""

RELATIVE = 0.62
"""How nearly as surely as the best passage another must answer: beside a plain answer, a doubtful one is none."""

NEARLY = 0.75
"""How nearly as surely as a source's best passage another must answer to be shown beside it."""

CIRCUMSTANCES = 0.5
"""How much less surely a claim answers that tells nothing of the circumstances, where another tells all of them."""

LISTED = 200
"""Sources up to which every silent one is listed; in a larger corpus only those that were looked at are."""


def compose(
    question: str, understood: str, query: Query, asked: Asked, candidates: Sequence[Candidate], known: Sequence[str]
) -> Answer:
    """Return the answer: passages that answer, grouped by source, best source first; the rest is silence.

    `known` are the sources that were asked, in the order in which the silent ones are named.
    """
    sure = [c for c in candidates if c.probability >= fitted().threshold and may_answer(c, asked)]
    told = max((c.told for c in sure), default=0.0)
    # What one source tells of the circumstances tells it from the others; what none tells is held against none.
    surest = [c.probability * (1 - CIRCUMSTANCES * (told - c.told)) for c in sure]
    answering = [c for c, p in zip(sure, surest, strict=True) if p >= RELATIVE * max(surest)]
    shown = answering or candidates
    by_source: dict[str, list[Candidate]] = {}
    # A figure of one's own comes before a combined toll, whatever the rest of the passage holds.
    for candidate in sorted(shown, key=lambda c: (c.partial, -merit(c, asked), c.hit.paragraph.id)):
        by_source.setdefault(candidate.hit.paragraph.source, []).append(candidate)
    if not answering:
        by_source = {source: own[:1] for source, own in list(by_source.items())[:NEAREST]}
    numbers = count(1)
    sources = tuple(
        _source_answer(
            [(next(numbers), c) for c in _worth_showing(own)], answers=bool(answering), typed=asked.kind in TYPED
        )
        for own in by_source.values()
    )
    partial = {own[0].hit.paragraph.source for own in by_source.values() if own[0].partial}
    groups = grouped(
        [Claim(s.source, s.published, s.claim, partial=s.source in partial) for s in sources if s.claim is not None]
    )
    answered = {s.source for s in sources} if answering else set()
    considered = {c.hit.paragraph.source for c in candidates}
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
            if c.probability >= NEARLY * best.probability and c.evidence.figure + c.evidence.span >= 0.5 * fit
        ),
    ]


def _source_answer(numbered: Sequence[tuple[int, Candidate]], *, answers: bool, typed: bool) -> SourceAnswer:
    first = numbered[0][1]
    return SourceAnswer(
        source=first.document.source,
        title=first.document.title,
        published=first.document.published,
        passages=tuple(_passage(number, candidate) for number, candidate in numbered),
        claim=first.claim if answers and typed else None,
        outlet=first.document.outlet,
        polarity=first.polarity if answers else "",
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
    found = spans(paragraph.text, paragraph.language, published=document.published)
    return Passage(citation, candidate.highlights, found, candidate.hit)
