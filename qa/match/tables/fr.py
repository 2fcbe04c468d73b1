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
    last_year=(
        r"(?<!que )(?<!qu’)(?<!qu')\bl['’]an(?:née)? (?:derni(?:er|ère)|passée?)\b|\b(?:{months}) dernier\b"
        r"|\bil y a un an\b"
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
    denies=re.compile(
        r"\b(?:(?P<passive>(?:(?:a|ont|avait|avaient) été|est|sont|était|étaient) )|(?:a|ont|avait|avaient) )?"
        r"(?:\w+ment )?(?:dément(?:ent|i\w*)?|nie(?:nt)?|niée?s?|contest(?:e|ent|ée?s?|ait|aient)"
        r"|réfut(?:e|ent|ée?s?|ait|aient)|rejet(?:te|tent|ée?s?|ait|aient)|récus(?:e|ent|ée?s?|ait|aient))\b",
        re.IGNORECASE,
    ),
    agent=re.compile(r"\s+par\s+", re.IGNORECASE),
    cues={
        "denial": frozenset(
            """démentir démenti dément démentie nier nie nié conteste contester réfuter réfuté récuser récusé rejeter
            rejette rejeté infirmer infirme balayer balaie écarter écarte exclut exclure dissiper tordre
            contredire contredit désavouer désavoue protester contrairement ironiser ironise""".split()
        ),
        "untrue": frozenset(
            """faux fausse fausses faussement archifaux inexact inexacte inexactitude erroné erronée mensonge
            mensonger mensongère mentir menti intox infox désintox désinformation canular invention inventer
            inventé imaginaire infondé infondée fondement fantaisiste fantaisie trucage truqué montage trompeur
            trompeuse tromper détourner détourné apocryphe falsifier falsifié contrefait légende mythe fable idée
            chimère supercherie mystification fake soi-disant prétendu prétendue invraisemblable absurde grotesque
            démonté""".split()
        ),
        "rumour": frozenset(
            """rumeur bruit bruits spéculation circuler circule court courait partager partagé partagée partages
            relayer relayé viral virale publication message vidéo visuel image compte tweet post blog blogueur
            anonyme internaute réseaux affiche tract tabloïd prétendre prétend affirmation allégation accusation
            avancer lettre évoquer évoquait faisant état ouï-dire chaîne enregistrement capture croit croyait
            racontent""".split()
        ),
        "error": frozenset(
            """erreur tort erroné coquille faute inadvertance confusion confondre confondu inversion inversé méprise
            doublon tromper trompé malencontreux malencontreusement indûment bévue maladresse mélangé lapsus""".split()
        ),
        "fixing": frozenset(
            """rectificatif rectification rectifier erratum correctif corriger corrigé corrige correction précision
            réviser révisé révise revoir revu revoit ramener ramené ramène excuse excuses version édition mise
            jour initial initialement premier première baisse hausse annulé retiré rétracté""".split()
        ),
        "truth": frozenset(
            """réalité réel réelle réellement exact exacte exactement véritable véritablement vrai vraie vérité
            vérifier vérifié vérification effectivement effectif finalement fait registre registres données
            officiel officielle certifié authentique établi seul seulement reste rester demeure toujours bien
            désormais""".split()
        ),
        "negation": frozenset("non n ne aucun aucune rien nul nulle jamais personne pas point ni nullement".split()),
        "hypothesis": frozenset(
            """si hypothèse hypothétique hypothétiquement scénario simulation simuler simulé simulacre exercice
            fictif fictive fiction imaginer imaginons imagine imaginé imagination supposer supposant supposons
            supposition théorique théorie roman romancier thriller film pièce répétition entraînement entraîner
            maquette utopie uchronie modèle modélisation cas joué rôle censé manœuvre""".split()
        ),
        "plan": frozenset(
            """devait devaient prévoir prévu prévoyait promettre promettait promis abandonner abandonné abandon
            enterré annulé annuler reporté renoncé prédire prédit prévision pronostic espérer espéraient attendus
            projet variante prochain envisager envisagé avorté""".split()
        ),
        "satire": frozenset(
            """satirique satire parodie parodique avril poisson blague farce plaisanterie plaisanter humour
            humoristique pastiche canular gag""".split()
        ),
        "contrast": frozenset(
            """mais pourtant cependant or toutefois tandis plutôt lieu contraire contre alors contrario""".split()
        ),
        "saying": frozenset(
            """affirmer affirme assurer assure prétendre prétend dire dit déclarer déclare soutenir soutient répéter
            répète clamer clame jurer jure lancer lance lancé écrire écrit écrivait indiquer indiqué mentionner
            mentionnait annoncer annonce avancer avancé évoquer évoqué selon parler parle revendiquer revendique
            vanter vante targuer prévaloir prévaut marteler martèle raconter raconte croire croit accuser accuse
            dénoncer dénonce estimer chiffrer chiffrait proclamer proclamé""".split()
        ),
        "ours": frozenset("nous notre nos avons avions lecteurs rédaction".split()),
        "that": frozenset("que qu".split()),
        "as": frozenset("comme".split()),
        "had": frozenset("avait avaient avions aurait auraient".split()),
        "being": frozenset("est sont c".split()),
        "evidence": frozenset(
            """doute preuve élément trace étayer étaye source résister résiste tient étude comptage compter
            recensement recenser contrôle audit analyse enquête magistrats inspecteur archives relevé mesure
            confirme confirmer constater""".split()
        ),
    },
)
