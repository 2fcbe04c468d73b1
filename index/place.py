"""Where may a corpus live? In a folder, or on an engine whose address stands in the folder's stead."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import NAME, SentenceEncoder
from index.generation import Change, find_reusable, next_generation, refuse_foreign_folder
from index.local import LocalBackend
from index.records import Backend, Document, EncoderMismatch
from index.spellings import Spellings
from index.splits import Split
from index.store import Manifest, Store


class OpenGeneration(Backend, Protocol):
    """A backend that is open on one generation, with all that is known of its documents."""

    @property
    def languages(self) -> dict[str, int]: ...

    @property
    def spellings(self) -> dict[str, Spellings]: ...

    @property
    def alive(self) -> NDArray[np.bool_]: ...

    @property
    def digests(self) -> dict[str, str]: ...

    def document(self, source: str) -> Document: ...

    def splits(self, segments: Collection[str]) -> Iterator[Split]: ...

    def problems(self) -> list[str]: ...


class Place(Protocol):
    """What a corpus asks of the place where it lives; `Store` says what each means."""

    @property
    def path(self) -> Any: ...

    def manifest(self) -> Manifest: ...

    def check(self, manifest: Manifest, *, whole: bool = False) -> list[str]: ...

    def writing(self) -> AbstractContextManager[None]: ...

    def refuse_foreign(self) -> None: ...

    def reusable(self, encoder: SentenceEncoder) -> Manifest | None: ...

    def backend(self, manifest: Manifest) -> OpenGeneration: ...

    def next_generation(self, before: Manifest | None, change: Change) -> Manifest: ...


class Folder(Store):
    """The place of an embedded index."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        self._opened: tuple[Manifest, LocalBackend] | None = None

    def refuse_foreign(self) -> None:
        """Raise CorpusError when the folder holds something else."""
        refuse_foreign_folder(self)

    def reusable(self, encoder: SentenceEncoder) -> Manifest | None:
        """Return the manifest of an index that can be brought up to date; None where a new one must be made."""
        return find_reusable(self, encoder)

    def backend(self, manifest: Manifest) -> LocalBackend:
        """Return what answers from a generation; the last one is remembered."""
        if self._opened is None or self._opened[0] != manifest:
            self._opened = manifest, LocalBackend(self, manifest)
        return self._opened[1]

    def next_generation(self, before: Manifest | None, change: Change) -> Manifest:
        """Write the generation that a change makes of the one before, and return its manifest."""
        return next_generation(self, before, self.backend(before) if before else None, change)


def find_place(path: str | Path) -> Place:
    """Return the place that a path or an address names. Raises MissingExtra where an engine's client is not there."""
    if not str(path).startswith("milvus+"):
        return Folder(path)
    from index.cluster import Cluster

    return Cluster(path)


def name_model(model: str | Path | None) -> str:
    """Return how an index names its model: a folder by its whole path, so that it is found from anywhere."""
    if model is None:
        return ""
    return str(Path(model).resolve()) if Path(model).is_dir() else str(model)


def check_encoder(encoder: SentenceEncoder, manifest: Manifest, path: str | Path) -> SentenceEncoder:
    """Return the encoder, which must be the one of a generation. Raises EncoderMismatch for another."""
    if encoder.fingerprint == manifest.fingerprint:
        return encoder
    if encoder.name == NAME != manifest.encoder and not manifest.model:
        raise EncoderMismatch(
            f"the index at {path} was made with the former encoder of Recoupe, {manifest.encoder}, not {NAME}; encode "
            f"its articles anew with: recoupe build FOLDER {path} (the old index stays until that is done)"
        )
    other = encoder.name if encoder.name != manifest.encoder else f"another version of it ({encoder.fingerprint})"
    raise EncoderMismatch(
        f"the index at {path} was built with the encoder {manifest.encoder}, not {other}; open it with that one, "
        f"or rebuild it with: recoupe build FOLDER {path}"
    )
