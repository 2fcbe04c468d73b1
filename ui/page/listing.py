"""What does the list of the corpus show, and what is told of a change to it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from index.corpus import WriteReport
from index.reading.catalogue import NAME as CATALOGUE
from index.records import Guessed
from index.report import alike, told_apart
from ui.answering.describing import Described
from ui.answering.library import Followed
from ui.answering.scope import Source
from ui.escaping import escape
from ui.page.editing import FIELDS, show_form, show_pick, show_pick_all
from ui.page.markup import show_date, write_button, write_paragraph
from ui.words.catalogue import print_language, print_number, read_words
from ui.words.reasons import tell_note, tell_reason

NAMED_IN_REPORT = 5
"""Sources that a report names before it counts the rest."""

SORTED = ("title", "date", "language", "notes")
"""The columns by which the list can be sorted."""

SHOWN = 100
"""Sources that are listed at once; the search finds the others."""


_COLUMNS = {
    "pick": "col_pick",
    "title": "col_title",
    "date": "col_date",
    "language": "col_language",
    "paragraphs": "col_paragraphs",
    "notes": "col_notes",
    "remove": "col_remove",
}
_STAGES = {"waiting": "waiting", "reading": "reading", "encoding": "encoding"}
"""How the words for a column and for a stage of a change are called in the catalogue."""


@dataclass(frozen=True, slots=True)
class Desk:
    """How the list is shown."""

    order: str = ""
    """The column by which it is sorted, behind "-" where it is downwards."""
    edit: bool = False
    """Whether the corpus may be changed."""


def show_listing(
    sources: Sequence[Source], paragraphs: Mapping[str, int], total: int, language: str, desk: Desk = Desk()
) -> str:
    """Return the list of these sources out of `total`; `paragraphs` counts those of each."""
    words, edit, order = read_words(language), desk.edit, desk.order
    if not sources:
        return f'<div class="rc">{write_paragraph("rc-quiet", words["none_listed"])}</div>'
    columns = [key for key in _COLUMNS if edit or key not in ("pick", "remove")]
    head = "".join(_head(key, order, language) for key in columns)
    rows = "".join(_row(one, paragraphs[one.source], language, edit=edit) for one in sources)
    shown, of = print_number(len(sources), language), print_number(total, language)
    caption = escape(words["listed_of"].format(shown=shown, count=of))
    form = show_form(language) if edit else ""
    every = show_pick_all(len(sources), language) if edit else ""
    return (
        f'{form}<div class="rc rc-shelf">{every}<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _head(key: str, order: str, language: str) -> str:
    """Return the head of a column, a button where the list can be sorted by it."""
    name = read_words(language)[_COLUMNS[key]]
    if key not in SORTED:
        return f'<th scope="col" class="rc-col-{key}">{escape(name)}</th>'
    sorted_ = order.removeprefix("-") == key
    way = ("descending" if order.startswith("-") else "ascending") if sorted_ else "none"
    then = f"-{key}" if order == key else key
    sorting = write_button(name, {"sort": then}, kind="rc-link")
    return f'<th scope="col" class="rc-col-{key}" aria-sort="{way}">{sorting}</th>'


def list_missing(source: Source, paragraphs: int | None = None) -> list[str]:
    """Return what a source lacks, as the names of the words for it."""
    missing = {
        "no_title": not source.titled,
        "no_date": source.published is None,
        "no_outlet": not source.outlet.strip(),
        "no_paragraphs": paragraphs == 0,
    }
    return [key for key, lacks in missing.items() if lacks]


def show_missing(sources: Sequence[Source], language: str) -> str:
    """Return how many sources lack what, each a button that lists them; "" where nothing is missing."""
    words = read_words(language)
    counted = Counter(key for source in sources for key in list_missing(source))
    found = [
        write_button(f"{print_number(counted[key], language)} {words[key]}", {"find": words[key]}, kind="rc-idea")
        for key in ("no_date", "no_title", "no_outlet")
        if counted[key]
    ]
    return (
        f'<div class="rc rc-missing"><span class="rc-quiet">{escape(words["missing"])}</span> {"".join(found)}</div>'
        if found
        else ""
    )


def _row(source: Source, paragraphs: int, language: str, *, edit: bool) -> str:
    words = read_words(language)
    title = source.name or source.title.strip() or words["no_title"]
    known = " · ".join(part for part in (source.outlet, source.source) if part.strip())
    notes = [words[key] for key in list_missing(source, paragraphs)]
    opened = write_button(title, {"article": source.source, "span": "0-0"}, kind="rc-link")
    cells = [
        f'<th scope="row" class="rc-col-title">{opened}<span class="rc-quiet">{escape(known)}</span></th>',
        f'<td class="rc-col-date">{show_date(source.published, language) if source.published else "–"}</td>',
        f'<td class="rc-col-language">{escape(print_language(source.language, language))}</td>',
        f'<td class="rc-col-paragraphs">{escape(print_number(paragraphs, language))}</td>',
        f'<td class="rc-col-notes">{escape(", ".join(notes))}</td>',
    ]
    if edit:
        ask = words["remove_ask"].format(name=title)
        removing = write_button(
            words["remove"], {"remove": source.source, "confirm": ask}, title=f"{words['remove']} : {title}"
        )
        cells = [show_pick(source, title, language), *cells, f'<td class="rc-col-remove">{removing}</td>']
    return f"<tr>{''.join(cells)}</tr>"


def show_report(report: WriteReport, language: str, before: Collection[str] = ()) -> str:
    """Return what a change of the corpus did: what was read, what was left out and why; `before` are the sources that
    it held already."""
    return show_status(_report_lines(report, language, before))


def show_described(described: Described, language: str, before: Collection[str]) -> str:
    """Return what came of an upload with a `sources.csv`: of which sources it gave what, and whom it knows in vain."""
    words = read_words(language)
    told = [
        words["described_by"].format(source=source, fields=", ".join(words[FIELDS[name]].lower() for name in names))
        for source, names in described.fields.items()
    ]
    lines = _report_lines(described.report, language, before)
    if told:
        lines.append(words["done_table"].format(table=CATALOGUE, described=_names(told, language)))
    if described.strangers:
        lines.append(words["strangers"].format(table=CATALOGUE, names=_names(described.strangers, language)))
    return show_status(lines)


def show_followed(followed: Followed, language: str) -> str:
    """Return the line that says when the folder that is watched last changed, and what came of it."""
    changed = replace(followed.report, reused=())
    what = followed.problem or " · ".join(_report_lines(changed, language))
    line = read_words(language)["followed"].format(time=f"{followed.at:%H:%M:%S}", what=what)
    return f'<div class="rc">{write_paragraph("rc-quiet", line)}</div>'


def _report_lines(report: WriteReport, language: str, before: Collection[str] = ()) -> list[str]:
    words = read_words(language)
    added = [source for source in report.read if source not in before]
    replaced = [source for source in report.read if source in before]
    lines = [
        words[key].format(names=_names(sources, language))
        for key, sources in (
            ("done_read", added),
            ("done_replaced", replaced),
            ("done_unchanged", report.reused),
            ("done_removed", report.removed),
        )
        if sources
    ]
    out, noted = told_apart(report)
    lines += [words["skipped"].format(source=one.source, reason=tell_reason(one.reason, language)) for one in out]
    lines += [words["noted"].format(source=one.source, reason=tell_note(one.reason, language)) for one in noted]
    lines += [words["duplicate"].format(source=copy, other=first) for copy, first in report.duplicates]
    lines += [_tell_guessed(one, others, language) for one, others in alike(report.guessed)]
    return lines + ([_tell_ignored(report.ignored, language)] if report.ignored else [])


_FIELDS = {
    "text": "field_text", "summary": "field_summary", "title": "field_title", "published": "field_published",
    "updated": "field_updated", "outlet": "field_outlet", "author": "field_author", "url": "field_url",
    "language": "field_language",
}  # fmt: skip
"""What a column of a table may be, and the name of its words in the catalogue."""


def _tell_guessed(one: Guessed, others: int, language: str) -> str:
    """Return which columns of a table were taken for what, since nobody named them."""
    words = read_words(language)
    quoted = ((words[_FIELDS[field]], words["quoted"].format(quote=name)) for field, name in one.columns.items())
    columns = ", ".join(map(" ".join, quoted))
    source = one.source if not others else words["and_others"].format(source=one.source, count=others)
    return words["guessed"].format(source=source, columns=columns)


def _tell_ignored(ignored: Mapping[str, int], language: str) -> str:
    """Return which files were not read because of their kind."""
    kinds = ", ".join(f"{kind} {print_number(count, language)}" for kind, count in sorted(ignored.items()))
    return read_words(language)["ignored"].format(count=print_number(sum(ignored.values()), language), kinds=kinds)


def show_status(lines: Sequence[str]) -> str:
    """Return lines of a report, read out when they change."""
    return (
        f'<div class="rc rc-status" role="status">{"".join(write_paragraph("rc-line", line) for line in lines)}</div>'
    )


def show_stage(stage: str, done: int, total: int, language: str) -> str:
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
    rest = len(sources) - NAMED_IN_REPORT
    others = f" {read_words(language).count('others', rest)}" if rest > 0 else ""
    return ", ".join(sources[:NAMED_IN_REPORT]) + others
