"""How well does this passage answer the question?

The evidence is what stands in the passage: which of the question's words it holds (by stem or translation), how near it
lies in the encoder's space, how well its words match the question's one by one, and, where the question asks for a
figure, a date, a person or a place, whether it holds one with the role that is asked for. Ranks and fused scores do not
count: they say which passage is best, never whether it is good. The weights are fitted by ``python -m qa.fitting``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.language import Term, fold, tag
from index.records import Alternatives, Hit
from index.search import Query
from qa.question import TYPED, Question

SPANNED = ("date", "person", "place", "reason", "quotation")
"""Kinds of question, beside those for a figure, of which a passage can be seen to hold an answer."""

SAME = 0.85
"""The cosine from which two words say the same."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage holds of a question, each from 0 to 1."""

    coverage: float
    """Share of the question's content words, weighted by idf, that stand in the passage."""
    context: float
    """The same, counting also the heading, the title and the rest of the document."""
    missing: float
    """How much the question's rarest word is missing from the passage and its context: its share of the idf."""
    unmet: float
    """The same for the passage, where a word may also be met by its vector, and in shares of the rarest word's idf."""
    cosine: float
    """Of the question's and the passage's vectors."""
    names: float
    """How much of the question's least found name or number stands in the passage or its context; 1 without names."""
    words: float
    """Like `coverage`, of the words that are not names, all alike, also those met by their vectors; 1 without any."""
    predicate: float
    """The same for the words that say what happened."""
    figure: float
    """Where the question asks for a figure: how well the best one plays the role asked for; else 0."""
    doubt: float
    """How far that fit, or that of a date, a person or a place, falls short of half."""
    figure_asked: float
    """1 where the question asks for a figure, else 0."""
    span: float
    """Where the question asks for a date, a person, a place, a reason or words said: how well the best one fits."""
    span_asked: float
    """1 where the question asks for one of these, else 0."""
    both: float
    """`figure` or `span`, times `context`: the right kind of figure in an article on the right subject."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: the probability that a passage answers is ``1 / (1 + exp(-(bias + weights . evidence)))``."""

    bias: float
    weights: Mapping[str, float]
    threshold: float
    """The probability from which a passage counts as answering."""


@cache
def load_weights() -> Weights:
    """Return the weights in the box."""
    raw = json.loads(resources.files("qa").joinpath("evidence.json").read_text(encoding="utf-8"))
    return Weights(raw["bias"], raw["weights"], raw["threshold"])


def probability(evidence: Evidence) -> float:
    """Return how likely it is, from 0 to 1, that a passage with this evidence answers the question."""
    model = load_weights()
    total = model.bias + sum(weight * getattr(evidence, name) for name, weight in model.weights.items())
    return 1 / (1 + math.exp(-total))


class QuestionWords:
    """The content words of one question, with their weights, as texts in each language may hold them."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.printed = [query.text[start:end] for start, end in query.words]
        self.weights = [max(weight, 0.1) for weight in query.idf]
        self.total = sum(self.weights) or 1.0
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

    def share(self, found: Sequence[float]) -> float:
        """Return the share of the question, its content words weighted by idf, that these strengths amount to."""
        return sum(w * s for w, s in zip(self.weights, found, strict=True)) / self.total

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


@dataclass(frozen=True, slots=True)
class Held:
    """How much of each word of a question is found, from 0 to 1."""

    inside: Sequence[float]
    """In a paragraph."""
    around: Sequence[float]
    """At the beginning of its document."""


def weigh(question: Question, words: QuestionWords, hit: Hit, held: Held, *, fit: float) -> Evidence:
    """Return the evidence of a hit's paragraph for a question.

    `fit` says how well the best fact of the kind that is asked for plays the role that is asked for, from 0 to 1.
    """
    kind, weights, total = question.kind, words.weights, words.total
    context = [max(own, 0.8 * outer) for own, outer in zip(held.inside, held.around, strict=True)]
    near: dict[str, float] = {}
    for match in hit.matches:
        near[match.word] = max(near.get(match.word, 0.0), match.score)
    met = [near.get(word, 0.0) for word in words.printed]
    matched = [max(s, 0.7 * (cosine > 0)) for s, cosine in zip(held.inside, met, strict=True)]
    unmet = [w * (1 - max(s, min(1.0, c / SAME))) for w, s, c in zip(weights, context, met, strict=True)]
    subject, spanned = words.share(context), kind in SPANNED
    return Evidence(
        coverage=words.share(held.inside),
        context=subject,
        missing=max((w * (1 - s) for w, s in zip(weights, context, strict=True)), default=total) / total,
        unmet=max(unmet, default=0.0) / max(weights, default=1.0),
        cosine=max(hit.scores.get("dense", 0.0), 0.0),
        names=min((s for s, named in zip(context, words.named, strict=True) if named), default=1.0),
        words=_mean([s for s, named in zip(matched, words.named, strict=True) if not named]),
        predicate=_mean_of(question.predicate, words.query, matched),
        figure=fit if kind == "number" else 0.0,
        doubt=max(0.0, 0.5 - fit) if kind in TYPED else 0.0,
        figure_asked=float(kind == "number"),
        span=fit if spanned else 0.0,
        span_asked=float(spanned),
        both=fit * subject if spanned or kind == "number" else 0.0,
    )


def _mean(found: Sequence[float]) -> float:
    return sum(found) / len(found) if found else 1.0


def _mean_of(words: Sequence[Term], query: Query, found: Sequence[float]) -> float:
    """Return the mean of what was found of these words of the question; 1 where there are none."""
    strength = dict(zip(query.words, found, strict=True))
    own = [strength.get((term.start, term.end), 0.0) for term in words]
    return sum(own) / len(own) if own else 1.0


def is_name(text: str, start: int, end: int) -> bool:
    """Return whether a word of a question is a name or a number: capitalised, and not merely because it begins it."""
    word = text[start:end]
    if word[0].isdigit():
        return True
    return word[0].isupper() and (text[:start].strip(" «\"“'’") != "" or fold(word[1:]) != word[1:])
