"""How likely is it, by what speaks for it and against it, where that is no sum? Boosted decision trees, in the box.

Friedman (2001), "Greedy function approximation: a gradient boosting machine": the log odds are a sum over small trees,
each of which asks signs one after the other whether they are above a threshold. scikit-learn grows them; to ask them
does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TENSORS = ("signs", "thresholds", "below", "above", "values", "roots")


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees whose nodes are numbered through; a leaf leads to itself."""

    names: tuple[str, ...]
    """Of the signs, in the order in which they are given."""
    base: float
    """The log odds before any tree."""
    signs: NDArray[np.int16]
    """The sign that each node asks, shape (nodes,); so the following."""
    thresholds: NDArray[np.float64]
    """Up to which the way leads to `below`, else to `above`."""
    below: NDArray[np.int16]
    above: NDArray[np.int16]
    values: NDArray[np.float64]
    """What a leaf adds to the log odds."""
    roots: NDArray[np.int16]
    """The first node of each tree, shape (trees,)."""

    def odds(self, signs: Sequence[float]) -> float:
        """Return the log odds of something with these signs."""
        row, nodes = np.asarray(signs, np.float64), self.roots
        while True:
            further = np.where(row[self.signs[nodes]] <= self.thresholds[nodes], self.below[nodes], self.above[nodes])
            if (further == nodes).all():
                return self.base + float(self.values[nodes].sum())
            nodes = further


def take_trees(model: Any, names: Sequence[str]) -> Trees:
    """Return the trees of scikit-learn's HistGradientBoostingClassifier, fitted for two classes on these signs."""
    grown = [own[0].nodes for own in model._predictors]
    roots = np.cumsum([0, *(len(nodes) for nodes in grown)])[:-1]
    nodes = np.concatenate(grown)
    own, first = np.arange(len(nodes)), np.repeat(roots, [len(nodes) for nodes in grown])
    leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        names=tuple(names),
        base=float(model._baseline_prediction[0, 0]),
        signs=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
        thresholds=np.where(leaf, 0.0, nodes["num_threshold"]),
        below=np.where(leaf, own, first + nodes["left"]).astype(np.int16),
        above=np.where(leaf, own, first + nodes["right"]).astype(np.int16),
        values=np.where(leaf, nodes["value"], 0.0),
        roots=roots.astype(np.int16),
    )


def write_trees(trees: Trees, file: Path) -> None:
    """Write trees into a file."""
    from safetensors.numpy import save_file

    metadata = {"names": ",".join(trees.names), "base": repr(trees.base)}
    save_file({name: np.ascontiguousarray(getattr(trees, name)) for name in TENSORS}, file, metadata)


def read_trees(package: str, file: str) -> Trees:
    """Return the trees that a file of a package holds."""
    from safetensors import safe_open

    with safe_open(str(resources.files(package).joinpath(file)), "numpy") as held:
        metadata = held.metadata()
        tensors = {name: held.get_tensor(name) for name in TENSORS}
    return Trees(tuple(metadata["names"].split(",")), float(metadata["base"]), **tensors)
