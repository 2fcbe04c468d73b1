"""Which articles does an XML file hold? Feeds (RSS, Atom), Factiva's articles, agencies' NITF, records of any name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from index.reading import factiva
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.feeds import entries
from index.reading.headers import byline_of
from index.reading.providers import full_name, provider_of
from index.reading.rows import articles as of_rows
from index.reading.wirelines import unsigned
from index.records import UnreadableFile

_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def root_of(data: bytes) -> tuple[Any, bool]:
    """Return the root of an XML file, and whether it was damaged; raise UnreadableFile where it has none.

    Entities are neither expanded nor fetched.
    """
    from lxml import etree

    if _ENTITIES.search(data[:100_000]):
        raise UnreadableFile("its XML declares entities, which no feed and no export does")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"not XML: {error}"[:200]) from None
    if root is None:
        raise UnreadableFile("not XML, whatever its name says")
    return root, bool(len(parser.error_log))


def xml(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of an XML file."""
    root, damaged = root_of(data.lstrip())
    lost = ("it is cut short or damaged; what could be read of it was read",) if damaged else ()
    name = _local(root)
    if name in ("rss", "rdf", "feed", "channel"):
        found, told = entries(root)
        if damaged and found and not data.rstrip().endswith(b">"):
            found[-1] = replace(found[-1], partial=True)
        return FileContents(tuple(found), (*lost, *told))
    if found := factiva.of_xml(root):
        return FileContents(tuple(map(unsigned, found)), lost)
    if items := list(root.iter("{*}newsItem")):
        kept = [item for item in items if not _is_withdrawn(item)]
        gone = f"{len(items) - len(kept):,} items that their agency withdrew were not read"
        if found := [said for said in map(_newsml, kept) if said.text.strip()]:
            return FileContents(tuple(found), (*lost, gone) if len(kept) < len(items) else lost)
    if found := [_nitf(body) for body in root.iter("{*}body.content")]:
        return FileContents(tuple(found), lost)
    if found := [said for said in map(_newsml_1, root.iter("{*}NewsItem")) if said.text.strip()]:
        return FileContents(tuple(found), lost)
    if name == "html":
        from index.reading.webpage import html

        return html(data, max_bytes)
    return _records(root, lost)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    """Return the words of an element on one line, "" where there is none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _nitf(body: Any) -> Extract:
    """Return the article around a <body.content>, as agencies send it."""
    holders = ("nitf", "newsitem", "contentset")
    above = (up for up in body.iterancestors() if _local(up) in holders)
    whole = next(above, body.getroottree().getroot())
    dated = whole.iter("{*}date.issue", "{*}pubdata", "{*}story.date")
    dates = [element.get("norm") or element.get("date.publication") or "" for element in dated]
    paragraphs = [_text(p) for p in body.iter("{*}p", "{*}hl2") if not _is_caption(p)]
    outlets = [e.get("name") or "" for e in whole.iter("{*}pubdata")]
    day = next((d for d in dates if d), "")
    return Extract(
        normalise("\n\n".join(p for p in paragraphs if p) or _text(body)),
        title=_first(whole, "hl1", "headline", "title"),
        published=f"{day[:4]}-{day[4:6]}-{day[6:8]}" if day[:8].isdecimal() else day,
        outlet=next((name for name in outlets if name), "") or provider_of(whole),
        author=_first(whole, "byline", "by"),
    )


def _first(holder: Any, *names: str) -> str:
    """Return the words of the first element of the first of these names."""
    return next((words for name in names for element in holder.iter("{*}" + name) if (words := _text(element))), "")


_PARTS = tuple("{*}" + name for name in ("p", "h2", "h3", "h4", "li", "td", "th"))
_CAPTIONS = frozenset(("media", "media-caption", "figure", "figcaption"))
_WITHDRAWN = frozenset(("canceled", "cancelled", "withheld"))


def _is_caption(element: Any) -> bool:
    return any(_local(up) in _CAPTIONS for up in element.iterancestors())


def _is_withdrawn(item: Any) -> bool:
    """Return whether an item says that its agency takes it back."""
    return any(str(e.get("qcode") or "").rpartition(":")[2] in _WITHDRAWN for e in item.iter("{*}pubStatus"))


def _newsml(item: Any) -> Extract:
    """Return what an item of NewsML-G2 says, as agencies send it: its page, by its first day; or the NITF in it."""
    inner = next((_nitf(body) for body in item.iterfind(".//{*}inlineXML//{*}body.content")), Extract(""))
    pages = list(item.iterfind(".//{*}inlineXML"))
    leaves = (e for page in pages for e in page.iter(*_PARTS) if next(e.iterdescendants(*_PARTS), None) is None)
    plain = (_text(data) for data in (*pages, *item.iterfind(".//{*}inlineData")))
    text = [words for leaf in leaves if not _is_caption(leaf) and (words := _text(leaf))]
    day = next(filter(None, (_first(item, name) for name in ("firstCreated", "contentCreated", "versionCreated"))), "")
    outlet = provider_of(item)
    return Extract(
        inner.text or normalise("\n\n".join(text or [words for words in plain if words])),
        title=_first(item, "headline") or inner.title,
        published=day[:10] or inner.published,
        outlet=outlet or inner.outlet,
        author=_first(item, "by") or inner.author or _creator(item, outlet),
    )


def _creator(item: Any, outlet: str) -> str:
    """Return who wrote an item, where it names somebody beside its agency."""
    names = (_text(e) for e in item.iterfind("{*}contentMeta/{*}creator/{*}name"))
    return next((name for name in names if name and name != outlet and " " in name), "")


def _newsml_1(item: Any) -> Extract:
    """Return what an item of the first NewsML says, as agencies sent it before."""
    holders = list(item.iter("{*}DataContent"))
    text = [words for held in holders for p in held.iter("{*}p") if (words := _text(p))]
    parties = (str(e.get("FormalName") or "") for e in item.iterfind(".//{*}Provider/{*}Party"))
    day = (_first(item, "FirstCreated") or _first(item, "ThisRevisionCreated") or _first(item, "DateId"))[:8]
    return Extract(
        normalise("\n\n".join(text or [words for held in holders if (words := _text(held))])),
        title=_first(item, "HeadLine"),
        published=f"{day[:4]}-{day[4:6]}-{day[6:8]}" if day.isdecimal() and len(day) == 8 else "",
        outlet=full_name(item, next((name for name in parties if name), "") or _first(item, "CreditLine")),
        author=byline_of(_first(item, "ByLine")) or _first(item, "ByLine"),
    )


def _records(root: Any, lost: tuple[str, ...]) -> FileContents:
    """Return the articles of an XML file of another kind, a record each, by the usual names of their fields."""
    records = [dict(_leaves(element)) for element in root.iter() if _is_record(element)]
    if not records:
        raise UnreadableFile("an XML file of a kind that is not known")
    try:
        return of_rows(records, "records", lost)
    except UnreadableFile:
        raise UnreadableFile("an XML file of a kind that is not known") from None


def _is_record(element: Any) -> bool:
    return isinstance(element.tag, str) and sum(not len(child) or _local(child) == "text" for child in element) >= 2


def _leaves(element: Any) -> Iterator[tuple[str, str]]:
    for child in element:
        if isinstance(child.tag, str):
            yield _local(child), "\n\n".join(part for part in (_text(p) for p in child) if part) or _text(child)
