"""Which words carry the grammar of English, and which stand around its figures? Folded."""

from __future__ import annotations

from index.facts.tables.grammar import Grammar, Roles
from index.facts.tables.words import words

_OF = words("of")
_DETERMINERS = words(
    """the a an this that these those its his her their our my your any some each every no all both another such
    several many few"""
)
_PREPOSITIONS = words(
    """of at by for from in into on onto over under with within without against among amid between about after
    before during since until till through throughout to toward towards across near around behind beyond despite
    per via upon along alongside inside outside off as than because due including excluding like"""
)
_CONJUNCTIONS = words("and or but nor while whereas")
_THAT = words("that which who whom whose where when while whereas if because although though since as than")
_PRONOUNS = words("he she it they we you i him them us me itself themselves himself herself who there one's")
_AUXILIARIES = words(
    """is are was were be been being am has have had having do does did will would shall should can could may might
    must isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't shouldn't can't
    cannot couldn't get got gets getting"""
)
_NEGATIONS = words(
    """not never neither nor isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
    shouldn't can't cannot couldn't"""
)
_ADVERBS = words(
    """already also still now then there here again just only even ever never not very too so far well more most
    less least yet once today yesterday tomorrow together alone instead however meanwhile almost nearly about
    around roughly some soon later ago back away up down out overall else perhaps often both per at how why what"""
)
_SPEECH = words(
    """said says say saying told tells tell stated states announced announces announce reported reports report
    estimated estimates estimate added adds claimed claims claim confirmed confirms confirm noted notes warned warns
    warn explained explains revealed reveals predicted predicts believes believe believed thinks think insisted
    insists argued argues argue suggested suggests suggest acknowledged acknowledges admitted admits denied denies
    deny declared declares wrote writes tweeted replied responded recalled promised promises pledged forecast
    forecasts expects expected projects recorded counted calculated put concluded found finds show shows showed
    indicated indicates alleged alleges testified maintained disclosed quoted"""
)

GRAMMAR = Grammar(
    of=_OF,
    determiners=_DETERMINERS,
    prepositions=_PREPOSITIONS,
    conjunctions=_CONJUNCTIONS,
    joins=words("and or"),
    that=_THAT,
    pronouns=_PRONOUNS,
    auxiliaries=_AUXILIARIES,
    negations=_NEGATIONS,
    weak_negations=words(""),
    adverbs=_ADVERBS,
    others=words("other others more additional further new another extra"),
    ellipsis=words("other others more another"),
    speech=_SPEECH,
    bare_speech=words("said says say"),
    adverb_ending="ly",
    clitics=words(""),
    plural_endings="",
    plural_like="",
    accented={},
    closed=frozenset().union(
        _OF, _DETERMINERS, _PREPOSITIONS, _CONJUNCTIONS, _THAT, _PRONOUNS, _AUXILIARIES, _NEGATIONS, _ADVERBS
    ),
)
ROLES = Roles(
    relatives=words("who that which"),
    states=words("without"),
    verbal_states=words("without in under on"),
    infinitives=words("have be being having been"),
    of_whom=words("for on in to per"),
    times=words(
        """week weeks day days month months year years hour hours minute minutes morning evening night weekend"""
    ),
    verb_particles=words("out off away back over up down"),
    verb_tails=words("to in into under from of with by on without for"),
    them=words("them whom these those"),
    more=words("more fewer less as many much"),
    times_endings=("times",),
    lasting_joints=words("in within over by"),
    anaphors=words("total figure number toll it"),
    against={"against": "from", "compared": "from"},
    with_words=words("with"),
    start="from",
    start_of=words("up down"),
    to=words("to"),
    at=words("at"),
    part_of=words("of"),
    coordinates=words("and , or while plus but"),
    openers=words("that which who where"),
    but=words("but"),
    light=words("made making make have has including ranging according"),
    subjected=words("stands stood risen rose reached reaches reach totalled climbed"),
    after_time=words("after before since during for within every"),
    lasting=words("for"),
    holding=words("has have had"),
    worth=words("worth"),
    compared=words("compared compare"),
    partitive=words("of"),
    before_verb=words("been"),
    verb_group=words("to"),
    subject_pronouns=words("it they he she"),
    of_it=words(""),
    copulas=_AUXILIARIES,
    aged=words("age ages aged old"),
    aged_mark="aged",
    part=words("including among"),
    either=words(""),
    dimensions=words("long high tall deep wide thick away apart"),
    objects=words("him her them us me"),
    skipped=words("already now also only"),
    kept_determiners=words(""),
    restrictions=words(""),
    counts=words("number cost price toll total"),
    by_words=(),
    clauses=words("that"),
    bounds=words("only fewer less more"),
)
