"""Which files of a folder hold articles? Links that lead out of it or in circles are not followed."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from index.reading.kinds import SNIFFED, SUFFIXES, kind_of, may_be_read, suffix_of
from index.records import Skipped, UnreadableFile

CATALOGUE = "sources.csv"
_PART = re.compile(r"#(?=\d+$)")
_BELONGINGS = re.compile(r"(?P<page>.+)(?:[_-]files|_fichiers|-Dateien|_archivos|_file|_bestanden)", re.IGNORECASE)
"""A folder in which a browser keeps the pictures and scripts of the page that it saved beside it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The files of a folder that are read, by source, what could not be looked at, and what is of other kinds."""

    files: list[tuple[str, Path]]
    skipped: list[Skipped]
    ignored: Counter[str]
    """How many files of each kind that is not read, by suffix; hidden ones aside."""


def files(folder: str | Path) -> list[tuple[str, Path]]:
    """Return the articles of a folder and its subfolders with their sources, sorted by source.

    Hidden files and files of other kinds are left out, and so is what a link reaches outside the folder.
    """
    return found_in(Path(folder)).files


def source_name(name: str) -> str:
    """Return the name under which a file is known: its path, with what cannot be shown written as an escape.

    Two files never get one name: a backslash in a name that needs escapes is doubled, and a name never ends like the
    n-th article of a file.

    >>> source_name("a/b.txt"), source_name("two\\nlines.txt")
    ('a/b.txt', 'two\\\\nlines.txt')
    """
    if "\\" not in name and not _PART.search(name) and all(c.isprintable() or c in "\u200c\u200d" for c in name):
        return name
    name, part = (name[: found.start()], f"\\x23{name[found.end() :]}") if (found := _PART.search(name)) else (name, "")
    shown = []
    for c in name:
        if c == "\\":
            shown.append("\\\\")
        elif "\udc80" <= c <= "\udcff":  # a byte that is no UTF-8
            shown.append(f"\\x{ord(c) - 0xDC00:02x}")
        else:
            shown.append(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii"))
    return "".join(shown) + part


def found_in(folder: Path) -> Walk:
    """Return what a folder holds; raise UnreadableFile where it is not a folder that can be listed."""
    if not folder.is_dir():
        raise UnreadableFile(f"{folder} is not a folder; give a folder of articles")
    walk = Walk([], [], Counter())
    root = folder.resolve()
    pending = [(folder, "")]
    while pending:
        place, prefix = pending.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            if place == folder:
                raise UnreadableFile(f"{folder} cannot be listed: {error.strerror}") from None
            walk.skipped.append(Skipped(source_name(prefix.rstrip("/")), f"cannot be listed: {error.strerror}"))
            continue
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                _sort(walk, entry, prefix + entry.name, root)
            elif not _is_of_a_page(entry.name, names):
                pending.append((Path(entry.path), prefix + entry.name + "/"))
    return Walk(sorted(walk.files), sorted(walk.skipped, key=lambda s: s.source), walk.ignored)


def _sort(walk: Walk, entry: os.DirEntry[str], name: str, root: Path) -> None:
    """Put a file among those that are read, those that cannot be, or those of other kinds."""
    suffix = suffix_of(entry.name)
    if not may_be_read(suffix):
        if name != CATALOGUE and not entry.is_symlink():
            walk.ignored[suffix[:20]] += 1
        return
    reason = _unfit(entry, root)
    if not reason and name == CATALOGUE:
        return
    if reason:
        if suffix:  # links without one may lead anywhere; nobody takes them for articles
            walk.skipped.append(Skipped(source_name(name), reason))
    elif suffix not in SUFFIXES and not _is_read(Path(entry.path), suffix):
        walk.ignored[suffix or "no suffix"] += 1
    else:
        walk.files.append((source_name(name), Path(entry.path)))


def _is_of_a_page(name: str, beside: set[str]) -> bool:
    """Return whether a folder holds the pictures and scripts of a saved page that stands beside it."""
    found = _BELONGINGS.fullmatch(name)
    return found is not None and any(found["page"] + suffix in beside for suffix in (".html", ".htm", ".xhtml"))


def _is_read(path: Path, suffix: str) -> bool:
    """Return whether a file whose suffix does not tell holds, by its first bytes, something that is read."""
    try:
        with open(path, "rb") as file:
            return bool(kind_of(suffix, file.read(SNIFFED)))
    except OSError:
        return True  # reading it says why


def _unfit(entry: os.DirEntry[str], root: Path) -> str:
    """Return why an entry is not to be opened, or ""."""
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(root):
            return "a link that leads out of the folder"
        mode = entry.stat().st_mode
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it leads to itself"
        return f"a link that leads nowhere: {why}" if entry.is_symlink() else f"cannot be looked at: {why}"
    if stat.S_ISDIR(mode):
        return "a link to a folder; links to folders are not followed"
    return "" if stat.S_ISREG(mode) else "not a regular file"
