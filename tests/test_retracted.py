"""What a text takes back, only imagines, or says of nobody is told from what it holds to be so."""

import pytest
from asked import question_of

from index.facts import spans
from index.facts.hedges import hedged
from index.language import detect
from qa.match.cues import read_cues
from qa.match.retracted import held_to_be_so
from qa.stance_fitting import given_facts, make_document


def held(text, question="Combien de morts ?", *, kind="number", titled=False):
    """Return the facts of an article that it surely holds to be so."""
    asked = question_of(question, detect(question))
    given = [one for one in given_facts(make_document(text, titled=titled)) if one.fact.kind == kind]
    return [one.near.printed(one.fact) for one in given if held_to_be_so(asked, one) > 0.5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Denied, and by whom it is contested.
        ("Le maire a démenti que 71 personnes aient été blessées. On compte 17 blessés.", ["17"]),
        ("L'armée a contesté la mort de 48 soldats, mais elle a reconnu six tués.", ["six"]),
        ("The company denied that it would close 120 stores. It will close nine stores.", ["nine"]),
        ("The claim that 300 people died in the flood is false, the mayor said.", []),
        ("Une fausse rumeur faisant état de 40 victimes a circulé. Deux habitants ont été blessés.", ["Deux"]),
        # Corrected.
        ("Le bilan est de 17 morts, et non de 71 morts.", ["17"]),
        ("The train was travelling at 19 kilometres an hour and not at 70.", ["19 kilometres an hour"]),
        ("Un article indiquait par erreur que la crue avait fait 71 morts. Le bilan exact est de 17 morts.", ["17"]),
        ("Our report said that 380 tonnes had been spilled. The correct figure is 38 tonnes.", ["38 tonnes"]),
        # Quoted to be contradicted.
        ("Un blogueur affirme que 5 000 oiseaux sont morts. C'est faux. On en a trouvé 11.", ["11"]),
        ("A video says that 5,000 birds died. There is no evidence of it. A survey found 11 dead birds.", ["11"]),
        # Only imagined.
        ("Dans ce scénario, 4 600 personnes périraient. L'exercice a mobilisé 250 figurants.", ["250"]),
        ("If the dam broke, 900 homes would be flooded.", []),
        ("In a drill, officials imagined an attack that would have killed 36 patients. Nothing was real.", []),
        # Held to be so, though somebody says it, supposes it or bounds it.
        ("Selon la préfecture, 17 personnes seraient mortes.", ["17"]),
        ("The mayor said that 17 people had died.", ["17"]),
        ("At least 17 people could have died, and no fewer than 30 were wounded.", ["17", "30"]),
    ],
)
def test_what_a_text_takes_back_is_none_of_its_figures(text, expected):
    assert held(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        # The sentence behind, or the next paragraph, takes it back.
        (
            "Un message très partagé l'affirme : « 30 élèves ont été empoisonnés à la cantine. »\n\nC'est faux,"
            " répond le rectorat, qui a vérifié : les cuisines n'ont servi que 12 repas.",
            "number",
            ["12"],
        ),
        # The article is a correction.
        (
            "Correction\n\nIn an earlier version of this report we wrongly said that the harbour wall cost £9m. The "
            "correct figure is £6m.",
            "number",
            ["£6m"],
        ),
        # An ordinary article holds all that it says.
        (
            "Floods reach the old town\n\nThe river rose by two metres on Monday. Firefighters took 40 people to a "
            "school.\n\nRepairs will cost £3m, the council said.",
            "number",
            ["two metres", "40", "£3m"],
        ),
    ],
)
def test_a_whole_article_tells_what_it_holds_to_be_so(text, kind, expected):
    assert held(text, kind=kind, titled=True) == expected


def test_no_fewer_than_denies_nothing():
    assert "negation" not in {kind for _, _, kind in read_cues("No fewer than nine boats sank.", "en")}
    assert read_cues("No boat sank.", "en") == ((0, 0, "negation"),)


def test_cues_are_known_in_every_form():
    cues = read_cues("They were denying a fabricated rumour", "en")
    assert cues == ((10, 2, "denial"), (10, 2, "denied"), (20, 4, "untrue"), (31, 5, "rumour"))


def test_a_language_without_a_table_has_no_cues():
    assert read_cues("Das ist falsch.", "de") == ()


def test_who_asks_for_what_may_come_is_told_what_would_be():
    text = "If the dam broke, 900 homes would be flooded."
    assert held(text, "How many homes would be flooded?") == ["900"]
    assert held("The mayor denied that 900 homes would be flooded.", "How many homes will be flooded?") == []


@pytest.mark.parametrize(
    ("text", "language", "printed", "role"),
    [
        ("Aucun mort n'est à déplorer, a indiqué la préfecture.", "fr", "Aucun", "mort"),
        ("Personne n'a été blessé.", "fr", "Personne", "blessé"),
        ("L'accident n'a fait aucun blessé.", "fr", "aucun", "blessé"),
        ("No one was hurt, the airport said.", "en", "No one", "hurt"),
        ("There were no deaths.", "en", "no", "deaths"),
    ],
)
def test_none_is_a_figure_of_its_own(text, language, printed, role):
    (figure,) = (span for span in spans(text, language) if span.kind == "number")
    assert (figure.text, figure.value, figure.role, figure.qualifier) == (printed, 0, role, "")


@pytest.mark.parametrize("text", ["No one spoke.", "Personne n'est venu.", "Aucun train ne circule.", "no longer"])
def test_none_of_what_nothing_befell_is_no_figure(text):
    assert not [span for span in spans(text, detect(text)) if span.kind == "number"]


@pytest.mark.parametrize(
    ("text", "figure", "language", "expected"),
    [
        ("La crue a fait au moins 2 morts.", "2", "fr", "au moins 2"),
        ("Plus de 50 000 habitants sont partis.", "50 000", "fr", "Plus de 50 000"),
        ("They found 40 or more.", "40", "en", "40 or more"),
        ("On compte 3 morts. Au moins 5 blessés.", "3", "fr", "3"),
    ],
)
def test_a_figure_is_printed_with_the_hedges_beside_it(text, figure, language, expected):
    start = text.index(figure)
    assert hedged(text, start, start + len(figure), language) == expected


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("By how much did exports grow?", "change"),
        ("How much have prices risen?", "change"),
        ("De combien les loyers ont-ils augmenté ?", "change"),
        ("De quel pourcentage les loyers ont-ils baissé ?", "change"),
        ("De combien est l'aide ?", ""),
        ("De combien de chars se sont-ils emparés ?", ""),
        ("What share of purchases is local?", "percent"),
        ("How much did the bridge cost?", "money"),
    ],
)
def test_by_how_much_asks_for_a_change(question, unit):
    assert question_of(question, detect(question)).unit == unit
