"""Which matters are about these words? Those whose figures or articles say each of them, in either language."""

from __future__ import annotations

from collections.abc import Sequence

from index.corpus import Corpus
from index.facts.relations import OUTCOMES
from index.language import terms
from qa.matters.event import name_stem
from qa.matters.figures import Figure
from qa.matters.senses import Sense, content_words, is_generic, said, sense_of


class Wanted:
    """Words that somebody wants matters about; none wants them all."""

    def __init__(self, about: str, corpus: Corpus) -> None:
        language = corpus.query(about).language if about.strip() else ""
        printed = [about[term.start : term.end] for term in terms(about, language)] if language else []
        found = [sense_of(word, language) for word in printed]
        self._words = [word for word in found if word.own and not is_generic(word)] or found

    def told_by(self, figures: Sequence[Figure]) -> bool:
        """Return whether these figures say all the words: what they count, who says so, or what their articles name."""
        return all(any(_told(word, figure) for figure in figures) for word in self._words)


def _told(word: Sense, figure: Figure) -> bool:
    """Return whether a figure or its article says a word; what befell people, the figure alone."""
    role, language = figure.fact.role, figure.article.language
    if (
        name_stem(word.fold) in figure.article.names
        or word.country in figure.counted.nations | figure.article.countries
    ):
        return True
    if said(word, content_words((*role.head, *role.predicate, *figure.speaker.split()), language)):
        return True
    return not word.relations & OUTCOMES and said(word, content_words(figure.article.lead, language))
