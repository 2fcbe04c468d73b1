"""Which weights tell figures about one thing from those that are not, and how well will they for another writer?

``python -m qa.evaluation.planting`` fits the logistic models of `qa.matters.likelihood` on the corpora with planted
figures that are for that, and on pairs of articles on like events of which nothing is about one thing. It prints recall
and precision, as `qa.evaluation.planted` counts them, of what another wrote than those whose corpora the weights were
fitted on, and of corpora that they were fitted without; chooses the threshold by the latter, and writes
``qa/matters/weights.json``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.encoder import SentenceEncoder
from qa.evaluation.confusion import make_corpus, read_pairs
from qa.evaluation.planted import ALONE, Claim, Plot, find_shifts, plant_corpus, planted_pairs, read_plots
from qa.matters.clustering import cluster, group_values
from qa.matters.figures import Figure, gather_figures
from qa.matters.groups import read_between
from qa.matters.likelihood import BETWEEN, SIGNS, Model, Weights
from qa.matters.pairing import Pair, Pairs
from qa.matters.signs import Signs

WRITERS = {
    "one": (Path("tests/gold/planted-train.jsonl"), Path("tests/gold/planted-dev.jsonl")),
    "two": (Path("tests/gold/planted-dev-2.jsonl"),),
}
"""The corpora with planted figures, by who wrote them."""

LIKE = Path("tests/gold/confusion-dev.jsonl")
"""Pairs of articles on like events; in those that differ in `APART`, no figure is about one thing."""

APART = ("place", "person", "date")

STRENGTH, GROUP_STRENGTH = 0.03, 0.1
"""Inverse of the regularisation: weights are of standardised signs."""

ONE_VALUE = 0.5
"""`Weights.one_value`: of equal figures in articles on one event few are by chance."""

FOLDS = 6

PRECISE = 0.94
"""The precision of matters by which the threshold is chosen."""

THRESHOLDS = np.arange(-2.0, 3.01, 0.125)

Rows = NDArray[np.float64]


class Kept(Pairs):
    """Pairs that remember what was seen of them, to be weighed again and again."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__(figures)
        self.known = lru_cache(maxsize=None)(lambda one, other: list(super(Kept, self).signs(one, other)))

    def signs(self, one: int, other: int) -> Iterator[tuple[Pair, Signs]]:
        yield from self.known(one, other)


@dataclass(frozen=True, slots=True)
class Example:
    """One corpus: its figures, and what each is about."""

    writer: str
    pairs: Kept
    things: tuple[str | None, ...]
    """The thing that each is about; "" where nothing may be laid beside it, None for a date that nobody marked."""
    claims: tuple[frozenset[Claim], ...]
    planted: tuple[tuple[Claim, Claim], ...]
    """The pairs that are to be found."""


def read_examples(folder: Path) -> list[Example]:
    """Return the corpora with planted figures, and pairs of articles on like events."""
    encoder, found = SentenceEncoder(), []
    for writer, files in WRITERS.items():
        for file in files:
            for plot in read_plots(file):
                corpus = plant_corpus(plot, folder / file.stem, encoder)
                pairs, shifts = Kept(gather_figures(corpus.snapshot())), find_shifts(plot, corpus)
                told = [_told(figure, plot, shifts) for figure in pairs.figures]
                planted = tuple((one, other) for one, other, _ in planted_pairs(plot))
                found.append(Example(writer, pairs, tuple(t for t, _ in told), tuple(c for _, c in told), planted))
    for pair in read_pairs(LIKE):
        if pair.differ in APART:
            corpus = make_corpus(pair, folder / "like", encoder)
            pairs = Kept(gather_figures(corpus.snapshot()))
            nothing = len(pairs.figures)
            found.append(Example("like", pairs, ("",) * nothing, (frozenset(),) * nothing, ()))
    return found


def _told(figure: Figure, plot: Plot, shifts: Mapping[str, int]) -> tuple[str | None, frozenset[Claim]]:
    """Return the thing that a figure is about, see `Example.things`, and the planted claims that it makes."""
    name = figure.article.source.removesuffix(".txt")
    start = figure.start + figure.fact.start + shifts[name]
    end = start + figure.fact.end - figure.fact.start
    planted = next(article for article in plot.articles if article.name == name).planted
    claims = [(name, p.thing, p.value) for p in planted if p.start < end and start < p.end]
    if not claims:
        return None if figure.dated else "", frozenset()
    thing = claims[0][1]
    return "" if plot.things[thing] == ALONE else thing, frozenset(claims)


def fit(rows: Rows, labels: NDArray[np.bool_], names: Sequence[str], strength: float) -> Model:
    """Return a logistic model of these rows."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    model = LogisticRegression(C=strength, max_iter=5000).fit((rows - mean) / spread, labels)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return {"bias": bias, **dict(zip(names, map(float, weights), strict=True))}


def fit_pairs(examples: Sequence[Example]) -> tuple[Model, Model]:
    """Return the models of figures of one value, and of those that differ."""
    rows: dict[bool, list[list[float]]] = {True: [], False: []}
    labels: dict[bool, list[bool]] = {True: [], False: []}
    for example in examples:
        figures, things = example.pairs.figures, example.things
        for (one, other), signs in _all_signs(example.pairs):
            if things[one] is not None and things[other] is not None:
                equal = figures[one].value == figures[other].value
                rows[equal].append([getattr(signs, name) for name in SIGNS])
                labels[equal].append(bool(things[one]) and things[one] == things[other])
    alike, apart = (fit(np.array(rows[e]), np.array(labels[e]), SIGNS, STRENGTH) for e in (True, False))
    return alike, apart


def _all_signs(pairs: Kept) -> Iterator[tuple[Pair, Signs]]:
    for one, other in pairs.articles_alike():
        yield from pairs.signs(one, other)


def fit_weights(examples: Sequence[Example]) -> Weights:
    """Return all weights but the threshold: those of groups by pairs of which nothing was fitted on their corpus."""
    nothing: Model = {name: 0.0 for name in ("bias", *BETWEEN)}
    rows, labels = list[list[float]](), list[bool]()
    for fold in range(FOLDS):
        equal, differing = fit_pairs([e for n, e in enumerate(examples) if n % FOLDS != fold])
        weights = Weights(equal, differing, nothing, ONE_VALUE, 0.0)
        for example in examples[fold::FOLDS]:
            for told, label in _groups(example, weights):
                rows.append(told)
                labels.append(label)
    groups = fit(np.array(rows), np.array(labels), BETWEEN, GROUP_STRENGTH)
    return Weights(*fit_pairs(examples), groups, ONE_VALUE, 0.0)


def _groups(example: Example, weights: Weights) -> Iterator[tuple[list[float], bool]]:
    """Yield what is seen of each two groups, and whether most of their figures are about one thing."""
    pairs = example.pairs.weighed_by(weights)
    odds = pairs.candidates()
    groups = group_values(pairs, odds, weights.one_value)
    most = [max(sorted(told), key=told.count) for told in ([example.things[n] or "" for n in g] for g in groups)]
    unmarked = [all(example.things[n] is None for n in group) for group in groups]
    for (one, other), between in read_between(pairs.figures, odds, groups).items():
        if not (unmarked[one] or unmarked[other]):
            yield [getattr(between, name) for name in BETWEEN], bool(most[one]) and most[one] == most[other]


Judged = tuple[int, int, int, int]
"""Pairs found, all pairs, matters about one thing, all matters."""


def judge(example: Example, weights: Weights) -> Judged:
    """Return how many planted pairs are found, and how many matters are about one thing."""
    pairs = example.pairs.weighed_by(weights)
    groups = [g for g in cluster(pairs) if len({pairs.figures[n].article.number for n in g}) > 1]
    held = [frozenset[Claim]().union(*(example.claims[n] for n in group)) for group in groups]
    found = sum(any(one in claims and other in claims for claims in held) for one, other in example.planted)
    about = [set[str].intersection(*({thing for _, thing, _ in example.claims[n]} for n in g)) for g in groups]
    return found, len(example.planted), sum(map(bool, about)), len(groups)


def judge_all(judged: Sequence[tuple[Example, Weights]]) -> list[tuple[float, float, float]]:
    """Return each threshold with its recall and its precision over these corpora."""
    table = []
    for threshold in THRESHOLDS.tolist():
        counts = np.array([judge(example, replace(weights, one_thing=threshold)) for example, weights in judged])
        found, planted, right, matters = counts.sum(axis=0).tolist()
        table.append((threshold, found / max(planted, 1), right / max(matters, 1)))
    return table


def without_corpus(examples: Sequence[Example]) -> list[tuple[Example, Weights]]:
    """Return each corpus with weights fitted without it."""
    judged = []
    for fold in range(FOLDS):
        weights = fit_weights([e for n, e in enumerate(examples) if n % FOLDS != fold])
        judged += [(example, weights) for example in examples[fold::FOLDS]]
    return judged


def without_writer(examples: Sequence[Example], writer: str) -> list[tuple[Example, Weights]]:
    """Return each corpus of a writer with weights fitted on what others wrote."""
    weights = fit_weights([example for example in examples if example.writer != writer])
    return [(example, weights) for example in examples if example.writer == writer]


def choose(table: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Return the line of the table that is precise enough and finds most."""
    return max((line for line in table if line[2] >= PRECISE), key=lambda line: line[1], default=table[-1])


@click.command(help=__doc__)
@click.option("--write/--no-write", default=True, help="Whether to write qa/matters/weights.json.")
@click.option("--kept", type=click.Path(file_okay=False, path_type=Path), help="Keep the corpora in this folder.")
def main(write: bool, kept: Path | None) -> None:
    with tempfile.TemporaryDirectory() as own:
        examples = read_examples(kept or Path(own))
    planted = [example for example in examples if example.writer != "like"]
    for writer in WRITERS:
        _print(f"by writer {writer}, fitted on others", judge_all(without_writer(examples, writer)))
    judged = [(example, weights) for example, weights in without_corpus(examples) if example.writer != "like"]
    table = judge_all(judged)
    _print(f"all {len(planted)} corpora, fitted without each", table)
    chosen = choose(table)
    if write:
        content = asdict(replace(fit_weights(examples), one_thing=chosen[0]))
        rounded = {name: _rounded(value) for name, value in content.items()}
        Path("qa/matters/weights.json").write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def _rounded(value: float | Model) -> float | dict[str, float]:
    return round(value, 4) if isinstance(value, float) else {name: round(weight, 4) for name, weight in value.items()}


def _print(title: str, table: Sequence[tuple[float, float, float]]) -> None:
    click.echo(title)
    for threshold, recall, precision in (*table[::4], choose(table)):
        click.echo(f"  {threshold:6.3f}  recall {recall:.3f}  precision {precision:.3f}")


if __name__ == "__main__":
    main()
