"""What does the tab of comparisons show? A card for each matter: its verdict, its figures and their quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.matters.matter import Matter, Statement
from ui.drawing import draw_figures, mark_span
from ui.escaping import disarm, escape
from ui.page.markup import mark_pieces, show_date, show_text, write_button, write_paragraph
from ui.words.catalogue import print_number, read_words
from ui.words.wording import name_matter, tell_figure, tell_place, tell_verdict

MOST = 50
"""Matters that are shown at once; words find the others."""

DRAWN = 30
"""Figures of a matter that are drawn; its table holds them all."""

EXPORTS = (("markdown", "Markdown"), ("csv", "CSV"), ("json", "JSON"))

_CLASSES = {"differ": "rc-differ", "denied": "rc-differ", "agree": "rc-agree", "compatible": "rc-agree"}
"""How a verdict is coloured, as that on an answer is."""


def show_matters(matters: Sequence[Matter], language: str, *, asked: str = "") -> str:
    """Return a card for each of the first matters, in a language of the interface.

    `asked` is what was compared, from which `page.js` has a file made; without it none is offered.
    """
    words = read_words(language)
    if not matters:
        return f'<div class="rc">{write_paragraph("rc-quiet", words["matters_none"])}</div>'
    told = words.count("matters_found", len(matters))
    if len(matters) > MOST:
        shown, count = print_number(MOST, language), print_number(len(matters), language)
        told = words["matters_first"].format(shown=shown, count=count)
    cards = "".join(_card(number, matter, language) for number, matter in enumerate(matters[:MOST], 1))
    return (
        f'<div class="rc" role="status">{write_paragraph("rc-quiet", told)}</div>'
        f'{_exports(asked, language) if asked else ""}<div class="rc rc-cards">{cards}</div>'
    )


def _exports(asked: str, language: str) -> str:
    """Return the menu of the files that can be had of all matters, not only of those shown."""
    words = read_words(language)
    forms = "".join(write_button(name, {"compared": asked, "form": form}) for form, name in EXPORTS)
    menu = f'<details class="rc-menu"><summary>{escape(words["export"])}</summary><div>{forms}</div></details>'
    return f'<div class="rc rc-tools">{menu}</div>'


def _card(number: int, matter: Matter, language: str) -> str:
    name = name_matter(matter)
    verdict = write_paragraph(f"rc-verdict {_CLASSES.get(matter.verdict, '')}".strip(), tell_verdict(matter, language))
    quotes = "".join(_quote(statement, language) for statement in matter.statements)
    ask = write_button(read_words(language)["ask_about"], {"fill": name})
    return (
        f'<article class="rc-card" aria-labelledby="m{number}"><h2 id="m{number}">{escape(name)}</h2>{verdict}'
        f'{_picture(matter, language)}{_table(matter, language)}{quotes}<div class="rc-actions">{ask}</div></article>'
    )


def _picture(matter: Matter, language: str) -> str:
    """Return the figures over the days of their publication, or side by side; "" of dates, and of a single figure."""
    drawn = [(statement, mark_span(statement.span, _name(statement))) for statement in matter.statements]
    marks = [
        replace(
            mark,
            published=statement.citation.published,
            number=statement.citation.number,
            faint=not statement.compared,
            origin=statement.origin,
            notes=tuple(tell_figure(statement.span, language)),
        )
        for statement, mark in drawn
        if mark
    ]
    return draw_figures(marks[:DRAWN], language, unit=matter.unit)


def _name(statement: Statement) -> str:
    """Return what a reader calls the source of a statement."""
    cited = statement.citation
    return disarm(cited.outlet).strip() or disarm(cited.title).strip() or disarm(cited.source)


def _table(matter: Matter, language: str) -> str:
    """Return the figures side by side, a row for each statement."""
    words = read_words(language)
    names = (words["chart_published"], words["matter_figure"], words["chart_source"], words["matter_how"])
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(_row(statement, language) for statement in matter.statements)
    return f'<div class="rc-shelf"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(statement: Statement, language: str) -> str:
    cited, words = statement.citation, read_words(language)
    notes = [*([] if statement.compared else [words["beside"]]), *tell_figure(statement.span, language)]
    return (
        f"<tr><td>{show_date(cited.published, language)}</td>"
        f'<th scope="row">{show_text(statement.span.text)}</th>'
        f"<td>{escape(_name(statement))}</td><td>{escape(' · '.join(notes))}</td></tr>"
    )


def _quote(statement: Statement, language: str) -> str:
    """Return the sentence that says it, its figure strong, and the button that opens the article there."""
    cited, span = statement.citation, statement.span
    cut = [
        (cited.quote[: span.start], False, False),
        (cited.quote[span.start : span.end], False, True),
        (cited.quote[span.end :], False, False),
    ]
    opened = write_button(
        read_words(language)["article"], {"article": cited.source, "span": f"{cited.start}-{cited.end}"}
    )
    return (
        f'<div class="rc-passage"><blockquote>{mark_pieces(cut)}</blockquote><p class="rc-place">'
        f'<span class="rc-number">{cited.number}</span> {escape(tell_place(cited, language))}</p>'
        f'<div class="rc-actions">{opened}</div></div>'
    )
