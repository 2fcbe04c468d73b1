"""What does a Word file say, as it stands once its changes are accepted?

Headings, paragraphs, bullets, the rows of tables, text boxes and content controls in their order, footnotes at the end.
What was inserted is text, what was deleted is not, and neither are comments.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from index.reading.contents import Extract, FileContents, most
from index.reading.decoding import normalise
from index.reading.headed import Styled, in_place_of, of_table, text_of
from index.reading.tables import Cell, told
from index.records import UnreadableFile

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset({f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")}) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
"""What was deleted, what is code, and what says again what the element beside it says."""
_HOLDERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SPACES = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BOX = f"{_W}txbxContent"
_MOST_DEEP = 60
_HEADING = re.compile(r"(?:heading|titre|title) ?(\d)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:toc|tm) ?\d|toc heading|contents|table of|table des mati|en-t[êe]te de table", re.IGNORECASE
)
"""How styles of a list of contents are called."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says: its name, the level of a heading or 0, the size in points or 0, and the weight."""

    name: str = ""
    level: int = 0
    size: float = 0.0
    bold: bool = False


class _Styles:
    """The styles of a file by their names; each is looked into when a paragraph has it: most are of no paragraph."""

    def __init__(self, styles: Iterable[Any]) -> None:
        self._held = {style.style_id: style for style in styles}
        self._known: dict[str, _Style] = {}

    def of(self, name: str) -> _Style:
        """Return a style; an empty one where there is none of that name."""
        if name not in self._known:
            self._known[name] = _style(self._held[name]) if name in self._held else _Style()
        return self._known[name]


def docx(data: bytes, max_bytes: int) -> FileContents:
    """Return the article of a Word file, or those of a press review."""
    _check_archive(data, max_bytes)
    import docx as library
    from docx.opc.exceptions import OpcError

    try:
        document = library.Document(io.BytesIO(data))
        properties = document.core_properties
        styles = _Styles(document.styles)
        blocks = [*_blocks(document.element.body, styles, 0), *_footnotes(document, styles)]
        title, created = properties.title or "", properties.created
    # What lxml raises for broken XML is a SyntaxError.
    except (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFile(f"damaged Word file: {error}"[:200]) from None
    except RecursionError:
        raise UnreadableFile("its elements are nested too deeply") from None
    # python-docx dates a file without a date by its own template of 2013, as do the files that it writes.
    made = created.date().isoformat() if created and created.date().isoformat() != "2013-12-23" else ""
    return in_place_of(Extract(normalise(text_of(blocks)), title=title.strip(), created=made), blocks)


def _style(style: Any) -> _Style:
    """Return what a style says with those above it."""
    level, size, bold, name = 0, 0.0, None, style.name or ""
    for _ in range(_MOST_DEEP):
        if style is None:
            break
        headed = _HEADING.fullmatch(style.name or "")
        outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
        own = str(outline.get(f"{_W}val")) if outline is not None else ""
        level = level or (1 + int(headed[1]) if headed else 2 + int(own) if own.isdecimal() and int(own) < 9 else 0)
        size, bold = size or _size(style.element), _bold(style.element) if bold is None else bold
        style = getattr(style, "base_style", None)
    return _Style(name, level, size, bool(bold))


def _size(element: Any) -> float:
    """Return the size in points that a run or a style gives, or 0."""
    size = element.find(f"{_W}rPr/{_W}sz")
    value = str(size.get(f"{_W}val")) if size is not None else ""
    return int(value) / 2 if value.isdecimal() and len(value) < 5 else 0.0


def _bold(element: Any) -> bool | None:
    """Return whether a run or a style is in bold, None where it does not say."""
    bold = element.find(f"{_W}rPr/{_W}b")
    return None if bold is None else bold.get(f"{_W}val") not in ("0", "false", "off")


def _blocks(holder: Any, styles: _Styles, depth: int) -> Iterator[Styled]:
    """Yield the blocks of an element that holds paragraphs and tables."""
    if depth > _MOST_DEEP:
        raise UnreadableFile("its elements are nested too deeply")
    for child in holder:
        if child.tag == f"{_W}p":
            yield _styled(child, styles)
            for box in _boxes(child):
                yield from _blocks(box, styles, depth + 1)
        elif child.tag == f"{_W}tbl":
            yield from of_table(told(list(_rows(child))))
        elif child.tag in _HOLDERS:
            yield from _blocks(child, styles, depth + 1)


def _boxes(paragraph: Any) -> list[Any]:
    """Return the text boxes that stand in a paragraph, each once."""
    return [box for box in paragraph.iter(_BOX) if not any(up.tag in _GONE for up in box.iterancestors())]


def _styled(paragraph: Any, styles: _Styles) -> Styled:
    """Return a paragraph with the mark of its style and its looks."""
    text = "".join(_pieces(paragraph))
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.of(named.get(f"{_W}val") or "" if named is not None else "Normal")
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(_pieces(run)).strip()]
    size = min((_size(run) or style.size for run in runs), default=style.size)
    weights = [style.bold if (own := _bold(run)) is None else own for run in runs]
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    level = str(outline.get(f"{_W}val")) if outline is not None else ""
    listed = style.name.startswith(("List", "Liste")) or paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    mark = "# " if style.name == "Title" else "## " if style.name.startswith(("Heading", "Titre")) else ""
    return Styled(
        text,
        style.level or (2 + int(level) if level.isdecimal() and int(level) < 9 else 0),
        mark or ("- " if listed else ""),
        size,
        bool(weights) and all(weights),
        _CONTENTS.match(style.name) is not None,
    )


def _pieces(element: Any) -> Iterator[str]:
    """Yield the pieces of text of a paragraph; those of its text boxes stand by themselves."""
    pending = [iter(element)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _GONE and child.tag != _BOX:
            pending.append(iter(child))


def _is_row_of(row: Any, table: Any) -> bool:
    """Return whether a row belongs to this table, not to one inside it, and was not deleted."""
    inner = next(row.iterancestors(f"{_W}tbl"), None)
    return inner is table and row.find(f"{_W}trPr/{_W}del") is None


def _rows(table: Any) -> Iterator[list[Cell]]:
    """Yield the rows of a table; a cell that goes on from the row above says what that says."""
    above: dict[int, str] = {}
    for row in table.iter(f"{_W}tr"):
        if not _is_row_of(row, table):
            continue
        cells, column = [], 0
        for cell, goes_on in _row(row):
            said = replace(cell, text=above.get(column, "")) if goes_on and not cell.text else cell
            above[column] = said.text
            column += cell.columns
            cells.append(said)
        yield cells


def _row(row: Any) -> Iterator[tuple[Cell, bool]]:
    """Yield the cells of a row, each with whether it goes on from the row above."""
    head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr"), None) is not row:
            continue
        paragraphs = (
            "".join(_pieces(p)) for p in cell.iter(f"{_W}p") if not any(u.tag in _GONE for u in p.iterancestors())
        )
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = span.get(f"{_W}val") or "1" if span is not None else "1"
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
        yield Cell(" ".join(" ".join(paragraphs).split()), head, int(width) if width.isdecimal() else 1), goes_on


def _footnotes(document: DocxDocument, styles: _Styles) -> Iterator[Styled]:
    """Yield the footnotes and endnotes of a document."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") is None:
                    yield from (replace(one, noted=True) for one in _blocks(note, styles, 0))


def _check_archive(data: bytes, max_bytes: int) -> None:
    """Raise UnreadableFile for what is no Word file, is locked, would unpack to too much, or declares XML entities."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("encrypted, or in the format of Word before 2007; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            unpacked = sum(info.file_size for info in parts)
            if unpacked > most(max_bytes) or len(archive.infolist()) > 10_000:
                raise UnreadableFile(
                    f"over-large: it unpacks to {unpacked:,} bytes of text; the limit is {max_bytes:,}"
                )
            whole = sum(info.file_size for info in archive.infolist())  # pictures too, which python-docx unpacks
            if whole > 10 * most(max_bytes):
                raise UnreadableFile(f"over-large: it unpacks to {whole:,} bytes, pictures included")
            if not any(info.filename.startswith("word/") for info in parts):
                raise UnreadableFile("not a Word file, whatever its name says")
            for info in parts:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in (start := part.read(4096)) or b"<!ENTITY" in start:
                        raise UnreadableFile("its XML declares entities, which no Word file does")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(f"truncated, encrypted or damaged Word file: {error}"[:200]) from None
