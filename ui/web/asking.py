"""What happens on the tab of questions? Each event reads what was asked and where the reader is, and renders that anew.

The server remembers nothing of anybody: the browser keeps its questions and sends them along, and the answers are found
again in the library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

from index.records import CorpusError
from qa.answers import Answer
from ui.answering.conversation import Turn, check_question
from ui.answering.library import Library
from ui.answering.seats import Busy, Seats
from ui.page import show_filters, show_notice, show_welcome
from ui.web.events import connect_at_once
from ui.web.filters import Filters
from ui.web.history import KEPT, keep_turns, parse_turns, read_link, read_turns, write_turns
from ui.web.questions import QuestionsTab, Views
from ui.web.views import offer_next, render
from ui.web.visit import HERE, SOON, Visit, read_field, read_number, read_visit
from ui.words.catalogue import read_words

READERS_AT_ONCE = 4
"""Questions that are worked out at the same time; the others wait in gradio's queue."""

READERS_WAITING = 4
"""How many more may wait outside the queue."""

_EMPTIED = """(sent, typed) => typed === sent ? "" : typed"""
"""JavaScript that empties the field of the question which was answered, unless another has been typed since."""

OFFERS_WAITING = 4
"""How many offers of what to ask next may wait: each is several questions, and nobody waits for it."""

Values = tuple[Any, ...]
"""What gradio writes into the components of an event, in their order."""


PAUSE = 3.0
"""Seconds for which an offer waits, at most, before each of its questions, while somebody's own is being answered."""


@dataclass(frozen=True, slots=True)
class _Yielding:
    """A library that is asked for offers: whoever has asked something comes first."""

    library: Library
    seats: Seats

    def answer(self, turns: Sequence[Turn]) -> Answer:
        """Return the answer to the last of a conversation's questions once nobody's own is under way."""
        self.seats.give_way(PAUSE)
        return self.library.answer(turns)


class QuestionEvents:
    """The events of the tab, over a library; `judged` offers the marks on passages."""

    def __init__(self, library: Library, *, judged: bool) -> None:
        self._library = library
        self._judged = judged
        self._offering = Seats(READERS_AT_ONCE, OFFERS_WAITING)
        self._seats = Seats(READERS_AT_ONCE, READERS_WAITING)

    def refresh(self, history: Any, where: Any, *filters: Any) -> Values:
        """Render what is kept, as the corpus answers it now, what can be asked next, and last what the filters do."""
        offered, told = self.filter(history, where, *filters)
        return *replace(self._show(read_turns(history), read_visit(where)), ideas=offered).values, told

    def open(self, history: Any, where: Any) -> Values:
        """Render the page that is being opened, with the question of its link, whose filters come last."""
        turns, visit = read_turns(history), read_visit(where)
        turn = read_link(visit.search)
        if turn is None:
            return *self._show(turns, visit).values, *(gr.skip() for _ in Filters().values)
        return *self._reopen(turns, turn, visit).values, *Filters.of(turn.scope).values

    def put(self, history: Any, where: Any, question: Any, *filters: Any) -> Values:
        """Answer a question."""
        return self._put(history, where, question, Filters(*filters)).values

    def put_typed(self, history: Any, where: Any, question: Any, *filters: Any) -> Values:
        """Answer a question that was typed; last what was typed, where that was answered."""
        seen = self._put(history, where, question, Filters(*filters))
        return *seen.values, "" if seen.notice else question

    def put_offered(self, event: gr.EventData, history: Any, where: Any, *filters: Any) -> Values:
        """Answer a question that stood on a button."""
        everywhere = read_field(event._data, "everywhere", bool)
        asked = read_field(event._data, "question", str)
        fresh = read_field(event._data, "fresh", bool)
        return self._put(history, where, asked, Filters() if everywhere else Filters(*filters), fresh=fresh).values

    def pick(self, event: gr.EventData, history: Any, where: Any) -> Values:
        """Show the sources of another answer."""
        return self._show(read_turns(history), read_visit(where).at(read_field(event._data, "turn", int))).values

    def revisit(self, event: gr.EventData, where: Any) -> Values:
        """Show a conversation again that the browser went back or forward to."""
        visit = read_visit(where).at(read_number(event._data, "turn"))
        return self._show(parse_turns(read_field(event._data, "whole", str)), visit).values

    def begin(self, history: Any, where: Any) -> Values:
        """Begin a new conversation, with the way back to the one that ends."""
        turns, visit = read_turns(history), read_visit(where)
        views, before = self._show((), visit.at(-1)), write_turns(turns) if turns else ""
        return replace(views, chat=show_welcome(visit.language, before, visit.turn)).values

    def filter(self, history: Any, where: Any, *filters: Any) -> tuple[str, str]:
        """Return what can be asked next under these filters, and what they do."""
        told = Filters(*filters).tell(self._library.sources, read_visit(where).language)
        return self.offer(history, where, *filters), show_filters(told)

    def offer(self, history: Any, where: Any, *filters: Any) -> str:
        """Offer what can be asked next under the filters in force.

        Nothing is, while too many are being helped (nobody waits for an offer) or where the filters mean nothing.
        """
        visit = read_visit(where)
        try:
            scope = Filters(*filters).read(self._library.sources, visit.language)
            with self._offering.taken():
                turns = read_turns(history)
                offered = offer_next(_Yielding(self._library, self._seats), turns, visit, scope)
                # The page hides what was offered for a conversation that has gone on meanwhile.
                return f'<div data-after="{len(turns)}">{offered}</div>' if offered else ""
        except (Busy, ValueError):
            return ""

    def _put(self, history: Any, where: Any, question: Any, filters: Filters, *, fresh: bool = False) -> Views:
        turns, visit = read_turns(history), read_visit(where)
        try:
            asked = check_question(question, visit.language)
            turn = Turn(asked, filters.read(self._library.sources, visit.language), fresh)
            return self._show((*turns, turn)[-KEPT:], visit.at(-1))
        except (CorpusError, ValueError) as error:
            return Views(notice=show_notice(str(error)))

    def _show(self, turns: tuple[Turn, ...], visit: Visit) -> Views:
        try:
            with self._seats.taken() if turns else nullcontext():  # whoever asks nothing is let in
                chat, panel = render(self._library, turns, visit, judged=self._judged)
        except Busy:
            return Views(notice=show_notice(read_words(visit.language)["busy"]))
        return Views(keep_turns(turns), visit.text, chat, panel, ideas="")

    def _reopen(self, turns: tuple[Turn, ...], turn: Turn, visit: Visit) -> Views:
        """Show the question of a link: where it was asked already, there; else as the beginning of a conversation."""
        for number in reversed(range(len(turns))):
            asked = turns[number]
            if asked.scope == turn.scope and turn.question in (
                asked.question,
                self._library.answer(turns[: number + 1]).understood_as,
            ):
                return self._show(turns, visit.at(number))
        return self._show((*turns, turn)[-KEPT:], visit.at(-1))


def connect_questions(demo: gr.Blocks, tab: QuestionsTab, events: QuestionEvents) -> Any:
    """Connect the components of the tab with its events, and return the event that opens the page."""
    queued = partial(_connect_queued, tab, events)
    filters, views = tab.filters.values, tab.views.values
    waiting = {"show_progress": "minimal", "show_progress_on": tab.notice}
    opened = connect_at_once(demo.load, events.open, tab.state, [*views, *filters], js=HERE, **waiting)
    for trigger in (tab.question.submit, tab.send.click):
        queued(trigger, events.put_typed, [*tab.state, tab.question, *filters], [*views, tab.sent]).then(
            None, [tab.sent, tab.question], tab.question, js=_EMPTIED
        )
    queued(tab.chat.ask, events.put_offered, [*tab.state, *filters], views)
    picked = connect_at_once(tab.chat.pick, events.pick, tab.state, list(views), **waiting)
    revisited = connect_at_once(
        tab.chat.revisit, events.revisit, [tab.where], list(views), trigger_mode="multiple", **waiting
    )
    begun = connect_at_once(tab.chat.begin, events.begin, tab.state, list(views))
    for done in (opened, picked, revisited, begun):
        _offer_after(tab, events, done)
    shown = [tab.ideas, tab.filtered]
    for one in filters:
        connect_at_once(one.change, events.filter, [*tab.state, *filters], shown, js=SOON, trigger_mode="always_last")
    tab.clear.click(None, None, filters, js="() => [[], '', '', '']")
    return opened


def _connect_queued(
    tab: QuestionsTab,
    events: QuestionEvents,
    trigger: Callable[..., Any],
    event: Callable[..., Values],
    inputs: list[Any],
    outputs: Sequence[Any],
) -> Any:
    """Have a question answered in its turn, and then, when the answer is on the page, what can be asked next."""
    done = trigger(
        event,
        inputs,
        list(outputs),
        js=SOON,
        api_visibility="private",
        show_progress="minimal",
        show_progress_on=tab.notice,
        concurrency_limit=READERS_AT_ONCE,
        concurrency_id="questions",
    )
    _offer_after(tab, events, done)
    return done


def _offer_after(tab: QuestionsTab, events: QuestionEvents, done: Any) -> None:
    """Offer what can be asked next once an event is done: that takes several questions more.

    Who has gone on before it is there is offered what fits where they are.
    """
    last = {"trigger_mode": "always_last"}
    connect_at_once(done.then, events.offer, [*tab.state, *tab.filters.values], tab.ideas, **last)
