"""How likely does an article take back what it gives here: deny it, correct it, only imagine or quote it?

A logistic model over signs: which cues stand in the clause, in the sentence and in those beside it, what quotes, and
what the article is as a whole. Its weights are fitted by ``python -m qa.stance_fitting`` on articles of four writers
whose every fact was judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from index.facts import Fact
from index.paragraphs.sentences import sentences
from index.records import Document, Paragraph
from qa.logistic import Logistic, read_model
from qa.match.cues import Cue, read_cues
from qa.match.words import Nearby

OPENING = 2_000
"""Characters of an article by which it is known as a whole."""

BESIDE = 400
"""Characters before and behind a passage in which the sentence beside it is looked for."""

_QUOTED = re.compile(r"[«“][^»”]{1,600}[»”]|\"[^\"\n]{1,600}\"")

UNTRUE = ("denial", "untrue", "error", "fixing")
"""Kinds of cue by which an article is a denial or a correction as a whole."""

SETTLING = ("truth", "untrue", "error", "evidence")
"""Kinds of cue by which the sentence behind a quotation may contradict it."""

OPENERS = ("denial", "untrue", "error", "rumour", "hypothesis")
"""Kinds of cue that hold for the words behind them, up to a contrast."""


@dataclass(frozen=True)
class Given:
    """A fact where an article gives it."""

    fact: Fact
    near: Nearby
    paragraph: Paragraph
    document: Document

    @property
    def language(self) -> str:
        return self.paragraph.language

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Where its sentence starts and ends in the passage."""
        return self.near.parts[self.near.place]

    @cached_property
    def own(self) -> tuple[Cue, ...]:
        """The cues of its sentence, at their places in the passage."""
        start = self.bounds[0]
        return tuple((at + start, n, kind) for at, n, kind in self._cues(self.near.sentence))

    @cached_property
    def previous(self) -> frozenset[str]:
        """The kinds of cue of the sentence before, which may stand in the passage before."""
        if self.near.place:
            return self._told(self.near.passage[slice(*self.near.parts[self.near.place - 1])])
        begin = self.paragraph.start
        text = self.document.text[max(0, begin - BESIDE) : begin].rpartition(self.document.title or "\0")[2].strip()
        return self._told(text[slice(*sentences(text, self.language)[-1])]) if text else frozenset()

    @cached_property
    def following(self) -> frozenset[str]:
        """The kinds of cue of the sentence behind, which may stand in the next passage."""
        if self.near.place + 1 < len(self.near.parts):
            return self._told(self.near.passage[slice(*self.near.parts[self.near.place + 1])])
        return self._told(self._behind())

    @cached_property
    def further(self) -> frozenset[str]:
        """The kinds of cue of the sentence with which the next passage begins, where that is not the one behind."""
        last = self.near.place + 1 == len(self.near.parts)
        return frozenset() if last else self._told(self._behind())

    def _behind(self) -> str:
        """Return the first sentence of the next passage."""
        end = self.paragraph.end
        text = self.document.text[end : end + BESIDE].strip()
        return text[slice(*sentences(text, self.language)[0])] if text else ""

    @cached_property
    def likelihood(self) -> float:
        """How likely the article takes it back, from 0 to 1."""
        return load_model().likelihood(signs(self))

    @property
    def supposed(self) -> bool:
        """Whether its sentence or the one before supposes it, and neither denies it: a condition, a scenario."""
        around = self.previous.union(kind for _, _, kind in self.own)
        return not around.isdisjoint(("hypothesis", "conditional")) and around.isdisjoint(UNTRUE)

    def _cues(self, text: str) -> tuple[Cue, ...]:
        return read_cues(text, self.language)

    def _told(self, text: str) -> frozenset[str]:
        return frozenset(kind for _, _, kind in self._cues(text))


@cache
def load_model() -> Logistic:
    """Return the weights in the box, by sign."""
    return read_model("qa.match", "stance.json")


def signs(given: Given) -> dict[str, float]:
    """Return what may tell that an article takes back what it gives: signs by name, each from 0 to 1; 0 is left out."""
    found = {f"{zone} {kind}": 1.0 for zone, kind in _zones(given)}
    for told in (_open(given), _quotes(given), _about(given), _article(given)):
        found.update({name: float(value) for name, value in told.items() if value})
    return found


def _zones(given: Given) -> Iterator[tuple[str, str]]:
    """Yield each kind of cue with where it stands from the fact."""
    fact, (begin, end) = given.fact, given.bounds
    passage = given.near.passage
    opens = begin + max(passage[begin : fact.start].rfind(mark) for mark in ",;:(") + 1
    closes = min((at for mark in ",;:)" if (at := passage.find(mark, fact.end, end)) >= 0), default=end)
    for at, _, kind in given.own:
        if at < fact.start:
            yield "before", kind
            if at >= opens:
                yield "close before", kind
        elif at >= fact.end:
            yield "behind", kind
            if at < closes:
                yield "close behind", kind
    yield from (("previous", kind) for kind in given.previous)
    yield from (("following", kind) for kind in given.following)
    yield from (("further on", kind) for kind in given.further)


def _open(given: Given) -> dict[str, float]:
    """Return which cues before a fact hold for it still: no contrast stands between."""
    start, end = given.fact.start, given.fact.end
    last: dict[str, tuple[int, int]] = {kind: (at, n) for at, n, kind in given.own if at < start}
    first: dict[str, int] = {kind: n for at, n, kind in reversed(given.own) if at >= end}
    here = sum(1 for _ in read_words(given.near.passage[given.bounds[0] : start]))
    turned, negated = last.get("contrast", (-1, -9)), last.get("negation", (-1, -9))
    found = {
        f"open {kind}": last[kind][0] > turned[0] and ";" not in given.near.passage[last[kind][0] : start]
        for kind in OPENERS
        if kind in last
    }
    is_open = "negation" in last and negated[0] > turned[0]
    told = {
        **found,
        "negated": is_open,
        "negated before a turn": "negation" in last and not is_open,
        "negated, then a turn": is_open and "contrast" in first,
        "just negated": "negation" in last and here - negated[1] <= 3,
        "just contrasted": "contrast" in last and here - turned[1] <= 4,
        "negated behind": "negation" in first and first["negation"] - here <= 6,
        "denied that": "that" in last and any(kind in last for kind in (*UNTRUE, "rumour")),
    }
    return {name: float(value) for name, value in told.items()}


def read_words(text: str) -> Iterator[str]:
    """Yield the words and marks of a text."""
    yield from re.findall(r"\w+(?:['’]\w+)?|[^\w\s]", text)


def _quotes(given: Given) -> dict[str, float]:
    """Return how a fact stands to quotation marks."""
    start, (begin, end) = given.fact.start, given.bounds
    quotes = [match.span() for match in _QUOTED.finditer(given.near.passage)]
    quoted = any(s < start < e for s, e in quotes)
    settled = bool(given.following.intersection(SETTLING))
    says = any(kind == "saying" for _, _, kind in given.own)
    return {
        "quoted": quoted,
        "beside a quote": any(s < end and e > begin for s, e in quotes),
        "quoted, then settled": quoted and (settled or "negation" in given.following),
        "said, then settled": says and settled,
        "quoted, titled untrue": quoted and bool(_titled(given).intersection({*UNTRUE, "negation", "truth"})),
    }


def _about(given: Given) -> dict[str, float]:
    """Return what a fact is by itself, and where its sentence stands."""
    fact, text = given.fact, given.document.text
    at = max(0, given.paragraph.start + given.bounds[0] - len(given.document.title))
    length = max(1, len(text) - len(given.document.title))
    return {
        fact.kind: 1.0,
        "denied": fact.denied,
        "former": bool(fact.role.former),
        "foreseen": fact.hedges.planned,
        "reported": fact.hedges.conditional,
        "spoken": fact.speaker is not None,
        "place": min(1.0, at / length),
        "first": given.paragraph.start <= len(given.document.title) + 2,
        "asks": given.near.sentence.rstrip(' »”"').endswith("?"),
    }


def _article(given: Given) -> dict[str, float]:
    """Return what its article is as a whole."""
    told = opening_cues(given.document.title, given.document.text[:OPENING], given.language)
    denying = min(1.0, sum(told.get(kind, 0) for kind in UNTRUE[:3]) / 4)
    imagining = min(1.0, told.get("hypothesis", 0) / 3)
    early = given.near.place == 0 and given.paragraph.start < 0.35 * len(given.document.text)
    return {
        "denying": denying,
        "denying, early": denying * early,
        "denying, a figure": denying * (given.fact.kind == "number"),
        "imagining": imagining,
        "imagining, early": imagining * early,
        "imagining, would": imagining * any(kind == "conditional" for _, _, kind in given.own),
    }


def _titled(given: Given) -> frozenset[str]:
    return frozenset(kind for _, _, kind in read_cues(given.document.title, given.language))


@lru_cache(maxsize=256)
def opening_cues(title: str, text: str, language: str) -> Mapping[str, int]:
    """Return how often each kind of cue stands in the opening of an article, in its title twice as often."""
    counted: dict[str, int] = {}
    for part, weight in ((title, 2), (text.removeprefix(title), 1)):
        for _, _, kind in read_cues(part, language):
            counted[kind] = counted.get(kind, 0) + weight
    return counted
