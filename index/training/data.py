"""What is learned from, what is measured on, and which articles are kept out of training?

The split is by article: an article is a development article when the sha256 of its title, as a number, is a multiple of
five. Nothing of it is trained on. The files ``news-dev`` and ``flores-dev`` are tests only.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TextIO, cast

Part = Literal["train", "dev", "all"]

DATA = Path("../shared/data")
"""Where the data lie unless the command says otherwise, relative to the repository's root."""

_PARALLEL = {
    "europarl": "parallel/europarl.en-fr.tsv.gz",
    "tatoeba": "parallel/tatoeba.en-fr.tsv.gz",
    "news-dev": "parallel/news-dev.en-fr.tsv",
    "flores-dev": "parallel/flores-dev.en-fr.tsv",
}
_QUESTIONS = ("piaf", "afriqa", "squadshifts")
EVERY_SET = (*_QUESTIONS, "reddit", "amazon")
"""The question sets by name; the last two are trained on and not in the report."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence in both languages."""

    english: str
    french: str


@dataclass(frozen=True, slots=True)
class QaPair:
    """A question, the paragraph that answers it, and the answer as the data write it."""

    id: str
    question: str
    context: str
    title: str
    answer: str
    language: str
    digest: str
    """The sha256 of the paragraph's text in UTF-8, in hexadecimal: gold files name paragraphs by it."""


def is_development(title: str) -> bool:
    """Return whether the article of this title is kept out of training.

    >>> is_development("Sport"), is_development("Armenian_Apostolic_Church")
    (False, False)
    """
    return int(hashlib.sha256(title.encode("utf-8")).hexdigest(), 16) % 5 == 0


def digest(text: str) -> str:
    """Return the sha256 of a paragraph's text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def parallel_pairs(name: str, *, data: Path = DATA, limit: int | None = None) -> list[Pair]:
    """Return the sentence pairs of "europarl", "tatoeba", "news-dev" or "flores-dev", in the file's order."""
    pairs: list[Pair] = []
    with _open(data / _PARALLEL[name]) as lines:
        for line in lines:
            english, tab, french = line.rstrip("\n").partition("\t")
            if tab and english.strip() and french.strip():
                pairs.append(Pair(english.strip(), french.strip()))
            if limit is not None and len(pairs) >= limit:
                break
    return pairs


def qa_pairs(part: Part, *, data: Path = DATA, names: Sequence[str] = _QUESTIONS) -> list[QaPair]:
    """Return the questions of a part, each set in its own order; "afriqa" lines without a context are left out."""
    readers = {
        "piaf": _piaf,
        "afriqa": _afriqa,
        "squadshifts": _squadshifts,
        "reddit": _reddit,
        "amazon": _amazon,
    }
    found: list[QaPair] = []
    for name in names:
        for pair in readers[name](data):
            if part == "all" or is_development(pair.title) == (part == "dev"):
                found.append(pair)
    return found


def contexts(pairs: Sequence[QaPair]) -> list[str]:
    """Return the distinct paragraphs of these questions in the order of their first question."""
    return list(dict.fromkeys(pair.context for pair in pairs))


def french_sentences(*, data: Path = DATA) -> list[str]:
    """Return the French sentences of Common Voice."""
    with _open(data / "text/commonvoice.fr.txt.gz") as lines:
        return [line.strip() for line in lines if line.strip()]


def _piaf(data: Path) -> Iterator[QaPair]:
    return _squad_format(data / "qa/piaf-v1.1.json.gz", "fr")


def _squadshifts(data: Path) -> Iterator[QaPair]:
    return _squad_format(data / "qa/squadshifts-wiki.json.gz", "en")


def _reddit(data: Path) -> Iterator[QaPair]:
    """Yield the questions with each paragraph as an article of its own, for the file calls them all one."""
    for pair in _squad_format(data / "qa/squadshifts-reddit.json.gz", "en"):
        yield replace(pair, title=pair.digest)


def _amazon(data: Path) -> Iterator[QaPair]:
    return _squad_format(data / "qa/squadshifts-amazon.json.gz", "en")


def _squad_format(path: Path, language: str) -> Iterator[QaPair]:
    with _open(path) as file:
        articles = json.load(file)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = str(paragraph["context"])
            for qa in paragraph["qas"]:
                answers = qa.get("answers") or [{"text": ""}]
                yield _pair(
                    str(qa["id"]), str(qa["question"]), text, str(article["title"]), answers[0]["text"], language
                )


def _afriqa(data: Path) -> Iterator[QaPair]:
    with _open(data / "qa/afriqa-fr.jsonl") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if not row["context"]:
                continue
            # The answer is a dictionary as Python prints it, so it is read as a literal.
            texts = ast.literal_eval(str(row["answer_pivot"])).get("text") or [""]
            yield _pair(
                f"afriqa-{row['id']}",
                str(row["question_translated"]),
                str(row["context"]),
                str(row["title"]),
                texts[0],
                "fr",
            )


def _pair(identity: str, question: str, context: str, title: str, answer: str, language: str) -> QaPair:
    return QaPair(identity, question.strip(), context, title, answer, language, digest(context))


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8"))
    return open(path, encoding="utf-8")


def normalised(text: str) -> str:
    """Return the text as the encoder's tokeniser sees it: lower case, without accents, ligatures as they are.

    >>> normalised("Décès à Kœnigsberg")
    'deces a kœnigsberg'
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
