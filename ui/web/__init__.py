"""The browser: questions and answers on one tab, the corpus on the other, and endpoints for programs beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import gradio as gr

from ui.answering.library import Library
from ui.web import asking, desk, stock
from ui.web.endpoints import endpoints
from ui.web.events import at_once
from ui.web.look import header_html, style, theme
from ui.web.place import field, place_of
from ui.web.speech import spoken, word, words
from ui.web.views import examples
from ui.words.catalogue import choose_language, read_words

__all__ = ["page", "style", "theme", "words"]

TITLE = "Recoupe"


def page(library: Library, *, uploads: bool = False, candidates: Path | None = None) -> gr.Blocks:
    """Return the page over a library, with its endpoints `/ask`, `/search` and `/sources`.

    `uploads` shows what changes the corpus; marks on passages go to the file `candidates`, and are not offered without.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # whatever this machine's settings say
    examples(library)  # the first reader finds the encoder loaded
    demo: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
    with demo:
        gr.HTML(header_html(), elem_id="rc-header", js_on_load=None, apply_default_css=False)
        with gr.Tabs(elem_id="rc-tabs"):
            with gr.Tab(word("tab_ask"), id="ask"):
                questions = desk.laid_out(library, candidates)
            with gr.Tab(word("tab_corpus"), id="corpus"):
                corpus = stock.laid_out(uploads=uploads)
        _connect(demo, library, questions, corpus, judged=candidates is not None)
        endpoints(library)
    return demo


def _connect(demo: gr.Blocks, library: Library, questions: desk.Desk, corpus: stock.Stock, *, judged: bool) -> None:
    """Connect both tabs with their events, with each other, and with the switch of language."""
    asked = asking.Asking(library, judged=judged)
    kept = stock.Keeping(library, edit=corpus.editing is not None)
    opened = asking.connect(demo, questions, asked)
    changes = stock.connect(demo, corpus, questions, kept)

    def renewed(history: Any, where: Any, search: Any) -> tuple[Any, ...]:
        """Render everything, over the corpus as it is now and in the language of the place."""
        return *asked.again(history, where), asked.ideas(history, where), kept.listed(search, where)

    def changed(history: Any, where: Any, search: Any) -> tuple[Any, ...]:
        """Render everything over a corpus that was changed."""
        return *renewed(history, where, search), gr.update(choices=desk.source_choices(library))

    views = [*questions.views, questions.ideas, corpus.shelf]
    state = [*questions.state, corpus.search]
    for change in changes:
        at_once(change.then, changed, state, [*views, questions.sources])

    components = spoken(demo)

    def worded(where: Any) -> list[Any]:
        """Give components their words: all of them where the reader once chose a language, else what gradio cannot."""
        place = place_of(where)
        updates = _reworded(components, place.language)
        return [update if place.chosen or "choices" in update else gr.skip() for update in updates]

    def spoke(event: gr.EventData, history: Any, where: Any, search: Any) -> tuple[Any, ...]:
        """Render everything in the language that was chosen just now."""
        place = place_of(where).speaking(choose_language(field(event._data, "language", str)))
        return *renewed(history, place.text, search), *_reworded(components, place.language)

    named = [component for component, _ in components]
    at_once(opened.then, worded, questions.where, named)
    at_once(questions.chat.speak, spoke, state, [*views, *named])


def _reworded(components: list[tuple[Any, dict[str, str]]], language: str) -> list[dict[str, Any]]:
    """Return the updates that give these components their words in a language."""
    known = read_words(language)
    updates = []
    for component, names in components:
        words: dict[str, Any] = {name: known[key] for name, key in names.items()}
        if component.elem_id == desk.LANGUAGE:
            words["choices"] = desk.language_choices(language)
        updates.append(gr.update(**words))
    return updates
