"""Press reviews in letters: each article has the title, the paper and the day that the review prints for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_letters import letter, told

from index.reading.clippings import clippings
from index.reading.creditlines import Credit, read_credit
from index.reading.decoding import normalise
from index.reading.relayed import stories

TEXTS = [
    "Le bac de Tréorvan a repris mardi ses rotations, après onze semaines d'arrêt et 640 000 euros de travaux.",
    "La fromagerie de Plouvin embauche 27 personnes, et cherche des logements pour la moitié d'entre elles.",
    "The ferry company has ordered 2 electric boats, which will cross the bay in 14 minutes from next spring.",
]
SECTIONS = ["Vie des ports et des îles", "EMPLOI", "Transports"]
ARTICLES = [
    ("Le bac de Tréorvan reprend la mer", "Ouest Matin", "lundi 13 mars 2023", date(2023, 3, 13), "Ada Colin"),
    ("Fromagerie : où loger les nouveaux ?", "L'Union", "samedi 11 mars 2023", date(2023, 3, 11), ""),
    ("Ferry company orders electric boats", "The Bay Gazette", "mardi 14 mars 2023", date(2023, 3, 14), ""),
]
WANTED = [
    (title, outlet, day, author, text) for (title, outlet, _, day, author), text in zip(ARTICLES, TEXTS, strict=True)
]
HEAD = "<p><a href='v'>Voir dans le navigateur</a></p><h1>Revue de presse</h1><p>Mardi 14 mars 2023</p>"
CONTENTS = "<h3>Sommaire</h3><ul>" + "".join(f"<li><a href='#'>{a[0]}</a> ({a[1]})</li>" for a in ARTICLES) + "</ul>"
LINKS = "<p><a href='https://f.example/a'>Lire l'article</a> &nbsp; <a href='#top'>Retour au sommaire</a></p>"
FOOT = "<p>Vous recevez ce message car vous êtes abonné à la revue de presse.<br><a href='u'>Se désabonner</a></p>"
LAYOUTS = {
    "under its title": "<p>{section}</p><h2>{title}</h2><p><b>{outlet}</b> | {day}{by}</p><p>{text}</p>",
    "in two lines": "<h2>{section}</h2><h3>{title}</h3><p>{outlet}<br>{day}{by}</p><p>{text}</p>",
    "above its title": "<h2>{section}</h2><p>{outlet}, {day}{by}</p><h3>{title}</h3><p>{text}</p>",
    "under its text": "<h2>{section}</h2><h3>{title}</h3><p>{text}</p><p><i>{outlet} – {day}{by}</i></p>",
    "in cells": "<table><tr><td>{section}</td></tr><tr><td><h2>{title}</h2></td></tr><tr><td>{outlet}</td><td>{day}{by}"
    "</td></tr><tr><td>{text}</td></tr></table>",
}


def page(layout: str, *, contents: str = CONTENTS) -> str:
    told = "".join(
        layout.format(title=title, outlet=outlet, day=day, by=f" | Par {by}" if by else "", text=text, section=section)
        + LINKS
        for (title, outlet, day, _, by), text, section in zip(ARTICLES, TEXTS, SECTIONS, strict=True)
    )
    return f"<html><body>{HEAD}{contents}{told}{FOOT}</body></html>"


@pytest.mark.parametrize("place", LAYOUTS)
def test_each_article_of_a_review_has_its_own_paper_and_day_and_no_section(tmp_path: Path, place: str):
    made = page(LAYOUTS[place])
    assert told(tmp_path, "a.eml", letter("Revue de presse", page=made)) == WANTED
    flat = " ".join(f"{title} {text}" for (title, *_), text in zip(ARTICLES, TEXTS, strict=True)) * 3
    assert told(tmp_path, "b.eml", letter("Revue de presse", f"{flat}\n", made)) == WANTED


def plain(rule: str) -> str:
    told = "".join(
        f"{rule}\n{section}\n\n{title}\n({outlet}, {day})\n\n{text}\n\nLire l'article : https://f.example/{n}\n\n"
        for n, ((title, outlet, day, *_), text, section) in enumerate(zip(ARTICLES, TEXTS, SECTIONS, strict=True))
    )
    return f"REVUE DE PRESSE\nMardi 14 mars 2023\n\n{told}{rule}\nPour vous désabonner : https://f.example/u\n"


def test_lines_of_signs_and_sections_of_a_review_in_plain_text_are_no_title(tmp_path: Path):
    assert told(tmp_path, "a.eml", letter("Revue de presse", plain("-" * 50))) == [
        (title, outlet, day, "", text) for title, outlet, day, _, text in WANTED
    ]


def test_a_paper_without_a_day_has_that_of_the_letter_and_a_day_without_a_year_its_year(tmp_path: Path):
    labelled = page("<h2>{title}</h2><p>Source : {outlet}</p><p>{text}</p>")
    assert [read[:3] for read in told(tmp_path, "a.eml", letter("Revue", page=labelled))] == [
        (title, outlet, date(2023, 3, 14)) for title, outlet, *_ in ARTICLES
    ]
    short = page(LAYOUTS["under its title"]).replace(" mars 2023", " mars")
    assert told(tmp_path, "b.eml", letter("Revue", page=short)) == WANTED


def test_an_article_without_a_day_or_with_a_title_of_a_word_or_two_stands_by_itself_among_others(tmp_path: Path):
    made = page(LAYOUTS["under its title"])
    undated = made.replace("<b>L'Union</b> | samedi 11 mars 2023", "L'Union")
    wanted = [WANTED[0], (*WANTED[1][:2], date(2023, 3, 14), *WANTED[1][3:]), WANTED[2]]
    assert told(tmp_path, "a.eml", letter("Revue", page=undated)) == wanted
    short = made.replace("<h2>Ferry company orders electric boats</h2>", "<p><b>Electric ferries</b></p>")
    wanted = [*WANTED[:2], ("Electric ferries", *WANTED[2][1:])]
    assert told(tmp_path, "b.eml", letter("Revue", page=short)) == wanted


def test_what_is_to_come_is_no_review(tmp_path: Path):
    later = page(LAYOUTS["under its title"]).replace("mars 2023", "juin 2023")
    assert {read[1] for read in told(tmp_path, "a.eml", letter("Agenda", page=later))} == {"Le Fil du matin"}


@pytest.mark.parametrize("title", ["## {}", "**{}**"])
def test_the_name_of_a_section_is_no_title_of_a_letter_of_its_own_articles(title: str):
    lines = "".join(
        f"## {section}\n\n{title.format(own[0])}\n\nPar Ada Colin\n\n{text}\n\nLire la suite\n\n"
        for own, text, section in zip(ARTICLES, TEXTS, ["EMPLOI", "Politique", "Sports"], strict=True)
    )
    assert [title for title, _ in stories(lines)[0]] == [own[0] for own in ARTICLES]


@pytest.mark.parametrize(
    ("line", "outlet", "author"),
    [
        ("Ouest Matin | lundi 13 mars 2023 | p. 4 | Par Ada Colin", "Ouest Matin", "Ada Colin"),
        ("13/03/2023 – Ouest Matin, p. 4", "Ouest Matin", ""),
        ("Publié dans Ouest Matin le lundi 13 mars 2023", "Ouest Matin", ""),
        ("20 Jours · 13 mars 2023 à 18:40", "20 Jours", ""),
        ("ouest-matin.example, 13 mars", "ouest-matin.example", ""),
        ("The Bay Gazette, Monday March 13", "The Bay Gazette", ""),
        ("lundi 13 mars 2023 | Par Ada Colin", "", "Ada Colin"),
    ],
)
def test_lines_of_a_paper_and_a_day(line: str, outlet: str, author: str):
    assert read_credit(line, date(2023, 3, 14)) == Credit(outlet, date(2023, 3, 13), author)


@pytest.mark.parametrize(
    "line",
    [
        "Le bac a repris le 13 mars 2023", "Rendez-vous à la mairie, 13 mars 2023", "Revue de presse du 13 mars 2023",
        "Le bac de Tréorvan reprend la mer (Ouest Matin, 13 mars 2023)", "Ouest Matin", "Ouest Matin, 13 mars",
    ],
)  # fmt: skip
def test_lines_that_are_none_of_a_paper_and_a_day(line: str):
    assert read_credit(line) is None


LINES = st.sampled_from(
    [
        "", "EMPLOI", "# Vie des ports", "----------", "Le bac reprend la mer", "Où loger les nouveaux employés ?",
        "Ouest Matin | 13 mars 2023", "L'Union, samedi 11 mars 2023", "Ouest Matin", "Mardi 14 mars 2023",
        "Par Ada Colin", "Lire l'article", *TEXTS,
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=16).map("\n".join))
def test_law_an_article_of_a_review_holds_lines_of_it_in_their_order_and_no_prose_is_in_two(text: str) -> None:
    found, _ = clippings(text, day="Tue, 14 Mar 2023 07:00:00 +0100")
    lines = iter(normalise(text).split("\n"))
    for said in found:
        assert said.title in text
        assert said.outlet in text
        assert all(any(line.strip() == own.strip() for own in lines) for line in said.text.split("\n") if line.strip())
