"""How does each paragraph of an RTF source look: of which level of heading, how large, in bold?

A library reads the text and drops the looks; so a sign of a private use is put before each paragraph, that names them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.headed import Styled

_TOKEN = re.compile(r"\\(?P<word>[a-zA-Z]+)(?P<number>-?\d+)? ?|\\'[0-9a-fA-F]{2}|\\[^a-zA-Z]|[{}]|[^\\{}]+")
_STYLE = re.compile(r"\{(?:\\\*)?\\s(\d{1,4})(?![a-z\d])(?:\s?\\[a-z]{1,32}-?\d{0,9})*\s([^\\{};]{2,60});\}")
_HEADING = re.compile(r"(?:heading|titre|title)[ _]?(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm|contents|table des mati)\b.*", re.IGNORECASE)
_DROPPED = frozenset(
    "fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf generator"
    " listtable listoverridetable themedata xmlnstbl fldinst".split()
)
_ENDS = frozenset({"par", "page", "sect", "row", "cell"})
_LETTERS = frozenset("u lquote rquote ldblquote rdblquote endash emdash bullet".split())
"""Words of the source that are letters of the text."""
_FIRST, _MOST = 0xE100, 0xE00
_LISTED = -1
"""The level of what is of a list of contents."""


@dataclass(frozen=True, slots=True)
class Look:
    """The level of a heading or 0, the size in points and the weight."""

    level: int = 0
    size: float = 12.0
    bold: bool = False


@dataclass(slots=True)
class _State:
    """What holds at a place of the source."""

    level: int = 0
    size: float = 12.0
    bold: bool = False
    dropped: bool = False

    def copy(self) -> _State:
        return _State(self.level, self.size, self.bold, self.dropped)


def signed(source: str) -> tuple[str, list[Look]]:
    """Return the source with a sign before each of its paragraphs, and the looks that the signs name, in order."""
    kept: list[str] = []
    looks: dict[Look, int] = {}
    at = 0
    for start, look in _paragraphs(source):
        number = looks.setdefault(look, len(looks))
        if number >= _MOST:
            break
        kept += [source[at:start], f"{{\\uc1\\u{_FIRST + number - 0x10000}?}}"]
        at = start
    return "".join([*kept, source[at:]]), list(looks)


def _paragraphs(source: str) -> list[tuple[int, Look]]:
    """Return where the words of each paragraph begin, and how they look: all in bold, as large as the smallest."""
    styles = {number: _level_of(name) for number, name in _STYLE.findall(source)}
    found: list[tuple[int, Look]] = []
    states = [_State()]
    begun: tuple[int, Look] | None = None
    for token in _TOKEN.finditer(source):
        sign, word = token.group(), token["word"]
        state = states[-1]
        if sign == "{":
            states.append(state.copy())
        elif sign == "}":
            states = states[:-1] if len(states) > 1 else states
        elif sign == "\\*" or word in _DROPPED:
            state.dropped = True
        elif word in _ENDS:
            found += [begun] if begun else []
            begun = None
        elif word and word not in _LETTERS:
            _change(state, word, token["number"] or "", styles)
        elif not state.dropped and sign.strip() and sign not in ("\\~", "\\-"):
            look = Look(state.level, state.size, state.bold)
            start, other = begun or (token.start(), look)
            begun = start, Look(other.level, min(other.size, look.size), other.bold and look.bold)
    return [*found, begun] if begun else found


def _level_of(name: str) -> int:
    headed = _HEADING.fullmatch(name.strip())
    return 1 + int(headed[1]) if headed else _LISTED if _CONTENTS.fullmatch(name.strip()) else 0


def _change(state: _State, word: str, number: str, styles: dict[str, int]) -> None:
    """Change what holds as a word of the source says."""
    if word == "pard":
        state.level = 0
    elif word == "plain":
        state.size, state.bold = 12.0, False
    elif word == "fs" and number.isdecimal():
        state.size = int(number[:4]) / 2
    elif word == "b":
        state.bold = number != "0"
    elif word == "outlinelevel" and number in tuple("012345678"):
        state.level = 2 + int(number)
    elif word == "s":
        state.level = styles.get(number, state.level)


def unsigned(lines: Sequence[str], looks: Sequence[Look]) -> list[Styled]:
    """Return the paragraphs of a text with the looks that these signs name, without the signs."""
    told: list[Styled] = []
    signs = dict.fromkeys(range(_FIRST, _FIRST + len(looks)))
    for line in lines:
        bare = line.translate(signs).strip()
        number = ord(line.lstrip()[:1] or " ") - _FIRST
        if 0 <= number < len(looks):
            look, row = looks[number], bare.endswith("|")
            level = max(0, look.level)
            told.append(Styled(bare.strip("| "), level, "", look.size, look.bold, look.level == _LISTED, laid=row))
        elif told and bare and not told[-1].laid:
            told[-1] = _with_line(told[-1], bare)
    return told


def _with_line(paragraph: Styled, line: str) -> Styled:
    own = f"{paragraph.text}\n{line}"
    return Styled(own, paragraph.level, "", paragraph.size, paragraph.bold, paragraph.listed)
