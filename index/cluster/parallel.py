"""Who reads, encodes and writes when one process is too slow? Workers of Ray, on one machine or on many.

The files are hashed first, so that what is unchanged, or a copy of another file, is known before anything is encoded.
Then each worker takes a few files at a time, reads and encodes them, and writes them to the engine itself: only their
names come back. The workers are those of the Ray cluster that RAY_ADDRESS names, or processes of this machine; all must
see the folder under the same path.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import reading
from index.cluster import Cluster
from index.cluster.tables import Tables, identity
from index.cluster.writing import Plan, Writer
from index.encoder import SentenceEncoder
from index.generation import Change, Work, make_embedder, split
from index.reading.articles import known_by_file
from index.reading.catalogue import Catalogue, read_catalogue
from index.reading.walking import found_in
from index.records import CorpusError, EngineUnavailable, Guessed, MissingExtra, Skipped
from index.report import Progress, WriteReport, nothing_read
from index.splits import Split
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
    holders: Mapping[str, str]
    """By source: the file that holds it."""
    skipped: tuple[Skipped, ...]
    duplicates: tuple[tuple[str, str], ...]
    ignored: Mapping[str, int]
    guessed: tuple[Guessed, ...]
    known: Mapping[str, Mapping[str, str]]
    """By file: the digests of the sources that it held before."""


def build(home: Place, folder: Path, work: Work, *, workers: int) -> tuple[Manifest, WriteReport]:
    """Bring a corpus up to date with a folder. Raises CorpusError where nothing could be read."""
    if not isinstance(home, Cluster):
        raise CorpusError(f"workers write to an engine, and {home.path} is a folder; leave workers out")
    encoder, tell = work.encoder, work.progress or (lambda stage, done, total: None)
    if encoder is None:
        raise ValueError("a build needs an encoder")
    with home.writing(), _cluster(workers) as data:
        before = home.reusable(encoder)
        known = home.backend(before).digests if before else {}
        listing = _listed(data, folder, work, workers, known)
        wanted = {source: d for source, d in listing.digests.items() if known.get(source) != d}
        kept, refused = set(listing.digests) - set(wanted), list[Skipped]()

        def write(plan: Plan) -> list[str]:
            told = (plan.manifest, plan.ticket, plan.average)
            place = str(folder.resolve())
            task = _Task(
                home.path, plan.tables.name, told, type(encoder), work.model, place, work.max_bytes, work.columns or {}
            )
            left = [source for source, digest in wanted.items() if identity(source, digest) not in plan.done]
            refused.extend(_spread(data, task, _rows(listing, left), workers, tell))
            if not kept and len(refused) == len(wanted):
                raise nothing_read(f" in {folder}", [*listing.skipped, *refused], listing.ignored)
            return [skipped.source for skipped in refused]

        change = Change(kept, (), wanted, encoder, work.model, ignored=listing.ignored, columns=work.columns)
        manifest = home.advance(before, change, write)
    lost = {skipped.source for skipped in refused}
    report = WriteReport(
        read=tuple(source for source in wanted if source not in lost),
        reused=tuple(sorted(kept)),
        removed=tuple(sorted(set(known) - set(listing.digests))),
        skipped=(*listing.skipped, *refused),
        duplicates=listing.duplicates,
        ignored=listing.ignored,
        guessed=listing.guessed,
        unread=manifest.unread,
    )
    return manifest, report


def _rows(listing: Listing, sources: Sequence[str]) -> list[Batch]:
    """Return the files that hold these sources, each with those that are wanted of it."""
    todo: dict[str, list[str]] = {}
    for source in sources:
        todo.setdefault(listing.holders[source], []).append(source)
    return [{**_row(file, listing.files[file], listing.known), "wanted": "\n".join(own)} for file, own in todo.items()]


def _row(file: str, path: Path, known: Mapping[str, Mapping[str, str]]) -> Batch:
    """Return a file as workers are given it: with what it held before, so that each of its articles keeps its name."""
    return {"source": file, "path": os.fsencode(path), "known": json.dumps(dict(known.get(file, {})))}


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker is told when it starts; it is sent to other processes."""

    address: str
    generation: str
    plan: tuple[Manifest, str, float | None]
    encoder: type[SentenceEncoder]
    model: str
    folder: str
    max_bytes: int
    columns: Mapping[str, str]


class _Worker:
    """Reads, encodes and writes a few files at a time, in a process of its own."""

    def __init__(self, task: _Task) -> None:
        manifest, ticket, average = task.plan
        home = Cluster(task.address)
        plan = Plan(Tables(home.engine, task.generation), manifest, ticket, average, (), frozenset())
        self._writer = Writer(plan, make_embedder(task.encoder(task.model or None)))
        self._catalogue = replace(read_catalogue(Path(task.folder)), columns=task.columns)
        self._max_bytes = task.max_bytes

    def __call__(self, batch: Batch) -> Batch:
        """Return each wanted source with why it could not be read, or "", and how many paragraphs it gave."""
        splits, found = list[Split](), dict[str, tuple[str, int]]()
        for file, path, told, wanted in zip(*(batch[n] for n in ("source", "path", "known", "wanted")), strict=True):
            files, known = [(str(file), Path(os.fsdecode(path)))], json.loads(str(told))
            read = reading.read_files(files, self._catalogue, max_bytes=self._max_bytes, known=known)
            reasons = [skipped.reason for skipped in read.skipped] or ["changed while it was read"]
            found |= {source: (reasons[0], 0) for source in str(wanted).split("\n")}
            for document in read.documents:
                if document.source in found:
                    splits.append(split(document))
                    found[document.source] = "", len(splits[-1].paragraphs)
        for _ in self._writer.written(splits):
            pass
        reasons, counts = [reason for reason, _ in found.values()], [count for _, count in found.values()]
        return {"source": list(found), "reason": reasons, "paragraphs": counts}


def _spread(data: Any, task: _Task, rows: Sequence[Batch], workers: int, tell: Progress) -> Iterator[Skipped]:
    """Have the workers write the articles of these files; yield those that could not be read."""
    if not rows:
        return
    total = sum(str(row["wanted"]).count("\n") + 1 for row in rows)
    spread = _items(data, rows, workers).map_batches(
        _Worker, fn_constructor_args=(task,), batch_size=None, concurrency=min(workers, len(rows))
    )
    for done, row in enumerate(spread.iter_rows(), start=1):
        tell("encoding", done, total)
        if row["reason"]:
            yield Skipped(row["source"], row["reason"])


def _listed(data: Any, folder: Path, work: Work, workers: int, known: Mapping[str, str]) -> Listing:
    """Return what a folder holds, having hashed every file; the first of several identical ones counts."""
    walk, catalogue = found_in(folder), replace(read_catalogue(folder), columns=work.columns or {})
    files = dict(walk.files)
    before = known_by_file(known, files)
    found: list[Batch] = []
    guessed: list[Guessed] = []
    skipped = [*walk.skipped, *catalogue.problems]
    if files:
        rows = [_row(source, path, before) for source, path in walk.files]
        lister = partial(_looked_at, catalogue=catalogue, max_bytes=work.max_bytes)
        seen: set[str] = set()
        for row in _items(data, rows, workers).map_batches(lister, batch_size=None).iter_rows():
            seen.add(row["file"])
            if work.progress:
                work.progress("reading", len(seen), len(files))
            if row["reason"]:
                skipped.append(Skipped(row["file"], row["reason"]))
            elif row["guessed"]:
                guessed.append(Guessed(row["source"], json.loads(row["guessed"])))
            else:
                found.append(row)
    there = {*files, *(s.source for s in walk.skipped), *(row["source"] for row in found)}
    skipped += catalogue.strangers(there)
    first: dict[str, str] = {}
    duplicates, digests = [], {}
    for row in sorted(found, key=lambda row: row["source"]):
        if first.setdefault(row["own"], row["source"]) == row["source"]:
            digests[row["source"]] = row["digest"]
        else:
            duplicates.append((row["source"], first[row["own"]]))
    holders = {row["source"]: row["file"] for row in found}
    return Listing(
        digests, files, holders, tuple(skipped), tuple(duplicates), dict(walk.ignored), tuple(guessed), before
    )


def _looked_at(batch: Batch, *, catalogue: Catalogue, max_bytes: int) -> Batch:
    """Return the articles of each file with their digests, or why it cannot be opened; one that is alone is hashed."""
    found: list[tuple[str, ...]] = []
    for source, path, told in zip(batch["source"], batch["path"], batch["known"], strict=True):
        file, place, known = str(source), Path(os.fsdecode(path)), json.loads(str(told))
        try:
            if not reading.may_hold_several(place):
                own = reading.digest(place)
                found.append((file, file, own, catalogue.digest(file, own), "", ""))
                continue
            read = reading.read_files([(file, place)], catalogue, max_bytes=max_bytes, known=known)
            found += [(file, file, "", "", skipped.reason, "") for skipped in read.skipped]
            found += [(file, one.source, "", "", "", json.dumps(one.columns)) for one in read.guessed]
            digests = {s: known[s] for s in read.unchanged} | {d.source: d.digest for d in read.documents}
            for name, digest in digests.items():
                own = reading.own_digest(digest) or reading.digest(place)
                found.append((file, name, own, digest, "", ""))
        except OSError as error:
            found.append((file, file, "", "", f"cannot be opened: {error.strerror or error}", ""))
    names = ("file", "source", "own", "digest", "reason", "guessed")
    return {name: [row[number] for row in found] for number, name in enumerate(names)}


def _items(data: Any, rows: Sequence[Batch], workers: int) -> Any:
    """Return a data set of files in parts of `FILES`, smaller where there would be too few for all workers."""
    parts = max(-(-len(rows) // FILES), min(len(rows), 2 * workers))
    return data.from_items(list(rows), override_num_blocks=min(parts, _MOST_PARTS))


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
