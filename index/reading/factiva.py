"""Which articles does an export of Factiva hold? Its HTML, XML and text (RTF, Word, PDF), with codes or without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.markup import blocks, blocks_text

CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CO IN NS RE IPC IPD PUB AN ART CT RF DJN CLM CX RST FDS "
    "TKR NAMES LN VTH".split()
)
"""The codes before each field; of these LP and TD are the text."""
_UNDER = frozenset("CO IN NS RE IPC IPD PUB AN ART CT RF DJN CLM CX RST FDS TKR NAMES LN VTH".split())
"""The codes under the text."""
_WORDS = frozenset("LA CO IN RE ET ART PUB CT".split())
"""Codes that a line of a title in capitals may begin with."""
_SHAPES = {
    **dict.fromkeys(("CO", "IN", "NS", "RE"), re.compile(r"[\w-]+ : .*", re.DOTALL)), "AN": re.compile(r"Do[ck]ument.*")
}  # fmt: skip
_SHOWN = re.compile(r"[A-Z]{2,5} ?[\t|]")
END = re.compile(r"(?:AN[\s|]+)?Do[ck]ument[oe]? [A-Z][A-Z0-9]{2,}0{0,4}\d{6,}\w*")
"""The last line of an article: "Document TESTFR0020111229e7ct0001r"."""
_FIELD = re.compile(r"(?P<code>[A-Z]{2,5})(?:[\s|]+(?P<value>.*))?", re.DOTALL)
_AROUND = re.compile(
    r"dow jones\W{0,5}factiva\W{0,3}"
    r"|(?:page \d{1,5} (?:of|de|sur|von|di) \d{1,5})?\W{0,3}(?:(?:©|\(c\)) ?\d{4} factiva,.*)?"
    r"|\S.{3,300}?(?:\s?[.·…_]){4,}\s*\d{1,4}",
    re.IGNORECASE,
)
"""What stands at the edges of a page, and an entry of the list of contents."""
_LENGTH = re.compile(r"[\d\s.,]+ (?:words|mots|wörter|palabras|parole|palavras)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?(?: \w{2,4})?")
_RIGHTS = re.compile(
    r"(?:\(c\)|©|copyright\b|tous droits r[ée]serv[ée]s|all rights reserved|alle rechte vorbehalten"
    r"|todos los derechos|tutti i diritti|todos os direitos).*",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"fran[çc]ais|french|anglais|english|englisch|allemand|german|deutsch|espagnol|spanish|espa[ñn]ol|italien|italian"
    r"|italiano|portugais|portuguese|portugu[êe]s|n[ée]erlandais|dutch|nederlands",
    re.IGNORECASE,
)
"""The line above the rights, which some articles lack."""
_BEHIND = re.compile(r"\s*[;,]?\s*(?:[(<]?[\w.+-]+@[\w.-]+\.\w+[)>]?|; ?0)\s*$|^n/a$", re.IGNORECASE)
_MOST_HEAD = 12
"""Lines from the length of an article to its rights, at most."""
_AUTHOR = re.compile(r"(?:by|par|von|por|de|di)\s.+", re.IGNORECASE)


def articles(tree: Any) -> list[Extract]:
    """Return the articles of a page of Factiva, in their order."""
    marked = [d for d in tree.iter("div") if re.fullmatch(r"article \w{2,3}Article.*", str(d.get("class") or ""))]
    found = []
    for div in marked:
        rows = [row for row in div.iter("tr") if any("index" in str(cell.get("class")) for cell in row)]
        found.append(_coded(list(_cells(rows))) if rows else _plain(div))
    return [said for said in found if said.text.strip() or said.title]


def _cells(rows: Sequence[Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield the code and the paragraphs of each row."""
    for row in rows:
        cells = [cell for cell in row if cell.tag == "td"]
        if len(cells) > 1:
            yield " ".join(blocks_text(cells[0])).strip(), blocks(cells[1])


def _coded(fields: Sequence[tuple[str, list[str]]]) -> Extract:
    """Return the article that these fields make, each with its code."""
    said: dict[str, list[str]] = {}
    for code, values in fields:
        said.setdefault(code.upper(), []).extend(values)

    def one(code: str) -> str:
        return " ".join(said.get(code, ())).strip()

    return Extract(
        normalise("\n\n".join([*said.get("LP", ()), *said.get("TD", ())])),
        title=one("HD"),
        published=one("PD"),
        outlet=one("SN"),
        author=_named(one("BY")),
    )


def _named(byline: str) -> str:
    """Return a byline without the word that begins it, and the address behind it."""
    return _BEHIND.sub("", re.sub(r"^(?:by|par|von|por)\s+", "", byline.strip(), flags=re.IGNORECASE))


def _plain(div: Any) -> Extract:
    """Return an article whose fields have no codes: a line each, in a fixed order, above the paragraphs."""
    title = next((e for e in div.iter() if "Headline" in str(e.get("class") or "")), None)
    author = next((e for e in div.iter("div") if "author" in str(e.get("class") or "").split()), None)
    paragraphs = [p for p in div.iter("p") if "articleParagraph" in str(p.get("class") or "")]
    lines = [" ".join(blocks_text(d)) for d in div.iter("div") if next(d.iterdescendants("div", "p"), None) is None]
    fields = _ordered([line for line in lines if line])
    return Extract(
        normalise("\n\n".join(block for p in paragraphs for block in blocks(p))),
        title=" ".join(blocks_text(title)) if title is not None else "",
        published=fields.get("day", ""),
        outlet=fields.get("outlet", ""),
        author=_named(" ".join(blocks_text(author))) if author is not None else "",
    )


def _ordered(lines: Sequence[str]) -> dict[str, str]:
    """Return the fields that follow the length of an article: its day, its hour, its outlet."""
    place = next((n for n, line in enumerate(lines) if _LENGTH.fullmatch(line)), None)
    if place is None:
        return {}
    after = [line for line in lines[place + 1 : place + 6] if not _TIME.fullmatch(line)]
    return dict(zip(("day", "outlet"), after, strict=False))


def of_xml(root: Any) -> list[Extract]:
    """Return the articles of Factiva's XML: <article> with <headline>, <leadParagraph> and <tailParagraphs>."""
    return [_tagged(article) for article in root.iter("{*}article") if article.find("{*}headline") is not None]


def _tagged(article: Any) -> Extract:
    def words(path: str) -> str:
        found = article.find(path)
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    def paragraphs(path: str) -> Iterator[str]:
        for holder in article.iterfind(path):
            parts = list(holder.iter("{*}paragraph")) or [holder]
            yield from (" ".join("".join(part.itertext()).split()) for part in parts)

    text = [*paragraphs("{*}leadParagraph"), *paragraphs("{*}tailParagraphs")]
    return Extract(
        normalise("\n\n".join(part for part in text if part)),
        title=words("{*}headline"),
        published=words("{*}publicationDate"),
        outlet=words("{*}sourceName"),
        author=_named(words("{*}byline")),
    )


def of_lines(lines: Sequence[str]) -> Extract:
    """Return the article that the lines up to its last one make; an empty line ends a paragraph."""
    lines = [line for line in lines if not line.strip() or not _AROUND.fullmatch(line.strip())]
    fields = list(_fields(lines))
    if any(code == "HD" for code, _ in fields) and any(code in ("LP", "TD") for code, _ in fields):
        return _coded(fields)
    return _uncoded(lines)


def _fields(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field with its paragraphs: a code begins a line, alone or before its text."""
    code, held = "", list[str]()
    for place, line in enumerate(lines):
        found = _FIELD.fullmatch(line.strip())
        if found and found["code"] in CODES and _may_follow(code, line.strip(), found, lines[place + 1 : place + 4]):
            if code:
                yield code, _paragraphs(held)
            code, held = found["code"], [(found["value"] or "").strip(" |")]
        else:
            held.append(line)
    if code:
        yield code, _paragraphs(held)


def _may_follow(before: str, line: str, found: re.Match[str], below: Sequence[str]) -> bool:
    """Return whether a line begins a field after the one of code `before`, and is no line of that one in capitals."""
    code, value = found["code"], (found["value"] or "").strip(" |")
    if before == "HD":
        return code not in _WORDS or not value or value != value.upper()
    if before not in ("LP", "TD") or (before == "LP" and code == "TD"):
        return True
    if code not in _UNDER:
        return False
    following = next((other.strip() for other in below if other.strip()), "")
    if code in _SHAPES:
        return bool(_SHOWN.match(line)) or _SHAPES[code].fullmatch(value or following) is not None
    coded = _FIELD.fullmatch(following)
    return (
        not value
        or bool(_SHOWN.match(line))
        or value != value.upper()
        or not following
        or bool(coded and coded["code"] in CODES)
    )


def _paragraphs(lines: Sequence[str]) -> list[str]:
    return [p for p in (part.strip() for part in "\n".join(lines).split("\n\n")) if p]


def _whole(lines: Sequence[str]) -> list[str]:
    """Return lines with those made one that go on in mid-sentence, as a title over two lines does."""
    whole: list[str] = []
    for line in lines:
        if whole and line[0].islower() and not _AUTHOR.fullmatch(line) and whole[-1][-1] not in ".!?":
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _above_gap(lines: Sequence[str], length: int) -> str:
    """Return the line above the gap under a title, where an article has its fields line under line; else ""."""
    above = [line.strip().lstrip("# ") for line in lines[max(0, length - 6) : length]]
    if not lines[length + 1 : length + 2] or not lines[length + 1].strip() or "" not in above:
        return ""
    gap = len(above) - 1 - above[::-1].index("")
    return next((line for line in reversed(above[:gap]) if line), "")


def _uncoded(lines: Sequence[str]) -> Extract:
    """Return an article without codes: title, byline, length, day, outlet and rights, then its paragraphs."""
    shown = [(n, line.strip().lstrip("# ")) for n, line in enumerate(lines) if line.strip()]
    length = next((i for i, (_, line) in enumerate(shown) if _LENGTH.fullmatch(line)), None)
    if length is None:
        return Extract(normalise("\n".join(lines).strip()))
    above = _whole([line for _, line in shown[max(0, length - 5) : length]])[-4:]
    bylines = [line for line in above[1:] if _AUTHOR.fullmatch(line) and len(line) < 100]
    titles = [line for line in above if line not in bylines]
    title = _above_gap(lines, shown[length][0]) or max(titles, key=len, default="")
    title = title if title in titles else max(titles, key=len, default="")
    author = bylines[0] if bylines else " ".join(titles[titles.index(title) + 1 :][:1]) if titles else ""
    fields = _ordered([line for _, line in shown[length:]])
    head = range(length, min(length + _MOST_HEAD, len(shown)))
    language = next((i for i in head if _LANGUAGE.fullmatch(shown[i][1])), length + 3)
    rights = next((i for i in head if _RIGHTS.match(shown[i][1])), language)
    start = shown[rights][0] + 1 if rights < len(shown) else len(lines)
    body = [line for line in lines[start:]]
    while body and not body[-1].strip():
        body.pop()
    if sum(bool(line.strip()) for line in body) > 1 and len(body[-1]) < 80 and body[-1].strip()[-1] not in '.!?…»”"':
        body.pop()  # the publisher, who closes an article
    return Extract(
        normalise("\n".join(body).strip()),
        title=title,
        published=fields.get("day", ""),
        outlet=fields.get("outlet", ""),
        author=_named(author),
    )
