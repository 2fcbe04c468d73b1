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
    denial=re.compile(
        r"\b(?:dément\w*|démen[st]\b|nie(?:nt)?\b|nié\w*|contest(?:e|ent|é|ée|ait|aient)\b|réfut\w+|rejett?\w+|récus\w+"
        r"|par erreur|à tort|rumeurs?\b|prétend\w*|se (?:vant|prévau|targu)\w+|fauss?e?s?\b|erroné\w*|infond\w+"
        r"|contrairement à)",
        re.IGNORECASE,
    ),
    turns=re.compile(r"[,;:] (?:et|mais|alors|tandis|où|dont)\b|\bmais\b|[;:»]|\ben (?:réalité|fait)\b", re.IGNORECASE),
    contrasted=re.compile(
        r"\b(?:et non(?: pas)?|non pas|et pas|plutôt que|au lieu d[eu’'])"
        r"(?: (?:à|de|par|au|en|dans|le|la|les|sur|d[’']))*"
        r"[  ]?$",
        re.IGNORECASE,
    ),
    false=re.compile(
        r"\b(?:est|sont|était|étaient) (?:totalement |complètement |entièrement |donc )?(?:faux|fausses?|inexact\w*"
        r"|erroné\w*|infondé\w*|mensong\w+|sans fondement)|\bc[’']est (?:faux|inexact|un mensonge)|de pure invention"
        r"|ne repose sur rien|il n[’']en est rien|^\W*faux\b",
        re.IGNORECASE,
    ),
    reported=re.compile(
        r"\b(?:selon|affirm\w+|assur\w+|prétend\w*|indiqu\w+|mentionn\w+|parl(?:e|ait|aient)\b|avan[cç]\w+|dénon[cç]\w+"
        r"|écri\w+|répèt\w+|annon[cç]\w+|dit|lancé|revendiqu\w+|faisa\w+ état)",
        re.IGNORECASE,
    ),
    corrects=re.compile(
        r"\b(?:(?:chiffre|bilan|nombre|montant)s? (?:exacts?|réels?|corrects?)|en (?:réalité|fait)|contredi\w+"
        r"|nous avons vérifié|n[’']en (?:a|ont)\b|aucun\w* (?:preuve|élément|trace)|il s[’']agi\w+ en)",
        re.IGNORECASE,
    ),
    hypothesis=re.compile(
        r"\b(?:si (?:l[ea]s? |l[’']|un|une|ce|cette|il|elle|on)|s[’']ils?\b|hypothè\w+|hypothéti\w+|scénario|simul\w+"
        r"|fictif|fictive|théorique|exercice de|et si\b|se passerait|en cas d[e’'])",
        re.IGNORECASE,
    ),
    would=re.compile(r"\b(?!(?:aur|ser)ai)\w+(?:rait|raient)\b|\b(?:serai(?:t|ent))\b", re.IGNORECASE),
    supposed=re.compile(r"\b(?:imagin\w+|simul(?:é|er|ait|aient|ent)\w*|avai(?:t|ent) prédit)\b", re.IGNORECASE),
    denies=re.compile(
        r"\b(?:(?P<passive>(?:(?:a|ont|avait|avaient) été|est|sont|était|étaient) )|(?:a|ont|avait|avaient) )?"
        r"(?:\w+ment )?(?:dément(?:ent|i\w*)?|nie(?:nt)?|niée?s?|contest(?:e|ent|ée?s?|ait|aient)"
        r"|réfut(?:e|ent|ée?s?|ait|aient)|rejet(?:te|tent|ée?s?|ait|aient)|récus(?:e|ent|ée?s?|ait|aient))\b",
        re.IGNORECASE,
    ),
    agent=re.compile(r"\s+par\s+", re.IGNORECASE),
)
