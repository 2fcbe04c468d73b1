"""What is one state of a corpus, from the beginning of an answer to its end?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from index.facts.contents import Contents, Topic
from index.pieces import Numbers
from index.records import Document, Hit, Paragraph, Vectors
from index.search import Query, Searcher

if TYPE_CHECKING:
    from index.place import OpenGeneration


_AT_ONCE = 512
"""Paragraphs that are read at a time by who goes through all of them."""


class Snapshot:
    """One generation, whatever is written meanwhile: the ids of its hits name the paragraphs that it reads."""

    def __init__(self, backend: OpenGeneration, searcher: Searcher) -> None:
        self._backend = backend
        self._searcher = searcher

    def same_as(self, other: Snapshot) -> bool:
        """Return whether both are of one generation, so that whatever is asked of them has one answer."""
        return self._backend is other._backend

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source, in order of name."""
        return tuple(sorted(self._backend.digests))

    def query(self, question: str) -> Query:
        """Return the question as the index sees it."""
        return self._searcher.query(question)

    def search(
        self, question: str, *, k: int, sources: Collection[str] | None = None, copies: int | None = None
    ) -> list[Hit]:
        """Return the k paragraphs that best answer a question, best first; `sources` restricts the search.

        Of paragraphs of one text, `copies` at most are returned, all by default.
        """
        return self._searcher.search(question, k=k, sources=sources, copies=copies)

    def document(self, source: str) -> Document:
        """Return a source's document. Raises KeyError for a source that there is not."""
        return self._backend.document(source)

    def contents(self, ids: Sequence[int]) -> list[Contents]:
        """Return what was read of these paragraphs when they were indexed: terms, sentences, facts."""
        return self._backend.contents(ids)

    def topic(self, source: str) -> Topic:
        """Return what a source's document is about. Raises KeyError for a source that there is not."""
        return self._backend.topic(source)

    def word_vectors(self, paragraphs: Sequence[Paragraph]) -> list[tuple[Numbers, Vectors]]:
        """Return of each paragraph where its content words start and end, and their stored unit vectors."""
        return self._searcher.word_vectors(paragraphs)

    def text_vectors(self, texts: Sequence[str], language: str) -> list[tuple[Numbers, Vectors]]:
        """Return the same of texts that no paragraph holds, as titles; the encoder reads them now."""
        return self._searcher.text_vectors(texts, language)

    def read(
        self, sources: Collection[str] | None = None
    ) -> Iterator[tuple[Document, list[Paragraph], list[Contents]]]:
        """Yield each document with its paragraphs, and with what was read of them; `sources` restricts that."""
        ids = np.flatnonzero(self._backend.alive).tolist()
        blocks = (self._backend.paragraphs(ids[at : at + _AT_ONCE]) for at in range(0, len(ids), _AT_ONCE))
        asked = (p for block in blocks for p in block if sources is None or p.source in sources)
        for source, found in groupby(asked, key=lambda paragraph: paragraph.source):
            own = list(found)
            yield self.document(source), own, self.contents([paragraph.id for paragraph in own])
