"""Which files of a folder are articles? Links that lead out of it or in circles are not followed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from index.records import Skipped, UnreadableFile

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
CATALOGUE = "sources.csv"


@dataclass(frozen=True, slots=True)
class Walk:
    """The articles of a folder by source, what could not be looked at, and how many files are of other kinds."""

    files: list[tuple[str, Path]]
    skipped: list[Skipped]
    ignored: int


def files(folder: str | Path) -> list[tuple[str, Path]]:
    """Return the articles of a folder and its subfolders with their sources, sorted by source.

    Hidden files and files of other suffixes are left out, and so is what a link reaches outside the folder.
    """
    return found_in(Path(folder)).files


def source_name(name: str) -> str:
    """Return the name under which a file is known: its path, with what cannot be shown written as an escape.

    Two files never get one name: a backslash in a name that needs escapes is doubled.

    >>> source_name("a/b.txt"), source_name("two\\nlines.txt")
    ('a/b.txt', 'two\\\\nlines.txt')
    """
    if "\\" not in name and all(c.isprintable() or c in "\u200c\u200d" for c in name):
        return name
    shown = []
    for c in name:
        if c == "\\":
            shown.append("\\\\")
        elif "\udc80" <= c <= "\udcff":  # a byte that is no UTF-8
            shown.append(f"\\x{ord(c) - 0xDC00:02x}")
        else:
            shown.append(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii"))
    return "".join(shown)


def found_in(folder: Path) -> Walk:
    """Return what a folder holds; raise UnreadableFile where it is not a folder that can be listed."""
    if not folder.is_dir():
        raise UnreadableFile(f"{folder} is not a folder; give a folder of articles")
    walk = Walk([], [], 0)
    ignored = 0
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
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((Path(entry.path), name + "/"))
            elif not entry.name.lower().endswith(SUFFIXES):
                ignored += name != CATALOGUE and not entry.is_symlink()
            elif reason := _unfit(entry, root):
                walk.skipped.append(Skipped(source_name(name), reason))
            else:
                walk.files.append((source_name(name), Path(entry.path)))
    return Walk(sorted(walk.files), sorted(walk.skipped, key=lambda s: s.source), ignored)


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
