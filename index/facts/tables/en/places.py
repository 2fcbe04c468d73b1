"""What does English call countries, their people and large cities? Folded, beside the names of the Unicode data."""

from __future__ import annotations

import re

from index.facts.tables.names import Gazetteer
from index.facts.tables.words import pattern

_CITIES = """
    washington; beijing; delhi; new delhi; mumbai; bombay; barcelona; milan; munich; geneva; lyon; marseille;
    bordeaux; lille; nantes; toulouse; nice; strasbourg; rennes; grenoble; montpellier; rouen; liege; antwerp;
    ghent; namur; charleroi; lausanne; basel; bern; kyiv; kharkiv; odesa; donetsk; luhansk; crimea; donbas;
    tel aviv; boston; philadelphia; houston; miami; san francisco; seattle; atlanta; dallas; las vegas; manchester;
    birmingham; liverpool; glasgow; edinburgh; cardiff; belfast; leeds; bristol; frankfurt; hamburg; cologne;
    seville; valencia; bilbao; naples; turin; venice; florence; hiroshima; osaka; kyoto; guangzhou; shenzhen;
    wuhan; hong kong; bangalore; calcutta; lahore; peshawar; mosul; aleppo; ankara; rio de janeiro; brasilia;
    quebec; ottawa; kinshasa; goma; abuja; dakar; rotterdam; the hague; porto; mexico; cannes; africa; asia;
    south america; north america; middle east; black sea; wall street; kremlin; california; texas; florida;
    bretagne; normandie; provence; corse; catalonia; sicily; scotland; wales; england; northern ireland
"""

GAZETTEER = Gazetteer(
    nationalities={
        "AF": "afghan", "AL": "albanian", "DZ": "algerian", "AR": "argentine argentinian", "AM": "armenian",
        "AU": "australian", "AT": "austrian", "AZ": "azerbaijani", "BD": "bangladeshi", "BE": "belgian",
        "BY": "belarusian", "BJ": "beninese", "BO": "bolivian", "BR": "brazilian", "BG": "bulgarian",
        "BF": "burkinabe", "CM": "cameroonian", "CA": "canadian", "CL": "chilean", "CN": "chinese",
        "CO": "colombian", "CD": "congolese", "HR": "croatian", "CU": "cuban", "CZ": "czech", "DK": "danish",
        "EG": "egyptian", "EE": "estonian", "ET": "ethiopian", "FI": "finnish", "FR": "french", "DE": "german",
        "GE": "georgian", "GH": "ghanaian", "GR": "greek", "HT": "haitian", "HU": "hungarian", "IN": "indian",
        "ID": "indonesian", "IR": "iranian", "IQ": "iraqi", "IE": "irish", "IL": "israeli", "IT": "italian",
        "CI": "ivorian", "JP": "japanese", "JO": "jordanian", "KZ": "kazakh", "KE": "kenyan", "KP": "north-korean",
        "KR": "south-korean", "LV": "latvian", "LB": "lebanese", "LY": "libyan", "LT": "lithuanian",
        "LU": "luxembourger", "MY": "malaysian", "ML": "malian", "MA": "moroccan", "MX": "mexican",
        "MD": "moldovan", "MM": "burmese", "NP": "nepalese", "NL": "dutch", "NZ": "new-zealander",
        "NE": "nigerien", "NG": "nigerian", "NO": "norwegian", "PK": "pakistani", "PS": "palestinian",
        "PE": "peruvian", "PH": "filipino", "PL": "polish", "PT": "portuguese", "RO": "romanian", "RU": "russian",
        "RW": "rwandan", "SA": "saudi", "SN": "senegalese", "RS": "serbian", "SG": "singaporean", "SK": "slovak",
        "SI": "slovenian", "SO": "somali", "ZA": "south-african", "SS": "south-sudanese", "ES": "spanish",
        "LK": "sri-lankan", "SD": "sudanese", "SE": "swedish", "CH": "swiss", "SY": "syrian", "TW": "taiwanese",
        "TZ": "tanzanian", "TD": "chadian", "TH": "thai", "TG": "togolese", "TN": "tunisian", "TR": "turkish",
        "UA": "ukrainian", "GB": "british briton", "US": "american", "VE": "venezuelan", "VN": "vietnamese",
        "YE": "yemeni", "ZW": "zimbabwean", "EU": "european",
    },
    countries={
        "US": "usa;united states;us;u.s;america", "GB": "uk;u.k;britain;great britain;united kingdom",
        "KP": "north korea;dprk", "KR": "south korea;rok", "CD": "dr congo;drc", "CZ": "czech republic",
        "PS": "palestine;gaza;west bank", "SY": "syria", "MM": "burma", "NL": "holland", "AE": "uae",
        "EU": "europe;european union", "CN": "china;prc", "MK": "macedonia", "BA": "bosnia", "CG": "congo",
        "TR": "turkey", "CI": "ivory coast", "LA": "laos", "MD": "moldova",
    },
    cities=tuple(" ".join(name.split()) for name in _CITIES.split(";")),
    peoples=(
        (re.compile(r"\b(North|South|Sri|New)\s(?=[A-Z])"), r"\1-"),
        (pattern(r"\b(north|south)\s(?=(?:kor|afric|suda|viet)\w*n)"), r"\1-"),
    ),
    combining={
        "franco": "FR", "anglo": "GB", "russo": "RU", "sino": "CN", "italo": "IT", "indo": "IN", "greco": "GR",
        "turco": "TR", "austro": "AT", "us": "US", "uk": "GB", "eu": "EU",
    },
    seats={
        "washington": "US", "white house": "US", "pentagon": "US", "capitol": "US", "downing street": "GB",
        "elysee": "FR", "moscow": "RU", "kremlin": "RU", "beijing": "CN", "delhi": "IN",
        "new delhi": "IN", "kiev": "UA", "kyiv": "UA", "berlin": "DE", "madrid": "ES", "lisbon": "PT",
        "ankara": "TR", "ottawa": "CA", "canberra": "AU", "bern": "CH", "tel aviv": "IL", "jerusalem": "IL",
        "brasilia": "BR", "the hague": "NL", "brussels": "EU", "hanoi": "VN", "islamabad": "PK", "abuja": "NG",
        "pretoria": "ZA", "rabat": "MA", "jakarta": "ID", "kinshasa": "CD", "buenos aires": "AR",
        "wellington": "NZ", "astana": "KZ",
    },
)  # fmt: skip
