"""How does the engine keep what is searched and what is only looked up? Two kinds of collection.

Paragraphs are rows with both vectors and the columns that a filter may name. Everything else (the manifest, the log,
the documents, the token vectors) is bytes under a key, cut into pieces that fit a text column.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.cluster.address import Address
from index.cluster.engine import Engine, Row

_TEXT: Row = {"datatype": "VARCHAR", "max_length": 65_535}
_KEY: Row = {"datatype": "VARCHAR", "max_length": 255}
_WHOLE: Row = {"datatype": "INT64"}
_PIECE = 45_000
"""Bytes of a piece: 60,000 characters in base64."""
_REQUEST = 4_000_000
"""Characters of one request, about: an engine refuses messages above 64 MB, and a small one is soon made again."""


def identity(source: str, digest: str) -> str:
    """Return a document's key: a digest of what it is called and what its file holds."""
    return hashlib.sha256(f"{source}\0{digest}".encode()).hexdigest()[:32]


def paragraph_key(document: str, number: int) -> str:
    """Return the key of a document's paragraph."""
    return f"{document}:{number}"


def tokens_key(paragraph: str) -> str:
    """Return the key of a paragraph's token vectors."""
    return f"tokens:{paragraph}"


def contents_key(paragraph: str) -> str:
    """Return the key of what was read of a paragraph."""
    return f"contents:{paragraph}"


def topic_key(document: str) -> str:
    """Return the key of what a document is about."""
    return f"topic:{document}"


def document_key(document: str) -> str:
    """Return the key of a document's text."""
    return f"document:{document}"


def create_paragraphs(engine: Engine, collection: str, address: Address, dim: int) -> None:
    """Make the collection of a generation's paragraphs, unless it is there."""
    columns: dict[str, Row] = {
        "key": _KEY,
        "document": _KEY,
        "version": _WHOLE,
        "source": _TEXT,
        "published": _WHOLE,
        "language": _KEY,
        "heading": {**_TEXT, "mmap_enabled": True},
        "start": _WHOLE,
        "end": _WHOLE,
        "length": _WHOLE,
        "norm": {"datatype": "FLOAT"},
        "dense": {"datatype": "FLOAT_VECTOR", "dim": dim},
        "sparse": {"datatype": "SPARSE_FLOAT_VECTOR"},
    }
    indexes: list[Row] = [
        {"field_name": "dense", "index_type": address.dense, "metric_type": "IP", "params": address.built},
        {"field_name": "sparse", "index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"},
        {"field_name": "document", "index_type": "INVERTED"},
    ]
    engine.create(collection, columns, indexes, shards=address.numbers.get("shards", 1))


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes under a key, with the version that wrote them, and the document they belong to or the kind of entry."""

    key: str
    body: bytes
    version: int
    owner: str = ""


class _Body(str):
    """A text that is gone through as a whole: the client checks the length of each character of each value."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),))


class Pieces:
    """A collection of bytes under keys."""

    def __init__(self, engine: Engine, collection: str) -> None:
        self.engine = engine
        self.collection = collection

    def create(self, *, shards: int = 1) -> None:
        """Make the collection, unless it is there."""
        columns: dict[str, Row] = {
            "key": _KEY,
            "owner": _KEY,
            "version": _WHOLE,
            "parts": _WHOLE,
            "body": {**_TEXT, "mmap_enabled": True},
            # The engine wants a vector in every collection.
            "vector": {"datatype": "FLOAT_VECTOR", "dim": 2},
        }
        indexes: list[Row] = [
            {"field_name": "vector", "index_type": "FLAT", "metric_type": "IP"},
            {"field_name": "owner", "index_type": "INVERTED"},
        ]
        self.engine.create(self.collection, columns, indexes, shards=shards)

    def put(self, items: Iterable[Item]) -> None:
        """Write items; an item of the same key is replaced, by an engine that may show neither for a moment."""
        for rows in batches(row for item in items for row in _rows(item)):
            self.engine.upsert(self.collection, rows)

    def delete(self, where: str) -> None:
        """Delete the items for whose rows a condition holds."""
        self.engine.delete(self.collection, where)

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the bytes under these keys; a key that is not there, or not whole, is left out."""
        rows = self.engine.get(self.collection, [f"{key}#0" for key in keys], ["parts", "body"])
        rest = [f"{name[:-2]}#{part}" for name, row in rows.items() for part in range(1, row["parts"])]
        rows.update(self.engine.get(self.collection, rest, ["parts", "body"]))
        return _joined(rows)

    def select(self, where: str) -> dict[str, bytes]:
        """Return all whole items for whose rows a condition holds."""
        return _joined(
            {row["key"]: row for row in self.engine.select(self.collection, where, ["key", "parts", "body"])}
        )


class Tables:
    """The collections of one generation."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self.paragraphs = f"{name}_paragraphs"
        self.texts = Pieces(engine, f"{name}_texts")
        self.log = Pieces(engine, f"{name}_log")

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of all of them."""
        return self.paragraphs, self.texts.collection, self.log.collection

    def create(self, address: Address, dim: int) -> None:
        """Make those that are not there."""
        shards = address.numbers.get("shards", 1)
        self.texts.create(shards=shards)
        self.log.create()
        create_paragraphs(self.engine, self.paragraphs, address, dim)

    def drop(self) -> None:
        """Remove all of them."""
        for collection in self.collections:
            self.engine.drop(collection)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists that a request can hold."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        # A number of a vector takes about as much as four characters.
        weight = sum(len(v) * (1 if isinstance(v, str) else 4) for v in row.values() if hasattr(v, "__len__"))
        if batch and size + weight > _REQUEST:
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += weight
    if batch:
        yield batch


def quote(values: Iterable[str]) -> str:
    """Return a list of keys as a condition writes it; keys are of our own making and hold no quotes."""
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def match_item(key: str) -> str:
    """Return the condition that holds for the rows of one item."""
    return f'key like "{key}#%"'


def _rows(item: Item) -> Iterator[Row]:
    parts = max(1, -(-len(item.body) // _PIECE))
    for part in range(parts):
        yield {
            "key": f"{item.key}#{part}",
            "owner": item.owner,
            "version": item.version,
            "parts": parts,
            "body": _Body(base64.b64encode(item.body[part * _PIECE : (part + 1) * _PIECE]), "ascii"),
            "vector": [0.0, 0.0],
        }


def _joined(rows: dict[str, Row]) -> dict[str, bytes]:
    found = {}
    for name, row in rows.items():
        key, _, part = name.rpartition("#")
        pieces = [rows.get(f"{key}#{number}") for number in range(row["parts"])]
        if part == "0" and None not in pieces:
            found[key] = b"".join(base64.b64decode(piece["body"]) for piece in pieces if piece)
    return found
