"""Which of the passages found answer, with which figure, and how surely?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.facts import Fact
from index.facts.contents import Contents
from index.facts.signature import Signature
from index.records import Document, Hit
from qa.evidence import ANSWERING, Evidence, Told, probability, weigh
from qa.findings import WHOLE, find_fact, find_sentence
from qa.logistic import sigmoid
from qa.match import Matcher, combined, polarity
from qa.match.counted import compare_counted
from qa.match.event import Verdict
from qa.match.words import role_words, similarities
from qa.question import TYPED, Question
from qa.settings import Part, Rounds, Scales, Setting, Sources, settle_kind, take_scales

CALIBRATED = (-0.21, 1.11)
"""Bias and weight by which the merit of a claim, as log odds, becomes the probability that it is right: fitted by
``python -m qa.evaluation.calibration`` on half of the questions of twelve development sets, with facts told by models
that were fitted on other articles. Of their claims 332 are then shown by themselves, and right .91 of the time."""

LEFT = {Verdict.MET: 1.0, Verdict.DOUBTFUL: 0.85, Verdict.OTHER: 0.3}
"""What remains of a passage's probability where its document does not name whom the question is about, and where it
names another: it is silent."""


HELD, OTHERWISE = 0.1, 0.4
"""The share of a question's words up to which a passage holds none of them, and how well what a figure counts is what
is asked for, up to which it is something else: of 210 claims to development questions none is both."""


OVERRULED = 2.0
"""The reader's log odds from which its word holds against that."""


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
    part: Part
    """The sentence that answers."""
    evidence: Evidence
    on_subject: bool
    """Whether its document names whom and what the question names."""
    probability: float
    doubtful: bool = False
    """Whether nothing says that it tells of what the question names, nor that it tells of something else."""
    signature: Signature | None = None
    """Of its document, by which copies are known."""

    @property
    def fit(self) -> float:
        """How likely its figure, date, name, reason or quotation is what is asked for."""
        return self.evidence.figure + self.evidence.span


@dataclass(frozen=True, slots=True)
class Weighing:
    """A question as it is answered, with the passages that were read for it."""

    question: Question
    passages: tuple[Weighed, ...]


def weigh_hits(question: Question, hits: Sequence[Hit], corpus: Sources) -> Weighing:
    """Return the hits that were read, weighed as answers, and the question as the reader settled its kind.

    They are read in rounds until a round brings no answer: what would come after it was found to be farther off. Then
    the sources that tell of what is asked and have not answered are read once more.
    """
    scales, found = take_scales(question, hits), list[Weighed]()
    rounds = Rounds(scales, hits, corpus)
    for settings in rounds.first():
        settled = question if found else settle_kind(question, settings)
        if settled is not question:
            scales = replace(scales, question=settled, matcher=Matcher(settled))
        new = [_weighed(scales, setting) for setting in settings]
        found += new
        if not any(_answers(passage, scales.question) for passage in new):
            break
    answered = {passage.document.source for passage in found if _answers(passage, scales.question)}
    for settings in rounds.again(answered):
        found += [_weighed(scales, setting) for setting in settings]
    return Weighing(scales.question, tuple(found))


def _answers(passage: Weighed, question: Question) -> bool:
    return passage.probability >= ANSWERING and may_answer(passage, question)


def may_answer(passage: Weighed, question: Question) -> bool:
    """Return whether a passage has the form of an answer, whatever its probability.

    A number or a date is told by nothing but a span, where a word of the question asks for one. Who and where, and what
    is only guessed to be asked for, may also be told by a sentence without it, where the reader finds it there.
    """
    if passage.claim or question.kind not in TYPED:
        return True
    return (question.kind not in ("number", "date") or bool(question.likely)) and passage.evidence.read > 0


def merit(passage: Weighed, question: Question) -> float:
    """Return how well a passage answers, where the fit of its figure or name weighs more than how sure it is."""
    return passage.probability * (0.3 + 0.7 * passage.fit if question.kind in TYPED else 1.0)


def sureness(passage: Weighed, question: Question) -> float:
    """Return how likely the claim of a passage is right, from 0 to 1, as calibrated on development questions."""
    likely = min(max(merit(passage, question), 1e-6), 1 - 1e-6)
    bias, weight = CALIBRATED
    return sigmoid(bias + weight * math.log(likely / (1 - likely)))


def _weighed(scales: Scales, setting: Setting) -> Weighed:
    """Return one passage weighed."""
    question, paragraph, around = scales.question, setting.paragraph, setting.around
    matcher = scales.matcher.beside(similarities(setting.hit))
    told = find_fact(scales, matcher, setting) if question.kind in TYPED else find_sentence(scales, setting)
    words = scales.asked.words
    held = words.strengths(scales.asked.sought.held(setting.contents.keys), paragraph.language)
    behind = scales.behind(setting.hit)
    evidence = weigh(question, words, setting.hit, held, told=Told(told.fit, setting.reading.odds, behind))
    heard = bool(words.printed) and not _counts_else(matcher, setting, told.claim, evidence)
    return Weighed(
        hit=setting.hit,
        document=around.document,
        contents=setting.contents,
        claim=told.claim,
        partial=told.claim is not None and combined(told.claim) and told.role < WHOLE,
        polarity=polarity(matcher, paragraph.text[slice(*told.part)], paragraph.language),
        # Where the question names something, an article that names it too is about these circumstances.
        told=1.0 if scales.asked.subject.names else told.circumstances,
        part=told.part,
        evidence=evidence,
        on_subject=setting.on_subject,
        # Where a question names nothing, nothing answers it.
        probability=probability(evidence) * LEFT[setting.verdict] if heard else 0.0,
        doubtful=setting.verdict is Verdict.DOUBTFUL,
        signature=around.topic.signature,
    )


def _counts_else(matcher: Matcher, setting: Setting, claim: Fact | None, evidence: Evidence) -> bool:
    """Return whether a figure counts something else than is asked for, in a passage that holds none of its words.

    "How many penguins?" is not answered by spectators, of which the reader makes something where nothing else is. Where
    it is sure, the text says in other words what is asked.
    """
    if claim is None or claim.kind != "number" or evidence.words > HELD or setting.reading.odds > OVERRULED:
        return False
    counted = compare_counted(matcher, role_words(claim.role.text), setting.near(claim.start))
    return counted <= OTHERWISE


def highlights(question: Question, passage: Weighed) -> tuple[Part, ...]:
    """Return the sentence that answers, and for "what did X say?" the quoted sentence that follows it."""
    parts, text = passage.contents.sentences, passage.hit.paragraph.text
    after = parts[parts.index(passage.part) + 1 :]
    if question.kind == "quotation" and after and text[after[0][0]] in '«“"':
        return (passage.part, after[0])
    return (passage.part,)
