"""What must hold of any bytes at all, whatever the suffix of the file that they stand in."""

import io
import json
import sysconfig
import time
import traceback
import zipfile
from dataclasses import asdict
from pathlib import Path

import index
from index.language import terms
from index.paragraphs import split
from index.paragraphs.sentences import sentences
from index.reading.articles import documents_of
from index.reading.catalogue import read_catalogue
from index.reading.child import contents_of
from index.reading.decoding import normalise
from index.reading.formats import extract
from index.reading.kinds import kind_of
from index.records import Document, UnreadableFile
from index.splits import document_line, document_of

HOUSE = Path(index.__file__).resolve().parent
PYTHON = Path(sysconfig.get_path("stdlib"))
LARGEST = 2_000_000
"""The max_bytes of every read here."""
SUFFIXES = (
    ".txt", ".md", ".html", ".pdf", ".docx", ".wordxml", ".sources", ".rtf", ".odt", ".epub", ".eml", ".mbox", ".mhtml",
    ".xml", ".json", ".jsonl", ".csv", ".zip", ".warc", ".msg", ".odtxml", ".chapter",
    ".xlsx", ".sheetxml", ".ris",
)  # fmt: skip
"""What is read: `.wordxml`, `.odtxml`, `.chapter` and `.sheetxml` are the text of a file of Word, of OpenDocument, of a
book, of a spreadsheet that is whole but for it, as mutations of packed bytes reach no text; `.sources` is a folder's
`sources.csv`."""


class Slow(AssertionError):
    """It took more time than text of that length may."""


def judge(data: bytes, suffix: str, folder: Path, *, seconds: float) -> str:
    """Read bytes as a file of this suffix and return why they are unreadable, or "" after every law was checked.

    An error that a library raises in the child process is a reason like any other; one that our own code raises, or
    Python's library called by it, or that reaches the parent, is a find. `folder` is where a `sources.csv` may be
    written; `seconds` of processor time is the most that all of it may take.
    """
    began = time.process_time()
    try:
        reason = _read(data, suffix, folder)
    except UnreadableFile as error:
        reason = str(error)
    if time.process_time() - began > seconds:
        raise Slow(f"{len(data):,} bytes of {suffix} took {time.process_time() - began:.1f} s")
    return reason


def _read(data: bytes, suffix: str, folder: Path) -> str:
    if suffix == ".sources":
        (folder / "sources.csv").write_bytes(data)
        for skipped in read_catalogue(folder).problems:
            skipped.reason.encode("utf-8")
        return ""
    if suffix in _AROUND:
        whole, around = _AROUND[suffix]
        data, suffix = around(data), whole
    try:
        contents = extract(data, kind_of(suffix, data), max_bytes=LARGEST)
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:
        if suffix == ".txt" or _raised_by_us(error):
            raise
        return f"cannot be parsed: {type(error).__name__}"
    contents = contents_of(json.loads(json.dumps(asdict(contents))))  # as the child process answers
    extracts = [said for said in contents.articles if any(c.isalnum() for c in said.text)]
    if not extracts:
        return "empty"
    documents = documents_of(f"a{suffix}", "0" * 64, extracts, {})
    assert len({document.source for document in documents}) == len(extracts), "two articles are one source"
    for document in documents:
        _check_document(document)
    return ""


def _check_document(document: Document) -> None:
    assert document_of(document_line(document)) == document, "a document is not the one that was saved"
    assert document.text == normalise(document.text), "its text is not in the one form"
    assert document.title, "it has no title"
    assert list(document.pages) == sorted(document.pages), "its pages are out of order"
    assert all(0 <= page <= len(document.text) for page in document.pages), "a page starts outside its text"
    _check_blocks(document.text, document.language, document.title)


def _check_blocks(text: str, language: str, title: str) -> None:
    last = 0
    for block in split(text, language=language, title=title):
        assert last <= block.start < block.end <= len(text), f"the block {block} is out of order"
        own = text[block.start : block.end]
        assert own == own.strip(), f"the block {block} is not trimmed"
        last, inner = block.end, 0
        for start, end in sentences(own, language=language):
            assert inner <= start < end <= len(own), f"the sentence {start}, {end} of {block} is out of order"
            inner = end
        inner = 0
        for term in terms(own, language):
            assert inner <= term.start < term.end <= len(own), f"the term {term} of {block} is out of order"
            inner = term.end


def _raised_by_us(error: BaseException) -> bool:
    files = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    others = [file for file in files if not _is_of_python(file)]
    return bool(others) and others[-1].is_relative_to(HOUSE)


def _is_of_python(file: Path) -> bool:
    return file.is_relative_to(PYTHON) and "site-packages" not in file.parts


def word_around(body: bytes) -> bytes:
    """Return a Word file whose main part is these bytes."""
    import docx

    whole, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as template, zipfile.ZipFile(made, "w") as archive:
        for info in template.infolist():
            own = body if info.filename == "word/document.xml" else template.read(info)
            archive.writestr(zipfile.ZipInfo(info.filename), own)
    return made.getvalue()


def odt_around(body: bytes) -> bytes:
    """Return an OpenDocument text whose content is these bytes."""
    return _packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body})


def book_around(chapter: bytes) -> bytes:
    """Return a book whose only chapter is these bytes."""
    package = b"""<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
    return _packed({"mimetype": b"application/epub+zip", "content.opf": package, "a.xhtml": chapter})


def sheet_around(cells: bytes) -> bytes:
    """Return a spreadsheet whose only sheet is these bytes."""
    book = b"""<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
<sheet name="A" r:id="rId1"/></sheets></workbook>"""
    rels = b'<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/></Relationships>'
    words = b"<sst><si><t>Titre</t></si><si><t>Texte</t></si><si><r><t>Le pont </t></r><r><t>ouvre.</t></r></si></sst>"
    styles = b'<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": rels, "xl/sharedStrings.xml": words}
    return _packed({**parts, "xl/styles.xml": styles, "xl/worksheets/a.xml": cells})


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


_AROUND = {
    ".wordxml": (".docx", word_around), ".odtxml": (".odt", odt_around), ".chapter": (".epub", book_around),
    ".sheetxml": (".xlsx", sheet_around),
}  # fmt: skip
