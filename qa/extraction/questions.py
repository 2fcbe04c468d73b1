"""What does this question ask for? Its kind, its unit, and the words that name what is counted and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language import Term, fold, terms
from qa.extraction.gazetteer import nationality
from qa.extraction.grammar import is_past
from qa.extraction.question_words import ASKING, COUNTED, INVERSION, LATE, QUEL, RULES, UNITS
from qa.extraction.reader import Reader
from qa.extraction.reading import spans
from qa.extraction.span import Span
from qa.extraction.synonyms import OUTCOMES, asked_classes
from qa.extraction.tokens import Token, is_content, tokenize
from qa.extraction.vocabulary import DETERMINERS, OF, PREPOSITIONS

KINDS = ("number", "date", "person", "place", "reason", "quotation", "yes-no", "passage")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; every term's offsets are into the question."""

    question: str
    language: str
    kind: str
    """One of `KINDS`."""
    unit: str = ""
    """"money", "percent", "age", "duration", "distance" ... (the keys of `units.KINDS`), "" for a plain count."""
    role: tuple[Term, ...] = ()
    """All its content words save names, dates and the words that only ask."""
    head: tuple[Term, ...] = ()
    """What is counted, or sought: "marins norvégiens"."""
    predicate: tuple[Term, ...] = ()
    """What happened to it: "tués"."""
    circumstances: tuple[Term, ...] = ()
    """What surrounds that, behind a preposition: "in the earthquake"."""
    constraints: tuple[Span, ...] = ()
    """The dates, people and places that the question names."""
    speaker: Span | None = None
    """Of whom it asks what was said."""

    def word(self, term: Term) -> str:
        return self.question[term.start : term.end]


def asked(question: str, language: str) -> Asked:
    """Return what the question asks for.

    >>> found = asked("Combien de marins norvégiens ont été sauvés au Japon ?", "fr")
    >>> found.kind, [found.word(t) for t in found.head], [found.word(t) for t in found.predicate]
    ('number', ['marins', 'norvégiens'], ['sauvés'])
    """
    code = language if language in ("fr", "en") else "en"
    kind = _kind(question, code)
    unit = _unit(question, code) if kind == "number" else ""
    constraints = tuple(span for span in spans(question, code) if span.kind in ("date", "person", "place"))
    tokens = tokenize(question, code)
    content = [t for t in terms(question, code) if not _asks(question, t, code, kind) and not _inside(t, constraints)]
    head, predicate, circumstances = _parts(question, tokens, content, code)
    speaker = _speaker(question, tokens, code, constraints) if kind == "quotation" else None
    return Asked(question, code, kind, unit, tuple(content), head, predicate, circumstances, constraints, speaker)


def _kind(question: str, language: str) -> str:
    """Return the kind of the question: that of the first word in it that asks."""
    stripped = question.strip(" ¿\"«»'")
    found = []
    for order, (kind, pattern) in enumerate(RULES[language]):
        match = pattern.search(stripped)
        if match:
            found.append((match.start(), order, kind))
    if not found and language == "fr" and INVERSION.search(stripped) and not QUEL.search(stripped):
        return "yes-no"
    return min(found)[2] if found else "passage"


def _unit(question: str, language: str) -> str:
    low = question.lower()
    if re.search(
        r"\bcombien d(?:e |['’])(?!temps|ann|heure|jour|mois|semaine|minute|seconde|ans\b|euro|dollar|kilom"
        r"|m[eè]tre|km|hectare|tonne|kilo|litre|baril|degr|m[ée]gaw|gigaw|argent)|how many (?!years|months|weeks"
        r"|days|hours|minutes|seconds|euros|dollars|kilomet|met|mile|hectare|acre|ton|kilo|pound|lit|barrel|gallon"
        r"|degree|megaw|gigaw|percent)",
        low,
    ):
        return ""
    for unit, pattern in UNITS[2:] + UNITS[:2]:
        if pattern.search(low):
            return unit
    if re.search(
        r"\bhow much (?:did|does|do|is|was|will|would|were|are|has|have)\b|\bcombien (?:cela|ça|vaut|vau)", low
    ):
        return "money"
    return ""


def _asks(question: str, term: Term, language: str, kind: str) -> bool:
    """Return whether a term only asks ("nombre", "date") and names nothing."""
    word = fold(question[term.start : term.end])
    if kind == "number" and word in ("age", "jour", "day", "annee", "year", "mois", "month"):
        return True
    if kind in ("yes-no", "passage") and word not in ("combien", "how", "when", "quand"):
        return False
    return word in ASKING and not (kind == "reason" and word in ("age",))


def _inside(term: Term, spans_: Sequence[Span]) -> bool:
    return any(span.start <= term.start and term.end <= span.end for span in spans_)


def _parts(
    question: str, tokens: Sequence[Token], content: Sequence[Term], language: str
) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms of what is counted, of what happened to it, and of what surrounds it."""
    counted = COUNTED[language].search(question) or (LATE.search(question) if language == "fr" else None)
    low, high = _counted_range(tokens, counted.end(), language) if counted else (0, 0)
    counted = counted if high > low else None
    head = [t for t in content if low <= t.start < high]
    rest = [t for t in content if t not in head]
    around = {t for t in rest if _behind_preposition(tokens, t, language)} if head or len(rest) > 1 else set()
    around |= {
        t
        for t in rest
        if question[t.start].isupper() and t.start > 0 and not nationality(fold(question[t.start : t.end]))
    }
    if not head and around and len(around) == len(rest):
        around = set()
    predicate = [t for t in rest if t not in around]
    if not counted and len(predicate) > 1:
        # "How much did the bridge cost?": nouns first, the verb last
        head, predicate = _subject_and_verb(question, tokens, predicate, language)
    outcome = [t for t in head if asked_classes(fold(question[t.start : t.end]), language) & OUTCOMES]
    if outcome and not any(asked_classes(fold(question[t.start : t.end]), language) & OUTCOMES for t in predicate):
        head = [t for t in head if t not in outcome]
        predicate = [*outcome, *predicate]
        if not counted:  # "le bilan du séisme": of what, not of whom
            around |= set(head)
            head = []
    return tuple(head), tuple(predicate), tuple(t for t in content if t in around)


def _counted_range(tokens: Sequence[Token], offset: int, language: str) -> tuple[int, int]:
    """Return the offsets of the noun phrase that begins at this offset of the question."""
    first = next((i for i, token in enumerate(tokens) if token.start >= offset), len(tokens))
    reader = Reader(tokens, language, frozenset())
    phrase = reader.noun_phrase(first, len(tokens), measured=False, single=False)
    return (phrase.words[0].start, phrase.words[-1].end) if phrase.words else (offset, offset)


def _behind_preposition(tokens: Sequence[Token], term: Term, language: str) -> bool:
    """Return whether a preposition other than "de"/"of" leads to the term."""
    at = next((i for i, token in enumerate(tokens) if token.start <= term.start < token.end), 0)
    i = at - 1
    if asked_classes(tokens[at].fold, language) & OUTCOMES or (language == "en" and is_past(tokens[at].fold)):
        return False
    while i >= 0 and at - i < 4:
        token = tokens[i]
        if language == "en" and token.fold == "of" and i and is_past(tokens[i - 1].fold):
            return True
        if (
            token.fold in PREPOSITIONS[language]
            and token.fold not in OF[language]
            and token.fold not in ("than", "as", "because")
        ):
            return True
        if not (
            is_content(token, language)
            or token.fold in ("le", "la", "l", "les", "the", "a", "un", "une", "du", "des", "de", "of")
        ):
            return False
        i -= 1
    return False


def _subject_and_verb(
    question: str, tokens: Sequence[Token], found: Sequence[Term], language: str
) -> tuple[list[Term], list[Term]]:
    """Return the terms of a question without "how many", nouns and verb apart: a noun has an article before it."""
    head, predicate = [], []
    previous_noun = -1
    for place, term in enumerate(found):
        at = next((i for i, token in enumerate(tokens) if token.start <= term.start < token.end), 0)
        before = tokens[at - 1].fold if at else ""
        articled = before in DETERMINERS[language] or before in OF[language]
        follows = previous_noun == at - 1 and language == "en" and place < len(found) - 1
        if articled or follows:
            head.append(term)
            previous_noun = at
        else:
            predicate.append(term)
    return head, predicate


def _speaker(question: str, tokens: Sequence[Token], language: str, constraints: Sequence[Span]) -> Span | None:
    """Return of whom a question asks what was said: a person it names, else the words beside its verb of speech."""
    people = [span for span in constraints if span.kind in ("person", "place")]
    if people:
        return people[0]
    pattern = (
        re.compile(r"(?:what (?:did|does|do|has|have|had)|how did) (?P<who>.{2,60}?) (?:say|said|claim|announce"
                   r"|answer|reply|promise|declare|state|tell|think|respond|react|ask|warn|claimed|announced)", re.I)
        if language == "en"
        else re.compile(r"(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|estimé|pense|déclare"
                        r"|affirme|disent|réagi)(?: à propos)? (?P<who>(?!de\b|sur\b|à\b|\?)[^?]{2,60}?)(?: sur "
                        r"| à | de | au |\s*\?|$)|qu['’]est-ce qu(?:e |['’])(?P<whom>.{2,60}?) (?:a|ont) ", re.I)
    )  # fmt: skip
    match = pattern.search(question)
    if not match:
        return None
    name = "who" if match.group("who") else "whom"
    start, end = match.span(name)
    return Span("speaker", question[start:end], start, end)
