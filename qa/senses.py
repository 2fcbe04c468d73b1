"""Does this word of one source say what that word of another says? By stem, translation and the relations of news."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.facts.gazetteer import nationality
from index.facts.relations import GENERIC, classes
from index.facts.tables import LANGUAGES
from index.language import fold, is_stop_word, stems, tag
from index.lexicon import Lexicon
from qa.match.words import NEUTRAL, STOPS

LIKELY = 0.15
"""The least probability of a translation that counts as the same word."""

REACHING = frozenset({"reach", "say", "happen"})
"""Relations of verbs that tell nothing of what is counted: "le bilan s'élève à", "the toll stands at"."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A word with all by which another may say the same."""

    fold: str
    own: frozenset[str]
    """Its tagged stems."""
    others: frozenset[str]
    """The tagged stems by which the other language says it."""
    relations: frozenset[str]
    country: str
    """The country of whose people it speaks."""

    @property
    def keys(self) -> frozenset[str]:
        """What the word is found by: two words that say the same share one."""
        return self.own | self.others | {f"={name}" for name in self.relations}


@lru_cache(maxsize=100_000)
def sense_of(word: str, language: str) -> Sense:
    """Return a word of a text in this language with all by which another may say the same."""
    folded = fold(word)
    found = stems(word, language)
    across = [
        tag(stem, other)
        for other in LANGUAGES
        if other != language
        for own in found
        for stem, weight in Lexicon.load().alternatives(own, language, other)
        if weight >= LIKELY
    ]
    related = classes(folded, language) if language in LANGUAGES else frozenset[str]()
    return Sense(folded, frozenset(tag(s, language) for s in found), frozenset(across), related, nationality(folded))


def same(one: Sense, other: Sense) -> bool:
    """Return whether two words say the same."""
    return bool(one.own & (other.own | other.others) or other.own & one.others or one.relations & other.relations)


def said(word: Sense, among: Collection[Sense]) -> bool:
    """Return whether one of these words says the same as this one."""
    return any(same(word, other) for other in among)


def is_empty(word: Sense) -> bool:
    """Return whether a word of a role neither names what is counted nor tells what happened."""
    if word.fold in NEUTRAL or word.fold in STOPS or len(word.fold) < 3:
        return True
    return bool(word.relations) and word.relations <= REACHING


def is_generic(word: Sense) -> bool:
    """Return whether a word stands for people of any kind."""
    return bool(word.relations & GENERIC)


def content_words(words: Collection[str], language: str) -> tuple[Sense, ...]:
    """Return the words of a role that say something, in their order; a verb's auxiliary and an article do not."""
    kept = [sense_of(word, language) for word in words if not is_stop_word(word, language)]
    return tuple(word for word in kept if word.own and not is_empty(word))
