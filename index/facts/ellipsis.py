"""What does a figure leave out that the figure before it said? "40 autres blessés", "2 000 selon les syndicats"."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from index.facts.fact import Role
from index.facts.grammar import is_participle, is_past
from index.facts.phrases import Phrase
from index.facts.ranges import Figure
from index.facts.relations import OUTCOMES, classes
from index.facts.syntax import Reader
from index.facts.tokens import Token
from index.facts.units import KINDS


@dataclass(slots=True)
class Reading:
    """What was read around one figure."""

    head: list[Token] = field(default_factory=list)
    predicate: list[Token] = field(default_factory=list)
    things: list[Token] = field(default_factory=list)
    """The nouns of the head that name what is counted: what a later "40 autres" takes over."""
    qualifiers: set[str] = field(default_factory=set)
    part: str = ""
    """ "dont" or "including" where the figure is a part of the one before it."""
    active: list[Token] = field(default_factory=list)
    """The verb before the figure, which a coordinated figure shares: "sent 300 soldiers and 20 tanks"."""
    pronominal: bool = False
    """Whether a pronoun stands for what is counted: "elle n'en reconnaît que 45", "it stood at 97"."""
    unit: str = ""
    """Its unit, which it may take over: "dont 3,9 milliards" after a sum in euros."""
    before: str = ""
    """ "from", "de" or "contre" where the figure is what there was before a change."""
    reach: int = 0
    """The token after the words that were read to the right of the figure."""

    def role(self) -> Role:
        """Return the role: the part mark, the head, the predicate, each word once."""
        head = {token.start: _printed(token) for token in self.head}
        predicate = {token.start: _printed(token) for token in self.predicate if token.start not in head}
        return Role(tuple(head.values()), tuple(predicate.values()), self.part, self.before)


def _printed(token: Token) -> str:
    return f"{token.text[:-1]}’" if token.text.endswith(("’", "'")) else token.text


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
    """Take over from the figure before what this one leaves out: "40 autres blessés", "and 30 injured"."""
    at, before, k = places
    language = reader.language
    own = list(noun.words)
    results = bool(own) and _resultlike(own[0], language)
    reading.things = [] if results or noun.ellipsis else [w for w in own if not _resultlike(w, language)]
    if shared is None or before is None:
        return
    if reading.part:
        fates = shared.predicate or _fates(shared.head, language)
        reading.predicate += [
            w for w in fates if w not in reading.predicate and not (reading.predicate and reading.active)
        ]
        reading.things = reading.things or shared.things
        return
    close = coordinated(reader, before, at)
    bereft = not own and bool(reading.predicate) and (bare == "" or reading.pronominal)
    nearby = close or (bereft and _sequel(reader, before, at))
    if noun.ellipsis or ((results or bereft) and nearby):
        if shared.things and not any(word in reading.head for word in shared.things):
            fresh = [word for word in reading.head if word not in shared.things]
            reading.predicate = [*fresh, *(w for w in reading.predicate if w not in fresh)]
            reading.head = list(shared.things)
        reading.things = reading.things or shared.things
    elif (
        close
        and own
        and not (results or reading.predicate)
        and (k < shared.reach or reader.boundary(k) or reader.joins(k))
    ):
        reading.predicate = list(shared.active)
    if not reading.active:
        reading.active = shared.active if close else []


def _fates(head: list[Token], language: str) -> list[Token]:
    """Return the words of a head that say what happened, with the "et" between them: "morts et disparus"."""
    found = [i for i, word in enumerate(head) if _resultlike(word, language)]
    return [w for i, w in enumerate(head) if i in found or (found and found[0] < i < found[-1] and w.fold in _AND)]


_AND = frozenset({"et", "ou", "and", "or"})
_ANAPHORS = frozenset("nombre chiffre total figure number bilan toll ce cela it".split())
_FORMER = {"contre": "contre", "against": "from", "compared": "from", "compare": "contre"}


def former(reader: Reader, k: int, figure: Figure, particle: str) -> str:
    """Return the mark of a figure that is what there was before: "de 120 à 340", "up from 25", "contre 25 en 2020"."""
    if "before" in figure.hints:
        return "de" if reader.language == "fr" else "from"
    if k < 1:
        return ""
    fold = reader.tokens[k].fold
    if fold == "with":  # "compared with 8 days"
        fold = reader.tokens[k - 1].fold
    if fold in _FORMER:
        return _FORMER[fold]
    return "from" if particle == "from" and fold in ("up", "down") else ""


def copy_role(
    reader: Reader,
    reading: Reading,
    places: tuple[int, int | None],
    shared: Reading | None,
    figure: Figure,
    particle: str,
) -> None:
    """Take the whole role of the figure before where this one has none of its own: "2 000 selon les syndicats"."""
    at, before = places
    if shared is None or before is None or at - before > 30:
        return
    marks = {token.text for token in reader.tokens[before + 1 : at]}
    anaphor = len(reading.head) == 1 and reading.head[0].fold in _ANAPHORS
    if marks & set("«»“”") or (";" in marks and not (reading.pronominal or anaphor)):
        return
    if reading.pronominal and not reading.head:
        reading.head, reading.things = shared.head, shared.things
        reading.predicate = [*reading.predicate, *(w for w in shared.predicate if w not in reading.predicate)]
    elif at - before < 15 and not reading.head and (not reading.predicate or shared.before or reading.part):
        reading.head, reading.things, reading.part = shared.head, shared.things, reading.part or shared.part
        reading.predicate = reading.predicate or shared.predicate
    elif anaphor:
        reading.head, reading.things = shared.head, shared.things
        reading.predicate = [*shared.predicate, *reading.predicate]
    elif shared.before in ("de", "from") and particle in ("à", "to") and reading.head:  # "de 1 890 à 214 âmes"
        reading.head = [*shared.head, *(w for w in reading.head if w not in shared.head)]
        return
    else:
        return
    if not figure.unit and shared.unit in KINDS["money"] and (particle not in ("à", "to") or shared.before):
        reading.unit = shared.unit


def lend_head(reader: Reader, readings: dict[int, Reading]) -> None:
    """Give the first figure of "450 of its 1,900 jobs", "14 des 23 passagers" the noun of the second."""
    order = sorted(readings)
    for at, after in itertools.pairwise(order):
        between = reader.tokens[at + 1 : after]
        if not between or len(between) > 4 or between[0].fold not in ("of", "des", "de", "d"):
            continue
        if all(
            t.fold in ("of", "des", "de", "d") or reader.article(t) or t.text.endswith(("'s", "’s")) for t in between
        ):
            reading = readings[at]
            missing = [w for w in readings[after].things if w not in reading.head]
            reading.head = [*missing, *(w for w in reading.head if not w.text.endswith(("'s", "’s")))]
            reading.things = list(readings[after].things)
            reading.predicate = reading.predicate or list(readings[after].predicate)


def _sequel(reader: Reader, before: int, at: int) -> bool:
    """Return whether only a semicolon parts two figures: "ont été évacués ; 640 ont passé la nuit"."""
    between = [t.text for t in reader.tokens[before + 1 : at]]
    return len(between) < 20 and ";" in between and not set(between) & set(".:«»“”")


def coordinated(reader: Reader, before: int, at: int) -> bool:
    """Return whether two figures stand in one enumeration: "et" or a comma joins them, no clause begins between."""
    between = reader.tokens[before + 1 : at]
    if len(between) > 16 or any(t.text in ".;:()«»“”" or t.fold in _OPENERS for t in between):
        return False
    return any(t.fold in ("et", "and", ",", "ou", "or", "tandis", "while", "plus", "mais", "but") for t in between)


_OPENERS = frozenset("que qu qui où that which who where".split())
