"""Who reads, encodes and writes when one process is too slow? Workers of Ray, on one machine or on many.

The files are hashed first, so that what is unchanged, or a copy of another file, is known before anything is encoded.
Then each worker takes a few files at a time, reads and encodes them, and writes them to the engine itself: only their
names come back. The workers are those of the Ray cluster that RAY_ADDRESS names, or processes of this machine; all must
see the folder under the same path.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import reading
from index.cluster import Cluster
from index.cluster.backend import Tables
from index.cluster.tables import identity
from index.cluster.writing import Plan, Writer
from index.encoder import SentenceEncoder
from index.generation import Change, embedder, split
from index.local import Split
from index.reading.catalogue import NAME, read_catalogue
from index.reading.walking import found_in
from index.records import CorpusError, EngineUnavailable, MissingExtra, Skipped, UnreadableFile
from index.report import Progress, Report, nothing_read
from index.store import Manifest

if TYPE_CHECKING:
    from index.place import Place

FILES = 64
"""Files that a worker takes at a time."""
_MOST_PARTS = 20_000

Batch = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds, before any file is read."""

    digests: Mapping[str, str]
    """By source: the digest that its document will have."""
    files: Mapping[str, Path]
    skipped: tuple[Skipped, ...]
    duplicates: tuple[tuple[str, str], ...]


def build(
    home: Place,
    folder: Path,
    *,
    encoder: SentenceEncoder,
    model: str,
    max_bytes: int,
    workers: int,
    progress: Progress | None,
) -> tuple[Manifest, Report]:
    """Bring a corpus up to date with a folder. Raises CorpusError where nothing could be read."""
    if not isinstance(home, Cluster):
        raise CorpusError(f"workers write to an engine, and {home.path} is a folder; leave workers out")
    tell = progress or (lambda stage, done, total: None)
    with home.writing(), _cluster(workers) as data:
        before = home.reusable(encoder)
        known = home.backend(before).digests if before else {}
        listing = _listed(data, folder, workers, tell)
        wanted = {source: d for source, d in listing.digests.items() if known.get(source) != d}
        kept, refused = set(listing.digests) - set(wanted), list[Skipped]()

        def write(plan: Plan) -> list[str]:
            todo = [source for source, digest in wanted.items() if identity(source, digest) not in plan.done]
            told = (plan.manifest, plan.ticket, plan.average)
            work = _Work(home.path, plan.tables.name, told, type(encoder), model, str(folder.resolve()), max_bytes)
            refused.extend(_spread(data, work, [(s, listing.files[s]) for s in todo], workers, tell))
            if not kept and len(refused) == len(wanted):
                raise nothing_read(f" in {folder}", [*listing.skipped, *refused])
            return [skipped.source for skipped in refused]

        manifest = home.advance(before, Change(kept, (), wanted, encoder, model), write)
    lost = {skipped.source for skipped in refused}
    report = Report(
        read=tuple(source for source in wanted if source not in lost),
        reused=tuple(sorted(kept)),
        removed=tuple(sorted(set(known) - set(listing.digests))),
        skipped=(*listing.skipped, *refused),
        duplicates=listing.duplicates,
    )
    return manifest, report


@dataclass(frozen=True, slots=True)
class _Work:
    """What a worker is told when it starts; it is sent to other processes."""

    address: str
    generation: str
    plan: tuple[Manifest, str, float | None]
    encoder: type[SentenceEncoder]
    model: str
    folder: str
    max_bytes: int


class _Worker:
    """Reads, encodes and writes a few files at a time, in a process of its own."""

    def __init__(self, work: _Work) -> None:
        manifest, ticket, average = work.plan
        home = Cluster(work.address)
        plan = Plan(Tables(home.engine, work.generation), manifest, ticket, average, (), frozenset())
        self._writer = Writer(plan, embedder(work.encoder(work.model or None)))
        self._catalogue = read_catalogue(Path(work.folder))
        self._max_bytes = work.max_bytes

    def __call__(self, batch: Batch) -> Batch:
        """Return each file's source with why it could not be read, or "", and how many paragraphs it gave."""
        splits, reasons, counts = list[Split](), list[str](), list[int]()
        for source, path in zip(batch["source"], batch["path"], strict=True):
            reason, count = "", 0
            try:
                document = reading.read_file(os.fsdecode(path), str(source), max_bytes=self._max_bytes)
                digest = self._catalogue.digest(document.source, document.digest)
                splits.append(split(replace(self._catalogue.described(document), digest=digest)))
                count = len(splits[-1].paragraphs)
            except UnreadableFile as error:
                reason = str(error)
            reasons.append(reason)
            counts.append(count)
        for _ in self._writer.written(splits):
            pass
        return {"source": list(batch["source"]), "reason": reasons, "paragraphs": counts}


def _spread(
    data: Any, work: _Work, files: Sequence[tuple[str, Path]], workers: int, tell: Progress
) -> Iterator[Skipped]:
    """Have the workers write these files; yield those that could not be read."""
    if not files:
        return
    rows = _items(data, files, workers).map_batches(
        _Worker, fn_constructor_args=(work,), batch_size=None, concurrency=min(workers, len(files))
    )
    for done, row in enumerate(rows.iter_rows(), start=1):
        tell("encoding", done, len(files))
        if row["reason"]:
            yield Skipped(row["source"], row["reason"])


def _listed(data: Any, folder: Path, workers: int, tell: Progress) -> Listing:
    """Return what a folder holds, having hashed every file; the first of several identical ones counts."""
    walk, catalogue = found_in(folder), read_catalogue(folder)
    files = dict(walk.files)
    hashed: dict[str, str] = {}
    skipped = [*walk.skipped, *catalogue.problems]
    if files:
        for done, row in enumerate(
            _items(data, walk.files, workers).map_batches(_hashed, batch_size=None).iter_rows(), 1
        ):
            tell("reading", done, len(files))
            if row["reason"]:
                skipped.append(Skipped(row["source"], row["reason"]))
            else:
                hashed[row["source"]] = row["digest"]
    there = {unicodedata.normalize("NFC", source) for source in files} | {s.source for s in walk.skipped}
    skipped += [
        Skipped(NAME, f"names a file that is not there: {source[:200]}")
        for source in catalogue.rows
        if source not in there
    ]
    first: dict[str, str] = {}
    duplicates, digests = [], {}
    for source in sorted(hashed):
        if first.setdefault(hashed[source], source) == source:
            digests[source] = catalogue.digest(source, hashed[source])
        else:
            duplicates.append((source, first[hashed[source]]))
    return Listing(digests, files, tuple(skipped), tuple(duplicates))


def _hashed(batch: Batch) -> Batch:
    """Return the digest of each file, or why it cannot be opened."""
    digests, reasons = [], []
    for path in batch["path"]:
        try:
            digests.append(reading.digest(os.fsdecode(path)))
            reasons.append("")
        except OSError as error:
            digests.append("")
            reasons.append(f"cannot be opened: {error.strerror or error}")
    return {"source": list(batch["source"]), "digest": digests, "reason": reasons}


def _items(data: Any, files: Sequence[tuple[str, Path]], workers: int) -> Any:
    """Return a data set of files in parts of `FILES`, smaller where there would be too few for all workers."""
    parts = max(-(-len(files) // FILES), min(len(files), 2 * workers))
    items = [{"source": source, "path": os.fsencode(path)} for source, path in files]
    return data.from_items(items, override_num_blocks=min(parts, _MOST_PARTS))


@contextmanager
def _cluster(workers: int) -> Iterator[Any]:
    """Yield `ray.data`, connected to the cluster that RAY_ADDRESS names or to one of our own."""
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtra(f'workers need {error.name}: pip install "recoupe[cluster]"') from None
    ours = not ray.is_initialized()
    if ours:
        # Ray reports to its makers how it is used, unless told not to: nothing leaves the machine here.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        # Each worker counts as a core, and what hands out the files as one more, however many there are.
        cores = None if os.environ.get("RAY_ADDRESS") else workers + 1
        _start(ray, cores)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield ray.data
    except ray.exceptions.RayError as error:
        raise _explained(error) from error
    finally:
        if ours:
            ray.shutdown()


def _start(ray: Any, cores: int | None) -> None:
    """Start a cluster, or connect to one. Ray gives its processes half a minute; a busy machine may need that twice."""
    import tenacity

    try:
        for attempt in tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(RuntimeError),
            stop=tenacity.stop_after_attempt(3),
            before_sleep=lambda _: ray.shutdown(),
            reraise=True,
        ):
            with attempt:
                ray.init(num_cpus=cores, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except (RuntimeError, ConnectionError) as error:
        raise EngineUnavailable(
            f"the workers' cluster does not start: {' '.join(str(error).split())[-200:]}"
        ) from error


def _explained(error: BaseException) -> CorpusError:
    """Return the error of our tree that a worker raised, or one that says how a worker ended."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, CorpusError):
            return cause
        cause = cause.__cause__ or getattr(cause, "cause", None)
    return CorpusError(f"a worker failed: {' '.join(str(error).split())[-300:]}; the same command takes up the rest")
