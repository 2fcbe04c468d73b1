"""How do several rankings become one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.records import Ranking, rank

WEIGHTS = {"lexical": 1.0, "dense": 1.0, "interaction": 2.0}
"""Weights of the standardised scores, set beforehand; the README's table shows what they give, nothing was tuned."""

RRF_CONSTANT = 60
"""k of reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009)."""


def fuse(
    rankings: Mapping[str, Ranking],
    *,
    method: str = "zscore",
    weights: Mapping[str, float] | None = None,
    floors: Mapping[str, float] | None = None,
) -> Ranking:
    """Return one ranking of every paragraph that any of the named rankings holds.

    "zscore" sums the weighted standardised scores, (score - mean) / deviation over the candidates; a paragraph that a
    ranking lacks takes that ranking's floor (its lowest score unless given). "rrf" sums weight / (60 + rank). The
    order in which the rankings come does not matter.
    """
    if method not in ("zscore", "rrf"):
        raise ValueError(f'method is "zscore" or "rrf", not {method!r}')
    ids = sorted({id_ for ranking in rankings.values() for id_, _ in ranking})
    total = np.zeros(len(ids))
    for name in sorted(rankings):
        weight = (weights or WEIGHTS).get(name, 1.0)
        if not rankings[name] or not weight:
            continue
        if method == "rrf":
            places = {id_: place for place, (id_, _) in enumerate(rankings[name], 1)}
            total += [weight / (RRF_CONSTANT + places[id_]) if id_ in places else 0.0 for id_ in ids]
            continue
        scores = dict(rankings[name])
        floor = (floors or {}).get(name, min(scores.values()))
        total += weight * standardise([scores.get(id_, floor) for id_ in ids])
    return rank(ids, total)


def standardise(scores: Sequence[float]) -> NDArray[np.float64]:
    """Return (score - mean) / deviation, shape (n,); zeros where all scores are the same."""
    array = np.asarray(scores, np.float64)
    deviation = array.std()
    return (array - array.mean()) / deviation if deviation > 1e-9 else np.zeros(len(array))
