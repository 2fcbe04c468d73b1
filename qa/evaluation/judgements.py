"""Where do the quotes of a gold set stand, and which paragraphs do they make right?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from index.corpus import Corpus
from index.place import find_place
from index.records import CorpusError, Document, Paragraph
from qa.evaluation.gold import GoldQuestion, StaleGold

Qrels = dict[str, dict[str, int]]
"""For each question, how relevant each passage is that was judged, by the passage's name."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in its source, by offsets into its source's text, and how right it is."""

    source: str
    start: int
    end: int
    language: str
    relevance: int = 1


Judgements = Mapping[str, tuple[Quoted, ...]]
"""Where each question's quotes stand, by the question's id."""


def locate_quotes(corpus: Corpus, gold: Sequence[GoldQuestion]) -> Judgements:
    """Return where every quote of the gold stands in a corpus.

    Raises CorpusError for a source that the corpus lacks and for a quote that stands twice in its source, StaleGold
    for quotes that no longer stand there, counting them all.
    """
    known = frozenset(corpus.sources)
    document = lru_cache(maxsize=1024)(corpus.document)
    places: dict[str, list[Quoted]] = {question.id: [] for question in gold}
    stale = []
    for question in gold:
        for answer in question.answers:
            if answer.source not in known:
                raise CorpusError(f"gold question {question.id!r} names {answer.source!r}, which the corpus lacks")
            for words in answer.quotes:
                found = _place(document(answer.source), words, answer.relevance, question.id)
                if found:
                    places[question.id].append(found)
                else:
                    stale.append(f"{question.id!r} quotes {words[:60]!r}, which is not in {answer.source!r}")
    if stale:
        many = f" (and {len(stale) - 1} more)" if len(stale) > 1 else ""
        raise StaleGold(f"stale gold: {stale[0]}{many}; mend the quotes, or evaluate with the corpus they are from")
    return {id_: tuple(dict.fromkeys(own)) for id_, own in places.items()}


def _place(document: Document, words: str, relevance: int, id_: str) -> Quoted | None:
    start = document.text.find(words)
    if start >= 0 and document.text.find(words, start + 1) >= 0:
        raise CorpusError(
            f"gold question {id_!r} quotes {words[:60]!r}, which stands twice in {document.source!r}; quote more"
        )
    return Quoted(document.source, start, start + len(words), document.language, relevance) if start >= 0 else None


def relevance(places: Iterable[Quoted], source: str, start: int, end: int) -> int:
    """Return how right the characters from start to end of a source are: 0 where they overlap no quote."""
    return max((p.relevance for p in places if p.source == source and p.start < end and start < p.end), default=0)


class Passages:
    """The paragraphs of a corpus and their names in runs and qrels.

    A name is the source, a colon and the offsets, "a/un.txt:120-314"; the source alone where it is all one paragraph.
    A name from another splitting of the same sources is read as the paragraph that it overlaps most.
    """

    def __init__(self, paragraphs: Sequence[tuple[Paragraph, int]]) -> None:
        """Hold paragraphs, each with the length of its source's text."""
        self.paragraphs = tuple(paragraph for paragraph, _ in paragraphs)
        self._lengths = {paragraph.source: length for paragraph, length in paragraphs}
        self._of: dict[str, list[Paragraph]] = {}
        for paragraph in self.paragraphs:
            self._of.setdefault(paragraph.source, []).append(paragraph)
        self._known = frozenset(map(self.name, self.paragraphs))

    @classmethod
    def of(cls, corpus: Corpus) -> Passages:
        """Return every paragraph of a corpus, in the order of its index."""
        home = find_place(corpus.path)
        manifest = home.manifest()
        splits = home.backend(manifest).splits({segment.name for segment in manifest.segments})
        return cls([(p, len(split.document.text)) for split in splits for p in split.paragraphs])

    def name(self, paragraph: Paragraph) -> str:
        """Return the name of a paragraph."""
        whole = (paragraph.start, paragraph.end) == (0, self._lengths.get(paragraph.source))
        return paragraph.source if whole else f"{paragraph.source}:{paragraph.start}-{paragraph.end}"

    def resolved(self, name: str) -> str | None:
        """Return the name, here, of the passage that a run or qrels call `name`; None for one that is not here."""
        for own in (name, unquote(name)):
            if own in self._known:
                return own
            match = re.fullmatch(r"(.+):(\d+)-(\d+)", own, re.DOTALL)
            if match:
                start, end = int(match[2]), int(match[3])
                shared = [(min(end, p.end) - max(start, p.start), -p.start, p) for p in self._of.get(match[1], ())]
                overlap, _, best = max(shared, key=lambda one: one[:2], default=(0, 0, None))
                if best is not None and overlap > 0:
                    return self.name(best)
        return None

    def judged(self, gold: Iterable[GoldQuestion], places: Judgements, qrels: Qrels | None) -> Qrels:
        """Return the judgements, `qrels` or else those of the quotes, of the questions that are no follow-ups."""
        alone = [question for question in gold if not question.history]
        if qrels is None:
            return self.qrels(alone, places)
        return {question.id: qrels[question.id] for question in alone if question.id in qrels}

    def qrels(self, gold: Iterable[GoldQuestion], places: Judgements) -> Qrels:
        """Return the paragraphs that the quotes of each answerable question make right."""
        qrels: Qrels = {}
        for question in gold:
            own = places[question.id]
            judged = {
                self.name(p): relevance(own, source, p.start, p.end)
                for source in sorted({one.source for one in own})
                for p in self._of.get(source, ())
            }
            if own:
                qrels[question.id] = {name: grade for name, grade in judged.items() if grade}
        return qrels


def one_word(name: str) -> str:
    """Return a name as files with columns can hold it: white space, control characters and % in their %-form."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f%]", lambda sign: quote(sign.group(), safe=""), name)
