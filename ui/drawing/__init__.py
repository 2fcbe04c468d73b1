"""What do figures look like, side by side or in time? Pictures made of plain values, for answers and for comparisons.

>>> marks = [Mark(name="L’Écho", printed="43", low=43, high=43), Mark(name="The Post", printed="61", low=61, high=61)]
>>> draw_figures(marks, "fr").startswith("<figure")
True
"""

from __future__ import annotations

from ui.drawing.figure import draw_figures
from ui.drawing.mark import Mark, mark_span

__all__ = ["Mark", "draw_figures", "mark_span"]
