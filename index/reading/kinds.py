"""Of which kind is a file: what its suffix says, and without a suffix what its first bytes say?"""

from __future__ import annotations

import codecs
import re

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".pdf": "pdf", ".docx": "docx", ".rtf": "rtf", ".odt": "odt", ".epub": "epub", ".eml": "mail",
    ".msg": "outlook", ".mbox": "mbox", ".mhtml": "mhtml", ".mht": "mhtml", ".xml": "xml", ".rss": "xml",
    ".atom": "xml", ".rdf": "xml", ".json": "json", ".jsonl": "lines", ".ndjson": "lines", ".csv": "table",
    ".tsv": "table", ".xlsx": "sheet", ".xlsm": "sheet", ".ris": "ris",
    ".zip": "zip", ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
"""The kind of each suffix that is read."""

SNIFFED = 4096
"""Bytes from the start of a file by which its kind is told."""

_OTHERWISE = {".doc": ("rtf", "html", "docx", "mhtml")}
"""What files of a suffix hold that is not read, when they were only called so."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?+(?:<!--(?:(?!-->).){0,500}+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What begins a page. A comment cannot hold the end of another, so that there is one way to read a row of them."""
_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|message-id|mime-version|from|to|date|subject|x-[\w-]+): [^\n]*\n"
    rb"(?:[ \t][^\n]*\n|[\w-]+: ?[^\n]*\n)*(?:date|subject|mime-version|content-type): ",
    re.IGNORECASE,
)
_STARTS = (
    (re.compile(rb"%PDF-"), "pdf"), (re.compile(rb"\{\\rtf"), "rtf"), (re.compile(rb"WARC/[01]\."), "warc"),
    (re.compile(rb"From \S+ .*\d{4}\r?\n"), "mbox"), (re.compile(rb"\s*+[\[{]\s*+[\"{\[]"), "json"), (_PAGE, "html"),
    (re.compile(rb"\s*<(?:\?xml|rss|feed|rdf)\b", re.IGNORECASE), "xml"), (_HEADER, "mail"),
)  # fmt: skip


def suffix_of(name: str) -> str:
    """Return the suffix of a name, in lower case; that of a packed web archive is of two parts.

    >>> suffix_of("a/B.TXT"), suffix_of("c.warc.gz"), suffix_of("lettre")
    ('.txt', '.warc.gz', '')
    """
    base = name.rpartition("/")[2].lower()
    if base.endswith(".warc.gz"):
        return ".warc.gz"
    stem, dot, suffix = base.rpartition(".")
    return f".{suffix}" if stem and dot and suffix else ""


def kind_of(suffix: str, start: bytes) -> str:
    """Return the kind of a file, by its suffix or else by its first `SNIFFED` bytes; "" for one that is not read.

    >>> kind_of(".HTM", b""), kind_of("", b"%PDF-1.4"), kind_of("", b"Douze morts\\n"), kind_of("", b"\\x7fELF")
    ('html', 'pdf', 'text', '')
    """
    suffix = suffix.lower()
    if not suffix:
        return _by_content(start)
    if suffix in _OTHERWISE:
        kind = _by_content(start)
        return kind if kind in _OTHERWISE[suffix] else ""
    return SUFFIXES.get(suffix, "")


def may_be_read(suffix: str) -> bool:
    """Return whether a file of this suffix may be of a kind that is read; its content may still say no."""
    return not suffix or suffix in SUFFIXES or suffix in _OTHERWISE


def _by_content(start: bytes) -> str:
    body = start.removeprefix(codecs.BOM_UTF8)
    if start.startswith(b"PK\x03\x04"):
        packed = {b"word/": "docx", b"xl/": "sheet", b"application/epub+zip": "epub", b"opendocument.text": "odt"}
        return next((kind for mark, kind in packed.items() if mark in start), "zip")
    found = next((kind for pattern, kind in _STARTS if pattern.match(body)), "")
    return found or ("text" if _is_text(start) else "")


def _is_text(start: bytes) -> bool:
    """Return whether these bytes are text: a few control characters at most."""
    if not start or start.startswith(_MARKS):
        return bool(start)
    controls = len(start) - len(start.translate(None, bytes([*range(9), *range(14, 27), *range(28, 32), 127])))
    return controls <= 0.01 * len(start)
