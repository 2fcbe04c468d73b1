"""How else would a person put this question: in the other language, in a hurry, or about something else?"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.language import stems
from index.lexicon import Lexicon
from index.training.data import parallel_pairs

SWITCHED = 0.7
"""The share of a question's words that are put into the other language, where one is."""

SENTENCES = 60_000
"""Sentence pairs of each collection of which the printed form of a translated stem is taken."""

_FUNCTION = """
how=comment many=nombreux who=qui when=quand where=où why=pourquoi what=quoi which=quel the=le of=de in=dans is=est
are=sont was=était were=étaient does=fait do=font to=à for=pour and=et by=par from=depuis on=sur with=avec a=un has=a
have=ont had=avait at=chez his=son her=sa their=leur it=ça he=il she=elle they=ils
"""
_FRENCH = {"combien": "how many", "quelle": "which", "quels": "which", "quelles": "which", "la": "the", "les": "the"}
_NAME = r"[A-ZÉÈÀÂÎÔÇ][\w’'-]+"
_NAMES = re.compile(rf"(?<=[\w,'’] ){_NAME}(?: {_NAME})*")
_YEAR = re.compile(r"\b(?:1\d{3}|20[0-2]\d)\b")


class Switch:
    """Puts words of a question into the other language one by one, by the translation table in the box.

    Questions of mixed languages teach an encoder that has seen both that they say the same (Qin et al. 2020, CoSDA-ML).
    """

    def __init__(self, data: Path) -> None:
        self._lexicon = Lexicon.load()
        english = dict(pair.split("=") for pair in _FUNCTION.split())
        self._function = {"en": english, "fr": {b: a for a, b in english.items()} | _FRENCH}
        counts: dict[str, Counter[str]] = {"en": Counter(), "fr": Counter()}
        for name in ("europarl", "tatoeba"):
            for pair in parallel_pairs(name, data=data, limit=SENTENCES):
                counts["en"].update(re.findall(r"[\w'’-]+", pair.english.lower()))
                counts["fr"].update(re.findall(r"[\w'’-]+", pair.french.lower()))
        self._printed = {language: _commonest(own, language) for language, own in counts.items()}

    def __call__(self, question: str, language: str, rnd: random.Random) -> str:
        """Return the question with most of its words put into the other of the two languages."""
        words = (w if rnd.random() > SWITCHED else self._word(w, language, rnd) for w in question.split())
        return " ".join(words)

    def _word(self, word: str, language: str, rnd: random.Random) -> str:
        other = "fr" if language == "en" else "en"
        core = re.sub(r"^\W+|\W+$", "", word)
        found = stems(re.sub(r"^[ldjnsmtcqu]+['’]", "", core, flags=re.IGNORECASE).lower(), language)
        if len(found) != 1:
            put = self._function[language].get(core.lower())
            return word.replace(core, put) if core and put else word
        near = [(stem.split(":")[-1], p) for stem, p in self._lexicon.alternatives(found[0], language, other)]
        near = [(self._printed[other][stem], p) for stem, p in near if stem in self._printed[other] and p > 0.08]
        return word.replace(core, rnd.choices(*zip(*near, strict=True))[0]) if near else word


def _commonest(counts: Mapping[str, int], language: str) -> dict[str, str]:
    """Return the word that is most often printed for each stem."""
    best: dict[str, tuple[int, str]] = {}
    for word, count in counts.items():
        found = stems(word, language) if count >= 3 else ()
        if len(found) == 1:
            best[found[0]] = max(best.get(found[0], (0, "")), (count, word))
    return {stem: word for stem, (_, word) in best.items()}


def hurry(question: str, rnd: random.Random) -> str:
    """Return the question now and then without its question mark, or without capitals."""
    draw = rnd.random()
    if draw < 0.12:
        question = question.rstrip(" ?")
    return question.lower() if draw < 0.06 else question


def change(question: str, text: str, others: Sequence[str], rnd: random.Random) -> str | None:
    """Return the question about another year or another name, which the text does not hold; None where it has neither.

    `others` are questions of which the other name is taken.
    """
    year = _YEAR.search(question)
    if year and rnd.random() < 0.7:
        steps = rnd.sample([-30, -12, -7, -5, -3, -2, -1, 1, 2, 3, 4, 6, 9, 20], 14)
        put = next((new for new in (str(int(year[0]) + step) for step in steps) if new not in text), None)
        return question.replace(year[0], put) if put else None
    names = _NAMES.findall(question)
    if not names:
        return None
    name = max(names, key=len)
    for other in others:
        found = _NAMES.findall(other)
        if found and found[0] not in text and found[0] != name and len(found[0]) > 3:
            return question.replace(name, found[0])
    return None


def tells_apart(question: str, text: str) -> bool:
    """Return whether a question names something of which the text has no word: it asks about another.

    >>> tells_apart("How many died in Port Ellery?", "In Ellery Bay, two died.")
    False
    >>> tells_apart("How many died in Port Ellery?", "In Lyon, two died.")
    True
    """
    names = (re.findall(r"\w{4,}", name.lower()) for name in _NAMES.findall(question))
    own = set(re.findall(r"\w{4,}", text.lower()))
    return any(words and own.isdisjoint(words) for words in names)
