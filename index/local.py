"""What do the files of one generation hold, and which two rankings do they give? The embedded backend.

A paragraph's id is its row, counted through the segments of the generation; a removed paragraph keeps its row and is
never returned.
"""

from __future__ import annotations

import json
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import blocks
from index.blocks import Checked, mapped
from index.dense import DenseIndex, merged
from index.facts.child import Text, read_record
from index.facts.contents import VERSION, Contents, Topic, unpack, unpack_topic
from index.interaction import dequantise
from index.language import stems, tagged
from index.lexical import BM25, Postings
from index.lexicon import Spellings
from index.records import Alternatives, Document, IndexCorrupt, Paragraph, Ranking, Vectors, plain
from index.resume import Encoded
from index.store import Manifest, Segment, Store

Embed = Callable[[Sequence[str]], Encoded]
"""Gives passages their vectors."""

Rows = NDArray[np.int32]

_REMEMBERED = 256
"""Documents of a segment that are kept once read: a question reads each for its paragraphs and for its subject."""

_SHORT = 100_000
"""Bytes up to which a document is kept."""


def indexed_text(heading: str, text: str) -> str:
    """Return what of a paragraph is searched: its heading counts as its first line."""
    return f"{heading}\n{text}" if heading else text


def document_line(document: Document) -> bytes:
    """Return a document as JSON on one line."""
    return json.dumps(plain(document), ensure_ascii=False).encode()


def document_of(line: bytes) -> Document:
    """Return the document that such a line holds."""
    fields = json.loads(line)
    for name in ("published", "updated"):
        day = fields.get(name)
        fields[name] = date.fromisoformat(day) if day else None
    fields["pages"] = tuple(fields["pages"])
    return Document(**fields)


def indexed_terms(paragraph: Paragraph) -> list[str]:
    """Return the terms by which a paragraph is found, each with its language."""
    found = stems(indexed_text(paragraph.heading, paragraph.text), paragraph.language)
    return [tagged(stem, paragraph.language) for stem in found]


@dataclass(frozen=True, slots=True)
class Split:
    """A document and its paragraphs, ready to be indexed; with their vectors where an index holds them already."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    vectors: Vectors | None = None
    tokens: tuple[NDArray[np.int8], ...] = ()
    contents: tuple[bytes, ...] | None = None
    """The records of what was read of the paragraphs; None where they are still to be read."""
    topic: bytes = b""
    """The record of what the document is about, where `contents` are known."""


BEGINNING = 8_000
"""Characters of a document, from its beginning, in which its subject is looked for."""


def texts_of(split: Split) -> Iterator[Text]:
    """Yield what is to be read of a document: its beginning, then each paragraph."""
    yield topic_text(split.document)
    for paragraph in split.paragraphs:
        yield Text(paragraph.text, paragraph.language, split.document.published)


def topic_text(document: Document) -> Text:
    """Return what of a document is read to know what it is about: its title, and its text up to `BEGINNING`."""
    return Text(f"{document.title}\n{document.text[:BEGINNING]}", document.language, topic=True)


@lru_cache(maxsize=2048)
def read_now(text: Text) -> bytes:
    """Return the record of a text of an index that holds none."""
    return read_record(text)


class _OpenSegment:
    """The files of one segment, memory-mapped."""

    def __init__(self, folder: Path, segment: Segment, token_dim: int) -> None:
        self.segment = segment
        me = weakref.proxy(self)  # a cache that held this would keep its files until the garbage collector comes by
        self._remembered: Callable[[int], Document] = lru_cache(_REMEMBERED)(lambda number: me._read(number))
        self._folder = folder
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.sources: list[str] = labels["sources"]
        self.digests: list[str] = labels["digests"]
        self._headings: list[str] = labels["headings"]
        self._languages: list[str] = labels["languages"]
        self.rows: Rows = self._array("paragraphs")
        self.vectors = Checked(folder / "vectors.npy", blocks.rows)
        self._document_offsets = self._array("document_offsets")
        self._token_offsets = self._array("token_offsets")
        self._documents = Checked(folder / "documents.jsonl", mapped)
        width = max(token_dim, 1)
        self._tokens = Checked(folder / "tokens.bin", lambda file: mapped(file).view(np.int8).reshape(-1, width))
        self._reads = bool(segment.reader)
        if self._reads:
            self._contents = Checked(folder / "contents.bin", mapped)
            self._content_offsets = self._array("content_offsets")
            self._topics = Checked(folder / "topics.bin", mapped)
            self._topic_offsets = self._array("topic_offsets")
        self.alive = ~np.isin(self.rows[:, 0], np.array(segment.removed, np.int32))

    def _array(self, name: str) -> NDArray[Any]:
        return blocks.rows(self._folder / f"{name}.npy")

    @cached_property
    def postings(self) -> Postings:
        """The postings of the segment's paragraphs."""
        terms = json.loads((self._folder / "vocabulary.json").read_text(encoding="utf-8"))
        vocabulary = {term: number for number, term in enumerate(terms)}
        documents, frequencies = (
            Checked(self._folder / f"{name}.npy", blocks.rows) for name in ("documents", "frequencies")
        )
        return Postings(vocabulary, self._array("indptr"), documents, frequencies, self._array("lengths"))

    @cached_property
    def dense(self) -> DenseIndex:
        """The segment's vectors, searchable."""
        file = self._folder / "dense.faiss"
        blocks.check(file)
        return DenseIndex(self.vectors, file=file if file.is_file() else None)

    def document(self, number: int) -> Document:
        """Return one document, from disk."""
        start, end = self._document_offsets[number], self._document_offsets[number + 1]
        return self._remembered(number) if end - start <= _SHORT else self._read(number)

    def _read(self, number: int) -> Document:
        start, end = self._document_offsets[number], self._document_offsets[number + 1]
        return document_of(self._documents[start:end].tobytes())

    def paragraph(self, row: int, first: int, document: Document) -> Paragraph:
        """Return one paragraph; `first` is the id of the segment's row 0."""
        _, start, end, heading, language = (int(cell) for cell in self.rows[row])
        return Paragraph(
            id=first + row,
            source=document.source,
            title=document.title,
            heading=self._headings[heading],
            start=start,
            end=end,
            text=document.text[start:end],
            language=self._languages[language],
        )

    @property
    def languages(self) -> dict[str, int]:
        """The number of living paragraphs in each language."""
        counts = np.bincount(self.rows[self.alive, 4], minlength=len(self._languages))
        return {code: int(n) for code, n in zip(self._languages, counts, strict=True) if n}

    def tokens(self, row: int) -> NDArray[np.int8]:
        """Return a paragraph's token vectors as stored, int8, shape (tokens, token_dim)."""
        start, end = self._token_offsets[row], self._token_offsets[row + 1]
        return self._tokens[start:end]

    def record(self, row: int) -> bytes:
        """Return the record of what was read of a paragraph; it is read now where the segment holds none."""
        if not self._reads:
            number, start, end, _, language = (int(cell) for cell in self.rows[row])
            document = self.document(number)
            return read_now(Text(document.text[start:end], self._languages[language], document.published))
        return self._contents[self._content_offsets[row] : self._content_offsets[row + 1]].tobytes()

    def topic(self, number: int) -> bytes:
        """Return the record of what a document is about."""
        if not self._reads:
            return read_now(topic_text(self.document(number)))
        return self._topics[self._topic_offsets[number] : self._topic_offsets[number + 1]].tobytes()


class LocalBackend:
    """Answers from the files of one generation; safe to share between threads."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self._store, self._manifest = store, manifest
        try:
            self._segments = [_OpenSegment(store.folder(s.name), s, manifest.token_dim) for s in manifest.segments]
            postings = [s.postings for s in self._segments]
        except (OSError, ValueError, KeyError) as error:
            raise IndexCorrupt(f"the index at {store.path} cannot be read: {error}") from error
        self._starts = np.cumsum([0] + [len(s.rows) for s in self._segments])
        self._bm25 = BM25.over(postings, np.flatnonzero(~self.alive).tolist())
        self._place = {
            source: (segment, number)
            for segment in self._segments
            for number, source in enumerate(segment.sources)
            if number not in segment.segment.removed
        }

    @property
    def languages(self) -> dict[str, int]:
        """The number of paragraphs in each language, most first."""
        counts: Counter[str] = Counter()
        for segment in self._segments:
            counts.update(segment.languages)
        return dict(counts.most_common())

    @cached_property
    def spellings(self) -> dict[str, Spellings]:
        """The stems of the corpus by language, in which a name can find its variants."""
        stems_of: dict[str, list[str]] = {}
        for segment in self._segments:
            for term in segment.postings.vocabulary:
                language, _, stem = term.rpartition(":")
                stems_of.setdefault(language, []).append(stem)
        return {language: Spellings(found) for language, found in stems_of.items() if language}

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Which paragraphs count, shape (paragraphs,)."""
        return np.concatenate([s.alive for s in self._segments] or [np.zeros(0, np.bool_)])

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each source's file."""
        return {source: segment.digests[number] for source, (segment, number) in self._place.items()}

    def place(self, source: str) -> tuple[str, int]:
        """Return the segment and the number in it of a source's document. Raises KeyError."""
        segment, number = self._place[source]
        return segment.segment.name, number

    def document(self, source: str) -> Document:
        """Return a source's document. Raises KeyError for a source that the corpus lacks."""
        segment, number = self._place[source]
        return segment.document(number)

    def contents(self, ids: Sequence[int]) -> list[Contents]:
        """Return what was read of these paragraphs when they were indexed."""
        return [unpack(segment.record(row)) for segment, row in self._located(ids)]

    def topic(self, source: str) -> Topic:
        """Return what a source's document is about. Raises KeyError for a source that the corpus lacks."""
        segment, number = self._place[source]
        return unpack_topic(segment.topic(number))

    def problems(self) -> list[str]:
        """Return which files were altered or do not fit each other, one sentence each; empty when they do."""
        found = self._store.check(self._manifest, whole=True)
        for segment in self._segments:
            counts = {len(segment.rows), len(segment.vectors), len(segment.postings.lengths)}
            if counts != {segment.segment.paragraphs} or len(segment.sources) != segment.segment.documents:
                found.append(f"segment {segment.segment.name} holds unequal numbers of rows: {sorted(counts)}")
        return found

    def splits(self, segments: Collection[str]) -> Iterator[Split]:
        """Yield the living documents of these segments with what was computed of their paragraphs, to be kept."""
        for segment, first in zip(self._segments, self._starts, strict=False):
            if segment.segment.name not in segments:
                continue
            edges = np.searchsorted(segment.rows[:, 0], np.arange(len(segment.sources) + 1))
            for number in range(len(segment.sources)):
                if number in segment.segment.removed:
                    continue
                document, rows = segment.document(number), range(int(edges[number]), int(edges[number + 1]))
                paragraphs = tuple(segment.paragraph(row, int(first), document) for row in rows)
                known = segment.segment.reader == VERSION
                yield Split(
                    document,
                    paragraphs,
                    vectors=segment.vectors[rows.start : rows.stop],
                    tokens=tuple(segment.tokens(row) for row in rows),
                    contents=tuple(segment.record(row) for row in rows) if known else None,
                    topic=segment.topic(number) if known else b"",
                )

    def lexical(self, terms: Sequence[Alternatives], k: int, *, sources: Collection[str] | None = None) -> Ranking:
        """Return the k paragraphs that BM25 ranks first for these weighted terms."""
        return self._bm25.search(terms, k, among=None if sources is None else self._among(sources))

    def dense(self, vector: Vectors, k: int, *, sources: Collection[str] | None = None) -> Ranking:
        """Return the k paragraphs whose vectors have the highest cosine with this unit vector, shape (dim,)."""
        among = self.alive if sources is None else self._among(sources)
        rankings = [
            [(int(first) + row, score) for row, score in segment.dense.search(vector, k, alive=among[first:last])]
            for segment, first, last in zip(self._segments, self._starts, self._starts[1:], strict=False)
        ]
        return merged(rankings, k)

    def tokens(self, ids: Sequence[int]) -> list[Vectors]:
        """Return the token vectors of these paragraphs, each (tokens, token_dim), unit rows but for rounding."""
        return [dequantise(segment.tokens(row)) for segment, row in self._located(ids)]

    def paragraphs(self, ids: Sequence[int]) -> list[Paragraph]:
        """Return these paragraphs, in this order."""
        documents: dict[tuple[str, int], Document] = {}
        found = []
        for id_, (segment, row) in zip(ids, self._located(ids), strict=True):
            key = (segment.segment.name, int(segment.rows[row, 0]))
            if key not in documents:
                documents[key] = segment.document(key[1])
            found.append(segment.paragraph(row, id_ - row, documents[key]))
        return found

    def idf(self, terms: Sequence[Alternatives]) -> list[float]:
        """Return each term's inverse document frequency, alternatives counted by weight; in nats, never negative."""
        return [self._bm25.inverse_document_frequency(self._bm25.document_frequency(term)) for term in terms]

    def _located(self, ids: Iterable[int]) -> list[tuple[_OpenSegment, int]]:
        located = []
        for id_ in ids:
            number = int(np.searchsorted(self._starts, id_, side="right")) - 1
            if not 0 <= id_ < self._starts[-1]:
                raise IndexError(f"there is no paragraph {id_}; ids go from 0 to {self._starts[-1] - 1}")
            located.append((self._segments[number], int(id_ - self._starts[number])))
        return located

    def _among(self, sources: Collection[str]) -> NDArray[np.bool_]:
        """Return which paragraphs are alive and of these sources, shape (paragraphs,)."""
        wanted: dict[str, list[int]] = {}
        for source in sources:
            if source in self._place:
                name, number = self.place(source)
                wanted.setdefault(name, []).append(number)
        masks = [s.alive & np.isin(s.rows[:, 0], wanted.get(s.segment.name, [])) for s in self._segments]
        return np.concatenate(masks or [np.zeros(0, np.bool_)])
