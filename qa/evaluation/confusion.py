"""Does another event answer, or what a source takes back? Pairs of articles on like events, and articles that deny.

``python -m qa.evaluation.confusion tests/gold/confusion-dev.jsonl`` makes a corpus of the two articles of every pair,
asks its questions, and prints shares, over all and by what the two events differ in; of articles that take something
back (``denials-dev.jsonl``) likewise, by how they do.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index import changing
from index.corpus import MAX_BYTES, Corpus
from index.encoder import SentenceEncoder
from index.generation import Work
from index.language import fold
from index.place import find_place
from index.records import CorpusError
from qa.answers import Answer
from qa.assistant import Assistant
from qa.evaluation.metrics import exact_match, shown_answer
from qa.evaluation.report import Rate

MEASURES = {
    "confused": "a source that is silent on the question is shown as answering it",
    "heard": "a source that answers is shown as answering",
    "value": "the words with which it is heard are, or hold, those of the right answer",
    "denied": "the claim of a source is what it denies, corrects or only imagines",
    "false agreement": 'an answer says "agree" and counts a source that is silent on the question',
}
"""What is counted, and what a case of it is."""

LESS = ("confused", "denied", "false agreement")
"""Of these, less is better."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one of two articles, or about neither."""

    question: str
    language: str
    answers: Mapping[str, str]
    """By article, the words that answer."""
    silent: frozenset[str]
    """The articles that do not answer."""
    denied: tuple[str, ...] = ()
    """What the article names only to take it back."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Articles on like events, which differ in one thing: place, person, date, side, what is counted."""

    id: str
    differ: str
    articles: Mapping[str, str]
    dates: Mapping[str, str]
    """By article, when it was published, in ISO 8601."""
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Confused:
    """How one question went: for each measure the cases, true where what it counts is so."""

    pair: Pair
    asked: Asked
    cases: Mapping[str, tuple[bool, ...]]
    shown: Mapping[str, str]
    """By article that is shown as answering, its words."""


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file of JSON lines. Raises CorpusError for one that is not as it should be."""
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                pairs.append(_pair(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise CorpusError(f"{path}:{number}: not a pair of articles with questions: {error}") from error
    return pairs


def _pair(raw: Mapping[str, object]) -> Pair:
    """Return a pair; a line of denials is one article, of which nothing is asked that is silent."""
    single = raw.get("article")
    articles = {"a": single} if isinstance(single, str) else raw["articles"]
    questions = raw["questions"]
    if not isinstance(articles, dict) or not isinstance(questions, list):
        raise TypeError("articles is an object, questions a list")
    dates = raw.get("dates")
    return Pair(
        id=str(raw["id"]),
        differ=str(raw.get("differ") or raw.get("kind") or ""),
        articles={str(name): str(text) for name, text in articles.items()},
        dates={str(name): str(day) for name, day in dates.items()} if isinstance(dates, dict) else {},
        questions=tuple(_asked(question) for question in questions),
    )


def _asked(raw: Mapping[str, object]) -> Asked:
    answers = raw.get("answers")
    if answers is None:
        answers = {"a": raw["holds"]} if raw.get("holds") else {}
    silent, denied = raw.get("silent") or (), raw.get("denied") or ()
    if not isinstance(answers, dict) or not isinstance(silent, (list, tuple)):
        raise TypeError("answers is an object, silent a list")
    return Asked(
        question=str(raw["question"]),
        language=str(raw["language"]),
        answers={str(name): str(words) for name, words in answers.items()},
        silent=frozenset(map(str, silent)),
        denied=tuple(map(str, denied)) if isinstance(denied, (list, tuple)) else (),
    )


def ask_pairs(pairs: Iterable[Pair], folder: Path) -> Iterator[Confused]:
    """Yield how each question went; the corpora are written below `folder`, or brought up to date there."""
    encoder = SentenceEncoder()
    for pair in pairs:
        assistant = Assistant(_corpus(pair, folder, encoder))
        for asked in pair.questions:
            yield judge_answer(pair, asked, assistant.ask(asked.question))


def _corpus(pair: Pair, folder: Path, encoder: SentenceEncoder) -> Corpus:
    """Return the corpus of a pair's articles, each a file with its date."""
    own = folder / pair.id
    own.mkdir(parents=True, exist_ok=True)
    for name, text in pair.articles.items():
        (own / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    with (own / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("source", "published"))
        rows.writerows((f"{name}.txt", pair.dates.get(name, "")) for name in pair.articles)
    home = find_place(folder / f"{pair.id}.index")
    manifest, report = changing.build(home, own, Work(encoder, "", MAX_BYTES))
    return Corpus(home, manifest, encoder, report)


def judge_answer(pair: Pair, asked: Asked, answer: Answer) -> Confused:
    """Return how right an answer is."""
    shown = {source.source.removesuffix(".txt"): source for source in answer.sources} if answer.found else {}
    said = {name: shown_answer(source) for name, source in shown.items()}
    agreeing = {name.removesuffix(".txt") for group in answer.groups for name in group.sources}
    cases = {
        "confused": tuple(name in shown for name in sorted(asked.silent)),
        "heard": tuple(name in shown for name in asked.answers),
        "value": tuple(
            holds(said[name], words, asked.language) for name, words in asked.answers.items() if name in said
        ),
    }
    if asked.denied:
        claimed = [source.claim.text for source in shown.values() if source.claim]
        cases["denied"] = (any(same_words(claim, words) for claim in claimed for words in asked.denied),)
    if asked.silent:
        cases["false agreement"] = (answer.agreement == "agree" and bool(agreeing & asked.silent),)
    return Confused(pair, asked, cases, said)


MARKS = ".,'’"


def holds(said: str, wanted: str, language: str) -> bool:
    """Return whether the words said are the wanted ones, or a part of them, or more around them."""
    return same_words(said, wanted) or exact_match(said, wanted, language) or _words(wanted) in _words(said)


def same_words(said: str, wanted: str) -> bool:
    """Return whether the words said are the wanted ones or a part of them."""
    return _words(said) in _words(wanted)


def _words(text: str) -> str:
    """Return the folded words of a text with spaces around each, without the marks around them."""
    spaced = "".join(c if c.isalnum() or c in ".,%£$€'’" else " " for c in fold(text))
    return " " + " ".join(word.strip(MARKS) for word in spaced.split()) + " "


def rate(found: Sequence[Confused], measure: str, differ: str | None = None) -> Rate:
    """Return a measure over all questions, or over those of pairs that differ in one thing."""
    cases = [case for one in found if differ in (None, one.pair.differ) for case in one.cases.get(measure, ())]
    return Rate(float(sum(cases)), len(cases))


def holds_pairs(path: Path) -> bool:
    """Return whether a file is one of pairs, and not of questions on their own: its first line holds articles."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        first = next((line for line in file if line.strip()), "")
    try:
        raw = json.loads(first)
    except ValueError:
        return False
    return isinstance(raw, dict) and "questions" in raw and ("articles" in raw or "article" in raw)


def summary(found: Sequence[Confused]) -> dict[str, object]:
    """Return the measures as plain data, each over all and by what the pairs differ in."""
    kinds: dict[str, str | None] = {"all": None, **{one.pair.differ: one.pair.differ for one in found}}
    rates = {name: {kind: rate(found, name, key) for kind, key in kinds.items()} for name in MEASURES}
    return {
        "questions": len(found),
        "measures": {
            name: {kind: {"value": own.value, "cases": own.total} for kind, own in kept.items() if own.total}
            for name, kept in rates.items()
            if kept["all"].total
        },
    }


def question_lines(found: Iterable[Confused]) -> str:
    """Return a line of JSON for each question: what was asked of which pair, what was shown, and its cases."""
    rows = (
        {
            "pair": one.pair.id,
            "differ": one.pair.differ,
            "question": one.asked.question,
            "language": one.asked.language,
            "shown": dict(one.shown),
            "cases": {name: list(cases) for name, cases in one.cases.items()},
        }
        for one in found
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def table(found: Sequence[Confused]) -> str:
    """Return the measures as a table: a line for what the pairs differ in, the last for all."""
    kinds: list[str | None] = [*dict.fromkeys(one.pair.differ for one in found), None]
    names = [name for name in MEASURES if any(one.cases.get(name) for one in found)]
    lines = [f"{'differ':<12}" + "".join(f"{name:>19}" for name in names)]
    for kind in kinds:
        cells = "".join(f"{rate(found, name, kind)!s:>19}" for name in names)
        lines.append(f"{kind or 'all':<12}{cells}")
    return "\n".join(lines)


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kept", type=click.Path(file_okay=False, path_type=Path), help="Keep the corpora in this folder.")
@click.option("--wrong", is_flag=True, help="Print every question that went wrong.")
def main(file: Path, kept: Path | None, wrong: bool) -> None:
    with tempfile.TemporaryDirectory() as own:
        found = list(ask_pairs(read_pairs(file), kept or Path(own)))
    for one in found if wrong else ():
        bad = [name for name, cases in one.cases.items() if any(case is (name in LESS) for case in cases)]
        if bad:
            click.echo(f"{one.pair.id} {one.pair.differ}: {', '.join(bad)}: {one.asked.question}")
            click.echo(f"    answers {dict(one.asked.answers)}, shown {dict(one.shown)}")
    click.echo(table(found))


if __name__ == "__main__":
    main()
