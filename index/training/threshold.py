"""From which cosine on does a word of a question match one of a passage?

``python -m index.training.threshold`` prints, for cosines, the share of content words of development questions that
find as near a word in the paragraph that answers, and of those that find one in a paragraph of another article that
does not hold the word. `index.interaction.THRESHOLD` is chosen by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from index.encoder import SentenceEncoder, TokenVectors
from index.interaction import dequantise, quantise, word_vectors
from index.language import terms
from index.pieces import align
from index.records import Vectors
from index.training.data import DATA, QaPair, contexts, digest, qa_pairs
from index.training.sets import read_questions

COSINES = np.arange(0.3, 0.91, 0.05)

OTHERS = 3
"""Paragraphs of other articles that each question is laid beside."""


def content_words(text: str, language: str, tokens: TokenVectors) -> tuple[list[str], Vectors]:
    """Return the stems of a text's content words, and their vectors as an index stores those of a passage."""
    found = terms(text, language)
    stems = {(term.start, term.end): term.stem for term in found}
    own = align([(term.start, term.end) for term in found], tokens.starts, tokens.ends)
    vectors = word_vectors([dequantise(quantise(tokens.vectors))], [own])
    return [stems[start, end] for start, end in own.spans.tolist()], vectors


def nearest(
    pairs: Sequence[QaPair], questions: Mapping[str, str], language: str, encoder: SentenceEncoder
) -> tuple[list[float], list[float]]:
    """Return the best cosines of words with those of their own paragraph, and of words that another does not hold."""
    random = np.random.default_rng(0)
    texts = contexts(pairs)
    title = {pair.digest: pair.title for pair in pairs}
    read = [content_words(t, "fr", own) for t, own in zip(texts, encoder.passage_tokens(texts), strict=True)]
    own, other = list[float](), list[float]()
    for pair in pairs:
        question = questions[pair.id]
        stems, asked = content_words(question, language, encoder.query_tokens(question))
        if len(asked):
            own += (asked @ read[texts.index(pair.context)][1].T).max(axis=1).tolist()
        for place in random.integers(0, len(texts), OTHERS):
            known, vectors = read[place]
            if len(asked) and len(vectors) and title[digest(texts[place])] != pair.title:
                best = (asked @ vectors.T).max(axis=1).tolist()
                other += [cosine for cosine, stem in zip(best, stems, strict=True) if stem not in known]
    return own, other


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--model", default=None, help="Folder of an encoder; without it, the one in the box.")
def main(data: str, model: str | None) -> None:
    encoder, english = SentenceEncoder(model), read_questions("piaf-en.jsonl")
    pairs = [pair for pair in qa_pairs("dev", data=Path(data), names=("piaf",)) if pair.id in english]
    french = {pair.id: pair.question for pair in pairs}
    columns = [nearest(pairs, asked, language, encoder) for language, asked in (("fr", french), ("en", english))]
    click.echo("cosine   French: own  other   English: own  other")
    for least in COSINES:
        near = [float(np.mean(np.array(part) >= least)) for column in columns for part in column]
        click.echo("{:6.2f}{:13.3f}{:7.3f}{:14.3f}{:7.3f}".format(least, *near))


if __name__ == "__main__":
    main()
