"""How does French write numbers, units and ranges?"""

from __future__ import annotations

import re

from index.facts.tables.figures import Numbers, Ranges, Units, Vague
from index.facts.tables.words import NEVER, pattern, words

NUMBERS = Numbers(
    small=words(
        """zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
        dix-huit dix-neuf vingts vingt trente quarante cinquante soixante septante huitante octante nonante
        quatre-vingts quatre-vingt cents cent mille millions million milliards milliard billions billion"""
    ),
    ones=words("un une"),
    joint=r"(?:[ \u00a0-]et[ \u00a0-]|[ \u00a0-])",
    scales={
        "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "billion": 1e12,
        "billions": 1e12, "mln": 1e6, "mds": 1e9, "md": 1e9, "mrd": 1e9, "mrds": 1e9, "k": 1e3, "m": 1e6,
    },
    scale_first=pattern(r"(?:[mbtr]+illions?|milliards?)\b"),
    scale_last=pattern(r"(?:illions?|illiards?)$"),
    article=pattern(r"\bun $"),
    scale_needs_article=False,
    letter_scales=words(""),
    cased_scales={"md": words("Md")},
    fractions={
        "deux tiers": 2 / 3, "trois quarts": 3 / 4, "un tiers": 1 / 3, "un quart": 1 / 4, "un cinquième": 1 / 5,
        "un dixième": 1 / 10, "la moitié": 1 / 2,
    },
    fraction_of=r"de\b|des\b|du\b|d['’]",
    half="",
    half_scales={},
    and_half=re.compile(r"\set\sdemie?\b(?P<scale>(?!))?"),
    collectives={
        "demi-douzaine": 6, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
        "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
        "demi-million": 500_000, "demi-milliard": 500_000_000,
    },
    collective_counts=(
        "une", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "cette", "ces", "la",
        "d'une", "d'un", "d’une", "d’un",
    ),
    collective=r" (?:{names})s?(?=\s+(?:de\b|d['’]|des\b|par\b)|\s*[.,;:)]|\s*$)",
    collective_one=words("un une"),
    collective_none=words("ces la cette"),
    collective_scaled=("demi-m",),
    collective_elided=("d'", "d’"),
    about=True,
    decimal=",",
    groups_by_decimal=True,
    percent=r"pour\s?cent",
)  # fmt: skip
VAGUE = Vague(
    vague=pattern(
        r"\b(?:(?:des|plusieurs|quelques|de nombreu(?:ses|x)|les|ces)\s)?"
        r"(?P<n>dizaines|centaines|milliers|millions|milliards)(?:\sde\s(?P<m>milliers|millions|milliards))?"
        r"(?:(?<=s\s.izaines)|(?<=s\scentaines)|(?<=s\smilliers)|(?<=s\smillions)|(?<=s\smilliards)|(?=\s(?:de\b"
        r"|d['’]|des\b|d’autres)|\s*(?:[.,;:)]|$)|\s[a-zé]+(?:é|és|ées|ts|s)\b|\sont\b|\ssont\b))"
    ),
    bases={"dizaine": 10, "centaine": 100, "millier": 1e3, "million": 1e6, "milliard": 1e9},
    counted_only=words(""),
    before=re.compile(r"(?:\d|\b(?:cents?|deux|trois|quatre|cinq|dix|vingt))[\s\u00a0\u202f]$"),
    article=pattern(r"(?:les|ces)\s"),
    single=pattern(
        r"\b(?P<n>une?)(?=\s(?:autre\s)?(?:morte?|blessée?|disparue?|tuée?|décès|personne|victime)\b(?!\s+(?:de|qui)\b)"
        r"|\s(?:soldat|policier|pompier|civil|enfant|homme|femme|ouvrier|manifestant|passager"
        r"|touriste)e?\s(?:a été |est )?(?:tuée?|morte?|blessée?|disparue?|décédée?)\b)"
    ),
    none=pattern(
        r"\b(?:aucune?|pas une?(?: seule?)?)(?=\s(?:autres?\s)?(?:morte?|blessée?|disparue?|décès|victime|tuée?"
        r"|personne|perte humaine)\b)|\bni(?=\s(?:mort|blessé|victime)s?\b)"
        r"|\bpersonne(?=\sn['’](?:a|avait|est|était)\s(?:été\s|pas\s)?(?:grièvement\s|légèrement\s)?"
        r"(?:blessé|tué|mort|touché|décédé|arrêté|secouru|évacué))"
    ),
    age_before=pattern(
        r"(?:âgée?s?\s(?:de\s|d['’])?(?:(?:plus|moins)\sde\s)?|(?<!depuis )(?<!pendant )\bde\s(?:plus|moins)\sde\s"
        r"|à l['’]âge de\s)(?:entre\s)?$"
    ),
    age_words=(),
    person_of=pattern(
        r"\b(?:hommes?|femmes?|garçons?|fill(?:e|ette)s?|adolescente?s?|enfants?|bébés?|jeunes?|retraitée?s?"
        r"|étudiante?s?|élèves?|pères?|mères?|suspecte?s?|personnes?|conduct(?:eur|rice)s?|victimes?|habitante?s?"
        r"|skieu(?:r|se)s?|cyclistes?|passagère?s?|individus?|touristes?|octogénaires?|français|française"
        r"|joueu(?:r|se)s?|attaquant|athlètes?|frères?|s(?:œ|oe)urs?|fils) de $"
    ),
    old=NEVER,
    age_joints=(" et ", ", "),
    minus="moins",
    weighed=NEVER,
)
UNITS = Units(
    currencies={
        r"euros?": "EUR", r"dollars?\s+canadiens?": "CAD", r"dollars?\s+australiens?": "AUD",
        r"dollars?(?:\s+américains?)?": "USD", r"livres?\s+sterling": "GBP", r"francs?\s+suisses?": "CHF",
        r"francs?\s+cfa": "XOF", r"francs?": "franc", r"yens?": "JPY", r"yuans?": "CNY", r"wons?": "KRW",
        r"roubles?": "RUB", r"roupies?": "INR", r"hryvnias?": "UAH", r"zlotys?": "PLN", r"pesos?": "peso",
        r"reais": "BRL", r"shekels?": "ILS", r"dirhams?": "dirham", r"dinars?": "dinar", r"rands?": "ZAR",
        r"nairas?": "NGN", r"cents?(?=\s(?!mille))|cents?(?=[.,;)])|centimes?": "cent",
        r"couronnes?\s+suédoises?": "SEK", r"couronnes?\s+norvégiennes?": "NOK", r"couronnes?\s+danoises?": "DKK",
    },
    measures={
        r"pour\s*cent\b(?!age)": "%", r"points?\s+de\s+pourcentage|points?\s+de\s+base|points?": "points",
        r"km/heure|kilomètres?[\s-]heure|kilomètres?\s+par\s+heure": "km/h",
        r"kilomètres?[\s-]carrés?": "km²", r"mètres?[\s-]carrés?": "m²", r"mètres?[\s-]cubes?": "m³",
        r"kilomètres?": "km", r"centimètres?": "cm", r"millimètres?": "mm", r"mètres?": "m",
        r"miles?(?!\s+nautiques)": "mi", r"pouces?": "in", r"yards?": "yd", r"milles?\s+(?:nautiques?|marins?)": "nmi",
        r"kilogrammes?|kilos?": "kg", r"milligrammes?": "mg", r"microgrammes?": "µg", r"grammes?": "g",
        r"tonnes?": "t", r"onces?": "oz", r"hectares?": "ha", r"acres?": "acre", r"hectolitres?": "hl",
        r"millilitres?": "ml", r"litres?": "l", r"gallons?": "gal", r"barils?": "bbl",
        r"degrés?\s+celsius|degrés?(?!\s+f)|celsius": "°C", r"degrés?\s+fahrenheit|fahrenheit": "°F",
        r"kilowatts?[\s-]?heures?": "kWh", r"mégawatts?[\s-]?heures?": "MWh", r"gigawatts?[\s-]?heures?": "GWh",
        r"térawatts?[\s-]?heures?": "TWh", r"kilowatts?": "kW", r"mégawatts?": "MW", r"gigawatts?": "GW",
        r"watts?": "W", r"gigaoctets?|go": "GB", r"mégaoctets?|mo": "MB", r"téraoctets?": "TB",
        r"ans?|années?": "years", r"mois": "months", r"semaines?": "weeks", r"jours?|journées?": "days",
        r"heures?": "hours", r"minutes?|min|mn": "minutes", r"millisecondes?": "ms", r"secondes?|secs?": "seconds",
        r"décennies?": "decades", r"siècles?": "centuries", r"décibels?": "dB", r"hertz": "Hz", r"chevaux": "hp",
        r"fois": "times", r"nœuds": "kn",
    },
    gap=r"(?:d['’]|de )?(?:(?:derni[eè]re?s|prochaine?s|premi[eè]re?s|longues) (?=[a-zé]+s\b))?",
    of=("d'", "d’", "de"),
    stated=pattern(r"(?:\(\s*(?:en\s+)?|,?\sen\s+)(?P<unit>[^(),]{1,30}?)\s*\)?$"),
    not_money=words(""),
    not_spelled=("cent",),
)  # fmt: skip
RANGES = Ranges(
    joint=re.compile(r"\s?(?P<dash>[-–—])\s?|\s(?:à|a)\s|\s(?P<and>et|ou)\s"),
    or_words=words("ou"),
    between=pattern(r"\bentre\s$"),
    change=pattern(
        r"\b(?:pass\w{1,6}|mont(?:é\w*|er|ait)|grimp\w+|bondi\w*|progress\w+|chut\w+|recul\w+|baiss\w+|diminu\w+"
        r"|augment\w+|tomb\w+|port[ée]\w*|ramen\w+|réduit\w*|relev\w+|abaiss\w+|doubl\w+|tripl\w+)\b"
        r"[^.;:!?]{0,60}\b(?:de|d['’])\s?$"
    ),
    by=pattern(r"augm|bais|prog|recu|dimi|chut"),
    by_how_much=(),
    one_in=pattern(r"\b(?P<one>une?|1)\s(?:[^\W\d]+\s){0,2}sur\s$"),
    out_of=re.compile(r"\ssur\s"),
)
