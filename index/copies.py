"""Which of the paragraphs found are one paragraph again, printed by others, so that a few of them are enough?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.records import Paragraph, Ranking

NAMED = 200
"""Sources of left-out copies that are named for one paragraph; the rest are counted."""


@dataclass(slots=True)
class Copies:
    """What was left out for a paragraph, since it is the same."""

    count: int = 0
    sources: list[str] = field(default_factory=list)


def leave_out_copies(
    final: Ranking, rankings: Mapping[str, Ranking], read: Callable[[Sequence[int]], list[Paragraph]], most: int
) -> tuple[Ranking, dict[int, Copies]]:
    """Return a ranking with `most` paragraphs of one text at most, and by the first of each text what was left out.

    Paragraphs of one text score the same in every ranking: only those are read, by their ids, of which more score so.
    """
    scores = {name: dict(ranking) for name, ranking in rankings.items()}
    keys = {id_: tuple(_rounded(own.get(id_)) for own in scores.values()) for id_, _ in final}
    often = {key for key, count in Counter(keys.values()).items() if count > most}
    doubted = [id_ for id_, _ in final if keys[id_] in often]
    paragraphs = dict(zip(doubted, read(doubted), strict=True)) if doubted else {}
    kept: Ranking = []
    shown: dict[str, list[int]] = {}
    left: dict[int, Copies] = {}
    for id_, score in final:
        paragraph = paragraphs.get(id_)
        same = shown.setdefault(paragraph.text, []) if paragraph else []
        if paragraph is None or len(same) < most:
            same.append(id_)
            kept.append((id_, score))
            continue
        copies = left.setdefault(same[0], Copies())
        copies.count += 1
        if len(copies.sources) < NAMED:
            copies.sources.append(paragraph.source)
    return kept, left


def _rounded(score: float | None) -> float | None:
    """Return a score without what the order of additions makes of it."""
    return None if score is None else round(score, 4)
