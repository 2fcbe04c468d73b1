"""Questions read without a corpus, for tests in which its words are not the point."""

from index.language import terms
from index.lexicon import Lexicon
from index.search import Query
from qa.question import Question, interpret


def query_of(text, language="en", *, alternatives=None, languages=("fr", "en")):
    """Return a question as the index of a corpus in both languages sees it, every word of which is alike rare.

    `alternatives` by stem are used in place of the lexicon's.
    """
    found = terms(text, language)
    if alternatives is None:
        own = Lexicon.load().expand(found, language, languages, text=text)
    else:
        own = [alternatives.get(term.stem, []) for term in found]
    words = tuple((term.start, term.end) for term in found)
    return Query(text, language, words, tuple(t.stem for t in found), tuple(own), (1.0,) * len(found))


def question_of(text, language="en", *, alternatives=None) -> Question:
    """Return what a question asks for, without any translations where no alternatives are given."""
    return interpret(query_of(text, language, alternatives=alternatives or {}))
