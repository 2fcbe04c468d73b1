"""Does somebody pass on in a letter an article of a paper, under its paper and day, and who only answers such a letter?

"Bonjour, ci-dessous l'article de samedi." above "SUD OUEST - Samedi 5 novembre 2011 - Page 18", the title and the text;
under it the greeting and the name of who sends it, and what the list adds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message

from index.language import fold
from index.paragraphs.datelines import read_dateline
from index.paragraphs.furniture import core
from index.paragraphs.mastheads import read_masthead
from index.reading.around import without_foot
from index.reading.clippings import article_of, is_between
from index.reading.contents import Extract
from index.reading.creditlines import Credit, bare, is_outlet, of_masthead, read_credit
from index.reading.europresse_lines import author_of
from index.reading.headers import byline_of, is_town
from index.reading.layouts import Head, is_title
from index.reading.letterwords import CLOSING
from index.reading.reviews import RULE
from index.reading.wirelines import is_sentence

_ABOVE, _MOST_ABOVE = 10, 500
"""Lines above the paper, and their characters, at most: more of them are what the letter itself says."""
_NEAR = 4
"""Lines under the title in which its text begins."""
_LEAST_OF_TEXT = 100
_LONGEST_ANSWER = 400
"""Characters of a letter that only answers another, at most."""
_QUOTES = re.compile(
    r"(?:le|on) .{6,80}\b(?:a [ée]crit|wrote) ?:|-+ ?(?:message d['’]origine|original message) ?-+", re.IGNORECASE
)
"""What stands above the letter that another answers."""
_RELEASE = re.compile(r"(?:communique|dossier) de (?:la )?presse\b|press release\b")
"""What says that a letter is its sender's own."""
_QUOTED = re.compile(r"^(?:> ?)+")
_ARTICLE = re.compile(r"(?:le|la|les|the|l['’])\s?\w", re.IGNORECASE)


def passed_on(text: str, subject: str, sender: str) -> tuple[Extract, bool] | None:
    """Return the article that a letter passes on, and whether something stands above it; None for any other letter."""
    lines = [_QUOTED.sub("", line) for line in text.split("\n")]
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line) and not is_between(line)]
    for place in range(min(_ABOVE, len(told))):
        credits, credit = _credit(lines, told[place : place + 2], subject)
        title = place + len(credits)
        if credit is None or not _is_headed(lines, told, place, title):
            continue
        head = Head(told[place], told[title], credits, credit, _end(lines, told[title]))
        said = article_of(_whole(lines, told[title]), head, sender)
        if said is not None and len(said.text) >= _LEAST_OF_TEXT:
            return _signed(said), place > 0
    return None


def _credit(lines: Sequence[str], at: Sequence[int], subject: str) -> tuple[tuple[int, ...], Credit | None]:
    """Return the lines that give a paper and a day, one or two, and what they give; the subject may name the paper."""
    first = bare(lines[at[0]])
    head = read_masthead(first, "fr")
    if head is not None and head.alone and head.outlet and not head.may_be_place:
        return (at[0],), of_masthead(head)
    said = read_credit(first)
    if said is not None and said.outlet and not is_town(said.outlet) and core(said.outlet) in core(subject):
        return (at[0],), said
    under = read_dateline(bare(lines[at[1]]), "fr") if len(at) > 1 and is_outlet(first) else None
    if under is None or not under.alone or not under.bare or is_town(first):
        return (), None
    named = _ARTICLE.match(first) is not None or core(first) in core(subject)
    return (tuple(at), Credit(first, under.bare)) if named else ((), None)


def _is_headed(lines: Sequence[str], told: Sequence[int], place: int, title: int) -> bool:
    """Return whether a title stands under a paper, and a text under that, and no other title above."""
    if title + 1 >= len(told) or not is_title(lines[told[title]]):
        return False
    above = [lines[n].strip() for n in told[:place]]
    greeted = sum(map(len, above)) <= _MOST_ABOVE and (
        not above or above[-1][-1] in ".!:,;)" or not is_title(above[-1])
    )
    if any(_RELEASE.match(core(line)) for line in above):
        return False
    prose = any(is_sentence(lines[n]) or len(lines[n]) > 60 for n in told[title + 1 : title + 1 + _NEAR])
    return greeted and prose


def _end(lines: Sequence[str], title: int) -> int:
    """Return where an article ends: above a line of signs under it, or the greeting of who sends it."""
    return next((n for n in range(title + 2, len(lines)) if _is_last(lines[n].strip())), len(lines))


def _is_last(line: str) -> bool:
    return bool(line) and (RULE.fullmatch(line) is not None or CLOSING.fullmatch(fold(line)) is not None)


def _whole(lines: Sequence[str], title: int) -> list[str]:
    """Return lines with a title on one that the width of a letter broke in two."""
    whole = list(lines)
    under = whole[title + 1].strip() if title + 1 < len(whole) else ""
    if under and not is_sentence(under) and not byline_of(under) and (under[0].islower() or len(whole[title]) > 60):
        whole[title : title + 2] = [f"{whole[title].rstrip()} {under}", ""]
    return whole


def _signed(said: Extract) -> Extract:
    """Return an article without the name of its author at its end, where it names none above."""
    above, _, last = said.text.rstrip().rpartition("\n\n")
    author = author_of(last.strip()) if above and "\n" not in last else ""
    if said.author or not author or len(author.split()) < 2:
        return said
    return replace(said, text=above.rstrip(), author=byline_of(author) or author)


def is_answer(message: Message, text: str) -> bool:
    """Return whether a letter only answers another, in a few words."""
    if not (message.get("In-Reply-To") or message.get("References")):
        return False
    kept: list[str] = []
    for line in without_foot(text).split("\n"):
        if _QUOTES.fullmatch(line.strip()):
            break
        kept += [] if line.startswith(">") else [line]
    return len(" ".join(" ".join(kept).split())) <= _LONGEST_ANSWER
