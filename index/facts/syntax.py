"""Which noun, and which subject, stands before a figure? By the phrases on both sides of it."""

from __future__ import annotations

from index.facts.phrases import Phrase, Phrases


class Syntax(Phrases):
    """Reads phrases among the tokens of one text, on both sides of a figure."""

    def noun_before(self, i: int, begin: int) -> Phrase:
        """Return the noun phrase that ends at token i: "nombre de marins tués ou blessés"."""
        low = i
        while low > begin and len(range(low, i)) < 12:
            j = low - 1
            if (
                (self.content(j) and not self._divides(j))
                or (self.joins(j) and j > begin and self.content(j - 1) and self.content(low))
                or (self.particle(j) and j > begin and (self.content(j - 1) or self.joins(j - 1)))
                or (self.joins(j) and self.particle(low))
                or (self.article(self.tokens[j]) and j > begin and self.particle(j - 1))
            ):
                low = j
            else:
                break
        words = [t for t in self.tokens[low : i + 1] if not self.article(t)]
        while words and not words[0].is_content:
            words.pop(0)
        return Phrase(words, low)

    def _divides(self, i: int) -> bool:
        """Return whether a noun phrase, read backwards, stops at this word because it is a verb."""
        return self.verbs.parts(self.tokens[i].text, self.tokens[i].fold)

    def subject(self, begin: int, end: int) -> Phrase:
        """Return the subject of the clause [begin, end): its first noun phrase, without "en 2024" or "à Paris"."""
        i = begin
        while i < end:
            if self.preposition(i) and not (self.determiner(i) and not self.particle(i)):
                i = self._past_prepositional(i, end)
                continue
            if self.content(i) or (self.tokens[i].fold in self.grammar.pronouns and not self.determiner(i)):
                break
            i += 1
        if i >= end or not self.content(i):
            return Phrase(at=i)
        phrase = Phrase(at=i)
        fresh = True
        while i < end and len(phrase.words) < 9:
            if self.content(i):
                if not fresh and self.verbs.parts_subject(self.tokens[i].text, self.tokens[i].fold):
                    break
                phrase.words.append(self.tokens[i])
                i, fresh = i + 1, False
            elif step := self._continues(i, end, last=True):
                phrase.words.extend(t for t in self.tokens[i : i + step] if not self.article(t))
                i, fresh = i + step, True
            else:
                break
        return phrase

    def _past_prepositional(self, i: int, end: int) -> int:
        i += 1
        while i < end and (
            self.content(i) or self.is_date(i) or (self.article(self.tokens[i]) and self.preposition(i - 1))
        ):
            i += 1
        return i
