"""What does a page of the web say? Its article without the site around it, or its articles where it holds several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from index.reading import databases, europresse, factiva, headed
from index.reading.around import of_record
from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.headers import outlet_of
from index.reading.markup import BLOCKS, all_text, beside, blocks, blocks_text, mark_ends, parsed
from index.reading.metadata import Metadata, described
from index.reading.shown import head_of, marked, parted_title, printed_title, site_of
from index.reading.wirelines import unsigned
from index.reading.wordpages import is_of_site, paragraphs

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

_BREAK = "\ue000"
"""Stands for <br> while the page is read by a library that would drop it."""
_WORD = re.compile(r"[^\W_]+")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|stand-first|dek|deck|subhead(?:line|ing)?|sub-?title|sous-titre|hat"
    r"|lede|introduction|intro|teaser__lead|article__desc|article-desc|excerpt|summary|accroche)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAST_OF_ARTICLE = 90
"""Characters, links and headings aside, that an <article> among several holds at least."""


_LEAST_OF_POST = 20
_LIVE = re.compile(r"live(?:blog|post|[-_ ]|$)|(?:^|[-_ ])direct(?:$|[-_ ])|blogposting", re.IGNORECASE)
_POST = re.compile(
    r"(?:^|[\s_-])(?:live[-_]?(?:blog)?[-_]{0,2}(?:post|update|entry|event|item)|lb[-_]post|direct[-_]{1,2}post)(?:$|[\s_-])"
    r"|schema\.org/BlogPosting",
    re.IGNORECASE,
)
_MARKS = ("class", "id", "itemtype")


def html(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a page."""
    return of_page(normalise(decode(data, declared=True)))


def of_page(page: str, address: str = "") -> FileContents:
    """Return the articles of a page that is decoded: an export of a database, a page of several, or of one."""
    tree = parsed(page)
    if tree is None:
        return FileContents((Extract(all_text(page)),))
    found = europresse.articles(tree) if "DocPublicationName" in page else []
    if not found and "Article" in page and "articleParagraph" in page:
        found = factiva.articles(tree)
    found = [unsigned(said) for said in found]
    if found and "<html" in page[:3000].lower() and "</html" not in page[-3000:].lower():
        return FileContents((*found[:-1], replace(found[-1], partial=True)), (databases.CUT,))
    if found:
        return FileContents(tuple(found))
    if databases.may_hold(page) and (several := databases.articles("\n\n".join(blocks(tree)))):
        return several
    if not is_of_site(tree) and (review := headed.articles(paragraphs(tree))):
        return review
    if len(several_of := _articles(tree)) > 1:
        said = _with_shown(described(tree), tree, address)
        return FileContents(tuple(_one_of_several(element, said) for element in several_of))
    return FileContents((_only(page, tree, address),))


def _articles(tree: Any) -> list[Any]:
    """Return the elements of the articles of a page of several, like a live blog; none where one stands out."""
    outer = [a for a in tree.iter("article") if next(a.iterancestors("article"), None) is None]
    if len(outer) < 2:
        return _posts(tree)
    lengths = [_own_length(element) for element in outer]
    least = _LEAST_OF_POST if _is_live(outer) else _LEAST_OF_ARTICLE
    kept = [element for element, length in zip(outer, lengths, strict=True) if length >= least]
    rest = sorted(lengths)[:-1]
    stands_out = max(lengths) > 5 * max(rest[len(rest) // 2], 1) or max(lengths) > 3 * sum(rest)
    return [] if len(kept) < 2 or stands_out else kept


def _posts(tree: Any) -> list[Any]:
    """Return the posts of a live blog that are no <article> but marked as such, each with its time; else none."""
    parts = tree.iter("div", "section", "li")
    called = [e for e in parts if any(_POST.search(str(mark)) for mark in map(e.get, _MARKS) if mark)]
    found = set(called)
    outer = [e for e in called if not any(up in found for up in e.iterancestors())]
    posts = [e for e in outer if next(e.iter("time"), None) is not None and _own_length(e) >= _LEAST_OF_POST]
    if len(posts) < 2:
        return []
    main = max(tree.iter("main", "body"), key=lambda e: e.tag == "main", default=tree)
    return posts if sum(map(_own_length, posts)) > 0.5 * _own_length(main) else []


def _is_live(articles: Sequence[Any]) -> bool:
    """Return whether these are the posts of a live blog, which may be of a line: marked so, each with its time."""
    timed = sum(next(article.iter("time"), None) is not None for article in articles)
    marks = (str(e.get(name) or "") for e in _upwards(articles[0]) for name in _MARKS)
    return timed == len(articles) and any(map(_LIVE.search, marks))


def _upwards(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _own_length(article: Any) -> int:
    """Return how many characters of text an <article> holds, without its links and headings."""
    whole = sum(len(text.strip()) for text in article.itertext())
    aside = ("a", "h1", "h2", "h3", "h4", "header", "footer", "script", "style", "figure", "time")
    tops = [e for e in article.iter(*aside) if next(e.iterancestors(*aside), None) is None]
    return whole - sum(len(text.strip()) for element in tops for text in element.itertext())


def _one_of_several(element: Any, page: Metadata) -> Extract:
    """Return what an <article> among others says: its own heading and time, the outlet of the page."""
    own = described(element)
    heading = next(element.iter("h1", "h2", "h3", "h4"), None)
    aside = [e for e in element.iter("nav", "footer", "aside", "time", "form")] + beside(element)
    text = of_record("\n\n".join(blocks(element, without=aside)))
    link = next((a.get("href") for a in element.iter("a") if heading is not None and heading in a.iterancestors()), "")
    ident = element.get("id") or ""
    return Extract(
        normalise(text),
        title=" ".join(blocks_text(heading)) if heading is not None else "",
        published=own.published or page.published,
        updated=own.updated,
        outlet=page.outlet,
        author=own.author,
        url=link if str(link).startswith("http") else f"{page.url}#{ident}" if page.url and ident else page.url,
    )


def _only(page: str, tree: Any, address: str) -> Extract:
    """Return what a page of one article says; of one in which no article is found, all the text."""
    from trafilatura import bare_extraction

    given = described(tree)
    said = _with_shown(given, tree, address)
    standfirsts, title = list(_standfirsts(tree)), printed_title(tree, given.headline)
    nodes = " ".join(tree.xpath("//text()", smart_strings=False))
    mark_ends(tree, _BREAK)
    try:
        found = bare_extraction(tree, options=_options())
        text = "" if found is None or isinstance(found, dict) else "\n\n".join(_tree_blocks(found.body))
    except RecursionError:
        return Extract(all_text(page))
    text = normalise(text)
    if found is None or isinstance(found, dict) or not text.strip():
        return Extract(all_text(page), published=said.published, updated=said.updated, outlet=said.outlet, url=said.url)
    if not _is_printed(text, nodes, page):
        main = max(tree.iter("article", "main", "body"), key=_own_length, default=tree)
        text = normalise("\n\n".join(blocks(main)).replace(_BREAK, "\n\n"))  # two words were made one on the way
    elif "\n" not in text and (main := _printed_in_parts(tree, text)) is not None:
        aside = list(main.iter("nav", "footer", "aside", "figure", "form", "time"))
        text = normalise("\n\n".join(blocks(main, without=aside)).replace(_BREAK, "\n\n"))
    own, site = ("", "") if title else parted_title(tree, text)
    return Extract(
        of_record(_with_standfirst(text, standfirsts)),
        title=title or own or found.title or "",
        published=said.published or found.date or "",
        updated=said.updated,
        outlet=site or found.sitename or given.outlet or outlet_of(text, "fr") or said.outlet,
        url=found.url or said.url,
        author=said.author,
        partial=said.closed and len(text) < 1500,
    )


@cache
def _options() -> Extractor:
    """Return what the library is asked for; made once, for it reads its settings for each."""
    from trafilatura.settings import Extractor

    days: dict[str, Any] = {"original_date": True, "extensive_search": False}
    return Extractor(with_metadata=True, comments=False, date_params=days)


def _with_shown(said: Metadata, tree: Any, address: str) -> Metadata:
    """Return metadata with what the page shows a reader that they do not give."""
    title = next((str(e.get("content") or "") for e in tree.iter("meta") if e.get("property") == "og:title"), "")
    day, author = ("", "") if said.published and said.author else head_of(tree, title)
    outlet = said.outlet or site_of(tree, title, address or said.url)
    return replace(said, outlet=outlet, published=said.published or day, author=said.author or author)


def _printed_in_parts(tree: Any, text: str) -> Any:
    """Return the article of a page whose paragraphs a text holds on one line, None where it has none of two."""
    for article in tree.iter("article", "main"):
        paragraphs = [" ".join("".join(p.itertext()).split()) for p in article.iter("p")]
        held = [part for part in paragraphs if len(part) > _LEAST_OF_POST and part[:60] in text]
        if len(held) > 1:
            return article
    return None


def _is_printed(text: str, nodes: str, page: str) -> bool:
    """Return whether every word of a text stands in the page; most of them are found in `nodes`, its texts."""
    apart = set(normalise(nodes).split())
    missing = set(text.split()) - apart
    if not missing or set(_WORD.findall(" ".join(missing))) <= apart:
        return True
    return set(_WORD.findall(text)) <= _words(parsed(page))


def _words(tree: Any) -> set[str]:
    """Return every word of a page, as it is printed."""
    found: set[str] = set()
    words: list[str] = []
    for event, element in _events(tree):
        if element.tag in BLOCKS and words:
            found.update(_WORD.findall(normalise("".join(words))))
            words = []
        words.append((element.text if event == "start" else element.tail) or "")
    found.update(_WORD.findall(normalise("".join(words))))
    return found


def _events(tree: Any) -> Iterator[tuple[str, Any]]:
    from lxml.etree import iterwalk

    yield from iterwalk(tree, events=("start", "end", "comment", "pi"))


def _tree_blocks(body: Any) -> Iterator[str]:
    """Yield the blocks of trafilatura's tree."""
    for element in body.iter("head", "p", "item", "table", "quote", "ab", "code"):
        if next(element.iterancestors("table"), None) is not None:
            continue
        if element.tag == "table":
            rows = ([" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in element.iter("row"))
            yield "\n".join(" | ".join(cell for cell in row if cell) for row in rows)
            continue
        if next(element.iterdescendants("head", "p", "item", "table"), None) is not None:
            text = element.text or ""  # what stands before the blocks inside
        else:
            text = "".join(element.itertext())
        level = str(element.get("rend") or "h2")[-1]
        heading = "#" * (int(level) if level in "123456" else 2)
        for number, line in enumerate(_lines(text)):
            yield ({"head": f"{heading} ", "item": "- "}.get(element.tag, "") if not number else "") + line
        if element.getparent().tag in ("body", "quote", "item"):
            yield from _lines(element.tail or "")


def _lines(text: str) -> list[str]:
    """Return the lines of a block that <br> ends; one that goes on in mid-sentence is joined to the line before."""
    lines: list[str] = []
    for piece in text.split(_BREAK):
        line = " ".join(piece.split())
        if not line:
            continue
        if lines and line[0].islower() and lines[-1][-1] not in ".!?:;…":
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    rows = all(" | " in line for line in lines) and len(lines) > 1
    return ["\n".join(lines)] if rows else lines


def _standfirsts(tree: Any) -> Iterator[str]:
    """Yield what a page says under its title, where the site marks it so."""
    for element in marked(tree):
        if element.tag not in ("p", "div", "h2", "span", "section"):
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if not _STANDFIRST.search(marks):
            continue
        if next(element.iterancestors("aside", "nav", "footer", "li"), None) is not None:
            continue
        text = " ".join(blocks_text(element))
        if 40 <= len(text) <= 700:
            yield normalise(text)
            return


def _with_standfirst(text: str, standfirsts: list[str]) -> str:
    """Return the text with the standfirst under its title, unless it holds it already."""
    squeezed = "".join(text.split())
    for standfirst in standfirsts:
        if "".join(standfirst.split())[:80] in squeezed:
            return text
        if text.startswith("# "):
            title, _, rest = text.partition("\n\n")
            return f"{title}\n\n{standfirst}\n\n{rest}"
        return f"{standfirst}\n\n{text}"
    return text
