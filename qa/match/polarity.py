"""Does this sentence affirm or deny what a yes/no question asks? Only where it is certain."""

from __future__ import annotations

from collections.abc import Sequence

from index.facts import Fact, read_facts
from index.facts.gazetteer import countries
from index.facts.grammar import mood
from index.facts.tables import table as facts_table
from index.facts.tokens import Token, tokenize
from index.language import Term, fold
from qa.match.tables import PassageTable, passage_table
from qa.match.words import Matcher, role_words, word_of

_STRENGTH = 0.8


def polarity(matcher: Matcher, sentence: str, language: str) -> str:
    """Return "affirms", "denies" or, where the sentence does not settle the question, "".

    It settles it only when it speaks of everything that the question names, in one plain clause: no condition, no
    plan, no doubt, and at most one negation, which stands with the verb. `language` is the sentence's.
    """
    question, table = matcher.question, passage_table(language)
    if question.kind != "yes-no" or not question.role or question.cues.denied:
        return ""
    if table is None or sentence.rstrip().endswith("?"):
        return ""
    words = [token for token in tokenize(sentence, language) if token.is_word]
    if not _speaks_of(matcher, sentence, words, table) or not _counts_so(matcher, sentence, language):
        return ""
    moods = {mood(token.fold, language) for token in words}
    if {token.fold for token in words} & table.unsure or moods & {"conditional", "planned"}:
        return ""
    negations = [i for i, token in enumerate(words) if token.fold in table.denying and not _merely(words, i, table)]
    denials = facts_table(language).verbs.denials
    denied = not question.cues.denies and any(token.fold in denials for token in words)
    if len(negations) + denied > 1:
        return ""
    if not negations:
        return "denies" if denied else "affirms"
    return "denies" if _with_verb(matcher, words, negations[0], language) else ""


def _speaks_of(matcher: Matcher, sentence: str, words: Sequence[Token], table: PassageTable) -> bool:
    """Return whether every term, name and year of the question stands in the sentence."""
    question = matcher.question
    printed = [word_of(word.text) for word in words]
    named = (term for term in question.role if not question.word(term)[0].isdigit())  # for figures: `_counts_so`
    if any(matcher.best(term, printed) < _STRENGTH for term in named):
        return False
    if any(_owned(matcher, term, words, table) for term in question.head):
        return False
    if not countries(question.text) <= countries(sentence):
        return False
    folded = fold(sentence)
    years = (str(time.value)[:4] if time.value else fold(time.text) for time in question.times)
    return all(fold(name.text).split()[-1] in folded for name in question.names) and all(
        fold(time.text) in folded or year in folded for time, year in zip(question.times, years, strict=True)
    )


def _counts_so(matcher: Matcher, sentence: str, language: str) -> bool:
    """Return whether each figure of the question stands in the sentence, and counts there what it counts in it.

    "Did 10,000 soldiers die?" is not settled by "hundreds of the 10,000 soldiers died".
    """
    question = matcher.question
    asked = [fact for fact in read_facts(question.text, question.language) if _is_count(fact)]
    told = [fact for fact in read_facts(sentence, language) if _is_count(fact)] if asked else []
    return all(any(_is_told(matcher, one, fact) for fact in told) for one in asked)


def _is_told(matcher: Matcher, asked: Fact, told: Fact) -> bool:
    """Return whether a figure is one of the question, and each word of what that counts there is told of it."""
    question, role = matcher.question, role_words(told.role.text)
    if (told.value, told.value_max, told.unit) != (asked.value, asked.value_max, asked.unit):
        return False
    words = asked.role.text.split()
    return all(matcher.best(term, role) >= _STRENGTH for term in question.role if question.word(term) in words)


def _is_count(fact: Fact) -> bool:
    return fact.kind == "number" and isinstance(fact.value, (int, float))


def _owned(matcher: Matcher, term: Term, words: Sequence[Token], table: PassageTable) -> bool:
    """Return whether the sentence only speaks of somebody's: "the minister's brother", "le frère du ministre"."""
    found = [i for i, word in enumerate(words) if matcher.match(term, word_of(word.text)) >= _STRENGTH]
    if term in matcher.question.cues.owners or not found:
        return False
    return all(words[i].text.endswith(("'s", "’s")) or _follows_of(words, i, table) for i in found)


def _follows_of(words: Sequence[Token], i: int, table: PassageTable) -> bool:
    j = i - 1
    while j > 0 and words[j].fold in table.articles:
        j -= 1
    return j > 0 and words[j].fold in table.owning and i - j < 3


def _merely(words: Sequence[Token], i: int, table: PassageTable) -> bool:
    """Return whether a negation only bounds or adds: "pas moins de", "not only", "no fewer than"."""
    return i + 1 < len(words) and words[i + 1].fold in table.bounding


def _with_verb(matcher: Matcher, words: Sequence[Token], i: int, language: str) -> bool:
    """Return whether the negation at word i is that of the asked verb: they stand close, in one clause."""
    wanted = matcher.question.predicate or matcher.question.role
    that = facts_table(language).grammar.that
    for j in range(max(0, i - 3), min(len(words), i + 4)):
        between = words[min(i, j) : max(i, j)]
        if any(w.fold in that for w in between):
            continue
        if any(matcher.match(term, word_of(words[j].text)) >= _STRENGTH for term in wanted):
            return True
    return False
