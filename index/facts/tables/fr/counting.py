"""Which French numbers count nothing, and which words beside a number hedge it?"""

from __future__ import annotations

import re

from index.facts.tables.figures import Exclusions, HedgeWords
from index.facts.tables.words import pattern, words

EXCLUSIONS = Exclusions(
    mask=r"""(?<![\w,.])0\d(?:[ .\u00a0-]\d\d){4}(?!\d)
    |(?<=\bau[ ])(?:112|911|999|1[578])(?![\d.,]|[ ]\w)|(?<=n°[ ])\d+-\d+
    |(?<![\w.,])\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|boulevard|bd|place[ ]d|allée|chemin|quai|impasse|cours)\b
    |(?:(?<=[\n,(])|(?<=[\n,(][ ]))\d{5}[ ](?=[A-ZÉ][a-zé])""",
    serial=pattern(r"n°\s?\d+$"),
    references=words(
        """article articles art section page pages p chapitre paragraphe alinea n no nos numero figure fig tableau
        annexe phase type ligne route vol lot groupe niveau categorie etape round episode saison tome volume version
        chambre appartement quai porte canal resolution departementale nationale autoroute protocole psaume verset
        grade clause amendement titre scenario option proposition question terminal terminals visa bus tram metro
        salle post sol hall kilometre formule ligue boeing airbus falcon windows iphone galaxy ps xbox apollo soyouz
        arrondissement district zone secteur division promotion top"""
    ),
    digit_references=words("top question nationale"),
    columns=words(
        "rang place classement position code postal insee siret siren telephone tel fax reference ref id identifiant"
        " dossard matricule annee date heure numero n no page dossier lot commande"
    ),
    timeline=words("jour semaine annee"),
    ordinal=pattern(r"(?:er|ère|re|e|è|ème|eme|nd|nde|º|ᵉ)s?(?!\w)|-\w*ième\w*"),
    ordinal_word=pattern(r"\s\w{3,12}ièmes?\b"),
    of=r"d['’]|de\s",
    both=pattern(r"\b(?:les|ces|ses|leurs|nos|vos)\s$"),
    people=words("police personnel million"),
    new="neuf",
    per=re.compile(r"pour\s$"),
)

_AT_LEAST = r"au moins|au minimum|un minimum de|pas moins de|pas moins d['’]|au bas mot|à tout le moins"
_AT_MOST = (
    r"(?:ne |n['’])(?:\w+ )?(?:pas )?dépass\w+(?: pas)?|(?:tout )?au plus|au maximum|un maximum de|pas plus de"
    r"|pas plus d['’]"
)
_ABOUT = (
    r"plus proche de|plus proches de|environ|quelque|autour de|autour d['’]|aux alentours de|aux environs de"
    r"|de l['’]ordre de|à peu près|approximativement|grosso modo|avoisin\w+|plus ou moins|en moyenne"
)
_MORE_THAN = (
    r"(?:un peu |bien |beaucoup |nettement )?plus de|(?:un peu |bien )?plus d['’]|au-delà de|au-dessus de"
    r"|supérieure?s? à|dépass\w+|(?:franchi|passé) (?:la barre|le cap) des?"
)
_LESS_THAN = (
    r"(?:un peu |bien |nettement )?moins de|(?:un peu )?moins d['’]|inférieure?s? à|en dessous de|sous la barre des?"
)
_ESTIMATED = (
    r"estimée?s? à|estim(?:e|ent|ait|aient) à|évaluée?s? à|chiffrée?s? à"
    r"|(?:une |des |selon des |d['’]après des )?estimations? (?:de|allant de|à)"
)
HEDGES = HedgeWords(
    before=(
        ("at least", _AT_LEAST),
        ("at most", _AT_MOST),
        ("nearly", r"près de|près d['’]|pas loin de|presque|quasiment|proche de|proches de"),
        ("about", _ABOUT),
        ("more than", _MORE_THAN),
        ("less than", _LESS_THAN),
        ("up to", r"jusqu['’]à|jusqu['’]au"),
        ("estimated", _ESTIMATED),
        ("planned", r"une prévision de|des prévisions de|prévus?|un objectif de"),
        (
            "",
            r"seulement|à peine|exactement|précisément|ainsi que|un total de|au total|un record de|les|ces|ses|ce"
            r"|les premiers",
        ),
    ),
    particles=r"de|d['’]|des|du|à|aux|au|en|par|entre|un total (?:\w+ )?de|un total d['’]environ",
    after=pattern(
        r"(?P<least>\s?\+(?!\s?\d)|\s(?:ou|et) (?:plus|davantage)\b|,? au (?:moins|minimum)\b(?! \w+ (?:ont|sont)))"
        r"|(?P<most>,? (?:tout )?au (?:plus|maximum)\b|\sou moins\b)"
        r"|(?P<about>,? environ\b|,? approximativement\b|\sà peu près\b)"
    ),
    verbal=pattern(r"dépass|avoisin|estim(?!ations? )|évalu|chiffr|franchi|passé"),
)
