"""Which parts of a question could another take the place of? What there is only one of is surely meant."""

from __future__ import annotations

import re

from index.facts.read import spans
from index.facts.tables import table
from index.language import detect, fold, is_stop_word
from qa.question.tables import question_tables
from qa.question.wording import (
    ACCORDING_TAIL,
    ASKING_TWICE,
    AUXILIARY,
    INVERSION,
    NAME,
    PRONOUN,
    QUESTION_WORD,
    STAND_IN,
)

_PART = re.compile(r"[^\W_]+")
_CLAUSES = re.compile(r"[,;:]")

Place = tuple[int, int]


def without_end(question: str) -> str:
    """Return a question without the marks at its end."""
    return question.rstrip(" ?!.…")


def is_sentence(question: str) -> bool:
    """Return whether a question is put as one, in words of one clause, and not as "the wounded?"."""
    asks = QUESTION_WORD.match(question) or _opens_with_verb(question) or INVERSION.search(question)
    return bool(asks) and len(_PART.findall(question)) > 1


def _opens_with_verb(text: str) -> bool:
    """Return whether a helping verb opens a text: "a" is one in French, and none in "a week earlier"."""
    verb = AUXILIARY.match(text)
    return verb is not None and fold(verb.group()).strip() not in table(detect(text)).grammar.determiners


def is_one_clause(question: str) -> bool:
    """Return whether a question has no clause within it, nor one beside it: "when the river rose", ", any figure?"."""
    end = without_end(question)
    tail = ACCORDING_TAIL.search(end, 1)
    asked = ASKING_TWICE.sub("", end[: tail.start()] if tail else end)
    wh = QUESTION_WORD.match(asked)
    words = [match.start() for match in _PART.finditer(asked, wh.end() if wh else 0)]
    return not _CLAUSES.search(asked) and not any(
        QUESTION_WORD.match(asked[at:]) or _is_asking_in_haste(asked[at:]) for at in words
    )


def _is_asking_in_haste(text: str) -> bool:
    """Return whether a text begins with a word that asks, as it is typed in haste."""
    first = _PART.match(text)
    return first is not None and any(
        QUESTION_WORD.match(one.written_out.get(fold(first.group()), "")) for one in question_tables()
    )


def stands_for(text: str) -> bool:
    """Return whether a word of a text stands for something that it does not name."""
    return PRONOUN.search(text) is not None or STAND_IN.search(text) is not None


def is_plain(fragment: str) -> bool:
    """Return whether words are a part of a sentence and none themselves: they ask and tell nothing."""
    if _CLAUSES.search(without_end(fragment)) or stands_for(fragment):
        return False
    words = [match.start() for match in _PART.finditer(fragment)]
    return not any(found.match(fragment[at:]) for at in words[1:] for found in (QUESTION_WORD, _HELPING))


_HELPING = re.compile(rf"(?:{AUXILIARY.pattern})(?=\s|$)", re.IGNORECASE)


def times_in(text: str, language: str) -> list[Place]:
    """Return where a text tells when."""
    return [(span.start, span.end) for span in spans(text, language) if span.kind == "date"]


def names_in(question: str, language: str) -> list[Place]:
    """Return where a question names something, but a time; the capital at its beginning tells nothing."""
    wh = QUESTION_WORD.match(question)
    begin = wh.end() if wh else 0
    times = times_in(question, language)
    found = [match.span() for match in NAME.finditer(question, begin)]
    first = question.split(" ")[0]
    opens = is_stop_word(first.split("'")[0].split("’")[0], language) or AUXILIARY.match(question) is not None
    return [
        (start, end)
        for start, end in found
        if not (start == 0 and opens and end <= len(first)) and not any(a < end and start < b for a, b in times)
    ]
