"""Which articles does a spreadsheet of Excel hold (.xlsx)? Each sheet is read as a table is, row by row."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zipfile import ZipFile, ZipInfo

from index.reading.contents import Extract, FileContents, most
from index.reading.decoding import normalise
from index.reading.fields import Record
from index.reading.packed import member, opened
from index.reading.rows import articles, header
from index.reading.xmlfiles import root_of
from index.records import Guessed, UnreadableFile

_OLE = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(r"([A-Z]{1,3})\d*")
_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d+)?")
_DATED = re.compile(r"[dy]|m{3}", re.IGNORECASE)
_FORMULA = re.compile(r"\s*HYPERLINK\(\s*\"(?P<address>https?://[^\"]+)\"", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DAYS = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
"""The formats of days that every spreadsheet has."""
_FIRST, _OF_MACS = datetime(1899, 12, 30), 1462
"""The day that a spreadsheet counts as 0, and how many days later those of old Macintoshes begin."""
_MOST_SHEETS, _MOST_COLUMNS, _MOST_CELLS = 200, 500, 5_000_000
_NAMED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Book:
    """A spreadsheet: its parts by their names, the words that its cells share, and what shows a number as a day."""

    archive: ZipFile
    infos: Mapping[str, ZipInfo]
    max_bytes: int
    shared: Sequence[str]
    days: frozenset[int]
    later: int

    def links(self, part: str) -> dict[str, str]:
        """Return to what a part of the file refers, by the names that it has for it."""
        folder, _, name = part.rpartition("/")
        info = self.infos.get(f"{folder}/_rels/{name}.rels")
        root = root_of(member(self.archive, info, self.max_bytes))[0] if info else ()
        return {str(e.get("Id")): str(e.get("Target") or "") for e in root}


def xlsx(data: bytes, max_bytes: int, named: Mapping[str, str] = _NAMED) -> FileContents:
    """Return the articles of the sheets, a row each; which sheets are no tables of articles is told."""
    if data.startswith(_OLE):
        raise UnreadableFile("encrypted, or in the format of Excel before 2007")
    archive = opened(data, max_bytes)
    infos = {info.filename: info for info in archive.infolist()}
    part = next((name for name in infos if name.endswith("xl/workbook.xml")), "")
    if not part:
        raise UnreadableFile("not a spreadsheet of Excel, whatever its name says")
    root = root_of(member(archive, infos[part], max_bytes))[0]
    book = _book(archive, infos, max_bytes, part, root)
    links, sheets = book.links(part), list(root.iter("{*}sheet"))
    found: list[Extract] = []
    lost = [f"{len(sheets) - _MOST_SHEETS:,} further sheets were not read"] if len(sheets) > _MOST_SHEETS else []
    guessed: list[Guessed] = []
    for sheet in sheets[:_MOST_SHEETS]:
        name = str(sheet.get("name") or "")[:60]
        try:
            own = _sheet(book, _place(part, links.get(_reference(sheet), "")), named)
        except UnreadableFile as error:
            lost.append(f"sheet {name!r}: {error}"[:300])
            continue
        found += own.articles
        lost += [f"sheet {name!r}: {reason}" if len(sheets) > 1 else reason for reason in own.lost]
        guessed += [replace(one, source=name if len(sheets) > 1 else "") for one in own.guessed]
    if not found:
        raise UnreadableFile("; ".join(lost)[:300] or "empty: no sheet of it holds anything")
    return FileContents(tuple(found), tuple(lost), tuple(guessed))


def _reference(element: Any) -> str:
    """Return the name by which an element refers to a part of the file; its namespace is not the same in all files."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def _place(part: str, target: str) -> str:
    """Return the name in the file of what a part of it refers to: from its own folder, or from the top."""
    whole = posixpath.join("/", posixpath.dirname(part), target)
    return posixpath.normpath(whole).lstrip("/")


def _book(archive: ZipFile, infos: Mapping[str, ZipInfo], max_bytes: int, part: str, root: Any) -> _Book:
    """Return a spreadsheet by its parts; those of its words and of its formats may lack."""
    folder = part.rpartition("/")[0]

    def other(name: str) -> Any:
        info = infos.get(f"{folder}/{name}.xml")
        return root_of(member(archive, info, max_bytes))[0] if info else None

    words, styles = other("sharedStrings"), other("styles")
    shared = [normalise(_words(item)) for item in words.iterfind("{*}si")] if words is not None else []
    macs = any(str(e.get("date1904")) in ("1", "true") for e in root.iter("{*}workbookPr"))
    return _Book(archive, infos, max_bytes, shared, frozenset(_of_days(styles)), _OF_MACS if macs else 0)


def _of_days(styles: Any) -> Iterator[int]:
    """Yield the styles of cells that show a number as a day."""
    if styles is None:
        return
    own = {
        str(e.get("numFmtId")): _DATED.search(_QUOTED.sub("", str(e.get("formatCode") or ""))) is not None
        for e in styles.iter("{*}numFmt")
    }
    for number, style in enumerate(e for holder in styles.iterfind("{*}cellXfs") for e in holder.iterfind("{*}xf")):
        kind = str(style.get("numFmtId") or "0")
        if own.get(kind, kind.isdecimal() and len(kind) < 5 and int(kind) in _DAYS):
            yield number


def _words(item: Any) -> str:
    """Return the words of a cell, without what tells how they are spoken."""
    parts = (t.text or "" for t in item.iter("{*}t") if not any(True for _ in t.iterancestors("{*}rPh")))
    return "".join(parts).replace("_x000D_", "")


def _sheet(book: _Book, part: str, named: Mapping[str, str]) -> FileContents:
    """Return the articles of a sheet; none for one in which nothing stands."""
    if part not in book.infos:
        raise UnreadableFile("its cells are not in the file")
    root, damaged = root_of(member(book.archive, book.infos[part], book.max_bytes))
    lines, links, wide = _lines(book, root, _addresses(root, book.links(part)))
    if not lines:
        return FileContents(())
    lost = [f"cells beyond column {_MOST_COLUMNS} were not read"] if wide else []
    lost += ["it is cut short or damaged; what could be read of it was read"] if damaged else []
    names, _, above = header(iter(lines), named)
    lost += [f"{above:,} lines above the names of its columns were not read"] if above else []
    has_links = any(links)
    pages = zip(lines[above + 1 :], links[above + 1 :], strict=True)
    rows = [_record(names, cells, link if has_links else None) for cells, link in pages]
    if not rows:
        raise UnreadableFile("a table without rows under a header")
    return articles(rows, "rows", lost, named)


def _lines(book: _Book, root: Any, addresses: Mapping[str, str]) -> tuple[list[list[str]], list[str], bool]:
    """Return the rows in which something stands, to which page each leads, and whether some are too wide."""
    lines: list[list[str]] = []
    links: list[str] = []
    wide, held, characters = False, 0, 0
    for row in root.iter("{*}row"):
        cells, beyond = _cells(book, row)
        held, characters, wide = held + len(cells), characters + sum(map(len, cells)), wide or beyond
        if held > _MOST_CELLS or characters > most(book.max_bytes):
            raise UnreadableFile(f"over-large: {held:,} cells, {characters:,} characters")
        if any(cell.strip() for cell in cells):
            lines.append(cells)
            links.append(next((address for cell in row if (address := _leads_to(cell, addresses))), ""))
    return lines, links, wide


def _leads_to(cell: Any, addresses: Mapping[str, str]) -> str:
    """Return the page to which a cell leads, by what is noted of it or by its formula."""
    formula = cell.find("{*}f")
    found = _FORMULA.match((formula.text or "")[:3000]) if formula is not None else None
    return found["address"] if found else addresses.get(str(cell.get("r") or ""), "")


def _record(names: Sequence[str], cells: Sequence[str], link: str | None) -> Record:
    """Return a row by the names of its columns, with the page to which a cell leads where none gives an address.

    `link` is None in a sheet of which no cell leads to a page.
    """
    row = dict(zip(names, cells, strict=False))
    shown = next((cell for cell in cells if cell.startswith(("http://", "https://"))), "")
    return {**row, "url": shown or link} if link is not None else row


def _addresses(root: Any, links: Mapping[str, str]) -> dict[str, str]:
    """Return the pages to which cells lead, by the place of the cell."""
    found = ((str(e.get("ref") or ""), links.get(_reference(e), "")) for e in root.iter("{*}hyperlink"))
    return {place: address for place, address in found if address.startswith(("http://", "https://"))}


def _cells(book: _Book, row: Any) -> tuple[list[str], bool]:
    """Return the cells of a row, each in its column, and whether some stand beyond the last column that is read."""
    cells: list[str] = []
    beyond = False
    for cell in row.iterfind("{*}c"):
        place = _CELL.fullmatch(str(cell.get("r") or ""))
        column = _column(place[1]) if place else len(cells)
        if column >= _MOST_COLUMNS:
            beyond = True
            continue
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _value(book, cell).strip()
    return cells, beyond


def _column(letters: str) -> int:
    """Return the place of a column, from 0.

    >>> _column("A"), _column("Z"), _column("AB")
    (0, 25, 27)
    """
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - 64
    return place - 1


def _value(book: _Book, cell: Any) -> str:
    """Return what a cell shows: its words, a day in ISO 8601, or its number."""
    kind, held = str(cell.get("t") or "n"), cell.find("{*}v")
    if kind == "inlineStr":
        return normalise(_words(cell))
    value = (held.text or "") if held is not None else ""
    if kind == "s":
        place = int(value) if value.isdecimal() and len(value) < 9 else -1
        return book.shared[place] if 0 <= place < len(book.shared) else ""
    if kind != "n":
        return normalise(value) if kind in ("str", "d") else ""
    style = str(cell.get("s") or "")
    if style.isdecimal() and len(style) < 7 and int(style) in book.days and _NUMBER.fullmatch(value):
        return _day(float(value) + book.later)
    return value.removesuffix(".0")


def _day(count: float) -> str:
    """Return the day that a spreadsheet counts; as it is written where there is none."""
    return (_FIRST + timedelta(days=count)).date().isoformat() if 1 <= count < 2_900_000 else f"{count:g}"
