"""What does a write read, keep and take away, and what does it report? Building, adding and copying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import reading
from index.facts import LANGUAGES
from index.generation import Change, Work, change_to, choose
from index.records import CorpusError, Document, IndexCorrupt, IndexNotFound, IndexOutdated
from index.report import WriteReport, nothing_read, stage
from index.store import Manifest

if TYPE_CHECKING:
    from index.place import OpenGeneration, Place


def build(home: Place, folder: Path, work: Work, *, workers: int = 0) -> tuple[Manifest, WriteReport]:
    """Bring the index at a place up to date with a folder; return its manifest, and what was done.

    With `workers`, so many processes of Ray do it. Raises CorpusError when nothing could be read, IndexLocked when
    somebody else writes.
    """
    if work.encoder is None:
        raise ValueError("a build needs an encoder")
    if workers:
        from index.cluster import parallel

        return parallel.build(home, folder, work, workers=workers)
    with home.writing():
        before = home.reusable(work.encoder)
        known = home.backend(before).digests if before else {}
        tell = stage(work.progress, "reading")
        result = reading.read_folder(folder, max_bytes=work.max_bytes, known=known, columns=work.columns, progress=tell)
        if not result.documents and not result.unchanged:
            raise nothing_read(f" in {folder}", result.skipped, result.ignored)
        change = replace(change_to(result.documents, result.unchanged, work), ignored=result.ignored, reread=True)
        manifest = home.next_generation(before, change)
    removed = set(known) - set(result.unchanged) - {d.source for d in result.documents}
    return manifest, _report(result, removed, manifest)


def verify(home: Place) -> list[str]:
    """Return what is wrong with the index at a place, one sentence each. Raises IndexNotFound where there is none."""
    try:
        manifest = home.manifest()
        return home.check(manifest, whole=True) or home.backend(manifest).problems()
    except (IndexCorrupt, IndexOutdated) as error:
        return [str(error)]


def columns_of(home: Place) -> Mapping[str, str]:
    """Return what the columns of tables hold, as the index there remembers."""
    try:
        return home.manifest().columns
    except (IndexNotFound, IndexCorrupt, IndexOutdated):
        return {}


def read_all(paths: Iterable[str | Path], known: dict[str, str], work: Work) -> reading.Reading:
    """Return what these files and folders hold, all together. Raises CorpusError when none could be read."""
    tell = stage(work.progress, "reading")
    results = [
        reading.read_path(Path(p), max_bytes=work.max_bytes, known=known, columns=work.columns, progress=tell)
        for p in paths
    ]
    documents = {d.source: d for result in results for d in result.documents}
    whole = reading.Reading(
        documents=tuple(documents.values()),
        skipped=tuple(s for result in results for s in result.skipped),
        duplicates=tuple(pair for result in results for pair in result.duplicates),
        unchanged=tuple(source for result in results for source in result.unchanged),
        ignored=sum((Counter(result.ignored) for result in results), Counter[str]()),
        gone=tuple(sorted({source for result in results for source in result.gone} - documents.keys())),
        guessed=tuple(one for result in results for one in result.guessed),
    )
    if not whole.documents and not whole.unchanged:
        raise nothing_read("", whole.skipped, whole.ignored)
    return whole


def report_added(result: reading.Reading, manifest: Manifest) -> WriteReport:
    """Return what adding these files did."""
    return _report(result, set(result.gone), manifest)


def _report(result: reading.Reading, removed: set[str], manifest: Manifest) -> WriteReport:
    return WriteReport(
        read=tuple(d.source for d in result.documents),
        reused=tuple(result.unchanged),
        removed=tuple(sorted(removed)),
        skipped=result.skipped,
        duplicates=result.duplicates,
        unread=manifest.unread,
        ignored=result.ignored,
        guessed=result.guessed,
    )


def copy(ours: OpenGeneration, manifest: Manifest, home: Place, work: Work) -> tuple[Manifest, WriteReport]:
    """Write the documents of an open generation at another place; return the manifest there, and what was done.

    Documents that are there already are left alone, and those that this generation lacks leave.
    """
    if work.encoder is None:
        raise ValueError("a copy needs an encoder")
    with home.writing():
        before = home.reusable(work.encoder)
        there = home.backend(before).digests if before else {}
        wanted = {s: d for s, d in ours.digests.items() if there.get(s) != d}
        splits = ours.splits({segment.name for segment in manifest.segments})
        change = Change(
            keep=set(ours.digests) - set(wanted),
            splits=choose(splits, wanted, stage(work.progress, "copying")),
            wanted=wanted,
            encoder=work.encoder,
            model=work.model,
            columns=manifest.columns,
        )
        written = home.next_generation(before, change)
    report = WriteReport(
        read=tuple(wanted),
        reused=tuple(sorted(ours.digests.keys() - wanted)),
        removed=tuple(sorted(there.keys() - ours.digests)),
        unread=written.unread,
    )
    return written, report


@dataclass(frozen=True, slots=True)
class Description:
    """What somebody says of a source; None leaves as it is what the article says itself, "" says that there is none."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    """ISO 8601."""
    url: str | None = None
    language: str | None = None

    def of(self, document: Document) -> Document:
        """Return a document so described. Raises CorpusError for a date that is none."""
        told: dict[str, Any] = {name: value.strip() for name in _TOLD if (value := getattr(self, name)) is not None}
        if self.published is not None:
            try:
                told["published"] = date.fromisoformat(self.published.strip()) if self.published.strip() else None
            except ValueError:
                raise CorpusError(f"{self.published[:40]!r} is no date; write it as 2024-12-31") from None
        return replace(document, **told)


_TOLD = ("title", "outlet", "url", "language")


def describe(told: Mapping[str, Description], backend: OpenGeneration, path: object) -> tuple[Document, ...]:
    """Return the documents of these sources as they are described. Raises CorpusError where the corpus lacks one."""
    unknown = sorted(told.keys() - backend.digests.keys())
    if unknown:
        raise CorpusError(f"the corpus at {path} has no source {unknown[0]!r}; recoupe info lists them")
    return tuple(own.of(backend.document(source)) for source, own in told.items())


def tell_index(manifest: Manifest, backend: OpenGeneration) -> dict[str, object]:
    """Return what an index holds and how it was made, as plain data."""
    return {
        "generation": manifest.generation,
        "format": manifest.format,
        "encoder": manifest.encoder,
        "dimension": manifest.dim,
        "sources": len(backend.digests),
        "paragraphs": int(backend.alive.sum()),
        "languages": backend.languages,
        "without_facts": {code: n for code, n in backend.languages.items() if code not in LANGUAGES},
        "unread": manifest.unread,
        "columns": dict(manifest.columns),
        "ignored": dict(sorted(manifest.ignored.items())),
    }


def gone_of(names: Iterable[str], known: set[str], path: object) -> set[str]:
    """Return the sources that these names stand for; the name of a file with several articles stands for all of them.

    Raises CorpusError where the corpus at `path` lacks one.
    """
    gone = {source for name in names for source in reading.sources_of(name, known)}
    if gone - known:
        raise CorpusError(f"the corpus at {path} has no source {sorted(gone - known)[0]!r}; recoupe info lists them")
    return gone
