"""Where do the sources differ, without a question? The tab of comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.records import CorpusError
from ui.answering.conversation import LONGEST_QUESTION
from ui.answering.library import Library
from ui.answering.scope import EVERYWHERE
from ui.page import show_matters, show_notice
from ui.web.translations import translate
from ui.web.visit import HERE, read_visit

COMPARED_AT_ONCE = 1
"""Comparisons that are worked out at the same time; each goes through the whole corpus, and the next finds it done."""


@dataclass(frozen=True, slots=True)
class MattersTab:
    """The components of the tab."""

    about: gr.Textbox
    matters: gr.HTML


def lay_out_matters() -> MattersTab:
    """Lay out the tab and return its components."""
    with gr.Column(elem_id="rc-compare"):
        about = gr.Textbox(
            label=translate("compare_about"),
            info=translate("compare_about_info"),
            max_lines=1,
            max_length=LONGEST_QUESTION,
            elem_id="rc-about",
        )
        matters = gr.HTML(elem_id="rc-matters", js_on_load=None, apply_default_css=False)
    return MattersTab(about, matters)


class MattersEvents:
    """The events of the tab, over a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def list_matters(self, about: Any, where: Any) -> str:
        """Render the matters that are about these words; without words, all of them."""
        words = " ".join(str(about or "").split())[:LONGEST_QUESTION]
        try:
            matters = self._library.now.compare(words, EVERYWHERE)
        except CorpusError as error:
            return show_notice(str(error))
        return show_matters(matters, read_visit(where).language)


def connect_matters(tab: MattersTab, opened: gr.Tab, where: gr.Textbox, events: MattersEvents) -> None:
    """Have the matters rendered when their tab is opened, and when words were typed."""
    for trigger in (opened.select, tab.about.submit):
        trigger(
            events.list_matters,
            [tab.about, where],
            tab.matters,
            js=HERE,  # the tab may be opened before the page has told where it is
            api_visibility="private",
            show_progress="minimal",
            concurrency_limit=COMPARED_AT_ONCE,
            concurrency_id="comparisons",
        )
