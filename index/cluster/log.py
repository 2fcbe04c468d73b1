"""What does a version of the corpus hold? Its documents and statistics, folded from a log that only grows.

A write adds entries to the log under its own version, and the manifest then names that version; until then no reader
looks at them. The kinds are:

    announced documents that are about to be written
    block     documents that were written, and how many of their paragraphs hold each term
    commit    the blocks of a version, the documents that no longer count, and what these take away from the numbers
    snapshot  everything up to a version, so that older entries need not be read

A block is announced before its paragraphs are written, and entered after. What was announced and not entered is swept
away by the next write; what was entered is not written again. A block that its version's commit does not name does not
count: a worker that outlived its write may have entered it too late. No entry is ever replaced.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from index.cluster.tables import Item, Pieces
from index.records import plain


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the log lists it."""

    key: str
    source: str
    digest: str
    paragraphs: int
    length: int
    """The number of terms of all its paragraphs."""
    languages: Mapping[str, int]
    """How many of its paragraphs are in each language."""
    unread: int = 0
    """How many of its paragraphs the reader of facts failed on."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the log."""

    key: str
    kind: str
    version: int
    documents: tuple[Listed, ...] = ()
    """What a block or snapshot adds."""
    frequencies: Mapping[str, int] = field(default_factory=dict)
    """How many paragraphs hold each term: to be added, or, in a commit, taken away."""
    removed: tuple[str, ...] = ()
    """The keys of the documents that a commit takes away; in a snapshot, of those that its own version took away."""
    blocks: tuple[str, ...] = ()
    """The keys of the blocks that a commit names."""


class State:
    """The documents and statistics of one version."""

    def __init__(self, entries: Iterable[LogEntry]) -> None:
        self.documents: list[Listed] = []
        """In the order of their paragraphs' ids; those that were removed since the last snapshot among them."""
        self.frequencies: Counter[str] = Counter()
        self.removed: tuple[str, ...] = ()
        """What the last version took away, which is still there for its readers and hidden from ours."""
        self.entries = 0
        self.since = 0
        """The version of the last snapshot."""
        self.place: dict[str, int] = {}
        """Where each living source stands in `documents`."""
        self._keys: dict[str, int] = {}
        for version in _by_version(entries):
            self._apply(version)
        self.starts = np.cumsum([0] + [document.paragraphs for document in self.documents])
        living = [self.documents[number] for number in sorted(self.place.values())]
        self.count = sum(document.paragraphs for document in living)
        total = sum(document.length for document in living)
        self.average = total / self.count if total else 1.0
        self.languages: Counter[str] = Counter()
        for document in living:
            self.languages.update(document.languages)

    def _apply(self, entries: Sequence[LogEntry]) -> None:
        """Take in the entries of one version: what leaves first, since a source may come back at once."""
        self.removed = ()
        for entry in entries:
            self.entries += 1
            self.removed += entry.removed
            if entry.kind == "snapshot":
                self.since = entry.version
            if entry.kind == "commit":
                for key in entry.removed:
                    del self.place[self.documents[self._keys.pop(key)].source]
                self.frequencies.subtract(entry.frequencies)
            else:
                self.frequencies.update(entry.frequencies)
        kept = [d for entry in entries if entry.kind == "snapshot" for d in entry.documents]
        added = [d for entry in entries if entry.kind == "block" for d in entry.documents]
        for document in [*kept, *sorted(added, key=lambda d: d.source)]:
            self.place[document.source] = self._keys[document.key] = len(self.documents)
            self.documents.append(document)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Which paragraphs count, shape (paragraphs,)."""
        counts = np.zeros(len(self.documents), np.bool_)
        counts[list(self.place.values())] = True
        return np.repeat(counts, np.diff(self.starts))

    def listed(self, source: str) -> Listed:
        """Return a living source's document. Raises KeyError."""
        return self.documents[self.place[source]]

    def number(self, key: str) -> int | None:
        """Return where a living document stands in `documents`, by its key; None for any other."""
        return self._keys.get(key)

    def snapshot(self, version: int) -> LogEntry:
        """Return the entry that stands for all others up to this version."""
        living = tuple(self.documents[number] for number in sorted(self.place.values()))
        frequencies = {term: count for term, count in self.frequencies.items() if count > 0}
        return LogEntry(f"snapshot:{version}", "snapshot", version, living, frequencies, self.removed)


def write(log: Pieces, entries: Iterable[LogEntry]) -> None:
    """Enter these entries."""
    log.put(
        Item(
            entry.key,
            zlib.compress(json.dumps(plain(entry), ensure_ascii=False).encode(), 6),
            entry.version,
            entry.kind,
        )
        for entry in entries
    )


def forget(log: Pieces, version: int) -> None:
    """Delete what the snapshot of a version stands for."""
    log.delete(f'version < {version} or (version == {version} and owner != "snapshot")')


def read(log: Pieces, where: str) -> list[LogEntry]:
    """Return the entries for which a condition on `version` holds."""
    return [_entry(body) for body in log.select(where).values()]


def block(documents: Sequence[Listed], frequencies: Mapping[str, int], version: int, ticket: str) -> LogEntry:
    """Return the entry of a block that was written; its key says which write it is of, and what it holds."""
    names = "".join(document.key for document in documents)
    key = f"block:{version}:{ticket}:{hashlib.sha256(names.encode()).hexdigest()[:24]}"
    return LogEntry(key, "block", version, tuple(documents), frequencies)


def announce(block: LogEntry) -> LogEntry:
    """Return the entry that says that a block is about to be written."""
    return replace(block, key=f"announced:{block.key}", kind="announced")


def _entry(body: bytes) -> LogEntry:
    fields = json.loads(zlib.decompress(body))
    documents = tuple(Listed(**document) for document in fields.pop("documents"))
    fields.update((name, tuple(fields[name])) for name in ("removed", "blocks"))
    return LogEntry(**fields, documents=documents)


def _by_version(entries: Iterable[LogEntry]) -> list[list[LogEntry]]:
    """Return what counts by ascending version, from the last snapshot on; a snapshot stands for its whole version."""
    entries = list(entries)
    last = max((entry for entry in entries if entry.kind == "snapshot"), key=lambda entry: entry.version, default=None)
    groups: dict[int, list[LogEntry]] = {last.version: [last]} if last else {}
    named = {key for entry in entries for key in entry.blocks}
    for entry in entries:
        counts = entry.kind == "commit" or (entry.kind == "block" and entry.key in named)
        if counts and (last is None or entry.version > last.version):
            groups.setdefault(entry.version, []).append(entry)
    return [groups[version] for version in sorted(groups)]
