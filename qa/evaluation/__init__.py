"""How good is it, against which gold, and is the difference real?

>>> from qa import Assistant, evaluate, read_gold
>>> print(evaluate(Assistant(corpus), read_gold("gold.jsonl")))     # doctest: +SKIP
"""

from qa.evaluation.asking import evaluate
from qa.evaluation.candidates import Candidate, read_candidates, record_candidate
from qa.evaluation.collection import GoldSet, index_articles, read_gold, read_set
from qa.evaluation.gold import GoldAnswer, GoldQuestion, StaleGold
from qa.evaluation.metrics import METRICS, Metric
from qa.evaluation.report import Case, Outcome, Rate, Report

__all__ = [
    "METRICS",
    "Candidate",
    "Case",
    "GoldAnswer",
    "GoldQuestion",
    "GoldSet",
    "Metric",
    "Outcome",
    "Rate",
    "Report",
    "StaleGold",
    "evaluate",
    "index_articles",
    "read_candidates",
    "read_gold",
    "read_set",
    "record_candidate",
]
