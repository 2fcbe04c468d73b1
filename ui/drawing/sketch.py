"""Of which strokes is a picture made? Pieces of SVG that measure across in per cent and down in pixels.

So drawn, a picture is as wide as its place, and its text keeps its size on a phone.
"""

from __future__ import annotations

from ui.escaping import escape

INK = "var(--rc-chart, currentColor)"
PAPER = "var(--rc-card, Canvas)"
RADIUS = 9
"""Of the disc that holds the number of a citation."""
_DASHED = ' stroke="currentColor" stroke-dasharray="4 3"'


def draw_line(start: float, end: float, y: float) -> str:
    """Return a stroke across, between two shares of the width in per cent."""
    return f'<line x1="{start}%" x2="{end}%" y1="{y}" y2="{y}" stroke="{INK}" stroke-width="3"/>'


def draw_arrow(at: float, y: float, points: str) -> str:
    """Return the head of an arrow; a drawing inside the drawing, because points know no per cent."""
    head = f'<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="3"/>'
    return f'<svg x="{at}%" y="{y}" overflow="visible" width="1" height="1">{head}</svg>'


def draw_bar(box: tuple[str, str, str, str], *, vague: bool) -> str:
    """Return a bar at ``(x, y, width, height)``, each with its unit; a `vague` one is light and has a broken edge."""
    x, y, width, height = box
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="{INK}" '
        f'fill-opacity="{0.25 if vague else 0.7}"{_DASHED if vague else ""}/>'
    )


def draw_point(x: str, y: float, *, rough: bool, radius: int = 6) -> str:
    """Return a point, hollow for a `rough` figure."""
    look = f'fill="{PAPER}" stroke="{INK}" stroke-width="2.5"' if rough else f'fill="{INK}"'
    return f'<circle cx="{x}" cy="{y}" r="{radius}" {look}/>'


def draw_disc(x: float, y: float, label: str, *, rough: bool) -> str:
    """Return a disc that holds a number, in pixels; hollow for a `rough` figure."""
    look, ink = (f'fill="{PAPER}" stroke="{INK}" stroke-width="2"', INK) if rough else (f'fill="{INK}"', PAPER)
    size = 11 if len(label) < 3 else 9
    return (
        f'<circle cx="{x}" cy="{y}" r="{RADIUS}" {look}/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="{size}" font-weight="700" fill="{ink}">'
        f"{escape(label)}</text>"
    )


def anchor(at: float) -> str:
    """Return how a text stands to its place, so that it does not leave the picture."""
    return "start" if at < 15 else "end" if at > 85 else "middle"


def shorten(text: str, longest: int) -> str:
    """Return a text that fits, with an ellipsis where it did not."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def leads_to(turn: int | None, number: int) -> str:
    """Return the attributes by which a click leads to the citation of a turn.

    Only the mouse follows them: by keyboard the same citations are reached in the conversation.
    """
    return "" if turn is None or not number else f' class="rc-leads" data-select="{turn}" data-card="{number}"'
