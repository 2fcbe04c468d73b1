"""What does a book in EPUB hold? Its chapters, an article each, in the order in which they are read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.markup import blocks, parsed
from index.reading.packed import member, opened
from index.reading.xmlfiles import root_of
from index.records import UnreadableFile

_EMPTY = re.compile(r"<(title|script|style|div|p|a|span|iframe|textarea|i|b|em|strong)\b([^<>]*)/>", re.IGNORECASE)
_DC = "{http://purl.org/dc/elements/1.1/}"


def epub(data: bytes, max_bytes: int) -> FileContents:
    """Return the chapters of a book, an article each, in the order in which it is read."""
    archive = opened(data, max_bytes)
    infos = {info.filename: info for info in archive.infolist()}
    book = _package(archive, infos, max_bytes)
    names = list(_spine(book, infos)) or sorted(n for n in infos if n.endswith((".xhtml", ".html", ".htm")))
    about = _of_book(book)
    found: list[Extract] = []
    lost: list[str] = []
    for name in names:
        try:
            tree = parsed(page_text(member(archive, infos[name], max_bytes)))
        except UnreadableFile as error:
            lost.append(f"{name[:100]}: {error}")
            continue
        text = "\n\n".join(blocks(tree)) if tree is not None else ""
        heading = next((part.lstrip("# ") for part in text.split("\n\n")[:5] if part.startswith("#")), "")
        if any(c.isalnum() for c in text):
            found.append(replace(about, text=normalise(text), title=heading))
    if not found:
        raise UnreadableFile("a book without text")
    return FileContents(tuple(found), tuple(lost))


def _package(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], max_bytes: int) -> tuple[str, Any]:
    """Return the folder of a book and the root of its package, or None where it has none."""
    name = next((n for n in infos if n.endswith(".opf")), "")
    if not name:
        return "", None
    return str(PurePosixPath(name).parent), root_of(member(archive, infos[name], max_bytes))[0]


def _spine(book: tuple[str, Any], infos: dict[str, zipfile.ZipInfo]) -> Iterator[str]:
    folder, package = book
    if package is None:
        return
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in str(item.get("properties") or ""):
            path = str(PurePosixPath(folder) / str(item.get("href") or ""))
            if path in infos:
                yield path


def _of_book(book: tuple[str, Any]) -> Extract:
    """Return what a book says of all its chapters."""
    if book[1] is None:
        return Extract("")

    def words(name: str) -> str:
        found = book[1].find(f".//{_DC}{name}")
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    return Extract("", published=words("date"), outlet=words("publisher") or words("title"), author=words("creator"))


def page_text(data: bytes) -> str:
    """Return a page of XHTML as one of HTML, in which an empty element is closed."""
    return _EMPTY.sub(r"<\1\2></\1>", normalise(decode(data, declared=True)))
