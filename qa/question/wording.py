"""Which words of a question say what kind of answer, and which unit, it asks for?"""

from __future__ import annotations

import re

MEASURE_NOUNS = {
    "fr": r"nombre|bilan|montant|prix|coût|cout|taux|chiffre|total|âge|age|part|proportion|pourcentage|superficie"
          r"|population|durée"
          r"|distance|hauteur|longueur|largeur|profondeur|poids|température|vitesse|salaire|budget|valeur|effectif"
          r"|effectifs|amende|dette"
          r"|déficit|inflation|chômage|magnitude|bénéfice|chiffre d['’]affaires|loyer|tarif|capacité|quantité"
          r"|participation|rançon"
          r"|perte|pertes|facture|augmentation|hausse|baisse|production|consommation|recette|recettes|altitude|puissance|tirage",
    "en": r"number|toll|death toll|amount|price|cost|rate|figure|total|age|share|proportion|percentage|area"
          r"|population|duration|distance"
          r"|height|length|width|depth|weight|temperature|speed|salary|budget|value|fine|debt|deficit|inflation"
          r"|unemployment|magnitude"
          r"|profit|revenue|rent|fare|capacity|quantity|turnout|ransom|loss|losses|bill|output|production"
          r"|consumption|altitude"
          r"|size|headcount|casualty count|attendance|unemployment rate|inflation rate",
}  # fmt: skip
UNIT_NOUNS = (
    ("money", r"\b(?:montant|prix|coûts?|couts?|salaires?|budgets?|amendes?|dettes?|déficits?|bénéfices?|loyers?"
              r"|tarifs?|rançons?|factures?|"
              r"chiffre d['’]affaires|recettes?|amounts?|prices?|costs?|salar(?:y|ies)|fines?|debts?|deficits?"
              r"|profits?|revenues?|rents?|"
              r"fares?|ransoms?|bill|euros?|dollars?|livres sterling|roubles?|argent|money|coûté|coûter|coûtent"
              r"|coûte|coûtera|payé|paid|pay|spent|"
              r"spend|dépensé|investi|invested|invest|worth|earn|earned|gagne-t|cost)\b"),
    ("percent", r"\b(?:pourcentage|pour cent|proportion|part des?|quelle part|percentage|per ?cent|what share"
                r"|share of|taux|inflation|turnout|"
                r"unemployment|chômage|participation|rates?)\b|%"),
    ("age", r"\b(?:quel(?:le)? âge|quel age|how old|l['’]âge|the age|à quel âge|what age)\b"),
    ("duration", r"\b(?:combien de temps|combien d['’]années|combien d['’]heures|combien de (?:jours|mois|semaines"
                 r"|minutes|secondes|ans)|durée|"
                 r"how long|how many (?:years|months|weeks|days|hours|minutes|seconds)|duration|pendant combien"
                 r"|how much time)\b"),
    ("distance", r"\b(?:à quelle distance|quelle distance|hauteur|longueur|largeur|profondeur|altitude"
                 r"|combien de (?:kilomètres|mètres|km)|"
                 r"how far|how (?:tall|high|deep|wide|long is|long was)|distance|height|length|width|depth"
                 r"|how many (?:kilomet|met|mile)\w*)\b"),
    ("area", r"\b(?:superficie|combien d['’]hectares|how many (?:hectares|acres)|what area)\b"),
    ("weight", r"\b(?:poids|combien (?:pèse|pesait)|how heavy|how much does? \w+ weigh|weight|combien de (?:tonnes"
               r"|kilos|kilogrammes)|how many (?:tonnes|tons|kilos|kilograms|pounds))\b"),
    ("temperature", r"\b(?:températures?|temperatures?|combien de degrés|how many degrees|how (?:hot|cold))\b"),
    ("speed", r"\b(?:vitesse|how fast|speed)\b"),
    ("volume", r"\b(?:combien de (?:litres|barils)|how many (?:litres|liters|barrels|gallons))\b"),
    ("energy", r"\b(?:puissance|combien de (?:mégawatts|gigawatts)|how many (?:megawatts|gigawatts))\b"),
)  # fmt: skip
KIND_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("date", r"(?:depuis|jusqu['’]à|d['’]ici|à partir de)? ?\bquand\b|\b(?:à )?quelle date\b"
                 r"|\bquel(?:le)?s? (?:jour|année|mois|moment|heure|siècle|date|période)s?\b"
                 r"|\bdate (?:de|du|d['’])"),
        ("quotation", r"\bqu(?:e|['’])\s?(?:a|ont|avait)?(?:-t-(?:il|elle))? ?(?:dit|déclaré|affirmé|annoncé"
                      r"|répondu|promis|expliqué|ajouté|estimé|demandé|"
                      r"déclare|affirme|annonce|répond|pense|disent|pensent|reproche|propose|proposé|dénonce|dénoncé)\b"
                      r"|\bqu['’]est-ce qu(?:e|['’]).{1,60}\b(?:dit|déclaré|affirmé|annoncé|répondu|promis"
                      r"|expliqué|ajouté|pense|demandé)\b"
                      r"|\bque (?:dit|disent|pense|déclare|affirme)|\bcomment (?:a|ont)(?:-t-)?.{0,40}réagi"
                      r"|\bréaction d[eu]\b|\bquels? (?:sont|ont été|étaient) les (?:mots|propos)"),
        ("number", rf"\bcombien\b|\bquel(?:le)?s?\b.{{0,25}}\b(?:{MEASURE_NOUNS['fr']})\b|^(?:l[ea] )?(?:nombre"
                   rf"|bilan|montant|prix|coût|durée) |\bbilan (?:chiffré|humain|des)|\bchiffres? d"),
        ("reason", r"\bpourquoi\b|\bpour quelles? raisons?\b|\bquelles? (?:est|sont|était|étaient"
                   r"|a été) (?:la |l['’])(?:cause|raison|origine)s?\b|\bles? (?:causes?|raisons?) d"
                   r"|\bqu['’]est-ce qui a (?:causé|provoqué)|\bdans quel but\b|\bà cause de quoi\b"
                   r"|\bcomment expliquer"),
        ("place", r"\bo[ùu] (?!bien)\b|^o[ùu]\b"
                  r"|\bquel(?:le)?s? (?:pays|ville|région|endroit|lieu|village|province|île|continent|département"
                  r"|quartier|partie d|commune|zone|route)|\bd['’]où\b"),
        ("passage", r"^comment\b(?! s['’]appel)"),
        ("yes-no", r"^(?:et |mais |alors )?est-ce\b"),
        ("passage", r"^(?:et |mais )?qui (?:est|était|sont|étaient) (?-i:[A-ZÀ-Ý])|^qu['’]est-ce qui\b"),
        ("person", r"\bqui\b|\bquel(?:le)? (?:est|était) le nom\b|\bquel(?:le)? (?:ministre|président|député"
                   r"|joueur|dirigeant|homme|femme|personne|candidat|candidate|"
                   r"expert|chercheur|acteur|chanteur|auteur|maire|juge|avocat|ambassad|porte-parole|responsable|"
                   r"général|entraîneur|scientifique|direct|ingénieur|médecin|analyste|élu|préfet|sénateur|syndicaliste)\w*\b"
                   r"|\bcomment s['’]appelle"),
    ),
    "en": (
        ("date", r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time|century|period)s?\b"
                 r"|\bsince when\b|\bdate of\b"),
        ("quotation", r"\bwhat (?:did|does|do|has|have|had|was|is) .{1,60}\b(?:say|said|claim|announce|answer"
                      r"|reply|promise|declare|state|tell|think|respond|ask|warn|"
                      r"claimed|announced|declared|stated|saying|reaction)\b|\bhow did .{1,60} (?:react|respond)\b"),
        ("number", rf"\bhow (?:many|much|old|long|far|tall|high|deep|heavy|fast|large|big|wide|hot|cold|often)\b"
                   rf"|\b(?:what|which)(?:['’]s| is| was| were| are| will be| has been)?\b(?: the| its| their| his"
                   rf"| her)?(?: \w+){{0,3}} (?:{MEASURE_NOUNS['en']})\b"
                   rf"|\bwhat (?:{MEASURE_NOUNS['en']})\b"
                   rf"|^(?:the )?(?:number|toll|death toll|cost|price|length|duration) "
                   rf"|\b(?:casualty|death|injury|loss) (?:figures|tolls?|counts?|numbers)\b"),
        ("reason", r"\bwhy\b|\bwhat (?:caused|causes|led to|triggered|prompted|sparked)\b|\b(?:what|which) (?:is"
                   r"|was|were|are) the (?:cause|reason|origin)s?\b|\bfor what reason\b|\bhow come\b"),
        ("place", r"\bwhere\b|\b(?:what|which)(?: (?!is|was|are|were)\w+){0,2} (?:country|city|region|town|place"
                  r"|village|province|island|state|continent|district|area|part of the)\b"),
        ("passage", r"^(?:and )?who (?:is|was|are|were) (?-i:[A-Z])"),
        ("person", r"\bwho(?:m|se)?\b|\bwhat(?:['’]s| is| was) the name\b|\bwhich (?:minister|president|player"
                   r"|leader|man|woman|person|candidate|expert|researcher|"
                   r"actor|singer|author|mayor|judge|lawyer|senator|ambassador|spokes\w+|official|general|coach|scientist|director|"
                   r"engineer|doctor|analyst|prefect|deputy|lawmaker)\b"),
        ("yes-no", r"^(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b"),
    ),
}  # fmt: skip
INVERSION = re.compile(r"\b[^\W\d]{1,20}-(?:t-)?(?:il|elle|ils|elles|on)\b", re.I)
"""A French question without a question word: "La mairie a-t-elle ...". One with such a word often has it too."""
QUEL = re.compile(r"\b(?:quel(?:le)?s?|lequel|laquelle|que|quoi)\b|\bqu['’]", re.I)
"""Words with which a French question asks for more than yes or no."""
RULES = {
    code: tuple((kind, re.compile(pattern, re.I)) for kind, pattern in rules) for code, rules in KIND_RULES.items()
}
UNITS = tuple((unit, re.compile(pattern, re.I)) for unit, pattern in UNIT_NOUNS)
ASKING = frozenset(
    """nombre combien total chiffre exact number figure many much how long far old tall high deep heavy fast big large
    number count date jour annee mois heure moment year day month time date temps temp raison cause reason montant
    amount
    pourcentage percentage percent pays ville country city lieu place endroit nom name quand when dit declare say tell
    happen people-named quel age""".split()
)
LIGHT = frozenset(
    """doit doivent devra devront devrait devraient peut peuvent pourrait pourraient va vont vient viennent faire fait
    faits faite font passe according share part went go goes going put puts get gets got since near still there first
    expected enough each actually exactly recorded reported counted registered confirmed recense recenses recensees
    recensee signale signales signalee signalees enregistre enregistres enregistree enregistrees confirmes confirmees
    comptabilises compte comptent denombre denombres selon total taux now back again up due eleve elevent elever atteint
    atteignent reach reached stand stands amounts""".split()
)
"""Words of a question for a figure, a date or a name that say nothing of what is asked for."""
COUNTED = {
    "fr": re.compile(
        r"\bcombien (?:de |d['’])|\b(?:nombre|total|pourcentage|proportion|part|quantité) (?:total )?(?:de |des "
        r"|d['’]|du )(?:la |l['’])?",
        re.I,
    ),
    "en": re.compile(
        r"\bhow (?:many|much)(?: of the| more| other)? |\b(?:number|amount|percentage|proportion|share"
        r"|total) of (?:the )?|\bwhat percentage ",
        re.I,
    ),
}
LATE = re.compile(r"\bcombien\b.+?\b(?:de |d['’])(?=[^\W\d_]+(?: [^\W\d_]+)?(?: en \d{4}| à [A-Z]\w+)?\s*\?*$)", re.I)
