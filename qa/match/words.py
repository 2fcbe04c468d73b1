"""Does this word of a role say what that word of a question says? Across languages and inflections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.facts.gazetteer import as_one_word, nationality
from index.facts.relations import asked_classes, classes
from index.language import Term, fold, stems
from index.records import Alternatives
from qa.question.question import Asked

Similar = Callable[[str, str], float]
"""The similarity of two words as printed, from -1 to 1: the encoder's."""

_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, in every form that it may be matched by."""

    text: str
    fold: str
    stems: frozenset[str]
    """Tagged stems in both languages: a role does not say which one it is in."""
    relations: frozenset[str]
    country: str


@lru_cache(maxsize=20_000)
def word_of(text: str) -> Word:
    """Return a word as printed in every form that it may be matched by."""
    folded = fold(text).replace("’", "'")
    tagged = {f"{code}:{stem}" for code in ("fr", "en") for stem in stems(text, code)}
    return Word(text, folded, frozenset(tagged), classes(folded, "fr") | classes(folded, "en"), nationality(folded))


@lru_cache(maxsize=2_000)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; "South African" is one word, as "sud-africain" is."""
    found = (match.group() for match in _COMPOUND.finditer(as_one_word(text)))
    return tuple(word_of(word) for word in found if word.lower() != "ne")  # folded, "né" is the "ne" of a negation


@lru_cache(maxsize=20_000)
def role_words(role: str) -> tuple[Word, ...]:
    """Return the words of a role, in which "perdu la vie" and "claimed the lives" are a word for death."""
    words = words_of(role)
    if any(w.fold in ("vie", "vies", "life", "lives") for w in words):
        taken = [w for w in words if w.relations & {"lose", "cost"} or w.fold.startswith("claim")]
        alone = len(words) == 1  # "claimed 78 lives"
        words = (*(w for w in words if w not in taken), *([word_of("mort")] if taken or alone else []))
    return words


def relations_of(words: Iterable[Word]) -> frozenset[str]:
    """Return every relation that any of the words may belong to."""
    return frozenset[str]().union(*(word.relations for word in words))


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches the terms of one question to words in either language."""

    asked: Asked
    alternatives: Mapping[str, Alternatives]
    similar: Similar | None = None

    def word(self, term: Term) -> Word:
        return word_of(self.asked.word(term))

    def relations(self, terms: Iterable[Term]) -> frozenset[str]:
        """Return the relations of these terms of the question."""
        return frozenset[str]().union(*(asked_classes(self.word(t).fold, self.asked.language) for t in terms))

    def best(self, term: Term, words: Sequence[Word]) -> float:
        """Return how surely any of the words says what the term says, from 0 to 1."""
        return max((self.match(term, word) for word in words), default=0.0)

    def match(self, term: Term, word: Word) -> float:
        """Return how surely the word says what the term says: 1 for the same stem or nationality, 0 for nothing."""
        own, printed = f"{self.asked.language}:{term.stem}", self.word(term)
        if own in word.stems or printed.fold == word.fold or (printed.country and printed.country == word.country):
            return 1.0
        found = self._translated(term, own, word)
        if asked_classes(printed.fold, self.asked.language) & word.relations:
            found = max(found, 0.9)
        if _cognates(printed.fold, word.fold):
            found = max(found, 0.85)
        if found < 0.8 and self.similar is not None and not _opposed(printed, word):
            near = (self.similar(printed.text, word.text) - 0.5) / 0.35
            found = max(found, 0.9 * min(1.0, max(0.0, near)))
        return found

    def _translated(self, term: Term, own: str, word: Word) -> float:
        """Return the weight of the word among the term's translations, the likeliest of which is 1."""
        weights = [(tag, weight) for tag, weight in self.alternatives.get(term.stem, []) if tag != own]
        top = max((weight for _, weight in weights), default=0.0)
        if top <= 0.0:
            return 0.0
        return max((min(1.0, max(0.0, w) / top) ** 0.5 for tag, w in weights if tag in word.stems), default=0.0)


def _cognates(a: str, b: str) -> bool:
    """Return whether two folded words begin alike for most of their length: "vaccination", "vaccine"."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= 5 and shared >= 0.7 * min(len(a), len(b)) and shared >= 0.5 * max(len(a), len(b))


def _opposed(a: Word, b: Word) -> bool:
    """Return whether two words are known to say different things, however near an encoder puts them."""
    return bool(a.relations and b.relations) or bool(a.country and b.country)


def best_match(
    asked: Asked,
    term: Term,
    printed: Sequence[str],
    alternatives: Mapping[str, Alternatives],
    *,
    similar: Similar | None = None,
) -> float:
    """Return how surely any of these printed words says what a term of the question says, from 0 to 1."""
    return Matcher(asked, alternatives, similar).best(term, [word_of(text) for text in printed])
