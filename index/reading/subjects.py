"""What is the title in the subject of a letter, and the paper in the name of who sends it?

A part of a subject leaves only where it stands apart, in brackets before the title or behind a bar or a dash, and says
the name of the sender or of the letter and no other word, or where the text has the rest as a line of its own. Pictures
before and after a title leave, "Fwd:" and its like, and before a dash the number of an issue and the kind of a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from index.language import fold, is_stop_word
from index.paragraphs.furniture import core

_BRACKETED = re.compile(r"[\[【](?P<told>[^\[\]【】]{2,60})[\]】]\s*[-–—:|]?\s*(?P<rest>\S.*)", re.DOTALL)
_BEHIND = re.compile(r"(?P<rest>.*\S)\s+[|•·–—-]\s+(?P<told>[^|•·]{2,60})", re.DOTALL)
_BEFORE = re.compile(r"(?P<told>[^|•·:–—]{2,60}?)\s*(?:[|•·:]|\s[–—-])\s+(?P<rest>\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<rest>.*\S)\s+\((?P<told>[^()]{2,60})\)", re.DOTALL)
KIND = re.compile(
    r"(?:communiqu[ée]|dossier|revue|point) de (?:la )?presse\b.{0,40}|press (?:release|review)\b.{0,40}", re.IGNORECASE
)
"""What stands where a title may, and says of which kind a text is."""
_SHAPES = (_BRACKETED, _BEHIND, _BEFORE, _NUMBERED)
_ISSUE = re.compile(r".{0,50}(?:n[°ºo]\.? ?|num[ée]ro |issue |#|no\.? )\d{1,6}\W*", re.IGNORECASE)
_PASSED_ON = re.compile(r"\A(?:(?:re|tr|fwd?|r[ée]p) ?: *)+(?=\S)", re.IGNORECASE)
_SAYS = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)? (?:at|from|chez) (?P<paper>[A-ZÀ-Ý].{2,})")
_LETTER = frozenset(
    "lettre newsletter infolettre alerte alert alertes alerts brief briefing bulletin matinale quotidienne hebdo "
    "hebdomadaire edition info infos actu actus news agence agency redaction journal revue site web".split()
)
"""Words that the name of a sender may have and its letter not, or the other way round."""
_MOST_LINES = 30
_LEAST_WORDS, _LONGEST = 3, 200
"""Words of a title, small ones apart, that a heading says in full, at least, and characters of that, at most."""
_LEAST = 8
"""Letters of a title that is left, at least."""


def title_in(subject: str, names: Sequence[str], text: str) -> str:
    """Return the title in a subject; `names` are those of the sender and of the letter, `text` is what it says.

    >>> title_in("[Le Relais] Le pont rouvre | La lettre du soir", ["Agence Le Relais", "La lettre du soir"], "")
    'Le pont rouvre'
    >>> title_in("[Nantes] Le pont rouvre - enquête", ["Le Relais"], "")
    '[Nantes] Le pont rouvre - enquête'
    """
    title = _without_pictures(_PASSED_ON.sub("", subject))
    own = [words for name in names if (words := _words(name))]
    lines = [line.strip("#* \t") for line in text.split("\n") if line.strip()][:_MOST_LINES]
    for _ in range(3):
        cut = next((rest for shape in _SHAPES if (rest := _cut(shape, title, own, lines))), "")
        if not cut:
            break
        title = _without_pictures(cut)
    return _headed(title, text) or title


def _headed(title: str, text: str) -> str:
    """Return the only heading near the top of a text, if it says in full what a title says, or its end; else "".

    >>> _headed("La lettre Mer : la digue va monter", "# La digue va monter\\n\\nElle prend un mètre.")
    'La digue va monter'
    """
    told = [line for line in text.split("\n") if line.strip()][:_MOST_LINES]
    headings = [line.lstrip("# ").strip() for line in told if line.startswith("#")]
    mine = _words(title)
    if len(headings) != 1 or len(mine) < _LEAST_WORDS or len(headings[0]) > _LONGEST:
        return ""
    said, whole = core(headings[0]), core(title)
    behind = whole.endswith(said) and whole[: -len(said)].rstrip()[-1:] in tuple(":|–—-") and len(said.split()) > 2
    return headings[0] if behind or mine < _words(headings[0]) else ""


def _cut(shape: re.Pattern[str], title: str, names: Sequence[Collection[str]], lines: Sequence[str]) -> str:
    """Return a title without what stands apart from it in this shape; "" where that may be its own."""
    found = shape.fullmatch(title)
    if found is None or sum(c.isalpha() for c in found["rest"]) < _LEAST:
        return ""
    if KIND.fullmatch(found["rest"]):
        return ""
    told = _words(found["told"])
    if shape is _NUMBERED and not _ISSUE.fullmatch(found["told"]):
        return ""
    numbered = shape is _BEFORE and (KIND.fullmatch(found["told"]) or _ISSUE.fullmatch(found["told"]))
    several = shape is not _BEFORE or len(found["told"].split()) > 1  # "Nantes : le pont ferme" is a title
    named = several and any(_is_name(told, name, shape is _BRACKETED) for name in names)
    long = shape is not _BEFORE and len(found["rest"].split()) > 2
    stands = long and any(len(line) < 300 and _same(line, found["rest"]) for line in lines)
    return str(found["rest"]) if named or stands or numbered else ""


def _is_name(told: Collection[str], name: Collection[str], bracketed: bool) -> bool:
    """Return whether these words are a name, but for those that a letter may have; within brackets one word may do."""
    mine, other = set(told) - _LETTER, set(name) - _LETTER
    if not mine:
        return bool(told) and set(told) == set(name)
    return mine == other and (bracketed or len(told) > 1 or set(told) == set(name))


def _same(one: str, other: str) -> bool:
    """Return whether two lines are the same words, signs and case aside."""
    a, b = (re.findall(r"\w+", fold(line)) for line in (one, other))
    return bool(a) and a == b


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(name)) if not is_stop_word(word, "fr")}


def _without_pictures(words: str) -> str:
    """Return words without the pictures at their two ends: "🚲 Le pont" is "Le pont"."""
    start, end = 0, len(words)
    while start < end and _is_picture(words[start]):
        start += 1
    while end > start and _is_picture(words[end - 1]):
        end -= 1
    return words[start:end] or words


def _is_picture(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("So", "Sk", "Cf", "Cs", "Co") or sign in "\ufe0f\u20e3"


def paper_of(sender: str) -> str:
    """Return the paper in the name of somebody who writes for it, else the name itself.

    >>> paper_of("Ann from The Gazette"), paper_of("Le Relais")
    ('The Gazette', 'Le Relais')
    """
    found = _SAYS.fullmatch(sender.strip())
    return found["paper"] if found else sender
