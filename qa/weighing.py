"""Which of the passages found answer, with which figure, and how surely?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.facts import Span, spans
from index.paragraphs import sentences
from index.records import Document, Hit, Paragraph
from qa.evidence import READ, Evidence, Words, held_terms, probability, share, weigh
from qa.match import Matcher, Nearby, circumstances_told, combined, polarity, role_score
from qa.match.conditions import done_as_asked, has_form, names_itself, of_whom_asked, said_as_asked, where_asked
from qa.match.subject import Subject, of_those_years, read_subject, speaks_of, topic_of
from qa.match.words import similarity
from qa.question import TYPED, Question

TOLD = 0.3
"""How much of what happened a passage must tell to say who or where without a name."""

ROLE = 0.2
"""The role score from which a span is a claim."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

LEADING = 2_000
"""Characters before a passage, deep in a long document, in which its own subject is looked for."""

OFF_SUBJECT = 0.3
"""What remains of a passage's probability where its document does not name whom the question is about: it is silent."""


class Sources(Protocol):
    """What weighing needs of a corpus."""

    def document(self, source: str) -> Document: ...


@dataclass(frozen=True, slots=True)
class Weighed:
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

    @property
    def fit(self) -> float:
        """How well its figure, date, name, reason or quotation plays the role that is asked for."""
        return self.evidence.figure + self.evidence.span


@dataclass(frozen=True, slots=True)
class Scales:
    """What is worked out once for a question, whatever the passage."""

    question: Question
    matcher: Matcher
    words: Words
    subject: Subject


@dataclass(frozen=True, slots=True)
class Setting:
    """A passage where it was found."""

    hit: Hit
    document: Document
    on_subject: bool
    parts: tuple[tuple[int, int], ...]
    """Its sentences."""

    @property
    def paragraph(self) -> Paragraph:
        return self.hit.paragraph

    @property
    def spans(self) -> tuple[Span, ...]:
        """What it states, whatever is asked."""
        return spans(self.paragraph.text, self.paragraph.language, published=self.document.published)

    def part_of(self, span: Span) -> tuple[int, int]:
        """Return the sentence that a span stands in."""
        return next((part for part in self.parts if part[0] <= span.start < part[1]), self.parts[0])

    def near(self, part: tuple[int, int]) -> Nearby:
        """Return a sentence with what leads up to it."""
        text = self.paragraph.text
        return Nearby(text[slice(*part)], f"{self.document.title}\n{self.paragraph.heading}\n{text[: part[0]]}")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage says in answer, and where."""

    fit: float
    """How well it plays the role that is asked for, from 0 to 1."""
    claim: Span | None
    part: tuple[int, int]
    """The sentence that says so."""
    circumstances: float = 1.0
    """The share of the question's circumstances that are told there."""


def weigh_hits(question: Question, hits: Sequence[Hit], corpus: Sources) -> list[Weighed]:
    """Return each hit weighed as an answer, in the order of the hits."""
    scales = Scales(question, Matcher(question), Words(question.query), read_subject(question.query))
    documents = {source: corpus.document(source) for source in {hit.paragraph.source for hit in hits}}
    around = {
        source: scales.words.strengths(topic_of(document).terms, document.language)
        for source, document in documents.items()
    }
    named = {source for source, document in documents.items() if speaks_of(document, scales.subject)}
    weighed = []
    for hit in hits:
        paragraph, document = hit.paragraph, documents[hit.paragraph.source]
        fitting = paragraph.source in named or _named_near(document, paragraph, scales.subject)
        fitting = fitting and of_those_years(document, paragraph.start, paragraph.end, scales.subject)
        parts = tuple(sentences(paragraph.text, paragraph.language)) or ((0, len(paragraph.text)),)
        weighed.append(_weighed(scales, Setting(hit, document, fitting, parts), around[paragraph.source]))
    return weighed


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


def _named_near(document: Document, paragraph: Paragraph, wanted: Subject) -> bool:
    """Return whether a long document, of several subjects, names what the question names in or before a passage."""
    if paragraph.end <= READ:
        return False
    near = document.text[max(0, paragraph.start - LEADING) : paragraph.end]
    return speaks_of(document, wanted, near=near)


def _weighed(scales: Scales, setting: Setting, around: Sequence[float]) -> Weighed:
    """Return one passage weighed; `around` says how much of each word of the question its document holds."""
    question, paragraph = scales.question, setting.paragraph
    matcher = scales.matcher.beside(similarity(setting.hit))
    told = _claimed(scales, matcher, setting) if question.kind in TYPED else _marked(scales, setting)
    evidence = weigh(question, scales.words, setting.hit, around, fit=told.fit)
    return Weighed(
        hit=setting.hit,
        document=setting.document,
        claim=told.claim,
        partial=told.claim is not None and combined(told.claim) and told.fit < WHOLE,
        polarity=polarity(matcher, paragraph.text[slice(*told.part)], paragraph.language),
        # Where the question names something, an article that names it too is about these circumstances.
        told=1.0 if scales.subject.names else told.circumstances,
        highlights=_with_words_said(question, setting, told.part),
        evidence=evidence,
        on_subject=setting.on_subject,
        probability=probability(evidence) * (1.0 if setting.on_subject else OFF_SUBJECT),
    )


def _claimed(scales: Scales, matcher: Matcher, setting: Setting) -> Finding:
    """Return the best span of the kind asked for; no claim where none fits well enough."""
    question, paragraph = scales.question, setting.paragraph
    best, chosen, near = 0.0, None, None
    for span in setting.spans if setting.on_subject else ():  # what is silent by rule need not be read
        if span.kind != question.kind or names_itself(question, span):
            continue
        beside = setting.near(setting.part_of(span))
        fit = role_score(span, matcher, beside) * said_as_asked(question, span) * done_as_asked(question, span)
        fit *= of_whom_asked(question, beside) * where_asked(question, span, paragraph.text, paragraph.language)
        if fit > best:
            best, chosen, near = fit, span, beside
    told = circumstances_told(chosen, matcher, near) if chosen and near else 0.0
    if chosen is None or best < ROLE:
        return Finding(best, None, _best_part(scales, setting, setting.parts)[1], told)
    return Finding(best, chosen, setting.part_of(chosen), told)


def _marked(scales: Scales, setting: Setting) -> Finding:
    """Return the sentence that holds most of the question, of those with the form that is asked for, if any have it."""
    text, language = setting.paragraph.text, setting.paragraph.language
    fitting = [part for part in setting.parts if has_form(scales.question, text[slice(*part)], language)]
    held, part = _best_part(scales, setting, fitting or setting.parts)
    return Finding(held if fitting else 0.0, None, part)


def _with_words_said(question: Question, setting: Setting, part: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the sentence that answers, and for "what did X say?" the quoted sentence that follows it."""
    after = setting.parts[setting.parts.index(part) + 1 :]
    if question.kind == "quotation" and after and setting.paragraph.text[after[0][0]] in '«“"':
        return (part, after[0])
    return (part,)


def _best_part(scales: Scales, setting: Setting, parts: Sequence[tuple[int, int]]) -> tuple[float, tuple[int, int]]:
    """Return how much of the question the sentence that holds most of it holds, from 0 to 1, and that sentence.

    A word counts in full where it or its translation stands in the sentence, and half where only its vector has found
    a match there.
    """
    query, paragraph = scales.question.query, setting.paragraph
    words = [query.text[start:end] for start, end in query.words]
    best = (-1.0, parts[0])
    for part in parts:
        held = held_terms(paragraph.text[slice(*part)], paragraph.language)
        found = scales.words.strengths(held, paragraph.language)
        near = {match.word for match in setting.hit.matches if part[0] <= match.start < part[1]}
        held_or_near = [max(own, 0.5 * (word in near)) for own, word in zip(found, words, strict=True)]
        best = max(best, (share(query, held_or_near), part), key=lambda pair: pair[0])
    return best
