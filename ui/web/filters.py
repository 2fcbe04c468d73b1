"""What do the filters say? Each by its name; only gradio itself hands them over as a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ui.answering.scope import Scope, Source, find_sources, list_undated
from ui.web.history import read_scope
from ui.words.catalogue import print_number, read_words

NAMED = 5
"""Sources that are named before the rest is counted."""


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
        """Return the scope over these sources; `language` is that of the reader.

        Raises ValueError for a bad date, and for a word that no source holds.
        """
        words = read_words(language)
        for day in (self.since, self.until):
            if day:
                try:
                    date.fromisoformat(day)
                except (TypeError, ValueError):
                    raise ValueError(words["bad_date"].format(date=day)) from None
        listed = tuple(known)
        named: list[str] = []
        for typed in map(str, self.sources or []):
            found = find_sources(typed, listed)
            if not found:
                raise ValueError(words["filter_unknown"].format(name=typed))
            named += found
        return read_scope({"sources": named, "since": self.since, "until": self.until, "language": self.language})

    def tell(self, known: Iterable[Source], language: str) -> list[str]:
        """Return how many filters are on, what they let through of these sources, and what they leave out undated."""
        on = sum(map(bool, self.values))
        if not on:
            return []
        words, listed = read_words(language), tuple(known)
        told = words.count("filters_on", on)
        try:
            scope = self.read(listed, language)
        except ValueError as error:
            return [told, str(error)]
        asked = sum(map(scope.holds, listed))
        total = print_number(len(listed), language)
        told += " · " + words["filters_ask"].format(count=print_number(asked, language), total=total)
        meant = [line for typed in map(str, self.sources or []) if (line := _tell_word(typed, listed, language))]
        undated = tell_undated(scope, listed, language)
        return [told, *meant, *([undated] if undated else [])]


def tell_undated(scope: Scope, known: Iterable[Source], language: str) -> str:
    """Return which of these sources are not asked because they have no date; "" where there is none."""
    left = list_undated(scope, known)
    return f"{read_words(language).count('undated_left', len(left))} {_name(left, language)}" if left else ""


def _tell_word(typed: str, known: Sequence[Source], language: str) -> str:
    """Return which of these sources a word that was typed means; "" for the name of one, which means itself."""
    found = set(find_sources(typed, known)) - {typed}
    meant = [one for one in known if one.source in found]
    told = read_words(language)["filter_means"]
    return told.format(name=typed, sources=_name(meant, language)) if meant else ""


def _name(sources: Sequence[Source], language: str) -> str:
    """Return what the first of these sources are called, and how many others there are."""
    rest = len(sources) - NAMED
    named = " · ".join(one.name or one.source for one in sources[:NAMED])
    return named + (f" {read_words(language).count('others', rest)}" if rest > 0 else "")
