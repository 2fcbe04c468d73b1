"""How does a paragraph of an OpenDocument text look: of which level of heading, how large, in bold?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}%s"
_STYLE, _NAME = _ODF % ("style", "style"), _ODF % ("style", "name")
_HEADING = re.compile(r"(?:heading|titre|title|überschrift)(?:_20_| )?(\d)", re.IGNORECASE)
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?)pt")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_MOST = 20
"""Styles above a style, at most."""


@dataclass(frozen=True, slots=True)
class Look:
    """The level of a heading, 0 of other paragraphs, the size in points, 0 where it is not said, and the weight."""

    level: int = 0
    size: float = 0.0
    bold: bool = False


class Styles:
    """The styles of a text, those that it names and those made for it."""

    def __init__(self, *roots: Any) -> None:
        found = (style for root in roots if root is not None for style in root.iter(_STYLE))
        self._styles = {str(style.get(_NAME)): style for style in found}

    def look(self, paragraph: Any) -> Look:
        """Return how a paragraph looks, by its own style and that of the pieces that it is made of."""
        own = self._of(str(paragraph.get(_ODF % ("text", "style-name")) or ""))
        words = "".join(paragraph.itertext()).strip()
        spans = [span for span in paragraph.iter(_ODF % ("text", "span")) if "".join(span.itertext()).strip()]
        if not spans or "".join("".join(span.itertext()) for span in spans).strip() != words:
            return own
        looks = [self._of(str(span.get(_ODF % ("text", "style-name")) or "")) for span in spans]
        size = min((look.size or own.size for look in looks), default=own.size)
        return Look(own.level, size, own.bold or all(look.bold for look in looks))

    def _of(self, name: str) -> Look:
        """Return what a style says with those above it."""
        level, size, bold = 0, 0.0, None
        for _ in range(_MOST):
            style = self._styles.get(name)
            headed = _HEADING.fullmatch(name)
            level = level or (1 + int(headed[1]) if headed else 0)
            if style is None:
                break
            outline = str(style.get(_ODF % ("style", "default-outline-level")) or "")
            level = level or (1 + int(outline) if outline.isdecimal() else 0)
            for text in style.iterfind(_ODF % ("style", "text-properties")):
                points = _POINTS.fullmatch(str(text.get(_FO % "font-size") or ""))
                size = size or (float(points[1]) if points else 0.0)
                weight = text.get(_FO % "font-weight")
                bold = str(weight) in _BOLD if bold is None and weight is not None else bold
            name = str(style.get(_ODF % ("style", "parent-style-name")) or "")
        return Look(level, size, bool(bold))
