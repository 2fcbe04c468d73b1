"""Which weights tell the figure, date or name that is asked for from those beside it?

``python -m qa.fact_fitting`` fits the logistic model of `qa.fits` on the facts of the asked kind in the passages that
are read for development questions; prints, for each set left out, how well the others' weights tell which best fact of
a passage is right; and writes ``qa/fits.json``. Then ``python -m qa.fitting`` fits what passages are weighed by.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus
from qa.assistant import CONSIDERED
from qa.evaluation import GoldQuestion
from qa.findings import eligible, signs_of
from qa.fits import Signs
from qa.fitting import GOLDS, built_golds
from qa.match import Matcher
from qa.match.words import similarities
from qa.question import TYPED, read_question
from qa.settings import Rounds, Scales, Setting, settle_kind, take_scales


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact of the asked kind in a passage that was read for a question."""

    passage: tuple[str, int]
    """The question's name and the number of the passage."""
    signs: Signs
    right: bool


def judged_facts(corpus: Corpus, gold: Sequence[GoldQuestion]) -> Iterator[Judged]:
    """Yield the facts of the asked kind that are read for each question, with whether one is its answer."""
    for asked in (own for own in gold if not own.history):
        places = _places(corpus, asked)
        for scales, settings in _read(corpus, asked):
            for setting in (own for own in settings if own.on_subject):
                offset, source = setting.paragraph.start, setting.paragraph.source
                matcher, question = scales.matcher.beside(similarities(setting.hit)), scales.question
                for fact in (own for own in setting.contents.facts if own.kind == question.kind):
                    if not eligible(question, setting, fact):
                        continue
                    start, end = offset + fact.start, offset + fact.end
                    right = any(start < last and first < end for first, last in places.get(source, ()))
                    yield Judged((asked.id, setting.paragraph.id), signs_of(scales, matcher, setting, fact), right)


def _read(corpus: Corpus, asked: GoldQuestion) -> Iterator[tuple[Scales, Sequence[Setting]]]:
    """Yield the passages that are read for a question, in rounds, where its kind is one that a fact answers."""
    hits = corpus.search(asked.question, k=CONSIDERED)
    scales = take_scales(read_question(asked.question, corpus), hits)
    for number, settings in enumerate(Rounds(scales, hits, corpus).first()):
        if not number:
            settled = settle_kind(scales.question, settings)
            scales = replace(scales, question=settled, matcher=Matcher(settled))
        if scales.question.kind not in TYPED:
            return
        yield scales, settings


def _places(corpus: Corpus, asked: GoldQuestion) -> dict[str, list[tuple[int, int]]]:
    """Return where the answers stand in each source."""
    found: dict[str, list[tuple[int, int]]] = {}
    for answer in asked.answers:
        text = corpus.document(answer.source).text
        for quote in (quote for quote in answer.quotes if answer.answer in quote and quote in text):
            start = text.index(quote) + quote.index(answer.answer)
            found.setdefault(answer.source, []).append((start, start + len(answer.answer)))
    return found


def fit(sets: Sequence[Sequence[Judged]]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weights of the logistic model; each fact counts the same."""
    from sklearn.linear_model import LogisticRegression

    rows, labels = _rows(sets), [own.right for one in sets for own in one]
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, labels)
    names = [field.name for field in fields(Signs)]
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def _rows(sets: Sequence[Sequence[Judged]]) -> NDArray[np.float64]:
    return np.array([astuple(own.signs) for one in sets for own in one])


def area_of_best(facts: Sequence[Judged], weights: dict[str, float]) -> float:
    """Return how well the scores of each passage's best fact tell the right ones: the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for own, score in zip(facts, (_rows([facts]) @ np.array(list(weights.values()))).tolist(), strict=True):
        best[own.passage] = max(best.get(own.passage, (-np.inf, False)), (score, own.right))
    scores, labels = zip(*best.values(), strict=True)
    return float(roc_auc_score(labels, scores))


@click.command(help=__doc__)
def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sets = [list(judged_facts(corpus, gold)) for corpus, gold in built_golds(Path(folder))]
    for number, ((gold, _), own) in enumerate(zip(GOLDS, sets, strict=True)):
        _, weights = fit([*sets[:number], *sets[number + 1 :]])
        click.echo(f"{gold}: {sum(one.right for one in own)} of {len(own)}, area {area_of_best(own, weights):.3f}")
    bias, weights = fit(sets)
    rounded = {name: round(weight, 4) for name, weight in weights.items()}
    text = json.dumps({"bias": round(bias, 4), "weights": rounded}, indent=1) + "\n"
    Path("qa/fits.json").write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
