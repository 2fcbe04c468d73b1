"""Which articles does a PDF hold that lists them: by its bookmarks, or by a page of contents?

Each entry names a page, at which its title stands again. They are articles only where each of them gives a day or an
outlet of its own; the chapters of a report do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.reading.contents import Extract
from index.reading.headers import header_of, language_of

Entry = tuple[str, int]
"""A title and its page, from 0."""

_LINE = re.compile(r"(?P<title>\S.{5,160}?)(?:(?:\s?[.·…_]){3,}\s*|\s{2,})(?P<page>\d{1,4})")
_PAGES = 4
"""A list of contents stands on so many pages from the first, at most."""
_ABOVE = 400
"""Characters at the top of a page that belong to the article whose title follows: its paper, its day."""
_MOST = 5000


def listed(pages: Sequence[str]) -> list[Entry]:
    """Return the entries of a list of contents on the first pages: lines that end in the number of a page."""
    lines = (line.strip() for page in pages[:_PAGES] for line in page.split("\n"))
    found = [match for line in lines if line[-1:].isdecimal() and (match := _LINE.fullmatch(line))]
    entries = [(" ".join(match["title"].split()), int(match["page"]) - 1) for match in found[:_MOST]]
    rising = all(before[1] <= after[1] for before, after in pairwise(entries))
    return entries if rising and len(entries) > 1 else []


def articles(text: str, starts: Sequence[int], entries: Sequence[Entry]) -> list[Extract]:
    """Return the articles of a text by the entries that name their pages; none where they are no articles.

    `starts` are where the pages start in the text.
    """
    places = [_place(text, starts, entry) for entry in entries]
    if len(places) < 2 or any(place is None for place in places):
        return []
    begins = [place for place in places if place is not None]
    if any(after <= before for before, after in pairwise(begins)):
        return []
    found = []
    for (title, _), start, end in zip(entries, begins, [*begins[1:], len(text)], strict=True):
        own = text[start:end].strip("\n")
        header = header_of(own, language_of(own))
        if not header.published and not header.outlet:
            return []
        offset = start + len(text[start:end]) - len(text[start:end].lstrip("\n"))
        within = tuple(max(0, page - offset) for page in _within(starts, offset, end))
        found.append(Extract(own, title=title, pages=within))
    return found


def _place(text: str, starts: Sequence[int], entry: Entry) -> int | None:
    """Return where the article of an entry begins: at the top of its page, or at its title where another ends above."""
    title, page = entry
    if not 0 <= page < len(starts):
        return None
    end = starts[page + 1] if page + 1 < len(starts) else len(text)
    words = r"\s+".join(re.escape(word) for word in title.split()[:12])
    found = re.compile(words).search(text, starts[page], end)
    if found is None:
        return None
    return starts[page] if found.start() - starts[page] <= _ABOVE else found.start()


def _within(starts: Sequence[int], begin: int, end: int) -> list[int]:
    """Return where the pages start that an article stands on."""
    first = max((start for start in starts if start <= begin), default=0)
    return [first, *(start for start in starts if begin < start < end)]
