"""Which of the teacher's pieces do texts of both languages use, and what does the student start from?

The teacher reads a hundred languages with 250,002 pieces. Those that the training texts use stay, with every single
character of Latin script, digit and sign, so that any name can be spelled; the rest goes, and with it most of the
model's bytes. The student starts as some of the teacher's own layers.

Run first: ``python -m index.training.pieces``; it writes ``WORK/teacher``, the teacher over the pieces that are kept,
and ``WORK/initial``, the student before training.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.training.data import DATA, EVERY_SET, contexts, french_sentences, parallel_pairs, qa_pairs
from index.training.teacher import SPECIAL, Teacher, read_teacher, tokenizer, write_folder

LAYERS = (0, 2, 4, 7, 9, 11)
"""The teacher's layers that the student starts from."""

LEAST = 20
"""A piece that occurs less often in the training texts is dropped."""

_SPACE = "\u2581"
_WORDS = "embeddings.word_embeddings.weight"

log = logging.getLogger("recoupe.training.pieces")


def training_texts(data: Path, *, europarl: int = 350_000) -> list[str]:
    """Return the texts of both languages that pieces are counted on; none is of a development article."""
    pairs = parallel_pairs("europarl", data=data, limit=europarl) + parallel_pairs("tatoeba", data=data)
    asked = qa_pairs("train", data=data, names=EVERY_SET)
    sides = [text for pair in pairs for text in (pair.english, pair.french)]
    return sides + french_sentences(data=data) + contexts(asked) + [pair.question for pair in asked]


def counts(reader: Any, texts: list[str], rows: int, *, block: int = 20_000) -> NDArray[np.int64]:
    """Return how often each piece occurs in the texts."""
    found = np.zeros(rows, np.int64)
    for begin in range(0, len(texts), block):
        for encoding in reader.encode_batch_fast(texts[begin : begin + block], add_special_tokens=False):
            np.add.at(found, encoding.ids, 1)
    return found


def is_sign(piece: str) -> bool:
    """Return whether the piece is one character that a French or English text may hold: Latin, Greek, digit or sign.

    >>> [is_sign(piece) for piece in ("é", "\u2581Q", "7", "€", "ж", "tion")]
    [True, True, True, True, False, False]
    """
    character = piece.removeprefix(_SPACE)
    if len(character) != 1:
        return not character
    name = unicodedata.name(character, "")
    if unicodedata.category(character).startswith(("L", "M")):
        return name.startswith(("LATIN", "GREEK", "COMBINING"))
    return ord(character) < 0x2E80


def kept(teacher: Teacher, found: NDArray[np.int64], *, least: int = LEAST) -> list[int]:
    """Return the ids of the pieces that stay, ascending, the special ones first."""
    ids = [i for i, piece in enumerate(teacher.pieces) if i < len(SPECIAL) or found[i] >= least or is_sign(piece)]
    return [i for i in ids if teacher.pieces[i] != "<mask>"]


def pruned(teacher: Teacher, ids: list[int], layers: Iterable[int]) -> dict[str, NDArray[np.float32]]:
    """Return the teacher's tensors with these pieces and these layers alone, the layers numbered from 0."""
    numbers = {old: new for new, old in enumerate(layers)}
    found = {}
    for name, value in teacher.weights.items():
        parts = name.split(".")
        if parts[0] == "encoder":
            if int(parts[2]) not in numbers:
                continue
            parts[2] = str(numbers[int(parts[2])])
        found[".".join(parts)] = value[ids] if name == _WORDS else value
    return found


def build(data: Path, work: Path, *, layers: tuple[int, ...] = LAYERS, least: int = LEAST) -> tuple[Path, Path]:
    """Write WORK/teacher and WORK/initial and return both folders."""
    teacher = read_teacher()
    texts = training_texts(data)
    found = counts(tokenizer(teacher.pieces, teacher.scores), texts, len(teacher.pieces))
    ids = kept(teacher, found, least=least)
    pieces, scores = [teacher.pieces[i] for i in ids], [teacher.scores[i] for i in ids]
    log.info("%d pieces occur, %d stay", int((found > 0).sum()), len(ids))
    folders = []
    for name, chosen in (("teacher", tuple(range(teacher.settings["num_hidden_layers"]))), ("initial", layers)):
        settings = teacher.settings | {"num_hidden_layers": len(chosen)}
        folders.append(write_folder(work / name, settings, pruned(teacher, ids, chosen), pieces, scores))
    return folders[0], folders[1]


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
def main(data: str, work: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    Path(work).mkdir(parents=True, exist_ok=True)
    log.info("wrote %s and %s", *build(Path(data), Path(work)))


if __name__ == "__main__":
    main()
