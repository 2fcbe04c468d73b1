"""Is a page of a news site an article, or one that leads to its articles: its front, a section, a page about itself?

Such a page is known by its shape: headings or links that lead to other pages, a few lines under each, and hardly a
word of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from index.paragraphs.furniture import is_furniture, is_of_site
from index.reading.addresses import parts_of
from index.reading.around import is_control
from index.reading.markup import HIDDEN, blocks_text
from index.reading.metadata import is_article
from index.reading.shown import head_of, heading_of

_AROUND = frozenset("nav footer aside form".split()) | HIDDEN
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LEAST_HEADED, _LEAST_LINKED = 2, 3
"""Headings that lead on, or bare links, at least."""
_MOST_OWN, _OF_ARTICLE, _MOST_TEASER = 200, 60, 400
"""Characters of prose: of such a page itself, at most; of an article that gives its day, at least; under a title."""
_LEAST_PROSE, _LEAST_TITLE = 40, 3
"""Characters of a piece of prose, and words of a title that leads on, at least."""
_WORDS_OF_PART, _MOST_BESIDE = 6, 50
"""Words of the title of a part of a site, and what stands beside a link that is looked at, at most."""


def leads_on(tree: Any, address: str) -> bool:
    """Return whether the page at this address is no article, but leads to some or tells of its site alone."""
    if is_article(tree):
        return False
    heading = heading_of(tree)
    parts = parts_of(address)
    if address and parts and parts.path in ("", "/") and not parts.query:
        return True
    if heading and len(heading.split()) <= _WORDS_OF_PART and (is_control(heading) or is_furniture(heading)):
        return True
    found = _Counted()
    for piece in _pieces(tree):
        found.add(*piece)
    brief = found.own >= _OF_ARTICLE and bool(head_of(tree, heading)[0])
    return not brief and found.is_of_links()


@dataclass(slots=True)
class _Counted:
    """How much of a page leads on, and how much it says itself."""

    headed: int = 0
    linked: int = 0
    own: int = 0
    under: list[int] = field(default_factory=list)
    """The characters of prose under each title that leads on."""
    leading: bool = False
    """Whether the last title led on."""

    def add(self, kind: str, leads: bool, words: str) -> None:
        """Count a piece of the page: a heading, a link by itself or a piece of prose."""
        if kind == "prose" and self.leading:
            self.under[-1] += len(words)
        elif kind == "prose":
            self.own += len(words)
        elif leads and len(words.split()) >= _LEAST_TITLE and not (kind == "link" and _is_of_site(words)):
            self.headed += kind == "heading"
            self.linked += 1
            self.under.append(0)
            self.leading = True
        elif kind == "heading":
            self.leading = False

    def is_of_links(self) -> bool:
        """Return whether nearly all of it leads on."""
        short = max(self.under, default=0) <= _MOST_TEASER and self.own <= _MOST_OWN
        return short and (self.headed >= _LEAST_HEADED or self.linked >= _LEAST_LINKED)


def _is_of_site(words: str) -> bool:
    """Return whether a link says of itself that it leads to another page: "Read also: …"."""
    return is_control(words) or is_of_site(words)


def _pieces(tree: Any) -> Iterator[tuple[str, bool, str]]:
    """Yield the headings, links and pieces of prose of a page, whether each leads to another, and its words."""
    pending: list[tuple[Any, bool, bool]] = [(tree, False, True)]
    while pending:
        element, leads, opens = pending.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if not opens:
            yield from _prose(element.tail, leads)
            continue
        outer = leads
        leads = leads or (tag == "a" and _leads_away(str(element.get("href") or "")))
        pending.append((element, outer, False))
        if not tag or tag in _AROUND:
            continue
        if tag in _HEADINGS:
            inside = any(_leads_away(str(a.get("href") or "")) for a in element.iter("a"))
            yield "heading", leads or inside, " ".join(blocks_text(element))
        elif tag == "a" and leads and not _holds_heading(element):
            yield "link", _is_alone(element), " ".join(blocks_text(element))
        else:
            yield from _prose(element.text, leads)
            pending += [(child, leads, True) for child in reversed(element)]


def _prose(text: str | None, leads: bool) -> Iterator[tuple[str, bool, str]]:
    words = " ".join((text or "").split())
    if len(words) >= _LEAST_PROSE and not leads:
        yield "prose", False, words


def _holds_heading(element: Any) -> bool:
    return next(element.iter(*_HEADINGS), None) is not None


def _is_alone(link: Any) -> bool:
    """Return whether a link is all that its block says, but for a day, an hour or a section."""
    parent = link.getparent()
    tails = ((child.tail or "") for child in islice(parent, _MOST_BESIDE)) if parent is not None else ()
    beside = "".join([(parent.text or "") if parent is not None else "", *tails])
    return len(" ".join(beside.split())) < _LEAST_PROSE


def _leads_away(href: str) -> bool:
    """Return whether an address is of another page, and not the front of the site."""
    parts = parts_of(href) if not href.startswith(("#", "javascript:", "mailto:", "tel:")) else None
    return parts is not None and bool(parts.path.strip("/") or parts.query)
