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

from index.language import fold
from index.reading.bookpages import lists_others, of_paper, read_page
from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.markup import parsed
from index.reading.packed import member, opened
from index.reading.xmlfiles import root_of
from index.records import UnreadableFile

_EMPTY = re.compile(r"<(title|script|style|div|p|a|span|iframe|textarea|i|b|em|strong)\b([^<>]*)/>", re.IGNORECASE)
_PAPER = re.compile(r"periodi(?:cal|que)|news(?:paper)?s?\b|magazine|presse\b|actualites?\b")
_ISSUE = re.compile(
    r"\s*[\[(][^\])]{3,60}[\])]\s*$"
    r"|\s*[,–—-]\s+(?:[^\W\d]{2,9}\.?,? )?(?:\d{1,2} [^\W\d]{3,9}\.? \d{4}|\d{4}-\d\d-\d\d)\s*$"
)
"""How the title of a book ends that is an issue: with its day."""
_EVENTS = ("publication", "original-publication", "issued", "")
_DC = "{http://purl.org/dc/elements/1.1/}"


def epub(data: bytes, max_bytes: int) -> FileContents:
    """Return the chapters of a book, or the articles of a paper that is made into one, in the order of reading."""
    archive = opened(data, max_bytes)
    infos = {info.filename: info for info in archive.infolist()}
    book = _package(archive, infos, max_bytes)
    lost: list[str] = []
    names = list(_spine(book, infos, lost)) or sorted(n for n in infos if n.endswith((".xhtml", ".html", ".htm")))
    trees: dict[str, Any] = {}
    for name in names:
        try:
            tree = parsed(page_text(member(archive, infos[name], max_bytes)))
        except UnreadableFile as error:
            lost.append(f"{name[:100]}: {error}")
            continue
        trees |= {name: tree} if tree is not None else {}
    pages = {name: read_page(tree, name, trees) for name, tree in trees.items()}
    lists = [name for name, page in pages.items() if lists_others(page, pages)]
    told = [page for name, page in pages.items() if name not in lists and any(c.isalnum() for c in page.said.text)]
    if not told:
        raise UnreadableFile("a book without text")
    lost += [f"{len(lists):,} pages that list others were not read"] if lists else []
    about, paper = _of_book(book), _is_paper(book)
    listed = {entry.page: entry for name in lists for entry in pages[name].entries}
    found = [of_paper(page, trees[page.name], listed.get(page.name)) if paper else page.said for page in told]
    return FileContents(tuple(_in_book(said, about) for said in found), tuple(lost))


def _in_book(said: Extract, about: Extract) -> Extract:
    """Return an article with what its book says where it does not."""
    return replace(
        said, published=said.published or about.published, outlet=about.outlet, author=said.author or about.author
    )


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
    """Return what a book says of all its chapters; the tool that made it is neither publisher nor author."""
    package = book[1]
    if package is None:
        return Extract("")
    tools = {fold(words.split()[0]) for e in package.iter(f"{_DC}contributor") if (words := _words(e))}
    outlet, title, author = (_words(package.find(f".//{_DC}{name}")) for name in ("publisher", "title", "creator"))
    outlet = "" if fold(outlet) in tools else outlet
    if _is_paper(book):
        kind = _meta(package, "calibre:publication_type").split(":")
        title = kind[2] if len(kind) > 2 and kind[2] else _ISSUE.sub("", title)
        author = "" if fold(author) in (*tools, fold(outlet), fold(title)) else author
    return Extract("", published=_day(package), outlet=outlet or title, author="" if fold(author) in tools else author)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _meta(package: Any, name: str) -> str:
    found = (
        e.get("content") or _words(e) for e in package.iter("{*}meta") if name in (e.get("name"), e.get("property"))
    )
    return str(next(found, ""))


def _is_paper(book: tuple[str, Any]) -> bool:
    """Return whether a book says that it is an issue of a paper, or was made of news."""
    if book[1] is None:
        return False
    kinds = [_meta(book[1], "calibre:publication_type")]
    kinds += [_words(e) for name in ("type", "subject") for e in book[1].iter(f"{_DC}{name}")]
    return any(_PAPER.match(fold(kind)) for kind in kinds)


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
