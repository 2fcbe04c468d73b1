"""How good is each part of the retriever, on the development sets?

``python -m index.training.report`` prints one table: for each pair of languages (question to passage) and each system,
the share of questions with a right passage first (Success@1), R@5, MRR and nDCG@10. The systems: rank_bm25 on
lower-cased words, our BM25 without and with translation, and with the encoder its vectors alone, its late interaction
alone over all paragraphs, BM25 and the vectors fused, and the default, which re-scores that by late interaction. Other
encoders stand beside it with ``--beside FOLDER``. Below it, how many English sentences find their French translation.
The sets are those of `index.training.sets`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from rank_bm25 import BM25Okapi

from index import interaction
from index.encoder import SentenceEncoder, TokenVectors
from index.generation import Change, next_generation
from index.language import tag
from index.local import LocalBackend
from index.records import Ranking, Vectors
from index.search import Searcher
from index.splits import Split
from index.store import Manifest, Store
from index.training.data import DATA, parallel_pairs
from index.training.sets import DevelopmentSet, Qrels, development_sets

DEPTH = 50
MEASURES = (Success @ 1, R @ 5, RR, nDCG @ 10)

GRID = (
    (1.0, 0.0, 2.0),
    (0.0, 1.0, 2.0),
    (1.0, 0.5, 2.0),
    (0.5, 1.0, 2.0),
    (1.0, 1.0, 1.0),
    (1.0, 1.0, 1.5),
    (1.0, 1.0, 3.0),
    (1.0, 1.0, 4.0),
)
"""Weights of BM25, the vectors and late interaction that ``--grid`` tries beside the product's."""

System = Callable[[str], Ranking]
Weights = tuple[float, float, float]
Run = dict[str, dict[str, float]]


class Remembering(SentenceEncoder):
    """An encoder that reads a question once, however many systems ask it."""

    def __init__(self, model: Path | None) -> None:
        super().__init__(model)
        self._known: dict[str, tuple[Vectors, TokenVectors]] = {}

    def question(self, text: str) -> tuple[Vectors, TokenVectors]:
        if text not in self._known:
            self._known[text] = super().question(text)
        return self._known[text]


def indexed(splits: Sequence[Split], encoder: SentenceEncoder, path: Path) -> tuple[LocalBackend, Manifest]:
    """Write an index of these documents and return its backend and manifest."""
    store = Store(path)
    with store.writing():
        manifest = next_generation(store, None, None, Change(splits=splits, encoder=encoder))
    return LocalBackend(store, manifest), manifest


def lexical_systems(splits: Sequence[Split], searcher: Searcher, backend: LocalBackend) -> dict[str, System]:
    """Return the systems that need no encoder, each a function from a question to a ranking of paragraph ids."""
    texts = [p.text for split in splits for p in split.paragraphs]
    standard = BM25Okapi([re.findall(r"\w+", text.lower()) for text in texts])

    def plain(question: str) -> Ranking:
        scores = standard.get_scores(re.findall(r"\w+", question.lower()))
        return [(int(row), float(scores[row])) for row in np.lexsort((np.arange(len(scores)), -scores))[:DEPTH]]

    def untranslated(question: str) -> Ranking:
        query = searcher.query(question)
        # The question's own stems, looked for in whichever language the paragraphs are in.
        terms = [[(tag(stem, code), 1.0) for code in backend.languages] for stem in query.stems]
        return backend.lexical(terms, DEPTH)

    return {"rank_bm25": plain, "BM25, our analysis": untranslated, "BM25 with translation": by(searcher, "bm25")}


def by(searcher: Searcher, retriever: str, weights: Mapping[str, float] | None = None) -> System:
    """Return the product's own search as a system."""

    def search(question: str) -> Ranking:
        hits = searcher.search(question, k=DEPTH, retriever=retriever, weights=weights, matches=False)
        return [(hit.paragraph.id, hit.score) for hit in hits]

    return search


def word_by_word(searcher: Searcher, backend: LocalBackend, encoder: SentenceEncoder) -> System:
    """Return late interaction alone, over every paragraph, as a system."""
    count = len(backend.alive)
    stored = backend.tokens(range(count))

    def search(question: str) -> Ranking:
        query, tokens = searcher.query(question), encoder.query_tokens(question)
        words = [(start, end, idf) for (start, end), idf in zip(query.words, query.idf, strict=True)]
        weights = interaction.token_weights(tokens.starts, tokens.ends, words)
        scores = interaction.maxsim(tokens.vectors, weights, stored)
        return [(int(row), float(scores[row])) for row in np.lexsort((np.arange(count), -scores))[:DEPTH]]

    return search


def _same(encoder: SentenceEncoder) -> SentenceEncoder:
    return encoder


def systems(
    splits: Sequence[Split], encoders: Sequence[SentenceEncoder], folder: Path, grid: Sequence[Weights] = ()
) -> dict[str, System]:
    """Return the systems of the table: those without an encoder, then four with each encoder, and those of a grid."""
    found: dict[str, System] = {}
    for place, encoder in enumerate(encoders):
        backend, _ = indexed(splits, encoder, folder / str(place))
        searcher = Searcher(backend, partial(_same, encoder), tuple(backend.languages), spellings=backend.spellings)
        if not found:
            found |= lexical_systems(splits, searcher, backend)
        both = {"lexical": 1.0, "dense": 1.0, "interaction": 0.0}
        found |= {
            f"{encoder.name}, vectors": by(searcher, "dense"),
            f"{encoder.name}, word by word": word_by_word(searcher, backend, encoder),
            f"{encoder.name}, BM25 and vectors": by(searcher, "hybrid", both),
            f"{encoder.name}, default": by(searcher, "hybrid"),
        }
        for weights in grid:
            named = dict(zip(("lexical", "dense", "interaction"), weights, strict=True))
            found[f"{encoder.name}, {weights[0]:g} {weights[1]:g} {weights[2]:g}"] = by(searcher, "hybrid", named)
    return found


def measured(questions: Mapping[str, str], qrels: Qrels, system: Callable[[str], Ranking]) -> dict[str, float]:
    """Return each measure's mean over the questions; a question without results counts 0."""
    # Scores are replaced by ranks, so that a tie is settled here as everywhere in the product.
    run: Run = {
        id_: {str(row): float(-place) for place, (row, _) in enumerate(system(question))}
        for id_, question in questions.items()
    }
    totals = dict.fromkeys(map(str, MEASURES), 0.0)
    for value in ir_measures.iter_calc(MEASURES, qrels, {id_: found for id_, found in run.items() if found}):
        totals[str(value.measure)] += value.value
    return {name: total / max(len(questions), 1) for name, total in totals.items()}


def sentence_accuracy(name: str, encoder: SentenceEncoder, *, data: Path = DATA) -> float:
    """Return the share of English sentences whose nearest French sentence, by cosine, is their translation."""
    pairs = parallel_pairs(name, data=data)
    english = encoder.passages([pair.english for pair in pairs])
    french = encoder.passages([pair.french for pair in pairs])
    nearest = np.concatenate([(english[n : n + 500] @ french.T).argmax(axis=1) for n in range(0, len(pairs), 500)])
    # A sentence that stands twice in the set has two right answers.
    return float(np.mean([pairs[int(row)].french == pair.french for row, pair in zip(nearest, pairs, strict=True)]))


def rows(
    sets: Iterable[DevelopmentSet], encoders: Sequence[SentenceEncoder], *, grid: Sequence[Weights] = ()
) -> Iterable[str]:
    """Yield the lines of the table, in Markdown."""
    yield "| questions-passages | set | n | system | " + " | ".join(map(str, MEASURES)) + " |"
    yield "|---|---|--:|---|" + "--:|" * len(MEASURES)
    built: dict[tuple[str, int], dict[str, System]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for chosen in sets:
            key = (chosen.splits[0].document.text[:100], len(chosen.splits))
            if key not in built:
                built[key] = systems(chosen.splits, encoders, Path(folder) / str(len(built)), grid)
            for name, system in built[key].items():
                scores = measured(chosen.questions, chosen.qrels, system)
                cells = " | ".join(f"{score:.3f}" for score in scores.values())
                yield f"| {chosen.pair} | {chosen.name} | {len(chosen.questions)} | {name} | {cells} |"


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=DATA, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), default=None, help="Another encoder than the one in the box.")
@click.option("--beside", type=click.Path(path_type=Path), multiple=True, help="An encoder to compare with it.")
@click.option("--set", "names", multiple=True, help="Take these sets alone, each by pair and name: EN-FR PIAF.")
@click.option("--every", default=1, show_default=True, help="Take each n-th question.")
@click.option("--grid", is_flag=True, help="Try other weights of the default's parts too.")
@click.option("--sentences/--no-sentences", default=True, help="Also match English sentences with French ones.")
def main(
    data: Path,
    model: Path | None,
    beside: tuple[Path, ...],
    names: tuple[str, ...],
    every: int,
    grid: bool,
    sentences: bool,
) -> None:
    encoders = [Remembering(folder) for folder in (model, *beside)]
    sets = [s for s in development_sets(data=data) if not names or f"{s.pair} {s.name}" in names]
    chosen = (replace(s, questions=dict(list(s.questions.items())[::every])) for s in sets)
    for line in rows(chosen, encoders, grid=GRID if grid else ()):
        click.echo(line)
    if sentences:
        for name in ("news-dev", "flores-dev"):
            for encoder in encoders:
                found = sentence_accuracy(name, encoder, data=data)
                click.echo(f"EN-FR sentences, {name}, {encoder.name}: {found:.4f}")


if __name__ == "__main__":
    main()
