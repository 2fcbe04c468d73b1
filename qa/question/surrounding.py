"""Which sentence does a question make at another place or time, or as another says it?

What is of one kind with it in the earlier question gives way to it: "à Brest" to "à Toulon", "in 2023" to "in March".
Where that question names something that is not put in that way, no sentence says whether it still holds: "".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.calendar import read_calendar
from index.facts.read import spans
from index.facts.tables import is_closed
from index.facts.tables import table as facts_table
from index.language import detect, fold
from qa.question.interpretation import interpret, query_of
from qa.question.slots import Place, is_one_clause, is_plain, names_in, times_in, without_end
from qa.question.substitution import with_end
from qa.question.tables import question_table, question_tables
from qa.question.wording import (
    ACCORDING,
    ACCORDING_TAIL,
    ARTICLE,
    NAME,
    PLACE_PRONOUN,
    PREPOSITION,
    QUANTITY,
    QUESTION_WORD,
)

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BEHIND = re.compile(r"\s+([^\W\d_]+)")
_YEAR = re.compile(r"\b\d{4}\b")


def said_by(speaker: str, previous: str) -> str:
    """Return the previous question as somebody says it: "according to the union", "who says so".

    Who is asked about, or for what somebody said, may be who says so already; then there is no such sentence.
    """
    language, end = detect(previous), without_end(previous)
    tail = ACCORDING_TAIL.search(end)
    asked = end[: tail.start()] if tail else end
    if tail and (times_in(tail.group(), language) or _settings(tail.group(), 1)):
        return ""  # "according to the union in March"
    if ACCORDING.fullmatch(speaker) and not ACCORDING_TAIL.match(speaker):
        speaker = (question_table(language) or question_tables()[0]).says_who
    if _asks_who(speaker) and not QUANTITY.match(previous):
        return ""
    meaning = interpret(query_of(asked))
    if QUESTION_WORD.match(end) is None or meaning.kind in ("quotation", "person") or meaning.names:
        return ""
    return with_end(f"{asked}, {speaker}", language)


def is_speaker(text: str) -> bool:
    """Return whether words tell who says so, or ask it, and nothing else."""
    if ACCORDING.fullmatch(text):
        return True
    tail = ACCORDING_TAIL.match(text)
    return tail is not None and (is_plain(text) or _asks_who(text))


def _asks_who(speaker: str) -> bool:
    last = speaker.split(" ")[-1]
    return QUESTION_WORD.fullmatch(last) is not None and len(speaker.split()) <= 3


def elsewhere(where: str, previous: str) -> str:
    """Return the previous question at another place or time: "à Toulon" after "à Brest"."""
    language, end = detect(previous), without_end(previous)
    said = ACCORDING_TAIL.search(end)  # "in March" goes before "according to the union"
    at = said.start() if said else len(end)
    asked = end[:at]
    times = times_in(asked, language)
    if PLACE_PRONOUN.search(asked) and not is_time(where, language):
        return ""  # "how many died there in Arcy"
    if is_time(where, language):
        if times and (len(times) > 1 or (_YEAR.search(asked) and not _YEAR.search(where))):
            return ""
        settings = _with_prepositions(asked, times) if PREPOSITION.match(where) else times
        if not times and _tells_when(asked, language):
            return ""
    else:
        names = names_in(asked, language)
        settings = [one for one in _settings(asked, 0) if names and one[1] == names[0][1]]
        if len(names) > 1 or len(names) != len(settings) or not _are_alike(where, asked, settings, language):
            return ""
        if not settings and _is_surrounded(asked, language):
            return ""  # "in the world" may give way, or not
    if settings:
        start, stop = settings[0]
        if not _fits(where, asked, settings[0], language):
            return ""
        return with_end(f"{end[:start]}{where}{end[stop:]}", language)
    return with_end(f"{asked} {where}{end[at:]}", language) if QUANTITY.match(previous) else ""


def _is_surrounded(asked: str, language: str) -> bool:
    """Return whether a preposition stands in a question, which may lead to a place."""
    grammar, words = facts_table(language).grammar, list(_WORD.finditer(asked))
    led = any(fold(word.group()) in grammar.prepositions - grammar.of for word in words)
    return led or any(PREPOSITION.match(asked[word.start() :]) for word in words)


def _tells_when(asked: str, language: str) -> bool:
    """Return whether a question may tell when in words that hold no date: "since they came", "last oct"."""
    table, words = question_table(language), [fold(word) for word in _WORD.findall(asked)]
    months = [name for name in read_calendar(language).month_numbers if isinstance(name, str)]
    short = any(len(word) > 2 and name.startswith(word) for word in words for name in months)
    return short or not is_one_clause(asked) or bool(table and table.subordinating & set(words))


def _fits(where: str, asked: str, place: Place, language: str) -> bool:
    """Return whether a sentence stays whole where a setting gives way: no "on yesterday", no "the in March flood"."""
    before, after = _WORD.findall(asked[: place[0]]), _BEHIND.match(asked[place[1] :])
    if asked[place[1] :].startswith(("'s", "’s")):
        return False  # "next year's race"
    setting, grammar = asked[slice(*place)], facts_table(language).grammar
    if PREPOSITION.match(where):
        articled = any(fold(word) in grammar.determiners for word in _WORD.findall(setting))
        joined = after is not None and not is_closed(fold(after.group(1)))
        if joined and (articled or not PREPOSITION.match(setting)):
            return False  # "the autumn 2025 ballot"
        return not (before and fold(before[-1]) in grammar.determiners | grammar.of)
    led = bool(before) and (is_closed(fold(before[-1])) or fold(before[-1]) in grammar.determiners)
    return not led or _time_kind(where, language) == _time_kind(setting, language) != ""


def _time_kind(text: str, language: str) -> str:
    """Return whether words are a year, a month or a day of the week alone; "" for any other."""
    calendar, word = read_calendar(language), fold(text)
    kinds = {
        "month": word in calendar.month_numbers,
        "weekday": word in calendar.weekday_numbers,
        "year": _YEAR.fullmatch(text),
    }
    return next((kind for kind, found in kinds.items() if found), "")


def is_setting(text: str, language: str) -> bool:
    """Return whether words are a place, or a time, with what leads to it, and nothing else."""
    whole = (0, len(text))
    return whole in (*_settings(text, 0), *_with_prepositions(text, times_in(text, language)))


def is_set(question: str, where: str) -> bool:
    """Return whether a question tells a place itself, or a time, which this one contradicts."""
    language = detect(question)
    if is_time(where, language):
        return bool(times_in(question, language))
    return any(not is_time(question[start:end], language) for start, end in _settings(question, 0))


def _are_alike(where: str, text: str, settings: Sequence[Place], language: str) -> bool:
    """Return whether two settings are led to by one word, or both are known to be places."""
    preposition = PREPOSITION.match(where)
    for start, stop in settings:
        other = PREPOSITION.match(text[start:])
        same = preposition and other and fold(preposition.group()) == fold(other.group())
        if not same and not all(is_place(one, language) for one in (where, text[start:stop])):
            return False
    return True


def is_place(text: str, language: str) -> bool:
    """Return whether words hold the name of a place."""
    return any(span.kind == "place" for span in spans(text, language))


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


def _with_prepositions(text: str, times: Sequence[Place]) -> list[Place]:
    """Return where a text tells when, with the prepositions before that."""
    before = [(m.start(), m.end()) for m in _WORD.finditer(text) if PREPOSITION.fullmatch(m.group())]
    return [(next((a for a, b in before if b == start - 1), start), stop) for start, stop in times]


def is_time(text: str, language: str) -> bool:
    """Return whether words tell when: they hold a date."""
    return any(span.kind == "date" for span in spans(text, language)) or bool(re.search(r"\b\d{4}\b", text))
