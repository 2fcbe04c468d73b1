"""Which numbers count nothing? Identifiers, ordinals, references, telephone numbers, addresses, list markers."""

from __future__ import annotations

import re

from index.facts.literals import Literal
from index.facts.units import unit_after
from index.language import fold, is_stop_word

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w+")
_SCORE = re.compile(r"(?<![\d.,/–-])(\d{1,3})[-–](\d{1,3})(?![\d.,%–-]|[ \u00a0\u202f]?[%€$])")
_SERIAL = re.compile(r"(?:n°\s?|no\.?\s)\d+$", re.IGNORECASE)
_MASK = re.compile(
    r"""(?=[\d+(\[ \t])(?:(?<![\w.])\d{1,4}(?:\.\d{1,4}){3,}(?!\d)|(?<![\w.])\d{1,2}(?:\.\d{1,2}){2,}(?![\d])
    |(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}|(?<![\w,.])0\d(?:[ .\u00a0-]\d\d){4}(?!\d)
    |(?<![\w,.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|(?<![\w,.])0[18]\d\d?[ ]\d{3}[ ]\d{3,4}(?!\d)
    |(?<=\bau[ ])(?:112|911|999|1[578])(?![\d.,]|[ ]\w)|(?<=n°[ ])\d+-\d+
    |(?<![\w,.-])\d{3}-\d{4}(?![\d-])|\[\d{1,3}\]|\(\d{1,2}\)
    |(?:^|(?<=\n))[ \t]*\d{1,3}[.)](?=\s+\S)
    |(?<![\w.,])\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|boulevard|bd|place[ ]d|allée|chemin|quai|impasse|cours)\b
    |(?<![\w.,])\d{1,5}[ ][A-Z][a-z]+[ ](?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Square)\b
    |(?<=[\n,(])[ ]?\d{5}[ ](?=[A-ZÉ][a-zé]))""",
    re.VERBOSE,
)
_REFERENCES = frozenset(
    """article articles art section page pages p chapitre chapter paragraphe paragraph alinea n no nos numero number
    figure fig tableau table annexe appendix phase type ligne line route highway vol flight lot groupe group niveau
    level category categorie stage etape round episode saison season tome volume version chambre room apartment
    appartement gate quai porte channel canal interstate departementale nationale autoroute resolution protocol
    protocole psaume verset grade step item clause amendment amendement titre scenario option proposition question
    terminal terminals visa bus tram metro salle unit post sol hall bay kilometre kilometer formule formula ligue
    boeing airbus falcon
    windows iphone galaxy ps xbox apollo soyouz soyuz chapter
    arrondissement district zone sector secteur division promotion top""".split()
)
"""Words before a number that then names one thing of a series."""

_TIMELINE = frozenset("jour day semaine week year annee".split())
_ORDINAL = re.compile(
    r"(?:er|ère|re|e|è|ème|eme|nd|nde|st|th|rd|º|ᵉ)s?(?!\w)|-(?:ième|\w*ième\w*|first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth)",
    re.I,
)
_ORDINAL_WORD = re.compile(r"\s\w{3,12}ièmes?\b", re.IGNORECASE)
_PLURAL = re.compile(r"[\s\u00a0]+(?:d['’]|of\s|de\s)?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_BOTH = re.compile(r"\b(?:les|ces|ses|leurs|nos|vos|the|these|those|both|its|their)\s$", re.IGNORECASE)
_PEOPLE = frozenset("people men women children police personnel staff dead others more percent million".split())


def masks(text: str) -> list[tuple[int, int]]:
    """Return the intervals in which no number is a figure: addresses, telephone numbers, versions, list markers."""
    found = [match.span() for match in _MASK.finditer(text)]
    found += [match.span() for match in _SCORE.finditer(text) if int(match.group(1)) >= int(match.group(2))]
    if "@" in text or "://" in text or "www." in text:
        found += [match.span() for match in _ADDRESS.finditer(text)]
    return found


def excluded(text: str, item: Literal, language: str) -> bool:
    """Return whether a number names, orders or dates something instead of counting it."""
    before, after = text[max(0, item.start - 1) : item.start], text[item.end : item.end + 1]
    printed = text[item.start : item.end]
    if printed[0] == "0" and len(printed) > 1 and printed[1].isdigit():
        return True
    joined = before and (
        before.isalnum() or before in "_#@/\\.,:" or (before in "-‑–" and _glued(text, item.start - 1))
    )
    if joined and not (before in ":/" and text[item.start - 2 : item.start - 1].isspace()):
        return True
    if item.form == "words" and _ORDINAL_WORD.match(text, item.end):
        return True
    if _ORDINAL.match(text, item.end) or (after == "-" and item.form != "digits" and _hyphenated_on(text, item.end)):
        return True
    if item.form == "words" and item.value == 2 and _BOTH.search(text, max(0, item.start - 8), item.start):
        return True
    if printed == "neuf" and _is_new(text, item, language):
        return True
    if item.form == "words" and re.search(r"pour\s$", text[max(0, item.start - 5) : item.start]) and item.value == 100:
        return True
    if after in "/:" and text[item.end + 1 : item.end + 2].isdigit():
        return True
    if unit_after(text, item.end, scaled=item.scaled, spelled=item.form != "digits"):
        return False
    if after.isalpha() or after == "_":
        return True
    return _named(text, item, language)


def _is_new(text: str, item: Literal, language: str) -> bool:
    """Return whether "neuf" says new of the noun before it: "un bâtiment neuf de 240 lits"."""
    match = re.search(r"([^\W\d_]{3,}) $", text[max(0, item.start - 25) : item.start])
    noun = match is not None and not is_stop_word(match.group(1), language)
    return noun and not _counts(text, item.end, language)


def _glued(text: str, dash: int) -> bool:
    """Return whether a dash joins the number to a word or a digit before it: "F-16", "Covid-19"."""
    return dash > 0 and (text[dash - 1].isalpha() or _SERIAL.search(text, max(0, dash - 6), dash) is not None)


def _hyphenated_on(text: str, end: int) -> bool:
    """Return whether number words go on in a word that is no unit: "twenty-third", "two-storey"."""
    return text[end + 1 : end + 2].isalpha() and unit_after(text, end, scaled=False) is None


def _named(text: str, item: Literal, language: str) -> bool:
    """Return whether the word before makes the number a name: "article 49", "Boeing 747"; "Paris 300 people" not."""
    if item.form != "digits":
        return _word_before(text, item.start, _REFERENCES - {"top", "question", "nationale"}) and not _counts(
            text, item.end, language
        )
    if _word_before(text, item.start, _REFERENCES):
        return True
    match = re.search(r"(?P<word>[^\W\d_]+)[ \u00a0]$", text[max(0, item.start - 25) : item.start])
    if match is None:
        return False
    word, printed = match.group("word"), text[item.start : item.end]
    if fold(word) in _TIMELINE and not _counts(text, item.end, language):
        return True
    capital = word[0].isupper() and not _opens_sentence(text, item.start - len(match.group()))
    return capital and printed.isdigit() and len(printed) <= 4 and not _counts(text, item.end, language)


def _word_before(text: str, start: int, words: frozenset[str]) -> bool:
    match = re.search(r"([^\W\d_]+)\.?°?[ \u00a0]?$", text[max(0, start - 20) : start])
    return match is not None and fold(match.group(1)) in words


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' \u00a0«“"')
    return not before or before[-1] in ".!?…:\n•-–—"


def _counts(text: str, end: int, language: str) -> bool:
    """Return whether a word that can be counted follows: a plural, or a word for people."""
    match = _PLURAL.match(text, end)
    if match is None:
        return False
    word = match.group("word").lower()
    return (len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss")) or word in _PEOPLE
