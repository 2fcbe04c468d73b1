"""Which articles may tell of one event? Those that share a rare name, and those whose words are nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from index.encoder import unit
from index.interaction import dequantise
from qa.matters.figures import Article
from qa.matters.likeness import Likeness

RAREST = 8
"""Names of an article, the rarest that another holds too, by which articles on the same event are found."""

WIDEST = 40
"""Articles that one is compared with for each of those names, those nearest in time: thousands may hold one."""

NEAREST, FEWEST = 24, 4
"""Articles that one is compared with for their words, at most and at least."""

NEAR_PAIRS = 40_000
"""Pairs of articles, roughly, that are compared for their words: the more articles, the fewer for each."""

_AT_ONCE = 1_024


def articles_alike(articles: Mapping[int, Article], likeness: Likeness) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles that may tell of one event, each once, the lower number first."""
    seen: set[tuple[int, int]] = set()
    for block in _blocks(articles, likeness):
        for place, one in enumerate(block):
            seen |= {(min(one, other), max(one, other)) for other in block[place + 1 : place + 1 + WIDEST]}
    seen |= set(_nearest(articles))
    yield from sorted(seen)


def _blocks(articles: Mapping[int, Article], likeness: Likeness) -> Iterator[list[int]]:
    """Yield the articles that share one of their rarest names, oldest publication first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number in articles:
        shared = [name for name in likeness.names(number) if likeness.held(name) > 1]
        for name in sorted(shared, key=lambda name: (likeness.held(name), name))[:RAREST]:
            blocks[name].append(number)
    for _, block in sorted(blocks.items()):
        yield sorted(block, key=lambda number: (_day(articles[number]), articles[number].source))


def _nearest(articles: Mapping[int, Article]) -> Iterator[tuple[int, int]]:
    """Yield each article with those whose words are nearest on the whole."""
    worded = [number for number, article in articles.items() if len(article.wording)]
    if len(worded) < 2:
        return
    means = unit(np.stack([dequantise(articles[number].wording).mean(axis=0) for number in worded]))
    most = min(max(FEWEST, min(NEAREST, NEAR_PAIRS // len(worded))), len(worded) - 1)
    for begin in range(0, len(worded), _AT_ONCE):
        cosines = means[begin : begin + _AT_ONCE] @ means.T
        cosines[np.arange(len(cosines)), begin + np.arange(len(cosines))] = -2.0
        for place, near in enumerate(np.argpartition(-cosines, most - 1, axis=1)[:, :most].tolist(), begin):
            for other in near:
                one, two = sorted((worded[place], worded[other]))
                yield one, two


def _day(article: Article) -> int:
    return article.published.toordinal() if article.published else 0
