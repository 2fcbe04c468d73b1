"""Which words of news say the same thing? A compact table of relations in both languages, folded, by word beginnings.

A class holds what may stand for one another when a figure's role is compared with a question: nouns and verbs alike
("tués", "décès", "death toll"). It completes stems, translations and the encoder's word similarity; it replaces none.
An entry is a beginning of a folded word; one that ends in "." is the whole word.
"""

from __future__ import annotations

from functools import lru_cache

RELATIONS = {
    "death": """mort. morte. morts. mortes. mortel mourir. meur mouru tue. tuee. tues. tuees. tuer. tuent. tuant.
        tuerie deces
        deced perir. peri. peris. perissent victimes-mortelles succomb
        abattu trepas feminicid homicid assassin dead. die. dies. died. dying. death deaths kill perish fatalit fatal
        slain slay toll. murder lethal massacr""",
    "injury": """bless. blesse. blessee. blesses. blessees. blesser. blessure injur wound hurt. hurting. traumatis
        mutil maim
        intoxiq poisoned""",
    "casualties": "victime victim casualt pertes. losses.",
    "missing": "disparu disparition missing. unaccounted introuvable",
    "capture": "captur prisonn prisoner arrest arret arrete interpell detain detenu deten incarcer emprison "
    "imprison jailed custody garde-a-vue",
    "hostage": "otage hostage kidnap enlev abduct",
    "displaced": "evacu deplace displac fled. flee exode sans-abri homeless sinistr delog",
    "rescue": "secour sauve sauvet rescue saved. saving. rescap surviv",
    "infection": "cas. case. cases. contamin infect positif positiv contracte contracted",
    "hospital": "hospitalis hospitaliz reanimation admitted. intensive.",
    "recover": "guerir gueriso guerie. gueri. gueris. gueries. guerit guerissent retabl recover cured. remission",
    "send": "envoi envoy deploi deploy dispatch send. sends. sent. sending. expedi depech mobilis stationn "
    "stationed. transfer redeploy massed posted. rendu",
    "deliver": "livr deliver fourni suppl provide provid ship. shipped shipment donat handed",
    "soldier": "soldat militaire soldier troop troupe militar servicem effectif combattant fighter",
    "vote": "vote. votes. votant votent voted. voter. voting suffrage voix. ballot bulletin",
    "win": "gagn remport obten obtien obtenu obtain recueill win. wins. won. winning secured garner receiv recu. "
    "recoi decroch gain victoire victory conqu got.",
    "lose": "perd perte loss. lost. lose. losing. losses. loses.",
    "seat": "siege. sieges. seat",
    "turnout": "participation turnout",
    "cost": """cout. couts. coute coutai coutan couter coutera cost price prix tarif montant amount. facture bill.
        budget paye paie payer pay. paid. pays. paying
        depens expens spend spent. valeur. worth. somme. sum. fee. fees.""",
    "invest": "invest financ fund. funded funding. funds. subvention subsid grant. enveloppe alloue allocat "
    "debloqu credits. aide. aid.",
    "fine": "amende fine. fined. fines. sanction penalt penalis",
    "earn": "revenu salaire salari remun earn wage income. salary. salaries. gagnent",
    "revenue": "affaires. revenue turnover recette sales. vente. ventes.",
    "profit": "benefice profit earnings. resultat-net net.",
    "debt": "dette debt endett deficit loan pret. prets. emprunt owe. owed. owes.",
    "job": "emploi job. jobs. poste. postes. position. positions. employ employe salarie salaries. workforce "
    "worker travailleur",
    "dismiss": "licenci suppr supprim disparaitr disparaiss laid. layoff redundan dismiss axed. fired. cut. cuts. "
    "cutting. eliminat shed. sacked",
    "hire": "embauch recrut hire. hired. hires. hiring. recruit",
    "create": "cree. crees. creees. creer. creation. create. created creat. creates.",
    "build": "constru bati batis batir build. built. building erig edifi construct",
    "destroy": "detrui destruct destroy raze wreck demol ravag aneanti burn. burned. burnt. brule calcin incendi "
    "flatten",
    "damage": "endommag degat domma damage",
    "house": "maison habitation logement home. homes. house. houses. housing. foyer menage. menages. household "
    "residence dwelling",
    "inhabitant": "habitant resident inhabitant population citizen citoyen",
    "person": "personne people. person. gens. individu human humain man. men. woman. women. homme femme",
    "child": "enfant child kid. kids. mineur. mineurs. minor. minors. bebe baby babies",
    "student": "etudiant eleve. eleves. student pupil ecolier lyceen collegien",
    "protest": "manifest protest demonstrat defil march. marched. marchers rally rassembl rallied gather",
    "attend": "assist spectat watch foule crowd attend attendance public. audience visiteur visitor visit "
    "frequentation fans.",
    "strike": "greve grevist strike. strikes. striker walkout debray",
    "rise": "hausse augment progress croiss grimp bond. bondi rise. rises. rose. risen. increas grow. grew. "
    "growth. grown. climb surge jump. jumped soar accroiss up. gain.",
    "fall": "baiss recul chut diminu tomb repli fall. falls. fell. fallen. drop declin decreas down. slump plung "
    "slid. slip contract.",
    "reach": "atteint atteign reach hit. attain s'eleve eleve. stand. stands. stood.",
    "unemployment": "chomage chomeur unemploy jobless",
    "inflation": "inflation",
    "sell": "vend. vendu vendre vente sell. sells. sold. sale. sales.",
    "buy": "achet achat buy. buys. bought. purchas acquer acqui acquir",
    "produce": "produi product output. manufactur fabri harvest recolt",
    "export": "export",
    "import": "import. imports. imported. importe. importes. importat",
    "score": "but. buts. goal marqu inscri score. scored. scores. scoring",
    "match": "match. matchs. matches. game. games. rencontre. partie. parties.",
    "medal": "medaille medal",
    "age": "age. ages. agee. agees. aged. old.",
    "last": "dure. durer durent duree duration last. lasts. lasted lasting long.",
    "measure": "mesur measure longueur length long. hauteur height high. tall. largeur width wide. profondeur "
    "depth deep.",
    "weigh": "pese. peser poids. weigh weight heavy.",
    "area": "superficie surface area. hectares. etendu etend spread",
    "temperature": "temperature degre degree thermomet celsius mercure",
    "speed": "vitesse speed rapid fast.",
    "shoot": "tir. tire. tires. tirs. fusillade shot. shoot shooting fired. gunned",
    "attack": "attaqu attack frapp strike. strikes. struck. bombard assault offensiv raid",
    "launch": "lance lanc launch fired. tires. tir.",
    "sign": "sign. signe signatair signature signed. petition",
    "say": "dit. declar affirm indiqu annonc said. say. says. state. stated announc claim",
    "happen": "passe. lieu. produit. survenu happen occur took. place. event. evenement",
    "start": "debut commenc start began begin. begins. begun. ouvert open lanc launch inaugur",
    "end": "fin. finit. termin achev end. ends. ended. finish conclu close. closed fermer fermet fermee",
    "born": "naissance. naissances. ne. nee. nes. nees. born. birth",
    "vaccine": "vaccin jab. jabs. inocul immunis immuniz dose",
    "test": "test. tests. tested. testing. teste. testes. testee depist screen",
    "migrant": "refug migrant immigr exile asylum asile demandeur seeker",
    "company": "entreprise societe company companies firm. firms. business",
    "passenger": "passager passenger voyageur travell",
    "accident": "accident crash collision",
    "rain": "pluie precipitation rain rainfall",
    "animal": "animal animaux animal bete. bovin cattle mouton sheep",
    "vehicle": "vehicule vehicle voiture car. cars. auto.",
    "plane": "avion plane. planes. aircraft airplane jet. jets. appareil",
    "tank": "char. chars. blinde. blindes. tank. tanks. armoured armored",
    "percent-share": "part. share. proportion pourcentage percentage taux. rate. rates.",
    "support": "soutien souten favor support backed. approv approuv",
    "oppose": "oppos against. reject rejet hostil",
    "elect": "elu. elus. elue. elir electi elect",
    "sentence": "condamn peine. prison. sentence convict jailed. verdict",
    "charge": "inculp poursuiv charge. charged. charges. indict prosecut",
    "steal": "vole. voles. voler. steal stole stolen theft robb derob butin",
    "seize": "saisi saisie seiz confiscat",
}
"""Beginnings of words, by relation. Classes may overlap."""

OUTCOMES = frozenset(
    {"death", "injury", "casualties", "missing", "capture", "hostage", "displaced", "rescue", "hospital", "recover"}
)
"""What may have befallen people: a role with one of these does not answer a question about another."""

GENERIC = frozenset({"person", "inhabitant"})
"""Words for people of any kind."""
HUMAN = GENERIC | {"soldier", "child", "student", "migrant", "passenger", "job", "death", "injury"}
CHANGES = frozenset({"rise", "fall"})


def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    whole: dict[str, set[str]] = {}
    begin: dict[str, set[str]] = {}
    for name, entries in RELATIONS.items():
        for entry in entries.split():
            (whole if entry.endswith(".") else begin).setdefault(entry.rstrip("."), set()).add(name)
    return {k: frozenset(v) for k, v in whole.items()}, {k: frozenset(v) for k, v in begin.items()}


_WHOLE, _BEGIN = _tables()
_NOT = frozenset(
    """livre livres blessing manifeste manifestes manifestement productif productive assistant assistants assistance
    progressif progressive progressiste progressistes productivite productivity killjoy""".split()
)
"""Words that only begin like one of the table."""
_WORTH = {"bilan": frozenset({"death"}), "toll": frozenset({"death"})}


def asked_classes(folded: str, language: str) -> frozenset[str]:
    """Return the relations of a word of a question, where "le bilan" asks for the dead."""
    return classes(folded, language) | _WORTH.get(folded, frozenset())


@lru_cache(maxsize=50_000)
def classes(folded: str, language: str) -> frozenset[str]:
    """Return the relations that a folded word may belong to: ``classes("tues", "fr") == {"death"}``."""
    found = _WHOLE.get(folded, frozenset())
    if folded in _NOT:
        return found
    for length in range(3, len(folded) + 1):
        found |= _BEGIN.get(folded[:length], frozenset())
    return found
