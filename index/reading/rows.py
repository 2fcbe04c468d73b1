"""Which articles does a table or a list of records hold, and which column is what? CSV, TSV, JSON, JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from index.language import fold
from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.markup import blocks, parsed
from index.records import UnreadableFile

NAMES = {
    "text": """text texte fulltext textcomplet texteintegral body content contenu articletext articlebody corps
        contenttext contenthtml contentencoded maintext story article articlecontent plaintext textearticle paragraphs
        paragraphes""",
    "summary": "summary description resume abstract chapo chapeau snippet standfirst lead excerpt extrait intro",
    "title": "title titre headline heading articletitle titredelarticle titrearticle name intitule hed",
    "published": """published publishedat publicationdate datedepublication datepublication datepublished publishdate
        publisheddate pubdate date datepublish datetime day jour createdat created timestamp dateparution parution
        isodate""",
    "updated": "updated updatedat modified datemodified lastmodified datedemiseajour miseajour datemaj modifiedat",
    "outlet": """outlet media newspaper journal paper source sourcename publication publisher sitename site website
        medium titredepresse nomdujournal editeur presse domain sourcedomain support nomdumedia supportmedia organe""",
    "author": "author authors auteur auteurs byline signature journaliste creator dccreator journalist writer",
    "url": "url link lien adresse permalink uri href sourceurl articleurl weburl canonicalurl externalurl",
}
"""The usual names of columns in both languages, without spaces and signs, the surest first."""
_ORDER = {field: {name: n for n, name in enumerate(names.split())} for field, names in NAMES.items()}
_MARKUP = re.compile(r"<(?:p|br|div|span|a|ul|h\d|strong|em|b|i)\b[^<>]{0,2000}>|</p>", re.IGNORECASE)
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?:\d{6})?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_CUT = re.compile(r"\s?\[\+\d{1,9} chars\]$")
_MEAN = 60
"""Characters that the cells of a column without a usual name hold on the average, if they are the text."""
_MOST_NESTED = 5

Record = Mapping[str, Any]


def table(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a table with a header; cells are set apart by commas, semicolons, tabs or bars."""
    text = normalise(decode(data)).lstrip("\n")
    marked = re.match(r"sep=(.)\n", text)
    text = text[marked.end() :] if marked else text
    header = text.split("\n", 1)[0]
    delimiter = marked[1] if marked else max(",;\t|", key=header.count)
    csv.field_size_limit(max(max_bytes, 1_000_000))
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[Record] = []
    lost: list[str] = []
    wide = 0
    try:
        names = [name.strip() for name in next(lines, [])]
        for cells in lines:
            if any(cell.strip() for cell in cells):
                wide += any(cell.strip() for cell in cells[len(names) :])
                rows.append(dict(zip(names, _fitted(cells, len(names), delimiter), strict=False)))
    except csv.Error as error:
        lost.append(f"after {len(rows):,} rows it is no table: {error}")
    if len(names) < 2 or not rows:
        raise UnreadableFile("; ".join(["a table without rows under a header", *lost]))
    if text.count('"') % 2:
        lost.append("a quotation mark is not closed: some rows may stand in one")
    if wide and _columns(rows).get("text") != names[-1]:
        lost.append(f"{wide:,} rows have more cells than columns: is one with a {delimiter!r} not in quotation marks?")
    return articles(rows, "rows", lost)


def _fitted(cells: list[str], columns: int, delimiter: str) -> list[str]:
    """Return the cells of a row with what is beyond the last column in it: a text there was not in quotation marks."""
    beyond = cells[columns:]
    while beyond and not beyond[-1].strip():
        beyond.pop()
    return [*cells[: columns - 1], delimiter.join([*cells[columns - 1 : columns], *beyond])]


def lines_of_json(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a file in which each line is an object."""
    rows: list[Record] = []
    broken = 0
    for line in normalise(decode(data)).split("\n"):
        if not line.strip():
            continue
        try:
            value = json.loads(line, strict=False)
        except (ValueError, RecursionError):
            broken += 1
            continue
        rows += [value] if isinstance(value, dict) else []
    if not rows:
        raise UnreadableFile("no line of it is an object of JSON")
    return articles(rows, "lines", [f"{broken:,} lines are no JSON"] if broken else [])


def json_file(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a JSON file: a list of objects, wherever it stands, or one object."""
    text = normalise(decode(data))
    lost: list[str] = []
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise UnreadableFile("its values are nested too deeply") from None
    except ValueError as error:
        value = _salvaged(text)
        if not value:
            raise UnreadableFile(f"not JSON: {error}"[:200]) from None
        lost.append(f"it is cut short or damaged after {len(value):,} records")
    lists, left = _lists(value)
    if left:
        lost.append(f"{left:,} records beside those of the articles or deeper than they were not read")
    if not lists and isinstance(value, dict):
        lists = [[value]]
    if not lists:
        raise UnreadableFile("it holds no list of articles")
    return _of_lists(lists, lost)


def _of_lists(lists: Sequence[Sequence[Record]], lost: Iterable[str]) -> FileContents:
    """Return the articles of several lists, each with columns of its own."""
    if len(lists) == 1:
        return articles(lists[0], "records", lost)
    found: list[Extract] = []
    for rows in lists:
        try:
            found += articles(rows, "records", ()).articles
        except UnreadableFile:
            continue  # they are counted below
    total = sum(map(len, lists))
    without = total - len(found)
    return FileContents(tuple(found), (*lost, *([f"{without:,} of {total:,} records hold no text"] if without else [])))


def _salvaged(text: str) -> list[Record]:
    """Return the whole objects at the start of a list that is cut short, or of one object after the other."""
    decoder, found = json.JSONDecoder(strict=False), list[Record]()
    at = text.find("[") + 1 if text.lstrip().startswith("[") or "[{" in text[:2000].replace(" ", "") else 0
    while (start := text.find("{", at)) >= 0 and not text[at:start].strip(" \n\r\t,"):
        try:
            value, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _lists(value: Any) -> tuple[list[list[Record]], int]:
    """Return the lists of articles in a value, all that are least nested, and how many records are in others.

    Where some hold texts, those that hold summaries alone are of something else: of outlets, of tags.
    """
    level, chosen, left = [value], list[list[Record]](), 0
    for _ in range(_MOST_NESTED):
        following: list[Any] = []
        here: list[list[Record]] = []
        for item in level:
            inner = item if isinstance(item, list) else list(item.values()) if isinstance(item, dict) else []
            objects = [o.get("_source", o) if isinstance(o, dict) else o for o in inner]
            told: list[Record] = [o for o in objects if isinstance(o, dict)] if isinstance(item, list) else []
            if told and 2 * sum(map(_is_article, told)) > len(objects):
                here.append(told)
            else:
                following += [o for o in inner if isinstance(o, dict | list)]
        if here and not chosen:
            chosen = [rows for rows in here if any(_is_article(o, "text") for o in rows)] or here
            here = [rows for rows in here if not any(rows is own for own in chosen)]
        left += sum(map(len, here))
        level = following
    return chosen, left


def _is_article(record: Record, *fields: str) -> bool:
    keys = {_key(name) for name in record}
    return any(keys & _ORDER[field].keys() for field in fields or ("text", "summary"))


@lru_cache(4096)
def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(str(name)[:60]))


def articles(rows: Sequence[Record], called: str, lost: Iterable[str]) -> FileContents:
    """Return the article of each row; raise UnreadableFile where no column holds text."""
    columns = _columns(rows)
    found = [_article(row, columns) for row in rows]
    kept = tuple(said for said in found if any(c.isalnum() for c in said.text))
    if "text" not in columns and "summary" not in columns:
        names = ", ".join(dict.fromkeys(str(name) for row in rows[:5] for name in row))
        raise UnreadableFile(f"no column of it is a text: {names}"[:200])
    without = len(found) - len(kept)
    said = [f"{without:,} of {len(found):,} {called} hold no text"] if without and kept else []
    return FileContents(kept, (*lost, *said))


def _columns(rows: Sequence[Record]) -> dict[str, str]:
    """Return the column of each field, by its name, and of the text else by its length."""
    sample = rows[:200]
    names = list(dict.fromkeys(name for row in sample for name in row))
    chosen: dict[str, str] = {}
    for field, order in _ORDER.items():
        known = [name for name in names if _key(name) in order and any(_words(row.get(name)) for row in sample)]
        if known:
            chosen[field] = min(known, key=lambda name: order[_key(name)])
    taken = set(chosen.values())
    if "text" not in chosen or _mean(sample, chosen["text"]) < _mean(sample, chosen.get("summary", "")):
        free = [name for name in names if name not in taken and _mean(sample, name) >= _MEAN]
        if free and "text" not in chosen:
            chosen["text"] = max(free, key=lambda name: _mean(sample, name))
    return chosen


def _mean(rows: Sequence[Record], name: str) -> float:
    return sum(len(_words(row.get(name))) for row in rows) / max(1, len(rows))


def _article(row: Record, columns: Mapping[str, str]) -> Extract:
    """Return what a row says."""
    said = {field: _words(row.get(name)) for field, name in columns.items()}
    text, summary = _unmarked(said.get("text", "")), _unmarked(said.get("summary", ""))
    if not text.strip() or (len(text) < len(summary) and summary.startswith(text[:40])):
        text = summary
    elif summary and summary.rstrip(" .…")[:80] not in text and _key(columns["summary"]) in _STANDFIRSTS:
        text = f"{summary}\n\n{text}"
    cut = _CUT.search(text.rstrip(), max(0, len(text.rstrip()) - 40))
    return Extract(
        normalise(text[: cut.start()] if cut else text),
        title=_unmarked(said.get("title", "")),
        published=day_of(said.get("published", "")),
        updated=day_of(said.get("updated", "")),
        outlet=said.get("outlet", ""),
        author=said.get("author", ""),
        url=said.get("url", ""),
        partial=cut is not None,
    )


_STANDFIRSTS = frozenset("chapo chapeau standfirst lead intro".split())


def _words(value: Any, depth: int = 0) -> str:
    """Return the words of a value: of an object its name or text, of a list each part."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and depth < _MOST_NESTED:
        parts = [_words(item, depth + 1) for item in value[:2000]]
        return ("\n\n" if sum(map(len, parts)) > 200 else ", ").join(part for part in parts if part)
    if isinstance(value, dict) and depth < _MOST_NESTED:
        keys = ("rendered", "name", "value", "text", "#text", "title", "content", "_", "id")
        return next((_words(value[key], depth + 1) for key in keys if value.get(key)), "")
    return "" if value is None or isinstance(value, bool | list | dict) else str(value)


def _unmarked(text: str) -> str:
    """Return the text without HTML, if it holds any."""
    if not _MARKUP.search(text):
        return text
    tree = parsed(text)
    return text if tree is None else "\n\n".join(blocks(tree))


def day_of(value: str) -> str:
    """Return a day as it is written, or in ISO 8601 where it is a number: seconds, milliseconds or 20230314.

    >>> day_of("1678780800"), day_of("20230314"), day_of("14 mars 2023")
    ('2023-03-14', '2023-03-14', '14 mars 2023')
    """
    value = value.strip()
    if _COMPACT.fullmatch(value):
        return f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    if _EPOCH.fullmatch(value):
        seconds = float(value) / (1000 if len(value) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return value
