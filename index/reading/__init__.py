"""What do these files say? A folder of articles, read one file at a time; what cannot be read is reported, never fatal.

A file holds one article or many; README.md beside this file says, for each kind, what is read and what is not. The date
of publication is the one that the article's metadata or the header of an export give, else the article's own dateline,
else the day a PDF or Word file was made. `sources.csv` in the folder wins over all of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.reading import databases, pressreader, reviews, wires
from index.reading.articles import documents_of, known_by_file, own_digest, sources_of, told_digest, unchanged
from index.reading.catalogue import Catalogue, read_catalogue
from index.reading.child import shared
from index.reading.contents import FileContents
from index.reading.decoding import normalise
from index.reading.formats import SAFE, extract
from index.reading.kinds import SNIFFED, kind_of, suffix_of
from index.reading.walking import files, found_in, source_name
from index.records import Document, Guessed, Skipped, UnreadableFile

__all__ = [
    "MAX_BYTES",
    "Reading",
    "digest",
    "files",
    "may_hold_several",
    "normalise",
    "own_digest",
    "read_file",
    "read_files",
    "read_folder",
    "read_path",
    "sources_of",
]

MAX_BYTES = 50_000_000
"""A larger file is not read, unless the caller says so."""

Progress = Callable[[int, int], None]
"""Is told how many files are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a folder, in the order of the sources."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    """What should have been readable and was not; the rows of `sources.csv` that could not be used among it."""
    duplicates: tuple[tuple[str, str], ...] = ()
    """The sources not read because they are the same as another, the bytes of a file or an article, with that other."""
    unchanged: tuple[str, ...] = ()
    """The sources whose digest the caller knew."""
    ignored: Mapping[str, int] = field(default_factory=dict)
    """How many files of each other kind the folder holds, by suffix; hidden ones aside."""
    gone: tuple[str, ...] = ()
    """The known sources that a file held before and, having been read, holds no more."""
    guessed: tuple[Guessed, ...] = ()
    """Of each table that was read: which columns were taken for what, by their names."""


def read_folder(
    folder: str | Path,
    *,
    max_bytes: int = MAX_BYTES,
    known: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read the articles of a folder and its subfolders.

    `known` gives the digests of documents by source: a file whose digest is the known one is not read again. `columns`
    gives what the columns of tables hold, by their names. Raises UnreadableFile where `folder` is not a folder that can
    be listed.
    """
    folder = Path(folder)
    walk = found_in(folder)
    catalogue = replace(read_catalogue(folder), columns=columns or {})
    reading = read_files(walk.files, catalogue, max_bytes=max_bytes, known=known, progress=progress)
    there = {source for source, _ in walk.files} | {s.source for s in walk.skipped}
    there |= {d.source for d in reading.documents}
    there |= {*reading.unchanged, *(source for source, _ in reading.duplicates)}
    skipped = (*walk.skipped, *reading.skipped, *catalogue.problems, *catalogue.strangers(there))
    return replace(reading, skipped=skipped, ignored=dict(walk.ignored))


def read_path(
    path: str | Path,
    *,
    max_bytes: int = MAX_BYTES,
    known: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a folder, or a single file whose source is its name; a path that is neither is reported as skipped."""
    path = Path(path)
    if path.is_dir():
        return read_folder(path, max_bytes=max_bytes, known=known, columns=columns, progress=progress)
    source = source_name(path.name)
    if not path.exists():
        return Reading((), (Skipped(source, "no such file"),))
    catalogue = Catalogue(columns=columns or {})
    return read_files([(source, path)], catalogue, max_bytes=max_bytes, known=known, progress=progress)


def read_file(path: str | Path, source: str, *, max_bytes: int = MAX_BYTES) -> list[Document]:
    """Return the articles of one file; raise UnreadableFile, whose message is the reason, where there are none."""
    path = Path(path)
    data = _bytes(path, max_bytes)
    own = hashlib.sha256(data).hexdigest()
    return documents_of(source, own, _contents(path, data, max_bytes).articles, {})


def may_hold_several(path: str | Path) -> bool:
    """Return whether a file may hold several articles, without parsing it. Raises OSError where it cannot be read."""
    with open(path, "rb") as file:
        start = file.read(SNIFFED)
        kind = kind_of(suffix_of(Path(path).name), start)
        if kind == "text":
            text = (start + file.read()).decode("latin-1")
            return any(kind.may_hold(text) for kind in (databases, pressreader, wires, reviews))
        return kind != "markdown"


def digest(path: str | Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _contents(path: Path, data: bytes, max_bytes: int, named: Mapping[str, str] | None = None) -> FileContents:
    """Return what the bytes of a file hold, one article at least."""
    suffix = suffix_of(path.name)
    kind = kind_of(suffix, data[:SNIFFED])
    if not kind:
        raise UnreadableFile(f"not a kind of file that is read: {suffix or 'no suffix'}")
    if kind in SAFE:
        found = extract(data, kind, max_bytes=max_bytes)
    else:
        found = shared(os.getpid()).extract(data, kind, max_bytes=max_bytes, named=named)
    articles = tuple(said for said in found.articles if any(c.isalnum() for c in said.text))
    if not articles:
        pages = any(said.pages for said in found.articles)
        raise UnreadableFile("empty: it holds no text" + (" (scanned pages?)" if pages else ""))
    return replace(found, articles=articles)


class _Reader:
    """Reads files one after the other and gathers what comes of it; the first of several identical ones counts."""

    def __init__(self, catalogue: Catalogue, max_bytes: int) -> None:
        self._catalogue, self._max_bytes = catalogue, max_bytes
        self.documents: list[Document] = []
        self.skipped: list[Skipped] = []
        self.duplicates: list[tuple[str, str]] = []
        self.unchanged: list[str] = []
        self.gone: list[str] = []
        self.guessed: list[Guessed] = []
        self._first: dict[str, str] = {}

    def read(self, file: str, path: Path, known: Mapping[str, str]) -> None:
        """Read one file; `known` gives the digests of the sources that it held before."""
        try:
            data = _bytes(path, self._max_bytes)
            own = hashlib.sha256(data).hexdigest()
            digest = self._catalogue.digest(file, own)
            if own in self._first:
                self.duplicates.append((file, self._first[own]))
            elif same := unchanged(file, digest, known):
                self._first[own] = file
                for source in same:
                    self._first.setdefault(own_digest(known[source]), source)
                self.unchanged += same
            else:
                contents = _contents(path, data, self._max_bytes, self._catalogue.columns)
                self._first[own] = file
                self.skipped += [Skipped(file, reason) for reason in contents.lost]
                self.guessed += [replace(one, source=f"{file}/{one.source}".rstrip("/")) for one in contents.guessed]
                self._gather(file, documents_of(file, digest, contents.articles, known), known)
        except UnreadableFile as error:
            self.skipped.append(Skipped(file, str(error)))

    def _gather(self, file: str, documents: list[Document], known: Mapping[str, str]) -> None:
        """Take in the articles of a file that was read: those that are new, known, or those of another file."""
        fresh: list[Document] = []
        same: list[Document] = []
        for document in documents:
            own = own_digest(document.digest)
            if own and own in self._first:
                self.duplicates.append((document.source, self._first[own]))
                continue
            if own:
                self._first[own] = document.source
                told = self._catalogue.article_digest(document.source, file, own)
                mark = own if told == own else f"{own}+{told}"
                document = replace(document, digest=mark + document.digest[len(own) :])
            is_known = bool(own) and told_digest(known.get(document.source, "")) == told_digest(document.digest)
            (same if is_known else fresh).append(document)
        if same and not fresh and not any(known[d.source] == d.digest for d in same):
            fresh.append(same.pop())  # one of them must tell that the file, as it is now, was read
        self.unchanged += [document.source for document in same]
        self.documents += [self._catalogue.described(document, file) for document in fresh]
        self.gone += sorted(set(known) - {document.source for document in (*same, *fresh)})


def read_files(
    files: list[tuple[str, Path]],
    catalogue: Catalogue,
    *,
    max_bytes: int = MAX_BYTES,
    known: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read these files, given by the name that each has as a source."""
    known = known or {}
    reader = _Reader(catalogue, max_bytes)
    before = known_by_file(known, [file for file, _ in files])
    for done, (file, path) in enumerate(files, start=1):
        reader.read(file, path, before.get(file, {}))
        if progress is not None:
            progress(done, len(files))
    return Reading(
        tuple(reader.documents),
        tuple(reader.skipped),
        tuple(reader.duplicates),
        tuple(reader.unchanged),
        gone=tuple(reader.gone),
        guessed=tuple(reader.guessed),
    )


def _bytes(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file that is not over-large; raise UnreadableFile for any other."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("not a regular file")
        if status.st_size > max_bytes:
            raise UnreadableFile(f"over-large: {status.st_size:,} bytes; the limit is {max_bytes:,}")
        with open(path, "rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror or error}") from None
    if not data:
        raise UnreadableFile("empty: no bytes")
    if len(data) > max_bytes:
        raise UnreadableFile(f"over-large: more than {max_bytes:,} bytes")
    return data
