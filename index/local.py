"""What do the segments of one generation hold together, and which two rankings do they give? The embedded backend.

A paragraph's id is its row, counted through the segments of the generation; a removed paragraph keeps its row and is
never returned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.dense import merge_rankings
from index.facts.contents import Contents, Topic, unpack
from index.interaction import dequantise
from index.lexical import BM25
from index.opened import OpenSegment
from index.records import Alternatives, Document, IndexCorrupt, Paragraph, Ranking, Vectors
from index.spellings import Spellings
from index.splits import Split, topic_of
from index.store import Manifest, Store


class LocalBackend:
    """Answers from the files of one generation; safe to share between threads."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self._store, self._manifest = store, manifest
        try:
            self._segments = [OpenSegment(store.folder(s.name), s, manifest.token_dim) for s in manifest.segments]
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
        return topic_of(segment.topic(number), lambda: segment.document(number))

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
                contents = segment.known_contents(rows)
                yield Split(
                    document,
                    paragraphs,
                    vectors=segment.vectors[rows.start : rows.stop],
                    tokens=tuple(segment.tokens(row) for row in rows),
                    contents=contents,
                    topic=segment.topic(number) if contents is not None else b"",
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
        return merge_rankings(rankings, k)

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

    def _located(self, ids: Iterable[int]) -> list[tuple[OpenSegment, int]]:
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
