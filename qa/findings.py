"""What does a passage say in answer, and where? Its best figure, date or name, else the sentence that answers."""

from __future__ import annotations

from dataclasses import dataclass

from index.facts import Fact
from index.facts.capitals import capitalised
from qa.fits import Compared, Signs, likelihood, read_signs
from qa.match import Matcher, circumstances_told, combined, deeds_asked, fates_asked, role_score, unit_fit
from qa.match.conditions import done_as_asked, has_form, names_itself, of_which_people, said_as_asked
from qa.match.retracted import held_to_be_so
from qa.match.sayers import asks_who_says, sayer_of
from qa.match.telling import read_telling
from qa.match.words import similarities, words_of
from qa.question import Question
from qa.settings import IN_WORDS, SURE, Part, Scales, Setting
from qa.surroundings import timely

ROLE = 0.2
"""The role score from which a figure counts what is asked for."""

CLAIMED = 0.06
"""The fit from which a fact is a claim: how surely, its passage's probability and `sureness` say."""

STANDS = 0.2
"""What conditions must leave more than of a fact for it to be a claim at all: by whom it is said, of whom and when it
tells, and whether it is held to be so."""

FORMER = 0.25
"""What remains of a former value's fit ("against 12 on Monday"), where no time is asked about."""

TOLD = 0.8
"""How surely a word must say what happened for its sentence to tell of it."""

NAMED = 5
"""Words of a name with what leads to it, at most: "the agency Novaria Press"."""

WHOLE = 0.7
"""The role score from which a combined toll is what was asked for, as in "how many killed or wounded?"."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a passage says in answer, and where."""

    fit: float
    """How likely it is what is asked for, by the reader and its words, times what conditions leave of it."""
    claim: Fact | None
    part: Part
    """The sentence that says so, or is the likeliest to."""
    circumstances: float = 1.0
    """The share of the question's circumstances that are told there."""
    role: float = 1.0
    """How well the words of the claim play the role that is asked for, from 0 to 1."""


def find_fact(scales: Scales, matcher: Matcher, setting: Setting) -> Finding:
    """Return the best fact of the kind asked for; no claim where none fits well enough."""
    # What is silent by rule need not be read.
    known = (*setting.contents.facts, *(setting.lasting if scales.question.unit == "duration" else ()))
    facts = [f for f in known if f.kind == scales.question.kind] if setting.on_subject else []
    if asks_who_says(scales.question):
        facts = [f for f in facts if sayer(setting, f) == f]
    fits = ((_fit(scales, matcher, setting, fact), fact) for fact in facts)
    best, chosen = max(fits, key=lambda own: own[0], default=(0.0, None))
    if chosen is not None and combined(chosen) and best >= CLAIMED and fates_asked(matcher):
        best, chosen = _own_figure(scales, matcher, setting, chosen) or (best, chosen)
    words = _in_words(scales, setting)
    if words is not None:
        told = likelihood(read_signs(setting.share(words.start, words.end), setting.reading.odds, 0.0))
        best, chosen = max((best, chosen), (told, words), key=lambda own: own[0])
    if chosen is None or best < CLAIMED:
        return Finding(best, None, setting.likeliest(setting.parts), 0.0)
    near = setting.near(chosen.start)
    around, role = circumstances_told(chosen, matcher, near), role_score(chosen, matcher, near)
    return Finding(best, chosen, setting.parts[near.place], around, role)


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
    if told >= WHOLE:
        return None
    own = [
        (_fit(scales, matcher, setting, fact, lent), fact)
        for fact, near in ((f, setting.near(f.start)) for f in setting.contents.facts if f.kind == toll.kind)
        if not combined(fact) and role_score(fact, matcher, near) > told
        if circumstances_told(fact, matcher, near) >= around
    ]
    best = max(own, key=lambda pair: pair[0], default=None)
    return best if best is not None and best[0] >= CLAIMED else None


def _in_words(scales: Scales, setting: Setting) -> Fact | None:
    """Return the few words that the reader takes for who or where, where they are no name that is read as such."""
    kind, met = scales.question.kind, setting.met()
    if kind not in IN_WORDS or not setting.on_subject or setting.reading.odds <= SURE:
        return None
    taken = setting.words_taken() if met is None or met.kind != kind else None
    return sayer(setting, taken) if taken and asks_who_says(scales.question) else taken


def sayer(setting: Setting, taken: Fact) -> Fact | None:
    """Return who says what the sentence says that holds words taken for who does; None where they name but a place."""
    near = setting.near(taken.start)
    return sayer_of(taken, setting.paragraph.text, setting.paragraph.language, near.parts[near.place])


def signs_of(
    scales: Scales, matcher: Matcher, setting: Setting, fact: Fact, lent: float | None = None
) -> tuple[Signs, Compared | None]:
    """Return what speaks for a fact of the kind asked for; what a figure or a date tells is compared beside.

    `lent` is what the reader takes another fact for that stands for this one: its own former values where it is None.
    """
    near = setting.near(fact.start)
    told = role_score(fact, matcher, near)
    lent = _lent(scales, setting, fact) if lent is None else lent
    share = setting.share(fact.start, fact.end) + lent + told * _left(scales, setting, fact)
    signs = read_signs(share, setting.reading.odds, told)
    if fact.kind not in ("number", "date"):
        return signs, None
    fates, dated = fact.kind == "number" and bool(fates_asked(matcher)), fact.kind == "date"
    among = sum(own.kind == fact.kind for own in setting.contents.facts)
    return signs, Compared(read_telling(fact, matcher, near), fates, dated, among)


def eligible(question: Question, setting: Setting, fact: Fact) -> float:
    """Return how well a fact is of the unit that is asked for; 0 for a name that the question names itself."""
    near = setting.near(fact.start)
    if names_itself(question, fact, near):
        return 0.0
    return unit_fit(fact, question, near.printed(fact)) if fact.kind == "number" else 1.0


def _left_by_conditions(scales: Scales, matcher: Matcher, setting: Setting, fact: Fact) -> float:
    """Return what remains of a fact by whom it is said, of whom and when it tells, and whether it is held to be so."""
    question, near, language = scales.question, setting.near(fact.start), setting.paragraph.language
    left = FORMER if fact.role.former and not scales.asked.times else 1.0
    left *= said_as_asked(question, fact, near, matcher) * done_as_asked(question, fact)
    left *= of_which_people(question, fact) * held_to_be_so(question, setting.given(fact))
    return left * timely(scales.asked, fact, near, setting.contents.facts, language)


def _fit(scales: Scales, matcher: Matcher, setting: Setting, fact: Fact, lent: float | None = None) -> float:
    """Return how likely a fact is what is asked for, by the reader and its words, times what conditions leave of it."""
    fit = eligible(scales.question, setting, fact)
    fit *= likelihood(*signs_of(scales, matcher, setting, fact, lent)) if fit else 0.0
    left = _left_by_conditions(scales, matcher, setting, fact) if fit >= CLAIMED / 2 else 1.0
    return min(1.0, fit * left) if left > STANDS else 0.0


def find_sentence(scales: Scales, setting: Setting) -> Finding:
    """Return the sentence in which the reader finds the answer, of those with the form that is asked for, if any."""
    text, language = setting.paragraph.text, setting.paragraph.language
    fitting = [part for part in setting.parts if has_form(scales.question, text[slice(*part)], language)]
    part = setting.likeliest(fitting or _telling(scales, setting) or setting.parts)
    return Finding(setting.share(*part) if fitting else 0.0, _named(scales.question, setting, part), part)


def _telling(scales: Scales, setting: Setting) -> list[Part]:
    """Return the sentences that tell of what a question for yes or no asks: "10,000 were sent" tells nobody's death."""
    question, text = scales.question, setting.paragraph.text
    matcher = scales.matcher.beside(similarities(setting.hit))
    deeds = deeds_asked(matcher) if question.kind == "yes-no" else ()
    return [
        part
        for part in setting.parts
        if any(matcher.best(term, words_of(text[slice(*part)])) >= TOLD for term in deeds)
    ]


def _named(question: Question, setting: Setting, part: Part) -> Fact | None:
    """Return the name in a sentence that the reader surely takes for the answer: "which agency was told?"."""
    taken = setting.words_taken()
    if taken is None or question.kind != "passage" or setting.reading.odds <= SURE or not setting.on_subject:
        return None
    printed = setting.paragraph.text[taken.start : taken.end]
    names = capitalised(printed)
    named = bool(names) and printed.endswith(names[-1]) and len(printed.split()) <= NAMED
    return taken if named and part[0] <= taken.start < part[1] else None
