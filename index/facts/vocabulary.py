"""Which words carry grammar rather than content? Closed classes of French and English, folded."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OF = {"fr": _words("de d du des"), "en": _words("of")}
"""Prepositions that continue a noun phrase: "cas de choléra", "cases of cholera"."""

DETERMINERS = {
    "fr": _words(
        """le la les l un une du des ce cet cette ces son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos
        aucun aucune chaque plusieurs quelques quelque certains certaines tout toute tous toutes quel quelle quels
        quelles au aux"""
    ),
    "en": _words(
        """the a an this that these those its his her their our my your any some each every no all both another such
        several many few"""
    ),
}

PREPOSITIONS = {
    "fr": _words(
        """de d du des à au aux en dans sur sous par pour avec sans chez vers contre entre parmi depuis pendant durant
        dès avant apres jusqu jusque hors selon malgre lors face grace via outre sauf voire suite envers dont
        devant aupres
        derriere"""
    ),
    "en": _words(
        """of at by for from in into on onto over under with without within against among amid between about after
        before during since until till through throughout to toward towards across near around behind beyond despite
        per via upon along alongside inside outside off as than because due including excluding like"""
    ),
}

CONJUNCTIONS = {"fr": _words("et ou mais or ni car puis tandis alors"), "en": _words("and or but nor while whereas")}

THAT = {
    "fr": _words("que qu qui dont si comme lorsque lorsqu quand puisque puisqu parce tandis alors laquelle lequel où"),
    "en": _words("that which who whom whose where when while whereas if because although though since as than"),
}
"""Words that open a clause of their own."""

PRONOUNS = {
    "fr": _words(
        """il elle ils elles on nous vous je j tu se s y en ce c cela ceci ca lui eux celui celle ceux celles me m te t
        moi toi soi"""
    ),
    "en": _words("he she it they we you i him them us me itself themselves himself herself who there one's"),
}

AUXILIARIES = {
    "fr": _words(
        """ai as a avons avez ont avais avait avions avaient aurai aura aurons auront aurais aurait auraient ait aient
        ayant eu eus eut eurent avoir suis es est sommes sont etais etait etions etaient serai sera serons seront
        serais serait seraient soit soient fut furent ete etre etant va vont allait allaient ira iront vient viennent
        peut peuvent pouvait pouvaient pourra pourront pourrait pourraient pu doit doivent devait devaient devra
        devront devrait devraient dû semble semblent"""
    ),
    "en": _words(
        """is are was were be been being am has have had having do does did will would shall should can could may might
        must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't shouldn't can't
        cannot couldn't get got gets getting"""
    ),
}

NEGATIONS = {
    "fr": _words("ne n pas jamais guere nullement ni aucun aucune"),
    "en": _words("not never neither nor isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't "
                 "wouldn't shouldn't can't cannot couldn't"),
}  # fmt: skip

ADVERBS = {
    "fr": _words(
        """deja encore aussi egalement desormais toujours tres plus moins bien mal ainsi alors ensuite enfin ici là hier
        demain aujourd'hui souvent parfois surtout dont notamment soit seulement presque environ pres quasi trop assez
        tant autant jamais depuis ensemble peu beaucoup mieux pourquoi comment combien quand quoi pourtant
        cependant toutefois ailleurs partout puis
        maintenant d'abord jusqu'ici bientot tot tard meme memes ne n pas y compris non quasiment"""
    ),
    "en": _words(
        """already also still now then there here again just only even ever never not very too so far well more most
        less least yet once today yesterday tomorrow together alone instead however meanwhile almost nearly about
        around roughly some soon later ago back away up down out overall else perhaps often both per at how why what"""
    ),
}

OTHERS = {
    "fr": _words("autre autres supplementaires supplementaire nouveaux nouvelles nouveau nouvelle"),
    "en": _words("other others more additional further new another extra"),
}
"""Adjectives by which a figure takes over what the figure before it counts: "40 autres blessés"."""

ELLIPSIS = {"fr": _words("autre autres"), "en": _words("other others more another")}

SPEECH = {
    "fr": _words(
        """affirme affirment affirmait affirmer declare declarent declarait declarer indique indiquent indiquait
        indiquer estime estiment estimait estimaient estimer rapporte rapportent rapportait rapporter annonce annoncent
        annoncait annoncer dit disent disait precise precisent precisait preciser explique expliquent expliquait
        expliquer ajoute ajoutent ajoutait ajouter assure assurent assurait assurer souligne soulignent soulignait
        souligner confirme confirment confirmait confirmer note notent notait noter evoque evoquent revele revelent
        reveler rappelle rappellent rappelait rappeler soutient soutiennent soutenu pretend pretendent reconnait
        reconnaissent reconnu juge jugent suggere suggerent considere considerent avertit avertissent averti prevenu
        previent prevoit prevoient constate constatent signale signalent signaler raconte racontent temoigne temoignent
        avance avancent confie confient martele insiste insistent lance releve relevent predit predisent specifie
        specifient evalue evaluent
        evaluer recense recensent comptabilise denombre nie nient nier dement dementent dementi pense pensent
        craint craignent promet promis promettent repond repondu repondent ecrit ecrivent resume commente publie
        etabli denonce denoncent regrette regrettent""",
    ),
    "en": _words(
        """said says say saying told tells tell stated states announced announces announce reported reports report
        estimated estimates estimate added adds claimed claims claim confirmed confirms confirm noted notes warned warns
        warn explained explains revealed reveals predicted predicts believes believe believed thinks think insisted
        insists argued argues argue suggested suggests suggest acknowledged acknowledges admitted admits denied denies
        deny declared declares wrote writes tweeted replied responded recalled promised promises pledged forecast
        forecasts expects expected projects recorded counted calculated put concluded found finds show shows showed
        indicated indicates alleged alleges testified maintained disclosed quoted""",
    ),
}
"""Verbs that report what somebody says, as they are printed in news, folded."""


def grammar(language: str) -> frozenset[str]:
    """Return every closed-class word of the language."""
    tables = (OF, DETERMINERS, PREPOSITIONS, CONJUNCTIONS, THAT, PRONOUNS, AUXILIARIES, NEGATIONS, ADVERBS)
    return frozenset().union(*(table[language] for table in tables))


GRAMMAR = {code: grammar(code) for code in ("fr", "en")}
