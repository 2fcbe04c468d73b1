"""How well does an encoder find the paragraphs of the development questions, whole and word by word?

A quick look while learning, without the index: dense retrieval, BM25 where question and paragraphs share a language,
their sum, and late interaction on top. The report of the whole system is ``python -m index.training.report``.

Run: ``python -m index.training.measure FOLDER``.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.encoder import SentenceEncoder
from index.interaction import STOP_WEIGHT, dequantise, maxsim, quantise, token_weights
from index.language import stems, terms
from index.records import Vectors
from index.training.data import DATA, QaPair, contexts, qa_pairs

Scores = NDArray[np.float32]
GOLD = Path("tests/gold")

log = logging.getLogger("recoupe.training.measure")


@dataclass(frozen=True, slots=True)
class Task:
    """Questions in one language over paragraphs in another; `relevant[i]` is the row of question i's paragraph."""

    name: str
    asked_in: str
    written_in: str
    questions: list[str]
    relevant: list[int]


def tasks(data: Path, *, every: int = 1) -> tuple[dict[str, list[str]], list[Task]]:
    """Return the paragraphs of each language and the four tasks over them; `every` 3 takes each third question."""
    found, texts = [], dict[str, list[str]]()
    for language, name, gold in (("fr", "piaf", "piaf-en.jsonl"), ("en", "squadshifts", "squadshifts-fr.jsonl")):
        texts[language] = contexts(qa_pairs("all", data=data, names=(name,)))
        rows = {text: row for row, text in enumerate(texts[language])}
        pairs = qa_pairs("dev", data=data, names=(name,))[::every]
        found.append(_task(f"{language}->{language}", language, language, pairs, rows))
        other = {"fr": "en", "en": "fr"}[language]
        translated = {}
        if (GOLD / gold).is_file():
            with open(GOLD / gold, encoding="utf-8") as lines:
                translated = {row["id"]: row["question"] for row in map(json.loads, lines)}
        pairs = [pair for pair in qa_pairs("dev", data=data, names=(name,)) if pair.id in translated]
        # The same questions in the paragraphs' own language show what crossing the language costs.
        found.append(_task(f"{language}->{language}, those translated", language, language, pairs, rows))
        task = _task(f"{other}->{language}", other, language, pairs, rows)
        found.append(Task(task.name, other, language, [translated[pair.id] for pair in pairs], task.relevant))
    return texts, found


def _task(name: str, asked_in: str, written_in: str, pairs: Sequence[QaPair], rows: dict[str, int]) -> Task:
    return Task(name, asked_in, written_in, [p.question for p in pairs], [rows[p.context] for p in pairs])


def figures(scores: Scores, relevant: Sequence[int]) -> dict[str, float]:
    """Return R@1, R@5, MRR and nDCG@10 of scores (questions, paragraphs) with one relevant paragraph a question."""
    own = scores[np.arange(len(relevant)), relevant]
    ranks = 1 + (scores > own[:, None]).sum(1)
    gains = np.where(ranks <= 10, 1 / np.log2(1 + ranks), 0.0)
    values = {"R@1": ranks <= 1, "R@5": ranks <= 5, "MRR": 1 / ranks, "nDCG@10": gains}
    return {name: round(float(np.mean(value)), 4) for name, value in values.items()}


def standardised(scores: Scores) -> Scores:
    """Return z-scores along the last axis."""
    return np.asarray((scores - scores.mean(-1, keepdims=True)) / (scores.std(-1, keepdims=True) + 1e-9), np.float32)


def rescored(
    encoder: SentenceEncoder,
    task: Task,
    base: Scores,
    tokens: Sequence[Vectors],
    idf: dict[str, float],
    *,
    weight: float = 2.0,
    stop: float = STOP_WEIGHT,
    depth: int = 50,
) -> Scores:
    """Return base scores with the best `depth` of each question re-scored by late interaction."""
    out = np.array(base)
    for row, question in enumerate(task.questions):
        top = np.argsort(-base[row], kind="stable")[:depth]
        query = encoder.query_tokens(question)
        words = [(t.start, t.end, idf.get(t.stem, idf[""])) for t in terms(question, task.asked_in)]
        weights = token_weights(query.starts, query.ends, words, stop=stop)
        found = standardised(maxsim(query.vectors, weights, [tokens[i] for i in top]))
        out[row, top] = standardised(base[row, top]) + weight * found + 1e3
    return out


def idf_table(texts: Sequence[str], language: str) -> dict[str, float]:
    """Return the idf of each stem, and under "" that of an unknown one."""
    df = Counter(stem for text in texts for stem in set(stems(text, language)))
    table = {stem: float(np.log(1 + (len(texts) - n + 0.5) / (n + 0.5))) for stem, n in df.items()}
    return table | {"": float(np.log(1 + (len(texts) + 0.5) / 0.5))}


def measure(encoder: SentenceEncoder, data: Path, *, every: int = 1) -> dict[str, dict[str, dict[str, float]]]:
    """Return for each task, and each way of ranking, its figures; they are logged as they come."""
    texts, wanted = tasks(data, every=every)
    embedded = {language: encoder.embed(own) for language, own in texts.items()}
    tokens = {key: [dequantise(quantise(rows)) for rows in own] for key, (_, own) in embedded.items()}
    idf = {language: idf_table(own, language) for language, own in texts.items()}
    lexical = {key: BM25Okapi([stems(text, key) for text in own]) for key, own in texts.items()}
    table: dict[str, dict[str, dict[str, float]]] = {}
    for task in wanted:
        if not task.questions:
            continue
        dense = encoder.queries(task.questions) @ embedded[task.written_in][0].T
        ways = {"dense": dense}
        base = dense
        if task.asked_in == task.written_in:
            own = [lexical[task.written_in].get_scores(stems(q, task.asked_in)) for q in task.questions]
            ways["bm25"] = np.asarray(own, np.float32)
            ways["fused"] = base = standardised(ways["bm25"]) + standardised(dense)
        ways["late"] = rescored(encoder, task, base, tokens[task.written_in], idf[task.asked_in])
        table[task.name] = {way: figures(scores, task.relevant) for way, scores in ways.items()}
        for way, row in table[task.name].items():
            log.info("%-24s %5d %-6s %s", task.name, len(task.questions), way, row)
    return table


@click.command(help=__doc__)
@click.argument("folder")
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--every", default=3, show_default=True, help="Take each n-th untranslated question.")
def main(folder: str, data: str, every: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    measure(SentenceEncoder(Path(folder)), Path(data), every=every)


if __name__ == "__main__":
    main()
