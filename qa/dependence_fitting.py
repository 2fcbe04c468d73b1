"""Which weights tell a question that leans on the one before it from one that stands alone?

``python -m qa.dependence_fitting`` fits the model of `qa.question.dependence` on the conversations written by hand
(``tests/gold/conversations-train.jsonl``), with the questions that people asked first as others that stand alone;
prints how often it is right of conversations that it was not fitted on, and writes its weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from qa.kind_fitting import development_questions
from qa.question.dependence import BUCKETS, FROM, WEIGHTS, names_enough, read_signs
from qa.question.wording import COURTESY

CONVERSATIONS = Path("tests/gold/conversations-train.jsonl")

STRENGTH = 30.0
"""The inverse of the regularisation."""

FIRST = 0.05
"""What a question that somebody asked first weighs beside one of a conversation; there are over twice as many."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a conversation by this hand, and whether it leans on the one before it."""

    hand: str
    question: str
    leans: bool


def read_examples(file: Path = CONVERSATIONS) -> Iterator[Example]:
    """Yield the questions of the conversations; of their first ones, those that would stand alone anywhere."""
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        first, *later = row["turns"]
        turns = [first, *later] if names_enough(first["question"]) else later
        asked = ((COURTESY.sub("", turn["question"]), turn["leans"]) for turn in turns)
        yield from (Example(row["hand"], question, leaning) for question, leaning in asked if question)


def fit(examples: Sequence[Example], first: Sequence[str]) -> tuple[NDArray[np.float64], float]:
    """Return the weight of each sign, and the bias."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=500)
    leaning = np.array([*(one.leans for one in examples), *(False for _ in first)])
    weights = np.repeat([1.0, FIRST], [len(examples), len(first)])
    model.fit(_matrix([*(one.question for one in examples), *first]), leaning, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def check(examples: Sequence[Example], first: Sequence[str]) -> tuple[float, float]:
    """Return which share of those that lean, and that stand alone, a model tells that was not fitted on their hand."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for hand in sorted({one.hand for one in examples}):
        weights, bias = fit([one for one in examples if one.hand != hand], first)
        for one in (one for one in examples if one.hand == hand):
            signs = read_signs(one.question)
            score = weights[signs].sum() / np.sqrt(len(signs)) + bias
            right[one.leans].append((1 / (1 + np.exp(-score)) >= FROM) == one.leans)
    return float(np.mean(right[True])), float(np.mean(right[False]))


def write(weights: NDArray[np.float64], bias: float, path: Path) -> None:
    """Write a model, its weights as bytes."""
    from safetensors.numpy import save_file

    scale = np.abs(weights).max() / 127
    tensors = {
        "weights": np.rint(weights / scale).astype(np.int8),
        "scale": np.array(scale, np.float32),
        "bias": np.array(bias, np.float32),
    }
    save_file(tensors, path)


def _matrix(questions: Sequence[str]) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]

    rows = [read_signs(question) for question in questions]
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    bounds = np.cumsum([0, *map(len, rows)])
    return sparse.csr_matrix((values, np.concatenate(rows), bounds), shape=(len(rows), BUCKETS))


@click.command(help=__doc__)
def main() -> None:
    examples = list(read_examples())
    first = sorted({question for question, *_ in development_questions() if names_enough(question)})
    leaning = sum(one.leans for one in examples)
    click.echo(f"{leaning} lean, {len(examples) - leaning} stand alone, and {len(first):,} were asked first")
    click.echo(
        "of those told apart by a model that was fitted on other hands, right: {:.3f}, {:.3f}".format(
            *check(examples, first)
        )
    )
    write(*fit(examples, first), Path("qa/question") / WEIGHTS)


if __name__ == "__main__":
    main()
