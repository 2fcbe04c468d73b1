"""What does a figure count, and what happened to it? The head noun and the predicate within its clause.

>>> from index.facts import spans
>>> text = "15 marins norvégiens avaient été tués et 40 autres blessés."
>>> [(span.text, span.role) for span in spans(text, "fr")]
[('15', 'marins norvégiens tués'), ('40', 'marins norvégiens blessés')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.facts.ellipsis import coordinated, copy_role, former, inherit, lend_head
from index.facts.hedges import read_hedges
from index.facts.leftward import read_left
from index.facts.moods import NEGATED, read_moods
from index.facts.phrases import Phrase
from index.facts.ranges import Figure
from index.facts.site import FigureReading, Site
from index.facts.syntax import Syntax
from index.facts.tokens import Token
from index.facts.units import KINDS


def read_roles(
    text: str,
    syntax: Syntax,
    sentences: Sequence[tuple[int, int]],
    figures: Mapping[int, Figure],
    limits: Mapping[int, int],
) -> dict[int, FigureReading]:
    """Return the reading of each figure; `figures` is keyed by token number, `limits` gives each figure's sentence."""
    readings: dict[int, FigureReading] = {}
    order = sorted(figures)
    for place, at in enumerate(order):
        begin, stop = sentences[limits[at]]
        before = order[place - 1] if place and order[place - 1] >= begin else None
        after = next((i for i in order[place + 1 : place + 3] if "age" not in figures[i].hints), stop)
        shared = readings[before] if before is not None else None
        floor = begin if before is None or shared is None else max(before + 1, min(shared.reach, at))
        site = Site(at, figures[at], begin, min(after, stop), stop, before, floor)
        readings[at] = _read(text, syntax, site, shared)
    lend_head(syntax, readings)
    return readings


def _read(text: str, syntax: Syntax, site: Site, shared: FigureReading | None) -> FigureReading:
    figure, at = site.figure, site.at
    lowest = 0 if site.before is None else syntax.tokens[site.before].end
    beside = read_hedges(text, figure, lowest, syntax.language)
    site.particle = beside.particle
    reading = FigureReading(qualifiers=set(figure.hints & {"about", "vague"}) | beside.names, unit=figure.unit)
    noun = syntax.noun_phrase(at + 1, site.end, measured=site.measured, single=site.is_single or site.measured)
    if figure.unit in KINDS["distance"] and syntax.particle(at + 1 if at + 1 < site.end else at):
        noun = _distance(syntax, site, noun)
    direct = syntax.predicate(noun.at, site.end, stop=site.stop, relative=False)
    site.k = _left_word(syntax, at, beside.start, site.floor)
    if shared is not None and 0 <= site.k < site.floor and syntax.tokens[site.k] in shared.predicate:
        site.floor = site.k  # "dozens of volunteers packed 14,000 meals": one verb between two figures
    _assemble(syntax, reading, site, noun, direct)
    told = bool(direct.words) and direct.words[-1] in reading.predicate and not site.is_age
    reading.reach = max(noun.at, direct.at if told else 0)
    reading.before = former(syntax, site)
    inherit(syntax, reading, noun, site, shared)
    copy_role(syntax, reading, site, shared)
    if site.measured and not noun.words:
        reading.predicate += [w for w in syntax.purpose(noun.at, site.end) if w not in reading.predicate]
    reading.qualifiers |= read_moods(syntax, site, noun, direct)
    _share_moods(syntax, reading, site, direct, shared)
    _settle(reading.qualifiers)
    if site.is_age:
        reading.part = syntax.words.aged_mark
    return reading


def _distance(syntax: Syntax, site: Site, noun: Phrase) -> Phrase:
    """Return no noun for "12 km de la frontière", "3 km de Paris": that is from where, not of what."""
    words = syntax.tokens[site.at + 2 : site.at + 3]
    if words and (syntax.article(words[0]) or words[0].text[0].isupper()):
        return Phrase(at=site.at + 1)
    return noun


def _share_moods(
    syntax: Syntax, reading: FigureReading, site: Site, direct: Phrase, shared: FigureReading | None
) -> None:
    """Give a figure the hedges of the one before it where it has no verb of its own."""
    if shared is None or site.before is None or direct.auxiliaries:
        return
    k = site.k
    elided = k < site.floor or syntax.boundary(k) or syntax.joins(k) or (syntax.content(k) and syntax.joins(k - 1))
    same = not direct.words or shared.things == reading.things
    if elided and same and coordinated(syntax, site.before, site.at):
        reading.qualifiers |= shared.qualifiers & {"conditional", "planned", "estimated"}
        if not any(t.fold in syntax.words.but for t in syntax.tokens[site.before + 1 : site.at]):
            reading.qualifiers |= shared.qualifiers & {"denied"}


def _settle(found: set[str]) -> None:
    """Make a negated verb a denial, or a bound: "n'a pas produit plus de 41 000"; a bound is not "about"."""
    if NEGATED in found:
        found.discard(NEGATED)
        if found & {"more than", "less than"}:
            found |= {"at most"} if "more than" in found else {"at least"}
            found -= {"more than", "less than"}
        elif not found & {"at most", "at least"}:
            found.add("denied")
    if found & {"at least", "more than", "at most", "less than", "up to", "nearly"}:
        found.discard("about")


def _left_word(syntax: Syntax, at: int, start: int, floor: int) -> int:
    """Return the nearest token before the figure, its hedges and its particles, or floor - 1 where there is none."""
    words = syntax.words
    k = at - 1
    while k >= floor and syntax.tokens[k].end > start:
        k -= 1
    while k >= floor and (
        syntax.is_date(k)
        or (syntax.determiner(k) and syntax.tokens[k].fold not in words.kept_determiners)
        or syntax.tokens[k].fold in words.skipped
        or _passed_over(syntax, k, floor)
    ):
        k -= 1
    return k


def _passed_over(syntax: Syntax, k: int, floor: int) -> bool:
    """Return whether token k only stands between a verb and its figure: "handed out 300", "n'a obtenu que 300"."""
    if k <= floor or not syntax.content(k - 1):
        return False
    fold, words = syntax.tokens[k].fold, syntax.words
    if fold in words.restrictions:
        return any(t.fold in syntax.grammar.weak_negations for t in syntax.tokens[max(floor, k - 5) : k])
    return fold in words.verb_particles or fold in words.objects


def _assemble(syntax: Syntax, reading: FigureReading, site: Site, noun: Phrase, direct: Phrase) -> None:
    """Fill in the head and the predicate from what stands right and left of the figure."""
    k, floor, tokens, words = site.k, site.floor, syntax.tokens, syntax.words
    reading.head = list(noun.words)
    if site.measured and noun.words and _is_dimension(syntax, site, noun):
        reading.head, reading.predicate = [], list(noun.words)
    left = k >= floor and not syntax.boundary(k) and tokens[k].fold not in words.either
    if k >= floor and tokens[k].fold in words.part:
        reading.part, left = tokens[k].text.lower(), False
    if site.is_age and k >= floor and syntax.content(k):
        reading.head = [*noun.words, *(w for w in syntax.noun_before(k, floor).words if w.fold not in words.aged)]
        reading.predicate = list(direct.words)
        return
    spoken = left and _spoken(syntax, site)
    if direct.words and (direct.auxiliaries or not left or not syntax.content(k) or spoken):
        if left and site.measured and not reading.head and not spoken:  # "des rafales à 147 km/h ont arraché"
            reading.head = _noun_of_measure(syntax, k, floor)
        reading.predicate = [*reading.predicate, *direct.words]
        return
    if left and not spoken:
        read_left(syntax, reading, k, site, bare=not reading.head)
    if not noun.words and _postponed(syntax, noun.at, site):
        reading.head = syntax.noun_phrase(noun.at + 1, site.end, measured=False, single=False).words
    reading.predicate += [word for word in direct.words if word not in reading.predicate]
    if not reading.predicate:
        later = syntax.predicate(noun.at, site.end, stop=site.stop)
        reading.predicate = list(later.words) or (syntax.state(noun.at, site.end) if noun.words else [])


def _is_dimension(syntax: Syntax, site: Site, noun: Phrase) -> bool:
    """Return whether the noun behind a measure only says which: "12 metres high", "12 mètres de haut"."""
    words, k = syntax.words, site.k
    copula = k >= site.floor and len(noun.words) == 1 and syntax.tokens[k].fold in words.copulas
    return copula or all(word.fold in words.dimensions for word in noun.words)


def _spoken(syntax: Syntax, site: Site) -> bool:
    """Return whether a verb of speech stands before the figure, which is then the subject of what is said."""
    before, verb = syntax.tokens[site.k - 1], syntax.tokens[site.k]
    return verb.fold in syntax.grammar.speech and site.particle == "" and before.fold not in syntax.words.of_it


def _noun_of_measure(syntax: Syntax, k: int, floor: int) -> list[Token]:
    while k > floor and not syntax.content(k) and (syntax.preposition(k) or syntax.determiner(k)):
        k -= 1
    return syntax.noun_before(k, floor).words if syntax.content(k) else []


def _postponed(syntax: Syntax, i: int, site: Site) -> bool:
    """Return whether what is counted comes last: "estime à 4,5 millions le nombre de déplacés"."""
    if site.particle != "=" and site.particle not in syntax.words.at:
        return False
    if i + 1 >= site.end or not syntax.article(syntax.tokens[i]) or not syntax.content(i + 1):
        return False
    return site.particle == "=" or syntax.tokens[i + 1].fold in syntax.words.counts  # not "à 231 € la tonne"
