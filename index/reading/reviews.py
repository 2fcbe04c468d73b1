"""Which articles does a press review in plain text hold, each under a line of its paper, parted by lines of signs?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.paragraphs.mastheads import Masthead, read_masthead
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.headers import byline_of

RULE = re.compile(r"\W{0,2}(?:[-–—=_*~#+.]{5,}|(?:[*#=-] ){2,}[*#=-])\W{0,2}")
_PARTED = re.compile(
    r"^[ \t]*(?:([-=_*~#])\1{4,}|[–—]{5,}|(?:\xe2\x80[\x93\x94]){5,}|[*#=-] [*#=-] [*#=-])", re.MULTILINE
)
"""Such a line; in bytes that are read as Latin 1 too."""
_ABOVE = 5
"""Lines of an article from its top among which its paper and day stand."""
_COVER = 300
"""Characters that stand above the first article and are none, at most."""


def groups(lines: Sequence[str]) -> list[list[str]]:
    """Return what stands between the lines of signs that part a text."""
    found: list[list[str]] = [[]]
    for line in lines:
        if len(line) < 200 and RULE.fullmatch(line.strip()):
            found.append([])
        else:
            found[-1].append(line)
    return [group for group in found if any(line.strip() for line in group)]


def may_hold(text: str) -> bool:
    """Return whether lines of signs part a text."""
    return text.count("\n") > 6 and _PARTED.search(text) is not None


def articles(text: str) -> FileContents | None:
    """Return the articles of a press review; None for any other text."""
    if not may_hold(text):
        return None
    parts = groups(text.split("\n"))
    headed = [_masthead(part) for part in parts]
    if headed and headed[0] is None and sum(map(len, parts[0])) <= _COVER:
        parts, headed = parts[1:], headed[1:]
    named = [(part, head) for part, head in zip(parts, headed, strict=True) if head is not None]
    if len(named) < 2 or len(named) < len(parts):
        return None
    return FileContents(tuple(_said(part, *head) for part, head in named))


def _masthead(lines: Sequence[str]) -> tuple[int, Masthead] | None:
    """Return the line of its paper above an article, and where it stands."""
    told = [n for n, line in enumerate(lines) if line.strip()][:_ABOVE]
    found = ((n, read_masthead(lines[n].strip(), "fr")) for n in told)
    return next(((n, head) for n, head in found if head is not None and head.alone and head.outlet), None)


def _said(lines: Sequence[str], place: int, head: Masthead) -> Extract:
    """Return the article under, or around, the line of its paper."""
    body = [*lines[:place], *lines[place + 1 :]]
    author = next((name for line in body[: 2 * _ABOVE] if (name := byline_of(line.strip()))), "")
    return Extract(
        normalise("\n".join(body).strip("\n")), published=head.day.isoformat(), outlet=head.outlet, author=author
    )
