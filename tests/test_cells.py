"""Figures of tables and of lines "label: value": each is tied to its row and its column, or it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facts import read_facts

BITS = (
    "Morts", "Lits", "à Lille", " : ", ": ", " | ", "|", "\n", "12", "3 333", "2023", "(en millions d'euros)", "(%)",
    "plus ", "12 morts", "- ", "Rang", "dont 4", "“", "Staff", "in 2022", ". ", "€", "1,5", "00", "n°", "\u00a0", "(",
)  # fmt: skip


def told(text, language="fr"):
    """Return the printed figure, the value, the unit and the role of each figure."""
    facts = [fact for fact in read_facts(text, language) if fact.kind == "number"]
    return [(text[f.start : f.end], f.value, f.unit, f.role.text) for f in facts]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Mutuelle Oméga | Siège: Arras | Guichets: 87 | Employés: 1 912",
            "fr",
            [("87", 87, "", "Guichets Mutuelle Oméga"), ("1 912", 1912, "", "Employés Mutuelle Oméga")],
        ),
        ("Rang: 2 | Club: Arras | Points: 56", "fr", [("56", 56, "", "Points Arras")]),
        (
            "Port of Hull | Berths: 14 | Staff: about 900",
            "en",
            [("14", 14, "", "Berths Port Hull"), ("900", 900, "", "Staff Port Hull")],
        ),
        ("Arras | 2022: 310 | 2023: 295", "fr", [("310", 310, "", "Arras"), ("295", 295, "", "Arras")]),
        ("Blessés | 23", "fr", [("23", 23, "", "Blessés")]),
        ("Arras | 310 | 295", "fr", []),  # nobody can tell what they count
        ("Arras | 23 blessés | 310 évacués", "fr", [("23", 23, "", "blessés"), ("310", 310, "", "évacués")]),
        ("Blessés à Arras : 23", "fr", [("23", 23, "", "Blessés Arras")]),
        (
            "Blessés à Arras : 23\n310 habitants ont été évacués.",
            "fr",
            [("23", 23, "", "Blessés Arras"), ("310", 310, "", "habitants évacués")],
        ),
        ("Injured in Hull: 23", "en", [("23", 23, "", "Injured Hull")]),
        ("- Disparus : environ 40 (bilan provisoire)", "fr", [("40", 40, "", "Disparus")]),
        ("Code postal : 62000", "fr", []),
        (
            "Mutuelle Oméga | Dépôts (en millions d’euros): 3,2",
            "fr",
            [("3,2", 3_200_000, "EUR", "Dépôts Mutuelle Oméga")],
        ),
        ("Mutuelle Oméga | Dépôts (en milliers): 3,2", "fr", [("3,2", 3200, "", "Dépôts Mutuelle Oméga")]),
        ("Omega | Share (in %): 12", "en", [("12", 12, "%", "Share Omega")]),
    ],
)
def test_a_figure_alone_in_its_cell_counts_what_its_row_and_column_name(text, language, expected):
    assert told(text, language) == expected


def test_a_sentence_with_a_colon_is_no_label():
    (figure,) = told("Les secours ont compté : 23")
    assert figure[3] != "secours compté"
    wrapped = "Le préfet, venu sur place avec le maire de la ville et les secours : 23\nblessés sont soignés à Arras."
    assert "blessés" in told(wrapped)[0][3]


def test_a_name_in_a_list_does_not_say_what_is_counted():
    assert told("Kermorvan : 12\nLille : 3") == [("12", 12, "", ""), ("3", 3, "", "")]
    assert told("Agences : 12") == [("12", 12, "", "Agences")]


def test_hedges_beside_a_figure_in_a_cell_stay():
    (fact,) = [f for f in read_facts("Disparus | environ 40", "fr") if f.kind == "number"]
    assert fact.hedges.names == ("about",)


@given(st.lists(st.sampled_from(BITS), max_size=40).map("".join), st.sampled_from(["fr", "en"]))
def test_law_whatever_stands_in_a_table_its_facts_stand_in_it_in_order(text, language):
    last = 0
    for fact in read_facts(text, language):
        assert last <= fact.start < fact.end <= len(text)
        last = fact.end
