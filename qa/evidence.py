"""How well does this passage answer the question?

The evidence is what stands in the passage: the reader's odds that it answers, how well its best figure, date, name,
reason or quotation plays the role that is asked for, how many of the question's words it holds; and how far behind the
best of what was found it is, since passages that answer stand near the question. The weights are fitted by
``python -m qa.fitting``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from index.language import fold, tag
from index.records import Alternatives, Hit
from index.search import Query
from qa.logistic import Logistic, read_model
from qa.question import Question

SPANNED = ("date", "person", "place", "reason", "quotation")
"""Kinds of question, beside those for a figure, of which a passage can be seen to hold an answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage holds of a question, each from 0 to 1 but the reader's odds."""

    words: float
    """The mean share of the question's content words, names left out, that stand in the passage, by stem, translation
    or vector; 1 without any."""
    figure: float
    """Where the question asks for a figure: how likely the best one is it; else 0."""
    span: float
    """Where the question asks for a date, a person, a place, a reason or words said: how well the best one fits."""
    span_asked: float
    """1 where the question asks for one of these, else 0."""
    read: float
    """The reader's log odds that the passage answers, in tens, from -1 to 1."""
    behind: float
    """How much farther from the question than the nearest passage found, by late interaction, in fifths of a cosine."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a passage was found to tell."""

    fit: float
    """How likely the best fact of the kind that is asked for is what is asked for, from 0 to 1."""
    odds: float
    """The reader's log odds that the passage answers."""
    behind: float = 0.0
    """How much less near to the question it is than the nearest passage found, as a cosine."""


ANSWERING = 0.45
"""The probability from which a passage counts as answering: chosen on development questions."""


@cache
def load_model() -> Logistic:
    """Return the weights in the box."""
    return read_model("qa", "evidence.json")


def probability(evidence: Evidence) -> float:
    """Return how likely it is, from 0 to 1, that a passage with this evidence answers the question."""
    return load_model().likelihood(asdict(evidence))


class QuestionWords:
    """The content words of one question, with their weights, as texts in each language may hold them."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.printed = [query.text[start:end] for start, end in query.words]
        self.named = [is_name(query.text, start, end) for start, end in query.words]
        """Which of them are names or numbers."""
        self._forms: dict[str, list[tuple[str, Mapping[str, float]]]] = {}

    def terms(self, language: str) -> frozenset[str]:
        """Return every term of a text in this language that says one of the words."""
        return frozenset(term for own, others in self._in(language) for term in (own, *others)) - {""}

    def strengths(self, held: Collection[str], language: str) -> list[float]:
        """Return how much of each word a text in this language holds, given which of `terms` it does, from 0 to 1.

        1 for the word itself or its likeliest translation, less for an unlikelier one.
        """
        # A name that is also a word is looked for as both; where its own spelling stands, it is that.
        return [
            1.0 if own in held else max((weight for term, weight in others.items() if term in held), default=0.0)
            for own, others in self._in(language)
        ]

    def _in(self, language: str) -> list[tuple[str, Mapping[str, float]]]:
        if language not in self._forms:
            each = zip(self.query.stems, self.query.terms, strict=True)
            self._forms[language] = [_forms(stem, alternatives, language) for stem, alternatives in each]
        return self._forms[language]


def _forms(stem: str, alternatives: Alternatives, language: str) -> tuple[str, Mapping[str, float]]:
    """Return the term of a word itself in a language, where it is looked for, and how much each other form says it."""
    here = {term: weight for term, weight in alternatives if term.startswith(f"{language}:") or ":" not in term}
    best, own = max(here.values(), default=1.0), tag(stem, language)
    return own if own in here else "", {term: (weight / best) ** 0.5 for term, weight in here.items()}


def weigh(question: Question, words: QuestionWords, hit: Hit, held: Sequence[float], *, told: Told) -> Evidence:
    """Return the evidence of a hit's paragraph for a question.

    `held` says how much of each of the question's words stands in the paragraph, from 0 to 1.
    """
    near = {match.word for match in hit.matches}
    matched = [max(own, 0.7 * (word in near)) for own, word in zip(held, words.printed, strict=True)]
    spanned = question.kind in SPANNED
    return Evidence(
        words=_mean([own for own, named in zip(matched, words.named, strict=True) if not named]),
        figure=told.fit if question.kind == "number" else 0.0,
        span=told.fit if spanned else 0.0,
        span_asked=float(spanned),
        read=max(-1.0, min(1.0, told.odds / 10)),
        behind=min(1.0, 5 * told.behind),
    )


def _mean(found: Sequence[float]) -> float:
    return sum(found) / len(found) if found else 1.0


def is_name(text: str, start: int, end: int) -> bool:
    """Return whether a word of a question is a name or a number: capitalised, and not merely because it begins it."""
    word = text[start:end]
    if word[0].isdigit():
        return True
    return word[0].isupper() and (text[:start].strip(" «\"“'’") != "" or fold(word[1:]) != word[1:])
