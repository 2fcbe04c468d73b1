"""Which questions beside which passages does the reader learn from, and which words answer, if any do?

Questions of the public sets with a window of their own paragraph, or with one that looks like it and answers nothing: a
paragraph that BM25 finds for the same question, another of the same article, another part of the same paragraph, or the
question about another year or name. On the same paragraphs, near misses that were written by hand. Beside them the
passages of ``tests/gold/train``, written for this by hand: several figures, names or dates beside each other, each
question in four wordings of both languages, a half without an answer; and each of their questions that names something,
beside a like passage that does not name it. And whole articles by hand: each question beside the paragraph that answers
it, and as often beside another one of the same article; where articles contradict each other, each claim is asked of
the others.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.training.batches import Asked, neighbours
from index.training.data import EVERY_SET, QaPair, contexts, qa_pairs
from index.training.written import Written, every_rewrite, read_articles, read_claimed, read_missed, read_written
from qa.matters.asking import ask_for
from qa.training.wordings import Switch, change, hurry, tells_apart

SHARES = {"piaf": 0.375, "afriqa": 0.0625, "squadshifts": 0.3125, "reddit": 0.15, "amazon": 0.1}
"""How often each public set is drawn from."""

WRITTEN, MISSED, ARTICLES = 0.2, 0.22, 0.4
"""The shares of the examples that are of the passages written by hand, of what was asked by hand of public ones, and of
the articles written by hand."""

CLAIMED = 0.2
"""Of the latter: how many ask what another article says of the same claim, as `qa.matters.asking` does."""

TITLED = ("piaf", "afriqa", "squadshifts")
"""The sets whose titles name what an article is about; half of the time a window stands behind it."""

WORDS = (60, 115)
"""Words of a window."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage, and where in it the answer starts and ends; -1 where nothing answers."""

    question: str
    passage: str
    start: int = -1
    end: int = -1


def cut_window(text: str, start: int, end: int, rnd: random.Random) -> tuple[int, int]:
    """Return where a run of `WORDS` words begins and ends, drawn at random of those that hold these characters."""
    found = [match.span() for match in _WORD.finditer(text)]
    size = rnd.randint(*WORDS)
    if len(found) <= size + 15:
        return 0, len(text)
    at, last = sum(e <= start for _, e in found), sum(s < end for s, _ in found)
    low, high = max(0, last - size), min(at, len(found) - size)
    first = rnd.randint(low, high) if low <= high else max(0, min(at, len(found) - size))
    return found[first][0], found[min(len(found), max(first + size, last)) - 1][1]


class Examples:
    """Draws examples without end."""

    def __init__(self, data: Path, seed: int, *, limit: int | None = None) -> None:
        """Read the training parts; `limit` takes so many questions of each set."""
        self._rnd = random.Random(seed)
        self._switch = Switch(data)
        self._rewrites = every_rewrite()
        self._written = read_written()
        self._missed = read_missed(data)
        self._articles = read_articles()
        self._claimed = read_claimed()
        self._like = {text: near for language in ("fr", "en") for text, near in _alike(self._written, language).items()}
        self._sets = {name: _answered(data, name)[:limit] for name in SHARES}
        self._near: dict[str, list[str]] = {}
        self._beside: dict[str, list[str]] = defaultdict(list)
        self._titles: dict[str, str] = {}
        for name, pairs in self._sets.items():
            self._near |= _neighbours(pairs)
            for pair in pairs:
                self._beside[pair.title].append(pair.context)
                self._titles[pair.context] = pair.title.replace("_", " ") if name in TITLED else ""

    def draw(self) -> Example:
        """Return one example."""
        kinds = (self._by_hand, self._near_miss, self._of_article, self._public)
        shares = (WRITTEN, MISSED, ARTICLES, 1 - WRITTEN - MISSED - ARTICLES)
        return self._rnd.choices(kinds, shares)[0]()

    def _of_article(self) -> Example:
        if self._rnd.random() < CLAIMED:
            return self._of_claim()
        chosen, answers = self._rnd.choice(self._articles), self._rnd.random() < 0.5
        own = [one for one in chosen.asked if (one[1] >= 0) == answers]
        wordings, start, end = self._rnd.choice(own or chosen.asked)
        return self._behind(chosen.title, Example(self._rnd.choice(wordings), chosen.passage, start, end))

    def _of_claim(self) -> Example:
        """Return a claim asked for beside a paragraph of another article, half of the time one that tells the same."""
        claim, answers = self._rnd.choice(self._claimed), self._rnd.random() < 0.5
        own = [one for one in claim.others if (one[1] >= 0) == answers]
        text, start, end = self._rnd.choice(own or claim.others)
        question = ask_for(claim.sentence, claim.place, claim.kind, claim.language)
        return self._behind(claim.title, Example(question, text, start, end))

    def _behind(self, title: str, example: Example) -> Example:
        """Return an example, three times in four with its passage behind its article's title."""
        if self._rnd.random() >= 0.75:
            return example
        moved = len(title) + 1 if example.start >= 0 else 0
        return replace(
            example, passage=f"{title}\n{example.passage}", start=example.start + moved, end=example.end + moved
        )

    def _near_miss(self) -> Example:
        chosen = self._rnd.choice(self._missed)
        wordings, start, end = self._rnd.choice(chosen.asked)
        at = self._rnd.randrange(len(chosen.passage))
        place = (start, end) if start >= 0 else (at, at + 1)
        return self._cut(self._rnd.choice(wordings), chosen.passage, place, answers=start >= 0)

    def _by_hand(self) -> Example:
        rnd = self._rnd
        chosen = rnd.choice(self._written)
        wordings, start, end = rnd.choice(chosen.asked)
        question, draw = rnd.choice(wordings), rnd.random()
        if start >= 0 and draw < 0.05:
            return Example(question, rnd.choice(self._written).passage)
        if start >= 0 and draw < 0.14:
            like = rnd.choice(self._like[chosen.passage])
            if tells_apart(question, like):
                return Example(question, like)
        elif start >= 0 and draw < 0.2:
            others = [rnd.choice(rnd.choice(self._written).asked)[0][wordings.index(question)] for _ in range(30)]
            changed = change(question, chosen.passage, others, rnd)
            if changed:
                return Example(changed, chosen.passage)
        return Example(question, chosen.passage, start, end)

    def _public(self) -> Example:
        rnd = self._rnd
        pairs = self._sets[rnd.choices(list(SHARES), list(SHARES.values()))[0]]
        pair, draw = rnd.choice(pairs), rnd.random()
        start = pair.context.index(pair.answer)
        place = start, start + len(pair.answer)
        if 0.56 <= draw < 0.64:
            others = [rnd.choice(pairs).question for _ in range(30)]
            changed = change(pair.question, pair.context, others, rnd)
            if changed:
                return self._cut(changed, pair.context, place, answers=False)
        elif draw >= 0.64:
            text = pair.context if draw < 0.72 else self._other(pair)
            at = rnd.randrange(len(text))
            example = self._cut(self._wording(pair), text, (at, at + 1), answers=False)
            if pair.answer.lower() not in example.passage.lower():
                return example
        return self._cut(self._wording(pair), pair.context, place, answers=True)

    def _wording(self, pair: QaPair) -> str:
        rnd = self._rnd
        own = self._rewrites.get(pair.id)
        if own and rnd.random() < 0.7:
            return rnd.choice(own)
        switched = rnd.random() < 0.3
        return hurry(self._switch(pair.question, pair.language, rnd) if switched else pair.question, rnd)

    def _other(self, pair: QaPair) -> str:
        """Return a paragraph that looks as if it might answer."""
        beside = [text for text in self._beside[pair.title] if text != pair.context]
        near = self._near[pair.context]
        return self._rnd.choice(beside if beside and self._rnd.random() < 0.3 else near)

    def _cut(self, question: str, text: str, place: tuple[int, int], *, answers: bool) -> Example:
        """Return a question with a window about a place of a text, half of the time behind the article's title."""
        begin, end = cut_window(text, *place, self._rnd)
        title = self._titles.get(text, "")
        head = f"{title}\n" if title and self._rnd.random() < 0.5 else ""
        if not answers:
            return Example(question, head + text[begin:end])
        moved = len(head) - begin
        return Example(question, head + text[begin:end], place[0] + moved, place[1] + moved)


def _answered(data: Path, name: str) -> list[QaPair]:
    assert name in EVERY_SET
    return [pair for pair in qa_pairs("train", data=data, names=[name]) if pair.answer and pair.answer in pair.context]


def _neighbours(pairs: Sequence[QaPair]) -> dict[str, list[str]]:
    """Return for each paragraph the six of its set that BM25 finds best for its questions."""
    texts = contexts(pairs)
    return _nearest({text: [p.question for p in pairs if p.context == text] for text in texts}, pairs[0].language)


def _alike(written: Sequence[Written], language: str) -> dict[str, list[str]]:
    """Return for each passage written by hand in a language the six that BM25 finds best for its questions."""
    careful = 0 if language == "fr" else 2
    own = (one for one in written if one.language == language)
    return _nearest({one.passage: [wordings[careful] for wordings, _, _ in one.asked] for one in own}, language)


def _nearest(questions: Mapping[str, Sequence[str]], language: str) -> dict[str, list[str]]:
    texts = list(questions)
    asked = [Asked(text, tuple(own), (0,) * len(own)) for text, own in questions.items()]
    return {
        text: [texts[j] for j in row] for text, row in zip(texts, neighbours(asked, language, count=6), strict=True)
    }
