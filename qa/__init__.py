"""What does each source say about a question, and how well is that told?

>>> from qa import Assistant, evaluate, read_gold
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.agreement import Group, Origin
    from qa.answers import Answer, Citation, Event, Looked, Passage, Silence, SourceAnswer
    from qa.assistant import Assistant
    from qa.evaluation import StaleGold, evaluate, read_gold
    from qa.matters import Matter, Statement, compare
    from qa.question import Question, read_question

__all__ = [
    "Answer", "Assistant", "Citation", "Event", "Group", "Looked", "Matter", "Origin", "Passage", "Question",
    "Silence", "SourceAnswer", "StaleGold", "Statement", "compare", "evaluate", "read_gold", "read_question",
]  # fmt: skip

_ROOMS = {
    "Answer": "answers",
    "Assistant": "assistant",
    "Citation": "answers",
    "Event": "answers",
    "Group": "agreement",
    "Looked": "answers",
    "Matter": "matters",
    "Origin": "agreement",
    "Passage": "answers",
    "Question": "question",
    "Silence": "answers",
    "SourceAnswer": "answers",
    "StaleGold": "evaluation",
    "Statement": "matters",
    "compare": "matters",
    "evaluate": "evaluation",
    "read_gold": "evaluation",
    "read_question": "question",
}


def __getattr__(name: str) -> object:
    """Import what is exported when it is first used, so that `import qa` stays light."""
    if name in _ROOMS:
        return getattr(import_module(f"qa.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
