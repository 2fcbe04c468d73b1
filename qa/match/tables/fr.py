"""Which words of a French passage announce what a question asks for?"""

from __future__ import annotations

import re

from qa.match.tables.table import PassageTable

TABLE = PassageTable(
    cause=re.compile(
        r"\b(?:parce qu|car\b|puisqu|en raison d|à cause d|du fait d|grâce à|faute d|dû à|dus? aux?|due à|afin d"
        r"|à la suite d|suite à|après avoir|en échange d|en contrepartie|visant à|provoqu|caus|expliqu|s’explique|motif"
        r"|origine|(?:parti|part|partie|venu|né|née|résult\w+|provien\w+|découl\w+) d[eu’']|imput|attribu|responsable)",
        re.IGNORECASE,
    ),
    said=re.compile(
        r"[«“\"]|\b(?:dit|déclar|affirm|annonc|indiqu|estim|précis|ajout|expliqu|soulign|assur|rappel|répond|promis|nié"
        r"|not[ée])",
        re.IGNORECASE,
    ),
    there=re.compile(
        r"\b(?:en|à|a|au|aux|dans|sur|près d[eu]|vers|chez|entre|sous|d[eu]|des|d['’])\s*(?:la |le |les |l['’])?"
        r"(?:(?:région|ville|province|île|villages?) (?:de |d['’]))?(?:\w+(?:[- ]\w+)?[- ])?$",
        re.IGNORECASE,
    ),
    denying=frozenset("pas jamais aucun aucune nullement".split()),
    unsure=frozenset("si peut-etre probablement eventuel eventuelle guere".split()),
    bounding=frozenset("moins plus seulement uniquement".split()),
    owning=frozenset("du de d des".split()),
    articles=frozenset("la l le les".split()),
    neutral=frozenset(
        """nombre total bilan chiffre confirmes confirme enregistres signales recenses constates officiel officiels
        autres moins plus environ de des du et ou contre dont age eleve passe atteint atteindre supplementaires nouveaux
        nouvelles ete pas""".split()
    ),
    joining=frozenset("et ou".split()),
    negating=frozenset("pas jamais aucun".split()),
    periods={
        name: re.compile(rf"\b(?:{printed})\b", re.IGNORECASE)
        for name, printed in {
            "quarter 1": r"(?:premier|1er) trimestre|T1",
            "quarter 2": r"(?:deuxième|second|2e|2ème) trimestre|T2",
            "quarter 3": r"(?:troisième|3e|3ème) trimestre|T3",
            "quarter 4": r"(?:quatrième|dernier|4e|4ème) trimestre|T4",
            "half 1": r"(?:premier|1er) semestre|S1|première moitié de l[’']année",
            "half 2": r"(?:deuxième|second|2e|2ème) semestre|S2|seconde moitié de l[’']année",
        }.items()
    },
    bounds_time=re.compile(r"\b(?:depuis|avant|après|jusqu|d[’']ici)", re.IGNORECASE),
)
