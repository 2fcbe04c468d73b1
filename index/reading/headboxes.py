"""Which paper, day, author and page does the box give that a press service prints above an article?

"Date : lundi 13 janvier 2025", "Pays : FR", "Périodicité : Quotidien", "OJD : 41230": labels, a line or several to a
line, their values beside or under them, and the name of the paper above or among them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from index.paragraphs.datelines import MONTHS, read_date, read_dateline
from index.paragraphs.furniture import core
from index.paragraphs.mastheads import read_masthead
from index.paragraphs.wording import SECTIONS
from index.reading.around import is_control
from index.reading.letterwords import ADDRESS
from index.reading.wirelines import is_sentence

_LABELS = {
    "outlet": r"(?:nom du )?(?:m[ée]dia|support)|titre de presse|publication|journal|newspaper|outlet|source",
    "day": r"date(?: de (?:parution|publication|diffusion))?|parution|[ée]dition|(?:publication|issue) date",
    "author": r"journalistes?|auteurs?|authors?|byline|reporters?|journalists?|signataires?",
    "title": r"titre|title|headline",
    "url": r"url|lien|web ?link",
    "press": r"(?:ojd|acpm)(?: ?/ ?\w+)?|(?:print |total )?circulation|diffusion|tirage|p[ée]riodicit[ée]|frequency"
    r"|audience|(?:monthly |daily )?reach|surface(?: approx\.?)?|famille du m[ée]dia|type(?: de m[ée]dia)?|media type"
    r"|lectorat|readership|pages? de l['’]article|n[°ºo] ?de page|dynamisme|valeur (?:publicitaire|m[ée]dia)|ave"
    r"|(?:page )?area",
    "more": r"pages?(?:\(s\))?|pays|country|rubrique|section|langue|language|heure|time|ville|city|d[ée]partement"
    r"|r[ée]gion|(?:nombre de )?mots|words?(?: count)?|num[ée]ro|n[°º]|issue|sujet(?: du m[ée]dia)?|client|ref"
    r"|r[ée]f[ée]rence|t[ée]l(?:[ée]phone)?|editor|r[ée]dacteur en chef|[ée]diteur|publisher|groupe|th[èe]me"
    r"|mots[- ]cl[ée]s|keywords",
}  # fmt: skip
_LABEL = re.compile(
    "|".join(rf"(?P<{kind}>{names})" for kind, names in _LABELS.items()).join(
        (r"(?:(?<=^)|(?<=[\s|•·;,-]))(?:", r")(?: ?\([^()]{1,20}\))? ?: ?")
    ),
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\W*(?:p(?:age|\.)?\s*)?(?P<part>\d{1,2}) ?(?:/|sur|of) ?(?P<parts>\d{1,2})\W*", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:er)?(?: (?P<m>{MONTHS})\.?)?(?: ?(?:au|to|[-/–&]) ?\d{{1,2}}(?:er)?)?"
    rf" (?P<last>{MONTHS})\.? (?P<y>\d{{4}}|\d\d)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:bi-?|tri-?)?(?:quotidien|hebdomadaire|mensuel|mestriel|trimestriel|semestriel|annuel)(?:le|ne)?"
    r"|(?:bi-?)?(?:daily|weekly|monthly|quarterly)|site web|presse [^\d]{3,40}"
)
_CONTACT = re.compile(r"\d{5} [a-z].{1,60}|.{0,40}\b0\d(?:[ .]?\d\d){4}")
_OF_PAGE = re.compile(
    r"(?=.*\d)(?:pp?(?:ages?|\.)? ?[\w-]{1,6}|[ée]dition [\w' -]{2,30}|[\d ]{1,7}(?:mots|words))"
    r"(?:[\s,;|•·–-]+(?:pp?(?:ages?|\.)? ?[\w-]{1,6}|[ée]dition [\w' -]{2,30}|[\d ]{1,7}(?:mots|words)))*",
    re.IGNORECASE,
)
"""A line under the day: "Page 4 - Édition Nord - 412 mots"."""
_SITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?", re.IGNORECASE)
"""The address of a site, alone on a line: it stands for the paper where no name does."""
_LONGEST = 160
_LEAST = 3
"""Labels of a box, at least."""
_ABOVE, _GAP = 3, 2
"""Lines above its labels, and between two of them, that may be of a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """What the box of an article gives, and the lines of its page that are not its own."""

    outlet: str
    day: str
    author: str
    title: str
    url: str
    part: int
    """Which page of its article this is, from 1; 0 where the box does not say."""
    told: str
    """All that its labels say, by which two pages are of one article."""
    body: tuple[str, ...]


def box_of(lines: Sequence[str], running: Collection[str]) -> Box | None:
    """Return the box of a page, whose lines are not blank; `running` are those that stand on most pages."""
    labelled = [n for n, line in enumerate(lines) if len(line) <= _LONGEST and is_labelled(line)]
    for first in labelled:
        run = _run(labelled[labelled.index(first) :], lines)
        fields = list(_fields(lines[run[0] : run[-1] + 2]))
        kinds = [kind for kind, _, _ in fields]
        if "press" in kinds and len({label for _, label, _ in fields}) >= _LEAST:
            box = _box(lines, run, fields, running)
            return box if box.day else None
    return None


def is_labelled(line: str) -> bool:
    """Return whether a line begins with a label of a box, and is no sentence."""
    found = _LABEL.match(line) if ":" in line else None
    return found is not None and not is_sentence(line[found.end() :])


def _run(labelled: Sequence[int], lines: Sequence[str]) -> list[int]:
    """Return the lines with labels from the first on, and those between them, up to a longer gap or to prose."""
    run = [labelled[0]]
    for place in labelled[1:]:
        between = lines[run[-1] + 1 : place]
        if len(between) > _GAP or any(len(line) > _LONGEST // 2 or is_sentence(line) for line in between):
            break
        run.append(place)
    return run


def _fields(lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the kind, the label and the value of each field; an empty value is the line that follows it."""
    for place, line in enumerate(lines):
        found = list(_LABEL.finditer(line)) if is_labelled(line) else []
        if not found:
            continue
        for own, end in zip(found, [*(one.start() for one in found[1:]), len(line)], strict=True):
            value = line[own.end() : end].strip(" |•·;,")
            under = lines[place + 1] if place + 1 < len(lines) else ""
            yield own.lastgroup or "", core(own.group()), value or ("" if is_labelled(under) else under)


def _box(lines: Sequence[str], run: Sequence[int], fields: list[tuple[str, str, str]], running: Collection[str]) -> Box:
    """Return the box of these lines, with what stands above, among and under its labels."""
    values = {kind: value for kind, _, value in reversed(fields) if value}
    first, end = run[0], run[-1] + 1
    end += end < len(lines) and lines[end] == fields[-1][2]
    while end < len(lines) and (_is_of_box(lines[end]) or any(map(_COUNTED.fullmatch, lines[end + 1 : end + 2]))):
        end += 1
    top = 0 if sum(line not in running for line in lines[:first]) <= _ABOVE else first - 1
    above = list(lines[top:first])
    within = [line for line in lines[first:end] if not is_labelled(line) and line not in values.values()]
    counts = [found for line in (*within, *above) if (found := _COUNTED.fullmatch(line))]
    named = [line for line in (*above, *within) if _may_be_paper(line)]
    named = [line for line in named if line not in running] or named
    named = [line for line in named if not _SITE.fullmatch(line)] or named
    outlet = values.get("outlet", "") or (named[0] if named else "")
    days = (day_of(value) for value in (values.get("day", ""), *within, *above))
    kept = [line for line in above if line != outlet and not _is_of_box(line) and not _SITE.fullmatch(line)]
    return Box(
        outlet=outlet,
        day=next(filter(None, days), ""),
        author=values.get("author", "").strip("-–— "),
        title=values.get("title", ""),
        url=values.get("url", "") if "/" in values.get("url", "") else "",
        part=int(counts[0]["part"]) if counts else 0,
        told="\n".join([outlet, *(value for kind, _, value in fields)]),
        body=(*lines[:top], *kept, *lines[end:]),
    )


def masthead_of(lines: Sequence[str]) -> Box | None:
    """Return the paper and the day at the top of a page, in one line or in two, as a box without labels."""
    for place, line in enumerate(lines[:_ABOVE]):
        head = read_masthead(line, "fr")
        paper, day, under = "", "", place + 1
        if head is not None and head.alone and head.outlet and not head.may_be_place:
            paper, day = head.outlet, head.day.isoformat()
        elif any(map(_is_day, lines[under : under + 1])) and _may_be_paper(line):
            paged = any(map(_OF_PAGE.fullmatch, lines[under + 1 : under + 2]))  # a title may stand above a day too
            paper, day, under = (line if paged else ""), day_of(lines[under]), under + 1
        if paper:
            while under < len(lines) and (_is_of_box(lines[under]) or _OF_PAGE.fullmatch(lines[under])):
                under += 1
            return Box(paper, day, "", "", "", 0, f"{paper}\n{day}", (*lines[:place], *lines[under:]))
    return None


def _is_day(line: str) -> bool:
    """Return whether a line gives a day and nothing else."""
    found = read_dateline(line, "fr")
    return found is not None and found.alone and found.bare is not None


def _is_of_box(line: str) -> bool:
    """Return whether a line without a label is one of a box: a day, a number of pages, an address."""
    if len(line) > _LONGEST // 2 or is_sentence(line):
        return False
    told = _COUNTED.fullmatch(line) or day_of(line) or is_control(line) or _PERIOD.fullmatch(core(line))
    return bool(told) or any(shape.fullmatch(core(line)) for shape in (ADDRESS, _CONTACT))


def _may_be_paper(line: str) -> bool:
    """Return whether a line may be the name of a paper: a few words, no day, no section, no figures alone."""
    words = core(line).split()
    plain = 0 < len(words) <= 8 and not is_sentence(line) and not _COUNTED.fullmatch(line) and not day_of(line)
    named = any(c.isalpha() for c in line) and not all(word in SECTIONS for word in words)
    return plain and named and not is_control(line) and _PERIOD.fullmatch(core(line)) is None


def day_of(words: str) -> str:
    """Return the first day that these words give, in ISO 8601; "" where they give none.

    >>> day_of("Du 13 au 19 JAN 25"), day_of("lundi 13 janvier 2025"), day_of("13 rue du Four")
    ('2025-01-13', '2025-01-13', '')
    """
    if found := _RANGE.search(words):
        year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
        words = f"{found['d']} {found['m'] or found['last']} {year}"
    day = read_date(words, "fr")
    return day.isoformat() if day else ""
