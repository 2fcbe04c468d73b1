"""What do the lines say that stand around an article in a letter or a feed? In French and English, by general patterns.

But for `ENDING` every pattern is matched against a folded line: lower case, no accents, straight apostrophes.
"""

from __future__ import annotations

import re

from index.paragraphs.wording import NETWORKS

_LETTER = (
    r"(?:e-?mails?|mails?|courriels?|messages?|lettres?|newsletters?|infolettres?|alertes?|bulletins?|alerts?"
    r"|briefings?)"
)
_MORE = r"(?: (?:at|on|here|in|about|from|sur|dans|ici|de|du|d'|via|chez)\b.{0,120})?"
CONTROLS = (
    rf"{'|'.join(NETWORKS)}",
    r"(?:sign|log) ?(?:up|in)|subscribe(?: now)?|(?:s'|je m')(?:abonner|abonne|inscrire|inscris)(?: .{0,30})?"
    r"|advertise",
    r"(?:article )?(?:suivant|precedent|next|previous)|section(?: menu)?|main menu|menu(?: principal)?|sommaire",
    r"(?:this|cet) article (?:was|a ete) (?:downloaded|telecharge)\b.{0,200}",
    r"(?:si (?:vous|cet?|ce|le).{0,90})?(?:voir|voyez|lire|lisez|consulte[rz]|afficher|ouvrir|visualiser)\b.{0,60}"
    r"\b(?:en ligne|navigateur)\b.{0,40}",
    r"(?:(?:can't|cannot|having|trouble|if|not|problems?)\b.{0,80})?(?:view|read|open|see|display)(?:ing)?\b.{0,50}"
    r"\b(?:online|browser)\b.{0,40}",
    r"(?:recevoir|recevez|receive|get|join|s'inscrire a|inscrivez-vous a|je m'inscris a|sign up (?:for|to))"
    r" (?:(?:notre|nos|our) (?:[\w'-]+ )?(?:lettres?|alertes?|alerts?|bulletins?|briefings?|e-?mails?)"
    r"|(?:(?:la|les|notre|nos|the|our) )?(?:[\w'-]+ )?(?:newsletters?|infolettres?))\b.{0,50}",
    r"(?:version en ligne|version web|web version|online version)",
    rf"(?:lire|voir|decouvrir|visualiser) (?:la suite|plus|l'(?:article|integralite)"
    rf"(?: (?:complet|entier|integral))?){_MORE}",
    rf"(?:read|view|see) (?:more|(?:the |this )?(?:full |whole |original |rest of (?:the )?)?(?:story|article|post"
    rf"|piece)){_MORE}",
    rf"(?:continue|keep) reading\b.{{0,200}}|(?:en savoir plus|learn more|find out more){_MORE}",
    r"si (?:vous|cet?|ce|le|la|les)\b.{0,90}\b(?:cliquez|clique)\b.{0,40}|(?:can't|cannot|if|not"
    r"|having)\b.{0,90}\bclick\b.{0,40}",
    r"(?:cliquez|click) (?:ici|here)(?: (?:pour|to|si|if)\b.{0,100})?|lien|link|suite",
    r"(?:se |me |vous )?(?:desabonner|desinscrire)\b.{0,60}|desabonnement|desinscription|unsubscribe\b.{0,60}"
    r"|opt[ -]?out",
    r"(?:(?:gerer|modifier|mettre a jour) )(?:mes|vos|mon|votre|cette|ces|les) .{0,40}",
    r"(?:manage|update|edit|change) (?:my|your|this|these|email) .{0,40}",
    r"(?:lire|voir|read|view) (?:sur|on|at) .{1,80}|(?:publicites?|advertisements?|annonces?|advertisement|sponsored)",
    r"(?:signaler|marquer|flag) (?:comme|as) .{1,40}|(?:afficher|voir|see|view) (?:toutes? |tous "
    r"|all )?.{0,30}\b(?:alertes?|alerts?|resultats?|results?)",
    r"(?:partager|share|tweet(?:er)?|transferer|forward|imprimer|print)(?: (?:a|to|sur|on|par|via|cet?|cette|this"
    r"|it)\b.{0,40})?",
    r"(?:politique de confidentialite|privacy(?: policy)?|mentions legales|conditions (?:generales|d'utilisation)"
    r"|terms.{0,20})",
)
"""Lines that say nothing but where to go on."""
FOOT = (
    r"\b(?:expediteur|message|e-?mail|courriel|sender)\b.{0,40}\b(?:externe|exterieur|external|outside)\b",
    rf"\b(?:ce|this) {_LETTER}\b.{{0,80}}\b(?:confidenti|pieces? jointes?|attachments?|destinataires?|recipient"
    rf"|addressee)",
    r"^(?:envoye|sent) (?:de|depuis|a partir de|from) (?:mon|my)\b",
    rf"\b(?:vous |v.)?(?:recevez|avez recu|recevrez) (?:cet|ce|cette|ces|la|le|notre|nos)\b.{{0,40}}\b{_LETTER}\b",
    rf"\b(?:cet|ce|cette) {_LETTER} (?:a ete|vous a ete|est|vous est) (?:envoye|adresse|destine|expedie)",
    rf"\b(?:you|we)(?:'re| are| have| were)?\b.{{0,30}}\b(?:receiv\w+|subscribed|sent) (?:(?:to|as|this|these|our"
    rf"|the|you)\b.{{0,60}})"
    rf"(?:\b{_LETTER}\b|because|@|alerts?|list)",
    rf"\b(?:this|the) {_LETTER} (?:was|is|has been) (?:sent|intended)|\bis sent to\b.{{0,40}}\b(?:readers|subscribers)",
    r"\bse desabonner\b|\bvous (?:desabonner|desinscrire)\b|\b(?:desabonnez|desinscrivez)-vous\b"
    r"|\bpour .{0,40}(?:desabonn|desinscri)",
    r"^(?:to )?(?:unsubscribe|opt[- ]out)\b|\b(?:you (?:can|may)|or)\b.{0,30}\b(?:unsubscribe|opt[- ]out)\b",
    r"^(?:pour )?(?:gerer|modifier|mettre a jour|supprimer)\b.{0,40}\b(?:preferences|abonnements?|alertes?"
    r"|inscription|profil)",
    r"\b(?:modifier|supprimer|creer) (?:ou \w+ )?(?:cette|une|votre|d'autres) alertes?\b",
    r"^(?:to )?(?:manage|update|change|edit)\b.{0,40}\b(?:preferences|subscriptions?|alerts?|profile|settings)",
    r"^(?:our mailing address|notre adresse|our address)|\b(?:carnet d'adresses|address book|expediteurs? (?:surs?"
    r"|autorises?)|safe senders?)\b",
    r"\binformatique et libertes\b|\bvous disposez d'un droit\b|\bvos donnees (?:personnelles )?(?:sont|font|ne)\b"
    r"|\bpolitique de confidentialite\b",
    r"^(?:was this|did someone|got this|received this)\b.{0,40}\bforward|\bforward (?:this|it)\b.{0,30}\b(?:friend"
    r"|colleague)",
    r"\b(?:on|un ami|quelqu'un) vous a (?:transfere|fait suivre)|\btransferez\b.{0,60}\b(?:ami|collegue|proche)",
    r"\b(?:ne pas repondre|do not reply|ne repondez pas|cannot receive replies|no-?reply@)",
)
"""What a sender says of the letter to its reader, under an article."""
FOOT_LABELS = (
    r"^(?:politique|charte) de\b|^privacy\b|^mentions legales|^conditions generales|\bprivacy (?:policy|notice)\b",
    r"\bregistered (?:in|office|company)\b|\bcompany (?:number|no)\b|\b(?:rcs|siret|siren|cppap|issn)\b.{0,30}\d"
    r"|\bau capital (?:social )?de\b",
    r"^(?:directeurs? de la publication|directrice de la publication|hebergeur|editeur|publisher|published by"
    r"|edite par)\b ?:?",
    r"^(?:service (?:clients?|abonnements?)|nous contacter|contactez|contact us|contact ?:|contacts? (?:presse"
    r"|medias?|press|media)|une question|questions)\b",
    r"\bmailing list$|\bmailman/(?:listinfo|options)\b|^liste de (?:diffusion|discussion)\b",
    r"^(?:facebook|twitter|instagram|linkedin|suivez|follow)\b.{0,80}$",
)
"""What stands there in a line that is no sentence."""
RIGHTS = re.compile(
    r"^copyright\b|\btous droits (?:\w+ ){0,3}reserves\b|\ball rights reserved\b|\b(?:rcs|siret|siren|cppap)\b.{0,30}\d"
)
SPEAKS = re.compile(
    r"\b(?:vous|votre|vos|you|your|nous|notre|nos|we|our|us|unsubscribe)\b"
    r"|^(?:pour|to|ce|cet|cette|this|ne pas|do not)\b"
)
"""How a sentence speaks to its reader."""
CLOSING = re.compile(
    r"(?:(?:bien |tres )?(?:cordialement|amicalement|sincerement|amities|a vous|a toi)|bien (?:cordialement )?a (?:vous"
    r"|toi|toutes et tous)|salutations\b.{0,40}|(?:je vous|veuillez|nous vous)\b.{0,80}\bsalutations\b.{0,40}"
    r"|bonne (?:lecture|journee|soiree|reception|fin de .{3,20})|a (?:bientot|demain|plus(?: tard)?|tres vite)|bises?"
    r"|(?:best|kind|warm)(?: regards| wishes)?|regards|sincerely|cheers|yours(?: \w+)?|merci d'avance)\W{0,3}"
)
"""How somebody takes leave in a letter of his own, above his name."""
ADDRESS = re.compile(
    r"(?:.{0,80}\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|bd|boulevard|place|quai|impasse|chemin|allees?"
    r"|cours|route|square|passage)\b.{0,120})"
    r"|(?:.{0,80}\b\d{1,5} [\w' ]{2,40}\b(?:street|st\.?|road|rd|avenue|ave\.?|lane|drive|square|suite|floor|way"
    r"|place|quay|court)\b.{0,100})"
    r"|(?:.{3,80}\b\d{5} [a-z][\w' -]{2,40}(?: cedex(?: \d+)?)?(?:[, -]+france)?)"
    r"|(?:.{0,60}\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b.{0,40})"
    r"|(?:.{0,30}(?:tel|phone|telephone|t)\.? ?:? ?\+?[\d .()-]{8,20}.{0,60})|\S+@\S+\.\w+"
)
ISSUE = re.compile(
    r"(?:.{0,60}[-–—|•·,] ?)?(?:n[°ºo]\.? ?|numero |issue |edition (?:n[°ºo] ?)?|#|no\.? )\d{1,6}\b.{0,60}"
    r"|edition (?:du|de) .{3,40}"
    r"|.{0,60}\b\d+ (?:nouveaux?|nouvel|nouvelles?|new) (?:documents?|articles?|resultats?|results?|alertes?"
    r"|stories)\b.{0,40}"
)
FIRST = re.compile(
    r"(?:(?:l'article|cet article|article|le billet|le post|the post|this (?:post|article|story)"
    r"|der beitrag)\b.{0,400}?"
    r"\b(?:est apparu|est paru|est initialement paru|a ete publie|est publie|appeared|was (?:first "
    r"|originally )?published|originally appeared"
    r"|first appeared|erschien)\b.{0,30}\b(?:premier|d'abord|first|zuerst|originally|initialement|on|sur|auf"
    r"|dans)\b.{1,200})"
)
ENDING = re.compile(
    r"(?<=[.!?…»”\])])\s+(?:(?:lire|voir) (?:la suite|plus|l'article)|read more|continue reading\b[^.!?]{0,200}"
    r"|(?:l'article|cet article|the post|this post)\s.{1,300}?"
    r"\s(?:est apparu en premier|est paru en premier|appeared first|first appeared)\s(?:on|sur)\s.{1,120}?)[\s\W]*$",
    re.IGNORECASE | re.DOTALL,
)
