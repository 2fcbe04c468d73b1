"""What does a figure count, and what happened to it? The head noun and the predicate within its clause.

>>> from index.facts import spans
>>> text = "15 marins norvégiens avaient été tués et 40 autres blessés."
>>> [(span.text, span.role) for span in spans(text, "fr")]
[('15', 'marins norvégiens tués'), ('40', 'marins norvégiens blessés')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.facts.ellipsis import Reading, coordinated, copy_role, former, inherit, lend_head
from index.facts.hedges import beside
from index.facts.leftward import PARTICLES_OF_VERBS, Site, from_left
from index.facts.moods import NEGATED, moods
from index.facts.phrases import Phrase
from index.facts.ranges import Figure
from index.facts.syntax import Reader
from index.facts.tokens import Token
from index.facts.units import KINDS
from index.facts.vocabulary import SPEECH

_AGED = frozenset("age agee ages agees aged old".split())
_PART = frozenset("dont including notamment parmi among".split())
_DIMENSIONS = frozenset(
    "long high tall deep wide thick away haut hauteur large largeur longueur profondeur profond apart".split()
)
_OBJECTS = frozenset("him her them us me".split())
_SKIPPED = frozenset("deja already desormais now ainsi encore aussi also only environ".split())


def read_roles(
    text: str,
    reader: Reader,
    sentences: Sequence[tuple[int, int]],
    figures: Mapping[int, Figure],
    limits: Mapping[int, int],
) -> dict[int, Reading]:
    """Return the reading of each figure; `figures` is keyed by token number, `limits` gives each figure's sentence."""
    readings: dict[int, Reading] = {}
    order = sorted(figures)
    for place, at in enumerate(order):
        begin, stop = sentences[limits[at]]
        before = order[place - 1] if place and order[place - 1] >= begin else None
        after = next((i for i in order[place + 1 : place + 3] if "age" not in figures[i].hints), stop)
        shared = readings[before] if before is not None else None
        floor = begin if before is None or shared is None else max(before + 1, min(shared.reach, at))
        site = Site(at, figures[at], begin, min(after, stop), stop, before, floor)
        readings[at] = _read(text, reader, site, shared)
    lend_head(reader, readings)
    return readings


def _read(text: str, reader: Reader, site: Site, shared: Reading | None) -> Reading:
    figure, at = site.figure, site.at
    lowest = 0 if site.before is None else reader.tokens[site.before].end
    hedges, start, site.particle = beside(text, figure.start, figure.end, lowest)
    reading = Reading(qualifiers=set(figure.hints & {"about", "vague"}) | hedges, unit=figure.unit)
    noun = reader.noun_phrase(at + 1, site.end, measured=site.measured, single=_single(figure) or site.measured)
    if figure.unit in KINDS["distance"] and reader.particle(at + 1 if at + 1 < site.end else at):
        noun = _distance(reader, site, noun)
    direct = reader.predicate(noun.at, site.end, stop=site.stop, relative=False)
    site.k = _left_word(reader, at, start, site.floor)
    if shared is not None and 0 <= site.k < site.floor and reader.tokens[site.k] in shared.predicate:
        site.floor = site.k  # "dozens of volunteers packed 14,000 meals": one verb between two figures
    _assemble(reader, reading, site, noun, direct)
    told = bool(direct.words) and direct.words[-1] in reading.predicate and "age" not in figure.hints
    reading.reach = max(noun.at, direct.at if told else 0)
    reading.before = former(reader, site.k, figure, site.particle)
    inherit(reader, reading, noun, (at, site.before, site.k), shared, bare=site.particle)
    copy_role(reader, reading, (at, site.before), shared, figure, site.particle)
    if site.measured and not noun.words:
        reading.predicate += [w for w in reader.purpose(noun.at, site.end) if w not in reading.predicate]
    reading.qualifiers |= moods(reader, (site.k, at, site.floor, site.begin), noun, direct)
    _share_moods(reader, reading, site, direct, shared)
    if "age" in figure.hints:
        reading.part = "âgé" if reader.language == "fr" else "aged"
    return reading


def _single(figure: Figure) -> bool:
    return figure.value == 1 and figure.value_max is None


def _distance(reader: Reader, site: Site, noun: Phrase) -> Phrase:
    """Return no noun for "12 km de la frontière", "3 km de Paris": that is from where, not of what."""
    words = reader.tokens[site.at + 2 : site.at + 3]
    if words and (reader.article(words[0]) or words[0].text[0].isupper()):
        return Phrase(at=site.at + 1)
    return noun


def _share_moods(reader: Reader, reading: Reading, site: Site, direct: Phrase, shared: Reading | None) -> None:
    """Give a figure the hedges of the one before it where it has no verb of its own, and settle contradictions."""
    found = reading.qualifiers
    if shared is not None and site.before is not None and not direct.auxiliaries:
        k = site.k
        elided = k < site.floor or reader.boundary(k) or reader.joins(k) or (reader.content(k) and reader.joins(k - 1))
        contrast = any(t.fold in ("but", "mais") for t in reader.tokens[site.before + 1 : site.at])
        if (
            elided
            and coordinated(reader, site.before, site.at)
            and (not direct.words or shared.things == reading.things)
        ):
            found |= shared.qualifiers & {"conditional", "planned", "estimated"}
            found |= set() if contrast else shared.qualifiers & {"denied"}
    if NEGATED in found:
        found.discard(NEGATED)
        if found & {"more than", "less than"}:  # "n'a pas produit plus de 41 000"
            found |= {"at most"} if "more than" in found else {"at least"}
            found -= {"more than", "less than"}
        elif not found & {"at most", "at least"}:
            found.add("denied")
    if found & {"at least", "more than", "at most", "less than", "up to", "nearly"}:
        found.discard("about")


def _left_word(reader: Reader, at: int, start: int, floor: int) -> int:
    """Return the nearest token before the figure, its hedges and its particles, or floor - 1 where there is none."""
    k = at - 1
    while k >= floor and reader.tokens[k].end > start:
        k -= 1
    while k >= floor and (
        reader.is_date(k)
        or (reader.determiner(k) and reader.tokens[k].fold not in ("aucun", "aucune"))
        or reader.tokens[k].fold in _SKIPPED
        or _passed_over(reader, k, floor)
    ):
        k -= 1
    return k


def _passed_over(reader: Reader, k: int, floor: int) -> bool:
    """Return whether token k only stands between a verb and its figure: "handed out 300", "n'a obtenu que 300"."""
    if k <= floor or not reader.content(k - 1):
        return False
    fold = reader.tokens[k].fold
    if reader.language == "fr":
        return fold in ("que", "qu") and any(t.fold in ("ne", "n") for t in reader.tokens[max(floor, k - 5) : k])
    return fold in PARTICLES_OF_VERBS or fold in _OBJECTS


def _assemble(reader: Reader, reading: Reading, site: Site, noun: Phrase, direct: Phrase) -> None:
    """Fill in the head and the predicate from what stands right and left of the figure."""
    k, floor, tokens = site.k, site.floor, reader.tokens
    reading.head = list(noun.words)
    copula = k >= floor and reader.language == "en" and reader.auxiliary(k) and len(noun.words) == 1
    if (
        site.measured
        and noun.words
        and (copula or all(w.fold in _DIMENSIONS or w.fold in ("de", "d") for w in noun.words))
    ):
        reading.head, reading.predicate = [], list(noun.words)
    left = k >= floor and not reader.boundary(k) and tokens[k].fold != "soit"
    if k >= floor and tokens[k].fold in _PART:
        reading.part, left = tokens[k].text.lower(), False
    spoken = left and tokens[k].fold in SPEECH[reader.language] and site.particle == "" and tokens[k - 1].fold != "en"
    if "age" in site.figure.hints and k >= floor and reader.content(k):
        reading.head = [*noun.words, *(w for w in reader.noun_before(k, floor).words if w.fold not in _AGED)]
        reading.predicate = list(direct.words)
        return
    if direct.words and (direct.auxiliaries or not left or not reader.content(k) or spoken):
        if left and site.measured and not reading.head and not spoken:  # "des rafales à 147 km/h ont arraché"
            reading.head = _noun_of_measure(reader, k, floor)
        reading.predicate = [*reading.predicate, *direct.words]
        return
    if left and not spoken:
        from_left(reader, reading, k, site, bare=not reading.head)
    if site.particle in ("=", "à", "at") and not noun.words and _postponed(reader, noun.at, site):
        reading.head = reader.noun_phrase(noun.at + 1, site.end, measured=False, single=False).words
    reading.predicate += [word for word in direct.words if word not in reading.predicate]
    if not reading.predicate:
        later = reader.predicate(noun.at, site.end, stop=site.stop)
        reading.predicate = list(later.words) or (reader.state(noun.at, site.end) if noun.words else [])


def _noun_of_measure(reader: Reader, k: int, floor: int) -> list[Token]:
    while k > floor and not reader.content(k) and (reader.preposition(k) or reader.determiner(k)):
        k -= 1
    return reader.noun_before(k, floor).words if reader.content(k) else []


_COUNTS = frozenset("nombre total montant cout prix bilan effectif number cost price toll".split())


def _postponed(reader: Reader, i: int, site: Site) -> bool:
    """Return whether what is counted comes last: "estime à 4,5 millions le nombre de déplacés"."""
    if i + 1 >= site.end or not reader.article(reader.tokens[i]) or not reader.content(i + 1):
        return False
    return site.particle == "=" or reader.tokens[i + 1].fold in _COUNTS  # not "à 231 € la tonne"
