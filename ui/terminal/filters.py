"""Which sources does a command ask? The filters of the page, as options: names, outlets, days, a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from index.corpus import Corpus
    from ui.answering.scope import Source

_Command = TypeVar("_Command", bound=Callable[..., Any])

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_NAMED = 5
"""Undated sources that are named before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of a command say of the sources that it is to ask."""

    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    language: str = ""

    def choose(self, corpus: Corpus) -> frozenset[str] | None:
        """Return the sources to be asked; None for all. Those left out for want of a date are told on stderr.

        Raises CorpusError for a filter that lets nothing through.
        """
        from index.records import CorpusError
        from ui.answering.scope import Scope, Source, find_sources, list_undated

        if self == Wanted():
            return None
        known = [Source.of(document) for document in corpus.documents]
        named = {name for word in self.sources for name in _found(find_sources(word, known), word)}
        told = {name for word in self.outlets for name in _found(_of_outlet(word, known), word)}
        both = (named & told) if named and told else named or told
        scope = Scope(tuple(sorted(both)), self.since, self.until, self.language)
        nothing = bool(self.sources and self.outlets and not both)
        asked = frozenset() if nothing else frozenset(one.source for one in known if scope.holds(one))
        left = [one.source for one in list_undated(scope, known)] if not nothing else []
        if left:
            more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
            click.echo(f"not asked, for want of a date: {', '.join(left[:_NAMED])}{more}", err=True)
        if not asked:
            raise CorpusError("no source passes all these filters; recoupe info lists the sources")
        return asked


def add_filters(command: _Command) -> _Command:
    """Give a command the options of the filters; it takes them as one value, `wanted`."""

    @wraps(command)
    def filtered(*args: Any, **given: Any) -> Any:
        days = {name: _day(given.pop(name)) for name in ("since", "until")}
        wanted = Wanted(given.pop("source"), given.pop("outlet"), language=given.pop("language") or "", **days)
        return command(*args, wanted=wanted, **given)

    made: Any = filtered
    for option in (
        click.option("--language", metavar="CODE", help="Ask sources in this language alone, such as fr."),
        click.option("--until", type=_DAY, metavar="DAY", help="Ask sources published on this day or earlier."),
        click.option(
            "--since", type=_DAY, metavar="DAY", help="Ask sources published on this day or later, as 2024-12-31."
        ),
        click.option("--outlet", multiple=True, help="Ask this outlet alone, or a part of its name; may be repeated."),
        click.option("--source", multiple=True, help="Ask this source alone, or a part of its name, title or outlet."),
    ):
        made = option(made)
    command_with_filters: _Command = made
    return command_with_filters


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _of_outlet(word: str, known: list[Source]) -> list[str]:
    from index.language import fold

    return [one.source for one in known if fold(word) in fold(one.outlet)]


def _found(names: list[str], word: str) -> list[str]:
    """Return these names. Raises CorpusError where a word has found none."""
    from index.records import CorpusError

    if not names:
        raise CorpusError(f"no source, title or outlet holds {word!r}; recoupe info lists the sources")
    return names
