"""How does the learned student become the model in the box: float16 weights, the folder's files, and its card?

Run last: ``python -m index.training.export [FOLDER]``; it writes ``index/model`` from ``WORK/retrieval``. The figures
on the card are those of ``WORK/scores.json``, which it measures first unless told not to (``--no-measure``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from datetime import date
from pathlib import Path

import click
import numpy as np

from index.encoder import NAME, SentenceEncoder, box
from index.training.data import DATA, parallel_pairs
from index.training.measure import measure
from index.training.tokenizer import TEACHER_DIGEST

LONGEST = 384
"""Tokens of a text that the shipped encoder reads, about 250 French words."""

MADE = "These: 36 minutes of distillation and 39 of retrieval on two shared cores, both resumed once."
"""What is to be known of the run that made the model in the box."""

log = logging.getLogger("recoupe.training.export")

CARD = """---
license: apache-2.0
language: [en, fr]
library_name: sentence-transformers
base_model: sentence-transformers/all-MiniLM-L6-v2
---
# {name}

A bilingual sentence encoder: English and French in one space, 384 dimensions, mean pooling, unit rows. Beside it stands
a projection for late interaction, {token_dim} dimensions a token (`tokens.safetensors`). `SentenceTransformer(folder)`
loads it; neither questions nor passages take a prompt. Made on {day}.

| file | sha256 |
|---|---|
{digests}

## Recipe

`make model` runs it: `python -m index.training.tokenizer`, `distil`, `retrieve`, `export`, on two CPU cores or a GPU.
Seeds are fixed, but the runs are bounded by time and average two workers, so another run gives other weights of about
the same quality. {made}

1. The teacher is all-MiniLM-L6-v2 (sha256 of model.safetensors
   {teacher}).
   The student starts from its weights. WordPieces of scripts that neither language uses are left out and frequent
   French ones added, {rows} in all; a new row starts between the mean of the pieces it replaces and the rows of the
   English pieces that it stands beside in translations.
2. Distillation (Reimers and Gurevych 2020) over Tatoeba and a sample of Europarl: the student's vector of a French
   sentence, and of some English ones, is drawn to the teacher's vector of the English one by cosine and by an in-batch
   contrastive loss with 4,096 further negatives.
3. Questions with their paragraphs, French and English, and sentences of one language with windows of sentences of the
   other: contrastive losses on sentence vectors and on late interaction (Khattab and Zaharia 2020), with paragraphs
   that BM25 finds as hard negatives; a few translations in every batch, with the teacher's vectors, hold the languages
   together.
4. The weights are a mean of the distilled ones (1/4) and those after step 3 (3/4; Wortsman et al. 2022), in float16.

## Data and licences

| data | used for | licence |
|---|---|---|
| all-MiniLM-L6-v2 | teacher, initial weights | Apache-2.0 |
| Europarl (European Parliament proceedings; cite the source) | pieces, distillation, windows | no known restriction |
| Tatoeba (tatoeba.org, manythings.org/anki) | pieces, distillation, translations of questions | CC BY 2.0 FR |
| Common Voice sentences, French | pieces | CC0 |
| PIAF v1.1 (Etalab), training articles | pieces, retrieval | MIT; text CC BY-SA |
| AfriQA, French side, training titles | pieces, retrieval | CC BY 4.0 |
| SQuADShifts, new Wikipedia, training articles | retrieval | CC BY 4.0 |

Articles whose title's sha256 is a multiple of five are kept out of training, and are what the figures below are from;
news-dev (newstest 2013 and 2014) and flores-dev are only tested on.

## Figures

Sentence retrieval, English to French: {sentences}

Paragraphs of the development questions, over all paragraphs of the set: `dense` is this encoder alone, `bm25` plain
BM25, `fused` the sum of their z-scores, `late` late interaction over the best 50 of `fused` (or of `dense`, where the
languages differ). No translation table takes part here.

| questions -> paragraphs | ranking | R@1 | R@5 | MRR | nDCG@10 |
|---|---|--:|--:|--:|--:|
{figures}
"""


def digest(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(
    source: Path, target: Path, scores: dict[str, dict[str, dict[str, float]]], sentences: dict[str, float]
) -> Path:
    """Write the folder of the model in the box from a trained student's, and its card; return the folder."""
    from safetensors.numpy import load_file, save_file

    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial)
    weights = load_file(source / "model.safetensors")
    halves = {name: value.astype(np.float16) for name, value in weights.items()}
    save_file(halves, partial / "model.safetensors", metadata={"format": "pt"})
    _settings(partial)
    figures = [
        f"| {task} | {way} | " + " | ".join(f"{row[m]:.3f}" for m in ("R@1", "R@5", "MRR", "nDCG@10")) + " |"
        for task, ways in scores.items()
        for way, row in ways.items()
    ]
    projection = load_file(partial / "tokens.safetensors")["projection"]
    files = ("model.safetensors", "tokens.safetensors", "tokenizer.json", "config.json")
    card = CARD.format(
        name=NAME,
        token_dim=projection.shape[1],
        day=date.today().isoformat(),
        digests="\n".join(f"| {name} | {digest(partial / name)} |" for name in files),
        teacher=TEACHER_DIGEST,
        made=MADE,
        rows=f"{len(weights['embeddings.word_embeddings.weight']):,}",
        sentences=", ".join(f"{name} {value:.4f}" for name, value in sentences.items()) + ".",
        figures="\n".join(figures),
    )
    (partial / "README.md").write_text(card, encoding="utf-8")
    for path in partial.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
    return target


def _settings(folder: Path) -> None:
    """Write the settings that readers of the folder go by: float32 in use, how much text is read, no prompts."""
    changes: dict[str, dict[str, object]] = {
        "config.json": {"dtype": "float32"},
        "sentence_bert_config.json": {"max_seq_length": LONGEST},
        "tokenizer_config.json": {"model_max_length": LONGEST},
        "config_sentence_transformers.json": {
            "prompts": {},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
    for name, new in changes.items():
        settings = json.loads((folder / name).read_text(encoding="utf-8")) | new
        for key in ("name_or_path", "_name_or_path", "transformers_version", "__version__"):
            settings.pop(key, None)
        (folder / name).write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def sentence_scores(encoder: SentenceEncoder, data: Path) -> dict[str, float]:
    """Return for how many English sentences of each test set the nearest French one is the translation."""
    found = {}
    for name in ("news-dev", "flores-dev"):
        pairs = parallel_pairs(name, data=data)
        english, french = (encoder.passages([getattr(p, side) for p in pairs]) for side in ("english", "french"))
        found[name] = round(float(((english @ french.T).argmax(1) == np.arange(len(pairs))).mean()), 4)
        log.info("%s: EN->FR sentence accuracy %.4f of %d", name, found[name], len(pairs))
    return found


@click.command(help=__doc__)
@click.argument("folder", required=False)
@click.option("--data", default=str(DATA), show_default=True, help="Folder of the data.")
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--measure/--no-measure", "fresh", default=True, help="Measure, or take the figures measured before.")
def main(folder: str | None, data: str, work: str, fresh: bool) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    source, kept = Path(folder or Path(work, "retrieval")), Path(work, "scores.json")
    if fresh or not kept.is_file():
        encoder = SentenceEncoder(source)
        found = {"sentences": sentence_scores(encoder, Path(data)), "tasks": measure(encoder, Path(data))}
        kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
    scores = json.loads(kept.read_text(encoding="utf-8"))
    log.info("wrote %s", export(source, box(), scores["tasks"], scores["sentences"]))


if __name__ == "__main__":
    main()
