"""What are the nouns? Documents, paragraphs, hits, rankings, the two protocols and the error tree, on one page.

Everything here is immutable and holds no behaviour beyond what its fields say. Character offsets are Python string
offsets (code points), half open: ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from index.facts.contents import Contents, Topic

Vectors = NDArray[np.float32]
"""Rows are unit vectors, shape (n, dim): their inner product is their cosine."""

Ranking = list[tuple[int, float]]
"""Paragraph ids with their scores, best first, ordered by (-score, id), always."""

Alternatives = list[tuple[str, float]]
"""The weighted alternatives of one query term: ``[("fr:soldat", 0.77), ("fr:militair", 0.05)]``."""


class CorpusError(Exception):
    """Anything that goes wrong with a corpus; the message says what, which value, and what to do."""


class UnreadableFile(CorpusError):
    """A file that cannot be read as text."""


class IndexNotFound(CorpusError):
    """There is no index at that place."""


class IndexCorrupt(CorpusError):
    """A file of the index is missing, cut short or altered."""


class IndexOutdated(CorpusError):
    """The index was written in a format, or with an analysis, that this version does not read."""


class IndexLocked(CorpusError):
    """Another process is writing to the index."""


class EncoderMismatch(CorpusError):
    """The encoder cannot be loaded, or is not the one that the index was built with."""


class EngineUnavailable(CorpusError):
    """The engine that holds the index does not answer."""


class MissingExtra(CorpusError):
    """An optional dependency is needed and not installed."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article, as read: `source` is its identity.

    A source is a posix path relative to the folder; "#n" follows for the n-th article of a file that holds several, and
    the path goes on inside an archive: `revue.zip/a.html`.
    """

    source: str
    title: str
    text: str
    language: str
    published: date | None
    """The day of its first publication."""
    digest: str
    """The sha256 of the file's bytes, in hexadecimal; where `sources.csv` has a row for the file, of both. Of one
    article among several: its own, "@", the file's, "/", and how many articles the file holds."""
    pages: tuple[int, ...] = ()
    """Where each page starts in `text`; empty where the format has no pages."""
    outlet: str = ""
    url: str = ""
    author: str = ""
    updated: date | None = None
    """The day of its last change, where it gives one."""
    partial: bool = False
    """Whether it is cut short: the beginning of what subscribers read, or truncated."""
    ocr: bool = False
    """Whether it was read off pictures of its pages, so that letters and digits may be wrong."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is indexed and cited. Law: ``document.text[start:end] == text``."""

    id: int
    source: str
    title: str
    heading: str
    start: int
    end: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the question and a word of the passage (offsets into the paragraph's text) that it found."""

    word: str
    start: int
    end: int
    score: float
    """The cosine of their vectors."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found for a question."""

    paragraph: Paragraph
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)
    """The paragraph's place, from 1, in each ranking that held it: lexical, dense, interaction."""
    matches: tuple[Match, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    """What each ranking gave it: the BM25 score, the cosine, the mean cosine of the question's words' best matches."""
    copied: int = 0
    """How many more paragraphs of the same text were found, and left out for it and the few of that text beside it."""
    copies: tuple[str, ...] = ()
    """Their sources; of many, the first 200."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Guessed:
    """A table or a list of records, and the column of each field of it that nobody named: it was taken by its name, or
    by what its cells hold."""

    source: str
    columns: Mapping[str, str]


@runtime_checkable
class Encoder(Protocol):
    """Gives the unit vectors of questions and passages."""

    name: str
    dim: int

    def queries(self, texts: Sequence[str]) -> Vectors: ...

    def passages(self, texts: Sequence[str]) -> Vectors: ...


class Backend(Protocol):
    """Gives two raw rankings, never a fused one, so that fusion happens exactly once.

    `sources` restricts a ranking to paragraphs of these sources; it changes no score.
    """

    def lexical(self, terms: Sequence[Alternatives], k: int, *, sources: Collection[str] | None = None) -> Ranking: ...

    def dense(self, vector: Vectors, k: int, *, sources: Collection[str] | None = None) -> Ranking: ...

    def tokens(self, ids: Sequence[int]) -> list[Vectors]: ...

    def paragraphs(self, ids: Sequence[int]) -> list[Paragraph]: ...

    def idf(self, terms: Sequence[Alternatives]) -> list[float]: ...

    def contents(self, ids: Sequence[int]) -> list[Contents]: ...

    def topic(self, source: str) -> Topic: ...


def rank(ids: Iterable[int], scores: Iterable[float]) -> Ranking:
    """Return the ranking of these ids: best score first, ties by id."""
    return sorted(((int(i), float(s)) for i, s in zip(ids, scores, strict=True)), key=lambda pair: (-pair[1], pair[0]))


def plain(value: object) -> Any:
    """Return a noun as what JSON can hold, with the same names: dicts, lists, strings, numbers; dates in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
