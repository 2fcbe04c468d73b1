"""How does French write its dates?"""

from __future__ import annotations

import re

from index.facts.tables.names import Dates
from index.facts.tables.words import pattern, words

_KINDS = r"""
    (?P<days>(?:(?:du|entre[ ]le|de)[ ])?(?:(?:{weekday})[ ])?(?P<d1>1er|[12]?\d|3[01])(?:[ ](?P<m0>{month}))?
        [ ]?(?:au|et[ ]le|et|-|–)[ ]?(?:(?:{weekday})[ ])?(?P<d2>1er|[12]?\d|3[01])[ ](?P<m2>{month})\b\.?
        (?:[ ](?P<y2>{year}))?)
    |(?P<full>(?:(?:{weekday}),?[ ])?(?:le[ ])?(?P<d>1er|0?[1-9]|[12]\d|3[01])[ ](?P<m>{month})\b\.?
        (?:[ ](?P<y>{year}))?)
    |(?P<inverted>(?:(?:{weekday}),?[ ])?(?P<im>{month})[ ](?P<id>[12]?\d|3[01]),[ ](?P<iy>{year}))
    |(?P<month>(?:
            (?P<by>d['’]ici(?:[ ]à|[ ](?:à[ ])?la[ ]fin)?|depuis|jusqu['’]en|jusqu['’]à|avant|après)[ ]
            (?:le[ ]mois[ ]de[ ]|de[ ])?
            |(?P<cue>en|au[ ]mois[ ]de|du[ ]mois[ ]de|le[ ]mois[ ]de|de|fin|à[ ]la[ ]fin|au)[ ])?
        (?:(?P<part>début|mi-|mi|fin|courant)[ -]?)?(?P<mm>{month})\b
        (?:[ ](?P<my>{year})|[ ](?P<rel>dernier|prochain|dernière))?)
    |(?P<decade>(?:les[ ])?années[ ](?:(?P<dy>1[6-9]\d0|20\d0)|(?P<dd>[2-9]0)))
    |(?P<weekday>(?:{weekday})(?:[ ](?P<wrel>dernier|prochain|matin|soir|après-midi))?\b)
    |(?P<ago>il[ ]y[ ]a[ ](?:environ[ ]|près[ ]de[ ]|plus[ ]de[ ])?(?P<n>\d{1,4}|{number})[ ]
        (?P<nu>an|année|mois|semaine|jour)s?\b)
    |(?P<named>avant-hier|hier|aujourd['’]hui|après-demain|demain
        |(?:la[ ]semaine|le[ ]mois|l['’]année|l['’]an)[ ](?:derni[eè]re?|prochaine?|passée?)
        |(?:le[ ]week-end|l['’]été|l['’]hiver|l['’]automne|le[ ]printemps)[ ](?:dernier|prochain)
        |cette[ ](?:semaine|année)|ce[ ](?:mois-ci|week-end|printemps)|cet[ ](?:été|automne|hiver))
    |(?P<season>(?:été|hiver|automne|printemps)[ ](?P<sy>{year}))"""

DATES = Dates(
    kinds=_KINDS,
    openers=words(
        """d du de entre depuis jusqu avant après en au le fin à début mi courant les années il hier aujourd demain la l
        cette ce cet été hiver automne printemps"""
    ),
    short_months=(("fév", 2), ("aout", 8)),
    capital_months=False,
    ambiguous=words("mars avr sept oct nov"),
    numbers=tuple("un une deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente".split()),
    ones=words("un une"),
    year_cues=r"fin|début|mi|d['’]ici(?:\sà)?|depuis",
    clock=r"[:][0-5]\d(?::[0-5]\d)?|\s?h\s?[0-5]\d\b|h\b"
    r"|(?:(?<=\bà\s\d)|(?<=\bà\s\d\d)|(?<=vers\s\d)|(?<=vers\s\d\d))\sheures(?!\sde\b)",
    counted=re.compile(
        r"[ \u00a0]+(?:d['’])?(?!ans\b|fois\b|dans\b|sans\b|mais\b|puis\b|depuis\b|alors\b|après\b|près\b|dès\b|très\b"
        r"|plus\b|moins\b|vers\b|sous\b)[a-zéèà-]{3,}[sx]\b|[ \u00a0]*(?:%|€|\$|km\b|kg\b|m\b|ha\b|ans\b|personnes"
        r"|habitants)"
    ),
    hedged=pattern(
        r"(?:environ|quelque|près de|plus de|moins de|(?<!depuis )au moins|presque|articles?|vol|page|no|n°|#)\s$"
    ),
    cued=pattern(r"(?:\b(?:en|depuis|année|an|l['’]an|fin|début|mi)\s|\()$"),
    day_first=True,
    the=("le ",),
    years={},
    last=words("dernier"),
    next=words("prochain"),
    ahead=("d'", "d’", "jusqu"),
    days={"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "apres-demain": 2},
    units={"jour": "day", "semaine": "week", "mois": "month", "an": "year", "annee": "year"},
    before=pattern(r"dernier|passe"),
    after=pattern(r"prochain"),
    week=pattern(r"\bsemaine"),
    month=pattern(r"\bmois"),
    year=pattern(r"annee|\ban\b"),
)
