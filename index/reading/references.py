"""Which articles does a list of references hold (RIS), as databases and managers of references export them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.reading.contents import FileContents
from index.reading.decoding import decode, normalise
from index.reading.fields import Record
from index.reading.rows import articles
from index.records import UnreadableFile

_TAGGED = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  ?-(?: (?P<value>.*))?")
_FIELDS = {
    "title": ("TI", "T1", "CT"), "text": ("FT", "TX"), "summary": ("AB", "N2", "N1"),
    "published": ("DA", "Y1", "PY"), "outlet": ("T2", "JO", "JF", "JA", "J1", "J2", "PB"),
    "author": ("AU", "A1"), "url": ("UR", "L2"), "language": ("LA",),
}  # fmt: skip
"""The tags of each field, the surest first."""
_SEVERAL = frozenset(("author", "text", "summary"))


def ris(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a list of references: its records that have a text or an abstract."""
    lines = normalise(decode(data)).split("\n")
    rows = [_record(fields) for fields in _records(lines)]
    if not rows:
        raise UnreadableFile("not a list of references, whatever its name says")
    if not any(row["text"] or row["summary"] for row in rows):
        raise UnreadableFile(f"none of its {len(rows):,} references has a text or an abstract")
    return articles(rows, "references", ())


def _records(lines: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """Yield the values of each record by their tags; a line without a tag goes on with the value above it."""
    fields: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        found = _TAGGED.fullmatch(line.rstrip())
        if found is None:
            if last and line.strip():
                fields[last][-1] += f"\n{line.strip()}"
            continue
        last, value = found["tag"], (found["value"] or "").strip()
        if last in ("TY", "ER") and fields:
            yield fields
            fields = {}
        if last == "ER":
            last = ""
        else:
            fields.setdefault(last, []).append(value)
    if fields:
        yield fields


def _record(fields: dict[str, list[str]]) -> Record:
    """Return a record by the names of its fields."""
    row = {}
    for name, tags in _FIELDS.items():
        held = next((told for tag in tags if (told := [value for value in fields.get(tag, ()) if value])), [])
        row[name] = ("\n\n" if name != "author" else ", ").join(held if name in _SEVERAL else held[:1])
    row["published"] = row["published"].strip("/ ").replace("/", "-")
    return row
