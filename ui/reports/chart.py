"""What do the figures of the sources look like side by side? One picture, which is a table for a screen reader.

Each claim has a row and stands on one common axis: a point where the source gives a number, a bar where it gives a
range, a light bar where it gives none ("des centaines"), a line with an open end where it gives a bound ("at least
600"). The drawing measures across in per cent and down in pixels, so that its text keeps its size on a phone.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.agreement import interval
from qa.answers import Answer, SourceAnswer
from ui.escaping import disarm, escape
from ui.words.catalogue import Words, choose_language, print_day, read_words
from ui.words.wording import name_source, tell_claim

LOGARITHMIC_FROM = 30.0
"""How many times the smallest figure the greatest must be for a logarithmic axis."""
_NOUGHT = 1e-300
"""What is nearer to nought than this is nought: a quarter of it would have no logarithm."""
_ROW, _TOP, _AXIS = 60, 4, 28
_LEFT, _RIGHT = 3.0, 97.0
_LONGEST = 44
_INK = "var(--rc-chart, currentColor)"
_DASHED = ' stroke="currentColor" stroke-dasharray="4 3"'
_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim to be drawn: the least and the greatest value that it can mean, infinite where it is open."""

    name: str
    number: int
    """That of its citation."""
    published: date | None
    printed: str
    notes: tuple[str, ...]
    low: float
    high: float
    point: float | None
    """The figure itself, where the source gives one."""
    vague: bool
    partial: bool

    @property
    def ends(self) -> tuple[float, ...]:
        """The values that the axis must hold."""
        bounds = (self.high,) if self.point is not None and self.low <= 0 else (self.low, self.high)
        known = bounds if self.point is None else (*bounds, self.point)
        return tuple(value for value in known if math.isfinite(value))


@dataclass(frozen=True, slots=True)
class Axis:
    """From `start` to `end`, by equal differences or by equal ratios."""

    start: float
    end: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return where a value stands, in per cent of the width; the edge for what lies beyond."""
        if self.logarithmic:
            # Differences of logarithms: a quotient of the values may be greater than any float.
            low = math.log(self.start)
            share = (math.log(max(value, self.start)) - low) / (math.log(self.end) - low)
        else:
            share = (value - self.start) / (self.end - self.start)
        return round(_LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 1.0), 2)


def draw_chart(answer: Answer, turn: int | None = None) -> str:
    """Return the picture of an answer's figures as one HTML element on one line.

    As that of the `turn` of a conversation, its rows have the numbers of their citations and lead to them.

    Only figures of one unit share an axis: the unit that most sources use. Returns "" where fewer than two can be
    drawn.
    """
    unit, marks = _marks(answer)
    if len(marks) < 2:
        return ""
    axis = _axis([value for mark in marks for value in mark.ends])
    words = read_words(answer.language)
    title = words["chart_title"].format(count=len(marks)) + (f" ({unit})" if unit else "")
    described = "; ".join(f"{mark.name}: {' · '.join((mark.printed, *mark.notes))}" for mark in marks)
    digest = hashlib.sha256(f"{answer.understood_as}\0{described}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    bottom = _TOP + _ROW * len(marks)
    rows = [_mark_svg(mark, axis, _TOP + _ROW * row, answer.language, turn) for row, mark in enumerate(marks)]
    notice = f" — {words['chart_log']}" if axis.logarithmic else ""
    return (
        f'<figure class="rc-chart" style="margin:0;position:relative" lang="{escape(answer.language)}">'
        f'<svg role="img" aria-labelledby="t{digest}" aria-describedby="d{digest}" width="100%" '
        f'height="{bottom + _AXIS}" style="display:block;overflow:hidden;font-size:13px">'
        f'<title id="t{digest}">{escape(title + notice)}</title><desc id="d{digest}">{escape(described)}</desc>'
        f"{_axis_svg(axis, bottom, answer.language, unit)}{''.join(rows)}</svg>"
        f"{_table_html(marks, title, words)}</figure>"
    )


def _marks(answer: Answer) -> tuple[str, list[Mark]]:
    """Return the unit that most of the claims have, and its claims, oldest publication first, undated ones last."""
    claimed = [s for s in answer.sources if answer.found and s.claim and s.claim.kind == "number" and _bounded(s)]
    if not claimed:
        return "", []
    unit = Counter(source.claim.unit for source in claimed if source.claim).most_common(1)[0][0]
    same = [source for source in claimed if source.claim and source.claim.unit == unit]
    same.sort(key=lambda source: source.published or date.max)
    return unit, [_mark(source, answer) for source in same]


def _bounded(source: SourceAnswer) -> bool:
    bounds = interval(source.claim) if source.claim else None
    return bounds is not None and math.isfinite(bounds[0]) and not math.isnan(bounds[1])


def _mark(source: SourceAnswer, answer: Answer) -> Mark:
    claim = source.claim
    bounds = interval(claim) if claim else None
    if claim is None or bounds is None:
        raise ValueError("only a figure can be drawn")
    hedges = claim.qualifier.split(", ")
    value = claim.value if claim.value_max is None and isinstance(claim.value, (int, float)) else None
    return Mark(
        name=name_source(source),
        number=source.passages[0].citation.number,
        published=source.published,
        printed=disarm(claim.text),
        notes=tuple(tell_claim(source, answer)),
        low=bounds[0],
        high=bounds[1],
        point=None if value is None else float(value),
        vague="vague" in hedges,
        partial=any(group.partial and source.source in group.sources for group in answer.groups),
    )


def _axis(values: Sequence[float]) -> Axis:
    """Return the axis for some values: from nought, unless the greatest is many times the smallest."""
    seen = [0.0 if abs(value) < _NOUGHT else value for value in values]
    low, high = min(seen), max(seen)
    if low > 0 and high / low >= LOGARITHMIC_FROM:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        every = max(1, math.ceil((last - first) / 5))
        return Axis(10.0**first, 10.0**last, True, tuple(10.0**power for power in range(first, last + 1, every)))
    start, end = min(low, 0.0), max(high, 0.0)
    if start == end:
        end = 1.0
    step = _round_step((end - start) / 4)
    ticks = tuple(step * count for count in range(math.floor(start / step), math.ceil(end / step) + 1))
    return Axis(ticks[0], ticks[-1], False, ticks)


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, the least that is no smaller: 100 for 83."""
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def _axis_svg(axis: Axis, bottom: int, language: str, unit: str) -> str:
    lines = []
    for tick in axis.ticks:
        at = axis.at(tick)
        lines.append(
            f'<line x1="{at}%" x2="{at}%" y1="0" y2="{bottom}" stroke="currentColor" stroke-opacity="0.18"/>'
            f'<text x="{at}%" y="{bottom + 18}" text-anchor="{_anchor(at)}" fill="currentColor" fill-opacity="0.8">'
            f"{escape(_number(tick, language, unit))}</text>"
        )
    return f'<g aria-hidden="true">{"".join(lines)}</g>'


def _mark_svg(mark: Mark, axis: Axis, top: int, language: str, turn: int | None) -> str:
    """Return the row of one claim: who says it, the figure as printed below that, and the mark below that."""
    middle = top + 40
    low, high = axis.at(mark.low), axis.at(mark.high)
    point = axis.at(mark.point) if mark.point is not None else None
    drawn = ""
    if math.isinf(mark.high):
        drawn = _line(low, _RIGHT, middle) + _arrow(_RIGHT, middle, "-8,-5 0,0 -8,5")
    elif point is not None and mark.low == 0 < mark.high:
        drawn = _line(_LEFT, high, middle) + _arrow(_LEFT, middle, "8,-5 0,0 8,5")
    elif high > low:
        drawn = (
            f'<rect x="{low}%" y="{middle - 6}" width="{round(high - low, 2)}%" height="12" rx="3" fill="{_INK}" '
            f'fill-opacity="{0.25 if mark.vague or point is not None else 0.7}"{_DASHED if mark.vague else ""}/>'
        )
    if point is not None:
        drawn += f'<circle cx="{point}%" cy="{middle}" r="6" fill="{_INK}"/>'
    elif low == high:  # a range too narrow for this axis
        drawn += f'<circle cx="{low}%" cy="{middle}" r="4" fill="{_INK}"/>'
    dated = f" — {print_day(mark.published, language)}" if mark.published else ""
    beside = round((low + min(high, _RIGHT)) / 2, 2) if point is None else point
    # Only the mouse follows this link: by keyboard the same citations are reached in the conversation.
    leads = "" if turn is None else f' class="rc-leads" data-select="{turn}" data-card="{mark.number}"'
    area = "" if turn is None else f'<rect y="{top}" width="100%" height="{_ROW}" fill="transparent"/>'
    name = _short(mark.name) if turn is None else f"{mark.number} · {_short(mark.name)}"
    return (
        f'<g aria-hidden="true" opacity="{0.55 if mark.partial else 1}"{leads}>{area}'
        f'<text x="{_LEFT}%" y="{top + 12}" fill="currentColor">{escape(name + dated)}</text>{drawn}'
        f'<text x="{beside}%" y="{middle - 10}" text-anchor="{_anchor(beside)}" font-weight="700" fill="currentColor">'
        f"{escape(_short(mark.printed))}</text></g>"
    )


def _line(start: float, end: float, y: int) -> str:
    return f'<line x1="{start}%" x2="{end}%" y1="{y}" y2="{y}" stroke="{_INK}" stroke-width="3"/>'


def _arrow(at: float, y: int, points: str) -> str:
    """Return the head of an arrow; a drawing inside the drawing, because points know no per cent."""
    head = f'<polyline points="{points}" fill="none" stroke="{_INK}" stroke-width="3"/>'
    return f'<svg x="{at}%" y="{y}" overflow="visible" width="1" height="1">{head}</svg>'


def _anchor(at: float) -> str:
    return "start" if at < 15 else "end" if at > 85 else "middle"


def _number(value: float, language: str, unit: str) -> str:
    """Return a tick as the language prints it: "10 000", "2.5 M", "40 %"."""
    from babel.numbers import format_compact_decimal, format_decimal

    locale = choose_language(language)
    shown = (
        format_compact_decimal(value, locale=locale, fraction_digits=1)
        if abs(value) >= 1_000_000
        else format_decimal(value, locale=locale)
    )
    if unit.isalpha():
        return f"{shown}\u00a0{unit}"
    return read_words(locale)["with_sign"].format(number=shown, sign=unit) if unit else shown


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _table_html(marks: Sequence[Mark], title: str, words: Words) -> str:
    names = ("chart_source", "chart_published", "chart_claim", "chart_notes")
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(mark.name)}</th>'
        f"<td>{escape(print_day(mark.published, words.language)) if mark.published else ''}</td>"
        f"<td>{escape(mark.printed)}</td><td>{escape(' · '.join(mark.notes))}</td></tr>"
        for mark in marks
    )
    return (
        f'<div style="{_UNSEEN}"><table><caption>{escape(title)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
