"""How are runs and qrels written for, and read from, the tools of information retrieval?

A run has six columns, ``question Q0 passage rank score tag``, and qrels four, ``question 0 passage relevance``, with
white space between them. Both are in UTF-8; white space and % in a name are written in their %-form.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from index.records import CorpusError
from qa.evaluation.gold import text_of
from qa.evaluation.judgements import Passages, Qrels, one_word

Run = dict[str, list[tuple[str, float]]]
"""For each question the passages found, best first, with their scores."""

TAG = "recoupe"


def run_text(run: Mapping[str, Sequence[tuple[str, float]]], *, tag: str = TAG) -> str:
    """Return a run as a TREC run file."""
    return "".join(
        f"{one_word(question)} Q0 {one_word(name)} {rank} {score!r} {tag}\n"
        for question, found in run.items()
        for rank, (name, score) in enumerate(found, 1)
    )


def qrels_text(qrels: Mapping[str, Mapping[str, int]]) -> str:
    """Return judgements as TREC qrels."""
    return "".join(
        f"{one_word(question)} 0 {one_word(name)} {grade}\n"
        for question, judged in qrels.items()
        for name, grade in judged.items()
    )


def read_run(file: str | Path, questions: Collection[str], passages: Passages) -> Run:
    """Return a saved run over these questions; a question that it lacks found nothing.

    Ordered by score, then by rank. Questions that are not in the gold are passed over, as TREC's tools do. Raises
    CorpusError, with the line, for a malformed one, a score that is no number, and a passage that is not in the corpus;
    and where the run holds none of the questions.
    """
    found: dict[str, list[tuple[float, int, str]]] = {}
    for where, (question, _, name, rank, score, _) in _columns(Path(file), 6, "question Q0 passage rank score tag"):
        known = _known(question, questions)
        row = (-_number(score, where, "score"), int(_number(rank, where, "rank")))
        if known is not None:
            found.setdefault(known, []).append((*row, _passage(name, passages, where)))
    if not found:
        raise CorpusError(f"{file} holds none of the gold's questions; is it a run over another set?")
    return {question: _ordered(rows) for question, rows in found.items()}


def read_qrels(file: str | Path, questions: Collection[str], passages: Passages) -> Qrels:
    """Return judgements over these questions, those that are right. Raises CorpusError as `read_run` does."""
    qrels: Qrels = {}
    for where, (question, _, name, grade) in _columns(Path(file), 4, "question 0 passage relevance"):
        known = _known(question, questions)
        relevance = _number(grade, where, "relevance")
        if relevance != int(relevance):
            raise CorpusError(f"{where}: the relevance must be a whole number, not {grade!r:.40}")
        if known is not None:
            own, right = qrels.setdefault(known, {}), _passage(name, passages, where)
            own[right] = max(own.get(right, 0), int(relevance))
    judged = {q: {name: grade for name, grade in own.items() if grade > 0} for q, own in qrels.items()}
    if not any(judged.values()):
        raise CorpusError(f"{file} judges no passage right for any of the gold's questions")
    return {question: own for question, own in judged.items() if own}


def _ordered(rows: Sequence[tuple[float, int, str]]) -> list[tuple[str, float]]:
    """Return passages and scores, best first; of passages that are one paragraph here the best place counts."""
    own: dict[str, float] = {}
    for minus, _, name in sorted(rows):
        own.setdefault(name, -minus)
    return list(own.items())


def _columns(file: Path, count: int, names: str) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text_of(file).split("\n"), 1):
        cells = line.split()
        where = f"line {number} of {file}"
        if cells and len(cells) != count:
            raise CorpusError(f"{where} has {len(cells)} columns; there are {count}: {names}")
        if cells:
            yield where, cells


def _number(cell: str, where: str, name: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise CorpusError(f"{where}: the {name} must be a number, not {cell!r:.40}")
    return number


def _known(question: str, questions: Collection[str]) -> str | None:
    return next((own for own in (question, unquote(question)) if own in questions), None)


def _passage(name: str, passages: Passages, where: str) -> str:
    own = passages.resolved(name)
    if own is None:
        raise CorpusError(f"{where} names {name!r:.80}, which the corpus lacks")
    return own
