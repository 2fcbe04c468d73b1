"""What a passage's spans are: dates, names, speakers, quotations, and the laws that hold over any text."""

from __future__ import annotations

import re
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.facts import (
    QUALIFIERS,
    Extent,
    Hedges,
    Role,
    Span,
    dates,
    literals,
    read_facts,
    span_of,
    spans,
)
from index.facts.openings import match_openings
from index.facts.tokens import sentence_ranges, tokenize
from index.paragraphs.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = date(2024, 10, 24)  # a Thursday
PIECES = """les soldats 5 000 tués et ou 12 % the army sent 3,000 trois mille blessés janvier 2024 $ 4 million €
    in Paris Jean Dupont a déclaré que « » “ ” . , ; : ( ) - – — / ' ’ 1,5 de à entre between and 10-12 two dozen
    une centaine des milliers environ at least Mr Smith said Corée du Nord 1er 2nd 14h30 10:07 23/10/24 F-16
    \n \u00a0 \u202f é ß Ǆ 漢
    ٣ ² ½ ﬁ I\u0307 \U0001f30d auraient été morts n'a pas selon il y a trois jours""".split(" ")
OPENINGS = """d'ici décembre depuis le mois de juin du 3 au 5 mai avant-hier aujourd'hui après-demain mi-mars fin
    courant la semaine dernière l'an prochain les années 80 cette année été 2023 LUNDI Été two weeks ago about an year
    the 1990s mid-2019 by the end of May next summer last week 12 of Jun. a 100 hundred half a million three-quarters
    une centaine d'une dizaine cette quinzaine quatre-vingt-dix deux tiers la moitié trente-et-un _1 x2 1x""".split()


def _texts(kind: str, sentence: str, language: str, *, published: date | None = None) -> list[str]:
    return [span.text for span in spans(sentence, language, published=published) if span.kind == kind]


def _lawful(text: str, found: tuple[Span, ...]) -> None:
    for span in found:
        assert text[span.start : span.end] == span.text != ""
        assert span.kind in {"number", "date", "person", "place"}
        assert set(filter(None, span.qualifier.split(", "))) <= set(QUALIFIERS)
        if span.attribution is not None:
            assert text[span.attribution.start : span.attribution.end] == span.attribution.text
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=60),
    st.sampled_from(["", " ", " ", " "]),
    st.sampled_from(["fr", "en", "de"]),
)
def test_every_span_stands_at_its_offsets_in_order(pieces: list[str], joint: str, language: str) -> None:
    text = joint.join(pieces)
    _lawful(text, spans(text, language, published=PUBLISHED))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["fr", "en"]))
def test_every_span_stands_at_its_offsets_in_any_text(text: str, language: str) -> None:
    _lawful(text, spans(text, language))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f", ",", "."]), st.sampled_from(["fr", "en"]))
def test_a_count_is_read_whatever_its_separator(value: int, separator: str, language: str) -> None:
    printed = f"{value:,}".replace(",", separator)
    if language == "en" and separator == "." and printed.count(".") == 1 and not printed.endswith(".000"):
        printed = f"{value:,}"  # an English "5.123" has decimals
    template = "Environ {} personnes ont défilé." if language == "fr" else "About {} people marched."
    found = [span for span in spans(template.format(printed), language) if span.kind == "number"]
    assert [(span.text, span.value) for span in found] == [(printed, value)]


def _calls(text: str, language: str) -> int:
    """Count the functions that are called, in Python or in C, while a text is read: the same count on every machine."""
    count = 0

    def counted(frame: object, event: str, function: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    profiler = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_facts(text, language)
    finally:
        sys.setprofile(profiler)
    return count


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "piece",
    ["1 ", "et 3 ", "de la ", "Abc ", "« ", "selon ", "janvier ", "vingt et ", "a, ", "+1 ", "said X ", "M. ", "1-",
     "12 morts et 3 blessés ont ", "Jean Dupont, 45, ", "a'", "\n", "“a” "],
)  # fmt: skip
def test_work_grows_as_the_text_does(piece: str, language: str) -> None:
    """Eight times the text is about eight times the work, where a square law would make it sixty-four times.

    What one call of a pattern costs is not counted: tests/benchmarks/linear.py has the times of long texts.
    """
    text = (piece * (4_000 // len(piece) + 1))[:4_000]
    _calls(text[:500], language)  # what is read for the first time is remembered
    assert _calls(text, language) <= 10 * _calls(text[:499], language) + 1_000


def _finditer(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return where a pattern matches; a date is none where letters or digits follow it ("hierarchie")."""
    return [match.span() for match in pattern.finditer(text) if not text[match.end() : match.end() + 1].isalnum()]


def _openings(text: str, module: ModuleType, language: str) -> list[tuple[int, int]]:
    matches = match_openings(text, module._pattern(language), module._openers(language))
    return [m.span() for m in matches if not text[m.end() : m.end() + 1].isalnum()]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *OPENINGS]), max_size=40),
    st.sampled_from(["", " ", " ", "-"]),
    st.sampled_from(["fr", "en"]),
)
@example(["trois", "centaine"], "", "fr")
def test_no_date_and_no_number_begins_with_another_word_than_is_tried(
    pieces: list[str], joint: str, language: str
) -> None:
    text = joint.join(pieces)
    for module in (dates, literals):
        assert _openings(text, module, language) == _finditer(text, module._pattern(language))


@pytest.mark.parametrize("path", sorted((ROOT / "tests/data/news").glob("*.txt")), ids=lambda path: path.stem[:3])
def test_nor_in_an_article(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for language in ("fr", "en"):
        for module in (dates, literals):
            assert _openings(text, module, language) == _finditer(text, module._pattern(language))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["fr", "en"]))
def test_the_sentences_of_facts_are_those_of_paragraphs(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    tokens = tokenize(text, language)
    ranges = sentence_ranges(text, tokens, language)
    assert [i for begin, end in ranges for i in range(begin, end)] == list(range(len(tokens)))
    begins = {tokens[begin].start for begin, _ in ranges[1:]}
    assert begins <= {start for start, _ in sentences(text, language)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le sommet aura lieu le 12 juin 2025.", [("12 juin 2025", "2025-06-12", None)]),
        ("Le 1er mars 2024, tout a changé.", [("1er mars 2024", "2024-03-01", None)]),
        ("Mise à jour le 23/10/24.", [("23/10/24", "2024-10-23", None)]),
        ("Du 28 février au 3 mars 2024.", [("Du 28 février au 3 mars 2024", "2024-02-28", "2024-03-03")]),
        ("Depuis septembre, rien.", [("Depuis septembre", "2024-09", None)]),
        ("D'ici décembre, tout.", [("D'ici décembre", "2024-12", None)]),
        ("Il est parti début février.", [("début février", "2024-02", None)]),
        ("C'était en octobre dernier.", [("octobre dernier", "2024-10", None)]),
        ("Il a parlé mercredi.", [("mercredi", "2024-10-23", None)]),
        ("Il a parlé hier à 18h30.", [("hier", "2024-10-23", None), ("18h30", "T18:30", None)]),
        ("Il y a trois jours, un séisme.", [("Il y a trois jours", "2024-10-21", None)]),
        ("La saison 2018-2019.", [("2018-2019", "2018", "2019")]),
        ("Les années 1990.", [("Les années 1990", "1990", "1999")]),
        ("La semaine dernière.", [("La semaine dernière", "2024-10-14", "2024-10-20")]),
        (
            "Du 1er\u00a0août au 10\u00a0septembre.",
            [("Du 1er\u00a0août au 10\u00a0septembre", "2024-08-01", "2024-09-10")],
        ),
        ("Le 31 février 2024.", [("31 février 2024", None, None)]),
    ],
)
def test_french_dates(sentence: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = [s for s in spans(sentence, "fr", published=PUBLISHED) if s.kind == "date"]
    assert [(span.text, span.value, span.value_max) for span in found] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They met on June 12, 2025.", [("June 12, 2025", "2025-06-12", None)]),
        ("They met on 12 June.", [("12 June", "2024-06-12", None)]),
        ("The fair runs March 12-15, 2024.", [("March 12-15, 2024", "2024-03-12", "2024-03-15")]),
        ("It began last October.", [("last October", "2024-10", None)]),
        ("It ended in early February.", [("early February", "2024-02", None)]),
        ("He spoke on Wednesday.", [("Wednesday", "2024-10-23", None)]),
        ("It will end by December.", [("by December", "2024-12", None)]),
        ("He left two years ago.", [("two years ago", "2022", None)]),
        ("She may march in May.", [("May", "2024-05", None)]),
        ("The 2018 deal.", [("2018", "2018", None)]),
        ("It opens at 8:30 p.m. today.", [("8:30 p.m.", "T20:30", None), ("today", "2024-10-24", None)]),
        ("Dated 03/04/2024.", [("03/04/2024", None, None)]),
        ("Dated 13/04/2024.", [("13/04/2024", "2024-04-13", None)]),
    ],
)
def test_english_dates(sentence: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = [s for s in spans(sentence, "en", published=PUBLISHED) if s.kind == "date"]
    assert [(span.text, span.value, span.value_max) for span in found] == expected


def test_a_partial_date_without_publication_has_no_value() -> None:
    found = spans("Il a parlé mercredi, début février puis hier.", "fr")
    assert [(s.text, s.value) for s in found if s.kind == "date"] == [
        ("mercredi", None),
        ("début février", None),
        ("hier", None),
    ]


def test_a_year_is_a_date_and_a_count_is_a_number() -> None:
    assert _texts("date", "En 2024, 2000 personnes ont défilé.", "fr") == ["2024"]
    assert _texts("number", "En 2024, 2000 personnes ont défilé.", "fr") == ["2000"]


@pytest.mark.parametrize(
    ("sentence", "language", "people", "places"),
    [
        ("Le ministre français Paul Lemaire s'est rendu à Nairobi.", "fr", ["Paul Lemaire"], ["Nairobi"]),
        ("Selon Marie Dupuis, de la mairie de Grasse, tout va bien.", "fr", ["Marie Dupuis"], []),
        ("Mme Ursula von der Leyen a déclaré que l'Allemagne paierait.", "fr", ["Ursula von der Leyen"], ["Allemagne"]),
        (
            "Dans la région de Tillabéri, au Niger, Ali Ben Omar a disparu.",
            "fr",
            ["Ali Ben Omar"],
            ["Tillabéri", "Niger"],
        ),
        ("Jean-Luc Moreau a gagné. Moreau est né en Espagne.", "fr", ["Jean-Luc Moreau", "Moreau"], ["Espagne"]),
        ("La ministre de la Santé a réuni l'OMS et la Croix-Rouge.", "fr", [], []),
        ("President Ana Souza met Mr Smith in Lisbon.", "en", ["Ana Souza", "Smith"], ["Lisbon"]),
        ("Police said John F. Kelly was found near Springfield.", "en", ["John F. Kelly"], ["Springfield"]),
        ("The United Nations and NATO sent aid to South Sudan.", "en", [], ["South Sudan"]),
        ("Officials said Monday that Russian troops had left.", "en", [], []),
        ("“We will not yield,” said Karen O'Neil, the mayor of Cork.", "en", ["Karen O'Neil"], []),
    ],
)
def test_people_and_places(sentence: str, language: str, people: list[str], places: list[str]) -> None:
    assert (_texts("person", sentence, language), _texts("place", sentence, language)) == (people, places)


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Selon la préfecture, 300 personnes ont défilé.", "fr", ["la préfecture"]),
        ("Environ 300 personnes ont défilé, a indiqué la mairie.", "fr", ["la mairie"]),
        ("L'OMS estime que 300 personnes sont mortes.", "fr", ["L'OMS"]),
        ("Le maire, Paul Petit, a déclaré que 300 maisons étaient détruites.", "fr", ["Le maire, Paul Petit"]),
        ("10 000 personnes selon la police, 40 000 selon les syndicats.", "fr", ["la police", "les syndicats"]),
        ("Le bilan est de 12 morts. C'est ce qu'affirme le ministère.", "fr", ["le ministère"]),
        ("L'agence fait état de 300 morts.", "fr", ["L'agence"]),
        ("Selon des estimations, 300 personnes sont mortes.", "fr", [None]),
        ("Il pleut depuis 300 jours.", "fr", [None]),
        ("According to the army, 300 men died.", "en", ["the army"]),
        ("At least 300 men died, the health ministry said.", "en", ["the health ministry"]),
        ("The mayor told reporters that 300 homes were lost.", "en", ["The mayor"]),
        ("He said 300 homes were lost.", "en", [None]),
        ("The flood killed 61, according to figures released by the health ministry.", "en", ["the health ministry"]),
        ("Selon un bilan provisoire établi par la préfecture, 12 bergers sont morts.", "fr", ["la préfecture"]),
        ("Selon un bilan de la préfecture, 12 bergers sont morts.", "fr", ["un bilan de la préfecture"]),
        ("Selon des analystes cités par la radio, 12 bergers sont morts.", "fr", ["des analystes cités"]),
        ("Tests carried out overnight found 12 cracks, local officials said.", "en", ["local officials"]),
        ("Les experts estiment que 12 digues ont cédé, a dit le préfet.", "fr", ["Les experts"]),
        (
            "La porte-parole, Anne Le Roy, a souligné l’importance des 12 digues.",
            "fr",
            ["La porte-parole, Anne Le Roy"],
        ),
        ("L’office fait également état d’un grand nombre de blessés, avec au moins 12 morts.", "fr", ["L’office"]),
    ],
)
def test_who_says_a_figure(sentence: str, language: str, expected: list[str | None]) -> None:
    found = [s.attribution and s.attribution.text for s in spans(sentence, language) if s.kind == "number"]
    assert found == expected


def test_the_role_of_a_date_is_its_clause() -> None:
    (span,) = [s for s in spans("Les soldats ont été envoyés au front début février.", "fr") if s.kind == "date"]
    assert span.role == "soldats envoyés front"


def test_nothing_is_in_nothing() -> None:
    assert spans("", "fr") == ()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Un bâtiment neuf de 240 lits.", ["240"]),
        ("Neuf personnes et neuf chiens.", ["Neuf", "neuf"]),
        ("Ils sont neuf à table.", ["neuf"]),
    ],
)
def test_neuf_is_new_behind_a_noun_and_nine_elsewhere(text: str, figures: list[str]) -> None:
    assert [span.text for span in spans(text, "fr") if span.kind == "number"] == figures


def test_the_strings_of_a_span_are_made_from_values() -> None:
    text = "Le maire dément que plus de 40 marins norvégiens auraient été tués."
    (fact,) = [f for f in read_facts(text, "fr") if f.kind == "number"]
    assert fact.role == Role(("marins", "norvégiens"), ("tués",))
    assert fact.hedges == Hedges(more_than=True, conditional=True)
    assert fact.denied
    assert fact.speaker == Extent(0, 8)
    span = span_of(fact, text)
    assert (span.role, span.qualifier) == ("marins norvégiens tués", "more than, conditional, denied")
    assert span.attribution == Span("speaker", "Le maire", 0, 8)


def test_the_hedges_are_named_as_the_vocabulary_has_them() -> None:
    assert (*Hedges(*[True] * 11).names, "denied") == QUALIFIERS
    assert Hedges.of({"up to", "about", "denied"}) == Hedges(up_to=True, about=True)


def test_a_language_without_tables_is_read_without_facts() -> None:
    assert read_facts("Das Feuer forderte am 3. Mai 12 Tote in Bonn.", "de") == ()
