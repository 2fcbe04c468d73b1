"""What are the title, the publication date and the language of an article that does not declare them?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.language import SNOWBALL, detect, fold, is_plainly
from index.paragraphs.datelines import Dateline, read_dateline
from index.paragraphs.furniture import core, is_furniture
from index.paragraphs.layout import Unit, ended, units
from index.paragraphs.mastheads import Masthead, read_masthead
from index.paragraphs.roles import is_label
from index.paragraphs.wording import SECTIONS

LANGUAGES = ("fr", "en", *sorted(set(SNOWBALL) - {"fr", "en", "yi"}))
"""The languages told apart in a document: those of Snowball that the detector knows."""

_SAMPLE = 1500
_BRIEF, _FEW = 80, 300
"""Under so many characters French and English are told apart by single words, and other languages by a second look."""
_LARGE = 10_000
"""People of a town that a line may name as the place of an article."""
_HEAD = 6000
"""A title stands among this many characters from the start of the text."""
_TOP, _BOTTOM, _BARE = 25, 12, 8
"""Datelines are looked for among so many lines from the top and from the bottom; without a marker, so many."""
_END, _SHORT = 900, 2500
"""A notice that the rest is for subscribers stands among so many characters from the end; a teaser is so short."""
_CLOSED = re.compile(
    r"il vous reste (?:à lire )?\d+ ?% (?:de cet article|à lire|à découvrir)"
    r"|(?:la suite|l['’]int[ée]gralit[ée]|le reste)(?: de (?:cet|l['’]) ?article)? est (?:r[ée]serv[ée]e?|accessible)"
    r"|(?:cet |l['’])?(?:article|contenu) (?:est )?(?:exclusivement |enti[èe]rement )?r[ée]serv[ée]"
    r" (?:aux|à nos) abonn[ée]s"
    r"|pour (?:lire|d[ée]couvrir|acc[ée]der à) la suite"
    r"|subscribe (?:now )?to (?:continue|keep) reading|to (?:continue|keep) reading(?: this (?:article|story))?,? "
    r"|this (?:article|story|content) is (?:for|only for|reserved for|available (?:only )?to)"
    r" (?:our )?(?:subscribers|members)"
    r"|\d+ ?% of (?:this|the) (?:article|story) (?:is )?(?:left|remains)",
    re.IGNORECASE,
)
_HINTS = ("abonn", "subscri", "reading", "il vous reste", "la suite", "member", "read more", "[…]", "[...]", " % of ")
"""Each notice holds one of these."""
_TEASED = re.compile(
    r"r[ée]serv[ée]e? (?:aux|à nos) abonn[ée]s|d[ée]jà abonn[ée]e? ?\?|lire la suite\W*$|already a subscriber"
    r"|subscribers? only|read more\W*$|continue reading\W*$|\[(?:…|\.\.\.)\]\W*$",
    re.IGNORECASE,
)
_ABOVE, _OF_PAPER, _STEM = 4, 6, 6
"""Lines of an article under the name of its paper, and words of that name; letters by which words are compared."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME = (
    r"(?:[A-ZÀ-ÝŒ][\w.'’-]*|et|and|avec|with|de|du|des|d['’]|la|le|à|in|the|for|von|van|el|al|pour|correspondant\w*)"
)
_BYLINE = re.compile(rf"(?:[Pp]ar|PAR|[Bb]y|BY)\s+(?P<who>(?:{_NAME})(?:[,;&]? (?:{_NAME}|&)){{0,14}})")
_EXPLICIT = re.compile(r"(?:titre|title)\s*:\s*(?P<title>\S.{2,250})", re.IGNORECASE)


def language_of(text: str) -> str:
    """Return the language of a document (ISO 639-1).

    A short text is French or English, which facts are read in, unless it is plainly in another language. The words of a
    few lines are repeated: under 120 letters the detector would load twenty seconds' worth of models.
    """
    middle = max(0, (len(text) - _SAMPLE) // 2)  # a page begins and ends with the menus of its site
    sample = text[middle : middle + _SAMPLE]
    words = " ".join(_WORD.findall(sample))
    if not words:
        return LANGUAGES[0]
    found = detect(" ".join([words] * (1 + 1000 // len(words))), LANGUAGES)
    if found in LANGUAGES[:2]:
        return found if len(sample) >= _BRIEF else detect(sample)
    return found if len(sample) >= _FEW or is_plainly(sample, found) else detect(sample)


def title_of(text: str) -> str:
    """Return the first title-like line before the first paragraph, or "" where there is none.

    A title is a line of its own, short, without a full stop, of three words or more; never furniture, a dateline, a
    byline, a bullet, or the name of a part such as "Key points".
    """
    head = text[: text.rfind("\n", 0, _HEAD) if len(text) > _HEAD and "\n" in text[:_HEAD] else _HEAD]
    short, paper = "", paper_above(text)
    for unit in units(head):
        line = " ".join(head[unit.start : unit.end].split())
        explicit = _EXPLICIT.fullmatch(line)
        if explicit:
            return explicit["title"]
        if _is_paragraph(head, unit):
            break
        if unit.marker in ("-", "1") or is_furniture(line) or is_label(line) or not any(c.isalpha() for c in line):
            continue
        line = line.strip("*_#= ")
        if line == paper:
            continue
        words = core(line).split()
        if unit.marker == "#" or (len(words) >= 3 and line[-1] not in ",;:"):
            return line
        if not short and len(words) == 2 and line[0].isupper() and not set(words) & SECTIONS:
            short = line
    return short


def paper_above(text: str) -> str:
    """Return the name of a paper that stands alone above the day and the title of its article; "" where none does.

    >>> paper_above("The Hill Herald\\n3 May 2024\\nSnow closes the pass\\nThe pass is closed by snow until Monday.")
    'The Hill Herald'

    A title is told from it by its words: the text repeats some of them, and none of a paper's.
    """
    lines = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()]
    if len(lines) < _ABOVE:
        return ""
    name, title = (line.strip("*_#= ") for line in (lines[0], lines[2]))
    words = _WORD.findall(name)
    named = 0 < len(words) <= _OF_PAPER and all(word[0].isupper() for word in words if len(word) > 3)
    if not named or any(c.isdigit() for c in name) or ended(name, len(name), ".;,:!?") or len(core(title).split()) < 3:
        return ""
    dateline = read_dateline(lines[1], "fr")
    if dateline is None or not dateline.bare or not dateline.alone or ended(title, len(title), "."):
        return ""
    body = _content(" ".join(lines[3:]))
    return name if not _content(name) & body and _content(title) & body else ""


def _content(text: str) -> set[str]:
    """Return the words of a text that say something, cut so that their endings do not count."""
    return {fold(word)[:_STEM] for word in _WORD.findall(text) if len(word) > 3}


def byline_of(line: str) -> str:
    """Return the names of a byline, "" for any other line.

    >>> byline_of("Par Anne Le Goff"), byline_of("Par temps de pluie")
    ('Anne Le Goff', '')
    """
    found = _BYLINE.fullmatch(line[:200].strip(" .|"))
    return found["who"] if found and found["who"][0].isupper() else ""


def _is_paragraph(text: str, unit: Unit) -> bool:
    """Return whether the article's text begins here."""
    length = unit.end - unit.start
    if unit.marker == "#":
        return False
    return length > 220 or (ended(text, unit.end, ".;,") and not is_furniture(text[unit.start : unit.end]))


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines around an article give: the days of its publication and of its last change, its outlet."""

    published: date | None = None
    updated: date | None = None
    outlet: str = ""


def header_of(text: str, language: str) -> Header:
    """Return what the article's datelines and mastheads give.

    A date marked "published" counts first, then a dateline without a marker near the top, then one marked "updated". An
    article cannot have been updated before it was published: where the dateline without a marker is later than the
    update, it is the day on which the page was saved, and the update's date counts.
    """
    found: list[tuple[int, Dateline]] = []
    mastheads: list[Masthead] = []
    for place, line in enumerate(_ends(text)):
        dateline = read_dateline(line, language)
        if dateline is not None:
            found.append((place, dateline))
        if place < _BARE and (masthead := read_masthead(line, language)) and not _is_title(masthead, line, text):
            mastheads.append(masthead)
    marked = next((d.published for _, d in found if d.published), None)
    bare = next((m.day for m in mastheads), None) or next((d.bare for p, d in found if d.bare and p < _BARE), None)
    updated = next((d.updated for _, d in found if d.updated), None)
    published = marked or (min(bare, updated) if bare and updated else bare or updated)
    return Header(published, updated, _outlet(mastheads) or paper_above(text))


def outlet_of(text: str, language: str) -> str:
    """Return the outlet that `header_of` gives, "" where there is none."""
    lines = _ends(text)[:_BARE]
    told = ((read_masthead(line, language), line) for line in lines)
    return _outlet([m for m, line in told if m and not _is_title(m, line, text)]) or paper_above(text)


def _outlet(mastheads: Sequence[Masthead]) -> str:
    return next((m.outlet for m in mastheads if m.outlet and not (m.may_be_place and is_town(m.outlet))), "")


def _is_title(masthead: Masthead, line: str, text: str) -> bool:
    """Return whether what looks like a paper and its day tells what the article is about: "Trial of Jean Roy, 3 May".

    All its words stand in the text below it, where there is no other title.
    """
    words = _content(masthead.outlet)
    if len(words) < 2 or line not in text:
        return False
    below = text[text.index(line) + len(line) :]
    return words <= _content(below[:_HEAD]) and title_of(below) == ""


def is_town(name: str) -> bool:
    """Return whether a word is the name of a large town: "Lille - mardi 14 mars 2023" names no paper."""
    from index.facts.towns import towns_named

    return any(town.people >= _LARGE for town in towns_named(name))


def is_partial(text: str) -> bool:
    """Return whether a text says at its end that it goes on elsewhere: for subscribers, or behind a link."""
    end = " ".join(text[-_END:].split())
    lower = end.lower()
    if not any(word in lower for word in _HINTS):
        return False
    return _CLOSED.search(end) is not None or (len(text) < _SHORT and _TEASED.search(end) is not None)


def _ends(text: str) -> list[str]:
    """Return the first and the last lines of the text that are not blank, each cut to 300 characters."""
    head = [line.strip()[:300] for line in text[:20_000].split("\n") if line.strip()]
    tail = [line.strip()[:300] for line in text[-6000:].split("\n")[len(text) > 6000 :] if line.strip()]
    return head[:_TOP] + tail[-_BOTTOM:]
