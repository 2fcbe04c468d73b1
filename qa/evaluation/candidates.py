"""What did people who read the answers think of them? Judgements that wait in a gold set for somebody's review.

A candidate is a line with ``"candidate": true``; `read_gold` leaves it out until ``recoupe gold review``
has made it a question. The last judgement of a passage counts.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import filelock

from index.records import CorpusError
from qa.evaluation.files import write_text
from qa.evaluation.gold import list_field, parse_gold, rows, text_field, text_of

_PATIENCE = 10
"""Seconds that a writer waits for another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that somebody called right or wrong for a question, unreviewed."""

    question: str
    history: tuple[str, ...]
    language: str
    source: str
    quote: str
    right: bool

    @property
    def about(self) -> tuple[object, ...]:
        """What is judged: a later judgement of the same takes its place."""
        return (self.question, self.history, self.source, self.quote)


def record_candidate(file: str | Path, candidate: Candidate) -> None:
    """Append one unreviewed judgement to a gold set; the file is made where there is none.

    Threads and processes may do so at once; a line is written whole or not at all. Raises CorpusError where the file
    cannot be written.
    """
    append_line(Path(file), {"candidate": True, **asdict(candidate)})


def read_candidates(file: str | Path) -> list[Candidate]:
    """Return the candidates that wait in a gold set, oldest first, the last judgement of each passage."""
    path = Path(file)
    found: dict[tuple[object, ...], Candidate] = {}
    for number, row in rows(path):
        if row.get("candidate"):
            candidate = _candidate(row, f"line {number} of {path}")
            found[candidate.about] = candidate
    return list(found.values())


def _candidate(row: dict[str, Any], where: str) -> Candidate:
    if not isinstance(row.get("right"), bool):
        raise CorpusError(f"{where}: 'right' must be true or false, not {row.get('right')!r:.60}")
    return Candidate(
        question=text_field(row, "question", where),
        history=tuple(text_field({"history": q}, "history", where) for q in list_field(row, "history", where)),
        language=text_field(row, "language", where),
        source=text_field(row, "source", where),
        quote=text_field(row, "quote", where),
        right=row["right"],
    )


def append_line(file: Path, row: dict[str, Any]) -> None:
    """Append an object to a file of JSON Lines, whole or not at all. Raises CorpusError."""
    line = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    with _held(file), open(file, "ab+") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size and not _ends_a_line(file):
            line = b"\n" + line
        try:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            os.truncate(file, size)
            raise


def settle(file: Path, *, settled: Sequence[Candidate], questions: Sequence[dict[str, Any]]) -> None:
    """Take these candidates out of a gold set and append these reviewed questions, in one step."""
    gone = {candidate.about for candidate in settled}

    def stays(line: str) -> bool:
        row = parse_gold(line, str(file)) if line.strip() else {}
        return not row.get("candidate") or _candidate(row, str(file)).about not in gone

    with _held(file):
        kept = [line for line in text_of(file).split("\n") if line.strip() and stays(line)]
        made = [json.dumps(question, ensure_ascii=False) for question in questions]
        write_text(file, "".join(f"{line}\n" for line in [*kept, *made]))


def _ends_a_line(file: Path) -> bool:
    with open(file, "rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


@contextlib.contextmanager
def _held(file: Path) -> Iterator[None]:
    """Hold a gold set for writing."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(file.with_name(f".{file.name}.lock"), timeout=_PATIENCE):
            yield
    except filelock.Timeout:
        raise CorpusError(f"another process has been writing to {file} for {_PATIENCE} s; try again") from None
    except OSError as error:
        raise CorpusError(f"{file} cannot be written: {error.strerror or error}") from error
