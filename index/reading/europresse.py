"""Which articles does an export of Europresse (Eureka) hold? Its HTML, in the layouts of 2012, of 2015 and of today."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.europresse_fields import is_link, without_fields
from index.reading.markup import blocks, blocks_text

_NUMBER = re.compile(r"news·(\d{4})(\d\d)(\d\d)·")
_SURE = re.compile(
    r"(?:num[ée]ro de document|document number|date d['’][ée]mission|issue date)\s*(?::|$|news)|certificat [ée]mis le"
    r"|ce certificat est [ée]mis|this certificate is issued|certificat public\W*$"
    r"|.{0,300}?(?:le pr[ée]sent document est prot|the present document is prot)",
    re.IGNORECASE,
)
"""What stands under an article and in none."""
_RIGHTS = re.compile(
    r"(?:©|\(c\) (?:19|20)\d\d|(?:©.{0,80})?(?:tous droits r[ée]serv|all rights reserved))", re.IGNORECASE
)
"""What stands under an article, and in it under a picture."""
_TAIL = re.compile(
    r"(?:lois et )?conventions internationales|internationales sur le droit d['’]auteur|r[ée]gie? par ces lois"
    r"|visualisation personnelle|personnelle et temporaire|fins de visualisation|copyright laws|news[·•.-]\d{8}",
    re.IGNORECASE,
)
"""How the lines go on that stand under an article."""
_LONGEST = 300
_OUTLET = re.compile(
    r",\s*(?:n[o°º]\.?|num[ée]ro|vol\.?)\s.*$|\s*[-–,]\s*\d+\s*mots.*$|\s{3,}.*$|\s+•\s.*$", re.IGNORECASE | re.DOTALL
)
_BY = re.compile(r"^(?:par|by)\s+", re.IGNORECASE)
_ORDINAL = re.compile(r"^\d{1,4}\. ")
_APPEARED = re.compile(r"cet article est paru dans|this article appeared in", re.IGNORECASE)
_ADDED = re.compile(r"\[additional text\]\s?:?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\s*(?:voir l['’]article|see (?:the )?article)\s*$", re.IGNORECASE)
"""How the first words of an article end whose rest its site alone holds."""
_LEAST_OF_TEXT = 120
"""Characters of a text that stands where its author should, at least."""
_DATED = re.compile(r"\d{4}")
_ASIDE = re.compile(
    r"(?:illustration|photo|note|encadr[ée]|r[ée]f[ée]rence|cr[ée]dit|legende|l[ée]gende)s?(?:\(s\))?\s*:?",
    re.IGNORECASE,
)


def articles(tree: Any) -> list[Extract]:
    """Return the articles of an export, in their order; none where it is no such export.

    Where the place of the title is empty, that is the one which the list of contents has.
    """
    names = [element for element in tree.iter() if _has(element, "DocPublicationName") and len(element) < 20]
    marked = set(names)
    names = [name for name in names if not any(up in marked for up in name.iterancestors())]
    found = []
    for number, name in enumerate(names):
        holder = _holder(name, set(names[:number] + names[number + 1 :]))
        found.append(_article(holder, name))
    listed = _listed(tree, len(found)) if any(not said.title for said in found) else []
    if listed:
        untitled = 2 * sum(not said.title for said in found) >= len(found)
        found = [
            _titled(said, title) if untitled or not said.title else said
            for said, title in zip(found, listed, strict=True)
        ]
    return [said for said in found if said.text.strip() or said.title]


def _listed(tree: Any, count: int) -> list[str]:
    """Return the titles of a list of contents, if it leads to as many places of the page as this; else none."""
    links = [a for a in tree.iter("a") if str(a.get("href") or "").startswith("#")]
    titles = [words for a in links if (words := " ".join(blocks_text(a)))]
    return [_ORDINAL.sub("", title) for title in titles] if len(titles) == count else []


def _titled(said: Extract, title: str) -> Extract:
    """Return an article under a title; what stood in its place, if it is another, is its subtitle."""
    above = said.title if said.title and said.title not in title else ""
    return replace(said, title=title, text="\n\n".join(filter(None, [above, said.text])))


def _has(element: Any, mark: str) -> bool:
    return mark.lower() in str(element.get("class") or "").lower() if isinstance(element.tag, str) else False


def _holder(name: Any, others: set[Any]) -> Any:
    """Return the element of an article: the nearest <article>, else the outermost that holds no other's name."""
    inner = name
    for outer in name.iterancestors():
        if outer.tag == "article":
            return outer
        if any(up in others for up in outer.iter()):
            break
        inner = outer
    return inner


def _article(holder: Any, name: Any) -> Extract:
    """Return what one article says."""
    header = _words(e for e in holder.iter() if _has(e, "DocHeader"))
    if not _DATED.search(header):
        header += " " + _words(e.getparent() for e in holder.iter() if _has(e, "DocTitreSousSection"))
    title = next((e for e in holder.iter() if _has(e, "titreArticleVisu")), None)
    title = title if title is not None else next((e for e in holder.iter() if _has(e, "titreArticle")), None)
    numbered = _NUMBER.search(" ".join(holder.itertext()))
    subtitles = [" ".join(blocks_text(e)) for e in holder.iter() if _has(e, "rdp__subtitle")]
    author, body = _body(holder, title)
    subtitles = [words for words in subtitles if words != author]
    text = "\n\n".join(filter(None, [*subtitles, *(b for b in body if b.lstrip("# ") not in subtitles)]))
    cut = next((e for e in holder.iter("p") if _has(e, "link-not-hosted")), None) is not None
    link = next((a.get("href") for a in holder.iter("a") if _APPEARED.search(" ".join(a.getparent().itertext()))), "")
    return Extract(
        normalise(_ELSEWHERE.sub("", text) if cut else text),
        title=normalise(" ".join(blocks_text(title))) if title is not None else "",
        published=header if _day(header) else "-".join(numbered.groups()) if numbered else "",
        outlet=_outlet(name),
        author=_BY.sub("", author),
        url=str(link or ""),
        partial=cut,
    )


def _outlet(name: Any) -> str:
    """Return the paper in the element of its name, without its edition or place behind it or under it."""
    broken = next(name.iter("br"), None) is not None
    words = next(iter(blocks(name)), "") if broken else "".join(name.itertext())
    return _OUTLET.sub("", words.strip().partition("\n")[0]).strip()


def _words(elements: Iterable[Any]) -> str:
    """Return the words of these elements on one line."""
    return " ".join(word for element in elements for word in blocks_text(element))


def _day(header: str) -> bool:
    """Return whether a header holds a day, not a month alone."""
    from index.paragraphs.datelines import read_date

    return read_date(header, "fr") is not None


def _body(holder: Any, title: Any) -> tuple[str, list[str]]:
    """Return the author and the blocks of the text."""
    text = next((e for e in holder.iter() if _has(e, "DocText") or _has(e, "docOcurrContainer")), None)
    marked = next((e for e in holder.iter() if _has(e, "bottomNews") or _has(e, "docAuthors")), None)
    author = " ".join(blocks_text(marked)) if marked is not None else ""
    own = list(_until_end(blocks(text))) if text is not None else []
    if text is not None and not own and len(author) > _LEAST_OF_TEXT:  # the text stands in the place of the author
        return _author_beside(title), [*_until_end(blocks(marked)), *_notes(holder)]
    if text is not None:
        return author or _author_beside(title), [*own, *_notes(holder)]
    section = next((e for e in holder.iter("section")), None)
    if section is not None:
        return author or _author_beside(title), [*_until_end(blocks(section)), *_notes(holder)]
    return _after_title(holder, title)


def _author_beside(title: Any) -> str:
    """Return what stands right under the title in the header: the author, without a mark of its own."""
    above = title
    while above is not None and above.getparent() is not None and above.getparent().tag != "header":
        above = above.getparent()
    following = above.getnext() if above is not None and above.getparent() is not None else None
    words = " ".join(blocks_text(following)) if following is not None else ""
    return words if len(words) <= 120 else ""


def _notes(holder: Any) -> Iterator[str]:
    """Yield the notes beside an article, its corrections among them; pictures and labels aside."""
    for aside in holder.iter("aside"):
        wanted = False
        for block in blocks(aside):
            if _ASIDE.fullmatch(block):
                wanted = block.lower().startswith("note")
            elif wanted:
                yield block


def end_of(found: Sequence[str], start: int = 0) -> int:
    """Return where an article ends: at the last run of the blocks by which the database ends it, whatever it cites.

    >>> end_of(["La crue.", "© AFP", "Elle a fait 12 morts.", "© 2023 Le Jour. Tous droits réservés."])
    3
    """
    end = next((n for n, block in enumerate(found) if n >= start and _SURE.match(block)), len(found))
    for place in range(end - 1, start - 1, -1):
        if _RIGHTS.match(found[place]) and len(found[place]) <= _LONGEST:
            end = place
        elif found[place].strip() and not _TAIL.search(found[place]):
            break
    return end


def start_of(found: Sequence[str]) -> int:
    """Return where an article begins, under what the database says of the article above it.

    >>> start_of(["Ce certificat est émis à l'Université", "Date d'émission : 2013-03-20", "Le Jour", "© Le Jour"])
    2
    """
    start = 0
    for n, block in enumerate(found):
        if _SURE.match(block):
            start = n + 1
        elif block.strip():
            break
    return start


def _until_end(found: list[str]) -> Iterator[str]:
    """Yield blocks up to those by which the database ends an article, without what leads to other articles."""
    for block in without_fields(found[: end_of(found)]):
        if not _APPEARED.match(block) and not is_link(block) and not _ADDED.fullmatch(block):
            yield block


def _after_title(holder: Any, title: Any) -> tuple[str, list[str]]:
    """Return the author and the text of an article in the old layout, where both simply follow the title."""
    told = list(_until_end(blocks(holder)))
    shown = " ".join(blocks_text(title)) if title is not None else ""
    place = next((n for n, block in enumerate(told) if shown and block.lstrip("# ") == shown), -1)
    rest = told[place + 1 :]
    author = ""
    if len(rest) > 1 and len(rest[0]) <= 80 and rest[0][-1] not in ".!?…:;" and not any(c.isdigit() for c in rest[0]):
        author, rest = rest[0], rest[1:]
    return author, rest
