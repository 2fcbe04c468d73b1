"""Does the text hold this figure to be so, or does it deny it, correct it, or only imagine it?"""

from __future__ import annotations

from index.facts import Fact
from qa.match.tables import PassageTable, passage_table
from qa.match.words import Nearby
from qa.question import Question

TAKEN_BACK = 0.05
"""What remains of a figure's fit that its text takes back: less than any other of the same passage."""

IMAGINED = 0.1
"""What remains of the fit of one that its text only supposes, where the question asks for what is so."""

_BESIDE = 40
"""Characters before a figure in which it is contrasted with the right one: "et non à 46,1"."""


def held_to_be_so(question: Question, fact: Fact, near: Nearby, language: str) -> float:
    """Return 1, or less for what its text takes back or only supposes.

    A date or a name that a denial mentions is none of its own: "he denied on Sunday that ...". `language` is the
    passage's.
    """
    table = passage_table(language)
    if table is None or question.cues.denied or question.cues.denies:
        return 1.0
    if fact.kind == "number" and (fact.denied or _is_taken_back(fact, near, table)):
        return TAKEN_BACK
    if table.contrasted.search(_before(fact, near)[-_BESIDE:]):
        return TAKEN_BACK
    if fact.kind == "number" and not question.cues.foreseen and _is_imagined(fact, near, table):
        return IMAGINED
    return 1.0


def _before(fact: Fact, near: Nearby) -> str:
    """Return what stands before a fact in its sentence."""
    return near.passage[near.parts[near.place][0] : fact.start]


def _after(fact: Fact, near: Nearby) -> tuple[str, str]:
    """Return what stands behind a fact in its sentence, and the sentence behind that."""
    following = near.parts[near.place + 1 : near.place + 2]
    return near.passage[fact.end : near.parts[near.place][1]], near.passage[slice(*following[0])] if following else ""


def _is_taken_back(fact: Fact, near: Nearby, table: PassageTable) -> bool:
    """Return whether the sentence of a figure, or the one behind it, says that it is not so."""
    before = _before(fact, near)
    denials = list(table.denial.finditer(before))
    if denials and not table.turns.search(before[denials[-1].end() :]):
        return True
    rest, following = _after(fact, near)
    if table.false.search(rest):
        return True
    return bool(table.reported.search(before) and (table.false.search(following) or table.corrects.search(following)))


def _is_imagined(fact: Fact, near: Nearby, table: PassageTable) -> bool:
    """Return whether a figure belongs to what only might be: a condition, a scenario, an exercise, a prediction."""
    before, (rest, _) = _before(fact, near), _after(fact, near)
    if table.supposed.search(before):
        return True
    around = f"{near.before}\n{near.sentence}"
    return bool(table.hypothesis.search(around) and table.would.search(before[-_REACH:] + rest[:_REACH]))


_REACH = 80
"""Characters around a figure in which its verb stands."""
