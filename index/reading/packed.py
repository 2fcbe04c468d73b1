"""What do the files hold that stand packed in one? Archives (.zip) and web archives (.warc)."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from index.reading.contents import Extract, FileContents, most
from index.reading.decoding import decode, normalise
from index.reading.kinds import SNIFFED, kind_of, suffix_of
from index.reading.markup import parsed
from index.records import Guessed, UnreadableFile

MOST_FILES = 10_000
"""The most files that an archive may hold."""
BROKEN = (
    UnreadableFile, ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, OSError,
    SyntaxError, RecursionError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile,
)  # fmt: skip
"""What reading one broken file among others raises; it is reported and the others are read."""
PACKED = ("zip", "warc")
"""Kinds that are not opened inside another file."""


def opened(data: bytes, max_bytes: int) -> zipfile.ZipFile:
    """Return an archive that is whole and not over-large; raise UnreadableFile for any other."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(f"truncated or damaged archive: {error}"[:200]) from None
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise UnreadableFile(f"over-large: {len(infos):,} files; the limit is {MOST_FILES:,}")
    whole = sum(info.file_size for info in infos)
    if whole > 10 * most(max_bytes):
        raise UnreadableFile(f"over-large: it unpacks to {whole:,} bytes")
    return archive


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> bytes:
    """Return the bytes of a file in an archive, whatever size it says it has; raise UnreadableFile for too many."""
    try:
        with archive.open(info) as file:
            data = file.read(most(max_bytes) + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(f"encrypted or damaged: {error}"[:200]) from None
    except Exception as error:  # zlib and lzma have errors of their own
        raise UnreadableFile(f"damaged: {error}"[:200]) from None
    if len(data) > most(max_bytes):
        raise UnreadableFile(f"over-large: it unpacks to more than {most(max_bytes):,} bytes")
    return data


def zip_file(data: bytes, max_bytes: int, named: Mapping[str, str] | None = None) -> FileContents:
    """Return the articles of the files in an archive; archives inside it are not opened."""
    archive = opened(data, max_bytes)
    found: list[Extract] = []
    lost: list[str] = []
    guessed: list[Guessed] = []
    others: Counter[str] = Counter()
    characters = 0
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        suffix = suffix_of(info.filename)
        if info.filename.endswith("/") or _is_hidden(info.filename):
            continue
        if suffix and kind_of(suffix, b"%PDF") in ("", *PACKED) and suffix != ".doc":
            others[suffix] += 1
            continue
        try:
            own = read_member(member(archive, info, max_bytes), suffix, max_bytes, named=named)
        except BROKEN as error:
            lost.append(f"{info.filename[:100]}: {error}"[:300])
            continue
        if own is None:
            others[suffix or "no suffix"] += 1
            continue
        lost += [f"{info.filename[:100]}: {reason}" for reason in own.lost]
        name = info.filename.lstrip("/")
        found += [replace(said, part=f"{name}/{said.part}" if said.part else name) for said in own.articles]
        guessed += [replace(one, source=name) for one in own.guessed]
        characters += sum(len(said.text) for said in own.articles)
        if characters > most(max_bytes):
            raise UnreadableFile(f"over-large: its files hold more than {most(max_bytes):,} characters of text")
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(others.items()))
    lost += [f"{sum(others.values()):,} files of other kinds in it were not read: {kinds}"] if others else []
    if not found:
        raise UnreadableFile("; ".join(["it holds no articles", *lost])[:300])
    return FileContents(tuple(found), tuple(lost), tuple(guessed))


def read_member(
    data: bytes,
    suffix: str,
    max_bytes: int,
    unopened: Sequence[str] = PACKED,
    named: Mapping[str, str] | None = None,
) -> FileContents | None:
    """Return the articles of a file in an archive or on a letter; None for one of a kind that is not read there."""
    from index.reading.formats import extract

    kind = kind_of(suffix, data[:SNIFFED])
    if not kind or kind in unopened:
        return None
    found = extract(data, kind, max_bytes=max_bytes, named=named)
    kept = tuple(said for said in found.articles if any(c.isalnum() for c in said.text))
    if not kept:
        raise UnreadableFile("empty: it holds no text")
    return replace(found, articles=kept)


def _is_hidden(name: str) -> bool:
    """Return whether a file in an archive is one that no folder shows, or belongs to a saved page."""
    parts = PurePosixPath(name).parts
    return any(p.startswith(".") or p == "__MACOSX" or p.endswith(("_files", "_fichiers")) for p in parts)


def warc(data: bytes, max_bytes: int) -> FileContents:
    """Return the pages of a web archive, an article each; the day of the crawl is not theirs."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found: list[Extract] = []
    aside: dict[str, tuple[Extract, ...]] = {}
    lost: list[str] = []
    others = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            if not _is_read(record):
                others += record.rec_type in ("response", "resource")
                continue
            body = record.content_stream().read(most(max_bytes) + 1)
            address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
            if len(body) > most(max_bytes):
                lost.append(f"{address[:100]}: over-large")
            elif record.rec_type == "conversion":
                found.append(Extract(normalise(decode(body)), url=address))
            else:
                articles, leads = _page(body, address)
                aside |= {address: articles} if leads else {}
                found += () if leads else articles
    except (ArchiveLoadFailed, *BROKEN) as error:
        lost.append(f"after {len(found):,} pages it is cut short or damaged: {error}"[:200])
    kept = _with_text(found)
    if not kept:
        kept, aside = _with_text([said for articles in aside.values() for said in articles]), {}
    if not kept:
        raise UnreadableFile("; ".join(["a web archive without a page", *lost])[:300])
    if aside:
        lost.append(f"{len(aside):,} pages that lead to articles and are none were not read: {', '.join(aside)}"[:300])
    lost += [f"{others:,} records that are no pages were not read"] if others else []
    return FileContents(kept, tuple(lost))


def _is_read(record: Any) -> bool:
    """Return whether a record holds a page that was there, or the text of one; not where one leads on, or an error."""
    kind = str((record.http_headers or record.rec_headers).get_header("Content-Type") or "")
    if record.rec_type == "conversion":
        return kind.startswith("text/")
    status = str(record.http_headers.get_statuscode() or "") if record.http_headers else ""
    page = kind.lower().startswith(("text/html", "application/xhtml"))
    return record.rec_type in ("response", "resource") and page and status[:1] in ("", "2")


def _page(body: bytes, address: str) -> tuple[tuple[Extract, ...], bool]:
    """Return the articles of a page of a web archive, and whether it is none itself but leads to some."""
    from index.reading.sitepages import leads_on
    from index.reading.webpage import of_page

    page = normalise(decode(body, declared=True))
    tree = parsed(page)
    articles = of_page(page, address).articles
    return tuple(replace(said, url=address or said.url) for said in articles), tree is not None and leads_on(
        tree, address
    )


def _with_text(found: Sequence[Extract]) -> tuple[Extract, ...]:
    return tuple(said for said in found if any(c.isalnum() for c in said.text))
