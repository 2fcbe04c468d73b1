"""What does a file hold? The articles that it says it holds, as nouns, and the most that it may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.records import Guessed, UnreadableFile

MOST_LINES = 1_000_000
"""The most lines, blank ones aside, that a file may hold."""
_LINE = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file says of itself; "" where it does not."""

    text: str
    title: str = ""
    published: str = ""
    """As the file's metadata give it."""
    created: str = ""
    """The day the file was made, which counts where nothing else tells."""
    outlet: str = ""
    url: str = ""
    pages: tuple[int, ...] = ()
    author: str = ""
    updated: str = ""
    partial: bool = False
    ocr: bool = False
    part: str = ""
    """The path inside the file, of an archive."""
    language: str = ""
    """The ISO 639-1 code that a table gives."""


@dataclass(frozen=True, slots=True)
class FileContents:
    """The articles of a file, in their order, and what else it holds that could not be read, a reason each."""

    articles: tuple[Extract, ...]
    lost: tuple[str, ...] = ()
    guessed: tuple[Guessed, ...] = ()
    """Of the tables in it, by their path inside the file, which column was taken for what."""


def most(max_bytes: int) -> int:
    """Return how many characters of text a file may hold, packed ones of a few bytes included."""
    return max(max_bytes, 1_000_000)


def bounded(contents: FileContents, max_bytes: int) -> FileContents:
    """Return these contents; raise UnreadableFile where their text is longer than a file may hold."""
    characters = sum(len(said.text) for said in contents.articles)
    if characters > most(max_bytes):
        raise UnreadableFile(f"over-large: {characters:,} characters of text; the limit is {most(max_bytes):,}")
    # Splitting takes up to 15 microseconds and 200 bytes a line: this bounds both.
    lines = sum(said.text.count("\n") + 1 for said in contents.articles)
    if lines > MOST_LINES and sum(1 for said in contents.articles for _ in _LINE.finditer(said.text)) > MOST_LINES:
        raise UnreadableFile(f"over-large: more than {MOST_LINES:,} lines of text")
    return contents
