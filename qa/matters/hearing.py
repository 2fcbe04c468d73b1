"""What does the reader find of one claim in the passage that holds another? The claim is put as a question."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from qa.logistic import sigmoid
from qa.matters.asking import ask_for
from qa.matters.figures import Figure
from qa.reader import Reader

LEAST = 0.01
"""What is added to a share, whose logarithm counts."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reader finds when each of two claims is asked of the passage of the other: most, least and mean of both.

    All are 0 or less, or log odds; nothing is made of one direction alone, since either claim may be told in few words.
    """

    share_most: float
    share_least: float
    share_mean: float
    """The logarithm of how likely the answer, were there one, is the other figure."""
    odds_most: float
    odds_least: float
    odds_mean: float
    """The log odds that there is an answer."""
    likely_most: float
    likely_least: float
    likely_mean: float
    """How likely there is one and it is the other figure."""


def read_heard(a: Figure, b: Figure) -> Heard:
    """Return what the reader finds of two figures, each in the paragraph of the other."""
    (odds, share), (back, shared) = listen(a, b), listen(b, a)
    shares = math.log(share + LEAST), math.log(shared + LEAST)
    likely = sigmoid(max(odds, -20.0)) * share, sigmoid(max(back, -20.0)) * shared
    return Heard(*_three(*shares), *_three(odds, back), *_three(*likely))


def _three(one: float, other: float) -> tuple[float, float, float]:
    return max(one, other), min(one, other), (one + other) / 2


def listen(asker: Figure, told: Figure) -> tuple[float, float]:
    """Return the log odds that the paragraph of one figure answers the claim of another, and how likely with it."""
    return _answer(question_of(asker), told.article.title, told.passage, (told.fact.start, told.fact.end))


def question_of(figure: Figure) -> str:
    """Return the sentence of a figure, which it is asked for."""
    offset = figure.sentence[0]
    place = figure.fact.start - offset, figure.fact.end - offset
    return ask_for(figure.text, place, "date" if figure.dated else "number", figure.article.language)


@lru_cache(maxsize=100_000)
def _answer(question: str, title: str, passage: str, place: tuple[int, int]) -> tuple[float, float]:
    """Return the same; it is kept, so that after `add` only what is new is read."""
    [reading] = Reader.load().read(question, [passage], [f"{title}\n" if title else ""])
    return reading.odds, reading.share(*place)
