"""Which articles does a press alert hold, each under its title and a line of its paper and day?

"Le pont rouvre" above "Le Courrier, mardi 14 mars 2023, p. 4": the title, the paper and the day are those of the
article, whoever sends the alert.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.paragraphs.datelines import MONTHS, read_date, read_dateline
from index.paragraphs.furniture import is_furniture
from index.paragraphs.mastheads import Masthead, read_masthead
from index.paragraphs.roles import is_label
from index.reading.around import is_control, is_foot, of_letter
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.europresse_lines import author_of
from index.reading.factiva import END as _END
from index.reading.headers import byline_of, is_town
from index.reading.relayed import unwrapped
from index.reading.subjects import KIND
from index.reading.wirelines import is_sentence

_ABOVE = 15
"""Lines that an alert says above its first article, at most."""
_LEAST = 80
"""Characters of an article that is alone in a letter, at least."""
_LONGEST_TITLE = 250
_LONGEST_HEAD = 120
_OF_LIST = re.compile(
    rf"(?P<outlet>(?-i:[A-ZÀ-ÝŒ])[^|·•,\d]{{1,50}}?)(?: ?[|·•] ?| [–—-] |, )(?:[^\W\d]{{3,9}}\.?,? )?"
    rf"(?P<day>\d{{1,2}}(?:er)? (?:{MONTHS})\.? \d{{4}}|(?:{MONTHS})\.? \d{{1,2}},? \d{{4}}|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
    r"(?: (?:à |at )?\d{1,2} ?[:h] ?\d\d[^|·•,]{0,10}?)?(?: ?[|·•,][^|·•,]{1,40}){0,4}",
    re.IGNORECASE,
)
"""How several papers and days are given alike in one letter: "Ouest Matin | 14 mars 2023"."""
_ORDINAL = re.compile(r"\A\d{1,3}[.)] (?=\S)")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_CUT = ("...", "…", "[...]", "[…]")


def clippings(text: str, sender: str = "") -> tuple[list[Extract], bool]:
    """Return the articles of an alert, in their order, and whether the letter says more above them.

    None where one of them lacks a text, or where the letter itself says more than they do.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line) and not _is_between(line)]
    titled = [(above, place) for above, place in pairwise(told) if _is_title(lines[above])]
    heads = [(a, place, head) for a, place in titled if (head := _masthead(lines[place])) is not None]
    listed = [(a, place, head) for a, place in titled if (head := _listed(lines[place])) is not None]
    signed = len(listed) == 1 and _signer(lines[listed[0][1]]) != ""
    heads = listed if len(listed) > max(0 if signed else 1, len(heads)) else heads
    if not heads or sum(n < heads[0][0] for n in told) > _ABOVE:
        return [], False
    ends = [*(above for above, _, _ in heads[1:]), len(lines)]
    made = (
        _article(lines[above:end], place - above, head, sender)
        for (above, place, head), end in zip(heads, ends, strict=True)
    )
    found = [said for said in made if said is not None]
    beside = sum(len(line) for line in lines[: heads[0][0]] if is_sentence(line) and not is_foot(line))
    if (
        len(found) < len(heads)
        or (len(found) == 1 and len(found[0].text) < _LEAST)
        or beside > sum(len(said.text) for said in found)
    ):
        return [], False
    return found, beside > 2 * _LEAST


def headed(text: str) -> Extract | None:
    """Return the article of a letter that somebody passed on, under its paper and day, a line each; None for any other.

    The paper, the day and the title stand first, in this order.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line)][:3]
    if len(told) < 3 or not _is_title(lines[told[2]]):
        return None
    paper, day = lines[told[0]].strip(), read_dateline(lines[told[1]].strip(), "fr")
    head = read_masthead(f"{paper}, {lines[told[1]].strip()}, p. 1", "fr")
    if head is None or not head.outlet or day is None or not day.alone or not day.bare:
        return None
    return _article(lines[told[2] :], 0, head, "")


def _is_between(line: str) -> bool:
    """Return whether a line may stand between a title and the paper: an address, a byline."""
    return is_control(line) or bool(byline_of(line.strip()))


def _bare(line: str) -> str:
    return _ORDINAL.sub("", line.strip().lstrip("#*-•> ").strip("* "))


def _masthead(line: str) -> Masthead | None:
    """Return the paper and the day that a line gives, and nothing else."""
    head = read_masthead(_bare(line), "fr")
    return head if head is not None and head.alone and head.outlet and not head.may_be_place else None


def _listed(line: str) -> Masthead | None:
    """Return the paper and the day that a line of a list gives, or one that gives both anywhere."""
    bare = _bare(line)
    found = _OF_LIST.fullmatch(bare) if len(bare) <= _LONGEST_HEAD else None
    day = read_date(found["day"], "fr") if found else None
    named = found is not None and not is_town(found["outlet"].strip())
    return Masthead(day, found["outlet"].strip(), True) if found and named and day else _masthead(line)


def _signer(line: str) -> str:
    """Return who signs, in a line that gives a paper and a day too: "Ouest Matin | 14 mars 2023 | Par Ada Colin"."""
    return next((name for part in re.split(r" ?[|·•] ?", line) if (name := byline_of(part.strip()))), "")


def _is_title(line: str) -> bool:
    bare = _bare(line)
    words = len(bare.split()) > 2 and len(bare) <= _LONGEST_TITLE and not is_sentence(bare)
    words = words and not KIND.fullmatch(bare) and not is_furniture(bare) and not is_label(bare)
    return words and not is_control(line) and not is_foot(line) and read_masthead(bare, "fr") is None


def _article(lines: Sequence[str], place: int, head: Masthead, sender: str) -> Extract | None:
    """Return the article of these lines, a title first, under the line of its paper; None where there is no text."""
    title, body = _bare(lines[0]), [line for line in lines[place + 1 :] if not _END.fullmatch(line.strip()[:80])]
    while body and not body[0].strip():
        body.pop(0)
    author = author_of(body[0].strip()) if len(body) > 1 else ""
    text, byline = of_letter("\n".join(body[1:] if author else body), title, sender)
    if not any(c.isalnum() for c in text):
        return None
    above = next((name for line in lines[1:place] if (name := byline_of(line.strip()))), "")
    above = above or _signer(lines[place])
    links = (_ADDRESS.search(line) for line in lines if is_control(line))
    return Extract(
        normalise(text).strip("\n"),
        title=title,
        published=head.day.isoformat(),
        outlet=head.outlet,
        author=above or byline_of(author) or author or byline,
        url=unwrapped(next((link.group() for link in links if link), "")),
        partial=text.rstrip().endswith(_CUT),
    )
