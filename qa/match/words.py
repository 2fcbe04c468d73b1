"""Does this word of a role say what that word of a question says? Across languages and inflections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from index.facts import Extent, Fact
from index.facts.gazetteer import as_one_word, nationality
from index.facts.relations import asked_classes, classes
from index.language import STOP_WORDS, Term, fold, stems
from index.records import Alternatives, Hit
from qa.match.tables import passage_tables
from qa.question import Question

Near = Mapping[str, Mapping[str, float]]
"""For words of a question, as printed, how similar words of a passage are, from -1 to 1: the encoder's."""

_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*|\d+")


STOPS = frozenset[str]().union(*STOP_WORDS.values())
NEUTRAL = frozenset[str]().union(*(table.neutral for table in passage_tables()))
"""Words of a role that name and tell nothing, in any language: a role does not say which one it is in."""
JOINING = frozenset[str]().union(*(table.joining for table in passage_tables()))
NEGATING = frozenset[str]().union(*(table.negating for table in passage_tables()))

DEATH = frozenset({"death"})

_REACH = 80
"""Words of a sentence, from its beginning, and before it, up to it, in which something is looked for."""


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


@lru_cache(maxsize=10_000)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; "South African" is one word, as "sud-africain" is."""
    found = (match.group() for match in _COMPOUND.finditer(as_one_word(text)))
    return tuple(word_of(word) for word in found if word.lower() != "ne")  # folded, "né" is the "ne" of a negation


@lru_cache(maxsize=20_000)
def role_words(role: str) -> tuple[Word, ...]:
    """Return the words of a role, in which "perdu la vie" and "claimed the lives" are a word for death."""
    words = words_of(role)
    taken = idiom_of_death(words)
    return (*(w for w in words if w not in taken), word_of("mort")) if taken else words


def idiom_of_death(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return those of the words, of a role or of a question, that tell of lives lost: together a word for death."""
    lives = [w for w in words if w.fold in ("vie", "vies", "life", "lives")]
    if not lives:
        return ()
    taken = [w for w in words if w.relations & {"lose", "cost"} or w.fold.startswith(("claim", "laiss", "fauch"))]
    return (*taken, *lives) if taken or len(words) == 1 else ()  # "claimed 78 lives"


def relations_of(words: Iterable[Word]) -> frozenset[str]:
    """Return every relation that any of the words may belong to."""
    return frozenset[str]().union(*(word.relations for word in words))


@dataclass(frozen=True)
class Nearby:
    """The text around a fact: its sentence, and what leads up to that, the titles included."""

    passage: str
    parts: tuple[tuple[int, int], ...] = ((0, 0),)
    """Where its sentences start and end."""
    place: int = 0
    """The number of the fact's own sentence."""
    lead: tuple[str, ...] = ()
    """The titles above the passage."""

    def printed(self, one: Fact | Extent) -> str:
        """Return a fact, or who says so, as it stands in the passage."""
        return self.passage[one.start : one.end]

    @property
    def sentence(self) -> str:
        return self.passage[slice(*self.parts[self.place])]

    @property
    def before(self) -> str:
        """What leads up to the sentence."""
        return "\n".join((*self.lead, self.passage[: self.parts[self.place][0]]))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return words_of(self.sentence)[:_REACH]

    @cached_property
    def words_before(self) -> tuple[Word, ...]:
        """The last words of what leads up to it."""
        found: tuple[Word, ...] = ()
        earlier = (*self.lead, *(self.passage[start:end] for start, end in self.parts[: self.place]))
        for text in reversed(earlier):
            found = words_of(text) + found
            if len(found) >= _REACH:
                break
        return found[-_REACH:]


_MANY = 12
"""From this many words on, what a term finds among them is remembered: the sentences around a fact have other facts."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A term of the question, in all that a word may match."""

    word: Word
    tag: str
    """Its tagged stem."""
    relations: frozenset[str]
    translations: Mapping[str, float]
    """How surely each tagged stem says the same, the likeliest 1."""
    matched: dict[str, float]
    """How surely each word seen so far says the same, by the words alone."""


class Matcher:
    """Matches the terms of one question to words in either language.

    `near` holds the similarities of the words of the question, as printed, to those of one passage.
    """

    __slots__ = ("_best", "_relations", "_sought", "near", "question")

    def __init__(self, question: Question, near: Near | None = None) -> None:
        self.question = question
        self.near = near or {}
        self._relations: dict[tuple[Term, ...], frozenset[str]] = {}
        self._best: dict[tuple[int, int], tuple[Sequence[Word], float]] = {}
        alternatives = question.alternatives
        self._sought = {term.start: self._of(term, alternatives) for term in question.role}
        died = {word.text for word in idiom_of_death([own.word for own in self._sought.values()])}
        for start, own in self._sought.items():
            if own.word.text in died and len(self._sought) > 1:
                self._sought[start] = replace(own, relations=own.relations | DEATH)

    def beside(self, near: Near) -> Matcher:
        """Return the same with the similarities of another passage's words; what else is known is shared."""
        other = copy(self)
        other.near, other._best = near, {}
        return other

    def word(self, term: Term) -> Word:
        """Return a term of the question in every form that it may be matched by."""
        return self._sought[term.start].word

    def relations(self, terms: tuple[Term, ...]) -> frozenset[str]:
        """Return the relations of these terms of the question."""
        found = self._relations.get(terms)
        if found is None:
            own = (self._sought[term.start].relations for term in terms)
            found = self._relations[terms] = frozenset[str]().union(*own)
        return found

    def match(self, term: Term, word: Word) -> float:
        """Return how surely the word says what the term says: 1 for the same stem or nationality, 0 for nothing."""
        return self.best(term, (word,))

    def best(self, term: Term, words: Sequence[Word]) -> float:
        """Return how surely any of the words says what the term says, from 0 to 1."""
        if len(words) < _MANY:
            return self._best_of(term, words)
        key = term.start, id(words)  # kept with the words themselves, so that no others can have their id
        held = self._best.get(key)
        if held is None:
            held = self._best[key] = words, self._best_of(term, words)
        return held[1]

    def _best_of(self, term: Term, words: Sequence[Word]) -> float:
        # A term is known by where it starts: hashing the whole of it takes as long as the rest.
        sought = self._sought[term.start]
        matched, near, best = sought.matched, self.near.get(sought.word.text), 0.0
        for word in words:
            found = matched.get(word.text)
            if found is None:
                found = matched[word.text] = _told(sought, word)
            if near and found < 0.8 and word.text in near and not _opposed(sought.word, word):
                found = max(found, 0.9 * min(1.0, max(0.0, (near[word.text] - 0.5) / 0.35)))
            if found > best:
                best = found
                if best == 1.0:
                    break
        return best

    def _of(self, term: Term, alternatives: Mapping[str, Alternatives]) -> _Sought:
        word, language = word_of(self.question.word(term)), self.question.language
        own = f"{language}:{term.stem}"
        weights = [(tag, weight) for tag, weight in alternatives.get(term.stem, []) if tag != own]
        top = max((weight for _, weight in weights), default=0.0)
        translations: dict[str, float] = {}
        if top > 0.0:
            for tag, weight in weights:
                translations[tag] = max(translations.get(tag, 0.0), min(1.0, max(0.0, weight) / top) ** 0.5)
        return _Sought(word, own, asked_classes(word.fold, language), translations, {})


def _told(sought: _Sought, word: Word) -> float:
    """Return how surely a word says what a term says by the words alone, whatever an encoder makes of them."""
    printed = sought.word
    if sought.tag in word.stems or printed.fold == word.fold or (printed.country and printed.country == word.country):
        return 1.0
    found = max((sought.translations.get(tag, 0.0) for tag in word.stems), default=0.0)
    if sought.relations & word.relations:
        found = max(found, 0.9)
    return max(found, 0.85) if _cognates(printed.fold, word.fold) else found


def _cognates(a: str, b: str) -> bool:
    """Return whether two folded words begin alike for most of their length: "vaccination", "vaccine"."""
    if a[:5] != b[:5]:
        return False
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= 5 and shared >= 0.7 * min(len(a), len(b)) and shared >= 0.5 * max(len(a), len(b))


def _opposed(a: Word, b: Word) -> bool:
    """Return whether two words are known to say different things, however near an encoder puts them."""
    return bool(a.relations and b.relations) or bool(a.country and b.country)


def similarities(hit: Hit) -> Near:
    """Return how near words of the question are to those of a passage found."""
    near: dict[str, dict[str, float]] = {}
    text = hit.paragraph.text
    for match in hit.matches:
        own, printed = near.setdefault(match.word, {}), text[match.start : match.end]
        own[printed] = max(own.get(printed, 0.0), match.score)
    return near
