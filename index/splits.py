"""What of an article is indexed: its paragraphs, the terms and texts by which they are found, what is read of them?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.facts.child import Text, read_record
from index.facts.contents import Topic, unpack_topic
from index.language import stems, tag
from index.records import Document, Paragraph, Vectors, plain
from index.resume import Encoded

Embed = Callable[[Sequence[str]], Encoded]
"""Gives passages their vectors."""


def indexed_text(heading: str, text: str) -> str:
    """Return what of a paragraph is searched: its heading counts as its first line."""
    return f"{heading}\n{text}" if heading else text


def document_line(document: Document) -> bytes:
    """Return a document as JSON on one line."""
    return json.dumps(plain(document), ensure_ascii=False).encode()


def document_of(line: bytes) -> Document:
    """Return the document that such a line holds."""
    fields = json.loads(line)
    for name in ("published", "updated"):
        day = fields.get(name)
        fields[name] = date.fromisoformat(day) if day else None
    fields["pages"] = tuple(fields["pages"])
    return Document(**fields)


def indexed_terms(paragraph: Paragraph) -> list[str]:
    """Return the terms by which a paragraph is found, each with its language."""
    found = stems(indexed_text(paragraph.heading, paragraph.text), paragraph.language)
    return [tag(stem, paragraph.language) for stem in found]


@dataclass(frozen=True, slots=True)
class Split:
    """A document and its paragraphs, ready to be indexed; with their vectors where an index holds them already."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    vectors: Vectors | None = None
    tokens: tuple[NDArray[np.int8], ...] = ()
    contents: tuple[bytes, ...] | None = None
    """The records of what was read of the paragraphs; None where they are still to be read."""
    topic: bytes = b""
    """The record of what the document is about, where `contents` are known."""


BEGINNING = 8_000
"""Characters of a document, from its beginning, in which its subject is looked for."""


def texts_of(split: Split) -> Iterator[Text]:
    """Yield what is to be read of a document: its beginning, then each paragraph."""
    yield topic_text(split.document)
    for paragraph in split.paragraphs:
        yield Text(paragraph.text, paragraph.language, split.document.published)


def topic_text(document: Document) -> Text:
    """Return what of a document is read to know what it is about: its title, and its text up to `BEGINNING`."""
    return Text(f"{document.title}\n{document.text[:BEGINNING]}", document.language, topic=True)


def topic_of(record: bytes | None, document: Callable[[], Document]) -> Topic:
    """Return the topic in a record; it is read now where there is none, or an earlier reader left out its signature."""
    topic = unpack_topic(record) if record is not None else None
    if topic is None or topic.signature is None:
        return unpack_topic(read_now(topic_text(document())))
    return topic


@lru_cache(maxsize=2048)
def read_now(text: Text) -> bytes:
    """Return the record of a text of an index that holds none."""
    return read_record(text)
