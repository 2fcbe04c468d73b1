"""`Corpus`: build, open, add, remove, search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index import interaction, paragraphs, reading
from index.encoder import SentenceEncoder
from index.language import detect, paragraph_language, terms
from index.lexicon import Lexicon
from index.local import LocalBackend, Split, write_segment
from index.records import (
    Alternatives,
    CorpusError,
    Document,
    EncoderMismatch,
    Hit,
    IndexCorrupt,
    IndexOutdated,
    Paragraph,
    Ranking,
    Skipped,
    ranked,
)
from index.store import MANIFEST, Manifest, Segment, Store

MAX_BYTES = 50_000_000
"""The largest file that is read, unless told otherwise."""

CANDIDATES = 100
"""Paragraphs that each leg proposes for fusion, at least."""

RESCORED = 50
"""Fused candidates that late interaction re-scores, at least."""

WEIGHTS = {"lexical": 1.0, "dense": 1.0, "interaction": 2.0}
"""Weights of the standardised scores, chosen on the development sets; see the README's table."""

RRF_CONSTANT = 60
"""k of reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009)."""

_MAX_SEGMENTS = 8

Progress = Callable[[str, int, int], None]
"""Is told the stage ("reading" or "encoding"), how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a write did, source by source."""

    read: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    """Sources that had not changed: their vectors were kept."""
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    """Pairs of a source and the source read earlier whose file is byte for byte the same."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index sees it."""

    text: str
    language: str
    words: tuple[tuple[int, int], ...]
    """The offsets of the question's content words in `text`."""
    stems: tuple[str, ...]
    terms: tuple[Alternatives, ...] = field(default=())
    """For each content word its weighted alternatives in the languages of the corpus."""
    idf: tuple[float, ...] = ()


def fuse(
    rankings: Mapping[str, Ranking],
    *,
    method: str = "zscore",
    weights: Mapping[str, float] | None = None,
    floors: Mapping[str, float] | None = None,
) -> Ranking:
    """Return one ranking of every paragraph that any of the named rankings holds.

    "zscore" sums the weighted standardised scores, (score - mean) / deviation over the candidates; a paragraph that a
    ranking lacks takes that ranking's floor (its lowest score unless given). "rrf" sums weight / (60 + rank). The
    order in which the rankings come does not matter.
    """
    if method not in ("zscore", "rrf"):
        raise ValueError(f'method is "zscore" or "rrf", not {method!r}')
    ids = sorted({id_ for ranking in rankings.values() for id_, _ in ranking})
    total = np.zeros(len(ids))
    for name in sorted(rankings):
        weight = (weights or WEIGHTS).get(name, 1.0)
        if not rankings[name] or not weight:
            continue
        if method == "rrf":
            places = {id_: place for place, (id_, _) in enumerate(rankings[name], 1)}
            total += [weight / (RRF_CONSTANT + places[id_]) if id_ in places else 0.0 for id_ in ids]
            continue
        scores = dict(rankings[name])
        floor = (floors or {}).get(name, min(scores.values()))
        total += weight * standardised([scores.get(id_, floor) for id_ in ids])
    return ranked(ids, total)


def standardised(scores: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return (score - mean) / deviation, shape (n,); zeros where all scores are the same."""
    array = np.asarray(scores, np.float64)
    deviation = array.std()
    return (array - array.mean()) / deviation if deviation > 1e-9 else np.zeros(len(array))


class Corpus:
    """A corpus of articles and its index on disk.

    >>> corpus = Corpus.build("seeds", "my-index")          # doctest: +SKIP
    >>> hits = corpus.search("how many soldiers died?")     # doctest: +SKIP
    """

    def __init__(self, store: Store, manifest: Manifest, encoder: SentenceEncoder | None, report: Report) -> None:
        self.path = store.path
        self.report = report
        """What the last build, add or remove of this object did."""
        self._store = store
        self._manifest = manifest
        self._encoder = encoder
        self._loading = threading.Lock()
        self._backend = LocalBackend(store, manifest)

    @classmethod
    def build(
        cls,
        folder: str | Path,
        path: str | Path = ".recoupe",
        *,
        model: str | Path | None = None,
        max_bytes: int = MAX_BYTES,
        progress: Progress | None = None,
    ) -> Corpus:
        """Read every article of a folder and return the corpus, its index written at `path`.

        An index that is there already is brought up to date: unchanged files keep their vectors, files that are gone
        leave. `model` is a hub name or a folder; without it, the encoder in the box. Files larger than `max_bytes`
        bytes are skipped. Raises CorpusError when nothing could be read, IndexLocked when somebody else writes.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise CorpusError(f"{folder} is not a folder; give a folder of .txt, .md, .html, .pdf or .docx files")
        store = Store(path)
        _refuse_foreign_folder(store)
        encoder = SentenceEncoder(model)
        with store.writing():
            before = _reusable(store, encoder)
            known = LocalBackend(store, before).digests if before else {}
            result = reading.read_folder(
                folder, max_bytes=max_bytes, known=known, progress=_stage(progress, "reading")
            )
            if not result.documents and not result.unchanged:
                reasons = "; ".join(f"{s.source}: {s.reason}" for s in result.skipped[:5])
                raise CorpusError(
                    f"nothing could be read in {folder}" + (f" ({reasons})" if reasons else ": it holds no articles")
                )
            removed = tuple(sorted(set(known) - set(result.unchanged) - {d.source for d in result.documents}))
            manifest = _written(
                store,
                before,
                keep=set(result.unchanged),
                documents=result.documents,
                encoder=encoder,
                model="" if model is None else str(model),
                progress=progress,
            )
        report = Report(
            read=tuple(d.source for d in result.documents),
            reused=tuple(result.unchanged),
            removed=removed,
            skipped=result.skipped,
            duplicates=result.duplicates,
        )
        return cls(store, manifest, encoder, report)

    @classmethod
    def open(cls, path: str | Path, *, model: str | Path | None = None) -> Corpus:
        """Return the corpus whose index is at `path`.

        Raises IndexNotFound, IndexCorrupt, IndexOutdated, or EncoderMismatch where `model` is not the encoder that
        the index was built with.
        """
        store = Store(path)
        for attempt in (1, 2):
            manifest = store.manifest()
            problems = store.check(manifest)
            if not problems:
                break
            # A writer may have swapped generations twice between the two reads: look at the new one before judging.
            if attempt == 2 or store.manifest() == manifest:
                raise IndexCorrupt(f"{problems[0]}; rebuild with: recoupe build FOLDER {path}")
        encoder = None
        if model is not None:
            encoder = _checked(SentenceEncoder(model), manifest, store.path)
        return cls(store, manifest, encoder, Report())

    @staticmethod
    def verify(path: str | Path) -> list[str]:
        """Return what is wrong with the index at `path`, one sentence each; empty when it is whole.

        Raises IndexNotFound where there is none.
        """
        store = Store(path)
        try:
            manifest = store.manifest()
            problems = store.check(manifest)
            return problems or LocalBackend(store, manifest).problems()
        except (IndexCorrupt, IndexOutdated) as error:
            return [str(error)]

    def add(
        self, paths: Iterable[str | Path], *, max_bytes: int = MAX_BYTES, progress: Progress | None = None
    ) -> Report:
        """Read these files and folders into the corpus and return what was read, reused and skipped.

        A file's source is its name, or its path relative to the folder given; a source that is there already is
        replaced. Raises CorpusError when none could be read.
        """
        with self._store.writing():
            self._refresh()
            known = self._backend.digests
            results = [
                reading.read_path(Path(p), max_bytes=max_bytes, known=known, progress=_stage(progress, "reading"))
                for p in paths
            ]
            documents = tuple({d.source: d for result in results for d in result.documents}.values())
            unchanged = tuple(source for result in results for source in result.unchanged)
            skipped = tuple(s for result in results for s in result.skipped)
            if not documents and not unchanged:
                reasons = "; ".join(f"{s.source}: {s.reason}" for s in skipped[:5])
                raise CorpusError(f"nothing could be read ({reasons or 'no articles there'})")
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
        with self._store.writing():
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
        if retriever not in ("hybrid", "bm25", "dense"):
            raise ValueError(f'retriever is "hybrid", "bm25" or "dense", not {retriever!r}')
        if fusion not in ("zscore", "rrf"):
            raise ValueError(f'fusion is "zscore" or "rrf", not {fusion!r}')
        if k < 1:
            raise ValueError(f"k is at least 1, not {k}")
        query = self.query(question)
        if not query.text:
            return []
        depth = max(CANDIDATES, 2 * k)
        rankings: dict[str, Ranking] = {}
        if retriever != "dense":
            rankings["lexical"] = self._backend.lexical(query.terms, depth, sources=sources)
        if retriever != "bm25":
            vector = self.encoder.queries([query.text])[0]
            rankings["dense"] = self._backend.dense(vector, depth, sources=sources)
        # A paragraph that BM25 did not return scored nothing, unless the ranking was cut.
        floors = {} if len(rankings.get("lexical", ())) >= depth else {"lexical": 0.0}
        weights = WEIGHTS if weights is None else weights
        final = fuse(rankings, method=fusion, weights=weights, floors=floors)
        if retriever == "hybrid" and weights.get("interaction", 0) and self.encoder.token_dim:
            final, rankings["interaction"] = self._rescored(query, final, max(RESCORED, k), weights["interaction"])
        return self._hits(query, final[:k], rankings)

    def _rescored(self, query: Query, fused: Ranking, count: int, weight: float) -> tuple[Ranking, Ranking]:
        """Return the fused ranking with its top re-scored by late interaction, and that ranking on its own."""
        top = fused[:count]
        if not top:
            return fused, []
        ids = [id_ for id_, _ in top]
        tokens = self.encoder.query_tokens(query.text)
        weights = interaction.token_weights(tokens.starts, tokens.ends, query.words, query.idf)
        scores = interaction.maxsim(tokens.vectors, weights, self._backend.tokens(ids))
        total = standardised([score for _, score in top]) + weight * standardised(scores.tolist())
        lowest = float(total.min()) - 1
        rest = [(id_, lowest - place) for place, (id_, _) in enumerate(fused[count:])]
        return ranked(ids, total) + rest, ranked(ids, scores.tolist())

    def _hits(self, query: Query, final: Ranking, rankings: Mapping[str, Ranking]) -> list[Hit]:
        places = {name: {id_: n for n, (id_, _) in enumerate(r, 1)} for name, r in rankings.items()}
        cosine = dict(rankings.get("dense", ()))
        found = self._backend.paragraphs([id_ for id_, _ in final])
        return [
            Hit(
                paragraph=paragraph,
                score=score,
                ranks={name: place[id_] for name, place in places.items() if id_ in place},
                similarity=cosine.get(id_, 0.0),
            )
            for paragraph, (id_, score) in zip(found, final, strict=True)
        ]

    def query(self, question: str) -> Query:
        """Return the question as the index sees it: language, content words, and their alternatives with weights."""
        text = reading.normalised(question).strip()
        languages = self.languages
        spoken = ("fr", "en", *(code for code in languages if code not in ("fr", "en")))
        language = detect(text, spoken)
        found = terms(text, language)
        alternatives = Lexicon.load().expand(found, language, languages or ("fr",))
        return Query(
            text=text,
            language=language,
            words=tuple((term.start, term.end) for term in found),
            stems=tuple(term.stem for term in found),
            terms=tuple(alternatives),
            idf=tuple(self._backend.idf(alternatives)),
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus, most frequent first; one that holds under 2 % of the paragraphs does not count."""
        counts = self._backend.languages
        return tuple(code for code, n in counts.items() if n >= 0.02 * sum(counts.values()))

    @property
    def encoder(self) -> SentenceEncoder:
        """The encoder that the index was built with, loaded when it is first needed."""
        with self._loading:
            if self._encoder is None:
                encoder = SentenceEncoder(self._manifest.model or None)
                self._encoder = _checked(encoder, self._manifest, self.path)
            return self._encoder

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
        current = self._store.manifest()
        if current != self._manifest:
            self._manifest, self._backend = current, LocalBackend(self._store, current)

    def _replace(self, *, keep: set[str], documents: tuple[Document, ...], progress: Progress | None) -> None:
        self._manifest = _written(
            self._store,
            self._manifest,
            keep=keep,
            documents=documents,
            encoder=self.encoder if documents else None,
            model=self._manifest.model,
            progress=progress,
        )
        self._backend = LocalBackend(self._store, self._manifest)


def _refuse_foreign_folder(store: Store) -> None:
    """Raise CorpusError when the place for an index holds something else."""
    if store.path.is_dir():
        strangers = {p.name for p in store.path.iterdir()} - {MANIFEST, MANIFEST + ".new", "lock", "segments"}
        if strangers and not store.exists():
            raise CorpusError(f"{store.path} holds other files ({sorted(strangers)[0]}); give the index a folder of its own")
    elif store.path.exists():
        raise CorpusError(f"{store.path} is a file; give the index a folder of its own")


def _reusable(store: Store, encoder: SentenceEncoder) -> Manifest | None:
    """Return the manifest of an index that can be brought up to date; None where a new one must be made."""
    if not store.exists():
        return None
    try:
        manifest = store.manifest()
    except (IndexCorrupt, IndexOutdated):
        return None
    same = (manifest.fingerprint, manifest.token_dim) == (encoder.fingerprint, encoder.token_dim)
    return manifest if same and not store.check(manifest) else None


def _checked(encoder: SentenceEncoder, manifest: Manifest, path: Path) -> SentenceEncoder:
    if encoder.fingerprint != manifest.fingerprint:
        raise EncoderMismatch(
            f"the index at {path} was built with the encoder {manifest.encoder}, not {encoder.name}; open it without "
            f"a model, or rebuild it with: recoupe build FOLDER {path} --model {encoder.name}"
        )
    return encoder


def _stage(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(stage, done, total)


def _split(document: Document) -> Split:
    blocks = paragraphs.split(document.text, language=document.language, title=document.title)
    return Split(
        document,
        tuple(
            Paragraph(
                id=-1,
                source=document.source,
                title=document.title,
                heading=block.heading,
                start=block.start,
                end=block.end,
                text=document.text[block.start : block.end],
                language=paragraph_language(document.text[block.start : block.end], document.language),
            )
            for block in blocks
        ),
    )


def _written(
    store: Store,
    before: Manifest | None,
    *,
    keep: set[str],
    documents: Sequence[Document],
    encoder: SentenceEncoder | None,
    model: str,
    progress: Progress | None,
) -> Manifest:
    """Write the generation that keeps these sources of the one before and adds these documents; return its manifest."""
    kept, merging = _kept_segments(store, before, keep) if before else ((), ())
    splits = [_split(document) for document in documents]
    if before and merging:
        backend = LocalBackend(store, replace(before, segments=merging))
        splits = [*backend.splits({s.name for s in merging}), *splits]
    if splits:
        dim, token_dim = (encoder.dim, encoder.token_dim) if encoder else (before.dim, before.token_dim) if before else (0, 0)
        folder = store.new_folder()

        def embed(texts: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
            assert encoder is not None
            vectors, tokens = encoder.embed(texts)
            return vectors, [interaction.quantise(own) for own in tokens]

        count = write_segment(folder, splits, embed, dim=dim, token_dim=token_dim, progress=_stage(progress, "encoding"))
        kept = (*kept, store.sealed(folder, documents=len(splits), paragraphs=count))
    if encoder is not None:
        manifest = Manifest(0, encoder.name, encoder.fingerprint, model, encoder.dim, encoder.token_dim, kept)
    else:
        assert before is not None
        manifest = replace(before, segments=kept)
    return store.commit(manifest, before=before)


def _kept_segments(store: Store, before: Manifest, keep: set[str]) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return the segments of a generation that stay, with the documents that leave marked, and those to be merged."""
    backend = LocalBackend(store, before)
    gone: dict[str, list[int]] = {}
    for source in set(backend.digests) - keep:
        name, number = backend.place(source)
        gone.setdefault(name, []).append(number)
    segments = [replace(s, removed=tuple(sorted({*s.removed, *gone.get(s.name, ())}))) for s in before.segments]
    segments = [s for s in segments if len(s.removed) < s.documents]
    merging = [s for s in segments if 2 * len(s.removed) > s.documents]
    if len(segments) - len(merging) >= _MAX_SEGMENTS:
        largest = max(segments, key=lambda s: s.paragraphs)
        merging = [s for s in segments if s is not largest]
    return tuple(s for s in segments if s not in merging), tuple(merging)
