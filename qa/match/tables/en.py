"""Which words of an English passage announce what a question asks for?"""

from __future__ import annotations

import re

from qa.match.tables.table import PassageTable

TABLE = PassageTable(
    cause=re.compile(
        r"\b(?:because|due to|owing to|as a result|since\b|in order to|so that|thanks to|after\b|following|in exchange"
        r"|blamed|started (?:in|by|with|from)|stem|trigger|spark|prompt|led to|origin|responsible|fault|left \w+ing"
        r"|caus|attribut|provok)",
        re.IGNORECASE,
    ),
    said=re.compile(
        r"[«“\"]|\b(?:said|says|told|announc|declar|stat|claim|warn|add|explain|insist|argu|deni|affirm|estim|assur)",
        re.IGNORECASE,
    ),
    there=re.compile(
        r"\b(?:in|at|on|near|to|from|into|across|around|outside|inside|off|through|of|within|north|south|east|west)\s*"
        r"(?:the )?(?:(?:city|town|region|province|island|villages?) of )?(?:\w+(?:[- ]\w+)?[- ])?$",
        re.IGNORECASE,
    ),
    denying=frozenset(
        """not never no neither isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
        cannot can't couldn't""".split()
    ),
    unsure=frozenset("if whether perhaps maybe possibly probably hardly may might could would should".split()),
    bounding=frozenset("only fewer less more longer".split()),
    owning=frozenset({"of"}),
    articles=frozenset({"the"}),
    neutral=frozenset(
        """number toll figure count confirmed recorded reported official estimate estimates others other of and or not
        never from including aged old rose risen reached new additional total""".split()
    ),
    joining=frozenset("and or".split()),
    negating=frozenset("not never no".split()),
    periods={
        name: re.compile(rf"\b(?:{printed})\b", re.IGNORECASE)
        for name, printed in {
            "quarter 1": r"(?:first|1st)[- ]quarter|Q1",
            "quarter 2": r"(?:second|2nd)[- ]quarter|Q2",
            "quarter 3": r"(?:third|3rd)[- ]quarter|Q3",
            "quarter 4": r"(?:fourth|final|last|4th)[- ]quarter|Q4",
            "half 1": r"first[- ]half of (?:the year|(?:19|20)\d\d)|H1",
            "half 2": r"second[- ]half of (?:the year|(?:19|20)\d\d)|H2",
        }.items()
    },
    bounds_time=re.compile(r"\b(?:since|before|after|until|till|by) (?:\w+ )?(?=[A-Z])"),
    denial=re.compile(
        r"\b(?:den(?:y|ies|ied|ying)\b|refut\w+|reject(?:s|ed|ing)?\b|dismiss(?:es|ed|ing)?\b|disput(?:es|ed|ing)\b|wrongly"
        r"|mistakenly|erroneously|in error|false(?:ly)?\b|untrue|hoax|rumou?rs?\b|boasts?\b|contrary to|debunk\w*)",
        re.IGNORECASE,
    ),
    turns=re.compile(
        r"[,;:] (?:and|but|while|whereas|where)\b|\bbut\b|[;:”]|\bin (?:fact|reality)\b"
        r"|\b(?:an?|the) (?=\w+ing\b)",
        re.IGNORECASE,
    ),
    contrasted=re.compile(
        r"\b(?:and not|, not|rather than|instead of)(?: (?:at|by|on|in|the|an?|for|to|of|from))*\s?[£$€]?$"
        r"|, not\s$",
        re.IGNORECASE,
    ),
    false=re.compile(
        r"\b(?:is|are|was|were) (?:completely |entirely |totally |simply )?(?:false|untrue|wrong|incorrect|a hoax|a lie"
        r"|unfounded|baseless|inaccurate)\b|\bpure invention\b|\bno (?:evidence|truth)\b"
        r"|^\W*(?:false|not true|wrong)\b",
        re.IGNORECASE,
    ),
    reported=re.compile(
        r"\b(?:claim\w*|says?|said|stat(?:es|ed)|alleg\w+|assert\w*|report(?:s|ed)?|told|spoke|predict\w+|insist\w*|according)\b",
        re.IGNORECASE,
    ),
    corrects=re.compile(
        r"\b(?:(?:correct|actual|real|true|right|certified) (?:figure|number|toll|count|total|amount)"
        r"|in (?:fact|reality)"
        r"|do(?:es)? not believe|found (?:none|nothing|no)|contradict\w*|no evidence)\b",
        re.IGNORECASE,
    ),
    hypothesis=re.compile(
        r"\b(?:if (?:the|a|an|it|they|he|she|no|this|that|[a-z]+s)\b|had (?:the|it|a|an)\b|should (?:a|an|the)\b"
        r"|hypothe\w+"
        r"|scenario|simulat\w+|drill|imagin\w+|theoretical\w*|in such an? (?:event|case)|would (?:make|cost|mean))",
        re.IGNORECASE,
    ),
    would=re.compile(r"\b(?:would|could|might)\b", re.IGNORECASE),
    supposed=re.compile(r"\b(?:imagin(?:ed|es?|ing)|simulat(?:ed|es?|ing)|had predicted)\b", re.IGNORECASE),
    denies=re.compile(
        r"\b(?:(?P<passive>(?:(?:has|have|had) been|is|are|was|were) )|(?:has|have|had) )?(?:\w+ly )?"
        r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es?|ed)|dismiss(?:es|ed)?|disput(?:es?|ed)|contest(?:s|ed)?)\b",
        re.IGNORECASE,
    ),
    agent=re.compile(r"\s+by\s+", re.IGNORECASE),
)
