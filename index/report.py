"""What did a write do, source by source, and how far is one that is going on?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.records import CorpusError, Skipped

Progress = Callable[[str, int, int], None]
"""Is told the stage ("reading", "encoding" or "copying"), how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a write did, source by source."""

    read: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    """Sources that had not changed: their vectors were kept."""
    removed: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    """Pairs of a source and the source read earlier whose file is byte for byte the same."""
    unread: int = 0
    """Paragraphs of the corpus whose facts could not be read; they are found, and give no figure."""


def nothing_read(where: str, skipped: Sequence[Skipped]) -> CorpusError:
    """Return the error for a read that gave no document, with the first reasons."""
    reasons = "; ".join(f"{s.source}: {s.reason}" for s in skipped[:5])
    return CorpusError(f"nothing could be read{where}" + (f" ({reasons})" if reasons else ": there are no articles"))


def stage(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    """Return what tells of one stage of a write."""
    return None if progress is None else lambda done, total: progress(name, done, total)
