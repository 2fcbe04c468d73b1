"""Which weights tell figures about one thing from those that are not, and how well will they for another writer?

``python -m qa.evaluation.planting`` fits the logistic models of `qa.matters.likelihood` on the corpora with planted
figures that are for that, and on pairs of articles on like events of which nothing is about one thing. It prints recall
and precision, as `qa.evaluation.planted` counts them, of what another wrote than those whose corpora the weights were
fitted on; chooses the threshold by them, and writes ``qa/matters/weights.json``. The reader reads some 19,000
paragraphs for it, ten minutes on two cores.
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

from index.encoder import SentenceEncoder
from qa.evaluation.confusion import make_corpus, read_pairs
from qa.evaluation.planted import ALONE, Claim, Plot, find_shifts, plant_corpus, planted_pairs, read_plots
from qa.matters.clustering import cluster
from qa.matters.figures import Figure, gather_figures
from qa.matters.hearing import Heard
from qa.matters.likelihood import HEARD, SIGNS, Model, Weights, line_up
from qa.matters.pairing import Pair, Pairs
from qa.matters.signs import Signs
from qa.matters.values import SMALL, YEARS, telling_digits

WRITERS = {
    "one": (Path("tests/gold/planted-train.jsonl"), Path("tests/gold/planted-dev.jsonl")),
    "two": (Path("tests/gold/planted-dev-2.jsonl"),),
    "three": (Path("tests/gold/planted-blind20.jsonl"),),
}
"""The corpora with planted figures, by who wrote them."""

LIKE = Path("tests/gold/confusion-dev.jsonl")
"""Pairs of articles on like events; in those that differ in `APART`, no figure is about one thing."""

APART = ("place", "person", "date")

STRENGTH = 0.02
"""Inverse of the regularisation: weights are of standardised signs."""

CHANCE = 0.02
"""What a pair about different things counts as one of equal figures, see `Row.by_chance`."""

ONE_VALUE = 1.0
"""`Weights.one_value`."""

PRECISE = 0.945
"""The precision of matters by which the threshold is chosen: above the .90 that is aimed at, since writers that are
left out of a fit, but were looked at, are told apart better than those nobody has seen."""

THRESHOLDS = np.arange(-1.5, 1.01, 0.125)


class Kept(Pairs):
    """Pairs that remember what was seen of them, to be weighed again and again."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__(figures)
        self.known = lru_cache(maxsize=None)(lambda one, other: list(super(Kept, self).signs(one, other)))

    def signs(self, one: int, other: int) -> Iterator[tuple[Pair, Signs]]:
        yield from self.known(one, other)


@dataclass(frozen=True, slots=True)
class Row:
    """Two figures of different articles."""

    signs: Signs
    heard: Heard
    equal: bool
    one: bool
    """Whether they are about one thing."""
    digits: int
    least: float
    """Of one of them: the digits of its value, and how large that is."""
    count: float = 1.0

    def by_chance(self) -> Row:
        """Return two figures that are about different things as they were if they had one value by chance.

        Those of corpora are too few to tell such pairs from others; `CHANCE` is what each of these counts.
        """
        signs = replace(
            self.signs,
            apart=0.0,
            possible=1.0,
            possible_near=self.signs.near,
            possible_words=self.signs.words,
            digits=float(self.digits),
            small=float(not self.signs.date and self.least < SMALL),
            year=float(not self.signs.date and YEARS[0] <= self.least <= YEARS[1]),
            **dict.fromkeys(("changes", "strangers", "rises", "falls"), 0.0),
        )
        return replace(self, signs=signs, equal=True, count=CHANCE)


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
    rows: tuple[Row, ...]
    """All pairs that may be about one thing, of figures of which it is known."""


def _rows(pairs: Kept, things: Sequence[str | None]) -> Iterator[Row]:
    seen = {pair: signs for articles in pairs.articles_alike() for pair, signs in pairs.signs(*articles)}
    pairs.listen(seen)
    for (one, other), signs in seen.items():
        thing, figure = things[one], pairs.figures[one]
        if thing is not None and things[other] is not None:
            same, digits = bool(thing) and thing == things[other], telling_digits(figure, figure)
            pair = one, other
            yield Row(signs, pairs.heard(pair), pairs.equal(pair), same, digits, abs(figure.bounds[0]))


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
                things, claims = tuple(thing for thing, _ in told), tuple(own for _, own in told)
                found.append(Example(writer, pairs, things, claims, planted, tuple(_rows(pairs, things))))
    for pair in read_pairs(LIKE):
        if pair.differ in APART:
            corpus = make_corpus(pair, folder / "like", encoder)
            pairs = Kept(gather_figures(corpus.snapshot()))
            things = ("",) * len(pairs.figures)
            rows = tuple(_rows(pairs, things))
            found.append(Example("like", pairs, things, (frozenset(),) * len(things), (), rows))
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


def fit(rows: Sequence[Row], names: Sequence[str], *, heard: bool) -> Model:
    """Return a logistic model of these rows, by what is seen alone or by what the reader finds as well."""
    from sklearn.linear_model import LogisticRegression

    told = np.array([line_up(row.signs, row.heard if heard else None) for row in rows])
    mean, spread = told.mean(axis=0), told.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    labels, counts = [row.one for row in rows], [row.count for row in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((told - mean) / spread, labels, sample_weight=counts)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return {"bias": bias, **dict(zip(names, map(float, weights), strict=True))}


def fit_weights(examples: Sequence[Example]) -> Weights:
    """Return all weights but the threshold."""
    rows = [row for example in examples for row in example.rows]
    equal = [row for row in rows if row.equal] + [row.by_chance() for row in rows if not (row.equal or row.one)]
    differing = [row for row in rows if not row.equal]
    return Weights(
        equal=fit(equal, SIGNS, heard=False),
        differing=fit(differing, SIGNS, heard=False),
        equal_heard=fit(equal, (*SIGNS, *HEARD), heard=True),
        differing_heard=fit(differing, (*SIGNS, *HEARD), heard=True),
        one_value=ONE_VALUE,
        one_thing=0.0,
    )


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
    left_out = [without_writer(examples, writer) for writer in WRITERS]
    for writer, judged in zip(WRITERS, left_out, strict=True):
        _print(f"by writer {writer}, fitted on others", judge_all(judged))
    table = judge_all([one for judged in left_out for one in judged])
    _print(f"all {len(planted)} corpora, fitted on other writers", table)
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
