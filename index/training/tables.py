"""What does the translation table keep of what was counted?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Any

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from numpy.typing import NDArray

from index.language import ANALYSIS, stems
from index.lexicon import LANGUAGES
from index.training.bitext import text_array
from index.training.counts import LEAST_PHRASE, Counts

LEAST = 0.02
"""Less probable alternatives are left out."""

MOST = 10
"""Alternatives of one word, at most."""

UNSEEN = 3.0
"""A word stands for itself with the weight of this many occurrences: the rarer it is, the likelier it is a name."""

CAPITALS = 20.0
"""With a capital inside a sentence, half of so many occurrences are taken to be names."""

BACKING = 5.0
"""A word beside a neighbour is rendered as seen there, smoothed by so many occurrences of the word anywhere."""

PHRASES = 40_000
"""Phrase entries of each direction, those that change most first."""

LIKE = 0.6
"""Inflections of one word have translations with at least this cosine."""

ENDINGS = 3
"""Pairs of inflections that show the same two endings, at least."""

RELATIVES = 8
"""Inflections of one word, at most."""

RENAMED = {
    "en": [("Kyiv", "Kiev"), ("Kharkiv", "Kharkov"), ("Lviv", "Lvov"), ("Odesa", "Odessa"), ("Türkiye", "Turkey")],
    "fr": [("Kyiv", "Kiev"), ("Kharkiv", "Kharkov"), ("Lviv", "Lvov"), ("Odesa", "Odessa"), ("Türkiye", "Turquie")],
}
"""Places whose usual name has changed since the sentences were written, which therefore cannot teach it."""

Row = dict[int, float]


def table(counts: Counts) -> list[Row]:
    """Return for each word its renderings with their probabilities, best first, those under LEAST left out."""
    totals = np.bincount(counts.rows, counts.counts, len(counts.words))
    share = counts.counts / np.maximum(totals, 1e-9)[counts.rows]
    kept = np.flatnonzero(share >= LEAST)
    rows: list[Row] = [{} for _ in counts.words]
    for place in kept[np.lexsort((-share[kept], counts.rows[kept]))].tolist():
        row = rows[counts.rows[place]]
        if len(row) < MOST:
            row[int(counts.columns[place])] = float(share[place])
    return rows


def unknown(counts: Counts) -> NDArray[Any]:
    """Return how probably each word stands for itself because so little is known of it."""
    return UNSEEN / (UNSEEN + np.bincount(counts.rows, counts.counts, len(counts.words)))


def names(counts: Counts, rows: list[Row], code: str, renderings: list[str]) -> NDArray[np.float64]:
    """Return how probably each word, written with a capital inside a sentence, stands for itself.

    This is what its row must give away so that its own spelling has the share that it had among the capitals seen.
    """
    other = LANGUAGES[1 - LANGUAGES.index(code)]
    target = (counts.names + CAPITALS / 2) / (counts.capitals + CAPITALS)
    found = unknown(counts)
    for number, (word, row) in enumerate(zip(counts.words, rows, strict=True)):
        own = {word, *stems(word, other)}
        already = sum(weight for item, weight in row.items() if renderings[item] in own)
        found[number] = max(found[number], (target[number] - already) / (1 - already + 1e-9))
    return found


def phrases(counts: Counts, rows: list[Row]) -> dict[int, Row]:
    """Return by phrase key the renderings of words beside a neighbour, where these differ most from those of the word.

    What differs is the sum of absolute differences, times the logarithm of how often the phrase was seen.
    """
    found: list[tuple[float, int, Row]] = []
    starts = np.flatnonzero(np.diff(counts.phrases, prepend=-1))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(counts.phrases)], strict=True):
        key = int(counts.phrases[start])
        word = (key >> 1) & 0xFFFFFFFF if key & 1 else key >> 33
        seen = counts.phrase_counts[start:end]
        total = float(seen.sum())
        if total < LEAST_PHRASE or counts.words[word][0].isdigit():
            continue
        row = {item: BACKING * weight for item, weight in rows[word].items()}
        for item, weight in zip(counts.phrase_columns[start:end].tolist(), seen.tolist(), strict=True):
            row[item] = row.get(item, 0.0) + weight
        shares = {item: weight / (total + BACKING) for item, weight in row.items()}
        best = sorted((pair for pair in shares.items() if pair[1] >= LEAST), key=lambda pair: (-pair[1], pair[0]))[
            :MOST
        ]
        kept = dict(best)
        change = sum(abs(kept.get(i, 0.0) - rows[word].get(i, 0.0)) for i in kept.keys() | rows[word].keys())
        found.append((-change * float(np.log(total)), key, kept))
    return {key: row for _, key, row in sorted(found, key=lambda entry: entry[:2])[:PHRASES]}


def relatives(counts: Counts, renderings: int) -> list[Row]:
    """Return for each word its inflections with their likeness, the cosine of the two words' renderings.

    Snowball leaves "tue" and "tuent" apart. They begin alike for at least half of their letters, and the two endings
    stand for one another in ENDINGS pairs of words or more; so "price" and "prize", both "prix", are no inflections.
    """
    words = counts.words
    totals = np.bincount(counts.rows, counts.counts, len(words))
    endings: Counter[tuple[str, str]] = Counter()
    pairs: list[tuple[int, int, float, tuple[str, str]]] = []
    for one, other, cosine in _alike(counts, renderings):
        common = len(_beginning(words[one], words[other]))
        if common >= max(2, max(len(words[one]), len(words[other])) / 2) and not words[one][0].isdigit():
            ending = (words[one][common:], words[other][common:])
            endings[ending] += 1
            pairs.append((one, other, cosine, ending))
    found: list[list[tuple[float, int]]] = [[] for _ in words]
    for one, other, cosine, ending in pairs:
        if endings[ending] >= ENDINGS:
            # The renderings of a word seen once or twice are alike by chance.
            seen = min(totals[one], totals[other])
            found[one].append((-min(cosine, 1.0) * seen / (seen + UNSEEN), other))
    return [{other: -likeness for likeness, other in sorted(row)[:RELATIVES]} for row in found]


def _alike(counts: Counts, renderings: int) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of words whose renderings have a cosine of at least LIKE."""
    totals = np.bincount(counts.rows, counts.counts, len(counts.words))
    share = counts.counts / np.maximum(totals, 1e-9)[counts.rows]
    kept = share >= LEAST / 2
    shape = (len(counts.words), renderings)
    matrix = sp.csr_matrix((share[kept], (counts.rows[kept], counts.columns[kept])), shape=shape)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    unit = sp.diags(1 / np.maximum(norms, 1e-9)) @ matrix
    cosines = (unit @ unit.T).tocoo()
    alike = (cosines.data >= LIKE) & (cosines.row != cosines.col)
    yield from zip(cosines.row[alike].tolist(), cosines.col[alike].tolist(), cosines.data[alike].tolist(), strict=True)


def _beginning(one: str, other: str) -> str:
    """Return the letters that two words begin with."""
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def with_new_names(counts: Counts, code: str) -> Counts:
    """Return the counts with rows, empty ones, for the names of RENAMED that the sentences do not have."""
    names = [stem for pair in RENAMED[code] for name in pair for stem in stems(name, code)]
    missing = sorted(set(names) - set(counts.words))
    none = np.zeros(len(missing))
    return replace(
        counts,
        words=[*counts.words, *missing],
        capitals=np.concatenate([counts.capitals, none]),
        names=np.concatenate([counts.names, none]),
    )


def renamed(rows: list[Row], words: list[str], code: str) -> list[Row]:
    """Return the inflections with the two names of each renamed place as one another's, wholly alike."""
    found = [dict(row) for row in rows]
    for pair in RENAMED[code]:
        one, other = (words.index(stems(name, code)[0]) for name in pair)
        found[one][other] = found[other][one] = 1.0
    return found


def arrays(counts: tuple[Counts, Counts]) -> dict[str, NDArray[Any]]:
    """Return the arrays of the file, as `index.lexicon.Lexicon` reads them."""
    found: dict[str, NDArray[Any]] = {"analysis": text_array([ANALYSIS])}
    counts = (with_new_names(counts[0], LANGUAGES[0]), with_new_names(counts[1], LANGUAGES[1]))
    for number, code in enumerate(LANGUAGES):
        one, other = counts[number], counts[1 - number]
        rows = table(one)
        found[code] = text_array(one.words)
        found |= _lists(f"{code}.across", rows)
        beside = phrases(one, rows)
        found[f"{code}.phrases.keys"] = np.array(sorted(beside), np.int64)
        found |= _lists(f"{code}.phrases", [beside[key] for key in sorted(beside)])
        found |= _lists(f"{code}.relatives", renamed(relatives(one, len(other.words)), one.words, code))
        found[f"{code}.unknown"] = _in_255ths(unknown(one))
        found[f"{code}.name"] = _in_255ths(names(one, rows, code, other.words))
    return found


def _lists(name: str, rows: list[Row]) -> dict[str, NDArray[Any]]:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    items = np.array([item for row in rows for item in row], np.int64)
    if len(items) and items.max() > np.iinfo(np.uint16).max:
        raise ValueError(f"{name} numbers words up to {items.max()}, and the file holds 16 bits a number")
    weights = np.array([weight for row in rows for weight in row.values()], np.float64)
    return {f"{name}.starts": starts, f"{name}.items": items.astype(np.uint16), f"{name}.weights": _in_255ths(weights)}


def _in_255ths(weights: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return probabilities as whole 255ths, rounded down so that no sum of them passes 1."""
    return np.floor(weights * 255 + 1e-6).astype(np.uint8)
