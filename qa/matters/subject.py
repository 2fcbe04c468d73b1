"""Which matters are about these words? Those whose figures or sentences say each of them, in either language."""

from __future__ import annotations

from collections.abc import Sequence

from index.corpus import Corpus
from index.language import terms
from qa.matters.figures import Figure
from qa.matters.senses import Sense, is_generic, said, sense_of


class Wanted:
    """Words that somebody wants matters about; none wants them all."""

    def __init__(self, about: str, corpus: Corpus) -> None:
        language = corpus.query(about).language if about.strip() else ""
        printed = [about[term.start : term.end] for term in terms(about, language)] if language else []
        found = [sense_of(word, language) for word in printed]
        self._words = [word for word in found if word.own and not is_generic(word)] or found

    def told_by(self, figures: Sequence[Figure]) -> bool:
        """Return whether these figures say all the words: in a sentence, a title, or as a name of the article."""
        return all(any(self._told(word, figure) for figure in figures) for word in self._words)

    def _told(self, word: Sense, figure: Figure) -> bool:
        nations = figure.counted.nations | figure.article.countries
        named = word.fold in figure.article.names or bool(word.country and word.country in nations)
        return named or said(word, (*figure.words, *figure.counted.words))
