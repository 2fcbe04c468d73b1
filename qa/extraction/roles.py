"""What does a figure count, and what happened to it? The head noun and the predicate within its clause.

>>> from qa.extraction import spans
>>> text = "300 soldats nord-coréens avaient été tués et 2 700 autres blessés."
>>> [(span.text, span.role) for span in spans(text, "fr")]
[('300', 'soldats nord-coréens tués'), ('2 700', 'soldats nord-coréens blessés')]
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.extraction.ellipsis import Reading, coordinated, copy_role, former, inherit
from qa.extraction.grammar import is_participle, is_past, is_verb, mood
from qa.extraction.hedges import beside
from qa.extraction.moods import moods
from qa.extraction.numbers import Figure
from qa.extraction.phrases import Phrase, Reader
from qa.extraction.synonyms import OUTCOMES, classes
from qa.extraction.tokens import Token
from qa.extraction.vocabulary import SPEECH, THAT

_LIGHT = frozenset(
    "fait faire font faisant faisait fit made making make have has avoir dont including allant ranging selon according".split()
)
_AGED = frozenset("age agee ages agees aged old".split())
_PART = frozenset("dont including notamment parmi among".split())
_NEUTRAL_ADVERBIAL = frozenset(
    "apres after avant before depuis since pendant during for dans within every chaque tous".split()
)


def read_roles(
    text: str, reader: Reader, sentences: Sequence[tuple[int, int]], figures: dict[int, Figure], limits: dict[int, int]
) -> dict[int, Reading]:
    """Return the reading of each figure; `figures` is keyed by token number, `limits` gives each figure's sentence."""
    readings: dict[int, Reading] = {}
    order = sorted(figures)
    for place, at in enumerate(order):
        begin, end = sentences[limits[at]]
        before = order[place - 1] if place and limits[order[place - 1]] == limits[at] else None
        after = order[place + 1] if place + 1 < len(order) and limits[order[place + 1]] == limits[at] else None
        shared = readings[before] if before is not None else None
        bounds = (begin, before, end if after is None else after)
        readings[at] = _read(text, reader, at, figures[at], bounds, shared)
    return readings


def _read(
    text: str, reader: Reader, at: int, figure: Figure, bounds: tuple[int, int | None, int], shared: Reading | None
) -> Reading:
    begin, before, end = bounds
    floor = begin if before is None or shared is None else max(before + 1, min(shared.reach, at))
    lowest = 0 if before is None else reader.tokens[before].end
    hedges, start, particle = beside(text, figure.start, figure.end, lowest)
    reading = Reading(qualifiers=set(figure.hints & {"about", "vague"}) | hedges)
    if reading.qualifiers & {"at least", "more than", "at most", "less than", "up to", "nearly"}:
        reading.qualifiers.discard("about")
    noun = _counted(reader, at, end, figure)
    direct = reader.predicate(noun.at, end, relative=False)
    k = _left_word(reader, at, start, floor)
    _assemble(reader, reading, figure, noun, direct, (k, floor, begin, end), particle)
    told = bool(direct.words) and direct.words[-1] in reading.predicate and "age" not in figure.hints
    reading.reach = max(noun.at, direct.at if told else 0)
    reading.before = former(reader, k, figure, particle)
    inherit(reader, reading, noun, (at, before, k), shared, bare=particle)
    copy_role(reader, reading, (at, before), shared)
    reading.qualifiers |= moods(reader, (k, at, floor, begin), noun, direct)
    reading.elided = not direct.auxiliaries
    if shared is not None and reading.elided and before is not None and coordinated(reader, before, at):
        if not direct.words or shared.things == reading.things:
            reading.qualifiers |= shared.qualifiers & {"conditional", "planned", "negated", "denied", "estimated"}
    if "age" in figure.hints:
        mark = "âgé" if reader.language == "fr" else "aged"
        reading.part = mark
    return reading


def _counted(reader: Reader, at: int, end: int, figure: Figure) -> Phrase:
    measured = bool(figure.unit)
    return reader.noun_phrase(
        at + 1, end, measured=measured, single=(figure.value == 1 and figure.value_max is None) or measured
    )


def _left_word(reader: Reader, at: int, start: int, floor: int) -> int:
    """Return the nearest token before the figure, its hedges and its particles, or floor - 1 where there is none."""
    k = at - 1
    while k >= floor and reader.tokens[k].end > start:
        k -= 1
    while k >= floor and (
        reader.is_date(k)
        or (reader.determiner(k) and reader.tokens[k].fold not in ("aucun", "aucune"))
        or _passed_over(reader, k, floor)
        or reader.tokens[k].fold
        in ("deja", "already", "desormais", "now", "ainsi", "encore", "aussi", "also", "only", "environ")
    ):
        k -= 1
    return k


def _passed_over(reader: Reader, k: int, floor: int) -> bool:
    """Return whether token k only stands between a verb and its figure: "handed out 300", "sentenced him to"."""
    if reader.language != "en" or k <= floor or not reader.content(k - 1):
        return False
    fold = reader.tokens[k].fold
    return fold in ("out", "off", "away", "back", "over") or fold in ("him", "her", "them", "us", "me")


_DIMENSIONS = frozenset(
    "long high tall deep wide thick away haut hauteur large largeur longueur profondeur profond apart".split()
)


def _assemble(
    reader: Reader, reading: Reading, figure: Figure, noun: Phrase, direct: Phrase,
    places: tuple[int, int, int, int], particle: str,
) -> None:  # fmt: skip
    """Fill in the head and the predicate from what stands right and left of the figure."""
    k, floor, begin, end = places
    reading.head = list(noun.words)
    tokens = reader.tokens
    if figure.unit and noun.words and all(w.fold in _DIMENSIONS or w.fold in ("de", "d") for w in noun.words):
        reading.head, reading.predicate = [], list(noun.words)
    left = k >= floor and not reader.boundary(k)
    if k >= floor and tokens[k].fold in _PART:
        reading.part = tokens[k].text.lower()
        left = False
    spoken = left and tokens[k].fold in SPEECH[reader.language] and particle == ""
    clear = direct.words and (direct.auxiliaries or not left or not reader.content(k) or spoken)
    if "age" in figure.hints and k >= floor and reader.content(k):
        reading.head = [*noun.words, *(w for w in reader.noun_before(k, floor).words if w.fold not in _AGED)]
        reading.predicate = list(direct.words)
        return
    if clear:
        reading.predicate = [*reading.predicate, *direct.words]
        return
    if left and not spoken:
        _from_left(reader, reading, k, (floor, begin), particle, bare=not reading.head)
    if particle == "=" and not noun.words and noun.at < end and reader.determiner(noun.at):
        # "estime à 4,5 millions le nombre de déplacés"
        reading.head = reader.noun_phrase(noun.at + 1, end, measured=False, single=False).words
    reading.predicate += [word for word in direct.words if word not in reading.predicate]
    if not reading.predicate:
        reading.predicate = list(reader.predicate(noun.at, end).words)


def _from_left(reader: Reader, reading: Reading, k: int, low: tuple[int, int], particle: str, *, bare: bool) -> None:
    """Add what governs the figure from its left: a verb, with its subject where the figure is bare, or a noun."""
    tokens, language = reader.tokens, reader.language
    floor, begin = low
    if reader.auxiliary(k) or particle == "=":
        if bare:
            # a clause's subject may stand before its parenthesis or another figure
            reading.head = _subject_words(reader, k if not reader.content(k) else k + 1, floor, begin)
        elif reader.content(k):
            reading.head = [*reader.noun_before(k, floor).words, *reading.head]
        return
    if not reader.content(k):
        if (
            bare
            and reader.preposition(k)
            and k > floor
            and reader.content(k - 1)
            and tokens[k].fold not in _NEUTRAL_ADVERBIAL
        ):
            _from_left(reader, reading, k - 1, low, particle or tokens[k].fold, bare=bare)
        return
    token = tokens[k]
    verbal = _governs(reader, k, floor, particle)
    if not verbal:
        noun = reader.noun_before(k, floor)
        if bare or token.fold not in _LIGHT:
            reading.head = [*reading.head, *(w for w in noun.words if w.fold not in _LIGHT)]
        if noun.at - 1 >= floor:
            _verb_of_object(reader, reading, noun.at - 1, floor)
        return
    if token.fold not in _LIGHT and not (token.fold in SPEECH[language] and particle == ""):
        reading.predicate.append(token)
        reading.active = [token]
    outcome = classes(token.fold, language) & OUTCOMES and particle not in ("à", "to", "at")
    if (bare and not outcome) or token.fold in _MEASURING:
        words = _subject_words(reader, _verb_group(reader, k, floor), floor, begin)
        reading.head = [*reading.head, *words] if reading.head else words


_MEASURING = frozenset(
    "eleve elevait elevent etablit etablissait stands stood monte passe risen rose reached reaches totalled".split()
)


def _verb_of_object(reader: Reader, reading: Reading, k: int, floor: int) -> None:
    """Add the verb of "a voté un budget de 3 millions" to its noun."""
    while k >= floor and reader.determiner(k):
        k -= 1
    if k >= floor and reader.content(k) and is_verb(reader.tokens[k].text, reader.tokens[k].fold, reader.language):
        token = reader.tokens[k]
        if token.fold not in _LIGHT and not mood(token.fold, reader.language):
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
        return helped or (is_verb(token.text, token.fold, "fr") and not is_participle(token.text, token.fold))
    infinitive = i >= floor and reader.tokens[i].fold == "to"
    if particle == "of":
        return False
    return helped or infinitive or is_verb(token.text, token.fold, "en")


def _verb_group(reader: Reader, k: int, floor: int) -> int:
    """Return where the verb group that ends at token k begins: its auxiliaries, pronouns and negation."""
    while k - 1 >= floor and (
        reader.auxiliary(k - 1) or reader.transparent(k - 1)
        or (reader.tokens[k - 1].fold in ("s", "se", "to") and reader.tokens[k - 1].is_word)
    ):  # fmt: skip
        k -= 1
    return k


def _subject_words(reader: Reader, verb: int, floor: int, begin: int) -> list[Token]:
    """Return the subject of the verb group that begins at token `verb`, past a relative clause where need be."""
    start = reader.clause_start(verb, floor)
    words = reader.subject(start, verb).words
    hops = 0
    while not words and start > begin and hops < 4:
        stop = start - 1
        start = reader.clause_start(stop, begin)
        relative = start > begin and reader.tokens[start - 1].fold in THAT[reader.language]
        words = reader.subject(start, stop).words if stop > start and not relative else []
        hops += 1
    said = [
        i
        for i, word in enumerate(words)
        if word.fold in SPEECH["en"] and reader.language == "en" and is_past(word.fold)
    ]
    return words[said[-1] + 1 :] if said else words
