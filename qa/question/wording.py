"""Which words lead, in any language, from one question to the next? Patterns made of the tables of all languages."""

from __future__ import annotations

import re

from index.facts.tables import LANGUAGES
from qa.question.tables import FollowUp, question_table, question_tables

_ALL: tuple[FollowUp, ...] = tuple(table.follow_up for table in question_tables())


def _any(field: str) -> str:
    """Return a pattern for what the tables of any language have in a field."""
    return "|".join(filter(None, (getattr(own, field) for own in _ALL)))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


ORDINALS = {word: place for own in _ALL for word, place in own.ordinals.items()}
LEAD = _pattern(rf"^\s*(?:(?:{_any('lead')})\b[\s,:…]*)+")
_COURTESY = _any("courtesy")
COURTESY = _pattern(
    rf"^\s*(?:(?:{_any('lead')})\b[\s,]*)?(?:(?:{_COURTESY})(?:\s*[,.!:;…-]+\s*|\s+|$))+"
    rf"|[\s,]+(?:{_COURTESY})(?=[\s?!.…]*$)"
)
TOPIC = _pattern(rf"^(?:{_any('topic')})\s*")
ARTICLE = _pattern(rf"^(?:{_any('article')})(?:\b|(?<=['’]))\s*")
ACCORDING = _pattern(rf"^(?:{_any('according')})\b")
ACCORDING_TAIL = _pattern(rf",?\s*\b(?:{_any('according_tail')})\s+.*$")
PREPOSITION = _pattern(rf"^(?:{_any('preposition')})(?:\b|(?<=['’]))")
QUESTION_WORD = _pattern(rf"^(?P<word>{_any('question_word')})(?:\s*(?:{_any('asking_twice')}))?(?:\b|(?<=['’]))\s*")
ASKING_TWICE = _pattern(rf"\b(?:{_any('asking_twice')})")
CIRCUMSTANCE_WORD = _pattern(rf"(?:{_any('circumstance_word')})")
AUXILIARY = _pattern(rf"^(?:(?:{_any('auxiliary')})(?:\b|(?<=['’]))\s*)+")
PRONOUN = _pattern(_any("pronoun"))
PLACE_PRONOUN = _pattern(_any("place_pronoun"))
STAND_IN = _pattern(f"{_any('stand_in')}|{PLACE_PRONOUN.pattern}")
INVERSION = _pattern(rf"\b(?:{_any('inversion')})\b")
DETERMINER = _pattern(rf"(?:{_any('determiner')})$")
QUANTITY = _pattern(rf"^(?:{_any('quantity')})\b")
NAME = re.compile(
    rf"[A-ZÀ-Ý][\w’'-]*(?:\s+(?:(?:{_any('name_particle')})\s+)*[A-ZÀ-Ý][\w’'-]*)*",
)
SOURCE = _pattern(
    rf"\b(?:{_any('source_lead')})(?:(?P<word>{'|'.join(ORDINALS)})\s+(?:{_any('source_noun')})"
    rf"|(?:source|article)\s+(?:(?:{_any('number_sign')})\s*)?(?P<number>\d))\b(?:{_any('same_again')})?"
)

_OPENINGS = {
    code: _pattern(
        rf"^\s*(?:{'|'.join(filter(None, (f.lead, f.topic, f.article, f.according, f.preposition, f.question_word)))})"
        r"(?:\b|(?<=['’]))"
    )
    for code in LANGUAGES
    if (table := question_table(code)) and (f := table.follow_up)
}


def opening_language(question: str) -> str:
    """Return the language of the words that open a question, which may be too short for any other sign; or "".

    >>> opening_language("et à Valmory ?"), opening_language("and in Arcy?"), opening_language("injured?")
    ('fr', 'en', '')
    """
    found = [code for code, opening in _OPENINGS.items() if opening.match(question)]
    return found[0] if len(found) == 1 else ""
