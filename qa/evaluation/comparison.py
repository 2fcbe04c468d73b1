"""Which way of ranking is better, and is the difference real?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.corpus import Corpus
from index.records import CorpusError, plain
from qa.assistant import CONSIDERED
from qa.evaluation.gold import GoldQuestion
from qa.evaluation.judgements import Judgements, Passages, Qrels, locate_quotes
from qa.evaluation.metrics import FROM_LIBRARY, ranking_scores
from qa.evaluation.significance import bootstrap_interval, holm, randomisation_p, verdict
from qa.evaluation.trec import Run, read_run

RETRIEVERS = ("rank-bm25", "bm25", "dense", "hybrid")
"""rank-bm25 is that library alone, on lower-cased words; the others are those of `Corpus.search`."""

MEASURES = tuple(metric.name for metric in FROM_LIBRARY)


@dataclass(frozen=True, slots=True)
class Difference:
    """How a system differs from the baseline in one metric, over the same questions."""

    system: str
    baseline: str
    metric: str
    questions: int
    difference: float
    low: float
    high: float
    """The bounds of the 95 % bootstrap interval."""
    p: float
    """Of the paired randomisation test, after Holm's correction over the systems."""
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Systems over the same questions, the first of them the baseline."""

    systems: tuple[str, ...]
    scores: Mapping[str, Mapping[str, Mapping[str, float]]]
    """By system, then metric, then question."""
    groups: Mapping[str, str]
    """The languages of each question and of its right passages: "en→fr", "en→several"."""
    measure: str
    differences: tuple[Difference, ...]

    def mean(self, system: str, metric: str, *, group: str | None = None) -> float:
        """Return a system's mean of a metric over all questions, or over those of a pair of languages."""
        own = self.scores[system][metric]
        return float(np.mean([score for id_, score in own.items() if group in (None, self.groups[id_])]))

    def counts(self) -> dict[str, int]:
        """Return how many questions there are of each pair of languages."""
        found = list(self.groups.values())
        return {group: found.count(group) for group in sorted(set(found))}

    def summary(self) -> dict[str, Any]:
        """Return the table as plain data, with the scores of every question."""
        groups = self.counts()
        return {
            "questions": {"all": len(self.groups), **groups},
            "systems": {
                system: {
                    metric: {
                        "all": self.mean(system, metric),
                        **{group: self.mean(system, metric, group=group) for group in groups},
                    }
                    for metric in MEASURES
                }
                for system in self.systems
            },
            "differences": plain(self.differences),
            "scores": plain(self.scores),
        }

    def __str__(self) -> str:
        groups = self.counts()
        own = [f"{group} (n={count})" for group, count in groups.items()] if len(groups) > 1 else []
        width = max(18, *(len(system) + 2 for system in self.systems))
        ends = f"  {'difference, 95 % interval':<28}{'p (Holm)':>9}  verdict"
        head = f"{'system':<{width}}" + "".join(f"{name:>9}" for name in MEASURES)
        lines = [head + "".join(f"{name:>16}" for name in own) + ends]
        told = {difference.system: _told(difference) for difference in self.differences}
        for system in self.systems:
            line = f"{system:<{width}}" + "".join(f"{self.mean(system, name):>9.3f}" for name in MEASURES)
            if own:
                line += "".join(f"{self.mean(system, self.measure, group=group):>16.3f}" for group in groups)
            lines.append(line + told.get(system, "  baseline"))
        by = f"Differences{' and languages' if own else ''} by {self.measure}"
        return "\n".join([*lines, "", f"{by}, over {len(self.groups)} questions."])


def _told(d: Difference) -> str:
    interval = f"{d.difference:+.3f} [{d.low:+.3f}, {d.high:+.3f}]"
    return f"  {interval:<28}{d.p:>9.4f}  {d.verdict}"


def compare(
    corpus: Corpus,
    gold: Sequence[GoldQuestion],
    systems: Sequence[str],
    *,
    measure: str = "nDCG@10",
    qrels: Qrels | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Return how systems rank the paragraphs for the same questions; the first is the baseline.

    A system is one of `RETRIEVERS` or the path of a saved TREC run. Unanswerable questions and follow-ups are left out.
    Raises CorpusError as `evaluate` does and for a run that cannot be used.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is one of {', '.join(MEASURES)}, not {measure!r}")
    if len(systems) < 2 or len(set(systems)) < len(systems):
        raise ValueError(f"two or more different systems are compared, not {', '.join(systems) or 'none'}")
    places, passages = locate_quotes(corpus, gold), Passages.of(corpus)
    judged = passages.judged(gold, places, qrels)
    questions = {q.id: q.question for q in gold if q.id in judged}
    if not questions:
        raise CorpusError("no question of the gold set has a right passage, so that rankings cannot be compared")
    total = len(systems) * len(questions)
    scores: dict[str, dict[str, dict[str, float]]] = {}
    for number, system in enumerate(systems):
        run = _run(corpus, passages, system, questions, _told_from(number * len(questions), total, progress))
        names = {id_: [name for name, _ in found] for id_, found in run.items()}
        scores[system] = ranking_scores({id_: judged[id_] for id_ in questions}, names)
    groups = {q.id: _group(q, places) for q in gold if q.id in questions}
    return Comparison(tuple(systems), scores, groups, measure, _differences(systems, scores, measure))


def _group(question: GoldQuestion, places: Judgements) -> str:
    languages = {place.language for place in places[question.id]}
    return f"{question.language}→{languages.pop() if len(languages) == 1 else 'several'}"


def _told_from(before: int, total: int, progress: Callable[[int, int], None] | None) -> Callable[[int], None]:
    """Return what tells the progress of one system, others having come before it."""

    def tell(done: int) -> None:
        if progress:
            progress(before + done, total)

    return tell


def _run(
    corpus: Corpus, passages: Passages, system: str, questions: Mapping[str, str], progress: Callable[[int], None]
) -> Run:
    if system not in RETRIEVERS:
        if not Path(system).is_file():
            raise CorpusError(f"{system!r} is neither a file with a run nor one of {', '.join(RETRIEVERS)}")
        progress(len(questions))
        return read_run(system, questions, passages)
    search = _standard(passages) if system == "rank-bm25" else _searching(corpus, passages, system)
    run: Run = {}
    for number, (id_, question) in enumerate(questions.items(), 1):
        run[id_] = search(question)
        progress(number)
    return run


def _searching(corpus: Corpus, passages: Passages, retriever: str) -> Callable[[str], list[tuple[str, float]]]:
    def search(question: str) -> list[tuple[str, float]]:
        hits = corpus.search(question, k=CONSIDERED, retriever=retriever)
        return [(passages.name(hit.paragraph), hit.score) for hit in hits]

    return search


def _standard(passages: Passages) -> Callable[[str], list[tuple[str, float]]]:
    """Return a search by rank_bm25 as its documentation sets it up, on lower-cased words."""
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([re.findall(r"\w+", p.text.lower()) or [""] for p in passages.paragraphs])
    names = [passages.name(paragraph) for paragraph in passages.paragraphs]

    def search(question: str) -> list[tuple[str, float]]:
        scores = index.get_scores(re.findall(r"\w+", question.lower()))
        best = np.lexsort((np.arange(len(scores)), -scores))[:CONSIDERED]
        return [(names[row], float(scores[row])) for row in best]

    return search


def _differences(
    systems: Sequence[str], scores: Mapping[str, Mapping[str, Mapping[str, float]]], measure: str
) -> tuple[Difference, ...]:
    baseline, *others = systems
    before = scores[baseline][measure]
    paired = {system: np.array([scores[system][measure][id_] - before[id_] for id_ in before]) for system in others}
    corrected = holm([randomisation_p(own) for own in paired.values()])
    return tuple(
        Difference(
            system,
            baseline,
            measure,
            len(own),
            float(own.mean()),
            *bootstrap_interval(own),
            p,
            verdict(float(own.mean()), p, len(own)),
        )
        for (system, own), p in zip(paired.items(), corrected, strict=True)
    )
