"""Is it asked who says so, and who does? A speaker of the passage, and no place or person that it only names."""

from __future__ import annotations

import re

from index.facts import LANGUAGES, Fact
from index.facts.gazetteer import places, seats
from index.facts.read import find_speakers
from index.facts.tables import table
from index.facts.towns import towns_named
from index.language import fold
from qa.question import Question
from qa.question.wording import ACCORDING_TAIL, QUESTION_WORD

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_MARK = re.compile(r"[,;:.!?()«»“”\"]")
_NEAR = 7
"""Words of a question for a person among which its verb of speech stands, at most: "who was the first to confirm"."""
_ARTICLES = frozenset[str]().union(*(table(code).names.articles for code in LANGUAGES))
_HELPED = 3
"""Words behind a name among which its verb of speech stands, at most."""
_TAIL = 3
"""Words of "selon qui", at most."""


def without_tail(text: str) -> str:
    """Return a question without the words behind it that ask who says so; they ask for nothing that the rest does.

    >>> without_tail("combien de morts, selon qui ?"), without_tail("how many died, according to the police?")
    ('combien de morts ?', 'how many died, according to the police?')
    """
    asked = text.rstrip(" ?")
    tail = ACCORDING_TAIL.search(asked)
    words = tail.group().strip(" ,").split() if tail and tail.start() else []
    if not words or len(words) > _TAIL or QUESTION_WORD.fullmatch(words[-1]) is None:
        return text
    return asked[: tail.start()] + text[len(asked) :] if tail else text


def asks_who_says(question: Question) -> bool:
    """Return whether a question asks for whoever said something: its verb is one of speech, or it asks "selon qui"."""
    if question.kind != "person" or question.language not in LANGUAGES:
        return False
    grammar = table(question.language).grammar
    words = [fold(word) for word in _WORD.findall(question.text)[:_NEAR]]
    said = (n for n, word in enumerate(words) if word in grammar.speech)
    return ACCORDING_TAIL.match(question.text) is not None or any(
        n > 0 and words[n - 1] not in grammar.determiners for n in said
    )


def sayer_of(taken: Fact, text: str, language: str, part: tuple[int, int]) -> Fact | None:
    """Return who says what the sentence `part` of a passage says, where the reader takes these words for who does.

    The speaker of the sentence, if it has one; else the words themselves, unless they are but a place: what happened
    there is said by somebody else.
    """
    spoken = [who for who in find_speakers(text, language) if part[0] <= who.start < part[1]]
    own = [who for who in spoken if who.start < taken.end and taken.start < who.end]
    if spoken and (taken.end > part[1] or not (own or _speaks(text[taken.end : part[1]], language))):
        who = (own or spoken)[0]
        return Fact("words", who.start, who.end)
    return None if not own and is_place(text[taken.start : taken.end]) else taken


def _speaks(behind: str, language: str) -> bool:
    """Return whether the words behind a name begin with its verb of speech: "a (également) estimé"."""
    return any(fold(word) in table(language).grammar.speech for word in _WORD.findall(_MARK.split(behind)[0])[:_HELPED])


def is_place(name: str) -> bool:
    """Return whether a name is that of a country or a town, and nothing else.

    >>> is_place("la Corée du Sud"), is_place("Séoul"), is_place("la police de Séoul"), is_place("le NIS")
    (True, True, False, False)
    """
    words = _WORD.findall(re.sub(r"(?<=\b[Ll])['’]", " ", name))
    while words and fold(words[0]) in _ARTICLES:
        words = words[1:]
    whole = fold(" ".join(words))
    return whole in places() or whole in seats() or bool(towns_named(" ".join(words)))
