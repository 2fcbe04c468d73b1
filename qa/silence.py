"""Why does a source not answer, and what in it is nearest to the question?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.facts.contents import Contents
from index.records import Document, Hit, Paragraph
from qa.agreement import Claim
from qa.answers import Answer, Citation, Silence, cite
from qa.claims import denied_by
from qa.composition import LISTED
from qa.evidence import ANSWERING, Told, weigh
from qa.match.event import Verdict, compare_event, compare_name
from qa.question import Question
from qa.settings import Part, Sources, take_scales
from qa.surroundings import Conditions, Surroundings, judge_names, judge_times, survey
from qa.weighing import Weighed, Weighing, may_answer, merit

NEAR = 0.4
"""The share of the question's words, names left out, that a passage and the beginning of its article must hold to be
near it; by what seemed right on the pairs of ``tests/gold/confusion-dev.jsonl``."""

_UNANSWERED = {"number": "no figure", "date": "no date", "person": "no name", "place": "no name"}
"""What one that speaks of what is asked does not give, by the kind of question."""


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The passage of a silent source that is nearest to the question."""

    hit: Hit
    contents: Contents
    around: Surroundings
    weighed: Weighed | None
    """None where it was not read, for others were nearer."""

    @property
    def paragraph(self) -> Paragraph:
        return self.hit.paragraph


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked, as it is compared with passages."""

    question: Question
    conditions: Conditions


def explain_silence(
    answer: Answer, weighing: Weighing, hits: Sequence[Hit], corpus: Sources, left_out: Sequence[str] = ()
) -> tuple[Silence, ...]:
    """Return why each source that is silent in an answer is so, given what was found and read for it.

    `left_out` are the sources that were not asked at all.
    """
    quiet = (*answer.silent, *answer.cut_short)
    scales = take_scales(weighing.question, hits)
    asked = _Asked(weighing.question, scales.asked)
    found = dict(_nearest(asked, quiet, weighing, hits, corpus))
    told = [_explain(asked, answer, corpus.document(source), found.get(source)) for source in quiet]
    for source in left_out if len(left_out) <= LISTED else ():
        told.append(_silence(corpus.document(source), "not in the filter"))
    return tuple(told)


def _nearest(
    asked: _Asked, quiet: Sequence[str], weighing: Weighing, hits: Sequence[Hit], corpus: Sources
) -> Iterator[tuple[str, _Nearest]]:
    """Yield each of these sources of which a passage was found, with the nearest one."""
    best: dict[str, Weighed] = {}
    for passage in sorted(weighing.passages, key=lambda p: -merit(p, asked.question)):
        best.setdefault(passage.hit.paragraph.source, passage)
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.paragraph.source, hit)
    chosen = {s: best[s].hit if s in best else first[s] for s in quiet if s in best or s in first}
    contents = corpus.contents([hit.paragraph.id for hit in chosen.values()])
    for (source, hit), read in zip(chosen.items(), contents, strict=True):
        around = survey(asked.conditions, corpus.document(source), corpus.topic(source))
        yield source, _Nearest(hit, read, around, best.get(source))


def _explain(asked: _Asked, answer: Answer, document: Document, nearest: _Nearest | None) -> Silence:
    """Return why one source is silent, with its nearest sentence where something in it is near."""
    cut = document.source in answer.cut_short
    if nearest is None:
        return _silence(document, "cut short" if cut else "nothing near")
    reason = _elsewhere(asked, nearest)
    if not reason and document.source in answer.without_facts:
        reason = "read without facts"
    if not reason:
        reason = "cut short" if cut else _unanswered(asked, nearest)
    if reason == "nothing near":
        return _silence(document, reason)
    start, end = _sentence(nearest)
    begin = nearest.paragraph.start
    told = _silence(document, reason, cite(document, begin + start, begin + end))
    deniers = [c.span.attribution.text for c in _denials(asked, nearest) if c.span.attribution]
    return replace(told, denier=deniers[0]) if reason == "denied" and deniers else told


def _silence(document: Document, reason: str, citation: Citation | None = None) -> Silence:
    return Silence(document.source, document.title, document.published, document.outlet, reason, citation)


def _elsewhere(asked: _Asked, nearest: _Nearest) -> str:
    """Return of what else a passage speaks than the question: of another place, person, name or time; or ""."""
    conditions, around = asked.conditions, nearest.around
    if judge_names(conditions, around, nearest.paragraph) is Verdict.OTHER:
        named = [n for n in conditions.subject.names if compare_name(n, around.told) is Verdict.OTHER]
        nowhere = replace(conditions.subject, names=())
        if any(name.towns for name in named) or compare_event(nowhere, around.told) is Verdict.OTHER:
            return "another place"
        people = {word for person in asked.question.names for word in person.text.split()}
        return "another person" if any(people & set(name.text.split()) for name in named) else "another name"
    return "another time" if judge_times(conditions, around, nearest.paragraph) is Verdict.OTHER else ""


def _unanswered(asked: _Asked, nearest: _Nearest) -> str:
    """Return why a passage that may speak of what is asked does not answer."""
    question, weighed = asked.question, nearest.weighed
    if weighed and weighed.probability >= ANSWERING and may_answer(weighed, question):
        return "unsure"
    if _denials(asked, nearest):
        return "denied"
    if not _is_near(asked, nearest):
        return "nothing near"
    given = any(fact.kind == question.kind for fact in nearest.contents.facts)
    return "unsure" if given else _UNANSWERED.get(question.kind, "no answer")


def _denials(asked: _Asked, nearest: _Nearest) -> tuple[Claim, ...]:
    """Return the figures that the passage gives only to deny them."""
    return denied_by(asked.question, [(0, nearest.weighed)]) if nearest.weighed else ()


def _is_near(asked: _Asked, nearest: _Nearest) -> bool:
    """Return whether a passage, or the beginning of its article, holds enough of the words of the question."""
    words, language = asked.conditions.words, nearest.paragraph.language
    held = asked.conditions.sought.held(nearest.contents.keys) | nearest.around.held
    shares = words.strengths(held, language)
    return bool(shares) and weigh(asked.question, words, nearest.hit, shares, told=Told(0.0, 0.0)).words >= NEAR


def _sentence(nearest: _Nearest) -> Part:
    """Return the sentence that is nearest: as it was read, else that in which most of the question's words stand."""
    if nearest.weighed and nearest.weighed.on_subject:
        return nearest.weighed.part
    matches: Mapping[Part, set[str]] = {part: set() for part in nearest.contents.sentences}
    for match in nearest.hit.matches:
        for (start, end), words in matches.items():
            if start <= match.start < end:
                words.add(match.word)
    return max(matches, key=lambda part: (len(matches[part]), -part[0]), default=(0, len(nearest.paragraph.text)))
