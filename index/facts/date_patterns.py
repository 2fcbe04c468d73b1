"""How are dates printed in French and in English? One pattern each; the names of its groups say what was found."""

from __future__ import annotations

import re

MONTHS = {
    "fr": """janvier janv;février févr fév;mars;avril avr;mai;juin;juillet juil;août aout;septembre sept;octobre oct;
        novembre nov;décembre déc""",
    "en": """january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sept sep;
        october oct;november nov;december dec""",
}
WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "monday tuesday wednesday thursday friday saturday sunday",
}
_FIGURE = {"fr": "un une deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente",
           "en": "a an one two three four five six seven eight nine ten twelve fifteen twenty thirty"}  # fmt: skip


def _alternatives(words: str) -> str:
    return "|".join(sorted(re.split(r"[;\s]+", words.strip()), key=len, reverse=True))


_YEAR = r"(?:1[4-9]\d\d|20\d\d)(?!\d|[.,\u00a0\u202f' ]\d{3}(?!\d))"
_FR_MONTH = _alternatives(MONTHS["fr"])
_EN_MONTH = "(?-i:" + _alternatives(MONTHS["en"].title()) + ")"  # "may" and "march" are words of their own
_FR_DAY, _EN_DAY = _alternatives(WEEKDAYS["fr"]), _alternatives(WEEKDAYS["en"])
_CLOCK = (
    r"(?P<clock>(?<![\d:.,/])(?:[01]?\d|2[0-4])(?:[:][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?"
    r"|\s?h\s?[0-5]\d\b|\s?[ap]\.?m\b\.?|h\b|(?:(?<=\bà\s\d)|(?<=\bà\s\d\d)|(?<=vers\s\d)"
    r"|(?<=vers\s\d\d))\sheures(?!\sde\b))(?![\w:]))"
)
_NUMERIC = (
    r"(?P<iso>(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-]))"
    r"|(?P<numeric>(?<![\d/.])(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?:0?[1-9]|[12]\d|3[01])(?P=mark)(?:(?:19"
    r"|20)\d\d|\d\d)(?![\d/]))"
)
_YEARS = (
    rf"(?P<years>(?<![\w.,/-]){_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)(?![\w-]|\s?(?:[mt%€]|km|kg|ha)\b))"
    rf"|(?P<year>(?<![\w.,/$€£-])(?:(?:fin|début|mi|d['’]ici(?:\sà)?|late|early|mid|by|depuis"
    rf"|since)[ -])?{_YEAR}(?![\w/%€$]|-\w|[.,]\d))"
)
FRENCH = re.compile(
    rf"""(?<!\w)(?=[\dA-Za-zéÉ])(?:{_NUMERIC}|{_CLOCK}
    |(?P<days>(?:(?:du|entre[ ]le|de)[ ])?(?:(?:{_FR_DAY})[ ])?(?P<d1>1er|[12]?\d|3[01])(?:[ ](?P<m0>{_FR_MONTH}))?
        [ ]?(?:au|et[ ]le|et|-|–)[ ]?(?:(?:{_FR_DAY})[ ])?(?P<d2>1er|[12]?\d|3[01])[ ](?P<m2>{_FR_MONTH})\b\.?(?:[ ]
            (?P<y2>{_YEAR}))?)
    |(?P<full>(?:(?:{_FR_DAY}),?[ ])?(?:le[ ])?(?P<d>1er|0?[1-9]|[12]\d|3[01])[ ](?P<m>{_FR_MONTH})\b\.?(?:[ ]
        (?P<y>{_YEAR}))?)
    |(?P<inverted>(?:(?:{_FR_DAY}),?[ ])?(?P<im>{_FR_MONTH})[ ](?P<id>[12]?\d|3[01]),[ ](?P<iy>{_YEAR}))
    |(?P<month>(?:(?P<by>d['’]ici(?:[ ]à|[ ](?:à[ ])?la[ ]fin)?|depuis|jusqu['’]en|jusqu['’]à|avant|après)[ ]
        (?:le[ ]mois[ ]de[ ]|de[ ])?|(?P<cue>en|au[ ]mois[ ]de|du[ ]mois[ ]de|le[ ]mois[ ]de|de|fin|à[ ]la[ ]fin
            |au)[ ])?
        (?:(?P<part>début|mi-|mi|fin|courant)[ -]?)?(?P<mm>{_FR_MONTH})\b(?:[ ](?P<my>{_YEAR})|[ ](?P<rel>dernier
            |prochain|dernière))?)
    |(?P<decade>(?:les[ ])?années[ ](?:(?P<dy>1[6-9]\d0|20\d0)|(?P<dd>[2-9]0)))
    |(?P<weekday>(?:{_FR_DAY})(?:[ ](?P<wrel>dernier|prochain|matin|soir|après-midi))?\b)
    |(?P<ago>il[ ]y[ ]a[ ](?:environ[ ]|près[ ]de[ ]|plus[ ]de[ ])?(?P<n>\d{{1,4}}|{_alternatives(_FIGURE["fr"])})[ ]
        (?P<nu>an|année|mois|semaine|jour)s?\b)
    |(?P<named>avant-hier|hier|aujourd['’]hui|après-demain|demain|(?:la[ ]semaine|le[ ]mois|l['’]année|l['’]an)[ ]
        (?:derni[eè]re?|prochaine?|passée?)
        |(?:le[ ]week-end|l['’]été|l['’]hiver|l['’]automne|le[ ]printemps)[ ](?:dernier|prochain)|cette[ ](?:semaine
            |année)|ce[ ](?:mois-ci|week-end|printemps)|cet[ ](?:été|automne|hiver))
    |(?P<season>(?:été|hiver|automne|printemps)[ ](?P<sy>{_YEAR}))
    |{_YEARS})""",
    re.IGNORECASE | re.VERBOSE,
)
ENGLISH = re.compile(
    rf"""(?<!\w)(?=[\dA-Za-zéÉ])(?:{_NUMERIC}|{_CLOCK}
    |(?P<days>(?:(?:from|between)[ ])?(?:(?P<m0>{_EN_MONTH})[ ](?P<d1>[12]?\d|3[01])[ ]?(?:-|–|to|and|through)[ ]?(?:
        (?P<m2>{_EN_MONTH})[ ])?(?P<d2>[12]?\d|3[01])
        (?:,?[ ](?P<y2>{_YEAR}))?\b(?![\d,.%]\d|\s?(?:%|per|million)))
    |(?P<days2>(?P<e1>[12]?\d|3[01])[ ]?(?:-|–|to|and)[ ]?(?P<e2>[12]?\d|3[01])[ ](?P<em>{_EN_MONTH})\b(?:,?[ ]
        (?P<ey>{_YEAR}))?))
    |(?P<full>(?:(?:{_EN_DAY}),?[ ])?(?:the[ ])?(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[ ](?:of[ ])?
        (?P<m>{_EN_MONTH})\b\.?(?:,?[ ](?P<y>{_YEAR}))?)
    |(?P<inverted>(?:(?:{_EN_DAY}),?[ ])?(?P<im>{_EN_MONTH})\.?[ ](?P<id>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b
        (?![,.]\d|\s?%)(?:,?[ ](?P<iy>{_YEAR}))?)
    |(?P<month>(?:(?P<by>by[ ](?:the[ ]end[ ]of[ ])?|since[ ]|until[ ]|before[ ]|after[ ])|(?P<cue>in|of|during|for
        |from|to)[ ])?
        (?:(?P<part>early|mid|late|last|next|this)[ -])?(?P<mm>{_EN_MONTH})\b\.?(?:,?[ ](?:of[ ])?(?P<my>{_YEAR})|[ ]
            (?P<rel>last[ ]year|this[ ]year|next[ ]year))?)
    |(?P<decade>the[ ](?:(?P<dy>1[6-9]\d0|20\d0)|(?P<dd>[2-9]0))['’]?s\b)
    |(?P<weekday>(?:(?P<wrel>last|next|this)[ ])?(?:{_EN_DAY})\b(?:[ ](?:morning|afternoon|evening|night))?)
    |(?P<ago>(?:about[ ]|around[ ]|more[ ]than[ ])?(?P<n>\d{{1,4}}|{_alternatives(_FIGURE["en"])})[ ](?P<nu>year|month
        |week|day)s?[ ]ago\b)
    |(?P<named>the[ ]day[ ]before[ ]yesterday|yesterday|today|tonight|tomorrow|(?:last|next|this)[ ](?:week(?:end)?
        |month|year|summer|winter|autumn|fall|spring))
    |(?P<season>(?:the[ ])?(?:summer|winter|autumn|fall|spring)[ ](?:of[ ])?(?P<sy>{_YEAR}))
    |{_YEARS})""",
    re.IGNORECASE | re.VERBOSE,
)
