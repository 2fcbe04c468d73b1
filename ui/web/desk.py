"""How is the corpus listed, sorted, and described by hand? The list of its tab, and the form above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import gradio as gr

from index.changing import Description
from index.language import fold
from index.records import CorpusError
from ui.answering.library import Cancelled, Library, Occupied
from ui.answering.scope import Source
from ui.page import SHOWN, Desk, list_missing, show_followed, show_listing, show_missing, show_status
from ui.page.editing import FIELDS
from ui.web.visit import read_field, read_visit
from ui.words.catalogue import list_languages, print_day, print_language, read_words
from ui.words.reasons import tell_failure


class DeskEvents:
    """The events of the list, over a library; `edit` says whether the corpus may be changed."""

    def __init__(self, library: Library, *, edit: bool) -> None:
        self._library = library
        self._edit = edit

    def list_sources(self, words: Any, order: Any, where: Any) -> str:
        """List the sources that have all of these words in what is known of them, in this order."""
        language, wanted = read_visit(where).language, fold(str(words or "")).split()
        now, order = self._library.now, str(order or "")
        found = [entry for entry in now.sources if all(word in _known(entry, language) for word in wanted)]
        found = _sort(found, order, language)
        counts = {entry.source: now.paragraphs(entry.source) for entry in found[:SHOWN]}
        followed = self._library.followed
        told = show_followed(followed, language) if followed else ""
        told += show_missing(now.sources, language)
        return told + show_listing(found[:SHOWN], counts, len(now.sources), language, Desk(order, self._edit))

    def sort(self, event: gr.EventData, words: Any, where: Any) -> tuple[str, str]:
        """List the sources sorted by a column, and keep by which."""
        order = read_field(event._data, "order", str)
        return self.list_sources(words, order, where), order

    def describe(self, event: gr.EventData, where: Any) -> str:
        """Have the index say of sources what a reader says of them; of several, what is left empty stays as it is."""
        language, sent = read_visit(where).language, event._data
        named = sent.get("sources") if isinstance(sent, dict) else None
        sources = [source for source in named if isinstance(source, str)] if isinstance(named, list) else []
        fields = {name: read_field(sent, name, str)[:500] for name in (*FIELDS, "language")}
        kept = {
            name for name, value in fields.items() if not value.strip() and (len(sources) > 1 or name == "language")
        }
        if fields["language"] and fields["language"] not in list_languages():
            kept.add("language")
        told = Description(**{name: None if name in kept else value for name, value in fields.items()})
        try:
            count = self._library.describe(dict.fromkeys(sources, told))
        except (CorpusError, OSError) as error:
            return show_status([tell_refusal(error, language)])
        return show_status([read_words(language).count("done_described", count)])


def _sort(sources: Sequence[Source], order: str, language: str) -> list[Source]:
    """Return sources by a column, behind "-" downwards; what lacks it stands last either way."""
    keys: dict[str, Callable[[Source], str]] = {
        "title": lambda one: fold(one.name),
        "date": lambda one: one.published.isoformat() if one.published else "",
        "language": lambda one: print_language(one.language, language),
        "notes": lambda one: ", ".join(list_missing(one)),
    }
    key = keys.get(order.removeprefix("-"))
    if key is None:
        return list(sources)
    known = sorted((one for one in sources if key(one)), key=key, reverse=order.startswith("-"))
    return [*known, *(one for one in sources if not key(one))]


def _known(entry: Source, language: str) -> str:
    """Return what of a source the list is searched by, folded; its date as ISO 8601 and as it is printed."""
    when = f"{entry.published.isoformat()} {print_day(entry.published, language)}" if entry.published else ""
    missing = " ".join(read_words(language)[key] for key in list_missing(entry))
    return fold(f"{entry.source} {entry.name} {entry.title} {entry.outlet} {when} {entry.language} {missing}")


def tell_refusal(error: CorpusError | OSError, language: str) -> str:
    """Return why a change failed; of a full disk or a read-only folder what the system says, without the path."""
    if isinstance(error, Cancelled):
        return read_words(language)["cancelled"]
    if isinstance(error, Occupied):
        return read_words(language)["occupied"]
    return (error.strerror or str(error)) if isinstance(error, OSError) else tell_failure(str(error), language)
