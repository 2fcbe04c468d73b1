"""Which questions, over which paragraphs, is an encoder measured on?

Articles kept out of training (`index.training.data.is_development`), English questions on PIAF and French questions on
SQuADShifts translated by hand (``tests/gold``), and the gold over the bundled seeds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.generation import split
from index.reading import read_folder
from index.records import Document, Paragraph
from index.splits import Split
from index.training.data import DATA, QaPair, contexts, qa_pairs

GOLD = Path("tests/gold")
SEEDS = Path("seeds")

Qrels = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """Questions over a corpus, with the paragraphs that answer each: judgements are by row in `splits`."""

    name: str
    pair: str
    splits: tuple[Split, ...]
    questions: Mapping[str, str]
    qrels: Qrels


def development_sets(*, data: Path = DATA) -> list[DevelopmentSet]:
    """Return every development set, in the order of the table."""
    piaf, afriqa = qa_pairs("all", data=data, names=["piaf"]), qa_pairs("all", data=data, names=["afriqa"])
    squad = qa_pairs("all", data=data, names=["squadshifts"])
    dev = {p.id: p for p in qa_pairs("dev", data=data)}
    english, french = read_questions("piaf-en.jsonl"), read_questions("squadshifts-fr.jsonl")
    own = {id_: p.question for id_, p in dev.items()}
    sets = [
        _over("PIAF", "EN-FR", piaf, dev, english),
        _over("PIAF, same questions", "FR-FR", piaf, dev, {id_: own[id_] for id_ in english}),
        _over("PIAF", "FR-FR", piaf, dev, own),
        _over("AfriQA", "FR-FR", afriqa, dev, own),
        _over("SQuADShifts", "FR-EN", squad, dev, french),
        _over("SQuADShifts, same questions", "EN-EN", squad, dev, {id_: own[id_] for id_ in french}),
        _over("SQuADShifts", "EN-EN", squad, dev, own),
    ]
    return sets + [_seeds(language) for language in ("en", "fr")]


def read_questions(name: str) -> dict[str, str]:
    """Return the questions of a gold file, translated by hand, by their ids."""
    with open(GOLD / name, encoding="utf-8") as lines:
        return {row["id"]: row["question"] for row in map(json.loads, lines)}


def _over(
    name: str, pair: str, corpus: Sequence[QaPair], dev: Mapping[str, QaPair], questions: Mapping[str, str]
) -> DevelopmentSet:
    """Return the set of these questions over every paragraph of a corpus, each paragraph kept whole."""
    texts = contexts(corpus)
    rows = {text: row for row, text in enumerate(texts)}
    language = corpus[0].language
    chosen = {id_: question for id_, question in questions.items() if id_ in dev and dev[id_].context in rows}
    return DevelopmentSet(
        name,
        pair,
        tuple(whole(f"{row}", text, language) for row, text in enumerate(texts)),
        chosen,
        {id_: {str(rows[dev[id_].context]): 1} for id_ in chosen},
    )


def whole(source: str, text: str, language: str) -> Split:
    """Return a document that is one paragraph."""
    document = Document(source, "", text, language, None, "")
    return Split(document, (Paragraph(-1, source, "", "", 0, len(text), text, language),))


def _seeds(language: str) -> DevelopmentSet:
    """Return the answerable questions over the seeds; a paragraph is right when it overlaps a quote of the gold."""
    splits = tuple(split(document) for document in read_folder(SEEDS).documents)
    paragraphs = [(split.document, p) for split in splits for p in split.paragraphs]
    questions, qrels = {}, {}
    with open(GOLD / "seeds.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["language"] != language or row["unanswerable"] or row["history"]:
                continue
            right = {
                str(id_): 1
                for id_, (document, p) in enumerate(paragraphs)
                for answer in row["answers"]
                if answer["source"] == document.source
                for quote in (answer["quote"], *answer["also"])
                if _overlap(document.text, quote, p)
            }
            questions[row["id"]], qrels[row["id"]] = row["question"], right
    return DevelopmentSet("seeds", f"{language.upper()}-FR", splits, questions, qrels)


def _overlap(text: str, quote: str, paragraph: Paragraph) -> bool:
    start = text.find(quote)
    return start >= 0 and start < paragraph.end and paragraph.start < start + len(quote)
