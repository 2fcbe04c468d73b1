"""What governs a figure from its left: a verb, with its subject where that is what is counted, or a noun?"""

from __future__ import annotations

from dataclasses import dataclass

from index.facts.ellipsis import Reading
from index.facts.grammar import PLANS, is_finite, is_participle, is_verb, mood
from index.facts.ranges import Figure
from index.facts.relations import OUTCOMES, classes
from index.facts.syntax import Reader
from index.facts.tokens import Token
from index.facts.vocabulary import PRONOUNS, SPEECH, THAT

_LIGHT = frozenset(
    "fait faire font faisant faisait fit made making make have has avoir dont including allant ranging selon "
    "according".split()
)
_SUBJECTED = frozenset(
    """eleve elevait elevent etablit etablissait stands stood monte passe risen rose reached reaches reach atteindre
    atteint atteignait totalled climbed""".split()
)
"""Verbs whose subject is counted even where a noun follows the figure: "le bilan s'élève à 12 morts"."""
_AFTER_TIME = frozenset(
    "apres after avant before depuis since pendant during for dans within every chaque tous".split()
)
_LASTING = frozenset("for pendant durant depuis".split())
PARTICLES_OF_VERBS = frozenset("out off away back over up down".split())


@dataclass(slots=True)
class Site:
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


def from_left(reader: Reader, reading: Reading, k: int, site: Site, *, bare: bool) -> None:
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
            from_left(reader, reading, k - 1, site, bare=bare)
        return
    if token.fold in ("worth", "compared", "compare"):
        reading.predicate = [token] if token.fold == "worth" else []
        if reader.auxiliary(k - 1) and k > floor:  # "the deal is worth 5 million"
            reading.head = _subject_words(reader, reading, k - 1, site)
            return
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


def _from_verb(reader: Reader, reading: Reading, k: int, site: Site, *, bare: bool) -> None:
    """Add the verb at token k, and its subject where that is what is counted."""
    token, language = reader.tokens[k], reader.language
    if token.fold in PLANS[language] and site.particle == "" and not bare:  # "expect 500 doses"
        return
    if token.fold not in _LIGHT and not (token.fold in SPEECH[language] and site.particle == ""):
        reading.predicate.append(token)
        reading.active = [token]
        if language == "en" and reader.tokens[k + 1].fold in PARTICLES_OF_VERBS and k + 1 < site.at:
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
    verb = k < start or is_verb(token.text, token.fold, reader.language)
    hedge = bool(mood(token.fold, reader.language))
    if verb and token.fold not in _LIGHT and not hedge and not token.text[0].isupper():
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


def _subject_words(reader: Reader, reading: Reading, verb: int, site: Site) -> list[Token]:
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
