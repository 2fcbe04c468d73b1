"""What does a text of other word processors say? OpenDocument (.odt) and RTF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.headed import Styled, in_place_of, may_hold, of_table, text_of
from index.reading.odfstyles import Styles
from index.reading.packed import member, opened
from index.reading.rtfstyles import signed, unsigned
from index.reading.tables import Cell, told
from index.reading.xmlfiles import root_of
from index.records import UnreadableFile

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"


def odt(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of an OpenDocument text; what was deleted with its changes kept is no text."""
    archive = opened(data, max_bytes)
    infos = {info.filename: info for info in archive.infolist()}
    if "content.xml" not in infos:
        raise UnreadableFile("not an OpenDocument text, whatever its name says")
    parts = [name for name in ("styles.xml", "content.xml", "meta.xml") if name in infos]
    roots = {name: root_of(member(archive, infos[name], max_bytes))[0] for name in parts}
    styles = Styles(roots.get("styles.xml"), roots["content.xml"])
    notes: list[str] = []
    told = [*_odf_blocks(roots["content.xml"], styles, notes), *(Styled(note, noted=True) for note in notes)]
    title = made = ""
    if (meta := roots.get("meta.xml")) is not None:
        title = "".join(meta.xpath("string(//*[local-name()='title'])").split("\n"))
        made = str(meta.xpath("string(//*[local-name()='creation-date'])"))
    return in_place_of(Extract(normalise(text_of(told)), title=title.strip(), created=made[:10]), told)


_SKIPPED = frozenset({_ODF % ("text", "tracked-changes"), _ODF % ("office", "annotation"), _ODF % ("office", "forms")})
_P, _H, _ITEM = (_ODF % ("text", name) for name in ("p", "h", "list-item"))
_TABLE, _ROW, _CELL = (_ODF % ("table", name) for name in ("table", "table-row", "table-cell"))
_NOTE, _BOX, _CONTENTS = _ODF % ("text", "note"), _ODF % ("draw", "text-box"), _ODF % ("text", "table-of-content")


def _odf_blocks(root: Any, styles: Styles, notes: list[str]) -> Iterator[Styled]:
    """Yield the paragraphs of an OpenDocument text; its notes are gathered, to stand at the end."""
    pending = [(root, "", False)]
    while pending:
        element, prefix, listed = pending.pop()
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if element.tag in (_P, _H):
            look = styles.look(element)
            words = _odf_words(element, notes)
            outline = str(element.get(_ODF % ("text", "outline-level")) or "1")
            headed = element.tag == _H and outline.isdecimal()
            mark = "#" * min(int(outline), 6) + " " if headed else prefix
            level = 1 + int(outline) if headed else look.level
            if words.strip():
                yield Styled(words, level, mark, look.size, look.bold, listed)
            pending += [(box, "", listed) for box in element.iter(_BOX)]
        elif element.tag == _TABLE:
            rows = [[_odf_cell(cell, notes) for cell in row if cell.tag == _CELL] for row in element.iter(_ROW)]
            yield from of_table(told(rows))
        else:
            inner = "- " if element.tag == _ITEM else prefix
            pending += [(child, inner, listed or element.tag == _CONTENTS) for child in reversed(element)]


def _odf_cell(cell: Any, notes: list[str]) -> Cell:
    words = " ".join(_odf_words(part, notes) for part in cell.iter(_P, _H))
    spanned = str(cell.get(_ODF % ("table", "number-columns-spanned")) or "1")
    head = cell.getparent().getparent().tag == _ODF % ("table", "table-header-rows")
    return Cell(" ".join(words.split()), head, int(spanned) if spanned.isdecimal() else 1)


_SPACES = {_ODF % ("text", name): sign for name, sign in (("s", " "), ("tab", "\t"), ("line-break", "\n"))}


def _odf_words(paragraph: Any, notes: list[str]) -> str:
    """Return the words of a paragraph, without its notes, which are put aside, and its boxes."""
    words = [(paragraph.text or "").replace("\n", " ")]
    pending: list[Any] = list(reversed(paragraph))
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            words.append(part.replace("\n", " "))
            continue
        if part.tail:
            pending.append(part.tail)
        if part.tag == _NOTE:
            body = part.find(_ODF % ("text", "note-body"))
            notes.append(" ".join("".join(body.itertext()).split()) if body is not None else "")
        elif part.tag not in _SKIPPED and part.tag != _BOX and isinstance(part.tag, str):
            words.append(_SPACES.get(part.tag) or (part.text or "").replace("\n", " "))
            pending += list(reversed(part))
    return "".join(words)


def rtf(data: bytes, max_bytes: int) -> FileContents:
    """Return the article of an RTF file, a block for each of its paragraphs; its notes and boxes at the end."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableFile("not an RTF file, whatever its name says")
    aside: list[str] = []
    source = _without(data.decode("cp1252", "replace"), _INSTRUCTION, [])
    kept = _without("".join(_undeleted(source)), _ASIDE, aside)
    coding = _CODING.search(kept)
    notes = "".join(f"{{{own}}}\\par " for own in aside)
    lines = _rtf_lines(kept)
    found = list(_rtf_blocks(lines))
    if aside:
        notes = "{\\rtf1\\ansi" + (coding.group() if coding else "") + f" {notes}}}"
        found += _rtf_blocks(_rtf_lines(notes))
    said = Extract("\n\n".join(filter(None, found)))
    if not may_hold([line for line in lines if line]):
        return FileContents((said,))
    source, looks = signed(kept)
    noted = (Styled(own, noted=True) for own in aside)
    return in_place_of(said, [*unsigned(_rtf_lines(source), looks), *noted])


def _rtf_lines(source: str) -> list[str]:
    """Return the lines of the text of an RTF source."""
    from striprtf.striprtf import rtf_to_text

    plain: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    return [" ".join(line.split()) for line in normalise(plain).split("\n")]


def _rtf_blocks(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs and the tables of an RTF file, the cells of which end with a bar each."""
    for is_table, own in groupby(lines, key=lambda line: line.endswith("|") and line.count("|") > 1):
        if is_table:
            rows = [[Cell(cell.strip()) for cell in line.split("|")[:-1]] for line in own]
            yield told(rows)
        else:
            yield from (line.strip("| ") for line in own)


_CODING = re.compile(r"\\ansicpg\d+")
_DELETED = re.compile(r"\\deleted(?![a-z0])1? ?")
_ASIDE = re.compile(r"\{\\(?:footnote|shptxt)(?![a-z])")
_INSTRUCTION = re.compile(r"\{\s*(?:\\\*\s*)?\\fldinst(?![a-z])", re.IGNORECASE)
"""What begins the instruction of a field, such as the address of a link; its result stands in a group beside it."""
_GROUPS = re.compile(r"\\[{}\\]|[{}]|\\deleted0 ?")


def _undeleted(source: str) -> Iterator[str]:
    """Yield the source of an RTF file without what was deleted with its changes kept: to the end of its group."""
    start = 0
    while deleted := _DELETED.search(source, start):
        yield source[start : deleted.start()]
        start = _end_of_group(source, deleted.end(), "\\deleted0")
    yield source[start:]


def _without(source: str, begins: re.Pattern[str], aside: list[str]) -> str:
    """Return the source of an RTF file without the groups that begin so: notes and boxes; they are put aside."""
    start, kept = 0, list[str]()
    while found := begins.search(source, start):
        kept.append(source[start : found.start()])
        end = _end_of_group(source, found.end())
        aside.append(source[found.end() : end])
        start = end + 1
    return "".join([*kept, source[start:]])


def _end_of_group(source: str, start: int, sign: str = "}") -> int:
    """Return where the group ends that is open at `start`, or the sign stands in it that ends it before."""
    depth = 0
    for mark in _GROUPS.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(mark.group(), 0)
        if depth < 0 or (not depth and mark.group().startswith(sign) and sign != "}"):
            return mark.start()
    return len(source)
