"""What does the engine understand, and what when it does not answer? The only module that speaks pymilvus.

Every call may be repeated without harm, so a call that fails because the engine is away, restarting or busy is made
again with growing pauses until the patience is used up. What remains becomes the matching CorpusError.

The environment says what must not stand in an address: RECOUPE_MILVUS_TOKEN ("user:password" or an API key),
RECOUPE_MILVUS_DATABASE, and for TLS RECOUPE_MILVUS_CA (the authority's certificate; without it the system's are used),
RECOUPE_MILVUS_CERT and RECOUPE_MILVUS_KEY (the client's own, where the engine asks for one).
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from index.records import CorpusError, EngineUnavailable, IndexCorrupt, MissingExtra

Row = dict[str, Any]
Result = TypeVar("Result")

PATIENCE = 60.0
"""Seconds for which a failing call is repeated."""

INTRODUCTION = 10.0
"""The same for an engine that has not answered yet: its address may be wrong."""

TIMEOUT = 30.0
"""Seconds that one call may take."""

_MISSING = (4, 100)
_AWAY = ("UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "CANCELLED")
_AWAY_CODES = (2, 8, 101, 503)
"""Not connected, rate limit, not loaded (yet), no replica that serves it (yet)."""
_BATCH = 1_000
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Nearest:
    """Which rows are wanted: the nearest to a vector, dense or sparse, of those that fulfil a condition."""

    column: str
    """The column that holds the vectors."""
    vector: object
    limit: int
    where: str
    columns: Sequence[str] = ()
    """What of each row is wanted beside its key."""
    options: Mapping[str, int] = field(default_factory=dict)
    """Parameters of the search in the engine's index."""


class Engine:
    """One engine, connected when first needed; safe to share between threads."""

    def __init__(self, uri: str, *, patience: float = PATIENCE, timeout: float = TIMEOUT) -> None:
        self.uri = uri
        self.patience = patience
        self.timeout = timeout
        self._client: Any = None
        self._answered = False
        self._connecting = threading.Lock()

    def has(self, collection: str) -> bool:
        """Return whether there is such a collection."""
        return bool(self._call(lambda client: client.has_collection(collection, timeout=self.timeout)))

    def collections(self) -> list[str]:
        """Return the names of all collections."""
        return list(self._call(lambda client: client.list_collections(timeout=self.timeout)))

    def create(
        self,
        collection: str,
        columns: Mapping[str, Row],
        indexes: Sequence[Row],
        *,
        shards: int = 1,
    ) -> None:
        """Make a collection with its indexes, or what of them is not there.

        `columns` give pymilvus's field options, the first is the key; `indexes` its index options.
        """

        def create(client: Any) -> None:
            import pymilvus

            if not client.has_collection(collection, timeout=self.timeout):
                schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
                for number, (name, options) in enumerate(columns.items()):
                    kind = pymilvus.DataType[options["datatype"]]
                    schema.add_field(name, **{**options, "datatype": kind, "is_primary": number == 0})
                client.create_collection(
                    collection, schema=schema, consistency_level="Strong", num_shards=shards, timeout=self.timeout
                )
            there = set(client.list_indexes(collection, timeout=self.timeout))
            for index in indexes:
                if index["field_name"] not in there:
                    params = client.prepare_index_params()
                    params.add_index(**index, index_name=index["field_name"])
                    # There is nothing to index yet, and so nothing to wait for.
                    client.create_index(collection, params, timeout=self.timeout, sync=False)
            client.load_collection(collection, timeout=self.timeout)

        self._call(create)

    def drop(self, collection: str) -> None:
        """Remove a collection with all it holds; one that is not there is no error."""
        self._call(lambda client: client.drop_collection(collection, timeout=self.timeout))

    def upsert(self, collection: str, rows: Sequence[Row]) -> None:
        """Write rows; a row whose key is there already replaces it."""
        if rows:
            self._call(lambda client: client.upsert(collection, list(rows), timeout=self.timeout))

    def delete(self, collection: str, where: str) -> None:
        """Delete the rows for which a condition holds."""
        self._call(lambda client: client.delete(collection, filter=where, timeout=self.timeout))

    def get(self, collection: str, keys: Sequence[str], columns: Sequence[str]) -> dict[str, Row]:
        """Return the rows of these keys, by key; a key that is not there is left out."""
        found: dict[str, Row] = {}
        for begin in range(0, len(keys), _BATCH):
            found.update(self._got(collection, keys[begin : begin + _BATCH], columns))
        return found

    def _got(self, collection: str, keys: Sequence[str], columns: Sequence[str]) -> dict[str, Row]:
        rows = self._call(
            lambda client: client.query(
                collection, ids=list(keys), output_fields=["key", *columns], timeout=self.timeout
            )
        )
        return {row["key"]: row for row in rows}

    def select(self, collection: str, where: str, columns: Sequence[str]) -> list[Row]:
        """Return every row for which a condition holds, in no order."""

        def select(client: Any) -> list[Row]:
            rows: list[Row] = []
            pages = client.query_iterator(
                collection, filter=where, output_fields=list(columns), batch_size=_PAGE, timeout=self.timeout
            )
            while page := pages.next():
                rows.extend(page)
            pages.close()
            return rows

        return self._call(select)

    def search(self, collection: str, wanted: Nearest) -> list[tuple[str, float, Row]]:
        """Return the nearest rows by inner product, best first: the key, the score, and the columns wanted."""
        found = self._call(
            lambda client: client.search(
                collection,
                data=[wanted.vector],
                anns_field=wanted.column,
                limit=wanted.limit,
                filter=wanted.where,
                output_fields=["key", *wanted.columns],
                search_params={"metric_type": "IP", "params": dict(wanted.options)},
                timeout=self.timeout,
            )
        )
        return [(hit["entity"]["key"], float(hit["distance"]), hit["entity"]) for hit in found[0]]

    def _call(self, call: Callable[[Any], Result]) -> Result:
        """Return what a call of the client returns, repeated while the engine is away."""
        tenacity, errors = _libraries()
        patience = self.patience if self._answered else min(self.patience, INTRODUCTION)
        try:
            for attempt in tenacity.Retrying(
                retry=tenacity.retry_if_exception(_is_away),
                wait=tenacity.wait_random_exponential(multiplier=0.2, max=10),
                stop=tenacity.stop_after_delay(patience),
                before_sleep=lambda state: self._disconnect(),
                reraise=True,
            ):
                with attempt:
                    found = call(self._connected())
                    self._answered = True
                    return found
        except errors as error:
            raise self._explained(error, patience) from error
        raise AssertionError("tenacity returns or raises")

    def _connected(self) -> Any:
        with self._connecting:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> Any:
        import pymilvus

        # Its own log repeats every failed call with a traceback; here a failed call is repeated or raised.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        said = {
            "token": "RECOUPE_MILVUS_TOKEN",
            "db_name": "RECOUPE_MILVUS_DATABASE",
            "ca_pem_path": "RECOUPE_MILVUS_CA",
            "client_pem_path": "RECOUPE_MILVUS_CERT",
            "client_key_path": "RECOUPE_MILVUS_KEY",
        }
        options: dict[str, Any] = {name: os.environ[said[name]] for name in said if os.environ.get(said[name])}
        if "ca_pem_path" in options and "client_pem_path" not in options:
            options["server_pem_path"] = options.pop("ca_pem_path")
        return pymilvus.MilvusClient(uri=self.uri, timeout=self.timeout, **options)

    def _disconnect(self) -> None:
        """Forget the connection: a channel to an engine that was restarted may take long to notice it."""
        with self._connecting:
            self._client = None

    def _explained(self, error: Exception, patience: float) -> CorpusError:
        """Return the error of our tree that says what happened."""
        code, text = _code(error), " ".join(str(error).split())[:300]
        if code in _MISSING:
            return IndexCorrupt(f"a collection of the index at {self.uri} is not there: {text}")
        if code in ("UNAUTHENTICATED", "PERMISSION_DENIED") or "auth check failure" in text:
            return CorpusError(f"{self.uri} does not let us in; set RECOUPE_MILVUS_TOKEN ({text})")
        if _is_away(error):
            return EngineUnavailable(
                f"the engine at {self.uri} does not answer, after {patience:g} seconds of trying: is it running, "
                f"and is the address right? ({text})"
            )
        return CorpusError(f"the engine at {self.uri} refused: {text}")


def _libraries() -> tuple[Any, tuple[type[Exception], ...]]:
    """Return tenacity, and the errors that the client raises. Raises MissingExtra where they are not installed."""
    try:
        import grpc
        import pymilvus
        import tenacity
    except ImportError as error:
        raise MissingExtra(f'a corpus on Milvus needs {error.name}: pip install "recoupe[cluster]"') from None
    return tenacity, (pymilvus.MilvusException, grpc.RpcError)


def _code(error: BaseException) -> object:
    """Return the number of a Milvus error, or the name of a gRPC one."""
    code = getattr(error, "code", None)
    code = code() if callable(code) else code
    return getattr(code, "name", code)


def _is_away(error: BaseException) -> bool:
    """Return whether the same call may succeed later."""
    code = _code(error)
    return code in _AWAY or code in _AWAY_CODES or bool(getattr(error, "retriable", False))
