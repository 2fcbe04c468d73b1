"""Where does a passage stand, in which article and among which sentences, and what does the reader make of it there?"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from index.facts import LANGUAGES, Fact
from index.facts.contents import Contents, Topic
from index.records import Document, Hit, Paragraph
from qa.match import Matcher, Nearby
from qa.match.event import Verdict
from qa.question import TYPED, Question
from qa.reader import NOTHING, Reader, Reading
from qa.surroundings import Conditions, Surroundings, judge_passage, read_conditions, survey

ROUND = 8
"""Passages that are read at a time."""

OF_ONE = 2
"""Passages of one source that are read, at least; more where there are fewer sources than a round has places."""

TITLE = 160
"""Characters of a document's title that are read before its passage."""

KEYWORDS = 7
"""Words up to which a question without a word that asks may still ask for a figure or a name: "effectif total"."""

Part = tuple[int, int]
"""Where a sentence starts and ends in its paragraph."""


class Sources(Protocol):
    """What weighing needs of a corpus."""

    def document(self, source: str) -> Document: ...

    def contents(self, ids: Sequence[int]) -> list[Contents]: ...

    def topic(self, source: str) -> Topic: ...


@dataclass(frozen=True, slots=True)
class Scales:
    """What is worked out once for a question, whatever the passage."""

    question: Question
    matcher: Matcher
    asked: Conditions


@dataclass(frozen=True)
class Setting:
    """A passage where it was found."""

    hit: Hit
    contents: Contents
    around: Surroundings
    verdict: Verdict
    reading: Reading
    """What the reader makes of its text, behind its document's title."""

    @property
    def on_subject(self) -> bool:
        """Whether it may tell of what the question names, when it names it."""
        return self.verdict is not Verdict.OTHER

    @property
    def paragraph(self) -> Paragraph:
        return self.hit.paragraph

    @property
    def sureness(self) -> float:
        """How likely the reader thinks, uncalibrated, that the paragraph answers, from 0 to 1."""
        return 1 / (1 + math.exp(-self.reading.odds))

    def share(self, start: int, end: int) -> float:
        """Return how likely the answer, were there one, stands in these characters of the paragraph, from 0 to 1."""
        before = len(title_of(self.around.document))
        return self.reading.share(start + before, end + before)

    def likeliest(self, parts: Sequence[Part]) -> Part:
        """Return the one of these sentences in which the answer stands most likely, the first of equals."""
        return max(parts, key=lambda part: (self.share(*part), -part[0]))

    def met(self) -> Fact | None:
        """Return the fact that is the likeliest answer, or most of it; None where it is other words."""
        before = len(title_of(self.around.document))
        start, end = self.reading.start - before, self.reading.end - before
        shared = [(min(end, f.end) - max(start, f.start), -f.start, f) for f in self.contents.facts]
        most, _, fact = max(shared, key=lambda one: one[:2], default=(0, 0, None))
        return fact if most > 0 and 2 * most >= end - start else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its sentences."""
        return tuple(self.contents.sentences)

    @cached_property
    def _nearby(self) -> dict[int, Nearby]:
        return {}

    def near(self, start: int) -> Nearby:
        """Return the text around what starts here; it is the same for all that stands in one sentence."""
        place = next((n for n, (begins, ends) in enumerate(self.parts) if begins <= start < ends), 0)
        if place not in self._nearby:
            lead = self.around.document.title, self.paragraph.heading
            self._nearby[place] = Nearby(self.paragraph.text, self.parts, place, lead)
        return self._nearby[place]


def take_scales(question: Question, hits: Sequence[Hit]) -> Scales:
    """Return what is worked out once for a question, whatever the passage."""
    languages = {*LANGUAGES, *(hit.paragraph.language for hit in hits)}
    return Scales(question, Matcher(question), read_conditions(question, languages))


def read_rounds(scales: Scales, hits: Sequence[Hit], corpus: Sources) -> Iterator[list[Setting]]:
    """Yield the best hits of each source in rounds, each read where it stands.

    One of another event is not read: it is silent by rule.
    """
    around: dict[str, Surroundings] = {}
    ordered = choose_hits(hits)
    for begin in range(0, len(ordered), ROUND):
        batch = ordered[begin : begin + ROUND]
        for source in {hit.paragraph.source for hit in batch}.difference(around):
            around[source] = survey(scales.asked, corpus.document(source), corpus.topic(source))
        yield _read(scales, batch, corpus.contents([hit.paragraph.id for hit in batch]), around)


def most_of_one(hits: Sequence[Hit]) -> int:
    """Return how many passages of one source are read at most: more where there are few sources."""
    return max(OF_ONE, ROUND // max(1, len({hit.paragraph.source for hit in hits})))


def choose_hits(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that are read, in their order: of each source the best."""
    most, seen = most_of_one(hits), Counter[str]()
    chosen = []
    for hit in hits:
        seen[hit.paragraph.source] += 1
        if seen[hit.paragraph.source] <= most:
            chosen.append(hit)
    return chosen


def _read(
    scales: Scales, hits: Sequence[Hit], contents: Sequence[Contents], around: Mapping[str, Surroundings]
) -> list[Setting]:
    """Return each hit with the document around it, and with what the reader makes of it behind that one's title."""
    outer = [around[hit.paragraph.source] for hit in hits]
    verdicts = [judge_passage(scales.asked, own, hit.paragraph) for hit, own in zip(hits, outer, strict=True)]
    told = [i for i, verdict in enumerate(verdicts) if verdict is not Verdict.OTHER]
    texts = [title_of(outer[i].document) + hits[i].paragraph.text for i in told]
    readings = dict(zip(told, Reader.load().read(scales.question.text, texts), strict=True))
    each = zip(hits, contents, outer, verdicts, strict=True)
    return [Setting(*own, readings.get(i, NOTHING)) for i, own in enumerate(each)]


def title_of(document: Document) -> str:
    """Return what is read before each passage of a document."""
    return f"{document.title[:TITLE]}\n" if document.title else ""


def settle_kind(question: Question, settings: Sequence[Setting]) -> Question:
    """Return a question of a few words without one that asks as what the passages answer it with.

    "effectif total" asks for a figure where most of the passages that answer it answer with one.
    """
    if question.kind != "passage" or len(question.text.split()) > KEYWORDS:
        return question
    met = [setting.met() for setting in settings if setting.reading.odds > 0]
    kinds = Counter(fact.kind for fact in met if fact is not None and fact.kind in TYPED)
    kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
    return replace(question, kind=kind) if 2 * count > len(met) else question
