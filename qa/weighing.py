"""Which of the passages found answer, with which figure, and how surely?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from index.facts import Fact
from index.facts.contents import Contents, Topic
from index.facts.terms import Sought
from index.records import Document, Hit, Paragraph
from qa.evidence import Evidence, Held, QuestionWords, probability, weigh
from qa.match import Matcher, Nearby, circumstances_told, combined, polarity, role_score
from qa.match.conditions import done_as_asked, has_form, names_itself, of_whom_asked, said_as_asked, where_asked
from qa.match.event import Verdict
from qa.match.retracted import held_to_be_so
from qa.match.words import similarities
from qa.question import TYPED, Question
from qa.surroundings import Conditions, Surroundings, judge_passage, read_conditions, survey, timely

TOLD = 0.3
"""How much of what happened a passage must tell to say who or where without a name."""

ROLE = 0.2
"""The role score from which a span is a claim."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

LEFT = {Verdict.MET: 1.0, Verdict.DOUBTFUL: 0.85, Verdict.OTHER: 0.3}
"""What remains of a passage's probability where its document does not name whom the question is about, and where it
names another: it is silent."""


Part = tuple[int, int]
"""Where a sentence starts and ends in its paragraph."""


class Sources(Protocol):
    """What weighing needs of a corpus."""

    def document(self, source: str) -> Document: ...

    def contents(self, ids: Sequence[int]) -> list[Contents]: ...

    def topic(self, source: str) -> Topic: ...


@dataclass(frozen=True, slots=True)
class Weighed:
    """A paragraph weighed as an answer."""

    hit: Hit
    document: Document
    contents: Contents
    claim: Fact | None
    partial: bool
    """Whether the claim is a combined toll, where the question asks for one of its parts."""
    polarity: str
    """Where the question asks for yes or no: what its best sentence says, where that is certain."""
    told: float
    """The share of the question's circumstances that the claim or its sentence speaks of."""
    part: Part | None
    """The sentence that answers; None where no claim says which, see `highlights`."""
    evidence: Evidence
    on_subject: bool
    """Whether its document names whom and what the question names."""
    probability: float
    doubtful: bool = False
    """Whether nothing says that it tells of what the question names, nor that it tells of something else."""

    @property
    def fit(self) -> float:
        """How well its figure, date, name, reason or quotation plays the role that is asked for."""
        return self.evidence.figure + self.evidence.span


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

    @property
    def on_subject(self) -> bool:
        """Whether it may tell of what the question names, when it names it."""
        return self.verdict is not Verdict.OTHER

    @property
    def paragraph(self) -> Paragraph:
        return self.hit.paragraph

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


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage says in answer, and where."""

    fit: float
    """How well it plays the role that is asked for, from 0 to 1."""
    claim: Fact | None
    part: Part | None
    """The sentence that says so; None where nothing does."""
    circumstances: float = 1.0
    """The share of the question's circumstances that are told there."""


def weigh_hits(question: Question, hits: Sequence[Hit], corpus: Sources) -> list[Weighed]:
    """Return each hit weighed as an answer, in the order of the hits."""
    documents = {source: corpus.document(source) for source in {hit.paragraph.source for hit in hits}}
    languages = {document.language for document in documents.values()} | {hit.paragraph.language for hit in hits}
    scales = Scales(question, Matcher(question), read_conditions(question, languages))
    around = {source: survey(scales.asked, own, corpus.topic(source)) for source, own in documents.items()}
    contents = corpus.contents([hit.paragraph.id for hit in hits])
    return [_weighed(scales, _setting(scales, hit, own, around)) for hit, own in zip(hits, contents, strict=True)]


def may_answer(passage: Weighed, question: Question) -> bool:
    """Return whether a passage has the form of an answer, whatever its probability.

    A number or a date is told by nothing but a span. Who and where may also be told by a sentence without a name, where
    it speaks of what happened.
    """
    if passage.claim or question.kind not in TYPED:
        return True
    return question.kind not in ("number", "date") and passage.evidence.predicate >= TOLD


def merit(passage: Weighed, question: Question) -> float:
    """Return how well a passage answers, where the fit of its figure or date weighs more than how sure it is."""
    return passage.probability * (0.3 + 0.7 * passage.fit if question.kind in ("number", "date") else 1.0)


def _setting(scales: Scales, hit: Hit, contents: Contents, around: Mapping[str, Surroundings]) -> Setting:
    """Return a hit with the document around it; one on another subject, or of other times, is silent."""
    own = around[hit.paragraph.source]
    return Setting(hit, contents, own, judge_passage(scales.asked, own, hit.paragraph))


def _weighed(scales: Scales, setting: Setting) -> Weighed:
    """Return one passage weighed."""
    question, paragraph, around = scales.question, setting.paragraph, setting.around
    matcher = scales.matcher.beside(similarities(setting.hit))
    told = _claimed(scales, matcher, setting) if question.kind in TYPED else _marked(scales, setting)
    inside = scales.asked.words.strengths(scales.asked.sought.held(setting.contents.keys), paragraph.language)
    evidence = weigh(question, scales.asked.words, setting.hit, Held(inside, around.strengths), fit=told.fit)
    return Weighed(
        hit=setting.hit,
        document=around.document,
        contents=setting.contents,
        claim=told.claim,
        partial=told.claim is not None and combined(told.claim) and told.fit < WHOLE,
        polarity=polarity(matcher, paragraph.text[slice(*told.part)], paragraph.language) if told.part else "",
        # Where the question names something, an article that names it too is about these circumstances.
        told=1.0 if scales.asked.subject.names else told.circumstances,
        part=told.part,
        evidence=evidence,
        on_subject=setting.on_subject,
        probability=probability(evidence) * LEFT[setting.verdict],
        doubtful=setting.verdict is Verdict.DOUBTFUL,
    )


def _claimed(scales: Scales, matcher: Matcher, setting: Setting) -> Finding:
    """Return the best fact of the kind asked for; no claim where none fits well enough."""
    question, language = scales.question, setting.paragraph.language
    best, chosen = 0.0, None
    for fact in setting.contents.facts if setting.on_subject else ():  # what is silent by rule need not be read
        if fact.kind != question.kind:
            continue
        near = setting.near(fact.start)
        if names_itself(question, fact, near):
            continue
        fit = role_score(fact, matcher, near) * done_as_asked(question, fact)
        fit *= said_as_asked(question, fact, near, matcher)
        fit *= of_whom_asked(question, near) * where_asked(question, fact, near, language)
        fit *= held_to_be_so(question, fact, near, language)
        fit = min(1.0, fit * timely(scales.asked, fact, near, setting.contents.facts, language))
        if fit > best:
            best, chosen = fit, fact
    if chosen is None:
        return Finding(0.0, None, None, 0.0)
    near = setting.near(chosen.start)
    told = circumstances_told(chosen, matcher, near)
    if best < ROLE:
        return Finding(best, None, None, told)
    return Finding(best, chosen, setting.parts[near.place], told)


def _marked(scales: Scales, setting: Setting) -> Finding:
    """Return the sentence that holds most of the question, of those with the form that is asked for, if any have it."""
    text, language = setting.paragraph.text, setting.paragraph.language
    fitting = [part for part in setting.parts if has_form(scales.question, text[slice(*part)], language)]
    occurring = scales.asked.sought.occurring(setting.contents)
    held, part = _best_part(scales.asked.words, setting.hit, occurring, fitting or setting.parts)
    return Finding(held if fitting else 0.0, None, part)


def highlights(question: Question, passage: Weighed) -> tuple[Part, ...]:
    """Return the sentence that answers, and for "what did X say?" the quoted sentence that follows it.

    Where no claim says which that is, it is the one that holds most of the question.
    """
    parts, paragraph = passage.contents.sentences, passage.hit.paragraph
    part = passage.part
    if part is None:
        words = QuestionWords(question.query)
        occurring = Sought(words.terms(paragraph.language)).occurring(passage.contents)
        part = _best_part(words, passage.hit, occurring, parts)[1]
    after = parts[parts.index(part) + 1 :]
    if question.kind == "quotation" and after and paragraph.text[after[0][0]] in '«“"':
        return (part, after[0])
    return (part,)


def _best_part(
    words: QuestionWords, hit: Hit, occurring: Sequence[tuple[str, int]], parts: Sequence[Part]
) -> tuple[float, Part]:
    """Return how much of the question the sentence that holds most of it holds, from 0 to 1, and that sentence.

    A word counts in full where it or its translation stands in the sentence, and half where only its vector has found
    a match there. `occurring` are the terms sought that the paragraph holds, each with where it starts.
    """
    best = (-1.0, parts[0])
    for part in parts:
        found = words.strengths({term for term, at in occurring if part[0] <= at < part[1]}, hit.paragraph.language)
        near = {match.word for match in hit.matches if part[0] <= match.start < part[1]}
        held = [max(own, 0.5 * (word in near)) for own, word in zip(found, words.printed, strict=True)]
        best = max(best, (words.share(held), part), key=lambda pair: pair[0])
    return best
