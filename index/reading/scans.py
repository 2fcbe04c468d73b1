"""What do the scanned pages of a PDF say? Tesseract reads each, where the extra `recoupe[ocr]` and the program are.

The wrappers are pytesseract (one small module that runs the program) and pypdfium2 (which draws a page): ocrmypdf would
write a whole new PDF, and wants Ghostscript. All of it happens in the child process that reads files, page by page,
until its time is nearly over.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from index.lexicon import LANGUAGES, Lexicon
from index.reading.decoding import normalise

SECONDS = 90.0
"""The longest that the pages of one file may take together; a child process has 120 for all of a file."""
_PAGE_SECONDS = 40
_DOTS = 300
"""To the inch; fewer where a page is so large that its picture would not fit into memory."""
_MOST_DOTS = 25_000_000
_LANGUAGES = ("fra", "eng")
MISSING = "to read scans install recoupe[ocr] and tesseract (on Debian: tesseract-ocr, tesseract-ocr-fra)"


@dataclass(frozen=True, slots=True)
class Scanned:
    """The text of each page that was read, by its number from 0, and what could not be, a reason each."""

    texts: dict[int, str]
    lost: tuple[str, ...] = ()
    unread: bool = False
    """Whether the text of a page is missing."""


def can_read() -> bool:
    """Return whether the extra and its program are there."""
    found = all(find_spec(name) is not None for name in ("pytesseract", "pypdfium2"))
    return found and shutil.which("tesseract") is not None


def read_scans(data: bytes, pages: Sequence[int]) -> Scanned:
    """Return the text of these pages of a PDF, given by their numbers from 0, as OCR reads it off their pictures."""
    import pypdfium2
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # its threads are slower than one, and not counted anywhere
    there = pytesseract.get_languages()
    languages = [language for language in _LANGUAGES if language in there]
    lost = [f"tesseract lacks a language: install tesseract-ocr-{name}" for name in _LANGUAGES if name not in there]
    texts: dict[int, str] = {}
    until = time.monotonic() + SECONDS
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return Scanned({}, (f"its scans cannot be drawn: {error}"[:200],), True)
    for place, number in enumerate(pages):
        left = until - time.monotonic()
        if left <= 1:
            lost.append(f"pages {pages[place] + 1} to {pages[-1] + 1} are scans for which no time was left")
            break
        try:
            read = pytesseract.image_to_string(
                _drawn(document[number]), lang="+".join(languages) or None, timeout=min(left, _PAGE_SECONDS)
            )
        except (RuntimeError, pypdfium2.PdfiumError, OSError, ValueError) as error:
            lost.append(f"page {number + 1} is a scan that cannot be read: {type(error).__name__}")
            continue
        texts[number] = normalise(read.replace("\f", "")) if _is_written(read) else ""
    return Scanned(texts, tuple(lost), len(texts) < len(pages))


def _is_written(text: str) -> bool:
    """Return whether OCR read words, rather than what it takes the lines of a photograph for."""
    words = text.split()
    return sum(len(word) > 2 and word.strip(",.;:!?«»\"'()").isalpha() for word in words) >= max(2, 0.4 * len(words))


def _drawn(page: Any) -> Any:
    """Return the picture of a page."""
    width, height = page.get_size()
    dots = max(1.0, width * height / 72**2) * _DOTS**2
    scale = _DOTS / 72 * min(1.0, (_MOST_DOTS / dots) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil()


@cache
def is_known(word: str) -> bool:
    """Return whether a word is one of French or English that the translation table knows."""
    return any(Lexicon.load().knows(word, language) for language in LANGUAGES)
