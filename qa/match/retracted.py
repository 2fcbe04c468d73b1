"""Does the article hold this fact to be so, or does it deny it, correct it or only imagine it?"""

from __future__ import annotations

from qa.match.stance import Given
from qa.match.tables import passage_table
from qa.question import Question

TAKEN_BACK = 0.05
"""What remains of a fact's fit that its text takes back: less than any other of the same passage."""

DOUBTED, SURELY = 0.2, 0.45
"""How likely an article must take a fact back for it to fit less well, and to be none of its claims: chosen on three
writers, each left out of the fit, and on pairs of ordinary articles."""


def held_to_be_so(question: Question, given: Given) -> float:
    """Return 1, or less for what its article likely takes back or only supposes, down to `TAKEN_BACK`.

    Where the question asks who denies, or what would be, what is denied or supposed answers.
    """
    cues = question.cues
    if passage_table(given.language) is None or cues.denied or cues.denies:
        return 1.0
    if cues.foreseen and given.supposed:
        return 1.0
    if given.fact.denied and given.fact.kind == "number":  # its own clause says so
        return TAKEN_BACK
    return min(1.0, max(TAKEN_BACK, (SURELY - given.likelihood) / (SURELY - DOUBTED)))
