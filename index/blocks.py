"""Is this part of a large file as it was written? Its blocks' checksums, compared when a block is first read.

Opening an index compares every file with its sha256, which takes a second for some hundred million bytes. A file of
`LARGE` bytes or more therefore has a table beside it, ``NAME.blocks``: the CRC-32 of each `BLOCK` bytes, little-endian.
The table is compared at opening, and a block with its entry before anything in it is used, once. The size of a block is
part of the format; from which size on a file has a table is not.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.records import IndexCorrupt

BLOCK = 1 << 14
"""Bytes of a block: about as much as the token vectors of two paragraphs."""

LARGE = 1 << 26
"""Bytes from which a file is checked block by block."""

SUFFIX = ".blocks"
_HEADER = 128
"""Bytes before the rows of a `.npy` file."""
_PARSING = threading.Lock()


def table_of(file: Path) -> Path:
    """Return where the checksums of a file's blocks are, if it has any."""
    return file.with_name(file.name + SUFFIX)


def write_table(file: Path) -> None:
    """Write the checksums of a file's blocks beside it, if it is large."""
    if file.stat().st_size < LARGE:
        return
    with open(file, "rb") as stream:
        sums = [zlib.crc32(block) for block in iter(lambda: stream.read(BLOCK), b"")]
    table_of(file).write_bytes(np.array(sums, "<u4").tobytes())


class Checked:
    """A memory-mapped array whose rows are given only when their blocks are as written; an array to whoever slices it.

    `load` maps the array of a file. Raises IndexCorrupt when opened with a table that does not fit the file, and when a
    read meets an altered block.
    """

    def __init__(self, file: Path, load: Callable[[Path], NDArray[Any]]) -> None:
        self._file = file
        self._bytes = map_bytes(file)
        self._sums: NDArray[np.uint32] | None = None
        if table_of(file).is_file():
            self._sums = np.frombuffer(table_of(file).read_bytes(), "<u4")
            self._fits = np.zeros(len(self._sums), np.bool_)
            if len(self._sums) != -(-len(self._bytes) // BLOCK):
                raise self._corrupt()
            self._check(0, min(_HEADER, len(self._bytes)))
        try:
            self._array = load(file)
        except ValueError:  # it is shorter than its header says
            raise self._corrupt() from None
        self._offset = int(getattr(self._array, "offset", 0))

    @property
    def shape(self) -> tuple[int, ...]:
        return self._array.shape

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[Any]:
        """Return these rows, given as a slice without a step or as their numbers."""
        if self._sums is not None:
            size = self._array.strides[0]
            if isinstance(rows, slice):
                start, end, _ = rows.indices(len(self._array))
                self._check(self._offset + start * size, self._offset + end * size)
            else:
                first = (self._offset + rows * size) // BLOCK
                last = (self._offset + (rows + 1) * size - 1) // BLOCK
                most = int((last - first).max(initial=0))
                self._compare(np.unique(np.minimum(first + np.arange(most + 1)[:, None], last)))
        found: NDArray[Any] = self._array[rows]
        return found

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the whole array."""
        return np.array(self[:], dtype, copy=copy)

    def _check(self, start: int, end: int) -> None:
        """Compare the blocks that hold these bytes."""
        self._compare(np.arange(start // BLOCK, -(-end // BLOCK)))

    def _compare(self, blocks: NDArray[np.int64]) -> None:
        """Compare these blocks with their checksums, those not compared before."""
        if self._sums is None:
            return
        for block in blocks[~self._fits[blocks]].tolist():
            if zlib.crc32(self._bytes[block * BLOCK : (block + 1) * BLOCK].data) != self._sums[block]:
                raise self._corrupt()
            self._fits[block] = True

    def _corrupt(self) -> IndexCorrupt:
        return IndexCorrupt(
            f"{self._file} was altered or cut short: a block of it is not the one that was written; rebuild with: "
            f"recoupe build FOLDER {self._file.parents[2]}"
        )


def map_rows(file: Path) -> NDArray[Any]:
    """Return the array of a `.npy` file, memory-mapped.

    NumPy reads the header with `ast`, which under Python 3.11 fails now and then in two threads at once.
    """
    with _PARSING:
        array: NDArray[Any] = np.load(file, mmap_mode="r", allow_pickle=False)
    return array


def map_bytes(file: Path) -> NDArray[np.uint8]:
    """Return the bytes of a file, memory-mapped."""
    if file.stat().st_size == 0:
        return np.zeros(0, np.uint8)
    return np.memmap(file, np.uint8, "r")


def check(file: Path) -> None:
    """Raise IndexCorrupt where a file that has a table is not as it was written, before a library reads it whole."""
    if table_of(file).is_file():
        Checked(file, map_bytes)[:]
