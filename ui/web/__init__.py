"""What does the browser show? Tabs of questions, of comparisons and of the corpus; endpoints for programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import gradio as gr

from ui.answering.library import Library
from ui.web.asking import QuestionEvents, connect_questions
from ui.web.corpus import CorpusEvents, CorpusTab, connect_corpus, lay_out_corpus
from ui.web.endpoints import add_endpoints
from ui.web.events import connect_at_once
from ui.web.look import make_theme, read_style, show_header
from ui.web.matters import MattersEvents, connect_matters, lay_out_matters
from ui.web.questions import (
    COMPARED_LANGUAGE,
    LANGUAGE,
    QuestionsTab,
    lay_out_questions,
    list_language_choices,
    list_source_choices,
)
from ui.web.translations import find_worded, gather_translations, translate
from ui.web.views import find_examples
from ui.web.visit import read_field, read_visit
from ui.words.catalogue import choose_language, read_words

__all__ = ["build_page", "gather_translations", "make_theme", "read_style"]

TITLE = "Recoupe"


def build_page(library: Library, *, uploads: bool = False, candidates: Path | None = None) -> gr.Blocks:
    """Return the page over a library, with its endpoints `/ask`, `/search`, `/compare` and `/sources`.

    `uploads` shows what changes the corpus; marks on passages go to the file `candidates`, and are not offered without.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # whatever this machine's settings say
    find_examples(library)  # the first reader finds the encoder loaded
    demo: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with demo:
        gr.HTML(show_header(), elem_id="rc-header", js_on_load=None, apply_default_css=False)
        with gr.Tabs(elem_id="rc-tabs"):
            with gr.Tab(translate("tab_ask"), id="ask"):
                questions = lay_out_questions(library, candidates)
            with gr.Tab(translate("tab_compare"), id="compare") as compared:
                matters = lay_out_matters(library)
            with gr.Tab(translate("tab_corpus"), id="corpus"):
                corpus = lay_out_corpus(uploads=uploads)
        _connect(demo, library, questions, corpus, judged=candidates is not None)
        connect_matters(matters, compared, questions.where, MattersEvents(library))
        add_endpoints(library)
    return demo


def _connect(demo: gr.Blocks, library: Library, questions: QuestionsTab, corpus: CorpusTab, *, judged: bool) -> None:
    """Connect both tabs with their events, with each other, and with the switch of language."""
    asking = QuestionEvents(library, judged=judged)
    changing = CorpusEvents(library, edit=corpus.editing is not None)
    opened = connect_questions(demo, questions, asking)
    changes = connect_corpus(demo, corpus, questions, changing)

    def render_all(search: Any, history: Any, where: Any, *filters: Any) -> tuple[Any, ...]:
        """Render everything, over the corpus as it is now and in the language of the visit."""
        return *asking.refresh(history, where, *filters), changing.list_sources(search, "", where)

    def render_changed(search: Any, history: Any, where: Any, *filters: Any) -> tuple[Any, ...]:
        """Render everything over a corpus that was changed."""
        return *render_all(search, history, where, *filters), gr.update(choices=list_source_choices(library))

    views = [*questions.views.values, questions.filtered, corpus.shelf]
    state = [corpus.search, *questions.state, *questions.filters.values]
    for change in changes:
        connect_at_once(change.then, render_changed, state, [*views, questions.filters.sources])

    components = find_worded(demo)

    def word_components(where: Any) -> list[Any]:
        """Give components their words: all of them where the reader once chose a language, else what gradio cannot."""
        visit = read_visit(where)
        updates = _reword(components, visit.language)
        return [update if visit.chosen or "choices" in update else gr.skip() for update in updates]

    def speak(event: gr.EventData, search: Any, history: Any, where: Any, *filters: Any) -> tuple[Any, ...]:
        """Render everything in the language that was chosen just now."""
        visit = read_visit(where).speaking(choose_language(read_field(event._data, "language", str)))
        return *render_all(search, history, visit.text, *filters), *_reword(components, visit.language)

    named = [component for component, _ in components]
    connect_at_once(opened.then, word_components, questions.where, named)
    connect_at_once(questions.chat.speak, speak, state, [*views, *named])


def _reword(components: list[tuple[Any, dict[str, str]]], language: str) -> list[dict[str, Any]]:
    """Return the updates that give these components their words in a language."""
    words = read_words(language)
    updates = []
    for component, names in components:
        worded: dict[str, Any] = {name: words[key] for name, key in names.items()}
        if component.elem_id in (LANGUAGE, COMPARED_LANGUAGE):
            worded["choices"] = list_language_choices(language)
        updates.append(gr.update(**worded))
    return updates
