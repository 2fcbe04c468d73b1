"""How is foreign text written into HTML so that it can only be shown?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from index.facts import Span
from ui.labels import labels
from ui.wording import day, harmless

_GAP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")


def escaped(text: str) -> str:
    """Return foreign text as HTML that shows it and does nothing else, in an element or in a quoted attribute.

    Every character that HTML, Markdown, LaTeX or a template could read as a sign becomes a character reference.

    >>> escaped("<b> *a* $x$")
    '&#60;b&#62; &#42;a&#42; &#36;x&#36;'
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign.group())};", harmless(text))


def unbroken(text: str) -> str:
    """Return text in which no line ends within a number: "3 000" with a space that does not break."""
    return _GAP.sub("\u00a0", text)


def paragraph(kind: str, text: str) -> str:
    """Return a paragraph of a class of ours that shows a text."""
    return f'<p class="{kind}">{escaped(unbroken(text))}</p>'


def button(text: str, data: Mapping[str, str], *, kind: str = "rc-button", title: str = "") -> str:
    """Return a button that shows a text; `data` holds the attributes by which `page.js` knows what it does."""
    attributes = "".join(f' data-{name}="{escaped(value)}"' for name, value in data.items())
    named = f' aria-label="{escaped(title)}" title="{escaped(title)}"' if title else ""
    return f'<button type="button" class="{kind}"{named}{attributes}>{escaped(text)}</button>'


def published(when: date | None, language: str) -> str:
    """Return a date of publication as the language of the interface writes it, or that there is none."""
    if when is None:
        return f'<span class="rc-undated">{escaped(labels(language)["undated"])}</span>'
    return f'<time datetime="{when.isoformat()}">{escaped(day(when, language))}</time>'


def marked(cut: list[tuple[str, bool, bool]]) -> str:
    """Return the pieces of a quote (`ui.wording.pieces`): the sentence that answers marked, the figure in it strong."""
    return "".join(_piece(*piece) for piece in cut)


def claim_of(number: int, claim: Span | None) -> Span | None:
    """Return the claim for the passage that holds it, which is a source's first."""
    return claim if number == 0 else None


def _piece(text: str, answers: bool, claimed: bool) -> str:
    html = escaped(text)
    if claimed:
        html = f"<strong>{html}</strong>"
    return f"<mark>{html}</mark>" if answers else html
