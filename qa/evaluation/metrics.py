"""What is measured, and how right is one shown answer?

Every metric is a mean over cases: a question, or a question and one source. Metrics of retrieval come from ir_measures;
exact match and token F1 follow SQuAD (Rajpurkar et al. 2016), with the articles of French as well.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.language import fold, stems
from qa.answers import SourceAnswer
from qa.evaluation.gold import GoldAnswer
from qa.evaluation.judgements import Qrels


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric; prints as it is written: ``nDCG@10``."""

    name: str
    about: str
    """What a case of it is, and when it is right."""
    graded: bool = False
    """Whether a case can be partly right."""

    def __str__(self) -> str:
        return self.name


ANSWERS = (
    Metric("passage first", "the first passage shown for an answering source is a right one"),
    Metric("value", "the claim of an answering source has the right value or text (numbers, dates, persons, places)"),
    Metric("silence", "a source that does not answer is called silent"),
    Metric("heard", "a source that answers is not called silent"),
    Metric("refused", "an unanswerable question is refused"),
    Metric("kept", "an answerable question is not refused"),
    Metric("follow-up", "a follow-up shows right passages first for at least half of its answering sources"),
    Metric("fidelity", "a shown quote stands verbatim at its offsets"),
)
"""What an answer is asked for first; a question with a history counts in "follow-up" and "fidelity" alone."""

WORDS = (
    Metric("role", "half or more of the words that say what a figure counts are those of the right one"),
    Metric("exact match", "the claim of an answering source, or the sentence shown, is the shortest answer"),
    Metric("token F1", "how many words the claim, or the sentence shown, shares with the shortest answer", graded=True),
    Metric("source recall", "the share of the answering sources that are shown", graded=True),
    Metric("source precision", "the share of the sources shown that answer", graded=True),
)

RANKINGS = (
    Metric("Success@1/source", "the paragraph of an answering source that is ranked first among its own is right"),
    Metric("nDCG@10", "the discounted gain of the ten paragraphs ranked first, of the greatest possible", graded=True),
    Metric("R@1", "the share of the right paragraphs that is ranked first", graded=True),
    Metric("R@5", "the share of the right paragraphs among the five ranked first", graded=True),
    Metric("R@10", "the share of the right paragraphs among the ten ranked first", graded=True),
    Metric("RR", "one divided by the rank of the first right paragraph", graded=True),
)
"""How well paragraphs are ranked, before anything is answered; a question for which nothing is found counts 0."""

METRICS = (*ANSWERS, *WORDS, *RANKINGS)
"""Every metric, in the order in which a report prints them."""

FROM_LIBRARY = tuple(metric for metric in RANKINGS if metric.name != "Success@1/source")

_ARTICLES = {
    "en": re.compile(r"\b(?:a|an|the)\b"),
    "fr": re.compile(r"\b(?:le|la|les|un|une|des|du|de)\b"),
}
_ELIDED = re.compile(r"\b[ld]['’]")


def ranking_scores(qrels: Qrels, run: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Return for each metric of ranking the score of every judged question.

    `run` holds the passages found for each question, best first; a question that it lacks scores 0.
    """
    from ir_measures import RR, R, iter_calc, nDCG

    # Ranks are handed over as scores: ir_measures would order ties by name.
    scored = {q: {name: -float(place) for place, name in enumerate(names)} for q, names in run.items() if q in qrels}
    # Made, not parsed from their names: the parser of ir_measures warns from Python 3.12 on, and fails on 3.14.
    measures = [nDCG @ 10, R @ 1, R @ 5, R @ 10, RR]
    scores: dict[str, dict[str, float]] = {metric.name: dict.fromkeys(qrels, 0.0) for metric in FROM_LIBRARY}
    if any(scored.values()):
        for found in iter_calc(measures, qrels, scored):
            scores[str(found.measure)][found.query_id] = float(found.value)
    return scores


def normalised_answer(text: str, language: str) -> str:
    """Return an answer as SQuAD compares it: lower case, without punctuation and articles, with single spaces.

    >>> normalised_answer("The  river’s bank.", "en"), normalised_answer("L’Aulne, la rivière", "fr")
    ('rivers bank', 'aulne rivière')
    """
    text = text.lower()
    if language == "fr":
        text = _ELIDED.sub(" ", text)
    text = "".join(c for c in text if c not in string.punctuation and not unicodedata.category(c).startswith("P"))
    if language in _ARTICLES:
        text = _ARTICLES[language].sub(" ", text)
    return " ".join(text.split())


def exact_match(ours: str, theirs: str, language: str) -> bool:
    """Return whether two answers are the same after SQuAD's normalisation."""
    return normalised_answer(ours, language) == normalised_answer(theirs, language)


def token_f1(ours: str, theirs: str, language: str) -> float:
    """Return the harmonic mean of precision and recall of the words of an answer, from 0 to 1.

    >>> round(token_f1("in the old town of Bern", "Bern town", "en"), 3)
    0.571
    """
    own, wanted = (Counter(normalised_answer(text, language).split()) for text in (ours, theirs))
    if not own or not wanted:
        return float(own == wanted)
    shared = (own & wanted).total()
    return 2 * shared / (own.total() + wanted.total())


def shown_answer(shown: SourceAnswer) -> str:
    """Return the words with which a source answers: its claim, else the sentence that its first passage marks."""
    if shown.claim is not None:
        return shown.claim.text
    passage = shown.passages[0]
    return " ".join(passage.citation.quote[start:end] for start, end in passage.highlights)


def right_value(shown: SourceAnswer, wanted: Sequence[GoldAnswer]) -> bool:
    """Return whether the claim shown for a source has the value, or else the text, of one of its gold answers."""
    claim = shown.claim
    if claim is None:
        return False
    for answer in wanted:
        if answer.value is not None and claim.value == answer.value and claim.value_max == answer.value_max:
            return True
        ours, theirs = _words(claim.text), _words(answer.answer)
        if ours == theirs or (answer.kind in ("person", "place") and (ours <= theirs or theirs <= ours)):
            return True
    return False


def right_role(shown: SourceAnswer, wanted: Sequence[GoldAnswer], language: str) -> bool:
    """Return whether the claim's role has half or more of the words, stemmed, of one of the gold's roles."""
    said = set(stems(shown.claim.role, language)) if shown.claim else set()
    return any(2 * len(said & own) >= len(own) > 0 for own in (set(stems(a.role, language)) for a in wanted))


def _words(text: str) -> frozenset[str]:
    articles = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"}
    return frozenset("".join(c if c.isalnum() else " " for c in fold(text)).split()) - articles
