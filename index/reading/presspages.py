"""Which articles does a press review hold that prints each on pages of its own, under a box of its paper?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language import is_stop_word
from index.paragraphs.furniture import core
from index.paragraphs.wording import SECTIONS
from index.reading.contents import Extract, FileContents
from index.reading.headboxes import Box, box_of, is_labelled, masthead_of
from index.reading.headers import byline_of
from index.reading.pages import joined_pages
from index.reading.wirelines import is_sentence

_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright\b)?.{0,60}\b(?:tous droits (?:de \w+ (?:et de \w+ )?)?r[ée]serv[ée]s|droits? de reproduction"
    r"|all rights reserved|reproduction (?:interdite|prohibited)|(?:licen[sc]ed|copied) (?:copy|by|under|from)).{0,90}",
    re.IGNORECASE,
)
_CLIENT = re.compile(r"[A-ZÀ-Ý0-9][\w .&/'’-]{0,50}?[ -]?\d{6,}[\w-]*")
_CODE = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9 .&-]{1,40}")
"""The name of a client above his number."""
_COUNT = re.compile(r"\W*(?:page\s*)?\d{1,4}(?: ?(?:/|sur|of) ?\d{1,4})?\W*", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?P<said>.*?(?:[.!?…»”)]\s|\s[–—/-]\s|\()|)(?:photos?|cr[ée]dits?(?: photos?)?|ph\.|illustrations?|pictures?"
    r"|images?|©|\(c\))\s?:?\s?(?:(?:d['’])?archives?\b|d['’]illustration|by|par|de)?\s?:?\s?(?P<who>[^!?]{0,70})",
    re.IGNORECASE,
)
_LEAST = 200
"""Characters of a page without a box that goes on with an article, at least, unless its last sentence does."""
_FEWEST = 2
"""Articles of a review without boxes, each under its paper and day, at least."""
_MOST_OF_TITLE, _MOST_OF_CAPTION = 4, 4
_EDGE = 6
"""Lines at the top and at the foot of a page among which those stand that come again on each."""


@dataclass
class _Pages:
    """The pages of one article, as far as they are read."""

    box: Box
    numbers: list[int]
    bodies: list[list[str]]
    clients: set[str]


def articles(pages: Sequence[str], titles: Sequence[str]) -> FileContents | None:
    """Return the articles of a press review; None where no page has such a box. `titles` are those that it lists."""
    bare = _lined(pages)
    if not any(is_labelled(line) for lines in bare for line in lines):
        return None
    running = _running(bare)
    unsigned = [_unsigned(lines) for lines in bare]
    boxes = [box_of(lines, {line for line in lines if _shape(line) in running}) for lines in unsigned]
    return _read(bare, boxes, running, titles) if any(boxes) else None


def under_mastheads(pages: Sequence[str], titles: Sequence[str]) -> FileContents | None:
    """Return the articles of a review whose pages have a paper and its day at their top; None where all are of one."""
    if len(pages) < _FEWEST:
        return None
    bare = _lined(pages)
    boxes = [masthead_of(_unsigned(lines)) for lines in bare]
    if len({box.told for box in boxes if box is not None}) < _FEWEST:
        return None
    return _read(bare, boxes, _running(bare), titles)


def _lined(pages: Sequence[str]) -> list[list[str]]:
    return [[" ".join(line.split()) for line in page.split("\n") if line.strip()] for page in pages]


def _read(
    lined: Sequence[Sequence[str]], boxes: Sequence[Box | None], running: frozenset[str], titles: Sequence[str]
) -> FileContents:
    """Return the articles of these pages, each with the box on it, if it has one."""
    found: list[_Pages] = []
    beside: list[int] = []
    for number, (lines, box) in enumerate(zip(lined, boxes, strict=True)):
        clients = {line for line in lines if _CLIENT.fullmatch(line)}
        body = _trimmed(_unsigned(lines) if box is None else box.body, running)
        if box is not None and not (found and _goes_on(found[-1], box, clients)):
            found.append(_Pages(box, [number], [body], clients))
        elif found and (box is not None or _is_more(found[-1].bodies[-1], body)):
            found[-1].numbers.append(number)
            found[-1].bodies.append(body)
        elif sum(len(line) for line in body if is_sentence(line)) > _LEAST:
            beside.append(number + 1)
    told = f"pages that stand under no paper were not read: {', '.join(map(str, beside[:20]))}"
    made = tuple(_article(one, titles) for one in found)
    return FileContents(made, (told,) if beside else ())


def _running(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines, without their figures, that stand at the edges of most pages."""
    edges = Counter(shape for lines in pages for shape in {_shape(line) for line in (*lines[:3], *lines[-_EDGE:])})
    return frozenset(shape for shape, count in edges.items() if shape and count >= max(3, 0.6 * len(pages)))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "", line).strip()


def _goes_on(before: _Pages, box: Box, clients: set[str]) -> bool:
    """Return whether a page is the next one of the article before it."""
    if box.part:
        return box.part > 1 and box.outlet == before.box.outlet and box.day == before.box.day
    return box.told == before.box.told and (not clients or not before.clients or clients == before.clients)


def _is_more(before: Sequence[str], body: Sequence[str]) -> bool:
    """Return whether a page without a box goes on with the article before it, and does not part the review."""
    goes_on = bool(before) and bool(body) and not is_sentence(before[-1]) and body[0][:1].islower()
    return goes_on or sum(map(len, body)) >= _LEAST


def _unsigned(lines: Sequence[str]) -> list[str]:
    """Return the lines of a page without the rights, and without the number and the name of the client."""
    numbered = {n for n, line in enumerate(lines) if _CLIENT.fullmatch(line)}
    numbered |= {n - 1 for n in numbered if n and _CODE.fullmatch(lines[n - 1])}
    rights = {n for n, line in enumerate(lines) if len(line) < 200 and _RIGHTS.fullmatch(line)}
    return [line for n, line in enumerate(lines) if n not in numbered | rights]


def _trimmed(lines: Sequence[str], running: frozenset[str]) -> list[str]:
    """Return the lines of a page without those at its edges that stand on most pages, or count them."""
    kept = list(lines)
    while kept and _is_edge(kept[-1], running):
        kept.pop()
    while kept and _is_edge(kept[0], running):
        kept.pop(0)
    return kept


def _is_edge(line: str, running: frozenset[str]) -> bool:
    return _COUNT.fullmatch(line) is not None or _shape(line) in running


def _article(pages: _Pages, titles: Sequence[str]) -> Extract:
    """Return the article of its pages."""
    title, start = _title(pages.bodies[0], titles)
    bodies = [pages.bodies[0][start:], *pages.bodies[1:]]
    kept = [list(_without_captions(lines)) for lines in bodies]
    text, starts = joined_pages(["\n".join(lines) for lines in kept])
    box = pages.box
    author = byline_of(box.author) or box.author
    author = author or next((name for line in kept[0][:3] if (name := byline_of(line))), "")
    return Extract(
        text,
        title=box.title or title,
        published=box.day,
        outlet=box.outlet,
        author=author,
        url=box.url,
        pages=starts,
    )


def _title(lines: Sequence[str], titles: Sequence[str]) -> tuple[str, int]:
    """Return the title at the top of an article, as the review lists it or by its lines, and where the text starts."""
    for first in range(min(3, len(lines))):
        for last in range(first + 1, min(first + _MOST_OF_TITLE, len(lines)) + 1):
            words = " ".join(lines[first:last])
            if any(core(words) == core(title) for title in titles):
                return words, last
    start = 1 if len(lines) > 1 and _is_section(lines[0]) else 0
    if start >= len(lines) or is_sentence(lines[start]):
        return "", start
    end = start + 1
    while end < min(start + _MOST_OF_TITLE, len(lines) - 1) and _is_open(lines[end - 1], lines[end]):
        end += 1
    return " ".join(lines[start:end]), end


def _is_section(line: str) -> bool:
    words = core(line).split()
    return len(words) <= 4 and (line.isupper() or all(word in SECTIONS or is_stop_word(word, "fr") for word in words))


def _is_open(line: str, following: str) -> bool:
    """Return whether a title goes on in the line that follows."""
    last = core(line).split()[-1:] or [""]
    small = is_stop_word(last[0], "fr") or is_stop_word(last[0], "en") or line[-1:] in ",:–-"
    return not is_sentence(line) and (
        small or following[:1].islower() or (following[:1].isdigit() and len(following) < 40)
    )


def _without_captions(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an article without the credits of its pictures, and the captions that end in one."""
    dropped = {n for place, line in enumerate(lines) if _is_caption(line) for n in _caption(lines, place)}
    yield from (line for n, line in enumerate(lines) if n not in dropped)


def _caption(lines: Sequence[str], place: int) -> Iterator[int]:
    """Yield the lines of the caption whose last is at this place."""
    yield place
    found = _CREDIT.fullmatch(lines[place])
    for above in range(place - 1, max(-1, place - _MOST_OF_CAPTION), -1):
        if found is None or not found["said"] or is_sentence(lines[above]) or not lines[place][:1].islower():
            break
        yield above
        if lines[above][:1].isupper():
            break


def _is_caption(line: str) -> bool:
    """Return whether a line ends in the credit of a picture, and in nothing else.

    >>> _is_caption("Le pont, jeudi. Photo d'archives A. Colin"), _is_caption("Il a pris la photo de Marie en 1998.")
    (True, False)
    """
    found = _CREDIT.fullmatch(line) if len(line) <= 200 else None
    if found is None:
        return False
    words = re.findall(r"[^\W\d_][^\s]*", found["who"])
    return all(word[0].isupper() or is_stop_word(word.lower(), "fr") for word in words) and bool(words or found["said"])
