"""What does an engine hold of one generation, and which two rankings does it give? The distributed backend.

A paragraph's key on the engine is its document's key and its number there; its id is its row, counted through the
documents in the log's order, as in the embedded backend: so equal scores are ordered alike, wherever the corpus is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.cluster import log, sparse, tables
from index.cluster.address import Address
from index.cluster.engine import Engine, Nearest, Row
from index.cluster.tables import Tables, contents_key, document_key, paragraph_key, tokens_key, topic_key
from index.facts.child import Text
from index.facts.contents import VERSION, Contents, Topic, unpack
from index.interaction import dequantise
from index.records import (
    Alternatives,
    Document,
    EncoderMismatch,
    IndexCorrupt,
    Paragraph,
    Ranking,
    Vectors,
    rank,
)
from index.spellings import Spellings
from index.splits import Split, document_of, read_now, topic_of
from index.store import Manifest

RESCORED = 4
"""Candidates that the engine's sparse ranking proposes for each result asked, before their scores are counted."""

_LIMIT = 16_384
"""The most results that Milvus returns."""
_DOCUMENTS = 256
_SPARE = 8


class MilvusBackend:
    """Answers from one generation on an engine; safe to share between threads."""

    def __init__(self, engine: Engine, address: Address, manifest: Manifest) -> None:
        self.address = address
        self.tables = Tables(engine, manifest.segments[0].name)
        self._engine = engine
        self._dim = manifest.dim
        self._token_dim = manifest.token_dim
        self._reader = manifest.segments[0].reader
        self._version = manifest.generation
        try:
            self.state = log.State(log.read(self.tables.log, f"version <= {self._version}"))
        except (KeyError, ValueError, TypeError) as error:
            raise IndexCorrupt(f"the log of {address} cannot be read: {error!r}; build it again") from error
        self._opened: dict[str, Document] = {}

    @property
    def languages(self) -> dict[str, int]:
        """The number of paragraphs in each language, most first."""
        return dict(self.state.languages.most_common())

    @cached_property
    def spellings(self) -> dict[str, Spellings]:
        """The stems of the corpus by language, in which a name can find its variants."""
        stems_of: dict[str, list[str]] = {}
        for term in self.state.frequencies:
            language, _, stem = term.rpartition(":")
            stems_of.setdefault(language, []).append(stem)
        return {language: Spellings(found) for language, found in stems_of.items() if language}

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Which paragraphs count, shape (paragraphs,)."""
        return self.state.alive

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each source's file."""
        return {source: self.state.listed(source).digest for source in self.state.place}

    def document(self, source: str) -> Document:
        """Return a source's document. Raises KeyError for a source that the corpus lacks."""
        key = self.state.listed(source).key
        return self._documents([key])[key]

    def lexical(self, terms: Sequence[Alternatives], k: int, *, sources: Collection[str] | None = None) -> Ranking:
        """Return the k paragraphs that BM25 ranks first for these weighted terms."""
        idf = self.idf(terms)
        weights, where = sparse.question_weights(terms, idf), self._where(sources)
        if k < 1 or not weights or where is None:
            return []
        columns = ("sparse", "length", "norm")
        wanted = Nearest("sparse", weights, min(RESCORED * k + _SPARE, _LIMIT), where, columns)
        found = self._engine.search(self.tables.paragraphs, wanted)
        held = [(id_, row) for key, _, row in found if (id_ := self._id(key)) is not None]
        candidates = [sparse.Proposed(row["sparse"], row["length"], row["norm"]) for _, row in held]
        scores = sparse.score_proposed(terms, idf, candidates, average=self.state.average)
        return rank([id_ for id_, _ in held], scores)[:k]

    def dense(self, vector: Vectors, k: int, *, sources: Collection[str] | None = None) -> Ranking:
        """Return the k paragraphs whose vectors have the highest cosine with this unit vector, shape (dim,).

        Raises EncoderMismatch where the vector is not of the index's dimension.
        """
        if vector.shape != (self._dim,):
            raise EncoderMismatch(f"{self.address} holds vectors of {self._dim} numbers, not of {vector.shape}")
        where = self._where(sources)
        if k < 1 or where is None:
            return []
        asked = k + _SPARE
        while True:
            # Ask until the last score is below the k-th: a tie at the edge is then settled by id, not by chance.
            limit = min(asked, _LIMIT)
            options = {name: max(n, limit) if name == "ef" else n for name, n in self.address.searched.items()}
            wanted = Nearest("dense", vector, limit, where, options=options)
            found = self._engine.search(self.tables.paragraphs, wanted)
            held = [(id_, score) for key, score, _ in found if (id_ := self._id(key)) is not None]
            ranking = rank([id_ for id_, _ in held], [score for _, score in held])
            if len(found) < limit or limit == _LIMIT or (len(held) > k and ranking[-1][1] < ranking[k - 1][1]):
                return ranking[:k]
            asked *= 2

    def tokens(self, ids: Sequence[int]) -> list[Vectors]:
        """Return the token vectors of these paragraphs, each (tokens, token_dim), unit rows but for rounding."""
        return [dequantise(rows) for rows in self._tokens([self._key(id_) for id_ in ids])]

    def contents(self, ids: Sequence[int]) -> list[Contents]:
        """Return what was read of these paragraphs when they were indexed; it is read now where nothing is held."""
        keys = [self._key(id_) for id_ in ids]
        held = self.tables.texts.get([contents_key(key) for key in keys])
        lost = [id_ for id_, key in zip(ids, keys, strict=True) if contents_key(key) not in held]
        for paragraph in self.paragraphs(lost):
            text = Text(paragraph.text, paragraph.language, self.document(paragraph.source).published)
            held[contents_key(self._key(paragraph.id))] = read_now(text)
        return [unpack(held[contents_key(key)]) for key in keys]

    def topic(self, source: str) -> Topic:
        """Return what a source's document is about. Raises KeyError for a source that the corpus lacks."""
        key = topic_key(self.state.listed(source).key)
        held = self.tables.texts.get([key])
        return topic_of(held.get(key), lambda: self.document(source))

    def paragraphs(self, ids: Sequence[int]) -> list[Paragraph]:
        """Return these paragraphs, in this order."""
        keys = [self._key(id_) for id_ in ids]
        rows = self._rows(keys)
        documents = self._documents([row["document"] for row in rows.values()])
        return [
            _paragraph(id_, rows[key], documents[rows[key]["document"]]) for id_, key in zip(ids, keys, strict=True)
        ]

    def paragraphs_of(self, source: str) -> list[Paragraph]:
        """Return all paragraphs of a source. Raises KeyError for a source that the corpus lacks."""
        number = self.state.place[source]
        first = int(self.state.starts[number])
        return self.paragraphs(range(first, first + self.state.documents[number].paragraphs))

    def idf(self, terms: Sequence[Alternatives]) -> list[float]:
        """Return each term's inverse document frequency, alternatives counted by weight; in nats, never negative."""
        return [
            sparse.inverse_document_frequency(
                min(sum(weight * self.state.frequencies[term] for term, weight in alternatives), self.state.count),
                self.state.count,
            )
            for alternatives in terms
        ]

    def splits(self, segments: Collection[str]) -> Iterator[Split]:
        """Yield the living documents with what was computed of their paragraphs, to be kept."""
        for source, number in self.state.place.items():
            listed, first = self.state.documents[number], int(self.state.starts[number])
            ids = range(first, first + listed.paragraphs)
            keys = [self._key(id_) for id_ in ids]
            rows = self._rows(keys, "dense")
            vectors = np.array([rows[key]["dense"] for key in keys], np.float32).reshape(-1, self._dim)
            document = self.document(source)
            paragraphs = tuple(_paragraph(id_, rows[key], document) for id_, key in zip(ids, keys, strict=True))
            yield Split(document, paragraphs, vectors, tuple(self._tokens(keys)), *self._read_before(listed.key, keys))

    def _read_before(self, document: str, keys: Sequence[str]) -> tuple[tuple[bytes, ...] | None, bytes]:
        """Return the records of a document's paragraphs and of its beginning; None where they are to be read."""
        if self._reader != VERSION:
            return None, b""
        wanted = [contents_key(key) for key in keys]
        held = self.tables.texts.get([topic_key(document), *wanted])
        if len(held) <= len(set(wanted)):
            return None, b""
        return tuple(held[key] for key in wanted), held[topic_key(document)]

    def problems(self) -> list[str]:
        """Return what the log names and the engine does not hold, one sentence each; empty when it holds all."""
        listed = [self.state.listed(source) for source in sorted(self.state.place)]
        whole = self.tables.texts
        found = []
        for begin in range(0, len(listed), _DOCUMENTS):
            part = listed[begin : begin + _DOCUMENTS]
            texts = whole.get([document_key(document.key) for document in part])
            found += [f"the text of {d.source} is missing" for d in part if document_key(d.key) not in texts]
            keys = [paragraph_key(d.key, number) for d in part for number in range(d.paragraphs)]
            rows = self._engine.get(self.tables.paragraphs, keys, ["document"])
            kinds = (tokens_key, contents_key) if self._reader else (tokens_key,)  # format 1 holds no contents
            stored = {*rows, *whole.get([name(key) for key in keys for name in kinds])}
            for document in part:
                own = [paragraph_key(document.key, number) for number in range(document.paragraphs)]
                missing = [key for key in own if not {key, *(name(key) for name in kinds)} <= stored]
                if missing:
                    found.append(f"{len(missing)} of {len(own)} paragraphs of {document.source} are missing")
        return found

    def _where(self, sources: Collection[str] | None) -> str | None:
        """Return the condition that rows of this generation fulfil; None where none of these sources is in it."""
        conditions = [f"version <= {self._version}"]
        if sources is not None:
            wanted = [self.state.listed(source).key for source in sorted(set(sources)) if source in self.state.place]
            if not wanted:
                return None
            conditions.append(f"document in {tables.quote(wanted)}")
        elif self.state.removed:
            conditions.append(f"document not in {tables.quote(self.state.removed)}")
        return " and ".join(conditions)

    def _id(self, key: str) -> int | None:
        """Return the id of a paragraph's key; None where it is none of ours, as after an interrupted write."""
        document, _, number = key.partition(":")
        place = self.state.number(document)
        return None if place is None else int(self.state.starts[place]) + int(number)

    def _key(self, id_: int) -> str:
        if not 0 <= id_ < self.state.starts[-1]:
            raise IndexError(f"there is no paragraph {id_}; ids go from 0 to {self.state.starts[-1] - 1}")
        place = int(np.searchsorted(self.state.starts, id_, side="right")) - 1
        return paragraph_key(self.state.documents[place].key, id_ - int(self.state.starts[place]))

    def _rows(self, keys: Sequence[str], *columns: str) -> dict[str, Row]:
        rows = self._engine.get(
            self.tables.paragraphs, keys, ["document", "heading", "start", "end", "language", *columns]
        )
        for key in keys:
            if key not in rows:
                raise self._missing(f"the paragraph {key}")
        return rows

    def _tokens(self, keys: Sequence[str]) -> list[NDArray[np.int8]]:
        held = self.tables.texts.get([tokens_key(key) for key in keys])
        if len(held) < len(set(keys)):
            raise self._missing("token vectors")
        return [np.frombuffer(held[tokens_key(key)], np.int8).reshape(-1, self._token_dim) for key in keys]

    def _documents(self, keys: Iterable[str]) -> dict[str, Document]:
        """Return these documents by key; the last ones looked at are remembered."""
        wanted = set(keys)
        opened = self._opened
        found = {key: opened[key] for key in wanted if key in opened}
        absent = sorted(wanted - set(found))
        texts = self.tables.texts.get([document_key(key) for key in absent])
        for key in absent:
            if document_key(key) not in texts:
                raise self._missing(f"the document {key}")
            found[key] = document_of(texts[document_key(key)])
        # A new dict each time, so that threads need no lock: one that loses its documents here loads them again.
        rest = [(key, document) for key, document in opened.items() if key not in found]
        self._opened = dict([*rest, *found.items()][-_DOCUMENTS:])
        return found

    def _missing(self, what: str) -> IndexCorrupt:
        return IndexCorrupt(f"{what} of {self.address} is missing; see: recoupe verify {self.address}")


def _paragraph(id_: int, row: Row, document: Document) -> Paragraph:
    return Paragraph(
        id=id_,
        source=document.source,
        title=document.title,
        heading=row["heading"],
        start=row["start"],
        end=row["end"],
        text=document.text[row["start"] : row["end"]],
        language=row["language"],
    )
