"""What is in the corpus and, where that is allowed, what comes into it and leaves it? The tab of the corpus."""

from __future__ import annotations

import csv
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gradio as gr

from index import reading
from index.corpus import Progress, WriteReport
from index.reading.walking import CATALOGUE
from index.records import CorpusError
from ui.answering.describing import Described
from ui.page import show_described, show_report, show_stage, show_status
from ui.web.desk import DeskEvents, tell_refusal
from ui.web.events import connect_at_once
from ui.web.questions import QuestionsTab
from ui.web.translations import translate
from ui.web.visit import HERE, read_field, read_visit
from ui.words.catalogue import read_words

LONGEST_TEXT = 1_000_000
"""In characters, of a text that is pasted."""

_EVERY = 0.2
"""Seconds between two looks at how far a change is."""

Work = Callable[[Progress], list[str] | WriteReport | Described]


@dataclass(frozen=True, slots=True)
class CorpusTab:
    """The components of the tab; those that change the corpus are missing where that is not allowed."""

    search: gr.Textbox
    order: gr.Textbox
    """By which column the list is sorted."""
    shelf: gr.HTML
    status: gr.HTML
    editing: CorpusFields | None


@dataclass(frozen=True, slots=True)
class CorpusFields:
    """The components that change the corpus."""

    files: gr.UploadButton
    title: gr.Textbox
    text: gr.Textbox
    paste: gr.Button
    reindex: gr.Button
    cancel: gr.Button


def lay_out_corpus(*, uploads: bool) -> CorpusTab:
    """Lay out the tab and return its components."""
    with gr.Column(elem_id="rc-corpus"):
        editing = _editing() if uploads else None
        status = gr.HTML(elem_id="rc-status", js_on_load=None, apply_default_css=False)
        search = gr.Textbox(
            label=translate("search_list"), info=translate("search_list_info"), max_lines=1, elem_id="rc-search"
        )
        order = gr.Textbox(visible=False, label="order")
        shelf = gr.HTML(elem_id="rc-shelf", js_on_load=None, apply_default_css=False)
    return CorpusTab(search, order, shelf, status, editing)


def _editing() -> CorpusFields:
    with gr.Row(elem_id="rc-change"):
        files = gr.UploadButton(
            str(translate("upload")),
            file_count="multiple",
            type="filepath",
            variant="primary",
            size="md",
            scale=0,
            min_width=220,
        )
        reindex = gr.Button(translate("reindex"), size="md", scale=0, min_width=140)
        cancel = gr.Button(translate("cancel"), size="md", scale=0, min_width=140, elem_id="rc-cancel")
    with gr.Accordion(translate("paste"), open=False, elem_id="rc-paste"):
        title = gr.Textbox(label=translate("paste_title"), max_lines=1, max_length=200)
        text = gr.Textbox(label=translate("paste_text"), lines=6, max_lines=14, max_length=LONGEST_TEXT)
        paste = gr.Button(translate("add_text"), variant="primary", size="md")
    return CorpusFields(files, title, text, paste, reindex, cancel)


class CorpusEvents(DeskEvents):
    """The events of the tab, over a library; `edit` says whether the corpus may be changed."""

    def add(self, where: Any, files: Any) -> Iterator[str]:
        """Read uploaded files into the corpus, telling how far that is, and then what came of it."""
        language = read_visit(where).language
        paths = [Path(file) for file in files or []]
        held = {one.digest: one.source for one in self._library.sources}
        copies = [(path.name, held[own]) for path in paths if held.get(own := _digest(path), path.name) != path.name]
        fresh = [path for path in paths if path.name not in dict(copies)]

        def work(tell: Progress) -> Described:
            done = self._add(fresh, tell)
            return replace(done, report=replace(done.report, duplicates=(*done.report.duplicates, *copies)))

        yield from self._running(work, language)
        for path in paths:
            with suppress(OSError):  # gradio clears away what is left
                path.unlink()

    def _add(self, paths: list[Path], tell: Progress) -> Described:
        """Read files into the corpus; a `sources.csv` among them tells of the others, and of what is there."""
        if CATALOGUE not in {path.name for path in paths}:
            return Described(self._library.add(paths, progress=tell) if paths else WriteReport())
        with tempfile.TemporaryDirectory(prefix="recoupe-") as folder:
            for path in paths:
                shutil.copyfile(path, Path(folder) / path.name)  # each came in a folder of its own
            return self._library.add_described(Path(folder), progress=tell)

    def paste(self, where: Any, title: Any, text: Any) -> Iterator[tuple[str, Any, Any]]:
        """Read a pasted article into the corpus, under a name that no other source has."""
        language = read_visit(where).language
        title, text = " ".join(str(title or "").split()), str(text or "").strip()[:LONGEST_TEXT]
        if not title or not text:
            yield show_status([read_words(language)["paste_empty"]]), gr.skip(), gr.skip()
            return
        with tempfile.TemporaryDirectory(prefix="recoupe-") as folder:
            file = Path(folder) / self._free_name(title)
            file.write_text(f"{title}\n\n{text}\n", encoding="utf-8", errors="replace")
            # A title of one word, or with a full stop, is one too: the catalogue wins over what the text looks like.
            with open(file.with_name(CATALOGUE), "w", encoding="utf-8", errors="replace", newline="") as catalogue:
                csv.writer(catalogue).writerows([("source", "title"), (file.name, title)])
            for status in self._running(lambda tell: self._library.add([folder], progress=tell), language):
                yield status, gr.skip(), gr.skip()
        # What could not be taken stays in its fields.
        left = "" if file.name in self._library.corpus.sources else gr.skip()
        yield status, left, left

    def reindex(self, where: Any) -> Iterator[str]:
        """Index every article anew."""
        language = read_visit(where).language
        words = read_words(language)

        def work(tell: Progress) -> list[str]:
            return [words.count("done_reindexed", self._library.reindex(progress=tell))]

        yield from self._running(work, language)

    def cancel(self, where: Any) -> str:
        """Give up the change that is going on."""
        self._library.cancel()
        return show_status([read_words(read_visit(where).language)["cancelling"]])

    def drop(self, event: gr.EventData, where: Any) -> str:
        """Take a source out of the corpus."""
        language = read_visit(where).language
        try:
            self._library.remove([read_field(event._data, "source", str)])
        except (CorpusError, OSError) as error:
            return show_status([tell_refusal(error, language)])
        return show_report(self._library.corpus.report, language)

    def _running(self, work: Work, language: str) -> Iterator[str]:
        """Run a change in a thread of its own; yield how far it is, and at the end what came of it."""
        told: list[tuple[str, int, int]] = [("waiting", 0, 0)]
        before = set(self._library.corpus.sources)
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(work, lambda *at: told.append(at))
            while not future.done():
                yield show_stage(*told[-1], language)
                wait([future], timeout=_EVERY)
            try:
                done = future.result()
            except (CorpusError, OSError) as error:
                yield show_status([tell_refusal(error, language)])
                return
        if isinstance(done, Described):
            yield show_described(done, language, before)
        else:
            yield show_report(done, language, before) if isinstance(done, WriteReport) else show_status(done)

    def _free_name(self, title: str) -> str:
        """Return a file name made of a title, which no source of the corpus has."""
        ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-")[:60] or "article"
        taken, count = set(self._library.corpus.sources), 1
        while (name := f"{stem}{f'-{count}' if count > 1 else ''}.txt") in taken:
            count += 1
        return name


def connect_corpus(demo: gr.Blocks, tab: CorpusTab, questions: QuestionsTab, events: CorpusEvents) -> list[Any]:
    """Connect the components of the tab with its events, and return the events after which the corpus is another."""
    where = questions.where
    listing = [tab.search, tab.order, where]  # where the reader is stands last
    connect_at_once(demo.load, events.list_sources, listing, tab.shelf, js=HERE)
    connect_at_once(tab.search.change, events.list_sources, listing, tab.shelf, trigger_mode="always_last")
    connect_at_once(questions.chat.sort, events.sort, [tab.search, where], [tab.shelf, tab.order])
    if tab.editing is None:
        return []
    edit = tab.editing
    connect_at_once(edit.cancel.click, events.cancel, where, tab.status)
    return [
        trigger(event, inputs, outputs, api_visibility="private", show_progress="hidden")
        for trigger, event, inputs, outputs in (
            (edit.files.upload, events.add, [where, edit.files], [tab.status]),
            (
                edit.paste.click,
                events.paste,
                [where, edit.title, edit.text],
                [tab.status, edit.title, edit.text],
            ),
            (edit.reindex.click, events.reindex, [where], [tab.status]),
            (questions.chat.drop, events.drop, [where], [tab.status]),
            (questions.chat.describe, events.describe, [where], [tab.status]),
        )
    ]


def _digest(path: Path) -> str:
    """Return the digest of a file; "" for one that cannot be read, of which reading it says why."""
    try:
        return reading.digest(path)
    except OSError:
        return ""
