"""How well does the reader read what it has not seen?

``python -m qa.training.measure`` prints exact match and token F1 (Rajpurkar et al. 2016, with the articles of French as
well) of its likeliest answers on development articles, and how well its odds tell a passage that answers from one that
does not, as the area under the ROC curve: on PIAF (French questions, and English ones translated by hand) against
another paragraph of the same article, on SQuADShifts likewise, and on the passages, paragraphs and articles of
``tests/gold/train`` that are kept out of training against questions that they do not answer.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from index.training.data import DATA, QaPair, qa_pairs
from index.training.written import Written, read_articles, read_missed, read_written
from qa.evaluation.metrics import exact_match, token_f1
from qa.reader import Reader
from qa.training.examples import Example, cut_window

ENGLISH = Path("tests/gold/piaf-en.jsonl")
WORDINGS = ("French", "French, in a hurry", "English", "English, clipped")
SEED = 3


@dataclass(frozen=True, slots=True)
class Cases:
    """Questions of one kind: those with an answer in their passage, and those without."""

    name: str
    language: str
    """Of the passages."""
    answered: tuple[Example, ...]
    unanswered: tuple[Example, ...]


def measure(reader: Reader, cases: Cases) -> tuple[float, float, float]:
    """Return exact match and token F1 of the likeliest answers, and the area under the ROC curve of the odds."""
    exact, f1 = list[float](), list[float]()
    odds: tuple[list[float], list[float]] = [], []
    for side, examples in enumerate((cases.answered, cases.unanswered)):
        for example in examples:
            reading = reader.read(example.question, [example.passage])[0]
            odds[side].append(reading.odds)
            if side == 0:
                ours, theirs = (
                    example.passage[reading.start : reading.end],
                    example.passage[example.start : example.end],
                )
                exact.append(exact_match(ours, theirs, cases.language))
                f1.append(token_f1(ours, theirs, cases.language))
    return float(np.mean(exact)), float(np.mean(f1)), area(*odds)


def area(right: Sequence[float], wrong: Sequence[float]) -> float:
    """Return how often a right one has the higher score; a tie counts half.

    >>> area([2.0, 1.0], [1.0, 0.0])
    0.875
    """
    own, other = np.array(right)[:, None], np.array(wrong)[None]
    return float((own > other).mean() + 0.5 * (own == other).mean())


def public_cases(data: Path, *, count: int) -> Iterator[Cases]:
    """Yield `count` questions of each public set, each with a window of its paragraph and one of a like paragraph."""
    rnd = random.Random(SEED)
    lines = ENGLISH.read_text(encoding="utf-8").splitlines()
    english = {row["id"]: row["question"] for row in map(json.loads, lines)}
    for name, language in (("piaf", "fr"), ("squadshifts", "en")):
        pairs = [p for p in qa_pairs("dev", data=data, names=[name]) if p.answer and p.answer in p.context]
        chosen = [p for p in pairs if name != "piaf" or p.id in english]
        chosen = rnd.sample(chosen, min(count, len(chosen)))
        answered = tuple(_window(p, rnd) for p in chosen)
        unanswered = tuple(Example(p.question, _other(p, pairs, rnd)[:600]) for p in chosen)
        yield Cases(f"{name}, its own questions", language, answered, unanswered)
        if name == "piaf":
            asked = [english[p.id] for p in chosen]
            both = (zip(asked, side, strict=True) for side in (answered, unanswered))
            put = [tuple(Example(q, e.passage, e.start, e.end) for q, e in side) for side in both]
            yield Cases("piaf, English questions", language, *put)


def written_cases() -> Iterator[Cases]:
    """Yield the passages written by hand that are kept out of training, by language and by wording."""
    yield from _by_wording("written, {} passages, {}", read_written(development=True))


def missed_cases(data: Path) -> Iterator[Cases]:
    """Yield what was asked beside the questions of public paragraphs by writers of whom nothing is trained on."""
    yield from _by_wording("near misses, {} paragraphs, {}", read_missed(data, development=True))


def article_cases() -> Iterator[Cases]:
    """Yield what was asked of articles by a writer of whom nothing is trained on, beside each of their paragraphs."""
    yield from _by_wording("articles, {} paragraphs, {}", read_articles(development=True))


def _by_wording(name: str, asked: Sequence[Written]) -> Iterator[Cases]:
    for language in ("fr", "en"):
        for place, wording in enumerate(WORDINGS):
            own = [one for one in asked if one.language == language]
            found = [Example(w[place], one.passage, start, end) for one in own for w, start, end in one.asked]
            sides = [tuple(e for e in found if (e.start >= 0) == right) for right in (True, False)]
            yield Cases(name.format(language, wording), language, *sides)


def _window(pair: QaPair, rnd: random.Random) -> Example:
    start = pair.context.index(pair.answer)
    begin, end = cut_window(pair.context, start, start + len(pair.answer), rnd)
    return Example(pair.question, pair.context[begin:end], start - begin, start - begin + len(pair.answer))


def _other(pair: QaPair, pairs: Sequence[QaPair], rnd: random.Random) -> str:
    """Return another paragraph of the same article, or of any where it has none."""
    others = [p.context for p in pairs if p.context != pair.context]
    return rnd.choice([p.context for p in pairs if p.title == pair.title and p.context != pair.context] or others)


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--model", default=None, help="Folder of a reader; that of the box by default.")
@click.option("--count", default=300, show_default=True, help="Questions of each public set.")
def main(data: str, model: str | None, count: int) -> None:
    reader = Reader(Path(model)) if model else Reader.load()
    click.echo("| questions | answered + not | EM | F1 | AUC |\n|---|---|---|---|---|")
    for cases in (
        *public_cases(Path(data), count=count),
        *written_cases(),
        *missed_cases(Path(data)),
        *article_cases(),
    ):
        exact, f1, roc = measure(reader, cases)
        sizes = f"{len(cases.answered)} + {len(cases.unanswered)}"
        click.echo(f"| {cases.name} | {sizes} | {exact:.3f} | {f1:.3f} | {roc:.3f} |")


if __name__ == "__main__":
    main()
