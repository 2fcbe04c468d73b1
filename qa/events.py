"""Of which events do the sources of an answer tell, where the question names none?

"Combien de morts ?" is answered by each event in the corpus that has any. Sources tell of one event where their
articles are alike, or name the same in their first lines and are of one kind and time. Each event has a verdict of its
own, since figures of two events neither agree nor differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from index.facts import LANGUAGES
from index.facts.contents import Topic
from index.language import fold
from index.records import Document
from qa.answers import Answer, Event, SourceAnswer, too_unsure
from qa.composition import judge_sources
from qa.matters.article import Article, read_article
from qa.matters.event import name_stem
from qa.matters.likeness import Likeness
from qa.question import TYPED, Question
from qa.surroundings import read_conditions

APART = 60
"""Days between two publications from which on articles that name the same place tell of two events."""

SEVERAL = "several events"
"""`Answer.agreement` where sources tell of more than one event."""

_SUMMARIES = {"en": "Several events answer: {}.", "fr": "Plusieurs événements répondent : {}."}


class Shelf(Protocol):
    """What telling events apart needs of a corpus."""

    def document(self, source: str) -> Document: ...

    def topic(self, source: str) -> Topic: ...


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article by what its first lines name."""

    article: Article
    names: Mapping[str, str]
    """The names in its title and first lines, folded, in their order, each as it is printed."""


def split_events(answer: Answer, question: Question, corpus: Shelf) -> Answer:
    """Return the answer with its events, each judged by itself.

    It stays as it is where the question names something, and where its sources tell of one event, what is too unsure to
    be compared left out.
    """
    if not answer.found or question.kind not in TYPED or len(answer.sources) < 2 or _names_something(question):
        return answer
    sources = [source.source for source in answer.sources]
    opened = [_open(number, corpus, source) for number, source in enumerate(sources)]
    parts = _cluster(opened)
    sure = [part for part in parts if not all(too_unsure(answer.sources[n]) for n in part)]
    if len(sure) < 2:
        return answer
    named = _name(parts, opened)
    events = tuple(
        _event(answer, question, name, [sources[n] for n in part]) for name, part in zip(named, parts, strict=True)
    )
    told = [f"{event.name} ({len(event.sources)} source{'s'[: len(event.sources) > 1]})" for event in events]
    summary = _SUMMARIES.get(question.language, _SUMMARIES["en"])
    return replace(
        answer,
        agreement=SEVERAL,
        groups=tuple(group for event in events for group in event.groups),
        summary=summary.format((" ; " if question.language == "fr" else "; ").join(told)),
        stages=(),
        events=events,
    )


def _names_something(question: Question) -> bool:
    asked = read_conditions(question, LANGUAGES)
    subject = asked.subject
    return bool(subject.names or subject.nations or subject.countries or asked.times or question.speaker)


def _open(number: int, corpus: Shelf, source: str) -> _Opened:
    article = read_article(number, corpus.document(source), corpus.topic(source))
    capitals = (word for word in reversed(article.lead) if word[0].isupper())
    printed = {fold(word): word for word in capitals if name_stem(fold(word)) in article.names}
    return _Opened(article, dict(reversed(printed.items())))


def _cluster(opened: Sequence[_Opened]) -> list[list[int]]:
    """Return the articles of each event, by their places, in the order of their first."""
    likeness = Likeness([one.article for one in opened])
    event = list(range(len(opened)))
    for one, other in combinations(range(len(opened)), 2):
        if event[one] != event[other] and (likeness.of(one, other) is not None or _alike(opened[one], opened[other])):
            event = [event[one] if own == event[other] else own for own in event]
    return [[n for n, own in enumerate(event) if own == first] for first in dict.fromkeys(event)]


def _alike(one: _Opened, other: _Opened) -> bool:
    """Return whether two articles name the same in their first lines, and are of one kind and about one time."""
    a, b = one.article, other.article
    if not one.names.keys() & other.names.keys() or (a.kinds and b.kinds and not a.kinds & b.kinds):
        return False
    return a.published is None or b.published is None or abs((a.published - b.published).days) <= APART


def _name(parts: Sequence[Sequence[int]], opened: Sequence[_Opened]) -> list[str]:
    """Return what each event is called: the name that most of its articles begin with, and of others the fewest."""
    held = [Counter(name for n in part for name in opened[n].names) for part in parts]
    found = []
    for place, part in enumerate(parts):
        elsewhere = Counter(name for other, own in enumerate(held) if other != place for name in own)
        order = list(dict.fromkeys(name for n in part for name in opened[n].names))
        best = max(order, key=lambda name: (held[place][name] - 2 * elsewhere[name], -order.index(name)), default="")
        printed = next((opened[n].names[best] for n in part if best in opened[n].names), "")
        found.append(printed)
    return found


def _event(answer: Answer, question: Question, name: str, sources: Sequence[str]) -> Event:
    own = [source for source in answer.sources if source.source in sources]
    judgement = judge_sources(question, own, _origins(answer, own), answer.origins)
    end = question.text.rstrip(" ?!.…")
    mark = question.text[len(end) :]
    return Event(
        name=name or own[0].title,
        question=f"{end} ({name}){mark or '?'}" if name else "",
        sources=tuple(source.source for source in own),
        agreement=judgement.agreement,
        groups=judgement.groups,
        summary=judgement.summary,
        stages=judgement.stages,
    )


def _origins(answer: Answer, sources: Sequence[SourceAnswer]) -> list[int]:
    """Return the number of each source's origin."""
    shared = {source: number for number, origin in enumerate(answer.origins, 1) for source in origin.sources}
    return [shared.get(one.source, len(answer.origins) + place) for place, one in enumerate(sources, 1)]
