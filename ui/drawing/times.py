"""What do dated figures look like in time? Days from left to right, values upwards, the undated ones apart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ui.drawing.axis import Axis, make_axis, make_days, print_tick
from ui.drawing.mark import Mark
from ui.drawing.sketch import RADIUS, anchor, draw_bar, draw_disc, leads_to, shorten
from ui.escaping import escape
from ui.words.catalogue import print_short_day, read_words

_TOP, _HEIGHT, _AXIS = 34, 190, 28
_LEFT, _RIGHT = 15.0, 91.0
_APART = 78.0
"""Where the days end, in per cent, where figures without a date stand to the right of them."""
_UNDATED = 92.0
_OPEN = 26
"""Pixels of a line with an open end."""
_BESIDE = 4
"""Discs of one day and one height that stand beside each other; the rest is counted."""
_WIDTH = 400
"""Pixels that a picture is taken to be wide where it is seen whether labels meet."""
_LETTER = 7.5
_LONGEST = 26
_DAYS = 4


@dataclass(frozen=True, slots=True)
class Stack:
    """Figures of one day that stand at one height."""

    at: float
    """In per cent of the width."""
    y: float
    marks: tuple[Mark, ...]

    @property
    def printed(self) -> str:
        """What they say, as far as there is room."""
        return shorten(self.whole, _LONGEST)

    @property
    def whole(self) -> str:
        """What they say, each once."""
        return " / ".join(dict.fromkeys(mark.printed for mark in self.marks))


def is_dated(marks: Sequence[Mark]) -> bool:
    """Return whether figures can be drawn in time: they are of two days at least."""
    return len({mark.published for mark in marks if mark.published}) > 1


def draw_times(marks: Sequence[Mark], language: str, unit: str, turn: int | None) -> tuple[str, int, Axis]:
    """Return what is inside the picture, as SVG, how high it is, and its axis of values."""
    axis = make_axis([value for mark in marks for value in mark.ends])
    days = make_days([mark.published for mark in marks if mark.published], _DAYS)
    right = _RIGHT if all(mark.published for mark in marks) else _APART
    stacks = _stack(marks, axis, days, right)
    labels = _place_labels(stacks, axis)
    drawn = "".join(_stack_svg(stack, axis, turn) for stack in stacks)
    inside = _values_svg(axis, language, unit) + _days_svg(days, right, language) + drawn + labels
    return inside, _TOP + _HEIGHT + _AXIS, axis


def _height(axis: Axis, value: float) -> float:
    return round(_TOP + _HEIGHT * (1 - axis.share(value)), 1)


def _stack(marks: Sequence[Mark], axis: Axis, days: Axis, right: float) -> list[Stack]:
    """Return the figures, those of one day and about one height together."""
    places: dict[tuple[date | None, float], list[Mark]] = {}
    for mark in marks:
        y = _height(axis, mark.value)
        near = [key for key in places if key[0] == mark.published and abs(key[1] - y) < 2 * RADIUS]
        places.setdefault(near[0] if near else (mark.published, y), []).append(mark)
    return [
        Stack(_UNDATED if day is None else _across(days, day.toordinal(), right), y, tuple(own))
        for (day, y), own in places.items()
    ]


def _across(days: Axis, day: float, right: float) -> float:
    return round(_LEFT + (right - _LEFT) * days.share(day), 2)


def _values_svg(axis: Axis, language: str, unit: str) -> str:
    lines = []
    for tick in axis.ticks:
        y = _height(axis, tick)
        lines.append(
            f'<line x1="0" x2="100%" y1="{y}" y2="{y}" stroke="currentColor" stroke-opacity="0.18"/>'
            f'<text x="0" y="{y - 4}" font-size="12" fill="currentColor" fill-opacity="0.8">'
            f"{escape(print_tick(tick, language, unit))}</text>"
        )
    return f'<g aria-hidden="true">{"".join(lines)}</g>'


def _days_svg(days: Axis, right: float, language: str) -> str:
    bottom = _TOP + _HEIGHT
    years = len({date.fromordinal(int(tick)).year for tick in days.ticks}) > 1
    ticks = [
        (_across(days, tick, right), print_short_day(date.fromordinal(int(tick)), language, year=years))
        for tick in days.ticks
    ]
    drawn = [f'<line x1="0" x2="100%" y1="{bottom}" y2="{bottom}" stroke="currentColor" stroke-opacity="0.5"/>']
    if right == _APART:
        ticks.append((_UNDATED, read_words(language)["undated"]))
        edge = (_APART + _UNDATED) / 2
        drawn.append(
            f'<line x1="{edge}%" x2="{edge}%" y1="{_TOP - 20}" y2="{bottom}" stroke="currentColor" '
            'stroke-opacity="0.3" stroke-dasharray="3 4"/>'
        )
    for at, name in ticks:
        drawn.append(
            f'<line x1="{at}%" x2="{at}%" y1="{bottom}" y2="{bottom + 5}" stroke="currentColor"/>'
            f'<text x="{at}%" y="{bottom + 20}" text-anchor="{"end" if at > 97 else "middle"}" fill="currentColor" '
            f'fill-opacity="0.8">{escape(name)}</text>'
        )
    return f'<g aria-hidden="true">{"".join(drawn)}</g>'


def _stack_svg(stack: Stack, axis: Axis, turn: int | None) -> str:
    """Return the discs of a stack, each with its ends; inside, pixels count from where the stack stands."""
    shown = stack.marks if len(stack.marks) <= _BESIDE else stack.marks[: _BESIDE - 1]
    rest = len(stack.marks) - len(shown)
    step = 2 * RADIUS + 3
    first = -step * (len(shown) + bool(rest) - 1) / 2
    drawn = [_mark_svg(mark, stack, first + step * place, axis, turn) for place, mark in enumerate(shown)]
    drawn += [draw_disc(first + step * len(shown), 0, f"+{rest}", rough=True)] if rest else []
    return (
        f'<svg x="{stack.at}%" y="{stack.y}" overflow="visible" width="1" height="1" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    )


def _mark_svg(mark: Mark, stack: Stack, x: float, axis: Axis, turn: int | None) -> str:
    ends = ""
    if math.isinf(mark.high) or math.isinf(mark.low):
        up = -1 if math.isinf(mark.high) else 1
        tip = up * _OPEN
        ends = (
            f'<line x1="{x}" x2="{x}" y1="0" y2="{tip}" stroke="var(--rc-chart, currentColor)" stroke-width="3"/>'
            f'<polyline points="{x - 5},{tip - up * 7} {x},{tip} {x + 5},{tip - up * 7}" fill="none" '
            'stroke="var(--rc-chart, currentColor)" stroke-width="3"/>'
        )
    elif _is_bar(mark):
        top, bottom = _height(axis, mark.high) - stack.y, _height(axis, mark.low) - stack.y
        box = (f"{x - 4}", f"{round(top, 1)}", "8", f"{round(max(bottom - top, 2), 1)}")
        ends = draw_bar(box, vague=mark.vague)
    below = RADIUS if mark.point is None else 0  # a range has its number below it: it stands for no value
    disc = draw_disc(x, below, str(mark.number or ""), rough=mark.rough or mark.point is None)
    return f'<g opacity="{0.55 if mark.faint else 1}"{leads_to(turn, mark.number)}>{ends}{disc}</g>'


def _place_labels(stacks: Sequence[Stack], axis: Axis) -> str:
    """Return what the figures say, each where nothing else stands; one that has no place is left to the table."""
    taken = [_box(stack.at, stack.y, _wide(stack), RADIUS) for stack in stacks]
    taken += [_bar_box(stack.at, mark, axis) for stack in stacks for mark in stack.marks if _is_bar(mark)]
    written = []
    for stack in sorted(stacks, key=lambda one: (one.at, one.y)):
        for side, aside, y in _around(stack):
            width = _LETTER * len(stack.printed)
            middle = aside + {"start": 1, "middle": 0, "end": -1}[side] * width / 2
            box = _box(stack.at + middle / _WIDTH * 100, y - 5, width, 8)
            if not any(_meet(box, other) for other in taken) and box[0] >= 0 and box[1] <= _WIDTH:
                taken.append(box)
                written.append(
                    f'<text x="{stack.at}%" dx="{aside}" y="{round(y, 1)}" text-anchor="{side}" font-weight="700" '
                    f'fill="currentColor">{_whole(stack)}{escape(stack.printed)}</text>'
                )
                break
    return f'<g aria-hidden="true">{"".join(written)}</g>'


def _whole(stack: Stack) -> str:
    """Return what a label says that is cut, for whoever rests the pointer on it."""
    return f"<title>{escape(stack.whole)}</title>" if stack.whole != stack.printed else ""


def _around(stack: Stack) -> Iterator[tuple[str, float, float]]:
    """Yield the places for the label of a stack, the best first: its anchor, pixels aside, and its height."""
    side = anchor(stack.at)
    above = stack.y - RADIUS - 5 - (_OPEN if any(math.isinf(mark.high) for mark in stack.marks) else 0)
    below = stack.y + RADIUS + 15 + (_OPEN if any(math.isinf(mark.low) for mark in stack.marks) else 0)
    beside = _wide(stack) / 2 + 3
    level = stack.y + 4 + (RADIUS if all(mark.point is None for mark in stack.marks) else 0)
    for way, aside, y in (
        (side, 0, above),
        (side, 0, below),
        ("end", -beside, level),
        ("start", beside, level),
        (side, 0, above - 16),
        (side, 0, below + 16),
    ):
        if 10 <= y <= _TOP + _HEIGHT - 2:
            yield way, aside, y


def _wide(stack: Stack) -> float:
    return (2 * RADIUS + 3) * min(len(stack.marks), _BESIDE)


def _is_bar(mark: Mark) -> bool:
    return math.isfinite(mark.low) and math.isfinite(mark.high) and mark.high > mark.low


def _bar_box(at: float, mark: Mark, axis: Axis) -> tuple[float, float, float, float]:
    """Return where the bar of a range stands, and its number below that."""
    top, bottom = _height(axis, mark.high), _height(axis, mark.low) + 2 * RADIUS
    return _box(at, (top + bottom) / 2, 2 * RADIUS, (bottom - top) / 2)


def _box(at: float, y: float, width: float, half: float) -> tuple[float, float, float, float]:
    """Return the left, right, top and bottom of what stands around a place, in pixels."""
    x = at / 100 * _WIDTH
    return x - width / 2, x + width / 2, y - half, y + half


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
