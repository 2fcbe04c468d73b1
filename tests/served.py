"""A server of `recoupe serve` in a process of its own, for the tests that talk to one."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
EXITS = {signal.SIGINT: 130, signal.SIGTERM: 0}
PATIENCE = 30.0
"""Seconds that a test waits for a response: the machine may have other things to do."""


@contextmanager
def served(index, *options, stop=signal.SIGINT, told=""):
    """Give the address of a server on a free port of this machine.

    At the end it is sent the signal `stop`, and must then leave with its status, having said `told` and nothing else on
    stderr, and leave no file behind.
    """
    with started(["-m", "ui.cli", "serve", index, "--port", "0", *options], stop=stop, told=told) as (address, _):
        yield address


@contextmanager
def started(arguments, *, stop=signal.SIGINT, told=""):
    """Give the address and the process of a server that Python starts with these arguments; as `served`."""
    command = [sys.executable, *map(str, arguments)]
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**os.environ, "TMPDIR": folder, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            address = re.search(r"http://\S+:\d+/", process.stdout.readline())
            if address is None:
                pytest.fail(f"the server did not start: {process.stderr.read()}")
            try:
                yield address.group().replace("localhost", "127.0.0.1"), process
            finally:
                children = children_of(process.pid)
                process.send_signal(stop)
                _, complaints = process.communicate(timeout=30)
        assert os.listdir(folder) == []
        assert [child for child in children if not has_ended(child)] == []
    assert (process.returncode, complaints.strip()) == (EXITS[stop], told), (process.returncode, complaints)


def children_of(process):
    """Return the ids of the processes that a process has started, where the system tells them."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in lists for child in file.read_text(encoding="ascii").split()]


def has_ended(process):
    """Return whether a process has ended, if perhaps nobody has asked yet how."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def get(server, path, **options):
    return httpx.get(server + path, trust_env=False, **{"timeout": PATIENCE, **options})


def post(server, path, body, **options):
    return httpx.post(server + path, json=body, trust_env=False, **{"timeout": PATIENCE, **options})


def curl(server, endpoint, body, *options):
    """Call an endpoint as its documentation says, by two runs of curl, and return the event and its data."""
    command = ["curl", "--silent", "--noproxy", "*", *options]
    url = f"{server}gradio_api/call/v2/{endpoint}"
    sent = subprocess.run(
        [*command, "--json", json.dumps(body), url], capture_output=True, text=True, check=True, timeout=30
    )
    event = json.loads(sent.stdout)["event_id"]
    got = subprocess.run(
        [*command, "--no-buffer", f"{url}/{event}"], capture_output=True, text=True, check=True, timeout=30
    )
    kind, data = re.fullmatch(r"event: (\w+)\ndata: (.*)\n*", got.stdout).groups()
    return kind, json.loads(data)
