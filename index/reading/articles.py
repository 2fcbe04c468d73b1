"""Which source is each article of a file, and which of them are known already?

A file that holds one article is one source, called as the file is. Of a file that holds several each is a source of its
own: "#1" and so on follow the name, and in an archive the path goes on inside. An article that is known keeps its
number wherever it now stands, so that numbers stay when a file grows, at its end or at its top; one that was alone
keeps the name of the file.

The digest of an article among several is "OWN@FILE/COUNT", or "OWN+TOLD@FILE/COUNT" where `sources.csv` tells of it:
OWN is of what the file says of it, by which it is known again, and TOLD of both. A file of a kind that grows has such a
digest for its only article too.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from index.paragraphs.datelines import read_date
from index.paragraphs.furniture import is_furniture
from index.paragraphs.roles import is_label
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.headers import byline_of, header_of, is_partial, language_of, title_of
from index.reading.walking import source_name
from index.records import Document

_NUMBERED = re.compile(r"(.+)#(\d+)")
_GROWING = (
    ".csv",
    ".tsv",
    ".xlsx",
    ".xlsm",
    ".ris",
    ".json",
    ".jsonl",
    ".ndjson",
    ".xml",
    ".rss",
    ".atom",
    ".rdf",
    ".mbox",
)


def known_by_file(known: Mapping[str, str], files: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the known digests by source, file by file: those of a file's articles are its own."""
    found: dict[str, dict[str, str]] = {}
    there = set(files)
    for source, digest in known.items():
        base = match[1] if (match := _NUMBERED.fullmatch(source)) else source
        outer = (parent.as_posix() for parent in PurePosixPath(base).parents)
        file = next((name for name in (source, base, *outer) if name in there), None)
        if file is not None:
            found.setdefault(file, {})[source] = digest
    return found


def sources_of(name: str, known: Collection[str]) -> list[str]:
    """Return the sources that a name stands for: itself, or the articles of the file that it names.

    >>> sources_of("a.csv", {"a.csv#1", "a.csv#2", "b.txt"}), sources_of("c.txt", {"b.txt"})
    (['a.csv#1', 'a.csv#2'], ['c.txt'])
    """
    if name in known and not name.lower().endswith(_GROWING):
        return [name]
    return sorted(known_by_file(dict.fromkeys(known, ""), [name]).get(name, ())) or [name]


def unchanged(file: str, digest: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sources of a file if it is as it was when all of them were read, else none."""
    if known.get(file) == digest:
        return (file,)
    whole = f"@{digest}/{len(known)}"
    return tuple(known) if any(own.endswith(whole) for own in known.values()) else ()


def own_digest(digest: str) -> str:
    """Return the part of a document's digest that is the article's own, or "" for the only article of a file.

    >>> own_digest("a1@f/2"), own_digest("a1+b2@f/2"), own_digest("f")
    ('a1', 'a1', '')
    """
    return told_digest(digest).partition("+")[0]


def told_digest(digest: str) -> str:
    """Return the part of a document's digest that is of the article and of what is told of it, or ""."""
    told, at, _ = digest.partition("@")
    return told if at else ""


def documents_of(file: str, digest: str, extracts: Sequence[Extract], known: Mapping[str, str]) -> list[Document]:
    """Return the documents of a file, in their order; `known` gives the digests of those it held before."""
    alone = len(extracts) == 1 and not extracts[0].part
    if alone and not file.lower().endswith(_GROWING):
        return [document_of(extracts[0], file, digest)]
    bases = [f"{file}/{source_name(said.part)}" if said.part else file for said in extracts]
    numbered = Counter(bases)
    owns = [_digest(said) for said in extracts]
    sources = list(bases)
    for base, count in numbered.items():
        if count > 1:
            places = [place for place, name in enumerate(bases) if name == base]
            for place, number in zip(places, _numbers([owns[p] for p in places], base, known), strict=True):
                sources[place] = f"{base}#{number}" if number else base
    suffix = f"@{digest}/{len(extracts)}"
    return [document_of(s, name, own + suffix) for s, name, own in zip(extracts, sources, owns, strict=True)]


def _numbers(owns: Sequence[str], base: str, known: Mapping[str, str]) -> list[int]:
    """Return the number of each article of one name: the one it has, else its place, else one that was never given.

    The number of an article that was alone, and has the name itself, is 0.
    """
    given: dict[str, list[int]] = {}
    for source, digest in known.items():
        match = _NUMBERED.fullmatch(source)
        if source == base or (match and match[1] == base):
            given.setdefault(own_digest(digest), []).append(int(match[2]) if match and source != base else 0)
    most = max((number for numbers in given.values() for number in numbers), default=0)
    numbers: list[int] = []
    for own in owns:
        of_it = sorted(given.get(own, ()))
        numbers.append(of_it[0] if of_it else -1)
        given[own] = of_it[1:]
    taken = set(numbers)
    for place, number in enumerate(numbers, start=1):
        if number < 0:
            most = max(most, *taken)
            numbers[place - 1] = place if place not in taken else most + 1
            taken.add(numbers[place - 1])
    return numbers


def _digest(said: Extract) -> str:
    """Return the digest of an article among several: of all that is known of it."""
    fields = (said.text, said.title, said.published, said.updated, said.outlet, said.url, said.author, said.partial)
    told = (*fields, said.language) if said.language else fields
    return hashlib.sha256("\0".join(map(str, told)).encode("utf-8", "replace")).hexdigest()


def document_of(said: Extract, source: str, digest: str) -> Document:
    """Return the document that an extract makes, what it does not say of itself read from its text."""
    language = said.language or language_of(said.text)
    title = " ".join(normalise(said.title).split())
    if not title or is_furniture(title) or is_label(title) or _is_file_name(title):
        title = title_of(said.text) or PurePosixPath(source).stem
    header = header_of(said.text, language)
    published = read_date(said.published, language) or header.published
    updated = read_date(said.updated, language) or header.updated
    author = " ".join(normalise(said.author).split())
    return Document(
        source=source,
        title=title[:500],
        text=said.text,
        language=language,
        published=published or read_date(said.created, language),
        digest=digest,
        pages=said.pages,
        outlet=" ".join(normalise(said.outlet or header.outlet).split())[:500],
        url=normalise(said.url)[:2000],
        author=(byline_of(author) or author)[:500],
        updated=updated if updated != published else None,
        partial=said.partial or is_partial(said.text),
        ocr=said.ocr,
    )


def _is_file_name(title: str) -> bool:
    """Return whether a title is what a word processor or a converter writes for want of one."""
    lower = title.lower()
    made = lower.startswith(("microsoft word - ", "untitled", "sans titre", "document")) and len(title) < 40
    return made or lower.endswith((".doc", ".docx", ".pdf", ".txt", ".html", ".indd", ".odt"))
