"""Which paper, day and author does a page show a reader that its metadata do not give?

The name of a site stands in the title behind that of the article, at the head of the page, where a link leads home, and
at its foot behind "©"; the day of an article, and who wrote it, under its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from index.language import fold
from index.paragraphs.datelines import read_dateline
from index.paragraphs.furniture import core, is_furniture
from index.paragraphs.roles import same_words
from index.paragraphs.wording import SECTIONS
from index.reading.addresses import parts_of
from index.reading.creditlines import is_outlet
from index.reading.headers import byline_of
from index.reading.markup import HIDDEN, blocks_text

_PARTS = re.compile(r"\s+[-|·•–—»:]+\s+|\s*\|\s*")
_OWNED = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?,?\s*"
    r"(?P<name>\S.{1,60}?)\s*(?:[.|–—]|,|\s-\s|(?:19|20)\d\d|tous droits|all rights|$)",
    re.IGNORECASE,
)
_OF_LOGO = re.compile(
    r"^\W*(?:logo|accueil|home(?:page)?|retour [àa] l['’]accueil|page d['’]accueil)\b"
    r"(?:\s+(?-i:de la|du|des|de|of the|of)\b)?\s*(?:l['’]\s*)?\W*|\W+(?:accueil|home(?:page)?|logo)\W*$",
    re.IGNORECASE,
)
_MOST_OF_TOP, _MOST_LINES, _LEAST_OF_TITLE = 2000, 3, 2
"""Characters and lines at the top of a text among which its title stands, and words of that, at least."""
_ARTICLES = frozenset("le la les l the".split())
_LEAST_OF_HOST = 5
"""Letters of a name that stands in the address of its site, at least."""
_MOST_HEAD, _MOST_TOP, _LONGEST_LINE = 25, 60, 160
"""Elements under the title of an article, and links of a page from its top, at most; characters of a line."""
_LINES = ("time", "p", "span", "div", "li", "small", "em", "address", "b", "strong")


def site_of(tree: Any, title: str, address: str = "") -> str:
    """Return the name of the site: what two places of the page give, else what its title says behind the article's."""
    behind = list(_behind_title(tree, title))
    home = list(_home(tree, address))
    owner = list(_owners(tree))
    given = [name for names in (behind, home, owner) for name in names]
    told = {name: sum(any(_same(name, other) for other in names) for names in (behind, home, owner)) for name in given}
    sure = next((name for name in given if told[name] > 1), "")
    return sure or next(iter([*behind[-1:], *home[:1], *_of_host(tree, address)]), "")


def _of_host(tree: Any, address: str) -> Iterator[str]:
    """Yield the parts of the title of a window that say the name of the page's host: "Le Petit Jour", petitjour.fr."""
    host = re.sub(r"[^a-z0-9]", "", _host(address).lower())
    whole = next((" ".join((e.text or "").split()) for e in tree.iter("title")), "")
    if len(host) < _LEAST_OF_HOST:
        return
    for part in map(str.strip, _PARTS.split(whole)):
        words = core(part).split()
        letters = "".join(words[1:] if words and words[0] in _ARTICLES else words)
        if len(letters) >= _LEAST_OF_HOST and letters in host and _may_be_site(part):
            yield part


def _host(address: str) -> str:
    parts = parts_of(address)
    return parts.netloc if parts else ""


def marked(tree: Any) -> list[Any]:
    """Return the elements of a page that have a class or an id."""
    return list(_finder("//*[@class or @id]")(tree))


@cache
def _finder(path: str) -> Any:
    """Return what finds the elements of a path, read once."""
    from lxml.etree import XPath

    return XPath(path)


def heading_of(tree: Any) -> str:
    """Return the words of the first main heading of a page that has any, "" where none has."""
    return next((words for h in tree.iter("h1") if (words := " ".join(blocks_text(h)))), "")


def printed_title(tree: Any, headline: str) -> str:
    """Return the only main heading of a page, where its metadata or the title of its window say the same; else "".

    What a site gives to networks for the title may be another.
    """
    headings = [words for h in tree.iter("h1") if (words := " ".join(blocks_text(h)))]
    if len(headings) != 1:
        return ""
    window = next((" ".join(blocks_text(e)) for e in tree.iter("title")), "")
    told = core(headings[0])
    return headings[0] if told and (told == core(headline) or core(window).startswith(told)) else ""


def parted_title(tree: Any, text: str) -> tuple[str, str]:
    """Return the title of an article and the name of its site, which stand in the title of a window without a heading.

    The article begins with its title, as one of its first lines; "" each where it does not.
    """
    window = next((" ".join(blocks_text(e)) for e in tree.iter("title")), "")
    lines = [line for line in text[:_MOST_OF_TOP].split("\n") if line.strip()][:_MOST_LINES]
    if next(tree.iter("h1"), None) is not None or not window:
        return "", ""
    for line in lines:
        title, whole = core(line), core(window)
        if len(title.split()) < _LEAST_OF_TITLE or title == whole or len(line) > len(window):
            continue
        site = window[: -len(line)] if whole.endswith(title) else window[len(line) :] if whole.startswith(title) else ""
        name = site.strip(" |·•–—»:-")
        if name and _may_be_site(name):
            return line.strip("# "), name
    return "", ""


def _same(one: str, other: str) -> bool:
    return core(fold(one)) == core(fold(other))


def _behind_title(tree: Any, title: str) -> Iterator[str]:
    """Yield the parts of a page's title that stand behind that of its article, or before it."""
    whole = next((" ".join((e.text or "").split()) for e in tree.iter("title")), "")
    parts = [part.strip() for part in _PARTS.split(whole) if part.strip()]
    if len(parts) < 2:
        return
    heading = heading_of(tree) or title
    for known in filter(None, (title, heading)):
        own = _PARTS.split(known)
        if len(parts) > len(own) and all(map(_same, parts, own)):
            yield from filter(_may_be_site, parts[len(own) :])
            return
        if len(parts) > len(own) and all(map(_same, parts[-len(own) :], own)):
            yield from filter(_may_be_site, parts[: -len(own)])
            return


def _home(tree: Any, address: str) -> Iterator[str]:
    """Yield the words and pictures of the links that lead home from the head of a page."""
    host = _host(address)
    for link in islice(tree.iter("a"), _MOST_TOP):
        parts = parts_of(str(link.get("href") or "#"))
        if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment:
            continue
        if (parts.netloc or host) != host:
            continue
        if next(link.iterancestors("article", "footer", "aside"), None) is not None:
            continue
        pictures = [str(e.get("alt") or "") for e in link.iter("img")]
        drawn = [" ".join(e.itertext()) for e in link.iter("{*}title", "title")]
        told = (*pictures, *drawn, " ".join(blocks_text(link)), link.get("aria-label"), link.get("title"))
        for words in filter(None, told):
            name = _OF_LOGO.sub("", " ".join(str(words).split())).strip()
            if _may_be_site(name):
                yield name


def _owners(tree: Any) -> Iterator[str]:
    """Yield whose the site is, as its foot says it."""
    called = (e for e in marked(tree) if "foot" in str(e.get("id") or "") or "foot" in str(e.get("class") or ""))
    feet = [*tree.iter("footer")] or list(called)
    for foot in feet[-3:]:
        found = _OWNED.search(" ".join(blocks_text(foot)))
        if found and _may_be_site(found["name"].strip()):
            yield found["name"].strip()


def _may_be_site(name: str) -> bool:
    words = core(name).split()
    named = bool(words) and not all(word in SECTIONS for word in words) and is_outlet(name)
    return named and not is_furniture(name)


def head_of(tree: Any, title: str) -> tuple[str, str]:
    """Return the day and the author that stand under the title of a page's article, "" for what does not.

    The lines there are short; the first of the text ends them. A day that is alone on its line counts as much as one
    that says that the article appeared then.
    """
    headings = [h for h in tree.iter("h1", "h2") if same_words(" ".join(blocks_text(h)), title)] if title else []
    heading = next(iter(headings or tree.iter("h1")), None)
    day = author = ""
    for line in _under(heading) if heading is not None else ():
        dateline = read_dateline(line, "fr")
        given = dateline and (dateline.published or (dateline.bare if dateline.alone else None))
        day = day or (given.isoformat() if given else "")
        author = author or byline_of(line)
    return day, author


def _under(heading: Any) -> Iterator[str]:
    """Yield the lines under a heading, down to the first that is long."""
    seen = 0
    for element in _following(heading):
        if seen >= _MOST_HEAD or element.tag in ("h1", "h2", "h3", "article", "footer", "aside"):
            return
        if element.tag not in _LINES:
            continue
        seen += 1
        words = " ".join(blocks_text(element))
        if element.tag == "p" and len(words) > _LONGEST_LINE:
            return
        if 0 < len(words) <= _LONGEST_LINE:
            yield words


def _following(heading: Any) -> Iterator[Any]:
    """Yield the elements that follow one in the page, those inside it apart."""
    for above in (heading, *heading.iterancestors()):
        for sibling in above.itersiblings():
            for element in sibling.iter():
                if isinstance(element.tag, str) and element.tag not in HIDDEN:
                    yield element
