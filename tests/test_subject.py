"""Whether a document is about whom, where and when a question names."""

from datetime import date

import numpy as np
import pytest
from asked import query_of
from hypothesis import given, settings
from hypothesis import strategies as st

from index.corpus import Corpus
from index.facts.capitals import capitalised, placed
from index.facts.contents import Topic
from index.facts.gazetteer import countries, nations
from index.facts.read import read_facts
from index.facts.terms import Sought, read_terms, years_of
from index.language import detect
from qa.assistant import Assistant
from qa.match.event import Told, Verdict, compare_event
from qa.match.subject import read_subject, sought
from qa.match.times import Dated, asked_times, compare_times, told_for

OTHER, DOUBTFUL, MET = Verdict


def topic_of(text, language="fr"):
    return Topic(
        np.unique(read_terms(text, language)[0]),
        countries(text),
        years_of(text),
        capitalised(text),
        placed(text, language),
    )


def told_by(text, wanted, language="fr", *, foreign=True):
    topic = topic_of(text, language)
    held = Sought(sought(wanted, language)).held(topic.keys)
    return Told(held, topic.names, topic.countries, language, topic.placed, foreign)


def speaks(text, question, language="fr"):
    """Return how surely a text tells of what a question names."""
    query = query_of(question, detect(question))
    wanted = read_subject(query)
    return compare_event(wanted, told_by(text, wanted, language, foreign=query.language != language))


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("How many people died in the Lormont floods?", "La crue de Lormont a fait 14 morts.", MET),
        ("How many people died in the Lormont floods?", "La crue de Bordeaux a fait 14 morts.", OTHER),
        ("How many people died in the Lormont floods?", "la crue a fait 14 morts.", DOUBTFUL),
        ("How many votes did Bruno Kerleau get?", "M. Kerleau obtient 300 voix.", MET),
        ("How many votes did Bruno Kerleau get?", "Bruno Massot obtient 300 voix.", OTHER),
        ("How many votes did Bruno Kerleau get?", "Odile Kerleau obtient 300 voix.", OTHER),
        # The article need not say in which town the plant is; but that is not certain then.
        ("How many people work at the Varlin plant in Quistrel?", "L'usine Varlin emploie 190 personnes.", DOUBTFUL),
        # A government is called by its seat, its palace or its country.
        ("Que cède le Kremlin en échange ?", "La Russie cède des satellites.", MET),
        ("Que cède le Kremlin en échange ?", "La Norvège cède des satellites.", OTHER),
        ("What does the Pentagon say?", "Les États-Unis démentent.", MET),
        # A text on one country of Europe need not name Europe, nor one of another part of the world.
        ("Which region outside Europe is at risk?", "La Corée du Sud craint une escalade.", MET),
        # A name goes on behind the little words that hyphens join to it.
        ("Qui dirige le parquet de Châlons-en-Champagne ?", "À Châlons, le procureur a parlé.", MET),
        ("Qui dirige le parquet de Châlons-en-Champagne ?", "Le parquet de Lyon est dirigé par une femme.", OTHER),
        # What the dictionary knows may have another name in the article.
        ("What did the Parliament decide?", "Les députés ont voté la loi.", MET),
        ("Who won in Willow River?", "À Willow River, Anne Roy l'emporte.", MET),
        # A town in the spelling of another language, and another town of the same country.
        ("How much rain fell in Turin?", "Il est tombé 80 millimètres à Torino.", MET),
        ("How many trams run in Warsaw?", "Les tramways de Varsovie sont 700.", MET),
        ("How many trams run in Warsaw?", "Les tramways de Cracovie, en Pologne, sont 300.", OTHER),
        ("How many trams run in Warsaw?", "La Pologne a 700 tramways.", DOUBTFUL),
        ("How many tanks did Warsaw buy?", "La Pologne a acheté 90 chars à la Corée du Sud.", DOUBTFUL),
        # Another ending in another language.
        ("How low is the Meuselle?", "La Meuselles est basse.", MET),
        # A company by its first word, where that stands alone.
        ("How much did Skorvik Foods lose?", "Skorvik a perdu 3 millions d'euros.", MET),
        ("How much did Skorvik Foods lose?", "Skorvik Marine a perdu 3 millions d'euros.", OTHER),
        # People, countries, and the seat of a government or another town for its country.
        ("How many Norwegian sailors died?", "Oslo annonce la mort de 15 marins.", MET),
        ("How many Norwegian sailors died?", "Le Danemark annonce la mort de 15 marins.", OTHER),
        ("How many people died in Norway?", "Le séisme au Japon a fait 15 morts.", OTHER),
        ("How many people died in Norway?", "La tempête a fait 15 morts à Bergen.", MET),
        ("How many people died in Norway?", "le séisme a fait 15 morts.", DOUBTFUL),
        # Without capitals, nothing is known to be a name.
        ("how many people died in the lormont floods", "L'incendie a fait 14 morts.", MET),
        # In a title every word has a capital.
        ("How Many People Died In Lormont Floods", "L'incendie a fait 14 morts.", MET),
    ],
)
def test_a_document_names_what_the_question_names(question, text, expected):
    assert speaks(text, question) is expected


@pytest.mark.parametrize("text", ["La CFDT compte 600 000 adhérents.", "Force Ouvrière compte 350 000 adhérents."])
def test_other_initials_and_names_are_somebody_else(text):
    assert speaks(text, "Combien d'adhérents à la CGT ?") is OTHER


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


def timed(question, text, published, *, title="", language="fr", years=None):
    query = query_of(question, detect(question))
    dated = Dated(text, title, text, years_of(text) if years is None else years, published, language)
    return compare_times(asked_times(question, query.language), dated)


@pytest.mark.parametrize(
    ("year", "text", "published", "expected"),
    [
        ("2003", "La crue a fait 14 morts.", date(2025, 5, 20), OTHER),
        ("2025", "La crue a fait 14 morts.", date(2025, 5, 20), MET),
        ("2003", "En 2003, la crue avait fait 14 morts.", date(2025, 5, 20), MET),
        ("2003", "La crue a fait 14 morts.", None, OTHER),
        ("2003", "En 2011, la crue avait fait 14 morts.", None, OTHER),
        ("2024", "La crue d’octobre dernier a fait 14 morts.", date(2025, 5, 20), DOUBTFUL),
        ("2023", "La crue d’octobre dernier a fait 14 morts.", date(2025, 5, 20), OTHER),
        ("2024", "La crue de mars dernier a fait 14 morts.", date(2025, 5, 20), OTHER),
        ("2024", "La crue a fait 14 morts, plus que l’an dernier.", date(2025, 5, 20), OTHER),
    ],
)
def test_a_passage_is_about_the_years_of_the_question(year, text, published, expected):
    assert timed(f"How many died in the flood of {year}?", text, published) is expected


def test_a_year_told_elsewhere_is_that_of_something_else():
    text = "La crue a fait 14 morts."
    told = {"years": frozenset({"2003"})}
    assert timed("How many died in the flood of 2003?", text, date(2025, 5, 20), **told) is OTHER


@pytest.mark.parametrize(
    ("question", "text", "published", "expected"),
    [
        ("Combien de chômeurs en janvier 2024 ?", "On comptait 900 chômeurs en janvier.", date(2024, 2, 5), MET),
        ("Combien de chômeurs en février 2024 ?", "On comptait 900 chômeurs en janvier.", date(2024, 2, 5), OTHER),
        ("Combien de morts dans la crue de mars 2024 ?", "La crue a fait 14 morts.", date(2024, 3, 5), MET),
        ("Combien de morts dans la crue de mars 2024 ?", "La crue a fait 14 morts.", date(2024, 4, 2), DOUBTFUL),
        ("Combien de morts dans la crue de mars 2024 ?", "La crue a fait 14 morts.", date(2024, 9, 2), OTHER),
        ("Combien de morts dans la crue de mars ?", "La crue a fait 14 morts.", None, DOUBTFUL),
        # A day is one of many that a text may name, a month alone says of when it tells.
        ("How many died in May 2024?", "La crue a fait 14 morts ; l'école rouvrira le 3 juin.", date(2024, 5, 30), MET),
        ("How many have died since May 2024?", "On compte 14 morts.", date(2024, 9, 2), MET),
        ("Quel bénéfice au premier trimestre ?", "Le bénéfice du deuxième trimestre est de 3 %.", None, OTHER),
        ("What profit in the second quarter?", "Le bénéfice du deuxième trimestre est de 3 %.", None, MET),
        ("What profit in the second quarter?", "Le bénéfice est de 3 %.", None, DOUBTFUL),
    ],
)
def test_a_passage_is_about_the_months_and_quarters_of_the_question(question, text, published, expected):
    assert timed(question, text, published) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "language", "chosen"),
    [
        ("Combien d'abonnés en 2021 ?", "Les abonnés sont passés de 4 100 en 2021 à 5 200 en 2022.", "fr", "4 100"),
        ("Combien d'abonnés en 2022 ?", "Les abonnés sont passés de 4 100 en 2021 à 5 200 en 2022.", "fr", "5 200"),
        ("How many in 2019?", "In 2018 there were 70 members, and in 2019 there were 85.", "en", "85"),
        ("How many in June?", "Sales rose from 70 units in May to 85 in June.", "en", "85"),
    ],
)
def test_each_year_of_a_sentence_has_its_own_figure(question, sentence, language, chosen):
    asked = asked_times(question, detect(question))
    figures = [f for f in read_facts(sentence, language) if f.kind == "number"]
    starts = [f.start for f in figures]
    kept = {sentence[f.start : f.end]: told_for(asked, sentence, (f.start, f.end), starts, language) for f in figures}
    assert [text for text, left in kept.items() if left >= 1] == [chosen]


@pytest.mark.parametrize(
    ("text", "named", "peoples"),
    [
        ("marins norvégiens au Japon", {"NO", "JP"}, {"NO"}),
        ("Moscou et Washington négocient", {"RU", "US"}, set()),
        ("North Korean troops near Kyiv", {"KP", "UA"}, {"KP"}),
        ("la mairie et le port", set(), set()),
        ("la frontière russo-ukrainienne", {"RU", "UA"}, set()),
        ("the Franco-German brigade", {"FR", "DE"}, set()),
        ("les langues indo-européennes", set(), set()),
        ("talks in the US and the UK", {"US", "GB"}, set()),
        ("THEY TOLD US NOTHING", set(), set()),
        ("la RPDC et la RDC", {"KP", "CD"}, set()),
    ],
)
def test_the_countries_of_a_text(text, named, peoples):
    assert countries(text) == named
    assert nations(text) == peoples


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_a_document_that_holds_the_question_is_about_its_subject(question, rest):
    assert speaks(f"{question}\n{rest}", question) is not OTHER
