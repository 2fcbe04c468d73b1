"""Which questions does a gold set ask, and what is a right answer to each?

Our own format is JSON Lines: for each question, which sources answer it, with which exact quote and which shortest
answer; ``tests/gold/README.md`` describes the keys. Judgements are keyed by source and quote, never by paragraph, so
that splitting a corpus in another way leaves them true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

from index.reading import normalise
from index.records import CorpusError

KINDS = ("number", "date", "person", "place", "passage")
"""What the shortest answer of a source is; a passage has none that is compared by value."""


Judged = Literal["sources", "answers", "passages"]
"""What is known of a question: of every source whether it answers; some right passages, with their answers; or some
right passages alone."""


class StaleGold(CorpusError):
    """A quote of a gold set no longer stands in its source."""


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What one source says, as a person found it."""

    source: str
    quotes: tuple[str, ...]
    """Any of these, word for word, is a right passage."""
    answer: str
    """The shortest answer; "" where only the passage was judged."""
    kind: str
    value: float | str | None = None
    value_max: float | str | None = None
    combined: bool = False
    role: str = ""
    qualifier: str = ""
    relevance: int = 1
    """How right the passage is; 1 except where judgements of a collection are graded."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with the sources that answer it; none for an unanswerable one."""

    id: str
    language: str
    question: str
    history: tuple[str, ...]
    answers: tuple[GoldAnswer, ...]
    tags: tuple[str, ...] = ()
    judged: Judged = "sources"

    @property
    def sources(self) -> frozenset[str]:
        """The sources that answer."""
        return frozenset(answer.source for answer in self.answers)

    @property
    def type(self) -> str:
        """The kind of question: the first tag, else the kind of the first answer."""
        if self.tags:
            return self.tags[0]
        return self.answers[0].kind if self.answers else "unanswerable"


def read_lines(file: Path) -> list[GoldQuestion]:
    """Return the questions of a gold set in our own format; candidates that nobody reviewed are left out.

    Raises CorpusError naming the line and the key that are wrong, an id that stands twice, or an empty set.
    """
    questions: list[GoldQuestion] = []
    first: dict[str, int] = {}
    candidates = 0
    for number, row in rows(file):
        if row.get("candidate"):
            candidates += 1
            continue
        question = _question(row, f"line {number} of {file}")
        if question.id in first:
            raise CorpusError(f"the id {question.id!r} stands twice in {file}: on lines {first[question.id]}, {number}")
        first[question.id] = number
        questions.append(question)
    if not questions:
        waiting = f", only candidates; go through them with: recoupe gold review {file}" if candidates else ""
        raise CorpusError(f"{file} holds no questions{waiting}")
    return questions


def text_of(file: Path) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark. Raises CorpusError."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{file} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise CorpusError(f"{file} is not text in UTF-8: its byte {error.start} is {byte:#x}") from None


def rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a file of JSON Lines, each with its line number, from 1."""
    # Not splitlines(): JSON may hold a bare U+2028, which is no end of a line in this format.
    for number, line in enumerate(text_of(file).split("\n"), 1):
        if line.strip():
            where = f"line {number} of {file}"
            row = parse_gold(line, where)
            if not isinstance(row, dict):
                raise CorpusError(f"{where} is not a JSON object")
            yield number, row


def parse_gold(text: str, where: str) -> Any:
    """Return what a JSON text holds; raise CorpusError for one that is malformed, or whose numbers are not finite."""

    def refused(constant: str) -> NoReturn:
        raise CorpusError(f"{where} holds {constant}, which is not a number that JSON has")

    try:
        return json.loads(text, parse_constant=refused)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{where} is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise CorpusError(f"{where} is not JSON that can be read: it is nested too deeply") from None


def text_field(row: object, key: str, where: str, *, default: str | None = None, empty: bool = False) -> str:
    """Return the text under a key; `default` where the key is absent, `empty` where "" will do. Raises CorpusError."""
    if default is not None and isinstance(row, Mapping) and key not in row:
        return default
    value = _field(row, key, where)
    if not isinstance(value, str):
        raise CorpusError(f"{where}: {key!r} must be text, not {value!r:.60}")
    if not value.strip() and not empty:
        raise CorpusError(f"{where}: {key!r} is empty")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CorpusError(f"{where}: {key!r} holds half of a character") from None
    return value


def list_field(row: object, key: str, where: str) -> list[Any]:
    """Return the list under a key. Raises CorpusError."""
    value = _field(row, key, where)
    if not isinstance(value, list):
        raise CorpusError(f"{where}: {key!r} must be a list, not {value!r:.60}")
    return value


def _field(row: object, key: str, where: str) -> Any:
    if not isinstance(row, Mapping):
        raise CorpusError(f"{where} must be an object, not {row!r:.60}")
    if key not in row:
        raise CorpusError(f"{where} lacks the key {key!r}")
    return row[key]


def _texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return the list of texts under a key, none where it is absent."""
    own = list_field(row, key, where) if row.get(key) is not None else []
    return tuple(text_field({f"{key}[{n}]": text}, f"{key}[{n}]", where) for n, text in enumerate(own))


def _question(row: Mapping[str, Any], where: str) -> GoldQuestion:
    answers = list_field(row, "answers", where)
    question = GoldQuestion(
        id=text_field(row, "id", where),
        language=text_field(row, "language", where),
        question=text_field(row, "question", where),
        history=_texts(row, "history", where),
        answers=tuple(_answer(answer, f"{where}, answers[{n}]") for n, answer in enumerate(answers)),
        tags=_texts(row, "tags", where),
    )
    if "unanswerable" in row and row["unanswerable"] is not (not answers):
        raise CorpusError(f"{where}: 'unanswerable' must be {str(not answers).lower()}: it has {len(answers)} answers")
    return question


def _answer(row: Mapping[str, Any], where: str) -> GoldAnswer:
    kind = text_field(row, "kind", where)
    if kind not in KINDS:
        raise CorpusError(f"{where}: 'kind' must be one of {', '.join(KINDS)}, not {kind!r:.60}")
    value, value_max = _value(row, "value", where), _value(row, "value_max", where)
    if isinstance(value, str) and "/" in value:
        # An interval of dates, as ISO 8601 writes it.
        value, value_max = value.split("/", 1)
    combined = row.get("combined", False)
    if not isinstance(combined, bool):
        raise CorpusError(f"{where}: 'combined' must be true or false, not {combined!r:.60}")
    return GoldAnswer(
        source=text_field(row, "source", where),
        quotes=tuple(map(normalise, (text_field(row, "quote", where), *_texts(row, "also", where)))),
        answer=text_field(row, "answer", where, empty=kind == "passage"),
        kind=kind,
        value=value,
        value_max=value_max,
        combined=combined,
        role=text_field(row, "role", where, default="", empty=True),
        qualifier=text_field(row, "qualifier", where, default="", empty=True),
    )


def _value(row: Mapping[str, Any], key: str, where: str) -> float | str | None:
    value = row.get(key)
    if isinstance(value, bool) or not (value is None or isinstance(value, (int, float, str))):
        raise CorpusError(f"{where}: {key!r} must be a number, a date or null, not {value!r:.60}")
    if isinstance(value, float) and not math.isfinite(value):
        raise CorpusError(f"{where}: {key!r} is too large to be a number")
    return value
