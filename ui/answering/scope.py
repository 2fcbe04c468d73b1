"""Which sources are asked? Those that a reader names, of some days, in one language; all of them by default."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.records import Document


@dataclass(frozen=True, slots=True)
class Source:
    """What a list of sources says of a document: everything but its text."""

    source: str
    title: str
    outlet: str
    published: date | None
    language: str
    characters: int
    digest: str

    @classmethod
    def of(cls, document: Document) -> Source:
        """Return what the list says of this document."""
        return cls(
            source=document.source,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            language=document.language,
            characters=len(document.text),
            digest=document.digest,
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """To which sources a question is put: those named, published between two days, in one language; all by default."""

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    language: str = ""

    def holds(self, source: Source) -> bool:
        """Return whether a source is asked; one without a date is not, where dates are asked for."""
        if self.since or self.until:
            when = source.published
            if when is None or when < (self.since or when) or when > (self.until or when):
                return False
        named = not self.sources or source.source in self.sources
        return named and (not self.language or source.language == self.language)

    def select(self, sources: Iterable[Source]) -> frozenset[str] | None:
        """Return the names of those of these sources that are asked; None where a corpus is asked as a whole."""
        return None if self == EVERYWHERE else frozenset(one.source for one in sources if self.holds(one))


EVERYWHERE = Scope()
"""Every source of the corpus."""
