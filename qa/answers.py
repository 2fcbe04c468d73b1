"""What does each source say? The nouns of an answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.facts import Span
from index.records import Document, Hit
from qa.agreement import Claim, Group, Origin
from qa.question import TYPED
from qa.revision import Stage


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. Law: ``document.text[start:end] == quote``."""

    number: int
    """From 1, in the order in which the answer shows its passages; 0 where a silent source is nearest, which no passage
    shows."""
    source: str
    title: str
    published: date | None
    start: int
    end: int
    quote: str
    page: int | None = None
    """The page, from 1, where the format has pages."""
    outlet: str = ""
    url: str = ""
    ocr: bool = False
    """Whether the quote was read off a picture of its page, so that letters and digits may be wrong."""


def cite(document: Document, start: int, end: int, *, number: int = 0) -> Citation:
    """Return the citation of these characters of a document."""
    return Citation(
        number=number,
        source=document.source,
        title=document.title,
        published=document.published,
        start=start,
        end=end,
        quote=document.text[start:end],
        page=bisect_right(document.pages, start) or None,
        outlet=document.outlet,
        url=document.url,
        ocr=document.ocr,
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited quote; `highlights` (the sentence that answers) and `spans` are offsets into the quote."""

    citation: Citation
    highlights: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    hit: Hit


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What one source says: its passages, best first, and its claim where the question asks for a typed answer."""

    source: str
    title: str
    published: date | None
    passages: tuple[Passage, ...]
    claim: Span | None = None
    """The span of ``passages[0]`` that answers; its offsets are into that passage's quote."""
    outlet: str = ""
    polarity: str = ""
    """Where the question asks for yes or no: "affirms" or "denies", as the marked sentence does, if that is certain."""
    partial: bool = False
    """Whether it was read cut short: what subscribers alone read, or the rest of a truncated file, may say more."""
    sureness: float | None = None
    """How likely its claim is right, from 0 to 1, as calibrated on development questions; None without a claim. Below
    `COMPARED` it is in no group of `Answer.groups`."""
    doubtful: bool = False
    """Whether nothing says that it tells of the place, the person or the time that the question names, nor of another
    one: shown behind the others, and never counted as agreeing."""
    newer: str = ""
    """The source that holds a newer version of the same article, by its address: what this one says was said before,
    and is compared with nothing. "" where there is none."""
    claims: tuple[Claim, ...] = ()
    """All that it claims, best first, each with who says so and when: the first one's span is `claim`. Others count the
    same, and are another speaker's, or of another time. The span of each stands in the passage of its citation."""
    denied: tuple[Claim, ...] = ()
    """The figures that it gives only to deny or correct them: no claims. Who denies one is its span's attribution."""


SURE = 0.85
"""How likely a claim must be right to be shown by itself, and not in its sentence alone."""


COMPARED = 0.3
"""How likely a claim must be right to be compared with those of other sources: below, it is shown, and said to be too
unsure. Of questions of development that nothing answers, 16 % were told that sources agree or differ, and 6 % are."""


def is_sure(source: SourceAnswer) -> bool:
    """Return whether a source's claim can be shown by itself: likely enough right, and about what is asked."""
    return source.sureness is not None and source.sureness >= SURE and not source.doubtful


def too_unsure(source: SourceAnswer) -> bool:
    """Return whether a source's claim is one that would be compared with those of others, were it less unsure."""
    if source.claim is None or source.claim.kind not in TYPED or source.newer:
        return False
    return source.sureness is not None and source.sureness < COMPARED


def unsure_claims(sources: Sequence[SourceAnswer]) -> list[str]:
    """Return what each source claims, as printed, whose claim is `too_unsure`."""
    claims = (source.claims[0] if source.claims else source.claim for source in sources if too_unsure(source))
    return [claim.text for claim in claims if claim is not None]


REASONS = (
    "another place", "another person", "another name", "another time", "no figure", "no date", "no name", "no answer",
    "denied", "unsure", "read without facts", "cut short", "nothing near", "not in the filter",
)  # fmt: skip
"""The fixed vocabulary of `Silence.reason`."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Why a source does not answer, with what in it is nearest to the question."""

    source: str
    title: str
    published: date | None
    outlet: str
    reason: str
    """One of `REASONS`: it names another place, person or time than the question, or names others and not what the
    question names; is near the question and gives no figure, date, name or other answer, or gives some of which none
    surely answers; gives one only to deny it; was read without facts, or only in part; holds nothing near the question;
    or the asker's filter leaves it out."""
    citation: Citation | None = None
    """The sentence in it that is nearest to the question; None where nothing is near, or it was not asked."""
    denier: str = ""
    """Where it gives a figure only to deny it: who denies it, as printed; "" where the text gives nobody."""


@dataclass(frozen=True, slots=True)
class Event:
    """One of several events of which the sources of an answer tell, judged by itself; its fields are as an answer's."""

    name: str
    """A name that its articles begin with, and the others do not."""
    question: str
    """The question that asks about it alone; "" where nothing names it."""
    sources: tuple[str, ...]
    agreement: str
    groups: tuple[Group, ...]
    summary: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """How much of what was found was read for an answer."""

    found: int
    """Passages that the search found, at most."""
    read: int
    """Those of them that were read."""
    of_one: int
    """How many of one source are read at most."""
    stopped: bool
    """Whether reading ended before all of those were read that a source may have: a round of them held no answer."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one source says on its day: a step of the timeline of an answer."""

    published: date | None
    text: str
    """The figure as printed."""
    source: str
    number: int
    """That of the citation in which it stands."""
    speaker: str = ""
    """Who says so, as printed; "" where the article says it itself."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Figures that the sources of an answer give beside those that answer."""

    kind: str
    """ "combined" (the dead and the wounded together) or "planned"."""
    texts: tuple[str, ...]
    """The figures as printed, each once."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What each source says about a question; also a turn of the conversation."""

    question: str
    understood_as: str
    """The question as completed from the conversation, with what was typed in haste written out, and places that were
    typed small with their capitals; the question itself where there was nothing to do."""
    language: str
    found: bool
    sources: tuple[SourceAnswer, ...]
    """Best source first. Where `found` is False: the nearest passages, which do not answer."""
    silent: tuple[str, ...]
    """The sources asked that do not answer; where over 200 were asked, those that were looked at. Not those of
    `cut_short`."""
    agreement: str
    """"agree", "compatible", "revised" (a toll that grows from day to day), "differ", "single" or "untyped".

    Claims that are `too_unsure` are not compared; where all are, it is "untyped", and `summary` says why.
    "several events" where each of `events` is judged by itself.
    """
    groups: tuple[Group, ...] = ()
    """The claims that are compatible with each other, group by group, oldest publication first."""
    summary: str = ""
    """One line on the agreement in the question's language, built only from printed spans."""
    without_facts: tuple[str, ...] = ()
    """Where a figure, a date or a name is asked for: the silent sources with a passage that was read without facts, for
    it is in a language without tables, or its reader failed."""
    cut_short: tuple[str, ...] = ()
    """The sources looked at that do not answer in the part of them that was read, which is cut short: not silent."""
    stages: tuple[Stage, ...] = ()
    """Where a toll grows: what it was from day to day, oldest first, and then what disputes it."""
    silences: tuple[Silence, ...] = ()
    """Why each of `silent` and `cut_short` does not answer, in their order; behind them, where sources were filtered,
    those that the filter leaves out, unless the corpus holds over 200."""
    looked: Looked | None = None
    """What was read of what was found; None where that is not known."""
    events: tuple[Event, ...] = ()
    """Where the question names none and its sources tell of several: each of them."""
    origins: tuple[Origin, ...] = ()
    """The sources that answer and count once: they print one text, or quote one speaker."""
    timeline: tuple[Telling, ...] = ()
    """What was said from day to day, oldest first, where figures of several days answer."""
    bearing: tuple[Bearing, ...] = ()
    """Other figures that bear on the answer, in the articles that answer."""


def part_of(answer: Answer, event: Event) -> Answer:
    """Return what an answer says of one of its events, as an answer."""
    return replace(
        answer,
        sources=tuple(source for source in answer.sources if source.source in event.sources),
        agreement=event.agreement,
        groups=event.groups,
        summary=event.summary,
        stages=event.stages,
        events=(),
    )
