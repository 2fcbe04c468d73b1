"""Does this document tell of what the question names, of something else of the same kind, or of nobody knows what?

A source that speaks of another place or person and never of the one asked about does not answer, however near its
figures are. Names are compared with the beginning of the document, since a passage says "the village" after the article
has named it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from index.facts.gazetteer import countries, seats
from index.facts.towns import Town, towns_named
from index.language import fold
from qa.match.subject import Name, Subject, towns_of

UNION = frozenset({"EU"})
"""What is named as a country is, but speaks of many: a text on one of them need not name it."""

KNOWN = 15_000
"""The fewest people of a town by whose name a text speaks of another place than the one asked about."""


LEAST_ALIKE, ENDING = 4, 2
"""Letters that a name in two languages has in common at least, and that it may have more in one at most."""


class Verdict(IntEnum):
    """How surely a text tells of what is asked about."""

    OTHER = 0
    """It names another of the same kind, and not this one."""
    DOUBTFUL = 1
    """It names none of the kind."""
    MET = 2
    """It names it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a text names."""

    held: Collection[str]
    """Which of the terms sought it holds."""
    names: tuple[str, ...]
    """Its capitalised words side by side, as printed."""
    countries: frozenset[str]
    """ISO codes of the countries that it names, by their people or their seat of government too."""
    language: str
    placed: tuple[str, ...] = ()
    """Those of its names that stand behind a preposition of place."""
    foreign: bool = False
    """Whether the question is in another language."""


def compare_event(wanted: Subject, told: Told) -> Verdict:
    """Return whether a text tells of everything that a question names, at its least sure."""
    each = [compare_name(name, told) for name in wanted.names]
    names = min(each, default=Verdict.MET)
    if names is Verdict.OTHER and 2 * each.count(Verdict.MET) >= len(each):
        # A plant is named without its village; but nobody is named by where another works.
        missing = [name for name, own in zip(wanted.names, each, strict=True) if own is Verdict.OTHER]
        if not any(name.towns or len(name.words) > 1 for name in missing):
            names = Verdict.DOUBTFUL
    return min(names, _compare_countries(wanted, told))


def compare_name(name: Name, told: Told) -> Verdict:
    """Return whether a text holds one name, in any spelling.

    Of several words the last is enough, as the surname; the first where it stands alone, as "Skerry" for "Skerry Air".
    """
    if _is_printed(name, told) or name.towns & _towns(told.names) or not name.sure:
        return Verdict.MET  # what is no name, as "Parliament", a text may call otherwise
    if told.foreign and not name.towns and _is_spelled(name, told):
        return Verdict.MET
    if not name.towns and _governed_from(name) in told.countries:
        return Verdict.MET  # "the Kremlin" is a government, which a text calls by its country
    if not name.towns:
        return Verdict.OTHER if told.names else Verdict.DOUBTFUL
    return Verdict.OTHER if _other_places(name, told) else Verdict.DOUBTFUL


def _governed_from(name: Name) -> str:
    """Return the country whose government a name stands for, "" for none."""
    return seats().get(fold(name.text).replace("-", " "), "")


def _is_printed(name: Name, told: Told) -> bool:
    spellings = name.spellings(told.language)
    found = [not forms or bool(forms & set(told.held)) for forms in spellings]
    if all(found):
        return True
    if not any(found) or len(found) == 1:
        return False
    alone = {fold(word) for word, held in zip((w for w, _ in name.words), found, strict=True) if held}
    phrases = [fold(printed).replace("-", " ").split() for printed in told.names]
    if found[-1]:  # "Castaing", and no other Castaing
        last = fold(name.words[-1][0])
        ending = [phrase for phrase in phrases if phrase[-1] == last]
        return not ending or any(len(phrase) == 1 or len(alone & set(phrase)) > 1 for phrase in ending)
    return any(set(phrase) <= alone for phrase in phrases)


def _is_spelled(name: Name, told: Told) -> bool:
    """Return whether a text in another language holds the name with another ending: "Rhin" for "Rhine"."""
    last = fold(name.words[-1][0])
    printed = {fold(word) for phrase in told.names for word in phrase.split()}
    return any(
        word != last
        and min(len(word), len(last)) >= LEAST_ALIKE
        and abs(len(word) - len(last)) <= ENDING
        and (word.startswith(last) or last.startswith(word))
        for word in printed
    )


def _other_places(name: Name, told: Told) -> bool:
    """Return whether a text names a place, or a country in which none of the towns that a name may mean lies."""
    own = {town.country for town in towns_named(name.text)}
    seat = _governed_from(name)
    if seat in told.countries and seat not in _countries_of(told.names):
        return False  # "Pyongyang" may stand for its government, which a text calls North Korea
    if any(not countries(printed) for printed in told.placed):  # a village that no list knows
        return True
    return bool(told.countries - own) or any(town.people >= KNOWN for town in _whole_towns(told.names))


def _compare_countries(wanted: Subject, told: Told) -> Verdict:
    """Return whether a text tells of the countries of a question: of one, and of each whose people are asked about.

    One that names no country may be about any: news seldom says in which one it is at home.
    """
    nations, places = wanted.nations - UNION, wanted.countries - wanted.nations - UNION
    if not nations and not places:
        return Verdict.MET
    at = told.countries | _countries_of(told.names)
    if nations <= at and (not places or places & at):
        return Verdict.MET
    return Verdict.OTHER if told.countries else Verdict.DOUBTFUL


def _countries_of(names: Iterable[str]) -> frozenset[str]:
    """Return the countries of the towns that a text names, each the largest of its name."""
    return frozenset(town.country for town in _whole_towns(tuple(names)))


@lru_cache(maxsize=4_000)
def _whole_towns(names: tuple[str, ...]) -> tuple[Town, ...]:
    """Return the largest town of each of these names that is nothing but a town's."""
    return tuple(towns[0] for name in names if (towns := towns_named(name)))


@lru_cache(maxsize=4_000)
def _towns(names: tuple[str, ...]) -> frozenset[int]:
    """Return the towns that these names may mean, or words side by side in them."""
    return frozenset[int]().union(*(towns_of(part) for name in names for part in _parts(name.split())))


def _parts(words: Sequence[str]) -> list[str]:
    """Return the words side by side, three at most."""
    return [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]
