"""Places that were typed without a capital: which are they, and what stays a common word?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.question.casing import capitalise_places


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("incendie lyon morts", "incendie Lyon morts"),
        ("combien de morts à saint-denis", "combien de morts à Saint-Denis"),
        ("how many died in new york", "how many died in New York"),
        ("pertes corée du nord en ukraine", "pertes Corée du Nord en Ukraine"),
        ("dprk losses", "DPRK losses"),
        ("grève à la rochelle", "grève à La Rochelle"),
        ("troupes usa en côte d'ivoire", "troupes USA en Côte d'Ivoire"),
        ("earthquake turkey dead", "earthquake Turkey dead"),
        ("sanctions etats unis", "sanctions Etats Unis"),
        ("incendie villeurbanne bilan", "incendie Villeurbanne bilan"),
        ("séisme turquie syrie morts", "séisme Turquie Syrie morts"),
    ],
)
def test_a_place_is_printed_as_it_is(typed, printed):
    assert capitalise_places(typed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "a nice tour for sale in march",  # Nice, Tours, Sale are towns
        "combien de tours a fait le syndicat, l'union",
        "combien de navires dans le port",
        "cb de mecs amochés sur le front",
        "who's reading the deal",
        "Combien de chefs d'État étaient à la réunion de l'Otan ?",  # La Réunion is an island
        "how many were there before christmas",
        "combien de personnes au meeting de jordan bardella",
        "combien a promis kamala harris aux pecheurs",
        "combien de foyers sans elec après la tempete",  # a spelling of Yelets
        "combien d'enfants ont eu le vaccin palu",
        "Combien de morts à Lyon ?",
        "COMBIEN DE MORTS A LYON",
        "",
    ],
)
def test_common_words_and_what_is_printed_already_stay(text):
    assert capitalise_places(text) == text


@given(st.text(st.sampled_from("abcdelnoprstuyéßİ lyon-'ukraine"), max_size=40) | st.text(max_size=40))
def test_nothing_but_the_case_of_a_text_changes_and_that_once(text):
    found = capitalise_places(text)
    assert len(found) == len(text)
    assert found.casefold() == text.casefold()
    assert capitalise_places(found) == found
