"""What does a file of this suffix say? One small function each, through a kept library.

Every function gives plain text in which headings begin with "# " and bullets with "- ", so that the formats look alike
to whoever splits them. They run in a child process (see `index.reading.child`), for the libraries meet hostile files.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.reading.decoding import decoded, normalised
from index.reading.markup import all_text
from index.records import UnreadableFile

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph as DocxParagraph
    from markdown_it.token import Token

MOST_LINES = 1_000_000
"""The most lines, blank ones aside, that a file may hold."""
_LINE = re.compile(r"\S[^\n]*")

SAFE = {"text"}
"""Kinds read by no library, hence in this process."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file says of itself; "" where it does not."""

    text: str
    title: str = ""
    published: str = ""
    """As the file's metadata give it."""
    created: str = ""
    """The day the file was made, which counts where nothing else tells."""
    outlet: str = ""
    url: str = ""
    pages: tuple[int, ...] = ()
    author: str = ""
    updated: str = ""
    partial: bool = False
    part: str = ""
    """The path inside the file, of an archive."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles of a file, in their order, and what else it holds that could not be read, a reason each."""

    articles: tuple[Extract, ...]
    lost: tuple[str, ...] = ()


def extract(data: bytes, kind: str, *, max_bytes: int) -> Contents:
    """Return what the bytes of a file of this kind hold; raise UnreadableFile, with the reason, where it cannot."""
    read: dict[str, Callable[[bytes, int], Extract]] = {
        "text": _plain, "markdown": _markdown, "html": _html, "pdf": _pdf, "docx": _docx,
    }  # fmt: skip
    contents = Contents((read[kind](data, max_bytes),))
    characters = sum(len(said.text) for said in contents.articles)
    if characters > _most(max_bytes):
        raise UnreadableFile(f"over-large: {characters:,} characters of text; the limit is {_most(max_bytes):,}")
    # Splitting takes up to 15 microseconds and 200 bytes a line: this bounds both.
    for said in contents.articles:
        if said.text.count("\n") > MOST_LINES and sum(1 for _ in _LINE.finditer(said.text)) > MOST_LINES:
            raise UnreadableFile(f"over-large: more than {MOST_LINES:,} lines of text")
    return contents


def _most(max_bytes: int) -> int:
    """Return how many characters of text a file may hold, packed ones of a few bytes included."""
    return max(max_bytes, 1_000_000)


def _plain(data: bytes, max_bytes: int) -> Extract:
    return Extract(normalised(decoded(data)))


def _markdown(data: bytes, max_bytes: int) -> Extract:
    """Read the front matter's title and date, and the text without its markup."""
    from markdown_it import MarkdownIt

    source = normalised(decoded(data)).lstrip("\n")
    front, body = _front_matter(source)
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").parse(body)
    text = "\n\n".join(_markdown_blocks(tokens))
    return Extract(
        normalised(text),
        title=re.sub(r"[*_`]", "", front.get("title", "")),
        published=front.get("date") or front.get("published", ""),
        outlet=front.get("outlet") or front.get("site", ""),
        url=front.get("url") or front.get("link", ""),
    )


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """Return the one-line values of the front matter at the top (YAML or TOML), keys in lower case, and the rest."""
    found = re.match(r"(---|\+\+\+)[ \t]*\n(.{0,10000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", source, re.DOTALL)
    if found is None:
        return {}, source
    lines = re.findall(r"^(\w[\w-]*)[ \t]*[:=][ \t]*(\S[^\n]*)$", found[2], re.MULTILINE)
    values = {key.lower(): value.strip() for key, value in lines}
    return {key: re.sub(r"^([\"'])(.*)\1$", r"\2", value) for key, value in values.items()}, source[found.end() :]


def _markdown_blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield the blocks of a parsed Markdown text, one string each."""
    prefix = ""
    row: list[str] | None = None
    rows: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            prefix = "#" * int(token.tag[1:]) + " "
        elif token.type == "list_item_open":
            prefix = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            rows.append(" | ".join(row))
            row = None
        elif token.type == "table_close":
            yield "\n".join(rows)
            rows = []
        elif token.type == "inline":
            words = _inline(token.children or [])
            if row is not None:
                row.append(words)
            elif words:
                yield prefix + words
                prefix = ""
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block" and (words := re.sub(r"<[^<>]{0,2000}>", " ", token.content).strip()):
            yield " ".join(words.split())


def _inline(children: Iterable[Token]) -> str:
    """Return the words of an inline token: emphasis and links leave their text, pictures leave nothing.

    Line ends stay, for not all that is called Markdown keeps a blank line between paragraphs.
    """
    words = []
    for child in children:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
    return "".join(words).strip()


def _html(data: bytes, max_bytes: int) -> Extract:
    """Read a news page: boilerplate stripped, title, outlet and date from its metadata.

    Of a page in which trafilatura finds no article, all the text is given.
    """
    import trafilatura

    page = normalised(decoded(data, declared=True))
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        if found is None or isinstance(found, dict):
            return Extract(all_text(page))
        text = normalised("\n\n".join(_html_blocks(found.body)))
    except RecursionError:
        return Extract(all_text(page))
    return Extract(
        text if text.strip() else all_text(page),
        title=found.title or "",
        published=found.date or "",
        outlet=found.sitename or "",
        url=found.url or "",
    )


def _html_blocks(body: Any) -> Iterator[str]:
    """Yield the blocks of trafilatura's tree, the rows of a table together."""
    for element in body.iter("head", "p", "item", "table", "quote", "ab", "code"):
        if next(element.iterancestors("table"), None) is not None:
            continue
        if element.tag == "table":
            rows = ([" ".join("".join(cell.itertext()).split()) for cell in row] for row in element.iter("row"))
            text = "\n".join(" | ".join(cell for cell in row if cell) for row in rows)
        elif next(element.iterdescendants("head", "p", "item", "table"), None) is not None:
            text = " ".join((element.text or "").split())  # what stands before the blocks inside
        else:
            text = " ".join("".join(element.itertext()).split())
        if text:
            level = str(element.get("rend") or "h2")[-1]
            heading = "#" * (int(level) if level in "123456" else 2)
            yield {"head": f"{heading} ", "item": "- "}.get(element.tag, "") + text
        tail = " ".join((element.tail or "").split())
        if tail and element.getparent().tag in ("body", "quote", "item"):
            yield tail


def _pdf(data: bytes, max_bytes: int) -> Extract:
    """Read a PDF page by page; where each page starts is kept."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    from index.reading.pages import joined_pages

    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise UnreadableFile("not a PDF, whatever its name says")
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableFile("truncated: the end of the PDF is missing")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile("encrypted: it needs a password")
        texts = [normalised(page.extract_text()) for page in reader.pages]
        meta = reader.metadata
        title = str(meta.title or "") if meta else ""
        created = str(meta.get("/CreationDate") or "") if meta else ""
    except UnreadableFile:
        raise
    except DependencyError:
        raise UnreadableFile("encrypted with AES; save it without a password") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OSError) as error:
        reason = "encrypted" if "crypt" in repr(error).lower() else "damaged PDF"
        raise UnreadableFile(f"{reason}: {error}"[:200]) from None
    except RecursionError:
        raise UnreadableFile("its objects are nested too deeply") from None
    text, pages = joined_pages(texts)
    day = re.match(r"D:(\d{4})(\d\d)(\d\d)", created)
    return Extract(text, title=title, created="-".join(day.groups()) if day else "", pages=pages)


def _docx(data: bytes, max_bytes: int) -> Extract:
    """Read a Word file: headings, paragraphs, bullets and the rows of tables, in their order."""
    _check_archive(data, max_bytes)
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        properties = document.core_properties
        blocks: list[str] = []
        for item in document.iter_inner_content():
            blocks.append(_rows(item) if isinstance(item, Table) else _styled(item))
        title, created = properties.title or "", properties.created
    # What lxml raises for broken XML is a SyntaxError.
    except (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile(f"damaged Word file: {error}"[:200]) from None
    except RecursionError:
        raise UnreadableFile("its elements are nested too deeply") from None
    # python-docx dates a file without a date by its own template of 2013, as do the files that it writes.
    made = created.date().isoformat() if created and created.date().isoformat() != "2013-12-23" else ""
    return Extract(normalised("\n\n".join(b for b in blocks if b.strip())), title=title.strip(), created=made)


def _styled(paragraph: DocxParagraph) -> str:
    """Return the text of a paragraph behind the mark of its style."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    text = " ".join(paragraph.text.split())
    if not text:
        return ""
    if style == "Title":
        return f"# {text}"
    if style.startswith(("Heading", "Titre")):
        return f"## {text}"
    return f"- {text}" if style.startswith(("List", "Liste")) else text


def _rows(table: Table) -> str:
    """Return the rows of a table, one a line, cells that are merged given once."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(cell.text.split())
            if text and (not cells or cells[-1] != text):
                cells.append(text)
        rows.append(" | ".join(cells))
    return "\n".join(row for row in rows if row)


def _check_archive(data: bytes, max_bytes: int) -> None:
    """Raise UnreadableFile for what is no Word file, is locked, would unpack to too much, or declares XML entities."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("encrypted, or in the format of Word before 2007; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            unpacked = sum(info.file_size for info in parts)
            if unpacked > _most(max_bytes) or len(archive.infolist()) > 10_000:
                raise UnreadableFile(
                    f"over-large: it unpacks to {unpacked:,} bytes of text; the limit is {max_bytes:,}"
                )
            whole = sum(info.file_size for info in archive.infolist())  # pictures too, which python-docx unpacks
            if whole > 10 * _most(max_bytes):
                raise UnreadableFile(f"over-large: it unpacks to {whole:,} bytes, pictures included")
            if not any(info.filename.startswith("word/") for info in parts):
                raise UnreadableFile("not a Word file, whatever its name says")
            for info in parts:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in (start := part.read(4096)) or b"<!ENTITY" in start:
                        raise UnreadableFile("its XML declares entities, which no Word file does")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(f"truncated, encrypted or damaged Word file: {error}"[:200]) from None
