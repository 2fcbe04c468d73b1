"""Where does a passage stand, in which article and among which sentences, and what does the reader make of it there?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from index.facts import LANGUAGES, Fact
from index.facts.calendar import write_day
from index.facts.contents import Contents, Topic
from index.facts.units import one_time
from index.records import Document, Hit, Paragraph
from qa.logistic import sigmoid
from qa.match import Matcher, Nearby
from qa.match.event import Verdict
from qa.match.sayers import without_tail
from qa.match.stance import Given
from qa.question import TYPED, Question
from qa.reader import NOTHING, Reader, Reading
from qa.surroundings import Conditions, Surroundings, judge_passage, read_conditions, survey

ROUND = 8
"""Passages that are read at a time."""

OF_ONE = 2
"""Passages of one source that are read, at least; more where there are fewer sources than a round has places."""

AGAIN = 12
"""Passages that are read, at most, of sources that tell of what is asked and whose best passages do not answer."""

SEEN = 0.5
"""How surely, of all its passages together, the reader must answer with a kind for a question to ask for it."""

HARDLY = 0.15
"""The share of what the reader finds below which a question does not ask for the kind that its words were taken for."""

UNSEEN = 0.1
"""What is added to how surely the reader answers with a kind: what it has not found may be asked for all the same."""

IN_WORDS = ("person", "place")
"""Kinds that may be answered in words that are no name."""

SURE = -1.5
"""The reader's log odds from which words that are no figure, date or name are a claim."""

FEW = 9
"""Words of a name, of a place or of who somebody is, at most."""

TITLE = 160
"""Characters of a document's title that are read before its passage."""

NEARNESS = "interaction"
"""The score of a hit that is a cosine of its words with those of the question."""

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
    put: str
    """The question as the reader reads it."""
    nearest: float
    """The best score by late interaction of what was found, a cosine; 0 where there is none."""

    def behind(self, hit: Hit) -> float:
        """Return how much less near to the question a hit is than the nearest."""
        return max(0.0, self.nearest - hit.scores.get(NEARNESS, self.nearest))


@dataclass(frozen=True)
class Setting:
    """A passage where it was found."""

    hit: Hit
    contents: Contents
    around: Surroundings
    verdict: Verdict
    reading: Reading
    """What the reader makes of its text, behind its document's lead."""

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
        return sigmoid(self.reading.odds)

    def share(self, start: int, end: int) -> float:
        """Return how likely the answer, were there one, stands in these characters of the paragraph, from 0 to 1."""
        return self.reading.share(start, end)

    def likeliest(self, parts: Sequence[Part]) -> Part:
        """Return the one of these sentences in which the answer stands most likely, the first of equals."""
        return max(parts, key=lambda part: (self.share(*part), -part[0]))

    @property
    def taken(self) -> Part:
        """What the reader takes for the answer."""
        return self.reading.start, self.reading.end

    def words_taken(self) -> Fact | None:
        """Return what the reader takes for the answer, where that is a few words that are no figure and no date."""
        start, end = self.taken
        met = self.met()
        named = met is None or met.kind not in ("number", "date")
        few = 0 < len(self.paragraph.text[start:end].split()) <= FEW
        return Fact("words", start, end) if named and few else None

    @cached_property
    def lasting(self) -> tuple[Fact, ...]:
        """What the reader takes for the answer, where that holds one of a measure of time: "un mois"."""
        language = self.paragraph.language
        found = one_time(self.paragraph.text, *self.taken, language) if language in LANGUAGES else None
        return (Fact("number", *found[:2], 1, unit=found[2]),) if found else ()

    def met(self) -> Fact | None:
        """Return the fact that is the likeliest answer, or what counts in it; None where it is other words."""
        start, end = self.taken
        met = [f for f in (*self.contents.facts, *self.lasting) if f.start < end and start < f.end]
        # Begin and end are scored apart: "17 à Lyon, contre 12" may be taken where either figure is meant.
        fact = max(met, key=lambda f: (self.share(f.start, f.end), min(end, f.end) - max(start, f.start)), default=None)
        if fact is None:
            return None
        most = min(end, fact.end) - max(start, fact.start)
        # "près de 3 000 soldats": a figure or a date with the words around it
        told = fact.kind in ("number", "date") and len(self.paragraph.text[start:end].split()) <= FEW
        return fact if told or 2 * most >= end - start else None

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

    @cached_property
    def _given(self) -> dict[tuple[int, int], Given]:
        return {}

    def given(self, fact: Fact) -> Given:
        """Return a fact where its article gives it."""
        at = fact.start, fact.end
        if at not in self._given:
            self._given[at] = Given(fact, self.near(fact.start), self.paragraph, self.around.document)
        return self._given[at]


def take_scales(question: Question, hits: Sequence[Hit]) -> Scales:
    """Return what is worked out once for a question, whatever the passage."""
    languages = {*LANGUAGES, *(hit.paragraph.language for hit in hits)}
    nearest = max((hit.scores.get(NEARNESS, 0.0) for hit in hits), default=0.0)
    conditions = read_conditions(question, languages)
    return Scales(question, Matcher(question), conditions, without_tail(question.text), nearest)


class Rounds:
    """The hits of a question, read where they stand in rounds, the best first.

    One of another event is not read: it is silent by rule.
    """

    def __init__(self, scales: Scales, hits: Sequence[Hit], corpus: Sources) -> None:
        self._scales, self._hits, self._corpus = scales, hits, corpus
        self._around: dict[str, Surroundings] = {}
        self._read: set[int] = set()

    def first(self) -> Iterator[list[Setting]]:
        """Yield the best hits of each source."""
        yield from self._rounds(choose_hits(self._hits))

    def again(self, answered: Collection[str]) -> Iterator[list[Setting]]:
        """Yield what comes next in the sources that were read, tell of what is asked, and have not answered."""
        silent = {s for s, around in self._around.items() if around.verdict is not Verdict.OTHER} - set(answered)
        left = [h for h in self._hits if h.paragraph.id not in self._read and h.paragraph.source in silent]
        yield from self._rounds(_first_of_each(left, OF_ONE)[:AGAIN])

    def _rounds(self, hits: Sequence[Hit]) -> Iterator[list[Setting]]:
        for begin in range(0, len(hits), ROUND):
            batch = hits[begin : begin + ROUND]
            self._read.update(hit.paragraph.id for hit in batch)
            for source in {hit.paragraph.source for hit in batch}.difference(self._around):
                document, topic = self._corpus.document(source), self._corpus.topic(source)
                self._around[source] = survey(self._scales.asked, document, topic)
            yield _read(self._scales, batch, self._corpus.contents([hit.paragraph.id for hit in batch]), self._around)


def most_of_one(hits: Sequence[Hit]) -> int:
    """Return how many passages of one source are read at first: more where there are few sources."""
    return max(OF_ONE, ROUND // max(1, len({hit.paragraph.source for hit in hits})))


def choose_hits(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that are read at first, in their order: of each source the best."""
    return _first_of_each(hits, most_of_one(hits))


def _first_of_each(hits: Sequence[Hit], most: int) -> list[Hit]:
    """Return so many hits of each source at most, in their order."""
    seen: Counter[str] = Counter()
    chosen = []
    for hit in hits:
        seen[hit.paragraph.source] += 1
        if seen[hit.paragraph.source] <= most:
            chosen.append(hit)
    return chosen


def _read(
    scales: Scales, hits: Sequence[Hit], contents: Sequence[Contents], around: Mapping[str, Surroundings]
) -> list[Setting]:
    """Return each hit with the document around it, and with what the reader makes of it behind that one's lead."""
    outer = [around[hit.paragraph.source] for hit in hits]
    verdicts = [judge_passage(scales.asked, own, hit.paragraph) for hit, own in zip(hits, outer, strict=True)]
    told = [i for i, verdict in enumerate(verdicts) if verdict is not Verdict.OTHER]
    texts = [hits[i].paragraph.text for i in told]
    leads = [lead_of(scales.asked, outer[i].document) for i in told]
    readings = dict(zip(told, Reader.load().read(scales.put, texts, leads), strict=True))
    each = zip(hits, contents, outer, verdicts, strict=True)
    return [Setting(*own, readings.get(i, NOTHING)) for i, own in enumerate(each)]


def lead_of(asked: Conditions, document: Document) -> str:
    """Return what is read before each passage of a document: its title and, where a time is asked about, its day.

    An article seldom prints the year that it was published in; without it "la crue a fait deux morts" does not answer
    "in the flood of 2019", as far as the reader can see.
    """
    lead = f"{document.title[:TITLE]}\n" if document.title else ""
    if document.published and asked.times:
        lead += f"{write_day(document.published, document.language)}. "
    return lead


def settle_kind(question: Question, settings: Sequence[Setting]) -> Question:
    """Return a question as what the passages answer it with, by the reader, each as surely as it does.

    What the words that ask are taken for holds unless hardly any answer is of that kind. Where no word asks, as in
    "effectif total", how likely it asks for a kind is multiplied by the share of what is found that is of it.
    """
    if question.kind not in (*TYPED, "passage") and not question.likely:
        return question
    sure: dict[str, float] = defaultdict(float)
    for setting in settings:
        fact = setting.met()
        sure[fact.kind if fact is not None and fact.kind in TYPED else "passage"] += setting.sureness
    found = sum(sure.values())
    # Who, where and why may be told in words that are no name.
    kinds = (*TYPED, "passage", "reason")
    own = {kind: sure[kind] + (sure["passage"] if kind in (*IN_WORDS, "reason") else 0.0) for kind in kinds}
    if question.likely:
        weights = {kind: question.likely.get(kind, 0.0) * (own[kind] + UNSEEN) for kind in own}
        return replace(question, kind=max(weights, key=weights.__getitem__))
    if question.kind == "passage" or found < SEEN or own[question.kind] > HARDLY * found:
        return question
    kind, most = max(sure.items(), key=lambda one: one[1])
    return replace(question, kind=kind) if most > found / 2 else question
