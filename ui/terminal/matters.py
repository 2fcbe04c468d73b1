"""What do the matters of several sources look like in a terminal? A table for each, and its quotes below it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.matters.matter import Matter, Statement
from ui.escaping import disarm
from ui.terminal.text import wrap_text
from ui.words.catalogue import read_words
from ui.words.wording import name_matter, tell_figure, tell_place, tell_verdict

_FIGURE, _SOURCE = 24, 34
"""The widest that these columns become; what is longer is cut, and stands whole in the quote or the citation."""


def write_matters(matters: Sequence[Matter], language: str, *, width: int = 100, styled: bool = False) -> str:
    """Return the matters as lines of at most `width` columns, ending in a newline, in a language of the interface."""
    words = read_words(language)
    if not matters:
        return wrap_text(words["matters_none"], width) + "\n"
    blocks = [words.count("matters_found", len(matters))]
    for number, matter in enumerate(matters, 1):
        head = wrap_text(f"{number}. {name_matter(matter)} — {tell_verdict(matter, language)}", width)
        marked = f"\x1b[1m{head}\x1b[0m" if styled else head
        blocks.append("\n".join((marked, *_table(matter, language, width), "", *_quotes(matter, language, width))))
    return "\n\n".join(blocks) + "\n"


def _table(matter: Matter, language: str, width: int) -> list[str]:
    """Return a row for each statement: its number, its day, its figure, its source, how sure it is and who says so."""
    rows = [_row(statement, language) for statement in matter.statements]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    widths[2], widths[3] = min(widths[2], _FIGURE), min(widths[3], _SOURCE)
    lines = []
    for row in rows:
        cells = [_cut(cell, size).ljust(size) for cell, size in zip(row, widths, strict=False)]
        lead = "  " + "  ".join(cells)
        rest = row[4]
        whole = f"{lead}  {rest}".rstrip()
        lines += [whole] if len(whole) <= width else [lead.rstrip()[:width], wrap_text(rest, width, indent=" " * 9)]
    return lines


def _row(statement: Statement, language: str) -> tuple[str, str, str, str, str]:
    words, cited = read_words(language), statement.citation
    day = cited.published.isoformat() if cited.published else words["undated"]
    notes = [*([] if statement.compared else [words["beside"]]), *tell_figure(statement.span, language)]
    return f"[{cited.number}]", day, disarm(statement.span.text), disarm(cited.source), " · ".join(notes)


def _quotes(matter: Matter, language: str, width: int) -> list[str]:
    lines = []
    for statement in matter.statements:
        cited, span = statement.citation, statement.span
        quote = f"{cited.quote[: span.start]}**{span.text}**{cited.quote[span.end :]}"
        lines.append(wrap_text(f"[{cited.number}] {disarm(quote).strip()}", width, indent="  "))
        title = f" · {disarm(cited.title)}" if cited.title else ""
        lines.append(wrap_text(f"{tell_place(cited, language)}{title}", width, indent="      "))
    return lines


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"
