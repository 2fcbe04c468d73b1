"""Which English numbers count nothing, and which words beside a number hedge it?"""

from __future__ import annotations

from index.facts.tables.figures import Exclusions, HedgeWords
from index.facts.tables.words import NEVER, pattern, words

EXCLUSIONS = Exclusions(
    mask=r"""(?<![\w,.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|(?<![\w,.])0[18]\d\d?[ ]\d{3}[ ]\d{3,4}(?!\d)
    |(?<![\w,.-])\d{3}-\d{4}(?![\d-])
    |(?<![\w.,])\d{1,5}[ ][A-Z][a-z]+[ ](?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Square)\b""",
    serial=pattern(r"no\.?\s\d+$"),
    references=words(
        """article articles art section page pages p chapter paragraph n no nos number figure fig table appendix phase
        type line route highway vol flight lot group level category stage round episode season volume version room
        apartment gate channel interstate resolution protocol verse grade step item clause amendment scenario option
        proposition question terminal terminals visa bus tram metro unit post sol hall bay kilometre kilometer
        formula boeing airbus falcon windows iphone galaxy ps xbox apollo soyuz district zone sector division promotion
        top"""
    ),
    digit_references=words("top question"),
    columns=words(
        "rank place position code zip postcode phone telephone tel fax reference ref id identifier bib year date time"
        " number n no page order"
    ),
    timeline=words("day week year"),
    ordinal=pattern(r"(?:nd|st|th|rd|e|º|ᵉ)s?(?!\w)|-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"),
    ordinal_word=NEVER,
    of=r"of\s",
    both=pattern(r"\b(?:the|these|those|both|its|their)\s$"),
    people=words("people men women children police personnel staff dead others more percent million"),
    new="",
    per=NEVER,
)

_ABOUT = (
    r"closer to|about|around|approximately|roughly|some|circa|somewhere around|in the region of|an average of"
    r"|an approximate"
)
_MORE_THAN = (
    r"(?:just |well |slightly |far )?(?:more than|over)|in excess of|upwards of|north of|above|exceed(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|greater than|topp(?:ed|ing)"
)
_PLANNED = r"a projected|a planned|an expected|a predicted|a proposed|a target of"
_NOTHING = (
    r"only|just|barely|precisely|exactly|as few as|a total of|in total|a record|another|a further|the|these|their|its"
    r"|the first"
)
HEDGES = HedgeWords(
    before=(
        (
            "at least",
            r"at least|no fewer than|no less than|not less than|not fewer than|a minimum of|at the very least",
        ),
        ("at most", r"not exceed(?:ing|ed)?|at most|no more than|not more than|a maximum of"),
        ("nearly", r"nearly|almost|close to"),
        ("about", _ABOUT),
        ("more than", _MORE_THAN),
        ("less than", r"fewer than|(?:just |well |slightly )?(?:less than|under)|below|lower than|just shy of"),
        ("up to", r"up to|as many as|as much as"),
        ("estimated", r"an? estimated|estimated at|estimated to be|estimates? of|put at"),
        ("planned", _PLANNED),
        ("", _NOTHING),
    ),
    particles=r"of|to|at|from|by|between",
    after=pattern(
        r"(?P<least>\s?\+(?!\s?\d)|\s(?:or|and) (?:more|above|over)\b|,? at least\b)"
        r"|(?P<most>,? at (?:the )?most\b|\sor (?:less|fewer)\b)"
        r"|(?P<about>\sor so\b|,? approximately\b|-odd\b|-ish\b)"
    ),
    verbal=pattern(r"exceed|surpass|topp|estim(?!ations? )|put at"),
)
