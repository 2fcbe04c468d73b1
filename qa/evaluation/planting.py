"""Which weights tell two figures about one thing from two that are not?

``python -m qa.evaluation.planting`` fits the logistic model of `qa.matters.likelihood` on the corpora with planted
figures that are for that, and on pairs of articles on like events of which nothing is about one thing. It prints recall
and precision of pairs over the threshold, each corpus judged by weights fitted without it, and writes
``qa/matters/weights.json``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.encoder import SentenceEncoder
from qa.evaluation.confusion import make_corpus, read_pairs
from qa.evaluation.planted import ALONE, Plot, find_shifts, plant_corpus, read_plots
from qa.matters.figures import Figure, gather_figures
from qa.matters.likelihood import CLOSEST, Signs
from qa.matters.pairing import Pair, Pairs, find_margins

PLANTED = (Path("tests/gold/planted-train.jsonl"), Path("tests/gold/planted-dev.jsonl"))
LIKE = Path("tests/gold/confusion-dev.jsonl")
"""Pairs of articles on like events; in those that differ in `APART`, no figure is about one thing."""

APART = ("place", "person", "date")

STRENGTH = 1.0
"""Inverse of the regularisation: weights are of standardised signs."""

Rows = NDArray[np.float64]

NAMES = tuple(f.name for f in fields(Signs))
POSSIBLE = NAMES.index("possible")


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one corpus: their signs, whether they are about one thing, and who competes with whom."""

    pairs: Pairs
    candidates: tuple[Pair, ...]
    signs: tuple[Signs, ...]
    labels: tuple[bool, ...]


def planted_examples(folder: Path, encoder: SentenceEncoder) -> Iterator[Example]:
    """Yield the candidates of each corpus with planted figures."""
    for file in PLANTED:
        for plot in read_plots(file):
            corpus = plant_corpus(plot, folder, encoder)
            pairs = Pairs(gather_figures(corpus.snapshot()))
            shifts = find_shifts(plot, corpus)
            things = [_thing(figure, plot, shifts) for figure in pairs.figures]
            yield _example(pairs, things)


def like_examples(folder: Path, encoder: SentenceEncoder) -> Iterator[Example]:
    """Yield the candidates of pairs of articles on like events: none is about one thing."""
    for pair in read_pairs(LIKE):
        if pair.differ in APART:
            corpus = make_corpus(pair, folder, encoder)
            pairs = Pairs(gather_figures(corpus.snapshot()))
            yield _example(pairs, [""] * len(pairs.figures))


def _example(pairs: Pairs, things: Sequence[str | None]) -> Example:
    """Return the candidates; of a date that nobody marked, nobody knows whether it is about one thing with another."""
    found = {}
    for one, other in pairs.candidates():
        signs = pairs.signs(one, other)
        if signs and things[one] is not None and things[other] is not None:
            found[one, other] = signs
    labels = tuple(bool(things[one]) and things[one] == things[other] for one, other in found)
    return Example(pairs, tuple(found), tuple(found.values()), labels)


def _thing(figure: Figure, plot: Plot, shifts: Mapping[str, int]) -> str | None:
    """Return the thing that a figure is about; "" where nothing may be laid beside it, None for an unmarked date."""
    name = figure.article.source.removesuffix(".txt")
    start = figure.start + figure.fact.start + shifts[name]
    end = start + figure.fact.end - figure.fact.start
    planted = next(article for article in plot.articles if article.name == name).planted
    thing = next((p.thing for p in planted if p.start < end and start < p.end), None)
    if thing is None:
        return None if figure.dated else ""
    return "" if plot.things[thing] == ALONE else thing


def fit(rows: Rows, labels: NDArray[np.bool_]) -> tuple[float, Rows]:
    """Return the bias and the weights of a logistic model of these rows."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((rows - mean) / spread, labels)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ mean), weights


def fit_both(rows: Rows, labels: NDArray[np.bool_]) -> tuple[tuple[float, Rows], tuple[float, Rows]]:
    """Return the models of figures that can both be true, and of those that cannot."""
    possible = rows[:, POSSIBLE] > 0
    return fit(rows[possible], labels[possible]), fit(rows[~possible], labels[~possible])


def weigh(rows: Rows, models: Sequence[tuple[float, Rows]]) -> Rows:
    """Return the log odds of each row by the model that is for it."""
    (bias, weights), (other_bias, others) = models
    return np.where(rows[:, POSSIBLE] > 0, rows @ weights + bias, rows @ others + other_bias)


def _rows(examples: Sequence[Example]) -> tuple[Rows, NDArray[np.bool_]]:
    rows = [astuple(signs) for example in examples for signs in example.signs]
    return np.array(rows, float).reshape(-1, len(fields(Signs))), np.array([x for e in examples for x in e.labels])


def _margins(example: Example, odds: Rows) -> Rows:
    found = find_margins(example.pairs.figures, dict(zip(example.candidates, odds.tolist(), strict=True)))
    return np.clip([found[pair] for pair in example.candidates], -CLOSEST, CLOSEST)


def judge_each(examples: Sequence[Example]) -> list[Rows]:
    """Return of each example the odds and the margins of its candidates, by weights fitted without it."""
    found = []
    for place, example in enumerate(examples):
        models = fit_both(*_rows([e for n, e in enumerate(examples) if n != place and e.candidates]))
        odds = weigh(_rows([example])[0], models)
        found.append(np.column_stack([odds, _margins(example, odds)]) if len(odds) else np.zeros((0, 2)))
    return found


def curve(scores: Rows, labels: NDArray[np.bool_]) -> Iterator[str]:
    """Yield a line for each threshold of probability: recall and precision of pairs."""
    for share in np.arange(0.3, 0.95, 0.05):
        taken = scores >= np.log(share / (1 - share))
        right = labels[taken].sum()
        yield f"  {share:.2f}  recall {right / labels.sum():.3f}  precision {right / max(taken.sum(), 1):.3f}"


@click.command(help=__doc__)
@click.option(
    "--threshold", default=0.45, show_default=True, help="The probability from which two are about one thing."
)
@click.option("--write/--no-write", default=True, help="Whether to write qa/matters/weights.json.")
@click.option("--kept", type=click.Path(file_okay=False, path_type=Path), help="Keep the corpora in this folder.")
def main(threshold: float, write: bool, kept: Path | None) -> None:
    with tempfile.TemporaryDirectory() as own:
        encoder, folder = SentenceEncoder(), kept or Path(own)
        examples = [*planted_examples(folder, encoder), *like_examples(folder / "like", encoder)]
    judged, (rows, labels) = np.concatenate(judge_each(examples)), _rows(examples)
    base, second = fit(judged, labels)
    click.echo(f"{labels.sum()} of {len(labels)} candidates are about one thing; by weights fitted without the corpus:")
    scores, possible = judged @ second + base, rows[:, POSSIBLE] > 0
    for title, these in (("all", possible | True), ("can both be true", possible), ("cannot", ~possible)):
        click.echo(f"{title}: {labels[these].sum()} of {these.sum()}")
        click.echo("\n".join(curve(scores[these], labels[these])))
    models = {
        name: {"bias": bias, **dict(zip(NAMES, map(float, weights), strict=True))}
        for name, (bias, weights) in zip(("possible", "differing"), fit_both(rows, labels), strict=True)
    }
    for name in ("bias", *NAMES):
        click.echo(f"{name:<12}" + "".join(f"{model[name]:>9.3f}" for model in models.values()))
    if write:
        content: dict[str, Any] = {
            name: {sign: round(weight, 4) for sign, weight in model.items()} for name, model in models.items()
        }
        content |= {"base": round(base, 4), "odds": round(float(second[0]), 4), "margin": round(float(second[1]), 4)}
        content["threshold"] = round(float(np.log(threshold / (1 - threshold))), 4)
        Path("qa/matters/weights.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
