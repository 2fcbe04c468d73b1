"""Where do the sources differ, without a question? The tab of comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from index.records import CorpusError
from ui.answering.conversation import LONGEST_QUESTION
from ui.answering.library import Library
from ui.page import show_filters, show_matters, show_notice
from ui.web.filters import Filters
from ui.web.history import tell_fields
from ui.web.questions import COMPARED_LANGUAGE, lay_out_filters
from ui.web.translations import translate
from ui.web.visit import HERE, read_visit

COMPARED_AT_ONCE = 1
"""Comparisons that are worked out at the same time; each goes through the whole corpus, and the next finds it done."""


@dataclass(frozen=True, slots=True)
class MattersTab:
    """The components of the tab."""

    about: gr.Textbox
    clear: gr.Button
    filters: Filters
    filtered: gr.HTML
    matters: gr.HTML


def lay_out_matters(library: Library) -> MattersTab:
    """Lay out the tab and return its components."""
    with gr.Column(elem_id="rc-compare"):
        about = gr.Textbox(
            label=translate("compare_about"),
            info=translate("compare_about_info"),
            max_lines=1,
            max_length=LONGEST_QUESTION,
            elem_id="rc-about",
        )
        clear, filters = lay_out_filters(library, name="rc-compare-filters", language=COMPARED_LANGUAGE)
        filtered = gr.HTML(elem_id="rc-compare-filtered", js_on_load=None, apply_default_css=False)
        matters = gr.HTML(elem_id="rc-matters", js_on_load=None, apply_default_css=False)
    return MattersTab(about, clear, filters, filtered, matters)


class MattersEvents:
    """The events of the tab, over a library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def list_matters(self, about: Any, *rest: Any) -> tuple[str, str]:
        """Render what the filters do, and the matters of their sources that are about these words, or all of them.

        `rest` is the values of the filters, and at last where the reader is.
        """
        *filters, where = rest
        words, language = " ".join(str(about or "").split())[:LONGEST_QUESTION], read_visit(where).language
        served = self._library.now
        told = show_filters(Filters(*filters).tell(served.sources, language))
        try:
            scope = Filters(*filters).read(served.sources, language)
            matters = served.compare(words, scope)
        except (CorpusError, ValueError) as error:
            return told, show_notice(str(error))
        return told, show_matters(matters, language, asked=tell_fields(words, scope))


def connect_matters(tab: MattersTab, opened: gr.Tab, where: gr.Textbox, events: MattersEvents) -> None:
    """Have the matters rendered when their tab is opened, when words were typed, and when a filter changes."""
    tab.clear.click(None, None, tab.filters.values, js="() => [[], '', '', '']")
    for trigger in (opened.select, tab.about.submit, *(one.change for one in tab.filters.values)):
        trigger(
            events.list_matters,
            [tab.about, *tab.filters.values, where],  # where the reader is stands last, as for every event
            [tab.filtered, tab.matters],
            js=HERE,  # the tab may be opened before the page has told where it is
            api_visibility="private",
            show_progress="minimal",
            concurrency_limit=COMPARED_AT_ONCE,
            concurrency_id="comparisons",
        )
