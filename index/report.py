"""What did a write do, source by source, and how far is one that is going on?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.records import CorpusError, Guessed, Skipped

Progress = Callable[[str, int, int], None]
"""Is told the stage ("reading", "encoding" or "copying"), how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a write did, source by source."""

    read: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    """Sources that had not changed: their vectors were kept."""
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    """Pairs of a source and the source read earlier that is the same: the file byte for byte, or the article."""
    ignored: Mapping[str, int] = field(default_factory=dict)
    """How many files of each kind that is not read there were, by suffix."""
    guessed: tuple[Guessed, ...] = ()
    """Of each table that was read: which columns were taken for what, by their names."""
    unread: int = 0
    """Paragraphs of the corpus whose facts could not be read; they are found, and give no figure."""


def told_apart(report: WriteReport) -> tuple[list[Skipped], list[Skipped]]:
    """Return the files that were left out, and what is noted of those that were read.

    >>> told_apart(WriteReport(read=("a.zip/b.csv#2",), skipped=(Skipped("a.zip", "1 row"), Skipped("c.pdf", "empty"))))
    ([Skipped(source='c.pdf', reason='empty')], [Skipped(source='a.zip', reason='1 row')])
    """
    files = {file for source in (*report.read, *report.reused) for file in _files_of(source)}
    noted = [skipped for skipped in report.skipped if skipped.source in files]
    return [skipped for skipped in report.skipped if skipped.source not in files], noted


def _files_of(source: str) -> Iterator[str]:
    """Yield the file that a source is of, by each name that it may have: "a.zip/b.csv#2" is of a.zip or a.zip/b.csv."""
    yield source
    file = source.partition("#")[0]
    while file:
        yield file
        file = file.rpartition("/")[0]


def ignored_text(ignored: Mapping[str, int]) -> str:
    """Return a sentence that tells which files were not read because of their kind, or "" where there are none.

    >>> ignored_text({".xls": 2, ".doc": 1})
    '3 files of other kinds were not read: .doc 1, .xls 2'
    """
    count = sum(ignored.values())
    if not count:
        return ""
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(ignored.items()))
    return f"{count:,} {'files of other kinds were' if count > 1 else 'file of another kind was'} not read: {kinds}"


def alike(guessed: Sequence[Guessed]) -> list[tuple[Guessed, int]]:
    """Return the first of the tables whose columns are the same, each with how many others there are.

    >>> one = Guessed("a.csv", {"text": "Corps"})
    >>> alike([one, Guessed("b.csv", {"text": "Corps"})]) == [(one, 1)]
    True
    """
    found: dict[tuple[tuple[str, str], ...], list[Guessed]] = {}
    for one in guessed:
        found.setdefault(tuple(one.columns.items()), []).append(one)
    return [(own[0], len(own) - 1) for own in found.values()]


def nothing_read(where: str, skipped: Sequence[Skipped], ignored: Mapping[str, int] | None = None) -> CorpusError:
    """Return the error for a read that gave no document, with the first reasons."""
    reasons = "; ".join(
        [*(f"{s.source}: {s.reason}" for s in skipped[:5]), *filter(None, [ignored_text(ignored or {})])]
    )
    return CorpusError(f"nothing could be read{where}" + (f" ({reasons})" if reasons else ": there are no articles"))


def stage(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    """Return what tells of one stage of a write."""
    return None if progress is None else lambda done, total: progress(name, done, total)
