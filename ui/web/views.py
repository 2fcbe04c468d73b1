"""What is on the page just now? The conversation, the panel and what to ask next, worked out from the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from qa.answers import Answer, SourceAnswer, is_sure, part_of
from ui.answering.conversation import Turn, trace_back
from ui.answering.library import Library
from ui.answering.scope import EVERYWHERE, Scope
from ui.page import (
    PanelContext,
    show_conversation,
    show_empty_panel,
    show_events,
    show_ideas,
    show_nothing_found,
    show_panel,
    show_welcome,
)
from ui.reports.chart import draw_chart
from ui.web.filters import tell_undated
from ui.web.history import keep_turns, tell_scope, write_link, write_turns
from ui.web.visit import Visit
from ui.words.catalogue import FIRST, list_languages, read_words

_NEXT = 3
_TITLES = 12


class Answering(Protocol):
    """What offering needs of a library: the answer to the last of a conversation's questions."""

    def answer(self, turns: Sequence[Turn]) -> Answer: ...


def answer_turns(library: Library, turns: Sequence[Turn]) -> list[Answer]:
    """Return the answer to each question of a conversation."""
    return [library.answer(turns[: number + 1]) for number in range(len(turns))]


def list_names(library: Library) -> dict[str, str]:
    """Return what a reader calls each source."""
    return {one.source: one.name for one in library.sources}


def render(library: Library, turns: Sequence[Turn], visit: Visit, *, judged: bool) -> tuple[str, str]:
    """Return the HTML of the conversation and of the panel, which shows the answer at `visit`."""
    if not turns:
        return show_welcome(visit.language), _corpus_html(library, visit.language)
    selected = visit.turn if 0 <= visit.turn < len(turns) else len(turns) - 1
    names = list_names(library)
    answers = [name_sources(answer, names) for answer in answer_turns(library, turns)]
    answer, scope = answers[selected], turns[selected].scope
    beside = PanelContext(
        titles=names,
        asked=keep_turns(turns[: selected + 1]),
        whole=write_turns(turns),
        link=write_link(answer.understood_as, scope),
        charts=[draw_chart(part, selected) for part in _parts(answer)] if answer.found else (),
        scope=tell_scope(scope, visit.language),
        undated=tell_undated(scope, library.sources, visit.language),
        judged=judged,
    )
    panel = show_panel(answer, selected, visit.language, beside)
    return show_conversation(answers, selected, visit.language), panel


def offer_next(answering: Answering, turns: Sequence[Turn], visit: Visit, scope: Scope = EVERYWHERE) -> str:
    """Return the HTML of what can be asked next: follow-ups, or else examples.

    Each is asked here as it will be when it is clicked, in the same scope, a follow-up after the same questions: each
    has an answer.
    """
    if not turns:
        return show_ideas(find_examples(answering, visit.language, scope), visit.language, first=True)
    last = answering.answer(turns)
    if not last.found:
        examples = find_examples(answering, visit.language, scope)
        scoped = turns[-1].scope != EVERYWHERE
        everywhere = scoped and answering.answer([*turns, Turn(last.question)]).found
        return show_nothing_found(last, examples, visit.language, scoped=scoped, everywhere=everywhere)
    tried = read_words(last.language)["follow_ups"].splitlines()
    answered = (question for question in tried if _leads_on(answering, [*turns, Turn(question, scope)], last))
    ideas = show_ideas([(question, last.language) for question in islice(answered, _NEXT)], visit.language)
    alone = (event.question for event in last.events if event.question)
    events = [(asked, last.language) for asked in alone if answering.answer([Turn(asked, scope)]).found]
    return show_events(events, visit.language) + ideas


def find_examples(answering: Answering, first: str = FIRST, scope: Scope = EVERYWHERE) -> list[tuple[str, str]]:
    """Return questions that have a sure answer, with their languages: two in `first`, then one in each other.

    They are said to have an answer: one of which every figure is to be checked first is none, it may tell of something
    else. Each is a whole answer: as few are worked out as show what can be asked, and in which languages.
    """
    order = sorted(list_languages(), key=lambda language: language != first)
    tried = {language: read_words(language)["examples"].splitlines() for language in order}
    return [
        (question, language)
        for language in order
        for question in islice(
            (q for q in tried[language] if _is_sure(answering.answer([Turn(q, scope)]))), 2 if language == first else 1
        )
    ]


def _is_sure(answer: Answer) -> bool:
    """Return whether a source gives a figure, a name or a date that is surely what is asked for."""
    return answer.found and any(source.claim is not None and is_sure(source) for source in answer.sources)


def name_sources(answer: Answer, names: Mapping[str, str]) -> Answer:
    """Return the answer with its sources, also where they are cited, called as a reader calls them."""
    return replace(answer, sources=tuple(_named(one, names.get(one.source, "") or one.title) for one in answer.sources))


def _named(source: SourceAnswer, title: str) -> SourceAnswer:
    passages = tuple(replace(one, citation=replace(one.citation, title=title)) for one in source.passages)
    return replace(source, title=title, passages=passages)


def _parts(answer: Answer) -> list[Answer]:
    """Return the answer, or what it says of each of its events."""
    return [part_of(answer, event) for event in answer.events] or [answer]


def _corpus_html(library: Library, language: str) -> str:
    titles = [(one.source, one.name or one.source) for one in library.sources[:_TITLES]]
    return show_empty_panel(titles, len(library.sources), language)


def _leads_on(answering: Answering, turns: Sequence[Turn], last: Answer) -> bool:
    """Return whether a follow-up, the last of these, is answered, and mostly by what was not shown already."""
    before, question = turns[:-1], turns[-1].question
    answer = answering.answer(turns)
    if not answer.found or answer.understood_as in (last.understood_as, question):
        return False
    told, known = _told(answer), _told(last)
    return question not in {turn.question for turn in trace_back(before)} and 2 * len(told - known) > len(told)


def _told(answer: Answer) -> set[str]:
    """Return what an answer tells: the claim of each source, or its quote where the question asks for no figure."""
    return {
        source.claim.text.casefold() if source.claim else source.passages[0].citation.quote for source in answer.sources
    }
