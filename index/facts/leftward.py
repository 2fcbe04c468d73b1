"""What governs a figure from its left: a verb, with its subject where that is what is counted, or a noun?"""

from __future__ import annotations

from index.facts.grammar import mood
from index.facts.relations import OUTCOMES, classes
from index.facts.site import FigureReading, Site
from index.facts.syntax import Syntax
from index.facts.tokens import Token


def read_left(syntax: Syntax, reading: FigureReading, k: int, site: Site, *, bare: bool) -> None:
    """Add what governs the figure from its left: a verb, with its subject where the figure is bare, or a noun."""
    words, floor = syntax.words, site.floor
    token = syntax.tokens[k]
    if syntax.auxiliary(k):
        if bare or token.fold in words.holding:
            reading.head = [*reading.head, *_subject_words(syntax, reading, k, site)]
    elif not syntax.content(k):
        _read_past_preposition(syntax, reading, k, site, bare=bare)
    elif token.fold in words.worth or token.fold in words.compared:
        _read_comparison(syntax, reading, k, site)
    elif site.particle == "=":
        reading.head = [*syntax.noun_before(k, floor).words, *reading.head]
    elif _governs(syntax, k, floor, site.particle):
        _read_verb(syntax, reading, k, site, bare=bare)
    else:
        noun = syntax.noun_before(k, floor)
        if bare or token.fold not in words.light:
            reading.head = [*reading.head, *(w for w in noun.words if w.fold not in words.light)]
        if noun.at - 1 >= floor:
            _read_verb_of_object(syntax, reading, noun.at - 1, floor)


def _read_past_preposition(syntax: Syntax, reading: FigureReading, k: int, site: Site, *, bare: bool) -> None:
    """Add what stands before the preposition at token k: "banned for 18 months", "réduit à 12"."""
    if not (bare and syntax.preposition(k) and k > site.floor and syntax.content(k - 1)):
        return
    token, before = syntax.tokens[k], syntax.tokens[k - 1]
    if token.fold in syntax.words.lasting and syntax.verbs.is_verb(before.text, before.fold):
        reading.predicate.append(before)
    elif token.fold not in syntax.words.after_time:
        site.particle = site.particle or token.fold
        read_left(syntax, reading, k - 1, site, bare=bare)


def _read_comparison(syntax: Syntax, reading: FigureReading, k: int, site: Site) -> None:
    """Add what is worth the figure, or compared with it."""
    token, floor = syntax.tokens[k], site.floor
    reading.predicate = [token] if token.fold in syntax.words.worth else []
    if syntax.auxiliary(k - 1) and k > floor:  # "the deal is worth 5 million"
        reading.head = _subject_words(syntax, reading, k - 1, site)
        return
    reading.pronominal = True
    if k - 2 > floor and syntax.tokens[k - 1].text == "," and syntax.content(k - 2):
        reading.head = syntax.noun_before(k - 2, floor).words  # "the contract, worth 5 million"


def _read_verb(syntax: Syntax, reading: FigureReading, k: int, site: Site, *, bare: bool) -> None:
    """Add the verb at token k, and its subject where that is what is counted."""
    token, words = syntax.tokens[k], syntax.words
    if token.fold in syntax.verbs.plans and site.particle == "" and not bare:  # "expect 500 doses"
        return
    if token.fold not in words.light and not (token.fold in syntax.grammar.speech and site.particle == ""):
        reading.predicate.append(token)
        reading.active = [token]
        if syntax.tokens[k + 1].fold in words.verb_particles and k + 1 < site.at:
            reading.predicate.append(syntax.tokens[k + 1])
    group = _verb_group(syntax, k, site.floor)
    reading.pronominal = any(t.fold in words.of_it for t in syntax.tokens[max(site.floor, group - 2) : k])
    if reading.pronominal and bare:  # "la police en attendait 15 000": of what was named before
        return
    told = site.particle in words.to or site.particle in words.at
    outcome = not told and classes(token.fold, syntax.language) & OUTCOMES
    if (bare and not outcome) or token.fold in words.subjected:
        subject = _subject_words(syntax, reading, group, site)
        reading.head = [*reading.head, *subject] if reading.head else subject


def _read_verb_of_object(syntax: Syntax, reading: FigureReading, k: int, floor: int) -> None:
    """Add the verb of "a voté un budget de 3 millions" to its noun: the word that an article parts from the noun."""
    start = k
    while k >= floor and syntax.determiner(k):
        k -= 1
    if k < floor or not syntax.content(k):
        return
    token = syntax.tokens[k]
    verb = k < start or syntax.verbs.is_verb(token.text, token.fold)
    hedge = bool(mood(token.fold, syntax.language))
    if verb and token.fold not in syntax.words.light and not hedge and not token.text[0].isupper():
        reading.predicate.append(token)


def _governs(syntax: Syntax, k: int, floor: int, particle: str) -> bool:
    """Return whether the word before the figure is its verb rather than its noun."""
    token = syntax.tokens[k]
    if particle in syntax.words.partitive:
        return False
    i = k - 1
    while i >= floor and (syntax.tokens[i].fold in syntax.words.before_verb or syntax.transparent(i)):
        i -= 1
    helped = i >= floor and (syntax.auxiliary(i) or syntax.tokens[i].fold in syntax.verbs.to)
    return helped or syntax.verbs.governs(token.text, token.fold)


def _verb_group(syntax: Syntax, k: int, floor: int) -> int:
    """Return where the verb group that ends at token k begins: its auxiliaries, pronouns and negation."""
    group = syntax.words.verb_group
    while k - 1 >= floor and (
        syntax.auxiliary(k - 1)
        or syntax.transparent(k - 1)
        or (syntax.tokens[k - 1].fold in group and syntax.tokens[k - 1].is_word)
    ):
        k -= 1
    return k


def _subject_words(syntax: Syntax, reading: FigureReading, verb: int, site: Site) -> list[Token]:
    """Return the subject of the verb group that begins at token `verb`, past a relative clause where need be."""
    start, stop = syntax.clause_start(verb, site.floor), verb
    if start == stop and start > site.begin and syntax.tokens[start - 1].text == ",":
        # "Le pont, inauguré en 1932, mesure 300 mètres": the subject is before the apposition
        earlier = syntax.clause_start(start - 1, site.begin)
        if earlier > site.begin and syntax.tokens[earlier - 1].text == ",":
            start, stop = syntax.clause_start(earlier - 1, site.begin), earlier - 1
    for _ in range(5):
        relative = start > site.begin and syntax.tokens[start - 1].fold in syntax.grammar.that and stop != verb
        words = syntax.subject(start, stop).words if stop > start and not relative else []
        if words:
            return words
        if any(t.fold in syntax.words.subject_pronouns for t in syntax.tokens[start:stop]):
            reading.pronominal = True
            return []
        if start <= site.begin:
            return []
        stop = start - 1
        start = syntax.clause_start(stop, site.begin)
    return []
