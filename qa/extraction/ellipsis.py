"""What does a figure leave out that the figure before it said? "2 700 autres blessés", "40 000 selon les syndicats"."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.extraction.grammar import is_participle, is_past
from qa.extraction.numbers import Figure
from qa.extraction.phrases import Phrase, Reader
from qa.extraction.synonyms import OUTCOMES, classes
from qa.extraction.tokens import Token


@dataclass(slots=True)
class Reading:
    """What was read around one figure."""

    head: list[Token] = field(default_factory=list)
    predicate: list[Token] = field(default_factory=list)
    things: list[Token] = field(default_factory=list)
    """The nouns of the head that name what is counted: what a later "2 700 autres" takes over."""
    qualifiers: set[str] = field(default_factory=set)
    part: str = ""
    """ "dont" or "including" where the figure is a part of the one before it."""
    active: list[Token] = field(default_factory=list)
    """The verb before the figure, which a coordinated figure shares: "sent 300 soldiers and 20 tanks"."""
    elided: bool = False
    """Whether it has no auxiliary of its own."""
    before: str = ""
    """ "from", "de" or "contre" where the figure is what there was before a change."""
    reach: int = 0
    """The token after the words that were read to the right of the figure."""

    def role(self) -> str:
        """Return the words of the role: the part mark, the head, the predicate, each word once."""
        seen: dict[str, str] = {}
        for token in [*self.head, *self.predicate]:
            seen.setdefault(
                f"{token.start}", token.text.rstrip("’'") + ("’" if token.text.endswith(("’", "'")) else "")
            )
        words = " ".join(seen.values()).replace("’ ", "’")
        return " ".join(part for part in (self.part, words, self.before) if part)


def _resultlike(token: Token, language: str) -> bool:
    """Return whether a word after a figure says what happened rather than who: blessés, killed, missing."""
    if classes(token.fold, language) & OUTCOMES:
        return True
    return is_participle(token.text, token.fold) if language == "fr" else is_past(token.fold)


def inherit(
    reader: Reader,
    reading: Reading,
    noun: Phrase,
    places: tuple[int, int | None, int],
    shared: Reading | None,
    *,
    bare: str,
) -> None:
    """Take over from the figure before what this one leaves out: "2 700 autres blessés", "and 30 injured"."""
    at, before, k = places
    own = [word for word in noun.words if word.figure < 0]
    results = bool(own) and _resultlike(own[0], reader.language)
    reading.things = [] if results or noun.ellipsis else [w for w in own if not _resultlike(w, reader.language)]
    if shared is None or before is None:
        return
    if reading.part:
        if reading.part not in ("parmi", "among") or not reading.predicate:
            reading.predicate += [
                w
                for w in shared.predicate or shared.head
                if w not in reading.predicate and (shared.predicate or _resultlike(w, reader.language))
            ]
        reading.things = reading.things or shared.things
        return
    close = coordinated(reader, before, at)
    if noun.ellipsis or ((results or (not own and reading.predicate and bare == "")) and close):
        if shared.things and not any(word in reading.head for word in shared.things):
            fresh = [word for word in reading.head if word not in shared.things]
            reading.head, reading.predicate = (
                list(shared.things),
                [*fresh, *(w for w in reading.predicate if w not in fresh)],
            )
        reading.things = reading.things or shared.things
    elif (
        close
        and own
        and not results
        and not reading.predicate
        and shared.active
        and (k < shared.reach or reader.boundary(k))
    ):
        reading.predicate = list(shared.active)
    if not reading.active:
        reading.active = shared.active if close else []


_ANAPHORS = frozenset("nombre chiffre total figure number bilan toll ce cela it".split())
_FORMER = {"contre": "contre", "against": "from", "from": "from", "compared": "from", "compare": "contre"}


def former(reader: Reader, k: int, figure: Figure, particle: str) -> str:
    """Return the mark of a figure that is what there was before: "de 120 à 340", "up from 25", "contre 25 en 2020"."""
    if "before" in figure.hints:
        return "de" if reader.language == "fr" else "from"
    fold = reader.tokens[k].fold if k >= 0 else ""
    if fold in ("contre", "against"):
        return _FORMER[fold]
    return "from" if particle == "from" and fold in ("up", "down") else ""


def copy_role(reader: Reader, reading: Reading, places: tuple[int, int | None], shared: Reading | None) -> None:
    """Take the whole role of the figure before where this one has none of its own: "40 000 selon les syndicats"."""
    at, before = places
    if shared is None or before is None or at - before > 30:
        return
    if any(token.text in ";«»“”" for token in reader.tokens[before + 1 : at]):
        return
    if at - before < 15 and not reading.head and (not reading.predicate or shared.before):
        reading.head, reading.things, reading.part = shared.head, shared.things, shared.part
        reading.predicate = reading.predicate or shared.predicate
    elif len(reading.head) == 1 and reading.head[0].fold in _ANAPHORS:
        reading.head, reading.things = shared.head, shared.things
        reading.predicate = [*shared.predicate, *reading.predicate]


def coordinated(reader: Reader, before: int, at: int) -> bool:
    """Return whether two figures stand in one enumeration: no strong mark parts them, an "et" or a comma joins them."""
    between = reader.tokens[before + 1 : at]
    if len(between) > 16 or any(t.text in ".;:()«»“”" for t in between):
        return False
    return any(t.fold in ("et", "and", ",", "ou", "or", "tandis", "while", "plus", "mais", "but") for t in between)
