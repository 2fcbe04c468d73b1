"""What was asked, and what does each source say? The tab: a conversation at the left, its sources at the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from ui.answering.library import Library
from ui.web.events import connect_at_once
from ui.web.filters import Filters
from ui.web.look import read_script
from ui.web.services import offer_services
from ui.web.translations import translate
from ui.words.catalogue import OTHERWISE, list_languages, print_language, read_words

LANGUAGE = "rc-language"
"""The name by which the filter of the language is known: its choices are words as well."""

COMPARED_LANGUAGE = "rc-compare-language"
"""The same, on the tab of comparisons."""

OFFERED = 500
"""Sources that the filter offers; any other can be typed."""


@dataclass(frozen=True, slots=True)
class Views:
    """What an event that changes the conversation writes: the components, or what each is to show; else as it was."""

    kept: Any = field(default_factory=gr.skip)
    where: Any = field(default_factory=gr.skip)
    chat: Any = field(default_factory=gr.skip)
    panel: Any = field(default_factory=gr.skip)
    ideas: Any = field(default_factory=gr.skip)
    notice: Any = ""

    @property
    def values(self) -> tuple[Any, ...]:
        """The views as gradio takes them."""
        return self.kept, self.where, self.chat, self.panel, self.ideas, self.notice


@dataclass(frozen=True, slots=True)
class QuestionsTab:
    """The components of the tab that events read and write."""

    kept: gr.BrowserState
    where: gr.Textbox
    chat: gr.HTML
    ideas: gr.HTML
    notice: gr.HTML
    panel: gr.HTML
    question: gr.Textbox
    sent: gr.Textbox
    send: gr.Button
    clear: gr.Button
    filters: Filters
    filtered: gr.HTML

    @property
    def state(self) -> list[Any]:
        """What an event is told first: what was asked, and where on the page the reader is."""
        return [self.kept, self.where]

    @property
    def views(self) -> Views:
        """What an event that changes the conversation writes."""
        return Views(self.kept, self.where, self.chat, self.panel, self.ideas, self.notice)


def lay_out_questions(library: Library, candidates: Path | None) -> QuestionsTab:
    """Lay out the tab and return its components."""
    # The key is no secret: questions lie in the reader's own browser, which gradio will only store encrypted.
    history = gr.BrowserState([], storage_key="recoupe-conversation", secret="recoupe")
    where = gr.Textbox(visible=False, label="where")
    sent = gr.Textbox(visible=False, label="sent")
    with gr.Row(elem_id="rc-ask", equal_height=False):
        with gr.Column(elem_id="rc-left", scale=7, min_width=320):
            with gr.Column(elem_id="rc-scroll"):
                chat = gr.HTML(
                    elem_id="rc-chat",
                    js_on_load=read_script(),
                    server_functions=offer_services(library, candidates),
                    apply_default_css=False,
                )
                ideas = gr.HTML(elem_id="rc-ideas", js_on_load=None, apply_default_css=False)
            notice = gr.HTML(elem_id="rc-notice", js_on_load=None, apply_default_css=False)
            with gr.Row(elem_id="rc-composer"):
                question = gr.Textbox(
                    label=translate("question"),
                    placeholder=translate("placeholder"),
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    container=False,
                    scale=1,
                    elem_id="rc-question",
                )
                send = gr.Button(translate("send"), variant="primary", scale=0, min_width=120)
            clear, filters = lay_out_filters(library)
            filtered = gr.HTML(elem_id="rc-filtered", js_on_load=None, apply_default_css=False)
        with gr.Column(elem_id="rc-right", scale=5, min_width=320):
            panel = gr.HTML(elem_id="rc-panel", js_on_load=None, apply_default_css=False)
    return QuestionsTab(history, where, chat, ideas, notice, panel, question, sent, send, clear, filters, filtered)


def lay_out_filters(
    library: Library, *, name: str = "rc-filters", language: str = LANGUAGE
) -> tuple[gr.Button, Filters]:
    """Lay out the filters of a tab, by these names of its own, and return what clears them, and them.

    The sources that they offer are those that there are when the filters are opened, not when the server was started.
    """
    with gr.Accordion(translate("filters"), open=False, elem_id=name) as fold:
        sources = gr.Dropdown(
            list_source_choices(library),
            label=translate("filter_sources"),
            info=translate("filter_sources_info"),
            multiselect=True,
            allow_custom_value=True,
            value=[],
        )
        with gr.Row():
            since = gr.Textbox(label=translate("since"), elem_classes="rc-day", max_lines=1, min_width=170)
            until = gr.Textbox(label=translate("until"), elem_classes="rc-day", max_lines=1, min_width=170)
        spoken = gr.Dropdown(
            list_language_choices(OTHERWISE), label=translate("filter_language"), value="", elem_id=language
        )
        clear = gr.Button(translate("clear"), size="sm", variant="secondary")
    connect_at_once(fold.expand, lambda: gr.update(choices=list_source_choices(library)), None, sources)
    return clear, Filters(sources, since, until, spoken)


def list_source_choices(library: Library) -> list[tuple[str, str]]:
    """Return the sources that the filter offers, each with what it is called."""
    return [
        (" · ".join(dict.fromkeys(part for part in (e.outlet, e.name, e.source) if part.strip())), e.source)
        for e in library.sources[:OFFERED]
    ]


def list_language_choices(language: str) -> list[tuple[str, str]]:
    """Return the languages that the filter offers, called as the interface calls them."""
    return [(read_words(language)["any"], ""), *((print_language(code, language), code) for code in list_languages())]
