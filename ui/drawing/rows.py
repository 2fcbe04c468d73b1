"""What do figures look like side by side? A row for each, on one common axis of values."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui.drawing.axis import Axis, make_axis, print_tick
from ui.drawing.mark import Mark
from ui.drawing.sketch import anchor, draw_arrow, draw_bar, draw_line, draw_point, leads_to, shorten
from ui.escaping import escape
from ui.words.catalogue import print_day

_ROW, _TOP, _AXIS = 60, 4, 28
_LEFT, _RIGHT = 3.0, 97.0
_LONGEST = 44


def draw_rows(marks: Sequence[Mark], language: str, unit: str, turn: int | None) -> tuple[str, int, Axis]:
    """Return what is inside the picture, as SVG, how high it is, and its axis."""
    axis = make_axis([value for mark in marks for value in mark.ends])
    bottom = _TOP + _ROW * len(marks)
    rows = [_row(mark, axis, _TOP + _ROW * number, language, turn) for number, mark in enumerate(marks)]
    return _axis_svg(axis, bottom, language, unit) + "".join(rows), bottom + _AXIS, axis


def _at(axis: Axis, value: float) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * axis.share(value), 2)


def _axis_svg(axis: Axis, bottom: int, language: str, unit: str) -> str:
    lines = []
    for tick in axis.ticks:
        at = _at(axis, tick)
        lines.append(
            f'<line x1="{at}%" x2="{at}%" y1="0" y2="{bottom}" stroke="currentColor" stroke-opacity="0.18"/>'
            f'<text x="{at}%" y="{bottom + 18}" text-anchor="{anchor(at)}" fill="currentColor" fill-opacity="0.8">'
            f"{escape(print_tick(tick, language, unit))}</text>"
        )
    return f'<g aria-hidden="true">{"".join(lines)}</g>'


def _row(mark: Mark, axis: Axis, top: int, language: str, turn: int | None) -> str:
    """Return the row of one figure: who says it, the figure as printed below that, and the mark below that."""
    middle = top + 40
    low = _at(axis, mark.low) if math.isfinite(mark.low) else _LEFT
    high = _at(axis, mark.high) if math.isfinite(mark.high) else _RIGHT
    point = _at(axis, mark.point) if mark.point is not None else None
    drawn = ""
    if math.isinf(mark.high):
        drawn = draw_line(low, high, middle) + draw_arrow(high, middle, "-8,-5 0,0 -8,5")
    elif math.isinf(mark.low):
        drawn = draw_line(low, high, middle) + draw_arrow(low, middle, "8,-5 0,0 8,5")
    elif high > low:
        drawn = draw_bar((f"{low}%", f"{middle - 6}", f"{round(high - low, 2)}%", "12"), vague=mark.vague)
    if point is not None:
        drawn += draw_point(f"{point}%", middle, rough=mark.rough)
    elif low == high:  # a range too narrow for this axis
        drawn += draw_point(f"{low}%", middle, rough=mark.rough, radius=4)
    beside = round((low + high) / 2, 2) if point is None else point
    dated = f" — {print_day(mark.published, language)}" if mark.published else ""
    leads = leads_to(turn, mark.number)
    area = f'<rect y="{top}" width="100%" height="{_ROW}" fill="transparent"/>' if leads else ""
    name = f"{mark.number} · {shorten(mark.name, _LONGEST)}" if leads else shorten(mark.name, _LONGEST)
    cut = max(len(mark.name), len(mark.printed)) > _LONGEST  # what is cut is read where the pointer rests
    whole = f"<title>{escape(f'{mark.name}{dated} : {mark.printed}')}</title>" if cut else ""
    return (
        f'<g aria-hidden="true" opacity="{0.55 if mark.faint else 1}"{leads}>{whole}{area}'
        f'<text x="{_LEFT}%" y="{top + 12}" fill="currentColor">{escape(name + dated)}</text>{drawn}'
        f'<text x="{beside}%" y="{middle - 10}" text-anchor="{anchor(beside)}" font-weight="700" fill="currentColor">'
        f"{escape(shorten(mark.printed, _LONGEST))}</text></g>"
    )
