"""Which articles does an export of Europresse hold that prints a column of labels beside each of them?

The column says the source, its type, where it appears, the rights, the certificate, and last the number of the
document. The head of the article (its paper, its day), its title and text stand apart from it, after it or around it,
as the page is told; so the columns are taken out, and the heads part what is left. Above are a cover and a list of
contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.language import fold
from index.paragraphs.datelines import read_date
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.europresse_fields import text_of
from index.reading.europresse_lines import END, ISSUE, LABEL, NAME, is_head, parts_of
from index.reading.europresse_print import (
    LONGEST_LINE,
    TOLD,
    Box,
    bare,
    boxes_of,
    certified_user,
    day_of_number,
    is_running,
    missing,
    numbers_of,
    rights_above,
)

_TALLEST = 45
"""Lines of such a column, at most."""
_MOST_NAME, _MOST_HEAD = 3, 4
"""Lines of the name of a paper, and of what stands under it in the head of an article, at most."""
_LONGEST_HEAD = 140
_LEADER = re.compile(r"(?:\s?[.·…_]){4,}\s*\d{1,4}")
"""How a title ends in a list of contents."""
_NEAR_LIST = 4
"""Lines under a paper in such a list in which its title ends, at most."""
_NEAR = 45
"""Days between the head of a monthly and the number of its document, at most."""
_DETAILS = re.compile(r"(?:[,;(]| [-–—•|]|\s{2,}).{4,100}\b(?:19|20)\d\d")
"""What stands behind the name of a source in a head of one line, up to the year."""
_YEAR = re.compile(r"(?:19|20)\d\d$")
_LEAST_LABELS = 3
"""Labels of a column that stand under its number, at least."""
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of an article, from the line of its paper to the line after it."""

    start: int
    end: int
    outlet: str
    day: date


def articles(lines: Sequence[str]) -> FileContents | None:
    """Return the articles of such an export; None for any other text."""
    told = bare(lines)
    numbers = numbers_of(told)
    sides = boxes_of(told, numbers, _side)
    if not sides:
        return None
    users = {side.user for side in sides}
    beside = {n for side in sides for n in range(side.start, side.end + 1)}
    kept = [(n, line) for n, line in enumerate(told) if n not in beside and line not in users and not is_running(line)]
    heads = _paired(list(_heads([line for _, line in kept], sides)), sides, kept)
    if not heads:
        return None
    rest = [line for _, line in kept]
    cover = rest[: heads[0].start]
    listed = "\n".join(line for line in cover if line)
    ends = [*(head.start for head in heads[1:]), len(rest)]
    made = (_article(head, rest[head.end : end], listed) for head, end in zip(heads, ends, strict=True))
    found = [said for said in made if said is not None]
    above = [line for line in told[: sides[0].start] if line]
    return FileContents(tuple(found), tuple(missing(above, len(numbers), len(found)))) if found else None


def _side(lines: Sequence[str], place: int) -> Box | None:
    """Return the column whose last line is the number at `place`; None where an article stands between its lines.

    Its first label may be missing: it leaves with the running heads where each page begins with it.
    """
    if under := _side_under(lines, place):
        return under
    top, named = 0, False
    for n in range(place - 1, max(-1, place - _TALLEST), -1):
        if END.fullmatch(lines[n]) or len(lines[n]) > LONGEST_LINE or is_head(lines[n]):
            break
        if NAME.match(lines[n]):
            top, named = n, True
            break
        top = n if LABEL.fullmatch(lines[n]) else top
    day = day_of_number(lines[place])
    if day is None:
        return None
    if not top:
        return None
    above = top if named else max(0, top - 1)
    outlet = _source(lines[top:place]) if named else ISSUE.sub("", lines[above])
    return Box(above, place, outlet, day, certified_user(" ".join(lines[top:place])))


def _side_under(lines: Sequence[str], place: int) -> Box | None:
    """Return the column whose rights and number stand above its labels, which go on to the value of the last."""
    labels = [n for n in range(place + 1, min(place + _TALLEST, len(lines))) if LABEL.fullmatch(lines[n])]
    day = day_of_number(lines[place])
    if day is None or len(labels) < _LEAST_LABELS or not NAME.match(lines[labels[0]]) or labels[0] > place + _MOST_NAME:
        return None
    end = labels[0]
    for n in labels[1:]:
        end = n if n - end <= _MOST_NAME + 1 else end
    end += 0 if (told := LABEL.fullmatch(lines[end])) and told["value"] else 1
    while end + 1 < len(lines) and TOLD.fullmatch(lines[end + 1]):
        end += 1
    outlet = _source(lines[labels[0] : end])
    top = rights_above(lines, place)
    top -= top > 0 and _key(lines[top - 1]) == _key(outlet)
    return Box(top, end, outlet, day, certified_user(" ".join(lines[top:place])))


def _source(lines: Sequence[str]) -> str:
    """Return the source that such a column names behind its label or under it, also over several lines."""
    behind = LABEL.fullmatch(lines[0])
    named = [behind["value"]] if behind and behind["value"] else []
    for line in lines[1:_MOST_NAME]:
        if LABEL.fullmatch(line) or is_head(line):
            break
        named.append(line)
    return ISSUE.sub("", " ".join(filter(None, named))).strip(" ,")


def _heads(lines: Sequence[str], sides: Sequence[Box]) -> Iterator[_Head]:
    """Yield the heads of articles: the name of a source, and under it a day with what may stand around it."""
    names = {_key(side.outlet): side.outlet for side in sides if side.outlet}
    for n in range(len(lines)):
        if head := _on_one_line(lines, n, names):
            yield head
            continue
        for tall in range(1, _MOST_NAME):
            outlet = names.get(_key(ISSUE.sub("", " ".join(lines[n : n + tall]))))
            under = _dated(lines, n + tall) if outlet and lines[n] else None
            if outlet and under and not any(map(_LEADER.search, lines[n : under[0] + _NEAR_LIST])):
                yield _Head(n, under[0], outlet, under[1])
                break


def _on_one_line(lines: Sequence[str], n: int, names: Mapping[str, str]) -> _Head | None:
    """Return the head of an article that is one line: the name of its source, the page, the length, the day."""
    line = lines[n]
    if not line or len(line) > _LONGEST_HEAD or not _YEAR.search(line) or any(map(_LEADER.search, lines[n : n + 1])):
        return None
    for outlet in names.values():
        behind = line[len(outlet) :]
        if fold(line).startswith(fold(outlet)) and _DETAILS.fullmatch(behind) and (day := read_date(behind, "fr")):
            end = next((k for k in range(n + 1, len(lines)) if not TOLD.fullmatch(lines[k])), len(lines))
            return _Head(n, end, outlet, day)
    return None


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _dated(lines: Sequence[str], start: int) -> tuple[int, date] | None:
    """Return where the day ends that stands under the name of a paper, over a line or several, and that day."""
    found = None
    for end in range(start + 1, min(start + _MOST_HEAD, len(lines) + 1)):
        line = " ".join(lines[start:end])
        if not lines[end - 1] or len(line) > _LONGEST_HEAD:
            break
        if found and not _FIGURE.search(lines[end - 1]) and not lines[end - 2].endswith((",", " de")):
            break  # a title, which begins right under the number of the page
        day = read_date(line, "fr") if is_head(line) else None
        found = (end, day) if day is not None else found
    return found


def _paired(found: Sequence[_Head], sides: Sequence[Box], kept: Sequence[tuple[int, str]]) -> list[_Head]:
    """Return a head for each column, the last first: that of its source about its day, under the column before it.

    Above the first column a list of contents may have the like: where the other heads stand under their columns, so
    does this. Where a column has no head, its text goes on under it. `kept` are the lines that are left of the export.
    """
    places = [n for n, _ in kept]
    paired: list[_Head] = []
    end, under = len(kept), 0
    for number in reversed(range(len(sides))):
        side = sides[number]
        least = sides[number - 1].end if number else side.end if under else -1
        fits = (h for h in reversed(found) if h.start < end and places[h.start] > least and _is_of(h, side))
        own = next(fits, None) or _under(side, kept)
        under += own.start < len(places) and places[own.start] > side.end
        end = own.start
        paired.insert(0, own)
    return sorted(paired, key=lambda head: head.start)


def _is_of(head: _Head, side: Box) -> bool:
    return head.outlet == side.outlet and abs((head.day - side.day).days) <= _NEAR


def _under(side: Box, kept: Sequence[tuple[int, str]]) -> _Head:
    """Return the head of an article that begins right under its column, under another name of its paper or none."""
    begin = next((k for k, (n, _) in enumerate(kept) if n > side.end), len(kept))
    lines = [line for _, line in kept[begin : begin + _MOST_NAME + _MOST_HEAD]]
    ends = (found for n in range(_MOST_NAME) if (found := _dated(lines, n)))
    end, day = next(ends, (0, side.day))
    return _Head(begin, begin + end, side.outlet, day)


def _article(head: _Head, lines: Sequence[str], listed: str) -> Extract | None:
    """Return the article under a head."""
    title, author, body = parts_of(lines, listed)
    body, link = text_of(body)
    text = normalise("\n".join(body).strip()) or normalise(title)
    if not title:
        return None
    author = re.sub(r"^par ", "", author, flags=re.IGNORECASE)
    return Extract(text, title=title, published=head.day.isoformat(), outlet=head.outlet, author=author, url=link)
