"""What came of every question, and what does it come to?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from index.records import Hit, plain
from qa.answers import Answer
from qa.evaluation.calibration import Bin, judge_claims, tabulate, write_table
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.judgements import Qrels
from qa.evaluation.metrics import ANSWERS, METRICS, RANKINGS, WORDS, Metric

THRESHOLDS = tuple(n / 100 for n in range(0, 101, 5))
"""Where the abstention curve is taken."""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was right or wrong: its score from 0 to 1, and the language of the passage that it is about.

    The language is "" where the case is about no passage, or about passages in several languages.
    """

    score: float
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean with what it is a mean of; prints as "0.875 (7/8)", a graded one as "0.875 (n=8)"."""

    right: float
    total: int
    graded: bool = False

    @property
    def value(self) -> float | None:
        """The mean; None where there is no case."""
        return self.right / self.total if self.total else None

    def __str__(self) -> str:
        if not self.total:
            return "none"
        of = f"n={self.total}" if self.graded else f"{self.right:.0f}/{self.total}"
        return f"{self.right / self.total:.3f} ({of})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went: for each metric its cases, with what was answered and found."""

    question: GoldQuestion
    cases: Mapping[str, tuple[Case, ...]]
    answer: Answer | None = None
    """None where only the ranking was judged."""
    ranking: tuple[tuple[str, float], ...] = ()
    """The passages found, by the names that runs give them, best first, with their scores."""
    best: tuple[Hit, ...] = ()
    """The paragraphs ranked first, three at most."""
    confidence: float | None = None
    """How surely the best passage answers, from 0 to 1; None where it was not weighed."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long the answer and the search took; the one thing here that differs from run to run."""


@dataclass(frozen=True, slots=True)
class Report:
    """Every outcome, from which the figures are counted, and the judgements of rankings."""

    outcomes: tuple[Outcome, ...]
    qrels: Qrels = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        """The languages of the questions."""
        return sorted({outcome.question.language for outcome in self.outcomes})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of a question's language and a passage's that occur."""
        return sorted(
            {
                (outcome.question.language, case.passage)
                for outcome in self.outcomes
                for cases in outcome.cases.values()
                for case in cases
                if case.passage
            }
        )

    @property
    def metrics(self) -> list[Metric]:
        """The metrics that have a case, in the order of `METRICS`."""
        return [metric for metric in METRICS if any(outcome.cases.get(metric.name) for outcome in self.outcomes)]

    @property
    def types(self) -> list[str]:
        """The types of the questions, most frequent first."""
        return [name for name, _ in Counter(outcome.question.type for outcome in self.outcomes).most_common()]

    def rate(
        self, metric: str, *, language: str | None = None, passage: str | None = None, type: str | None = None
    ) -> Rate:
        """Return a metric over all questions, or those in one language, over passages in one, or of one type."""
        scores = [
            case.score
            for outcome in self.outcomes
            if language in (None, outcome.question.language) and type in (None, outcome.question.type)
            for case in outcome.cases.get(metric, ())
            if passage in (None, case.passage)
        ]
        graded = any(metric == known.name and known.graded for known in METRICS)
        return Rate(float(sum(scores)), len(scores), graded)

    def scores(self) -> dict[str, dict[str, list[float]]]:
        """Return the scores of every case as plain data: by question, then by metric."""
        return {
            outcome.question.id: {name: [float(case.score) for case in cases] for name, cases in outcome.cases.items()}
            for outcome in self.outcomes
        }

    def curve(self) -> list[dict[str, float]]:
        """Return the abstention curve: for each threshold the share of answerable questions whose surest passage is
        below it (wrongly refused), and of unanswerable ones whose surest passage is not (wrongly answered).

        Empty where either kind of question is missing. The threshold counts alone: what else an answer asks of its
        passages is left out, so that a point of the curve and the rates "kept" and "refused" need not meet.
        """
        weighed = [(o.confidence, bool(o.question.answers)) for o in self.outcomes if o.confidence is not None]
        right = np.array([confidence for confidence, answerable in weighed if answerable])
        wrong = np.array([confidence for confidence, answerable in weighed if not answerable])
        if not len(right) or not len(wrong):
            return []
        return [
            {
                "threshold": threshold,
                "wrongly refused": float((right < threshold).mean()),
                "wrongly answered": float((wrong >= threshold).mean()),
            }
            for threshold in THRESHOLDS
        ]

    def reliability(self) -> tuple[Bin, ...]:
        """Return how often claims were right that were about equally sure; questions with a history left out."""
        asked = [outcome for outcome in self.outcomes if not outcome.question.history]
        return tabulate(claim for outcome in asked for claim in judge_claims(outcome.question, outcome.answer))

    def latency(self) -> dict[str, dict[str, float]]:
        """Return the median and the 95th percentile of the seconds that answers and searches took, and how many."""
        names = dict.fromkeys(name for outcome in self.outcomes for name in outcome.seconds)
        taken = {name: [o.seconds[name] for o in self.outcomes if name in o.seconds] for name in names}
        return {
            name: {
                "p50": float(np.percentile(seconds, 50)),
                "p95": float(np.percentile(seconds, 95)),
                "n": len(seconds),
            }
            for name, seconds in taken.items()
        }

    def summary(self) -> dict[str, Any]:
        """Return the figures as plain data: each metric over all, by language of the question, and by pair."""
        return {
            "questions": {
                "all": len(self.outcomes),
                **{code: sum(o.question.language == code for o in self.outcomes) for code in self.languages},
            },
            "metrics": {metric.name: self._groups(metric.name) for metric in self.metrics},
            "abstention": self.curve(),
            "reliability": [plain(own) for own in self.reliability()],
            "latency": self.latency(),
        }

    def _groups(self, metric: str) -> dict[str, dict[str, float | int | None]]:
        rates = {"all": self.rate(metric)}
        rates |= {code: self.rate(metric, language=code) for code in self.languages}
        rates |= {f"{a}→{b}": self.rate(metric, language=a, passage=b) for a, b in self.pairs}
        return {group: {"value": rate.value, "cases": rate.total} for group, rate in rates.items() if rate.total}

    def __str__(self) -> str:
        counts = [sum(o.question.language == code for o in self.outcomes) for code in self.languages]
        blocks = [
            _line("measure", [*self.languages, "all"], self._gap_heading),
            _line("questions", [*map(str, counts), str(len(self.outcomes))], ""),
            *self._lines(ANSWERS),
            *(["", *self._lines(WORDS)] if self._has(WORDS) else []),
            *(["", *self._lines(RANKINGS)] if self._has(RANKINGS) else []),
            *self._pair_lines(),
            *_curve_lines(self.curve()),
            *(["", *write_table(bins)] if (bins := self.reliability()) else []),
            *_latency_lines(self.latency()),
        ]
        return "\n".join(blocks)

    @property
    def _gap_heading(self) -> str:
        return "gap" if len(self.languages) > 1 else ""

    def _has(self, metrics: Sequence[Metric]) -> bool:
        return any(metric in self.metrics for metric in metrics)

    def _lines(self, metrics: Sequence[Metric]) -> list[str]:
        lines = []
        for metric in metrics:
            if metric in ANSWERS or metric in self.metrics:
                own = [self.rate(metric.name, language=code) for code in self.languages]
                lines.append(_line(metric.name, [*map(str, own), str(self.rate(metric.name))], gap(own)))
        return lines

    def _pair_lines(self) -> list[str]:
        """Return the table by languages of question and passage, where passages are in more than one language."""
        if len({passage for _, passage in self.pairs}) < 2:
            return []
        lines = ["", _line("question→passage", [f"{a}→{b}" for a, b in self.pairs], "gap")]
        for metric in self.metrics:
            own = [self.rate(metric.name, language=a, passage=b) for a, b in self.pairs]
            if any(rate.total for rate in own):
                lines.append(_line(metric.name, list(map(str, own)), gap(own)))
        return lines


def gap(rates: Sequence[Rate]) -> str:
    """Return how far the best of several groups is from the worst; "" where fewer than two have a case."""
    values = [rate.value for rate in rates if rate.value is not None]
    return f"{max(values) - min(values):.3f}" if len(values) > 1 else ""


def _line(name: str, cells: Sequence[str], end: str) -> str:
    return (f"{name:<17}" + "".join(f"{cell:>20}" for cell in cells) + (f"{end:>8}" if end else "")).rstrip()


def _curve_lines(curve: Sequence[Mapping[str, float]]) -> list[str]:
    """Return the abstention curve at every tenth."""
    tenths = curve[2:-1:2]
    names = ("threshold", "wrongly refused", "wrongly answered")
    lines = [f"{name:<17}" + "".join(f"{point[name]:>7.2f}" for point in tenths) for name in names]
    return ["", *lines] if curve else []


def _latency_lines(latency: Mapping[str, Mapping[str, float]]) -> list[str]:
    return ["", *(f"{name:<17}{_milliseconds(own)}" for name, own in latency.items())] if latency else []


def _milliseconds(own: Mapping[str, float]) -> str:
    return f"{1000 * own['p50']:.0f} ms p50, {1000 * own['p95']:.0f} ms p95 (n={own['n']:.0f})"
