"""Of which kind is a file: what its suffix says, and without a suffix what its first bytes say?"""

from __future__ import annotations

import codecs
import re

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
"""The kind of each suffix that is read."""

SNIFFED = 4096
"""Bytes from the start of a file by which its kind is told."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(suffix: str, start: bytes) -> str:
    """Return the kind of a file, by its suffix or else by its first `SNIFFED` bytes; "" for one that is not read.

    >>> kind_of(".HTM", b""), kind_of("", b"%PDF-1.4"), kind_of("", b"Douze morts\\n"), kind_of("", b"\\x7fELF")
    ('html', 'pdf', 'text', '')
    """
    if suffix:
        return SUFFIXES.get(suffix.lower(), "")
    body = start.removeprefix(codecs.BOM_UTF8)
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in start else ""
    if _PAGE.match(body):
        return "html"
    return "text" if _is_text(start) else ""


def _is_text(start: bytes) -> bool:
    """Return whether these bytes are text: a few control characters at most."""
    if not start or start.startswith(_MARKS):
        return bool(start)
    controls = len(start) - len(start.translate(None, bytes([*range(9), *range(14, 27), *range(28, 32), 127])))
    return controls <= 0.01 * len(start)
