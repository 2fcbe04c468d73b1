"""What does a file of this kind hold? One small function each, in a module of its own, through a kept library.

Every function gives plain text in which headings begin with "# " and bullets with "- ", so that the formats look alike
to whoever splits them. All but plain text are read in a child process (see `index.reading.child`), for the libraries
meet hostile files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import pairwise

from index.reading import databases, pressreader, reviews, wires
from index.reading.contents import Extract, FileContents, bounded
from index.reading.decoding import decode, normalise
from index.reading.wrapping import mended
from index.records import UnreadableFile

SAFE = {"text"}
"""Kinds read by no library, hence in this process."""
_WRAPPED = {"text", "markdown", "pdf", "mail", "mbox"}
"""Kinds whose lines end where the page or the screen did."""

_CUT = re.compile(r"[^\W\d_]{2}[-\u2010]\n[^\W\d_]{2}")

_READERS = {
    "markdown": ("markdown", "markdown"), "html": ("webpage", "html"), "pdf": ("pdf", "pdf"), "docx": ("word", "docx"),
    "rtf": ("office", "rtf"), "odt": ("office", "odt"), "epub": ("books", "epub"), "zip": ("packed", "zip_file"),
    "warc": ("packed", "warc"), "mail": ("mail", "mail"), "outlook": ("outlook", "outlook"),
    "mbox": ("mail", "mbox"), "mhtml": ("mail", "mhtml"),
    "xml": ("xmlfiles", "xml"), "json": ("rows", "json_file"), "lines": ("rows", "lines_of_json"),
    "table": ("rows", "table"), "sheet": ("sheets", "xlsx"), "ris": ("references", "ris"),
}  # fmt: skip
"""The module and the function of each kind that a library reads."""

NAMED = {"table", "json", "lines", "zip", "sheet"}
"""Kinds in which columns may be named."""

Read = Callable[..., FileContents]


def extract(data: bytes, kind: str, *, max_bytes: int, named: Mapping[str, str] | None = None) -> FileContents:
    """Return what the bytes of a file of this kind hold; raise UnreadableFile, with the reason, where it cannot.

    `named` gives what the columns of its tables hold, by their names (see `index.reading.fields`).
    """
    told = (named,) if named and kind in NAMED else ()
    contents = bounded(_reader(kind)(data, max_bytes, *told), max_bytes)
    if len(contents.articles) == 1 and kind in _EXPORTED:
        contents = _as_export(contents)
    if kind == "text" and any("\n" in said.text and _CUT.search(said.text) for said in contents.articles):
        contents = replace(contents, articles=tuple(_whole(said) for said in contents.articles))
    if kind in _WRAPPED:
        contents = replace(contents, articles=tuple(_mended(said) for said in contents.articles))
    return contents


def _reader(kind: str) -> Read:
    """Return the function that reads a kind; its module is imported when it is first needed."""
    if kind == "text":
        return _plain
    module, name = _READERS[kind]
    read: Read = getattr(import_module(f"index.reading.{module}"), name)
    return read


def _plain(data: bytes, max_bytes: int) -> FileContents:
    return FileContents((Extract(normalise(decode(data))),))


_EXPORTED = {"text", "docx", "rtf", "pdf", "odt"}
"""Kinds in which databases export many articles as lines."""


def _as_export(contents: FileContents) -> FileContents:
    """Return the articles of a text that is the export of a database, else the one article that it is."""
    (said,) = contents.articles
    if databases.is_cover(said.text):
        raise UnreadableFile("the list of what an export holds, and no article")
    readers = (databases.articles, pressreader.articles, wires.articles, reviews.articles)
    found = next((own for read in readers if (own := read(said.text)) is not None), None)
    if found is not None:
        return replace(found, lost=(*contents.lost, *found.lost))
    lost = (databases.UNKNOWN,) if databases.looks_unknown(said.text) else ()
    return replace(contents, lost=(*contents.lost, *lost))


def _whole(said: Extract) -> Extract:
    """Return an article with the words whole that the ends of its lines cut, as texts of OCR have them."""
    from index.reading.pages import unhyphenated
    from index.reading.scans import is_known

    return replace(said, text=unhyphenated(said.text, is_known))


def _mended(said: Extract) -> Extract:
    """Return an article with its numbers whole; where pages start is kept."""
    if not said.pages:
        return replace(said, text=mended(said.text))
    pages = [*said.pages, len(said.text)]
    parts = [mended(said.text[start:end]) for start, end in pairwise(pages)]
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    return replace(said, text="".join(parts), pages=tuple(starts))
