"""Which articles does a press review hold whose titles are marked as such, by a style, by their size or in bold?

Each stands by the line of its paper and day, as in a letter (`layouts`). Shallower headings are sections, deeper ones
are of the article; above the first are a cover and a list of contents, under each what leads back to that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.paragraphs.furniture import core, is_furniture
from index.paragraphs.wording import SECTIONS
from index.reading import databases, wires
from index.reading.clippings import article_of, is_between
from index.reading.contents import Extract, FileContents
from index.reading.creditlines import is_outlet, read_credit
from index.reading.headers import byline_of
from index.reading.layouts import Head, ended, several
from index.reading.wirelines import is_sentence

_LONGEST, _LEAST = 250, 3
"""Characters of a heading, at most and at least."""
_LARGER = 1.08
"""A heading is so much larger than the text, at least."""
_BRACKETED = re.compile(r"(?P<title>.{8,}?) ?[(\[](?P<credit>[^()\[\]]{8,90})[)\]]")
_SIGNS = re.compile(r" ?(?:[|–—]| - | : |: ) ?")
"""What may part a title from its paper and day in one heading."""
_PAGE = re.compile(r"\bpp?\. ?\w|\b(?:pages?|mots|words)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|\d[/.]\d\d?[/.]\d\d")
_LISTED = re.compile(r".{3,200}?(?:\t|\s{2,}|(?:\s?[.·…_]){3,})\s*\d{1,4}")
"""A line of a list of contents."""
_FOOT = re.compile(
    r"(?:(?:fin|end) (?:de la|du|of the) )?(?:revue|panorama|press (?:review|clippings?|digest)|media review)\b.{0,200}"
    r"|(?:contacts?|r[ée]alis[ée]e?|[ée]tablie?|compiled|prepared)\b.{0,200}",
    re.IGNORECASE,
)
"""What a review says of itself under its last article."""
_MOST_FOOT = 6
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:.!?\n]{2,40}?) ?: ?\S")
_MOST_OF_LABEL, _MOST_NOTES = 4, 2
"""Words of a label, and notes of who made a review under each article, at most."""
_MOST = 10_000
"""Paragraphs of a review, at most."""
_NOTE = 160
"""Characters of sentences above the first article from which on it is said that they are not read."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph as a word processor holds it: its lines, its mark in the text and its looks.

    `level` is that of a heading, 0 of other paragraphs; `size` in points, 0 where it is not said.
    """

    text: str
    level: int = 0
    mark: str = ""
    size: float = 0.0
    bold: bool = False
    listed: bool = False
    """Whether it is of a list of contents."""

    laid: bool = False
    """Whether its lines stand as they are: the rows of a table."""
    noted: bool = False
    """Whether it is a note at the foot of a page, which stands at the end of the text."""

    @property
    def block(self) -> str:
        """Its text behind its mark."""
        words = self.text.strip() if self.laid else " ".join(self.text.split())
        return self.mark + words if words else ""


def text_of(paragraphs: Sequence[Styled]) -> str:
    """Return the text of these paragraphs, a block each."""
    return "\n\n".join(block for one in paragraphs if (block := one.block))


def articles(paragraphs: Sequence[Styled]) -> FileContents | None:
    """Return the articles of a press review; None for any other text, the export of a database among them."""
    if not may_hold([one.text for one in paragraphs]):
        return None
    told = [one for one in paragraphs if one.text.strip() and not one.listed and not one.noted]
    notes = sum(one.noted for one in paragraphs)
    found = next((own for leveled in (_by_style, _by_looks) if (own := _review(leveled(told)))), None)
    if found is None:
        return None
    text = text_of(told)
    if databases.may_hold(text) or (wires.may_hold(text) and wires.articles(text) is not None):
        return None
    lost = (f"{notes} notes and boxes beside its text were not read",) if notes else ()
    return replace(found, lost=(*found.lost, *lost))


def may_hold(texts: Sequence[str]) -> bool:
    """Return whether paragraphs, not too many, may hold the days of two papers: a year each in a short line."""
    dated = (any(len(line) <= _LONGEST and _YEAR.search(line) for line in text.split("\n")) for text in texts)
    return len(texts) <= _MOST and sum(dated) > 1


def _may_head(one: Styled) -> bool:
    """Return whether the words of a paragraph may be a heading: of one line, no sentence, no paper, no byline."""
    text = one.text.strip()
    return _LEAST <= len(text) <= _LONGEST and "\n" not in text and not byline_of(text) and read_credit(text) is None


def _by_style(paragraphs: Sequence[Styled]) -> list[Styled]:
    parted = [part for one in paragraphs for part in _parted(one)]
    return [one if not one.level or _may_head(one) else replace(one, level=0) for one in parted]


def _parted(one: Styled) -> list[Styled]:
    """Return a heading that holds a paper and a day beside its title as the two that it is, any other as it is."""
    text = " ".join(one.text.split())
    if not one.level or len(text) > _LONGEST:
        return [one]
    bracketed = _BRACKETED.fullmatch(text)
    pairs = [(bracketed["title"], bracketed["credit"])] if bracketed else []
    for sign in _SIGNS.finditer(text):
        before, after = text[: sign.start()].strip(), text[sign.end() :].strip()
        pairs += [(after, before), (before, after)]
    for title, told in pairs:
        credit = read_credit(told)
        if credit and credit.outlet and credit.day and len(title.split()) > _LEAST - 1 and read_credit(title) is None:
            return [replace(one, text=title), Styled(told)]
    return [one]


def _by_looks(paragraphs: Sequence[Styled]) -> list[Styled]:
    """Return the paragraphs with the levels of headings by size and weight, the largest first."""
    looks: Counter[tuple[float, bool]] = Counter()
    for one in paragraphs:
        looks[one.size, one.bold] += len(one.text)
    size, bold = looks.most_common(1)[0][0] if looks else (0.0, False)

    def stands_out(one: Styled) -> bool:
        larger = one.size > _LARGER * size if size and one.size else False
        heavier = one.bold and not bold and (not size or one.size >= size)
        return (larger or heavier) and _may_head(one) and not is_sentence(one.text)

    ranks = sorted({(one.size, one.bold) for one in paragraphs if stands_out(one)}, reverse=True)[:6]
    level = {look: n for n, look in enumerate(ranks, start=1)}
    return [replace(one, level=level.get((one.size, one.bold), 0) if stands_out(one) else 0) for one in paragraphs]


def _with_papers(lines: Sequence[str]) -> list[str]:
    """Return the lines with the paper before a day and a page under a title, where it is the heading above that."""
    told = list(lines)
    above: dict[int, str] = {}
    last = 0
    for n, line in enumerate(lines):
        level = _level(line)
        if level:
            above = {own: words for own, words in above.items() if own < level} | {level: line[level:].strip()}
        elif line and last and _PAGE.search(line) and (credit := read_credit(line)) and not credit.outlet:
            paper = next((above[own] for own in sorted(above, reverse=True) if own < last), "")
            told[n] = f"{paper}, {line}" if is_outlet(paper) and not set(core(paper).split()) <= SECTIONS else line
        last = level if line else last
    return told


def _review(paragraphs: Sequence[Styled]) -> FileContents | None:
    """Return the articles of these paragraphs, whose titles are headings of one level; None where fewer than two."""
    lines = _with_papers(_lines(paragraphs))
    heads = _heads(lines)
    if len(heads) < 2:
        return None
    level = Counter(_level(lines[head.title]) for head in heads).most_common(1)[0][0]
    lines = ["" if 0 < _level(line) < level else line for line in lines]
    heads = ended([head for head in _heads(lines) if _level(lines[head.title]) == level], len(lines))
    if len(heads) < 2:
        return None
    made = [article_of(lines, head, "") for head in _without_feet(lines, heads)]
    found = [said for said in made if said is not None]
    beside = sum(len(line) for line in lines[: heads[0].first] if is_sentence(line))
    if len(found) < 2 or len(found) < len(heads) or beside > sum(len(said.text) for said in found):
        return None
    lost = ("what stands above its first article was not read",) if beside > _NOTE else ()
    return FileContents(tuple(found), lost)


def _lines(paragraphs: Sequence[Styled]) -> list[str]:
    """Return the lines of paragraphs, headings behind their marks, with a gap between two paragraphs."""
    lines: list[str] = []
    for one in paragraphs:
        own = [" ".join(line.split()) for line in one.text.split("\n") if line.strip()]
        if one.level:
            lines += ["#" * min(one.level, 6) + " " + " ".join(own), ""]
        elif not (len(own) == 1 and _LISTED.fullmatch(one.text.strip())):
            mark = one.mark if not one.mark.startswith("#") else ""
            lines += [mark + own[0], *own[1:], ""] if own else []
    return lines


def _level(line: str) -> int:
    return len(line) - len(line.lstrip("#")) if line.startswith("#") else 0


def _heads(lines: Sequence[str]) -> list[Head]:
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line) and not is_between(line)]
    return [head for head in several(lines, told, None) if _level(lines[head.title])]


def _without_feet(lines: list[str], heads: Sequence[Head]) -> list[Head]:
    """Return the heads, each article without the lines that most end with, the last without what the review says.

    Of such lines it may be the label alone that is the same: "Note du service : …".
    """
    ends: Counter[str] = Counter()
    for head in heads:
        under = _last(lines, head.end, head.title)
        ends.update({*under, *(_label(line) for line in under[-_MOST_NOTES:])} - {""})
    alike = {line for line, count in ends.items() if count >= max(2, len(heads) / 2)}
    last = len(heads) - 1
    return [_cut(lines, head, alike, of_review=n == last) for n, head in enumerate(heads)]


def _label(line: str) -> str:
    """Return the label that a line begins with, in a few words, folded; "" where it has none."""
    found = _LABELLED.match(line)
    return core(found["label"]) if found and len(found["label"].split()) <= _MOST_OF_LABEL else ""


def _last(lines: Sequence[str], end: int, start: int) -> list[str]:
    told = [line for line in lines[start + 1 : end] if line.strip()]
    return told[-_MOST_FOOT:][1:] if len(told) <= _MOST_FOOT else told[-_MOST_FOOT:]


def _cut(lines: Sequence[str], head: Head, alike: set[str], *, of_review: bool) -> Head:
    """Return a head whose article ends above what stands under all of them, and above what the review says."""
    end = head.end
    while end > head.title + 2:
        line = lines[end - 1].strip()
        says = of_review and not _level(line) and (_FOOT.fullmatch(line) is not None or is_furniture(line, edge=True))
        same = (line in alike and not is_sentence(line)) or (_label(line) in alike and not _level(line))
        if line and not same and not says:
            break
        end -= 1
    return replace(head, end=end)


def of_table(text: str) -> list[Styled]:
    """Return the paragraphs that the text of a table makes."""
    return [Styled(part, laid=True) for part in text.split("\n\n")]


def by_marks(blocks: Sequence[str], looks: Callable[[str], tuple[float, bool]]) -> list[Styled]:
    """Return the blocks of a text as paragraphs, those behind "#" as headings; `looks` gives size and weight."""
    return [_marked(block, *looks(block)) for block in blocks]


def _marked(block: str, size: float, bold: bool) -> Styled:
    level = _level(block)
    mark = block[: level + 1] if level else "- " if block.startswith("- ") else ""
    return Styled(block[len(mark) :], level, mark, size, bold)


def in_place_of(said: Extract, paragraphs: Sequence[Styled]) -> FileContents:
    """Return the articles of a file if it is a press review, else the one that it is."""
    return articles(paragraphs) or FileContents((said,))
