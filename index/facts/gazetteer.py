"""Which countries, nationalities and cities are these? Babel's names in both languages, and two compact tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from index.language import fold

NATIONALITIES = {
    "AF": "afghan", "AL": "albanais albanian", "DZ": "algerien algerian", "AR": "argentin argentine argentinian",
    "AM": "armenien armenian", "AU": "australien australian", "AT": "autrichien austrian", "AZ": "azerbaidjanais "
                                                                                                 "azerbaijani",
    "BD": "bangladais bangladeshi", "BE": "belge belgian", "BY": "bielorusse belarusian", "BJ": "beninois beninese",
    "BO": "bolivien bolivian", "BR": "bresilien brazilian", "BG": "bulgare bulgarian", "BF": "burkinabe",
    "CM": "camerounais cameroonian", "CA": "canadien canadian", "CL": "chilien chilean", "CN": "chinois chinese",
    "CO": "colombien colombian", "CD": "congolais congolese", "HR": "croate croatian", "CU": "cubain cuban",
    "CZ": "tcheque czech", "DK": "danois danish", "EG": "egyptien egyptian", "EE": "estonien estonian",
    "ET": "ethiopien ethiopian", "FI": "finlandais finnish", "FR": "francais french", "DE": "allemand german",
    "GE": "georgien georgian", "GH": "ghaneen ghanaian", "GR": "grec grecque greek", "HT": "haitien haitian",
    "HU": "hongrois hungarian", "IN": "indien indian", "ID": "indonesien indonesian", "IR": "iranien iranian",
    "IQ": "irakien iraqi", "IE": "irlandais irish", "IL": "israelien israeli", "IT": "italien italian",
    "CI": "ivoirien ivorian", "JP": "japonais japanese", "JO": "jordanien jordanian", "KZ": "kazakh",
    "KE": "kenyan", "KP": "nord-coreen north-korean", "KR": "sud-coreen south-korean", "LV": "letton latvian",
    "LB": "libanais lebanese", "LY": "libyen libyan", "LT": "lituanien lithuanian", "LU": "luxembourgeois luxembourger",
    "MY": "malaisien malaysian", "ML": "malien malian", "MA": "marocain moroccan", "MX": "mexicain mexican",
    "MD": "moldave moldovan", "MM": "birman burmese", "NP": "nepalais nepalese", "NL": "neerlandais hollandais dutch",
    "NZ": "neo-zelandais new-zealander", "NE": "nigerien", "NG": "nigerian", "NO": "norvegien norwegian",
    "PK": "pakistanais pakistani", "PS": "palestinien palestinian", "PE": "peruvien peruvian", "PH": "philippin "
                                                                                                     "filipino",
    "PL": "polonais polish", "PT": "portugais portuguese", "RO": "roumain romanian", "RU": "russe russian",
    "RW": "rwandais rwandan", "SA": "saoudien saudi", "SN": "senegalais senegalese", "RS": "serbe serbian",
    "SG": "singapourien singaporean", "SK": "slovaque slovak", "SI": "slovene slovenian", "SO": "somalien somali",
    "ZA": "sud-africain south-african", "SS": "sud-soudanais south-sudanese", "ES": "espagnol spanish",
    "LK": "sri-lankais sri-lankan", "SD": "soudanais sudanese", "SE": "suedois swedish", "CH": "suisse swiss",
    "SY": "syrien syrian", "TW": "taiwanais taiwanese", "TZ": "tanzanien tanzanian", "TD": "tchadien chadian",
    "TH": "thailandais thai", "TG": "togolais togolese", "TN": "tunisien tunisian", "TR": "turc turque turkish",
    "UA": "ukrainien ukrainian", "GB": "britannique british briton", "US": "americain american",
    "VE": "venezuelien venezuelan",
    "VN": "vietnamien vietnamese", "YE": "yemenite yemeni", "ZW": "zimbabween zimbabwean", "EU": "europeen european",
}  # fmt: skip
"""The words for a nationality, folded and in the masculine singular, by ISO 3166 code."""

_SHORT_NAMES = {
    "US": "usa etats-unis;united states;us;u.s;america;amerique",
    "GB": "uk;u.k;royaume-uni;britain;grande-bretagne;great britain;united kingdom",
    "KP": "coree du nord;north korea", "KR": "coree du sud;south korea",
    "CD": "rd congo;rdc;dr congo;drc", "CZ": "czech republic;republique tcheque",
    "PS": "palestine;gaza;cisjordanie;west bank", "SY": "syrie;syria", "MM": "birmanie;burma", "NL": "hollande;holland",
    "AE": "emirats arabes unis;uae;emirats", "EU": "europe;union europeenne;european union",
    "CN": "chine;china", "MK": "macedonia;macedoine",
    "BA": "bosnie;bosnia", "CG": "congo", "TR": "turkey;turquie", "CI": "cote d'ivoire;ivory coast",
    "LA": "laos", "MD": "moldavie;moldova",
}  # fmt: skip
_CITIES = """washington;beijing;pekin;delhi;new delhi;mumbai;bombay;barcelone;barcelona;milan;munich;geneve;geneva;lyon;
   
   
   
   
   
   
    marseille;bordeaux;lille;nantes;toulouse;nice;strasbourg;rennes;grenoble;montpellier;rouen;liege;anvers;antwerp;gand;
   
   
   
   
   
   
    ghent;namur;charleroi;lausanne;bale;basel;berne;bern;kyiv;kharkiv;odessa;odesa;donetsk;louhansk;luhansk;
    crimee;crimea;donbass;donbas;tel aviv;boston;philadelphia;houston;miami;san francisco;seattle;atlanta;
    dallas;las vegas;manchester;birmingham;liverpool;glasgow;edinburgh;edimbourg;cardiff;belfast;leeds;bristol;
    francfort;frankfurt;hambourg;hamburg;cologne;seville;valence;valencia;bilbao;naples;turin;venise;venice;florence;
    hiroshima;osaka;kyoto;guangzhou;shenzhen;wuhan;hong
    kong;bangalore;calcutta;lahore;peshawar;mossoul;mosul;alep;aleppo;
    ankara;rio de janeiro;brasilia;quebec;ottawa;kinshasa;goma;abuja;dakar;cologne;rotterdam;la haye;the hague;porto;
    mexico;cannes;afrique;africa;asie;asia;amerique du sud;south america;north america;amerique du nord;moyen-orient;
    middle east;oceanie;arctique;antarctique;mediterranee;mer noire;black sea;maison blanche;wall street;kremlin;
    californie;california;texas;floride;florida;bretagne;normandie;provence;corse;catalogne;catalonia;sicile;sicily;
    ecosse;scotland;pays de galles;wales;angleterre;england;irlande du nord;northern ireland"""


_SEATS = {
    "washington": "US", "maison blanche": "US", "white house": "US", "moscou": "RU", "moscow": "RU", "kremlin": "RU",
    "pekin": "CN", "beijing": "CN", "delhi": "IN", "new delhi": "IN", "kiev": "UA", "kyiv": "UA", "berlin": "DE",
    "madrid": "ES", "lisbonne": "PT", "lisbon": "PT", "ankara": "TR", "ottawa": "CA", "canberra": "AU", "berne": "CH",
    "bern": "CH", "tel aviv": "IL", "jerusalem": "IL", "brasilia": "BR", "la haye": "NL", "the hague": "NL",
    "bruxelles": "EU", "brussels": "EU", "hanoi": "VN", "islamabad": "PK", "abuja": "NG", "pretoria": "ZA",
    "rabat": "MA", "jakarta": "ID", "kinshasa": "CD", "buenos aires": "AR", "wellington": "NZ", "astana": "KZ",
}  # fmt: skip
"""Seats of government of countries that have several time zones, or none that is named for it, by country."""


@cache
def places() -> dict[str, str]:
    """Return the folded names of countries and large cities, each with its country's code, "" for a city."""
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("fr", "en"):
        locale = Locale.parse(language)
        for zone, labels in locale.time_zones.items():
            if "city" in labels and not zone.startswith("Etc/"):
                names[fold(labels["city"])] = ""
            names.setdefault(fold(zone.split("/")[-1].replace("_", " ")), "")
    for city in re.split(r";\s*", _CITIES):
        names[city.strip()] = ""
    for language in ("fr", "en"):
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha() and code not in ("UN", "EZ", "QO"):
                names[fold(name).replace("’", "'")] = str(code)
    for code, listed in _SHORT_NAMES.items():
        names.update(dict.fromkeys(listed.split(";"), code))
    return names


@cache
def _demonyms() -> dict[str, str]:
    return {word: code for code, words in NATIONALITIES.items() for word in words.split()}


@lru_cache(maxsize=100_000)
def nationality(folded: str) -> str:
    """Return the code of the country that a folded word speaks of: "russes" and "Russians" are "RU"; "" for others."""
    table = _demonyms()
    word = folded.replace(" ", "-")
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("e"),
        re.sub(r"nn?es?$", "n", word),
    ):
        if form in table:
            return table[form]
    return ""


@cache
def seats() -> dict[str, str]:
    """Return the country of each large city that news names for its government, folded: "moscou" is "RU"."""
    from babel import Locale
    from babel.core import get_global

    zones: dict[str, list[str]] = {}
    for zone, code in get_global("zone_territories").items():
        zones.setdefault(str(code), []).append(zone)
    alone = {own[0]: code for code, own in zones.items() if len(own) == 1 and code.isalpha()}
    found = dict(_SEATS)
    for zone, code in alone.items():
        found.setdefault(fold(zone.split("/")[-1].replace("_", " ")), code)
    for language in ("fr", "en"):
        for zone, labels in Locale.parse(language).time_zones.items():
            if zone in alone and "city" in labels:
                found.setdefault(fold(labels["city"]), alone[zone])
    return found


_TWO_WORDS = re.compile(
    r"\b(North|South|Sri|New)\s(?=[A-Z])|\b((?i:nord|sud|north|south))\s(?=(?i:cor|kor|afric|soud|viet)\w*n)"
)
_OF_THE = re.compile(r"\b((?:cor[ée]en|vietnamien|soudanais)\w*)\s+du\s+(nord|sud)\b", re.IGNORECASE)


def as_one_word(text: str) -> str:
    """Return a text in which the nationalities of two words are one: "South Koreans", "Coréens du Sud".

    >>> as_one_word("300 Coréens du Sud"), as_one_word("South African sailors")
    ('300 Sud-Coréens', 'South-African sailors')
    """
    return _TWO_WORDS.sub(r"\1\2-", _OF_THE.sub(r"\2-\1", text))


def nations(text: str) -> frozenset[str]:
    """Return the codes of the countries whose people a text names: in "marins norvégiens au Japon", the Norwegians."""
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", fold(as_one_word(text)))
    return frozenset(map(nationality, words)) - {""}


@lru_cache(maxsize=2000)
def countries(text: str) -> frozenset[str]:
    """Return the codes of the countries that a text names, itself or by their people or their seat of government.

    A name has its capital, since many are words too ("grenade").

    >>> sorted(countries("marins norvégiens au Japon"))
    ['JP', 'NO']
    """
    printed = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", as_one_word(text))
    words = [fold(word).replace("’", "'") for word in printed]
    found: set[str] = set()
    i = 0
    while i < len(words):
        size, code = _country_at(printed, words, i)
        if code:
            found.add(code)
        i += size
    return frozenset(found)


def _country_at(printed: Sequence[str], words: Sequence[str], i: int) -> tuple[int, str]:
    """Return how many words from the i-th on name one country, or its people, and its code; one and "" for none."""
    if printed[i][0].isupper():
        for size in (3, 2, 1):
            phrase = " ".join(words[i : i + size])
            code = nationality(phrase) or places().get(phrase, "") or seats().get(phrase, "")
            if code and len(words) >= i + size and (len(phrase) > 2 or phrase == "eu"):
                return size, code
        return 1, ""
    return 1, nationality(words[i])
