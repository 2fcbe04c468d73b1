"""Which pages of a book are articles, which list others or lead to them, and what of a page is the article's text?

A paper that is made into a book has a page for each section, which lists its articles, bars that lead from page to
page, and above and within each article what its site shows there: section, author, day, captions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

from index.language import fold
from index.paragraphs.datelines import read_date, read_dateline
from index.paragraphs.furniture import is_furniture
from index.reading.around import of_record
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.headers import byline_of
from index.reading.markup import BLOCKS, blocks, blocks_text
from index.reading.metadata import described
from index.reading.wirelines import is_sentence

_BAR = re.compile(r"nav[_-]?(?:bar|igation|links?)", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?<![a-z])(?:figcaption|(?:wp-|image-?|photo-?)?(?:caption|credits?)|l[eé]gende|copyright)", re.I
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENTRIES = frozenset({"li", "tr", "dd", "dt", "p", "div", "td"})
_BULLETS = "0123456789.)-–—•*> \n\t"
_MOST_OF_ENTRY, _LONGEST_LEAD = 700, 120
"""Characters of what a list says of an article under its title, and of a line among its entries, at most."""
_LONGEST_KICKER, _MOST_ABOVE, _MOST_UNDER = 90, 5, 6
"""Characters of a line above a title, and such lines above it and under it, at most."""
_PARTS = re.compile(r"\s*[.|•·–—]\s+|\s+-\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list of a book: the page that it leads to, its title, and what stands beside it."""

    page: str
    title: str
    beside: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a book: the names it has, that in its head, its article, its entries, what it says else."""

    name: str
    names: frozenset[str]
    head: str
    said: Extract
    entries: tuple[Entry, ...]
    prose: int
    """Characters that are no heading and of no entry."""


def read_page(tree: Any, name: str, names: Collection[str]) -> Page:
    """Return what a page of a book says; `names` are the pages of that book."""
    links = {a: page for a in tree.iter("a") if (page := _target(name, a, names))}
    bars = _bars(tree, links)
    around = {inner for bar in bars for inner in bar.iter()}
    holders = {holder: a for a in links if a not in around if (holder := _entry(a, links, around)) is not None}
    text = "\n\n".join(blocks(tree, without=bars))
    prose = sum(len(part) for part in blocks(tree, without=[*bars, *holders]) if not part.startswith("#"))
    entries = tuple(_told(a, links[a], holder) for holder, a in holders.items())
    heading = next((part.lstrip("# ") for part in text.split("\n\n")[:5] if part.startswith("#")), "")
    head = next((" ".join(blocks_text(e)) for e in tree.iter("title")), "")
    address = next((str(a.get("href")) for bar in bars for a in bar.iter("a") if _is_address(a)), "")
    said = Extract(of_record(normalise(text)), title=heading, url=address)
    return Page(name, frozenset(map(_key, filter(None, (heading, head)))), head, said, entries, prose)


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(words)))


def _target(name: str, link: Any, names: Collection[str]) -> str:
    """Return the other page of a book to which a link leads, else ""."""
    href = str(link.get("href") or "").partition("#")[0]
    if not href or "://" in href:
        return ""
    page = normpath(f"{dirname(name)}/{unquote(href)}").lstrip("/")
    return page if page in names and page != name else ""


def _is_address(link: Any) -> bool:
    return str(link.get("href") or "").startswith(("http://", "https://"))


def _bars(tree: Any, links: Mapping[Any, str]) -> list[Any]:
    """Return the parts of a page that lead to others: those that are called so, and lines of links and signs alone."""
    found: list[Any] = []
    held: set[Any] = set()
    for element in tree.iter("nav", "div", "p", "table", "center", "ul", "footer", "header"):
        if any(up in held for up in element.iterancestors()):
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _is_called_bar(element, marks) or _leads_on(element, links):
            found.append(element)
            held.add(element)
    return found


def _is_called_bar(element: Any, marks: str) -> bool:
    return element.tag == "nav" or _BAR.search(marks) is not None


def _leads_on(element: Any, links: Mapping[Any, str]) -> bool:
    """Return whether an element holds several links to pages of its book, on one line, and no other words."""
    own = [a for a in element.iter("a") if a in links]
    if len(own) < 2 or any(e is not element and e.tag in BLOCKS - {"br", "hr"} for e in element.iter()):
        return False
    linked = "".join(words for a in own for words in a.itertext())
    return _letters(linked) == _letters("".join(element.itertext()))


def _letters(words: str) -> int:
    return sum(c.isalnum() for c in words)


def _entry(link: Any, links: Mapping[Any, str], around: Collection[Any]) -> Any:
    """Return the element that a link makes an entry of a list, None where it stands in a sentence.

    That is the largest which begins with the link and holds none to another page.
    """
    title = "".join(link.itertext()).strip()
    if not _letters(title):
        return None
    holder = None
    for up in link.iterancestors():
        words = _opening(up).strip()
        if up.tag == "body" or len(words) > _MOST_OF_ENTRY or not words.lstrip(_BULLETS).startswith(title[:200]):
            break
        if any(links.get(a, links[link]) != links[link] for a in up.iter("a") if a not in around):
            break
        if up.tag in _ENTRIES and not _is_within_prose(link, words):
            holder = up
    return holder


def _opening(element: Any) -> str:
    """Return the words of an element, of a long one as many as tell that it is."""
    found, length = list[str](), 0
    for words in element.itertext():
        found.append(words)
        length += len(words)
        if length > 2 * _MOST_OF_ENTRY:
            break
    return "".join(found)


def _is_within_prose(link: Any, words: str) -> bool:
    """Return whether a link is but the first words of a paragraph."""
    parent = link.getparent()
    while parent is not None and parent.tag not in BLOCKS:
        parent = parent.getparent()
    line = next(iter(blocks(parent)), "").lstrip("- ") if parent is not None else words
    return is_sentence(line) and 2 * len("".join(link.itertext())) < len(line)


def _told(link: Any, page: str, holder: Any) -> Entry:
    title = " ".join("".join(link.itertext()).split())
    return Entry(page, title, " ".join(blocks_text(holder)).removeprefix(title).strip())


def lists_others(page: Page, pages: Mapping[str, Page]) -> bool:
    """Return whether a page says nothing but which others there are, by their titles."""
    if not page.entries or page.prose > _LONGEST_LEAD * (1 + len(page.entries)) or page.prose > _MOST_OF_ENTRY:
        return False
    named = sum(_is_title(entry, pages.get(entry.page)) for entry in page.entries)
    return 2 * named >= len(page.entries)


def _is_title(entry: Entry, page: Page | None) -> bool:
    title = _key(entry.title.rstrip(" .…"))
    return page is not None and bool(title) and any(name.startswith(title) for name in page.names)


def of_paper(page: Page, tree: Any, listed: Entry | None) -> Extract:
    """Return the article of a page of a paper without what its site shows around it; `listed` is what a list says."""
    kept, day, author = _without_meta(page.said.text.split("\n\n"))
    kept = _without_captions(kept, tree)
    marked = described(tree)
    return replace(
        page.said,
        text="\n\n".join(kept) if any(c.isalnum() for part in kept for c in part) else page.said.text,
        title=page.said.title or (listed.title if listed else page.head),
        published=marked.published or day or (_day_beside(listed) if listed else ""),
        author=author or marked.author,
    )


def _without_captions(parts: Sequence[str], tree: Any) -> list[str]:
    """Return the blocks of an article without its time, the captions and the credits of its pictures."""
    around = (e for e in tree.iter("figcaption", "p", "div", "span", "time") if e.tag == "time" or _is_caption(e))
    captions = {" ".join(blocks_text(e)) for e in around}
    return [part for part in parts if part.startswith("#") or not (part in captions or is_furniture(part))]


def _is_caption(element: Any) -> bool:
    """Return whether an element is called the caption of a picture, and is as short."""
    called = element.tag == "figcaption" or _CAPTION.search(str(element.get("class") or "")) is not None
    return called and len("".join(element.itertext())) <= _MOST_OF_ENTRY


def _without_meta(parts: Sequence[str]) -> tuple[list[str], str, str]:
    """Return the blocks of an article without its section, author and day around its title, and these two."""
    titled = next((n for n, part in enumerate(parts[: _MOST_ABOVE + 1]) if part.startswith("#")), -1)
    kept, day, author, begun = list[str](), "", "", False
    for n, part in enumerate(parts):
        begun = begun or n > max(titled, 0) + _MOST_UNDER or (n > titled and len(part) > 3 * _LONGEST_KICKER)
        own, by = ("", "") if begun or n == titled else _meta_of(part)
        above = n < titled and len(part) <= _LONGEST_KICKER and not is_sentence(part)
        day, author = day or own, author or by
        if not (own or by or above):
            kept.append(part)
    return kept, day, author


def _meta_of(line: str) -> tuple[str, str]:
    """Return the day and the author that a line gives and says nothing else; "" each where it does not.

    >>> _meta_of("Par Ada Colin. Publié le 15 mars 2024 à 18h40"), _meta_of("Le 15 mars 2024, la mer a monté.")
    (('2024-03-15', 'Ada Colin'), ('', ''))
    """
    told = read_dateline(line, "fr")
    day = (told.published or told.bare or told.updated) if told and (told.alone or told.published) else None
    author = next((name for part in (line, *_PARTS.split(line)) if (name := byline_of(part))), "")
    whole = day is not None or bool(byline_of(line)) or (bool(author) and not is_sentence(line))
    return (day.isoformat() if day else "", author) if whole else ("", "")


def _day_beside(entry: Entry) -> str:
    """Return the day that a list gives for an article, at the beginning or the end of what it says of it."""
    told = entry.beside
    bracketed = re.match(r"[\[(]([^\])]{4,40})[\])]", told)
    day = read_date(bracketed[1], "fr") if bracketed else read_date(told, "fr") if len(told) <= 40 else None
    return day.isoformat() if day else ""
