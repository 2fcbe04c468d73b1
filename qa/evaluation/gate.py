"""Did anything get worse since the baseline was accepted?

A baseline is a JSON file with the sums and the numbers of cases of every question, so that each metric is compared
question by question. Times are not part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.records import CorpusError, plain
from qa.evaluation.files import write_text
from qa.evaluation.gold import parse_gold, text_of
from qa.evaluation.metrics import FROM_LIBRARY
from qa.evaluation.report import Report
from qa.evaluation.significance import ALPHA, ENOUGH, holm, randomisation_p

TOLERANCE = 0.05
"""How far a metric may fall where the fall is not significant; of fewer than twenty questions, one may go, since
processors round the reader's numbers differently."""

Sums = Mapping[str, tuple[float, int]]
"""For each metric of one question the sum of its cases' scores and their number."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A metric that got worse than a gate lets through; prints as a sentence."""

    metric: str
    before: float
    now: float
    p: float
    """Of the paired randomisation test, after Holm's correction over the metrics; 1 where there are too few
    questions to tell."""
    questions: int

    def __str__(self) -> str:
        shown = f"p = {self.p:.4f}" if self.questions >= ENOUGH else "too few to tell whether by chance"
        return f"{self.metric} fell from {self.before:.3f} to {self.now:.3f} over {self.questions} questions ({shown})"


def save_baseline(file: str | Path, report: Report) -> None:
    """Write what a report measured as the baseline of a gate, in one step."""
    questions = {id_: json.dumps(plain(own)) for id_, own in _sums(report).items()}
    metrics = {metric.name: round(report.rate(metric.name).value or 0.0, 6) for metric in report.metrics}
    # A line for each question, so that what changed can be read in a diff.
    lines = ",\n".join(f"  {json.dumps(id_)}: {own}" for id_, own in questions.items())
    head = f'{{\n "gold": {json.dumps(_digest(report))},\n "metrics": {json.dumps(metrics)},\n "questions": {{\n'
    write_text(Path(file), f"{head}{lines}\n }}\n}}\n")


def falls(report: Report, file: str | Path) -> list[Fall]:
    """Return the metrics that fell since the baseline: significantly, or by more than `TOLERANCE`; empty when none did.

    Raises CorpusError where the baseline cannot be read, was made with another gold set, or holds metrics of ranking
    that this report lacks.
    """
    before, now = _read(Path(file), report), _sums(report)
    names = sorted({name for own in before.values() for name in own})
    missing = set(names) - {metric.name for metric in report.metrics}
    if missing & {metric.name for metric in FROM_LIBRARY}:
        raise CorpusError(
            f"{file} holds {sorted(missing)[0]}, which was not measured now; give the --judgements that it was made "
            "with, or accept what is measured with --update-baseline"
        )
    compared = {name: _compared(name, before, now) for name in names if name not in missing}
    corrected = dict(zip(compared, holm([fall.p for fall in compared.values()]), strict=True))
    return [
        Fall(fall.metric, fall.before, fall.now, corrected[name], fall.questions)
        for name, fall in compared.items()
        if fall.now < fall.before
        and (
            fall.before - fall.now > max(TOLERANCE, 1 / fall.questions) + 1e-9
            or (fall.questions >= ENOUGH and corrected[name] < ALPHA)
        )
    ]


def _compared(name: str, before: Mapping[str, Sums], now: Mapping[str, Sums]) -> Fall:
    """Return how a metric changed, as means over all cases; a question without cases on a side adds nothing there."""
    ids = [id_ for id_ in before if name in before[id_] or name in now[id_]]
    old = np.array([before[id_].get(name, (0.0, 0)) for id_ in ids])
    new = np.array([now[id_].get(name, (0.0, 0)) for id_ in ids])
    means = [float(side[:, 0].sum() / max(side[:, 1].sum(), 1)) for side in (old, new)]
    # Where a metric has as many cases now as before, this is the difference of the sums.
    differences = new[:, 0] - old[:, 0] - means[0] * (new[:, 1] - old[:, 1])
    p = randomisation_p(differences) if len(ids) >= ENOUGH else 1.0
    return Fall(name, means[0], means[1], p, len(ids))


def _sums(report: Report) -> dict[str, Sums]:
    return {
        id_: {name: (round(sum(scores), 6), len(scores)) for name, scores in own.items() if scores}
        for id_, own in report.scores().items()
    }


def _digest(report: Report) -> str:
    """Return what tells the gold set from others; how the corpus is split is no part of it."""
    text = json.dumps(plain([outcome.question for outcome in report.outcomes]), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _read(file: Path, report: Report) -> dict[str, Sums]:
    """Return the sums of a baseline. Raises CorpusError where it is not one, or not for these questions."""
    if not file.exists():
        raise CorpusError(f"there is no baseline at {file}; make one with --gate {file} --update-baseline")
    content: Any = parse_gold(text_of(file), str(file))
    try:
        digest = content["gold"]
        questions: dict[str, Sums] = {
            id_: {name: (float(total), int(count)) for name, (total, count) in own.items()}
            for id_, own in content["questions"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorpusError(f"{file} is not a baseline: {error!r:.80}; make one with --update-baseline") from None
    if digest != _digest(report) or questions.keys() != report.scores().keys():
        raise CorpusError(f"{file} was made with another gold set; accept this one with --update-baseline")
    return questions
