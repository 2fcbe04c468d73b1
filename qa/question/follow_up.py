"""What does "and the wounded?" mean after the last question?

A follow-up lacks something: its subject, its question word, or both. Where the words of the two questions make one
sentence, that is what it means; where they do not, it is shown with the question that it leans on, both as they were
put, and what it lacks is taken from that when it is read. A question that lacks nothing stands alone, however long the
conversation.

>>> complete("and how many were wounded?", "How many soldiers died?")
'how many soldiers were wounded?'
>>> complete("and what does it cost?", "Where is the new bridge?")
'what does it cost? (after: Where is the new bridge?)'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language import detect, fold, terms
from qa.question.dependence import FROM, leans
from qa.question.leaning import lean, take_apart
from qa.question.slots import is_one_clause, is_plain, is_sentence, stands_for, without_end
from qa.question.substitution import asked_again, of_another, same_subject, with_end
from qa.question.surrounding import elsewhere, is_set, is_setting, is_speaker, said_by
from qa.question.wording import (
    ARTICLE,
    AUXILIARY,
    COURTESY,
    LEAD,
    NAME,
    ORDINALS,
    PREPOSITION,
    PRONOUN,
    QUANTITY,
    QUESTION_WORD,
    SOURCE,
    TOPIC,
    opening_language,
)

LONGEST = 300
"""Characters above which a question is taken to stand alone, and one that others lean on is cut to its own words."""

_WORD = re.compile(r"[^\W_]+")

_PARTS = ("topic", "question", "speaker")

LONGEST_CLAUSE = 40
"""Characters of each part of a fragment with a comma within, at most."""

LONGEST_TOPIC = 4
"""Terms of what the same is asked about, at most."""


def complete(question: str, previous: str) -> str:
    """Return the question as it is meant after the one before it, given as that was understood.

    What is only polite asks nothing, and is part of no question that another completes.
    """
    put, question = question, COURTESY.sub("", question)
    lead = LEAD.match(question)
    bare = question[lead.end() :] if lead else question
    if not bare or not previous.strip() or not (_is_part(bare, led=lead is not None) or leans(question) >= FROM):
        return put
    lacking = _lacking(bare, led=lead is not None)
    leaning = take_apart(previous)
    earlier = previous[slice(*leaning[0])] if leaning else previous
    told = leaning and lacking == "question" and is_set(previous[slice(*leaning[1])], without_end(bare))
    made = "" if told or _mixes(question, bare, earlier) else _sentence(lacking, bare, earlier)
    if made:
        stands = lacking == "topic" and bool(NAME.search(made, 1)) and not stands_for(made)
        return made + previous[len(earlier) :] if leaning and not stands else made
    if leaning and (len(previous) > LONGEST or _asks_anew(lacking, bare) or _says_nothing(lacking, earlier)):
        # Two questions are read side by side, and not three: what a pronoun means is told by the one that names it.
        nothing = _says_nothing(lacking, earlier)
        previous = _first(previous)
        made = "" if _mixes(question, bare, previous) or not nothing else _sentence(lacking, bare, previous)
    previous = _without_middle(bare, previous, lacking)
    language = opening_language(question) or detect(previous)
    asks = QUESTION_WORD.match(bare) is not None
    own = bare if asks or PRONOUN.search(bare) else question
    return made or lean(with_end(own, language) if asks else own.strip(), previous, language)


def _asks_anew(lacking: str, bare: str) -> bool:
    """Return whether a question asks something itself of what the conversation is about, and not the same again."""
    quantity = QUANTITY.match(bare)
    if lacking in ("everything", "speaker") or (quantity and AUXILIARY.match(bare[quantity.end() :].lstrip())):
        return False  # "how many were hurt?" is asked of those in the question before
    asking = any(QUESTION_WORD.match(bare[match.start() :]) for match in _WORD.finditer(bare))
    return asking or (is_sentence(bare) and PRONOUN.search(bare) is None)


def _without_middle(own: str, previous: str, lacking: str) -> str:
    """Return what a part of a question leans on: at most two, and none in the place of which it stands itself."""
    leaning = take_apart(previous)
    if leaning is None:
        return previous
    middle, rest = previous[slice(*leaning[0])], previous[slice(*leaning[1])]
    if _is_alike(own, LEAD.sub("", middle), lacking):
        return _without_middle(own, rest, lacking)
    return previous.replace(rest, _first(rest))


def _is_alike(one: str, other: str, lacking: str) -> bool:
    """Return whether of two parts of questions one surely takes the place of the other: "les enfants", "les femmes"."""
    if lacking not in _PARTS or _lacking(other, led=True) != lacking:
        return False
    articles = [article and fold(article.group()) for article in map(ARTICLE.match, (one, other))]
    return lacking != "topic" or (articles[0] is not None and articles[0] == articles[1])


def _is_part(bare: str, *, led: bool) -> bool:
    """Return whether a question is only a part of one, whatever it is about: its word, its setting, who says it."""
    end = without_end(bare)
    wh = QUESTION_WORD.match(bare)
    if (wh and end == wh.group().rstrip()) or is_speaker(end):
        return True
    topic = TOPIC.match(end)
    if topic:
        return is_plain(end[topic.end() :])
    clauses = [one.strip() for one in end.split(",")]
    if wh or not all(map(is_plain, clauses)):
        return False
    if len(clauses) > 1 and led:
        return not any(is_sentence(one) or len(one) > LONGEST_CLAUSE for one in clauses)
    language = detect(bare)
    return is_setting(end, language) or (led and not is_sentence(bare) and len(terms(bare, language)) <= LONGEST_TOPIC)


def _mixes(question: str, bare: str, earlier: str) -> bool:
    """Return whether one sentence of both questions would be in two languages; a name is of none."""
    topic = ARTICLE.sub("", TOPIC.sub("", without_end(bare)))
    return NAME.fullmatch(topic) is None and opening_language(question) not in ("", detect(earlier))


def _says_nothing(lacking: str, question: str) -> bool:
    """Return whether a question adds nothing to what it leans on: it asks who says so, or, "since when?", about all."""
    wh, end = QUESTION_WORD.match(question), without_end(question)
    alone = lacking == "topic" and wh is not None and end == wh.group().rstrip()
    return alone or (lacking != "everything" and is_speaker(end))


def _first(understood: str) -> str:
    """Return the question that one leans on, and that leans on none itself."""
    leaning = take_apart(understood)
    return _first(understood[slice(*leaning[1])]) if leaning else understood


def _lacking(bare: str, *, led: bool) -> str:
    """Return what a question without its "and" lacks, a key of `_sentence`; "" where no one part of it is missing."""
    end, words = without_end(bare), terms(bare, detect(bare))
    if is_speaker(end):
        return "speaker"
    if topic := TOPIC.match(end):
        return "topic" if is_plain(end[topic.end() :]) and len(words) <= LONGEST_TOPIC else ""
    wh = QUESTION_WORD.match(bare)
    if wh:
        return "everything" if end == wh.group().rstrip() else "subject"
    if not is_plain(bare):
        return ""
    if is_setting(end, detect(bare)):
        return "question"
    if PREPOSITION.match(bare) or len(words) > LONGEST_TOPIC:
        return ""
    return "topic" if ARTICLE.match(bare) or (led and len(words) <= 2) else ""


def _sentence(lacking: str, bare: str, earlier: str) -> str:
    """Return one sentence made of both questions; "" where their words make none."""
    end = without_end(bare)
    if not is_sentence(earlier) or (lacking in ("topic", "everything", "subject") and not is_one_clause(earlier)):
        return ""
    match lacking:
        case "topic":
            return of_another(TOPIC.sub("", end), earlier)
        case "speaker":
            return said_by(end, earlier)
        case "question":
            return elsewhere(end, earlier)
        case "everything":
            return asked_again(end, earlier)
        case "subject":
            return same_subject(end, earlier)
        case _:
            return ""


def restricted(question: str, shown: Sequence[str]) -> tuple[str, tuple[str, ...] | None]:
    """Return the question without "in the second source", and that source of those shown; None without such words.

    The question is "" where it says no more than that.
    """
    match = SOURCE.search(question)
    if match is None:
        return question, None
    number = int(match["number"]) if match["number"] else ORDINALS[match["word"].lower()]
    if not 1 <= number <= len(shown):
        return question, None
    rest = (question[: match.start()] + question[match.end() :]).strip(" ,")
    lead = LEAD.match(rest)
    bare = rest[lead.end() :] if lead else rest
    return rest if terms(bare, detect(bare)) else "", (shown[number - 1],)
