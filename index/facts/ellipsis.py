"""What does a figure leave out that the figure before it said? "40 autres blessés", "2 000 selon les syndicats"."""

from __future__ import annotations

import itertools

from index.facts.phrases import Phrase
from index.facts.relations import OUTCOMES, classes
from index.facts.site import FigureReading, Site
from index.facts.syntax import Syntax
from index.facts.tokens import POSSESSIVE, Token
from index.facts.units import KINDS

_QUOTES = frozenset("«»“”")


def _resultlike(syntax: Syntax, token: Token) -> bool:
    """Return whether a word after a figure says what happened rather than who: blessés, killed, missing."""
    if classes(token.fold, syntax.language) & OUTCOMES:
        return True
    return syntax.verbs.is_participle(token.text, token.fold)


def inherit(syntax: Syntax, reading: FigureReading, noun: Phrase, site: Site, shared: FigureReading | None) -> None:
    """Take over from the figure before what this one leaves out: "40 autres blessés", "and 30 injured"."""
    own = list(noun.words)
    results = bool(own) and _resultlike(syntax, own[0])
    reading.things = [] if results or noun.ellipsis else [w for w in own if not _resultlike(syntax, w)]
    if shared is None or site.before is None:
        return
    if reading.part:
        fates = shared.predicate or _fates(syntax, shared.head)
        reading.predicate += [
            w for w in fates if w not in reading.predicate and not (reading.predicate and reading.active)
        ]
        reading.things = reading.things or shared.things
        return
    close = coordinated(syntax, site.before, site.at)
    bereft = not own and bool(reading.predicate) and (site.particle == "" or reading.pronominal)
    nearby = close or (bereft and _sequel(syntax, site.before, site.at))
    if noun.ellipsis or ((results or bereft) and nearby):
        _take_things(reading, shared)
    elif close and own and not (results or reading.predicate) and _opens(syntax, site, shared):
        reading.predicate = list(shared.active)
    if not reading.active:
        reading.active = shared.active if close else []


def _take_things(reading: FigureReading, shared: FigureReading) -> None:
    """Count the things of the figure before; what the head said is then what happened to them."""
    if shared.things and not any(word in reading.head for word in shared.things):
        fresh = [word for word in reading.head if word not in shared.things]
        reading.predicate = [*fresh, *(w for w in reading.predicate if w not in fresh)]
        reading.head = list(shared.things)
    reading.things = reading.things or shared.things


def _opens(syntax: Syntax, site: Site, shared: FigureReading) -> bool:
    """Return whether nothing of its own stands left of the figure."""
    return site.k < shared.reach or syntax.boundary(site.k) or syntax.joins(site.k)


def _fates(syntax: Syntax, head: list[Token]) -> list[Token]:
    """Return the words of a head that say what happened, with the "et" between them: "morts et disparus"."""
    found = [i for i, word in enumerate(head) if _resultlike(syntax, word)]
    joins = syntax.grammar.joins
    return [w for i, w in enumerate(head) if i in found or (found and found[0] < i < found[-1] and w.fold in joins)]


def former(syntax: Syntax, site: Site) -> str:
    """Return the mark of a figure that is what there was before: "de 120 à 340", "up from 25", "contre 25 en 2020"."""
    words, k = syntax.words, site.k
    if "before" in site.figure.hints:
        return words.start
    if k < 1:
        return ""
    fold = syntax.tokens[k].fold
    if fold in words.with_words:  # "compared with 8 days"
        fold = syntax.tokens[k - 1].fold
    if fold in words.against:
        return words.against[fold]
    return words.start if site.particle == words.start and fold in words.start_of else ""


def copy_role(syntax: Syntax, reading: FigureReading, site: Site, shared: FigureReading | None) -> None:
    """Take the whole role of the figure before where this one has none of its own: "2 000 selon les syndicats"."""
    if shared is None or site.before is None or site.at - site.before > 30:
        return
    words = syntax.words
    marks = {token.text for token in syntax.tokens[site.before + 1 : site.at]}
    anaphor = len(reading.head) == 1 and reading.head[0].fold in words.anaphors
    if marks & _QUOTES or (";" in marks and not (reading.pronominal or anaphor)):
        return
    close = site.at - site.before < 15
    if reading.pronominal and not reading.head:
        reading.head, reading.things = shared.head, shared.things
        reading.predicate = [*reading.predicate, *(w for w in shared.predicate if w not in reading.predicate)]
    elif close and not reading.head and (not reading.predicate or shared.before or reading.part):
        reading.head, reading.things, reading.part = shared.head, shared.things, reading.part or shared.part
        reading.predicate = reading.predicate or shared.predicate
    elif anaphor:
        reading.head, reading.things = shared.head, shared.things
        reading.predicate = [*shared.predicate, *reading.predicate]
    elif shared.before == words.start and site.particle in words.to and reading.head:  # "de 1 890 à 214 âmes"
        reading.head = [*shared.head, *(w for w in reading.head if w not in shared.head)]
        return
    else:
        return
    money = not site.figure.unit and shared.unit in KINDS["money"]
    if money and (site.particle not in words.to or shared.before):
        reading.unit = shared.unit


def lend_head(syntax: Syntax, readings: dict[int, FigureReading]) -> None:
    """Give the first figure of "450 of its 1,900 jobs", "14 des 23 passagers" the noun of the second."""
    order = sorted(readings)
    part_of = syntax.words.part_of
    for at, after in itertools.pairwise(order):
        between = syntax.tokens[at + 1 : after]
        if not between or len(between) > 4 or between[0].fold not in part_of:
            continue
        if all(t.fold in part_of or syntax.article(t) or t.text.endswith(POSSESSIVE) for t in between):
            reading = readings[at]
            missing = [w for w in readings[after].things if w not in reading.head]
            reading.head = [*missing, *(w for w in reading.head if not w.text.endswith(POSSESSIVE))]
            reading.things = list(readings[after].things)
            reading.predicate = reading.predicate or list(readings[after].predicate)


def _sequel(syntax: Syntax, before: int, at: int) -> bool:
    """Return whether only a semicolon parts two figures: "ont été évacués ; 640 ont passé la nuit"."""
    between = [t.text for t in syntax.tokens[before + 1 : at]]
    return len(between) < 20 and ";" in between and not set(between) & set(".:«»“”")


def coordinated(syntax: Syntax, before: int, at: int) -> bool:
    """Return whether two figures stand in one enumeration: "et" or a comma joins them, no clause begins between."""
    between = syntax.tokens[before + 1 : at]
    openers = syntax.words.openers
    if len(between) > 16 or any(t.text in ".;:()«»“”" or t.fold in openers for t in between):
        return False
    return any(t.fold in syntax.words.coordinates for t in between)
