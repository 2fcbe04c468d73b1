"""Which sources are asked? Those that a reader names, of some days, in one language; all of them by default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from index.language import fold
from index.records import Document

_NAMED = 70
"""Characters of a text that stand for its title where it has none, at most."""
_ENOUGH = 6
"""Words by which a text without a title is known."""


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
    url: str = ""
    name: str = ""
    """What a reader calls it: its title, else its first words; "" where it has neither."""

    @property
    def titled(self) -> bool:
        """Whether it has a title of its own."""
        return bool(self.title.strip()) and self.name == self.title.strip()

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
            url=document.url,
            name=name_document(document),
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


def list_undated(scope: Scope, sources: Iterable[Source]) -> list[Source]:
    """Return those of these sources that would be asked, had they a date."""
    if not (scope.since or scope.until):
        return []
    whenever = replace(scope, since=None, until=None)
    return [one for one in sources if one.published is None and whenever.holds(one)]


def find_sources(typed: str, known: Sequence[Source]) -> list[str]:
    """Return the sources that a word means: the one of that name, or all in whose name, title or outlet it stands."""
    if any(one.source == typed for one in known):
        return [typed]
    wanted = fold(typed)
    return [one.source for one in known if wanted in fold(f"{one.source} {one.title} {one.name} {one.outlet}")]


def name_document(document: Document) -> str:
    """Return what a reader calls a document: its title, else its first heading or first words; "" for neither.

    What the index calls a document for want of a title, its file's name, is no title unless the text begins with it.
    """
    title = document.title.strip()
    lines = [line.strip(" #*-•\t") for line in document.text[:2000].splitlines() if line.strip(" #*-•\t")]
    begins = bool(lines) and fold(lines[0]).startswith(fold(title))
    if title and (begins or " " in title or title != PurePosixPath(document.source).stem):
        return title
    words: list[str] = []
    for line in lines:
        words += [*(["·"] if words else []), *line.split()]
        if len(words) >= _ENOUGH:
            break
    name = " ".join(words)
    return name if len(name) <= _NAMED else name[:_NAMED].rsplit(" ", 1)[0].rstrip(" ,;:·–-") + "…"
