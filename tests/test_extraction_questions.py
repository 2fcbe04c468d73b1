"""What a question asks for, how well a role answers it, and whether a sentence affirms or denies it."""

from __future__ import annotations

import pytest
from asked import question_of
from hypothesis import given, settings
from hypothesis import strategies as st

from index.facts import Fact, read_facts
from index.records import Alternatives
from qa.findings import ROLE
from qa.match import Matcher, Nearby, combined, polarity, role_score
from qa.question import KINDS, Question
from qa.question.reading import plain_words, write_out

# As a caller gets them from the translation table: tagged stems with their probabilities.
TRANSLATIONS: dict[str, Alternatives] = {
    "bridg": [("en:bridg", 1.0), ("fr:pont", 0.8)],
    "stadium": [("en:stadium", 1.0), ("fr:stad", 0.7)],
    "pont": [("fr:pont", 1.0), ("en:bridg", 0.8)],
    "tourist": [("en:tourist", 1.0), ("fr:tourist", 0.8)],
    "fridg": [("en:fridg", 1.0), ("fr:frigo", 0.4), ("fr:stad", 0.01)],
}


def _words(found: Question) -> tuple[list[str], list[str], list[str]]:
    return tuple([found.word(t) for t in part] for part in (found.head, found.predicate, found.circumstances))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("question", "language", "kind", "unit"),
    [
        ("Combien de soldats sont morts ?", "fr", "number", ""),
        ("Quel est le nombre de victimes ?", "fr", "number", ""),
        ("Combien a coûté le stade ?", "fr", "number", "money"),
        ("Quel est le taux de chômage ?", "fr", "number", "percent"),
        ("Quel âge avait la victime ?", "fr", "number", "age"),
        ("Combien de temps a duré la grève ?", "fr", "number", "duration"),
        ("Combien d'hectares ont brûlé ?", "fr", "number", "area"),
        ("Quand le pont a-t-il été construit ?", "fr", "date", ""),
        ("En quelle année est-il né ?", "fr", "date", ""),
        ("Qui a gagné l'élection ?", "fr", "person", ""),
        ("Où le car a-t-il quitté la route ?", "fr", "place", ""),
        ("Dans quel pays l'épidémie a-t-elle commencé ?", "fr", "place", ""),
        ("Pourquoi les enseignants font-ils grève ?", "fr", "reason", ""),
        ("Quelle est la cause de l'incendie ?", "fr", "reason", ""),
        ("Qu'a dit le ministre ?", "fr", "quotation", ""),
        ("Le maire a-t-il démissionné ?", "fr", "yes-no", ""),
        ("Est-ce que le pont est ouvert ?", "fr", "yes-no", ""),
        ("Comment réparer le pont ?", "fr", "passage", ""),
        ("how many soldiers died?", "en", "number", ""),
        ("What is the death toll?", "en", "number", ""),
        ("How much did the bridge cost?", "en", "number", "money"),
        ("What percentage of the vote did she win?", "en", "number", "percent"),
        ("How old was the victim?", "en", "number", "age"),
        ("How long did the strike last?", "en", "number", "duration"),
        ("How far is the village from the border?", "en", "number", "distance"),
        ("When did the war start?", "en", "date", ""),
        ("What year was the bridge built?", "en", "date", ""),
        ("Who won the election?", "en", "person", ""),
        ("Where did the bus crash?", "en", "place", ""),
        ("Which country was hit?", "en", "place", ""),
        ("Why did the bridge collapse?", "en", "reason", ""),
        ("What caused the fire?", "en", "reason", ""),
        ("What did the minister say about the budget?", "en", "quotation", ""),
        ("Has the mayor resigned?", "en", "yes-no", ""),
        ("What is the capital of Brazil?", "en", "place", ""),
    ],
)
def test_the_kind_and_the_unit_that_a_question_asks_for(question: str, language: str, kind: str, unit: str) -> None:
    found = question_of(question, language)
    assert (found.kind, found.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("question", "language", "head", "predicate", "circumstances"),
    [
        ("Combien de cas de rougeole ont été signalés ?", "fr", ["cas", "rougeole"], [], []),
        ("Combien y a-t-il eu de morts ?", "fr", [], ["morts"], []),
        ("Combien de touristes sont morts dans l'avalanche ?", "fr", ["touristes"], ["morts"], ["avalanche"]),
        ("Quel est le bilan du séisme ?", "fr", [], ["bilan"], ["séisme"]),
        ("Combien a coûté le stade ?", "fr", ["stade"], ["coûté"], []),
        ("how many soldiers died?", "en", ["soldiers"], ["died"], []),
        ("How many votes did she get?", "en", ["votes"], [], []),
        ("How many were wounded?", "en", [], ["wounded"], []),
        ("How many people were killed in the earthquake?", "en", ["people"], ["killed"], ["earthquake"]),
        ("How much did the bridge cost?", "en", ["bridge"], ["cost"], []),
        ("How many children under five died of measles?", "en", ["children"], ["died"], ["five", "measles"]),
    ],
)
def test_what_is_counted_what_happened_and_what_is_around(
    question: str, language: str, head: list[str], predicate: list[str], circumstances: list[str]
) -> None:
    assert _words(question_of(question, language)) == (head, predicate, circumstances)


def test_names_places_and_times_of_a_question_are_read_as_what_they_are() -> None:
    found = question_of("Combien de voix Anne Roy a-t-elle obtenues à Lyon en 2021 ?", "fr")
    assert [[span.text for span in spans_] for spans_ in (found.names, found.places, found.times)] == [
        ["Anne Roy"],
        ["Lyon"],
        ["2021"],
    ]
    assert [found.word(t) for t in found.role] == ["voix", "obtenues"]


@pytest.mark.parametrize(
    ("question", "language", "speaker"),
    [
        ("Qu'a dit Anne Roy ?", "fr", "Anne Roy"),
        ("Qu'a déclaré le ministre ?", "fr", "le ministre"),
        ("What did Jane Roe say?", "en", "Jane Roe"),
        ("What did the minister say about the budget?", "en", "the minister"),
    ],
)
def test_of_whom_a_question_asks_what_was_said(question: str, language: str, speaker: str) -> None:
    found = question_of(question, language).speaker
    assert found is not None
    assert found.text == speaker == question[found.start : found.end]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["fr", "en"]))
def test_any_text_is_a_question_of_some_kind(text: str, language: str) -> None:
    found = question_of(text, language)
    assert found.kind in KINDS
    assert set(found.head) | set(found.predicate) | set(found.circumstances) == set(found.role)
    for term in found.role:
        assert text[term.start : term.end] == found.word(term) != ""


TEXT_FR = """L'armée a annoncé que 31 soldats avaient été tués et 270 autres blessés. On parle de 90 à 120
morts et blessés. Quelque 1 300 soldats ont été envoyés au front. Au moins 45 civils ont péri. Le stade a coûté
80 millions d'euros."""
TEXT_EN = """The death toll rose to 45, up from 30. She obtained 52% of the vote, or 3,412 votes. The bridge cost £40m.
About 1,200 cases of cholera have been reported. Twelve people were killed, including three children. The company plans
to cut 2,500 jobs. Unemployment fell to 7.1%. A 34-year-old man was charged."""


def _best(question: str, language: str, text: str, text_language: str) -> tuple[str, float]:
    """Return the figure of the text that answers best, and its score."""
    matcher = Matcher(question_of(question, language, alternatives=TRANSLATIONS))
    near = Nearby(text, ((0, len(text)),))
    score, printed = max((role_score(f, matcher, near), near.printed(f)) for f in read_facts(text, text_language))
    return printed, score


@pytest.mark.parametrize(
    ("question", "language", "text", "text_language", "answer"),
    [
        ("how many soldiers died?", "en", TEXT_FR, "fr", "31"),
        ("How many soldiers were wounded?", "en", TEXT_FR, "fr", "270"),
        ("How many casualties?", "en", TEXT_FR, "fr", "90 à 120"),
        ("How many killed and wounded were there?", "en", TEXT_FR, "fr", "90 à 120"),
        ("How many troops were sent?", "en", TEXT_FR, "fr", "1 300"),
        ("How many civilians were killed?", "en", TEXT_FR, "fr", "45"),
        ("How much did the stadium cost?", "en", TEXT_FR, "fr", "80 millions d'euros"),
        ("Combien de voix a-t-elle obtenues ?", "fr", TEXT_EN, "en", "3,412"),
        ("Quel pourcentage des voix a-t-elle obtenu ?", "fr", TEXT_EN, "en", "52%"),
        ("Combien de cas de choléra ?", "fr", TEXT_EN, "en", "1,200"),
        ("Combien a coûté le pont ?", "fr", TEXT_EN, "en", "£40m"),
        ("Combien d'enfants sont morts ?", "fr", TEXT_EN, "en", "three"),
        ("How many millimetres of rain fell?", "en", "Il est tombé 240 mm de pluie en 24 heures.", "fr", "240 mm"),
        ("Combien d'emplois vont être supprimés ?", "fr", TEXT_EN, "en", "2,500"),
        ("Quel est le taux de chômage ?", "fr", TEXT_EN, "en", "7.1%"),
        ("How old was the man?", "en", TEXT_EN, "en", "34-year-old"),
    ],
)
def test_the_figure_whose_role_answers_best(
    question: str, language: str, text: str, text_language: str, answer: str
) -> None:
    printed, score = _best(question, language, text, text_language)
    assert printed == answer
    assert score > 0.45


@pytest.mark.parametrize(
    ("question", "language", "text", "text_language"),
    [
        ("How many tanks were destroyed?", "en", TEXT_FR, "fr"),
        ("How many votes did she get?", "en", TEXT_FR, "fr"),
        ("How many fridges were sold?", "en", TEXT_FR, "fr"),
        ("Combien de blessés ?", "fr", TEXT_EN, "en"),
        ("Combien de chars ont été détruits ?", "fr", TEXT_EN, "en"),
        ("How many teachers resigned?", "en", TEXT_EN, "en"),
    ],
)
def test_no_figure_answers_what_the_text_does_not_say(
    question: str, language: str, text: str, text_language: str
) -> None:
    assert _best(question, language, text, text_language)[1] < 0.35


def _alone(stated: tuple[str, Fact], matcher: Matcher) -> float:
    """Return how well a fact answers by its role alone, without the words around it."""
    text, fact = stated
    return role_score(fact, matcher, Nearby(text))


def _facts(text: str, language: str, kind: str = "number") -> list[tuple[str, Fact]]:
    return [(text, fact) for fact in read_facts(text, language) if fact.kind == kind]


def test_a_combined_toll_answers_half_and_is_known_by_it() -> None:
    (toll,) = _facts("Des estimations allant de 90 à 120 morts et blessés.", "fr")
    assert combined(toll[1])
    for question in ("How many died?", "How many were wounded?"):
        assert _alone(toll, Matcher(question_of(question))) == 0.5
    assert _alone(toll, Matcher(question_of("How many killed and wounded?"))) == 1.0


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Le nombre de personnes tuées ou blessées s'élève à 700.", "fr", True),
        ("On compte 40 victimes.", "fr", True),
        ("There were 40 casualties.", "en", True),
        ("300 people were killed or injured.", "en", True),
        ("300 personnes sont mortes et 40 ont été blessées.", "fr", False),
        ("Les pertes atteignent 3 millions d'euros.", "fr", False),
    ],
)
def test_which_tolls_are_combined(sentence: str, language: str, expected: bool) -> None:
    assert combined(read_facts(sentence, language)[0]) is expected


def test_a_figure_of_another_nationality_does_not_answer() -> None:
    (span,) = _facts("12 soldats ukrainiens sont morts.", "fr")
    assert _alone(span, Matcher(question_of("How many Russian soldiers died?"))) < 0.2
    assert _alone(span, Matcher(question_of("How many Ukrainian soldiers died?"))) > 0.9


def test_word_similarity_finds_synonyms_and_never_joins_two_fates() -> None:
    (trawlers,) = _facts("Some 40 trawlers capsized.", "en")
    question, near = question_of("How many boats overturned?"), {"trawlers": 0.95, "capsized": 0.95}
    similar = {"boats": near, "overturned": near}
    assert _alone(trawlers, Matcher(question)) < 0.2 < 0.7 < _alone(trawlers, Matcher(question, similar))
    (wounded,) = _facts("300 soldiers were wounded.", "en")
    similar = {"soldiers": {"wounded": 0.95}, "died": {"soldiers": 0.95, "wounded": 0.95}}
    assert _alone(wounded, Matcher(question_of("How many soldiers died?"), similar)) < 0.1


def test_a_date_answers_by_the_words_of_its_clause() -> None:
    found = _facts("The bridge opened in 2019. The school closed in 2021.", "en", "date")
    matcher = Matcher(question_of("When did the school close?"))
    bridge, school = (_alone(stated, matcher) for stated in found)
    assert bridge < ROLE < 0.9 < school
    opened = Matcher(question_of("When was the bridge opened?"))
    assert _alone(found[0], opened) > 0.9 > ROLE > _alone(found[1], opened)


@pytest.mark.parametrize(
    ("question", "language", "sentence", "sentence_language", "expected"),
    [
        ("Has the mayor resigned?", "en", "The mayor has resigned.", "en", "affirms"),
        ("Has the mayor resigned?", "en", "The mayor has not resigned.", "en", "denies"),
        ("Has the mayor resigned?", "en", "The mayor could resign.", "en", ""),
        ("Has the mayor resigned?", "en", "Has the mayor resigned?", "en", ""),
        ("Was the minister arrested?", "en", "The minister's brother was arrested.", "en", ""),
        ("Did Peru send troops?", "en", "Chile sent troops.", "en", ""),
        ("Did Peru send troops?", "en", "Le Pérou n'a pas envoyé de troupes.", "fr", "denies"),
        ("Le Pérou a-t-il envoyé des soldats ?", "fr", "Le Pérou a envoyé 500 soldats.", "fr", "affirms"),
        ("Le Pérou a-t-il envoyé des soldats ?", "fr", "Le Pérou aurait envoyé des soldats.", "fr", ""),
        ("Le Pérou a-t-il envoyé des soldats ?", "fr", "Le Pérou dément avoir envoyé des soldats.", "fr", "denies"),
        ("Combien de soldats ?", "fr", "Il y a 500 soldats.", "fr", ""),
        ("Did 900 sailors drown?", "en", "Dozens of sailors drowned, and 900 sailors reached the port.", "en", ""),
        ("Did 900 sailors drown?", "en", "The storm was over when 900 sailors drowned.", "en", "affirms"),
        ("Did 900 sailors drown?", "en", "The storm was over when 12 sailors drowned.", "en", ""),
        (
            "Est-ce que 900 marins sont morts ?",
            "fr",
            "Dix marins sont morts, et 900 marins ont repris la mer.",
            "fr",
            "",
        ),
        ("Est-ce que 900 marins sont morts ?", "fr", "Dans la nuit, 900 marins sont morts.", "fr", "affirms"),
    ],
)
def test_a_sentence_affirms_or_denies_only_when_certain(
    question: str, language: str, sentence: str, sentence_language: str, expected: str
) -> None:
    assert polarity(Matcher(question_of(question, language)), sentence, sentence_language) == expected


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("cb de morts a lyon", "combien de morts a lyon"),
        ("le pont il a fermé qd", "le pont il a fermé quand"),
        ("pk la digue a cédé", "pourquoi la digue a cédé"),
        ("hw many people died", "how many people died"),
        ("volée avec la cb du maire", "volée avec la cb du maire"),
        ("Que dit le rapport PK 12 ?", "Que dit le rapport PK 12 ?"),
        ("combien de morts ?", "combien de morts ?"),
        ("how many KIA near Arcy?", "how many killed in action near Arcy?"),
        ("Le bilan des MIA, selon Mia", "Le bilan des disparus au combat, selon Mia"),
        ("une Kia volée", "une Kia volée"),
    ],
)
def test_words_that_ask_are_written_out(typed: str, understood: str) -> None:
    assert write_out(typed) == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("combien de morts à St-Maurin ?", "combien de morts à Saint-Maurin ?"),
        ("Ste-Foy, qui est maire ?", "Sainte-Foy, qui est maire ?"),
        ("cb de pertes pour la Fédération de Russie", "combien de pertes pour la Russie"),
        ("qui dirige l'entreprise Ast-Nord ?", "qui dirige l'entreprise Ast-Nord ?"),
    ],
)
def test_names_are_understood_as_articles_print_them(typed: str, understood: str) -> None:
    assert plain_words(typed) == understood


@pytest.mark.parametrize(
    ("question", "language", "foreseen"),
    [
        ("Combien de doses de vaccin sont arrivées à Valmont ?", "fr", False),
        ("Quelle est la valeur du terrain ?", "fr", False),
        ("Combien d'emplois l'usine va supprimer ?", "fr", True),
        ("Quand le pont rouvrira-t-il, et qui paiera ?", "fr", True),
        ("How many workers were hurt at the plant?", "en", False),
        ("Who was elected mayor in May?", "en", False),
        ("How many jobs may be lost?", "en", True),
        ("How many planes will they buy?", "en", True),
    ],
)
def test_what_is_foreseen_is_told_by_whole_words(question: str, language: str, foreseen: bool) -> None:
    assert question_of(question, language).cues.foreseen is foreseen
