"""Which weights tell the figure, date or name that is asked for from those beside it?

``python -m qa.fact_fitting`` fits the models of `qa.fits` on the facts of the asked kind in the passages that are read
for development questions; prints, for each set, how well what is fitted on sets over other articles tells which best
fact of a passage is right; and writes ``qa/fits.json`` and ``qa/fits.safetensors``. Then ``python -m qa.fitting`` fits
what passages are weighed by.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import click
import numpy as np

from index.corpus import Corpus
from qa.assistant import CONSIDERED
from qa.evaluation import GoldQuestion
from qa.findings import eligible, signs_of
from qa.fits import NAMES, Compared, Signs, line_up, weigh_both
from qa.fitting import GOLDS, built_golds
from qa.logistic import Logistic
from qa.match import Matcher
from qa.match.words import similarities
from qa.question import TYPED, read_question
from qa.settings import Rounds, Scales, Setting, settle_kind, take_scales
from qa.trees import Trees, take_trees, write_trees


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact of the asked kind in a passage that was read for a question."""

    passage: tuple[str, int]
    """The question's name and the number of the passage."""
    signs: Signs
    compared: Compared | None
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
                    own = signs_of(scales, matcher, setting, fact)
                    yield Judged((asked.id, setting.paragraph.id), *own, right)


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


EITHER_WAY = frozenset({"fates", "dated", "among"})
"""Signs of which more may speak for a fact or against it; of every other, more never speaks against it."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Both models."""

    facts: Logistic
    figures: Trees

    def likelihood(self, own: Judged) -> float:
        """Return how likely a fact is what is asked for."""
        return weigh_both(self.facts, self.figures, own.signs, own.compared)


def fit(sets: Sequence[Sequence[Judged]]) -> Fitted:
    """Return the models of these facts; each counts the same."""
    each = [own for one in sets for own in one]
    return Fitted(_fit_facts(each), _fit_figures(each))


def _fit_facts(facts: Sequence[Judged]) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    rows, labels = np.array([astuple(own.signs) for own in facts]), [own.right for own in facts]
    model = LogisticRegression(C=10.0, max_iter=5000).fit(rows, labels)
    weights = (round(float(weight), 4) for weight in model.coef_[0])
    names = [field.name for field in fields(Signs)]
    return Logistic(round(float(model.intercept_[0]), 4), dict(zip(names, weights, strict=True)))


def _fit_figures(facts: Sequence[Judged]) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    kept = [(line_up(own.signs, own.compared), own.right) for own in facts if own.compared is not None]
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        monotonic_cst=[int(name not in EITHER_WAY) for name in NAMES],
    )
    model.fit(np.array([row for row, _ in kept]), [right for _, right in kept])
    return take_trees(model, NAMES)


def area_of_best(facts: Sequence[Judged], fitted: Fitted) -> float:
    """Return how well the scores of each passage's best fact tell the right ones: the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for own in facts:
        best[own.passage] = max(best.get(own.passage, (-np.inf, False)), (fitted.likelihood(own), own.right))
    scores, labels = zip(*best.values(), strict=True)
    return float(roc_auc_score(labels, scores))


def others(number: int) -> list[int]:
    """Return which of `GOLDS` tell nothing of the articles of this one."""
    return [other for other, (_, articles) in enumerate(GOLDS) if articles != GOLDS[number][1]]


@click.command(help=__doc__)
def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sets = [list(judged_facts(corpus, gold)) for corpus, gold in built_golds(Path(folder))]
    for number, ((gold, _), own) in enumerate(zip(GOLDS, sets, strict=True)):
        area = area_of_best(own, fit([sets[other] for other in others(number)]))
        click.echo(f"{gold}: {sum(one.right for one in own)} of {len(own)}, area {area:.3f}")
    write(fit(sets))


def write(fitted: Fitted) -> None:
    """Write both models to where `qa.fits` reads them."""
    text = json.dumps({"bias": fitted.facts.bias, "weights": dict(fitted.facts.weights)}, indent=1) + "\n"
    Path("qa/fits.json").write_text(text, encoding="utf-8")
    write_trees(fitted.figures, Path("qa/fits.safetensors"))


if __name__ == "__main__":
    main()
