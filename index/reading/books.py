"""What does a book in EPUB hold? Its chapters, an article each, in the order in which they are read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from index.reading.around import of_record
from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.markup import blocks, parsed
from index.reading.packed import member, opened
from index.reading.xmlfiles import root_of
from index.records import UnreadableFile

_EMPTY = re.compile(r"<(title|script|style|div|p|a|span|iframe|textarea|i|b|em|strong)\b([^<>]*)/>", re.IGNORECASE)
_EVENTS = ("publication", "original-publication", "issued", "")
_DC = "{http://purl.org/dc/elements/1.1/}"


def epub(data: bytes, max_bytes: int) -> FileContents:
    """Return the chapters of a book, an article each, in the order in which it is read."""
    archive = opened(data, max_bytes)
    infos = {info.filename: info for info in archive.infolist()}
    book = _package(archive, infos, max_bytes)
    lost: list[str] = []
    names = list(_spine(book, infos, lost)) or sorted(n for n in infos if n.endswith((".xhtml", ".html", ".htm")))
    about = _of_book(book)
    found: list[Extract] = []
    for name in names:
        try:
            tree = parsed(page_text(member(archive, infos[name], max_bytes)))
        except UnreadableFile as error:
            lost.append(f"{name[:100]}: {error}")
            continue
        text = "\n\n".join(blocks(tree)) if tree is not None else ""
        heading = next((part.lstrip("# ") for part in text.split("\n\n")[:5] if part.startswith("#")), "")
        if any(c.isalnum() for c in text):
            found.append(replace(about, text=of_record(normalise(text)), title=heading))
    if not found:
        raise UnreadableFile("a book without text")
    return FileContents(tuple(found), tuple(lost))


def _package(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], max_bytes: int) -> tuple[str, Any]:
    """Return the folder of a book and the root of its package, or None where it has none."""
    name = next((n for n in infos if n.endswith(".opf")), "")
    if not name:
        return "", None
    return str(PurePosixPath(name).parent), root_of(member(archive, infos[name], max_bytes))[0]


def _spine(book: tuple[str, Any], infos: Mapping[str, Any], lost: list[str]) -> Iterator[str]:
    """Yield the files of the chapters, each once, in their order; an entry without its file is told of in `lost`."""
    folder, package = book
    if package is None:
        return
    items = {item.get("id"): item for item in package.iter("{*}item")}
    told: set[str] = set()
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            lost.append(f"a chapter that the book does not name: {str(reference.get('idref'))[:100]}")
        elif "nav" not in str(item.get("properties") or "").split():
            href = str(item.get("href") or "")
            path = next((path for path in _paths(folder, href) if path in infos), None)
            if path is None:
                lost.append(f"a chapter that is not there: {href[:100]}")
            elif path not in told:
                told.add(path)
                yield path


def _paths(folder: str, href: str) -> Iterator[str]:
    """Yield the paths that an address in a package may mean, from the folder of the package or as it stands."""
    plain = href.partition("#")[0]
    for name in (unquote(plain), plain, href):
        yield normpath(f"{folder}/{name}").lstrip("/")


def _of_book(book: tuple[str, Any]) -> Extract:
    """Return what a book says of all its chapters."""
    if book[1] is None:
        return Extract("")

    def words(name: str) -> str:
        found = book[1].find(f".//{_DC}{name}")
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    return Extract("", published=_day(book[1]), outlet=words("publisher") or words("title"), author=words("creator"))


def _day(package: Any) -> str:
    """Return the day on which a book appeared: of its publication or of no event, never of a change."""
    days: dict[str, str] = {}
    for date in package.iter(f"{_DC}date"):
        event = next((str(value) for name, value in date.attrib.items() if name.endswith("event")), "").lower()
        days.setdefault(event, " ".join("".join(date.itertext()).split()))
    return next((days[event] for event in _EVENTS if days.get(event)), "")


def page_text(data: bytes) -> str:
    """Return a page of XHTML as one of HTML, in which an empty element is closed."""
    return _EMPTY.sub(r"<\1\2></\1>", normalise(decode(data, declared=True)))
