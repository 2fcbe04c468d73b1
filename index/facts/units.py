"""Which unit is this, standardised? Currencies as ISO 4217, measures as their usual symbol, "%", and times as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.facts.tables import LANGUAGES, table
from index.language import fold

SYMBOLS = {
    "US$": "USD", "C$": "CAD", "A$": "AUD", "HK$": "HKD", "R$": "BRL", "S$": "SGD", "NZ$": "NZD", "$US": "USD",
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₺": "TRY",
    "₪": "ILS", "USD": "USD", "EUR": "EUR", "GBP": "GBP", "CHF": "CHF", "JPY": "JPY", "CNY": "CNY", "CAD": "CAD",
    "AUD": "AUD", "RUB": "RUB", "INR": "INR", "KRW": "KRW", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN",
    "BRL": "BRL", "CZK": "CZK", "HUF": "HUF", "ZAR": "ZAR", "MXN": "MXN", "TRY": "TRY", "XOF": "XOF", "FCFA": "XOF",
    "Rs": "INR",
}  # fmt: skip
"""Signs and codes of money, which may stand before the number or after it; "$" alone is read as US dollars."""

MEASURES = {
    r"%(?!\w)|‰": "%", r"km\s*/\s*h|kmh": "km/h", r"km2|km²": "km²", r"m2|m²": "m²", r"m3|m³": "m³", r"km": "km",
    r"cm": "cm", r"mm": "mm", r"m(?!²|³)": "m", r"ft": "ft", r"kg": "kg", r"mg": "mg", r"µg|μg": "µg", r"g": "g",
    r"t": "t", r"oz": "oz", r"ha": "ha", r"hl": "hl", r"ml": "ml", r"l": "l", r"°\s*c|ºc|°(?!\s*f)": "°C",
    r"°\s*f": "°F", r"kwh": "kWh", r"mwh": "MWh", r"gwh": "GWh", r"twh": "TWh", r"kw": "kW", r"mw": "MW", r"gw": "GW",
    r"mph": "mph", r"pts?": "points", r"gb": "GB", r"mb": "MB", r"tb": "TB", r"ms": "ms", r"db": "dB", r"hz": "Hz",
    r"hp": "hp",
}  # fmt: skip
"""Patterns of the symbols of measures, which are those of every language, by what they are standardised to."""

TIMES = frozenset("years months weeks days hours minutes seconds decades centuries".split())
KINDS = {
    "money": frozenset(SYMBOLS.values()).union(*(table(code).units.currencies.values() for code in LANGUAGES)),
    "percent": frozenset({"%", "points", "fraction"}),
    "change": frozenset({"%", "points", "fraction"}),
    "age": frozenset({"years", "months"}),
    "duration": TIMES,
    "distance": frozenset({"km", "m", "cm", "mm", "mi", "ft", "in", "yd", "nmi"}),
    "area": frozenset({"km²", "m²", "mi²", "ft²", "ha", "acre"}),
    "weight": frozenset({"kg", "g", "mg", "µg", "t", "lb", "oz"}),
    "temperature": frozenset({"°C", "°F"}),
    "speed": frozenset({"km/h", "mph", "kn"}),
    "volume": frozenset({"l", "hl", "ml", "m³", "gal", "bbl"}),
    "energy": frozenset({"kWh", "MWh", "GWh", "TWh", "kW", "MW", "GW", "W"}),
}
"""The units by which each kind of quantity is told."""

_SIGNS = sorted(SYMBOLS, key=len)[::-1]
_SIGN_AFTER = re.compile("|".join(re.escape(s) + (r"\b" if s[-1].isalpha() else "") for s in _SIGNS))
_SIGN_BEFORE = re.compile(r"(?:^|(?<![A-Za-z]))(" + "|".join(map(re.escape, _SIGNS)) + r")[ \u00a0\u202f]?$")
_SHORT = frozenset(
    "ms km cm mm m ft kg mg g t lb oz ha hl ml l kW MW GW Go GB Mo MB TB dB Hz hp mn an mi pt µg μg".split()
)
"""Units of one or two letters, as printed: "12 t" and "12 km" are, "12 T" or "3 M" are not."""


@cache
def _words(language: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Return the patterns of units in words, money first, each with the unit that a group of it stands for.

    The words of the language come before the symbols, so that "km/heure" is never read as "km".
    """
    units = table(language).units
    return _tail(units.currencies), _tail({**units.measures, **MEASURES})


def _tail(units: Mapping[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {f"u{i}": unit for i, unit in enumerate(units.values())}
    ends = [rf"(?P<u{i}>(?:{pattern}){'' if pattern[0] in '%°' else chr(92) + 'b'})" for i, pattern in enumerate(units)]
    return re.compile("|".join(ends), re.IGNORECASE), names


@cache
def _gap(language: str) -> re.Pattern[str]:
    """Return what may stand between a number and its unit; a hyphen joins them in "a 12-mile road"."""
    return re.compile(r"[ \u00a0\u202f]{0,2}(?:-(?=[a-z]))?" + table(language).units.gap)


def unit_after(
    text: str, position: int, language: str, *, scaled: bool, spelled: bool = False
) -> tuple[str, int] | None:
    """Return the unit printed at this position (right after a number) and where it ends, or None.

    `scaled` says that the number ends in a word such as "millions", after which "de" may come before the unit;
    `spelled` that the number is in letters, after which no abbreviation is read as a unit.
    """
    units = table(language).units
    gap = _gap(language).match(text, position)
    begin = gap.end() if gap else position
    if gap and not scaled and gap.group().rstrip().endswith(units.of):
        begin = position + len(gap.group()) - len(gap.group().lstrip())
    sign = _SIGN_AFTER.match(text, begin)
    if sign:
        return SYMBOLS[sign.group()], sign.end()
    for pattern, names in _words(language):
        best = pattern.match(text, begin)
        if best and best.lastgroup:
            word = best.group()
            if spelled and word.lower().startswith(units.not_spelled):
                continue
            if word.lower() in units.not_money and not scaled:
                continue
            if len(word) <= 2 and word.isalpha() and (spelled or not _abbreviates(text, word, best.end())):
                continue
            return names[best.lastgroup], best.end()
    return None


def unit_named(word: str, language: str) -> str:
    """Return the unit that a word is: "millimètres" is "mm"; "" for one that is none."""
    found = unit_after(word, 0, language, scaled=False)
    return found[0] if found and found[1] == len(word) else ""


def one_time(text: str, start: int, end: int, language: str) -> tuple[int, int, str] | None:
    """Return where one of a measure of time stands in these characters of a text, and its unit: "un mois", "a year".

    An article is no figure to whoever counts; to somebody who asks how long it is.
    """
    for word in re.finditer(r"[^\W\d_]+", text[start:end]):
        begins = start + word.end()
        if fold(word.group()) in table(language).dates.ones and text[begins : begins + 1].isspace():
            found = unit_after(text, begins, language, scaled=False)
            if found and found[0] in TIMES and found[1] <= end:
                return start + word.start(), found[1], found[0]
    return None


def _abbreviates(text: str, word: str, end: int) -> bool:
    """Return whether a short word is a unit as printed, and not the elided word of "12 l'..."."""
    return word in _SHORT and text[end : end + 1] not in ("'", "’", "-")


def currency_before(text: str, position: int) -> tuple[str, int] | None:
    """Return the currency sign printed right before this position and where it starts, or None."""
    low = max(0, position - 5)
    sign = _SIGN_BEFORE.search(text, low, position)
    return (SYMBOLS[sign.group(1)], sign.start(1)) if sign else None
