"""How good is it, against which gold?

A gold set is JSON Lines: for each question, which sources answer it, with which exact quote and which shortest answer.
Judgements are keyed by source and quote and compared by overlap of offsets, so that splitting a corpus in another way
does not zero a measure. ``tests/gold/README.md`` describes the fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.language import fold
from index.reading import normalised
from index.records import CorpusError
from qa.answers import Answer, SourceAnswer
from qa.assistant import Assistant


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What one source says, as a person found it."""

    source: str
    quotes: tuple[str, ...]
    """Any of these, word for word, is a right passage."""
    answer: str
    kind: str
    value: float | str | None = None
    value_max: float | str | None = None
    combined: bool = False


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the sources that answer it; none for an unanswerable one."""

    id: str
    language: str
    question: str
    history: tuple[str, ...]
    answers: tuple[GoldAnswer, ...]

    @property
    def sources(self) -> frozenset[str]:
        """The sources that answer."""
        return frozenset(answer.source for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is a share of; prints as "0.875 (7/8)"."""

    right: int
    total: int

    def __str__(self) -> str:
        return f"{self.right / self.total:.3f} ({self.right}/{self.total})" if self.total else "none"


MEASURES = {
    "passage first": "the first passage shown for an answering source is a right one",
    "value": "the claim of an answering source has the right value or text (numbers, dates, persons, places)",
    "silence": "a source that does not answer is called silent",
    "heard": "a source that answers is not called silent",
    "refused": "an unanswerable question is refused",
    "kept": "an answerable question is not refused",
    "follow-up": "a follow-up shows right passages first for at least half of its answering sources",
    "fidelity": "a shown quote stands verbatim at its offsets",
}
"""The measures of a report, in the order in which it prints them, with what each is a share of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went: for each measure, which cases were right."""

    question: GoldQuestion
    answer: Answer
    cases: Mapping[str, tuple[bool, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """Every outcome, from which the measures are counted."""

    outcomes: tuple[Outcome, ...]

    def rate(self, measure: str, *, language: str | None = None) -> Rate:
        """Return a measure over all questions, or over those in one language."""
        cases = [
            right
            for outcome in self.outcomes
            if language in (None, outcome.question.language)
            for right in outcome.cases.get(measure, ())
        ]
        return Rate(sum(cases), len(cases))

    def __str__(self) -> str:
        languages = sorted({outcome.question.language for outcome in self.outcomes})
        lines = [f"{'measure':<15}" + "".join(f"{code:>20}" for code in [*languages, "all"])]
        for measure in MEASURES:
            rates = [str(self.rate(measure, language=code)) for code in languages] + [str(self.rate(measure))]
            lines.append(f"{measure:<15}" + "".join(f"{rate:>20}" for rate in rates))
        return "\n".join(lines)


def read_gold(file: str | Path) -> list[GoldQuestion]:
    """Return the questions of a gold set. Raises CorpusError naming the line and the key that are wrong."""
    questions = []
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the gold set {file} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except json.JSONDecodeError as error:
                raise CorpusError(f"line {number} of {file} is not JSON: {error}") from error
            except (KeyError, TypeError, AttributeError) as error:
                raise CorpusError(
                    f"line {number} of {file} lacks a field or has one of another type: {error}"
                ) from error
    twice = {q.id for q in questions if sum(q.id == other.id for other in questions) > 1}
    if twice:
        raise CorpusError(f"the id {sorted(twice)[0]!r} stands twice in {file}")
    if not questions:
        raise CorpusError(f"{file} holds no questions")
    return questions


def _question(row: Mapping[str, object]) -> GoldQuestion:
    answers = row["answers"]
    if not isinstance(answers, list):
        raise TypeError("answers is a list")
    return GoldQuestion(
        id=str(row["id"]),
        language=str(row["language"]),
        question=str(row["question"]),
        history=tuple(row.get("history") or ()),  # type: ignore[arg-type]
        answers=tuple(map(_answer, answers)),
    )


def _answer(row: Mapping[str, Any]) -> GoldAnswer:
    value, value_max = row.get("value"), row.get("value_max")
    if isinstance(value, str) and "/" in value:
        # An interval of dates, as ISO 8601 writes it.
        value, value_max = value.split("/", 1)
    return GoldAnswer(
        source=row["source"],
        quotes=tuple(normalised(quote) for quote in (row["quote"], *row.get("also", ()))),
        answer=row["answer"],
        kind=row["kind"],
        value=value,
        value_max=value_max,
        combined=row.get("combined", False),
    )


def evaluate(
    assistant: Assistant, gold: Sequence[GoldQuestion], *, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Return how the assistant does on a gold set. Raises CorpusError for a source or quote that the corpus lacks."""
    _refuse_stale(assistant, gold)
    outcomes = []
    for number, question in enumerate(gold, 1):
        history: list[Answer] = []
        for earlier in question.history:
            history.append(assistant.ask(earlier, history=history))
        answer = assistant.ask(question.question, history=history)
        outcomes.append(Outcome(question, answer, _cases(assistant, question, answer)))
        if progress:
            progress(number, len(gold))
    return Report(tuple(outcomes))


def _refuse_stale(assistant: Assistant, gold: Iterable[GoldQuestion]) -> None:
    sources = set(assistant.corpus.sources)
    for question in gold:
        for answer in question.answers:
            if answer.source not in sources:
                raise CorpusError(f"gold question {question.id} names {answer.source!r}, which the corpus lacks")
            text = assistant.corpus.document(answer.source).text
            for quote in answer.quotes:
                if quote not in text:
                    raise CorpusError(f"stale gold: {question.id} quotes {quote[:60]!r}, not in {answer.source}")


def _cases(assistant: Assistant, question: GoldQuestion, answer: Answer) -> dict[str, tuple[bool, ...]]:
    shown = {source.source: source for source in answer.sources} if answer.found else {}
    cases: dict[str, tuple[bool, ...]] = {"fidelity": tuple(_verbatim(assistant, answer))}
    if not question.answers:
        return {**cases, "refused": (not answer.found,)}
    asked = sorted(question.sources)
    right = [source in shown and right_passage(assistant, shown[source], question) for source in asked]
    if question.history:
        return {**cases, "follow-up": (2 * sum(right) >= len(right),)}
    typed = [s for s in asked if any(a.source == s and a.kind != "passage" for a in question.answers)]
    return {
        **cases,
        "passage first": tuple(right),
        "value": tuple(source in shown and right_value(shown[source], question) for source in typed),
        "silence": tuple(source not in shown for source in assistant.corpus.sources if source not in asked),
        "heard": tuple(source in shown for source in asked),
        "kept": (answer.found,),
    }


def _verbatim(assistant: Assistant, answer: Answer) -> Iterable[bool]:
    for source in answer.sources:
        text = assistant.corpus.document(source.source).text
        for passage in source.passages:
            yield text[passage.citation.start : passage.citation.end] == passage.citation.quote


def right_passage(assistant: Assistant, shown: SourceAnswer, question: GoldQuestion) -> bool:
    """Return whether the first passage shown for a source overlaps a quote of the gold."""
    citation = shown.passages[0].citation
    text = assistant.corpus.document(shown.source).text
    for answer in question.answers:
        if answer.source == shown.source:
            for quote in answer.quotes:
                start = text.find(quote)
                if start < citation.end and citation.start < start + len(quote):
                    return True
    return False


def right_value(shown: SourceAnswer, question: GoldQuestion) -> bool:
    """Return whether the claim shown for a source has the value, or else the text, of one of its gold answers."""
    claim = shown.claim
    if claim is None:
        return False
    for answer in question.answers:
        if answer.source != shown.source:
            continue
        if answer.value is not None and claim.value == answer.value and claim.value_max == answer.value_max:
            return True
        ours, theirs = _words(claim.text), _words(answer.answer)
        if ours == theirs or (answer.kind in ("person", "place") and (ours <= theirs or theirs <= ours)):
            return True
    return False


def _words(text: str) -> frozenset[str]:
    articles = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"}
    return frozenset("".join(c if c.isalnum() else " " for c in fold(text)).split()) - articles
