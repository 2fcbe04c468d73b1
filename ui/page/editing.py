"""With what are sources described by hand? A box beside each in the list, and a form for those that are picked."""

from __future__ import annotations

import json

from ui.answering.scope import Source
from ui.escaping import escape
from ui.words.catalogue import list_languages, print_language, read_words

FIELDS = {"title": "col_title_own", "outlet": "col_outlet", "published": "col_date", "url": "col_url"}
"""The fields of the form that are typed, and how the word for each is called in the catalogue."""


def show_pick(source: Source, title: str, language: str) -> str:
    """Return the cell of the box that picks a source; it knows what the form is filled with for this source alone."""
    name = read_words(language)["pick"].format(name=title)
    told = {
        "title": source.title if source.titled else "",
        "outlet": source.outlet,
        "published": source.published.isoformat() if source.published else "",
        "url": source.url,
        "language": source.language,
    }
    known = escape(json.dumps(told, ensure_ascii=False))
    return (
        f'<td class="rc-col-pick"><input type="checkbox" data-pick="{escape(source.source)}" data-known="{known}" '
        f'aria-label="{escape(name)}"></td>'
    )


def show_pick_all(count: int, language: str) -> str:
    """Return the box that picks every source that is listed."""
    told = escape(read_words(language).count("pick_all", count))
    return f'<label class="rc-pick-all"><input type="checkbox" data-pick-all="1"> {told}</label>'


def show_form(language: str) -> str:
    """Return the form in which the sources that are picked are described; it is hidden until one is."""
    words = read_words(language)
    fields = "".join(
        f'<label>{escape(words[key])}<input name="{name}" type="{"date" if name == "published" else "text"}" '
        f'maxlength="500" autocomplete="off"></label>'
        for name, key in FIELDS.items()
    )
    options = "".join(
        f'<option value="{code}">{escape(print_language(code, language))}</option>' for code in list_languages()
    )
    kept = f'<option value="">{escape(words["as_it_is"])}</option>'
    return (
        f'<form class="rc rc-form" id="rc-form" hidden data-one="{escape(words["describe_one"])}" '
        f'data-many="{escape(words["describe_many"])}" data-alone="{escape(words["describe_alone"])}" '
        f'data-mixed="{escape(words["describe_mixed"])}">'
        f'<p class="rc-quiet" role="status"></p>{fields}'
        f'<label>{escape(words["col_language"])}<select name="language">{kept}{options}</select></label>'
        f'<button type="submit" class="rc-button">{escape(words["describe"])}</button></form>'
    )
