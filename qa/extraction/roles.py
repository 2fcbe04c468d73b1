"""What does a figure count, and what happened to it? The head noun and the predicate within its clause.

>>> from qa.extraction import spans
>>> text = "300 soldats nord-coréens avaient été tués et 2 700 autres blessés."
>>> [(span.text, span.role) for span in spans(text, "fr")]
[('300', 'soldats nord-coréens tués'), ('2 700', 'soldats nord-coréens blessés')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.extraction.clauses import Phrase, Reader
from qa.extraction.grammar import PLANS_TO, is_participle, is_past, is_verb, mood
from qa.extraction.hedges import beside
from qa.extraction.numbers import Figure
from qa.extraction.synonyms import OUTCOMES, classes
from qa.extraction.tokens import Token
from qa.extraction.vocabulary import NEGATIONS, SPEECH, THAT

_LIGHT = frozenset(
    "fait faire font faisant faisait fit made making make have has avoir dont including allant ranging selon according".split()
)
_AGED = frozenset("age agee ages agees aged old".split())
_PART = frozenset("dont including notamment parmi among".split())
_NEUTRAL_ADVERBIAL = frozenset(
    "apres after avant before depuis since pendant during for dans within every chaque tous".split()
)


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
    reading.before = _former(reader, k, figure, particle)
    _inherit(reader, reading, noun, (at, before, k), shared, bare=particle)
    _copy(reader, reading, (at, before), shared)
    reading.qualifiers |= _moods(reader, (k, at, floor, begin), noun, direct)
    reading.elided = not direct.auxiliaries
    if shared is not None and reading.elided and before is not None and _coordinated(reader, before, at):
        if not direct.words or shared.things == reading.things:
            reading.qualifiers |= shared.qualifiers & {"conditional", "planned", "negated", "denied", "estimated"}
    if "age" in figure.hints:
        mark = "âgé" if reader.language == "fr" else "aged"
        reading.part = mark
    return reading


def _counted(reader: Reader, at: int, end: int, figure: Figure) -> Phrase:
    measured = bool(figure.unit)
    return reader.noun_phrase(
        at + 1, end, measured=measured, single=figure.value == 1 and figure.value_max is None or measured
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


_DIMENSIONS = frozenset("long high tall deep wide thick away haut hauteur large largeur longueur profondeur profond apart".split())


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
        reader.tokens[i].fold in ("ne", "n", "pas", "s", "se", "ete", "been") or reader._transparent(i)
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
        reader.auxiliary(k - 1) or reader._transparent(k - 1)
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
    said = [i for i, word in enumerate(words) if word.fold in SPEECH["en"] and reader.language == "en" and is_past(word.fold)]
    return words[said[-1] + 1 :] if said else words


def _resultlike(token: Token, language: str) -> bool:
    """Return whether a word after a figure says what happened rather than who: blessés, killed, missing."""
    if classes(token.fold, language) & OUTCOMES:
        return True
    return is_participle(token.text, token.fold) if language == "fr" else is_past(token.fold)


def _inherit(
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
    close = _coordinated(reader, before, at)
    if noun.ellipsis or ((results or (not own and reading.predicate and bare == "")) and close):
        if shared.things and not any(word in reading.head for word in shared.things):
            fresh = [word for word in reading.head if word not in shared.things]
            reading.head, reading.predicate = (
                list(shared.things),
                [*fresh, *(w for w in reading.predicate if w not in fresh)],
            )
        reading.things = reading.things or shared.things
    elif close and own and not results and not reading.predicate and shared.active and (k < shared.reach or reader.boundary(k)):
        reading.predicate = list(shared.active)
    if not reading.active:
        reading.active = shared.active if close else []


_ANAPHORS = frozenset("nombre chiffre total figure number bilan toll ce cela it".split())
_FORMER = {"contre": "contre", "against": "from", "from": "from", "compared": "from", "compare": "contre"}


def _former(reader: Reader, k: int, figure: Figure, particle: str) -> str:
    """Return the mark of a figure that is what there was before: "de 120 à 340", "up from 25", "contre 25 en 2020"."""
    if "before" in figure.hints:
        return "de" if reader.language == "fr" else "from"
    fold = reader.tokens[k].fold if k >= 0 else ""
    if fold in ("contre", "against"):
        return _FORMER[fold]
    return "from" if particle == "from" and fold in ("up", "down") else ""


def _copy(reader: Reader, reading: Reading, places: tuple[int, int | None], shared: Reading | None) -> None:
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


def _coordinated(reader: Reader, before: int, at: int) -> bool:
    """Return whether two figures stand in one enumeration: no strong mark parts them, an "et" or a comma joins them."""
    between = reader.tokens[before + 1 : at]
    if len(between) > 16 or any(t.text in ".;:()«»“”" for t in between):
        return False
    return any(t.fold in ("et", "and", ",", "ou", "or", "tandis", "while", "plus", "mais", "but") for t in between)


def _moods(reader: Reader, places: tuple[int, int, int, int], noun: Phrase, direct: Phrase) -> set[str]:
    """Return the hedges of the figure's clause: conditional, planned, estimated, denied, negated."""
    k, at, floor, begin = places
    language, tokens = reader.language, reader.tokens
    start = reader.clause_start(min(k + 1, at), floor)
    scope = [*range(start, at)]
    followers = [*direct.auxiliaries, *direct.words, *(w for w in noun.words if mood(w.fold, language) == "planned")]
    found = {mood(tokens[i].fold, language) for i in scope if tokens[i].is_word}
    found |= {mood(token.fold, language) for token in followers}
    found |= {"planned" for i in scope if tokens[i].fold in PLANS_TO and i + 1 < at and tokens[i + 1].fold == "to"}
    found |= {"planned" for token in direct.words if token.fold in PLANS_TO and language == "en" and direct.auxiliaries}
    last = max(noun.at, direct.at)
    for i in [*scope, *range(at + 1, min(last + 2, len(tokens)))]:
        if reader.is_date(i) and tokens[i].text.lower().startswith(("d'ici", "d’ici")):
            found.add("planned")
    if start > begin and start <= at and tokens[start - 1].fold in ("que", "qu", "that") and start >= 2:
        found |= {mood(tokens[start - 2].fold, language)} - {"conditional"}
    found |= _perfect(tokens, [*scope], direct, language)
    negations = NEGATIONS[language] - {"ne", "n"}
    if any(tokens[i].fold in negations and _verbal_negation(tokens, i, language) for i in scope):
        found.add("negated")
    if "conditional" in found and any(t.fold in ("could", "may", "might") for t in direct.auxiliaries):
        found.discard("planned")
    return found - {""}


def _verbal_negation(tokens: Sequence[Token], i: int, language: str) -> bool:
    """Return whether a negation at token i negates a verb: "n'a pas tué", not "pas moins de" or "not only"."""
    after = tokens[i + 1].fold if i + 1 < len(tokens) else ""
    if after in ("moins", "plus", "only", "fewer", "less", "more", "seulement"):
        return False
    if language == "en":
        return True
    return any(t.fold in ("ne", "n") for t in tokens[max(0, i - 4) : i])


def _perfect(tokens: Sequence[Token], scope: Sequence[int], direct: Phrase, language: str) -> set[str]:
    """Return the hedge of English "may", "might" and "could": unsure of the past before "have", else planned."""
    if language != "en":
        return set()
    words = [tokens[i].fold for i in scope], [token.fold for token in direct.auxiliaries]
    found = set()
    for group in words:
        for i, word in enumerate(group):
            if word in ("may", "might", "could", "would") and "have" in group[i + 1 : i + 3]:
                found.add("conditional")
            elif word in ("may", "might"):
                found.add("planned")
    return found
