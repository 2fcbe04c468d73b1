"""What does a figure count, and what happened to it? The head noun and the predicate within its clause.

>>> from qa.extraction import spans
>>> text = "300 soldats nord-coréens avaient été tués et 2 700 autres blessés."
>>> [(span.text, span.role) for span in spans(text, "fr")]
[('300', 'soldats nord-coréens tués'), ('2 700', 'soldats nord-coréens blessés')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.extraction.ellipsis import Reading, coordinated, copy_role, former, inherit, lend_head
from qa.extraction.grammar import PLANS, is_finite, is_participle, is_verb, mood
from qa.extraction.hedges import beside
from qa.extraction.moods import NEGATED, moods
from qa.extraction.numbers import Figure
from qa.extraction.phrases import Phrase, Reader
from qa.extraction.synonyms import OUTCOMES, classes
from qa.extraction.tokens import Token
from qa.extraction.units import KINDS
from qa.extraction.vocabulary import PRONOUNS, SPEECH, THAT

_LIGHT = frozenset(
    "fait faire font faisant faisait fit made making make have has avoir dont including allant ranging selon according".split()
)
_AGED = frozenset("age agee ages agees aged old".split())
_PART = frozenset("dont including notamment parmi among".split())
_AFTER_TIME = frozenset("apres after avant before depuis since pendant during for dans within every chaque tous".split())
_LASTING = frozenset("for pendant durant depuis".split())
_DIMENSIONS = frozenset(
    "long high tall deep wide thick away haut hauteur large largeur longueur profondeur profond apart".split()
)
_SUBJECTED = frozenset(
    """eleve elevait elevent etablit etablissait stands stood monte passe risen rose reached reaches reach atteindre atteint
    atteignait totalled climbed""".split()
)
"""Verbs whose subject is counted even where a noun follows the figure: "le bilan s'élève à 12 morts"."""
_PARTICLES_OF_VERBS = frozenset("out off away back over up down".split())
_OBJECTS = frozenset("him her them us me".split())
_SKIPPED = frozenset("deja already desormais now ainsi encore aussi also only environ".split())


@dataclass(slots=True)
class _Site:
    """Where a figure stands: token numbers of its sentence, its neighbours and the words beside it."""

    at: int
    figure: Figure
    begin: int
    end: int
    """The next figure, or the end of the sentence."""
    stop: int
    """The end of the sentence."""
    before: int | None
    floor: int
    """The first token that is not yet taken by the figure before."""
    k: int = 0
    """The nearest word on the left, past hedges and particles; `floor` - 1 where there is none."""
    particle: str = ""
    """The last particle before the figure: "à", "de", "to"; "=" for a hedge that is a verb."""

    @property
    def measured(self) -> bool:
        return bool(self.figure.unit)


def read_roles(
    text: str, reader: Reader, sentences: Sequence[tuple[int, int]], figures: Mapping[int, Figure], limits: Mapping[int, int]
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
        site = _Site(at, figures[at], begin, min(after, stop), stop, before, floor)
        readings[at] = _read(text, reader, site, shared)
    lend_head(reader, readings)
    return readings


def _read(text: str, reader: Reader, site: _Site, shared: Reading | None) -> Reading:
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


def _distance(reader: Reader, site: _Site, noun: Phrase) -> Phrase:
    """Return no noun for "12 km de la frontière", "3 km de Paris": that is from where, not of what."""
    words = reader.tokens[site.at + 2 : site.at + 3]
    if words and (reader.article(words[0]) or words[0].text[0].isupper()):
        return Phrase(at=site.at + 1)
    return noun


def _share_moods(reader: Reader, reading: Reading, site: _Site, direct: Phrase, shared: Reading | None) -> None:
    """Give a figure the hedges of the one before it where it has no verb of its own, and settle contradictions."""
    found = reading.qualifiers
    if shared is not None and site.before is not None and not direct.auxiliaries:
        k = site.k
        elided = k < site.floor or reader.boundary(k) or reader.joins(k) or (reader.content(k) and reader.joins(k - 1))
        contrast = any(t.fold in ("but", "mais") for t in reader.tokens[site.before + 1 : site.at])
        if elided and coordinated(reader, site.before, site.at) and (not direct.words or shared.things == reading.things):
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
    return fold in _PARTICLES_OF_VERBS or fold in _OBJECTS


def _assemble(reader: Reader, reading: Reading, site: _Site, noun: Phrase, direct: Phrase) -> None:
    """Fill in the head and the predicate from what stands right and left of the figure."""
    k, floor, tokens = site.k, site.floor, reader.tokens
    reading.head = list(noun.words)
    copula = k >= floor and reader.language == "en" and reader.auxiliary(k) and len(noun.words) == 1
    if site.measured and noun.words and (copula or all(w.fold in _DIMENSIONS or w.fold in ("de", "d") for w in noun.words)):
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
        _from_left(reader, reading, k, site, bare=not reading.head)
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


def _postponed(reader: Reader, i: int, site: _Site) -> bool:
    """Return whether what is counted comes last: "estime à 4,5 millions le nombre de déplacés"."""
    if i + 1 >= site.end or not reader.article(reader.tokens[i]) or not reader.content(i + 1):
        return False
    return site.particle == "=" or reader.tokens[i + 1].fold in _COUNTS  # not "à 231 € la tonne"


def _from_left(reader: Reader, reading: Reading, k: int, site: _Site, *, bare: bool) -> None:
    """Add what governs the figure from its left: a verb, with its subject where the figure is bare, or a noun."""
    tokens, floor = reader.tokens, site.floor
    token = tokens[k]
    if reader.auxiliary(k) and token.fold != "dont":
        if bare or token.fold in ("has", "have", "had", "a", "ont", "avait", "avaient"):
            reading.head = [*reading.head, *_subject_words(reader, reading, k, site)]
        return
    if not reader.content(k):
        beyond = bare and reader.preposition(k) and k > floor and reader.content(k - 1)
        if beyond and token.fold in _LASTING and is_verb(tokens[k - 1].text, tokens[k - 1].fold, reader.language):
            reading.predicate.append(tokens[k - 1])  # "banned for 18 months"
        elif beyond and token.fold not in _AFTER_TIME:
            site.particle = site.particle or token.fold
            _from_left(reader, reading, k - 1, site, bare=bare)
        return
    if token.fold in ("worth", "compared", "compare"):
        reading.predicate = [token] if token.fold == "worth" else []
        reading.pronominal = True
        if k - 2 > floor and tokens[k - 1].text == "," and reader.content(k - 2):  # "the contract, worth 5 million"
            reading.head = reader.noun_before(k - 2, floor).words
        return
    if site.particle == "=":
        reading.head = [*reader.noun_before(k, floor).words, *reading.head]
    elif _governs(reader, k, floor, site.particle):
        _from_verb(reader, reading, k, site, bare=bare)
    else:
        noun = reader.noun_before(k, floor)
        if bare or token.fold not in _LIGHT:
            reading.head = [*reading.head, *(w for w in noun.words if w.fold not in _LIGHT)]
        if noun.at - 1 >= floor:
            _verb_of_object(reader, reading, noun.at - 1, floor)


def _from_verb(reader: Reader, reading: Reading, k: int, site: _Site, *, bare: bool) -> None:
    """Add the verb at token k, and its subject where that is what is counted."""
    token, language = reader.tokens[k], reader.language
    if token.fold in PLANS[language] and site.particle == "" and not bare:  # "expect 500 doses"
        return
    if token.fold not in _LIGHT and not (token.fold in SPEECH[language] and site.particle == ""):
        reading.predicate.append(token)
        reading.active = [token]
        if language == "en" and reader.tokens[k + 1].fold in _PARTICLES_OF_VERBS and k + 1 < site.at:
            reading.predicate.append(reader.tokens[k + 1])
    group = _verb_group(reader, k, site.floor)
    reading.pronominal = language == "fr" and any(t.fold == "en" for t in reader.tokens[max(site.floor, group - 2) : k])
    outcome = classes(token.fold, language) & OUTCOMES and site.particle not in ("à", "to", "at")
    if reading.pronominal and bare:  # "la police en attendait 15 000": of what was named before
        return
    if (bare and not outcome) or token.fold in _SUBJECTED:
        words = _subject_words(reader, reading, group, site)
        reading.head = [*reading.head, *words] if reading.head else words


def _verb_of_object(reader: Reader, reading: Reading, k: int, floor: int) -> None:
    """Add the verb of "a voté un budget de 3 millions" to its noun: the word that an article parts from the noun."""
    start = k
    while k >= floor and reader.determiner(k):
        k -= 1
    if k < floor or not reader.content(k):
        return
    token = reader.tokens[k]
    if (k < start or is_verb(token.text, token.fold, reader.language)) and token.fold not in _LIGHT:
        if not mood(token.fold, reader.language) and not token.text[0].isupper():
            reading.predicate.append(token)


def _governs(reader: Reader, k: int, floor: int, particle: str) -> bool:
    """Return whether the word before the figure is its verb rather than its noun."""
    token = reader.tokens[k]
    i = k - 1
    while i >= floor and (
        reader.tokens[i].fold in ("ne", "n", "pas", "s", "se", "ete", "been") or reader.transparent(i)
    ):
        i -= 1
    helped = i >= floor and reader.auxiliary(i)
    if reader.language == "fr":
        finite = is_finite(token.text, token.fold, "fr")
        return helped or finite or (is_verb(token.text, token.fold, "fr") and not is_participle(token.text, token.fold))
    if particle == "of":
        return False
    infinitive = i >= floor and reader.tokens[i].fold == "to"
    return helped or infinitive or is_verb(token.text, token.fold, "en")


def _verb_group(reader: Reader, k: int, floor: int) -> int:
    """Return where the verb group that ends at token k begins: its auxiliaries, pronouns and negation."""
    while k - 1 >= floor and (
        reader.auxiliary(k - 1) or reader.transparent(k - 1)
        or (reader.tokens[k - 1].fold in ("s", "se", "to") and reader.tokens[k - 1].is_word)
    ):  # fmt: skip
        k -= 1
    return k


_PRONOUN_SUBJECTS = frozenset("it they he she il elle ils elles".split())


def _subject_words(reader: Reader, reading: Reading, verb: int, site: _Site) -> list[Token]:
    """Return the subject of the verb group that begins at token `verb`, past a relative clause where need be."""
    start, stop = reader.clause_start(verb, site.floor), verb
    if start == stop and start > site.begin and reader.tokens[start - 1].text == ",":
        # "Le pont, inauguré en 1932, mesure 300 mètres": the subject is before the apposition
        earlier = reader.clause_start(start - 1, site.begin)
        if earlier > site.begin and reader.tokens[earlier - 1].text == ",":
            start, stop = reader.clause_start(earlier - 1, site.begin), earlier - 1
    for _ in range(5):
        relative = start > site.begin and reader.tokens[start - 1].fold in THAT[reader.language] and stop != verb
        words = reader.subject(start, stop).words if stop > start and not relative else []
        if words:
            return words
        segment = reader.tokens[start:stop]
        if any(t.fold in _PRONOUN_SUBJECTS and t.fold in PRONOUNS[reader.language] for t in segment):
            reading.pronominal = True
            return []
        if start <= site.begin:
            return []
        stop = start - 1
        start = reader.clause_start(stop, site.begin)
    return []
