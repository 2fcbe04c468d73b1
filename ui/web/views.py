"""What is on the page just now? The conversation, the panel and what to ask next, worked out from the library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from qa.answers import Answer
from ui.answering.conversation import Asked
from ui.answering.library import Library
from ui.answering.scope import Scope
from ui.page import chat_html, empty_panel_html, ideas_html, nothing_html, panel_html, welcome_html
from ui.reports.chart import chart_html
from ui.web.place import Place
from ui.web.turns import Turn, kept, link_to, scope_words, understood_from
from ui.words.catalogue import FIRST, list_languages, read_words

_NEXT = 3
_TITLES = 12


def answers_to(library: Library, turns: Sequence[Turn]) -> list[Answer]:
    """Return the answer to each question of a conversation."""
    return [library.answer(understood_from(turns, number)) for number in range(len(turns))]


def rendered(library: Library, turns: Sequence[Turn], place: Place, *, judged: bool) -> tuple[str, str]:
    """Return the HTML of the conversation and of the panel, which shows the answer at `place`."""
    if not turns:
        return welcome_html(examples(library, place.language), place.language), _corpus_html(library, place.language)
    selected = place.turn if 0 <= place.turn < len(turns) else len(turns) - 1
    answers = answers_to(library, turns)
    answer, scope = answers[selected], turns[selected].asked.scope
    panel = panel_html(
        answer,
        selected,
        place.language,
        titles={entry.source: entry.title for entry in library.entries},
        asked=kept(turns[: selected + 1]),
        link=link_to(answer.understood_as, scope),
        chart=chart_html(answer) if answer.found else "",
        scope=scope_words(scope, place.language),
        judged=judged,
    )
    return chat_html(answers, selected, place.language), panel


def next_questions(library: Library, turns: Sequence[Turn], place: Place) -> str:
    """Return the HTML of what can be asked after the last answer: follow-ups that have one, or what has one instead."""
    if not turns:
        return ""
    asked = understood_from(turns, len(turns) - 1)
    last = library.answer(asked)
    if not last.found:
        scoped = asked[-1].scope != Scope()
        return nothing_html(last, examples(library, place.language), place.language, scoped=scoped)
    tried = read_words(last.language)["follow_ups"].splitlines()
    answered = (question for question in tried if _leads_on(library, asked, last, question))
    return ideas_html([(question, last.language) for question in islice(answered, _NEXT)], place.language)


def examples(library: Library, first: str = FIRST) -> list[tuple[str, str]]:
    """Return questions that the corpus answers, with their languages: two in each, those in `first` first."""
    order = sorted(list_languages(), key=lambda language: language != first)
    tried = {language: read_words(language)["examples"].splitlines() for language in order}
    return [
        (question, language)
        for language in order
        for question in islice((q for q in tried[language] if library.answer([Asked(q)]).found), 2)
    ]


def _corpus_html(library: Library, language: str) -> str:
    titles = [(entry.source, entry.title.strip() or entry.source) for entry in library.entries[:_TITLES]]
    return empty_panel_html(titles, len(library.entries), language)


def _leads_on(library: Library, asked: Sequence[Asked], last: Answer, question: str) -> bool:
    """Return whether a follow-up is answered, and for the greater part by what was not shown already."""
    answer = library.answer([*asked, Asked(question, asked[-1].scope)])
    if not answer.found or answer.understood_as in (last.understood_as, question):
        return False
    told, known = _told(answer), _told(last)
    return question not in {one.question for one in asked} and 2 * len(told - known) > len(told)


def _told(answer: Answer) -> set[str]:
    """Return what an answer tells: the claim of each source, or its quote where the question asks for no figure."""
    return {
        source.claim.text.casefold() if source.claim else source.passages[0].citation.quote for source in answer.sources
    }
