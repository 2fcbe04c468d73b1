"""Which article does a page of PressReader hold that was printed or copied: its paper, its day, its title?

"PressReader - Le Courrier: 2023-03-14 - Le pont rouvre" heads the page; under the title stand the paper, the day, the
section and the author between dots, and at the foot who printed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.paragraphs.datelines import read_date
from index.paragraphs.roles import same_words
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.europresse_lines import author_of
from index.reading.headers import byline_of

_HEAD = re.compile(
    r"PressReader(?:\.com)? [-–|] (?P<outlet>[^:]{2,80}?)(?: \([^()]{2,40}\))?: (?P<day>\d{4}-\d\d-\d\d)"
    r" [-–|] (?P<title>\S.{2,250})"
)
_FOOT = re.compile(
    r"printed and distributed by pressreader\b.*|pressreader\.com\b.{0,40}|copyright and protected by applicable law\.?"
    r"|https?://www\.pressreader\.com/\S+.{0,30}|article (?:name|rank|tools)\b.{0,40}",
    re.IGNORECASE,
)
_TOP = 12
"""Lines of the page among which its head stands, and under its title those that give the paper, the day, the author."""


def may_hold(text: str) -> bool:
    """Return whether a text names PressReader near its top."""
    return "PressReader" in text[:2000]


def articles(text: str) -> FileContents | None:
    """Return the article of such a page; None for any other text."""
    if not may_hold(text):
        return None
    lines = [line.strip() for line in text.split("\n")]
    told = [n for n, line in enumerate(lines) if line][:_TOP]
    found = next(((n, head) for n in told if (head := _HEAD.fullmatch(lines[n].lstrip("# ")))), None)
    if found is None:
        return None
    place, head = found
    said = _article(lines[:place] + lines[place + 1 :], head)
    return FileContents((said,)) if said is not None else None


def _article(lines: Sequence[str], head: re.Match[str]) -> Extract | None:
    """Return the article of these lines under a head; None where they hold no text."""
    body = [line for line in lines if not _HEAD.fullmatch(line) and not _FOOT.fullmatch(line)]
    top = [n for n, line in enumerate(body) if line][:_TOP]
    title = next((n for n in top if same_words(body[n].lstrip("# "), head["title"])), -1)
    body = body[title + 1 :]
    author = ""
    while body and (not body[0] or (told := _noted(body[0], head["outlet"])) is not None):
        author = author or (told or "" if body[0] else "")
        body.pop(0)
    text = normalise("\n".join(body).strip("\n"))
    if not any(c.isalnum() for c in text):
        return None
    return Extract(text, title=head["title"], published=head["day"], outlet=head["outlet"], author=author)


def _noted(line: str, outlet: str) -> str | None:
    """Return the author in a line that notes the paper, the day or the author and nothing else; None for any other."""
    parts = [part.strip() for part in re.split(r"\s[·•|]\s|\s[-–]\s", line)] if len(line) <= 160 else [line]
    author = ""
    for part in parts:
        named = byline_of(part) or author_of(part)
        if same_words(part.partition("(")[0], outlet) or (len(part) <= 30 and read_date(part, "fr")):
            continue
        if not named and (len(parts) == 1 or len(part) > 40):
            return None
        author = author or named
    return author
