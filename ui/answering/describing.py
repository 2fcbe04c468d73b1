"""What does a `sources.csv` that is uploaded say, of the articles that come with it and of those that are there?

It is read as `recoupe build` reads the one of a folder, and wins over what the files say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import reading
from index.changing import Description
from index.corpus import Corpus, Progress, WriteReport
from index.reading.catalogue import Catalogue, read_catalogue
from index.records import Document

FIELDS = ("title", "outlet", "published", "url")
"""What a row says of its source."""


@dataclass(frozen=True, slots=True)
class Described:
    """What came of an upload with a `sources.csv`."""

    report: WriteReport
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By source: which of `FIELDS` the table gave it."""
    strangers: tuple[str, ...] = ()
    """The names in the table of which there is no article, neither in the upload nor in the corpus."""


def add_described(corpus: Corpus, folder: Path, progress: Progress) -> Described:
    """Read a folder of articles with its `sources.csv` into a corpus, and describe what is there already by it, too.

    Raises CorpusError, having changed nothing, where there are articles and none could be read.
    """
    catalogue = read_catalogue(folder)
    report = WriteReport(skipped=catalogue.problems)
    if reading.files(folder):
        report = corpus.add([folder], progress=progress)
    fresh = {*report.read, *report.reused}
    told = _told_of(corpus, catalogue, fresh)
    if told:
        corpus.describe(told, progress=progress)
    named = {source: tuple(name for name in FIELDS if catalogue.row(source).get(name)) for source in report.read}
    changed = {source: tuple(name for name in FIELDS if getattr(own, name) is not None) for source, own in told.items()}
    strangers = _strangers(corpus, catalogue, report)
    # Of rows that name nothing in their folder, some name what was in the corpus before; the rest is told apart.
    lost = set(catalogue.strangers(()))
    kept = tuple(one for one in report.skipped if one not in lost)
    return Described(replace(report, skipped=kept), {k: v for k, v in (named | changed).items() if v}, strangers)


def _told_of(corpus: Corpus, catalogue: Catalogue, but: Collection[str]) -> dict[str, Description]:
    """Return what the rows of a table change of the sources that are there, but for these."""
    there = {unicodedata.normalize("NFC", source): source for source in corpus.sources if source not in but}
    files: dict[str, str] = {}
    for name in catalogue.rows:
        for found in reading.sources_of(name, there.keys()):
            if found in there:
                files[found] = name if name != found else files.get(found, "")
    told = {}
    for composed, file in files.items():
        document = corpus.document(there[composed])
        if own := _difference(document, catalogue.described(document, file)):
            told[there[composed]] = own
    return told


def _difference(before: Document, after: Document) -> Description | None:
    """Return what a description says that makes one document of the other; None for nothing."""
    changed = {name: getattr(after, name) for name in FIELDS if getattr(after, name) != getattr(before, name)}
    if not changed:
        return None
    published = changed.pop("published", None)
    return Description(**changed, published=published.isoformat() if published else None)


def _strangers(corpus: Corpus, catalogue: Catalogue, report: WriteReport) -> tuple[str, ...]:
    """Return the names in a table that stand for no source of a corpus, nor for a file that was just left out."""
    known = {unicodedata.normalize("NFC", source) for source in corpus.sources}
    left = {one.source for one in report.skipped} | {copy for copy, _ in report.duplicates}
    names = (name for name in catalogue.rows if name not in left)
    return tuple(name for name in names if not known.intersection(reading.sources_of(name, known)))
