"""Which sources are asked? Those that a reader names, of some days, in one language; all of them by default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """To which sources a question is put: those named, published between two days, in one language; all by default."""

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    language: str = ""

    def holds(self, entry: Entry) -> bool:
        """Return whether a source is asked; one without a date is not, where dates are asked for."""
        if self.since or self.until:
            when = entry.published
            if when is None or when < (self.since or when) or when > (self.until or when):
                return False
        named = not self.sources or entry.source in self.sources
        return named and (not self.language or entry.language == self.language)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list of sources says of a document: everything but its text."""

    source: str
    title: str
    outlet: str
    published: date | None
    language: str
    characters: int
    digest: str


EVERYWHERE = Scope()
"""Every source of the corpus."""
