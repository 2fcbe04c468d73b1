"""What does a batch hold: which paragraphs beside each other, with which questions, and which translations?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from index.language import stems
from index.training.data import EVERY_SET, Pair, contexts, parallel_pairs, qa_pairs
from index.training.written import every_rewrite, read_written

PARAGRAPHS = 12
"""Paragraphs of a batch."""

QUESTIONS = 2
"""Questions of each paragraph, at most."""

TRANSLATIONS = 12
"""Sentence pairs of a batch."""

WORDS = 90
"""Words of a paragraph that a batch reads, about one of its questions' answers: short texts teach more a second."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A paragraph (or window of sentences) with what is asked of it, and where in it each answer begins."""

    text: str
    questions: tuple[str, ...]
    places: tuple[int, ...]


def asked(data: Path, language: str) -> list[Asked]:
    """Return the training paragraphs of a language with their questions, in each wording that there is of them."""
    pairs = [pair for pair in qa_pairs("train", data=data, names=EVERY_SET) if pair.language == language]
    questions: dict[str, list[tuple[str, int]]] = {text: [] for text in contexts(pairs)}
    rewrites = every_rewrite()
    for pair in pairs:
        place = max(0, pair.context.find(pair.answer))
        questions[pair.context] += [(question, place) for question in (pair.question, *rewrites.get(pair.id, ()))]
    return [Asked(text, tuple(q for q, _ in own), tuple(p for _, p in own)) for text, own in questions.items()]


def written(language: str) -> list[Asked]:
    """Return the passages of a language that were written by hand, with those questions that they answer.

    Each is in four wordings, two in either language.
    """
    found = []
    for passage in (own for own in read_written() if own.language == language):
        questions = [(wording, start) for own, start, _ in passage.asked if start >= 0 for wording in own]
        if questions:
            found.append(Asked(passage.passage, tuple(q for q, _ in questions), tuple(p for _, p in questions)))
    return found


def cropped(asked: Asked, random: np.random.Generator, *, words: int = WORDS) -> Asked:
    """Return a run of so many words of the paragraph about one of its answers, with the questions answered in it."""
    found = [match.span() for match in re.finditer(r"\S+", asked.text)]
    if len(found) <= words:
        return asked
    place = asked.places[int(random.integers(len(asked.places)))]
    at = sum(end <= place for _, end in found)
    first = min(max(0, at - int(random.integers(5, words - 15))), len(found) - words)
    begin, end = found[first][0], found[first + words - 1][1]
    inside = [i for i, p in enumerate(asked.places) if begin <= p < end]
    places = tuple(asked.places[i] - begin for i in inside)
    return Asked(asked.text[begin:end], tuple(asked.questions[i] for i in inside), places)


def windows(pairs: Sequence[Pair], *, seed: int, size: int = 4) -> list[Asked]:
    """Return windows of `size` sentences, with sentences of the other language, whole or a run of words, to find them.

    Two windows of three are French, to be found by English; the others the other way round.
    """
    random = np.random.default_rng(seed)
    found = []
    for begin in range(0, len(pairs) - size + 1, size):
        group = pairs[begin : begin + size]
        french = random.random() < 2 / 3
        sides = [(p.english, p.french) if french else (p.french, p.english) for p in group]
        questions = [_cropped(sides[i][0], random) for i in random.permutation(size)[:QUESTIONS]]
        found.append(Asked(" ".join(text for _, text in sides), tuple(questions), (0,) * len(questions)))
    return found


def _cropped(sentence: str, random: np.random.Generator) -> str:
    """Return the sentence, or half of the time a run of 5 to 12 of its words: questions are short."""
    words = sentence.split()
    length = int(random.integers(5, 13))
    if len(words) <= length or random.random() < 0.5:
        return sentence
    begin = int(random.integers(0, len(words) - length + 1))
    return " ".join(words[begin : begin + length])


def neighbours(paragraphs: Sequence[Asked], language: str, *, count: int = 3) -> NDArray[np.int64]:
    """Return for each paragraph those that BM25 finds best for its questions, itself left out; shape (n, count).

    Okapi BM25 with k1 1.5 and b 0.75 over the analysis of `index.language`, as one product of sparse matrices.
    """
    texts = [Counter(stems(p.text, language)) for p in paragraphs]
    queries = [Counter(stem for q in p.questions for stem in stems(q, language)) for p in paragraphs]
    columns = {stem: i for i, stem in enumerate(sorted({stem for text in texts for stem in text}))}
    lengths = np.array([sum(text.values()) for text in texts], np.float64)
    n = len(texts)
    df = Counter(stem for text in texts for stem in text)
    rows = [(i, columns[s], tf) for i, text in enumerate(texts) for s, tf in text.items()]
    i, j, tf = (np.array(part) for part in zip(*rows, strict=True))
    idf = np.array([np.log(1 + (n - df[s] + 0.5) / (df[s] + 0.5)) for s in columns])
    weights = idf[j] * tf * 2.5 / (tf + 1.5 * (0.25 + 0.75 * lengths[i] / lengths.mean()))
    documents = sparse.csr_matrix((weights, (i, j)), (n, len(columns)))
    asks = [(i, columns[s], c) for i, query in enumerate(queries) for s, c in query.items() if s in columns]
    i, j, c = (np.array(part) for part in zip(*asks, strict=True))
    scores = (sparse.csr_matrix((c, (i, j)), (n, len(columns))) @ documents.T).toarray()
    np.fill_diagonal(scores, -np.inf)
    return np.argsort(-scores, axis=1, kind="stable")[:, :count]


def batches(paragraphs: Sequence[Asked], near: NDArray[np.int64] | None, seed: int) -> Iterator[list[Asked]]:
    """Yield batches without end: paragraphs in a random order, each followed by two of its neighbours."""
    random = np.random.default_rng(seed)
    batch: dict[int, Asked] = {}
    while True:
        for i in random.permutation(len(paragraphs)):
            beside = random.permutation(near[i])[:2] if near is not None else ()
            for j in (int(i), *map(int, beside)):
                batch[j] = paragraphs[j]
            if len(batch) >= PARAGRAPHS:
                yield [cropped(one, random) for one in list(batch.values())[:PARAGRAPHS]]
                batch = {}


def translations(data: Path, seed: int) -> Iterator[list[Pair]]:
    """Yield small batches of pairs without end: half Tatoeba's questions, half the parliament's short sentences."""
    random = np.random.default_rng(seed)
    questions = [pair for pair in parallel_pairs("tatoeba", data=data) if pair.english.endswith("?")]
    debates = [p for p in parallel_pairs("europarl", data=data, limit=60_000) if len(p.french.split()) <= 20]
    while True:
        half = TRANSLATIONS // 2
        yield [source[i] for source in (questions, debates) for i in random.integers(0, len(source), half)]
