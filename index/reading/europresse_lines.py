"""Which article do the lines of an export of Europresse (Eureka) make, as PDF, RTF, Word or pasted text give them?

The number of the document, "news·20230314·CN·001", closes an article. Above its title stand the paper and the day, in
one line or in several, or the box of the PDF: "Nom de la source", "Type de source", "Le Courrier • p. 4 • 812 mots".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from index.paragraphs.datelines import MONTHS, read_date, read_dateline
from index.paragraphs.mastheads import read_masthead
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.europresse import end_of, start_of
from index.reading.europresse_fields import text_of

END = re.compile(r"(?:.{0,60}[:\s])?news[·•.-](?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)[·•.-]\S+", re.IGNORECASE)
_DOTS = re.compile(r"(?P<outlet>[^•]{2,80}?) • (?:[^•]{1,60} • )*?(?P<length>[\d\s]+ (?:mots|words))", re.IGNORECASE)
_UNDER_NAME = re.compile(
    r"(?:(?P<section>[^\d,;:()|•]{2,40}), )?(?:[^\W\d]{3,9},? )?"
    rf"(?:\d{{1,2}}(?:er)? (?:{MONTHS}) \d{{4}}|(?:{MONTHS}) \d{{1,2}}, \d{{4}})"
    r"(?P<more>(?: [-–] \d{1,2}[:h]\d\d[^,]{0,12}?)?(?:,? \d[\d\s]{0,6} (?:mots|words))?(?:, pp?\. ?[\w, -]{1,20})?)",
    re.IGNORECASE,
)
"""The header as the page of the database prints it under the name of the paper: section, day, length, page."""
_HEAD = re.compile(
    rf"(?:(?!.*\b(?:certificat|certificate|[ée]mis|issued)\b)[^.!?]{{2,70}}?[,;|•–-] ?)?(?:[^\W\d]{{3,9}},? )?"
    rf"(?:\d{{1,2}}(?:er)? (?:{MONTHS}) \d{{4}}|(?:{MONTHS}) \d{{1,2}}, \d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
    r"(?:[\s,;|•–-]+(?:\d{1,2} ?[:h] ?\d\d|\d[\d\s]{0,6} (?:mots|words)|pp?\. ?[\w-]{1,12}(?:[, ]+[\w-]{1,6})?"
    r"|[ée]dition .{2,30}))*",
    re.IGNORECASE,
)
ISSUE = re.compile(r",? n[o°º]\.? ?\d+.*$")
LABEL = re.compile(
    r"(?:nom de la source|type de source|p[ée]riodicit[ée]|couverture g[ée]ographique|provenance|source name"
    r"|source type|periodicity|geographical coverage|origin)\b\s*:?\s*(?P<value>.*)",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:nom de la source|source name)\b", re.IGNORECASE)
WORDS = (
    r"documents? (?:sauvegard[ée]s|s[ée]lectionn[ée]s?)|saved documents|\d+ documents?|europresse(?:\.com)?"
    r"|tous droits r[ée]serv[ée]s (?:à|aux) (?:l['’])?[ée]diteurs?(?: (?:du|des) documents?)?"
    r"|all rights reserved to the publishers?(?: of the documents?)?|table of contents"
    r"|document \d{1,4} (?:de|sur|of) \d{1,4}|sommaire|table des mati[èe]res"
)
"""A pattern of what stands at the edges of the pages of an export."""
RUNNING = re.compile(
    rf"{WORDS}|page \d+.*|\d{{1,3}}|(?:ce|le pr[ée]sent) document est r[ée]serv[ée].*|services? fournis? par.*",
    re.IGNORECASE,
)
_NEAR = 45
"""Days between the header of a monthly and the number of its document, at most."""
_PROSE = 40
"""Characters of a line that ends a sentence, if it is of the text and not of a cover or a list of contents."""
_AUTHOR = re.compile(r"(?:par )?[^\W\d_][\w.'’-]+(?:(?:, |[ -])[^\W\d_][\w.'’-]*){1,5}(?:,? (?:et|avec) .{3,50})?")
_BEFORE_MORE = frozenset(
    "de du des d' la le les l' un une et ou à au aux en dans par pour sur sous avec sans chez vers entre contre que "
    "qui dont ne se sa son ses leur leurs ce cet cette ces nos vos the of a an and or to in on at by for with from "
    "its their his her is are".split()
)
"""Words after which a title goes on."""
ALSO_IN = re.compile(
    r"(?:(?:cet )?(?:article|document) )?(?:aussi|[ée]galement|also) (?:est |a [ée]t[ée] )?"
    r"(?:paru|publi[ée]|diffus[ée]|disponible|published|appeared|available)e?s?\b.{0,30}",
    re.IGNORECASE,
)
"""What stands above the other papers that had an article, each with its day."""
_EMAIL = re.compile(r"[\s(<,;]*[\w.+-]+@[\w.-]+\.\w+[)>]*")
_MOST_RIGHTS, _MOST_EXCERPT = 16, 4
"""Lines of the rights under an article, and of an excerpt in a list of contents, at most."""
_WRAPPED_RIGHTS = re.compile(
    r"(?:©|\(c\)).{0,120}?(?:tous droits r[ée]serv[ée]s|all rights reserved)\.?(?: (?:le pr[ée]sent document"
    r"|the present document).{0,300})?",
    re.IGNORECASE,
)


def of_lines(lines: Sequence[str]) -> Extract | None:
    """Return the article that these lines make, the last of which holds the document's number if it is whole."""
    number = END.fullmatch(lines[-1].strip()) if lines else None
    kept = [line.strip().lstrip("#- ").strip() for line in (lines[:-1] if number else lines)]
    kept = kept[start_of(kept) :]
    kept = [line for line in kept[: _end(kept)] if not RUNNING.fullmatch(line)]
    outlet, kept = _without_box(kept[_above_box(kept) :])
    place, day, named = _header(kept)
    if place is None:
        return None
    above = [line for line in kept[max(0, place - 3) : place] if line]
    outlet = outlet or named or (above[-1] if above and len(above[-1]) < 60 else "")
    title, author, body = parts_of(kept[place + 1 :])
    if not title and not body:
        return None
    body, link = text_of(body)
    fallback = f"{number['y']}-{number['m']}-{number['d']}" if number else ""
    return Extract(
        normalise("\n".join(body).strip() or title),
        title=title,
        published=day.isoformat() if day and _is_near(day, fallback) else fallback,
        outlet=ISSUE.sub("", outlet),
        author=re.sub(r"^par ", "", author, flags=re.IGNORECASE),
        url=link,
    )


def _end(lines: Sequence[str]) -> int:
    """Return where an article ends: above the rights under it, whose lines a narrow column may break anywhere."""
    end = end_of(lines, 2)
    for place in range(end - 1, max(1, end - _MOST_RIGHTS), -1):
        if lines[place].startswith(("©", "(c)")):
            rights = " ".join(line for line in lines[place:end] if line)
            return place if _WRAPPED_RIGHTS.fullmatch(rights) else end
    return end


def _above_box(lines: Sequence[str]) -> int:
    """Return where the name of the paper stands above the box of a PDF, under which nothing is of a cover; else 0."""
    box = next((n for n in reversed(range(len(lines))) if NAME.match(lines[n])), 0)
    return max(0, box - 1)


def _is_near(day: date, numbered: str) -> bool:
    """Return whether a day is about that of the document's number, and not the one on which it was exported."""
    appeared = read_date(numbered, "fr")
    return appeared is None or abs((day - appeared).days) <= _NEAR


def _without_box(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the name of the source that the box of a PDF gives, and the lines without that box."""
    outlet, kept, wanted = "", list[str](), False
    for line in lines:
        found = LABEL.fullmatch(line)
        if found:
            wanted = not found["value"]
            outlet = found["value"] or outlet if NAME.match(line) else outlet
            named = bool(NAME.match(line)) and wanted
            continue
        if wanted and line:
            outlet, wanted = (line if named else outlet), False
            continue
        kept.append(line)
    return outlet, kept


def _header(lines: Sequence[str]) -> tuple[int | None, date | None, str]:
    """Return where the header of an article ends, its day and its outlet; of several the last, but for a dateline."""
    place, day, outlet = None, None, ""
    for number, line in enumerate(lines):
        if place is not None and len(line) >= _PROSE and line[-1] in ".!?" and not line.endswith("..."):
            break
        dots = _DOTS.fullmatch(line)
        masthead = None if dots else read_masthead(line, "fr")
        dateline = None if dots or masthead else read_dateline(line, "fr")
        if dots:
            place, outlet = number, dots["outlet"].strip()
            day = read_date(line, "fr") or day
        elif (under := _UNDER_NAME.fullmatch(line)) and (under["section"] or under["more"]) and _names(lines, number):
            place, day, outlet = number, read_date(line, "fr"), _above(lines, number)
        elif masthead and masthead.alone and masthead.outlet != "AFP":
            place, day, outlet = number, masthead.day, masthead.outlet
        elif dateline and dateline.bare and dateline.alone:
            place, day, outlet = number, dateline.bare, outlet if place == number - 1 else ""
    return place, day, outlet


def is_head(line: str) -> bool:
    """Return whether a line is the header of an article: its day, with the section before it, or its length, its page.

    >>> is_head("Région, lundi 18 septembre 2023 136 mots, p. 4"), is_head("le 18 septembre 2023 à la Ville à des fins")
    (True, False)
    """
    told = _HEAD.fullmatch(line)
    return told is not None or _UNDER_NAME.fullmatch(line) is not None or _DOTS.fullmatch(line) is not None


def _above(lines: Sequence[str], place: int) -> str:
    """Return the line above one, or the one over it where a page leaves a gap between them."""
    return next((line for line in reversed(lines[max(0, place - 2) : place]) if line), "")


def _names(lines: Sequence[str], place: int) -> bool:
    """Return whether the line above a header is the name of a paper: short, no sentence, and without a day."""
    above = ISSUE.sub("", _above(lines, place))
    return 1 < len(above) < 60 and above[-1] not in ".!?:;," and read_date(above, "fr") is None


def parts_of(lines: Sequence[str], listed: str = "") -> tuple[str, str, list[str]]:
    """Return the title, the author and the lines of the text under a header; `listed` are the titles that are known."""
    rest = list(lines)
    while rest and not rest[0]:
        rest.pop(0)
    if not rest:
        return "", "", []
    title = rest.pop(0)
    while rest and rest[0] and _is_of_title(title, rest[0], listed):
        title = f"{title} {rest.pop(0)}"
    while rest and not rest[0]:
        rest.pop(0)
    author = author_of(rest[0]) if len(rest) > 1 else ""
    if author:
        rest.pop(0)
    return title, author, rest


def _is_of_title(title: str, line: str, listed: str) -> bool:
    """Return whether a line goes on with a title, as the list of contents has it, else by its words.

    The number of a page may stand anywhere among the lines of the list, which may have the first words of the text.
    """
    if f"{title} {line}" in listed.replace("\n", " "):
        return _goes_on(title, line) or not _is_above_excerpt(title, listed)
    known, whole = _letters_of_list(listed), _letters(f"{title} {line}")
    told = _letters(title) in known and bool(known)
    return _goes_on(title, line) and (not told or line[0].islower() or whole in known)


def _is_above_excerpt(title: str, listed: str) -> bool:
    """Return whether a title ends a line of the list above the first words of its text, which break off."""
    under = f"{listed}\n".partition(f"\n{title}\n")[2].split("\n")[:_MOST_EXCERPT]
    cut = next((n for n, line in enumerate(under) if line.endswith(("...", "…"))), None)
    return cut is not None and not any(read_date(line, "fr") and len(line) < _PROSE for line in under[:cut])


def _letters(words: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", words))


_letters_of_list = lru_cache(1)(_letters)
"""The same, of the list that every article of an export has."""


def author_of(line: str) -> str:
    """Return the author whom a line names and nothing else, with "Par" or without, or "".

    >>> author_of("Luc Fabre, à Lormeaux"), author_of("Par Anne Le Goff, anne@jour.example"), author_of("Le pont ouvre")
    ('Luc Fabre, à Lormeaux', 'Par Anne Le Goff', '')
    """
    first = _EMAIL.sub("", line).strip()
    named = 0 < len(first) < 60 and _AUTHOR.fullmatch(first) is not None
    capital = first.startswith("Par ") or all(word[0].isupper() for word in first.split() if len(word) > 3)
    return first if named and capital else ""


def _goes_on(title: str, line: str) -> bool:
    """Return whether a title goes on in the line under it: in mid-sentence, or after a word that ends none."""
    if not line or len(title) >= 200 or title[-1:] in ".!?…":
        return False
    if len(line) >= _PROSE and line[-1] in ".!?":
        return False
    return line[0].islower() or title[-1] in ",:;(«-–—" or title.split()[-1].lower() in _BEFORE_MORE
