"""Where does each sentence start and end? Pure, linear in the length of the text.

A full stop ends a sentence unless something says otherwise: an abbreviation, an initial, a decimal, a lower-case
letter after it, or an open quotation. sentencex, the kept library for this, cuts French at "M.", "Mme.", "art." and
"J.-C.", so the rules stand here; they are few, and each looks at a bounded stretch on either side of the stop.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from index.language import fold

_TITLES = frozenset(
    "M MM Mr Mrs Ms Messrs Mme Mmes Mlle Mlles Mgr Dr Drs Pr Prof Me St Ste Rev Hon Gen Gén Col Maj Cap Capt Cmdt Cdt "
    "Lt Sgt Adm Amb Gov Sen Rep Pres Sec Supt Insp Bd Bld Av mr mrs mme mlle dr v vs e.g i.e p.ex cf av apr".split()
)
"""Abbreviations, as written, that something always follows; "il l'a vu de près." is not "Pres."."""

_NUMBERED = frozenset(
    "art n nos num p pp vol chap ch fig tab sect janv fév févr avr juil sept oct nov déc tel tél "
    "No Art Vol Chap Fig Sect Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
    "Mon Tue Wed Thu Fri Sat Sun Lun Mer Jeu Ven Sam Dim".split()
)
"""Abbreviations before a number, and words of their own otherwise: "art. 12", but "Il aime l'art. Il peint."."""

_FINAL = frozenset("etc inc ltd co corp jr sr bros cie plc al ibid env dept dépt bld".split())
"""Abbreviations that may end a sentence: they do where the next word begins one."""

_STARTERS = frozenset(
    """le la les l un une des il elle ils elles on ce cet cette ces c mais or et selon dans en au aux pour par sur avec
    sans apres avant depuis pendant lors si quand lorsque alors aussi ainsi cependant toutefois pourtant enfin puis tous
    toutes plusieurs aucun leur leurs son sa ses notre nos je nous vous d a the he she it they we i you but and in on at
    an this that these those there his her their our its after before while when if as for from with since according
    however meanwhile earlier later also both some many most no not what who why how""".split()
)
"""Folded words that begin a sentence and are seldom a name, so a capital on them tells."""

_PARTICLES = frozenset("le la les l de du des d".split())

# Stops, then what closes a quotation or a parenthesis. Possessive, and never from inside a run of stops: linear.
_STOP = re.compile(r"(?<![.!?…])[.!?…؟।۔]++(?:[ \u00a0\u202f]{0,2}+»|[”’\"'\)\]])*+(?=\s|[A-ZÀ-Þ«“]|$)")
_BREAK = re.compile(r"\n[^\S\n]*+\n|\n")
_QUOTED = re.compile(r"«[^«»]{1,400}»|“[^“”]{1,400}”|(?<![^\s(])\"(?=\S)[^\"\n]{1,400}\"(?!\w)")
_OPENERS = " \t\u00a0\u202f\u2009\n\r«»“”\"'’‘([{—–-•¿¡"
_WORD = re.compile(r"[^\W_]+")
_INITIAL = re.compile(r"(?:^|[\s(\[«“\"'’.-])[A-ZÀ-ÞŒ]$")
_ACRONYM = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.){1,6}[^\W\d_]$")
_LAST_WORD = re.compile(r"[^\W_]+(?:[.\u2019'-][^\W_]+)*$")


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return the offset pairs of the sentences, in order, trimmed; together they hold every character but white space.

    A blank line always ends a sentence; a single newline does after a line too short to have been wrapped.

    >>> text = "M. Macron a perdu 3.000 voix. « C'est peu. Très peu », a-t-il dit."
    >>> [text[start:end] for start, end in sentences(text, "fr")]
    ['M. Macron a perdu 3.000 voix.', "« C'est peu. Très peu », a-t-il dit."]
    """
    quotes = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    starts = [start for start, _ in quotes]

    def quoted(offset: int) -> bool:
        at = bisect_right(starts, offset - 1) - 1
        return at >= 0 and starts[at] < offset < quotes[at][1]

    stops = [m.end() for m in _STOP.finditer(text) if not quoted(m.end()) and _ends(text, m, language)]
    breaks = [m.start() for m in _BREAK.finditer(text) if _parts(text, m)]
    found = []
    start = 0
    for end in sorted({*stops, *breaks, len(text)}):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            found.append((left, right))
        start = end
    return found


def _parts(text: str, newline: re.Match[str]) -> bool:
    """Return whether a newline stands between two sentences rather than inside one."""
    if len(newline.group()) > 1:
        return True
    line = text.rfind("\n", max(0, newline.start() - 60), newline.start()) + 1
    if line == 0 and newline.start() > 60:
        return False
    following = text[newline.end() : newline.end() + 8].lstrip(_OPENERS)
    return newline.start() - line <= 60 and not following[:1].islower()


def _ends(text: str, stop: re.Match[str], language: str) -> bool:
    """Return whether the stop found ends a sentence."""
    after = text[stop.end() : stop.end() + 60]
    if not after.strip():
        return True
    lead = after.lstrip(" \t\u00a0\u202f\n")
    if lead[0] in ",;:)]»%" or (lead[0] in "–—" and "." in stop.group()):
        return False
    following = _WORD.search(after.lstrip(_OPENERS))
    word = following.group() if following else ""
    if word[:1].islower():
        return False
    if after[0] not in " \t\u00a0\u202f\n":  # "déclaré.Le ministre": glued by whoever copied it
        tail = text[max(0, stop.start() - 3) : stop.start()]
        glued = fold(word) in _STARTERS and tail.islower() and tail != "www"
        return glued or after[0] in "«“"
    return (
        stop.group()[0] != "."
        or len(stop.group().rstrip("»”’\"')] \u00a0\u202f")) > 1
        or _full_stop(
            text[max(0, stop.start() - 24) : stop.start()], word, closed=len(stop.group()) > 1, language=language
        )
    )


def _full_stop(before: str, word: str, *, closed: bool, language: str) -> bool:
    """Return whether a single full stop after `before` and ahead of `word` ends the sentence."""
    if closed:
        return True
    starter = fold(word) in _STARTERS
    if _ACRONYM.search(before):
        return starter
    last = _LAST_WORD.search(before)
    token = last.group() if last else ""
    if _INITIAL.search(before):
        title = token == "M" or (language == "fr" and fold(word) in _PARTICLES)
        return starter and not title and (not last or token.isupper())
    if token.lower() in _FINAL:
        return starter
    if token in _TITLES:
        return False
    if token in _NUMBERED or re.split("['’]", token)[-1] in _NUMBERED:
        return not word[:1].isdigit() and not re.fullmatch(r"[IVXLCDM]+", word)
    # "1. The context": a number that begins a sentence, alone before its stop, numbers an item; "Oct. 5." does not.
    ahead = before[: -len(token)].rstrip() if token.isdigit() and len(token) <= 2 else "-"
    if ahead and ahead[-1] not in ".!?:":
        return True
    earlier = _LAST_WORD.search(ahead.rstrip("."))
    return earlier is not None and earlier.group() in _NUMBERED
