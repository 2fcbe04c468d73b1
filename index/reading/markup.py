"""What text does a web page hold, block by block? Every word as it is printed: what ends a line ends a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import islice
from typing import Any

from index.reading.decoding import normalise
from index.reading.tables import Cell, told

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section select summary table tbody td template tfoot th thead title tr ul video audio "
    "img".split()
)
HIDDEN = frozenset("script style template noscript svg head iframe object select button".split())
_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### "}
_MOST_ROWS, _MOST_BREAKS = 5000, 2
_MARKUP = re.compile(r"<(?:p|br|div|span|a|ul|h\d|strong|em|b|i)\b[^<>]{0,2000}>|</p>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)
_BOXES = ("p", "div", "aside", "section", "ul", "span", "a")
_BOX = re.compile(r"(?<![a-z])(?:buttons?|btn|cta|read-?more|newsletters?|related|promo|share|sharing)(?![a-z])", re.I)
"""How the class of an element says that it is no text of the article."""
_LONGEST_BOX, _MOST_IN_BOX = 400, 60
_NOTE = re.compile(r"[\[(]?\d{1,3}[\])]?")
_LAST_WORD = re.compile(r"\w+\Z")
_LONGEST_UNIT = 2
"""Letters of a unit that may be raised to a power: m, km."""


def parsed(page: str) -> Any:
    """Return the tree of a page, or None where it has none."""
    from lxml import etree
    from lxml.html import HTMLParser as Parser

    try:
        tree = etree.fromstring(page.encode("utf-8", "replace"), Parser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if "<sup" in page or "<SUP" in page:
        _part_from_notes(tree)
    return tree


def _part_from_notes(tree: Any) -> None:
    """Take out the raised signs that lead to notes, which would make other numbers and words of those before them.

    "12 340<sup>2</sup>" is 12 340 with a note; "km<sup>2</sup>" stays, and a power of ten is "10^6".
    """
    for sup in list(tree.iter("sup")):
        sign = "".join(sup.itertext()).strip()
        if sup.getparent() is None or not _NOTE.fullmatch(sign):
            continue
        before = sup.getprevious()
        text = sup.getparent().text if before is None else before.tail or "".join(before.itertext())
        last = _LAST_WORD.search((text or "")[-40:])
        word = last.group() if last else ""
        if word == "10" and next(sup.iter("a"), None) is None:
            sup.text = "^" + sign
        elif not word.isalpha() or len(word) > _LONGEST_UNIT or sign[0] in "[(":
            sup.drop_tree()


def blocks(root: Any, *, without: Collection[Any] = ()) -> list[str]:
    """Return the text of an element block by block: headings behind "# ", bullets behind "- ", tables row by row.

    `without` are elements inside it that are left out.
    """
    reader = _Blocks(set(without))
    reader.read(root)
    return reader.done()


def article_blocks(root: Any) -> list[str]:
    """Return the blocks of a piece of a page that is an article's alone: without captions and boxes of its site."""
    return blocks(root, without=beside(root))


def beside(root: Any) -> list[Any]:
    """Return the parts of an article that are not its text: captions, buttons, boxes that lead to other pages."""
    captions = [e for e in root.iter("figcaption", "p", "dd", "div") if _is_caption(e)]
    return captions + [e for e in root.iter(*_BOXES) if e is not root and _is_box(e)]


def _is_box(element: Any) -> bool:
    """Return whether an element says that it is a button, a box to subscribe, a link to more, and is hardly else."""
    if not _BOX.search(str(element.get("class") or "")):
        return False
    if sum(1 for _ in islice(element.iter(), _MOST_IN_BOX)) == _MOST_IN_BOX:
        return False
    words = "".join(element.itertext())
    linked = sum(len("".join(a.itertext()).strip()) for a in element.iter("a", "button", "form"))
    return linked > 0 and len(words) <= _LONGEST_BOX and (2 * linked >= len(words.strip()) or "letter" in words.lower())


def unmarked(text: str) -> str:
    """Return the text without HTML, if it holds any."""
    if "\\n" in text and "\n" not in text:  # as some write the end of a line
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n")
    if not _MARKUP.search(text):
        return unescape(text) if _ENTITY.search(text) else text
    tree = parsed(text)
    return text if tree is None else "\n\n".join(article_blocks(tree))


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or "caption-text" in str(element.get("class") or "")


class _Blocks:
    """Goes through a tree without recursion and gathers its blocks."""

    def __init__(self, without: set[Any]) -> None:
        self._without = without
        self._found: list[str] = []
        self._words: list[str] = []
        self._prefix = ""
        self._set = False
        """Whether the lines are set as they stand, in <pre>."""

    def read(self, root: Any) -> None:
        """Gather the blocks of an element; what follows it is not its own."""
        pending: list[tuple[Any, bool]] = [(root, True)]
        while pending:
            element, opens = pending.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if not opens:
                self._close(tag)
            elif not tag or tag in HIDDEN or element in self._without:
                pass
            elif tag == "table" and (table := data_table(element)):
                self._end()
                self._found += table.split("\n\n")
            else:
                self._open(tag)
                self._words.append(element.text or "")
                pending += [(element, False), *((child, True) for child in reversed(element))]
                continue
            if element is not root:
                self._words.append(element.tail or "")

    def _open(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end()
            self._set = self._set or tag == "pre"
            self._prefix = _HEADINGS.get(tag) or ("- " if tag == "li" else self._prefix if tag == "p" else "")

    def _close(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end()
            self._set = self._set and tag != "pre"
            self._prefix = ""

    def _end(self) -> None:
        lines = "".join(self._words).split("\n") if self._set else ["".join(self._words)]
        text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
        if text:
            self._found.append(self._prefix + text)
            self._prefix = ""
        self._words = []

    def done(self) -> list[str]:
        """Return the blocks."""
        self._end()
        return self._found


def data_table(table: Any) -> str:
    """Return the text of a table of data; "" for one that only lays out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return ""
    rows = []
    for row in table.iter("tr"):
        cells = [_cell(cell) for cell in row if cell.tag in ("td", "th")]
        rows.append(cells)
        if len(rows) > _MOST_ROWS:
            return ""
    shaped = sum(len(row) > 1 for row in rows) >= max(2, 0.5 * len(rows))
    if not shaped or any(len(cell.text) > 400 for row in rows for cell in row):
        return ""
    return told(rows)


def _cell(cell: Any) -> Cell:
    def number(name: str) -> int:
        value = str(cell.get(name) or "")
        return int(value) if value.isdecimal() and len(value) < 5 else 1

    head = cell.tag == "th" and cell.get("scope") != "row"
    head = head or next(cell.iterancestors("thead", "table"), cell).tag == "thead"
    return Cell(" ".join(blocks_text(cell)), head, number("colspan"), number("rowspan"))


def _lays_out(table: Any) -> bool:
    """Return whether a table lays out a page: it holds its title, or a cell of it paragraphs or lines."""
    cells = islice(table.iter("td"), _MOST_ROWS)
    return table.find(".//h1") is not None or any(
        sum(1 for _ in cell.iter("p")) > 1 or sum(1 for _ in cell.iter("br")) > _MOST_BREAKS for cell in cells
    )


def _leads_on(cell: Any) -> bool:
    """Return whether a cell holds links to other pages, several, and hardly a word beside them."""
    links = list(islice(cell.iter("a"), _MOST_IN_BOX))
    words = sum(c.isalnum() for c in "".join(cell.itertext()))
    linked = sum(c.isalnum() for a in links for c in "".join(a.itertext()))
    return len(links) > 1 and 5 * linked >= 4 * words


def mark_ends(tree: Any, sign: str) -> None:
    """Write the tables of data as paragraphs, those that lay out a page as parts of it, and what <br> ends as a sign.

    For a library that reads the page would drop or join what they hold.
    """
    for table in list(tree.iter("table")):
        if table.getparent() is not None and (text := data_table(table)):
            tail = table.tail
            table.clear()
            table.tag, table.tail = "div", tail
            for row in text.split("\n\n"):
                line = table.makeelement("p", {})
                line.text = row.replace("\n", sign)
                table.append(line)
    for table in tree.iter("table"):
        if _lays_out(table):
            for cell in [cell for cell in table.iter("td") if _leads_on(cell)]:
                cell.clear()
            for part in (table, *table.iter("tbody", "tr", "td", "th")):
                part.tag = "div"
    for line_end in tree.iter("br"):
        line_end.tail = sign + (line_end.tail or "")


def blocks_text(element: Any) -> Iterator[str]:
    """Yield the words of an element, with a space where a block or a line ends."""
    yield from " ".join(_spaced(element)).split()


def _spaced(element: Any) -> Iterator[str]:
    words: list[str] = []
    pending: list[tuple[Any, bool]] = [(element, True)]
    while pending:
        part, opens = pending.pop()
        tag = part.tag if isinstance(part.tag, str) else ""
        if tag in BLOCKS:
            yield "".join(words)
            words = []
        if opens and tag and tag not in HIDDEN:
            words.append(part.text or "")
            pending += [(part, False), *((child, True) for child in reversed(part))]
        elif part is not element:
            words.append(part.tail or "")
    yield "".join(words)


def all_text(page: str) -> str:
    """Return the text of a page, a line for each of its blocks, without scripts and styles; nesting does not matter.

    >>> all_text("<p>Douze <b>morts</b></p><script>x()</script><p>Un blessé")
    'Douze morts\\n\\nUn blessé'
    """
    reader = _Reader(convert_charrefs=True)
    reader.feed(page)
    reader.close()
    lines = ("".join(line).split() for line in reader.lines)
    return normalise("\n\n".join(" ".join(words) for words in lines if words))


class _Reader(HTMLParser):
    """Gathers the text between the tags of blocks."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.lines: list[list[str]] = [[]]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _UNREAD
        if tag in BLOCKS:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _UNREAD))
        if tag in BLOCKS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines[-1].append(data)


_UNREAD = frozenset("script style template noscript svg".split())
