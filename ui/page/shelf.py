"""What does the list of the corpus show, and what is told of a change to it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.corpus import WriteReport
from ui.answering.scope import Entry
from ui.escaping import escape
from ui.page.markup import button, paragraph, published
from ui.words.catalogue import print_language, print_number, read_words

NAMED = 5
"""Sources that a report names before it counts the rest."""

SHOWN = 100
"""Sources that are listed at once; the search finds the others."""


_COLUMNS = {
    "title": "col_title",
    "date": "col_date",
    "language": "col_language",
    "paragraphs": "col_paragraphs",
    "notes": "col_notes",
    "remove": "col_remove",
}
_STAGES = {"waiting": "waiting", "reading": "reading", "encoding": "encoding"}
"""How the words for a column and for a stage of a change are called in the catalogue."""


def shelf_html(
    entries: Sequence[Entry], paragraphs: Mapping[str, int], total: int, language: str, *, edit: bool
) -> str:
    """Return the list of these sources out of `total`; `paragraphs` counts those of each, `edit` adds the removing."""
    words = read_words(language)
    if not entries:
        return f'<div class="rc">{paragraph("rc-quiet", words["none_listed"])}</div>'
    columns = [key for key in _COLUMNS if edit or key != "remove"]
    head = "".join(f'<th scope="col" class="rc-col-{key}">{escape(words[_COLUMNS[key]])}</th>' for key in columns)
    rows = "".join(_row(entry, paragraphs[entry.source], language, edit=edit) for entry in entries)
    shown, of = print_number(len(entries), language), print_number(total, language)
    caption = escape(words["listed_of"].format(shown=shown, count=of))
    return (
        f'<div class="rc rc-shelf"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(entry: Entry, paragraphs: int, language: str, *, edit: bool) -> str:
    words = read_words(language)
    title = entry.title.strip() or entry.source
    known = " · ".join(part for part in (entry.outlet, entry.source) if part.strip())
    notes = [
        words[key]
        for key, missing in (
            ("no_title", not entry.title.strip() or entry.title == entry.source.rpartition("/")[2].rpartition(".")[0]),
            ("no_date", entry.published is None),
            ("no_paragraphs", not paragraphs),
        )
        if missing
    ]
    opened = button(title, {"article": entry.source, "span": "0-0"}, kind="rc-link")
    cells = [
        f'<th scope="row" class="rc-col-title">{opened}<span class="rc-quiet">{escape(known)}</span></th>',
        f'<td class="rc-col-date">{published(entry.published, language) if entry.published else "–"}</td>',
        f'<td class="rc-col-language">{escape(print_language(entry.language, language))}</td>',
        f'<td class="rc-col-paragraphs">{escape(print_number(paragraphs, language))}</td>',
        f'<td class="rc-col-notes">{escape(", ".join(notes))}</td>',
    ]
    if edit:
        ask = words["remove_ask"].format(name=title)
        removing = button(
            words["remove"], {"remove": entry.source, "confirm": ask}, title=f"{words['remove']} : {title}"
        )
        cells.append(f'<td class="rc-col-remove">{removing}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def report_html(report: WriteReport, language: str) -> str:
    """Return what a change of the corpus did: what was read, what was left out and why."""
    words = read_words(language)
    lines = [
        words[key].format(names=_names(sources, language))
        for key, sources in (
            ("done_read", report.read),
            ("done_unchanged", report.reused),
            ("done_removed", report.removed),
        )
        if sources
    ]
    lines += [words["skipped"].format(source=skipped.source, reason=skipped.reason) for skipped in report.skipped]
    lines += [words["duplicate"].format(source=copy, other=first) for copy, first in report.duplicates]
    return status_html(lines)


def status_html(lines: Sequence[str]) -> str:
    """Return lines of a report, read out when they change."""
    return f'<div class="rc rc-status" role="status">{"".join(paragraph("rc-line", line) for line in lines)}</div>'


def progress_html(stage: str, done: int, total: int, language: str) -> str:
    """Return how far a change is."""
    words = read_words(language)
    name = escape(words[_STAGES[stage]] if stage in _STAGES else stage)
    share = f' value="{done}" max="{total}"' if total else ""
    count = escape(f"{print_number(done, language)} / {print_number(total, language)}") if total else ""
    return (
        f'<div class="rc rc-status"><label>{name} <progress{share}></progress></label> '
        f'<span class="rc-quiet">{count}</span></div>'
    )


def _names(sources: Sequence[str], language: str) -> str:
    rest = len(sources) - NAMED
    others = f" {read_words(language).count('others', rest)}" if rest > 0 else ""
    return ", ".join(sources[:NAMED]) + others
