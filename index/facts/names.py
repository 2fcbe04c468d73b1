"""Which capitalised words name a person, and which a place? By the words around them; organisations are neither.

There is no model behind this: titles, verbs of speech and function words tell people, prepositions and a gazetteer tell
places, and what nothing tells is left out unless it has the shape of a first and a last name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.fact import Fact
from index.facts.gazetteer import as_one_word, nationality, nations, places
from index.facts.tokens import Token
from index.facts.vocabulary import GRAMMAR, SPEECH
from index.language import fold

_PARTICLES = frozenset("de du des la le van von der den bin ben ibn al el da dos della di d l af ter bint".split())
_TITLES = frozenset(
    """m mm mme mmes mlle mr mrs ms miss sir lord lady dr docteur doctor professeur prof professor maitre me president
    presidente presidents vice-president ministre minister ministers premier-ministre chancelier chancellor senateur
    senatrice senator depute deputee deputy maire mayor gouverneur governor roi reine king queen prince princesse
    princess pape pope general generale colonel colonelle capitaine captain commandant commander lieutenant sergent
    sergeant major admiral amiral juge judge procureur procureure prosecutor avocat avocate lawyer attorney porte-parole
    spokesman spokeswoman spokesperson directeur directrice director chef cheffe chief leader dirigeant dirigeante
    secretaire secretary candidat candidate analyste analyst expert experte chercheur chercheuse researcher scientist
    historien historienne historian economiste economist epidemiologiste journaliste journalist reporter ecrivain author
    acteur actrice actor actress chanteur chanteuse singer joueur joueuse player attaquant defenseur gardien entraineur
    entraineuse coach manager capitaine skipper pdg ceo patron patronne boss fondateur fondatrice founder ambassadeur
    ambassadrice ambassador commissaire commissioner commissaire cardinal eveque bishop imam rabbi rabbin sheikh cheikh
    ayatollah emir sultan congressman congresswoman representative rep sen gov gen col lt capt sgt rev premier
    champion championne nageur nageuse cycliste coureur coureuse boxer boxeur pilote driver engineer ingenieur
    conseiller conseillere councillor adviser advisor porteparole delegue deleguee resident habitant temoin witness
    survivor victime victim agriculteur farmer student etudiant veteran mère mere pere mother father frere brother soeur
    sister epouse wife mari husband fils son fille daughter star inspecteur inspector detective officer""".split()
)
"""Words before a name that make it a person's, folded."""

_ORGANISATION = frozenset(
    """ministere ministry institut institute universite university service services agence agency banque bank conseil
    council parti party compagnie company corporation corp inc ltd sa groupe group association fondation foundation
    organisation organization commission committee comite tribunal court cour parlement parliament assemblee assembly
    senat senate congres congress federation union ligue league club fc united city department departement office bureau
    police army armee force forces news times post journal gazette magazine radio television tv airlines airways
    motors systems technologies bank hospital hopital college school ecole academy academie center centre museum musee
    cup coupe open league championship grand prix accord traite treaty act bill law loi plan covid red cross croix-rouge
    guard garde brigade front movement mouvement syndicat federal national nationale international internationale
    republican republicain democrat democrate labour conservative greens verts house chambre maison press presse
    actualites
    google facebook amazon apple microsoft tesla boeing airbus reuters bbc afp""".split()
)
_PLACE_WORDS = frozenset(
    """region ville village province departement commune ile iles fleuve mont montagne lac port aeroport district comte
    comte canton quartier vallee golfe baie detroit frontiere city town village county state island islands river lake
    mount mountain mountains valley bay gulf strait airport port suburb neighborhood neighbourhood capital capitale
    prefecture district peninsula peninsule desert forest foret""".split()
)
_PLACE_SUFFIX = frozenset(
    "river county province island islands valley street avenue bay lake sea ocean mountains airport peninsula".split()
)
_INTO = {
    "fr": frozenset("à au aux en dans vers pres depuis entre".split()),
    "en": frozenset(
        "in near at from to across outside around inside throughout into toward towards between off".split()
    ),
}
_TIME_WORDS = frozenset(
    """janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april
    may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    lundi mardi mercredi jeudi vendredi samedi dimanche noel christmas easter paques ramadan internet""".split()
)


@dataclass(slots=True)
class _Candidate:
    first: int
    last: int
    """Token numbers, inclusive."""
    opens: bool
    """Whether it begins its sentence, where a capital means nothing."""


def names(text: str, tokens: Sequence[Token], sentences: Sequence[tuple[int, int]], language: str) -> list[Fact]:
    """Return the people and places among the tokens of a text, in reading order."""
    candidates = [c for begin, end in sentences for c in _candidates(text, tokens, begin, end, language)]
    surnames = _surnames(tokens, candidates, language)
    found: list[Fact] = []
    for candidate in candidates:
        kind = _kind(tokens, candidate, language, surnames)
        if kind:
            start, end = tokens[candidate.first].start, tokens[candidate.last].end
            if text[start:end].endswith(("'s", "’s")):
                end -= 2
            if kind == "person" and " " not in as_one_word(text[start:end]) and nations(text[start:end]):
                continue  # "Coréens du Sud"
            found.append(Fact(kind, start, end))
    return found


def _candidates(text: str, tokens: Sequence[Token], begin: int, end: int, language: str) -> list[_Candidate]:
    found, i = [], begin
    while i < end:
        if not _capital(tokens[i]):
            i += 1
            continue
        last = i
        while last + 1 < end:
            step = _next_part(text, tokens, last, end)
            if not step:
                break
            last += step
        opens = i == begin or tokens[i - 1].text in '«“"•:-–—‘'
        found.extend(_trim(tokens, i, last, language, opens=opens))
        i = last + 1
    return found


def _capital(token: Token) -> bool:
    return token.is_word and token.text[0].isupper()


def _next_part(text: str, tokens: Sequence[Token], last: int, end: int) -> int:
    """Return how many tokens further the name goes on: the next capital, or a particle and a capital; 0 at its end."""
    following = tokens[last + 1]
    if (
        tokens[last].text.endswith(("'s", "’s"))
        or following.start - tokens[last].end > 1
        or text[tokens[last].end : following.start] == "\n"
    ):
        return 0
    if _capital(following) and following.start > tokens[last].end:
        return 1
    initial = following.text == "." and len(tokens[last].text) <= 2 and following.start == tokens[last].end
    if initial and last + 2 < end and _capital(tokens[last + 2]) and tokens[last + 2].start - following.end <= 1:
        return 2
    for size in (1, 2):
        j = last + size + 1
        if j < end and all(tokens[k].fold in _PARTICLES for k in range(last + 1, j)) and _capital(tokens[j]):
            return size + 1
    return 0


def _trim(tokens: Sequence[Token], first: int, last: int, language: str, *, opens: bool) -> list[_Candidate]:
    """Return the candidate without the titles and function words that only a sentence's beginning makes capital."""
    while first <= last and (
        tokens[first].fold.removesuffix("'s") in GRAMMAR[language]
        or (tokens[first].fold in _TITLES and first < last)
        or (tokens[first].text == "." or (tokens[first].fold in _PARTICLES and not tokens[first].text[0].isupper()))
    ):
        first += 1
        opens = False
    return [_Candidate(first, last, opens)] if first <= last and _capital(tokens[first]) else []


def _key(tokens: Sequence[Token], c: _Candidate) -> str:
    joined = ""
    for i in range(c.first, c.last + 1):
        token = tokens[i]
        gap = "" if i == c.first or token.start == tokens[i - 1].end else " "
        joined += gap + fold(token.text).replace("’", "'")
    return joined.removesuffix("'s")


def _surnames(tokens: Sequence[Token], candidates: Sequence[_Candidate], language: str) -> frozenset[str]:
    """Return the last words of the names that are surely people's, so that "Roy" alone is known later."""
    found = set()
    for c in candidates:
        if c.last > c.first and _kind(tokens, c, language, frozenset()) == "person":
            found |= {tokens[c.first].fold.removesuffix("'s"), tokens[c.last].fold.removesuffix("'s")}
    return frozenset(found)


def _kind(tokens: Sequence[Token], c: _Candidate, language: str, surnames: frozenset[str]) -> str:
    """Return "person", "place" or "" for what the words around do not tell."""
    words = [tokens[i] for i in range(c.first, c.last + 1) if tokens[i].is_word]
    folded = [word.fold.removesuffix("'s") for word in words]
    key = _key(tokens, c)
    if key in places() and not (c.opens and key in ("nice", "center", "mobile", "tours", "reading", "date", "moss")):
        return "place"
    if len(words) == 1 and folded[0] in surnames and folded[0] not in _ORGANISATION:
        return "person"
    if nationality(key) or all(word in _TIME_WORDS for word in folded) or any(word in _ORGANISATION for word in folded):
        return ""
    if len(words) == 1 and _acronym(words[0].text):
        return ""
    if (folded[-1] in _PLACE_SUFFIX and len(words) > 1) or (
        folded[0] in ("mont", "mount", "lac", "lake", "ile", "saint-denis") and len(words) > 1
    ):
        return "place"
    before = tokens[c.first - 1].fold if c.first else ""
    titled = _titled(tokens, c, language)
    if titled:
        return "person"
    if _placed(tokens, c, language, before):
        return "place"
    if _speaks(tokens, c, language) and not (c.opens and len(words) == 1 and words[0].text.lower().endswith("s")):
        return "person"
    if 2 <= len(words) <= 4 and not any(_acronym(w.text) for w in words) and not any(nationality(w) for w in folded):
        bare = [w for w in folded if w not in _PARTICLES]
        # "Les Bleus", "Tour de France": a name of people has no article and no common "of"
        article = before in ("la", "les", "l", "the", "le", "une", "un", "a", "an", "des")
        common = len(bare) < len(folded) and (c.opens or bare[-1] in places())  # "Aide de Moscou"
        if len(bare) >= 2 and not article and not common and not any(w in GRAMMAR[language] for w in bare):
            return "person"
    return ""


def _acronym(word: str) -> bool:
    return len(word) > 1 and sum(c.isupper() for c in word) >= 2 and word.isupper()


def _titled(tokens: Sequence[Token], c: _Candidate, language: str) -> bool:
    """Return whether a title or a function stands right before: "le président chilien ...", "Mr Smith"."""
    i = c.first - 1
    if i >= 0 and tokens[i].text == ".":
        i -= 1
    for _ in range(3):
        if i < 0 or not tokens[i].is_word:
            return False
        if tokens[i].fold in _TITLES:
            return True
        # adjectives may part a French title from the name: "le député chilien Soto"
        if language == "en" or tokens[i].text[0].isupper() or tokens[i].fold in GRAMMAR["fr"]:
            return False
        i -= 1
    return False


def _placed(tokens: Sequence[Token], c: _Candidate, language: str, before: str) -> bool:
    """Return whether a preposition or a word such as "région de" makes the name a place's."""
    i = c.first - 1
    if i < 0 or c.last - c.first > 3:
        return False
    while i > 0 and tokens[i].fold in ("la", "le", "l", "the", "les"):
        i -= 1
    if tokens[i].fold == "à" and i < c.first - 1:  # "le conseiller à la Culture"
        return False
    if before in ("de", "d", "of", "du", "des") or tokens[i].fold in ("de", "d", "of", "du"):
        return i > 0 and (tokens[i - 1].fold in _PLACE_WORDS)
    if tokens[i].fold in _PLACE_WORDS:
        return True
    return tokens[i].fold in _INTO[language] and (c.last == c.first or (language == "fr" and tokens[i].fold != "entre"))


def _speaks(tokens: Sequence[Token], c: _Candidate, language: str) -> bool:
    """Return whether the name says something: "Dupont a déclaré", "said Smith"."""
    speech = SPEECH[language]
    after = [tokens[i].fold for i in range(c.last + 1, min(c.last + 4, len(tokens))) if tokens[i].is_word]
    if after and (
        after[0] in speech or (after[0] in ("a", "avait", "has", "had", "n") and any(w in speech for w in after[1:]))
    ):
        return True
    before = tokens[c.first - 1].fold if c.first else ""
    return (before in speech and language == "en") or (
        before in speech and c.first > 1 and tokens[c.first - 2].fold in ("a", "ajoute")
    )
