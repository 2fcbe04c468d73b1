"""Where does the clause of a figure begin and end, and what is the grammar of each of its words?"""

from __future__ import annotations

from collections.abc import Sequence

from index.facts.fact import Role
from index.facts.tokens import Token, is_content
from index.facts.vocabulary import AUXILIARIES, CONJUNCTIONS, DETERMINERS, OF, PREPOSITIONS, THAT

_BREAKS = frozenset(',;:()[]«»“”"—–•|/!?….')
_SAYS = frozenset({"said", "says", "say"})
"""English leaves out the "that" after these."""
_JOINS = {"fr": frozenset({"et", "ou"}), "en": frozenset({"and", "or"})}


class Clauses:
    """The tokens of one text in one language, with the grammar of each; figures and dates are single tokens."""

    def __init__(self, tokens: Sequence[Token], language: str, dates: frozenset[int]) -> None:
        self.tokens = tokens
        self.language = language
        self._dates = dates
        self.of_words = OF[language]
        self.determiner_words = DETERMINERS[language]
        self.preposition_words = PREPOSITIONS[language]
        self.auxiliary_words = AUXILIARIES[language]
        self.that_words = THAT[language]
        self.conjunction_words = CONJUNCTIONS[language]

    # -- what is this token? --------------------------------------------------------------------------------------

    def content(self, i: int) -> bool:
        return is_content(self.tokens[i], self.language)

    def is_date(self, i: int) -> bool:
        return self.tokens[i].figure in self._dates

    def auxiliary(self, i: int) -> bool:
        token = self.tokens[i]
        return token.is_word and token.fold in self.auxiliary_words

    def determiner(self, i: int) -> bool:
        return self.tokens[i].fold in self.determiner_words

    def particle(self, i: int) -> bool:
        return self.tokens[i].fold in self.of_words

    def preposition(self, i: int) -> bool:
        return self.tokens[i].fold in self.preposition_words

    def joins(self, i: int) -> bool:
        return self.tokens[i].fold in _JOINS[self.language]

    def boundary(self, i: int) -> bool:
        """Return whether a clause ends at this token: a mark, "que", or an "et" that a new subject follows."""
        token = self.tokens[i]
        if token.text in _BREAKS or token.fold in self.that_words or (self.language == "en" and token.fold in _SAYS):
            return True
        if token.fold not in self.conjunction_words:
            return False
        if token.fold not in _JOINS[self.language] or i + 1 >= len(self.tokens):
            return True
        after = self.tokens[i + 1]
        return not (self.content(i + 1) or after.fold in self.of_words) or after.figure >= 0

    def article(self, token: Token) -> bool:
        """Return whether the token is an article or the like, and no "du" or "des"."""
        return token.fold in self.determiner_words and token.fold not in self.of_words

    def clause_start(self, i: int, begin: int) -> int:
        """Return the first token of the clause in which token i stands, not before `begin`."""
        begin = max(begin, i - 60)  # so that a text without marks costs no more than one with them
        while i > begin and not self.boundary(i - 1):
            i -= 1
        return i

    # -- on both sides of a date or a name ------------------------------------------------------------------------

    def surroundings(self, first: int, last: int, begin: int, end: int) -> Role:
        """Return the content words of the clause around the tokens first to last, and of its neighbours if it is short.

        [begin, end) is their sentence.
        """
        low, high = self.clause_start(first, max(begin, first - 14)), last + 1
        stop = min(end, last + 18)
        crossed = 0
        words = [t for i, t in enumerate(self.tokens[low:first], low) if self.content(i)]
        while high < stop and self.tokens[high].text not in ".!?;" and len(words) < 12:
            if self.boundary(high):
                if len(words) > 2 or crossed:
                    break
                crossed += 1
            if self.content(high):
                words.append(self.tokens[high])
            high += 1
        if len(words) < 3 and low > begin and self.tokens[low - 1].text == ",":
            start = self.clause_start(low - 1, max(begin, low - 14))
            words = [t for i, t in enumerate(self.tokens[start:low], start) if self.content(i)] + words
        return Role(predicate=tuple(token.text for token in words))
