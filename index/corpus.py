"""`Corpus`: build, open, add, remove, search."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from index import reading
from index.encoder import SentenceEncoder
from index.generation import chosen, split
from index.place import Folder, Place, checked, place, remembered
from index.records import CorpusError, Document, Hit, IndexCorrupt, IndexOutdated
from index.report import Progress, Report, nothing_read, stage
from index.search import Query, Searcher
from index.store import Manifest

__all__ = ["MAX_BYTES", "Corpus", "Progress", "Report"]

MAX_BYTES = 50_000_000
"""The largest file that is read, unless told otherwise."""


class Corpus:
    """A corpus of articles and its index on disk.

    >>> corpus = Corpus.build("seeds", "my-index")          # doctest: +SKIP
    >>> hits = corpus.search("how many soldiers died?")     # doctest: +SKIP
    """

    def __init__(self, home: Place, manifest: Manifest, encoder: SentenceEncoder | None, report: Report) -> None:
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
        workers: int = 0,
        progress: Progress | None = None,
    ) -> Corpus:
        """Read every article of a folder and return the corpus, its index written at `path`.

        `path` is a folder, or the address of a collection on an engine: ``milvus+http://host:19530/NAME``. An index
        that is there already is brought up to date: unchanged files keep their vectors, files that are gone leave.
        `model` is a hub name or a folder; without it, the encoder in the box. Files larger than `max_bytes` bytes are
        skipped. With `workers`, that many processes of Ray read, encode and write, on every machine of its cluster;
        they need an engine. Raises CorpusError when nothing could be read, IndexLocked when somebody else writes.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise CorpusError(f"{folder} is not a folder; give a folder of .txt, .md, .html, .pdf or .docx files")
        home = place(path)
        home.refuse_foreign()
        encoder, named = SentenceEncoder(model), remembered(model)
        if workers:
            from index.cluster import parallel

            manifest, report = parallel.build(
                home, folder, encoder=encoder, model=named, max_bytes=max_bytes, workers=workers, progress=progress
            )
            return cls(home, manifest, encoder, report)
        with home.writing():
            before = home.reusable(encoder)
            known = home.backend(before).digests if before else {}
            result = reading.read_folder(folder, max_bytes=max_bytes, known=known, progress=stage(progress, "reading"))
            if not result.documents and not result.unchanged:
                raise nothing_read(f" in {folder}", result.skipped)
            removed = tuple(sorted(set(known) - set(result.unchanged) - {d.source for d in result.documents}))
            manifest = home.next_generation(
                before,
                keep=set(result.unchanged),
                splits=[split(document) for document in result.documents],
                wanted={d.source: d.digest for d in result.documents},
                encoder=encoder,
                model=named,
                progress=stage(progress, "encoding"),
            )
        report = Report(
            read=tuple(d.source for d in result.documents),
            reused=tuple(result.unchanged),
            removed=removed,
            skipped=result.skipped,
            duplicates=result.duplicates,
        )
        return cls(home, manifest, encoder, report)

    @classmethod
    def open(cls, path: str | Path, *, model: str | Path | None = None) -> Corpus:
        """Return the corpus whose index is at `path`.

        Raises IndexNotFound, IndexCorrupt, IndexOutdated, or EncoderMismatch where `model` is not the encoder that
        the index was built with.
        """
        home = place(path)
        return cls._opened(home, lambda of: None if model is None else checked(SentenceEncoder(model), of, home.path))

    @classmethod
    def _opened(cls, home: Place, encoder: Callable[[Manifest], SentenceEncoder | None]) -> Corpus:
        while True:
            manifest = home.manifest()
            try:
                problems = home.check(manifest)
                if problems:
                    raise IndexCorrupt(f"{problems[0]}; rebuild with: recoupe build FOLDER {home.path}")
                return cls(home, manifest, encoder(manifest), Report())
            except IndexCorrupt:
                # A writer may have swapped generations twice and deleted this one meanwhile: look at the new one then.
                if home.manifest() == manifest:
                    raise

    def current(self) -> Corpus:
        """Return the corpus as its index is now: this one, unless somebody else has written to it. Raises as `open`."""
        ours = self._manifest
        if self._home.manifest() == ours:
            return self
        return self._opened(
            self._home, lambda of: self._encoder if of.fingerprint == ours.fingerprint else self._loaded(of)
        )

    @staticmethod
    def verify(path: str | Path) -> list[str]:
        """Return what is wrong with the index at `path`, one sentence each; empty when it is whole.

        Raises IndexNotFound where there is none.
        """
        home = place(path)
        try:
            manifest = home.manifest()
            return home.check(manifest, whole=True) or home.backend(manifest).problems()
        except (IndexCorrupt, IndexOutdated) as error:
            return [str(error)]

    def add(
        self, paths: Iterable[str | Path], *, max_bytes: int = MAX_BYTES, progress: Progress | None = None
    ) -> Report:
        """Read these files and folders into the corpus and return what was read, reused and skipped.

        A file's source is its name, or its path relative to the folder given; a source that is there already is
        replaced. Raises CorpusError when none could be read.
        """
        with self._home.writing():
            self._refresh()
            known = self._backend.digests
            results = [
                reading.read_path(Path(p), max_bytes=max_bytes, known=known, progress=stage(progress, "reading"))
                for p in paths
            ]
            documents = tuple({d.source: d for result in results for d in result.documents}.values())
            unchanged = tuple(source for result in results for source in result.unchanged)
            skipped = tuple(s for result in results for s in result.skipped)
            if not documents and not unchanged:
                raise nothing_read("", skipped)
            if documents:
                keep = set(known) - {d.source for d in documents}
                self._replace(keep=keep, documents=documents, progress=progress)
            self.report = Report(
                read=tuple(d.source for d in documents),
                reused=unchanged,
                skipped=skipped,
                duplicates=tuple(pair for result in results for pair in result.duplicates),
            )
        return self.report

    def remove(self, sources: Iterable[str]) -> int:
        """Take these sources out of the corpus and return how many there were.

        Raises CorpusError, having removed nothing, where the corpus lacks one.
        """
        with self._home.writing():
            self._refresh()
            known, gone = set(self._backend.digests), set(sources)
            if gone - known:
                raise CorpusError(
                    f"the corpus at {self.path} has no source {sorted(gone - known)[0]!r}; recoupe info lists them"
                )
            if gone:
                self._replace(keep=known - gone, documents=(), progress=None)
            self.report = Report(removed=tuple(sorted(gone)))
        return len(gone)

    def reindex(self, *, progress: Progress | None = None) -> int:
        """Cut every document into paragraphs and encode it anew; return how many documents there are.

        Their text stands in the index, so that no file is needed. The encoder is the one of the index's name as it is
        now: an index of a former encoder becomes one of the encoder in the box.
        """
        with self._home.writing():
            self._refresh()
            documents, encoder = self.documents, self._encoder or SentenceEncoder(self._manifest.model or None)
            manifest = self._home.next_generation(
                # An engine knows rows by what a document holds, and these hold the same: it begins new collections.
                self._manifest if isinstance(self._home, Folder) else None,
                keep=set(),
                splits=[split(document) for document in documents],
                wanted={d.source: d.digest for d in documents},
                encoder=encoder,
                model=self._manifest.model,
                progress=stage(progress, "encoding"),
            )
            self._encoder = encoder
            self._use(manifest)
            self.report = Report(read=tuple(d.source for d in documents))
        return len(documents)

    def copy(self, path: str | Path, *, progress: Progress | None = None) -> Corpus:
        """Write this corpus, as it is, at another place, and return the corpus there; nothing is encoded again.

        Documents that are there already are left alone, and those that this corpus lacks leave.
        """
        home = place(path)
        home.refuse_foreign()
        with home.writing():
            before = home.reusable(self.encoder)
            there = home.backend(before).digests if before else {}
            wanted = {s: d for s, d in self._backend.digests.items() if there.get(s) != d}
            segments = {segment.name for segment in self._manifest.segments}
            manifest = home.next_generation(
                before,
                keep=set(self._backend.digests) - set(wanted),
                splits=chosen(self._backend.splits(segments), wanted, stage(progress, "copying")),
                wanted=wanted,
                encoder=self.encoder,
                model=self._manifest.model,
                progress=None,
            )
        report = Report(
            read=tuple(wanted),
            reused=tuple(sorted(self._backend.digests.keys() - wanted)),
            removed=tuple(sorted(there.keys() - self._backend.digests)),
        )
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

    def _searching(self) -> Searcher:
        """Return the searcher of this generation, made when it is first asked: it goes through the vocabulary."""
        backend, searcher = self._backend, self._searcher
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
        return checked(SentenceEncoder(of.model or None), of, self.path)

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

    def info(self) -> dict[str, object]:
        """Return what the index holds and how it was made, as plain data."""
        return {
            "path": str(self.path),
            "generation": self._manifest.generation,
            "format": self._manifest.format,
            "encoder": self._manifest.encoder,
            "dimension": self._manifest.dim,
            "sources": len(self.sources),
            "paragraphs": int(self._backend.alive.sum()),
            "languages": self._backend.languages,
        }

    def _refresh(self) -> None:
        """Look again at the manifest, under the lock: another process may have written since this corpus was opened."""
        current = self._home.manifest()
        if current != self._manifest:
            if current.fingerprint != self._manifest.fingerprint:
                self._encoder = None  # it was rebuilt with another, which `encoder` loads
            self._use(current)

    def _replace(self, *, keep: set[str], documents: tuple[Document, ...], progress: Progress | None) -> None:
        manifest = self._home.next_generation(
            self._manifest,
            keep=keep,
            splits=[split(document) for document in documents],
            wanted={d.source: d.digest for d in documents},
            encoder=self.encoder if documents else None,
            model=self._manifest.model,
            progress=stage(progress, "encoding"),
        )
        self._use(manifest)
