"""What does this question ask for? Its kind, its unit, and the words that name what is counted and what happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.language import Term, fold, terms
from qa.extraction.gazetteer import nationality
from qa.extraction.grammar import is_past
from qa.extraction.phrases import Reader
from qa.extraction.reading import spans
from qa.extraction.span import Span
from qa.extraction.synonyms import OUTCOMES, asked_classes
from qa.extraction.tokens import Token, is_content, tokenize
from qa.extraction.vocabulary import DETERMINERS, OF, PREPOSITIONS, SPEECH

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
    """What is counted, or sought: "soldats nord-coréens"."""
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


_MEASURE_NOUNS = {
    "fr": r"nombre|bilan|montant|prix|coût|cout|taux|chiffre|total|âge|age|part|proportion|pourcentage|superficie|population|durée"
          r"|distance|hauteur|longueur|largeur|profondeur|poids|température|vitesse|salaire|budget|valeur|effectif|effectifs|amende|dette"
          r"|déficit|inflation|chômage|magnitude|bénéfice|chiffre d['’]affaires|loyer|tarif|capacité|quantité|participation|rançon"
          r"|perte|pertes|score|facture|production|consommation|recette|recettes|altitude|puissance|tirage",
    "en": r"number|toll|death toll|amount|price|cost|rate|figure|total|age|share|proportion|percentage|area|population|duration|distance"
          r"|height|length|width|depth|weight|temperature|speed|salary|budget|value|fine|debt|deficit|inflation|unemployment|magnitude"
          r"|profit|revenue|rent|fare|capacity|quantity|turnout|ransom|loss|losses|bill|output|production|consumption|altitude"
          r"|size|headcount|casualty count|attendance|unemployment rate|inflation rate",
}  # fmt: skip
_UNIT_NOUNS = (
    ("money", r"\b(?:montant|prix|coûts?|couts?|salaires?|budgets?|amendes?|dettes?|déficits?|bénéfices?|loyers?|tarifs?|rançons?|factures?|"
              r"chiffre d['’]affaires|recettes?|amounts?|prices?|costs?|salar(?:y|ies)|fines?|debts?|deficits?|profits?|revenues?|rents?|"
              r"fares?|ransoms?|bill|euros?|dollars?|livres sterling|roubles?|argent|money|coûté|coûter|coûtent|coûte|coûtera|payé|paid|pay|spent|"
              r"spend|dépensé|investi|invested|invest|worth|earn|earned|gagne-t|cost)\b"),
    ("percent", r"\b(?:pourcentage|pour cent|proportion|part des?|quelle part|percentage|per ?cent|what share|share of|taux|inflation|turnout|"
                r"unemployment|chômage|participation|rates?)\b|%"),
    ("age", r"\b(?:quel(?:le)? âge|quel age|how old|l['’]âge|the age|à quel âge|what age)\b"),
    ("duration", r"\b(?:combien de temps|combien d['’]années|combien d['’]heures|combien de (?:jours|mois|semaines|minutes|secondes|ans)|durée|"
                 r"how long|how many (?:years|months|weeks|days|hours|minutes|seconds)|duration|pendant combien|how much time)\b"),
    ("distance", r"\b(?:à quelle distance|quelle distance|hauteur|longueur|largeur|profondeur|altitude|combien de (?:kilomètres|mètres|km)|"
                 r"how far|how (?:tall|high|deep|wide|long is|long was)|distance|height|length|width|depth|how many (?:kilomet|met|mile)\w*)\b"),
    ("area", r"\b(?:superficie|combien d['’]hectares|how many (?:hectares|acres)|what area)\b"),
    ("weight", r"\b(?:poids|combien (?:pèse|pesait)|how heavy|how much does? \w+ weigh|weight|combien de (?:tonnes|kilos|kilogrammes)|how many (?:tonnes|tons|kilos|kilograms|pounds))\b"),
    ("temperature", r"\b(?:températures?|temperatures?|combien de degrés|how many degrees|how (?:hot|cold))\b"),
    ("speed", r"\b(?:vitesse|how fast|speed)\b"),
    ("volume", r"\b(?:combien de (?:litres|barils)|how many (?:litres|liters|barrels|gallons))\b"),
    ("energy", r"\b(?:puissance|combien de (?:mégawatts|gigawatts)|how many (?:megawatts|gigawatts))\b"),
)  # fmt: skip
_KIND_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("date", r"(?:depuis|jusqu['’]à|d['’]ici|à partir de)? ?\bquand\b|\b(?:à )?quelle date\b|\bquel(?:le)? (?:jour|année|mois|moment|heure|siècle)\b"
                 r"|\bdate (?:de|du|d['’])"),
        ("quotation", r"\bqu(?:e|['’])\s?(?:a|ont|avait)?(?:-t-(?:il|elle))? ?(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|estimé|demandé|"
                      r"déclare|affirme|annonce|répond|pense|disent|pensent|reproche|propose|proposé|dénonce|dénoncé)\b"
                      r"|\bqu['’]est-ce qu(?:e|['’]).{1,60}\b(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|pense|demandé)\b"
                      r"|\bque (?:dit|disent|pense|déclare|affirme)|\bcomment (?:a|ont)(?:-t-)?.{0,40}réagi|\bréaction d[eu]\b|\bquels? (?:sont|ont été|étaient) les (?:mots|propos)"),
        ("number", rf"\bcombien\b|\bquel(?:le)?s?\b.{{0,25}}\b(?:{_MEASURE_NOUNS['fr']})\b|^(?:le )?(?:nombre|bilan|montant|prix|coût) "),
        ("reason", r"\bpourquoi\b|\bpour quelles? raisons?\b|\bquelles? (?:est|sont|était|étaient|a été) la (?:cause|raison)s?\b|\bles? (?:causes?|raisons?) d"
                   r"|\bqu['’]est-ce qui a (?:causé|provoqué)|\bdans quel but\b|\bà cause de quoi\b|\bcomment expliquer"),
        ("place", r"\bo[ùu] (?!bien)\b|^o[ùu]\b|\bquel(?:le)?s? (?:pays|ville|région|endroit|lieu|village|province|île|continent|département|quartier)\b|\bd['’]où\b"),
        ("passage", r"^comment\b"),
        ("yes-no", r"^(?:est-ce qu|[^?,]{0,80}\b[^\W\d]+-(?:t-)?(?:il|elle|ils|elles|on)\b|est-ce\b|y a-t-il)"),
        ("person", r"\bqui\b|\bquel(?:le)? (?:est|était) le nom\b|\bquel(?:le)? (?:ministre|président|député|joueur|dirigeant|homme|femme|personne|candidat|candidate|"
                   r"expert|chercheur|acteur|chanteur|auteur|maire|juge|avocat)\w*\b|\bcomment s['’]appelle"),
    ),
    "en": (
        ("date", r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time|century)\b|\bsince when\b|\bdate of\b"),
        ("quotation", r"\bwhat (?:did|does|do|has|have|had|was|is) .{1,60}\b(?:say|said|claim|announce|answer|reply|promise|declare|state|tell|think|respond|ask|warn|"
                      r"claimed|announced|declared|stated|saying|reaction)\b|\bhow did .{1,60} (?:react|respond)\b"),
        ("number", rf"\bhow (?:many|much|old|long|far|tall|high|deep|heavy|fast|large|big|wide|hot|cold|often)\b"
                   rf"|\b(?:what|which)(?:['’]s| is| was| were| are| will be| has been)?\b(?: the| its| their| his| her)?(?: \w+){{0,3}} (?:{_MEASURE_NOUNS['en']})\b"
                   rf"|\bwhat (?:{_MEASURE_NOUNS['en']})\b|^(?:the )?(?:number|toll|death toll|cost|price) "),
        ("reason", r"\bwhy\b|\bwhat (?:caused|causes|led to|triggered|prompted|sparked)\b|\b(?:what|which) (?:is|was|were|are) the (?:cause|reason)s?\b|\bfor what reason\b|\bhow come\b"),
        ("place", r"\bwhere\b|\b(?:what|which|in what|in which) (?:country|city|region|town|place|village|province|island|state|continent)\b"),
        ("person", r"\bwho(?:m|se)?\b|\bwhat(?:['’]s| is| was) the name\b|\bwhich (?:minister|president|player|leader|man|woman|person|candidate|expert|researcher|"
                   r"actor|singer|author|mayor|judge|lawyer|senator)\b"),
        ("yes-no", r"^(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b"),
    ),
}  # fmt: skip
_RULES = {
    code: tuple((kind, re.compile(pattern, re.I)) for kind, pattern in rules) for code, rules in _KIND_RULES.items()
}
_UNITS = tuple((unit, re.compile(pattern, re.I)) for unit, pattern in _UNIT_NOUNS)
_ASKING = frozenset(
    """nombre combien total chiffre exact number figure many much how long far old tall high deep heavy fast big large
    number count date jour annee mois heure moment year day month time date temps temp raison cause reason montant amount
    pourcentage percentage percent pays ville country city lieu place endroit nom name quand when dit declare say tell
    happen people-named quel age""".split()
)
_KEEP_FOR = {"number": frozenset(), "date": frozenset({"temps"})}
_COUNTED = {
    "fr": re.compile(
        r"\bcombien (?:de |d['’])|\b(?:nombre|total|pourcentage|proportion|part|quantité) (?:total )?(?:de |des |d['’]|du )(?:la |l['’])?",
        re.I,
    ),
    "en": re.compile(
        r"\bhow (?:many|much)(?: of the| more| other)? |\b(?:number|amount|percentage|proportion|share|total) of (?:the )?|\bwhat percentage ",
        re.I,
    ),
}
_LATE = re.compile(r"\bcombien\b.+?\b(?:de |d['’])(?=[^\W\d_]+(?: [^\W\d_]+)?(?: en \d{4}| à [A-Z]\w+)?\s*\?*$)", re.I)


def asked(question: str, language: str) -> Asked:
    """Return what the question asks for.

    >>> found = asked("Combien de soldats nord-coréens ont été tués en Russie ?", "fr")
    >>> found.kind, [found.word(t) for t in found.head], [found.word(t) for t in found.predicate]
    ('number', ['soldats', 'nord', 'coréens'], ['tués'])
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
    for order, (kind, pattern) in enumerate(_RULES[language]):
        match = pattern.search(stripped)
        if match:
            found.append((match.start(), order, kind))
    return min(found)[2] if found else "passage"


def _unit(question: str, language: str) -> str:
    low = question.lower()
    if re.search(
        r"\bcombien d(?:e |['’])(?!temps|ann|heure|jour|mois|semaine|minute|seconde|ans\b|euro|dollar|kilom|m[eè]tre|km|hectare|tonne|kilo|litre|baril|degr|m[ée]gaw|gigaw|argent)|how many (?!years|months|weeks|days|hours|minutes|seconds|euros|dollars|kilomet|met|mile|hectare|acre|ton|kilo|pound|lit|barrel|gallon|degree|megaw|gigaw|percent)",
        low,
    ):
        return ""
    for unit, pattern in _UNITS[2:] + _UNITS[:2]:
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
    return word in _ASKING and not (kind == "reason" and word in ("age",))


def _inside(term: Term, spans_: Sequence[Span]) -> bool:
    return any(span.start <= term.start and term.end <= span.end for span in spans_)


def _parts(
    question: str, tokens: Sequence[Token], content: Sequence[Term], language: str
) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]:
    """Return the terms of what is counted, of what happened to it, and of what surrounds it."""
    counted = _COUNTED[language].search(question) or (_LATE.search(question) if language == "fr" else None)
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
    """Return the terms of a question without "how many", parted into nouns and verb: a noun has an article before it."""
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
        re.compile(r"(?:what (?:did|does|do|has|have|had)|how did) (?P<who>.{2,60}?) (?:say|said|claim|announce|answer|reply|promise|declare|state|tell|think|respond|react|ask|warn|claimed|announced)", re.I)
        if language == "en"
        else re.compile(r"(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|estimé|pense|déclare|affirme|disent|réagi)(?: à propos)? (?P<who>(?!de\b|sur\b|à\b|\?)[^?]{2,60}?)(?: sur | à | de | au |\s*\?|$)|qu['’]est-ce qu(?:e |['’])(?P<whom>.{2,60}?) (?:a|ont) ", re.I)
    )  # fmt: skip
    match = pattern.search(question)
    if not match:
        return None
    name = "who" if match.group("who") else "whom"
    start, end = match.span(name)
    return Span("speaker", question[start:end], start, end)


def speech_terms(language: str) -> frozenset[str]:
    """Return the verbs of speech of a language, folded."""
    return SPEECH[language]
