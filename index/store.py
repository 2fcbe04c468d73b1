"""Where does a generation live on disk, is it whole, how is it swapped?

An index is a folder::

    recoupe.json       the manifest: the one file that is ever replaced, atomically
    lock               held while somebody writes
    segments/000001/   arrays, lines of JSON and text; written once, synced, never changed
    partial/           what an interrupted write encoded, until the next one succeeds; no part of the index

A generation is what one manifest names: its segments, with the sha256 of each file, and the documents of each segment
that no longer count. Writing makes a new segment beside the old ones, syncs it, and then replaces the manifest; until
that moment the previous generation is what opens, and after it a reader of the previous one keeps its files, which are
deleted by the write after the next. Large files are also checked block by block, as they are read: see `index.blocks`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import filelock

from index.blocks import table_of
from index.language import ANALYSIS
from index.records import CorpusError, IndexCorrupt, IndexLocked, IndexNotFound, IndexOutdated

FORMAT = 2
READABLE = (1, FORMAT)
"""The formats that are opened; in format 1 no facts are stored, and they are read when a question needs them."""
MANIFEST = "recoupe.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A folder of files that never change; `removed` are the numbers of its documents that no longer count."""

    name: str
    files: Mapping[str, str]
    """File name to sha256, in hexadecimal."""
    documents: int
    paragraphs: int
    removed: tuple[int, ...] = ()
    reader: int = 0
    """The version of the reader of its facts (`index.facts.contents.VERSION`); 0 where it holds none."""
    unread: int = 0
    """How many of its paragraphs the reader failed on."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation is made of."""

    generation: int
    encoder: str
    fingerprint: str
    """A digest of the encoder's weights, by which an index knows it again."""
    model: str
    """The hub name or folder that the encoder was loaded from; "" for the one in the box."""
    dim: int
    token_dim: int
    segments: tuple[Segment, ...] = ()
    previous: tuple[str, ...] = ()
    """The segments of the generation before, which a reader may still hold."""
    ignored: Mapping[str, int] = field(default_factory=dict)
    """How many files of each kind that is not read the folder last built held, by suffix."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the columns of tables hold, by their names, as they were named last; the next build reads by it too."""
    analysis: str = ANALYSIS
    format: int = FORMAT

    @property
    def unread(self) -> int:
        """How many paragraphs the reader of facts failed on."""
        return sum(segment.unread for segment in self.segments)


class Store:
    """The folder of one index."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = filelock.FileLock(self.path / "lock")

    def exists(self) -> bool:
        """Return whether there is an index here."""
        return (self.path / MANIFEST).is_file()

    def manifest(self) -> Manifest:
        """Return the current manifest. Raises IndexNotFound, IndexCorrupt or IndexOutdated."""
        try:
            raw = (self.path / MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexNotFound(
                f"there is no index at {self.path}; make one with: recoupe build FOLDER {self.path}"
            ) from None
        except OSError as error:
            raise IndexCorrupt(f"the index at {self.path} cannot be read: {error}") from error
        return _parsed(raw, self.path)

    def folder(self, segment: str) -> Path:
        """Return where a segment's files are."""
        return self.path / "segments" / segment

    @property
    def partial(self) -> Path:
        """The folder where a write keeps what it has encoded."""
        return self.path / "partial"

    def check(self, manifest: Manifest, *, whole: bool = False) -> list[str]:
        """Return what is wrong with the files of a generation, one sentence each; empty when they are as written.

        The large ones, which are checked block by block as they are read, are looked through only with `whole`.
        """
        problems = []
        for segment in manifest.segments:
            for name, digest in sorted(segment.files.items()):
                file = self.folder(segment.name) / name
                if not file.is_file():
                    problems.append(f"{file} is missing")
                elif (whole or table_of(file).name not in segment.files) and file_digest(file) != digest:
                    problems.append(f"{file} was altered or cut short: its sha256 is not the one in the manifest")
        return problems

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the index for writing. Raises IndexLocked when another process does."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            raise IndexLocked(f"another process is writing to {self.path}; try again when it is done") from None
        except OSError as error:
            raise CorpusError(f"{self.path} cannot be written to: {error.strerror or error}") from error
        try:
            yield
        except OSError as error:
            self._clear()
            raise CorpusError(f"writing to {self.path} failed: {error}; the index is as it was before") from error
        finally:
            self._lock.release()

    def new_folder(self) -> Path:
        """Return a new, empty folder for a segment's files; `commit` clears what interrupted writes left behind."""
        taken = {int(p.name) for p in (self.path / "segments").glob("[0-9]*") if p.name.isdigit()}
        folder = self.folder(f"{max(taken, default=0) + 1:06d}")
        folder.mkdir(parents=True)
        return folder

    def sealed(self, folder: Path, segment: Segment) -> Segment:
        """Sync every file of a new segment to disk and return the segment with their digests."""
        files = {}
        for file in sorted(folder.iterdir()):
            _sync(file)
            files[file.name] = file_digest(file)
        _sync(folder)
        _sync(folder.parent)
        return replace(segment, name=folder.name, files=files)

    def commit(self, manifest: Manifest, *, before: Manifest | None = None) -> Manifest:
        """Make this manifest the current one, in one step, and clear what neither it nor the one before needs."""
        number = before.generation + 1 if before else 1
        previous = tuple(s.name for s in before.segments) if before else ()
        manifest = replace(manifest, generation=number, previous=previous)
        written = self.path / (MANIFEST + ".new")
        written.write_bytes(_serialised(manifest))
        _sync(written)
        os.replace(written, self.path / MANIFEST)
        with suppress(OSError):  # from here on it is the new generation, whether or not the folder can be synced
            _sync(self.path)
        self._clear()
        self.forget_parts()
        return manifest

    def forget_parts(self) -> None:
        """Delete what interrupted writes encoded; what else is in that folder is not ours."""
        with suppress(OSError):
            for file in self.partial.glob("[0-9a-f]" * 64 + ".*"):
                file.unlink()
            self.partial.rmdir()

    def _clear(self) -> None:
        """Delete the segments that neither the current generation nor the one before it needs."""
        kept: set[str] = set()
        try:
            manifest = self.manifest()
            kept = {s.name for s in manifest.segments} | set(manifest.previous)
        except IndexNotFound:
            pass
        except CorpusError:
            return  # which segments a damaged manifest names cannot be told
        for folder in (self.path / "segments").glob("*"):
            if folder.name not in kept and folder.name.isdigit():
                shutil.rmtree(folder, ignore_errors=True)


def file_digest(file: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _serialised(manifest: Manifest) -> bytes:
    body = json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=1)
    return json.dumps(
        {"checksum": _checksum(body), "manifest": json.loads(body)}, ensure_ascii=False, indent=1
    ).encode()


def _checksum(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _parsed(raw: bytes, path: Path) -> Manifest:
    """Return the manifest in these bytes, having checked that they are the ones that were written."""
    corrupt = IndexCorrupt(f"{path / MANIFEST} was altered or cut short; rebuild with: recoupe build FOLDER {path}")
    try:
        outer = json.loads(raw.decode("utf-8"))
        fields, checksum = outer["manifest"], outer["checksum"]
        version, analysis = fields["format"], fields["analysis"]
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError):
        raise corrupt from None
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, indent=1)
    if _checksum(body) != checksum or raw != json.dumps(outer, ensure_ascii=False, indent=1).encode():
        raise corrupt
    if version not in READABLE or analysis != ANALYSIS:
        raise outdated(path, version, analysis)
    return manifest_of(fields)


def outdated(path: Path | str, version: object, analysis: object) -> IndexOutdated:
    """Return the error for an index in a format, or with an analysis of words, that this version does not read."""
    return IndexOutdated(
        f"{path} was written in format {version} with analysis {analysis}; this version reads formats up to {FORMAT} "
        f"with analysis {ANALYSIS}; rebuild with: recoupe build FOLDER {path}"
    )


def manifest_of(fields: Mapping[str, Any]) -> Manifest:
    """Return the manifest that `asdict` made these fields of, equal to it. Raises KeyError or TypeError for others."""
    segments = tuple(Segment(**{**segment, "removed": tuple(segment["removed"])}) for segment in fields["segments"])
    return Manifest(**{**fields, "segments": segments, "previous": tuple(fields["previous"])})


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
