"""What do the lines of a website say? The wording of French and English furniture, family by family.

Every pattern is matched against a folded line (lower case, no accents, straight apostrophes), so none has a capital.
"""

from __future__ import annotations

NETWORKS = (
    "facebook twitter x instagram linkedin whatsapp telegram messenger pinterest reddit youtube tiktok rss flipboard "
    "bluesky threads mastodon snapchat discord viber wechat weibo tumblr email e-mail mail courriel sms"
).split()

SECTIONS = frozenset(
    """accueil home politique politics monde world international france europe afrique africa asie asia ameriques
    americas economie economy business finance bourse markets entreprises societe society sport sports football culture
    arts cinema musique music television tv people lifestyle style mode fashion sante health sciences science tech
    technologie technology numerique environnement environment climat climate planete meteo weather education opinion
    opinions editorial editoriaux debats tribunes idees analyse videos video photos podcasts podcast radio direct live
    newsletters newsletter jeux games emploi jobs immobilier annonces abonnes abonnement regions region faits divers
    justice medias media actualites actualite actu news latest plus more contact apropos about boutique shop archives
    search recherche menu connexion login magazine une services dossiers blogs elections cuisine voyage travel auto
    us uk""".split()
)
"""Words of a site's menu."""

SITES = rf"(?:google(?: (?:news|actualites|discover))?|{'|'.join(NETWORKS)}|nos reseaux|les reseaux|notre|nos|our)"

_SEE_ALSO = (
    r"(?:a|pour) (?:lire|voir|ecouter|decouvrir|consulter)(?: (?:aussi|egalement|ensuite|encore|sur le meme sujet))*",
    r"(?:lire|lisez|voir|voyez|ecouter) (?:aussi|egalement)",
    r"lire la suite",
    r"(?:read|see|watch) (?:also|more|next)",
    r"also (?:read|see|on .{1,30})",
    r"related(?: (?:articles?|stories|story|posts?|news|content|topics?|coverage|reading))?",
    r"(?:articles?|contenus?|sujets?|dossiers?) (?:similaires?|lies|connexes?|associes?|recommandes?)",
)
RELATED = (
    *_SEE_ALSO,
    r"(?:sur|dans) l[ea] meme (?:sujet|theme|rubrique|categorie)",
    r"pour aller plus loin|further reading",
    r"plus (?:d'(?:infos?|articles?|actualites?)|sur (?:ce|le) (?:sujet|theme))(?: .{1,40})?",
    r"more (?:on (?:this|the) (?:story|topic|subject)|from .{1,40}|stories|news|articles|coverage|like this)",
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in)",
    r"vous (?:aimerez|pourriez)(?: aussi| egalement)+(?: aimer)?",
    r"(?:articles? )?recomm(?:ended|andes?)(?: (?:for you|reading|stories|pour vous))?",
    r"(?:nos|les|vos) (?:derniers|autres|meilleurs) (?:articles|contenus|dossiers)",
    r"(?:les )?plus (?:lus|vus|populaires|recents)|most (?:read|popular|viewed|shared|recent)",
    r"trending(?: now| stories)?|a la une|top (?:stories|news)|don't miss|editor'?s'? picks?",
    r"a ne pas (?:manquer|rater)|ne manquez pas",
    r"(?:the )?latest(?: (?:news|stories|articles|from .{1,30}))?",
    r"dernieres? (?:actualites?|infos?|nouvelles|minutes?|heures?|publications)",
    r"plus|more",
)
"""Labels under which a site lists other articles."""
RELATED_LINE = (
    rf"(?:{'|'.join(_SEE_ALSO)})(?: ?(?::|>+|→|»|\||/) ?| [–—-] |\. )\S.*",
    r"(?:(?:pour )?en savoir plus|learn more|find out more|plus d'infos?(?:rmations)?|sur le meme (?:sujet|theme)"
    r"|further reading|retrouvez aussi)(?: (?:sur|about|on|dans) .{1,60}?)?(?: ?(?::|>+|→|»|\||/) ?| [–—-] )\S.*",
    r"(?:a )?(?:lire|voir|ecouter) (?:aussi|egalement) .+",
    r"also read .+",
    r"read more (?:about|on|at) .+",
)
"""Such a label with the title of the other article on the same line."""

_COMMENTS = (
    r"(?:laisse[rz]|ajoute[rz]|poste[rz]|ecri(?:re|vez)|publie[rz]|depose[rz]|voir|lire|afficher|masquer|soumettre)"
    r" (?:un|une|votre|vos|les|des|mon|tous les|\d+)(?: nouveau| nouvelle)? (?:commentaires?|avis|reponses?|reactions?)"
    r"(?: (?:sur|a|pour) .{1,90})?",
    r"(?:leave|post|add|write|submit|view|read|show|hide|see|join)(?: a| your| the| all| \d+)?"
    r" (?:comments?|reply|replies|conversation|discussion)(?: (?:on|to|below) ?.{0,90})?",
    r"(?:(?:\d+|aucun|pas de|zero|un|one) )?(?:commentaires?|comments?|replies)(?: (?:sur|on|to) .{1,90})?",
    r"no comments(?: yet)?|\d+ (?:reponses?|reactions?)|\d+ responses?(?: to .{1,90})?",
    r"(?:les )?comment(?:aire)?s (?:sont |are )?(?:fermes|clos|desactives|closed|disabled|off)(?: .{0,60})?",
    r"annuler la reponse|cancel reply|repondre|reply|(?:envoyer|publier|post) (?:le |the )?comment(?:aire)?",
    r"(?:nom|name|e-?mail|site web|site internet|website|commentaire|comment|message) ?\*?",
)
_ADVERTISING = (
    r"advertisements?|publicites?|pub|ads?|annonce|promoted|remove ads",
    r"sponsored(?: content| by .{1,40})?|contenu (?:sponsorise|partenaire)",
    r"(?:la )?suite apres (?:la|cette) publicite",
    r"(?:advertisement\W* ?)?(?:article|story|content)? ?continue[sd]?(?: reading)? (?:below|after)(?: .{0,40})?",
    r"continue reading|scroll (?:down )?to continue(?: .{0,40})?",
)
_NAVIGATION = (
    r"table (?:of contents|des matieres)|(?:au )?sommaire|contents|(?:in|dans) (?:this|cet) article|on this page",
    r"(?:retour(?:ner)?|revenir|remonter|aller) (?:en|au|vers le) (?:haut|debut|sommet)(?: de (?:la )?page)?",
    r"haut de (?:la )?page|(?:back|return|scroll|go) to (?:the )?top|top of (?:the )?page|back to home(?:page)?",
    r"retour (?:a l'accueil|a la liste|aux? .{1,30})",
    r"(?:skip|jump) to (?:main |the )?(?:content|navigation|menu|search)",
    r"(?:aller|passer|acceder) (?:directement )?(?:au|a la) (?:contenu|navigation|menu|recherche)(?: principale?)?",
    r"menu|navigation|rechercher?|search|fermer|close|ouvrir|suivant|precedent|next|previous|chargement|loading",
    r"(?:article|post|page|story) (?:suivante?|precedente?)|(?:next|previous|prev) (?:article|post|page|story)",
    r"(?:voir|afficher|charger|lire|see|view|show|load|read|learn|find out) (?:plus|more|all|tout|toutes?|tous)"
    r"(?: .{0,30})?",
    r"en savoir plus|cliquez ici|click here|tap here|(?:cliquez|appuyez) pour .{1,60}",
    r"ecouter(?: (?:cet |l'|le )(?:article|podcast))?|listen(?: to (?:this )?article)?",
    r"(?:lire|read) (?:l'article|(?:the )?(?:full )?(?:article|story))(?: .{0,60})?",
    r"en direct|breaking(?: news)?|derniere minute|flash info|actualites?|news",
    r"diaporama|galerie(?: photos?)?|(?:photo )?gallery",
    r"(?:temps de )?lecture ?:? ?\d+ ?(?:min(?:utes?)?|mn)\.?|(?:estimated )?reading time ?:? ?\d+ ?min(?:utes?)?",
    r"\d+ ?-?min(?:utes?)? (?:de lecture|read)",
    r"(?:tags?|mots?[ -]cles?|etiquettes?|categor(?:ies?|y)|rubriques?|topics?|keywords?)(?: ?: .{1,160})?",
    r"(?:filed under|posted in|classe dans|tagged(?: with)?|publie dans) ?:? .{1,160}",
    r"source ?: ?(?:afp|reuters|ap|belga|ats)|(?:avec|with) (?:afp|reuters|ap|belga)",
)
_ACCOUNT = (
    r"(?:se |me )?(?:connecter|inscrire|deconnecter|desabonner)|s'(?:abonner|inscrire|identifier)",
    r"je m'(?:abonne|inscris)",
    r"connexion|inscription|login|log ?(?:in|out)|sign ?(?:in|up|out)|register|mon compte|my account",
    r"subscribe(?: now| today)?|subscriptions?|abonnement|newsletters?|nos newsletters",
    r"creer un compte|create (?:an )?account|mot de passe oublie|forgot(?:ten)? (?:your )?password",
    r"(?:article |contenu )?(?:reserve|exclusif)s? (?:aux|a nos|pour les) abonnes?|abonnes?|subscribers? only",
    r"premium|exclusi(?:f|ve)",
)
_LEGAL = (
    r"(?:tout )?(?:accepter|refuser|accept|reject|manage)(?: et (?:continuer|fermer)| all| tout| tous| les| mes| vos"
    r"| the| my| your| and continue)*(?: cookies| preferences| choix| settings| choices| consent)?",
    r"(?:gerer|modifier|parametrer|personnaliser|mes|vos|your|my|parametres?) (?:mes |les |vos |my |des )*"
    r"(?:cookies|preferences|choix|consentements?|privacy|newsletters?|alertes?)(?: (?:settings|preferences))?",
    r"(?:notre |our )?(?:politique|charte) (?:de (?:confidentialite|cookies|moderation)|des cookies|editoriale)",
    r"(?:privacy|cookies?) (?:policy|settings|notice|preferences|statement)|mentions legales|donnees personnelles",
    r"terms (?:of (?:use|service|sale)|(?:and|&) conditions)(?: .{0,60})?|conditions generales(?: .{0,60})?|cg[uv]",
    r"plan du site|sitemap|nous contacter|contact(?:ez-nous| us)?|about us|a propos(?: de nous)?|qui sommes-nous",
    r"nos (?:autres )?sites",
)
SHARED = (
    r"(?:cliquez|cliquer|appuyez|click|tap) (?:pour|to) (?:partager|share|envoyer|e-?mail|imprimer|print"
    r"|tweet)\b.{0,80}",
    rf"(?:partagez|partager|share)(?: (?:cet|cette|ce|l'|this|the|on|sur|via))?(?: (?:article|page|post"
    rf"|story))?(?: ?:)?(?: (?:on|sur) {SITES})?",
    r"(?:like|j'aime)(?: this)?(?: ?:)?(?: (?:loading|chargement)\W*)?",
    r"(?:a|pour) (?:lire|voir|ecouter)(?: (?:aussi|egalement))?|(?:lire|voir) (?:aussi|egalement)|(?:read|see) also"
    r"|related(?: \w+)?",
)
"""Lines by which a site has an article shared, or leads to others."""
LABELS = (*_COMMENTS, *_ADVERTISING, *_NAVIGATION, *_ACCOUNT, *_LEGAL)
"""Whole lines that are a control or a link."""

_SUBSCRIBE = (
    r"\b(?:abonnez|inscrivez|connectez|identifiez|enregistrez|desabonnez)-vous\b",
    r"\b(?:suivez|rejoignez|soutenez|contactez|ecrivez|retrouvez|aidez)-nous\b",
    rf"^(?:suivez|retrouvez|rejoignez|likez|aimez)\b.{{0,90}}\b(?:sur|dans) {SITES}\b",
    r"^(?:recevez|telechargez|decouvrez|consultez|activez|gerez|profitez|beneficiez|cliquez|partagez|signalez|soutenez"
    r"|lisez|ecoutez|regardez|retrouvez)\b.{0,90}\b(?:newsletters?|infolettre|application|appli|alertes?|notifications?"
    r"|boite mail|offres?|essai|abonnements?|cet article|cette page|cookies|ici$|notre (?:site|chaine|journal)"
    r"|nos (?:contenus|articles))\b",
    r"^si vous (?:souhaitez|voulez|desirez|avez|aimez|appreciez)\b.{0,120}\b(?:abonne|connecte|inscri|acceder a"
    r"|soutene|clique|contacte|ecrive|partage|newsletter)",
    r"^(?:deja|pas encore) (?:abonnee?|inscrite?|membre|cliente?|un compte)\b",
    r"^il vous reste \d+",
    r"\bla suite (?:de cet article )?est reservee\b",
    r"^(?:cet|ce) (?:article|contenu) est (?:reserve|disponible (?:pour|uniquement)|gratuit|payant)\b",
    r"^pour (?:lire|acceder|continuer|soutenir|recevoir|commenter|consulter)\b.{0,80}"
    r"\b(?:abonne|connecte|inscri|clique|compte)",
    r"^vous (?:avez lu|avez atteint|devez (?:etre|vous) (?:connect|inscri|identifi|abonn)|pouvez vous desabonner"
    r"|pouvez (?:a tout moment|modifier"
    r"|partager|soutenir)|lisez un article|etes (?:deja abonne|connecte))",
    r"^(?:sign|log) ?(?:up|in)\b.{0,30}\b(?:to|for|here|with|now|today)\b",
    r"^(?:please )?(?:subscribe|register|sign up)\b.{0,60}\b(?:newsletters?|updates?|alerts?|e-?mails?|briefing|channel"
    r"|podcast|account|access|offers?|our|inbox|premium|digital|unlimited|journalism|read|from \W?\d)\b",
    rf"^(?:follow|join|find) (?:us\b|our\b|@\w|.{{1,60}} on {SITES}\b)|^like us\b",
    r"\bfollow us (?:on|at|@)|\bsubscribe to our\b",
    r"^(?:get|receive)\b.{0,80}\b(?:newsletters?|(?:in|to) your inbox|notifications|our app|app store)\b",
    r"^download\b.{0,40}\bapp\b|^support (?:our (?:journalism|work|newsroom|site)|us|independent)\b",
    r"^(?:make|faites) (?:a|un) do(?:nation|n)\b",
    r"^already (?:a |an )?(?:subscri|member|have|registered)|^(?:don't|do not) have an account",
    r"^you (?:have|'ve) (?:\d+|read|reached|used)\b.{0,60}\b(?:free|articles?)\b",
    r"^(?:to|in order to) (?:continue|keep|read|access|comment|post)\b.{0,80}"
    r"\b(?:subscri|log ?in|sign|register|account)",
    r"^this (?:article|content|story|post) is (?:for|only|reserved|exclusive|available)\b.{0,60}"
    r"\b(?:subscri|member|premium)",
    r"^(?:lire|read) (?:notre|our) ",
    r"^(?:vous avez|got|have) (?:a |an |une? )(?:tip|story|question|info(?:rmation)?|erreur|remarque|temoignage)\b",
)
_THEN = (
    r"[^.!?;:]{0,60}(?:\W+(?:subscri|share|please|this (?:post|letter|issue)|if you|to receive|see you|abonne|inscri"
    r"|partage|a (?:demain|bientot)|cet|pour)\w*.{0,160})?$"
)
_THANKS = (
    rf"^(?:many )?(?:thanks|thank you)(?: (?:so|very) much| again| all)? for reading\b{_THEN}",
    r"^merci(?: beaucoup| encore| a (?:tous|toutes|vous))? (?:(?:de|pour) (?:votre|ta) lecture|d'avoir lu"
    rf"|de (?:m'|nous )(?:avoir lue?s?|lire))\b{_THEN}",
)
"""How a sender takes leave of his reader, and what he asks of him then."""
_SHARE = (
    r"^(?:share|tweet|e-?mail|print|save|bookmark|copy) (?:this|the|link|via|with (?:a friend|friends))"
    rf"(?: (?:article|story|page|post|link|.{{1,20}} on {SITES}).{{0,60}})?$",
    rf"^(?:share|partager|partagez|envoyer) (?:on|via|sur|par) {SITES}",
    r"^(?:partager|partagez|envoyer|imprimer|enregistrer) (?:cet|cette|l'|le|la|ce) ?"
    r"(?:article|page|contenu|lien|publication)\b.{0,60}$",
)
_FORM = (
    r"\b(?:adresse|address|e-?mail|courriel)\b.{0,40}\b(?:ne sera pas (?:publiee?|communiquee?)"
    r"|will not be (?:published|shared))",
    r"\bchamps obligatoires sont\b|\brequired fields are\b",
    r"^(?:save|enregistrer) (?:my|mon) (?:name|nom)\b|^ce site utilise akismet\b",
    r"\b(?:please enter|veuillez (?:saisir|entrer|activer|renseigner|patienter|vous (?:connecter|inscrire"
    r"|identifier|abonner)))\b",
)
_COOKIES = (
    r"^(?:nous|notre site|ce site(?: web)?|our (?:site|website)|we|this (?:site|website|page))"
    r"(?: (?:et|and) (?:nos|our) .{0,30}(?:partenaires|partners))?(?: \w+)?"
    r" (?:utilis\w+|uses?|recour\w+|stor\w+|depos\w+)\b.{0,80}\bcookies?\b",
    r"^en (?:poursuivant|continuant|cliquant|vous inscrivant|vous abonnant)\b.{0,100}"
    r"\b(?:vous (?:acceptez|reconnaissez)|j'accepte|cookies)",
    r"^by (?:continuing|using|clicking|browsing|signing|subscribing|submitting|providing)\b.{0,100}"
    r"\b(?:you|agree|consent|accept|cookies)\b",
)
_RIGHTS = (
    r"\btous droits (?:de (?:reproduction|diffusion).{0,40} )?reserves\b|\ball rights reserved\b",
    r"\bdroits? de reproduction\b.{0,60}\breserves?\b",
    r"\breproduction (?:totale |partielle |ou |meme )*(?:est )?(?:strictement )?interdite\b",
    r"^(?:this (?:material|content)|no part of this)\b.{0,60}\b(?:may not|may) be (?:published|reproduced|copied)\b",
    r"\bne sont pas responsables? du contenu\b|\bnot responsible for the content of external\b",
)
_EDITORIAL = (
    r"^(?:cet|cette) (?:article|depeche|traduction|version)\b.{0,30}\b(?:a ete|est|avait ete) (?:\w+ )?(?:mise? a jour"
    r"|actualisee?|modifiee?|corrigee?|completee?|traduite?|generee?|relue?|(?:initialement|d'abord) publiee?)\b",
    r"^(?:this|the) (?:article|story|post|translation) (?:has been|was|is) (?:\w+ )?(?:updated|corrected|amended|edited"
    r"|translated|revised|generated|(?:originally|first|initially) published|published (?:originally|first))\b",
)
_NOTICES = (*_SUBSCRIBE, *_THANKS, *_SHARE, *_FORM, *_COOKIES, *_RIGHTS, *_EDITORIAL)
OPENINGS = tuple(pattern for pattern in _NOTICES if pattern[0] == "^")
"""How sentences begin in which a site speaks to its reader."""
NOTICES = tuple(pattern for pattern in _NOTICES if pattern[0] != "^")
"""What stands anywhere in such a sentence."""

REPORTS = (
    r"\b(?:a|ont|avait|avaient|aurait|auraient) (?:\w+ )?(?:declare|annonce|affirme|indique|precise|explique|ajoute"
    r"|estime|rappele|rapporte|dit|assure|souligne|lance|confie|constate|ecrit|repondu|denonce|decide|condamne|averti"
    r"|prevenu)s?\b",
    r"\b(?:selon|d'apres)\b",
    r"\b(?:rappelle|affirme|annonce|indique|precise|explique|estime|rapporte|declare|assure|souligne|denonce|deplore"
    r"|conclut|resume)(?:nt)?\b",
    r"\b(?:said|says|told|according to|announced|reported|wrote|added|warned|ruled)\b",
)
"""Words by which a sentence reports what somebody said: it is the article's own, whatever else it holds."""
