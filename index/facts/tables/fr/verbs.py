"""Is this French word a verb, a participle, a plural, and does it say that something is not certain?"""

from __future__ import annotations

import re
from functools import lru_cache

from index.facts.tables.grammar import Verbs
from index.facts.tables.words import words

_FINITE = re.compile(
    r".{2,}(?:aient|(?<!tr)(?<!f)(?<!l)(?<!souh)(?<!surf)ait|èrent|irent|urent|era|eront|iront|ront|rait|raient"
    r"|assent|issent)$"
)
_PLURAL_VERB = re.compile(r".{2,}(?:[^am]ent|[rom]ment)$")
_NOT_VERB = words(
    """cent argent accident president incident patient agent client content talent vent parent continent different
    recent present absent souvent couvent dent lent serment ferment occident orient adolescent urgent permanent frequent
    innocent violent excellent evident prudent violemment dement element comment moment omment affluent adjacent
    pertinent imminent equivalent precedent antecedent resident dirigeant vraiment"""
)
_PRESENT = words(
    """atteint compte coute vaut pese mesure dure represente emploie recoit perd gagne produit consomme vend achete
    touche concerne subit connait affiche totalise rassemble reunit accueille heberge abrite contient comprend fait
    a blesse tue envoie deploie mobilise verse paie investit finance affecte frappe remporte obtient recueille decroche
    s'eleve eleve etablit monte grimpe passe tombe chute recule baisse augmente progresse avoisine parcourt court marque
    inscrit bat cree supprime licencie embauche recrute ouvre ferme transporte libere arrete condamne vote elit fixe
    culmine couvre oscille plafonne stagne reclame propose exige demande offre alloue consacre dispose manque reste
    demeure vit habite souffre roule vole circule fournit livre occupe loge traverse relie nourrit forme soigne suit
    dirige gere porte possede detient exporte importe genere rapporte"""
)
_NOUNS = words(
    """nombre chiffre centre ministre membre ordre titre mètre metre litre kilometre hier milliardaire guerre affaire
    maire militaire population titulaire horaire salaire anniversaire chambre lettre oeuvre victoire histoire memoire
    territoire laboratoire soir loisir plaisir avenir premier dernier dossier quartier ouvrier papier policier montant
    restant pendant avant enfant habitant dirigeant manifestant representant instant commandant carburant autre quatre
    notre votre rencontre offre cadre contre entre encore gloire heure mesure facture cher fer mer hiver"""
)
"""Nouns and the like that end as infinitives or as participles of the present do; a month is a date before that."""
_NOT_PARTICIPLES = words(
    """depute deputee employe employee salarie salariee refugie refugiee retraite retraitee associe delegue deleguee
    invite abonne abonnee marche traite degre cafe musee lycee armee annee journee soiree duree arrivee rentree fusee
    allee vallee societe universite comte cote ete cle unite cite sante qualite quantite moitie majorite minorite
    communaute autorite activite securite priorite propriete proprietes specialite entree sortie equipee assemblee
    mosquee pate bebe expose resume canape supermarche hypermarche echappee traversee dictee"""
)
_IRREGULAR = frozenset(
    f"{stem}{end}"
    for stem in words(
        """mort disparu pris mis fait perdu vendu recu obtenu tenu venu devenu parvenu detenu condui
        produit construit detruit reduit inscrit ecrit conclu elu battu abattu pendu rendu atteint contraint offert
        ouvert couvert decouvert souffert couru parcouru secouru vaincu convaincu connu reconnu apparu paru sorti parti
        reparti investi enfoui englouti subi servi reuni puni fourni rempli saisi choisi etabli averti guéri gueri
        assis admis promis soumis commis compris surpris acquis sinistr infect nourri accueilli recueilli perçu percu
        touche sauve tue blesse"""
    )
    for end in ("", "e", "s", "es")
)


@lru_cache(maxsize=50_000)
def is_finite(text: str, folded: str) -> bool:
    """Return whether the word is, by its form, a verb with a tense of its own."""
    if folded in _NOT_VERB:
        return False
    return bool(_FINITE.match(text.lower()) or _PLURAL_VERB.match(folded) or (folded in _PRESENT and text[-1] != "é"))


@lru_cache(maxsize=50_000)
def is_participle(text: str, folded: str) -> bool:
    """Return whether the word has the form of a past participle: tués, blessées, disparus, morts."""
    if folded.rstrip("s") in _NOT_PARTICIPLES:
        return False
    return text.lower().endswith(("é", "ée", "és", "ées")) or folded in _IRREGULAR


def is_verb(text: str, folded: str) -> bool:
    """Return whether the word can govern a figure: a tense, an infinitive or a participle."""
    if is_finite(text, folded):
        return True
    infinitive = text.lower().endswith(("ant", "er", "ir", "re")) and len(text) > 4 and folded not in _NOUNS
    return infinitive or is_participle(text, folded)


def governs(text: str, folded: str) -> bool:
    """Return whether the word governs the figure behind it: a participle alone ("tués 12") does not."""
    return is_finite(text, folded) or (is_verb(text, folded) and not is_participle(text, folded))


def _is_verbal(text: str, folded: str) -> bool:
    return is_finite(text, folded) or is_participle(text, folded)


def _is_plural(text: str, folded: str) -> bool:
    return len(folded) > 3 and folded[-1] in "sx" and not folded.endswith(("ss", "us", "is"))


VERBS = Verbs(
    is_finite=is_finite,
    is_participle=is_participle,
    is_verb=is_verb,
    governs=governs,
    parts=is_finite,
    parts_subject=is_finite,
    is_verbal=_is_verbal,
    is_plural=_is_plural,
    plans=words(
        """prevoit prevoient prevoyait prevu prevue prevus prevues prevoir prevision previsions envisage envisagent
        envisageait projette projettent promet promettent promis veut veulent voulait souhaite souhaitent espere
        esperent entend entendent apprete appretent menace menacent vise visent planifie planifies objectif
        ambitionne anticipe anticipent predit possible"""
    ),
    plans_to=words(""),
    to=words(""),
    future=re.compile(r"(?:pourr(?:a|ont|ait|aient)|devr(?:a|ont|ait|aient)|doi(?:t|vent)|va|vont|.{2,}(?:ra|ront))$"),
    not_future=words(
        "extra opera camera ultra contra sierra cholera flora diaspora hydra infra supra mantra agora paprika front"
    ),
    conditional=re.compile(r"(?:aurai(?:t|ent)|serai(?:t|ent)|.{2,}rai(?:t|ent)|presumee?s?)$"),
    estimate=re.compile(
        r"(?:estim(?:e|ent|ait|aient|er|es|ee|ees|ation|ations)|evalu(?:e|ent|ait|es|ee|ees|ation|ations)"
        r"|approximati\w+)$"
    ),
    denials=words("nie nient niait nier dement dementent dementi refute refutent conteste contestent"),
    unsure=re.compile(r"(?:pourr|devr)(?:ait|aient)$"),
    unplanned=words(""),
    perfect=words(""),
)
