"""Where does the title of an article of Europresse end, by the type in which the page of a PDF sets it?

Lines alone do not tell: a text may begin right under its title, as the list of contents may have both. But the title is
set larger, in bold, or apart from the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.paragraphs.datelines import read_date
from index.reading.columns import Piece
from index.reading.europresse_lines import LABEL
from index.reading.europresse_print import is_running

_LARGER, _ALIKE = 1.12, 1.03
"""How much larger a title is set than what stands under it, at least, and type of one size differs, at most."""
_APART, _MOST_APART = 1.3, 5
"""How much more than its leading stands above a text, at least, and what does in the size of its type, at most."""
_NEAR = 1.6
"""In points: two lines begin at the same place."""
_UNDER_HEAD = 8
"""Lines under the day of an article in which its title ends, at most."""
_LEAST_LABELS = 2
_MOST_LINES = 400
"""Lines and pieces of a page, at most: an article has far fewer."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line is set: where it begins, the size of its type, whether in bold."""

    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line beside the column of labels: its number on the page, its words, how it is set."""

    number: int
    words: str
    look: _Look


def ended_titles(text: str, pieces: Sequence[Piece], bold: Iterable[bool]) -> str:
    """Return the text of a page with a gap where the type of a title ends; of other exports and texts as it is."""
    lines = text.split("\n")
    labels = [line for line in lines if LABEL.fullmatch(line.strip())]
    if len(labels) < _LEAST_LABELS or max(len(lines), len(pieces)) > _MOST_LINES:
        return text
    looks = _looks(pieces, bold)
    sides = [look.x for line in labels if (look := _look_of(line, looks))]
    told = ((n, line.strip(), _look_of(line, looks)) for n, line in enumerate(lines))
    own = [
        _Line(n, line, look)
        for n, line, look in told
        if look is not None and not is_running(line) and not any(abs(look.x - x) <= _NEAR for x in sides)
    ]
    ends = set(_ends(own))
    return "\n".join(f"\n{line}" if n in ends else line for n, line in enumerate(lines))


def _ends(own: Sequence[_Line]) -> Iterator[int]:
    """Yield the numbers of the lines above which a title ends, of those beside the column of labels."""
    under_head = _UNDER_HEAD + 1
    for above, line, under in zip(own, own[1:], [*own[2:], None], strict=False):
        if read_date(line.words, "fr") or read_date(f"{above.words} {line.words}"[-100:], "fr"):
            under_head = 0
        elif 0 < under_head <= _UNDER_HEAD and line.number == above.number + 1 and _is_end(above, line, under):
            yield line.number
        under_head += 1


def _looks(pieces: Sequence[Piece], bold: Iterable[bool]) -> dict[str, _Look | None]:
    """Return how each piece is set, by its words; None for words that are set in two ways."""
    looks: dict[str, _Look | None] = {}
    for piece, is_bold in zip(pieces, bold, strict=True):
        words = piece.text.strip()
        look = _Look(piece.x, piece.y, piece.size, is_bold)
        same = looks.get(words, look)
        looks[words] = look if same is not None and (same.size, same.bold) == (look.size, look.bold) else None
    return looks


def _look_of(line: str, looks: Mapping[str, _Look | None]) -> _Look | None:
    """Return how a line is set, by its first piece, the longest that it begins with."""
    words = line.strip()
    if not words or words in looks:
        return looks.get(words)
    begun = [piece for piece in looks if piece and words.startswith(piece)]
    return looks[max(begun, key=len)] if begun else None


def _is_end(above: _Line, line: _Line, under: _Line | None) -> bool:
    """Return whether a title ends between two lines, by their type or by what stands between them."""
    apart = under is not None and _stands_apart(above.look, line.look, under.look)
    return apart or _falls(above.look, line.look)


def _falls(above: _Look, look: _Look) -> bool:
    """Return whether the type of a line is smaller than that of the line above it, or no longer in bold."""
    lighter = above.bold and not look.bold and look.size <= _ALIKE * above.size
    return lighter or above.size >= _LARGER * look.size


def _stands_apart(above: _Look, look: _Look, under: _Look) -> bool:
    """Return whether a line stands further from the line above it than from that under it, all of one size."""
    sizes = (above.size, look.size, under.size)
    gap, leading = above.y - look.y, look.y - under.y
    return max(sizes) <= _ALIKE * min(sizes) and 0 < _APART * leading <= gap <= _MOST_APART * look.size
