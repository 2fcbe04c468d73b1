"""Which passages and wordings were written by hand to be learned from?

The passages of ``tests/gold/train``: several figures, names or dates beside each other, each question in four wordings
of both languages, a half of them without an answer; questions on paragraphs of the public sets, most of which these
nearly answer (``public``); whole articles, with which of their paragraphs answers each question (``articles``); and
questions of the public sets as people put them otherwise.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.facts.read import read_facts
from index.paragraphs.sentences import sentences
from index.training.data import DATA, EVERY_SET, qa_pairs

GOLD = Path("tests/gold/train")

LOOKED_AT = ("examiner", "analyst", "investigative", "rumours")
"""Writers of near misses and of articles whose questions are not trained on but looked at."""


@dataclass(frozen=True, slots=True)
class Written:
    """A passage written by hand, with its questions: their wordings and where the answer starts and ends."""

    passage: str
    language: str
    asked: tuple[tuple[tuple[str, ...], int, int], ...]
    title: str = ""
    """Of its article."""


def read_written(*, development: bool = False, folder: Path = GOLD) -> list[Written]:
    """Return the passages written by hand; one line in eight is not trained on but looked at."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            if (number % 8 == 7) == development:
                row = json.loads(line)
                asked = tuple((tuple(q["wordings"]), *_place(row["passage"], q)) for q in row["questions"])
                found.append(Written(row["passage"], row["language"], asked))
    return found


def read_missed(data: Path = DATA, *, development: bool = False, folder: Path = GOLD / "public") -> list[Written]:
    """Return paragraphs of the public sets with what was asked beside their own questions: most of it has no answer.

    A file holds what one writer asked, by the digest of each paragraph; those of `LOOKED_AT` are for development.
    """
    texts = {pair.digest[:16]: pair for pair in qa_pairs("train", data=data, names=EVERY_SET)}
    found = []
    for file in (file for file in sorted(folder.glob("*.jsonl")) if (file.stem in LOOKED_AT) == development):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            pair = texts[row["digest"]]
            asked = tuple((tuple(q["wordings"]), *_place(pair.context, q)) for q in row["questions"])
            found.append(Written(pair.context, pair.language, asked))
    return found


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence with a figure or a date of an article, beside paragraphs of other articles on the same event."""

    sentence: str
    place: tuple[int, int]
    """Where the figure or date stands in the sentence."""
    kind: Literal["number", "date"]
    language: str
    others: tuple[tuple[str, int, int], ...]
    """The paragraphs of other articles, each with where it tells the same thing; -1 where it does not."""
    title: str


def read_claimed(*, development: bool = False, folder: Path = GOLD / "articles") -> list[Claimed]:
    """Return what several articles on one event say to one question, each beside the paragraphs of the others."""
    found: list[Claimed] = []
    for file in (file for file in sorted(folder.glob("*.jsonl")) if (file.stem in LOOKED_AT) == development):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            found += _claims_of(row) if "articles" in row else []
    return found


def _claims_of(row: dict[str, Any]) -> Iterator[Claimed]:
    article = [bisect_right(row["articles"], number) for number in range(len(row["paragraphs"]))]
    for asked in row["questions"]:
        answers = {int(number): answer for number, answer in asked["answers"].items()}
        for number, answer in answers.items() if asked["kind"] in ("number", "date") else ():
            sentence, place = _claim_at(row["paragraphs"][number], answer, asked["kind"], row["language"])
            others = tuple(
                (text, *_place(text, {"answer": answers.get(other)}))
                for other, text in enumerate(row["paragraphs"])
                if article[other] != article[number]
            )
            if sentence:
                yield Claimed(sentence, place, asked["kind"], row["language"], others, row["title"])


def _claim_at(text: str, answer: str, kind: str, language: str) -> tuple[str, tuple[int, int]]:
    """Return the sentence of an answer, and where the figure or date in it stands; "" where none is read in it."""
    at = text.index(answer)
    inside = (f for f in read_facts(text, language) if f.kind == kind and f.start < at + len(answer) and at < f.end)
    fact = next(inside, None)
    if fact is None:
        return "", (0, 0)
    begin, end = next(((a, b) for a, b in sentences(text, language) if a <= fact.start < b), (0, len(text)))
    return text[begin:end], (fact.start - begin, fact.end - begin)


def read_articles(*, development: bool = False, folder: Path = GOLD / "articles") -> list[Written]:
    """Return the paragraphs of whole articles, each with all that was asked of its article: most of it is answered by
    another paragraph, or by none. A file holds what one writer wrote; those of `LOOKED_AT` are for development.
    """
    found = []
    for file in (file for file in sorted(folder.glob("*.jsonl")) if (file.stem in LOOKED_AT) == development):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            for number, paragraph in enumerate(row["paragraphs"]):
                answers = [(q["wordings"], q["answers"].get(str(number))) for q in row["questions"]]
                asked = tuple((tuple(own), *_place(paragraph, {"answer": answer})) for own, answer in answers)
                found.append(Written(paragraph, row["language"], asked, row["title"]))
    return found


def _place(passage: str, asked: dict[str, str | None]) -> tuple[int, int]:
    """Return where an answer stands: the only time, or within the stretch that the line gives with it."""
    answer = asked["answer"]
    if answer is None:
        return -1, -1
    around = asked.get("sentence") or answer
    start = passage.index(around) + around.index(answer)
    return start, start + len(answer)


def read_rewrites(file: Path) -> dict[str, list[str]]:
    """Return how people put a question otherwise, by its id: two wordings a line, apart by tabs."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        id_, *own = line.split("\t")
        found[id_] += own
    return dict(found)


def every_rewrite(folder: Path = GOLD) -> dict[str, list[str]]:
    """Return the other wordings of the public sets' questions, by the question's id."""
    return {id_: own for file in sorted(folder.glob("*.tsv")) for id_, own in read_rewrites(file).items()}
