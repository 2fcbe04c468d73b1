"""Which lines of a letter, or of an entry of a feed, stand around its article: above it, under it, between its lines?

What a sender or a site says to its reader ("view in browser", "unsubscribe", "appeared first on") leaves only where it
stands by itself: as a line that says nothing else, or among the lines above or under the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.paragraphs.furniture import core, folds_of, is_furniture, reports, says_site
from index.paragraphs.roles import same_words
from index.reading.headers import byline_of
from index.reading.letterwords import ADDRESS, CONTROLS, ENDING, FIRST, FOOT, FOOT_LABELS, ISSUE, RIGHTS, SPEAKS
from index.reading.wirelines import is_sentence

_LINK = re.compile(r"[<(\[]?\s*(?:https?://|www\.|mailto:)[^\s<>()\]]+\s*[>)\]]?")
_PICTURE = re.compile(r"\[(?:image|cid|logo|photo)\b[^\]]{0,200}\]", re.IGNORECASE)
_LONGEST, _LONGEST_FOOT, _LONGEST_OF_SITE, _SHORT = 160, 420, 200, 60
_PARTED = re.compile(r"\s[|•·/]\s|[|•·]")
_SIGNATURE = re.compile(r"--|[-_*=—]{3,}")
_ENDS = re.compile(r"#{3}|(?:# ){2}#|[-–] ?30 ?[-–]|[-–*] ?(?:fin|ends?)(?: du communiqu[ée])? ?[-–*]", re.IGNORECASE)
"""What ends a press release, above whom to ask."""
_TAIL = 900
"""Characters at the end of an entry in which its site speaks."""
_MOST_OF_NAME = 6
"""Lines of the name of a sender and what he is, at most."""
_MOST_UNDER = 30
"""Lines under an article, at most."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join({"control": CONTROLS, "foot": FOOT, "label": FOOT_LABELS}[name]))


def _bare(line: str) -> str:
    """Return a line without its links and pictures."""
    linked = "http" in line or "www." in line or "mailto:" in line
    told = _LINK.sub("", line) if linked else line
    return (_PICTURE.sub("", told) if "[" in told else told).strip(" \t|•·:>→»*–—-")


def is_control(line: str) -> bool:
    """Return whether a line says nothing but where to go on: a link, or words that are one.

    >>> is_control("Voir dans le navigateur"), is_control("Lire la suite >"), is_control("Lire est un plaisir.")
    (True, True, False)
    """
    if not line.strip() or len(line) > 4 * _LONGEST:
        return False
    bare = _bare(line)
    if not any(c.isalnum() for c in bare):
        return any(c.isalnum() for c in line)
    if len(bare) > _LONGEST or (len(bare) > 60 and is_sentence(bare)):
        return False
    fits = _pattern("control").fullmatch
    return all(not (part := core(one)) or fits(part) is not None for one in _PARTED.split(bare))


def is_foot(line: str) -> bool:
    """Return whether a line is surely one of those under an article."""
    folded = core(line)
    raw = line.strip().lower()
    if not folded or len(folded) > _LONGEST_FOOT:
        return False
    if raw.startswith(("©", "(c)", "&copy;")) or RIGHTS.search(folded):
        return True
    if is_sentence(line) and (any(sign in line for sign in '«“"') or reports(folded)):
        return False
    return is_control(line) or _is_told(line, folded) or (_is_address(folded) and not is_sentence(line))


def _is_told(line: str, folded: str) -> bool:
    """Return whether a sender says this of the letter: in a sentence that speaks to its reader, or in a label."""
    if is_sentence(line):
        return SPEAKS.search(folded) is not None and _pattern("foot").search(folded) is not None
    return _pattern("foot").search(folded) is not None or _pattern("label").search(folded) is not None


def _is_to_many(line: str) -> bool:
    return is_control(line) or (len(line) <= _LONGEST_FOOT and _is_told(line, core(line)))


def _is_address(folded: str) -> bool:
    return len(folded) <= _LONGEST and ADDRESS.fullmatch(folded) is not None


def _may_be_foot(line: str) -> bool:
    """Return whether a line may stand among those under an article: short, without the end of a sentence."""
    bare = _bare(line)
    return len(bare) <= 90 and not is_sentence(bare)


def without_foot(text: str) -> str:
    """Return a letter without the lines of its sender under its articles."""
    lines = text.split("\n")
    return "\n".join(lines[: _end(lines)])


def of_letter(text: str, title: str, sender: str = "") -> tuple[str, str]:
    """Return the article of a letter without what stands around it, and its author if a line above it names one.

    >>> of_letter("Voir en ligne\\n\\nPar Anne Le Goff\\n\\nLe pont ouvre.\\n\\n-- \\nSe désabonner", "Un pont")
    ('Le pont ouvre.', 'Anne Le Goff')
    """
    whole = text.split("\n")
    lines = whole[: _end(whole)]
    lines = lines[: _signed(lines, sender)]
    start, kept, author = _begin(lines, title, sender)
    sent = any(map(_is_to_many, whole[len(lines) :]))  # who writes to one alone may ask him for an answer
    body = [*kept, *(line for line in lines[start:] if not (_is_around(line) if sent else is_control(line)))]
    if len(body) == len(whole) or not any(c.isalnum() for line in body for c in line):
        return text, ""
    return _squeezed(body), author


def _signed(lines: Sequence[str], sender: str) -> int:
    """Return where the sender of a letter signs it with his name, and what he is, at its end; else where that is."""
    told = [n for n, line in enumerate(lines) if line.strip()][-_MOST_OF_NAME:]
    for n in told[1:]:
        rest = [line for line in lines[n:] if line.strip()]
        if sender and core(lines[n]) == core(sender) and all(map(_may_be_foot, rest)):
            return n
    return len(lines)


def _squeezed(lines: Sequence[str]) -> str:
    """Return lines as a text, without the gaps that a line leaves that was taken out."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").rstrip()


def _end(lines: Sequence[str]) -> int:
    """Return where the lines end that are the article's: above those of the sender at the foot of the letter."""
    low = range(max(0, len(lines) - _MOST_UNDER), len(lines))
    signed = (
        n for n in low if lines[n].rstrip() == "--" or (_ENDS.fullmatch(lines[n].strip()) and _asks(lines[n + 1 :]))
    )
    end = cut = next(signed, len(lines))
    told = 0
    for place in range(end - 1, -1, -1):
        line = lines[place]
        bare = line.strip()
        if not bare:
            continue
        if _SIGNATURE.fullmatch(bare):
            cut = place if any(map(is_foot, lines[place:end])) else cut
        elif is_foot(line) or is_furniture(line, edge=True):
            cut = place
        elif not _may_be_foot(line):
            break
        elif cut == place + 1 and place and lines[place - 1].strip():
            cut = place if cut < end else cut
        told += 1
        if told > _MOST_UNDER:
            break
    return cut


def _asks(lines: Sequence[str]) -> bool:
    """Return whether these lines say whom to ask, or are those of a sender."""
    return any(map(is_foot, lines))


def _begin(lines: Sequence[str], title: str, sender: str) -> tuple[int, list[str], str]:
    """Return where the article begins, the title if it stands above, and its author."""
    kept: list[str] = []
    author = ""
    start = _titled(lines, title)
    for place, line in enumerate(lines):
        bare = line.strip()
        shown = bare.lstrip("#* ").strip()
        if not any(c.isalnum() for c in bare) or place < start or _is_above(line, shown, sender):
            continue
        if title and len(shown) < 300 and same_words(shown, title):
            kept = [line, ""]
        elif byline := byline_of(shown):
            author = author or byline
        else:
            return place, kept, author
    return len(lines), kept, author


def _titled(lines: Sequence[str], title: str) -> int:
    """Return where the title stands under short lines alone, which are not the article's; 0 where it does not."""
    for place, line in enumerate(lines[:_MOST_UNDER]):
        shown = line.strip().lstrip("#* ").strip()
        if title and 0 < len(shown) < 300 and same_words(shown, title):
            return place
        if len(shown) > _LONGEST or (len(shown) > _SHORT and is_sentence(shown) and not is_control(shown)):
            break
    return 0


def _is_above(line: str, shown: str, sender: str) -> bool:
    """Return whether a line stands above the article of a letter: a control, its sender, an issue, a day."""
    if len(shown) > _LONGEST:
        return False
    named = bool(sender) and core(shown) in (core(sender), core(sender.removeprefix("Alertes ")))
    foot = _is_told(shown, core(shown)) and not reports(core(shown))
    credit = is_furniture(shown, edge=True) and not byline_of(shown)
    return named or foot or is_control(line) or credit or ISSUE.fullmatch(core(shown)) is not None


def of_entry(text: str) -> str:
    """Return the text of an entry of a feed without what its site says under it, or between its lines.

    >>> of_entry("Le pont ouvre.\\n\\nThe post Un pont appeared first on Le Jour.")
    'Le pont ouvre.'
    """
    lines = [line for line in text.split("\n") if not _is_around(line)]
    while lines and (not lines[-1].strip() or is_furniture(lines[-1], edge=True)):
        lines.pop()
    told = _squeezed(lines)
    told = told[:-_TAIL] + ENDING.sub("", told[-_TAIL:])
    return told if any(c.isalnum() for c in told) else text


def of_record(text: str) -> str:
    """Return a text that was taken off a page without the lines of its site that stand between its own."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    kept = [line for line in lines if not _is_around(line)]
    return _squeezed(kept) if len(kept) < len(lines) and any(c.isalnum() for line in kept for c in line) else text


def _is_around(line: str) -> bool:
    if not line or len(line) > _LONGEST_FOOT or not any(c.isalnum() for c in line):
        return False
    if is_control(line):
        return True
    folded, bare = folds_of(line)
    return (len(line) <= _LONGEST_OF_SITE and says_site(folded, bare)) or FIRST.fullmatch(bare) is not None
