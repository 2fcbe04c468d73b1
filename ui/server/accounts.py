"""Who may come in? The file of names and hashed passwords, those who are in, and how often one may try.

The file has one account on a line, `name:hash`, as `recoupe password NAME` writes it; hashes are Argon2id, in the
format that names its own parameters. Nothing here is kept on disk: after a restart everybody logs in again.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from index.records import CorpusError

ACCOUNT_NAME = re.compile(r"[\w.@+-]{1,64}")
LONGEST_PASSWORD = 1024
SHORTEST_PASSWORD = 8
SESSION = 12 * 3600.0
"""Seconds for which a login holds."""
ATTEMPTS, WITHIN = 10, 300.0
"""So many failed attempts from one address in so many seconds; then it waits."""
_MOST_SESSIONS = 10_000

Clock = Callable[[], float]


class TooManyAttempts(CorpusError):
    """An address failed to log in too often; `wait` is the number of seconds until it may try again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many failed logins; try again in {wait} seconds")
        self.wait = wait


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password. Raises CorpusError for one that is too short or too long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise CorpusError(f"a password has from {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return PasswordHasher().hash(password)


def read_accounts(path: Path) -> dict[str, str]:
    """Return the hash of each name in a file of accounts. Raises CorpusError where the file is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read as a file of accounts: {error}") from error
    accounts = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, hash_ = line.strip().partition(":")
        try:
            extract_parameters(hash_)
        except InvalidHashError as error:
            raise CorpusError(f"{path}, line {number} is not NAME:HASH as recoupe password writes it") from error
        if not ACCOUNT_NAME.fullmatch(name):
            raise CorpusError(f"{path}, line {number}: a name has letters, digits and . @ + - _, at most 64")
        accounts[name] = hash_
    if not accounts:
        raise CorpusError(f"{path} holds no account; recoupe password NAME --auth-file {path} adds one")
    return accounts


def write_account(path: Path, name: str, password: str) -> None:
    """Put an account into a file that only its owner may read, in place of one of the same name."""
    accounts = read_accounts(path) if path.exists() and path.stat().st_size else {}
    accounts[name] = hash_password(password)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{name}:{hash_}\n" for name, hash_ in accounts.items())
    beside.replace(path)


@dataclass
class Accounts:
    """The accounts of a server and those who are logged in; `verified` takes tens of milliseconds on purpose."""

    hashes: Mapping[str, str]
    clock: Clock = time.monotonic
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    _proved: dict[bytes, float] = field(default_factory=dict)
    _failures: dict[str, deque[float]] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _counting: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password fits, so that an unknown name takes as long as a known one."""
        return PasswordHasher().hash(secrets.token_urlsafe(32))

    def verified(self, name: str, password: str, address: str) -> bool:
        """Return whether this password is that name's. Raises TooManyAttempts for an address that failed too often.

        A password that fitted is remembered for as long as a session, as a keyed digest, so that a program that sends
        it with each request pays for Argon2 once; an address that has to wait is not told even then.
        """
        with self._counting:
            self._failed(address)
        proof = hmac.digest(self._secret, f"{name}\0{password}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        if self._proved.get(proof, 0.0) > self.clock():
            return True
        attempt = self._attempt(address)
        try:
            PasswordHasher().verify(self.hashes.get(name, self._nobody), password[: LONGEST_PASSWORD + 1])
        except (VerificationError, UnicodeEncodeError):
            return False
        self._worked(address, attempt)
        if len(self._proved) >= _MOST_SESSIONS:
            self._proved.clear()
        self._proved[proof] = self.clock() + SESSION
        return True

    def open_session(self, name: str) -> str:
        """Return the secret of a new session."""
        token = secrets.token_urlsafe(32)
        if len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        self._sessions[token] = (name, self.clock() + SESSION)
        return token

    def in_session(self, token: str) -> str | None:
        """Return whose session this is; None where it is over or never was."""
        name, end = self._sessions.get(token, ("", 0.0))
        if end > self.clock():
            return name
        self._sessions.pop(token, None)
        return None

    def close_session(self, token: str) -> None:
        """End a session; one that is not there is over already."""
        self._sessions.pop(token, None)

    def _failed(self, address: str) -> deque[float]:
        """Return when an address failed lately. Raises TooManyAttempts where that is too often."""
        times, now = self._failures.get(address, deque()), self.clock()
        while times and times[0] <= now - WITHIN:
            times.popleft()
        if len(times) >= ATTEMPTS:
            raise TooManyAttempts(int(times[0] + WITHIN - now) + 1)
        return times

    def _attempt(self, address: str) -> float:
        """Count an attempt as failed until it has worked, so that many at once do not slip through together."""
        with self._counting:
            now = self.clock()
            for known in [a for a, times in self._failures.items() if not times or times[-1] <= now - WITHIN]:
                del self._failures[known]
            self._failures[address] = self._failed(address)
            self._failures[address].append(now)
            return now

    def _worked(self, address: str, attempt: float) -> None:
        with self._counting, contextlib.suppress(KeyError, ValueError):
            self._failures[address].remove(attempt)
