"""How is a question read? Completed from the conversation, seen as the index sees it, and interpreted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.facts.states import shorten_states
from index.language import detect, fold
from index.search import Query
from qa.question.casing import capitalise_places
from qa.question.follow_up import LONGEST, complete, restricted
from qa.question.interpretation import interpret
from qa.question.question import Question
from qa.question.tables import question_table

_LED = re.compile(r"\b(?:the|la|le|les|une?|ma|sa|de|du)\s$", re.IGNORECASE)


class Vocabulary(Protocol):
    """What the reading of a question needs of a corpus: its words with their alternatives there."""

    def query(self, question: str) -> Query: ...


_TYPED = re.compile(r"(?<![\w’'-])[^\W\d_]{1,9}(?![\w’'-])")


def write_out(text: str, language: str = "") -> str:
    """Return a question with what was typed in haste or abbreviated written out: the words that ask, and fates.

    Its language is found out where it is not given.

    A word that leads to a noun keeps one from being read so ("la cb"), and so does a capital.

    >>> write_out("y a cb de blessés"), write_out("volée avec la cb"), write_out("KIA in May?")
    ('y a combien de blessés', 'volée avec la cb', 'killed in action in May?')
    """
    table = question_table(language or detect(text))
    if table is None:
        return text

    def written(match: re.Match[str]) -> str:
        word = match.group()
        if word != word.lower():
            return table.written_out.get(word, word)
        return word if _LED.search(text[: match.start()]) else table.written_out.get(fold(word), word)

    return _TYPED.sub(written, text)


def plain_words(text: str) -> str:
    """Return a question in the words that articles have: written out, countries by their short names, places large."""
    language = detect(text)
    return capitalise_places(shorten_states(_SAINT.sub(_saint, write_out(text, language)), language))


_SAINT = re.compile(r"\b([Ss])t(e?)-(?=[^\W\d_])")


def _saint(match: re.Match[str]) -> str:
    """Return the beginning of a name of a place as it is printed, "Saint-" for "St-"."""
    return f"{match[1]}aint{match[2]}-"


def read_question(text: str, corpus: Vocabulary, history: Sequence[str] = (), *, shown: Sequence[str] = ()) -> Question:
    """Return what a question asks for after those before it.

    `history` holds the earlier questions as they were understood, oldest first; `shown` the sources of the last
    answer, in the order in which it showed them, for "and in the second source?".
    """
    understood, sources = plain_words(" ".join(text.split())), None
    if history and len(understood) <= LONGEST:
        understood, sources = restricted(understood, shown)
        previous = " ".join(history[-1].split())
        completed = complete(understood, previous) if understood or sources is None else previous
        understood = " ".join(completed.split())
    return replace(interpret(corpus.query(understood)), asked=text, sources=sources)
