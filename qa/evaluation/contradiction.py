"""Does comparing two sentences tell those that contradict each other from those that are compatible?

``python -m qa.evaluation.contradiction ../shared/data/daccord.tsv`` reads pairs of French sentences (DACCORD, Skandalis
et al. 2023), each known to be the one or the other, and prints of how many of them anything can be said, and how often
it is right. Recoupe compares figures alone, where both sentences say what they count and that is the same; of all other
pairs it says nothing, rather than guess.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from index.facts.child import Text, read_record
from index.facts.contents import Contents, Topic, unpack, unpack_topic
from index.pieces import Numbers
from index.records import CorpusError, Document, Paragraph, Vectors
from qa.evaluation.report import Rate
from qa.matters.figures import Figure, gather_figures
from qa.matters.role import same_role
from qa.matters.setting import overlap

CONTRADICTION, COMPATIBLE = "contradiction", "compatible"


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Two sentences on one event."""

    id: str
    premise: str
    hypothesis: str
    contradicts: bool


class _Sentences:
    """Two sentences as the articles of a corpus."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._documents = {
            str(place): Document(str(place), "", text, language, None, "") for place, text in enumerate(texts)
        }

    def read(
        self, sources: Collection[str] | None = None
    ) -> Iterator[tuple[Document, list[Paragraph], list[Contents]]]:
        for number, own in enumerate(self._documents.values()):
            paragraph = Paragraph(number, own.source, "", "", 0, len(own.text), own.text, own.language)
            yield own, [paragraph], [unpack(read_record(Text(own.text, own.language)))]

    def topic(self, source: str) -> Topic:
        own = self._documents[source]
        return unpack_topic(read_record(Text(own.text, own.language, topic=True)))

    def document(self, source: str) -> Document:
        return self._documents[source]

    def word_vectors(self, paragraphs: Sequence[Paragraph]) -> list[tuple[Numbers, Vectors]]:
        """Return no words: figures are told to be of one thing by their roles alone."""
        return [(np.zeros((0, 2), np.int32), np.zeros((0, 1), np.float32)) for _ in paragraphs]

    def text_vectors(self, texts: Sequence[str], language: str) -> list[tuple[Numbers, Vectors]]:
        """Return no words, likewise."""
        return [(np.zeros((0, 2), np.int32), np.zeros((0, 1), np.float32)) for _ in texts]


def read_sentences(path: Path) -> list[SentencePair]:
    """Return the pairs of a table with the columns id, premise, hypothesis and label, 1 for a contradiction.

    Raises CorpusError for a file that is none.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [SentencePair(r["id"], r["premise"], r["hypothesis"], bool(int(r["label"]))) for r in rows]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{path}: not a table of sentence pairs with labels 0 and 1: {error}") from error


def compare_sentences(one: str, other: str, language: str = "fr") -> str:
    """Return "contradiction" or "compatible" by the figures of two sentences on one event, "" where they tell nothing.

    >>> compare_sentences("L'incendie a fait 12 morts.", "L'incendie a tué 17 personnes.")
    'contradiction'
    """
    figures = gather_figures(_Sentences((one, other), language))
    own = [[figure for figure in figures if figure.article.source == source] for source in ("0", "1")]
    judged = [_contradict(a, b) for a in own[0] for b in own[1] if same_role(a.counted, b.counted) == "plain"]
    if not judged:
        return ""
    return COMPATIBLE if not all(judged) else CONTRADICTION


def _contradict(a: Figure, b: Figure) -> bool:
    """Return whether two figures of one thing cannot both be true, or one text denies what the other says."""
    return a.fact.denied != b.fact.denied if overlap(a, b) else not (a.fact.denied or b.fact.denied)


def measure(pairs: Sequence[SentencePair]) -> dict[str, Rate]:
    """Return how much is judged, and how rightly."""
    judged = [(pair, compare_sentences(pair.premise, pair.hypothesis)) for pair in pairs]
    told = [(pair.contradicts, found == CONTRADICTION) for pair, found in judged if found]
    hits = sum(known and found for known, found in told)
    return {
        "judged": Rate(float(len(told)), len(pairs)),
        "right where judged": Rate(float(sum(known == found for known, found in told)), len(told)),
        "precision": Rate(float(hits), sum(found for _, found in told)),
        "recall where judged": Rate(float(hits), sum(known for known, _ in told)),
        "recall of all": Rate(float(hits), sum(pair.contradicts for pair in pairs)),
    }


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--judged", is_flag=True, help="Print every pair of which something is said.")
def main(file: Path, judged: bool) -> None:
    pairs = read_sentences(file)
    for pair in pairs if judged else ():
        if found := compare_sentences(pair.premise, pair.hypothesis):
            right = "right" if (found == CONTRADICTION) == pair.contradicts else "WRONG"
            click.echo(f"{pair.id} {found}, {right}\n    {pair.premise}\n    {pair.hypothesis}")
    for name, rate in measure(pairs).items():
        click.echo(f"{name:<22}{rate}")


if __name__ == "__main__":
    main()
