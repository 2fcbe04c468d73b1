"""How does the learned student become the model in the box: its weights in 16 bits, its graph, its files, and its card?

Run last: ``python -m index.training.export``; it writes ``index/model`` from ``WORK/retrieval``: float16 weights, which
``SentenceTransformer(folder)`` reads, and the graph with their bytes that ONNX Runtime runs. The figures on the card
are the lines of ``WORK/report.md``, which ``python -m index.training.report`` prints; they are measured anew where no
such file is.
"""

from __future__ import annotations

import json
import logging
import shutil
from datetime import date
from pathlib import Path

import click
import numpy as np

from index.encoder import NAME, SentenceEncoder, box, unit
from index.encoder.folder import GRAPH, PROJECTION, WEIGHTS, read_digest
from index.training.card import CARD, MADE
from index.training.data import DATA, contexts, qa_pairs
from index.training.graph import write_graph
from index.training.pieces import LEAST
from index.training.report import rows, sentence_accuracy
from index.training.sets import development_sets
from index.training.teacher import TEACHER_DIGEST

FILES = (WEIGHTS, GRAPH, PROJECTION, "tokenizer.json", "config.json")
"""The files whose digests stand on the card."""

log = logging.getLogger("recoupe.training.export")


def write_folder(source: Path, target: Path) -> Path:
    """Write the folder of an encoder from a trained student's, without its card, and return it."""
    from safetensors.numpy import load_file, save_file

    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    halves = {name: value.astype(np.float16) for name, value in load_file(source / WEIGHTS).items()}
    # The library's BERT has a pooler, which nobody reads here, and says so aloud where its weights are missing.
    dim = len(halves["embeddings.LayerNorm.weight"])
    halves |= {"pooler.dense.weight": np.zeros((dim, dim), np.float16), "pooler.dense.bias": np.zeros(dim, np.float16)}
    save_file(halves, target / WEIGHTS, metadata={"format": "pt"})
    write_graph(target)
    for path in target.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return target


def measure(encoder: SentenceEncoder, data: Path) -> list[str]:
    """Return the lines of the report on this encoder."""
    found = list(rows(development_sets(data=data), [encoder]))
    for name in ("news-dev", "flores-dev"):
        found.append(f"EN-FR sentences, {name}, {encoder.name}: {sentence_accuracy(name, encoder, data=data):.4f}")
    return found


def cosines(folder: Path, texts: list[str]) -> list[float]:
    """Return the cosines of the vectors of passages as the graph gives them with those of float32."""
    from sentence_transformers import SentenceTransformer

    exact = SentenceTransformer(str(folder), device="cpu").encode_document(texts, show_progress_bar=False)
    found: list[float] = (SentenceEncoder(folder).passages(texts) * unit(exact)).sum(axis=1).tolist()
    return found


def state_rounding(folder: Path, data: Path) -> str:
    """Return what the bytes of the graph cost, in a sentence of the card."""
    found = cosines(folder, contexts(qa_pairs("dev", data=data))[::8])
    return f"the mean cosine of {len(found)} passages' vectors is {np.mean(found):.4f}, the least {min(found):.4f}."


def write_card(folder: Path, lines: list[str], *, made: str = MADE, rounding: str = "") -> str:
    """Return the model card of a folder with the lines of the report on it."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return CARD.format(
        name=NAME,
        day=date.today().isoformat(),
        digests="\n".join(f"| {name} | {read_digest(folder / name).hex()} |" for name in FILES),
        teacher=TEACHER_DIGEST,
        made=made,
        rounding=rounding,
        pieces=f"{config['vocab_size']:,}",
        least=LEAST,
        megabytes=round(size / 1e6),
        figures="\n".join(line for line in lines if line.startswith("|")),
        sentences="\n".join(f"- {line}" for line in lines if line and not line.startswith("|")),
    )


@click.command(help=__doc__)
@click.argument("folder", required=False)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--to", "target", default=None, help="Write only the folder, here, and no card.")
@click.option("--made", default=MADE, help="A sentence for the card: how long the training took, and on what.")
def main(folder: str | None, data: str, work: str, target: str | None, made: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    source, report = Path(folder or Path(work, "retrieval")), Path(work, "report.md")
    partial = write_folder(source, Path(target) if target else box().with_name(box().name + ".partial"))
    if target:
        return
    if not report.is_file():
        report.write_text("\n".join(measure(SentenceEncoder(partial), Path(data))) + "\n", encoding="utf-8")
    lines = report.read_text(encoding="utf-8").splitlines()
    text = write_card(partial, lines, made=made, rounding=state_rounding(partial, Path(data)))
    (partial / "README.md").write_text(text, encoding="utf-8")
    shutil.rmtree(box(), ignore_errors=True)
    partial.rename(box())
    log.info("wrote %s", box())


if __name__ == "__main__":
    main()
