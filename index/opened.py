"""What do the files of one segment hold? Memory-mapped, each part compared with its digest before it is used."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import blocks
from index.blocks import Checked, map_bytes
from index.dense import DenseIndex
from index.facts.child import Text
from index.facts.contents import VERSION, unpack
from index.lexical import Postings
from index.records import Document, Paragraph
from index.splits import document_of, read_now, topic_text
from index.store import Segment

Rows = NDArray[np.int32]

_REMEMBERED = 256
"""Documents of a segment that are kept once read: a question reads each for its paragraphs and for its subject."""

_SHORT = 100_000
"""Bytes up to which a document is kept."""


class OpenSegment:
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
        self.vectors = Checked(folder / "vectors.npy", blocks.map_rows)
        self._document_offsets = self._array("document_offsets")
        self._token_offsets = self._array("token_offsets")
        self._documents = Checked(folder / "documents.jsonl", map_bytes)
        width = max(token_dim, 1)
        self._tokens = Checked(folder / "tokens.bin", lambda file: map_bytes(file).view(np.int8).reshape(-1, width))
        self._reads = bool(segment.reader)
        if self._reads:
            self._contents = Checked(folder / "contents.bin", map_bytes)
            self._content_offsets = self._array("content_offsets")
            self._topics = Checked(folder / "topics.bin", map_bytes)
            self._topic_offsets = self._array("topic_offsets")
        self.alive = ~np.isin(self.rows[:, 0], np.array(segment.removed, np.int32))

    def _array(self, name: str) -> NDArray[Any]:
        return blocks.map_rows(self._folder / f"{name}.npy")

    @cached_property
    def postings(self) -> Postings:
        """The postings of the segment's paragraphs."""
        terms = json.loads((self._folder / "vocabulary.json").read_text(encoding="utf-8"))
        vocabulary = {term: number for number, term in enumerate(terms)}
        documents, frequencies = (
            Checked(self._folder / f"{name}.npy", blocks.map_rows) for name in ("documents", "frequencies")
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

    def known_contents(self, rows: range) -> tuple[bytes, ...] | None:
        """Return the records of these paragraphs; None where they are to be read, by a newer reader or once more."""
        if self.segment.reader != VERSION:
            return None
        records = tuple(self.record(row) for row in rows)
        return None if self.segment.unread and any(unpack(record).unread for record in records) else records

    def topic(self, number: int) -> bytes:
        """Return the record of what a document is about."""
        if not self._reads:
            return read_now(topic_text(self.document(number)))
        return self._topics[self._topic_offsets[number] : self._topic_offsets[number + 1]].tobytes()
