"""Which weights tell what an article takes back from what it holds to be so?

``python -m qa.stance_fitting`` fits the logistic model of `qa.match.stance` on the articles whose every fact was judged
(``tests/gold/taken-back.jsonl``), on ordinary ones, of which all counts as held, and on the answers to what was asked
of the training articles, which nearly all are; prints, for each writer left out, how well the others tell the two
apart, and how many of those answers are held to be taken back; and writes ``qa/match/stance.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.facts import read_facts
from index.language import detect
from index.paragraphs import sentences, split
from index.reading import read_folder
from index.records import Document, Paragraph
from index.training.written import LOOKED_AT
from qa.match import Nearby
from qa.match.retracted import SURELY
from qa.match.stance import Given, signs

GOLD = Path("tests/gold")

JUDGED = GOLD / "taken-back.jsonl"

ORDINARY = (GOLD / "confusion-dev.jsonl", Path("seeds"), Path("tests/data/news"))
"""Pairs of articles and folders of them that deny next to nothing."""

ASKED = GOLD / "train/articles"
"""Articles with what was asked of them, and which words answer."""

STRENGTH = 0.06
"""The inverse of the regularisation: the best of .01 to .3 for writers left out."""

BACK = {"number": 2.0, "date": 4.0, "person": 4.0, "place": 4.0}
"""How much a fact that is taken back counts: few dates and names are."""

WORTH = 800.0
"""For how many facts each ordinary set counts, and all answers, however many they are."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact, its signs, and whether its article takes it back."""

    writer: str
    kind: str
    signs: Mapping[str, float]
    back: bool
    article: str
    weight: float = 1.0


def given_facts(document: Document) -> Iterator[Given]:
    """Yield every fact of an article where it stands."""
    for block in split(document.text, language=document.language, title=document.title):
        text = document.text[block.start : block.end]
        paragraph = Paragraph(
            0, document.source, document.title, block.heading, block.start, block.end, text, document.language
        )
        parts, facts = tuple(sentences(text, document.language)), read_facts(text, document.language)
        for fact in facts:
            place = next((n for n, (start, end) in enumerate(parts) if start <= fact.start < end), 0)
            yield Given(fact, Nearby(text, parts, place), paragraph, document)


def make_document(text: str, *, titled: bool) -> Document:
    """Return an article as it would be read from a file of text."""
    return Document("", text.partition("\n")[0] if titled else "", text, detect(text), None, "")


def judged_facts() -> Iterator[Judged]:
    """Yield the facts of the articles that were judged, but for those of which nobody is sure."""
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        judged = json.loads(line)
        rows = (GOLD / judged["articles"]).read_text(encoding="utf-8").splitlines()
        known = {row.get("id", n): row for n, row in enumerate(map(json.loads, rows))}
        row = known[judged["id"]]
        document = make_document(row.get("article") or row["passage"], titled="article" in row)
        back = {tuple(span[:2]) for span in judged["back"]}
        unsure = {tuple(span[:2]) for span in judged["unsure"]}
        for given in given_facts(document):
            at = (given.paragraph.start + given.fact.start, given.paragraph.start + given.fact.end)
            if at not in unsure:
                name = f"{judged['articles']} {judged['id']}"
                yield Judged(judged["articles"], given.fact.kind, signs(given), at in back, name)


def ordinary_facts() -> Iterator[Judged]:
    """Yield the facts of ordinary articles, each set counted as so many."""
    for place in ORDINARY:
        found = [
            Judged(place.name, given.fact.kind, signs(given), False, document.source)
            for document in _ordinary(place)
            for given in given_facts(document)
        ]
        yield from (Judged(f.writer, f.kind, f.signs, False, f.article, WORTH / len(found)) for f in found)


def answering_facts(*, development: bool = False) -> list[Judged]:
    """Return the facts that answer what was asked of the training articles, each of which counts as held.

    Those of the writers who are only looked at are for development.
    """
    found = []
    for file in (file for file in sorted(ASKED.glob("*.jsonl")) if (file.stem in LOOKED_AT) == development):
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
            for first, last in pairwise((*row.get("articles", [0]), len(row["paragraphs"]))):
                document, answers = _asked(row, first, last)
                for given in given_facts(document):
                    start = given.paragraph.start + given.fact.start
                    length = given.fact.end - given.fact.start
                    if not given.fact.denied and any(start < e and s < start + length for s, e in answers):
                        found.append(Judged(ASKED.name, given.fact.kind, signs(given), False, file.stem))
    return [replace(fact, weight=WORTH / len(found)) for fact in found]


def _asked(row: Mapping[str, Any], first: int, last: int) -> tuple[Document, list[tuple[int, int]]]:
    """Return one article of a line, its paragraphs from `first` up to `last`, and where answers stand in it."""
    text, places = "", list[tuple[int, int]]()
    for number in range(first, last):
        paragraph = row["paragraphs"][number]
        told = (asked["answers"].get(str(number)) for asked in row["questions"])
        starts = ((len(text) + paragraph.index(words), len(words)) for words in told if words)
        places += [(start, start + length) for start, length in starts]
        text += f"{paragraph}\n\n"
    return Document("", row["title"], text.rstrip(), row["language"], None, ""), places


def _ordinary(place: Path) -> Iterator[Document]:
    if place.is_dir():
        yield from read_folder(place).documents
        return
    for line in place.read_text(encoding="utf-8").splitlines():
        for text in json.loads(line)["articles"].values():
            yield make_document(text, titled=True)


def fit(facts: Sequence[Judged]) -> dict[str, float]:
    """Return the bias and the weight of each sign."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for fact in facts for name in fact.signs})
    back = np.array([fact.back for fact in facts])
    weights = np.array([fact.weight * (BACK[fact.kind] if fact.back else 1.0) for fact in facts])
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(_rows(facts, names), back, sample_weight=weights)
    return {"bias": float(model.intercept_[0]), **dict(zip(names, map(float, model.coef_[0]), strict=True))}


def _rows(facts: Sequence[Judged], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[fact.signs.get(name, 0.0) for name in names] for fact in facts])


def score(facts: Sequence[Judged], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Return how likely each fact is taken back, by these weights."""
    names = [name for name in weights if name != "bias"]
    totals = _rows(facts, names) @ np.array([weights[name] for name in names]) + weights["bias"]
    return np.asarray(1 / (1 + np.exp(-totals)), np.float64)


def left_out(facts: Sequence[Judged], writer: str) -> str:
    """Return how well the weights of the others tell what one writer takes back, as a line."""
    from sklearn.metrics import roc_auc_score

    weights = fit([fact for fact in facts if fact.writer != writer])
    own = [fact for fact in facts if fact.writer == writer]
    cells = []
    for name, numbers in (("figures", True), ("dates and names", False)):
        some = [fact for fact in own if (fact.kind == "number") is numbers]
        area = roc_auc_score([fact.back for fact in some], score(some, weights))
        cells.append(f"{name} {area:.3f} ({sum(fact.back for fact in some)} of {len(some)})")
    return f"{writer:<24}{', '.join(cells)}"


@click.command(help=__doc__)
@click.option("--write/--no-write", default=True, help="Whether to write qa/match/stance.json.")
def main(write: bool) -> None:
    judged = list(judged_facts())
    facts = [*judged, *ordinary_facts(), *answering_facts()]
    click.echo("area under the curve, each writer left out of the fit:")
    for writer in dict.fromkeys(fact.writer for fact in judged):
        click.echo(left_out(facts, writer))
    weights = {name: round(weight, 4) for name, weight in fit(facts).items()}
    for name, development in (("fitted on", False), ("of writers left out", True)):
        likely = score(answering_facts(development=development), weights)
        click.echo(f"of {len(likely)} answers {name} {np.mean(likely > SURELY):.3f} would be no claims")
    click.echo("\n".join(f"{name:<28}{weight:>7.2f}" for name, weight in weights.items()))
    if write:
        model = {"bias": weights.pop("bias"), "weights": weights}
        Path("qa/match/stance.json").write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
