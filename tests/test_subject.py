"""Whether a document is about whom, where and when a question names."""

from datetime import date

import numpy as np
import pytest
from asked import query_of, question_of
from hypothesis import given, settings
from hypothesis import strategies as st

from index.corpus import Corpus
from index.facts.contents import Topic
from index.facts.gazetteer import countries, nations
from index.facts.terms import Sought, read_terms, years_of
from qa.assistant import Assistant
from qa.match import Nearby
from qa.match.conditions import of_whom_asked
from qa.match.subject import names_where, names_whom, of_those_years, read_subject, sought


def topic_of(text, language="fr"):
    return Topic(np.unique(read_terms(text, language)[0]), countries(text), years_of(text))


def speaks(text, question):
    """Return whether a French text names what a question names."""
    wanted, topic = read_subject(query_of(question)), topic_of(text)
    held = Sought(sought(wanted, "fr")).held(topic.keys)
    return names_whom(wanted, held, "fr") and names_where(wanted, topic.countries)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many people died in the Lormont floods?", "La crue de Lormont a fait 14 morts.", True),
        ("How many people died in the Lormont floods?", "L'incendie a fait 14 morts.", False),
        ("How many votes did Bruno Kerleau get?", "M. Kerleau obtient 300 voix.", True),
        ("How many votes did Bruno Kerleau get?", "La candidate obtient 300 voix.", False),
        # Half of the names are enough: the article need not say in which town the plant is.
        ("How many people work at the Varlin plant in Doucet?", "L'usine Varlin emploie 190 personnes.", True),
        # A word that the dictionary knows may have another name in the article.
        ("What did the Parliament decide?", "Les députés ont voté la loi.", True),
        ("Who won in Willow River?", "À Willow River, Anne Roy l'emporte.", True),
        # People, countries, and the seat of a government for its country.
        ("How many Norwegian sailors died?", "Oslo annonce la mort de 15 marins.", True),
        ("How many Norwegian sailors died?", "Le Danemark annonce la mort de 15 marins.", False),
        ("How many people died in Norway?", "Le séisme au Japon a fait 15 morts.", False),
        ("How many people died in Norway?", "Le séisme a fait 15 morts.", True),
        # Without capitals, nothing is known to be a name.
        ("how many people died in the lormont floods", "L'incendie a fait 14 morts.", True),
        # In a title every word has a capital.
        ("How Many People Died In Lormont Floods", "L'incendie a fait 14 morts.", True),
    ],
)
def test_a_document_names_what_the_question_names(question, text, expected):
    assert speaks(text, question) is expected


@pytest.mark.parametrize("place", ["Lormont", "Doucet"])
def test_a_long_document_is_silent_on_a_place_until_a_passage_names_it(tmp_path, tiny_encoder, place):
    filler = "\n\n".join(
        f"Le conseil a voté la délibération numéro {n} sur la voirie de la commune." for n in range(300)
    )
    fire = "À Lormont, l'incendie de la scierie a détruit 47 maisons, selon les pompiers."
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(f"{filler}\n\n{fire}\n", encoding="utf-8")
    corpus = Corpus.build(tmp_path / "articles", tmp_path / "index")
    answer = Assistant(corpus).ask(f"Combien de maisons ont été détruites à {place} ?")
    assert [source.claim.text for source in answer.sources if answer.found] == (["47"] if place == "Lormont" else [])


@pytest.mark.parametrize(
    ("year", "text", "published", "expected"),
    [
        ("2003", "La crue a fait 14 morts.", date(2025, 5, 20), False),
        ("2025", "La crue a fait 14 morts.", date(2025, 5, 20), True),
        ("2003", "En 2003, la crue avait fait 14 morts.", date(2025, 5, 20), True),
        ("2003", "La crue a fait 14 morts.", None, False),
    ],
)
def test_a_passage_is_about_the_years_of_the_question(year, text, published, expected):
    wanted = read_subject(query_of(f"How many died in the flood of {year}?"))
    assert wanted.years == {year}
    assert of_those_years(wanted, topic_of(text), text, published) is expected


def test_a_year_told_elsewhere_is_that_of_something_else():
    text = "La crue a fait 14 morts.\n\nC'est la pire depuis 2003."
    wanted = read_subject(query_of("How many died in the flood of 2003?"))
    assert not of_those_years(wanted, topic_of(text), text[:24], date(2025, 5, 20))


@pytest.mark.parametrize(
    ("text", "named", "peoples"),
    [
        ("marins norvégiens au Japon", {"NO", "JP"}, {"NO"}),
        ("Moscou et Washington négocient", {"RU", "US"}, set()),
        ("North Korean troops near Kyiv", {"KP", "UA"}, {"KP"}),
        ("la mairie et le port", set(), set()),
    ],
)
def test_the_countries_of_a_text(text, named, peoples):
    assert countries(text) == named
    assert nations(text) == peoples


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_a_document_that_holds_the_question_is_about_its_subject(question, rest):
    assert speaks(f"{question}\n{rest}", question)


@pytest.mark.parametrize(
    ("question", "language", "sentence", "named"),
    [
        ("Combien d'hommes Charles de Gaulle a-t-il commandés ?", "fr", "De Gaulle a commandé 300 hommes.", True),
        (
            "Combien d'hommes Charles de Gaulle a-t-il commandés ?",
            "fr",
            "Le maire de Brumeval en a commandé 300.",
            False,
        ),
        ("Combien de voix Jean d'Ormesson a-t-il obtenues ?", "fr", "D’Ormesson a obtenu 300 voix.", True),
        ("Combien de voix Jean d'Ormesson a-t-il obtenues ?", "fr", "D’Estier a obtenu 300 voix.", False),
        ("How many votes did Sean O'Brien get?", "en", "O'Brien got 300 votes.", True),
        ("How many votes did Sean O'Brien get?", "en", "O'Hara got 300 votes.", False),
    ],
)
def test_a_person_is_named_by_a_word_of_the_name_that_is_no_particle(question, language, sentence, named):
    assert (of_whom_asked(question_of(question, language), Nearby(sentence, ((0, len(sentence)),))) == 1.0) is named
