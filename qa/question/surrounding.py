"""Which sentence does a question make at another place or time, or as another says it?

What is of one kind with it in the earlier question gives way to it: "à Brest" to "à Toulon", "in 2023" to "in March".
Where that question names something that is not put in that way, no sentence says whether it still holds: "".
"""

from __future__ import annotations

import re

from index.facts.read import spans
from index.language import detect
from qa.question.substitution import with_end, without_end
from qa.question.tables import question_table, question_tables
from qa.question.wording import ACCORDING, ACCORDING_TAIL, ARTICLE, NAME, PREPOSITION, QUESTION_WORD

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def said_by(speaker: str, previous: str) -> str:
    """Return the previous question as somebody says it: "according to the union", "who says so"."""
    language = detect(previous)
    if ACCORDING.fullmatch(speaker):
        speaker = (question_table(language) or question_tables()[0]).says_who
    return with_end(f"{ACCORDING_TAIL.sub('', without_end(previous))}, {speaker}", language)


def elsewhere(where: str, previous: str) -> str:
    """Return the previous question at another place or time: "à Toulon" after "à Brest"."""
    language, end = detect(previous), without_end(previous)
    preposition = PREPOSITION.match(where)
    if preposition and QUESTION_WORD.match(where[preposition.end() :].lstrip()):
        return ""  # "in which country?"
    said = ACCORDING_TAIL.search(end)  # "in March" goes before "according to the union"
    at = said.start() if said else len(end)
    timed = is_time(where, language)
    wh = QUESTION_WORD.match(end)
    begin = wh.end() if wh else 0
    places = [one for one in _settings(end[:at], begin) if not is_time(end[slice(*one)], language)]
    settings = _times(end[:at], language, whole=preposition is not None) if timed else places
    if settings:
        start, stop = settings[-1]
        return with_end(f"{end[:start]}{where}{end[stop:]}", language)
    named = NAME.search(end[:at], wh.end() if wh else 1)
    if named and not timed and NAME.search(where):
        return ""
    return with_end(f"{end[:at]} {where}{end[at:]}", language)


def _settings(text: str, begin: int) -> list[tuple[int, int]]:
    """Return where a preposition stands with a name, or a time, and nothing else: "à Brest", "in March"."""
    found = []
    for word in _WORD.finditer(text, begin):
        preposition = PREPOSITION.match(text[word.start() :])
        if preposition is None:
            continue
        after = word.start() + preposition.end()
        after += len(text[after:]) - len(text[after:].lstrip())
        article = ARTICLE.match(text[after:])
        after += article.end() if article else 0
        name = NAME.match(text[after:]) or re.match(r"\d{4}\b", text[after:])
        if name and not re.match(r"\s+[^\W\d_]", text[after + name.end() :]):
            found.append((word.start(), after + name.end()))
    return found


def _times(text: str, language: str, *, whole: bool) -> list[tuple[int, int]]:
    """Return where a text tells when, with the prepositions before that where they are asked for as well."""
    found = [(span.start, span.end) for span in spans(text, language) if span.kind == "date"]
    if not whole:
        return found
    before = [(m.start(), m.end()) for m in _WORD.finditer(text) if PREPOSITION.fullmatch(m.group())]
    return [(next((a for a, b in before if b == start - 1), start), stop) for start, stop in found]


def is_time(text: str, language: str) -> bool:
    """Return whether words tell when: they hold a date."""
    return any(span.kind == "date" for span in spans(text, language)) or bool(re.search(r"\b\d{4}\b", text))
