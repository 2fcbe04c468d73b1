"""How are the matters of several sources written down: as Markdown, CSV or JSON, each figure with its citation?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from qa.matters.matter import Matter, Statement
from ui.escaping import escape_cell, escape_markdown, write_json
from ui.words.catalogue import print_day, read_words
from ui.words.wording import name_matter, tell_figure, tell_place, tell_verdict

FORMS = ("markdown", "csv", "json")
"""The forms in which matters are written down."""

COLUMNS = (
    "matter", "verdict", "about", "unit", "origins", "number", "source", "outlet", "title", "published", "figure",
    "value", "value_max", "role", "qualifier", "attribution", "origin", "compared", "quote", "page", "start", "end",
    "url",
)  # fmt: skip
"""The columns of the CSV: one row for each statement, with the number of its matter."""


def export_matters(matters: Sequence[Matter], form: str, language: str) -> str:
    """Return matters as "json", "csv" or "markdown", ending in a newline; Markdown is in a language of the interface.

    Raises ValueError for another form.
    """
    if form == "json":
        return write_json(list(matters))
    if form == "csv":
        return _write_csv(matters)
    if form == "markdown":
        return "\n".join(line for matter in matters for line in _lines(matter, language))
    raise ValueError(f"form is json, csv or markdown, not {form!r}")


def _write_csv(matters: Sequence[Matter]) -> str:
    """Return the statements as a table (RFC 4180) under `COLUMNS`."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, matter in enumerate(matters, 1):
        for statement in matter.statements:
            writer.writerow(map(escape_cell, _row(number, matter, statement)))
    return table.getvalue()


def _row(number: int, matter: Matter, statement: Statement) -> tuple[object, ...]:
    cited, span = statement.citation, statement.span
    return (
        number, matter.verdict, name_matter(matter), matter.unit, matter.origins, cited.number, cited.source,
        cited.outlet, cited.title, cited.published, span.text, span.value, span.value_max, span.role, span.qualifier,
        span.attribution.text if span.attribution else "", statement.origin, statement.compared, cited.quote,
        cited.page, cited.start, cited.end, cited.url,
    )  # fmt: skip


def _lines(matter: Matter, language: str) -> Iterator[str]:
    yield f"## {escape_markdown(name_matter(matter))}\n"
    yield f"**{escape_markdown(tell_verdict(matter, language))}**\n"
    for statement in matter.statements:
        yield from _statement_lines(statement, language)


def _statement_lines(statement: Statement, language: str) -> Iterator[str]:
    words, cited, span = read_words(language), statement.citation, statement.span
    day = print_day(cited.published, language) if cited.published else words["undated"]
    beside = [] if statement.compared else [words["beside"]]
    notes = " · ".join(map(escape_markdown, (day, *beside, *tell_figure(span, language))))
    yield f"- **{escape_markdown(span.text)}** — {notes}\n"
    yield f"  > {escape_markdown(cited.quote)}\n  >"
    named = " · ".join(escape_markdown(part) for part in (cited.outlet, cited.title) if part.strip())
    url = f" · {escape_markdown(cited.url)}" if cited.url else ""
    place = escape_markdown(tell_place(cited, language))
    yield f"  > \\[{cited.number}\\] {place}{f' · {named}' if named else ''}{url}\n"
