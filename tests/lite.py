"""Milvus's own core, as milvus-lite ships it, in a process that a test can stop, kill and start again."""

import importlib.util
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest


def binaries():
    """Return the folder of the core's executable; skip, or fail under RECOUPE_CI, where it is not installed."""
    found = importlib.util.find_spec("milvus_lite")
    if found is None or importlib.util.find_spec("pymilvus") is None:
        reason = 'milvus-lite is not installed: pip install "recoupe[cluster,test]"'
        if os.environ.get("RECOUPE_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return Path(found.submodule_search_locations[0]) / "lib"


class Lite:
    """One engine on a port of its own; its data are in `folder`."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def uri(self):
        return f"http://127.0.0.1:{self.port}"

    def address(self, name, options=""):
        return f"milvus+{self.uri}/{name}{options}"

    def start(self):
        lib = binaries()
        # The core writes what it thinks of each refused call to stderr; a test looks at the error itself.
        self.process = subprocess.Popen(
            [lib / "milvus", self.folder / "data.db", f"127.0.0.1:{self.port}", "FATAL"],
            env={**os.environ, "LD_LIBRARY_PATH": str(lib)},
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError("milvus-lite did not start")

    def kill(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None

    def suspend(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)
