"""Which language is this, and what are its terms?

A term is what the lexical index matches on: folded (case and accents), not a stop word, stemmed by Snowball. Numbers
are terms too, written one way whatever their separators.

>>> [term.stem for term in terms("L’armée a perdu 5 000 soldats nord-coréens", "fr")]
['arme', 'perdu', '5000', 'soldat', 'nord', 'coreen']
>>> [term.stem for term in terms("how many soldiers died?", "en")]
['soldier', 'die']
"""

from __future__ import annotations

import math
import re
import textwrap
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from lingua import LanguageDetector

ANALYSIS = "1"
"""The version of what this module makes of a text; an index made by another version is outdated."""

SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 codes of the languages with a Snowball stemmer."""

LANGUAGE_NAMES = {
    "ara": "ar", "arabe": "ar", "arabic": "ar", "cat": "ca", "catalan": "ca", "ger": "de", "deu": "de",
    "allemand": "de", "german": "de", "deutsch": "de", "eng": "en", "anglais": "en", "english": "en", "spa": "es",
    "espagnol": "es", "spanish": "es", "espanol": "es", "fre": "fr", "fra": "fr", "francais": "fr", "french": "fr",
    "ita": "it", "italien": "it", "italian": "it", "italiano": "it", "dut": "nl", "nld": "nl", "neerlandais": "nl",
    "dutch": "nl", "nederlands": "nl", "por": "pt", "portugais": "pt", "portuguese": "pt", "portugues": "pt",
    "rum": "ro", "ron": "ro", "roumain": "ro", "romanian": "ro", "rus": "ru", "russe": "ru", "russian": "ru",
    "tur": "tr", "turc": "tr", "turkish": "tr",
}  # fmt: skip
"""ISO 639-1 codes by ISO 639-2 codes, and by the folded names that databases and feeds give, of frequent languages."""

STOP_WORDS = {
    "fr": frozenset(
        """a ai aient ainsi ait alors apres as au aucun aucune aupres auquel aura aurait auraient auront aussi autre
        autres aux auxquels auxquelles avaient avait avant avec avez avoir avons ayant ayez ayons c ca car ce ceci cela
        celle celles celui cependant certain certaine certaines certains ces cet cette ceux chaque chez ci combien comme
        comment contre d dans de dela depuis des desquels desquelles donc dont du duquel durant elle elles en encore
        entre envers es est et etaient etait etant ete etes etre eu eux fait faire font furent fut hormis hors ici il
        ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui m ma
        mais malgre me meme memes mes mien moi moins mon n ne ni nos notre nous on ont or ou par parce parmi pas
        pendant peu peut peuvent plus plutot pour pourquoi pourrait pourraient puis puisqu puisque qu quand que quel
        quelle quelles quelqu quelque quelques quels qui quoi quoiqu quoique s sa sans se selon sera serait seraient
        seront ses si sinon soi soient soit sommes son sont sous suis suivant sur t ta tandis te tel telle telles tels
        tes toi ton tous tout toute toutes tres trop tu un une va vers voici voila vont vos votre vous y""".split()
    ),
    "en": frozenset(
        """a about above after again against all also am among an and any are as at be because been before being below
        between both but by can cannot could did do does doing done down during each either ever every few for from
        further get gets got had has have having he her here hers herself him himself his how however i if in into is
        it its itself just many may me might more most much must my myself neither no nor not of off on once only or
        other others ought our ours ourselves out over own per said same shall she should so some such than that the
        their theirs them themselves then there these they this those though through to too under until up upon us
        very was we were what whatever when where whether which while who whom whose why will with within without would
        yes yet you your yours yourself""".split()
    ),
}
"""Folded function words, question words among them, of the two languages that questions come in."""

_ELIDED = frozenset("c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu presqu".split())
_CLITICS = frozenset("s t d m re ve ll".split())
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})

# A grouped number, a number with decimals, a word; a word may hold digits but does not begin with one.
_TOKEN = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3})+(?:[.,]\d{1,2})?(?![\d]|[.,]\d)"
    r"|\d+(?:[.,]\d+)?|[^\W\d_][^\W_]*"
)
_GROUPED = re.compile(r"(\d{1,3}(?:[^\d]\d{3})+)(?:[.,](\d{1,2}))?")
_APOSTROPHES = "'’ʼ‘"
_PIECE = 110
_MARGIN = 2.0
"""How much surer, in natural logarithms, the detector must be of another language than of the corpus's. Fitted on 3,000
lines of newspapers and 5,000 of eighteen languages: beyond it nothing more is won for French and English."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and where it stands: ``text[start:end]`` is the word as written."""

    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the text without case or accents: ``fold("Cœur Décès") == "coeur deces"``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def terms(text: str, language: str) -> list[Term]:
    """Return the terms of a text in reading order, with their offsets; stop words are left out."""
    found = []
    for match in _TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word[0].isdigit():
            found.append(Term(number_term(word), start, end))
            continue
        after = text[end : end + 1]
        if language == "fr" and after and after in _APOSTROPHES and fold(word) in _ELIDED:
            continue
        before = text[start - 1 : start]
        if language == "en" and before and before in _APOSTROPHES and fold(word) in _CLITICS:
            continue
        stem = _stem(word, language)
        if stem:
            found.append(Term(stem, start, end))
    return found


def stems(text: str, language: str) -> list[str]:
    """Return the stems alone of `terms`."""
    return [term.stem for term in terms(text, language)]


def distinct_terms(text: str, language: str) -> frozenset[str]:
    """Return the keys in the index of the terms of a text, and quicker than `terms`: each word is stemmed once.

    An elided article or a clitic, which `terms` leaves out, may be among them.
    """
    words = set(_TOKEN.findall(text))
    numbers = {word for word in words if word[0].isdigit()}
    return frozenset({_key(word, language) for word in words - numbers} | set(map(number_term, numbers))) - {""}


def occurring_terms(text: str, language: str) -> list[tuple[str, int]]:
    """Return each occurrence of the `distinct_terms` of a text in reading order: its key, and where it starts."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        key = number_term(word) if word[0].isdigit() else _key(word, language)
        if key:
            found.append((key, match.start()))
    return found


def number_term(digits: str) -> str:
    """Return the one spelling of a number: "5 000", "5.000" and "5,000" are "5000", "14,2" is "14.2"."""
    grouped = _GROUPED.fullmatch(digits)
    if grouped is None:
        return digits.replace(",", ".")
    whole = re.sub(r"\D", "", grouped[1])
    return f"{whole}.{grouped[2]}" if grouped[2] else whole


def is_stop_word(word: str, language: str) -> bool:
    """Return whether the word carries no content of its own in this language."""
    return fold(word) in STOP_WORDS.get(language, frozenset())


def tag(stem: str, language: str) -> str:
    """Return the key of a term in the index: its language and its stem, ``"fr:soldat"``; a number has no language."""
    return stem if stem[0].isdigit() else f"{language}:{stem}"


_local = threading.local()


@lru_cache(maxsize=500_000)
def _key(word: str, language: str) -> str:
    """Return the key of a word's term, or "" for a stop word."""
    stem = _stem(word, language)
    return tag(stem, language) if stem else ""


@lru_cache(maxsize=500_000)
def _stem(word: str, language: str) -> str:
    """Return the stem of a word, or "" for a stop word."""
    folded = fold(word)
    if folded in STOP_WORDS.get(language, frozenset()):
        return ""
    algorithm = SNOWBALL.get(language)
    if algorithm is None:
        return folded
    # A Snowball stemmer keeps state while it works, so each thread has its own.
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    return stemmers[algorithm].stemWord(folded) or folded


def detect(text: str, languages: Sequence[str] = ("fr", "en")) -> str:
    """Return which of these languages (ISO 639-1 codes) the text is in; the first where nothing tells.

    The detector is Lingua's, which reads single words as well as pages. Its languages are restricted to the given ones:
    the fewer there are, the surer it is about a short question.
    """
    if len(languages) == 1:
        return languages[0]
    guess = _function_word_vote(text, languages)
    if guess:
        return guess
    found = _detector(tuple(sorted(set(languages)))).detect_language_of(text[:4000])
    return languages[0] if found is None else found.iso_code_639_1.name.lower()


def is_plainly(text: str, language: str, others: Sequence[str] = ("fr", "en")) -> bool:
    """Return whether a short text is in this language, and much more surely than in each of the others.

    From 120 letters on, the detector looks at threes of them alone, by which neighbours are mistaken for each other in
    a line or two; here it is given shorter pieces, of which it looks at single letters to fives, and they are summed.
    """
    detector = _detector(tuple(sorted({language, *others})))
    sure: dict[str, float] = defaultdict(float)
    for piece in textwrap.wrap(text, _PIECE):
        for told in detector.compute_language_confidence_values(piece):
            sure[told.language.iso_code_639_1.name.lower()] += math.log(max(told.value, 1e-99))
    return sure[language] - max(sure[code] for code in others) > _MARGIN


def _function_word_vote(text: str, languages: Iterable[str]) -> str:
    """Return the language whose function words a short text holds, if no other has over a third as many, else ""."""
    if len(text) > 200:
        return ""
    words = {fold(match.group()) for match in _TOKEN.finditer(text)}
    votes = {code: len(words & STOP_WORDS[code]) for code in languages if code in STOP_WORDS}
    if not any(votes.values()) or len(votes) != len(set(languages)):
        return ""
    best = max(votes, key=lambda code: votes[code])
    return best if all(3 * count <= votes[best] for code, count in votes.items() if code != best) else ""


def paragraph_language(text: str, document_language: str) -> str:
    """Return the language of a paragraph of a document in that language.

    It is the document's, unless the paragraph is plainly in another (a long quotation, a bilingual page): three times
    as many function words of one other language, and at least five.
    """
    if document_language not in STOP_WORDS:
        return document_language
    words = [fold(match.group()) for match in _TOKEN.finditer(text[:1000])]
    counts = {code: sum(word in stop_words for word in words) for code, stop_words in STOP_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= max(5, 3 * counts[document_language]) else document_language


@cache
def _detector(languages: tuple[str, ...]) -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [IsoCode639_1.from_str(code) for code in languages]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
