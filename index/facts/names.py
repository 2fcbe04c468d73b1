"""Which capitalised words name a person, and which a place? By the words around them; organisations are neither.

There is no model behind this: titles, verbs of speech and function words tell people, prepositions and a gazetteer tell
places, and what nothing tells is left out unless it has the shape of a first and a last name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.facts.calendar import read_calendar
from index.facts.fact import Fact
from index.facts.gazetteer import as_one_word, nationality, nations, places
from index.facts.tables import LANGUAGES, table
from index.facts.tables.table import Table
from index.facts.tables.words import Words
from index.facts.tokens import POSSESSIVE, Token
from index.language import fold

_PARTICLES = frozenset("de du des la le van von der den bin ben ibn al el da dos della di d l af ter bint".split())
"""Small words within the names of people, of any language."""


@dataclass(frozen=True, slots=True)
class _ProperWords:
    """Words of names that say what is named, in a text of any language."""

    organisations: Words
    prefixes: Words
    suffixes: Words


@cache
def _proper() -> _ProperWords:
    tables = [table(language).names for language in LANGUAGES]
    return _ProperWords(
        organisations=frozenset().union(*(words.organisations for words in tables)),
        prefixes=frozenset().union(*(words.place_prefixes for words in tables)),
        suffixes=frozenset().union(*(words.place_suffixes for words in tables)),
    )


@dataclass(slots=True)
class _Candidate:
    first: int
    last: int
    """Token numbers, inclusive."""
    opens: bool
    """Whether it begins its sentence, where a capital means nothing."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The tokens of one text, with what their language knows of names."""

    text: str
    tokens: Sequence[Token]
    table: Table
    times: Words
    """Months, weekdays and the like, which are nobody's name."""


def read_names(text: str, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]], language: str) -> list[Fact]:
    """Return the people and places among the tokens of a text, in reading order."""
    words = table(language)
    context = _Names(text, tokens, words, words.names.times | read_calendar(language).names)
    candidates = [c for begin, end in sentences for c in _candidates(context, begin, end)]
    surnames = _surnames(context, candidates)
    found: list[Fact] = []
    for candidate in candidates:
        kind = _kind(context, candidate, surnames)
        if kind:
            start, end = tokens[candidate.first].start, tokens[candidate.last].end
            if text[start:end].endswith(POSSESSIVE):
                end -= 2
            if kind == "person" and " " not in as_one_word(text[start:end]) and nations(text[start:end]):
                continue  # "Coréens du Sud"
            found.append(Fact(kind, start, end))
    return found


def _candidates(context: _Names, begin: int, end: int) -> list[_Candidate]:
    """Return the runs of capitalised words of a sentence."""
    tokens = context.tokens
    found, past = [], begin
    for i in [i for i in range(begin, end) if tokens[i].is_capital]:
        if i < past:
            continue
        last = i
        while last + 1 < end:
            step = _next_part(context, last, end)
            if not step:
                break
            last += step
        opens = i == begin or tokens[i - 1].text in '«“"•:-–—‘'
        found.extend(_trim(context, i, last, opens=opens))
        past = last + 1
    return found


def _next_part(context: _Names, last: int, end: int) -> int:
    """Return how many tokens further the name goes on: the next capital, or a particle and a capital; 0 at its end."""
    tokens = context.tokens
    here, following = tokens[last], tokens[last + 1]
    gap = following.start - here.end
    if gap > 1 or here.text.endswith(POSSESSIVE) or context.text[here.end : following.start] == "\n":
        return 0
    if following.is_capital and gap:
        return 1
    initial = following.text == "." and len(here.text) <= 2 and not gap
    if initial and last + 2 < end and tokens[last + 2].is_capital and tokens[last + 2].start - following.end <= 1:
        return 2
    for size in (1, 2):
        j = last + size + 1
        if j < end and all(tokens[k].fold in _PARTICLES for k in range(last + 1, j)) and tokens[j].is_capital:
            return size + 1
    return 0


def _trim(context: _Names, first: int, last: int, *, opens: bool) -> list[_Candidate]:
    """Return the candidate without the titles and function words that only a sentence's beginning makes capital."""
    tokens, closed, titles = context.tokens, context.table.grammar.closed, context.table.names.titles
    whole = _Candidate(first, last, opens)
    if first < last and tokens[first].fold in closed and _key(tokens, whole) in places():  # "La Haye", "The Hague"
        return [whole]
    while first <= last and (
        tokens[first].fold.removesuffix("'s") in closed
        or (tokens[first].fold in titles and first < last)
        or tokens[first].text == "."
        or (tokens[first].fold in _PARTICLES and not tokens[first].text[0].isupper())
    ):
        first += 1
        opens = False
    return [_Candidate(first, last, opens)] if first <= last and tokens[first].is_capital else []


def _key(tokens: Sequence[Token], c: _Candidate) -> str:
    """Return the name folded, as the gazetteer has it."""
    joined = ""
    for i in range(c.first, c.last + 1):
        token = tokens[i]
        gap = "" if i == c.first or token.start == tokens[i - 1].end else " "
        joined += gap + fold(token.text).replace("’", "'")
    return joined.removesuffix("'s")


def _surnames(context: _Names, candidates: Sequence[_Candidate]) -> frozenset[str]:
    """Return the last words of the names that are surely people's, so that "Roy" alone is known later."""
    tokens, found = context.tokens, set()
    for c in candidates:
        if c.last > c.first and _kind(context, c, frozenset()) == "person":
            found |= {tokens[c.first].fold.removesuffix("'s"), tokens[c.last].fold.removesuffix("'s")}
    return frozenset(found)


def _kind(context: _Names, c: _Candidate, surnames: frozenset[str]) -> str:
    """Return "person", "place" or "" for what the words around do not tell."""
    tokens, known = context.tokens, context.table.names
    words = [token for token in tokens[c.first : c.last + 1] if token.is_word]
    folded = [word.fold.removesuffix("'s") for word in words]
    alone, key = len(words) == 1, _key(tokens, c)
    if key in places() and not (c.opens and key in known.common):
        return "place"
    if alone and folded[0] in surnames and folded[0] not in _proper().organisations:
        return "person"
    if nationality(key) or all(word in context.times for word in folded) or _is_organisation(words, folded):
        return ""
    if not alone and (folded[-1] in _proper().suffixes or folded[0] in _proper().prefixes):
        return "place"
    if _is_titled(context, c):
        return "person"
    if _is_placed(context, c):
        return "place"
    if _speaks(context, c) and not (c.opens and alone and words[0].text.lower().endswith("s")):
        return "person"
    return "person" if _looks_like_a_person(context, c, words, folded) else ""


def _is_organisation(words: Sequence[Token], folded: Sequence[str]) -> bool:
    """Return whether a name is an organisation's: a word of it says so, or it is an acronym."""
    organisations = _proper().organisations
    return any(word in organisations for word in folded) or (len(words) == 1 and _is_acronym(words[0].text))


def _looks_like_a_person(context: _Names, c: _Candidate, words: Sequence[Token], folded: Sequence[str]) -> bool:
    """Return whether a name has the shape of a first and a last name, without an article: not "Les Bleus"."""
    if not 2 <= len(words) <= 4 or any(_is_acronym(w.text) for w in words) or any(nationality(w) for w in folded):
        return False
    bare = [word for word in folded if word not in _PARTICLES]
    before = context.tokens[c.first - 1].fold if c.first else ""
    common = len(bare) < len(folded) and (c.opens or bare[-1] in places())  # "Aide de Moscou", "Tour de France"
    if len(bare) < 2 or before in context.table.names.articles or common:
        return False
    return not any(word in context.table.grammar.closed for word in bare)


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and sum(c.isupper() for c in word) >= 2 and word.isupper()


def _is_titled(context: _Names, c: _Candidate) -> bool:
    """Return whether a title or a function stands right before: "le président chilien ...", "Mr Smith"."""
    tokens, words = context.tokens, context.table.names
    i = c.first - 1
    if i >= 0 and tokens[i].text == ".":
        i -= 1
    for _ in range(words.title_reach):
        if i < 0 or not tokens[i].is_word:
            return False
        if tokens[i].fold in words.titles:
            return True
        if tokens[i].text[0].isupper() or not tokens[i].is_content:
            return False
        i -= 1
    return False


def _is_placed(context: _Names, c: _Candidate) -> bool:
    """Return whether a preposition or a word such as "région de" makes the name a place's."""
    tokens, words, of = context.tokens, context.table.names, context.table.grammar.of
    i = c.first - 1
    if i < 0 or c.last - c.first > 3:
        return False
    before = tokens[i].fold
    while i > 0 and tokens[i].fold in words.inner_articles:
        i -= 1
    if tokens[i].fold in words.to_the and i < c.first - 1:
        return False
    if before in of or tokens[i].fold in of:
        return i > 0 and tokens[i - 1].fold in words.place_words
    if tokens[i].fold in words.place_words:
        return True
    return tokens[i].fold in (words.into if c.last == c.first else words.into_words)


def _speaks(context: _Names, c: _Candidate) -> bool:
    """Return whether the name says something: "Dupont a déclaré", "said Smith"."""
    tokens, words, speech = context.tokens, context.table.names, context.table.grammar.speech
    after = [token.fold for token in tokens[c.last + 1 : c.last + 4] if token.is_word]
    if after and (after[0] in speech or (after[0] in words.said_before and any(w in speech for w in after[1:]))):
        return True
    if not c.first or tokens[c.first - 1].fold not in speech:
        return False
    return context.table.speech.inverts or (c.first > 1 and tokens[c.first - 2].fold in words.inverted_after)
