"""Which numbers count nothing? Identifiers, ordinals, references, telephone numbers, addresses, list markers."""

from __future__ import annotations

import re
from functools import cache

from index.facts.literals import Literal
from index.facts.tables import LANGUAGES, table
from index.facts.tables.figures import Exclusions
from index.facts.units import unit_after
from index.language import fold, is_stop_word

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w+")
_SCORE = re.compile(r"(?<![\d.,/–-])(\d{1,3})[-–](\d{1,3})(?![\d.,%–-]|[ \u00a0\u202f]?[%€$])")
_MASK = r"""(?<![\w.])\d{1,4}(?:\.\d{1,4}){3,}(?!\d)|(?<![\w.])\d{1,2}(?:\.\d{1,2}){2,}(?![\d])
    |(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}|\[\d{1,3}\]|\(\d{1,2}\)"""
"""Versions and addresses of machines, international telephone numbers, references; verbose."""
_LIST_MARKER = re.compile(r"^[ \t]*\d{1,3}[.)](?=\s+\S)", re.MULTILINE)
_WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)[ \u00a0]$")
_REFERENCE_BEFORE = re.compile(r"([^\W\d_]+)\.?°?[ \u00a0]?$")
_NOUN_BEFORE = re.compile(r"([^\W\d_]{3,}) $")


@cache
def _mask() -> re.Pattern[str]:
    """Return what no number is a figure in; an address keeps its form in a text of another language."""
    parts = [_MASK, *(table(language).exclusions.mask for language in LANGUAGES)]
    return re.compile(rf"(?=[\d+(\[])(?:{'|'.join(parts)})", re.VERBOSE)


@cache
def _counted(language: str) -> re.Pattern[str]:
    """Return what a counted word looks like right behind a number."""
    of = table(language).exclusions.of
    return re.compile(rf"[\s\u00a0]+(?:{of})?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")


def masks(text: str) -> list[tuple[int, int]]:
    """Return the intervals in which no number is a figure: addresses, telephone numbers, versions, list markers."""
    found = [match.span() for match in _mask().finditer(text)]
    found += [match.span() for match in _LIST_MARKER.finditer(text)]
    found += [match.span() for match in _SCORE.finditer(text) if int(match.group(1)) >= int(match.group(2))]
    if "@" in text or "://" in text or "www." in text:
        found += [match.span() for match in _ADDRESS.finditer(text)]
    return found


def is_excluded(text: str, item: Literal, language: str) -> bool:
    """Return whether a number names, orders or dates something instead of counting it."""
    words = table(language).exclusions
    printed, after = text[item.start : item.end], text[item.end : item.end + 1]
    if printed[0] == "0" and len(printed) > 1 and printed[1].isdigit():
        return True
    if _is_joined(text, item, words) or _is_ordinal(text, item, language):
        return True
    if item.form == "words" and _is_word_only(text, item, language):
        return True
    if after and after in "/:" and text[item.end + 1 : item.end + 2].isdigit():
        return True
    if unit_after(text, item.end, language, scaled=item.scaled, spelled=item.form != "digits"):
        return False
    if after.isalpha() or after == "_":
        return True
    return _is_named(text, item, language)


def _is_joined(text: str, item: Literal, words: Exclusions) -> bool:
    """Return whether a sign or a letter joins the number to what stands before it: "F-16", "1/2", "#3"."""
    before = text[max(0, item.start - 1) : item.start]
    if not before:
        return False
    joined = before.isalnum() or before in "_#@/\\.,:" or (before in "-‑–" and _glued(text, item.start - 1, words))
    return joined and not (before in ":/" and text[item.start - 2 : item.start - 1].isspace())


def _is_ordinal(text: str, item: Literal, language: str) -> bool:
    words = table(language).exclusions
    if words.ordinal.match(text, item.end) or (item.form == "words" and words.ordinal_word.match(text, item.end)):
        return True
    hyphen = text[item.end : item.end + 1] == "-" and item.form != "digits"
    return hyphen and _hyphenated_on(text, item.end, language)


def _is_word_only(text: str, item: Literal, language: str) -> bool:
    """Return whether a number in letters counts nothing: "les deux", "un bâtiment neuf", "pour cent"."""
    words = table(language).exclusions
    if item.value == 2 and words.both.search(text, max(0, item.start - 8), item.start):
        return True
    if item.value == 100 and words.per.search(text, max(0, item.start - 5), item.start):
        return True
    return bool(words.new) and text[item.start : item.end] == words.new and _is_new(text, item, language)


def _is_new(text: str, item: Literal, language: str) -> bool:
    """Return whether "neuf" says new of the noun before it: "un bâtiment neuf de 240 lits"."""
    match = _NOUN_BEFORE.search(text[max(0, item.start - 25) : item.start])
    noun = match is not None and not is_stop_word(match.group(1), language)
    return noun and not _counts(text, item.end, language)


def _glued(text: str, dash: int, words: Exclusions) -> bool:
    """Return whether a dash joins the number to a word or a digit before it: "F-16", "Covid-19"."""
    return dash > 0 and (text[dash - 1].isalpha() or words.serial.search(text, max(0, dash - 6), dash) is not None)


def _hyphenated_on(text: str, end: int, language: str) -> bool:
    """Return whether number words go on in a word that is no unit: "twenty-third", "two-storey"."""
    return text[end + 1 : end + 2].isalpha() and unit_after(text, end, language, scaled=False) is None


def _is_named(text: str, item: Literal, language: str) -> bool:
    """Return whether the word before makes the number a name: "article 49", "Boeing 747"; "Paris 300 people" not."""
    words = table(language).exclusions
    reference = _reference_before(text, item.start)
    if item.form != "digits":
        named = reference in words.references and reference not in words.digit_references
        return named and not _counts(text, item.end, language)
    if reference in words.references:
        return True
    match = _WORD_BEFORE.search(text[max(0, item.start - 25) : item.start])
    if match is None:
        return False
    word, printed = match.group("word"), text[item.start : item.end]
    if fold(word) in words.timeline and not _counts(text, item.end, language):
        return True
    capital = word[0].isupper() and not _opens_sentence(text, item.start - len(match.group()))
    return capital and printed.isdigit() and len(printed) <= 4 and not _counts(text, item.end, language)


def _reference_before(text: str, start: int) -> str:
    """Return the word right before an offset, folded, "" where there is none."""
    match = _REFERENCE_BEFORE.search(text[max(0, start - 20) : start])
    return fold(match.group(1)) if match else ""


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' \u00a0«“"')
    return not before or before[-1] in ".!?…:\n•-–—"


def _counts(text: str, end: int, language: str) -> bool:
    """Return whether a word that can be counted follows: a plural, or a word for people."""
    match = _counted(language).match(text, end)
    if match is None:
        return False
    word = match.group("word").lower()
    plural = len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss")
    return plural or word in table(language).exclusions.people
