"""What is told of files from outside: by `sources.csv` beside them, and by who names the columns of tables?"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from index.paragraphs.datelines import read_date
from index.reading.decoding import decode, normalise
from index.reading.formats import NAMED
from index.reading.kinds import kind_of, suffix_of
from index.records import Document, Skipped, UnreadableFile

NAME = "sources.csv"
_COLUMNS = ("source", "title", "outlet", "published", "url")
_LARGEST = 20_000_000
_NUMBER = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rows of `sources.csv` by source (in NFC), and the rows that could not be used."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: tuple[Skipped, ...] = ()
    within: dict[str, list[str]] = field(default_factory=dict)
    """By file: the sources with a row that are articles of it, where it holds several."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the columns of tables hold, by their names, as the caller says (see `index.reading.fields`)."""

    def row(self, source: str) -> dict[str, str]:
        """Return the row of a source, or an empty one."""
        return self.rows.get(unicodedata.normalize("NFC", source), {})

    def strangers(self, there: Iterable[str]) -> list[Skipped]:
        """Return the rows that name none of the sources that are there."""
        composed = {unicodedata.normalize("NFC", source) for source in there}
        names = (source for source in self.rows if source not in composed)
        return [Skipped(NAME, f"names a file that is not there: {source[:200]}") for source in names]

    def described(self, document: Document, file: str = "") -> Document:
        """Return the document with what its row says, which wins over what was read; empty cells say nothing.

        The row of `file`, of whose articles it is one, says what the article itself does not: outlet and date.
        """
        row = self.row(document.source)
        whole = self.row(file) if file and file != document.source else {}
        if not row and not whole:
            return document
        published = read_date(row.get("published", ""), document.language)
        return replace(
            document,
            title=row.get("title") or document.title,
            outlet=row.get("outlet") or document.outlet or whole.get("outlet", ""),
            url=row.get("url") or document.url,
            published=published or document.published or read_date(whole.get("published", ""), document.language),
        )

    def digest(self, file: str, digest: str) -> str:
        """Return the digest of a file, its rows and the columns that were named, by which they change the document.

        It is the file's own where nothing is told of it.
        """
        if self.columns and kind_of(suffix_of(file), b"") in ("", *NAMED):
            told = [part for pair in sorted(self.columns.items()) for part in pair]
            digest = hashlib.sha256("\0".join([digest, *told]).encode("utf-8")).hexdigest()
        return self._with_rows(digest, (file, *self.within.get(file, ())))

    def article_digest(self, source: str, file: str, digest: str) -> str:
        """Return the digest of one article among several and of the rows that describe it."""
        return self._with_rows(digest, (source, file))

    def _with_rows(self, digest: str, sources: Iterable[str]) -> str:
        rows = [row for row in map(self.row, sources) if row]
        if not rows:
            return digest
        cells = [row.get(column, "") for row in rows for column in _COLUMNS]
        return hashlib.sha256("\0".join([digest, *cells]).encode("utf-8")).hexdigest()


def read_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of a folder; an empty one where there is no `sources.csv`.

    The file is in UTF-8 or Windows-1252, its cells are set apart by commas, semicolons or tabs. Bad rows are reported.
    """
    path = folder / NAME
    try:
        if not path.is_file():
            return Catalogue()
        if path.stat().st_size > _LARGEST:
            return Catalogue(problems=(Skipped(NAME, f"over-large: more than {_LARGEST:,} bytes"),))
        text = normalise(decode(path.read_bytes()))
    except (OSError, UnreadableFile) as error:
        return Catalogue(problems=(Skipped(NAME, f"unreadable: {error}"),))
    header = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    lines = csv.reader(io.StringIO(text.lstrip("\n")), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(lines, [])]
        if "source" not in names:
            return Catalogue(problems=(Skipped(NAME, f"its first line names no column 'source': {header[:80]!r}"),))
        return _rows(names, lines)
    except csv.Error as error:
        return Catalogue(problems=(Skipped(NAME, f"not a table: {error}"),))


def _rows(names: list[str], lines: Iterator[list[str]]) -> Catalogue:
    """Return the catalogue of these lines, the first of which is line 2; a source's first row counts."""
    rows: dict[str, dict[str, str]] = {}
    problems: list[Skipped] = []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name in _COLUMNS}
        source = unicodedata.normalize("NFC", row.get("source", "")).removeprefix("./")
        reason = ""
        if not source:
            reason = "no source"
        elif source in rows:
            reason = f"a second row for {source[:100]}"
        elif len(cells) > len(names):
            reason = "more cells than columns; is one with a comma not in quotation marks?"
        elif row.get("published") and read_date(row["published"], "fr") is None:
            reason = f"no date: {row['published'][:40]!r}"
        if reason:
            problems.append(Skipped(NAME, f"row {number}: {reason}"))
        if source:
            rows.setdefault(source, row)
    return Catalogue(rows, tuple(problems), _within(rows))


def _within(sources: Iterable[str]) -> dict[str, list[str]]:
    """Return the sources that go on inside a file ("a.html#2", "a.zip/b.txt"), by the files that it may be."""
    found: dict[str, list[str]] = {}
    for source in sources:
        file = _NUMBER.sub("", source)
        outer = [parent.as_posix() for parent in PurePosixPath(file).parents if parent.suffix]
        for holder in {file, *outer} - {source}:
            found.setdefault(holder, []).append(source)
    return found
