"""What do the filters say? Each by its name; only gradio itself hands them over as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.language import fold
from ui.answering.scope import Scope, Source
from ui.web.history import read_scope
from ui.words.catalogue import read_words


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the tab of questions: their components, or what a browser sent of each."""

    sources: Any = ()
    since: Any = ""
    until: Any = ""
    language: Any = ""

    @classmethod
    def of(cls, scope: Scope) -> Filters:
        """Return the filters that show a scope."""
        since, until = (day.isoformat() if day else "" for day in (scope.since, scope.until))
        return cls(list(scope.sources), since, until, scope.language)

    @property
    def values(self) -> list[Any]:
        """The filters as gradio takes them, and as ``Filters(*values)`` takes them back."""
        return [self.sources, self.since, self.until, self.language]

    def read(self, known: Iterable[Source], language: str) -> Scope:
        """Return the scope over these sources; `language` is that of the reader. Raises ValueError for a bad date."""
        for day in (self.since, self.until):
            if day:
                try:
                    date.fromisoformat(day)
                except (TypeError, ValueError):
                    raise ValueError(read_words(language)["bad_date"].format(date=day)) from None
        listed = tuple(known)
        named = [name for typed in self.sources or [] for name in _find(str(typed), listed)]
        return read_scope({"sources": named, "since": self.since, "until": self.until, "language": self.language})


def _find(typed: str, known: Iterable[Source]) -> list[str]:
    """Return the sources that a filter means: the one of that name, or all in whose name, title or outlet it stands."""
    names = [one.source for one in known]
    if typed in names:
        return [typed]
    wanted = fold(typed)
    return [one.source for one in known if wanted in fold(f"{one.source} {one.title} {one.outlet}")] or [typed]
