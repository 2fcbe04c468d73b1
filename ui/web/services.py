"""What can a script of the page ask of the server? An article, an export, a mark on a passage; each checked anew.

gradio hands a function the one value that the browser sent. Nothing in it is believed: a source is looked up in the
corpus, never on the disk, and quotes and answers are worked out again from the questions.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException

from index.records import CorpusError
from qa.answers import Answer, Citation
from ui.answering.conversation import trace_back
from ui.answering.library import Library
from ui.page import show_article, show_gone
from ui.reports.export import export_answers
from ui.reports.matters import FORMS as MATTER_FORMS
from ui.reports.matters import export_matters
from ui.web.history import parse_turns, read_fields
from ui.web.views import answer_turns, list_names, name_sources
from ui.web.visit import read_field
from ui.words.catalogue import choose_language

if TYPE_CHECKING:
    from qa.evaluation import Candidate

Service = Callable[[Any], Any]

_NOTING = threading.Lock()
"""Held by whoever notes a mark: two clicks are one mark."""

_TYPES = {
    "markdown": ("md", "text/markdown"),
    "csv": ("csv", "text/csv"),
    "json": ("json", "application/json"),
    "bibtex": ("bib", "application/x-bibtex"),
}


def offer_services(library: Library, candidates: Path | None) -> list[Service]:
    """Return the functions that `page.js` calls by their names."""

    def article(sent: Any) -> str:
        """Return an article of the corpus as HTML, a part of it marked."""
        language = choose_language(read_field(sent, "language", str))
        try:
            document = library.corpus.document(read_field(sent, "source", str))
        except KeyError:
            return show_gone(language)
        return show_article(document, read_field(sent, "start", int), read_field(sent, "end", int), language)

    def exported(sent: Any) -> dict[str, str]:
        """Return a file of the answer in the panel, or of the conversation up to it."""
        form = read_field(sent, "form", str)
        if form not in _TYPES:
            raise CorpusError(f"there is no export as {form!r}; there are {', '.join(_TYPES)}")
        suffix, kind = _TYPES[form]
        answers = answer_turns(library, parse_turns(read_field(sent, "asked", str)))
        if form != "json":  # which says what the index says, as `recoupe ask --json` does
            names = list_names(library)
            answers = [name_sources(answer, names) for answer in answers]
        chosen = answers if read_field(sent, "whole", bool) else answers[-1:]
        return {"name": f"recoupe.{suffix}", "type": f"{kind};charset=utf-8", "text": export_answers(chosen, form)}

    def compared(sent: Any) -> dict[str, str]:
        """Return a file of the matters on the tab of comparisons, worked out again from what was compared."""
        form = read_field(sent, "form", str)
        if form not in MATTER_FORMS:
            raise CorpusError(f"there is no export as {form!r}; there are {', '.join(MATTER_FORMS)}")
        suffix, kind = _TYPES[form]
        about, scope = read_fields(read_field(sent, "compared", str))
        language = choose_language(read_field(sent, "language", str))
        text = export_matters(library.now.compare(about, scope), form, language)
        return {"name": f"recoupements.{suffix}", "type": f"{kind};charset=utf-8", "text": text}

    def judged(sent: Any) -> bool:
        """Note in the file of candidates whether a passage answers its question."""
        from qa.evaluation import Candidate, record_candidate

        if candidates is None:
            return False
        turns = parse_turns(read_field(sent, "asked", str))
        if not turns:
            raise CorpusError("a mark is on the answer to a question, and there is none")
        answer = library.answer(turns)
        citation = _cited(answer, read_field(sent, "number", int))
        candidate = Candidate(
            question=answer.question,
            history=tuple(one.question for one in trace_back(turns)[:-1]),
            language=answer.language,
            source=citation.source,
            quote=citation.quote,
            right=read_field(sent, "right", bool),
        )
        with _NOTING:
            if not _is_noted(candidates, candidate):
                record_candidate(candidates, candidate)
        return True

    return [_refusing(service) for service in (article, exported, compared, judged)]


def _refusing(service: Service) -> Service:
    """Return the function with our own errors told to the script in a sentence, and none of them in the log."""

    @wraps(service)
    def refusing(sent: Any) -> Any:
        try:
            return service(sent)
        except CorpusError as error:
            raise HTTPException(400, str(error)) from error

    return refusing


def _is_noted(file: Path, candidate: Candidate) -> bool:
    """Return whether the last judgement of a passage is this one already."""
    from qa.evaluation import read_candidates

    noted = read_candidates(file) if file.exists() else []
    return any(one.about == candidate.about and one.right == candidate.right for one in noted)


def _cited(answer: Answer, number: int) -> Citation:
    """Return a citation of an answer by its number. Raises CorpusError for one that it lacks."""
    for source in answer.sources:
        for passage in source.passages:
            if passage.citation.number == number:
                return passage.citation
    raise CorpusError(f"the answer has no citation {number}")
