"""What does French call countries, their people and large cities? Folded, beside the names of the Unicode data."""

from __future__ import annotations

from index.facts.tables.names import Gazetteer
from index.facts.tables.words import pattern

_CITIES = """
    washington; pekin; delhi; new delhi; mumbai; bombay; barcelone; milan; munich; geneve; lyon; marseille;
    bordeaux; lille; nantes; toulouse; nice; strasbourg; rennes; grenoble; montpellier; rouen; liege; anvers; gand;
    namur; charleroi; lausanne; bale; basel; berne; odessa; donetsk; louhansk; crimee; donbass; tel aviv; boston;
    houston; miami; san francisco; seattle; atlanta; dallas; las vegas; manchester; birmingham; liverpool; glasgow;
    edimbourg; cardiff; belfast; leeds; bristol; francfort; hambourg; cologne; seville; valence; bilbao; naples;
    turin; venise; florence; hiroshima; osaka; kyoto; guangzhou; shenzhen; wuhan; hong kong; bangalore; calcutta;
    lahore; peshawar; mossoul; alep; ankara; rio de janeiro; brasilia; quebec; ottawa; kinshasa; goma; abuja;
    dakar; rotterdam; la haye; porto; mexico; cannes; afrique; asie; amerique du sud; amerique du nord;
    moyen-orient; oceanie; arctique; antarctique; mediterranee; mer noire; maison blanche; wall street; kremlin;
    californie; texas; floride; bretagne; normandie; provence; corse; catalogne; sicile; ecosse; pays de galles;
    angleterre; irlande du nord
"""

GAZETTEER = Gazetteer(
    nationalities={
        "AF": "afghan", "AL": "albanais", "DZ": "algerien", "AR": "argentin", "AM": "armenien", "AU": "australien",
        "AT": "autrichien", "AZ": "azerbaidjanais", "BD": "bangladais", "BE": "belge", "BY": "bielorusse",
        "BJ": "beninois", "BO": "bolivien", "BR": "bresilien", "BG": "bulgare", "BF": "burkinabe",
        "CM": "camerounais", "CA": "canadien", "CL": "chilien", "CN": "chinois", "CO": "colombien",
        "CD": "congolais", "HR": "croate", "CU": "cubain", "CZ": "tcheque", "DK": "danois", "EG": "egyptien",
        "EE": "estonien", "ET": "ethiopien", "FI": "finlandais", "FR": "francais", "DE": "allemand",
        "GE": "georgien", "GH": "ghaneen", "GR": "grec grecque", "HT": "haitien", "HU": "hongrois", "IN": "indien",
        "ID": "indonesien", "IR": "iranien", "IQ": "irakien", "IE": "irlandais", "IL": "israelien",
        "IT": "italien", "CI": "ivoirien", "JP": "japonais", "JO": "jordanien", "KZ": "kazakh", "KE": "kenyan",
        "KP": "nord-coreen", "KR": "sud-coreen", "LV": "letton", "LB": "libanais", "LY": "libyen",
        "LT": "lituanien", "LU": "luxembourgeois", "MY": "malaisien", "ML": "malien", "MA": "marocain",
        "MX": "mexicain", "MD": "moldave", "MM": "birman", "NP": "nepalais", "NL": "neerlandais hollandais",
        "NZ": "neo-zelandais", "NE": "nigerien", "NG": "nigerian", "NO": "norvegien", "PK": "pakistanais",
        "PS": "palestinien", "PE": "peruvien", "PH": "philippin", "PL": "polonais", "PT": "portugais",
        "RO": "roumain", "RU": "russe", "RW": "rwandais", "SA": "saoudien", "SN": "senegalais", "RS": "serbe",
        "SG": "singapourien", "SK": "slovaque", "SI": "slovene", "SO": "somalien", "ZA": "sud-africain",
        "SS": "sud-soudanais", "ES": "espagnol", "LK": "sri-lankais", "SD": "soudanais", "SE": "suedois",
        "CH": "suisse", "SY": "syrien", "TW": "taiwanais", "TZ": "tanzanien", "TD": "tchadien",
        "TH": "thailandais", "TG": "togolais", "TN": "tunisien", "TR": "turc turque", "UA": "ukrainien",
        "GB": "britannique", "US": "americain", "VE": "venezuelien", "VN": "vietnamien", "YE": "yemenite",
        "ZW": "zimbabween", "EU": "europeen",
    },
    countries={
        "US": "usa;etats-unis;amerique", "GB": "royaume-uni;grande-bretagne", "KP": "coree du nord;rpdc",
        "KR": "coree du sud", "CD": "rd congo;rdc", "CF": "centrafrique", "CZ": "republique tcheque",
        "PS": "palestine;gaza;cisjordanie",
        "SY": "syrie", "MM": "birmanie", "NL": "hollande", "AE": "emirats arabes unis;emirats",
        "EU": "europe;union europeenne", "CN": "chine;rpc", "MK": "macedoine", "BA": "bosnie", "CG": "congo",
        "TR": "turquie", "CI": "cote d'ivoire", "LA": "laos", "MD": "moldavie",
    },
    cities=tuple(" ".join(name.split()) for name in _CITIES.split(";")),
    peoples=(
        (pattern(r"\b((?:cor[ée]en|vietnamien|soudanais)\w*)\s+du\s+(nord|sud)\b"), r"\2-\1"),
        (pattern(r"\b(nord|sud)\s(?=(?:cor|afric|soud|viet)\w*n)"), r"\1-"),
    ),
    combining={
        "franco": "FR", "anglo": "GB", "russo": "RU", "sino": "CN", "italo": "IT", "indo": "IN", "greco": "GR",
        "turco": "TR", "austro": "AT", "germano": "DE", "hispano": "ES", "belgo": "BE", "israelo": "IL", "nippo": "JP",
        "americano": "US", "polono": "PL", "luso": "PT", "irano": "IR", "syro": "SY", "libano": "LB", "algero": "DZ",
        "marocano": "MA", "ukraino": "UA", "coreano": "KR",
    },
    seats={
        "washington": "US", "maison blanche": "US", "pentagone": "US", "elysee": "FR", "matignon": "FR",
        "downing street": "GB", "moscou": "RU", "kremlin": "RU", "pekin": "CN", "delhi": "IN",
        "new delhi": "IN", "kiev": "UA", "berlin": "DE", "madrid": "ES", "lisbonne": "PT", "ankara": "TR",
        "ottawa": "CA", "canberra": "AU", "berne": "CH", "tel aviv": "IL", "jerusalem": "IL", "brasilia": "BR",
        "la haye": "NL", "bruxelles": "EU", "hanoi": "VN", "islamabad": "PK", "abuja": "NG", "pretoria": "ZA",
        "rabat": "MA", "jakarta": "ID", "kinshasa": "CD", "buenos aires": "AR", "wellington": "NZ", "astana": "KZ",
    },
)  # fmt: skip
