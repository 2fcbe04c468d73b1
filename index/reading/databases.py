"""Is this text the export of a database of the press, and which articles does it hold, whatever the format it came in?

Nexis and Factiva give the same lines as Word, RTF, PDF, plain text or HTML: they are told by the line that ends each
article, or, in the old layout of Nexis, begins it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.reading import europresse_lines, europresse_print, europresse_side, factiva, labelled, nexis
from index.reading.contents import Extract, FileContents
from index.reading.wirelines import unsigned

_HINT = re.compile(
    r"end of document|fin du document|ende des dokuments|\b(?:of|de|sur) \d+ documents|\bvon \d+ dokumente"
    r"|\bnews·\d{8}·|\bdocument \d+ (?:of|de|sur) \d+|\bdo[ck]ument[oe]? [A-Z][A-Z0-9]{2,}\d{6}",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"^[^\w\n©]*(?:©|\(c\)|copyright)\s.{0,40}\b(?:19|20)\d\d\b.{0,120}$", re.IGNORECASE | re.MULTILINE
)
_NUMBERED = re.compile(
    r"^[^\w\n]*(?:document|article|doc\.?|r[ée]sultat|result)[ \t]+\d+[ \t]*(?:of|sur|de|/)[ \t]*\d+[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
Part = tuple[list[str], bool]
_LEAST_OF_LAST = 200
"""Characters after the last line that ends an article, if they begin another without a header that says so."""
_TOP = 2000
"""Characters at the top of a list of an export in which it says how many it holds."""
_SIGNS = ("©", "(c)", "(C)", "opyright", "OPYRIGHT")
CUT = "the export ends in the middle of an article"
UNKNOWN = "looks like an export of several articles of a kind that is not known; it is read as one article"


def may_hold(text: str) -> bool:
    """Return whether a text holds, somewhere, what ends or begins the articles of an export."""
    lower = text.lower()  # each of what is looked for holds one of these
    hinted = any(word in lower for word in ("document", "dokument", "news·")) and _HINT.search(text) is not None
    return hinted or labelled.may_hold(text)


def is_cover(text: str) -> bool:
    """Return whether a text is the list of what an export holds in other files."""
    return "ocuments (" in text[:_TOP] and nexis.is_cover(text)


def articles(text: str) -> FileContents | None:
    """Return the articles of an export; None for any other text."""
    if not may_hold(text):
        return None
    lines = text.split("\n")
    if labelled.may_hold(text) and (found := labelled.articles(lines)):
        return found
    for printed in (europresse_print.articles, europresse_side.articles):
        if found := printed(lines):
            return found
    for ends, starts, read in (
        (europresse_lines.END, None, europresse_lines.of_lines),
        (nexis.END, None, nexis.of_lines),
        (factiva.END, None, _of_factiva),
        (None, nexis.START, nexis.of_lines),
    ):
        parts = list(_parts(lines, ends, starts))
        if parts and (contents := _read(parts, read)):
            return contents
    return None


def _of_factiva(lines: Sequence[str]) -> Extract | None:
    said = factiva.of_lines(lines[:-1] if lines and factiva.END.fullmatch(lines[-1].strip()) else lines)
    return said if said.text.strip() and (said.published or said.title) else None


def _read(parts: Sequence[Part], read: Callable[[Sequence[str]], Extract | None]) -> FileContents | None:
    """Return the articles that the parts make, and how many parts made none; a last one that was cut is partial."""
    found = [(read(lines), whole) for lines, whole in parts]
    if len(found) > 1 and not found[-1][1] and not _is_begun(found[-1][0], parts[-1][0]):
        found.pop()  # the foot of the export
    told = [(unsigned(said), whole) for said, whole in found if said is not None]
    kept = tuple(said if whole else replace(said, partial=True) for said, whole in told)
    if not kept or not any(said.published or said.title for said in kept):
        return None
    lost = sum(said is None and whole for said, whole in found)
    notes = [f"{lost} of {len(found)} articles of the export hold no text"] if lost else []
    notes += [CUT] if any(said and not whole for said, whole in found) else []
    return FileContents(kept, tuple(notes))


def _is_begun(said: Extract | None, lines: Sequence[str]) -> bool:
    """Return whether the lines after the last end begin an article that was cut, and are no foot of the export."""
    headed = said is not None and bool(said.title and said.published and said.outlet and said.text.strip())
    return headed or (said is not None and sum(len(line) for line in lines) > _LEAST_OF_LAST)


def _parts(lines: Sequence[str], ends: re.Pattern[str] | None, starts: re.Pattern[str] | None) -> Iterator[Part]:
    """Yield the lines of each article, and whether it is whole: of an export that was cut short the last one is not."""
    held: list[str] = []
    begun = starts is None
    marks = 0
    for line in lines:
        bare = line.strip()
        if ends is not None and len(bare) < 80 and ends.fullmatch(bare):
            marks += 1
            yield [*held, line], True
            held = []
        elif starts is not None and len(bare) < 60 and starts.fullmatch(bare):
            if begun:
                yield held, True
            begun, held = True, []
            marks += 1
        else:
            held.append(line)
    if marks and begun and any(line.strip() for line in held):
        yield held, starts is not None and nexis.is_ended(held)


def looks_unknown(text: str) -> bool:
    """Return whether a text that is read as one article looks like several."""
    numbered = text.count("\n") > 3 and len(_NUMBERED.findall(text)) > 1
    return numbered or (any(sign in text for sign in _SIGNS) and len(_RIGHTS.findall(text)) > 2)
