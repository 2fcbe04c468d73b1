"""What does this question ask for? Its kind, its unit, and the words that name what is counted and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.read import spans
from index.facts.span import Span
from index.facts.tokens import Token, tokenize
from index.language import Term, fold, terms
from qa.question.parts import parts
from qa.question.wording import ASKING, INVERSION, LIGHT, QUEL, RULES, UNITS

KINDS = ("number", "date", "person", "place", "reason", "quotation", "yes-no", "passage")

_BORN = re.compile(r"\bnée?s?\b", re.IGNORECASE)

TYPED = ("number", "date", "person", "place")
"""The kinds of question that a span answers."""


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
    if language == "fr":  # folded, "né" is the "ne" of a negation
        content += [Term("ne", m.start(), m.end()) for m in _BORN.finditer(question)]
        content.sort(key=lambda term: term.start)
    head, predicate, circumstances = parts(question, tokens, content, code)
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
    return (word in ASKING and not (kind == "reason" and word in ("age",))) or (kind in TYPED and word in LIGHT)


def _inside(term: Term, spans_: Sequence[Span]) -> bool:
    return any(span.start <= term.start and term.end <= span.end for span in spans_)


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
