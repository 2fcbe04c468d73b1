"""Do trees that were grown elsewhere say here what they said there?"""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from qa.trees import Trees, read_trees, take_trees, write_trees


def grown(rows: np.ndarray, labels: np.ndarray) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=5, min_samples_leaf=5).fit(rows, labels)


def test_they_say_what_scikit_learn_says(tmp_path, monkeypatch):
    random = np.random.default_rng(7)
    rows = random.normal(size=(400, 3)).round(1)
    model = grown(rows, rows[:, 0] * rows[:, 1] > 0.2 * rows[:, 2])
    write_trees(take_trees(model, ("a", "b", "c")), tmp_path / "trees.safetensors")
    monkeypatch.setattr("qa.trees.resources.files", lambda package: tmp_path)
    trees = read_trees("qa", "trees.safetensors")
    assert trees.names == ("a", "b", "c")
    asked = random.normal(size=(200, 3)).round(1)
    assert [trees.odds(row) for row in asked] == pytest.approx(model.decision_function(asked).tolist())


def test_a_tree_by_hand():
    two = Trees(
        names=("height",),
        base=0.5,
        signs=np.array([0, 0, 0], np.int16),
        thresholds=np.array([2.0, 0.0, 0.0]),
        below=np.array([1, 1, 2], np.int16),
        above=np.array([2, 1, 2], np.int16),
        values=np.array([0.0, -1.0, 3.0]),
        roots=np.array([0, 0], np.int16),
    )
    assert [two.odds([height]) for height in (1.9, 2.0, 2.1)] == [-1.5, -1.5, 6.5]
