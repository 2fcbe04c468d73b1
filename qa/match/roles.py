"""How well does the role of a span answer the role that a question asks for?

What happened weighs more than who: "300 soldats blessés" does not answer "how many soldiers died?", and a combined toll
answers only half. Words are matched by their stems, by the translations that the caller brings, by the relations of
`synonyms`, by nationality, and at last by the encoder's word similarity where a hook for it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.facts.gazetteer import countries
from index.facts.grammar import is_verb
from index.facts.relations import CHANGES, GENERIC, HUMAN, OUTCOMES
from index.facts.span import Span
from index.facts.units import KINDS
from index.language import STOP_WORDS, Term
from index.records import Alternatives
from qa.match.words import Matcher, Similar, Word, relations_of, role_words, word_of, words_of
from qa.question.question import Asked

_NEUTRAL = frozenset(
    """nombre total bilan chiffre number toll figure count confirmes confirme confirmed recorded reported enregistres
    signales recenses constates officiel officiels official estimate estimates autres others other moins plus environ
    de des du et ou of and or pas not never from contre dont including age aged old eleve rose risen reached passe
    atteint atteindre supplementaires new nouveaux nouvelles additional ete""".split()
)
_STOPS = STOP_WORDS["fr"] | STOP_WORDS["en"]
_MEASURES = frozenset(
    """taux rate rates prix price prices cout couts cost costs montant amount part share proportion pourcentage
    percentage valeur value hauteur height longueur length largeur width profondeur depth duree duration poids weight
    vitesse speed niveau level chiffre nombre number total temperature superficie area""".split()
)
"""Words of a question that say how a thing is measured, not which thing."""
_FORMER = (" de", " from", " contre")
_PART = ("dont ", "including ", "parmi ", "among ", "notamment ")
_NEGATED = frozenset({"pas", "not", "never", "jamais", "aucun", "no"})
_TOLLS = frozenset({"death", "injury", "casualties"})


def combined(span: Span) -> bool:
    """Return whether a figure counts several fates together ("90 à 120 morts et blessés", "casualties").

    Such a toll answers neither how many died nor how many were wounded.
    """
    words = role_words(span.role)
    found = relations_of(words) if not span.unit else frozenset[str]()
    if "casualties" in found:
        return True
    return len(found & {"death", "injury", "missing"}) > 1 and any(w.fold in ("et", "ou", "and", "or") for w in words)


OTHER_PREDICATE = 0.35
"""How well a predicate answers another one, where neither says what befell people: synonyms are beyond any table."""


TRACE = 0.3
"""How surely a word must be found not to count as missing."""

NAMED = 0.7
"""How surely a word must be found for what it names to be spoken of."""

MEASURED = 0.7
"""How well a measure of the asked kind answers, where its role does not name what was measured."""

UNNAMED = 0.5
"""The same where nothing around it names that either."""

SUBJECT = 0.35
"""What remains of a date's, a person's or a place's fit where nothing names whom or what the question is about."""


def role_score(
    span: Span,
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    *,
    similar: Similar | None = None,
    sentence: str = "",
    before: str = "",
) -> float:
    """Return how well the span's role answers the asked one, from 0 (not at all) to 1.

    `alternatives` gives for each stem of the question its weighted tagged stems (``{"die": [("en:die", 1.0),
    ("fr:mort", 0.5)]}``), `similar` the similarity of two words as printed, `sentence` the words around the span, in
    which what the question adds ("in the earthquake") may stand, `before` the text that leads up to it, which may tell
    whom it speaks of.
    """
    if span.kind != asked.kind:
        return 0.0
    matcher = Matcher(asked, alternatives, similar)
    words, around = role_words(span.role), words_of(sentence)[:80]
    if span.kind != "number":
        return _coverage(matcher, words, around, words_of(before)[-80:], least=OTHER_PREDICATE * (span.kind == "date"))
    fit = _unit_fit(span, asked)
    if fit == 0.0:
        return 0.0
    happened, most = _happened(matcher, words, both=combined(span))
    # "3,400 hectares": what is counted may stand in the figure itself.
    printed = [] if span.unit.isupper() else words_of(re.sub(r"[^\W\d_]*\d[\w.,]*", " ", span.text))
    counted = _counted(matcher, [*printed, *words], around, (sentence, before))
    score = fit * (0.05 + 0.95 * happened) * counted
    score *= (0.8 + 0.2 * _circumstances(matcher, words, around)) * _discount(span, matcher, words)
    return round(min(most, score), 4)


def circumstances_told(
    span: Span,
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    *,
    similar: Similar | None = None,
    sentence: str = "",
    before: str = "",
) -> float:
    """Return the share of the question's circumstances, names left out, that a span's surroundings tell; 1 without any.

    `sentence` and `before` are as for `role_score`.
    """
    matcher = Matcher(asked, alternatives, similar)
    around = [*role_words(span.role), *words_of(sentence)[:80], *words_of(before)[-80:]]
    told = [matcher.best(t, around) for t in asked.circumstances if asked.word(t)[0].islower()]
    return sum(told) / len(told) if told else 1.0


def _unit_fit(span: Span, asked: Asked) -> float:
    """Return 1 where the span's unit is of the asked kind, 0 where it cannot answer."""
    age = span.role.startswith(("âgé", "aged"))
    if asked.unit == "age":
        return 1.0 if age else 0.3 if span.unit == "years" else 0.0
    if age:
        return 0.0
    if asked.unit:
        if span.unit in KINDS.get(asked.unit, frozenset()):
            return 1.0
        return 0.25 if asked.unit == "percent" and not span.unit and span.value_max is None else 0.0
    if not span.unit or not _asks_count(asked):
        return 1.0
    counted = {word_of(asked.word(t)).stems for t in asked.head}
    if any(word.stems in counted for word in words_of(span.text)):  # "combien d'hectares": the unit is what is counted
        return 1.0
    return 0.3 if span.unit in ("%", "fraction") else 0.0


def _asks_count(asked: Asked) -> bool:
    """Return whether the question asks how many there are of something rather than how great something is."""
    return re.search(r"\b(?:combien d|how many|nombre|number|bilan|toll)", asked.question, re.IGNORECASE) is not None


def _happened(matcher: Matcher, words: Sequence[Word], *, both: bool) -> tuple[float, float]:
    """Return how well the role's predicate answers the asked one, and the most that the whole score may be."""
    asked = matcher.asked
    if asked.unit == "age":  # whatever befell them, people are as old as they are
        return max([MEASURED, *(matcher.best(term, words) for term in asked.predicate)]), 1.0
    wanted = matcher.relations(asked.predicate) & OUTCOMES or matcher.relations(asked.head) & OUTCOMES
    present = relations_of(words) & OUTCOMES
    if wanted:
        return _fate(matcher, words, wanted, present, both=both)
    if not asked.predicate:
        # "how many soldiers are there?": a figure of the wounded only is not all of them
        return (0.75 if present - matcher.relations(asked.head) else 1.0), 1.0
    scores = [matcher.best(term, words) for term in asked.predicate]
    told = matcher.relations(asked.predicate), relations_of(words) - matcher.relations(asked.head)
    if max(scores) < 0.5 and all(told) and not told[0] & told[1]:
        return max(0.1, *scores), 1.0
    if max(scores) < 0.5 and asked.head and not _tells_more(matcher, words):
        return 0.6, 1.0  # "3,412 votes": nothing says what happened to them
    return max(OTHER_PREDICATE, 0.7 * max(scores) + 0.3 * sum(scores) / len(scores)), 1.0


def _tells_more(matcher: Matcher, words: Sequence[Word]) -> bool:
    """Return whether the role has a word beyond those that name what the question counts."""
    left = [w for w in words if w.fold not in _NEUTRAL and not w.country and w.fold not in _STOPS]
    return any(max(matcher.match(t, w) for t in matcher.asked.head) < 0.5 for w in left)


def _fate(
    matcher: Matcher, words: Sequence[Word], wanted: frozenset[str], present: frozenset[str], *, both: bool
) -> tuple[float, float]:
    """Return the same for a question about what befell people: dead, wounded, missing, arrested."""
    two = len(wanted & {"death", "injury"}) == 2
    if both:
        whole = "casualties" in wanted or two
        return (1.0, 1.0) if whole else (1.0, 0.5) if wanted & _TOLLS else (0.05, 0.1)
    if wanted & present:
        return 1.0, 0.5 if two and not {"death", "injury"} <= present else 1.0
    if "casualties" in wanted and present & _TOLLS:
        return 1.0, 0.5
    if present:
        return 0.0, 0.05
    terms = (*matcher.asked.predicate, *matcher.asked.head)
    fates = [matcher.best(term, words) for term in terms if matcher.word(term).relations & OUTCOMES]
    return 0.8 * max(fates, default=0.0), 0.8


def _counted(matcher: Matcher, words: Sequence[Word], around: Sequence[Word], texts: tuple[str, str]) -> float:
    """Return how well what the role counts is what the question counts."""
    asked = matcher.asked
    if not asked.head:
        return 1.0
    head = words_of(asked.question[asked.head[0].start : asked.head[-1].end])
    wanted, present = {w.country for w in head} - {""}, {w.country for w in words} - {""}
    if wanted and present and not wanted & present:
        return 0.1
    of_people = 1.0 if wanted & present or not wanted else _told_of(wanted, texts)
    named = [t for t in asked.head if matcher.word(t).fold not in _MEASURES] or list(asked.head)
    main = named[0] if asked.language == "fr" else named[-1]
    noun = _noun(matcher, main, words, around, texts[1])
    if asked.unit and not _asks_count(asked):  # "how much will the bridge cost?": the price is told, of "the project"
        said = max(noun, matcher.best(main, [*around, *words_of(texts[1])[-80:]]))
        return of_people * max(0.15 + 0.85 * noun, MEASURED if said > NAMED else UNNAMED)
    national = {text for w in head if w.country for text in re.split(r"[-‑]", w.text)}
    extra = [
        max(matcher.best(t, words), 0.9 * matcher.best(t, around), 0.7 * matcher.best(t, words_of(texts[1])[-80:]))
        for t in asked.head
        if t != main and asked.word(t) not in national
    ]
    told = sum(extra) / len(extra) if extra else 1.0
    # "cas de choléra" for "cases of measles": each names what the other does not
    other = 0.4 if extra and min(extra) < TRACE and _rivals(matcher, words) else 1.0
    return of_people * (0.15 + 0.85 * noun) * (0.6 + 0.4 * told) * other


def _told_of(nations: frozenset[str] | set[str], texts: tuple[str, str]) -> float:
    """Return how surely a role that names no people is of these, by its sentence and by what leads up to it."""
    sentence, before = map(countries, texts)
    return 1.0 if nations & sentence else 0.9 if nations & before else 0.15


def _noun(matcher: Matcher, main: Term, words: Sequence[Word], around: Sequence[Word], before: str) -> float:
    """Return how well the role names the main noun of the question, or leaves room for it."""
    noun = matcher.best(main, words)
    if noun >= 0.5:
        return noun
    rivals = _rivals(matcher, words)
    if matcher.word(main).relations & GENERIC:
        return max(noun, 0.9 if not rivals or relations_of(words) & HUMAN else 0.5)
    told = matcher.word(main).relations
    if relations_of(words) & GENERIC and (
        not told or told & HUMAN
    ):  # "12 people" may hold more than the children that are asked for
        return max(noun, 0.6 if matcher.best(main, [*around, *words_of(before)[-80:]]) > NAMED else 0.05)
    if rivals:
        return noun
    # "90 décès": of whom, only the words around can tell
    if not around or matcher.best(main, around) > NAMED:
        return max(noun, 0.85)
    return max(noun, 0.7 if matcher.best(main, words_of(before)[-80:]) > NAMED else 0.05)


def _rivals(matcher: Matcher, words: Sequence[Word]) -> list[Word]:
    """Return the nouns of a role that nothing in the question accounts for: it counts something else."""
    found = []
    fates = OUTCOMES if matcher.relations(matcher.asked.role) & OUTCOMES else frozenset()
    for place, word in enumerate(words):
        if word.fold in _NEUTRAL or word.fold in _STOPS or word.country or len(word.fold) < 3:
            continue
        if word.relations & (fates | CHANGES):
            continue
        if place and (is_verb(word.text, word.fold, "fr") or is_verb(word.text, word.fold, "en")):
            continue  # a role begins with its head noun
        if max((matcher.match(t, word) for t in matcher.asked.role), default=0.0) < 0.5:
            found.append(word)
    return found


def _circumstances(matcher: Matcher, words: Sequence[Word], around: Sequence[Word]) -> float:
    """Return the share of the question's circumstances that the role or its sentence speaks of; 1 where it has none."""
    terms = matcher.asked.circumstances
    return sum(matcher.best(t, [*words, *around]) for t in terms) / len(terms) if terms else 1.0


def _discount(span: Span, matcher: Matcher, words: Sequence[Word]) -> float:
    """Return what remains of a score for a part ("dont trois enfants"), a former value, a rise or a negation."""
    factor = 1.0
    asked = matcher.asked
    if span.role.startswith(_PART):
        named = matcher.relations(asked.head) - GENERIC
        factor *= 1.0 if any(w.relations & named for w in words) else 0.4
    if f" {span.role}".endswith(_FORMER):
        factor *= 0.5
    if any(w.fold in _NEGATED for w in words) and not re.search(r"\b(?:pas|not|no)\b|n['’]t\b", asked.question):
        factor *= 0.3
    moved = bool(relations_of(words) & CHANGES) and not matcher.relations(asked.role) & CHANGES
    return factor * (0.7 if moved and span.unit == "points" else 1.0)


def _coverage(
    matcher: Matcher, words: Sequence[Word], around: Sequence[Word], before: Sequence[Word], *, least: float
) -> float:
    """Return how well the words around a date, a person or a place speak of what the question asks about.

    As for figures, what happened weighs most, and its best found word most of that, `least` where none is found; whom
    and what it happened to may stand before the sentence too.
    """
    asked = matcher.asked
    if not asked.role:
        return 0.5
    # "the Russian ambassador was summoned": what happened is not that he is Russian
    happening = [t for t in asked.predicate or asked.head if not matcher.word(t).country] or asked.role
    told = [max(matcher.best(t, words), 0.6 * matcher.best(t, around)) for t in happening]
    rest = [
        max(matcher.best(t, words), 0.9 * matcher.best(t, around), 0.8 * matcher.best(t, before))
        for t in asked.role
        if t not in happening
    ]
    happened = max(least, 0.7 * max(told) + 0.3 * sum(told) / len(told))
    return round(happened * (SUBJECT + (1 - SUBJECT) * (sum(rest) / len(rest) if rest else 1.0)), 4)
