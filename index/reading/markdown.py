"""What does a Markdown file say? Its front matter, and its text without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.tables import Cell, told

if TYPE_CHECKING:
    from markdown_it.token import Token


_OUTLETS = "outlet site média media publication journal newspaper publisher source"
_BREAK = re.compile(r"</?(?:br|p|div|li|tr|td|th|h\d|hr|blockquote)\b", re.IGNORECASE)


def markdown(data: bytes, max_bytes: int) -> FileContents:
    """Read the front matter's title and date, and the text without its markup."""
    from markdown_it import MarkdownIt

    source = normalise(decode(data)).lstrip("\n")
    front, body = _front_matter(source)
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"]).parse(body)
    text = "\n\n".join(_markdown_blocks(tokens))
    address = next((value for value in front.values() if value.startswith(("https://", "http://"))), "")
    said = Extract(
        normalise(text),
        title=re.sub(r"[*_`]", "", _first(front, "title titre")),
        published=_first(front, "date published published_at publié parution"),
        outlet="" if (outlet := _first(front, _OUTLETS)) == address else outlet,
        url=_first(front, "url link lien permalink") or address,
        author=_first(front, "author authors auteur auteurs byline"),
        updated=_first(front, "updated lastmod modified"),
    )
    return FileContents((said,))


def _first(front: dict[str, str], names: str) -> str:
    """Return the first of these values of a front matter, "" where it has none."""
    return next((front[name] for name in names.split() if front.get(name)), "")


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """Return the one-line values of the front matter at the top (YAML or TOML), keys in lower case, and the rest."""
    found = re.match(r"(---|\+\+\+)[ \t]*\n(.{0,10000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)", source, re.DOTALL)
    if found is None:
        return {}, source
    lines = re.findall(r"^(\w[\w-]*)[ \t]*[:=][ \t]*(\S[^\n]*)$", found[2], re.MULTILINE)
    values = {key.lower(): value.strip() for key, value in lines}
    return {key: re.sub(r"^([\"'])(.*)\1$", r"\2", value) for key, value in values.items()}, source[found.end() :]


def _markdown_blocks(tokens: list[Token]) -> Iterator[str]:
    """Yield the blocks of a parsed Markdown text, one string each."""
    prefix = ""
    row: list[Cell] | None = None
    rows: list[list[Cell]] = []
    head = False
    for token in tokens:
        if token.type == "heading_open":
            prefix = "#" * int(token.tag[1:]) + " "
        elif token.type == "list_item_open":
            prefix = f"{token.info}. " if token.info else "- "
        elif token.type == "tr_open":
            row = []
        elif token.type in ("th_open", "td_open"):
            head = token.type == "th_open"
        elif token.type == "tr_close" and row is not None:
            rows.append(row)
            row = None
        elif token.type == "table_close":
            yield told(rows)
            rows = []
        elif token.type == "inline":
            words = _inline(token.children or [])
            if row is not None:
                row.append(Cell(words, head))
            elif words:
                yield prefix + words
                prefix = ""
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block" and (words := re.sub(r"<[^<>]{0,2000}>", " ", token.content).strip()):
            yield " ".join(words.split())


def _inline(children: Iterable[Token]) -> str:
    """Return the words of an inline token: emphasis and links leave their text, pictures leave nothing.

    What is struck out is no text. Line ends stay, for not all that is called Markdown keeps a blank line between
    paragraphs.
    """
    words: list[str] = []
    struck = 0
    for child in children:
        struck += {"s_open": 1, "s_close": -1}.get(child.type, 0)
        if child.type in ("text", "code_inline") and not struck:
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type == "html_inline" and _BREAK.match(child.content):
            words.append("\n\n")
    return "".join(words).strip()
