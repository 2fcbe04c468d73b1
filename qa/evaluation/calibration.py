"""Are claims right as often as they say? How sure each was, beside whether it was right, in bins: a reliability table.

``python -m qa.evaluation.calibration GOLD FOLDER`` asks a gold set over a folder of articles, prints the table and the
bias and weight (`qa.weighing.CALIBRATED`) that would have made it straightest.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
import numpy as np

from qa.answers import Answer
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.metrics import right_value
from qa.logistic import sigmoid

BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)
"""Where the bins of the table end; claims of the last two are shown by themselves."""

Claimed = tuple[float, bool]
"""How sure a claim was, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims that were about equally sure."""

    low: float
    high: float
    claims: int
    said: float
    """How sure they were, on average."""
    right: float
    """The share of them that was right."""


def judge_claims(question: GoldQuestion, answer: Answer | None) -> list[Claimed]:
    """Return how sure each claim of an answer was, and whether it was right: of a source that answers, with its value.

    None where it is not known of every source whether it answers.
    """
    if answer is None or not answer.found or question.judged != "sources":
        return []
    own = {s.source: [wanted for wanted in question.answers if wanted.source == s.source] for s in answer.sources}
    return [
        (source.sureness, bool(own[source.source]) and right_value(source, own[source.source]))
        for source in answer.sources
        if source.sureness is not None
    ]


def tabulate(claims: Iterable[Claimed]) -> tuple[Bin, ...]:
    """Return the reliability table of some claims; a bin without claims is left out."""
    known = list(claims)
    made = []
    for low, high in pairwise(BINS):
        own = [(said, right) for said, right in known if low <= said < high or said == high == BINS[-1]]
        if own:
            said, right = np.array(own, float).mean(axis=0)
            made.append(Bin(low, high, len(own), float(said), float(right)))
    return tuple(made)


def straighten(claims: Sequence[Claimed], *, steps: int = 50) -> tuple[float, float]:
    """Return the bias and weight of the log odds that make claims as right as they say (Platt 1999), by Newton steps.

    Labels are drawn a little towards the middle, as Platt does, so that none is certain.
    """
    said = np.clip(np.array([claim[0] for claim in claims], float), 1e-6, 1 - 1e-6)
    right = np.array([claim[1] for claim in claims], float)
    target = np.where(right > 0, (right.sum() + 1) / (right.sum() + 2), 1 / (len(right) - right.sum() + 2))
    rows = np.stack([np.ones_like(said), np.log(said / (1 - said))], axis=1)
    weights = np.array([0.0, 1.0])
    for _ in range(steps):
        likely = 1 / (1 + np.exp(-rows @ weights))
        curvature = rows.T @ (rows * (likely * (1 - likely))[:, None]) + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(curvature, rows.T @ (target - likely))
    return float(weights[0]), float(weights[1])


def write_table(bins: Sequence[Bin]) -> list[str]:
    """Return a reliability table in lines; none for no claims."""
    if not bins:
        return []
    lines = [f"{'sureness of claims':<20}{'claims':>8}{'said':>8}{'right':>8}"]
    lines += [f"{f'{b.low:.2f} to {b.high:.2f}':<20}{b.claims:>8}{b.said:>8.2f}{b.right:>8.2f}" for b in bins]
    return lines


@click.command(help=__doc__)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(gold: Path, folder: Path) -> None:
    from index.corpus import Corpus
    from qa.assistant import Assistant
    from qa.evaluation.collection import read_gold
    from qa.weighing import CALIBRATED

    claims: list[Claimed] = []
    with tempfile.TemporaryDirectory() as work:
        assistant = Assistant(Corpus.build(folder, Path(work) / "index"))
        for question in read_gold(gold):
            if not question.history:
                claims += judge_claims(question, assistant.ask(question.question))
    click.echo("\n".join(write_table(tabulate(claims))))
    bias, weight = CALIBRATED
    merits = [(sigmoid((math.log(said / (1 - said)) - bias) / weight), right) for said, right in claims]
    click.echo("straightest with a bias of {:.2f} and a weight of {:.2f}".format(*straighten(merits)))


if __name__ == "__main__":
    main()
