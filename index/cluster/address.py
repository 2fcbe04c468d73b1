"""Which engine, which collection, with which options? What an address says.

milvus+http://host:19530/news                       a cluster, or one server
milvus+https://host:19530/news?dense=HNSW&M=32      over TLS; how the dense index is made
milvus+file:/srv/news.db/news                       the embedded lite core, one process at a time
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

from index.records import CorpusError

# A path that went through pathlib has lost one of its two slashes.
_ADDRESS = re.compile(r"milvus\+(?P<scheme>https?|file):/{1,3}(?P<place>.+)/(?P<name>[^/?]+)(\?(?P<options>.*))?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")

DENSE = {
    "AUTOINDEX": ({}, {}),
    "FLAT": ({}, {}),
    "HNSW": ({"M": 16, "efConstruction": 200}, {"ef": 256}),
    "IVF_FLAT": ({"nlist": 1024}, {"nprobe": 64}),
}
"""The kinds of dense index: with which numbers each is built and searched, unless the address says otherwise."""

_NUMBERS = ("M", "ef", "efConstruction", "nlist", "nprobe", "shards")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a corpus lives on an engine."""

    uri: str
    """What the client is given: ``http://host:19530``, or the path of a file."""
    name: str
    """The collection that holds the manifest; the others are called after it."""
    dense: str = "AUTOINDEX"
    numbers: dict[str, int] = field(default_factory=dict)
    """The options that are numbers, as given: ``{"M": 32, "ef": 200}``."""

    @property
    def built(self) -> dict[str, int]:
        """The numbers with which the dense index is built."""
        return {name: self.numbers.get(name, usual) for name, usual in DENSE[self.dense][0].items()}

    @property
    def searched(self) -> dict[str, int]:
        """The numbers with which it is searched."""
        return {name: self.numbers.get(name, usual) for name, usual in DENSE[self.dense][1].items()}

    def __str__(self) -> str:
        """Return the address as `Corpus.open` takes it, without its options."""
        return f"milvus+{self.uri}/{self.name}" if "://" in self.uri else f"milvus+file:{self.uri}/{self.name}"


def parse(address: str | Path) -> Address:
    """Return what an address says. Raises CorpusError where it says nothing that can be used.

    >>> parse("milvus+http://host:19530/news?dense=HNSW&ef=200").numbers
    {'ef': 200}
    """
    found = _ADDRESS.fullmatch(str(address))
    if not found:
        raise CorpusError(f"{str(address)!r} is not an address; write milvus+http://HOST:19530/NAME")
    if not _NAME.fullmatch(found["name"]):
        raise CorpusError(f"{found['name']!r} cannot name a collection: use letters without accents, digits and _")
    uri = "/" + found["place"].lstrip("/") if found["scheme"] == "file" else f"{found['scheme']}://{found['place']}"
    options = dict(parse_qsl(found["options"] or "", keep_blank_values=True))
    dense = options.pop("dense", "AUTOINDEX").upper()
    unknown = sorted(set(options) - set(_NUMBERS))
    if dense not in DENSE or unknown or not all(value.isdecimal() for value in options.values()):
        raise CorpusError(
            f"the options of {str(address)!r} are dense={'|'.join(DENSE)}, and whole numbers for {', '.join(_NUMBERS)}"
        )
    return Address(uri, found["name"], dense, {name: int(value) for name, value in options.items()})


def address(uri: str, collection: str) -> str:
    """Return the address of a collection at an engine's URI; what is no URL is the path of a lite file.

    >>> address("http://cluster:19530", "news")
    'milvus+http://cluster:19530/news'
    """
    if "://" in uri:
        return f"milvus+{uri.rstrip('/')}/{collection}"
    return f"milvus+file:{Path(uri).resolve()}/{collection}"
