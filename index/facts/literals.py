"""Which number is written here? Digits with any separator, and number words through text2num."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from text_to_num import text2num

from index.facts.openings import match_openings
from index.facts.tables import table
from index.facts.tables.figures import Numbers

_SPACES = " \u00a0\u202f\u2009"
_DIGITS = rf"\d{{1,3}}(?P<sep>[{_SPACES}.,'’])\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SCALE = re.compile(rf"[{_SPACES}]{{0,2}}(?:-(?=[a-z]))?(?P<scale>[A-Za-z]+)(?![\w²³])")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_WORD = re.compile(r"[^\s\u00a0-]+")
_CURRENCIES = ("$", "£", "€")
_LARGEST = 1e18
"""What is not smaller is no number that an article counts."""


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


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what a number looks like: digits, a fraction, a half, a collective, or a run of number words."""
    numbers = table(language).numbers
    words = "|".join(sorted(numbers.small, key=lambda word: (-len(word), word)))
    ones = "|".join(sorted(numbers.ones))
    joint = numbers.joint
    run = rf"(?:(?:{words})|(?:{ones})(?={joint}(?:{words})\b))(?:{joint}(?:{words}|{ones})\b)*\b"
    half = rf"(?P<half>{numbers.half} (?:{'|'.join(numbers.half_scales)}))" if numbers.half else r"(?P<half>(?!))"
    counts = "|".join(numbers.collective_counts)
    collective = f"(?:{counts})" + numbers.collective.replace("{names}", "|".join(numbers.collectives))
    return re.compile(
        rf"(?P<digits>{_DIGITS})|\b(?:"
        rf"(?P<fraction>(?:{'|'.join(numbers.fractions)})(?=\s+(?:{numbers.fraction_of})))|{half}"
        rf"|(?P<collective>{collective})|(?P<words>{run}))",
        re.IGNORECASE,
    )


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words that a number in letters may begin with: the first of each that the pattern knows."""
    numbers = table(language).numbers
    phrases = (*numbers.small, *numbers.ones, *numbers.fractions, *numbers.collective_counts, numbers.half)
    return frozenset(_WORD.findall(phrase)[0] for phrase in phrases if phrase)


def scan(text: str, language: str) -> list[Literal]:
    """Return every number of the text as written, in reading order, without regard to what it means."""
    found: list[Literal] = []
    for match in match_openings(text, _pattern(language), _openers(language)):
        if match.group("digits"):
            found.append(_and_half(text, _read_digits(text, match.start(), match.end(), language), language))
        elif match.group("words"):
            read = _read_words(text, match.start(), match.end(), language)
            found.extend([*read[:-1], _and_half(text, read[-1], language)] if read else [])
        else:
            found.extend(_read_phrase(match, language))
    return [literal for literal in found if literal.value < _LARGEST]


def _and_half(text: str, literal: Literal, language: str) -> Literal:
    """Return "deux millions et demi" and "three and a half million" as one number."""
    numbers = table(language).numbers
    match = numbers.and_half.match(text, literal.end)
    if match is None or literal.form not in ("words", "digits"):
        return literal
    scale = numbers.scales[match.group("scale")] if match.group("scale") else 1.0
    value = (literal.value + literal.scale / 2) * scale
    return replace(
        literal, end=match.end(), value=value, scaled=literal.scaled or scale > 1, scale=max(scale, literal.scale)
    )


def _read_phrase(match: re.Match[str], language: str) -> list[Literal]:
    """Return the number of a phrase such as "half a million", "two dozen", "une centaine" or "deux tiers"."""
    form, words = match.lastgroup, match.group().lower()
    start, end = match.span()
    numbers = table(language).numbers
    if form == "fraction":
        return [Literal(start, end, numbers.fractions[words], "fraction")]
    if form == "half":
        return [Literal(start, end, numbers.half_scales[words.split()[-1]] / 2, "words", True)]
    return _read_collective(words, start, end, language)


def _read_collective(words: str, start: int, end: int, language: str) -> list[Literal]:
    """Return the number of "two dozen", "une centaine" or "d'une vingtaine" (without its "d'")."""
    numbers = table(language).numbers
    if words.startswith(numbers.collective_elided):
        words, start = words[2:], start + 2
    first, _, name = words.partition(" ")
    base = numbers.collectives.get(name) or numbers.collectives.get(name.removesuffix("s"))
    if base is None or first in numbers.collective_none:
        return []
    count = 1.0 if first in numbers.collective_one else spelled(first, language) or 1.0
    form = "collective" if numbers.about else "words"
    return [Literal(start, end, base * count, form, name.startswith(numbers.collective_scaled))]


def _read_words(text: str, start: int, end: int, language: str) -> list[Literal]:
    """Return the numbers of a run of number words; where it is not one number, the longest ones it is made of."""
    value = spelled(text[start:end], language)
    numbers = table(language).numbers
    if value is not None:
        literal = _worded(text, start, end, value, numbers)
        return [literal] if literal else []
    words = [(start + m.start(), start + m.end()) for m in _NUMBER_WORD.finditer(text[start:end])]
    found, i = [], 0
    while i < len(words):
        for j in range(min(len(words), i + 10), i, -1):
            begin, stop = words[i][0], words[j - 1][1]
            value = spelled(text[begin:stop], language)
            if value is not None and text[begin:stop].lower() not in numbers.ones:
                literal = _worded(text, begin, stop, value, numbers)
                found += [literal] if literal else []
                i = j
                break
        else:
            i += 1
    return found


def _worded(text: str, start: int, end: int, value: float, numbers: Numbers) -> Literal | None:
    """Return the number in letters, with the article of "a hundred"; None for a bare "hundred" or "millions"."""
    words = text[start:end]
    if numbers.scale_first.match(words):
        article = numbers.article.search(text, max(0, start - 4), start)
        if article:
            start = article.start()
        elif numbers.scale_needs_article or numbers.scale_first.fullmatch(words):
            return None
    last = re.split(r"[\s-]", words.lower())[-1]
    return Literal(start, end, value, "words", bool(numbers.scale_last.search(words)), numbers.scales.get(last, 1.0))


@lru_cache(maxsize=20_000)
def spelled(words: str, language: str) -> float | None:
    """Return the value of a number in letters: ``spelled("trois mille", "fr") == 3000.0``; None where it is none."""
    try:
        return float(text2num(re.sub(r"[\s\u00a0]+", " ", words.lower()), language))
    except ValueError:
        return None


@cache
def _united(language: str) -> re.Pattern[str]:
    """Return what follows digits that are no group of thousands of a bare count."""
    return re.compile(rf"[ \u00a0\u202f]?(?:%|°|(?:km|m|kg|{table(language).numbers.percent})\b)")


def _read_digits(text: str, start: int, end: int, language: str) -> Literal:
    printed = text[start:end]
    signed = text[max(0, start - 2) : start].rstrip().endswith(_CURRENCIES)
    scale, tail = _scale_after(text, end, table(language).numbers, currency=signed)
    united = scale != 1.0 or bool(_united(language).match(text, end))
    value = parse_digits(printed, language, united=united) if len(printed) < 30 else _LARGEST
    return Literal(start, tail, round(value * scale, 6), "digits", scale != 1.0, scale)


def _scale_after(text: str, end: int, numbers: Numbers, *, currency: bool) -> tuple[float, int]:
    """Return the scale printed after digits ("millions", "bn", "M€") and where it ends, or 1 and `end`."""
    match = _SCALE.match(text, end)
    if not match:
        return 1.0, end
    word, after = match.group("scale"), text[match.end() : match.end() + 2].lstrip()
    scale = numbers.scales.get(word.lower())
    if scale is None:
        return 1.0, end
    glued = match.start("scale") == end
    if len(word) == 1:
        signed = currency or after.startswith(_CURRENCIES)
        decimal = word in numbers.letter_scales and "." in text[max(0, end - 3) : end] and glued
        if not (signed or decimal or (word in "kK" and glued)):
            return 1.0, end
    elif word not in numbers.cased_scales.get(word.lower(), (word,)):
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
    if len(set(signs)) == 2:
        last = signs[-1]
        return float(bare.replace("," if last == "." else ".", "").replace(last, "."))
    if len(signs) > 1:
        return float(bare.replace(signs[0], ""))
    numbers = table(language).numbers
    head, tail = bare.split(signs[0])
    grouped = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
    if grouped and signs[0] == numbers.decimal:
        grouped = not united and (tail == "000" or numbers.groups_by_decimal)
    return float(head + tail) if grouped else float(f"{head}.{tail}")
