"""Are official names of countries known for what they are, and nothing else taken for one?"""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from index.facts.states import load_states, shorten_states
from index.facts.tables import LANGUAGES


@pytest.mark.parametrize(
    ("language", "printed", "short"),
    [
        ("fr", "les pertes de la République populaire démocratique de Corée", "les pertes de la Corée du Nord"),
        ("fr", "la République démocratique populaire de Corée", "la Corée du Nord"),
        ("fr", "un ministre de la République de Corée", "un ministre de la Corée du Sud"),
        ("fr", "sur le territoire de la Fédération de Russie ?", "sur le territoire de la Russie ?"),
        ("fr", "la Fédération russe et la Confédération helvétique", "la Russie et la Suisse"),
        ("fr", "l'Union des Comores", "Comores"),
        ("fr", "le Royaume du Maroc", "le Maroc"),
        ("en", "the Democratic People's Republic of Korea's personnel", "North Korea's personnel"),
        ("en", "in the Russian Federation", "in Russia"),
        ("en", "The Islamic Republic of Iran", "Iran"),
    ],
)
def test_an_official_name_becomes_the_short_one(language: str, printed: str, short: str) -> None:
    assert shorten_states(printed, language) == short


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "la République"),
        ("fr", "la Fédération française de football"),
        ("fr", "l'Union européenne et l'État islamique"),
        ("fr", "la Confédération paysanne"),
        ("fr", "l'Irlande du Nord et le Royaume-Uni"),
        # The press prints no shorter name that tells the two apart.
        ("fr", "la République démocratique du Congo et la République du Congo"),
        ("fr", "les soldats de la république de Corée"),
        ("en", "the French Federation"),
        ("en", "Washington State and New York State University"),
        ("en", "the African Union"),
        ("de", "die Russische Föderation"),
    ],
)
def test_what_is_no_official_name_stays(language: str, text: str) -> None:
    assert shorten_states(text, language) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_table_gives_the_name_of_its_country_in_the_locale_data(language: str) -> None:
    states = load_states(language)
    assert states is not None
    territories = Locale.parse(language).territories
    for words, code in states.names.items():
        # All words begin large, as they may in a title; their order does not count.
        printed = " ".join(word.capitalize() for word in words.split())
        if code and not set(words.split()) & {"saint", "l"}:
            assert shorten_states(f"de {printed} ?", language) == f"de {territories[code]} ?"


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_a_text_without_the_noun_of_a_state_stays(text: str, language: str) -> None:
    states = load_states(language)
    assert states is not None
    assert shorten_states(text.lower(), language) == text.lower()
