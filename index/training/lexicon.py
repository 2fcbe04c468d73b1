"""How is the translation table made? Pairs of sentences read, words aligned, what is sure enough written, measured.

    python -m index.training.lexicon [--data ../shared/data] [--out index] [--work .training]

About five minutes on one core and 2.5 GB of memory. The terms of the pairs and the counts of the alignment are kept in
the work folder, so that an interrupted run goes on after the last step it finished. The table is the same, byte for
byte, each time it is made from the same data by the same versions of numpy and zlib.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np

from index.language import ANALYSIS, stems, tag, terms
from index.lexical import BM25
from index.lexicon import FILE, LANGUAGES, Lexicon
from index.training.alignment import Aligner
from index.training.bitext import HELD_OUT, cached, frequent, is_held_out
from index.training.counts import EVERYDAY, Counts, count, load, save
from index.training.data import DATA, parallel_pairs
from index.training.tables import LEAST, MOST, arrays

LEAST_COUNT = 2
"""Words that occur less often have no entry."""

MEASURED = 3000
"""Questions of each kind that the measurement asks, at most."""

CARD = """
# The translation table

`lexicon.npz` gives the probability that a French stem renders an English one and the reverse, for the analysis of
`index/language.py`, version {analysis}. `index/lexicon.py` reads it; plain arrays, no pickle.

- Made on {made} by `python -m index.training.lexicon`; {size:,} bytes; sha256 `{digest}`
- {english:,} English and {french:,} French stems, {phrases:,} entries for a word beside a given neighbour

## Learned from

- Europarl (Koehn 2005), proceedings of the European Parliament, human translation: 700,000 pairs; no known
  copyright restriction, the source is the European Parliament.
- Tatoeba (tatoeba.org, by way of manythings.org/anki): 167,130 pairs; CC BY 2.0 FR.

Some 5,000 English sentences of each, with all their translations, were kept out to measure on.

## Recipe

IBM Model 1 by EM in both directions, with a position prior and a sparse Dirichlet prior, five iterations in each
direction alone and two in which the directions must agree (`index/training/alignment.py`). A link in a Tatoeba
sentence counts {everyday:.0f} times one in a debate. Words seen fewer than {least_count} times have no entry; of each
word's alternatives the {most} most probable of at least {least} stay. A word beside a frequent neighbour has its own
alternatives where they differ most ("toll" after "death"). A rare word, and a word with a capital where capitals were
names, keeps a share for its own spelling. Words of one language that begin alike and are rendered alike are taken for
inflections of each other. One list is written by hand: five places renamed since the sentences were written (`RENAMED`
in `index/training/tables.py`).

## Weaknesses

Parliamentary and everyday language alone: no slang, little sport, science or recent history, no name that arose after
2011 (those pass through by their spelling). Stems that mean several things are told apart by a neighbour or not at all.

## Measured

"""


def counted(data: Path, work: Path, log: Callable[[str], None]) -> tuple[Counts, Counts]:
    """Return the counts of the trained model, from the work folder where an earlier run left them."""
    path = work / f"counts-{ANALYSIS}.npz"
    if not path.is_file():
        bitext = frequent(cached(data, work), LEAST_COUNT)
        log(f"{len(bitext.english.starts) - 1:,} sentence pairs, {len(bitext.english.words):,} English terms")
        aligner = Aligner(bitext)
        log(f"{len(aligner.keys):,} pairs of words occur together")
        aligner.train(log=log, checkpoint=work / f"alignment-{ANALYSIS}.npz")
        save(path, count(aligner))
    return load(path)


def write(out: Path, found: dict[str, Any]) -> str:
    """Write the file and return its sha256; a reader never sees half of it."""
    partial = out / (FILE + ".partial")
    with open(partial, "wb") as file:
        np.savez_compressed(file, **found)
    digest = hashlib.sha256(partial.read_bytes()).hexdigest()
    partial.replace(out / FILE)
    return digest


def card(out: Path, digest: str, found: dict[str, Any], scores: list[str]) -> str:
    """Return the table's card in Markdown."""
    sizes = {code: len(found[code].tobytes().decode().split("\n")) for code in LANGUAGES}
    lines = [
        CARD.strip().format(
            analysis=ANALYSIS,
            made=date.today().isoformat(),
            size=(out / FILE).stat().st_size,
            digest=digest,
            english=sizes["en"],
            french=sizes["fr"],
            phrases=len(found["en.phrases.keys"]) + len(found["fr.phrases.keys"]),
            least_count=LEAST_COUNT,
            everyday=EVERYDAY,
            most=MOST,
            least=LEAST,
        )
    ]
    return "\n".join([*lines, "", *scores, ""])


def measured(data: Path, path: Path) -> Iterator[str]:
    """Yield the lines of a Markdown table: how often a sentence's translation is found first, without and with it.

    The sentences were kept out of training; each is looked for among some 5,000 of the other language with BM25.
    """
    lexicon = Lexicon.load(path)
    yield "| held-out sentences | question | R@1 as written | R@1 translated | R@5 translated |"
    yield "|---|---|--:|--:|--:|"
    for name in HELD_OUT:
        pairs = [pair for pair in parallel_pairs(name, data=data) if is_held_out(pair, name)]
        sides = [(pair.english, pair.french) for pair in pairs]
        for number, code in enumerate(LANGUAGES):
            answers: dict[str, set[str]] = {}
            for side in sides:
                answers.setdefault(side[number], set()).add(side[1 - number])
            if not answers:
                continue
            scores = _found_first(lexicon, answers, code, LANGUAGES[1 - number])
            yield f"| {name} | {code} | {scores[0]:.3f} | {scores[1]:.3f} | {scores[2]:.3f} |"


def _found_first(
    lexicon: Lexicon, answers: dict[str, set[str]], source: str, target: str
) -> tuple[float, float, float]:
    sentences = list(dict.fromkeys(answer for group in answers.values() for answer in sorted(group)))
    bm25 = BM25([[tag(stem, target) for stem in stems(sentence, target)] for sentence in sentences])
    plain = first = fifth = 0
    asked = list(answers)[:MEASURED]
    for question in asked:
        found = terms(question, source)
        as_written = bm25.search([[(tag(term.stem, target), 1.0)] for term in found], k=1)
        translated = bm25.search(lexicon.expand(found, source, [target], text=question), k=5)
        plain += any(sentences[row] in answers[question] for row, _ in as_written)
        hits = [sentences[row] in answers[question] for row, _ in translated]
        first += any(hits[:1])
        fifth += any(hits)
    return plain / len(asked), first / len(asked), fifth / len(asked)


@click.command(help=__doc__)
@click.option("--data", type=click.Path(path_type=Path), default=DATA, help="Folder of the parallel sentences.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("index"), help="Folder of the table.")
@click.option("--work", type=click.Path(path_type=Path), default=Path(".training"), help="Folder of what is kept.")
def main(data: Path, out: Path, work: Path) -> None:
    start = time.monotonic()
    folder = work / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "log.txt", "a", encoding="utf-8") as file:

        def log(line: str) -> None:
            print(stamped := f"{time.monotonic() - start:6.0f} s  {line}", flush=True)
            print(stamped, file=file, flush=True)

        found = arrays(counted(data, folder, log))
        digest = write(out, found)
        log(f"wrote {out / FILE}, {(out / FILE).stat().st_size:,} bytes, sha256 {digest}")
        scores = []
        for line in measured(data, out / FILE):
            scores.append(line)
            log(line)
    (out / FILE).with_suffix(".md").write_text(card(out, digest, found, scores), encoding="utf-8")


if __name__ == "__main__":
    main()
