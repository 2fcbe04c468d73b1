"""How does English write its dates?"""

from __future__ import annotations

import re

from index.facts.tables.names import Dates
from index.facts.tables.words import pattern, words

_KINDS = r"""
    (?P<days>(?:(?:from|between)[ ])?(?:(?P<m0>{month})[ ](?P<d1>[12]?\d|3[01])[ ]?(?:-|–|to|and|through)[ ]?
        (?:(?P<m2>{month})[ ])?(?P<d2>[12]?\d|3[01])
        (?:,?[ ](?P<y2>{year}))?\b(?![\d,.%]\d|\s?(?:%|per|million)))
    |(?P<days2>(?P<e1>[12]?\d|3[01])[ ]?(?:-|–|to|and)[ ]?(?P<e2>[12]?\d|3[01])[ ](?P<em>{month})\b
        (?:,?[ ](?P<ey>{year}))?))
    |(?P<full>(?:(?:{weekday}),?[ ])?(?:the[ ])?(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?[ ](?:of[ ])?
        (?P<m>{month})\b\.?(?:,?[ ](?P<y>{year}))?)
    |(?P<inverted>(?:(?:{weekday}),?[ ])?(?P<im>{month})\.?[ ](?P<id>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b
        (?![,.]\d|\s?%)(?:,?[ ](?P<iy>{year}))?)
    |(?P<month>(?:(?P<by>by[ ](?:the[ ]end[ ]of[ ])?|since[ ]|until[ ]|before[ ]|after[ ])
            |(?P<cue>in|of|during|for|from|to)[ ])?
        (?:(?P<part>early|mid|late|last|next|this)[ -])?(?P<mm>{month})\b\.?
        (?:,?[ ](?:of[ ])?(?P<my>{year})|[ ](?P<rel>last[ ]year|this[ ]year|next[ ]year))?)
    |(?P<decade>the[ ](?:(?P<dy>1[6-9]\d0|20\d0)|(?P<dd>[2-9]0))['’]?s\b)
    |(?P<weekday>(?:(?P<wrel>last|next|this)[ ])?(?:{weekday})\b(?:[ ](?:morning|afternoon|evening|night))?)
    |(?P<ago>(?:about[ ]|around[ ]|more[ ]than[ ])?(?P<n>\d{1,4}|{number})[ ](?P<nu>year|month|week|day)s?[ ]ago\b)
    |(?P<named>the[ ]day[ ]before[ ]yesterday|yesterday|today|tonight|tomorrow
        |(?:last|next|this)[ ](?:week(?:end)?|month|year|summer|winter|autumn|fall|spring))
    |(?P<season>(?:the[ ])?(?:summer|winter|autumn|fall|spring)[ ](?:of[ ])?(?P<sy>{year}))"""

_NUMBERS = "a an one two three four five six seven eight nine ten twelve fifteen twenty thirty"

DATES = Dates(
    kinds=_KINDS,
    openers=words(_NUMBERS).union(
        words(
            """from between the by since until before after in of during for to early mid late last next this about
            around more yesterday today tonight tomorrow summer winter autumn fall spring"""
        )
    ),
    short_months=(("Sept", 9),),
    capital_months=True,
    ambiguous=words("may march mar jan dec sep sept august jun"),
    numbers=tuple(_NUMBERS.split()),
    ones=words("a an"),
    year_cues=r"late|early|mid|by|since",
    clock=r"[:][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?",
    counted=re.compile(
        r"[ \u00a0]+(?:people|men|women|children|troops|soldiers|workers|jobs|homes|houses|dead|deaths|cases|votes"
        r"|times|miles|metres|meters|feet|tonnes|tons|euros|dollars|pounds|residents|employees|students|families"
        r"|victims|deaths|patients|migrants|refugees|passengers|prisoners|fighters|protesters|years|hours|days)\b"
        r"|[ \u00a0]*(?:%|€|km\b|kg\b|ha\b)"
    ),
    hedged=pattern(
        r"(?:about|around|some|nearly|almost|more than|fewer than|less than|at least|over|under|approximately|roughly"
        r"|articles?|vol|page|no|#)\s$"
    ),
    cued=pattern(r"(?:\b(?:in|since|during|year)\s|\()$"),
    day_first=False,
    the=(),
    years={"last year": -1, "this year": 0, "next year": 1},
    last=words("last"),
    next=words("next"),
    ahead=("by", "until"),
    days={"the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
    units={"day": "day", "week": "week", "month": "month", "year": "year"},
    before=pattern(r"last"),
    after=pattern(r"next"),
    week=pattern(r"\bweek\b"),
    month=pattern(r"month"),
    year=pattern(r"year"),
)
