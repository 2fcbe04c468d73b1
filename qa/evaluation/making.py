"""How does what a person chose become a line of gold?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from index.facts import Span, spans
from index.records import Document
from qa.evaluation.gold import KINDS, rows


def gold_answer(document: Document, quote: str, answer: str) -> dict[str, Any]:
    """Return the entry of a source: its quote, the shortest answer in it, and what is read of that answer.

    `answer` is "" where the passage itself answers. Raises ValueError, in a sentence for the person who chose, where
    the quote does not stand once in the source, or the answer not in the quote.
    """
    times = document.text.count(quote)
    if times != 1:
        raise ValueError(f"these words stand {times} times in {document.source}; a quote must stand there once")
    if answer not in quote:
        raise ValueError(f"{answer!r} does not stand in the passage; type it as it is printed there")
    span = _span_of(answer, quote, document) if answer else None
    return {
        "source": document.source,
        "quote": quote,
        "answer": answer,
        "kind": span.kind if span else "passage",
        "value": span.value if span else None,
        "value_max": span.value_max if span else None,
        "role": span.role if span else "",
        "qualifier": span.qualifier if span else "",
    }


def _span_of(answer: str, quote: str, document: Document) -> Span | None:
    """Return the figure, date, person or place that an answer is: the one that shares most characters with it."""
    start = quote.index(answer)
    found = [
        (min(s.end, start + len(answer)) - max(s.start, start), -len(s.text), s)
        for s in spans(quote, document.language, published=document.published)
        if s.kind in KINDS
    ]
    shared, _, best = max(found, key=lambda one: one[:2], default=(0, 0, None))
    return best if shared > 0 else None


def gold_line(
    id_: str, question: str, language: str, answers: Sequence[dict[str, Any]], *, history: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a line of gold; without answers the question is unanswerable."""
    return {
        "id": id_,
        "language": language,
        "question": question,
        "history": list(history),
        "answers": list(answers),
        "unanswerable": not answers,
        "tags": [answers[0]["kind"] if answers else "unanswerable"],
    }


def free_id(file: str | Path) -> str:
    """Return the first of "q001", "q002" ... that no line of a gold set has."""
    path = Path(file)
    taken = {str(row.get("id")) for _, row in rows(path)} if path.exists() else set()
    return next(id_ for id_ in (f"q{number:03}" for number in count(1)) if id_ not in taken)
