"""Which words of a question name what it counts, what happened to that, and what surrounds it?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.facts.gazetteer import nationality, nations
from index.facts.relations import OUTCOMES, asked_classes
from index.facts.syntax import Syntax
from index.facts.tables import table as facts_table
from index.facts.tables.table import Table
from index.facts.tokens import Token
from index.language import Term, fold
from qa.question.tables import QuestionTable

_REACH = 9
"""How far before a word, in tokens, its preposition may stand."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A question as its words are looked at."""

    printed: str
    tokens: Sequence[Token]
    language: str
    table: QuestionTable
    facts: Table
    """What the reading of facts knows of the language."""

    def at(self, term: Term) -> int:
        """Return the number of a term's token."""
        return next((i for i, token in enumerate(self.tokens) if token.start <= term.start < token.end), 0)

    def outcomes(self, term: Term) -> frozenset[str]:
        """Return what may have befallen people, by a term."""
        return asked_classes(fold(self.printed[term.start : term.end]), self.language) & OUTCOMES

    def is_past(self, token: Token) -> bool:
        """Return whether a word is by its form a past or a participle."""
        return self.facts.verbs.is_participle(token.text, token.fold)

    def is_article(self, token: Token) -> bool:
        """Return whether a word leads to a noun: a determiner, "de" or "of"."""
        return token.fold in self.facts.grammar.determiners or token.fold in self.facts.grammar.of

    def is_name(self, term: Term) -> bool:
        word = self.printed[term.start : term.end]
        return word[0].isupper() and term.start > 0 and not nationality(fold(word))


Parts = tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]


def read_parts(
    text: str, tokens: Sequence[Token], content: Sequence[Term], language: str, table: QuestionTable
) -> Parts:
    """Return the terms of what is counted, of what happened to it, and of what surrounds it."""
    question = _Text(text, tokens, language, table, facts_table(language))
    low, high = _counted_range(question)
    counted = high > low
    national = bool(nations(text[low:high]))
    head = [t for t in content if low <= t.start < high and (national or not question.is_name(t) or t.start == low)]
    rest = [t for t in content if t not in head]
    around = {t for t in rest if _behind_preposition(question, t)} if head or len(rest) > 1 else set()
    around |= {t for t in rest if question.is_name(t)}
    if not head and around and len(around) == len(rest):
        around = set()
    predicate = [t for t in rest if t not in around]
    if counted:
        kept = _verbs(question, predicate)
        around |= set(predicate) - set(kept)
        predicate = kept
    elif len(predicate) > 1:
        # "How much did the bridge cost?": nouns first, the verb last
        head, predicate = _subject_and_verb(question, predicate)
    outcome = [t for t in head if question.outcomes(t)]
    if outcome and not any(question.outcomes(t) for t in predicate):
        head = [t for t in head if t not in outcome]
        predicate = [*outcome, *predicate]
        if not counted:  # "le bilan du séisme": of what, not of whom
            around |= set(head)
            head = []
    return tuple(head), tuple(predicate), tuple(t for t in content if t in around)


def _verbs(question: _Text, found: Sequence[Term]) -> list[Term]:
    """Return those of the terms behind "how many sailors" that say what happened to them.

    What happened to people is told by nouns too ("taken prisoner"); all else that is a subject, an object or in a
    clause of its own surrounds it.
    """
    tokens = question.tokens
    places = {term: question.at(term) for term in found}
    main = _before_subordinates(question, found, places)
    fates = [t for t in main if asked_classes(tokens[places[t]].fold, question.language) & OUTCOMES]
    if not question.table.compounds:
        told = [t for t in main if not _has_article(question, places[t])]
    elif not main:
        told = []
    else:
        inverted = _is_inverted(question, places[main[0]])
        verb = main[-1] if inverted else main[0]
        told = [t for t in main if t == verb or (question.is_past(tokens[places[t]]) and not inverted)]
    return [t for t in main if t in told or t in fates]


def _before_subordinates(question: _Text, found: Sequence[Term], places: dict[Term, int]) -> list[Term]:
    """Return the terms before the first clause that begins behind one of them."""
    kept: list[Term] = []
    for term in found:
        between = question.tokens[places[kept[-1]] + 1 : places[term]] if kept else []
        if any(token.fold in question.table.subordinating for token in between):
            break
        kept.append(term)
    return kept


def _is_inverted(question: _Text, first: int) -> bool:
    """Return whether a helping verb stands before its subject, as in "did the mayor get"."""
    tokens = question.tokens
    for place in range(first):
        if tokens[place].fold in question.table.inverting:
            after = tokens[place + 1] if place + 1 < len(tokens) else tokens[place]
            return not question.is_past(after) and after.fold not in ("been", "be", "not", "to")
    return False


def _counted_range(question: _Text) -> tuple[int, int]:
    """Return the offsets of the noun phrase that names what is counted; an empty range where nothing is."""
    tokens, language, table = question.tokens, question.language, question.table
    counted = table.counted.search(question.printed)
    if counted is None and table.counted_late:
        counted = table.counted_late.search(question.printed)
    if counted is None:
        return 0, 0
    first = next((i for i, token in enumerate(tokens) if token.start >= counted.end()), len(tokens))
    syntax = Syntax(list(tokens), language, frozenset())
    phrase = syntax.noun_phrase(first, len(tokens), measured=False, single=False)
    if not phrase.words:
        return counted.end(), counted.end()
    last = phrase.words[-1]
    if table.compounds:
        # "doses of cholera vaccine were promised": all nouns up to the verb
        at = tokens.index(last) + 1
        while at + 1 < len(tokens) and tokens[at].is_content and not question.is_past(tokens[at]):
            if tokens[at + 1].fold in table.helping:
                last = tokens[at]
            at += 1
    return phrase.words[0].start, last.end


def _behind_preposition(question: _Text, term: Term) -> bool:
    """Return whether a preposition other than "de"/"of" leads to the term."""
    tokens, language, table = question.tokens, question.language, question.table
    at = question.at(term)
    word = tokens[at]
    if asked_classes(word.fold, language) & OUTCOMES:
        return False
    if question.is_past(word) if table.compounds else _is_told(question, word):
        return False
    grammar = question.facts.grammar
    leading = grammar.prepositions - grammar.of - table.comparing
    for i in range(at - 1, max(-1, at - _REACH), -1):
        token = tokens[i]
        if token.fold == "of" and i and question.is_past(tokens[i - 1]):
            return True
        if token.fold in leading:
            return True
        if not (token.is_content or token.fold in table.articles or token.text in "-‑"):
            return False
    return False


def _is_told(question: _Text, token: Token) -> bool:
    """Return whether a word is by its form a participle or a verb with a tense, or ends in a pronoun: "a-t-il"."""
    verbal = question.facts.verbs.is_verbal(token.text, token.fold)
    return verbal or token.fold.endswith(question.table.pronoun_endings)


def _has_article(question: _Text, at: int) -> bool:
    """Return whether a word is a noun behind an article, or an adjective that follows one."""
    tokens = question.tokens
    word = tokens[at]
    if not at or word.fold.endswith(question.table.pronoun_endings):
        return False
    if question.is_article(tokens[at - 1]):
        return True
    return not _is_told(question, word) and tokens[at - 1].is_content and _has_article(question, at - 1)


def _subject_and_verb(question: _Text, found: Collection[Term]) -> tuple[list[Term], list[Term]]:
    """Return the terms of a question without "how many", nouns and verb apart: a noun has an article before it."""
    head, predicate = [], []
    previous_noun = -1
    for place, term in enumerate(found):
        at = question.at(term)
        articled = at > 0 and question.is_article(question.tokens[at - 1])
        follows = previous_noun == at - 1 and question.table.compounds and place < len(found) - 1
        if articled or follows:
            head.append(term)
            previous_noun = at
        else:
            predicate.append(term)
    return head, predicate
