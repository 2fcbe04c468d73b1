"""Which weights tell a passage that answers from one that does not?

``python -m qa.fitting`` fits the logistic model of `qa.evidence` on development questions, prints both error rates of
the whole answer as a curve over the threshold, and writes ``qa/evidence.json``. Passages that answer are those that
overlap a quote of the gold; those that do not are the passages of sources that the gold calls silent, and everything
that is found for an unanswerable question.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus
from index.training.written import read_written
from qa.assistant import CONSIDERED
from qa.evaluation import GoldQuestion, read_gold
from qa.evidence import Evidence
from qa.question import read_question
from qa.weighing import weigh_hits

SEEDS, NEWS = Path("seeds"), Path("tests/data/news")

GOLDS = (
    (Path("tests/gold/seeds.jsonl"), SEEDS),
    (Path("tests/gold/news.jsonl"), NEWS),
    (Path("tests/gold/asked-seeds.jsonl"), SEEDS),
    (Path("tests/gold/asked-news.jsonl"), NEWS),
    (Path("tests/gold/asked-seeds-2.jsonl"), SEEDS),
    (Path("tests/gold/asked-news-2.jsonl"), Path("tests/data/asked-2")),
    (Path("tests/gold/asked-seeds-3.jsonl"), SEEDS),
    (Path("tests/gold/asked-news-3.jsonl"), Path("tests/data/asked-3")),
    (Path("tests/gold/asked-seeds-4.jsonl"), SEEDS),
    (Path("tests/gold/asked-news-4.jsonl"), Path("tests/data/asked-4")),
    (Path("tests/gold/asked-seeds-5.jsonl"), SEEDS),
    (Path("tests/gold/asked-news-5.jsonl"), Path("tests/data/asked-5")),
    (Path("tests/gold/asked-seeds-6.jsonl"), SEEDS),
    (Path("tests/gold/asked-news-6.jsonl"), Path("tests/data/asked-6")),
)
"""Gold sets, each with the folder of its articles."""

Example = tuple[Evidence, bool]


def built_golds(folder: Path) -> Iterator[tuple[Corpus, list[GoldQuestion]]]:
    """Yield for each of `GOLDS` the corpus of its articles, its index written into a folder, and its questions."""
    for number, (gold, articles) in enumerate(GOLDS):
        yield Corpus.build(articles, folder / str(number)), read_gold(gold)


def written_examples(folder: Path) -> Iterator[Example]:
    """Yield the evidence of the passages of ``tests/gold/train`` that are kept out of training, each asked for itself.

    A passage whose question it does not answer is a wrong one; most speak of the same matter all the same.
    """
    written = read_written(development=True)
    for number, own in enumerate(written):
        (folder / f"{number}.txt").write_text(own.passage, encoding="utf-8")
    corpus = Corpus.build(folder, folder / "index")
    for number, own in enumerate(written):
        for wordings, start, end in own.asked:
            for wording in wordings:
                hits = corpus.search(wording, k=CONSIDERED, sources=[f"{number}.txt"])
                answer = own.passage[max(start, 0) : max(end, 0)]
                for candidate in weigh_hits(read_question(wording, corpus), hits, corpus).passages:
                    holds = bool(answer) and answer in candidate.hit.paragraph.text
                    if candidate.on_subject and holds == bool(answer):
                        yield candidate.evidence, holds


def gold_examples(corpus: Corpus, gold: Sequence[GoldQuestion]) -> Iterator[Example]:
    """Yield the evidence of every passage whose judgement is known, with the judgement."""
    for question in gold:
        if question.history:
            continue
        hits = corpus.search(question.question, k=CONSIDERED)
        right = {(a.source, quote) for a in question.answers for quote in a.quotes}
        for candidate in weigh_hits(read_question(question.question, corpus), hits, corpus).passages:
            if not candidate.on_subject:
                continue  # silent by rule
            paragraph, text = candidate.hit.paragraph, candidate.document.text
            places = [(text.find(quote), quote) for source, quote in right if source == paragraph.source]
            if any(start < paragraph.end and paragraph.start < start + len(quote) for start, quote in places):
                yield candidate.evidence, True
            elif paragraph.source not in question.sources:
                yield candidate.evidence, False


def fit(examples: Sequence[Sequence[Example]]) -> tuple[float, dict[str, float]]:
    """Return the bias and the weights of the logistic model; each set counts the same, and in it each class."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array([astuple(evidence) for own in examples for evidence, _ in own])
    labels = np.array([right for own in examples for _, right in own])
    weights = np.concatenate([_balanced(own) for own in examples])
    model = LogisticRegression(C=3.0, max_iter=5000).fit(rows, labels, sample_weight=weights)
    names = [f.name for f in fields(Evidence)]
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def _balanced(own: Sequence[Example]) -> NDArray[np.float64]:
    labels = np.array([right for _, right in own])
    shares = np.where(labels, 0.5 / max(labels.sum(), 1), 0.5 / max((~labels).sum(), 1))
    return np.asarray(shares * 1000, np.float64)


def error_curve(
    examples: Sequence[Example], bias: float, weights: dict[str, float]
) -> list[tuple[float, float, float]]:
    """Return, for thresholds from 0.05 to 0.95, the share of right passages refused and of wrong ones accepted."""
    vector = np.array([weights[f.name] for f in fields(Evidence)])
    scores = 1 / (1 + np.exp(-(np.array([astuple(e) for e, _ in examples]) @ vector + bias)))
    right = np.array([label for _, label in examples])
    return [
        (float(t), float((scores[right] < t).mean()), float((scores[~right] >= t).mean()))
        for t in np.arange(0.05, 1.0, 0.05)
    ]


@click.command(help=__doc__)
@click.option("--written/--no-written", default=True, help="Whether passages written by hand count, which takes long.")
@click.option("--write/--no-write", default=True, help="Whether to write qa/evidence.json.")
def main(written: bool, write: bool) -> None:
    examples: list[list[Example]] = []
    with tempfile.TemporaryDirectory() as folder:
        examples += [list(gold_examples(corpus, gold)) for corpus, gold in built_golds(Path(folder))]
        names = [str(gold) for gold, _ in GOLDS]
        if written:
            Path(folder, "written").mkdir()
            examples.append(list(written_examples(Path(folder, "written"))))
            names.append("written by hand")
    for name, own in zip(names, examples, strict=True):
        click.echo(f"{name}: {sum(r for _, r in own)} passages answer of {len(own)}")
    bias, weights = fit(examples)
    click.echo("\n".join(f"{name:<14}{weight:>7.2f}" for name, weight in {"bias": bias, **weights}.items()))
    for name, own in zip(names, examples, strict=True):
        click.echo(f"{name}: threshold, right passages refused, wrong ones accepted")
        for row in error_curve(own, bias, weights):
            click.echo("  {:.2f}  {:.3f}  {:.3f}".format(*row))
    if write:
        content = {"bias": round(bias, 4), "weights": {n: round(w, 4) for n, w in weights.items()}}
        Path("qa/evidence.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
