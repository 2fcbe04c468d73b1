"""Answers questions over a corpus by showing what each source says.

>>> from qa import Assistant
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assistant import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> object:
    """Import what is exported when it is first used, so that `import qa.extraction` stays light."""
    if name == "Assistant":
        from qa.assistant import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
