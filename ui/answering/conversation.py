"""What was asked, and of which sources? A question as it was put, and what makes a text one."""

from __future__ import annotations

from dataclasses import dataclass

from ui.answering.scope import EVERYWHERE, Scope

LONGEST_QUESTION = 1000
"""In characters; what is longer is refused."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was put."""

    question: str
    scope: Scope = EVERYWHERE


def checked(question: object) -> str:
    """Return the question without the space around it. Raises ValueError for one that nobody can answer."""
    if not isinstance(question, str):  # what comes over HTTP is typed by nobody
        raise ValueError("A question is text.")
    question = question.strip()
    if not question:
        raise ValueError("Ask a question. Posez une question.")
    if len(question) > LONGEST_QUESTION:
        raise ValueError(f"A question has at most {LONGEST_QUESTION} characters; this one has {len(question)}.")
    return question
