"""Reads articles, indexes their paragraphs with BM25 and FAISS, and searches them.

>>> from index import Corpus
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.corpus import Corpus

__all__ = ["Corpus"]


def __getattr__(name: str) -> object:
    """Import what is exported when it is first used, so that `import index.language` stays light."""
    if name == "Corpus":
        from index.corpus import Corpus

        return Corpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
