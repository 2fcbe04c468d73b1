"""How does the page change its language? gradio follows the browser; who chooses another gets every word anew."""

from __future__ import annotations

import json

import gradio as gr
from gradio.blocks import Block
from gradio.i18n import I18nData

from ui.words.catalogue import list_languages, read_words

_WRITTEN = "__i18n__"
_SPOKEN = ("label", "info", "placeholder", "value")

translate = I18nData
"""``translate("send")`` is the word of the interface of that name, in the language of the browser."""


def gather_translations(demo: gr.Blocks) -> gr.I18n:
    """Return the words of the page's components, among which gradio chooses by the language of the browser."""
    names = sorted({key for _, named in find_worded(demo) for key in named.values()})
    known = {code: read_words(code) for code in list_languages()}
    return gr.I18n(**{code: {name: words[name] for name in names} for code, words in known.items()})


def find_worded(demo: gr.Blocks) -> list[tuple[Block, dict[str, str]]]:
    """Return every component of the page that has words, with the name of the word that each of its properties is."""
    found = []
    for block in demo.blocks.values():
        properties = {name: getattr(block, name, None) for name in _SPOKEN}
        named = {name: key for name, value in properties.items() if (key := _key(value))}
        if named:
            found.append((block, named))
    return found


def _key(value: object) -> str:
    """Return the name of the word that a property is; "" for one that is none. A button holds its word written out."""
    if isinstance(value, I18nData):
        return value.key
    if isinstance(value, str) and value.startswith(_WRITTEN):
        return str(json.loads(value.removeprefix(_WRITTEN))["key"])
    return ""
