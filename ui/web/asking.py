"""What happens on the tab of questions? Each event reads what was asked and where the reader is, and renders that anew.

The server remembers nothing of anybody: the browser keeps its questions and sends them along, and the answers are found
again in the library.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial
from typing import Any

import gradio as gr

from index.language import fold
from index.records import CorpusError
from ui.answering.conversation import Asked, checked
from ui.answering.library import Library
from ui.answering.scope import Scope
from ui.answering.seats import Busy, Seats
from ui.page import notice_html
from ui.web.desk import Desk
from ui.web.events import at_once
from ui.web.place import HERE, Place, field, place_of
from ui.web.turns import KEPT, Turn, kept, linked, scope_of, turns_of, understood_from
from ui.web.views import next_questions, rendered
from ui.words.catalogue import read_words

AT_ONCE = 4
"""Questions that are worked out at the same time; the others wait in gradio's queue."""

WAITING = 8
"""How many more may wait outside the queue: with those of programs, as many as gradio has threads."""

_EMPTIED = """(sent, typed) => typed === sent ? "" : typed"""
"""JavaScript that empties the field of the question which was answered, unless another has been typed since."""

Outputs = tuple[Any, ...]


class Asking:
    """The events of the tab, over a library; `judged` offers the marks on passages."""

    def __init__(self, library: Library, *, judged: bool) -> None:
        self._library = library
        self._judged = judged
        self._helping = Seats(AT_ONCE, 0)
        self._seats = Seats(AT_ONCE, WAITING)

    def again(self, history: Any, where: Any) -> Outputs:
        """Render what is kept, as the corpus answers it now."""
        return self._seen(turns_of(history), place_of(where))

    def opened(self, history: Any, where: Any) -> Outputs:
        """Render the page that is being opened, with the question of its link."""
        turns, place = turns_of(history), place_of(where)
        turn = linked(place.search)
        if turn is None:
            return *self._seen(turns, place), *[gr.skip()] * 4
        scope = turn.asked.scope
        days = [day.isoformat() if day else "" for day in (scope.since, scope.until)]
        return *self._reopened(turns, turn, place), list(scope.sources), *days, scope.language

    def put(self, history: Any, where: Any, question: Any, *scope: Any) -> Outputs:
        """Answer a question."""
        turns, place = turns_of(history), place_of(where)
        try:
            turn = Turn(Asked(checked(question), _scope(self._library, place.language, *scope)))
            return self._seen((*turns, turn)[-KEPT:], place.at(-1))
        except (CorpusError, ValueError) as error:
            return *[gr.skip()] * 4, notice_html(str(error))

    def typed(self, history: Any, where: Any, question: Any, *scope: Any) -> Outputs:
        """Answer a question that was typed; last what was typed, where that was answered."""
        seen = self.put(history, where, question, *scope)
        return *seen, "" if seen[-1] else question

    def offered(self, event: gr.EventData, history: Any, where: Any, *scope: Any) -> Outputs:
        """Answer a question that stood on a button."""
        everywhere = field(event._data, "everywhere", bool)
        return self.put(history, where, field(event._data, "question", str), *([] if everywhere else scope))

    def picked(self, event: gr.EventData, history: Any, where: Any) -> Outputs:
        """Show the sources of another answer."""
        return self._seen(turns_of(history), place_of(where).at(field(event._data, "turn", int)))

    def begun(self, where: Any) -> Outputs:
        """Begin a new conversation."""
        return self._seen((), place_of(where).at(-1))

    def ideas(self, history: Any, where: Any) -> str:
        """Offer what can be asked next; nothing while too many are being helped: nobody waits for an offer."""
        try:
            with self._helping.taken():
                return next_questions(self._library, turns_of(history), place_of(where))
        except Busy:
            return ""

    def _seen(self, turns: tuple[Turn, ...], place: Place) -> Outputs:
        try:
            with self._seats.taken() if turns else nullcontext():  # whoever asks nothing is let in
                chat, panel = rendered(self._library, turns, place, judged=self._judged)
        except Busy as error:
            return *[gr.skip()] * 4, notice_html(str(error))
        return kept(turns), place.text, chat, panel, ""

    def _reopened(self, turns: tuple[Turn, ...], turn: Turn, place: Place) -> Outputs:
        """Show the question of a link: where it was asked already, there; else as the beginning of a conversation."""
        for number in reversed(range(len(turns))):
            asked = turns[number].asked
            if asked.scope == turn.asked.scope and turn.asked.question in (
                asked.question,
                self._library.answer(understood_from(turns, number)).understood_as,
            ):
                return self._seen(turns, place.at(number))
        return self._seen((*turns, turn)[-KEPT:], place.at(-1))


def connect(demo: gr.Blocks, desk: Desk, asking: Asking) -> Any:
    """Connect the components of the tab with its events, and return the event that opens the page."""
    queued = partial(_queued, desk, asking)
    waiting = {"show_progress": "minimal", "show_progress_on": desk.notice}
    opened = at_once(demo.load, asking.opened, desk.state, [*desk.views, *desk.scope], js=HERE, **waiting)
    for trigger in (desk.question.submit, desk.send.click):
        queued(trigger, asking.typed, [*desk.state, desk.question, *desk.scope], [*desk.views, desk.sent]).then(
            None, [desk.sent, desk.question], desk.question, js=_EMPTIED
        )
    queued(desk.chat.ask, asking.offered, [*desk.state, *desk.scope], desk.views)
    picked = at_once(desk.chat.pick, asking.picked, desk.state, desk.views, **waiting)
    begun = at_once(desk.chat.begin, asking.begun, [desk.where], desk.views)
    for done in (opened, picked, begun):
        at_once(done.then, asking.ideas, desk.state, desk.ideas)
    desk.clear.click(None, None, desk.scope, js="() => [[], '', '', '']")
    return opened


def _queued(
    desk: Desk,
    asking: Asking,
    trigger: Callable[..., Any],
    event: Callable[..., Outputs],
    inputs: list[Any],
    outputs: list[Any],
) -> Any:
    """Have a question answered in its turn, and then, when the answer is on the page, what can be asked next."""
    done = trigger(
        event,
        inputs,
        outputs,
        api_visibility="private",
        show_progress="minimal",
        show_progress_on=desk.notice,
        concurrency_limit=AT_ONCE,
        concurrency_id="questions",
    )
    # What is offered takes several questions more: it comes when the answer stands on the page.
    at_once(done.then, asking.ideas, desk.state, desk.ideas)
    return done


def _scope(
    library: Library, language: str, sources: Any = None, since: Any = None, until: Any = None, spoken: Any = None
) -> Scope:
    """Return what the filters say. Raises ValueError for a date that is none."""
    for day in (since, until):
        if day:
            try:
                date.fromisoformat(day)
            except (TypeError, ValueError):
                raise ValueError(read_words(language)["bad_date"].format(date=day)) from None
    named = [name for typed in sources or [] for name in _named(library, str(typed))]
    return scope_of({"sources": named, "since": since, "until": until, "language": spoken})


def _named(library: Library, typed: str) -> list[str]:
    """Return the sources that a filter means: the one of that name, or all in whose name, title or outlet it stands."""
    if typed in {entry.source for entry in library.entries}:
        return [typed]
    wanted = fold(typed)
    found = [e.source for e in library.entries if wanted in fold(f"{e.source} {e.title} {e.outlet}")]
    return found or [typed]
