"""Which French words tell what kind of event an article is of? Beginnings of folded words; with a "." whole words."""

from __future__ import annotations

EVENTS = {
    "flood": "crue. crues. inond submersion submerg",
    "fire": "incendi feu. feux. flammes. brasier",
    "quake": "seism tremblement secousse",
    "storm": "tempete ouragan cyclone typhon tornade orage. orages.",
    "slide": "eboulement glissement avalanche coulee",
    "crash": "collision deraill carambolage naufrag accident. accidents. crash",
    "blast": "explos deflagration",
    "collapse": "effondr",
    "shooting": "fusillade tireur attentat poignard couteau",
    "war": "bombard frappe. frappes. missile drone offensive. combats. guerre. troupes. front.",
    "protest": "manifest rassemblement defile.",
    "strike": "greve. greves. greviste debray",
    "election": "election scrutin electoral reelu reelue reelection legislatives presidentielle municipales referendum",
    "disease": "epidemi virus grippe cholera rougeole coqueluche covid contamin vaccin",
    "deal": "rachat rachet rachete acquisition fusion. opa. actionnaire",
    "cuts": "licenci suppression supprim",
    "trial": "proces. tribunal condamn juges. verdict",
    "heat": "canicul secheresse",
    "match": "match. victoire. championnat finale. but. buts.",
}
"""By kind; a word may tell of several."""
