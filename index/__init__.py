"""Which articles are there, and which of their paragraphs answer a question best?

>>> from index import Corpus
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.facts import Fact, Span
    from index.records import (
        CorpusError,
        Document,
        EncoderMismatch,
        EngineUnavailable,
        Hit,
        IndexCorrupt,
        IndexLocked,
        IndexNotFound,
        IndexOutdated,
        Match,
        MissingExtra,
        Paragraph,
        Skipped,
        UnreadableFile,
    )

__all__ = [
    "Corpus", "CorpusError", "Document", "EncoderMismatch", "EngineUnavailable", "Fact", "Hit", "IndexCorrupt",
    "IndexLocked", "IndexNotFound", "IndexOutdated", "Match", "MissingExtra", "Paragraph", "Skipped", "Span",
    "UnreadableFile",
]  # fmt: skip

_ROOMS = {"Corpus": "index.corpus", "Fact": "index.facts", "Span": "index.facts"}
"""Where the names are that are not in `index.records`."""


def __getattr__(name: str) -> object:
    """Import what is exported when it is first used, so that `import index.language` stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS.get(name, "index.records")), name)
