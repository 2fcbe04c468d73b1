"""Is this word a verb, a plural, an outcome? Guesses from its form, of which roles are built; no dictionary."""

from __future__ import annotations

import re
from functools import lru_cache

_FR_FINITE = re.compile(
    r".{2,}(?:aient|(?<!tr)(?<!f)(?<!l)(?<!souh)(?<!surf)ait|èrent|irent|urent|era|eront|iront|ront|rait|raient"
    r"|assent|issent)$"
)
_FR_PLURAL_VERB = re.compile(r".{2,}(?:[^am]ent|[rom]ment)$")
_FR_NOT_VERB = frozenset(
    """cent argent accident president incident patient agent client content talent vent parent continent different
    recent present absent souvent couvent dent lent serment ferment occident orient adolescent urgent permanent frequent
    innocent violent excellent evident prudent violemment dement element comment moment omment affluent adjacent
    pertinent imminent equivalent suffisent etudient precedent antecedent resident dirigeant vraiment""".split()
) - {"suffisent", "etudient"}
_FR_PRESENT = frozenset(
    """atteint compte coute vaut pese mesure dure represente emploie recoit perd gagne produit consomme vend achete
    touche concerne subit connait affiche totalise rassemble reunit accueille heberge abrite contient comprend fait
    a blesse tue envoie deploie mobilise verse paie investit finance affecte frappe remporte obtient recueille decroche
    s'eleve eleve etablit monte grimpe passe tombe chute recule baisse augmente progresse avoisine parcourt court marque
    inscrit bat cree supprime licencie embauche recrute ouvre ferme transporte libere arrete condamne vote elit fixe
    culmine couvre oscille plafonne stagne reclame propose exige demande offre alloue consacre dispose manque reste
    demeure
    vit habite souffre roule vole circule fournit livre occupe loge traverse relie nourrit forme soigne suit dirige gere
    porte possede detient exporte importe genere rapporte""".split()
)
_EN_PAST = frozenset(
    """fell fallen rose risen won lost sent took taken left cost made ran came went gone saw seen held met paid spent
    sold built bought fled shot hit cut grew grown drew drawn drove driven fought found gave given kept led put read
    received said sank sunk sought shut slept spoke stole struck swam swept taught thought told threw thrown wore
    broke broken began begun became become beat beaten bred brought burnt burst caught chose chosen cast dealt died
    ate eaten fed felt flew flown forgot froze frozen got hung hid hidden hurt knew known laid lain lay lent let lit
    meant rode ridden rang set shook shown slid split spread stood stuck swore tore torn woke withdrew withdrawn
    underwent overtook drowned perished""".split()
)
_EN_NOT_PAST = frozenset("hundred united need seed speed feed bleed breed wed red bed shed sled seabed".split())
_EN_PRESENT = frozenset(
    """cost costs live lives remain remains face faces need needs work works reach reaches total totals
    employ employs serve serves kill kills hold holds include includes contain contains weigh weighs measure measures
    stand stands account accounts represent represents attend attend die dies flee await require requires want wants
    suffer suffers have has support supports oppose opposes believe say vote use uses own owns earn earns""".split()
)
_EN_PLURALS = frozenset(
    "people men women children police personnel staff dead wounded injured missing others percent feet fish sheep "
    "lives".split()
)


@lru_cache(maxsize=50_000)
def is_finite(text: str, folded: str, language: str) -> bool:
    """Return whether the word is, by its form, a verb with a tense of its own (French) or a past or -ing (English)."""
    if language == "fr":
        if folded in _FR_NOT_VERB:
            return False
        return bool(
            _FR_FINITE.match(text.lower())
            or _FR_PLURAL_VERB.match(folded)
            or (folded in _FR_PRESENT and text[-1] != "é")
        )
    return is_past(folded) or (folded.endswith("ing") and len(folded) > 5)


def is_past(folded: str) -> bool:
    """Return whether an English word is a past tense or participle by its form."""
    return (folded.endswith("ed") and len(folded) > 3 and folded not in _EN_NOT_PAST) or folded in _EN_PAST


def is_verb(text: str, folded: str, language: str) -> bool:
    """Return whether the word can govern a figure: also present tenses, infinitives and participles."""
    if is_finite(text, folded, language):
        return True
    if language == "en":
        return folded in _EN_PRESENT
    low = text.lower()
    return bool(
        (low.endswith(("ant", "er", "ir", "re")) and len(low) > 4 and folded not in _FR_NOUNS)
        or is_participle(text, folded)
    )


_FR_NOUNS = frozenset(
    """janvier fevrier septembre octobre novembre decembre nombre chiffre centre ministre membre ordre titre mètre metre
    litre kilometre hier milliardaire guerre affaire maire militaire population titulaire horaire salaire anniversaire
    chambre lettre oeuvre victoire histoire memoire territoire laboratoire soir loisir plaisir avenir premier dernier
    dossier quartier janvier ouvrier papier policier montant restant pendant avant enfant habitant dirigeant manifestant
    representant instant commandant carburant autre quatre notre votre rencontre offre cadre contre entre encore gloire
    heure mesure facture hier cher fer mer hiver""".split()
)


@lru_cache(maxsize=50_000)
def is_participle(text: str, folded: str) -> bool:
    """Return whether a French word has the form of a past participle: tués, blessées, disparus, morts."""
    low = text.lower()
    if folded.rstrip("s") in _FR_E_NOUNS:
        return False
    return low.endswith(("é", "ée", "és", "ées")) or folded in _FR_IRREGULAR


_FR_E_NOUNS = frozenset(
    """depute deputee employe employee salarie salariee refugie refugiee retraite retraitee associe delegue deleguee
    invite abonne abonnee marche traite degre cafe musee lycee armee annee journee soiree duree arrivee rentree fusee
    allee vallee
    societe universite comte cote ete cle unite cite sante qualite quantite moitie majorite minorite communaute autorite
    activite securite priorite propriete proprietes specialite entree sortie equipee assemblee mosquee entree pate bebe
    expose resume canape supermarche hypermarche echappee traversee dictee""".split()
)


_FR_IRREGULAR = frozenset(
    f"{stem}{end}"
    for stem in """mort disparu pris mis fait perdu vendu recu obtenu tenu venu devenu parvenu detenu condui
        produit construit detruit reduit inscrit ecrit conclu elu battu abattu pendu rendu atteint contraint offert
        ouvert couvert decouvert souffert couru parcouru secouru vaincu convaincu connu reconnu apparu paru sorti parti
        reparti investi enfoui englouti subi servi reuni puni fourni rempli saisi choisi etabli averti guéri gueri
        assis admis promis soumis commis compris surpris acquis sinistr infect nourri accueilli recueilli perçu percu
        touche sauve tue blesse""".split()
    for end in ("", "e", "s", "es")
)


def is_plural(folded: str, language: str) -> bool:
    """Return whether the word has the form of a plural noun."""
    if language == "en" and folded in _EN_PLURALS:
        return True
    return (
        len(folded) > 3
        and folded[-1] in ("sx" if language == "fr" else "s")
        and not folded.endswith(("ss", "us", "is"))
    )


PLANS = {
    "fr": frozenset(
        """prevoit prevoient prevoyait prevu prevue prevus prevues prevoir prevision previsions envisage envisagent
        envisageait projette projettent promet promettent promis veut veulent voulait souhaite souhaitent espere
        esperent entend entendent apprete appretent menace menacent vise visent planifie planifies objectif
        ambitionne anticipe anticipent predit possible""".split()
    ),
    "en": frozenset(
        """planned planning expect expects expected intend intends intended hoping vowed pledged projected forecast
        forecasts predicted predict predicts anticipate anticipated proposed scheduled potential""".split()
    ),
}
"""Words of a clause that speak of what is not done yet."""

PLANS_TO = frozenset(
    "plan plans set likely hope hopes aim aims want wants vows vow pledges promises threatens seeks".split()
)
"""English words that do so when "to" and a verb follow."""

MODALS = {
    "fr": re.compile(r"(?:pourr(?:a|ont|ait|aient)|devr(?:a|ont|ait|aient)|doi(?:t|vent)|va|vont|.{2,}(?:ra|ront))$"),
    "en": re.compile(r"(?:will|shall|won't|'ll)$"),
}
CONDITIONALS = {
    "fr": re.compile(r"(?:aurai(?:t|ent)|serai(?:t|ent)|.{2,}rai(?:t|ent)|presumee?s?)$"),
    "en": re.compile(
        r"(?:reportedly|allegedly|purportedly|apparently|supposedly|rumou?red|unconfirmed|alleged|feared|presumed"
        r"|believed|thought)$"
    ),
}
ESTIMATES = {
    "fr": re.compile(
        r"(?:estim(?:e|ent|ait|aient|er|es|ee|ees|ation|ations)|evalu(?:e|ent|ait|es|ee|ees|ation|ations)"
        r"|approximati\w+)$"
    ),
    "en": re.compile(r"(?:estimat(?:e|es|ed|ing|ion|ions)|reckon\w*)$"),
}
DENIALS = {
    "fr": frozenset("nie nient niait nier dement dementent dementi refute refutent conteste contestent".split()),
    "en": frozenset(
        "denied denies deny denying rejected rejects dismissed dismisses refuted disputed disputes".split()
    ),
}
_FR_NOT_FUTURE = frozenset(
    "extra opera camera ultra contra sierra cholera flora diaspora hydra infra supra mantra agora paprika front".split()
)


@lru_cache(maxsize=50_000)
def mood(folded: str, language: str) -> str:
    """Return which hedge a word of the clause gives: "planned", "conditional", "estimated", "denied" or ""."""
    if folded in DENIALS[language]:
        return "denied"
    if folded in PLANS[language] or (MODALS[language].match(folded) and folded not in _FR_NOT_FUTURE):
        return "planned"
    if CONDITIONALS[language].match(folded):
        return "conditional"
    return "estimated" if ESTIMATES[language].match(folded) else ""
