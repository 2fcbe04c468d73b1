"""Which number is written here? Digits with any separator, and number words through text2num."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from text_to_num import text2num

_SPACES = " \u00a0\u202f\u2009"
_DIGITS = rf"\d{{1,3}}(?P<sep>[{_SPACES}.,'’])\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SMALL = {
    "fr": """zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
        dix-huit
        dix-neuf vingts vingt trente quarante cinquante soixante septante huitante octante nonante quatre-vingts
        quatre-vingt cents cent mille millions million milliards milliard billions billion""",
    "en": """zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
        trillion""",
}
_UNITS = {"fr": "un une", "en": "one"}
_SCALE_WORDS = {
    "mille": 1e3, "thousand": 1e3, "hundred": 1e2, "million": 1e6, "millions": 1e6, "milliard": 1e9,
    "milliards": 1e9, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "trillions": 1e12, "bn": 1e9, "mn": 1e6,
    "mln": 1e6, "mds": 1e9, "md": 1e9, "mrd": 1e9, "mrds": 1e9, "tn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9,
}  # fmt: skip
_SCALE = re.compile(rf"[{_SPACES}]{{0,2}}(?:-(?=[a-z]))?(?P<scale>[A-Za-z]+)(?![\w²³])")
_COLLECTIVE = {
    "demi-douzaine": 6, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "demi-million": 500_000,
    "demi-milliard": 500_000_000,
}  # fmt: skip
_FRACTIONS = {
    "deux tiers": 2 / 3, "trois quarts": 3 / 4, "un tiers": 1 / 3, "un quart": 1 / 4, "un cinquième": 1 / 5,
    "un dixième": 1 / 10, "la moitié": 1 / 2, "two-thirds": 2 / 3, "two thirds": 2 / 3, "three-quarters": 3 / 4,
    "three quarters": 3 / 4, "a third": 1 / 3, "one-third": 1 / 3, "one third": 1 / 3, "a quarter": 1 / 4,
    "one quarter": 1 / 4, "a fifth": 1 / 5, "one-fifth": 1 / 5, "a tenth": 1 / 10, "half": 1 / 2,
}  # fmt: skip


def _run(language: str) -> str:
    words = "|".join(sorted(_SMALL[language].split(), key=len, reverse=True))
    one = "|".join(_UNITS[language].split())
    joint = r"(?:[ \u00a0-]et[ \u00a0-]|[ \u00a0-])" if language == "fr" else r"(?: and |[ \u00a0-])"
    return rf"(?:(?:{words})|(?:{one})(?={joint}(?:{words})\b))(?:{joint}(?:{words}|{one})\b)*\b"


_PATTERNS = {
    code: re.compile(
        rf"(?P<digits>{_DIGITS})|\b(?:"
        + r"(?P<fraction>(?:" + "|".join(_FRACTIONS) + r")(?=\s+(?:de\b|des\b|du\b|d['’]|of\b|the\b)))"
        + r"|(?P<half>half a (?:million|billion|dozen|hundred|thousand))"
        + (
            r"|(?P<dozen>(?:an?|one|two|three|four|five|six) dozen)"
            if code == "en"
            else r"|(?P<collective>(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cette|ces|la|d['’]une?) ?(?:"
            + "|".join(f"{w}s?" for w in _COLLECTIVE) + r"))(?=\s+(?:de\b|d['’]|des\b|par\b)|\s*[.,;:)]|\s*$)"
        )
        + rf"|(?P<words>{_run(code)}))",
        re.IGNORECASE,
    )
    for code in ("fr", "en")
}  # fmt: skip
_SCALE_FIRST = re.compile(r"(?:hundred|thousand|[mbtr]+illions?|milliards?)\b", re.IGNORECASE)
_SCALE_LAST = re.compile(r"(?:illions?|illiards?)$", re.IGNORECASE)
_ARTICLE = {"fr": re.compile(r"\bun $", re.I), "en": re.compile(r"\ban? $", re.I)}


_UNITED = re.compile(r"[ \u00a0\u202f]?(?:%|°|(?:km|m|kg|pour\s?cent|per\s?cent)\b)")


@dataclass(frozen=True, slots=True)
class Literal:
    """One number as written: where it stands, its value, and what its form says."""

    start: int
    end: int
    value: float
    form: str
    """ "digits", "words", "collective" (une centaine) or "fraction"."""
    scaled: bool = False
    """Whether it ends in a word such as "millions"."""
    scale: float = 1.0
    """The scale that was printed after digits: 1e6 for "1,5 million"."""


def scan(text: str, language: str) -> list[Literal]:
    """Return every number of the text as written, in reading order, without regard to what it means."""
    found: list[Literal] = []
    for match in _PATTERNS[language].finditer(text):
        if match.group("digits"):
            found.append(_and_half(text, _read_digits(text, match.start(), match.end(), language)))
        elif match.group("words"):
            read = _read_words(text, match.start(), match.end(), language)
            found.extend([*read[:-1], _and_half(text, read[-1])] if read else [])
        else:
            found.extend(_read_phrase(match))
    return [literal for literal in found if literal.value < 1e18]


_HALF = re.compile(r"\s(?:et\sdemie?|and a half)\b(?:\s(?P<scale>million|billion|trillion|thousand|hundred)\b)?")


def _and_half(text: str, literal: Literal) -> Literal:
    """Return "deux millions et demi" and "three and a half million" as one number."""
    match = _HALF.match(text, literal.end)
    if match is None or literal.form not in ("words", "digits"):
        return literal
    scale = _SCALE_WORDS[match.group("scale")] if match.group("scale") else 1.0
    value = (literal.value + literal.scale / 2) * scale
    return replace(
        literal, end=match.end(), value=value, scaled=literal.scaled or scale > 1, scale=max(scale, literal.scale)
    )


def _read_phrase(match: re.Match[str]) -> list[Literal]:
    """Return the number of a phrase such as "half a million", "two dozen", "une centaine" or "deux tiers"."""
    form, words = match.lastgroup, match.group().lower()
    start, end = match.span()
    if form == "fraction":
        return [Literal(start, end, _FRACTIONS[words], "fraction")]
    if form == "half":
        tail = words.split()[-1]
        return [Literal(start, end, (12.0 if tail == "dozen" else _SCALE_WORDS[tail]) / 2, "words", True)]
    if form == "dozen":
        first = words.split()[0]
        count = 1.0 if first in ("a", "an", "one") else spelled(first, "en")
        return [Literal(start, end, 12.0 * (count or 1.0), "words")]
    return _read_collective(words, start, end)


def _read_words(text: str, start: int, end: int, language: str) -> list[Literal]:
    """Return the numbers of a run of number words; where it is not one number, the longest ones it is made of."""
    value = spelled(text[start:end], language)
    if value is not None:
        literal = _worded(text, start, end, value, language)
        return [literal] if literal else []
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\s\u00a0-]+", text[start:end])]
    found, i = [], 0
    while i < len(words):
        for j in range(min(len(words), i + 10), i, -1):
            begin, stop = words[i][0], words[j - 1][1]
            value = spelled(text[begin:stop], language)
            if value is not None and text[begin:stop].lower() not in ("un", "une", "one"):
                literal = _worded(text, begin, stop, value, language)
                found += [literal] if literal else []
                i = j
                break
        else:
            i += 1
    return found


def _worded(text: str, start: int, end: int, value: float, language: str) -> Literal | None:
    """Return the number in letters, with the article of "a hundred"; None for a bare "hundred" or "millions"."""
    words = text[start:end]
    if _SCALE_FIRST.match(words):
        article = _ARTICLE[language].search(text, max(0, start - 4), start)
        if article:
            start = article.start()
        elif language == "en" or _SCALE_FIRST.fullmatch(words):
            return None
    last = re.split(r"[\s-]", words.lower())[-1]
    return Literal(start, end, value, "words", bool(_SCALE_LAST.search(words)), _SCALE_WORDS.get(last, 1.0))


def _read_collective(words: str, start: int, end: int) -> list[Literal]:
    """Return the number of "une centaine" or "d'une vingtaine" (without its "d'")."""
    if words.startswith(("d'", "d’")):
        words, start = words[2:], start + 2
    first, _, name = words.partition(" ")
    base = _COLLECTIVE.get(name) or _COLLECTIVE.get(name.removesuffix("s"))
    if base is None or first in ("ces", "la", "cette"):
        return []
    count = 1.0 if first in ("un", "une") else spelled(first, "fr") or 1.0
    return [Literal(start, end, base * count, "collective", name.startswith("demi-m"))]


@lru_cache(maxsize=20_000)
def spelled(words: str, language: str) -> float | None:
    """Return the value of a number in letters: ``spelled("trois mille", "fr") == 3000.0``; None where it is none."""
    try:
        return float(text2num(re.sub(r"[\s\u00a0]+", " ", words.lower()), language))
    except ValueError:
        return None


def _read_digits(text: str, start: int, end: int, language: str) -> Literal:
    printed = text[start:end]
    signed = text[max(0, start - 2) : start].rstrip().endswith(("$", "£", "€"))
    scale, tail = _scale_after(text, end, language, currency=signed)
    united = scale != 1.0 or bool(_UNITED.match(text, end))
    value = parse_digits(printed, language, united=united) if len(printed) < 30 else 1e18
    return Literal(start, tail, round(value * scale, 6), "digits", scale != 1.0, scale)


def _scale_after(text: str, end: int, language: str, *, currency: bool) -> tuple[float, int]:
    """Return the scale printed after digits ("millions", "bn", "M€") and where it ends, or 1 and `end`."""
    match = _SCALE.match(text, end)
    if not match:
        return 1.0, end
    word, after = match.group("scale"), text[match.end() : match.end() + 2].lstrip()
    scale = _SCALE_WORDS.get(word.lower())
    if scale is None or (word.lower() == "hundred" and language == "fr"):
        return 1.0, end
    if word.lower() in ("billion", "billions") and language == "fr":
        return 1e12, match.end()
    if len(word) == 1:
        signed = currency or after[:1] in ("€", "$", "£")
        counted = word == "m" and "." in text[max(0, end - 3) : end] and match.start("scale") == end
        if not (signed or (language == "en" and counted) or (word in "kK" and match.start("scale") == end)):
            return 1.0, end
    elif (word.lower() in ("md", "mn") and word not in ("Md", "mn")) or (word == "mn" and language == "fr"):
        return 1.0, end
    return scale, match.end()


def parse_digits(printed: str, language: str, *, united: bool = False) -> float:
    """Return the value of digits as printed: "5 000", "5.000" and "5,000" are 5000, "14,2" and "14.2" are 14.2.

    Three digits after a single comma or point are a group of thousands, save where the language's decimal sign is
    followed by a unit or a scale (`united`): "1,234 milliard" in French, "3.142 million" in English.
    """
    bare = re.sub(rf"[{_SPACES}'’]", "", printed)
    signs = [c for c in bare if c in ".,"]
    if not signs:
        return float(bare)
    decimal = "," if language == "fr" else "."
    if len(set(signs)) == 2:
        last = signs[-1]
        return float(bare.replace("," if last == "." else ".", "").replace(last, "."))
    if len(signs) > 1:
        return float(bare.replace(signs[0], ""))
    head, tail = bare.split(signs[0])
    grouped = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
    if grouped and signs[0] == decimal:
        grouped = not united and (tail == "000" or language == "fr")
    return float(head + tail) if grouped else float(f"{head}.{tail}")
