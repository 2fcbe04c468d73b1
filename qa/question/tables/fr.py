"""Which words ask in French?"""

from __future__ import annotations

from qa.question.tables.table import FollowUp, QuestionTable, pattern, word_list

_MEASURED = (
    r"nombre|bilan|montant|prix|coût|cout|taux|chiffre|total|âge|age|part|proportion|pourcentage|superficie|population"
    r"|durée|distance|hauteur|longueur|largeur|profondeur|poids|température|vitesse|salaire|budget|valeur|effectif"
    r"|effectifs|amende|dette|déficit|inflation|chômage|magnitude|bénéfice|chiffre d['’]affaires|loyer|tarif|capacité"
    r"|quantité|participation|rançon|perte|pertes|facture|augmentation|hausse|baisse|production|consommation|recette"
    r"|recettes|altitude|puissance|tirage"
)

_KINDS = (
    (
        "date",
        pattern(
            r"(?:depuis|jusqu['’]à|d['’]ici|à partir de)? ?\bquand\b|\b(?:à )?quelle date\b",
            r"|\bquel(?:le)?s? (?:jour|année|mois|moment|heure|siècle|date|période)s?\b",
            r"|\bdate (?:de|du|d['’])",
        ),
    ),
    (
        "quotation",
        pattern(
            r"\bqu(?:e|['’])\s?(?:a|ont|avait)?(?:-t-(?:il|elle))? ?(?:dit|déclaré|affirmé|annoncé|répondu|promis",
            r"|expliqué|ajouté|estimé|demandé|déclare|affirme|annonce|répond|pense|disent|pensent|reproche|propose",
            r"|proposé|dénonce|dénoncé)\b",
            r"|\bqu['’]est-ce qu(?:e|['’]).{1,60}\b(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|pense",
            r"|demandé)\b",
            r"|\bque (?:dit|disent|pense|déclare|affirme)|\bcomment (?:a|ont)(?:-t-)?.{0,40}réagi",
            r"|\bréaction d[eu]\b|\bquels? (?:sont|ont été|étaient) les (?:mots|propos)",
        ),
    ),
    (
        "number",
        pattern(
            rf"\bcombien\b|\bquel(?:le)?s?\b.{{0,25}}\b(?:{_MEASURED})\b",
            r"|^(?:l[ea] )?(?:nombre|bilan|montant|prix|coût|durée) |\bbilan (?:chiffré|humain|des)|\bchiffres? d",
        ),
    ),
    (
        "reason",
        pattern(
            r"\bpourquoi\b|\bpour quelles? raisons?\b",
            r"|\bquelles? (?:est|sont|était|étaient|a été) (?:la |l['’])(?:cause|raison|origine)s?\b",
            r"|\bles? (?:causes?|raisons?) d|\bqu['’]est-ce qui a (?:causé|provoqué)|\bdans quel but\b",
            r"|\bà cause de quoi\b|\bcomment expliquer",
        ),
    ),
    (
        "place",
        pattern(
            r"\bo[ùu] (?!bien)\b|^o[ùu]\b",
            r"|\bquel(?:le)?s? (?:pays|ville|région|endroit|lieu|village|province|île|continent|département|quartier",
            r"|partie d|commune|zone|route)|\bd['’]où\b",
        ),
    ),
    ("passage", pattern(r"^comment\b(?! s['’]appel)")),
    ("yes-no", pattern(r"^(?:et |mais |alors )?est-ce\b")),
    ("passage", pattern(r"^(?:et |mais )?qui (?:est|était|sont|étaient) (?-i:[A-ZÀ-Ý])|^qu['’]est-ce qui\b")),
    (
        "person",
        pattern(
            r"\bqui\b|\bquel(?:le)? (?:est|était) le nom\b",
            r"|\bquel(?:le)? (?:ministre|président|député|joueur|dirigeant|homme|femme|personne|candidat|candidate",
            r"|expert|chercheur|acteur|chanteur|auteur|maire|juge|avocat|ambassad|porte-parole|responsable|général",
            r"|entraîneur|scientifique|direct|ingénieur|médecin|analyste|élu|préfet|sénateur|syndicaliste)\w*\b",
            r"|\bcomment s['’]appelle",
        ),
    ),
)

_UNITS = (
    (
        "change",
        pattern(
            r"\bde combien (?!d[e’']|est\b|sont\b|était|étaient|sera|serait)"
            r"|\bde quel(?:le)? (?:pourcentage|proportion)\b"
        ),
    ),
    ("age", pattern(r"\b(?:quel(?:le)? âge|quel age|l['’]âge|à quel âge)\b")),
    (
        "duration",
        pattern(
            r"\b(?:combien de temps|combien d['’]années|combien d['’]heures",
            r"|combien de (?:jours|mois|semaines|minutes|secondes|ans)|durée|duration|pendant combien)\b",
        ),
    ),
    (
        "distance",
        pattern(
            r"\b(?:à quelle distance|quelle distance|hauteur|longueur|largeur|profondeur|altitude",
            r"|combien de (?:kilomètres|mètres|km)|distance)\b",
        ),
    ),
    ("area", pattern(r"\b(?:superficie|combien d['’]hectares)\b")),
    ("weight", pattern(r"\b(?:poids|combien (?:pèse|pesait)|combien de (?:tonnes|kilos|kilogrammes))\b")),
    ("temperature", pattern(r"\b(?:températures?|temperatures?|combien de degrés)\b")),
    ("speed", pattern(r"\bvitesse\b")),
    ("volume", pattern(r"\bcombien de (?:litres|barils)\b")),
    ("energy", pattern(r"\b(?:puissance|combien de (?:mégawatts|gigawatts))\b")),
    (
        "money",
        pattern(
            r"\b(?:montant|prix|coûts?|couts?|salaires?|budgets?|amendes?|dettes?|déficits?|bénéfices?|loyers?|tarifs?",
            r"|rançons?|factures?|chiffre d['’]affaires|recettes?|euros?|dollars?|livres sterling|roubles?|argent",
            r"|coûté|coûter|coûtent|coûte|coûtera|payée?s?|dépensé|investi|gagne-t|sommes?|soldes?|fric)\b|[€$]",
        ),
    ),
    (
        "percent",
        pattern(
            r"\b(?:pourcentage|pour cent|proportion|part des?|quelle part|taux|inflation|chômage|participation)\b|%"
        ),
    ),
)

_FOLLOW_UP = FollowUp(
    lead=r"et|mais|alors|puis|sinon|donc|ok",
    courtesy=r"(?:un grand |grand )?merci(?: beaucoup| bien| à vous)?|je (?:vous|te) (?:en )?(?:remercie|prie)|bonjour"
    r"|bonsoir|s['’]il (?:vous|te) pla[iî]t|svp|stp|excusez-moi|(?:super|parfait)(?=\s*[,.!])",
    topic=r"qu['’]en est-il (?:pour|de|du|des|d['’])|quid (?:de|du|des|d['’])"
    r"|(?:(?:(?:la )?même (?:chose|question)|pareil|idem) )?pour\b",
    article=r"les|le|la|l['’]|des|du|de|d['’]",
    according=r"selon|d['’]apr[eè]s|dixit|qui (?:l['’]a|le) dit|qui dit (?:ça|cela)",
    according_tail=r"selon|d['’]après",
    preposition=r"en|à|au|aux|dans|depuis|avant|après|pendant|d['’]ici|jusqu['’]|fin|début|chez",
    question_word=r"(?:depuis |jusqu['’]à |à )?(?:combien(?: de| d['’])?|quand|où|pourquoi|comment|qui|quelles?|quels?"
    r"|quoi|que|qu['’])",
    asking_twice=r"est-ce (?:que|qu['’]|qui)",
    auxiliary=r"est|sont|a|ont|avait|avaient|sera|seront|été|était|étaient|s['’]|se|n['’]|y|t-il|t-elle",
    pronoun=r"\b(?<!le )(?<!du )(?<!un )(?:son|sa|ses)\b"
    r"|\b(?:il|elle|ils|elles|lui|leur|leurs|celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière)\b"
    r"|-t-(?:il|elle)s?\b|-(?:ils?|elles?)\b",
    stand_in=r"\b(?:celui|celles?|ceux|ça|cela|lequel|laquelle|lesquel(?:le)?s|là-dessus)\b"
    r"|(?<!qu['’])\ben (?=(?:a|ont|avai(?:t|ent)|sont|étaient|reste(?:nt)?)\b)",
    place_pronoun=r"(?<!il )(?<!n['’])\by\b(?! a(?:vait|ura|urait)?\b)|\b(?:là-bas|là-dedans|ici|sur place)\b",
    inversion=r"\w+-t-(?:il|elle)s?|(?:est|était|soit|ont|sont|avaient|étaient|seront)-(?:il|elle)s?",
    determiner=r"\b(?:le|la|les|un|une|ce|cette)\s+|\bl['’]",
    quantity=r"combien",
    circumstance_word=r"(?:depuis |jusqu['’]à )?quand|où|pourquoi|comment",
    name_particle=r"de|du|des|la|le",
    ordinals={
        "premier": 1,
        "première": 1,
        "deuxième": 2,
        "seconde": 2,
        "troisième": 3,
        "quatrième": 4,
        "cinquième": 5,
    },
    source_lead=r"(?:(?:dans|selon|d['’]après|que dit)\s+)?(?:la |le |l['’])?",
    source_noun=r"source|article|texte",
    number_sign=r"n[o°]",
    same_again=r"",
)

TABLE = QuestionTable(
    written_out={
        **dict.fromkeys(("cb", "cbien", "cmb", "combiens", "conbien", "combin"), "combien"),
        **dict.fromkeys(("pk", "pq", "pkoi", "pourkoi", "pourqoi", "prquoi"), "pourquoi"),
        **dict.fromkeys(("qd", "qand", "kan", "kand"), "quand"),
        **dict.fromkeys(("koi", "qoi"), "quoi"),
        "ki": "qui",
        **dict.fromkeys(("cmt", "commen"), "comment"),
        "KIA": "tués au combat",
        "WIA": "blessés au combat",
        "MIA": "disparus au combat",
        **dict.fromkeys(("POW", "POWs"), "prisonniers de guerre"),
    },
    kinds=_KINDS,
    units=_UNITS,
    counts=pattern(
        r"\bcombien d(?:e |['’])(?!temps|ann|heure|jour|mois|semaine|minute|seconde|ans\b|euro|dollar|kilom"
        r"|m[eè]tre|km|hectare|tonne|kilo|litre|baril|degr|m[ée]gaw|gigaw|argent)"
    ),
    price=pattern(r"\bcombien (?:cela|ça|vaut|vau)"),
    counting=pattern(r"\b(?:combien d|nombre|bilan)"),
    counted=pattern(
        r"\bcombien (?:de |d['’])|\b(?:nombre|total|pourcentage|proportion|part|quantité) (?:total )?(?:de |des "
        r"|d['’]|du )(?:la |l['’])?"
    ),
    counted_late=pattern(r"\bcombien\b.+?\b(?:de |d['’])(?=[^\W\d_]+(?: [^\W\d_]+)?(?: en \d{4}| à [A-Z]\w+)?\s*\?*$)"),
    asking=word_list(
        """nombre combien total chiffre exact date jour annee mois heure moment temps raison cause montant pourcentage
        pays ville lieu place nom quand dit declare quel age"""
    ),
    asking_always=word_list("combien quand"),
    asking_number=word_list("age jour annee mois"),
    naming_reason=word_list("age"),
    light=word_list(
        """doit doivent devra devront devrait devraient peut peuvent pourrait pourraient va vont vient viennent faire
        fait faits faite font passe part recense recenses recensees recensee signale signales signalee signalees
        enregistre enregistres enregistree enregistrees confirmes confirmees comptabilises compte comptent denombre
        denombres selon total taux eleve elevent elever atteint atteignent"""
    ),
    inverted=pattern(r"\b[^\W\d]{1,20}-(?:t-)?(?:il|elle|ils|elles|on)\b"),
    asks_more=pattern(r"\b(?:quel(?:le)?s?|lequel|laquelle|que|quoi)\b|\bqu['’]"),
    content=pattern(r"\b(?P<stem>né)e?s?\b"),
    speaker=pattern(
        r"(?:dit|déclaré|affirmé|annoncé|répondu|promis|expliqué|ajouté|estimé|pense|déclare|affirme|disent|réagi)"
        r"(?: à propos)? (?P<who>(?!de\b|sur\b|à\b|\?)[^?]{2,60}?)(?: sur | à | de | au |\s*\?|$)"
        r"|qu['’]est-ce qu(?:e |['’])(?P<whom>.{2,60}?) (?:a|ont) "
    ),
    according=pattern(
        r"\b(?:selon|d['’]après)\s+(.{2,60}?)\s*(?:[,?]|$)"
        r"|\b(?:l['’]|l[ae] |les )([^,?]{2,40}?)\s+(?:dit|disent|affirme|affirment|assure|assurent|déclare|déclarent"
        r"|estime|estiment|revendique|revendiquent)-(?:t-)?(?:ils?|elles?)\b"
    ),
    nobody=word_list("qui"),
    foreseen=pattern(
        r"\b(?:prévu|prévoi|pourrai|devrai|attendu|envisag)|\bd['’]ici\b"
        r"|\b(?:sera|seront|aura|auront|va|vont|\w{2,}era|\w{2,}eront)\b"
    ),
    negated=pattern(r"\bpas\b"),
    denying=word_list("pas jamais aucun aucune nullement"),
    denies=word_list("nie nier deme"),
    possessive=pattern(r"\b(?:de|du|des|d['’]|de la|de l['’])\s?$"),
    measures=word_list(
        """taux prix cout couts montant part proportion pourcentage valeur hauteur longueur largeur profondeur duree
        poids vitesse niveau chiffre nombre total temperature superficie age"""
    ),
    articles=word_list("le la l les un une du des de d et"),
    comparing=word_list(""),
    inverting=word_list(""),
    helping=word_list(""),
    subordinating=word_list("depuis avant apres que qui lorsque dont pendant"),
    pronoun_endings=("-il", "-elle", "-ils", "-elles", "-on"),
    compounds=False,
    among="parmi les",
    many=pattern(r"^(?:(?:les|des|de)\b|d['’]|(?!(?:la|le|du|une?)\b|l['’])\w+[sxz]\b)"),
    people=pattern(r"(?:civil(?:e?s)?|\w{3,}ien(?:ne)?s?|\w{4,}istes?)"),
    agreeing=pattern(r"\b(?:été|sont|étaient|seront|seraient|se|s['’])(?!\w)"),
    says_who="selon qui",
    again="{word} est-ce que les {counted} {auxiliary} {rest}",
    elided=("de ", "d'", "aeiouyhàâéèêëîïôöùûœ"),
    after="après",
    mark=" ?",
    subject_pronouns=(
        pattern(r"^(?P<before>que (?!se\b|faut\b|reste\b)[^\W\d]+)(?:-t)?-(?:il|elle)\b(?P<after>.*)$"),
        pattern(
            r"^(?P<before>(?:depuis |jusqu['’]à )?quand|où|pourquoi|comment)"
            r"(?P<after> (?!faut|y\b|pleut|neige|reste)[^\W\d]+(?:-t)?-(?P<pronoun>ils?|elles?)\b.*)$",
        ),
    ),
    of_whom=pattern(r"^qui (?:est|était) (?P<name>[^,?]+?)\s*\?*$"),
    follow_up=_FOLLOW_UP,
)
