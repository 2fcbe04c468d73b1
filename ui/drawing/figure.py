"""How is a picture framed? With a title, a legend of the signs that it uses, and a table for a screen reader."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from ui.drawing.mark import ABOUT, FAINT, OPEN, RANGE, VAGUE, Mark
from ui.drawing.rows import draw_rows
from ui.drawing.sketch import draw_bar, draw_point
from ui.drawing.times import draw_times, is_dated
from ui.escaping import escape
from ui.words.catalogue import Words, print_day, read_words

_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
_LEGEND = {ABOUT: "sign_about", RANGE: "sign_range", VAGUE: "sign_vague", OPEN: "sign_open", FAINT: "sign_faint"}
"""How the word for each sign that does not explain itself is called in the catalogue."""
_OPEN = '<path d="M2 8H20M15 3l6 5l-6 5" fill="none" stroke="var(--rc-chart, currentColor)" stroke-width="2.5"/>'


def draw_figures(marks: Sequence[Mark], language: str, *, unit: str = "", turn: int | None = None) -> str:
    """Return the picture of figures of one unit as one HTML element on one line; "" for fewer than two.

    Those of two days or more are drawn in time, others side by side. As the picture of the `turn` of a conversation,
    each figure has the number of its citation and leads to it.
    """
    if len(marks) < 2:
        return ""
    ordered = sorted(marks, key=lambda mark: mark.published or date.max)
    words, timed = read_words(language), is_dated(ordered)
    inside, height, axis = (draw_times if timed else draw_rows)(ordered, language, unit, turn)
    title = words["chart_in_time" if timed else "chart_title"].format(count=len(ordered)) + (
        f" ({unit})" if unit else ""
    )
    described = "; ".join(f"{mark.name}: {' · '.join((mark.printed, *mark.notes))}" for mark in ordered)
    digest = hashlib.sha256(f"{turn}\0{described}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    notice = f" — {words['chart_log']}" if axis.logarithmic else ""
    return (
        f'<figure class="rc-chart" style="margin:0;position:relative" lang="{escape(language)}">'
        f'<svg role="img" aria-labelledby="t{digest}" aria-describedby="d{digest}" width="100%" '
        f'height="{height}" style="display:block;overflow:hidden;font-size:13px">'
        f'<title id="t{digest}">{escape(title + notice)}</title><desc id="d{digest}">{escape(described)}</desc>'
        f"{inside}</svg>{_legend(ordered, words, logarithmic=axis.logarithmic)}{_table(ordered, title, words)}</figure>"
    )


def _legend(marks: Sequence[Mark], words: Words, *, logarithmic: bool) -> str:
    """Return the signs of a picture that do not explain themselves, with their words; "" where it has none."""
    signs = {
        ABOUT: draw_point("8", 8, rough=True, radius=5),
        RANGE: draw_bar(("1", "4", "20", "8"), vague=False),
        VAGUE: draw_bar(("1", "4", "20", "8"), vague=True),
        OPEN: _OPEN,
        FAINT: f'<g opacity="0.55">{draw_point("8", 8, rough=False, radius=5)}</g>',
    }
    used = {sign for mark in marks for sign in mark.signs}
    items = [
        f'<span><svg width="22" height="16" aria-hidden="true" style="display:inline">{drawn}</svg> '
        f"{escape(words[_LEGEND[sign]])}</span>"
        for sign, drawn in signs.items()
        if sign in used
    ]
    items += [f"<span>{escape(words['chart_log'])}</span>"] if logarithmic else []
    return f'<figcaption class="rc-legend">{" ".join(items)}</figcaption>' if items else ""


def _table(marks: Sequence[Mark], title: str, words: Words) -> str:
    names = ("chart_source", "chart_published", "chart_claim", "chart_notes")
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(mark.name)}</th>'
        f"<td>{escape(print_day(mark.published, words.language)) if mark.published else ''}</td>"
        f"<td>{escape(mark.printed)}</td><td>{escape(' · '.join(mark.notes))}</td></tr>"
        for mark in marks
    )
    return (
        f'<div style="{_UNSEEN}"><table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
