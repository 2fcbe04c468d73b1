"""Which words announce a cause, something yet to come, or what somebody said?"""

from __future__ import annotations

import re

CAUSE = re.compile(
    r"\b(?:parce qu|car\b|puisqu|en raison d|à cause d|du fait d|grâce à|faute d|dû à|dus? aux?|due à|afin d|"
    r"à la suite d|suite à|après avoir|en échange d|en contrepartie|visant à|provoqu|caus|expliqu|s’explique|motif|"
    r"origine|(?:parti|part|partie|venu|né|née|résult\w+|provien\w+|découl\w+) d[eu’']|imput|attribu|responsable|"
    r"because|due to|owing to|as a result|since\b|in order to|so that|thanks to|after\b|following|in exchange|blamed|"
    r"started (?:in|by|with|from)|stem|trigger|spark|prompt|led to|origin|responsible|fault|left \w+ing)",
    re.IGNORECASE,
)
"""Words that announce a cause or a purpose."""

ACCORDING = re.compile(r"\b(?:according to|selon|d['’]après)\s+(.{2,60}?)\s*(?:[,?]|$)", re.IGNORECASE)
"""Who should say so, in a question."""

FORESEEN = re.compile(
    r"\b(?:will|would|might|could|may|going to|expected|planned|plans?|forecast|predicted|by (?:the end|next|january|"
    r"february|march|april|june|july|august|september|october|november|december|20\d\d)|prévu|prévoi|pourrai|devrai|"
    r"d['’]ici|attendu|envisag|sera|seront|aura|auront|va|vont|\w{2,}era|\w{2,}eront)",
    re.IGNORECASE,
)
"""Words with which a question asks for what has not happened yet."""

SAID = re.compile(
    r"[«“\"]|\b(?:dit|déclar|affirm|annonc|indiqu|estim|précis|ajout|expliqu|soulign|assur|rappel|répond|promis|nié|"
    r"not[ée]|said|says|told|announc|declar|stat|claim|warn|add|explain|insist|argu|deni)",
    re.IGNORECASE,
)
"""Words and marks that announce what somebody said."""

WHERE = re.compile(r"\b(?:where|où|in (?:which|what)|(?:dans|en|sur|vers) quel(?:le)?s?)\b", re.IGNORECASE)
"""Words with which a question asks where something is or goes, not which country did it."""

THERE = re.compile(
    r"\b(?:en|à|a|au|aux|dans|sur|près d[eu]|vers|chez|entre|sous|d[eu]|des|d['’]|in|at|on|near|to|from|into|across|"
    r"around|outside|inside|off|through|of|within|north|south|east|west)\s*(?:la |le |les |l['’]|the |"
    r"(?:région|ville|province|île|villages?|city|town|region|island) (?:de |d['’]|of ))?(?:\w+(?:[- ]\w+)?[- ])?$",
    re.IGNORECASE,
)
"""What stands before a place where something is or goes there."""
