"""What has a table of one language's words in passages to say?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassageTable:
    """The words with which passages in one language answer. Patterns read them as printed, lists hold folded words."""

    cause: re.Pattern[str]
    """Words that announce a cause or a purpose."""
    said: re.Pattern[str]
    """Words and marks that announce what somebody said."""
    last_year: str
    """The pattern of what may say that something was in the year before: "last year", "last October"; `{months}` in it
    stands for the names of months."""
    denying: frozenset[str]
    """Words that deny what the sentence says."""
    unsure: frozenset[str]
    """Words with which a sentence leaves open what it says."""
    bounding: frozenset[str]
    """Words behind one that denies, with which it only bounds or adds: "pas moins de", "not only"."""
    owning: frozenset[str]
    """What makes the word behind it the owner of the one before: "le frère du ministre"."""
    articles: frozenset[str]
    """What may stand between the two."""
    neutral: frozenset[str]
    """Words of a figure's role that neither name what is counted nor say what happened to it."""
    joining: frozenset[str]
    """Words with which a role counts two things together."""
    negating: frozenset[str]
    """Words of a figure's role that deny it."""
    periods: Mapping[str, re.Pattern[str]]
    """Quarters and halves of a year by name ("quarter 1", "half 2"), and how they are printed."""
    bounds_time: re.Pattern[str]
    """Words before a month that only bound a time: "since September"."""
    false: re.Pattern[str]
    """Words behind a figure that say that it is not so."""
    reported: re.Pattern[str]
    """Words before a figure by which a text lets somebody else say it."""
    denies: re.Pattern[str]
    """A verb that denies, with its auxiliary: "a démenti", "rejects"; its group `passive` where what is denied is its
    subject."""
    agent: re.Pattern[str]
    """What stands between it and who denies, where it is in the passive: " par "."""
    cues: Mapping[str, frozenset[str]]
    """Words that may tell that a text takes something back, by kind, in any of their forms: of denial, of what is
    untrue, of rumour, error, correction, truth, negation, hypothesis, plans, contrast, saying and so on."""
