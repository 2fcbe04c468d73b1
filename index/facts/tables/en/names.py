"""Which English words tell a person, a place, an organisation, and who speaks? Folded."""

from __future__ import annotations

from index.facts.tables.names import NameWords, Speech
from index.facts.tables.words import pattern, words

NAMES = NameWords(
    titles=words(
        """mr mrs ms miss mme mlle sir lord lady dr doctor prof professor president presidents vice-president minister
        ministers chancellor senator deputy mayor governor king queen prince princess pope general colonel captain
        commander commandant lieutenant sergeant major admiral judge prosecutor lawyer attorney spokesman spokeswoman
        spokesperson director chief leader secretary candidate analyst expert researcher scientist historian economist
        journalist reporter author actor actress singer player coach manager skipper ceo boss founder ambassador
        commissioner cardinal bishop imam rabbi sheikh cheikh ayatollah emir sultan congressman congresswoman
        representative rep sen gov gen col lt capt sgt rev premier champion boxer driver engineer councillor adviser
        advisor resident witness survivor victim farmer student veteran mother father brother sister wife husband son
        daughter star inspector detective officer"""
    ),
    title_reach=1,
    organisations=words(
        """ministry institute university service services agency bank council party company corporation corp inc ltd
        group association foundation organisation organization commission committee tribunal court parliament assembly
        senate congress federation union league club fc united city department office bureau police army force forces
        news times post journal gazette magazine radio television tv airlines airways motors systems technologies
        hospital college school academy center centre museum cup open championship grand prix accord treaty act bill law
        plan covid red cross guard brigade front movement federal national international republican democrat labour
        conservative greens house press"""
    ),
    place_words=words(
        """region village province district city town county state island islands river lake mount mountain mountains
        valley bay gulf strait airport port suburb neighborhood neighbourhood capital prefecture peninsula desert
        forest"""
    ),
    place_prefixes=words("mount lake"),
    place_suffixes=words(
        """river county province island islands valley street avenue bay lake sea ocean mountains airport peninsula"""
    ),
    into=words("in near at from to across outside around inside throughout into toward towards between off"),
    into_words=words(""),
    to_the=words(""),
    articles=words("the a an"),
    inner_articles=words("the"),
    times=words("christmas easter ramadan internet"),
    common=words("nice center mobile tours reading date moss"),
    said_before=words("has had"),
    inverted_after=words(""),
)
SPEECH = Speech(
    according=pattern(r"\b(?:according to|in the words of|as per|citing|quoting)\s"),
    not_speakers=words("estimates estimation information figures data plan schedule reports report"),
    written=words(
        """figure figures estimate estimates data report reports toll tolls bulletin statement tally count study
        statistics document documents"""
    ),
    asserts=pattern(r"\b(?:that is|this is) (?:what|the figure given by)\s"),
    newest=words("latest last first new recent"),
    passive=words("is are was were been be"),
    by=words("by"),
    links=words("of the for and at in on"),
    tails=words("a"),
    pronouns=words("he she they it"),
    whole=words("all both each"),
    placed=words("put puts"),
    placed_at=words("at"),
    states=words(""),
    state=words(""),
    helpers=words("has have had also"),
    between=words("also has later"),
    articles=words("the a an"),
    inverts=True,
    clause=words("that"),
    edges=words("and but or in on"),
    joins=words("and"),
)
