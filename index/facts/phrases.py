"""Which phrases follow a figure: what is counted, and what happened to it?"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.facts.clauses import Clauses
from index.facts.grammar import mood
from index.facts.tokens import Token


@dataclass(slots=True)
class Phrase:
    """Words of a phrase in reading order, and where the reading went on (a token number)."""

    words: list[Token] = field(default_factory=list)
    at: int = 0
    ellipsis: bool = False
    """Whether it says "autres", "others", "of them": what it counts was named before."""
    auxiliaries: list[Token] = field(default_factory=list)


class Phrases(Clauses):
    """Reads the phrases to the right of a figure among the tokens of one text."""

    # -- to the right of a figure ---------------------------------------------------------------------------------

    def noun_phrase(self, i: int, end: int, *, measured: bool, single: bool) -> Phrase:
        """Return what is counted: the noun phrase that begins at token i, up to `end`.

        `measured` says that the figure has a unit of its own, so that only "de"/"of" goes on to what is measured;
        `single` that it counts one thing, so that French does not show where the noun ends by its plurals.
        """
        phrase = Phrase(at=i)
        i = self._skip_particles(i, end, phrase)
        if measured and i == phrase.at and self.grammar.plural_endings and i < end and not self._agrees(i):
            return phrase
        i = self._comparison(i, end)
        while i < end and self.tokens[i].fold in self.grammar.others:
            phrase.ellipsis |= self.tokens[i].fold in self.grammar.ellipsis
            i += 1
        fresh = True
        while i < end and len(phrase.words) < 9:
            if self.content(i) and (fresh or not self._leaves(i, end, phrase, single=single)):
                phrase.words.append(self.tokens[i])
                i, fresh = i + 1, False
            elif not fresh and (step := self._continues(i, end)):
                phrase.words.extend(t for t in self.tokens[i : i + step] if not self.article(t))
                i, fresh = i + step, True
            elif not fresh and self.grammar.plural_endings and self._intensifies(i, end):
                i += 1
            else:
                break
        while phrase.words and not phrase.words[-1].is_content:
            phrase.words.pop()
            i -= 1
        phrase.at = i
        return phrase

    def _agrees(self, i: int) -> bool:
        return self.content(i) and self.tokens[i].fold[-1] in self.grammar.plural_endings

    def _skip_particles(self, i: int, end: int, phrase: Phrase) -> int:
        """Skip "de", "of the", "d'entre eux", "of them": they lead from the figure to what it counts."""
        start = i
        while i < end and (self.particle(i) or (i > start and self.article(self.tokens[i]))):
            i += 1
        if i > start and i < end and self.tokens[i].fold in self.words.them:
            phrase.ellipsis = True
            while i < end and self.tokens[i].fold in self.words.them:
                i += 1
        return i

    def _comparison(self, i: int, end: int) -> int:
        """Skip "plus de", "more", "as many" of "trois fois plus de touristes"."""
        if self.tokens[i - 1].text.lower().endswith(self.words.times_endings):
            while i < end and self.tokens[i].fold in self.words.more:
                i += 1
        return i

    def _leaves(self, i: int, end: int, phrase: Phrase, *, single: bool) -> bool:
        """Return whether the word at i no longer belongs to the noun phrase, which has words already."""
        token, verbs = self.tokens[i], self.verbs
        if verbs.parts(token.text, token.fold):
            return True
        if self.grammar.plural_like:
            inner = any(word.fold in self.grammar.of for word in phrase.words)
            loose = single or inner or token.text[0].isupper()
            return not loose and token.fold[-1] not in self.grammar.plural_like
        verbal = verbs.is_verbal(token.text, token.fold)
        if single and verbal:
            return True
        if any(verbs.is_plural(word.text, word.fold) for word in phrase.words):
            return verbal or not verbs.is_plural(token.text, token.fold)
        return verbs.is_participle(token.text, token.fold) and (i + 1 >= end or not self.content(i + 1))

    def _continues(self, i: int, end: int, *, last: bool = False) -> int:
        """Return how many tokens lead from the noun on to its complement ("de la", "et de"), 0 where none do.

        `last` says that the figure itself comes after `end`, so that no word before it can belong to another one.
        """
        j = i
        if self.joins(j):
            j += 1
            if j < end and self.content(j) and (last or self._joint_ends(j)):
                return j - i
        if j < end and self.particle(j):
            j += 1
            while j < end and self.article(self.tokens[j]):
                j += 1
            if j < end and self.content(j) and (not self.joins(i) or last or self._joint_ends(j)):
                return j - i
        return 0

    def _joint_ends(self, i: int) -> bool:
        """Return whether a coordinated word still belongs to this figure: no other figure follows it in its clause."""
        for j in range(i, min(i + 6, len(self.tokens))):
            if self.tokens[j].figure >= 0:
                return self.is_date(j) or self.tokens[j - 1].fold in self.words.lasting_joints
            if j > i and self.boundary(j):
                return True
            if j > i and self.auxiliary(j):
                return True
        return True

    def _intensifies(self, i: int, end: int) -> bool:
        return i + 1 < end and self.tokens[i].fold in self.grammar.adverbs and self._agrees(i + 1)

    def predicate(self, i: int, end: int, *, stop: int, relative: bool = True) -> Phrase:
        """Return what happened to it: the verb that follows at token i, with its auxiliaries and a short complement.

        [i, end) is before the next figure; a parenthesis may hold one, and the sentence goes on to `stop`.
        """
        phrase = Phrase(at=i)
        past = self._parenthesis(i, stop)
        end = stop if past > end else end
        i = self._past_places(past, end)
        if i < end and self.tokens[i].fold in self.words.relatives:
            if not relative:
                return phrase
            i += 1
        start = i
        while i < end and (self.auxiliary(i) or self.transparent(i)):
            if self.auxiliary(i) or mood(self.tokens[i].fold, self.language):
                phrase.auxiliaries.append(self.tokens[i])
            if self.denies(i):
                phrase.words.append(self.tokens[i])
            i += 1
        states = self.words.verbal_states if i > start else self.words.states
        if i < end and self.tokens[i].fold in states:
            phrase.at = self._complement(i, end, phrase)
            return phrase
        if i >= end or not self.content(i) or (i == start and not self._verb_here(i)):
            return phrase
        phrase.words.append(self.tokens[i])
        i += 1
        phrase.at = i = self._complement(i, end, phrase)
        self._other_verbs(i, end, phrase)
        return phrase

    def _verb_here(self, i: int) -> bool:
        token, endings = self.tokens[i], self.grammar.plural_like
        return not endings or self.verbs.is_verbal(token.text, token.fold) or token.fold[-1] not in endings

    def denies(self, i: int) -> bool:
        """Return whether the token is a negation by itself: "pas", "not", and no "ne"."""
        fold = self.tokens[i].fold
        return fold in self.grammar.negations and fold not in self.grammar.weak_negations

    def transparent(self, i: int) -> bool:
        """Return whether the token may stand between a subject and its verb without being either."""
        fold, grammar = self.tokens[i].fold, self.grammar
        return (
            fold in grammar.adverbs
            or fold in grammar.negations
            or fold in grammar.clitics
            or self.is_date(i)
            or (fold.endswith(grammar.adverb_ending) and len(fold) > 5)
        )

    def _past_places(self, i: int, end: int) -> int:
        """Skip what stands between a subject and its verb: "300 soldats [du génie dans le nord] ont été tués"."""
        if i >= end or not self.preposition(i):
            return i
        for j in range(i, min(i + 10, end)):
            if self.auxiliary(j) and self.tokens[j].fold not in self.words.infinitives:
                return j if not self.particle(j - 1) else i
            passable = self.preposition(j) or self.content(j) or self.article(self.tokens[j]) or self.transparent(j)
            if not passable or self.tokens[j].fold in self.grammar.that:
                return i
        return i

    def _parenthesis(self, i: int, end: int) -> int:
        """Skip ", mostly children," and "(dont ...)" between a subject and its verb."""
        if i >= end or self.tokens[i].text not in ",(":
            return i
        for j in range(i + 2, min(i + 10, end - 1)):
            if self.tokens[j].text in ",)":
                return j + 1 if self.auxiliary(j + 1) else i
        return i

    def _complement(self, i: int, end: int, phrase: Phrase) -> int:
        """Add the few words after a verb that complete it: "perdu la vie", "placés en quarantaine"."""
        taken = 0
        if i < end and self.tokens[i].fold in self.words.verb_particles:
            phrase.words.append(self.tokens[i])
            i += 1
        while i < end and taken < 2:
            if self.content(i) and not self.tokens[i].text[0].isupper():
                phrase.words.append(self.tokens[i])
                i, taken = i + 1, taken + 1
                continue
            j = i
            tail = self.tokens[j].fold in self.words.verb_tails and taken < 2
            if tail:
                j += 1
            while j < end and self.article(self.tokens[j]):
                j += 1
            timed = tail and j < end and self.tokens[j].fold in self.words.times
            if j > i and j < end and self.content(j) and not self.tokens[j].text[0].isupper() and not timed:
                last = self._last_of(j, end)
                phrase.words.extend(t for t in self.tokens[i : last + 1] if not self.article(t))
                i = last + 1
            break
        return i

    def _last_of(self, i: int, end: int) -> int:
        """Return the last token of the noun at i: its adjective ("wrong address") and "du travail" included."""
        if i + 1 < end and self.content(i + 1) and not self.tokens[i + 1].text[0].isupper():
            i += 1
        if i + 2 < end and self.particle(i + 1) and self.content(i + 2) and not self.tokens[i + 2].text[0].isupper():
            i += 2
        return i

    def state(self, i: int, end: int) -> list[Token]:
        """Return what is said of a noun without a verb: "31 malades [en réanimation]", "163 people [on board]"."""
        if i >= end or not self.preposition(i) or self.particle(i) or self.tokens[i].fold in self.grammar.that:
            return []
        found = Phrase(at=i)
        self._complement(i, end, found)
        return found.words

    def purpose(self, i: int, end: int) -> list[Token]:
        """Return whom or what a sum is for: "1 450 euros [par habitant]", "3 millions [pour les routes]"."""
        return self.state(i, end) if i < end and self.tokens[i].fold in self.words.of_whom else []

    def _other_verbs(self, i: int, end: int, phrase: Phrase) -> None:
        """Add the second verb of "tués ou blessés", "were killed or have been injured"."""
        if i >= end or not self.joins(i) or not self._joint_ends(i + 1):
            return
        j = i + 1
        while j < end and (self.auxiliary(j) or self.transparent(j)):
            j += 1
        if j < end and self.content(j):
            phrase.words += [self.tokens[i], self.tokens[j]]
            phrase.at = j + 1
