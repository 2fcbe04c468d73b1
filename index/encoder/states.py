"""What does a model make of a text, before anything is normalised? The shape that every kind of model is given here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.records import Vectors

Side = Literal["query", "passage"]
Offsets = NDArray[np.int32]

_E5 = re.compile(r"(^|[/_-])e5([_-]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class States:
    """What a model makes of one text: the last hidden state of each token and where the token stands in the text."""

    hidden: Vectors
    starts: Offsets
    ends: Offsets


class Model(Protocol):
    """A loaded model; its vectors are not normalised yet."""

    dim: int
    hidden_dim: int
    fingerprint: str

    def run(self, texts: Sequence[str], role: Side, *, tokens: bool) -> tuple[Vectors, list[States]]: ...

    def offsets(self, texts: Sequence[str], role: Side) -> list[tuple[Offsets, Offsets]]: ...


def choose_prompts(known: dict[str, str | None], name: str) -> dict[Side, str]:
    """Return the prompt of each role among a model's named prompts; the e5 family's are known by its name."""
    query = known.get("query") or ""
    passage = next((known[key] or "" for key in ("document", "passage", "corpus") if known.get(key)), "")
    if not query and not passage and _E5.search(name):
        return {"query": "query: ", "passage": "passage: "}
    return {"query": query, "passage": passage}
