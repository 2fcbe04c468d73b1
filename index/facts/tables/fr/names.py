"""Which French words tell a person, a place, an organisation, and who speaks? Folded."""

from __future__ import annotations

from index.facts.tables.names import NameWords, Speech
from index.facts.tables.words import pattern, words

NAMES = NameWords(
    titles=words(
        """m mm mme mmes mlle mr mrs miss sir lord lady dr docteur professeur prof maitre me president presidente
        presidents vice-president ministre premier-ministre chancelier senateur senatrice depute deputee maire
        gouverneur roi reine prince princesse pape general generale gen colonel colonelle col capitaine commandant
        lieutenant lt sergent major amiral juge procureur procureure avocat avocate porte-parole porteparole directeur
        directrice chef cheffe leader dirigeant dirigeante secretaire candidat candidate analyste expert experte
        chercheur chercheuse historien historienne economiste epidemiologiste journaliste reporter ecrivain acteur
        actrice chanteur chanteuse joueur joueuse attaquant defenseur gardien entraineur entraineuse coach manager
        skipper pdg ceo patron patronne boss fondateur fondatrice ambassadeur ambassadrice commissaire cardinal eveque
        imam rabbin cheikh ayatollah emir sultan premier champion championne nageur nageuse cycliste coureur coureuse
        boxeur boxeuse pilote ingenieur conseiller conseillere delegue deleguee resident habitant temoin victime
        agriculteur etudiant veteran mere pere frere soeur epouse mari fils fille star inspecteur detective"""
    ),
    title_reach=3,
    organisations=words(
        """ministere institut universite service services agence banque conseil parti compagnie sa groupe association
        fondation organisation commission comite tribunal cour parlement assemblee senat congres federation union ligue
        club departement bureau police armee forces journal gazette magazine radio television hopital college ecole
        academie centre musee coupe open grand prix accord traite loi plan covid croix-rouge garde brigade front
        mouvement syndicat federal national nationale international internationale republicain democrate verts chambre
        maison presse actualites google facebook amazon apple microsoft tesla boeing airbus reuters bbc afp"""
    ),
    place_words=words(
        """region ville village province departement commune ile iles fleuve mont montagne lac port aeroport district
        comte canton quartier vallee golfe baie detroit frontiere capitale prefecture peninsule desert foret"""
    ),
    place_prefixes=words("mont lac ile"),
    place_suffixes=words(""),
    into=words("à au aux en dans vers pres depuis entre"),
    into_words=words("à au aux en dans vers pres depuis"),
    to_the=words("à"),
    articles=words("la les l le une un des"),
    inner_articles=words("la le l les"),
    times=words("noel paques ramadan internet"),
    common=words("mobile date tours"),
    said_before=words("a avait n"),
    inverted_after=words("a ajoute"),
)
SPEECH = Speech(
    according=pattern(
        r"\b(?:selon|d['’]après|de l['’]aveu d[eu]|aux yeux d[eu]|de source[s]?(?= (?:policière|officielle|judiciaire"
        r"|diplomatique|hospitalière|médicale)))\s"
    ),
    not_speakers=words(
        """que les cas chaque moi toute vraisemblance lui eux leur elle certains le la un une des estimations
        estimation information informations chiffres donnees plan calendrier"""
    ),
    written=words(
        """chiffre chiffres bilan bilans bulletin rapport document documents donnees estimation estimations statistiques
        communique decompte releve note etude enquete information informations"""
    ),
    asserts=pattern(r"\bc['’]est(?: du moins)? ce qu['’](?:a |ont )?(?P<verb>[^\W\d_]+)\s"),
    newest=words("dernier dernieres nouveau recent premier"),
    passive=words("est sont ete etait etaient fut"),
    by=words("par"),
    links=words("de d du des la le l les et à au aux pour en sur"),
    tails=words("a ont est"),
    pronouns=words("il elle ils elles on"),
    whole=words(""),
    placed=words(""),
    placed_at=words(""),
    states=words("fait font faisait"),
    state=words("etat"),
    helpers=words("a ont avait avaient est egalement"),
    between=words("a ont avait egalement n ne y lui leur deja"),
    articles=words("le la l les un une son sa"),
    inverts=False,
    clause=words("que qu"),
    edges=words("et mais or en on"),
    joins=words("et"),
)
