"""The reading of figures against sentences written blind to the code: floors, by language."""

import json
from pathlib import Path

import pytest

from index.facts import spans
from index.language import stems
from qa.match import combined

GOLD = [
    json.loads(line) for line in (Path(__file__).parent / "gold/figures.jsonl").read_text(encoding="utf-8").splitlines()
]


def found(row):
    """Pair each figure of the gold with the span that is printed the same, in reading order."""
    numbers = [span for span in spans(row["text"], row["language"]) if span.kind == "number"]
    for figure in row["figures"]:
        span = next((s for s in numbers if s.text == figure["text"]), None)
        if span is not None:
            numbers.remove(span)
        yield figure, span


@pytest.mark.parametrize("language", ["fr", "en"])
def test_floors_of_reading_figures(language):
    pairs = [pair for row in GOLD if row["language"] == language for pair in found(row)]
    values = [s is not None and (s.value, s.value_max) == (f["value"], f["value_max"]) for f, s in pairs]
    roles = []
    for figure, span in pairs:
        wanted = set(stems(figure["role"], language))
        said = set(stems(span.role, language)) if span else set()
        roles.append(2 * len(wanted & said) >= len(wanted))
    tolls = [s is not None and combined(s) == f["combined"] for f, s in pairs]
    assert len(pairs) > 150
    assert sum(values) / len(values) >= 0.95
    assert sum(roles) / len(roles) >= 0.85
    assert sum(tolls) / len(tolls) >= 0.95


def test_what_counts_nothing_is_not_taken_for_a_figure():
    wrong = []
    for row in GOLD:
        # An age is a figure with a role of its own, though the gold counts only ages that are asked for.
        numbers = [span for span in spans(row["text"], row["language"]) if span.kind == "number"]
        taken = [span.text for span in numbers if not span.role.startswith(("âgé", "aged"))]
        counted = [figure["text"] for figure in row["figures"]]
        wrong += [(row["id"], text) for text in row["not_counts"] if taken.count(text) > counted.count(text)]
    assert len(wrong) <= 5, wrong
