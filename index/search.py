"""Which paragraphs answer this question best? Two legs, fused, then re-scored word by word."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index import interaction
from index.copies import Copies, leave_out_copies
from index.encoder import SentenceEncoder, TokenVectors
from index.fusion import WEIGHTS, fuse, standardise
from index.language import detect, terms
from index.lexicon import Lexicon
from index.pieces import Numbers, TokenisedText, TokenPlaces, align
from index.reading import normalise
from index.records import Alternatives, Backend, Hit, Paragraph, Ranking, Vectors, rank
from index.spellings import Spellings

CANDIDATES = 100
"""Paragraphs that each leg proposes for fusion, at least."""

RESCORED = 50
"""Fused candidates that late interaction re-scores, at least."""


DEEPEST = 30_000
"""The same, at most, where those found are copies of a few texts."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index sees it."""

    text: str
    language: str
    words: tuple[tuple[int, int], ...]
    """The offsets of the question's content words in `text`."""
    stems: tuple[str, ...]
    terms: tuple[Alternatives, ...] = field(default=())
    """For each content word its weighted alternatives in the languages of the corpus."""
    idf: tuple[float, ...] = ()


class Searcher:
    """Searches one backend; `encoder` is called when a search first needs it, `languages` are the corpus's.

    `spellings`, by language, let a name find how the corpus spells it.
    """

    def __init__(
        self,
        backend: Backend,
        encoder: Callable[[], SentenceEncoder],
        languages: Sequence[str],
        *,
        spellings: Mapping[str, Spellings] | None = None,
    ) -> None:
        self.backend = backend
        self._encoder = encoder
        self._languages = tuple(languages)
        self._spellings = spellings or {}
        self._pieces = TokenPlaces(lambda texts: encoder().passage_offsets(texts))
        # Whoever answers asks for the query and then searches with the same words.
        me = weakref.proxy(self)  # a cache that held this would keep the backend until the garbage collector comes by
        self._understood: Callable[[str], Query] = lru_cache(maxsize=64)(lambda question: me._understand(question))

    def query(self, question: str) -> Query:
        """Return the question as the index sees it: language, content words, and their alternatives with weights."""
        return self._understood(question)

    def _understand(self, question: str) -> Query:
        text = normalise(question).strip()
        spoken = ("fr", "en", *(code for code in self._languages if code not in ("fr", "en")))
        language = detect(text, spoken)
        found = terms(text, language)
        alternatives = Lexicon.load().expand(
            found, language, self._languages or (language,), text=text, spellings=self._spellings
        )
        return Query(
            text=text,
            language=language,
            words=tuple((term.start, term.end) for term in found),
            stems=tuple(term.stem for term in found),
            terms=tuple(alternatives),
            idf=tuple(self.backend.idf(alternatives)),
        )

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        retriever: str = "hybrid",
        fusion: str = "zscore",
        weights: Mapping[str, float] | None = None,
        sources: Collection[str] | None = None,
        matches: bool = True,
        copies: int | None = None,
    ) -> list[Hit]:
        """Return the k best paragraphs, best first; see `Corpus.search`. `matches` False leaves `Hit.matches` empty.

        Of paragraphs of one text, `copies` at most are returned, all by default; the first says how many were left out.
        """
        if retriever not in ("hybrid", "bm25", "dense"):
            raise ValueError(f'retriever is "hybrid", "bm25" or "dense", not {retriever!r}')
        if fusion not in ("zscore", "rrf"):
            raise ValueError(f'fusion is "zscore" or "rrf", not {fusion!r}')
        if k < 1:
            raise ValueError(f"k is at least 1, not {k}")
        query = self.query(question)
        if not query.text:
            return []
        weights = WEIGHTS if weights is None else weights
        encoder = None if retriever == "bm25" else self._encoder()
        vector, tokens = encoder.question(query.text) if encoder else (None, None)
        left: dict[int, Copies] = {}
        for depth in _depths(k):
            rankings = self._legs(query, vector, retriever, depth, sources)
            # A paragraph that BM25 did not return scored nothing, unless the ranking was cut.
            cut = len(rankings.get("lexical", ())) >= depth
            final = fuse(rankings, method=fusion, weights=weights, floors={} if cut else {"lexical": 0.0})
            if copies is not None:
                final, left = leave_out_copies(final, rankings, self.backend.paragraphs, copies)
            if not left or len(final) >= k or all(len(own) < depth for own in rankings.values()):
                break
        rows = dict[int, Vectors]()
        if retriever == "hybrid" and tokens is not None and weights.get("interaction", 0):
            rows = self._token_rows([id_ for id_, _ in final[: max(RESCORED, k)]])
            final, rankings["interaction"] = self._rescored(query, tokens, final, rows, weights["interaction"])
        hits = [_with_copies(hit, left.get(hit.paragraph.id)) for hit in self._hits(final[:k], rankings)]
        return hits if tokens is None or not matches else self._matched(query, tokens, hits, rows)

    def _legs(
        self, query: Query, vector: Vectors | None, retriever: str, depth: int, sources: Collection[str] | None
    ) -> dict[str, Ranking]:
        rankings: dict[str, Ranking] = {}
        if retriever != "dense":
            rankings["lexical"] = self.backend.lexical(query.terms, depth, sources=sources)
        if vector is not None:
            rankings["dense"] = self.backend.dense(vector, depth, sources=sources)
        return rankings

    def _token_rows(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """Return the token vectors of these paragraphs."""
        return dict(zip(ids, self.backend.tokens(ids), strict=True))

    def word_vectors(self, paragraphs: Sequence[Paragraph]) -> list[tuple[Numbers, Vectors]]:
        """Return of each paragraph where its content words start and end, shape (words, 2), and their unit vectors."""
        rows = self.backend.tokens([paragraph.id for paragraph in paragraphs])
        texts = [
            TokenisedText(p.heading, p.text, p.language, len(own)) for p, own in zip(paragraphs, rows, strict=True)
        ]
        return [
            (found.spans, interaction.word_vectors([own[found.above :]], [found]))
            for own, found in zip(rows, self._pieces.words(texts), strict=True)
        ]

    def text_vectors(self, texts: Sequence[str], language: str) -> list[tuple[Numbers, Vectors]]:
        """Return the same of texts of one language that no paragraph holds, as titles: the encoder reads them now."""
        rows = self._encoder().embed(texts)[1]
        words = self._pieces.words(
            [TokenisedText("", text, language, len(own)) for text, own in zip(texts, rows, strict=True)]
        )
        return [
            (found.spans, interaction.word_vectors([own[found.above :]], [found]))
            for own, found in zip(rows, words, strict=True)
        ]

    def _rescored(
        self, query: Query, tokens: TokenVectors, fused: Ranking, rows: Mapping[int, Vectors], weight: float
    ) -> tuple[Ranking, Ranking]:
        """Return the fused ranking with its top, whose token vectors are `rows`, re-scored, and that ranking alone."""
        top = fused[: len(rows)]
        if not top:
            return fused, []
        ids = [id_ for id_, _ in top]
        words = [(start, end, idf) for (start, end), idf in zip(query.words, query.idf, strict=True)]
        weights = interaction.token_weights(tokens.starts, tokens.ends, words)
        scores = interaction.maxsim(tokens.vectors, weights, [rows[id_] for id_ in ids])
        total = standardise([score for _, score in top]) + weight * standardise(scores.tolist())
        lowest = float(total.min()) - 1
        rest = [(id_, lowest - place) for place, (id_, _) in enumerate(fused[len(top) :])]
        return rank(ids, total) + rest, rank(ids, scores.tolist())

    def _matched(self, query: Query, tokens: TokenVectors, hits: list[Hit], rows: Mapping[int, Vectors]) -> list[Hit]:
        """Return the hits with the words of each paragraph that the question's words found."""
        held = {**rows, **self._token_rows([h.paragraph.id for h in hits if h.paragraph.id not in rows])}
        own = align(query.words, tokens.starts, tokens.ends)
        printed = [query.text[start:end] for start, end in own.spans.tolist()]
        paragraphs = [hit.paragraph for hit in hits]
        words = self._pieces.words([TokenisedText(p.heading, p.text, p.language, len(held[p.id])) for p in paragraphs])
        theirs = [held[p.id][found.above :] for p, found in zip(paragraphs, words, strict=True)]
        asked = interaction.word_vectors([tokens.vectors], [own])
        near = interaction.matches(printed, asked, words, interaction.word_vectors(theirs, words))
        return [replace(hit, matches=found) for hit, found in zip(hits, near, strict=True)]

    def _hits(self, final: Ranking, rankings: Mapping[str, Ranking]) -> list[Hit]:
        places = {name: {id_: place for place, (id_, _) in enumerate(r, 1)} for name, r in rankings.items()}
        scores = {name: dict(ranking) for name, ranking in rankings.items()}
        found = self.backend.paragraphs([id_ for id_, _ in final])
        return [
            Hit(
                paragraph=paragraph,
                score=score,
                ranks={name: place[id_] for name, place in places.items() if id_ in place},
                scores={name: own[id_] for name, own in scores.items() if id_ in own},
            )
            for paragraph, (id_, score) in zip(found, final, strict=True)
        ]


def _depths(k: int) -> Iterator[int]:
    """Yield how many paragraphs each leg proposes: more and more, where copies fill what they proposed before."""
    depth = max(CANDIDATES, 2 * k)
    yield depth
    while depth < DEEPEST:
        depth = min(6 * depth, DEEPEST)
        yield depth


def _with_copies(hit: Hit, copies: Copies | None) -> Hit:
    return hit if copies is None else replace(hit, copied=copies.count, copies=tuple(copies.sources))
