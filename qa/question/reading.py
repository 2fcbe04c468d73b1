"""How is a question read? Completed from the conversation, seen as the index sees it, and interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.search import Query
from qa.question.follow_up import LONGEST, complete, restricted
from qa.question.interpretation import interpret
from qa.question.question import Question


class Vocabulary(Protocol):
    """What the reading of a question needs of a corpus: its words with their alternatives there."""

    def query(self, question: str) -> Query: ...


def read_question(text: str, corpus: Vocabulary, history: Sequence[str] = (), *, shown: Sequence[str] = ()) -> Question:
    """Return what a question asks for after those before it.

    `history` holds the earlier questions as they were understood, oldest first; `shown` the sources of the last
    answer, in the order in which it showed them, for "and in the second source?".
    """
    understood, sources = " ".join(text.split()), None
    if history and len(understood) <= LONGEST:
        understood, sources = restricted(understood, shown)
        previous = " ".join(history[-1].split())
        completed = complete(understood, previous) if understood or sources is None else previous
        understood = " ".join(completed.split())
    return replace(interpret(corpus.query(understood)), asked=text, sources=sources)
