"""What does each source say? The nouns of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.facts import Span
from index.records import Hit
from qa.agreement import Group
from qa.revision import Stage


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. Law: ``document.text[start:end] == quote``."""

    number: int
    """From 1, in the order in which the answer shows its passages."""
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What each source says about a question; also a turn of the conversation."""

    question: str
    understood_as: str
    """The question as completed from the conversation; the question itself where nothing was missing."""
    language: str
    found: bool
    sources: tuple[SourceAnswer, ...]
    """Best source first. Where `found` is False: the nearest passages, which do not answer."""
    silent: tuple[str, ...]
    """The sources asked that do not answer; where over 200 were asked, those that were looked at. Not those of
    `cut_short`."""
    agreement: str
    """"agree", "compatible", "revised" (a toll that grows from day to day), "differ", "single" or "untyped"."""
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
