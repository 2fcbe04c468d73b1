"""Which of a question's words does a figure or a date tell, by its role and by what stands around it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.facts import Fact
from index.language import Term
from qa.match.counted import compare_counted, main_noun
from qa.match.happened import combined, compare_happened
from qa.match.roles import circumstances_told
from qa.match.words import Matcher, Nearby, Word, role_words

NONE = -1.0
"""What stands for the telling of a word that the question or the fact does not have."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How well what is asked is told, each from 0 to 1, or `NONE`."""

    counted: float
    """What is counted, by the rules of `qa.match.counted`; `NONE` of a date."""
    happened: float
    """What happened to it, by those of `qa.match.happened`; `NONE` of a date."""
    noun: float
    """The noun that names what is counted, in the role."""
    deed: float
    """The best told word of what happened, in the role."""
    head: float
    """How well the question accounts for what the fact counts."""
    predicate: float
    """How well it accounts for a word of what happened to that."""
    circumstances: float
    """The share of the question's circumstances in and near the fact."""
    around: float
    """The mean over the question's words, in the fact's sentence."""
    least: float
    """The word that is told worst of all, in the role, the sentence or before it."""


def read_telling(fact: Fact, matcher: Matcher, near: Nearby) -> Telling:
    """Return which words of the matcher's question a fact tells."""
    question, words = matcher.question, role_words(fact.role.text)
    counts = fact.kind == "number"
    everything = (*near.words, *near.words_before, *words)
    return Telling(
        counted=compare_counted(matcher, words, near) if counts else NONE,
        happened=compare_happened(matcher, words, both=combined(fact))[0] if counts else NONE,
        noun=matcher.best(main_noun(matcher), words) if question.head else NONE,
        deed=_best(matcher, question.predicate, words),
        head=_accounted(matcher, fact.role.head[:1]),
        predicate=_accounted(matcher, fact.role.predicate),
        circumstances=circumstances_told(fact, matcher, near),
        around=_mean(matcher.best(term, near.words) for term in question.role),
        least=min((matcher.best(term, everything) for term in question.role), default=1.0),
    )


def _best(matcher: Matcher, terms: Sequence[Term], words: Sequence[Word]) -> float:
    return max((matcher.best(term, words) for term in terms), default=NONE)


def _accounted(matcher: Matcher, printed: Sequence[str]) -> float:
    words = role_words(" ".join(printed))
    return max((matcher.match(term, word) for term in matcher.question.role for word in words), default=NONE)


def _mean(told: Iterable[float]) -> float:
    each = list(told)
    return sum(each) / len(each) if each else 1.0
