"""Which statements have one origin? One source, a copy of its text or of its sentence, or one speaker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa.matters.figures import Figure
from qa.matters.likeness import Likeness
from qa.matters.senses import Sense, content_words, said

REPEATED = 0.8
"""The share of the words of two sentences that both hold, from which on one repeats the other."""

LOOKED_AT = 100
"""Different sentences of a matter that each other is compared with."""

FEWEST = 6
"""Words that a sentence must have for its repetition to tell anything."""


def number_origins(figures: Sequence[Figure], likeness: Likeness) -> list[int]:
    """Return for each figure the number of its origin, from 1, in the order in which they come."""
    origins = list(range(len(figures)))
    first: dict[tuple[str, ...], int] = {}
    for place, figure in enumerate(figures):  # a story that thousands print word for word is one at once
        tells = len(figure.words) >= FEWEST
        origins[place] = first.setdefault((figure.text, figure.speaker, "" if tells else str(place)), place)
    apart = list(first.values())
    for at, place in enumerate(apart):
        for earlier in apart[: min(at, LOOKED_AT)]:
            if origins[earlier] != origins[place] and _one_origin(figures[place], figures[earlier], likeness):
                taken, kept = origins[place], origins[earlier]
                origins = [kept if origin == taken else origin for origin in origins]
    numbers = {origin: number for number, origin in enumerate(dict.fromkeys(origins), 1)}
    return [numbers[origin] for origin in origins]


def _one_origin(a: Figure, b: Figure, likeness: Likeness) -> bool:
    if a.article is b.article:
        return not (a.speaker and b.speaker) or one_speaker(a, b)
    return one_speaker(a, b) or _repeats(a, b) or likeness.copies(a.article.number, b.article.number)


def one_speaker(a: Figure, b: Figure) -> bool:
    """Return whether the same one says both: all that one of two attributions says, the other says too."""
    one, other = (_speaker(f.speaker, f.article.language) for f in (a, b))
    if not one or not other:
        return False
    return all(said(word, other) for word in one) or all(said(word, one) for word in other)


@lru_cache(maxsize=10_000)
def _speaker(text: str, language: str) -> tuple[Sense, ...]:
    return content_words(text.replace("’", " ").replace("'", " ").split(), language)


def _repeats(a: Figure, b: Figure) -> bool:
    """Return whether two sentences hold nearly the same words, in one language."""
    one, other = ({word.fold for word in f.words} for f in (a, b))
    return min(len(one), len(other)) >= FEWEST and len(one & other) >= REPEATED * len(one | other)
