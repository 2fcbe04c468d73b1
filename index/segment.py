"""How are the files of a segment written? One after the other, in streams; once, and never changed."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from index.blocks import write_table
from index.dense import EXACT_BELOW, DenseIndex
from index.facts import child
from index.facts.contents import VERSION, unpack
from index.lexical import Postings
from index.records import Paragraph
from index.resume import PART, Encoded
from index.splits import Embed, Split, document_line, indexed_terms, indexed_text, texts_of
from index.store import Manifest, Segment

_LONG = (
    "vectors.npy", "tokens.bin", "documents.jsonl", "documents.npy", "frequencies.npy", "dense.faiss", "contents.bin",
    "topics.bin",
)  # fmt: skip
"""The files that grow with the text, which are read in parts and so checked in parts."""


def write_segment(
    folder: Path,
    splits: Sequence[Split],
    embed: Embed,
    manifest: Manifest,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Segment:
    """Write the files of a segment into an empty folder and return it, not sealed yet.

    `manifest` says how long the vectors are. Facts are read in child processes while the paragraphs are encoded. Raises
    OSError where they cannot be written; nothing is written through a memory map, for a full disk would then end
    the process.
    """
    paragraphs = [p for split in splits for p in split.paragraphs]
    _write_documents(folder, splits)
    _write_postings(folder, paragraphs)
    with _beside(lambda going: _write_contents(folder, splits, going)) as reading:
        parts = _told(_embedded(splits, embed), len(paragraphs), progress)
        _write_vectors(folder, _while_going(parts, reading), len(paragraphs), manifest.dim)
    if len(paragraphs) >= EXACT_BELOW:
        try:
            DenseIndex.write(np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False), folder / "dense.faiss")
        except RuntimeError as error:  # what FAISS raises where it cannot write
            raise OSError(f"dense.faiss: {error}") from error
    for name in _LONG:
        if (folder / name).is_file():
            write_table(folder / name)
    return Segment(folder.name, {}, len(splits), len(paragraphs), reader=VERSION, unread=reading.result())


@contextmanager
def _beside(work: Callable[[threading.Event], int]) -> Iterator[Future[int]]:
    """Do some work in a thread until the body is done, then wait for it; yield its result to come.

    The work is given an event that is set until the body fails, and ends early then.
    """
    going = threading.Event()
    going.set()
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(work, going)
        except BaseException:
            going.clear()
            raise


def _while_going(parts: Iterator[Encoded], beside: Future[int]) -> Iterator[Encoded]:
    """Yield these parts; raise what the work beside them raised as soon as it has."""
    for part in parts:
        yield part
        if beside.done():
            beside.result()


def _write_contents(folder: Path, splits: Sequence[Split], going: threading.Event) -> int:
    """Write what is read of each paragraph and each document, and return how many paragraphs could not be read."""
    texts = (text for split in splits if split.contents is None for text in texts_of(split))
    offsets, topics, unread = [0], [0], 0
    with (
        closing(child.shared(os.getpid()).read(texts)) as fresh,
        open(folder / "contents.bin", "wb") as stream,
        open(folder / "topics.bin", "wb") as beginnings,
    ):
        for split in splits:
            topic, *records = (split.topic, *split.contents) if split.contents is not None else _next(fresh, split)
            topics.append(topics[-1] + beginnings.write(topic))
            for record in records:
                offsets.append(offsets[-1] + stream.write(record))
                unread += bool(unpack(record).unread)
            if not going.is_set():
                break
    np.save(folder / "content_offsets.npy", np.array(offsets, np.int64), allow_pickle=False)
    np.save(folder / "topic_offsets.npy", np.array(topics, np.int64), allow_pickle=False)
    return unread


def _next(fresh: Iterator[bytes], split: Split) -> list[bytes]:
    """Return the records of a document and its paragraphs, as they are read."""
    return [next(fresh) for _ in range(1 + len(split.paragraphs))]


def _embedded(splits: Sequence[Split], embed: Embed) -> Iterator[Encoded]:
    """Yield the vectors and the token vectors of all paragraphs, in order, a few documents at a time."""
    waiting: list[Paragraph] = []
    for split in splits:
        if split.vectors is None:
            waiting.extend(split.paragraphs)
        while len(waiting) >= PART or (waiting and (split.vectors is not None or split is splits[-1])):
            chunk, waiting = waiting[:PART], waiting[PART:]
            yield embed([indexed_text(p.heading, p.text) for p in chunk])
        if split.vectors is not None:
            yield split.vectors, split.tokens


def _told(parts: Iterator[Encoded], total: int, progress: Callable[[int, int], None] | None) -> Iterator[Encoded]:
    """Yield these parts, telling before the first and after each how many of all paragraphs are done."""
    done = 0
    if progress:
        progress(done, total)
    for vectors, tokens in parts:
        yield vectors, tokens
        done += len(vectors)
        if progress:
            progress(done, total)


def _write_vectors(folder: Path, parts: Iterator[Encoded], count: int, dim: int) -> None:
    lengths = [0]
    with open(folder / "vectors.npy", "wb") as rows, open(folder / "tokens.bin", "wb") as tokens:
        header = {"descr": "<f4", "fortran_order": False, "shape": (count, dim)}
        np.lib.format.write_array_header_1_0(rows, header)
        for vectors, token_vectors in parts:
            rows.write(np.ascontiguousarray(vectors, "<f4").tobytes())
            for own in token_vectors:
                lengths.append(len(own))
                tokens.write(np.ascontiguousarray(own, np.int8).tobytes())
    np.save(folder / "token_offsets.npy", np.cumsum(np.array(lengths, np.int64)), allow_pickle=False)


def _write_documents(folder: Path, splits: Sequence[Split]) -> None:
    headings: dict[str, int] = {}
    languages: dict[str, int] = {}
    rows = [
        (
            number,
            p.start,
            p.end,
            headings.setdefault(p.heading, len(headings)),
            languages.setdefault(p.language, len(languages)),
        )
        for number, split in enumerate(splits)
        for p in split.paragraphs
    ]
    np.save(folder / "paragraphs.npy", np.array(rows, np.int32).reshape(-1, 5), allow_pickle=False)
    labels = {
        "sources": [split.document.source for split in splits],
        "digests": [split.document.digest for split in splits],
        "headings": list(headings),
        "languages": list(languages),
    }
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    offsets = [0]
    with open(folder / "documents.jsonl", "wb") as stream:
        for split in splits:
            offsets.append(offsets[-1] + stream.write(document_line(split.document) + b"\n"))
    np.save(folder / "document_offsets.npy", np.array(offsets, np.int64), allow_pickle=False)


def _write_postings(folder: Path, paragraphs: Sequence[Paragraph]) -> None:
    postings = Postings.of(map(indexed_terms, paragraphs))
    (folder / "vocabulary.json").write_text(json.dumps(list(postings.vocabulary), ensure_ascii=False), encoding="utf-8")
    for name in ("indptr", "documents", "frequencies", "lengths"):
        np.save(folder / f"{name}.npy", getattr(postings, name), allow_pickle=False)
