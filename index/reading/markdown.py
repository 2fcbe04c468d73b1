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


def markdown(data: bytes, max_bytes: int) -> FileContents:
    """Read the front matter's title and date, and the text without its markup."""
    from markdown_it import MarkdownIt

    source = normalise(decode(data)).lstrip("\n")
    front, body = _front_matter(source)
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").parse(body)
    text = "\n\n".join(_markdown_blocks(tokens))
    said = Extract(
        normalise(text),
        title=re.sub(r"[*_`]", "", front.get("title", "")),
        published=front.get("date") or front.get("published", ""),
        outlet=front.get("outlet") or front.get("site", ""),
        url=front.get("url") or front.get("link", ""),
        author=front.get("author") or front.get("authors", ""),
        updated=front.get("updated") or front.get("lastmod", ""),
    )
    return FileContents((said,))


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

    Line ends stay, for not all that is called Markdown keeps a blank line between paragraphs.
    """
    words = []
    for child in children:
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
    return "".join(words).strip()
