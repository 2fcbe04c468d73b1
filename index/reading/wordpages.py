"""Which paragraphs has a page that a word processor or a tool of reviews wrote, with their levels, sizes, weights?"""

from __future__ import annotations

import re
from typing import Any

from index.reading.headed import Styled, by_marks, may_hold
from index.reading.markup import BLOCKS, blocks, blocks_text

_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(pt|px)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:mso)?toc ?\d?|tableofcontents|sommaire|contents", re.IGNORECASE)
_HOLDERS = ("p", "td", "li", "div")
_LONGEST = 300
"""Characters of a paragraph whose looks may tell a heading, at most."""
_MOST = 5000


def is_of_site(tree: Any) -> bool:
    """Return whether a page says of itself what a site says of its pages, so that it is one of those."""
    told = any(str(meta.get("property") or "").startswith(("og:", "article:")) for meta in tree.iter("meta"))
    linked = any("ld+json" in str(script.get("type") or "") for script in tree.iter("script"))
    return told or linked or next(tree.iter("article"), None) is not None


def paragraphs(tree: Any) -> list[Styled]:
    """Return the paragraphs of a page that may be a press review, its lists of contents left out; else none."""
    looks: dict[str, tuple[float, bool]] = {}
    listed = [e for e in tree.iter("nav", "ul", "ol", "div", "p") if _is_contents(e)]
    told = blocks(tree, without=listed)
    if not may_hold(told):
        return []
    for element in tree.iter(*_HOLDERS):
        if len(looks) < _MOST and not any(child.tag in BLOCKS - {"br"} for child in element):
            words = " ".join(blocks_text(element))
            if 0 < len(words) <= _LONGEST:
                looks.setdefault(words, _look(element, words))
    return by_marks(told, lambda block: looks.get(block.removeprefix("- "), (0.0, False)))


def _is_contents(element: Any) -> bool:
    return element.tag == "nav" or _CONTENTS.fullmatch(str(element.get("class") or element.get("id") or "")) is not None


def _look(element: Any, words: str) -> tuple[float, bool]:
    """Return the size in points that a paragraph or what holds all its words is given, 0 for none, and its weight."""
    size, bold = 0.0, False
    for inner in (element, *element.iter("span", "font", "b", "strong", "a", "i", "em")):
        if " ".join(blocks_text(inner)) != words:
            continue
        style = str(inner.get("style") or "")
        found = _SIZE.search(style)
        size = float(found[1]) * (0.75 if found[2].lower() == "px" else 1.0) if found else size
        bold = bold or inner.tag in ("b", "strong") or _BOLD.search(style) is not None
    return size, bold
