"""How is a corpus built, opened, changed and searched? `Corpus`, the face of this package."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index import changing
from index.changing import Description
from index.encoder import SentenceEncoder
from index.facts.contents import Contents, Topic
from index.generation import Work, change_to
from index.place import Folder, OpenGeneration, Place, check_encoder, find_place, name_model
from index.reading import MAX_BYTES
from index.reading.fields import check_columns
from index.records import CorpusError, Document, Hit, IndexCorrupt
from index.report import Progress, WriteReport
from index.search import Query, Searcher
from index.snapshot import Snapshot
from index.store import Manifest

__all__ = ["MAX_BYTES", "Corpus", "Progress", "WriteReport"]


class Corpus:
    """A corpus of articles and its index on disk.

    >>> corpus = Corpus.build("seeds", "my-index")          # doctest: +SKIP
    >>> hits = corpus.search("how many soldiers died?")     # doctest: +SKIP
    """

    def __init__(self, home: Place, manifest: Manifest, encoder: SentenceEncoder | None, report: WriteReport) -> None:
        self.path = home.path
        self.report = report
        """What the last write through this object did."""
        self._home = home
        self._encoder = encoder
        self._loading = threading.Lock()
        self._use(manifest)

    def __copy__(self) -> Corpus:
        """Return another corpus over the same generation and encoder; its searcher asks it, not this one, for that."""
        return Corpus(self._home, self._manifest, self._encoder, self.report)

    def _use(self, manifest: Manifest) -> None:
        """Read and search this generation from now on."""
        self._manifest = manifest
        self._backend = self._home.backend(manifest)
        self._searcher: Searcher | None = None

    @classmethod
    def build(
        cls,
        folder: str | Path,
        path: str | Path = ".recoupe",
        *,
        model: str | Path | None = None,
        max_bytes: int = MAX_BYTES,
        columns: Mapping[str, str] | None = None,
        workers: int = 0,
        progress: Progress | None = None,
    ) -> Corpus:
        """Read every article of a folder and return the corpus, its index written at `path`.

        `path` is a folder, or the address of a collection on an engine: ``milvus+http://host:19530/NAME``. An index
        that is there already is brought up to date: unchanged files keep their vectors, files that are gone leave.
        `model` is a hub name or a folder; without it, the encoder in the box. Files larger than `max_bytes` bytes are
        skipped. `columns` says what columns of tables hold, ``{"Corps": "text", "Paru": "published"}``; the index
        remembers it, and any other is taken by its usual name. With `workers`, that many processes of Ray, on every
        machine of its cluster, write to an engine. Raises CorpusError, IndexLocked.
        """
        check_columns(columns or {})
        folder = Path(folder)
        if not folder.is_dir():
            raise CorpusError(f"{folder} is not a folder; give a folder of articles")
        home = find_place(path)
        home.refuse_foreign()
        encoder = SentenceEncoder(model)
        named = changing.columns_of(home) if columns is None else columns
        work = Work(encoder, name_model(model), max_bytes, progress, named)
        manifest, report = changing.build(home, folder, work, workers=workers)
        return cls(home, manifest, encoder, report)

    @classmethod
    def open(cls, path: str | Path, *, model: str | Path | None = None) -> Corpus:
        """Return the corpus whose index is at `path`.

        Raises IndexNotFound, IndexCorrupt, IndexOutdated, or EncoderMismatch where it was built with another `model`.
        """
        home = find_place(path)
        return cls._opened(home, lambda of: None if model is None else check_encoder(SentenceEncoder(model), of, path))

    @classmethod
    def _opened(cls, home: Place, encoder: Callable[[Manifest], SentenceEncoder | None]) -> Corpus:
        while True:
            manifest = home.manifest()
            try:
                problems = home.check(manifest)
                if problems:
                    raise IndexCorrupt(f"{problems[0]}; rebuild with: recoupe build FOLDER {home.path}")
                return cls(home, manifest, encoder(manifest), WriteReport())
            except IndexCorrupt:
                # A writer may have swapped generations twice and deleted this one meanwhile: look at the new one then.
                if home.manifest() == manifest:
                    raise

    def current(self) -> Corpus:
        """Return the corpus as its index is now: this one, unless somebody else has written to it. Raises as `open`."""
        ours = self._manifest
        if self._home.manifest() == ours:
            return self
        same = ours.fingerprint
        return self._opened(self._home, lambda of: self._encoder if of.fingerprint == same else self._loaded(of))

    @staticmethod
    def verify(path: str | Path) -> list[str]:
        """Return what is wrong with the index at `path`, a sentence each. Raises IndexNotFound where there is none."""
        return changing.verify(find_place(path))

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        max_bytes: int = MAX_BYTES,
        columns: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> WriteReport:
        """Read these files and folders into the corpus and return what was read, reused and skipped.

        A file's source is its name, or its path relative to the folder given; a source that is there already is
        replaced, and one that its file holds no more leaves. `columns` is as for `build`, and joins what was named
        before. Raises CorpusError when none could be read.
        """
        check_columns(columns or {})
        with self._home.writing():
            self._refresh()
            known = self._backend.digests
            named = {**self._manifest.columns, **(columns or {})}
            work = Work(None, self._manifest.model, max_bytes, progress, named)
            result = changing.read_all(paths, known, work)
            if result.documents or result.gone:
                keep = set(known) - {d.source for d in result.documents} - set(result.gone)
                self._replace(result.documents, keep, replace(work, encoder=self.encoder) if result.documents else work)
            self.report = changing.report_added(result, self._manifest)
        return self.report

    def follow(self, folder: str | Path, *, progress: Progress | None = None) -> WriteReport:
        """Bring this corpus up to date with a folder, as `build` does with its index, and raise as that does."""
        manifest, self.report = changing.build(self._home, Path(folder), self._work(progress))
        self._use(manifest)
        return self.report

    def remove(self, sources: Iterable[str]) -> int:
        """Take these sources out of the corpus and return how many there were; a file stands for all its articles.

        Raises CorpusError, having removed nothing, where the corpus lacks one.
        """
        with self._home.writing():
            self._refresh()
            known = set(self._backend.digests)
            gone = changing.gone_of(sources, known, self.path)
            if gone:
                self._replace((), known - gone, Work(None, self._manifest.model, MAX_BYTES))
            self.report = WriteReport(removed=tuple(sorted(gone)), unread=self._manifest.unread)
        return len(gone)

    def describe(self, told: Mapping[str, Description], *, progress: Progress | None = None) -> tuple[Document, ...]:
        """Have the index say this of these sources until their files change, and return them so described.

        Raises CorpusError, having changed nothing, where the corpus lacks one, and for a date that is none.
        """
        with self._home.writing():
            self._refresh()
            described = changing.describe(told, self._backend, self.path)
            keep = set(self._backend.digests) - {document.source for document in described}
            self._replace(described, keep, self._work(progress))
            self.report = WriteReport(read=tuple(d.source for d in described), unread=self._manifest.unread)
        return described

    def reindex(self, *, progress: Progress | None = None) -> int:
        """Cut every document into paragraphs and encode it anew; return how many documents there are.

        Their text stands in the index, so that no file is needed.
        """
        with self._home.writing():
            self._refresh()
            documents = self.documents
            # An engine knows rows by what a document holds, and these hold the same: it begins new collections.
            before = self._manifest if isinstance(self._home, Folder) else None
            self._use(self._home.next_generation(before, change_to(documents, (), self._work(progress))))
            self.report = WriteReport(read=tuple(d.source for d in documents), unread=self._manifest.unread)
        return len(documents)

    def copy(self, path: str | Path, *, progress: Progress | None = None) -> Corpus:
        """Write this corpus, as it is, at another place, and return the corpus there; nothing is encoded again.

        Documents that are there already are left alone, and those that this corpus lacks leave.
        """
        home = find_place(path)
        home.refuse_foreign()
        manifest, report = changing.copy(self._backend, self._manifest, home, self._work(progress))
        return Corpus(home, manifest, self._encoder, report)

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        retriever: str = "hybrid",
        fusion: str = "zscore",
        weights: Mapping[str, float] | None = None,
        sources: Collection[str] | None = None,
    ) -> list[Hit]:
        """Return the k paragraphs that best answer a question, best first.

        `retriever` is "hybrid" (BM25, dense vectors and late interaction), "bm25" or "dense"; `fusion` is "zscore" or
        "rrf"; `weights` overrides `WEIGHTS`; `sources` restricts the search. An empty question finds nothing.
        """
        return self._searching().search(
            question, k=k, retriever=retriever, fusion=fusion, weights=weights, sources=sources
        )

    def query(self, question: str) -> Query:
        """Return the question as the index sees it: language, content words, and their alternatives with weights."""
        return self._searching().query(question)

    def _searching(self, backend: OpenGeneration | None = None) -> Searcher:
        """Return the searcher of this generation, made when it is first asked: it goes through the vocabulary."""
        backend, searcher = backend or self._backend, self._searcher
        if searcher is None or searcher.backend is not backend:
            me = weakref.proxy(self)  # with a cycle, what is not served any more would stay in memory
            searcher = Searcher(backend, lambda: me.encoder, self.languages, spellings=backend.spellings)
            self._searcher = searcher
        return searcher

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus, most frequent first, without those of under 2 % of the paragraphs."""
        counts = self._backend.languages
        return tuple(code for code, n in counts.items() if n >= 0.02 * sum(counts.values()))

    @property
    def encoder(self) -> SentenceEncoder:
        """The encoder that the index was built with, loaded when it is first needed."""
        with self._loading:
            if self._encoder is None:
                self._encoder = self._loaded(self._manifest)
            return self._encoder

    def _loaded(self, of: Manifest) -> SentenceEncoder:
        return check_encoder(SentenceEncoder(of.model or None), of, self.path)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source of the corpus, in order of name."""
        return tuple(sorted(self._backend.digests))

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document of the corpus, in order of source."""
        return tuple(self._backend.document(source) for source in self.sources)

    def document(self, source: str) -> Document:
        """Return a source's document. Raises KeyError for a source that the corpus lacks."""
        return self._backend.document(source)

    def contents(self, ids: Sequence[int]) -> list[Contents]:
        """Return what was read of these paragraphs when they were indexed: terms, sentences, facts."""
        return self._backend.contents(ids)

    def topic(self, source: str) -> Topic:
        """Return what a source's document is about. Raises KeyError for a source that the corpus lacks."""
        return self._backend.topic(source)

    def snapshot(self) -> Snapshot:
        """Return this generation, which stays as it is while another thread writes through this corpus."""
        backend = self._backend
        return Snapshot(backend, self._searching(backend))

    def info(self) -> dict[str, object]:
        """Return what the index holds and how it was made, as plain data."""
        return {"path": str(self.path), **changing.tell_index(self._manifest, self._backend)}

    def _refresh(self) -> None:
        """Look again at the manifest, under the lock: another process may have written since this corpus was opened."""
        current = self._home.manifest()
        if current != self._manifest:
            if current.fingerprint != self._manifest.fingerprint:
                self._encoder = None  # it was rebuilt with another, which `encoder` loads
            self._use(current)

    def _work(self, progress: Progress | None) -> Work:
        return Work(self.encoder, self._manifest.model, MAX_BYTES, progress, self._manifest.columns)

    def _replace(self, documents: Sequence[Document], keep: Collection[str], work: Work) -> None:
        self._use(self._home.next_generation(self._manifest, change_to(documents, keep, work)))
