"""Where does a corpus live on an engine, is it whole, how is its next generation written?

What a folder is to the embedded backend, four kinds of collection are here (NAME is the collection in the address)::

    NAME                     the manifests, one row each, of which the last counts; and the writer's lease
    NAME_000001_log          the documents and statistics of each version: entries, written once
    NAME_000001_paragraphs   both vectors of each paragraph, and what a filter may name
    NAME_000001_texts        the documents and the token vectors

A first generation, and one of another encoder or analysis, goes to new collections. Later ones go to the same: each row
says which version wrote it, and a reader asks for rows up to the version that its manifest names. So nobody sees half
of a write. What a write takes away is hidden from then on, and deleted by the write after it.

The current manifest is the row with the highest number, so that readers are switched by the insertion of one row. No
alias does it: an alias names a collection and cannot name a version in it, and the lite core has none. And no row is
replaced: the lite core deletes before it inserts, and lets readers see the gap.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from index.cluster import address as addresses
from index.cluster import lease, log, writing
from index.cluster.backend import MilvusBackend
from index.cluster.engine import PATIENCE, TIMEOUT, Engine
from index.cluster.tables import (
    Item,
    Pieces,
    Tables,
    contents_key,
    identity,
    match_item,
    paragraph_key,
    quote,
    topic_key,
)
from index.cluster.writing import Plan, Writer
from index.encoder import SentenceEncoder
from index.facts.contents import VERSION, unpack
from index.generation import Change, make_embedder, told_manifest
from index.language import ANALYSIS
from index.records import IndexCorrupt, IndexNotFound, IndexOutdated
from index.splits import Split, indexed_terms
from index.store import FORMAT, READABLE, Manifest, Segment, manifest_of, outdated

MAX_ENTRIES = 64
"""Entries of a log that a reader goes through; one more, and the next write makes a snapshot."""

_DELETED = 500
_UNFINISHED = "unfinished"


class Cluster:
    """The place of one corpus on an engine; what `index.place.Folder` is on a disk."""

    def __init__(self, address: str | Path, *, patience: float = PATIENCE, timeout: float = TIMEOUT) -> None:
        self.address = addresses.parse(address)
        self.path = str(self.address)
        self.engine = Engine(self.address.uri, patience=patience, timeout=timeout)
        self._head = Pieces(self.engine, self.address.name)
        self._opened: tuple[Manifest, MilvusBackend] | None = None

    def manifest(self) -> Manifest:
        """Return the current manifest. Raises IndexNotFound, IndexCorrupt or IndexOutdated."""
        held = self._manifests()
        if not held:
            raise IndexNotFound(f"there is no index at {self.path}; make one with: recoupe build FOLDER {self.path}")
        return self._parsed(held[max(held)])

    def check(self, manifest: Manifest, *, whole: bool = False) -> list[str]:
        """Return what is wrong with a generation, at a glance, with `whole` too: `problems` looks at every row."""
        held, expected = Tables(self.engine, manifest.segments[0].name), manifest.segments[0]
        lost = [name for name in held.collections if not self.engine.has(name)]
        if lost:
            return [f"the collection {lost[0]} of {self.path} is not there"]
        state = self.backend(manifest).state
        if (len(state.place), state.count) != (expected.documents, expected.paragraphs):
            return [
                f"the log of {self.path} lists {len(state.place)} documents and {state.count} paragraphs, the manifest "
                f"{expected.documents} and {expected.paragraphs}"
            ]
        return []

    def backend(self, manifest: Manifest) -> MilvusBackend:
        """Return what answers from a generation; the last one is remembered."""
        if self._opened is None or self._opened[0] != manifest:
            self._opened = manifest, MilvusBackend(self.engine, self.address, manifest)
        return self._opened[1]

    def refuse_foreign(self) -> None:
        """Raise CorpusError when the collection is not one of ours."""
        self._manifests()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the index for writing. Raises IndexLocked when another process does."""
        self._head.create()
        with lease.hold(self._head, self.path):
            yield

    def reusable(self, encoder: SentenceEncoder) -> Manifest | None:
        """Return the manifest of an index that can be brought up to date; None where a new one must be made."""
        try:
            manifest = self.manifest()
        except (IndexNotFound, IndexCorrupt, IndexOutdated):
            return None
        same = (manifest.fingerprint, manifest.token_dim) == (encoder.fingerprint, encoder.token_dim)
        return manifest if same and not self.check(manifest) else None

    def next_generation(self, before: Manifest | None, change: Change) -> Manifest:
        """Write the generation that a change makes of the one before, and return its manifest."""
        splits, progress = change.splits, change.progress
        total = sum(len(s.paragraphs) for s in splits) if isinstance(splits, Sequence) else 0

        def write(plan: Plan) -> Collection[str]:
            writer, done = Writer(plan, make_embedder(change.encoder)), 0
            for count in writer.written(s for s in splits if _key(s) not in plan.done):
                done += count
                if progress and total:
                    progress(done, total)
            return ()

        return self.advance(before, change, write)

    def advance(self, before: Manifest | None, change: Change, write: Callable[[Plan], Collection[str]]) -> Manifest:
        """Have a generation written and make it the current one; `write` returns the sources that it had to skip."""
        backend = self.backend(before) if before else None
        state = backend.state if backend else log.State(())
        gone = [state.listed(source) for source in state.place if source not in change.keep]
        held = before.segments[0] if before else None
        stale = change.reread and held is not None and held.reader != VERSION
        again = self._read_again(backend) if stale and backend else 0
        told = told_manifest(before, before, change) if before else None
        if before and held and not gone and not change.wanted and told == before:
            renewed = replace(held, reader=VERSION, unread=again)
            return self._committed(replace(before, segments=(renewed,), format=FORMAT)) if stale else before
        plan = self._begun(before, state, change)
        skipped = write(plan)
        state = self._entered(plan, backend, gone)
        if lost := sorted(set(change.wanted) - set(skipped) - set(state.place)):
            raise IndexCorrupt(f"{lost[0]} was written to {self.path} and is not there; run the same command again")
        unread = again + sum(state.documents[number].unread for number in state.place.values())
        reader = held.reader if held and not stale else VERSION
        segment = Segment(plan.tables.name, {}, len(state.place), state.count, reader=reader, unread=unread)
        return self._committed(told_manifest(replace(plan.manifest, segments=(segment,)), before, change))

    def _read_again(self, backend: MilvusBackend) -> int:
        """Write what this version's reader reads of every document; return how many paragraphs it failed on."""
        unread, version = 0, self.manifest().generation
        for source in backend.state.place:
            listed, paragraphs = backend.state.listed(source), backend.paragraphs_of(source)
            (split,) = writing.read_contents([Split(backend.document(source), tuple(paragraphs))])
            keys = [paragraph_key(listed.key, number) for number in range(len(paragraphs))]
            items = zip(map(contents_key, keys), split.contents or (), strict=True)
            backend.tables.texts.put(
                Item(key, body, version, listed.key) for key, body in ((topic_key(listed.key), split.topic), *items)
            )
            unread += sum(bool(unpack(record).unread) for record in split.contents or ())
        return unread

    def _entered(self, plan: Plan, backend: MilvusBackend | None, gone: Sequence[log.Listed]) -> log.State:
        """Enter the commit of a version into the log, with a snapshot where the log is long; return what it holds."""
        version = plan.manifest.generation
        entries = log.read(plan.tables.log, f"version <= {version}")
        ours = f"block:{version}:{plan.ticket}:"
        blocks = [e.key for e in entries if e.key.startswith(ours) or e.key in plan.kept]
        frequencies = _frequencies(backend, gone) if backend else Counter()
        removed = tuple(document.key for document in gone)
        commit = log.LogEntry(f"commit:{version}", "commit", version, (), frequencies, removed, tuple(blocks))
        log.write(plan.tables.log, [commit])
        state = log.State([*entries, commit])
        if state.entries > MAX_ENTRIES:
            log.write(plan.tables.log, [state.snapshot(version)])
        return state

    def _begun(self, before: Manifest | None, state: log.State, change: Change) -> Plan:
        """Return the plan of a write, having swept away what an interrupted one left half done."""
        wanted = {identity(*pair) for pair in change.wanted.items()}
        if before:
            target = replace(before, generation=before.generation + 1, previous=(), format=FORMAT)
        elif change.encoder:
            target = self._first(change.encoder, change.model)
        else:
            raise ValueError("a first generation needs an encoder")
        held = Tables(self.engine, target.segments[0].name)
        held.create(self.address, target.dim)
        _delete(held, state.removed, f"version < {target.generation}")
        if state.since:
            log.forget(held.log, state.since)
        kept, done = [], set[str]()
        entries = log.read(held.log, f"version >= {target.generation}")
        for entry in (e for e in entries if e.kind == "block"):
            keys = {document.key for document in entry.documents}
            if keys <= wanted and not keys & done:
                kept.append(entry.key)
                done |= keys
        for entry in (e for e in entries if e.key not in kept):
            keys = {document.key for document in entry.documents}
            _delete(held, sorted(keys - done), f"version >= {target.generation}")
            held.log.delete(match_item(entry.key))
        average = state.average if state.count else None
        return Plan(held, target, uuid.uuid4().hex[:12], average, tuple(kept), frozenset(done))

    def _first(self, encoder: SentenceEncoder, model: str) -> Manifest:
        """Return the manifest of a generation in collections of its own: new ones, or those of an interrupted write."""
        made = Manifest(1, encoder.name, encoder.fingerprint, model, encoder.dim, encoder.token_dim)
        kept, held = self._head.get([_UNFINISHED]), self._manifests()
        if _UNFINISHED in kept:
            with suppress(IndexOutdated, IndexCorrupt):  # what another version of the program began is begun anew
                begun = self._parsed(kept[_UNFINISHED])
                if replace(begun, segments=(), previous=()) == made:
                    return begun
        name = f"{self.address.name}_{max(self._numbers(), default=0) + 1:06d}"
        previous = _names(held[max(held)]) if held else ()
        made = replace(made, segments=(Segment(name, {}, 0, 0),), previous=previous)
        self._head.put([Item(_UNFINISHED, _serialised(made), made.generation)])
        return made

    def _committed(self, manifest: Manifest) -> Manifest:
        """Make this manifest the current one, in one step, and drop what neither it nor the one before needs."""
        held = self._manifests()
        number = max(held, default=0) + 1
        self._head.put([Item(f"manifest:{number:012d}", _serialised(manifest), number)])
        self._head.delete(f'(key like "manifest:%" and version < {number}) or {match_item(_UNFINISHED)}')
        kept = {manifest.segments[0].name, *manifest.previous}
        for number in self._numbers():
            if (name := f"{self.address.name}_{number:06d}") not in kept:
                Tables(self.engine, name).drop()
        return manifest

    def _manifests(self) -> dict[int, bytes]:
        """Return the manifests by number; the last is the current one, others are being deleted."""
        if not self.engine.has(self.address.name):
            return {}
        return {int(key.partition(":")[2]): body for key, body in self._head.select('key like "manifest:%"').items()}

    def _numbers(self) -> set[int]:
        """Return the numbers of the generations that have collections."""
        pattern = re.compile(rf"{self.address.name}_(\d{{6,}})_(log|paragraphs|texts)")
        found = (pattern.fullmatch(name) for name in self.engine.collections())
        return {int(match[1]) for match in found if match}

    def _parsed(self, body: bytes) -> Manifest:
        try:
            fields = json.loads(body)
            version, analysis = fields["format"], fields["analysis"]
            if version in READABLE and analysis == ANALYSIS:
                return manifest_of(fields)
        except (ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(f"the manifest of {self.path} cannot be read ({error!r}); build it again") from None
        raise outdated(self.path, version, analysis)


def _serialised(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), ensure_ascii=False).encode()


def _names(body: bytes) -> tuple[str, ...]:
    """Return the generation that a manifest names; nothing where it does not say."""
    try:
        return tuple(segment["name"] for segment in json.loads(body)["segments"])
    except (ValueError, KeyError, TypeError):
        return ()


def _key(split: Split) -> str:
    return identity(split.document.source, split.document.digest)


def _frequencies(backend: MilvusBackend, documents: Iterable[log.Listed]) -> Counter[str]:
    """Return how many paragraphs of these documents hold each term, counted again."""
    frequencies: Counter[str] = Counter()
    for document in documents:
        first = int(backend.state.starts[backend.state.place[document.source]])
        paragraphs = backend.paragraphs(range(first, first + document.paragraphs))
        frequencies.update(writing.frequencies(Counter(indexed_terms(p)) for p in paragraphs))
    return frequencies


def _delete(held: Tables, documents: Sequence[str], where: str) -> None:
    """Delete what belongs to these documents, of the versions that a condition says."""
    for begin in range(0, len(documents), _DELETED):
        these = quote(documents[begin : begin + _DELETED])
        held.engine.delete(held.paragraphs, f"document in {these} and {where}")
        held.texts.delete(f"owner in {these} and {where}")
