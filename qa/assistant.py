"""How does a question become an answer? It is read, searched with, weighed, composed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.corpus import Corpus
from index.records import Hit
from index.snapshot import Snapshot
from qa.answers import Answer, Looked
from qa.composition import compose
from qa.events import split_events
from qa.question import Question, read_question
from qa.settings import OF_ONE, choose_hits, most_of_one
from qa.silence import explain_silence
from qa.weighing import weigh_hits

CONSIDERED = 50
"""Paragraphs that are weighed as answers."""


KEPT = 128
"""Answers that an assistant remembers, those asked for last."""

COPIES = 8
"""Of paragraphs of one text, as a dispatch that thousands print, so many are weighed; the others are counted."""


class Assistant:
    """Answers questions over a corpus.

    >>> answer = Assistant(corpus).ask("how many soldiers died?")                           # doctest: +SKIP
    >>> Assistant(corpus).ask("and how many were wounded?", history=[answer]).understood_as  # doctest: +SKIP
    'how many soldiers were wounded?'
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._kept: OrderedDict[object, Answer] = OrderedDict()
        self._keeping = threading.Lock()
        self._of: Snapshot | None = None

    def ask(self, question: str, history: Sequence[Answer] = (), *, sources: Collection[str] | None = None) -> Answer:
        """Return what each source says about a question; `history` holds the answers before it, oldest first.

        `sources` restricts the answer to these, and so does "in the second source": no other is silent, unasked.
        """
        corpus = self.corpus.snapshot()
        earlier = [answer.understood_as for answer in history]
        shown = [source.source for source in history[-1].sources] if history else []
        read = read_question(question, corpus, earlier, shown=shown)
        among = read.sources
        if sources is not None:
            among = tuple(source for source in among or sources if source in sources)
        # What was asked before has no part in it but by how the question is understood.
        asked = ((read.asked, read.text), None if among is None else frozenset(among))
        answer = self._remembered(corpus, asked)
        return self._remember(corpus, asked, answer or self._answer(corpus, read, among))

    def _answer(self, corpus: Snapshot, read: Question, among: Sequence[str] | None) -> Answer:
        """Return what each source, of these or of all, says about a question that was read."""
        known = corpus.sources if among is None else sorted(set(among).intersection(corpus.sources))
        hits = corpus.search(read.text, k=CONSIDERED, sources=among, copies=COPIES)
        weighing = weigh_hits(read, hits, corpus)
        answer = split_events(compose(weighing.question, weighing.passages, known), weighing.question, corpus)
        left_out = sorted(set(corpus.sources).difference(known))
        silences = explain_silence(answer, weighing, hits, corpus, left_out)
        read_ids = {passage.hit.paragraph.id for passage in weighing.passages}
        return replace(answer, silences=silences, looked=_looked(hits, read_ids))

    def _remembered(self, corpus: Snapshot, asked: object) -> Answer | None:
        """Return the answer to a question that this generation was asked lately."""
        with self._keeping:
            return self._kept.get(asked) if self._of is not None and self._of.same_as(corpus) else None

    def _remember(self, corpus: Snapshot, asked: object, answer: Answer) -> Answer:
        """Keep an answer, the oldest gives way; return it."""
        with self._keeping:
            if self._of is None or not self._of.same_as(corpus):
                self._kept.clear()
                self._of = corpus
            self._kept[asked] = answer
            self._kept.move_to_end(asked)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer


def _looked(hits: Sequence[Hit], read: Collection[int]) -> Looked:
    """Return how much of what was found was read, given the numbers of the paragraphs that were."""
    stopped = any(hit.paragraph.id not in read for hit in choose_hits(hits))
    return Looked(len(hits), len(read), most_of_one(hits) + OF_ONE, stopped)
