"""Which figures does a source give in answer, each by whom and of when, and which does it give only to deny them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.facts import LANGUAGES, Fact, span_of
from index.facts.hedges import hedged
from qa.agreement import Claim, alike
from qa.findings import ROLE
from qa.match import Matcher, Nearby, combined, role_score
from qa.match.deniers import denier_of
from qa.match.retracted import TAKEN_BACK, held_to_be_so
from qa.match.stance import Given
from qa.match.times import asked_times, told_for
from qa.origins import same_speaker
from qa.question import TYPED, Question
from qa.senses import content_words, is_generic, said
from qa.weighing import Weighed

AS_WELL = 0.9
"""How nearly as well as a source's claim another figure of it must play the role that is asked for, to be one too."""

MOST = 6
"""Figures that one source claims, and that it denies, at most."""


@dataclass(frozen=True)
class _Place:
    """A figure in a passage that is shown under a number."""

    fact: Fact
    passage: Weighed
    number: int

    @property
    def text(self) -> str:
        return self.passage.hit.paragraph.text

    @property
    def language(self) -> str:
        return self.passage.hit.paragraph.language

    @cached_property
    def near(self) -> Nearby:
        """The text around it."""
        parts = tuple(self.passage.contents.sentences)
        place = next((n for n, (start, end) in enumerate(parts) if start <= self.fact.start < end), 0)
        lead = self.passage.document.title, self.passage.hit.paragraph.heading
        return Nearby(self.text, parts, place, lead)

    @cached_property
    def given(self) -> Given:
        """Its fact where its article gives it."""
        return Given(self.fact, self.near, self.passage.hit.paragraph, self.passage.document)

    @property
    def speaker(self) -> str:
        """Who says so, as printed."""
        extent = self.fact.speaker
        return self.text[extent.start : extent.end] if extent else ""

    def when(self) -> Fact | None:
        """Return the date of its sentence that stands behind it, before the next figure, else before it."""
        start, end = next(
            (part for part in self.passage.contents.sentences if part[0] <= self.fact.start < part[1]),
            (0, len(self.text)),
        )
        own = [fact for fact in self.passage.contents.facts if start <= fact.start < end]
        figures = [fact.start for fact in own if fact.kind == "number" and fact.start != self.fact.start]
        after = min((at for at in figures if at > self.fact.start), default=end)
        before = max((at for at in figures if at < self.fact.start), default=start)
        dates = [fact for fact in own if fact.kind == "date"]
        behind = [date for date in dates if self.fact.end <= date.start < after]
        return next(iter(behind or [date for date in reversed(dates) if before <= date.start < self.fact.start]), None)


def claims_of(question: Question, numbered: Sequence[tuple[int, Weighed]]) -> tuple[Claim, ...]:
    """Return what a source claims by its passages with their numbers, best first: its claim, and what else it says.

    Other figures are claims where they count the same and somebody else says them, or they are of another time.
    """
    number, first = numbered[0]
    if first.claim is None or question.kind not in (*TYPED, "passage"):
        return ()
    main = _Place(first.claim, first, number)
    claims = [_claim(main)]
    if question.kind != "number" or question.cues.sayers:
        return tuple(claims)
    matcher = Matcher(question)
    least = AS_WELL * role_score(first.claim, matcher, main.near)
    taken = [main]
    for place in _figures(numbered):
        if len(taken) < MOST and _is_another(question, place, taken) and _plays(place, matcher, least):
            taken.append(place)
            claims.append(_claim(place))
    return tuple(claims)


def denied_by(question: Question, numbered: Sequence[tuple[int, Weighed]]) -> tuple[Claim, ...]:
    """Return the figures that would answer and that a source gives only to deny them, each with who denies it."""
    if question.kind != "number":
        return ()
    matcher, denied = Matcher(question), list[Claim]()
    for place in _figures(numbered):
        if len(denied) == MOST or role_score(place.fact, matcher, place.near) < ROLE:
            continue
        if held_to_be_so(question, place.given) <= TAKEN_BACK:
            denier = denier_of(place.fact, place.near, place.language)
            claim = _claim(replace(place, fact=replace(place.fact, denied=True, speaker=denier)))
            denied += [claim] if not any(alike(claim.span, other.span) for other in denied) else []
    return tuple(denied)


def telling_more(question: Question, shown: Sequence[Weighed], others: Sequence[Weighed]) -> list[Weighed]:
    """Return which other passages of a source hold a further claim of it, or a figure that it denies."""
    if question.kind != "number" or not shown or shown[0].claim is None:
        return []
    known = len(claims_of(question, list(enumerate(shown))))

    def tells(other: Weighed) -> bool:
        together = claims_of(question, list(enumerate((*shown, other))))
        return len(together) > known or bool(denied_by(question, [(0, other)]))

    return [other for other in others if other.on_subject and tells(other)]


def _figures(numbered: Sequence[tuple[int, Weighed]]) -> Iterator[_Place]:
    """Yield the figures of these passages, but for the claim of the first."""
    for place, (number, passage) in enumerate(numbered):
        for fact in passage.contents.facts if passage.hit.paragraph.language in LANGUAGES else ():
            if fact.kind == "number" and isinstance(fact.value, (int, float)) and (place or fact != passage.claim):
                yield _Place(fact, passage, number)


def _claim(place: _Place) -> Claim:
    document, fact = place.passage.document, place.fact
    when = place.when() if fact.kind == "number" else None
    return Claim(
        source=document.source,
        published=document.published,
        span=span_of(fact, place.text),
        partial=place.passage.partial,
        doubtful=place.passage.doubtful,
        said=_as_said(place),
        copied=place.passage.hit.copied,
        citation=place.number,
        when=span_of(when, place.text) if when else None,
    )


def _as_said(place: _Place) -> str:
    """Return a figure with the hedges beside it, as printed; "" for all else."""
    if place.fact.kind != "number" or place.language not in LANGUAGES:
        return ""
    return hedged(place.text, place.fact.start, place.fact.end, place.language)


def _is_another(question: Question, place: _Place, taken: Sequence[_Place]) -> bool:
    """Return whether a figure counts what those taken count, and is another speaker's or of another time than each."""
    fact, main = place.fact, taken[0]
    if fact.unit != main.fact.unit or fact.role.part or fact.hedges.planned != main.fact.hedges.planned:
        return False
    if combined(fact) != combined(main.fact) or not _counts_the_same(place, main):
        return False
    span = span_of(fact, place.text)
    if any(alike(span, span_of(other.fact, other.text)) for other in taken):
        return False
    if not all(_is_of_another(place, other) for other in taken):
        return False
    return _is_of_these_days(place, main) and _is_timely(question, place)


def _counts_the_same(one: _Place, other: _Place) -> bool:
    """Return whether each word of the shorter of two roles is said by the other: heads by heads, acts by acts.

    What happened may be told of one alone, where the heads name more than people of any kind.
    """
    heads, acts = (
        sorted(
            (content_words(getattr(place.fact.role, part), place.language) for place in (one, other)),
            key=len,
        )
        for part in ("head", "predicate")
    )
    if not all(said(word, many) for few, many in (heads, acts) for word in few):
        return False
    return bool(acts[0]) == bool(acts[1]) or any(not is_generic(word) for word in heads[0])


def _is_of_another(one: _Place, other: _Place) -> bool:
    """Return whether two figures of one source are of two speakers, or of two times."""
    if one.speaker and (not other.speaker or not same_speaker(one.speaker, other.speaker, one.language)):
        return True
    if one.fact.role.former:
        return True
    day, theirs = one.when(), other.when()
    return bool(day and theirs and one.text[day.start : day.end] != other.text[theirs.start : theirs.end])


def _is_of_these_days(place: _Place, main: _Place) -> bool:
    """Return whether a figure's year is that of the claim or the one before or after: else it is of another event."""
    published = main.passage.document.published
    year, theirs = _year(place.when()), _year(main.when()) or (published.year if published else None)
    return year is None or theirs is None or abs(year - theirs) <= 1


def _year(when: Fact | None) -> int | None:
    value = when.value if when else None
    return int(value[:4]) if isinstance(value, str) and value[:4].isdigit() else None


def _is_timely(question: Question, place: _Place) -> bool:
    """Return whether a figure is of the time that is asked about, where one is."""
    asked = asked_times(question.text, question.language)
    if not asked:
        return True
    start, _ = place.near.parts[place.near.place]
    at = place.fact.start - start, place.fact.end - start
    return told_for(asked, place.near.sentence, at, (), place.language) >= 1.0 and not place.fact.role.former


def _plays(place: _Place, matcher: Matcher, least: float) -> bool:
    """Return whether a figure plays the role that is asked for well enough, whether or not it is a former value."""
    fact = replace(place.fact, role=replace(place.fact.role, former=""))
    held = held_to_be_so(matcher.question, place.given) == 1.0
    return held and role_score(fact, matcher, place.near) >= least > 0


def attribute(claims: Sequence[Claim], languages: Sequence[str]) -> list[Claim]:
    """Return the claims that are compared, with whose figures they are where a source gives those of several speakers.

    Of each source the first, and those of other speakers, whose quotes are in these languages; a figure of another time
    is compared with nothing.
    """
    labels: list[tuple[str, str]] = []
    told: dict[str, list[Claim]] = {}
    for claim, language in zip(claims, languages, strict=True):
        name, own = claim.span.attribution.text if claim.span.attribution else "", told.setdefault(claim.source, [])
        label = next((known for known, other in labels if name and same_speaker(known, name, other, language)), name)
        if own and (not name or label in {other.speaker for other in own}):
            continue
        labels += [(name, language)] if name and label == name else []
        own.append(replace(claim, speaker=label))
    if all(len(own) == 1 for own in told.values()):  # then who says what is not compared
        return [replace(own[0], speaker="") for own in told.values()]
    return [claim for own in told.values() for claim in own]
