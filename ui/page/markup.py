"""How is foreign text written into HTML so that it can only be shown?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from qa.answers import Answer, SourceAnswer
from ui.escaping import escape
from ui.words.catalogue import print_day, read_words

_NUMBER = re.compile(r"\d{1,3}(?:[ \u2009]\d{3})+(?!\d)(?: ?[%€$£](?!\w))?")


def show_text(text: str) -> str:
    """Return foreign text as HTML in which no line ends within a number such as "3 000"; copied, it is as it stands."""
    parts, at = [], 0
    for number in _NUMBER.finditer(text):
        parts += [escape(text[at : number.start()]), f'<span class="rc-whole">{escape(number.group())}</span>']
        at = number.end()
    return "".join([*parts, escape(text[at:])])


def write_paragraph(kind: str, text: str) -> str:
    """Return a paragraph of a class of ours that shows a text."""
    return f'<p class="{kind}">{show_text(text)}</p>'


def write_button(
    text: str, data: Mapping[str, str], *, kind: str = "rc-button", title: str = "", pressed: bool | None = None
) -> str:
    """Return a button that shows a text; `data` holds the attributes by which `page.js` knows what it does.

    One that is switched on and off says by `pressed` which of them it is.
    """
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    named = f' aria-label="{escape(title)}" title="{escape(title)}"' if title else ""
    named += "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return f'<button type="button" class="{kind}"{named}{attributes}>{show_text(text)}</button>'


def place_in_order(source: SourceAnswer, answer: Answer) -> str:
    """Return the attributes by which `page.js` orders what is shown of sources: by date, by witness, or as it is."""
    witness = next((n for n, origin in enumerate(answer.origins, 1) if source.source in origin.sources), "")
    day = source.published.isoformat() if source.published else ""
    return f' data-day="{day}" data-witness="{witness}" data-rank="{source.passages[0].citation.number}"'


def show_date(when: date | None, language: str) -> str:
    """Return a date of publication as the language of the interface writes it, or that there is none."""
    if when is None:
        return f'<span class="rc-undated">{escape(read_words(language)["undated"])}</span>'
    return f'<time datetime="{when.isoformat()}">{escape(print_day(when, language))}</time>'


def mark_pieces(cut: list[tuple[str, bool, bool]]) -> str:
    """Return the pieces of a quote (`wording.pieces`): the sentence that answers marked, the figure in it strong."""
    return "".join(_piece(*piece) for piece in cut)


def _piece(text: str, answers: bool, claimed: bool) -> str:
    html = show_text(text)
    if claimed:
        html = f"<strong>{html}</strong>"
    return f"<mark>{html}</mark>" if answers else html
