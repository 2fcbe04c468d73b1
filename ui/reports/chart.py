"""What do the figures of an answer look like? Those of one unit, as marks, drawn in time or side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from qa.answers import Answer, SourceAnswer, is_sure
from ui.drawing import Mark, draw_figures, mark_span
from ui.words.wording import name_source, tell_claim


def draw_chart(answer: Answer, turn: int | None = None) -> str:
    """Return the picture of an answer's figures as one HTML element on one line.

    As that of the `turn` of a conversation, its figures have the numbers of their citations and lead to them.

    Only figures of one unit share an axis: the unit that most sources use. Returns "" where fewer than two can be
    drawn.
    """
    unit, marks = _marks(answer)
    return draw_figures(marks, answer.language, unit=unit, turn=turn)


def _marks(answer: Answer) -> tuple[str, list[Mark]]:
    """Return the unit that most of the claims have, and the marks of its claims."""
    drawn = [(source.claim.unit, mark) for source in answer.sources if source.claim and (mark := _mark(source, answer))]
    if not drawn or not answer.found:
        return "", []
    unit = Counter(own for own, _ in drawn).most_common(1)[0][0]
    return unit, [mark for own, mark in drawn if own == unit]


def _mark(source: SourceAnswer, answer: Answer) -> Mark | None:
    mark = mark_span(source.claim, name_source(source)) if source.claim else None
    if mark is None:
        return None
    return replace(
        mark,
        published=source.published,
        number=source.passages[0].citation.number,
        notes=tuple(tell_claim(source, answer)),
        faint=not is_sure(source) or any(group.partial and source.source in group.sources for group in answer.groups),
    )
