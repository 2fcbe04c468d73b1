"""Which articles does a feed hold (RSS, Atom), or the export of a site by WordPress, which is written as one?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.reading.around import of_entry
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.markup import article_blocks, parsed
from index.reading.relayed import unwrapped
from index.reading.shortcodes import BLOCK, in_paragraphs, without_signs

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_AUTHORS = (f"{_DC}creator", "{*}author/{*}name", "{*}author")
_CUT = re.compile(
    r"(?:\[(?:…|\.\.\.|&#8230;)\]|(?:lire la suite|continue reading|read more)\b[^.!?]{0,120})\W*$", re.IGNORECASE
)
_TRAILS = ("…", "...")
_WRITTEN = re.compile(r"\S+@\S+ \(([^()]+)\)")
"""How RSS gives an author: "redaction@jour.example (Anne Le Goff)"."""
_NO_ARTICLES = re.compile(
    r"attachment|nav_menu_item|revision|page|custom_css|customize_changeset|oembed_cache|wp_\w+|acf-\w+|e-\w+"
    r"|wpcf7_\w+|guest-author|elementor_\w+|mailpoet_\w+|feedback|amp_\w+|shop_\w+|product(?:_\w+)?"
)
_ALERT = re.compile(r"google (?:alerts?|alertes?)\b|\bgoogle (?:news|actualit[ée]s)\b", re.IGNORECASE)
_SITE = re.compile(r"https?://(?:www\.)?([^/:?#]+)")


def entries(root: Any) -> tuple[list[Extract], list[str]]:
    """Return the articles of a feed, in their order, and what it holds beside them."""
    found: list[Extract] = []
    others: Counter[str] = Counter()
    outlet = _text(root.find("{*}channel/{*}title")) or _text(root.find("{*}title"))
    names = _authors(root)
    empty = 0
    for item in root.iter("{*}item", "{*}entry"):
        if other := _is_no_article(item):
            others[other] += 1
            continue
        said = _of_feed(_item(item), outlet, names)
        empty += not said.text.strip()
        found += [said] if said.text.strip() else []
    told = [f"{empty:,} of {len(found) + empty:,} entries hold no text"] if empty else []
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(others.items()))
    told += (
        [f"{sum(others.values()):,} entries that are no published articles were not read: {kinds}"] if others else []
    )
    return found, told


def _text(element: Any) -> str:
    """Return the words of an element on one line, "" where there is none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _authors(root: Any) -> dict[str, str]:
    """Return the names under which a site of WordPress shows its authors, by those with which they log in."""
    shown = (
        (_text(a.find("{*}author_login")), _text(a.find("{*}author_display_name"))) for a in root.iter("{*}author")
    )
    return {login: name for login, name in shown if login and name}


def _first(item: Any, *names: str) -> str:
    """Return the text of the first of these elements that an entry has; a day of noughts is none.

    WordPress gives the day of its readers in an element of its own, and beside it that of Greenwich.
    """
    return next((told for name in names if (told := _text(item.find(name))) and not told.startswith("0000")), "")


def _is_no_article(item: Any) -> str:
    """Return of which kind an entry of an export of WordPress is that nobody published as an article, else ""."""
    kind, status = _text(item.find("{*}post_type")), _text(item.find("{*}status"))
    if kind and _NO_ARTICLES.fullmatch(kind):
        return kind
    return status if kind and status and status != "publish" else ""


def _item(item: Any) -> Extract:
    """Return what an entry of a feed says: its whole text where it gives it, else its summary."""
    whole = item.find(_CONTENT) if item.find(_CONTENT) is not None else item.find("{*}content")
    short = item.find("{*}description") if item.find("{*}description") is not None else item.find("{*}summary")
    stored = item.find("{*}post_type") is not None
    full = marked(whole, stored=stored)
    text = full or marked(short)
    updated = _first(item, "{*}updated", "{*}modified", "{*}post_modified")
    published = _first(item, "{*}post_date", "{*}pubDate", "{*}published", f"{_DC}date")
    links = [link for link in item.iterfind("{*}link") if link.get("rel") in (None, "alternate")]
    address = next((link.get("href") or _text(link) for link in links), "")
    told = of_entry(normalise(text))
    cut = _CUT.search(text[-200:]) or _CUT.search(told[-200:])
    return Extract(
        told,
        title=" ".join(marked(item.find("{*}title")).split()),
        published=published or updated,
        updated=updated if published else "",
        author=_WRITTEN.sub(r"\1", next((_text(e) for e in map(item.find, _AUTHORS) if e is not None), "")),
        outlet=_text(item.find("{*}source")),
        url=unwrapped(address),
        partial=cut is not None or (not full and told.endswith(_TRAILS)),
    )


def _of_feed(said: Extract, feed: str, names: Mapping[str, str]) -> Extract:
    """Return an entry with what its feed says of it: the outlet, unless it is a search over many."""
    gathered = _ALERT.search(feed) is not None
    site = _SITE.match(said.url)
    outlet = said.outlet or (feed if not gathered else site[1] if site else "")
    title = said.title
    if gathered and said.outlet and title.endswith(f" - {said.outlet}"):
        title = title.removesuffix(f" - {said.outlet}")
    return replace(said, outlet=outlet, title=title, author=names.get(said.author, said.author))


def marked(element: Any, *, stored: bool = False) -> str:
    """Return the text of an element that holds HTML, escaped or as elements, block by block.

    `stored` says that it is as WordPress stores it: an empty line ends a paragraph, and brackets hold its own signs.
    """
    if element is None:
        return ""
    if len(element):
        from lxml import etree

        markup = "".join(etree.tostring(child, encoding="unicode") for child in element)
        markup = re.sub(r"(</?)[\w.-]+:", r"\1", (element.text or "") + markup)
    else:
        markup = element.text or ""
    if stored:
        markup = without_signs(markup)
    if "<" not in markup and "&" not in markup:
        return "\n\n".join(" ".join(part.split()) for part in markup.split("\n\n")).strip()
    if "\n\n" in markup and (stored or not BLOCK.search(markup)):
        markup = in_paragraphs(markup)
    tree = parsed(markup)
    return " ".join(markup.split()) if tree is None else "\n\n".join(article_blocks(tree))
