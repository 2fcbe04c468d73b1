"""How is a corpus hosted? Everything that the one who starts the server decides."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MAX_UPLOAD = 20_000_000
"""In bytes, unless told otherwise."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Hosting:
    """What a server is started with."""

    host: str = "127.0.0.1"
    port: int = 7860
    tries: int = 1
    """How many ports from `port` on are tried."""
    workers: int = 1
    """In how many processes it answers; in one, it answers itself."""
    auth_file: Path | None = None
    """Who may log in; everybody is let in without."""
    uploads: bool = False
    max_upload: int = MAX_UPLOAD
    """The largest file that is taken, in bytes, where uploads are allowed."""
    root_path: str = ""
    """Where a proxy shows the page: a path or a whole address."""
    mcp: bool = False
    """Whether the endpoints are offered as tools too."""
    candidates: Path | None = None
    """The file for marks on passages, which are not offered without."""
    watch: Path | None = None
    """The folder that the corpus follows while it is served."""
    model: str | None = None
    """The encoder that the index was opened with, where it is not the one that the index names."""

    @property
    def largest_upload(self) -> int:
        """The largest file that is taken, in bytes; 0 where uploads are off."""
        return self.max_upload if self.uploads else 0

    @property
    def prefix(self) -> str:
        """The path at which a proxy shows the page, without a slash at its end."""
        return urlsplit(self.root_path).path.rstrip("/")

    @property
    def private(self) -> bool:
        """Whether only this machine reaches the server."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names by which the server may be addressed: on this machine, without a login, its own; else any."""
        if not self.private or self.auth_file is not None:
            return None
        public = urlsplit(self.root_path).hostname
        own = f"[{self.host}]" if ":" in self.host else self.host
        return _LOOPBACK | {own} | ({public} if public else set())

    def address(self, port: int) -> str:
        """Return the address of the page at a port."""
        brackets = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{ {'0.0.0.0': 'localhost', '::': 'localhost'}.get(self.host, brackets) }:{port}/"
