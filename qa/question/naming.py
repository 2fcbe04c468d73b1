"""Where does what is asked about give way, in a question, to something else of its kind? A name to a name, no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.facts.gazetteer import nationality
from index.facts.read import spans
from index.facts.relations import HUMAN, OUTCOMES, asked_classes
from index.facts.tables import is_closed
from index.facts.tables import table as facts_table
from index.language import detect, fold, terms
from qa.question.slots import Place
from qa.question.tables import question_table, question_tables
from qa.question.wording import DETERMINER, INVERSION, NAME, PREPOSITION

_WORD = re.compile(r"[^\W_]+")
_OWNING = ("'s", "’s")
_ELIDED = ("de", "que", "le", "la")


def of_another_name(previous: str, names: Sequence[Place], article: str, topic: str) -> str:
    """Return a question with a name in the place of the only one in it, which is asked about and is no setting."""
    start, end = names[0]
    before = previous[:start]
    words = before.split()
    leading = words[-1] if words else ""
    owned = DETERMINER.search(before) is not None
    if (
        NAME.fullmatch(topic) is None
        or len(names) > 1
        or PREPOSITION.fullmatch(leading)
        or before.endswith(("'", "’"))
        or previous[start:end].endswith(_OWNING)
        or owned != bool(article)
        or _is_led(_WORD.findall(before), detect(previous))
    ):
        return ""
    if owned and len(words) > 1 and PREPOSITION.fullmatch(words[-2]):
        return ""
    if not owned and fold(leading) in facts_table(detect(previous)).grammar.determiners:
        return ""  # "du Havre", but "de Brest"
    of = fold(leading) in facts_table(detect(previous)).grammar.of
    if _is_compound(previous, start, end) or _are_unlike(previous[start:end], topic, detect(previous), of=of):
        return ""
    vowels = (question_table(detect(previous)) or question_tables()[0]).elided[2]
    if vowels and not owned and leading in _ELIDED and topic[0].lower() in vowels:
        return ""  # "de Brest", but "d'Arles"
    return in_place(previous, (start, end), article, topic)


def instead(previous: str, place: Place, article: str, topic: str) -> str:
    """Return a question with a topic in the place of its subject, where that is a noun with its article alone."""
    (start, end), language = place, detect(previous)
    own = DETERMINER.search(previous[:start])
    before = _WORD.findall(previous[: own.start()]) if own else []
    words = [fold(word) for word in _WORD.findall(previous[start:end])]
    after = re.match(r"\s*([^\W\d_]+)", previous[end:])
    of = facts_table(language).grammar.of
    joined = (*before[-1:], *(after.groups() if after else ()))
    table = question_table(language)
    printed = own.group() + previous[start:end] if own else ""
    if table and (not article or bool(table.many.search(article + topic)) != bool(table.many.search(printed))):
        return ""  # "a flats", "how much does the flats cost"
    if own is None or any(map(is_closed, words)) or any(fold(word) in of for word in joined):
        return ""  # "how many of the trains", "the closing of the school"
    return in_place(previous, place, article, topic)


def _is_led(before: Sequence[str], language: str) -> bool:
    """Return whether a preposition, or a noun, leads to what stands behind these words: "near", "of the museum"."""
    grammar, words = facts_table(language).grammar, [fold(word) for word in before]
    leading = grammar.prepositions - grammar.of
    noun = len(words) > 1 and not is_closed(words[-1]) and words[-2] in leading | grammar.of | grammar.determiners
    return noun or bool(leading & set(words[-1:]))


def _is_compound(previous: str, start: int, end: int) -> bool:
    """Return whether a name is a part of another: "the Kiruna mine", "the 72nd Tour"."""
    before, after = _WORD.findall(previous[:start]), re.match(r"\s+([^\W\d_]+)", previous[end:])
    numbered = bool(before) and before[-1][0].isdigit()
    inverting = (question_table(detect(previous)) or question_tables()[0]).inverting
    led = not before or fold(before[-1]) not in inverting
    return numbered or (led and after is not None and not is_closed(fold(after.group(1))))


def _are_unlike(one: str, other: str, language: str, *, of: bool) -> bool:
    """Return whether one name is known as that of a person and the other as that of a place, or as none behind "of"."""
    kinds = [{span.kind for span in spans(name, language)} & {"person", "place"} for name in (one, other)]
    return not kinds[0] & kinds[1] and (all(kinds) or (of and "person" in kinds[0] | kinds[1]))


def could_befall(topic: str, counted: str, happened: str, language: str) -> bool:
    """Return whether what happened to one thing may be asked of another: death of people alone, else of its like."""
    if relations_of(happened, language) & OUTCOMES:
        return are_people(topic, language)
    return are_people(topic, language) == are_people(counted, language)


def could_follow(happened: str, counted: str, before: str, language: str) -> bool:
    """Return whether it may be asked of how many this happened, too: the dead are not repaired, nor ships wounded."""
    relations, of = relations_of(counted, language), facts_table(language).grammar.of
    if relations & OUTCOMES or any(fold(word) in of for word in _WORD.findall(counted)):
        return False  # "how many hurt were killed", "how many millimetres of rain were killed"
    fates = [bool(relations_of(words, language) & OUTCOMES) for words in (happened, before)]
    return fates[0] == fates[1] or (fates[0] and not are_things(counted, language))


def are_people(text: str, language: str) -> bool:
    """Return whether a word of a text is known to be for people."""
    words = [text[term.start : term.end] for term in terms(text, language)]
    table, titles = question_table(language), facts_table(language).names.titles
    return bool(relations_of(text, language) & HUMAN) or any(
        {fold(word), fold(word).removesuffix("s")} & titles
        or (nationality(fold(word)) and word[0].isupper())
        or (table and table.people.fullmatch(word))
        for word in words
    )


def are_things(text: str, language: str) -> bool:
    """Return whether a text is known to be for what is no people, nor told by what befell them."""
    relations = relations_of(text, language)
    return bool(relations) and not relations & OUTCOMES and not are_people(text, language)


def relations_of(text: str, language: str) -> frozenset[str]:
    """Return every relation that a word of a question may belong to."""
    words = (text[term.start : term.end] for term in terms(text, language))
    return frozenset[str]().union(*(asked_classes(fold(word), language) for word in words))


def in_place(previous: str, place: tuple[int, int], article: str, topic: str) -> str:
    """Return a question with a topic in the place of what it asks about, and the topic's article, where it has one.

    A verb with its pronoun behind it may agree with what goes: then there is no sentence.
    """
    before = previous[: place[0]]
    own = DETERMINER.search(before)
    if own and article and fold(own.group()).strip() != fold(article).strip():
        if INVERSION.search(previous):
            return ""
        before = before[: own.start()] + article
    return before + topic + previous[place[1] :]
