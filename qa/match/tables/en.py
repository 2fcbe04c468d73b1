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
)
