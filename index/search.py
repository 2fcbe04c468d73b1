"""Which paragraphs answer this question best? Two legs, fused, then re-scored word by word."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index import interaction
from index.encoder import SentenceEncoder, TokenVectors
from index.fusion import WEIGHTS, fuse, standardised
from index.language import detect, terms
from index.lexicon import Lexicon
from index.reading import normalised
from index.records import Alternatives, Backend, Hit, Ranking, Vectors, ranked
from index.spellings import Spellings
from index.splits import indexed_text

CANDIDATES = 100
"""Paragraphs that each leg proposes for fusion, at least."""

RESCORED = 50
"""Fused candidates that late interaction re-scores, at least."""


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
        # Whoever answers asks for the query and then searches with the same words.
        me = weakref.proxy(self)  # a cache that held this would keep the backend until the garbage collector comes by
        self._understood: Callable[[str], Query] = lru_cache(maxsize=64)(lambda question: me._understand(question))

    def query(self, question: str) -> Query:
        """Return the question as the index sees it: language, content words, and their alternatives with weights."""
        return self._understood(question)

    def _understand(self, question: str) -> Query:
        text = normalised(question).strip()
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
    ) -> list[Hit]:
        """Return the k best paragraphs, best first; see `Corpus.search`. `matches` False leaves `Hit.matches` empty."""
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
        rankings = self._legs(query, vector, retriever, max(CANDIDATES, 2 * k), sources)
        # A paragraph that BM25 did not return scored nothing, unless the ranking was cut.
        cut = len(rankings.get("lexical", ())) >= max(CANDIDATES, 2 * k)
        final = fuse(rankings, method=fusion, weights=weights, floors={} if cut else {"lexical": 0.0})
        if retriever == "hybrid" and tokens is not None and weights.get("interaction", 0):
            count = max(RESCORED, k)
            final, rankings["interaction"] = self._rescored(query, tokens, final, count, weights["interaction"])
        hits = self._hits(final[:k], rankings)
        if encoder is None or tokens is None or not matches:
            return hits
        return self._matched(query, tokens, encoder, hits)

    def _legs(
        self, query: Query, vector: Vectors | None, retriever: str, depth: int, sources: Collection[str] | None
    ) -> dict[str, Ranking]:
        rankings: dict[str, Ranking] = {}
        if retriever != "dense":
            rankings["lexical"] = self.backend.lexical(query.terms, depth, sources=sources)
        if vector is not None:
            rankings["dense"] = self.backend.dense(vector, depth, sources=sources)
        return rankings

    def _rescored(
        self, query: Query, tokens: TokenVectors, fused: Ranking, count: int, weight: float
    ) -> tuple[Ranking, Ranking]:
        """Return the fused ranking with its top re-scored by late interaction, and that ranking on its own."""
        top = fused[:count]
        if not top:
            return fused, []
        ids = [id_ for id_, _ in top]
        words = [(start, end, idf) for (start, end), idf in zip(query.words, query.idf, strict=True)]
        weights = interaction.token_weights(tokens.starts, tokens.ends, words)
        scores = interaction.maxsim(tokens.vectors, weights, self.backend.tokens(ids))
        total = standardised([score for _, score in top]) + weight * standardised(scores.tolist())
        lowest = float(total.min()) - 1
        rest = [(id_, lowest - place) for place, (id_, _) in enumerate(fused[count:])]
        return ranked(ids, total) + rest, ranked(ids, scores.tolist())

    def _matched(self, query: Query, tokens: TokenVectors, encoder: SentenceEncoder, hits: list[Hit]) -> list[Hit]:
        """Return the hits with the words of each paragraph that the question's words found."""
        stored = self.backend.tokens([hit.paragraph.id for hit in hits])
        texts = [indexed_text(hit.paragraph.heading, hit.paragraph.text) for hit in hits]
        found = []
        for hit, text, rows, (starts, ends) in zip(hits, texts, stored, encoder.passage_offsets(texts), strict=True):
            # Offsets count from the paragraph's own text, and its heading is not part of that.
            before = len(text) - len(hit.paragraph.text)
            own = starts >= before
            passage = TokenVectors(rows[own], starts[own] - before, ends[own] - before)
            languages = (query.language, hit.paragraph.language)
            matches = interaction.matches(query.text, tokens, hit.paragraph.text, passage, languages=languages)
            found.append(replace(hit, matches=matches))
        return found

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
