"""How are a graph and a tokeniser brought into memory, once, and in as little of it as they need?"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder.folder import read_digest

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_MMAP_THRESHOLD = -3
"""The number of the setting in glibc's ``malloc.h``."""

_SMALL, _LARGE = 1 << 16, 1 << 20
"""Bytes from which on a block is mapped by itself: while a graph is read, and after it."""

_tokenizers: dict[bytes, Tokenizer] = {}
_reading = threading.Lock()


def read_tokenizer(path: Path) -> Tokenizer:
    """Return the tokeniser of a file, which neither pads nor cuts; files of one content share it. Do not change it."""
    digest = read_digest(path)
    with _reading:
        if digest not in _tokenizers:
            from tokenizers import Tokenizer

            tokenizer = _tokenizers[digest] = Tokenizer.from_file(str(path))
            tokenizer.no_padding()
            tokenizer.no_truncation()
        return _tokenizers[digest]


def open_graph(graph: Path, threads: int) -> InferenceSession:
    """Return a graph, to be run on so many threads.

    Nothing leaves the machine: from 1.29 on, ONNX Runtime tells its makers of each process and model unless it is told
    not to before it is loaded, and leaves a file in the folder of temporary files.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where somebody else has loaded it before

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # A thread that has nothing to do sleeps: other processes want the processor too.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    with _blocks_given_back():
        # The weights must stand in the folder that is named; where an installer left links, both lead into its store.
        return onnxruntime.InferenceSession(str(graph.resolve()), options, providers=["CPUExecutionProvider"])


@contextmanager
def _blocks_given_back() -> Iterator[None]:
    """Let glibc map what is larger than a page or some by itself meanwhile, so that it goes back when it is freed.

    A graph is read, its weights are copied and then packed anew: of the blocks in between a third stayed (20 MB of 58).
    """
    changed = False
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            changed = bool(ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _SMALL))
    try:
        yield
    finally:
        if changed:
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
