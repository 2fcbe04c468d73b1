"""How is a report written for other programs? A line of JSON for each question, and tables as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from qa.evaluation.comparison import MEASURES, Comparison
from qa.evaluation.report import Outcome, Report

_NAMED = 10
"""Passages of a ranking that the line of a question names."""


def question_lines(report: Report) -> str:
    """Return JSON Lines: for each question its scores, what was shown, the passages ranked first; no times."""
    scores = report.scores()
    return "".join(
        f"{json.dumps(_row(outcome, scores[outcome.question.id]), ensure_ascii=False)}\n" for outcome in report.outcomes
    )


def _row(outcome: Outcome, scores: dict[str, list[float]]) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    shown = [
        {
            "source": source.source,
            "claim": source.claim.text if source.claim else None,
            "quote": source.passages[0].citation.quote,
        }
        for source in (answer.sources if answer and answer.found else ())
    ]
    return {
        "id": question.id,
        "language": question.language,
        "type": question.type,
        "question": question.question,
        "understood_as": answer.understood_as if answer else question.question,
        "found": answer.found if answer else None,
        "confidence": None if outcome.confidence is None else round(outcome.confidence, 6),
        "scores": scores,
        "shown": shown,
        "ranking": [name for name, _ in outcome.ranking[:_NAMED]],
    }


def report_csv(report: Report) -> str:
    """Return a report's figures as CSV: metric, group, value, cases; a group is a language or a pair, "en→fr"."""
    metrics = report.summary()["metrics"]
    rows = [
        (metric, group, f"{own['value']:.6f}", own["cases"])
        for metric, groups in metrics.items()
        for group, own in groups.items()
    ]
    return _csv(("metric", "group", "value", "cases"), rows)


def comparison_csv(comparison: Comparison) -> str:
    """Return a comparison as CSV: a row for each system and group, the test against the baseline beside "all"."""
    tested = {difference.system: difference for difference in comparison.differences}
    rows = []
    for system in comparison.systems:
        for group, count in {"all": len(comparison.groups), **comparison.counts()}.items():
            chosen = None if group == "all" else group
            means = [f"{comparison.mean(system, metric, group=chosen):.6f}" for metric in MEASURES]
            d = tested.get(system) if group == "all" else None
            ends = [f"{x:.6f}" for x in (d.difference, d.low, d.high, d.p)] + [d.verdict] if d else [""] * 5
            rows.append((system, group, count, *means, *ends))
    return _csv(("system", "group", "questions", *MEASURES, "difference", "low", "high", "p", "verdict"), rows)


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return written.getvalue()
