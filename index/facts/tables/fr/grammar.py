"""Which words carry the grammar of French, and which stand around its figures? Folded."""

from __future__ import annotations

from index.facts.tables.grammar import Grammar, Roles
from index.facts.tables.words import words

_OF = words("de d du des")
_DETERMINERS = words(
    """le la les l un une du des ce cet cette ces son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos
    aucun aucune chaque plusieurs quelques quelque certains certaines tout toute tous toutes quel quelle quels
    quelles au aux"""
)
_PREPOSITIONS = words(
    """de d du des à au aux en dans sur sous par pour avec sans chez vers contre entre parmi depuis pendant durant
    dès avant apres jusqu jusque hors selon malgre lors face grace via outre sauf voire suite envers dont devant aupres
    derriere"""
)
_CONJUNCTIONS = words("et ou mais or ni car puis tandis alors")
_THAT = words("que qu qui dont si comme lorsque lorsqu quand puisque puisqu parce tandis alors laquelle lequel où")
_PRONOUNS = words(
    """il elle ils elles on nous vous je j tu se s y en ce c cela ceci ca lui eux celui celle ceux celles me m te t
    moi toi soi"""
)
_AUXILIARIES = words(
    """ai as a avons avez ont avais avait avions avaient aurai aura aurons auront aurais aurait auraient ait aient
    ayant eu eus eut eurent avoir suis es est sommes sont etais etait etions etaient serai sera serons seront
    serais serait seraient soit soient fut furent ete etre etant va vont allait allaient ira iront vient viennent
    peut peuvent pouvait pouvaient pourra pourront pourrait pourraient pu doit doivent devait devaient devra
    devront devrait devraient dû semble semblent"""
)
_NEGATIONS = words("ne n pas jamais guere nullement ni aucun aucune")
_ADVERBS = words(
    """deja encore aussi egalement desormais toujours tres plus moins bien mal ainsi alors ensuite enfin ici là hier
    demain aujourd'hui souvent parfois surtout dont notamment soit seulement presque environ pres quasi trop assez
    tant autant jamais depuis ensemble peu beaucoup mieux pourquoi comment combien quand quoi pourtant cependant
    toutefois ailleurs partout puis maintenant d'abord jusqu'ici bientot tot tard meme memes ne n pas y compris non
    quasiment"""
)
_SPEECH = words(
    """affirme affirment affirmait affirmer declare declarent declarait declarer indique indiquent indiquait
    indiquer estime estiment estimait estimaient estimer rapporte rapportent rapportait rapporter annonce annoncent
    annoncait annoncer dit disent disait precise precisent precisait preciser explique expliquent expliquait
    expliquer ajoute ajoutent ajoutait ajouter assure assurent assurait assurer souligne soulignent soulignait
    souligner confirme confirment confirmait confirmer note notent notait noter evoque evoquent revele revelent
    reveler rappelle rappellent rappelait rappeler soutient soutiennent soutenu pretend pretendent reconnait
    reconnaissent reconnu juge jugent suggere suggerent considere considerent avertit avertissent averti prevenu
    previent prevoit prevoient constate constatent signale signalent signaler raconte racontent temoigne temoignent
    avance avancent confie confient martele insiste insistent lance releve relevent predit predisent specifie
    specifient evalue evaluent evaluer recense recensent comptabilise denombre nie nient nier dement dementent dementi
    pense pensent craint craignent promet promis promettent repond repondu repondent ecrit ecrivent resume commente
    publie etabli denonce denoncent regrette regrettent"""
)

GRAMMAR = Grammar(
    of=_OF,
    determiners=_DETERMINERS,
    prepositions=_PREPOSITIONS,
    conjunctions=_CONJUNCTIONS,
    joins=words("et ou"),
    that=_THAT,
    pronouns=_PRONOUNS,
    auxiliaries=_AUXILIARIES,
    negations=_NEGATIONS,
    weak_negations=words("ne n"),
    adverbs=_ADVERBS,
    others=words("autre autres supplementaires supplementaire nouveaux nouvelles nouveau nouvelle"),
    ellipsis=words("autre autres"),
    speech=_SPEECH,
    bare_speech=words(""),
    adverb_ending="ment",
    clitics=words("se s y"),
    plural_endings="sx",
    plural_like="sxz",
    accented={"A": "à"},  # capitals are often printed without their accents
    closed=frozenset().union(
        _OF, _DETERMINERS, _PREPOSITIONS, _CONJUNCTIONS, _THAT, _PRONOUNS, _AUXILIARIES, _NEGATIONS, _ADVERBS
    ),
)
ROLES = Roles(
    relatives=words("qui"),
    states=words("sans"),
    verbal_states=words("sans en sous"),
    infinitives=words("avoir etre ayant etant ete"),
    of_whom=words("à pour par"),
    times=words(
        "an ans annee annees mois jour jours semaine semaines heure heures minute minutes matin soir nuit weekend"
    ),
    verb_particles=words(""),
    verb_tails=words("en à sous de d dans par au du des sans"),
    them=words("entre eux elles"),
    more=words("plus moins de d"),
    times_endings=("fois",),
    lasting_joints=words("en depuis par"),
    anaphors=words("nombre chiffre total bilan ce cela"),
    against={"contre": "contre", "compare": "contre"},
    with_words=words(""),
    start="de",
    start_of=words(""),
    to=words("à"),
    at=words("à"),
    part_of=words("des de d"),
    coordinates=words("et , ou tandis plus mais"),
    openers=words("que qu qui où"),
    but=words("mais"),
    light=words("fait faire font faisant faisait fit avoir dont allant selon"),
    subjected=words("eleve elevait elevent etablit etablissait monte passe atteindre atteint atteignait"),
    after_time=words("apres avant depuis pendant dans chaque tous"),
    lasting=words("pendant durant depuis"),
    holding=words("a ont avait avaient"),
    worth=words(""),
    compared=words("compare"),
    partitive=words(""),
    before_verb=words("ne n pas s se ete"),
    verb_group=words("s se"),
    subject_pronouns=words("il elle ils elles"),
    of_it=words("en"),
    copulas=words(""),
    aged=words("age agee ages agees"),
    aged_mark="âgé",
    part=words("dont notamment parmi"),
    either=words("soit"),
    dimensions=words("long haut hauteur large largeur longueur profondeur profond de d"),
    objects=words(""),
    skipped=words("deja desormais ainsi encore aussi environ"),
    kept_determiners=words("aucun aucune"),
    restrictions=words("que qu"),
    counts=words("nombre total montant cout prix bilan effectif"),
    by_words=("d'ici", "d’ici"),
    clauses=words("que qu"),
    bounds=words("moins plus seulement"),
)
