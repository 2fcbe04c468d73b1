"""What does a page say of itself in its metadata: when it was first published and last changed, by whom, for whom?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_CHANGED = re.compile("modif|update|maj|changed", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate",
)  # fmt: skip
_LONGEST = 1_000_000
_MOST = 2000
_ARTICLES = ("Article", "Posting", "Review", "Report")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What metadata say; "" where they do not."""

    published: str = ""
    updated: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    closed: bool = False
    """Whether the page says that its article is for subscribers."""


def described(root: Any) -> Metadata:
    """Return what the metadata inside an element say: JSON-LD, then <meta>, then microdata and <time>."""
    linked = list(_linked(root))
    metas = _metas(root)

    def first(*names: str) -> str:
        return next((metas[name] for name in names if metas.get(name)), "")

    return Metadata(
        published=_of(linked, "datePublished") or first(*_PUBLISHED) or _timed(root),
        updated=_of(linked, "dateModified") or first("article:modified_time", "datemodified", "og:updated_time"),
        outlet=first("og:site_name") or _name(_of_any(linked, "publisher")),
        url=first("og:url") or _canonical(root),
        author=_name(_of_any(linked, "author")) or first("author", "article:author", "byl"),
        closed=any(str(item.get("isAccessibleForFree")).lower() == "false" for item in linked),
    )


def _linked(root: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of JSON-LD that describe an article, the outer ones first."""
    for script in root.iter("script"):
        if "ld+json" not in str(script.get("type") or "") or len(script.text or "") > _LONGEST:
            continue
        try:
            pending = [json.loads(script.text or "null", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST):
            if not pending:
                break
            item = pending.pop(0)
            if isinstance(item, list):
                pending += item[:50]
            elif isinstance(item, dict):
                if any(kind in str(item.get("@type")) for kind in _ARTICLES):
                    yield item
                pending += [item[key] for key in ("@graph", "mainEntity", "itemListElement") if key in item]


def _of(linked: list[Mapping[str, Any]], name: str) -> str:
    found = _of_any(linked, name)
    return found if isinstance(found, str) else ""


def _of_any(linked: list[Mapping[str, Any]], name: str) -> Any:
    return next((item[name] for item in linked if item.get(name)), "")


def _name(value: Any) -> str:
    """Return the names in a value of JSON-LD: a string, an object with a name, or a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:20])))
    if isinstance(value, dict):
        return _name(value.get("name") or "")
    return value if isinstance(value, str) and not value.startswith("http") else ""


def _metas(root: Any) -> dict[str, str]:
    """Return the contents of <meta> and of microdata by name, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, str(meta.get("content")))
    for element in root.xpath(".//*[@itemprop='datePublished' or @itemprop='dateModified']"):
        found.setdefault(element.get("itemprop").lower(), str(element.get("datetime") or element.get("content") or ""))
    return found


def _timed(root: Any) -> str:
    """Return the first time that is marked for machines, of a page one that is marked as that of publication."""
    for time in root.iter("time"):
        marks = f"{time.get('class') or ''} {time.get('itemprop') or ''} {'publi' if 'pubdate' in time.attrib else ''}"
        fits = "publi" in marks.lower() or (root.tag != "html" and not _CHANGED.search(marks))
        if time.get("datetime") and fits:
            return str(time.get("datetime"))
    return ""


def _canonical(root: Any) -> str:
    links = (link for link in root.iter("link") if str(link.get("rel") or "").lower() == "canonical")
    return next((str(link.get("href")) for link in links if link.get("href")), "")
