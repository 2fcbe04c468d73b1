"""Is this English word a verb, a past, a plural, and does it say that something is not certain?"""

from __future__ import annotations

import re
from functools import lru_cache

from index.facts.tables.grammar import Verbs
from index.facts.tables.words import words

_PAST = words(
    """fell fallen rose risen won lost sent took taken left cost made ran came went gone saw seen held met paid spent
    sold built bought fled shot hit cut grew grown drew drawn drove driven fought found gave given kept led put read
    received said sank sunk sought shut slept spoke stole struck swam swept taught thought told threw thrown wore
    broke broken began begun became become beat beaten bred brought burnt burst caught chose chosen cast dealt died
    ate eaten fed felt flew flown forgot froze frozen got hung hid hidden hurt knew known laid lain lay lent let lit
    meant rode ridden rang set shook shown slid split spread stood stuck swore tore torn woke withdrew withdrawn
    underwent overtook drowned perished"""
)
_NOT_PAST = words("hundred united need seed speed feed bleed breed wed red bed shed sled seabed")
_PRESENT = words(
    """cost costs live lives remain remains face faces need needs work works reach reaches total totals
    employ employs serve serves kill kills hold holds include includes contain contains weigh weighs measure measures
    stand stands account accounts represent represents attend attend die dies flee await require requires want wants
    suffer suffers have has support supports oppose opposes believe say vote use uses own owns earn earns"""
)
_PLURALS = words(
    """people men women children police personnel staff dead wounded injured missing others percent feet fish sheep
    lives"""
)


@lru_cache(maxsize=50_000)
def is_past(text: str, folded: str) -> bool:
    """Return whether the word is a past tense or participle by its form."""
    return (folded.endswith("ed") and len(folded) > 3 and folded not in _NOT_PAST) or folded in _PAST


def is_finite(text: str, folded: str) -> bool:
    """Return whether the word is, by its form, a past or an -ing."""
    return is_past(text, folded) or (folded.endswith("ing") and len(folded) > 5)


def is_verb(text: str, folded: str) -> bool:
    """Return whether the word can govern a figure: also the present tenses of some verbs."""
    return is_finite(text, folded) or folded in _PRESENT


def _is_never(text: str, folded: str) -> bool:
    return False


def _is_verbal(text: str, folded: str) -> bool:
    return folded.endswith("ing") or is_past(text, folded)


def _is_plural(text: str, folded: str) -> bool:
    if folded in _PLURALS:
        return True
    return len(folded) > 3 and folded[-1] == "s" and not folded.endswith(("ss", "us", "is"))


VERBS = Verbs(
    is_finite=is_finite,
    is_participle=is_past,
    is_verb=is_verb,
    governs=is_verb,
    parts=_is_never,
    parts_subject=is_past,
    is_verbal=_is_verbal,
    is_plural=_is_plural,
    plans=words(
        """planned planning expect expects expected intend intends intended hoping vowed pledged projected forecast
        forecasts predicted predict predicts anticipate anticipated proposed scheduled potential"""
    ),
    plans_to=words("plan plans set likely hope hopes aim aims want wants vows vow pledges promises threatens seeks"),
    to=words("to"),
    future=re.compile(r"(?:will|shall|won't|'ll)$"),
    not_future=words(""),
    conditional=re.compile(
        r"(?:reportedly|allegedly|purportedly|apparently|supposedly|rumou?red|unconfirmed|alleged|feared|presumed"
        r"|believed|thought)$"
    ),
    estimate=re.compile(r"(?:estimat(?:e|es|ed|ing|ion|ions)|reckon\w*)$"),
    denials=words("denied denies deny denying rejected rejects dismissed dismisses refuted disputed disputes"),
    unsure=re.compile(r"(?:would|could|should|may|might)$"),
    unplanned=words("may might"),
    perfect=words("have"),
)
