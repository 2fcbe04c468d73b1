"""Exports of ProQuest and databases like it, whose records are lines of "Label: value", in both languages."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest

from index import Skipped, reading
from index.reading.databases import articles, may_hold

TITLES = ["Ferry to Grand Manor runs again", "Le pont de Lormeaux rouvre : 40 jours d'avance"]
PAPERS = ["The Harbour Post", "Le Courrier de Lormeaux"]
DAYS = [date(2021, 5, 4), date(2021, 8, 16)]
TEXTS = [
    [
        "The ferry carried 212 people on Tuesday.",
        "Location: nobody could say where the second boat was, the owner told the court.",
        "It sails at 8 a.m.",
    ],
    ["Le pont a rouvert lundi.", "Les travaux ont coûté 7 millions d'euros, dit le maire : « C'est fini. »"],
]
WANTED = [(*told, "\n\n".join(text)) for *told, text in zip(TITLES, PAPERS, DAYS, TEXTS, strict=True)]
MONTHS = ["May", "Aug"], ["mai", "août"]

ENGLISH = {
    "author": "Author:", "info": "Publication info:", "abstract": "Abstract:", "links": "Links:", "text": "Full text:",
    "subject": "Subject:", "title": "Title:", "paper": "Publication title:", "page": "First page:",
    "year": "Publication year:", "day": "Publication date:", "issn": "ISSN:", "kind": "Source type:",
    "id": "ProQuest document ID:", "url": "Document URL:", "changed": "Last updated:", "base": "Database:",
}  # fmt: skip
FRENCH = {
    "author": "Auteur :", "info": "Informations sur la publication :", "abstract": "Résumé :", "links": "Liens :",
    "text": "Texte intégral :", "subject": "Sujet :", "title": "Titre :", "paper": "Titre de publication :",
    "page": "Première page :", "year": "Année de publication :", "day": "Date de publication :", "issn": "ISSN :",
    "kind": "Type de source :", "id": "ID du document ProQuest :", "url": "URL du document :",
    "changed": "Dernière mise à jour :", "base": "Base de données :",
}  # fmt: skip


def values(n: int, language: int) -> dict[str, str]:
    day = DAYS[n]
    month = MONTHS[language][n]
    return {
        "author": ["Doe, Ann; Roy, Paul", "Le Goff, Anne"][n],
        "info": f"{PAPERS[n]} ; Lormeaux [Lormeaux]. {day.day} {month} {day.year}: A.{n + 1}.",
        "abstract": "None available." if n else "A short account.", "links": "", "subject": "Ferries; Bridges",
        "title": TITLES[n], "paper": f"{PAPERS[n]}, Late Edition (East); Lormeaux", "page": f"A.{n + 1}",
        "year": str(day.year), "day": f"{month} {day.day}, {day.year}", "issn": "12345678", "kind": "Newspapers",
        "id": f"27136{n}", "url": f"https://db.example/docview/{n}", "changed": "2022-09-15", "base": "Newsstream",
    }  # fmt: skip


HEAD, TAIL = ["author", "info", "abstract", "links"], list(ENGLISH)[5:]


def record(n: int, labels: dict[str, str], told: str, place: str) -> list[str]:
    """Return the lines of a record: its text under the label or behind it, its fields around the text or above."""
    own = values(n, labels is FRENCH)
    line = {name: f"{labels[name]} {value}".strip() for name, value in own.items()}
    text = {
        "behind": [f"{labels['text']} {TEXTS[n][0]}", *TEXTS[n][1:]],
        "under": [labels["text"], *TEXTS[n]],
        "heading": [labels["text"].rstrip(" :").upper(), *TEXTS[n]],
    }[told]
    if place == "above":
        return [line["title"], *(line[name] for name in (*HEAD, *TAIL[2:])), *text]
    return [TITLES[n], *(line[name] for name in HEAD[:2]), own["url"], *(line[name] for name in HEAD[2:]),
            *text, *(line[name] for name in TAIL)]  # fmt: skip


FOOT = ["_" * 60, "Contact us at: http://db.example/contact", "Copyright © 2022 Base LLC. All rights reserved."]
PARTED = {
    "numbers and signs": lambda n, words: ["_" * 60, f"Document {n + 1} {words} 2"],
    "numbers": lambda n, words: [f"Document {n + 1} {words} 2"],
    "signs": lambda n, words: ["=" * 40],
}


def export(parted: str, labels: dict[str, str], told: str, place: str) -> str:
    words = "de" if labels is FRENCH else "of"
    lines = [[*PARTED[parted](n, words), *record(n, labels, told, place)] for n in range(2)]
    return "\n\n".join([*itertools.chain(*lines), *FOOT]) + "\n"


@pytest.mark.parametrize("place", ["around", "above"])
@pytest.mark.parametrize("told", ["behind", "under", "heading"])
@pytest.mark.parametrize("labels", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("parted", PARTED)
def test_each_record_is_an_article_and_its_fields_are_no_text(parted: str, labels: dict, told: str, place: str):
    made = articles(export(parted, labels, told, place))
    assert made is not None
    assert [(d.title, d.outlet, date.fromisoformat(d.published), d.text) for d in made.articles] == WANTED
    assert [d.author for d in made.articles] == ["Ann Doe, Paul Roy", "Anne Le Goff"]
    assert [d.url for d in made.articles] == ["https://db.example/docview/0", "https://db.example/docview/1"]
    assert made.lost == ()
    assert not any(d.partial for d in made.articles)


def test_records_that_nothing_parts_begin_with_the_first_label(tmp_path: Path):
    told = "\n".join(itertools.chain(*(record(n, FRENCH, "behind", "above") for n in range(2))))
    (tmp_path / "a.txt").write_text(told, encoding="utf-8")
    read = reading.read_path(tmp_path / "a.txt").documents
    assert [(d.title, d.outlet, d.published, d.text.replace("\n\n", "\n")) for d in read] == [
        (*own, text.replace("\n\n", "\n")) for *own, text in WANTED
    ]


def test_without_a_text_the_abstract_is_read_as_a_part_and_without_either_it_is_told(tmp_path: Path):
    lines = export("numbers", ENGLISH, "behind", "around").replace(TEXTS[0][0], "Not available.")
    for gone in TEXTS[0][1:]:
        lines = lines.replace(f"{gone}\n\n", "")
    made = articles(lines)
    assert made is not None
    assert [(d.text, d.partial) for d in made.articles] == [("A short account.", True), (WANTED[1][3], False)]
    made = articles(lines.replace("A short account.", "None available."))
    assert made is not None
    assert [d.title for d in made.articles] == TITLES[1:]
    assert made.lost == ("1 of 2 articles of the export hold no text",)


def test_an_export_that_ends_in_a_text_says_so(tmp_path: Path):
    whole = export("numbers and signs", ENGLISH, "behind", "around")
    (tmp_path / "a.txt").write_text(whole[: whole.index("dit le maire")], encoding="utf-8")
    read = reading.read_path(tmp_path / "a.txt")
    assert [(d.title, d.partial) for d in read.documents] == [(TITLES[0], False), (TITLES[1], True)]
    assert read.skipped == (Skipped("a.txt", "the export ends in the middle of an article"),)


def test_values_go_on_over_lines_and_a_line_of_signs_in_a_text_parts_nothing():
    lines = [
        "_" * 30, "Titre :", "Le bac reprend", "la mer", "", "Source : Le Courrier de Lormeaux, 16 août 2021, p. A6",
        "", "Auteur : Anne Le Goff", "", "Texte intégral :", "", "Le bac a repris.", "", "* * * * *", "",
        "Il est plein.", "", "Copyright Le Courrier 2021", "", "Sujet : Bacs;", "Mer", "", "ISSN : 1234-5678",
    ]  # fmt: skip
    made = articles("\n".join(lines))
    assert made is not None
    (read,) = made.articles
    assert (read.title, read.outlet, read.published) == ("Le bac reprend la mer", PAPERS[1], "2021-08-16")
    assert read.text == "Le bac a repris.\n\nIl est plein."


def test_a_text_that_stands_last_may_hold_a_line_of_signs_and_what_the_export_says_under_it_leaves():
    head = [f"Title: {TITLES[0]}", f"Publication title: {PAPERS[0]}", "Publication date: May 4, 2021"]
    lines = [*head, "Full text: The ferry sailed.", "*****", "It is full.", "_" * 40, "Contact us in writing."]
    made = articles("\n\n".join(lines))
    assert made is not None
    assert [(d.title, d.text) for d in made.articles] == [(TITLES[0], "The ferry sailed.\n\nIt is full.")]


def test_labels_may_be_headings_and_a_source_under_a_text_is_no_paper():
    lines = [
        "Document 1 of 1", "The ferry sails again", f"{PAPERS[0]}; Lormeaux", "ABSTRACT (ENGLISH)", "A short account.",
        "FULL TEXT", "The ferry sailed at 8 a.m. with 212 people.", "-5 degrees, it is full.", "Source: Agency",
        "DETAILS",
        "Subject: Ferries", f"Publication info: {PAPERS[0]}; Lormeaux, {'a region with a long name, ' * 5}4 May 2021",
    ]  # fmt: skip
    made = articles("\n\n".join(lines))
    assert made is not None
    (read,) = made.articles
    assert (read.title, read.outlet, read.published) == ("The ferry sails again", PAPERS[0], "2021-05-04")
    assert read.text == "The ferry sailed at 8 a.m. with 212 people.\n\n-5 degrees, it is full."


@pytest.mark.parametrize(
    "text",
    [
        "Le texte intégral :\n\nSource : le maire, mardi.\n\nLe pont ouvre.",
        "Texte : Anne Le Goff\n\nPhotos : Luc Fabre\n\nLe pont ouvre mardi.",
        "Source: the mayor\n\nFull text: the speech lasted an hour.\n\nNobody left.",
    ],
)
def test_a_text_with_such_a_line_or_two_is_no_export(text: str):
    assert articles(text) is None


def test_a_press_review_is_not_taken_for_one_by_a_label_alone():
    assert not may_hold("Texte intégral : à lire en page 4.\n\nLe pont ouvre, selon Le Courrier du 16 août 2021.")
