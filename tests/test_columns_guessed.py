"""Columns of documentation databases: by their usual names, short ones among them, and by what their cells hold."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import reading
from index.reading.cells import day_column, title_column
from index.reading.days import day_of, order_of_days
from index.reading.fields import assign
from index.records import Guessed

TITLES = ["Le bac de Tréorvan reprend la mer", "Fromagerie : où loger les nouveaux ?", "Town switches off its lights"]
TEXTS = [
    "Après onze semaines d'arrêt, le bac a repris mardi ses rotations ; la facture atteint 640 000 euros.\n\nLe maire"
    " attend 12 000 passagers cet été, soit un tiers de plus que l'an dernier à la même époque.",
    "La fromagerie de Plouvin embauche 27 personnes. Elle cherche des logements pour la moitié d'entre elles, et la"
    " commune a promis de lui céder l'ancienne école, vide depuis quatre ans.",
    "On the first clear night of winter the council of Hale switched off 412 lamps, and nobody complained until spring"
    " came, when the buses began to miss their stops again.",
]
PAPERS = ["Ouest Matin", "Ouest Matin", "The Bay Gazette"]
DAYS = [date(2022, 11, 3), date(2022, 11, 5), date(2022, 11, 10)]
ENTERED = [date(2022, 11, 15), date(2022, 11, 16), date(2022, 11, 17)]


def table(columns: dict[str, list[str]], sign: str = ";") -> bytes:
    """Return a table with these columns, as a database of the newsroom exports it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode("cp1252")


def told(folder: Path, columns: dict[str, list[str]], **named: str):
    (folder / "a.csv").write_bytes(table(columns))
    return reading.read_path(folder / "a.csv", columns=named or None)


def base(title: str, day: str, text: str, paper: str = "Support") -> dict[str, list[str]]:
    return {
        "N° fiche": ["F01", "F02", "F03"],
        paper: PAPERS,
        day: [f"{d:%d/%m/%Y}" for d in DAYS],
        "Rubrique / cahier": ["MER", "EMPLOI", "VIE"],
        title: TITLES,
        "Mots-clés": ["bac ; mer ; travaux", "emploi ; logement", "nuit ; lampes ; ville"],
        text: TEXTS,
        "Droits": [f"© {paper} - reproduction interdite" for paper in PAPERS],
        "Saisi le": [f"{d:%d/%m/%Y} 10:07" for d in ENTERED],
    }


@pytest.mark.parametrize(
    ("title", "day", "text", "paper"),
    [
        ("Accroche-titre", "Dt parution", "Texte intégral", "Support"),
        ("Titraille", "Dt. publi.", "Txt", "Titre du journal"),
        ("TI", "DP", "TX", "SO"),
        ("Titre affiché", "Paru le", "Article complet", "Nom du support"),
        ("Intitulé document", "Date édition", "Corps du texte", "Nom publication"),
        ("HeadlineText", "IssueDate", "RawText", "Newspaper name"),
        ("C5", "C3", "C7", "Journal"),
    ],
)
def test_a_database_calls_its_columns_as_it_likes(tmp_path: Path, title: str, day: str, text: str, paper: str):
    read = told(tmp_path, base(title, day, text, paper))
    assert [(d.title, d.outlet, d.published, d.text) for d in read.documents] == list(
        zip(TITLES, PAPERS, DAYS, TEXTS, strict=True)
    )
    assert read.guessed[0].columns["title"] == title
    assert read.guessed[0].columns["published"] == day


def test_what_is_guessed_by_its_cells_is_said(tmp_path: Path):
    read = told(tmp_path, base("Titraille", "C3", "C7"))
    assert read.skipped == ()
    assert read.guessed == (
        Guessed("a.csv", {"text": "C7", "title": "Titraille", "published": "C3", "outlet": "Support"}),
    )
    named = told(tmp_path, base("Titraille", "C3", "C7"), Titraille="title", C3="published", C7="text")
    assert named.skipped == ()
    assert [(d.title, d.published) for d in named.documents] == list(zip(TITLES, DAYS, strict=True))


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Mots", ["bac ; mer ; travaux publics", "emploi ; logement ; lait", "nuit ; lampes ; ville de Hale"]),
        ("Personnes", ["Anne Le Goff et Luc Fabre", "Ada Colin avec Jean Prat", "Simon Hale and Bea Lamming"]),
        ("Début", [text[:50] for text in TEXTS]),
        ("Lien", ["https://a.example/un deux trois", "https://a.example/b c d", "https://a.example/e f g"]),
        ("Classement", ["dossier du mois de mai", "dossier du mois de mai", "dossier du mois de juin"]),
        ("Mention", ["© Ouest Matin, droits réservés un", "© Ouest Matin, droits deux", "© Bay Gazette, droits trois"]),
    ],
)
def test_other_short_texts_are_no_titles(name: str, cells: list[str]):
    assert title_column({name: cells}, TEXTS) == ""
    assert title_column({name: cells, "Z": TITLES}, TEXTS) == "Z"


def test_of_two_columns_of_days_the_one_that_is_never_later_is_of_the_article():
    early, late = ([f"{d:%d/%m/%Y}" for d in days] for days in (DAYS, ENTERED))
    assert day_column({"B": late, "A": early}) == "A"
    assert day_column({"Saisie": early, "A": late}) == "A"
    assert day_column({"Import": early, "Export": late}) == ""
    assert day_column({"A": [early[0], late[1]], "B": [late[0], early[1]]}) == ""
    assert day_column({"Number": ["20221", "20222"], "Code": ["F01", "F02"]}) == ""


FORMS = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%Y%m%d", "%d/%m/%y"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dates(date(1990, 1, 1), date(2049, 12, 31)), min_size=2, max_size=8),
    st.sampled_from(FORMS),
    st.integers(1, 30),
)
def test_every_column_of_days_is_found_and_read_as_it_is_meant(days: list[date], form: str, later: int):
    rows = [
        {"x1": day.strftime(form), "x2": (day + timedelta(days=later)).strftime(form), "texte": TEXTS[n % 3]}
        for n, day in enumerate(days)
    ]
    columns = assign(rows, {}).columns
    assert columns["published"] == "x1"
    order = order_of_days(rows, columns)
    assert order in ("day", "")  # the text is called as in French
    assert [reading_of(row["x1"], order) for row in rows] == days


def reading_of(cell: str, order: str) -> date | None:
    from index.paragraphs.datelines import read_date

    return read_date(day_of(cell, order), "fr")
