"""How does a file come to be written whole or not at all?"""

from __future__ import annotations

import os
from pathlib import Path

from index.records import CorpusError


def write_text(file: Path, text: str) -> None:
    """Write a text in UTF-8 in the place of a file, in one step: nobody sees half of it. Raises CorpusError."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        try:
            with open(unfinished, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(unfinished, file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise CorpusError(f"{file} cannot be written: {error.strerror or error}") from error
