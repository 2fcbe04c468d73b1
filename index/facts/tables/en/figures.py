"""How does English write numbers, units and ranges?"""

from __future__ import annotations

import re

from index.facts.tables.figures import Numbers, Ranges, Units, Vague
from index.facts.tables.words import NEVER, pattern, words

NUMBERS = Numbers(
    small=words(
        """zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
        trillion"""
    ),
    ones=words("one"),
    joint=r"(?: and |[ \u00a0-])",
    scales={
        "hundred": 1e2, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9,
        "trillion": 1e12, "trillions": 1e12, "bn": 1e9, "mn": 1e6, "mln": 1e6, "tn": 1e12, "k": 1e3, "m": 1e6,
        "b": 1e9,
    },
    scale_first=pattern(r"(?:hundred|thousand|[mbtr]+illions?)\b"),
    scale_last=pattern(r"illions?$"),
    article=pattern(r"\ban? $"),
    scale_needs_article=True,
    letter_scales=words("m"),
    cased_scales={"mn": words("mn")},
    fractions={
        "two-thirds": 2 / 3, "two thirds": 2 / 3, "three-quarters": 3 / 4, "three quarters": 3 / 4, "a third": 1 / 3,
        "one-third": 1 / 3, "one third": 1 / 3, "a quarter": 1 / 4, "one quarter": 1 / 4, "a fifth": 1 / 5,
        "one-fifth": 1 / 5, "a tenth": 1 / 10, "half": 1 / 2,
    },
    fraction_of=r"of\b|the\b",
    half="half a",
    half_scales={"million": 1e6, "billion": 1e9, "dozen": 12, "hundred": 1e2, "thousand": 1e3},
    and_half=re.compile(r"\sand a half\b(?:\s(?P<scale>million|billion|trillion|thousand|hundred)\b)?"),
    collectives={"dozen": 12},
    collective_counts=("an", "a", "one", "two", "three", "four", "five", "six"),
    collective=r" (?:{names})",
    collective_one=words("a an one"),
    collective_none=words(""),
    collective_scaled=(),
    collective_elided=(),
    about=False,
    decimal=".",
    groups_by_decimal=False,
    percent=r"per\s?cent",
)  # fmt: skip
VAGUE = Vague(
    vague=pattern(
        r"\b(?:(?:several|a few|many|some|few|multiple)\s)?"
        r"(?:(?P<n>tens|dozens|scores|hundreds|thousands|millions|billions)(?:\sof\s(?P<m>thousands|millions"
        r"|billions)\b)?\b"
        r"|(?:(?<=several\s)|(?<=few\s))(?P<alone>dozen|hundred|thousand|million|billion)\b)"
    ),
    bases={"ten": 10, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9},
    counted_only=words("tens scores"),
    before=re.compile(r"(?:\d|\bhalf a)[\s\u00a0\u202f]$"),
    article=NEVER,
    single=pattern(
        r"\b(?P<n>one)(?=\s(?:other|person|man|woman|child|people|soldier|civilian|passenger|dead|killed|injured"
        r"|wounded|missing|death)\b)|(?<=killing\s)one\b|(?<=injuring\s)one\b|(?<=wounding\s)one\b"
    ),
    none=pattern(
        r"\b(?:no|not a single)(?=\s(?:other\s|serious\s|further\s|new\s)?(?:deaths?|injur(?:y|ies)|casualt(?:y|ies)"
        r"|fatalit(?:y|ies)|victims?)\b)|\b(?:no one|nobody|none)(?=\s(?:was|were|is|has been|have been|had been)\s"
        r"(?:seriously\s|badly\s)?(?:hurt|injured|killed|wounded|harmed|missing|arrested|rescued|evacuated)\b"
        r"|\s(?:has\s|had\s)?died\b)"
    ),
    age_before=pattern(
        r"(?:\baged?\s(?:of\s)?(?:between\s)?|\b(?:children|adults|people|those|kids|babies|men|women)\s(?:aged\s)?"
        r"(?:under|over)\s)$"
    ),
    age_words=("age",),
    person_of=NEVER,
    old=pattern(r"(?:[\s-]years?)?[\s-]olds?\b"),
    age_joints=(" and ", ", "),
    minus="minus",
    weighed=pattern(r"weigh|heav|lost |gain| of [a-z]"),
)
UNITS = Units(
    currencies={
        r"euros?": "EUR", r"canadian\s+dollars?": "CAD", r"australian\s+dollars?": "AUD", r"(?:us\s+)?dollars?": "USD",
        r"pounds?\s+sterling": "GBP", r"pounds?": "GBP", r"swiss\s+francs?": "CHF", r"cfa\s+francs?": "XOF",
        r"francs?": "franc", r"yens?": "JPY", r"yuans?": "CNY", r"(?:south\s+korean\s+)?wons?": "KRW",
        r"roubles?|rubles?": "RUB", r"rupees?": "INR", r"hryvnias?": "UAH", r"zlotys?": "PLN", r"pesos?": "peso",
        r"reais": "BRL", r"shekels?": "ILS", r"dirhams?": "dirham", r"dinars?": "dinar", r"rands?": "ZAR",
        r"nairas?": "NGN", r"kronor": "SEK", r"cents?(?=\s)|cents?(?=[.,;)])|centimes?|pence": "cent",
    },
    measures={
        r"(?:per\s*cent|pct)\b(?!age)": "%", r"percentage[\s-]points?|basis\s+points?|points?": "points",
        r"kilomet(?:re|er)s?\s+(?:per|an)\s+hour|kph": "km/h", r"miles?\s+(?:per|an)\s+hour": "mph",
        r"square[\s-]kilomet(?:re|er)s?": "km²", r"square[\s-]met(?:re|er)s?": "m²",
        r"cubic[\s-]met(?:re|er)s?": "m³", r"square[\s-]miles?": "mi²", r"square[\s-]f(?:ee|oo)t": "ft²",
        r"kilomet(?:re|er)s?": "km", r"centimet(?:re|er)s?": "cm", r"millimet(?:re|er)s?": "mm",
        r"met(?:re|er)s?": "m", r"miles?": "mi", r"f(?:ee|oo)t": "ft", r"inch(?:es)?": "in", r"yards?": "yd",
        r"nautical\s+miles?": "nmi", r"kilograms?|kilos?": "kg", r"milligrams?": "mg", r"micrograms?": "µg",
        r"grams?": "g", r"tonnes?|(?:metric\s+)?tons?": "t", r"lbs?": "lb", r"ounces?": "oz", r"hectares?": "ha",
        r"acres?": "acre", r"milliliters?|millilitres?": "ml", r"lit(?:re|er)s?": "l", r"gallons?": "gal",
        r"barrels?": "bbl", r"degrees?\s+celsius|degrees?(?!\s+f)|celsius": "°C",
        r"degrees?\s+fahrenheit|fahrenheit": "°F", r"kilowatt[\s-]?hours?": "kWh", r"megawatt[\s-]?hours?": "MWh",
        r"gigawatt[\s-]?hours?": "GWh", r"terawatt[\s-]?hours?": "TWh", r"kilowatts?": "kW", r"megawatts?": "MW",
        r"gigawatts?": "GW", r"watts?": "W", r"gigabytes?": "GB", r"megabytes?": "MB", r"terabytes?": "TB",
        r"years?|yrs?": "years", r"months?": "months", r"weeks?": "weeks", r"days?": "days", r"hours?|hrs?": "hours",
        r"minutes?|mins?": "minutes", r"milliseconds?": "ms", r"seconds?|secs?": "seconds", r"decades?": "decades",
        r"centuries|century": "centuries", r"decibels?": "dB", r"hertz": "Hz", r"horsepower": "hp", r"times": "times",
        r"knots": "kn",
    },
    gap=r"(?:of )?(?:(?:consecutive|long|full) (?=[a-zé]+s\b))?",
    of=("of",),
    stated=pattern(r"(?:\(\s*(?:in\s+)?|,?\sin\s+)(?P<unit>[^(),]{1,30}?)\s*\)?$"),
    not_money=words("won"),
    not_spelled=(),
)  # fmt: skip
RANGES = Ranges(
    joint=re.compile(r"\s?(?P<dash>[-–—])\s?|\sto\s|\s(?P<and>and|or)\s"),
    or_words=words("or"),
    between=pattern(r"\bbetween\s$"),
    change=pattern(
        r"\b(?:pass\w{1,6}|progress\w+|augment\w+|ros[et]n?|rises?|rising|risen|rose|fell|falls?|fallen|falling|dropp?\w*"
        r"|climb\w*|grew|grow\w*|increas\w+|decreas\w+|diminish\w+|jump\w*|surg\w+|soar\w*|slip\w*|went|cut|rais\w+"
        r"|reduc\w+|declin\w+|shr[aiu]nk\w*|up|down|widen\w*|lower\w*|doubl\w+|tripl\w+)\b[^.;:!?]{0,60}\bfrom\s?$"
    ),
    by=NEVER,
    by_how_much=("by ",),
    one_in=pattern(r"\b(?P<one>one|1)\s(?:[^\W\d]+\s){0,2}(?:in\s(?:every\s)?|out of\s)$"),
    out_of=re.compile(r"\s(?:out of|in)\s(?:every\s)?"),
)
