"""What is known of an article while its figures are compared with those of others?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from index.facts.contents import Keys, Topic
from index.facts.signature import Signature
from index.interaction import Quantised
from index.language import fold
from index.records import Document
from qa.match.words import STOPS
from qa.matters.event import names_of, openers_of
from qa.matters.tables import kinds_of
from qa.origins import WORDS

BEGINNING = 8_000
"""Characters of a document, from its beginning, in which its names are looked for: as many as its topic is read in."""

OPENING = 160
"""Characters of a document behind its title that name what it is about."""

LEAD = 400
"""Characters of a document, its title not counted, that tell what it is about."""


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of a document while its figures are compared."""

    number: int
    source: str
    language: str
    published: date | None
    names: frozenset[str]
    openers: frozenset[str]
    """Words that open a sentence, some of which are names."""
    countries: frozenset[str]
    keys: Keys
    signature: Signature | None
    lead: tuple[str, ...]
    """The words of its title and its first lines, as printed."""
    kinds: frozenset[str]
    """The kinds of event of which those tell."""
    main: frozenset[str] = frozenset()
    """The names in its title and in what it opens with: what it is about first."""
    title: str = ""
    wording: Quantised = field(default_factory=lambda: np.zeros((0, 0), np.int8), compare=False)
    """The vectors of its first content words in paragraphs with figures, shape (words, dim)."""


def read_article(number: int, document: Document, topic: Topic) -> Article:
    """Return what is known of a document while it is compared with others."""
    lead = f"{document.title}. {document.text[:LEAD]}"
    words = tuple(dict.fromkeys(word for word in WORDS.findall(lead) if fold(word) not in STOPS))
    beginning = f"{document.title}\n{document.text[:BEGINNING]}"
    return Article(
        number=number,
        source=document.source,
        language=document.language,
        published=document.published,
        names=names_of(beginning, document.language),
        openers=openers_of(beginning, document.language),
        countries=topic.countries,
        keys=topic.keys,
        signature=topic.signature,
        lead=words,
        kinds=frozenset[str]().union(*(kinds_of(fold(word), document.language) for word in words)),
        main=_main_names(document),
        title=document.title,
    )


def _main_names(document: Document) -> frozenset[str]:
    """Return the names in the title of a document and in its first lines, which are those of its event."""
    text = document.text.removeprefix(document.title).lstrip()[:OPENING]
    return frozenset[str]().union(*(names_of(f"x {part}", document.language) for part in (document.title, text)))
