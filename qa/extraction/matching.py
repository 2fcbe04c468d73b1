"""How well does the role of a span answer the role that a question asks for?

Words are matched by their stems, by the translations that the caller brings, by the relations of `synonyms`, by
nationality, and at last by the encoder's word similarity where a hook for it is given. What happened weighs more than
who: "300 soldats blessés" does not answer "how many soldiers died?", and a combined toll answers only half.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.language import STOP_WORDS, Term, fold, stems
from index.records import Alternatives
from qa.extraction.gazetteer import nationality
from qa.extraction.grammar import is_verb
from qa.extraction.questions import Asked
from qa.extraction.span import Span
from qa.extraction.synonyms import GENERIC, OUTCOMES, asked_classes, classes
from qa.extraction.units import KINDS

Similar = Callable[[str, str], float]

_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‑'’][^\W\d_]+)*|\d+")
_NEUTRAL = frozenset(
    """nombre total bilan chiffre number toll figure count confirmes confirme confirmed recorded reported enregistres
    signales recenses constates officiel officiels official estimate estimates autres others other moins plus environ
    de des du et ou of and or pas not never from contre dont including age aged old eleve rose risen reached bilan
    atteint atteindre passe supplementaires new nouveaux nouvelles additional ete""".split()
)
_FORMER = (" de", " from", " contre")
_PART = ("dont ", "including ", "parmi ", "among ", "notamment ")
_NEGATED = frozenset({"pas", "not", "never", "jamais", "aucun", "no"})
_CHANGES = frozenset({"rise", "fall"})


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a role, in every form that it may be matched by."""

    text: str
    fold: str
    stems: frozenset[str]
    """Tagged stems in both languages: the role does not say which one it is in."""
    relations: frozenset[str]
    country: str


@lru_cache(maxsize=20_000)
def _word(text: str) -> _Word:
    folded = fold(text).replace("’", "'")
    tagged = {f"{code}:{stem}" for code in ("fr", "en") for stem in stems(text, code)}
    relations = classes(folded, "fr") | classes(folded, "en")
    return _Word(text, folded, frozenset(tagged), relations, nationality(folded))


@lru_cache(maxsize=20_000)
def _words(role: str) -> tuple[_Word, ...]:
    """Return the words of a role; "North Korean" is one, as "nord-coréen" is; "perdu la vie" is a word for death."""
    role = re.sub(r"\b(North|South|Sri|New)\s(?=[A-Z])", r"\1-", role)
    words = [_word(match.group()) for match in _COMPOUND.finditer(role)]
    if any(w.fold in ("vie", "vies", "life", "lives") for w in words):
        taken = [w for w in words if w.relations & {"lose", "cost"} or w.fold.startswith("claim")]
        words = [w for w in words if w not in taken] + ([_word("mort")] if taken else [])
    return tuple(words)


def combined(span: Span) -> bool:
    """Return whether a figure counts several fates together ("600 à 4 000 morts et blessés", "casualties").

    Such a toll answers neither how many died nor how many were wounded.
    """
    words = _words(span.role)
    found = frozenset[str]().union(*(w.relations for w in words))
    if "casualties" in found:
        return True
    return len(found & {"death", "injury", "missing"}) > 1 and any(w.fold in ("et", "ou", "and", "or") for w in words)


def role_score(
    span: Span,
    asked: Asked,
    alternatives: Mapping[str, Alternatives],
    *,
    similar: Similar | None = None,
    sentence: str = "",
) -> float:
    """Return how well the span's role answers the asked one, from 0 (not at all) to 1.

    `alternatives` gives for each stem of the question its weighted tagged stems (``{"die": [("en:die", 1.0),
    ("fr:mort", 0.5)]}``), `similar` the similarity of two words as printed, `sentence` the words around the span, in
    which what the question adds ("in the earthquake") may stand.
    """
    if span.kind != asked.kind:
        return 0.0
    words = _words(span.role)
    if span.kind != "number":
        return _coverage(asked, asked.role, words, alternatives, similar, sentence)
    fit = _unit_fit(span, asked)
    if fit == 0.0:
        return 0.0
    happened, cap = _happened(asked, words, alternatives, similar, span)
    counted = _counted(asked, words, alternatives, similar, sentence)
    around = _around(asked, words, alternatives, similar, sentence)
    score = fit * (0.05 + 0.95 * happened) * counted * (0.8 + 0.2 * around)
    return round(min(cap, score * _discount(span, asked, words)), 4)


def _unit_fit(span: Span, asked: Asked) -> float:
    """Return 1 where the span's unit is of the asked kind, 0 where it cannot answer."""
    age = span.role.startswith(("âgé", "aged"))
    if asked.unit == "age":
        return 1.0 if age else 0.3 if span.unit == "years" else 0.0
    if age:
        return 0.0
    if asked.unit:
        if span.unit in KINDS.get(asked.unit, frozenset()) or span.unit in ("dinar", "dirham", "peso", "franc"):
            return 1.0
        return 0.25 if asked.unit == "percent" and not span.unit and span.value_max is None else 0.0
    if not span.unit:
        return 1.0
    counted = {w.fold for w in _words(" ".join(asked.word(t) for t in asked.head))}
    named = any(_word(word).fold in counted for word in _COMPOUND.findall(span.text))
    if named or not _asks_count(asked):
        return 1.0
    return 0.3 if span.unit in ("%", "fraction") else 0.0


def _asks_count(asked: Asked) -> bool:
    """Return whether the question asks how many there are of something rather than how great something is."""
    return re.search(r"\b(?:combien d|how many|nombre|number|bilan|toll)", asked.question, re.IGNORECASE) is not None


def _match(
    asked: Asked, term: Term, word: _Word, alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> float:
    """Return how surely a word of the role says what a term of the question says, from 0 to 1."""
    printed = asked.word(term)
    own = f"{asked.language}:{term.stem}"
    if own in word.stems:
        return 1.0
    question_word = _word(printed)
    if question_word.fold == word.fold:
        return 1.0
    best = 0.0
    weights = alternatives.get(term.stem, [])
    top = max((weight for tag, weight in weights if tag != own), default=0.0)
    for tag, weight in weights:
        if tag in word.stems and top:
            best = max(best, min(1.0, weight / top) ** 0.5)
    if question_word.country and question_word.country == word.country:
        return 1.0
    if asked_classes(question_word.fold, asked.language) & word.relations:
        best = max(best, 0.9)
    if _cognates(question_word.fold, word.fold):
        best = max(best, 0.85)
    if best < 0.8 and similar is not None and not _opposed(question_word, word):
        best = max(best, 0.9 * min(1.0, max(0.0, (similar(printed, word.text) - 0.5) / 0.35)))
    return best


def _cognates(a: str, b: str) -> bool:
    """Return whether two folded words begin alike for most of their length: "vaccination", "vaccine"."""
    shared = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= 5 and shared >= 0.7 * min(len(a), len(b)) and shared >= 0.5 * max(len(a), len(b))


def _opposed(a: _Word, b: _Word) -> bool:
    """Return whether two words are of different fates or nationalities: near for an encoder, and not the same."""
    fates = bool(a.relations & OUTCOMES and b.relations & OUTCOMES)
    return fates or bool(a.country and b.country) or bool(a.relations & _CHANGES and b.relations & _CHANGES)


def _best(
    asked: Asked, term: Term, words: Sequence[_Word], alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> float:
    return max((_match(asked, term, word, alternatives, similar) for word in words), default=0.0)


def best_match(
    asked: Asked,
    term: Term,
    printed: Sequence[str],
    alternatives: Mapping[str, Alternatives],
    similar: Similar | None = None,
) -> float:
    """Return how surely any of these printed words says what a term of the question says, from 0 to 1."""
    return _best(asked, term, [_word(text) for text in printed], alternatives, similar)


def _relations(asked: Asked, found: Sequence[Term]) -> frozenset[str]:
    return frozenset[str]().union(*(asked_classes(_word(asked.word(t)).fold, asked.language) for t in found))


def _happened(
    asked: Asked, words: Sequence[_Word], alternatives: Mapping[str, Alternatives], similar: Similar | None, span: Span
) -> tuple[float, float]:
    """Return how well the role's predicate answers the asked one, and the most that the whole score may be."""
    wanted = _relations(asked, asked.predicate) & OUTCOMES
    if not wanted:
        wanted = _relations(asked, asked.head) & OUTCOMES
    present = frozenset[str]().union(*(w.relations for w in words)) & OUTCOMES
    if wanted:
        return _fate(wanted, present, combined(span), asked, words, alternatives, similar)
    if not asked.predicate:
        # "how many soldiers are there?": a figure of the wounded only is not all of them
        return (0.75 if present and not _relations(asked, asked.head) & present else 1.0), 1.0
    scores = [_best(asked, term, words, alternatives, similar) for term in asked.predicate]
    if max(scores) < 0.5 and asked.head and not _verbs(asked, words, alternatives, similar):
        return 0.6, 1.0  # "3,412 votes": nothing says what happened to them
    return 0.7 * max(scores) + 0.3 * sum(scores) / len(scores), 1.0


def _verbs(
    asked: Asked, words: Sequence[_Word], alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> bool:
    """Return whether the role says what happened: whether it has a word beyond those that the question counts."""
    left = [
        w
        for w in words
        if w.fold not in _NEUTRAL and not w.country and w.fold not in STOP_WORDS["fr"] | STOP_WORDS["en"]
    ]
    return any(max(_match(asked, t, w, alternatives, similar) for t in asked.head) < 0.5 for w in left)


def _fate(
    wanted: frozenset[str], present: frozenset[str], both: bool,
    asked: Asked, words: Sequence[_Word], alternatives: Mapping[str, Alternatives], similar: Similar | None,
) -> tuple[float, float]:  # fmt: skip
    """Return the same for a question about what befell people: dead, wounded, missing, arrested."""
    tolls = {"death", "injury", "casualties"}
    if both:
        whole = "casualties" in wanted or len(wanted & {"death", "injury"}) == 2
        return (1.0, 1.0) if whole else (1.0, 0.5) if wanted & tolls else (0.05, 0.1)
    if wanted & present:
        partial = len(wanted & {"death", "injury"}) == 2 and not {"death", "injury"} <= present
        return (1.0, 0.5) if partial else (1.0, 1.0)
    if "casualties" in wanted and present & tolls:
        return 1.0, 0.5
    if present:
        return 0.0, 0.05
    scores = [_best(asked, term, words, alternatives, similar) for term in (*asked.predicate, *asked.head)]
    fate = [
        s
        for s, t in zip(scores, (*asked.predicate, *asked.head), strict=True)
        if _word(asked.word(t)).relations & OUTCOMES
    ]
    return 0.8 * max(fate, default=0.0), 0.8


def _counted(
    asked: Asked,
    words: Sequence[_Word],
    alternatives: Mapping[str, Alternatives],
    similar: Similar | None,
    sentence: str,
) -> float:
    """Return how well what the role counts is what the question counts."""
    if not asked.head:
        return 1.0
    countries = {_word(p).country for p in _compounds(asked)} - {""}
    present = {w.country for w in words if w.country}
    if countries and present and not countries & present:
        return 0.1
    named = [t for t in asked.head if _word(asked.word(t)).fold not in _MEASURES] or list(asked.head)
    main = named[0] if asked.language == "fr" else named[-1]
    modifiers = [t for t in asked.head if t != main and not _of_country(asked, t)]
    noun = _best(asked, main, words, alternatives, similar)
    generic = bool(_word(asked.word(main)).relations & GENERIC)
    if noun < 0.5:
        rivals = _rivals(asked, words, alternatives, similar)
        if generic:
            noun = max(noun, 0.9 if not rivals or any(w.relations & _HUMAN for w in words) else 0.5)
        elif any(w.relations & GENERIC for w in words):
            noun = max(noun, 0.45)
        elif not rivals:
            # "600 décès": of whom, only the sentence can tell
            told = (
                not sentence
                or _best(asked, main, [_word(w) for w in _WORD.findall(sentence)[:80]], alternatives, similar) > 0.7
            )
            noun = max(noun, 0.85 if told else 0.6)
    extra = [_best(asked, t, words, alternatives, similar) for t in modifiers]
    detail = sum(extra) / len(extra) if extra else 1.0
    return (0.15 + 0.85 * noun) * (0.75 + 0.25 * detail)


_MEASURES = frozenset(
    """taux rate rates prix price prices cout couts cost costs montant amount part share proportion pourcentage percentage valeur
    value hauteur height longueur length largeur width profondeur depth duree duration poids weight vitesse speed niveau
    level chiffre nombre number total temperature superficie area""".split()
)
_HUMAN = frozenset(
    {"soldier", "child", "student", "migrant", "passenger", "inhabitant", "person", "job", "death", "injury"}
)


def _compounds(asked: Asked) -> list[str]:
    if not asked.head:
        return []
    text = asked.question[asked.head[0].start : asked.head[-1].end]
    return [match.group() for match in _COMPOUND.finditer(re.sub(r"\b(North|South|Sri|New)\s(?=[A-Z])", r"\1-", text))]


def _of_country(asked: Asked, term: Term) -> bool:
    """Return whether a term is part of a nationality, which is compared as a whole."""
    word = asked.word(term)
    return any(word in compound and _word(compound).country for compound in _compounds(asked))


def _rivals(
    asked: Asked, words: Sequence[_Word], alternatives: Mapping[str, Alternatives], similar: Similar | None
) -> list[_Word]:
    """Return the nouns of a role that nothing in the question accounts for: it counts something else."""
    found = []
    fates = OUTCOMES if _relations(asked, asked.role) & OUTCOMES else frozenset()
    for place, word in enumerate(words):
        if word.fold in _NEUTRAL or word.relations & (fates | _CHANGES) or word.country or len(word.fold) < 3:
            continue
        if word.fold in STOP_WORDS["fr"] or word.fold in STOP_WORDS["en"]:
            continue
        if place and (is_verb(word.text, word.fold, "fr") or is_verb(word.text, word.fold, "en")):
            continue  # a role begins with its head noun
        if max((_match(asked, t, word, alternatives, similar) for t in asked.role), default=0.0) < 0.5:
            found.append(word)
    return found


def _around(
    asked: Asked,
    words: Sequence[_Word],
    alternatives: Mapping[str, Alternatives],
    similar: Similar | None,
    sentence: str,
) -> float:
    """Return the share of the question's circumstances that the role or its sentence speaks of; 1 where it has none."""
    if not asked.circumstances:
        return 1.0
    pool = [*words, *(_word(w) for w in _WORD.findall(sentence)[:80])]
    scores = [_best(asked, t, pool, alternatives, None) for t in asked.circumstances]
    return sum(scores) / len(scores)


def _discount(span: Span, asked: Asked, words: Sequence[_Word]) -> float:
    """Return what remains of a score for a part ("dont trois enfants"), a former value, a rise or a negation."""
    factor = 1.0
    if span.role.startswith(_PART):
        rest = [w for w in words if w.relations - OUTCOMES or w.country]
        named = _relations(asked, asked.head) if asked.head else frozenset()
        factor *= 1.0 if named and any(w.relations & (named - GENERIC) for w in rest) else 0.4
    if f" {span.role}".endswith(_FORMER):
        factor *= 0.5
    if any(w.fold in _NEGATED for w in words) and not re.search(r"\b(?:pas|not|n't|no)\b", asked.question):
        factor *= 0.3
    changes = {w for w in words if w.relations & _CHANGES}
    wanted = _relations(asked, asked.role)
    if changes and not wanted & _CHANGES and span.unit in ("%", "points") and asked.unit == "percent":
        factor *= 0.7
    return factor


def _coverage(
    asked: Asked, wanted: Sequence[Term], words: Sequence[_Word], alternatives: Mapping[str, Alternatives],
    similar: Similar | None, sentence: str,
) -> float:  # fmt: skip
    """Return the share of the question's terms that the words around a date, a person or a place speak of."""
    if not wanted:
        return 0.5
    pool = [*words, *(_word(w) for w in _WORD.findall(sentence)[:80])] if sentence else list(words)
    near = [_best(asked, t, words, alternatives, similar) for t in wanted]
    wide = [_best(asked, t, pool, alternatives, None) for t in wanted] if sentence else near
    return round(sum(max(a, 0.6 * b) for a, b in zip(near, wide, strict=True)) / len(wanted), 4)
