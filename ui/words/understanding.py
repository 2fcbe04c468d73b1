"""How is it told what a question was understood as, where that is not as it was put?"""

from __future__ import annotations

from qa.answers import Answer
from qa.question.leaning import take_apart
from ui.escaping import disarm
from ui.words.catalogue import read_words


def is_as_put(answer: Answer) -> bool:
    """Return whether a question was understood as it was put; where it is answered, but for capitals."""
    one, other = answer.understood_as, answer.question
    return one == other or (answer.found and one.casefold() == other.casefold())


def tell_understood(answer: Answer) -> str:
    """Return how a question was understood, where that is not as it was put: as a question, or beside those that it
    follows, each as it was put; "" where it was understood as it stands."""
    if is_as_put(answer):
        return ""
    words = read_words(answer.language)
    parts, rest = [], answer.understood_as
    while leaning := take_apart(rest):
        parts.append(rest[slice(*leaning[0])])
        rest = rest[slice(*leaning[1])]
    if not parts:
        return words["understood"].format(question=disarm(rest))
    each = [words["quoted"].format(quote=disarm(part)) for part in (*parts, rest)]
    return words["understood"].format(question=f", {words['asked_after']} ".join(each))
