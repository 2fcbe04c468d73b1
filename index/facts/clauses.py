"""Where does the clause of a figure begin and end, and what is the grammar of each of its words?"""

from __future__ import annotations

from collections.abc import Sequence

from index.facts.fact import Role
from index.facts.tables import table
from index.facts.tokens import Token

_BREAKS = frozenset(',;:()[]«»“”"—–•|/!?….')


class Clauses:
    """The tokens of one text in one language, with the grammar of each; figures and dates are single tokens."""

    def __init__(self, tokens: Sequence[Token], language: str, dates: frozenset[int]) -> None:
        self.tokens = tokens
        self.language = language
        self.table = table(language)
        self.grammar = self.table.grammar
        self.verbs = self.table.verbs
        self.words = self.table.roles
        self._dates = dates

    # -- what is this token? --------------------------------------------------------------------------------------

    def content(self, i: int) -> bool:
        """Return whether the token is a word with a meaning of its own."""
        return self.tokens[i].is_content

    def is_date(self, i: int) -> bool:
        """Return whether the token is a date, or an age, across which a clause is read."""
        return self.tokens[i].figure in self._dates

    def auxiliary(self, i: int) -> bool:
        """Return whether the token is an auxiliary."""
        token = self.tokens[i]
        return token.is_word and token.fold in self.grammar.auxiliaries

    def determiner(self, i: int) -> bool:
        """Return whether the token is a determiner."""
        return self.tokens[i].fold in self.grammar.determiners

    def particle(self, i: int) -> bool:
        """Return whether the token is "de" or "of"."""
        return self.tokens[i].fold in self.grammar.of

    def preposition(self, i: int) -> bool:
        """Return whether the token is a preposition."""
        return self.tokens[i].fold in self.grammar.prepositions

    def joins(self, i: int) -> bool:
        """Return whether the token is "et" or "or"."""
        return self.tokens[i].fold in self.grammar.joins

    def boundary(self, i: int) -> bool:
        """Return whether a clause ends at this token: a mark, "que", or an "et" that a new subject follows."""
        token, grammar = self.tokens[i], self.grammar
        if token.text in _BREAKS or token.fold in grammar.that or token.fold in grammar.bare_speech:
            return True
        if token.fold not in grammar.conjunctions:
            return False
        if token.fold not in grammar.joins or i + 1 >= len(self.tokens):
            return True
        after = self.tokens[i + 1]
        return not (after.is_content or after.fold in grammar.of) or after.figure >= 0

    def article(self, token: Token) -> bool:
        """Return whether the token is an article or the like, and no "du" or "des"."""
        return token.fold in self.grammar.determiners and token.fold not in self.grammar.of

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
        words = [token for token in self.tokens[low:first] if token.is_content]
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
            words = [token for token in self.tokens[start:low] if token.is_content] + words
        return Role(predicate=tuple(token.text for token in words))
