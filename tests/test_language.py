"""Terms: folded, stopped, stemmed, with offsets that reproduce the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import (
    SNOWBALL,
    detect,
    distinct_terms,
    fold,
    is_stop_word,
    number_term,
    paragraph_language,
    stems,
    tag,
    terms,
)
from index.reading import headers
from index.reading.headers import language_of

texts = st.text(
    st.one_of(st.sampled_from("aeéèêçœ’' -.,0123456789\u00a0\u202f\nLDqu«»"), st.characters(exclude_categories=["Cs"])),
    max_size=80,
)


@given(texts, st.sampled_from(["fr", "en", "de", "xx"]))
def test_offsets_reproduce_the_words(text, language):
    last = 0
    for term in terms(text, language):
        word = text[term.start : term.end]
        assert last <= term.start < term.end <= len(text)
        assert not is_stop_word(word, language)
        assert term.stem == (number_term(word) if word[0].isdigit() else stems(word, language)[0])
        last = term.end


@given(st.text("abdeéèêçœsnxtÉL ", max_size=40))
def test_case_and_accents_do_not_matter(text):
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert stems(text.upper(), "fr") == stems(text, "fr") == stems(bare, "fr")


@pytest.mark.parametrize(
    "written", ["5 000", "5.000", "5,000", "5\u00a0000", "5\u202f000", "5\u2009000", "5’000", "5000"]
)
def test_every_spelling_of_a_number_is_one_term(written):
    assert stems(f"environ {written} hommes.", "fr") == ["environ", "5000", "homm"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L’armée n’a pas d'eau", "fr", ["arme", "eau"]),
        ("soldats nord-coréens", "fr", ["soldat", "nord", "coreen"]),
        ("nord coréen", "fr", ["nord", "coreen"]),
        ("Combien de blessés ?", "fr", ["bless"]),
        ("Pourquoi y a-t-il eu des morts ?", "fr", ["mort"]),
        ("How many people were injured?", "en", ["peopl", "injur"]),
        ("the mayor's office doesn't say", "en", ["mayor", "offic", "doesn", "say"]),
        ("1 234 567,5 euros et 14,2 %", "fr", ["1234567.5", "euros", "14.2"]),
        ("en 2024 300 élus le 23/10/24", "fr", ["2024", "300", "elus", "23", "10", "24"]),
        ("2018-2019", "fr", ["2018", "2019"]),
        ("Œuvres d’art", "fr", ["oeuvr", "art"]),
        ("die Häuser", "de", ["die", "haus"]),
    ],
)
def test_worked_examples(text, language, expected):
    assert stems(text, language) == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("combien de blessés ?", "fr"),
        ("who is Lee Seong-kweun", "en"),
        ("how many soldiers died?", "en"),
        ("et les blessés ?", "fr"),
        ("when?", "en"),
        ("quand ?", "fr"),
        ("selon qui ?", "fr"),
        ("death toll", "en"),
        ("nombre de morts", "fr"),
        ("coût du chantier", "fr"),
    ],
)
def test_short_questions_are_told_apart(question, language):
    assert detect(question) == language


def test_detection_is_restricted_to_the_languages_given():
    assert detect("Das Hochwasser hat die Stadt überschwemmt.", ["fr", "en", "de"]) == "de"
    assert detect("Das Hochwasser hat die Stadt überschwemmt.", ["fr"]) == "fr"
    assert detect("", ["fr", "en"]) == "fr"
    assert detect("?!…", ["en", "fr"]) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # By threes of letters these are Catalan, Norwegian and Italian: names and lists, hardly a word between them.
        ("Match nul 3 à 3 entre Real Valdor et Sporting Brissac : buts de Costa, Ramos, Vidal et Martin.", "fr"),
        ("Les plans de Sant Arvel : port, canal, pont, rampe, total 45 tonnes. Solde final : 600 tonnes.", "fr"),
        ("Les pistes de ski du val font au total 45 km de long.", "fr"),
        ("The port.", "en"),
        ("L'incendi va deixar dotze morts al port.", "ca"),
        ("El incendio dejó doce muertos en el puerto.", "es"),
        ("L'incendio ha fatto dodici morti nel porto.", "it"),
        ("Der Brand forderte zwölf Tote.", "de"),
        ("De brand eiste twaalf levens in de haven, zegt de brandweer, en de dijk is in de nacht doorgebroken.", "nl"),
        ("12 340 | 17,5 | 3", "fr"),
    ],
)
def test_a_short_text_is_of_another_language_only_where_it_plainly_is(text, language):
    assert language_of(text) == language


def test_a_text_of_few_letters_loads_no_models_of_all_languages(monkeypatch):
    asked = []
    monkeypatch.setattr(headers, "detect", lambda text, languages=("fr", "en"): asked.append(text) or "de")
    monkeypatch.setattr(headers, "is_plainly", lambda text, language: True)
    assert language_of("… " * 100 + "Ja, 12 340 " + "? " * 100) == "de"
    (text,) = asked
    assert sum(map(str.isalpha, text)) > 120


def test_a_paragraph_in_another_language_than_its_document():
    english = "The mayor said that he would not be there, and that it was up to the council to decide what to do."
    french = "Le maire a dit qu'il ne serait pas là, et que c'était au conseil de décider de ce qu'il fallait faire."
    assert paragraph_language(english, "fr") == "en"
    assert paragraph_language(french, "fr") == "fr"
    assert paragraph_language("Le groupe Breakfast at Tiffany's.", "fr") == "fr"
    assert paragraph_language(english, "de") == "de"


def test_terms_carry_their_language_and_numbers_do_not():
    assert (tag("soldat", "fr"), tag("5000", "fr")) == ("fr:soldat", "5000")
    assert (number_term("12 000"), number_term("12,5")) == ("12000", "12.5")


def test_fold():
    assert fold("Cœur Décès Straße") == "coeur deces strasse"


def test_every_snowball_language_has_a_stemmer():
    for code in SNOWBALL:
        assert stems("abc", code) == stems("ABC", code) != []


@given(st.text(alphabet="aàbcdeéilmnoqrstuvxz0123456789 .,'’\n", max_size=200), st.sampled_from(["fr", "en"]))
def test_distinct_terms_hold_every_term_and_add_only_elided_words(text, language):
    found, wanted = distinct_terms(text, language), {tag(stem, language) for stem in stems(text, language)}
    assert wanted <= found
    assert all(len(term) <= len("fr:") + 9 for term in found - wanted)  # "c", "qu", "presqu", "ve"
