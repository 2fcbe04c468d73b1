"""What do the figures of a report look like? SVG pictures, by matplotlib, as addresses that hold their data."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from index.records import MissingExtra

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Colours that the colour-blind tell apart (Okabe and Ito 2008), each with a hatch of its own.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_HATCHES = ("", "//", "..", "xx", "\\\\", "++")

Bars = Mapping[str, Mapping[str, float | None]]
"""For each row of a chart its bars by name; None where there is nothing to show."""


def load_figure() -> type[Figure]:
    """Return matplotlib's class of pictures. Raises MissingExtra without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra(
            'the pictures of a report (--html) need matplotlib; install it with: pip install "recoupe[evaluation]"'
        ) from None
    return Figure


def draw_bars(rows: Bars) -> str:
    """Return a chart of horizontal bars from 0 to 1, a group for each row, with its values written out."""
    shown = {row: {name: v for name, v in own.items() if v is not None} for row, own in rows.items()}
    names = list(dict.fromkeys(name for own in rows.values() for name in own))
    most = max((len(own) for own in shown.values()), default=1)
    chart = load_figure()(figsize=(7.5, 0.7 + len(rows) * (0.15 + 0.17 * most)), layout="constrained")
    axes = chart.add_subplot()
    for number, name in enumerate(names):
        # A row's own bars stand close together, whichever it lacks.
        own = [(place, list(bars), bars[name]) for place, bars in enumerate(shown.values()) if name in bars]
        drawn = axes.barh(
            [place + (beside.index(name) - (len(beside) - 1) / 2) * 0.84 / most for place, beside, _ in own],
            [value for _, _, value in own],
            height=0.76 / most,
            label=_literal(name),
            color=_COLOURS[number % len(_COLOURS)],
            hatch=_HATCHES[number % len(_HATCHES)],
            edgecolor="white",
        )
        axes.bar_label(drawn, fmt="%.2f", padding=3, fontsize=8)
    axes.set_yticks(range(len(rows)), [_literal(row) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1.12)
    _finish(axes, names)
    return _address(chart)


def draw_lines(places: Sequence[float], rows: Mapping[str, Sequence[float]], *, across: str) -> str:
    """Return a chart of lines from 0 to 1 over these places; `across` names what they are."""
    chart = load_figure()(figsize=(7.5, 3.6), layout="constrained")
    axes = chart.add_subplot()
    for number, (name, values) in enumerate(rows.items()):
        axes.plot(
            places,
            values,
            label=name,
            color=_COLOURS[number % len(_COLOURS)],
            linestyle=("-", "--", ":")[number % 3],
            marker=("o", "s", "^")[number % 3],
            markersize=4,
        )
    axes.set_xlabel(across)
    axes.set_ylim(-0.02, 1.02)
    _finish(axes, list(rows))
    return _address(chart)


def _finish(axes: Any, names: Sequence[str]) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.figure.legend(loc="outside upper center", ncols=min(len(names), 4), frameon=False, fontsize=9)


def _literal(name: str) -> str:
    """Return a name that a gold set brings so that matplotlib reads no formula in it."""
    return name.replace("$", r"\$")


def _address(chart: Figure) -> str:
    """Return the picture as a data address; the same figures give the same bytes."""
    import matplotlib

    drawn = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "recoupe"}):
        chart.savefig(drawn, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode("ascii")
