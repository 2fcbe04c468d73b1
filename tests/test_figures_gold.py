"""The reading of figures against sentences written blind to the code: what is read right today is a floor."""

import json
from pathlib import Path

import pytest

from index.facts import read_facts
from index.language import stems
from qa.match import combined

GOLD = [
    json.loads(line) for line in (Path(__file__).parent / "gold/figures.jsonl").read_text(encoding="utf-8").splitlines()
]


def numbers(row):
    return [fact for fact in read_facts(row["text"], row["language"]) if fact.kind == "number"]


def found(row):
    """Pair each figure of the gold with the fact that is printed the same, in reading order."""
    left = numbers(row)
    for figure in row["figures"]:
        fact = next((f for f in left if row["text"][f.start : f.end] == figure["text"]), None)
        if fact is not None:
            left.remove(fact)
        yield figure, fact


# Who reads one more may raise the floor; who reads one less says why.
@pytest.mark.parametrize(
    ("language", "figures", "values", "roles", "tolls"), [("fr", 171, 170, 166, 170), ("en", 174, 169, 156, 169)]
)
def test_how_many_figures_are_read_right(language, figures, values, roles, tolls):
    pairs = [pair for row in GOLD if row["language"] == language for pair in found(row)]
    read = [(figure, fact) for figure, fact in pairs if fact is not None]
    right = [(fact.value, fact.value_max) == (figure["value"], figure["value_max"]) for figure, fact in read]
    told = []
    for figure, fact in read:
        wanted, said = set(stems(figure["role"], language)), set(stems(fact.role.text, language))
        told.append(2 * len(wanted & said) >= len(wanted))
    counted = [combined(fact) == figure["combined"] for figure, fact in read]
    assert len(pairs) == figures
    assert sum(right) >= values
    assert sum(told) >= roles
    assert sum(counted) >= tolls


def test_what_counts_nothing_is_not_taken_for_a_figure():
    wrong = []
    for row in GOLD:
        # An age is a figure with a role of its own, though the gold counts only ages that are asked for.
        taken = [row["text"][fact.start : fact.end] for fact in numbers(row) if not fact.role.is_age]
        counted = [figure["text"] for figure in row["figures"]]
        wrong += [(row["id"], text) for text in row["not_counts"] if taken.count(text) > counted.count(text)]
    assert set(wrong) <= {("f079", "112"), ("f134", "52"), ("f172", "80"), ("f172", "100"), ("f198", "39")}
