"""Which unit is this, standardised? Currencies as ISO 4217, measures as their usual symbol, "%", and times as words."""

from __future__ import annotations

import re

SYMBOLS = {
    "US$": "USD", "C$": "CAD", "A$": "AUD", "HK$": "HKD", "R$": "BRL", "S$": "SGD", "NZ$": "NZD", "$US": "USD",
    "$": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₪": "ILS",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "CHF": "CHF", "JPY": "JPY", "CNY": "CNY", "CAD": "CAD", "AUD": "AUD",
    "RUB": "RUB", "INR": "INR", "KRW": "KRW", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN", "BRL": "BRL",
    "CZK": "CZK", "HUF": "HUF", "ZAR": "ZAR", "MXN": "MXN", "TRY": "TRY", "XOF": "XOF", "FCFA": "XOF", "Rs": "INR",
}  # fmt: skip
"""Signs and codes of money, which may stand before the number or after it; "$" alone is read as US dollars."""

CURRENCIES = {
    r"euros?": "EUR", r"dollars?\s+canadiens?": "CAD", r"dollars?\s+australiens?": "AUD",
    r"canadian\s+dollars?": "CAD",
    r"australian\s+dollars?": "AUD", r"(?:us\s+)?dollars?(?:\s+américains?)?": "USD", r"livres?\s+sterling": "GBP",
    r"pounds?\s+sterling": "GBP", r"pounds?": "GBP", r"(?:swiss\s+)?francs?\s+suisses?": "CHF",
    r"swiss\s+francs?": "CHF", r"francs?\s+cfa": "XOF", r"cfa\s+francs?": "XOF", r"francs?": "franc",
    r"yens?": "JPY", r"yuans?": "CNY", r"(?:south\s+korean\s+)?wons?": "KRW", r"roubles?|rubles?": "RUB",
    r"roupies?|rupees?": "INR",
    r"hryvnias?": "UAH", r"zlotys?": "PLN", r"pesos?": "peso", r"reais": "BRL", r"shekels?": "ILS",
    r"dirhams?": "dirham", r"dinars?": "dinar", r"rands?": "ZAR", r"nairas?": "NGN", r"kronor": "SEK",
    r"cents?(?=\s(?!mille))|cents?(?=[.,;)])|centimes?|pence": "cent",
    r"couronnes?\s+suédoises?": "SEK", r"couronnes?\s+norvégiennes?": "NOK", r"couronnes?\s+danoises?": "DKK",
}  # fmt: skip

MEASURES = {
    r"%(?!\w)|‰|(?:pour\s*cent|per\s*cent|percent|pct)\b(?!age)": "%",
    r"points?\s+de\s+pourcentage|percentage[\s-]points?|points?\s+de\s+base|basis\s+points?|points?|pts?": "points",
    r"km\s*/\s*h|km/heure|kilomètres?[\s-]heure|kilomètres?\s+par\s+heure|kilometers?\s+(?:per|an)\s+hour"
    r"|kilometres?\s+(?:per|an)\s+hour|kph|kmh": "km/h",
    r"mph|miles?\s+(?:per|an)\s+hour": "mph",
    r"km2|km²|kilomètres?[\s-]carrés?|square[\s-]kilomet(?:re|er)s?": "km²",
    r"m2|m²|mètres?[\s-]carrés?|square[\s-]met(?:re|er)s?": "m²",
    r"m3|m³|mètres?[\s-]cubes?|cubic[\s-]met(?:re|er)s?": "m³",
    r"square[\s-]miles?": "mi²", r"square[\s-]f(?:ee|oo)t": "ft²",
    r"kilomètres?|kilomet(?:re|er)s?|km": "km", r"centimètres?|centimet(?:re|er)s?|cm": "cm",
    r"millimètres?|millimet(?:re|er)s?|mm": "mm", r"mètres?|met(?:re|er)s?|m(?!²|³)": "m",
    r"miles?(?!\s+nautiques)": "mi", r"f(?:ee|oo)t|ft": "ft", r"inch(?:es)?|pouces?": "in", r"yards?": "yd",
    r"milles?\s+(?:nautiques?|marins?)|nautical\s+miles?": "nmi",
    r"kilogrammes?|kilograms?|kilos?|kg": "kg", r"milligrammes?|milligrams?|mg": "mg",
    r"microgrammes?|micrograms?|µg|μg": "µg", r"grammes?|grams?|g": "g",
    r"tonnes?|(?:metric\s+)?tons?|t": "t", r"lbs?": "lb", r"ounces?|onces?|oz": "oz",
    r"hectares?|ha": "ha", r"acres?": "acre", r"hectolitres?|hl": "hl", r"millilitres?|milliliters?|ml": "ml",
    r"lit(?:re|er)s?|l": "l", r"gallons?": "gal", r"barils?|barrels?": "bbl",
    r"°\s*c|degrés?\s+celsius|degrees?\s+celsius|degrés?(?!\s+f)|degrees?(?!\s+f)|celsius|ºc|°(?!\s*f)": "°C",
    r"°\s*f|degrees?\s+fahrenheit|degrés?\s+fahrenheit|fahrenheit": "°F",
    r"kilowatts?[\s-]?heures?|kilowatt[\s-]?hours?|kwh": "kWh", r"mégawatts?[\s-]?heures?|mwh": "MWh",
    r"gigawatts?[\s-]?heures?|gwh": "GWh", r"térawatts?[\s-]?heures?|terawatt[\s-]?hours?|twh": "TWh",
    r"kilowatts?|kw": "kW", r"mégawatts?|megawatts?|mw": "MW", r"gigawatts?|gw": "GW", r"watts?": "W",
    r"gigaoctets?|gigabytes?|go|gb": "GB", r"mégaoctets?|megabytes?|mo|mb": "MB", r"téraoctets?|terabytes?|tb": "TB",
    r"ans?|années?|years?|yrs?": "years", r"mois|months?": "months", r"semaines?|weeks?": "weeks",
    r"jours?|journées?|days?": "days", r"heures?|hours?|hrs?": "hours", r"minutes?|mins?|mn": "minutes",
    r"millisecondes?|milliseconds?|ms": "ms", r"secondes?|seconds?|secs?": "seconds",
    r"décennies?|decades?": "decades",
    r"siècles?|centuries|century": "centuries",
    r"décibels?|decibels?|db": "dB", r"hertz|hz": "Hz", r"chevaux|horsepower|hp": "hp",
    r"fois|times": "times", r"knots|nœuds": "kn",
}  # fmt: skip
"""Patterns of each unit as printed. The longest match at a place wins, so "km/h" is never read as "km"."""

TIMES = frozenset("years months weeks days hours minutes seconds decades centuries".split())
KINDS = {
    "money": frozenset(SYMBOLS.values()) | frozenset(CURRENCIES.values()),
    "percent": frozenset({"%", "points", "fraction"}),
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
"""The units by which each kind of quantity is told: what `Question.unit` stands for."""


def _tail(table: dict[str, str]) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {f"u{i}": unit for i, unit in enumerate(table.values())}
    ends = [rf"(?P<u{i}>(?:{pattern}){'' if pattern[0] in '%°' else chr(92) + 'b'})" for i, pattern in enumerate(table)]
    return re.compile("|".join(ends), re.IGNORECASE), names


_MONEY, _MONEY_NAMES = _tail(CURRENCIES)
_MEASURE, _MEASURE_NAMES = _tail(MEASURES)
_SIGN_AFTER = re.compile(
    "|".join(re.escape(s) + (r"\b" if s[-1].isalpha() else "") for s in sorted(SYMBOLS, key=len)[::-1])
)
_SIGN_BEFORE = re.compile(
    r"(?:^|(?<![A-Za-z]))(" + "|".join(re.escape(s) for s in sorted(SYMBOLS, key=len)[::-1]) + r")[ \u00a0\u202f]?$"
)
# What may stand between a number and its unit; a hyphen joins them in "a 12-mile road".
_GAP = re.compile(
    r"[ \u00a0\u202f]{0,2}(?:-(?=[a-z]))?(?:d['’]|de |of )?"
    r"(?:(?:derni[eè]re?s|prochaine?s|premi[eè]re?s|consecutive|long|full|longues) (?=[a-zé]+s\b))?"
)


def unit_after(text: str, position: int, *, scaled: bool, spelled: bool = False) -> tuple[str, int] | None:
    """Return the unit printed at this position (right after a number) and where it ends, or None.

    `scaled` says that the number ends in a word such as "millions", after which "de" may come before the unit;
    `spelled` that the number is in letters, after which no abbreviation is read as a unit.
    """
    gap = _GAP.match(text, position)
    begin = gap.end() if gap else position
    if gap and gap.group().rstrip().endswith(("d'", "d’", "de", "of")) and not scaled:
        begin = position + len(gap.group()) - len(gap.group().lstrip())
    sign = _SIGN_AFTER.match(text, begin)
    if sign:
        return SYMBOLS[sign.group()], sign.end()
    for pattern, names in ((_MONEY, _MONEY_NAMES), (_MEASURE, _MEASURE_NAMES)):
        best = pattern.match(text, begin)
        if best and best.lastgroup:
            word = best.group()
            if spelled and word.lower().startswith("cent"):  # "deux cents"
                continue
            if word.lower() == "won" and not scaled:  # the past of "win"
                continue
            if len(word) <= 2 and word.isalpha() and (spelled or not _abbreviates(text, word, best.end())):
                continue
            return names[best.lastgroup], best.end()
    return None


def _abbreviates(text: str, word: str, end: int) -> bool:
    """Return whether a short word is a unit as printed: "12 t" and "12 km" are, "12 T" or "3 M" are not."""
    return word in _SHORT and text[end : end + 1] not in ("'", "’", "-")


_SHORT = frozenset(
    "ms km cm mm m ft kg mg g t lb oz ha hl ml l kW MW GW Go GB Mo MB TB dB Hz hp mn an mi pt µg μg".split()
)


def currency_before(text: str, position: int) -> tuple[str, int] | None:
    """Return the currency sign printed right before this position and where it starts, or None."""
    low = max(0, position - 5)
    sign = _SIGN_BEFORE.search(text, low, position)
    return (SYMBOLS[sign.group(1)], sign.start(1)) if sign else None
