"""Which weights tell what kind of answer a question asks for?

``python -m qa.kind_fitting`` fits the model of `qa.question.asking` on the questions written by hand, in each of their
wordings (``tests/gold/train``); prints, for development questions, how often the tables of words, the model alone, and
the model where the tables say nothing are right, by wording; and writes ``qa/question/asking.safetensors``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from qa.question import TYPED
from qa.question.asking import BUCKETS, WEIGHTS, likely_kinds, read_features
from qa.question.interpretation import query_of, read_kind
from qa.question.tables import question_table

GOLD = Path("tests/gold")

NAMED = {"organisation": "person", **dict.fromkeys((*TYPED, "reason"))}
"""Kinds of the questions written by hand that the model tells apart, and as which; all others are passages."""

STRENGTH = 10.0
"""The inverse of the regularisation: the best of 3 to 40 on development questions."""

DEVELOPMENT = tuple(f"asked-{of}{number}" for number in ("", "-2", "-3", "-4", "-5") for of in ("seeds", "news"))


def written_questions() -> Iterator[tuple[str, str]]:
    """Yield each wording of the questions written by hand with its kind."""
    for file in sorted((GOLD / "train").glob("**/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            for asked in json.loads(line)["questions"]:
                kind = (NAMED[asked["kind"]] or asked["kind"]) if asked["kind"] in NAMED else "passage"
                yield from ((wording, kind) for wording in asked["wordings"])


def development_questions() -> Iterator[tuple[str, str, str]]:
    """Yield the questions of the development sets, each with its kind and its wording."""
    for name in DEVELOPMENT:
        for row in map(json.loads, (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
            kind = "person" if row["tags"][0] == "organisation" else row["tags"][0]
            yield row["question"], kind if kind in TYPED else "passage", row["tags"][-1]


def fit(asked: Sequence[tuple[str, str]]) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Return the kinds, the weights (features, kinds) and the biases; each kind counts as much as any other."""
    from scipy import sparse  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    rows = [read_features(question) for question, _ in asked]
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row))) for row in rows])
    bounds = np.cumsum([0, *map(len, rows)])
    matrix = sparse.csr_matrix((values, np.concatenate(rows), bounds), shape=(len(rows), BUCKETS))
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300, tol=1e-3)
    model.fit(matrix, [kind for _, kind in asked])
    return [str(kind) for kind in model.classes_], model.coef_.T, model.intercept_


def write(kinds: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64], path: Path) -> None:
    """Write a model, its weights as bytes."""
    from safetensors.numpy import save_file

    scale = np.abs(weights).max() / 127
    tensors = {
        "weights": np.rint(weights / scale).astype(np.int8),
        "scale": np.array(scale, np.float32),
        "bias": bias.astype(np.float32),
    }
    save_file(tensors, path, metadata={"kinds": ",".join(kinds)})


def _by_table(question: str) -> str:
    table = question_table(query_of(question).language)
    return (read_kind(question, table) if table else None) or "passage"


def _by_model(question: str) -> str:
    likely = likely_kinds(question)
    return max(likely, key=likely.__getitem__)


def _by_both(question: str) -> str:
    return kind if (kind := _by_table(question)) != "passage" else _by_model(question)


WAYS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("tables", _by_table),
    ("model", _by_model),
    ("tables, then model", _by_both),
)


@click.command(help=__doc__)
def main() -> None:
    asked = list(written_questions())
    write(*fit(asked), Path("qa/question") / WEIGHTS)
    click.echo(f"{len(asked):,} questions")
    found = list(development_questions())
    wordings = sorted({wording for *_, wording in found})
    click.echo("| right kind | all | " + " | ".join(wordings) + " |\n|---|" + "---|" * (1 + len(wordings)))
    for name, way in WAYS:
        right = [((k if (k := way(question)) in TYPED else "passage") == kind, own) for question, kind, own in found]
        shares = [np.mean([r for r, own in right if wanted in ("", own)]) for wanted in ("", *wordings)]
        click.echo(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")


if __name__ == "__main__":
    main()
