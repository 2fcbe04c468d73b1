"""What do these files say? A folder of articles, read one file at a time; what cannot be read is reported, never fatal.

Text, Markdown, HTML, PDF and Word files, each through a kept library. The date of publication is the one that the
file's metadata give (HTML, front matter), else the article's own dateline, else the day a PDF or Word file was made.
`sources.csv` in the folder wins over all of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from index.paragraphs.datelines import read_date
from index.paragraphs.furniture import is_furniture
from index.paragraphs.roles import is_label
from index.reading.catalogue import NAME, Catalogue, read_catalogue
from index.reading.child import shared
from index.reading.decoding import normalised
from index.reading.formats import SAFE, Extract, extract
from index.reading.headers import language_of, published_of, title_of
from index.reading.walking import SUFFIXES, files, found_in, source_name
from index.records import Document, Skipped, UnreadableFile

__all__ = ["MAX_BYTES", "Reading", "digest", "files", "normalised", "read_file", "read_folder", "read_path"]

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
    """The sources not read because their bytes are those of another, with that other source."""
    unchanged: tuple[str, ...] = ()
    """The sources whose digest the caller knew."""
    ignored: int = 0
    """How many files of other kinds the folder holds, hidden ones aside."""


def read_folder(
    folder: str | Path,
    *,
    max_bytes: int = MAX_BYTES,
    known: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read the articles of a folder and its subfolders.

    `known` gives the digests of documents by source: a file whose digest is the known one is not read again. Raises
    UnreadableFile where `folder` is not a folder that can be listed.
    """
    folder = Path(folder)
    walk = found_in(folder)
    catalogue = read_catalogue(folder)
    reading = _read(walk.files, catalogue, max_bytes=max_bytes, known=known or {}, progress=progress)
    there = {unicodedata.normalize("NFC", source) for source, _ in walk.files} | {s.source for s in walk.skipped}
    strangers = tuple(
        Skipped(NAME, f"names a file that is not there: {source[:200]}")
        for source in catalogue.rows
        if source not in there
    )
    skipped = (*walk.skipped, *reading.skipped, *catalogue.problems, *strangers)
    return Reading(reading.documents, skipped, reading.duplicates, reading.unchanged, walk.ignored)


def read_path(
    path: str | Path,
    *,
    max_bytes: int = MAX_BYTES,
    known: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a folder, or a single file whose source is its name; a path that is neither is reported as skipped."""
    path = Path(path)
    if path.is_dir():
        return read_folder(path, max_bytes=max_bytes, known=known, progress=progress)
    source = source_name(path.name)
    if not path.exists():
        return Reading((), (Skipped(source, "no such file"),))
    return _read([(source, path)], Catalogue(), max_bytes=max_bytes, known=known or {}, progress=progress)


def read_file(path: str | Path, source: str, *, max_bytes: int = MAX_BYTES) -> Document:
    """Return the document of one file; raise UnreadableFile, whose message is the reason, where there is none."""
    path = Path(path)
    return _parsed(path, source, _bytes(path, max_bytes), max_bytes)


def digest(path: str | Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parsed(path: Path, source: str, data: bytes, max_bytes: int) -> Document:
    """Return the document that the bytes of a file make."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableFile(f"not a kind of file that is read: {suffix or 'no suffix'}")
    if suffix in SAFE:
        said = extract(data, suffix, max_bytes=max_bytes)
    else:
        said = shared(os.getpid()).extract(data, suffix, max_bytes=max_bytes)
    if not any(c.isalnum() for c in said.text):
        raise UnreadableFile("empty: it holds no text" + (" (scanned pages?)" if said.pages else ""))
    return _document(said, source, hashlib.sha256(data).hexdigest())


def _document(said: Extract, source: str, file_digest: str) -> Document:
    """Return the document that an extract makes, what it does not say of itself read from its text."""
    language = language_of(said.text)
    title = " ".join(normalised(said.title).split())
    if not title or is_furniture(title) or is_label(title) or _is_file_name(title):
        title = title_of(said.text) or PurePosixPath(source).stem
    published = read_date(said.published, language) or published_of(said.text, language)
    return Document(
        source=source,
        title=title[:500],
        text=said.text,
        language=language,
        published=published or read_date(said.created, language),
        digest=file_digest,
        pages=said.pages,
        outlet=normalised(said.outlet)[:500],
        url=normalised(said.url)[:2000],
    )


def _is_file_name(title: str) -> bool:
    """Return whether a title is what a word processor or a converter writes for want of one."""
    lower = title.lower()
    made = lower.startswith(("microsoft word - ", "untitled", "sans titre", "document")) and len(title) < 40
    return made or lower.endswith((".doc", ".docx", ".pdf", ".txt", ".html", ".indd", ".odt"))


def _read(
    articles: list[tuple[str, Path]],
    catalogue: Catalogue,
    *,
    max_bytes: int,
    known: Mapping[str, str],
    progress: Progress | None,
) -> Reading:
    """Read these files; the first of several identical ones counts."""
    documents: list[Document] = []
    skipped: list[Skipped] = []
    duplicates: list[tuple[str, str]] = []
    unchanged: list[str] = []
    first: dict[str, str] = {}
    for done, (source, path) in enumerate(articles, start=1):
        try:
            data = _bytes(path, max_bytes)
            own = hashlib.sha256(data).hexdigest()
            if own in first:
                duplicates.append((source, first[own]))
            elif known.get(source) == catalogue.digest(source, own):
                first[own] = source
                unchanged.append(source)
            else:
                document = catalogue.described(_parsed(path, source, data, max_bytes))
                first[own] = source
                documents.append(replace(document, digest=catalogue.digest(source, own)))
        except UnreadableFile as error:
            skipped.append(Skipped(source, str(error)))
        if progress is not None:
            progress(done, len(articles))
    return Reading(tuple(documents), tuple(skipped), tuple(duplicates), tuple(unchanged))


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
