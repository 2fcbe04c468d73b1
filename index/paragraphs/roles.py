"""What is each line to the article: its body, a heading, its title, or furniture? Pure, linear."""

from __future__ import annotations

import re
from collections import Counter

from index.language import fold
from index.paragraphs.furniture import core, is_furniture, is_related
from index.paragraphs.layout import Unit, ended
from index.paragraphs.wording import NETWORKS, SECTIONS

BODY, HEADING, TITLE, FURNITURE = "body", "heading", "title", "furniture"

_LONGEST_HEADING = 90
_LONGEST_QUESTION = 130
_LONGEST_TITLE = 220
_MOST_LINKS = 12
_LONGEST_LIST = 200
_VALUE = re.compile(r"(?<!\d):\s*[<>~≈+±-]?\s?\d")
_CONTENTS = re.compile(r"sommaire|contents|matieres|cet article|this article")
_CELLS = re.compile(r"\s\|\s|\t")
_LABEL = re.compile(
    r"(?:les |the |nos |our )?(?:principaux|principales|points?|faits?|infos?|informations?|chiffres?|idees?|elements?"
    r"|key|main|fast|quick)(?: \w+)? ?(?:renseignements?|points?|facts?|cles?|essentiels?|forts?|takeaways?|figures"
    r"|marquants?|lecons?|principaux|principales|elements|a retenir|findings|developments|numbers)?(?: .{0,20})?"
    r"|ce qu'il faut (?:savoir|retenir)|what (?:you need )?to know|a retenir|l'essentiel|en bref|en resume|in brief"
    r"|at a glance|highlights?|takeaways?|summary|resume|synthese|abstract|chapo|introduction|conclusion|contexte"
    r"|context|background|analyse|analysis|sources?|notes?|references?|bibliographie|annexes?|overview"
)


def roles(text: str, lines: list[Unit], *, language: str, title: str) -> list[tuple[Unit, str]]:
    """Return each unit with its role; where nothing but furniture would be left, short lines count as body."""
    spoken = [text[unit.start : unit.end] if unit.end - unit.start <= 800 else "" for unit in lines]
    found = [FURNITURE if line and is_furniture(line, language=language) else BODY for line in spoken]
    prose = [i for i, unit in enumerate(lines) if found[i] == BODY and _is_prose(text, unit)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    for i in (*range(first), *range(last + 1, len(lines))) if prose else ():
        if 0 < len(spoken[i]) <= 60 and is_furniture(spoken[i], language=language, edge=True):
            found[i] = FURNITURE
    _mark_lists(text, lines, spoken, found, first)
    _mark_footer(spoken, found, last)
    _mark_title(spoken, found, first, title)
    _mark_headings(text, lines, found)
    return list(zip(lines, found, strict=True))


def heading_like(text: str, unit: Unit) -> bool:
    """Return whether the unit looks like a heading: short, without final punctuation, capitalised."""
    length = unit.end - unit.start
    if unit.marker == "#":
        return length <= _LONGEST_TITLE
    if unit.marker == "-" or length > _LONGEST_QUESTION:
        return False
    line = text[unit.start : unit.end]
    if line[-1] == "?":
        return line[0] not in '«“"'
    if length > _LONGEST_HEADING or ended(text, unit.end, ".!…;,") or _VALUE.search(line) or _CELLS.search(line):
        return False
    first = line.lstrip("«“‘\"'([ \u00a0\u202f¿¡*_")[:1]
    return len(line.split()) <= 15 and (first.isdigit() or (first.isalpha() and not first.islower()))


def row_like(text: str, unit: Unit) -> bool:
    """Return whether the unit, if body, may be a row among others: short and without final punctuation."""
    return not unit.marker and unit.end - unit.start <= 120 and not ended(text, unit.end, ".!?…")


def is_label(line: str) -> bool:
    """Return whether the line is the name of a part that any article may have: "Key points", "L'essentiel"."""
    return len(line) <= 60 and _LABEL.fullmatch(core(line)) is not None


def closes_with_bullets(text: str, heading: str, before: Unit, unit: Unit) -> bool:
    """Return whether the heading served the bullets that end at `before` and no longer the paragraph `unit`."""
    return before.marker == "-" and unit.marker != "-" and not row_like(text, unit) and is_label(heading)


def same_words(one: str, other: str) -> bool:
    """Return whether two titles are the same words, the site's name at the end of one of them aside."""
    a, b = (" ".join(re.findall(r"\w+", fold(title[:400]))) for title in (one, other))
    short, long = sorted((a, b), key=len)
    return bool(short) and (short == long or (len(short) >= 25 and long.startswith(short + " ")))


def _is_prose(text: str, unit: Unit) -> bool:
    """Return whether the unit is surely a paragraph, if it is no furniture."""
    length = unit.end - unit.start
    return length > 250 or (length >= 80 and ended(text, unit.end, ".!?…"))


def _mark_lists(text: str, lines: list[Unit], spoken: list[str], found: list[str], first: int) -> None:
    """Mark the links that follow "À lire aussi :", the entries of a table of contents, and the words of a menu."""
    i = 0
    while i < len(lines):
        if i > first and found[i] == FURNITURE and is_related(spoken[i]):
            stop = _end_of_links(text, lines, found, i + 1)
            found[i + 1 : stop] = [FURNITURE] * (stop - i - 1)
            i = max(stop, i + 1)
        else:
            i += 1
    contents = next(
        (i for i, role in enumerate(found) if role == FURNITURE and _CONTENTS.search(core(spoken[i]))), None
    )
    if contents is not None:
        _mark_contents(text, lines, spoken, found, contents)
    _mark_menus(spoken, found)


def _mark_contents(text: str, lines: list[Unit], spoken: list[str], found: list[str], at: int) -> None:
    """Mark the entries of the table of contents that begins at `at`: lines that come again as headings."""
    seen = Counter(core(line) for line in spoken if 0 < len(line) <= _LONGEST_TITLE)
    for i in range(at + 1, len(spoken)):
        entry = core(spoken[i])
        if seen[entry] < 2 or not heading_like(text, lines[i]):
            break
        seen[entry] -= 1
        found[i] = FURNITURE


def _end_of_links(text: str, lines: list[Unit], found: list[str], start: int) -> int:
    """Return where the titles of other articles end that begin at `start`.

    Where a paragraph of the article follows, a last title set apart by a blank line is that paragraph's heading.
    """
    at = start
    while at < min(len(lines), start + _LONGEST_LIST) and _link_like(text, lines[at], found[at]):
        at += 1
    if at == len(lines) or found[at] == FURNITURE:
        return at
    at = min(at, start + _MOST_LINKS)
    return at - 1 if at - start >= 2 and lines[at - 1].gap else at


def _link_like(text: str, unit: Unit, role: str) -> bool:
    """Return whether the unit may be the title of another article."""
    length = unit.end - unit.start
    return role == FURNITURE or (length <= 160 and unit.marker != "#" and not ended(text, unit.end, ".;:"))


def _mark_menus(spoken: list[str], found: list[str]) -> None:
    """Mark runs of three and more lines of one to three words of which at least half are words of a menu."""
    i = 0
    while i < len(spoken):
        start, links = i, 0
        while i < len(spoken) and spoken[i] and len(spoken[i]) <= 30 and len(words := core(spoken[i]).split()) <= 3:
            links += all(word in SECTIONS or word in NETWORKS for word in words)
            i += 1
        if i - start >= 3 and 2 * links >= i - start:
            found[start:i] = [FURNITURE] * (i - start)
        i = max(i, start + 1)


def _mark_footer(spoken: list[str], found: list[str], last: int) -> None:
    """Mark, after the article's last paragraph and some furniture, the labels of outlets and networks."""
    footer = False
    for i in range(last + 1, len(spoken)):
        footer = footer or found[i] == FURNITURE
        words = core(spoken[i]).split()
        label = 0 < len(words) <= 6 and not any(c.isdigit() for c in spoken[i])
        if footer and label and any(word in SECTIONS or word in NETWORKS for word in words):
            found[i] = FURNITURE


def _mark_title(spoken: list[str], found: list[str], first: int, title: str) -> None:
    """Mark the lines at the top that repeat the title; elsewhere it is a heading like any other."""
    if not title:
        return
    for i, line in enumerate(spoken[:first]):
        if found[i] == BODY and 0 < len(line) <= _LONGEST_TITLE and same_words(line, title):
            found[i] = TITLE
    if BODY not in found:
        found[:] = [BODY if role == TITLE else role for role in found]


def _mark_headings(text: str, lines: list[Unit], found: list[str]) -> None:
    """Mark the headings: lines that look like one and stand above a paragraph or a bullet.

    Of three and more such lines in a row at most the last is a heading; the others are a list or a table.
    """
    i = 0
    while i < len(lines):
        run = []
        while i < len(lines) and (found[i] != BODY or heading_like(text, lines[i])):
            run += [i] if found[i] == BODY else []
            i += 1
        if i < len(lines) and run:
            for j in _headings_of(text, lines, run):
                found[j] = HEADING
        i += 1


def _headings_of(text: str, lines: list[Unit], run: list[int]) -> list[int]:
    """Return which of these heading-like units in a row are headings of the paragraph below them."""
    marked = [i for i in run if lines[i].marker == "#"]
    numbered = {i for i in run if lines[i].marker == "1"}
    plain = [i for i in run if not lines[i].marker or (i in numbered and not {i - 1, i + 1} & numbered)]
    if len(plain) > 2:
        last = lines[plain[-1]]
        plain = plain[-1:] if last.gap or is_label(text[last.start : last.end]) else []
    return marked + plain
