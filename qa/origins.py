"""Which statements have one origin? One source, copies of one text or of one sentence, or one speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.facts.signature import Signature, shared
from index.paragraphs.mastheads import AGENCIES
from index.records import Document
from qa.senses import Sense, content_words, said

COPIED = 0.5
"""The share of the shorter of two texts that both hold, from which on one is taken for a copy of the other: most of its
sentences. Two who write of one event by themselves share hardly a run of words."""

REPEATED = 0.8
"""The share of the words of two sentences that both hold, from which on one repeats the other."""

LOOKED_AT = 100
"""Different sentences that each other is compared with."""

FEWEST = 6
"""Words that a sentence must have for its repetition to tell anything."""

_SIGNED = 240
"""Characters at the beginning and at the end of a text in which an agency signs it."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A statement, with what tells where it comes from."""

    source: str
    language: str
    sentence: str
    words: frozenset[str]
    """The folded content words of its sentence."""
    speaker: str
    """Who says so, as printed; "" where the text gives nobody."""
    signature: Signature | None
    """Of its source's text."""
    bodies: frozenset[str] = frozenset()
    """The acronyms of the bodies that its speaker names."""


def number_origins(witnesses: Sequence[Witness]) -> list[int]:
    """Return for each statement the number of its origin, from 1, in the order in which they come."""
    origins = list(range(len(witnesses)))
    first: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(witnesses):  # a story that thousands print word for word is one at once
        tells = len(one.words) >= FEWEST
        origins[place] = first.setdefault((one.sentence, one.speaker, "" if tells else str(place)), place)
    apart = list(first.values())
    for at, place in enumerate(apart):
        for earlier in apart[: min(at, LOOKED_AT)]:
            if origins[earlier] != origins[place] and _one_origin(witnesses[place], witnesses[earlier]):
                taken, kept = origins[place], origins[earlier]
                origins = [kept if origin == taken else origin for origin in origins]
    numbers = {origin: number for number, origin in enumerate(dict.fromkeys(origins), 1)}
    return [numbers[origin] for origin in origins]


def _one_origin(a: Witness, b: Witness) -> bool:
    if a.source == b.source:
        return not (a.speaker and b.speaker) or one_speaker(a, b)
    return one_speaker(a, b) or one_text(a, b)


def one_text(a: Witness, b: Witness) -> bool:
    """Return whether one of two sources is a copy of the other, of most of it, or repeats its sentence."""
    if a.signature and b.signature and shared(a.signature, b.signature) >= COPIED:
        return True
    alike = len(a.words & b.words) >= REPEATED * len(a.words | b.words)
    return min(len(a.words), len(b.words)) >= FEWEST and alike


def one_speaker(a: Witness, b: Witness) -> bool:
    """Return whether the same one says both."""
    return bool(a.bodies & b.bodies) or same_speaker(a.speaker, b.speaker, a.language, b.language)


def same_speaker(one: str, other: str, language: str, other_language: str = "") -> bool:
    """Return whether two attributions name one: all that one of them says, the other says too."""
    own, theirs = _speaker(one, language), _speaker(other, other_language or language)
    if not own or not theirs:
        return False
    return all(said(word, theirs) for word in own) or all(said(word, own) for word in theirs)


@lru_cache(maxsize=10_000)
def _speaker(text: str, language: str) -> tuple[Sense, ...]:
    return content_words(text.replace("’", " ").replace("'", " ").split(), language)


WORDS = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")


def words_of_sentence(sentence: str, language: str) -> tuple[Sense, ...]:
    """Return the content words of a sentence beside names of countries and figures."""
    found = content_words(WORDS.findall(sentence), language)
    return tuple(word for word in found if not word.country and not word.fold[0].isdigit())


_BYLINE = re.compile(
    rf"(?:\(|©\s*|\b(?:[Aa]vec|[Ww]ith|[Ss]ource ?:)\s+(?:l['’])?|^\s*)(?P<agency>{AGENCIES})(?:\)|\s*$|(?=[\s,.;/)]))",
    re.MULTILINE,
)


def agency_of(document: Document) -> str:
    """Return the agency that signs an article, as printed: in its outlet, or at its beginning or its end; "" for none.

    >>> agency_of(Document("a.txt", "", "La crue.\\n\\n(Avec AFP)", "fr", None, ""))
    'AFP'
    """
    if re.fullmatch(AGENCIES, document.outlet):
        return document.outlet
    text = document.text
    found = _BYLINE.search(text[:_SIGNED]) or _BYLINE.search(text[-_SIGNED:])
    return found["agency"] if found else ""
