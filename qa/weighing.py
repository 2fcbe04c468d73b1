"""Which of the passages found answer, with which figure, and how surely?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.facts import Fact
from index.facts.capitals import capitalised
from index.facts.contents import Contents
from index.facts.signature import Signature
from index.records import Document, Hit
from qa.evidence import Evidence, Told, load_weights, probability, weigh
from qa.match import Matcher, circumstances_told, combined, fates_asked, polarity, role_score, unit_fit
from qa.match.conditions import (
    done_as_asked,
    has_form,
    names_itself,
    of_which_people,
    of_whom_asked,
    said_as_asked,
    where_asked,
)
from qa.match.event import Verdict
from qa.match.retracted import held_to_be_so
from qa.match.words import similarities
from qa.question import TYPED, Question
from qa.settings import IN_WORDS, SURE, Part, Rounds, Scales, Setting, Sources, settle_kind, take_scales
from qa.surroundings import timely

ROLE = 0.2
"""The role score from which a span is a claim."""

UNNAMED = 0.8
"""What remains of a fact's fit where the reader takes it for the answer and none of its words says so."""

CONTRADICTED = 0.2
"""The same where the question asks for a fate that the tables know by many words, none of which the fact has."""

FORMER = 0.25
"""What remains of a former value's fit ("against 12 on Monday"), where no time is asked about."""

NAMED = 5
"""Words of a name with what leads to it, at most: "the agency Novaria Press"."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""

CALIBRATED = (-1.04, 0.73)
"""Bias and weight by which the merit of a claim, as log odds, becomes the probability that it is right: fitted by
``python -m qa.evaluation.calibration`` on six development sets together. Of the claims of six, half of the questions of
each, that are then shown by themselves .86 are right."""

LEFT = {Verdict.MET: 1.0, Verdict.DOUBTFUL: 0.85, Verdict.OTHER: 0.3}
"""What remains of a passage's probability where its document does not name whom the question is about, and where it
names another: it is silent."""


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
        """How well its figure, date, name, reason or quotation plays the role that is asked for."""
        return self.evidence.figure + self.evidence.span


@dataclass(frozen=True, slots=True)
class Weighing:
    """A question as it is answered, with the passages that were read for it."""

    question: Question
    passages: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage says in answer, and where."""

    fit: float
    """How well it plays the role that is asked for, from 0 to 1."""
    claim: Fact | None
    part: Part
    """The sentence that says so, or is the likeliest to."""
    circumstances: float = 1.0
    """The share of the question's circumstances that are told there."""


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
    return passage.probability >= load_weights().threshold and may_answer(passage, question)


def may_answer(passage: Weighed, question: Question) -> bool:
    """Return whether a passage has the form of an answer, whatever its probability.

    A number or a date is told by nothing but a span. Who and where may also be told by a sentence without a name, where
    the reader finds it there.
    """
    if passage.claim or question.kind not in TYPED:
        return True
    return question.kind not in ("number", "date") and passage.evidence.read > 0


def merit(passage: Weighed, question: Question) -> float:
    """Return how well a passage answers, where the fit of its figure or date weighs more than how sure it is."""
    return passage.probability * (0.3 + 0.7 * passage.fit if question.kind in ("number", "date") else 1.0)


def sureness(passage: Weighed, question: Question) -> float:
    """Return how likely the claim of a passage is right, from 0 to 1, as calibrated on development questions."""
    likely = min(max(merit(passage, question), 1e-6), 1 - 1e-6)
    bias, weight = CALIBRATED
    return 1 / (1 + math.exp(-bias - weight * math.log(likely / (1 - likely))))


def _weighed(scales: Scales, setting: Setting) -> Weighed:
    """Return one passage weighed."""
    question, paragraph, around = scales.question, setting.paragraph, setting.around
    matcher = scales.matcher.beside(similarities(setting.hit))
    told = _claimed(scales, matcher, setting) if question.kind in TYPED else _marked(scales, setting)
    words = scales.asked.words
    held = words.strengths(scales.asked.sought.held(setting.contents.keys), paragraph.language)
    behind = scales.behind(setting.hit)
    evidence = weigh(question, words, setting.hit, held, told=Told(told.fit, setting.reading.odds, behind))
    return Weighed(
        hit=setting.hit,
        document=around.document,
        contents=setting.contents,
        claim=told.claim,
        partial=told.claim is not None and combined(told.claim) and told.fit < WHOLE,
        polarity=polarity(matcher, paragraph.text[slice(*told.part)], paragraph.language),
        # Where the question names something, an article that names it too is about these circumstances.
        told=1.0 if scales.asked.subject.names else told.circumstances,
        part=told.part,
        evidence=evidence,
        on_subject=setting.on_subject,
        # Where a question names nothing, nothing answers it.
        probability=probability(evidence) * LEFT[setting.verdict] if words.printed else 0.0,
        doubtful=setting.verdict is Verdict.DOUBTFUL,
        signature=around.topic.signature,
    )


def _claimed(scales: Scales, matcher: Matcher, setting: Setting) -> Finding:
    """Return the best fact of the kind asked for; no claim where none fits well enough."""
    # What is silent by rule need not be read.
    facts = [f for f in setting.contents.facts if f.kind == scales.question.kind] if setting.on_subject else []
    fits = ((_fit(scales, matcher, setting, fact, _lent(scales, setting, fact)), fact) for fact in facts)
    best, chosen = max(fits, key=lambda own: own[0], default=(0.0, None))
    if chosen is not None and combined(chosen) and ROLE <= best < WHOLE and fates_asked(matcher):
        best, chosen = _own_figure(scales, matcher, setting, chosen) or (best, chosen)
    if best < ROLE:
        chosen = _in_words(scales, setting)
    if chosen is None:
        return Finding(best, None, setting.likeliest(setting.parts), 0.0)
    near = setting.near(chosen.start)
    return Finding(best, chosen, setting.parts[near.place], circumstances_told(chosen, matcher, near))


def _lent(scales: Scales, setting: Setting, fact: Fact) -> float:
    """Return what the reader makes of former values of a figure: the figure's own, unless the question names a time."""
    if fact.role.former or not fact.role.head or scales.asked.times:
        return 0.0
    former = (f for f in setting.contents.facts if f.role.former and f.role.head == fact.role.head)
    return sum(setting.share(f.start, f.end) for f in former)


def _left(scales: Scales, setting: Setting, fact: Fact) -> float:
    """Return what the reader makes of figures of a passage that it takes back: it is left to one that holds."""
    alike = (f for f in setting.contents.facts if (f.kind, f.unit) == ("number", fact.unit) and f.start != fact.start)
    shares = ((setting.share(f.start, f.end), f) for f in alike if fact.kind == "number")
    left = sum(s * (1 - held_to_be_so(scales.question, setting.given(f))) for s, f in shares if s > ROLE)
    return left * held_to_be_so(scales.question, setting.given(fact)) if left else 0.0


def _own_figure(scales: Scales, matcher: Matcher, setting: Setting, toll: Fact) -> tuple[float, Fact] | None:
    """Return the figure that the passage gives for the part alone that is asked for, beside a combined toll, if any.

    It plays the role that is asked for better than the toll does, and its sentence tells as much of what the question
    says beside: what the reader makes of the toll is its own.
    """
    near, lent = setting.near(toll.start), setting.share(toll.start, toll.end)
    told, around = role_score(toll, matcher, near), circumstances_told(toll, matcher, near)
    own = [
        (_fit(scales, matcher, setting, fact, lent), fact)
        for fact, near in ((f, setting.near(f.start)) for f in setting.contents.facts if f.kind == toll.kind)
        if not combined(fact) and role_score(fact, matcher, near) > told
        if circumstances_told(fact, matcher, near) >= around
    ]
    best = max(own, key=lambda pair: pair[0], default=None)
    return best if best is not None and best[0] >= ROLE else None


def _in_words(scales: Scales, setting: Setting) -> Fact | None:
    """Return what the reader takes for who or where, surely and in a few words, where no name plays the role asked."""
    kind = scales.question.kind
    if kind not in IN_WORDS or not setting.on_subject or setting.reading.odds <= SURE:
        return None
    met = setting.met()
    return met if met is not None and met.kind == kind else setting.words_taken()


def _fit(scales: Scales, matcher: Matcher, setting: Setting, fact: Fact, lent: float = 0.0) -> float:
    """Return how well a fact is what is asked for: what the reader takes it for, times what its words say of it.

    `lent` is what the reader takes another fact for that stands for this one.
    """
    question, near, language = scales.question, setting.near(fact.start), setting.paragraph.language
    if names_itself(question, fact, near):
        return 0.0
    unit = unit_fit(fact, question, near.printed(fact)) if fact.kind == "number" else 1.0
    if not unit:
        return 0.0
    told = role_score(fact, matcher, near)
    lent += told * _left(scales, setting, fact)
    # By the reader alone, where it thinks that the passage answers at all.
    least = (CONTRADICTED if fact.kind == "number" and fates_asked(matcher) else UNNAMED) * setting.sureness
    fit = unit * min(1.0, setting.share(fact.start, fact.end) + lent) * (least + (1 - least) * told)
    fit *= FORMER if fact.role.former and not scales.asked.times else 1.0
    fit *= said_as_asked(question, fact, near, matcher) * done_as_asked(question, fact)
    fit *= of_whom_asked(question, near) * of_which_people(question, fact) * where_asked(question, fact, near, language)
    if fit >= ROLE:
        fit *= held_to_be_so(question, setting.given(fact))
    return min(1.0, fit * timely(scales.asked, fact, near, setting.contents.facts, language))


def _marked(scales: Scales, setting: Setting) -> Finding:
    """Return the sentence in which the reader finds the answer, of those with the form that is asked for, if any."""
    text, language = setting.paragraph.text, setting.paragraph.language
    fitting = [part for part in setting.parts if has_form(scales.question, text[slice(*part)], language)]
    part = setting.likeliest(fitting or setting.parts)
    return Finding(setting.share(*part) if fitting else 0.0, _named(scales.question, setting, part), part)


def _named(question: Question, setting: Setting, part: Part) -> Fact | None:
    """Return the name in a sentence that the reader surely takes for the answer: "which agency was told?"."""
    taken = setting.words_taken()
    if taken is None or question.kind != "passage" or setting.reading.odds <= SURE or not setting.on_subject:
        return None
    printed = setting.paragraph.text[taken.start : taken.end]
    names = capitalised(printed)
    named = bool(names) and printed.endswith(names[-1]) and len(printed.split()) <= NAMED
    return taken if named and part[0] <= taken.start < part[1] else None


def highlights(question: Question, passage: Weighed) -> tuple[Part, ...]:
    """Return the sentence that answers, and for "what did X say?" the quoted sentence that follows it."""
    parts, text = passage.contents.sentences, passage.hit.paragraph.text
    after = parts[parts.index(passage.part) + 1 :]
    if question.kind == "quotation" and after and text[after[0][0]] in '«“"':
        return (passage.part, after[0])
    return (passage.part,)
