"""Which English words tell what kind of event an article is of? Beginnings of folded words; with a "." whole words."""

from __future__ import annotations

EVENTS = {
    "flood": "flood inundat overflow deluge submerg",
    "fire": "fire. fires. blaze. wildfire flames. inferno",
    "quake": "earthquake quake. tremor aftershock",
    "storm": "storm hurricane cyclone typhoon tornado",
    "slide": "landslide mudslide avalanche rockfall",
    "crash": "collision collid derail pile-up shipwreck capsiz accident. accidents. crash",
    "blast": "explos blast.",
    "collapse": "collaps",
    "shooting": "shooting. gunman gunmen stabb knife. bomber",
    "war": "airstrike shelling shelled missile drone offensive. fighting. war. troops. frontline",
    "protest": "protest demonstrat marched. marchers. rally. rallied.",
    "strike": "strike. strikes. striker walkout",
    "election": "election re-elect reelect ballot. poll. polls. referendum",
    "disease": "epidemic outbreak virus flu. cholera measles covid infect vaccin",
    "deal": "takeover acquisition acquir merger buy. buys. bid. shareholder",
    "cuts": "layoff redundanc laid. axed.",
    "trial": "trial. court. convict sentenced. verdict",
    "heat": "heatwave drought heat.",
    "match": "match. championship victory. final. goal. goals.",
}
"""By kind; a word may tell of several."""
