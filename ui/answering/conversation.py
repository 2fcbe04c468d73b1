"""What was asked, of which sources, and after which questions?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.answering.scope import EVERYWHERE, Scope
from ui.words.catalogue import OTHERWISE, print_number, read_words

LONGEST_QUESTION = 1000
"""In characters; what is longer is refused."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, as it was put; a `fresh` one has nothing to do with those before it."""

    question: str
    scope: Scope = EVERYWHERE
    fresh: bool = False


def trace_back(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return what the last question is understood from, oldest first, and itself: all since the last fresh one.

    None of them is marked as fresh any more, so that the same questions are equal however they came to be asked.
    """
    first = max((number for number, turn in enumerate(turns) if turn.fresh), default=0)
    return tuple(replace(turn, fresh=False) for turn in turns[first:])


def check_question(question: object, language: str = OTHERWISE) -> str:
    """Return the question without the space around it.

    Raises ValueError, in the words of the language, for one that nobody can answer.
    """
    if not isinstance(question, str):  # what comes over HTTP is typed by nobody
        raise ValueError("A question is text.")
    question, words = question.strip(), read_words(language)
    if not question:
        raise ValueError(words["question_empty"])
    if len(question) > LONGEST_QUESTION:
        most, count = print_number(LONGEST_QUESTION, language), print_number(len(question), language)
        raise ValueError(words["question_long"].format(most=most, count=count))
    return question
