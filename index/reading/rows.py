"""Which articles does a table or a list of records hold? CSV, TSV, JSON, JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from index.reading.around import of_record
from index.reading.contents import Extract, FileContents
from index.reading.days import day_of, order_of_days
from index.reading.decoding import decode, normalise
from index.reading.fields import (
    EXCERPTS,
    STANDFIRSTS,
    Record,
    assign,
    is_article,
    is_usual,
    key_of,
    language_code,
    short_key,
    words_of,
)
from index.reading.markup import unmarked
from index.reading.nested import flattened, is_dictionary
from index.reading.shortcodes import stored
from index.records import Guessed, UnreadableFile

_CUT = re.compile(r"\s?\[\+?\d{1,9} chars\]$")
_TOP, _MOST_ABOVE = 20_000, 15
"""The names of the columns stand among so many lines from the top, where a title and a day of export stand above."""
_MOST_NESTED = 5
_NULLS = frozenset(("NULL", "null", "(null)", "\\N", "NaN", "nan", "None", "N/A", "#N/A", "n/a", "-", "–", "—"))
"""How databases and programs write a cell that holds nothing."""
_NONE: Mapping[str, str] = {}


def table(data: bytes, max_bytes: int, named: Mapping[str, str] = _NONE) -> FileContents:
    """Return the articles of a table with a header; cells are set apart by commas, semicolons, tabs or bars."""
    text = normalise(decode(data)).lstrip("\n")
    marked = re.match(r"sep=(.)\n", text)
    text = text[marked.end() :] if marked else text
    above = text[:_TOP].split("\n")[:_MOST_ABOVE]
    delimiter = (
        marked[1] if marked else max(",;\t|", key=lambda sign: (above[0].count(sign), max(map(_counts(sign), above))))
    )
    csv.field_size_limit(max(max_bytes, 1_000_000))
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows: list[Record] = []
    lost: list[str] = []
    wide = 0
    try:
        names, first, skipped = header(lines, named)
        lost += [f"{skipped:,} lines above the names of its columns were not read"] if skipped else []
        for cells in chain(first, lines):
            if any(cell.strip() for cell in cells):
                wide += any(cell.strip() for cell in cells[len(names) :])
                held = ("" if cell in _NULLS else cell for cell in _fitted(cells, len(names), delimiter))
                rows.append(dict(zip(names, held, strict=False)))
    except csv.Error as error:
        lost.append(f"after {len(rows):,} rows it is no table: {error}")
    if not rows or (len(names) < 2 and not is_article(rows[0], named, "text")):
        raise UnreadableFile("; ".join(["a table without rows under a header", *lost]))
    if text.count('"') % 2:
        lost.append("a quotation mark is not closed: some rows may stand in one")
    if wide and assign(rows, named).columns.get("text") != names[-1]:
        lost.append(f"{wide:,} rows have more cells than columns: is one with a {delimiter!r} not in quotation marks?")
    return articles(rows, "rows", lost, named)


def _counts(sign: str) -> Callable[[str], int]:
    return lambda line: line.count(sign)


def header(lines: Iterator[list[str]], named: Mapping[str, str]) -> tuple[list[str], list[list[str]], int]:
    """Return the names of the columns, the rows read to find them that follow, and how many lines stand above.

    They are the first line, unless it names nothing that is usual and one of the next names two things and more.
    """
    top = [cells for cells in islice(lines, _MOST_ABOVE) if any(cell.strip() for cell in cells)]
    known = [sum(is_usual(cell, named) for cell in cells) for cells in top]
    place = 0 if not top or known[0] else next((n for n, count in enumerate(known) if count > 1), 0)
    return [name.strip() for name in top[place]] if top else [], top[place + 1 :], place


def _fitted(cells: list[str], columns: int, delimiter: str) -> list[str]:
    """Return the cells of a row with what is beyond the last column in it: a text there was not in quotation marks."""
    beyond = cells[columns:]
    while beyond and not beyond[-1].strip():
        beyond.pop()
    return [*cells[: columns - 1], delimiter.join([*cells[columns - 1 : columns], *beyond])]


def lines_of_json(data: bytes, max_bytes: int, named: Mapping[str, str] = _NONE) -> FileContents:
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
        rows += [flattened(value)] if isinstance(value, dict) else []
    if not rows:
        raise UnreadableFile("no line of it is an object of JSON")
    return articles(rows, "lines", [f"{broken:,} lines are no JSON"] if broken else [], named)


def json_file(data: bytes, max_bytes: int, named: Mapping[str, str] = _NONE) -> FileContents:
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
    lists, left = _lists(value, named)
    if left:
        lost.append(f"{left:,} records beside those of the articles or deeper than they were not read")
    if not lists and isinstance(value, dict):
        lists = [[flattened(value)]]
    if not lists:
        raise UnreadableFile("it holds no list of articles")
    return _of_feed(_of_lists(lists, lost, named), value)


def _of_feed(contents: FileContents, value: Any) -> FileContents:
    """Return these articles with the title of their feed as their outlet, if they are a feed of JSON."""
    feed = isinstance(value, dict) and "jsonfeed.org" in words_of(value.get("version"))
    outlet = words_of(value.get("title")) if feed else ""
    named = tuple(said if said.outlet else replace(said, outlet=outlet) for said in contents.articles)
    return replace(contents, articles=named) if outlet else contents


def _of_lists(lists: Sequence[Sequence[Record]], lost: Iterable[str], named: Mapping[str, str]) -> FileContents:
    """Return the articles of several lists, each with columns of its own."""
    if len(lists) == 1:
        return articles(lists[0], "records", lost, named)
    found: list[Extract] = []
    guessed: list[Guessed] = []
    for rows in lists:
        try:
            own = articles(rows, "records", (), named)
        except UnreadableFile:
            continue  # they are counted below
        found += own.articles
        guessed += own.guessed
    total = sum(map(len, lists))
    without = total - len(found)
    said = [f"{without:,} of {total:,} records hold no text"] if without else []
    return FileContents(tuple(found), (*lost, *said), tuple(guessed))


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


def _lists(value: Any, named: Mapping[str, str]) -> tuple[list[list[Record]], int]:
    """Return the lists of articles in a value, all at the depth that holds most text, and how many records others hold.

    Where some hold texts, those that hold summaries alone are of something else, of outlets, of tags; and where some
    have titles, those that have none are notices.
    """
    level, levels = [value], list[list[list[Record]]]()
    for _ in range(_MOST_NESTED):
        following: list[Any] = []
        here: list[list[Record]] = []
        for item in level:
            inner = item if isinstance(item, list) else list(item.values()) if isinstance(item, dict) else []
            listed = isinstance(item, list) or is_dictionary(item)
            told: list[Record] = [flattened(o) for o in inner if isinstance(o, dict)] if listed else []
            if told and 2 * sum(is_article(o, named) for o in told) > len(inner):
                here.append(told)
            else:
                following += [o for o in inner if isinstance(o, dict | list)]
        levels += [here] if here else []
        level = following
    most = max(levels, key=lambda lists: sum(map(_length, lists)), default=[])
    chosen = [rows for rows in most if any(is_article(o, named, "text") for o in rows)] or most
    chosen = [rows for rows in chosen if any(is_article(o, named, "title") for o in rows)] or chosen
    return chosen, sum(len(rows) for lists in levels for rows in lists) - sum(map(len, chosen))


def _length(rows: Sequence[Record]) -> int:
    """Return how many characters of text and summary the records of a list hold."""
    return sum(len(words_of(v)) for row in rows for name, v in row.items() if is_article({name: v}, _NONE))


def articles(
    rows: Sequence[Record], called: str, lost: Iterable[str], named: Mapping[str, str] = _NONE
) -> FileContents:
    """Return the article of each row; raise UnreadableFile where no column holds text.

    `named` gives the field of each column that was named.
    """
    assigned = assign(rows, named)
    order = order_of_days(rows, assigned.columns)
    found = [_article(row, assigned.columns, order) for row in rows]
    kept = tuple(said for said in found if any(c.isalnum() for c in said.text))
    without = len(found) - len(kept)
    said = [f"{without:,} of {len(found):,} {called} hold no text"] if without and kept else []
    guessed = (Guessed("", assigned.guessed),) if assigned.guessed else ()
    return FileContents(kept, (*lost, *assigned.missing, *said), guessed)


def _article(row: Record, columns: Mapping[str, str], order: str) -> Extract:
    """Return what a row says."""
    said = {field: words_of(row.get(name)) for field, name in columns.items()}
    text = unmarked(stored(said.get("text", ""), key_of(columns.get("text", ""))))
    summary = unmarked(said.get("summary", ""))
    excerpt = short_key(columns["summary"]) in EXCERPTS if "summary" in columns else False
    teased = not text.strip() and (excerpt or summary.rstrip().endswith(("...", "…")))
    if not text.strip() or (len(text) < len(summary) and summary.startswith(text[:40])):
        text = summary
    elif summary and summary.rstrip(" .…")[:80] not in text and key_of(columns["summary"]) in STANDFIRSTS:
        text = f"{summary}\n\n{text}"
    cut = _CUT.search(text.rstrip(), max(0, len(text.rstrip()) - 40))
    title, outlet = unmarked(said.get("title", "")), said.get("outlet", "")
    return Extract(
        of_record(normalise(text[: cut.start()] if cut else text)),
        title=title.removesuffix(f" - {outlet}").removesuffix(f" | {outlet}") if outlet else title,
        published=day_of(said.get("published", ""), order),
        updated=day_of(said.get("updated", ""), order),
        outlet=outlet,
        author=said.get("author", ""),
        url=said.get("url", ""),
        partial=cut is not None or teased,
        language=language_code(said.get("language", "")),
    )
