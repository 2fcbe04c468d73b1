"""What does the next generation hold? The segments that stay, and a new one for what was read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import interaction, paragraphs
from index.encoder import SentenceEncoder
from index.facts.contents import VERSION
from index.language import paragraph_language
from index.local import LocalBackend
from index.records import CorpusError, Document, IndexCorrupt, IndexOutdated, Paragraph
from index.report import Progress, stage
from index.resume import PART, Encoded, keep_part, part_file, read_part
from index.segment import write_segment
from index.splits import Embed, Split
from index.store import FORMAT, MANIFEST, Manifest, Segment, Store

_MAX_SEGMENTS = 8
"""Segments of a generation; one more, and all but the largest are merged."""


def split(document: Document) -> Split:
    """Return a document with its paragraphs, ready to be indexed."""
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


def choose(
    splits: Iterable[Split], sources: Collection[str], tell: Callable[[int, int], None] | None
) -> Iterator[Split]:
    """Yield the documents of these sources, one by one, telling after each how many there were and will be."""
    for done, found in enumerate((s for s in splits if s.document.source in sources), start=1):
        yield found
        if tell:
            tell(done, len(sources))


@dataclass(frozen=True, slots=True)
class Work:
    """With what a write encodes, and how it reads."""

    encoder: SentenceEncoder | None
    """May be None where nothing comes that needs encoding."""
    model: str
    """The hub name or folder that the encoder was loaded from; "" for the one in the box."""
    max_bytes: int
    """The largest file that is read."""
    progress: Progress | None = None
    columns: Mapping[str, str] | None = None
    """What the columns of tables hold, by their names; None where that does not matter."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write makes of a corpus."""

    keep: Collection[str] = ()
    """The sources of the generation before that stay."""
    splits: Iterable[Split] = ()
    """The documents that come."""
    wanted: Mapping[str, str] = field(default_factory=dict)
    """The digests of the documents in `splits` by source, so that they may come one by one."""
    encoder: SentenceEncoder | None = None
    """May be None where there is nothing to encode."""
    model: str = ""
    """The hub name or folder that the encoder was loaded from; "" for the one in the box."""
    progress: Callable[[int, int], None] | None = None
    ignored: Mapping[str, int] | None = None
    """How many files of each kind that is not read the folder held; None where no folder was built."""
    columns: Mapping[str, str] | None = None
    """What the columns of tables hold, by their names; None where that stays as it was."""
    reread: bool = False
    """Whether documents that an earlier reader of facts read are read again; nothing is encoded for that."""


def change_to(documents: Sequence[Document], keep: Collection[str], work: Work) -> Change:
    """Return the change that keeps these sources and brings these documents, cut into paragraphs."""
    return Change(
        keep=keep,
        splits=[split(document) for document in documents],
        wanted={d.source: d.digest for d in documents},
        encoder=work.encoder,
        model=work.model,
        progress=stage(work.progress, "encoding"),
        columns=work.columns,
    )


def next_generation(store: Store, before: Manifest | None, backend: LocalBackend | None, change: Change) -> Manifest:
    """Write the generation that a change makes of the one before, and return its manifest.

    The store must be held for writing. `backend` is open on `before`; both are None for a first generation.
    """
    splits = list(change.splits)
    kept, merging = _kept_segments(before, backend, change) if before and backend else ((), ())
    if before and merging:
        # What was altered meanwhile must not get a new, fitting digest.
        problems = store.check(replace(before, segments=merging), whole=True)
        if problems:
            raise IndexCorrupt(f"{problems[0]}; rebuild with: recoupe build FOLDER {store.path}")
        living = LocalBackend(store, replace(before, segments=merging))
        splits = [*living.splits({s.name for s in merging}), *splits]
    manifest = _empty_manifest(before, change)
    manifest = told_manifest(manifest, before, change)
    same = before and (manifest.ignored, manifest.columns) == (before.ignored, before.columns)
    if before and same and not splits and kept == before.segments:
        store.forget_parts()
        return before
    if splits:
        folder = store.new_folder()
        embed = make_embedder(change.encoder, store.partial)
        segment = write_segment(folder, splits, embed, manifest, progress=change.progress)
        kept = (*kept, store.sealed(folder, segment))
    return store.commit(replace(manifest, segments=kept, format=FORMAT), before=before)


def _empty_manifest(before: Manifest | None, change: Change) -> Manifest:
    encoder = change.encoder
    if encoder is not None:
        return Manifest(0, encoder.name, encoder.fingerprint, change.model, encoder.dim, encoder.token_dim)
    if before is None:
        raise ValueError("a first generation needs an encoder")
    return before


def told_manifest(manifest: Manifest, before: Manifest | None, change: Change) -> Manifest:
    """Return a manifest with what a change says of a folder, and where it says nothing, what was said before."""
    ignored = change.ignored if change.ignored is not None else before.ignored if before else {}
    columns = change.columns if change.columns is not None else before.columns if before else {}
    return replace(manifest, ignored=dict(ignored), columns=dict(columns))


def make_embedder(encoder: SentenceEncoder | None, partial: Path | None = None) -> Embed:
    """Return what gives vectors to the paragraphs of a write; without an encoder, all must be known.

    In the folder `partial` whole parts are kept, and looked for.
    """

    def embed(texts: Sequence[str]) -> Encoded:
        if encoder is None:
            raise ValueError("new paragraphs need an encoder")
        file = part_file(partial, texts, encoder.fingerprint) if partial and len(texts) == PART else None
        found = read_part(file) if file else None
        if found is None:
            vectors, tokens = encoder.embed(texts)
            found = vectors, [interaction.quantise(own) for own in tokens]
            if file:
                with suppress(OSError):  # a disk that has no room for both has room for the index
                    keep_part(file, *found)
        return found

    return embed


def _kept_segments(
    before: Manifest, backend: LocalBackend, change: Change
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return the segments of a generation that stay, with the documents that leave marked, and those to be merged."""
    gone: dict[str, list[int]] = {}
    for source in set(backend.digests) - set(change.keep):
        name, number = backend.place(source)
        gone.setdefault(name, []).append(number)
    segments = [replace(s, removed=tuple(sorted({*s.removed, *gone.get(s.name, ())}))) for s in before.segments]
    segments = [s for s in segments if len(s.removed) < s.documents]
    stale = [s for s in segments if change.reread and (s.reader != VERSION or s.unread)]
    merging = [s for s in segments if 2 * len(s.removed) > s.documents or s in stale]
    if len(segments) - len(merging) >= _MAX_SEGMENTS:
        largest = max(segments, key=lambda s: s.paragraphs)
        merging = [s for s in segments if s is not largest or s in merging]
    return tuple(s for s in segments if s not in merging), tuple(merging)


def refuse_foreign_folder(store: Store) -> None:
    """Raise CorpusError when the place for an index holds something else."""
    if store.path.is_dir():
        own = {MANIFEST, MANIFEST + ".new", "lock", "segments", store.partial.name}
        strangers = {p.name for p in store.path.iterdir()} - own
        if strangers and not store.exists():
            raise CorpusError(
                f"{store.path} holds other files ({sorted(strangers)[0]}); give the index a folder of its own"
            )
    elif store.path.exists():
        raise CorpusError(f"{store.path} is a file; give the index a folder of its own")


def find_reusable(store: Store, encoder: SentenceEncoder) -> Manifest | None:
    """Return the manifest of an index that can be brought up to date; None where a new one must be made."""
    if not store.exists():
        return None
    try:
        manifest = store.manifest()
    except (IndexCorrupt, IndexOutdated):
        return None
    same = (manifest.fingerprint, manifest.token_dim) == (encoder.fingerprint, encoder.token_dim)
    return manifest if same and not store.check(manifest, whole=True) else None
