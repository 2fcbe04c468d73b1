"""What does a page say of itself in its metadata: when it was first published and last changed, by whom, for whom?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
    headline: str = ""
    closed: bool = False
    """Whether the page says that its article is for subscribers."""


def described(root: Any) -> Metadata:
    """Return what the metadata inside an element say: JSON-LD, then <meta>, then microdata and <time>."""
    told = list(_objects(root))
    linked = [item for item in told if _is_article(item)]
    names = {item["@id"]: item for item in told if isinstance(item.get("@id"), str) and item.get("name")}
    metas = _metas(root)

    def first(*names: str) -> str:
        return next((metas[name] for name in names if metas.get(name)), "")

    return Metadata(
        published=_of(linked, "datePublished") or first(*_PUBLISHED) or _timed(root),
        updated=_of(linked, "dateModified") or first("article:modified_time", "datemodified", "og:updated_time"),
        outlet=first("og:site_name") or _name(_of_any(linked, "publisher"), names),
        url=first("og:url") or _canonical(root),
        author=_name(_of_any(linked, "author"), names) or first("author", "article:author", "byl"),
        headline=_of(linked, "headline"),
        closed=any(str(item.get("isAccessibleForFree")).lower() == "false" for item in linked),
    )


def is_article(root: Any) -> bool:
    """Return whether the metadata of a page say that it is an article, and not that it lists some."""
    kind = _metas(root).get("og:type", "").lower()
    told = (item for item in _objects(root, within=("@graph", "mainEntity")) if _is_article(item))
    return kind == "article" or len({str(item.get("headline")) for item in told}) == 1


def _is_article(item: Mapping[str, Any]) -> bool:
    return any(kind in str(item.get("@type")) for kind in _ARTICLES)


def _objects(
    root: Any, within: Sequence[str] = ("@graph", "mainEntity", "itemListElement")
) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of JSON-LD, the outer ones first, then those that they hold under these names."""
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
                yield item
                pending += [item[key] for key in within if key in item]


def _of(linked: list[Mapping[str, Any]], name: str) -> str:
    found = _of_any(linked, name)
    return found if isinstance(found, str) else ""


def _of_any(linked: list[Mapping[str, Any]], name: str) -> Any:
    return next((item[name] for item in linked if item.get(name)), "")


def _name(value: Any, named: Mapping[str, Any]) -> str:
    """Return the names in a value of JSON-LD: a string, an object with a name or that of one, or a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(one, named) for one in value[:20])))
    if isinstance(value, dict):
        told = value.get("name") or named.get(str(value.get("@id")), {}).get("name")
        return _name(told, {}) if told else ""
    return value if isinstance(value, str) and not value.startswith("http") else ""


def _metas(root: Any) -> dict[str, str]:
    """Return the contents of <meta> and of microdata by name, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, str(meta.get("content")))
    for element in _dated()(root):
        found.setdefault(element.get("itemprop").lower(), str(element.get("datetime") or element.get("content") or ""))
    return found


@cache
def _dated() -> Any:
    """Return what finds the days of microdata, its path read once."""
    from lxml.etree import XPath

    return XPath(".//*[@itemprop='datePublished' or @itemprop='dateModified']")


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
