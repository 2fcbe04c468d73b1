"""What was read of a paragraph, and of a document's beginning, so that no question has to read it again?

A record is bytes, little-endian: four lengths (terms, sentences, bytes of JSON, bytes of the reason), then for each
term its key (u64), for each where it starts (i32), the sentences as pairs (i32), the facts as JSON, and why there are
none where the reader failed.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.facts.fact import Extent, Fact, Hedges, Role
from index.facts.signature import Signature, pack_signature, unpack_signature

VERSION = 6
"""Of the reader: a segment that an earlier one read is read again by the next build."""

_LENGTHS = struct.Struct("<4I")

Keys = NDArray[np.uint64]
Offsets = NDArray[np.int32]


@dataclass(frozen=True)
class Contents:
    """What a paragraph holds; offsets are into its text."""

    keys: Keys
    """The key of each term in reading order, shape (terms,); see `index.facts.terms`."""
    starts: Offsets
    """Where each term starts, shape (terms,)."""
    extents: Offsets
    """Where each sentence starts and ends, shape (sentences, 2)."""
    stored: bytes = b"[]"
    """The facts as JSON."""
    unread: str = ""
    """Why the paragraph could not be read; "" where it was."""

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in reading order."""
        return tuple(map(_fact, json.loads(self.stored)))

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence starts and ends."""
        return [(start, end) for start, end in self.extents.tolist()]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a document is about, by its title and its beginning."""

    keys: Keys
    """The keys of the terms it holds, each once, shape (terms,)."""
    countries: frozenset[str]
    """ISO 3166 codes of the countries that it names, by their people or their seat of government too."""
    years: frozenset[str]
    names: tuple[str, ...] = ()
    """Its capitalised words side by side, as printed, each once: people, places, and what opens a sentence."""
    placed: tuple[str, ...] = ()
    """Those that stand behind a preposition of place."""
    signature: Signature | None = None
    """By which copies of it are known; None where the index was written without, or by another algorithm."""


def pack(contents: Contents) -> bytes:
    """Return a paragraph's contents as a record."""
    reason = contents.unread.encode()
    lengths = _LENGTHS.pack(len(contents.keys), len(contents.extents), len(contents.stored), len(reason))
    arrays = (contents.keys.astype("<u8"), contents.starts.astype("<i4"), contents.extents.astype("<i4"))
    return b"".join((lengths, *(array.tobytes() for array in arrays), contents.stored, reason))


def unpack(record: bytes) -> Contents:
    """Return the contents in a record. Raises ValueError where it is none."""
    try:
        terms, sentences, facts, reason = _LENGTHS.unpack_from(record)
    except struct.error as error:
        raise ValueError(f"a record of {len(record)} bytes is cut short: {error}") from None
    edges = np.cumsum([_LENGTHS.size, 8 * terms, 4 * terms, 8 * sentences, facts, reason]).tolist()
    if edges[-1] != len(record):
        raise ValueError(f"a record of {len(record)} bytes should have {edges[-1]}")
    return Contents(
        keys=np.frombuffer(record, "<u8", terms, edges[0]),
        starts=np.frombuffer(record, "<i4", terms, edges[1]),
        extents=np.frombuffer(record, "<i4", 2 * sentences, edges[2]).reshape(-1, 2),
        stored=bytes(record[edges[3] : edges[4]]),
        unread=str(record[edges[4] :], "utf-8"),
    )


def pack_topic(topic: Topic) -> bytes:
    """Return a topic as a record: the length of its JSON, that JSON, the values of its signature, and the keys."""
    fields: list[Any] = [sorted(topic.countries), sorted(topic.years), topic.names, topic.placed]
    values = b""
    if topic.signature is not None:
        told, values = pack_signature(topic.signature)
        fields.append([*told, len(values)])
    head = json.dumps(fields, ensure_ascii=False).encode()
    return struct.pack("<I", len(head)) + head + values + topic.keys.astype("<u8").tobytes()


def unpack_topic(record: bytes) -> Topic:
    """Return the topic in a record. Raises ValueError where it is none."""
    if len(record) < 4:
        raise ValueError(f"a record of {len(record)} bytes is cut short")
    (length,) = struct.unpack_from("<I", record)
    fields: list[Any] = json.loads(bytes(record[4 : 4 + length]))
    fields += [[]] * (5 - len(fields))  # an earlier reader wrote fewer
    countries, years, names, placed, signed = fields
    at, signature = 4 + length, None
    if signed:
        *told, size = signed
        signature = unpack_signature(told, bytes(record[at : at + size]))
        at += size
    keys = np.frombuffer(record, "<u8", offset=at)
    return Topic(keys, frozenset(countries), frozenset(years), tuple(names), tuple(placed), signature)


def stored_facts(facts: tuple[Fact, ...]) -> bytes:
    """Return facts as JSON."""
    return json.dumps([_plain(fact) for fact in facts], ensure_ascii=False, separators=(",", ":")).encode()


def _plain(fact: Fact) -> list[Any]:
    """Return a fact as a list: first what each has, then, where there is any, what few have."""
    role, speaker = fact.role, fact.speaker
    said = [speaker.start, speaker.end] if speaker else None
    told = [list(role.head), list(role.predicate), role.part, role.former]
    rest = [fact.value, fact.value_max, fact.unit, list(fact.hedges.names), said, fact.denied]
    return [fact.kind, fact.start, fact.end, told, *([] if rest == _NOTHING else rest)]


_NOTHING: list[Any] = [None, None, "", [], None, False]


def _fact(row: list[Any]) -> Fact:
    kind, start, end, (head, predicate, part, former), *rest = row
    value, value_max, unit, hedges, said, denied = rest or _NOTHING
    return Fact(
        kind=kind,
        start=start,
        end=end,
        value=value,
        value_max=value_max,
        unit=unit,
        role=Role(tuple(head), tuple(predicate), part, former),
        hedges=Hedges.of(hedges),
        speaker=Extent(*said) if said else None,
        denied=denied,
    )
