"""Which one sentence do the words of two questions make?

A word of the one takes the place of a word of the other where the grammar of both stays whole; every word of the result
but the few of the tables ("among the") stands in one of the two. "" says that there is no such sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.facts.relations import GENERIC, OUTCOMES
from index.facts.tables import is_closed
from index.facts.tables import table as facts_table
from index.language import Term, detect, fold, is_stop_word
from qa.question.interpretation import interpret, query_of
from qa.question.naming import (
    are_people,
    are_things,
    could_befall,
    could_follow,
    instead,
    of_another_name,
    relations_of,
)
from qa.question.slots import names_in, stands_for, without_end
from qa.question.tables import question_table, question_tables
from qa.question.wording import (
    ARTICLE,
    AUXILIARY,
    CIRCUMSTANCE_WORD,
    DETERMINER,
    INVERSION,
    PREPOSITION,
    QUANTITY,
    QUESTION_WORD,
)

_WORD = re.compile(r"[^\W_]+")
_ELIDED = ("de", "que", "le", "la")
_LEADING = re.compile(rf"(?:{DETERMINER.pattern.removesuffix('$')})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counting:
    """A question for how many there are of what is its subject, cut into its parts as printed."""

    quantity: str
    """ "Combien de"."""
    counted: str
    """ "soldats nord-coréens"."""
    happened: str
    """ "ont été tués"; "" where nothing did."""
    setting: str
    """ "à Brest": begins with a preposition, or is ""."""
    terms: tuple[Term, ...]
    """Those of `counted`."""


def with_end(question: str, language: str) -> str:
    """Return a question with the mark at its end as its language prints it."""
    return without_end(question) + (question_table(language) or question_tables()[0]).mark


def asked_again(word: str, previous: str) -> str:
    """Return the previous question under another question word: "when?" after "did the troops come back?"."""
    language = detect(previous)
    if not CIRCUMSTANCE_WORD.fullmatch(word):
        return ""
    wh = QUESTION_WORD.match(previous)
    if wh is None:
        if not AUXILIARY.match(previous) and not INVERSION.search(previous):
            return ""
        return with_end(f"{word} {_in_the_middle(previous, language)}", language)
    if CIRCUMSTANCE_WORD.fullmatch(before := wh["word"].strip()):
        if fold(word) != fold(before) and fold(word).endswith(fold(before)):
            return ""  # "since when?" after "when did it start?"
        rest = previous[wh.end() :]
        return with_end(f"{word} {rest}", language) if _asks_of_a_verb(word, rest, language) else ""
    found, table = counting(previous), question_table(language)
    if found is None or table is None or not found.happened:
        return ""
    auxiliary, _, rest = found.happened.partition(" ")
    acts = " ".join(rest.split()[:2])
    past = any(_is_past(one, language) for one in acts.split()) or relations_of(acts, language) & OUTCOMES
    if not AUXILIARY.match(f"{auxiliary} ") or not past:
        return ""
    rest = f"{rest} {found.setting}".strip()
    made = table.again.format(word=word, counted=found.counted, auxiliary=auxiliary, rest=rest)
    return with_end(made, language)


def _asks_of_a_verb(word: str, rest: str, language: str) -> bool:
    """Return whether what stands behind a question word tells of what happens: "did it close", not "is the bridge".

    Where a verb stands before its subject, "quand est mort le roi", no reason is asked for.
    """
    auxiliary, table = AUXILIARY.match(rest), question_table(language)
    if INVERSION.search(rest) or auxiliary is None or table is None:
        return INVERSION.search(rest) is not None
    words = _WORD.findall(rest[auxiliary.end() :])
    if table.inverting:
        return fold(_WORD.findall(rest)[0]) in table.inverting or any(_is_past(one, language) for one in words)
    return interpret(query_of(word)).kind != "reason" and any(_is_past(one, language) for one in words[:1])


def _is_past(word: str, language: str) -> bool:
    """Return whether a word is by its form a participle: "closed"."""
    return facts_table(language).verbs.is_participle(word, fold(word))


def same_subject(own: str, previous: str) -> str:
    """Return a question that has its own predicate with the subject, and the setting, of the previous one."""
    quantity, language = QUANTITY.match(own), detect(previous)
    found = counting(previous) if quantity and not stands_for(own) else None
    if quantity and found and _lacks_head(own):
        predicate = own[quantity.end() :].strip()
        same = fold(quantity.group()) == fold(found.quantity) and AUXILIARY.match(predicate)
        measured = interpret(query_of(previous)).unit
        if not same or measured or not could_follow(predicate, found.counted, found.happened, language):
            return ""
        mine = interpret(query_of(own))
        setting = "" if mine.circumstances or mine.places or mine.times else found.setting
        counted = _how_many(quantity.group(), found.counted, language)
        return with_end(f"{counted} {predicate} {setting}".rstrip(), language)
    table = question_table(detect(own))
    if "," in own or len(names_in(previous, language)) > 1:
        return ""  # "he" may be any of them
    for pattern in table.subject_pronouns if table else ():
        match = pattern.match(own)
        subject = _subject(previous, (match.groupdict().get("pronoun") or "") if match else "", language)
        if match and subject:
            return with_end(f"{match['before']} {subject}{match['after']}", language)
    return ""


def of_another(topic: str, previous: str) -> str:
    """Return the previous question asked about something else: "and the wounded?", "what about Russia?"."""
    article = ARTICLE.match(topic) or _LEADING.match(topic)
    topic = topic[article.end() :] if article else topic
    typed = article.group() if article else ""
    if not topic or is_closed(fold(topic)):
        return ""
    wh, language = QUESTION_WORD.match(previous), detect(previous)
    if topic[0].isupper() and (names := names_in(previous, language)):
        return of_another_name(previous, names, typed, topic)
    if QUANTITY.match(previous) is None:
        return ""
    if _is_outcome(topic, language):
        if interpret(query_of(previous)).unit:
            return ""  # how much ransom, and how many wounded
        return (not typed and _befell(topic, previous, language)) or _of_another_fate(topic, previous, language)
    meaning = interpret(query_of(previous))
    found, table = counting(previous), question_table(language)
    counted = bool(wh and meaning.head and meaning.head[0].start == wh.end())
    named = topic[0].isupper() and not typed and not are_people(topic, language)
    if counted and table and (named or not table.many.search(typed + topic)):
        return ""  # nobody asks how many damage there is, or how many Brel
    if found and found.happened and not could_befall(topic, found.counted, found.happened, language):
        return ""  # nobody asks how many tanks died
    if found and found.terms == meaning.head:
        agrees = table is not None and table.agreeing is not None and table.agreeing.search(found.happened)
        return "" if agrees else _instead(found, topic, language)
    if meaning.head and meaning.predicate and not counted and not INVERSION.search(previous):
        return instead(previous, (meaning.head[0].start, meaning.head[-1].end), typed, topic)
    return ""


def counting(question: str) -> Counting | None:
    """Return the parts of a question for how many there are of its subject; None for any other."""
    wh = QUESTION_WORD.match(question)
    if wh is None or not QUANTITY.match(question) or INVERSION.search(question):
        return None
    meaning = interpret(query_of(question))
    counted = meaning.head or meaning.predicate[:1]
    if not counted or counted[0].start != wh.end():
        return None
    end = counted[-1].end
    setting = _first_preposition(question, end)
    happened = question[end:setting].strip(" ?!.…,")
    others = [term.start for term in meaning.circumstances]
    others += [name.start for name in (*meaning.names, *meaning.places)]
    acts = any(AUXILIARY.match(question[word.start() :]) for word in _WORD.finditer(question, setting))
    if acts or _is_inverted(happened, meaning.language) or any(end <= start < setting for start in others):
        return None
    quantity = QUANTITY.match(question)
    assert quantity is not None
    return Counting(
        quantity=quantity.group(),
        counted=question[wh.end() : end],
        happened=happened,
        setting=without_end(question[setting:]),
        terms=tuple(counted),
    )


def _first_preposition(question: str, start: int) -> int:
    """Return where the first preposition from here begins, that of an agent ("by the army") left out; else the end."""
    for match in _WORD.finditer(question, start):
        if PREPOSITION.match(question[match.start() :]) and fold(match.group()) != "by":
            return match.start()
    return len(question)


def _is_inverted(happened: str, language: str) -> bool:
    """Return whether a helping verb stands before its subject: then what is counted is an object."""
    table, words = question_table(language), fold(happened).split()
    if table is None or not words or words[0] not in table.inverting:
        return False
    return len(words) > 1 and not _is_past(words[1], language) and words[1] not in ("be", "been", "not")


def _with_counted(found: Counting, counted: str, language: str) -> str:
    """Return a counting question with something else in the place of what it counts."""
    asked = (_how_many(found.quantity, counted, language), found.happened, found.setting)
    return with_end(" ".join(filter(None, asked)), language)


def _instead(found: Counting, topic: str, language: str) -> str:
    """Return how many there are of something else; "" where "cases of cholera" tells what is talked about."""
    return _with_counted(found, topic, language) if len(found.terms) == 1 else ""


def _how_many(quantity: str, counted: str, language: str) -> str:
    """Return "how many sailors", "combien de marins", "combien d'hommes"."""
    table = question_table(language)
    plain, elided, vowels = table.elided if table else ("", "", "")
    return f"{quantity} {elided if counted[:1].lower() in tuple(vowels) else plain}{counted}"


def _of_another_fate(topic: str, previous: str, language: str) -> str:
    """Return how many others things befell: of the same people, where they were told to have been killed, say."""
    found, table = counting(previous), question_table(language)
    if found is None or table is None or are_things(found.counted, language):
        return ""
    counted, befell = relations_of(found.counted, language), bool(relations_of(found.happened, language) & OUTCOMES)
    if counted & OUTCOMES or not befell:
        # The dead are not in hospital, and the wounded are not sent as firefighters are.
        same = not found.happened or (counted & OUTCOMES and not befell)
        return _instead(found, topic, language) if same else ""
    of_them = "" if counted & GENERIC else f"{table.among} {found.counted}"
    return _with_counted(replace(found, happened=of_them), topic, language)


def _befell(topic: str, previous: str, language: str) -> str:
    """Return how many something else befell, told by a participle in the place of that before: "and injured?"."""
    found = counting(previous)
    if found is None or " " in topic or not _is_past(topic, language):
        return ""
    auxiliary, _, before = found.happened.rpartition(" ")
    fate = relations_of(before, language) & OUTCOMES
    if not fate or not AUXILIARY.fullmatch(f"{auxiliary} ") or not _is_past(before, language):
        return ""
    if facts_table(language).grammar.plural_endings and before[-1] != topic[-1]:
        return ""  # "ont disparu" has not happened to them as "blessés" has
    return _with_counted(replace(found, happened=f"{auxiliary} {topic}"), found.counted, language)


def _subject(previous: str, pronoun: str, language: str) -> str:
    """Return what a question is about, where that stands before its verb and `pronoun`, if any, may stand for it."""
    table = question_table(language)
    named = table.of_whom.match(previous) if table else None
    if named:
        return named["name"] if named["name"][0].isupper() else ""
    wh, inverted = QUESTION_WORD.match(previous), INVERSION.search(previous)
    start = wh.end() if wh else 0
    meaning = interpret(query_of(previous))
    if inverted and pronoun:
        # What "how many hectares" counts would be lost, and tells what the conversation is about.
        asks = wh is None or CIRCUMSTANCE_WORD.fullmatch(wh["word"].strip())
        if not asks or inverted.group().rpartition("-")[2].lower() != pronoun.lower():
            return ""
        return _in_the_middle(previous[start : inverted.start()].strip(), language)
    auxiliary = AUXILIARY.match(previous[start:])
    at = start + auxiliary.end() if auxiliary else -1
    return next((name.text for name in meaning.names if name.start == at), "")


def _in_the_middle(text: str, language: str) -> str:
    """Return a text as it is printed within a sentence: a function word that began one loses its capital."""
    first = text.split(" ")[0].split("'")[0].split("’")[0]
    return text[:1].lower() + text[1:] if is_stop_word(first, language) else text


def _lacks_head(own: str) -> bool:
    """Return whether "how many" is followed by a verb and not by what is counted."""
    wh = QUESTION_WORD.match(own)
    return wh is not None and (bool(AUXILIARY.match(own[wh.end() :])) or not interpret(query_of(own)).head)


def _is_outcome(topic: str, language: str) -> bool:
    """Return whether a topic says what happened ("the wounded") and not to whom ("the civilians")."""
    return bool(relations_of(topic, language) & OUTCOMES)
