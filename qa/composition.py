"""What does each source say, and which are silent?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from index.facts import LANGUAGES, span_of
from qa.agreement import Claim, Group, Origin, group_claims, judge
from qa.answers import Answer, Passage, SourceAnswer, cite, too_unsure, unsure_claims
from qa.bearing import find_bearing, tell_in_time
from qa.claims import attribute, claims_of, denied_by, telling_more
from qa.evidence import ANSWERING
from qa.independence import find_origins, find_versions
from qa.match import adds_up
from qa.question import TYPED, Question
from qa.revision import Stage, trace_revision
from qa.summary import summarise, summarise_revision, tell_unsure
from qa.weighing import Weighed, highlights, may_answer, merit, sureness

PASSAGES = 3
"""Passages shown for one source, at most."""

NEAREST = 3
"""Sources shown, as not answering, when nothing answers."""

RELATIVE = 0.6
"""How nearly as surely as the best passage another must answer: beside a plain answer, a doubtful one is none."""

NEARLY = 0.75
"""How nearly as surely as a source's best passage another must answer to be shown beside it."""

CIRCUMSTANCES = 0.5
"""How much less surely a claim answers that tells nothing of the circumstances, where another tells all of them."""

LISTED = 200
"""Sources up to which every silent one is listed; in a larger corpus only those that were looked at are."""


def compose(question: Question, weighed: Sequence[Weighed], known: Sequence[str]) -> Answer:
    """Return the answer: passages that answer, grouped by source, best source first; the rest is silence.

    `known` are the sources that were asked, in the order in which the silent ones are named.
    """
    answering = _answering(question, weighed)
    shown = _shown(question, answering, weighed)
    older = find_versions([own[0].document for own in shown])
    shown.sort(key=lambda own: own[0].document.source in older)
    numbers = count(1)
    numbered = [[(next(numbers), passage) for passage in own] for own in shown]
    sources = tuple(_source_answer(question, own, older, answers=bool(answering)) for own in numbered)
    origins, several = find_origins([own[0] for own in shown] if answering else [], weighed)
    judgement = judge_sources(question, sources if answering else (), origins, several)
    heard = {answer.source for answer in sources} | {copy for p in answering for copy in p.hit.copies}
    unanswering = _silent(heard if answering else set(), weighed, known)
    cut = {p.document.source for p in weighed if p.document.partial}
    return Answer(
        question=question.asked,
        understood_as=question.text,
        language=question.language,
        found=bool(answering),
        sources=sources,
        silent=tuple(source for source in unanswering if source not in cut),
        agreement=judgement.agreement,
        groups=judgement.groups,
        summary=judgement.summary,
        without_facts=_without_facts(weighed, unanswering) if question.kind in TYPED else (),
        cut_short=tuple(source for source in unanswering if source in cut),
        origins=several,
        stages=judgement.stages,
        timeline=tell_in_time(sources),
        bearing=find_bearing(weighed, sources),
    )


def _shown(question: Question, answering: Sequence[Weighed], weighed: Sequence[Weighed]) -> list[list[Weighed]]:
    """Return the passages that are shown, source by source, best first; the nearest where nothing answers."""
    by_source: dict[str, list[Weighed]] = {}
    # A figure of one's own comes before a combined toll, whatever the rest of the passage holds.
    for passage in sorted(
        answering or weighed, key=lambda p: (p.partial, p.doubtful, -merit(p, question), p.hit.paragraph.id)
    ):
        by_source.setdefault(passage.hit.paragraph.source, []).append(passage)
    shown = [_worth_showing(own) for own in by_source.values()]
    if not answering:
        return [own[:1] for own in shown[:NEAREST]]
    return [_with_more(question, own, weighed) for own in shown]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What sources make of each other; its fields are as an answer's."""

    groups: tuple[Group, ...]
    stages: tuple[Stage, ...]
    agreement: str
    summary: str


def judge_sources(
    question: Question, sources: Sequence[SourceAnswer], numbers: Sequence[int], origins: Sequence[Origin]
) -> Judgement:
    """Return what these sources make of each other, given the numbers of their origins and what the origins are."""
    claims = _compared(sources, numbers)
    groups = group_claims(claims)
    stages = trace_revision(claims) if adds_up(question) else ()
    unsure = unsure_claims(sources)
    told = summarise_revision(stages, question.language, origins)
    told = told or summarise(groups, question.language, origins, unsure=bool(unsure))
    return Judgement(
        groups=groups,
        stages=stages,
        agreement="revised" if stages and not any(stage.disputes for stage in stages) else judge(groups),
        summary=" ".join(filter(None, (told, tell_unsure(unsure, question.language)))),
    )


def _compared(sources: Sequence[SourceAnswer], origins: Sequence[int]) -> list[Claim]:
    """Return what the sources claim as it is compared, given the numbers of their origins.

    Compared with nothing is what an older version of an article claims, what is too unsure, words, which say one thing
    in many ways, and figures of another unit than the best source's.
    """
    claims, languages = list[Claim](), list[str]()
    heard = [pair for pair in zip(sources, origins, strict=True) if not too_unsure(pair[0])]
    unit = next((claim.span.unit for source, _ in heard for claim in source.claims), "")
    for source, origin in heard:
        spoken = {passage.citation.number: passage.hit.paragraph.language for passage in source.passages}
        for claim in source.claims if not source.newer else ():
            if claim.span.kind in TYPED and claim.span.unit == unit:
                claims.append(replace(claim, origin=origin))
                languages.append(spoken[claim.citation])
    return attribute(claims, languages)


def _answering(question: Question, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the passages that answer: surely enough, and nearly as surely as the best of them."""
    sure = [p for p in weighed if p.probability >= ANSWERING and may_answer(p, question)]
    told = max((p.told for p in sure), default=0.0)
    # What one source tells of the circumstances tells it from the others; what none tells is held against none.
    surest = [p.probability * (1 - CIRCUMSTANCES * (told - p.told)) for p in sure]
    return [p for p, s in zip(sure, surest, strict=True) if s >= RELATIVE * max(surest)]


def _silent(answered: Collection[str], weighed: Sequence[Weighed], known: Sequence[str]) -> tuple[str, ...]:
    """Return the sources that were asked and do not answer; of many, those that were looked at."""
    asked = known if len(known) <= LISTED else sorted({p.hit.paragraph.source for p in weighed})
    return tuple(source for source in asked if source not in answered)


def _without_facts(weighed: Sequence[Weighed], silent: Sequence[str]) -> tuple[str, ...]:
    """Return the silent sources of which a passage that was looked at was read without facts."""
    unread = {p.hit.paragraph.source for p in weighed if p.hit.paragraph.language not in LANGUAGES or p.contents.unread}
    return tuple(source for source in silent if source in unread)


def _worth_showing(own: Sequence[Weighed]) -> list[Weighed]:
    """Return the best passages of a source: its best, and those nearly as good whose figure fits nearly as well."""
    best = own[0]
    return [
        best,
        *(c for c in own[1:PASSAGES] if c.probability >= NEARLY * best.probability and c.fit >= 0.5 * best.fit),
    ]


def _with_more(question: Question, own: Sequence[Weighed], weighed: Sequence[Weighed]) -> list[Weighed]:
    """Return the passages that are shown of a source, and behind them those with a further claim or a denial."""
    source, ids = own[0].document.source, {p.hit.paragraph.id for p in own}
    others = [p for p in weighed if p.document.source == source and p.hit.paragraph.id not in ids]
    others.sort(key=lambda p: p.hit.paragraph.id)
    return [*own, *telling_more(question, own, others)][: max(PASSAGES, len(own))]


def _source_answer(
    question: Question, numbered: Sequence[tuple[int, Weighed]], older: Mapping[str, str], *, answers: bool
) -> SourceAnswer:
    """Return what one source says, by its passages with their numbers; `answers` says whether that answers.

    `older` names the newer version of each source that has one.
    """
    first = numbered[0][1]
    claims = claims_of(question, numbered) if answers else ()
    return SourceAnswer(
        source=first.document.source,
        title=first.document.title,
        published=first.document.published,
        passages=tuple(_passage(question, number, passage) for number, passage in numbered),
        claim=claims[0].span if claims else None,
        outlet=first.document.outlet,
        polarity=first.polarity if answers else "",
        partial=first.document.partial,
        sureness=sureness(first, question) if claims else None,
        doubtful=answers and first.doubtful,
        newer=older.get(first.document.source, ""),
        claims=claims,
        denied=denied_by(question, numbered) if answers else (),
    )


def _passage(question: Question, number: int, weighed: Weighed) -> Passage:
    paragraph, document = weighed.hit.paragraph, weighed.document
    citation = cite(document, paragraph.start, paragraph.end, number=number)
    found = tuple(span_of(fact, paragraph.text) for fact in weighed.contents.facts)
    return Passage(citation, highlights(question, weighed), found, weighed.hit)
