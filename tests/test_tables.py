"""What the tables of the languages must hold, whichever language it is: a new one is held to the same laws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from index.facts import LANGUAGES, spans
from index.facts.gazetteer import countries, places
from index.facts.relations import classes
from index.facts.tables import table
from index.facts.tables.table import Table
from index.facts.tokens import fold_word

CITIES = [(language, city) for language in LANGUAGES for city in table(language).gazetteer.cities]
ARRIVALS = {"fr": "Le train est arrivé à {}.", "en": "The train arrived in {}."}


def _lists(part: object, name: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    if is_dataclass(part):
        for field in fields(part):
            yield from _lists(getattr(part, field.name), f"{name}.{field.name}")
    elif isinstance(part, frozenset):
        yield name, part


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_list_is_folded_as_the_words_of_a_text_are(language: str) -> None:
    """A word that is not would never be found."""
    unfolded = ("numbers", "dates.ones", "dates.openers")  # compared with what is printed
    wrong = {
        name: odd
        for name, listed in _lists(table(language))
        if not name.startswith(tuple(f".{prefix}" for prefix in unfolded))
        and (odd := [word for word in listed if fold_word(word) != word])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_the_same_relations(language: str) -> None:
    assert table(language).relations.keys() == table("fr").relations.keys()
    for name, entries in table(language).relations.items():
        for entry in entries.split():
            word = entry.rstrip(".")
            assert name in classes(word, language) or word in table(language).not_related


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_patterns_of_dates_name_the_same_groups(language: str) -> None:
    kinds = {"days", "full", "inverted", "month", "decade", "weekday", "ago", "named", "season"}
    assert not [kind for kind in kinds if f"(?P<{kind}>" not in table(language).dates.kinds]


def test_a_table_stands_for_its_own_language() -> None:
    for language in LANGUAGES:
        assert isinstance(table(language), Table)
        assert table(language).language == language
    with pytest.raises(KeyError):
        table("de")


@pytest.mark.parametrize(("language", "city"), CITIES)
def test_every_city_is_found_by_its_own_name(language: str, city: str) -> None:
    assert city in places()
    printed = city.title()
    found = spans(ARRIVALS[language].format(printed), language)
    assert [(span.kind, span.text) for span in found] == [("place", printed)]


def test_hong_kong_is_a_place_and_a_country_of_its_own_code() -> None:
    assert [s.text for s in spans("Deux avions ont quitté Hong Kong.", "fr") if s.kind == "place"] == ["Hong Kong"]
    assert [s.text for s in spans("Two planes left Hong Kong.", "en") if s.kind == "place"] == ["Hong Kong"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("des marins azerbaïdjanais et philippins", {"AZ", "PH"}),
        ("Azerbaijani and Filipino sailors", {"AZ", "PH"}),
        ("les États-Unis", {"US"}),
        ("the USA", {"US"}),
        ("des Coréens du Sud", {"KR"}),
        ("South Koreans", {"KR"}),
        ("south sudanese farmers", {"SS"}),
    ],
)
def test_nationalities_are_known_whole(text: str, expected: set[str]) -> None:
    assert countries(text) == expected
