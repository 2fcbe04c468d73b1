"""How is a block of documents written so that a crash at any moment loses nothing and leaves nothing twice?

Every row has a key that follows from the document's bytes, so writing it again changes nothing. A block is announced in
the log, its rows are written, and then it is entered there: whoever takes up an interrupted write deletes what was only
announced, and goes on after what was entered.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.cluster import log, sparse, tables
from index.cluster.engine import Row
from index.cluster.tables import Tables
from index.facts import child
from index.facts.contents import unpack
from index.records import Paragraph, Vectors
from index.splits import Embed, Split, document_line, indexed_terms, indexed_text, texts_of
from index.store import Manifest

BLOCK = 256
"""Paragraphs of a block, about: what a crash costs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a write into a generation needs to know."""

    tables: Tables
    manifest: Manifest
    """The one that will be current when the write is done, but for its counts."""
    ticket: str
    """Tells this write's blocks from those of any other."""
    average: float | None
    """The average number of terms with which weights are made; None takes each block's own."""
    kept: tuple[str, ...]
    """The keys of blocks that an interrupted write of this version left complete."""
    done: frozenset[str]
    """The keys of the documents in them, which need not be written again."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph to be written."""

    split: Split
    document: str
    number: int
    terms: Counter[str]

    @property
    def paragraph(self) -> Paragraph:
        return self.split.paragraphs[self.number]

    @property
    def key(self) -> str:
        return tables.paragraph_key(self.document, self.number)

    @property
    def contents(self) -> bytes:
        """The record of what was read of it."""
        return self.split.contents[self.number] if self.split.contents else b""

    def row(self, average: float) -> Row:
        """Return its columns but for the version and the dense vector."""
        paragraph, day, length = self.paragraph, self.split.document.published, self.terms.total()
        norm = sparse.norm(length, average)
        return {
            "key": self.key,
            "document": self.document,
            "source": paragraph.source,
            "published": day.toordinal() if day else 0,
            "language": paragraph.language,
            "heading": paragraph.heading,
            "start": paragraph.start,
            "end": paragraph.end,
            "length": length,
            "norm": norm,
            # An empty vector is not accepted; a paragraph without terms is found by its meaning alone.
            "sparse": sparse.paragraph_weights(self.terms, norm) or {sparse.NOTHING: 1.0},
        }


class Writer:
    """Writes documents into one generation, under one version."""

    def __init__(self, plan: Plan, embed: Embed) -> None:
        self._tables = plan.tables
        self._version = plan.manifest.generation
        self._plan = plan
        self._embed = embed

    def written(self, splits: Iterable[Split]) -> Iterator[int]:
        """Write documents, a block at a time, and yield how many paragraphs were written each time."""
        for block in blocks(splits):
            yield from self._written(block)

    def _written(self, block: Sequence[Split]) -> Iterator[int]:
        block = read_contents(block)
        terms = [[Counter(indexed_terms(p)) for p in split.paragraphs] for split in block]
        listed = [_listed(split, own) for split, own in zip(block, terms, strict=True)]
        counted = frequencies(counts for own in terms for counts in own)
        entry = log.block(listed, counted, self._version, self._plan.ticket)
        announced = log.announce(entry)
        log.write(self._tables.log, [announced])
        self._tables.texts.put(
            tables.Item(key, body, self._version, document.key)
            for document, split in zip(listed, block, strict=True)
            for key, body in (
                (tables.document_key(document.key), document_line(split.document)),
                (tables.topic_key(document.key), split.topic),
            )
        )
        average = self._plan.average or _average(listed)
        pieces = [
            _Piece(split, document.key, number, counts)
            for split, document, own in zip(block, listed, terms, strict=True)
            for number, counts in enumerate(own)
        ]
        for begin in range(0, len(pieces), BLOCK):
            self._write_paragraphs(pieces[begin : begin + BLOCK], average)
            yield len(pieces[begin : begin + BLOCK])
        log.write(self._tables.log, [entry])
        self._tables.log.delete(tables.match_item(announced.key))

    def _write_paragraphs(self, pieces: Sequence[_Piece], average: float) -> None:
        vectors, tokens = self._vectors(pieces)
        self._tables.texts.put(
            tables.Item(key, body, self._version, piece.document)
            for piece, token_rows in zip(pieces, tokens, strict=True)
            for key, body in (
                (tables.tokens_key(piece.key), token_rows.tobytes()),
                (tables.contents_key(piece.key), piece.contents),
            )
        )
        rows = (
            {**piece.row(average), "version": self._version, "dense": vector}
            for piece, vector in zip(pieces, vectors, strict=True)
        )
        for batch in tables.batches(rows):
            self._tables.engine.upsert(self._tables.paragraphs, batch)

    def _vectors(self, pieces: Sequence[_Piece]) -> tuple[Vectors, Sequence[NDArray[np.int8]]]:
        """Return what is known of these paragraphs, or computed now: the documents of one write are alike in this."""
        if pieces[0].split.vectors is None:
            return self._embed([indexed_text(p.paragraph.heading, p.paragraph.text) for p in pieces])
        known = [piece.split.vectors[piece.number] for piece in pieces if piece.split.vectors is not None]
        return np.stack(known), [piece.split.tokens[piece.number] for piece in pieces]


def read_contents(block: Sequence[Split]) -> list[Split]:
    """Return these documents with what is to be read of them, read where it was not known."""
    fresh = child.shared(os.getpid()).read(text for s in block if s.contents is None for text in texts_of(s))
    found = []
    for split in block:
        if split.contents is None:
            topic, *records = [next(fresh) for _ in range(1 + len(split.paragraphs))]
            split = replace(split, contents=tuple(records), topic=topic)
        found.append(split)
    return found


def blocks(splits: Iterable[Split]) -> Iterator[list[Split]]:
    """Yield documents in lists of about `BLOCK` paragraphs."""
    block: list[Split] = []
    size = 0
    for split in splits:
        if block and size + len(split.paragraphs) > BLOCK:
            yield block
            block, size = [], 0
        block.append(split)
        size += len(split.paragraphs)
    if block:
        yield block


def frequencies(paragraphs: Iterable[Counter[str]]) -> Counter[str]:
    """Return how many of these paragraphs hold each term."""
    found: Counter[str] = Counter()
    for terms in paragraphs:
        found.update(terms.keys())
    return found


def _listed(split: Split, terms: Sequence[Counter[str]]) -> log.Listed:
    document = split.document
    return log.Listed(
        key=tables.identity(document.source, document.digest),
        source=document.source,
        digest=document.digest,
        paragraphs=len(split.paragraphs),
        length=sum(counts.total() for counts in terms),
        languages=Counter(p.language for p in split.paragraphs),
        unread=sum(bool(unpack(record).unread) for record in split.contents or ()),
    )


def _average(documents: Sequence[log.Listed]) -> float:
    return max(1.0, sum(d.length for d in documents) / max(1, sum(d.paragraphs for d in documents)))
