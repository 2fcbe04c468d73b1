"""Answers questions over a corpus by showing what each source says, and measures how well.

>>> from qa import Assistant, evaluate, read_gold
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.evaluation import evaluate, read_gold

__all__ = ["Assistant", "evaluate", "read_gold"]


def __getattr__(name: str) -> object:
    """Import what is exported when it is first used, so that `import qa.question` stays light."""
    if name == "Assistant":
        from qa.assistant import Assistant

        return Assistant
    if name in ("evaluate", "read_gold"):
        from qa import evaluation

        return getattr(evaluation, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
