"""What does a PDF say, page by page, and column by column where a page is set in columns?"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from index.paragraphs.datelines import read_dateline
from index.paragraphs.mastheads import read_masthead
from index.reading import databases, presspages, scans
from index.reading.columns import LEAST_ROWS, LEAST_WIDTH, Piece, in_columns, may_be_columns
from index.reading.contents import Extract, FileContents
from index.reading.contents_list import articles, listed
from index.reading.decoding import normalise
from index.reading.europresse_titles import ended_titles
from index.reading.grids import with_tables
from index.records import UnreadableFile

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_MARKS = 2000
_BOLD = re.compile(r"bold|heavy|black|demi", re.IGNORECASE)
"""What the name of a font says that is set in bold."""
_MANY = 3
"""One page in so many that is a picture is more than a photograph: without OCR, the text is cut short."""


def _page_text(page: PageObject) -> tuple[str, bool]:
    """Return the text of a page, column by column where it is set so, and whether that cannot be told."""
    told: list[tuple[str, float, float, float, float]] = []
    fonts: list[Any] = []

    def gather(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        if text and not text.isspace():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            told.append((text, x, y, size * inner[3] * outer[3], inner[1] * outer[0]))
            fonts.append(font)

    text = page.extract_text(visitor_text=gather)
    level = [b[1] - a[1] for a, b in pairwise(told) if b[2] == a[2]]
    across = sum(apart > LEAST_WIDTH for apart in level)
    if any(abs(turn) > 0.1 for *_, turn in told):
        return text, False
    bold = map(_is_bold, fonts)  # looked at where the titles of a page may tell by them where they end
    pieces = [Piece(x, y, abs(size) or 1.0, text) for text, x, y, size, _ in told]
    if len(level) < LEAST_ROWS and "   " not in text:
        return ended_titles(text, pieces, bold), False
    by_column = in_columns(pieces) if across >= LEAST_ROWS else ""
    if by_column:
        return ended_titles(by_column, pieces, bold), False
    tabled = with_tables(text, pieces)
    doubtful = across >= LEAST_ROWS and tabled == text and may_be_columns(pieces)
    return ended_titles(tabled, pieces, bold), doubtful


def _is_bold(font: Any) -> bool:
    return bool(font) and _BOLD.search(str(font.get("/BaseFont") or "")) is not None


def _doubts(pages: list[tuple[str, bool]]) -> tuple[str, ...]:
    """Return the warning about pages of which it cannot be told whether they are set in columns."""
    numbers = [str(number) for number, (_, doubtful) in enumerate(pages, start=1) if doubtful]
    named = ", ".join(numbers[:10]) + ", …" * (len(numbers) > 10)
    return (f"columns cannot be told from a table, lines are read across: page {named}",) if numbers else ()


def _bookmarks(reader: PdfReader) -> list[tuple[str, int]]:
    """Return the titles and pages of the outermost bookmarks."""
    found = []
    for mark in reader.outline[:_MOST_MARKS]:
        if not isinstance(mark, list):
            page = reader.get_destination_page_number(mark)
            if page is not None and page >= 0:
                found.append((" ".join(str(mark.title or "").split()), page))
    return [entry for entry in found if entry[0]]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a PDF gives: the text of each page, with whether its columns cannot be told, and what it says of itself."""

    told: list[tuple[str, bool]]
    scanned: list[int]
    """The pages that are pictures, by their numbers from 0."""
    marked: list[tuple[str, int]]
    title: str
    created: str


def pdf(data: bytes, max_bytes: int) -> FileContents:
    """Read a PDF page by page; where each page starts is kept."""
    from index.reading.pages import joined_pages, running_heads

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise UnreadableFile("not a PDF, whatever its name says")
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableFile("truncated: the end of the PDF is missing")
    read = _read(data)
    texts, seen = _with_scans(data, [text for text, _ in read.told], read.scanned)
    lost, by_ocr = (*_doubts(read.told), *seen.lost), bool(seen.texts)
    text, pages = joined_pages(texts, scans.is_known if by_ocr else None)
    if not databases.may_hold(text):
        contents = (read.marked, listed(texts))
        titles = [title for entries in contents for title, _ in entries]
        review = presspages.articles(texts, titles)
        found = [] if review else next(filter(None, (articles(text, pages, entries) for entries in contents)), [])
        review = review or (FileContents(tuple(found)) if found else presspages.under_mastheads(texts, titles))
        if review:
            return FileContents(tuple(replace(one, ocr=by_ocr) for one in review.articles), (*lost, *review.lost))
    day = re.match(r"D:(\d{4})(\d\d)(\d\d)", read.created)
    made = "-".join(day.groups()) if day else ""
    outlet, made = _of_heads(running_heads(texts), made)
    said = Extract(text, title=read.title, created=made, pages=pages, ocr=by_ocr, partial=seen.unread, outlet=outlet)
    return FileContents((said,), lost)


def _of_heads(heads: list[str], made: str) -> tuple[str, str]:
    """Return the paper and the day of a PDF that leave with its running heads, in one line of them or in two."""
    told = [*heads, *(f"{above}, {under}" for above, under in pairwise(heads))]
    head = next(filter(None, (read_masthead(line, "fr") for line in told)), None)
    if head is not None:
        return head.outlet, head.day.isoformat()
    day = next((d.bare for line in heads if (d := read_dateline(line, "fr")) and d.alone and d.bare), None)
    return "", day.isoformat() if day else made


def _read(data: bytes) -> _Read:
    """Return what a PDF gives; raise UnreadableFile for one that is encrypted or damaged."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("encrypted: it needs a password")
        told = [(normalise(text), doubtful) for text, doubtful in map(_page_text, reader.pages)]
        meta = reader.metadata
        blank = [n for n, (text, _) in enumerate(told) if not any(c.isalnum() for c in text)]
        return _Read(
            told,
            [n for n in blank if len(blank) == len(told) or _holds_picture(reader.pages[n])],
            _bookmarks(reader),
            str(meta.title or "") if meta else "",
            str(meta.get("/CreationDate") or "") if meta else "",
        )
    except UnreadableFile:
        raise
    except DependencyError:
        raise UnreadableFile("encrypted with AES; save it without a password") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError) as error:
        reason = "encrypted" if "crypt" in repr(error).lower() else "damaged PDF"
        raise UnreadableFile(f"{reason}: {error}"[:200]) from None
    except RecursionError:
        raise UnreadableFile("its objects are nested too deeply") from None


def _holds_picture(page: PageObject) -> bool:
    """Return whether a page shows a picture, so that without text it is a scan rather than blank."""
    from pypdf.errors import PyPdfError

    try:
        resources: Any = page["/Resources"]
        drawn = resources.get_object()["/XObject"].get_object()
        return any(one.get_object().get("/Subtype") == "/Image" for one in drawn.values())
    except (PyPdfError, LookupError, TypeError, AttributeError, ValueError):
        return False


def _with_scans(data: bytes, texts: list[str], scanned: list[int]) -> tuple[list[str], scans.Scanned]:
    """Return the texts of the pages, those of scans as OCR reads them, and what came of that."""
    if not scanned:
        return texts, scans.Scanned({})
    if not scans.can_read():
        if len(scanned) == len(texts):
            raise UnreadableFile(f"empty: it holds no text (scanned pages?); {scans.MISSING}")
        said = f"{len(scanned)} of its {len(texts)} pages are pictures without a text; {scans.MISSING}"
        return texts, scans.Scanned({}, (said,), _MANY * len(scanned) >= len(texts))
    seen = scans.read_scans(data, scanned)
    return [seen.texts.get(number, own) for number, own in enumerate(texts)], seen
