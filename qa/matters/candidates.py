"""Which articles may tell of one event? All of a few; of many, those that share a rare name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from qa.matters.article import Article
from qa.matters.likeness import Likeness

RAREST = 8
"""Names of an article, the rarest that another holds too, by which articles on the same event are found."""

WIDEST = 40
"""Articles that one is compared with for each of those names, those nearest in time: thousands may hold one."""

GATHERED = 40
"""Articles up to which a corpus is taken to be gathered on one affair: all of them are compared. Of more, only those
that share names and whose countries and kinds of event are not apart: of 100 on many events, invented from a few
templates, others made one matter in seven wrong."""


def articles_alike(articles: Mapping[int, Article], likeness: Likeness) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles that may tell of one event, each once, the lower number first."""
    if len(articles) <= GATHERED:
        yield from combinations(sorted(articles), 2)
        return
    seen: set[tuple[int, int]] = set()
    for block in _blocks(articles, likeness):
        for place, one in enumerate(block):
            seen |= {(min(one, other), max(one, other)) for other in block[place + 1 : place + 1 + WIDEST]}
    yield from (pair for pair in sorted(seen) if likeness.of(*pair))


def _blocks(articles: Mapping[int, Article], likeness: Likeness) -> Iterator[list[int]]:
    """Yield the articles that share one of their rarest names, oldest publication first."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number in articles:
        shared = [name for name in likeness.names(number) if likeness.held(name) > 1]
        for name in sorted(shared, key=lambda name: (likeness.held(name), name))[:RAREST]:
            blocks[name].append(number)
    for _, block in sorted(blocks.items()):
        yield sorted(block, key=lambda number: (_day(articles[number]), articles[number].source))


def _day(article: Article) -> int:
    return article.published.toordinal() if article.published else 0
