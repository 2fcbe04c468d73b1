"""Exports of Europresse in PDF with a column of labels beside each article: wherever it stands, whatever is above."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from pdfs import write_pdf
from test_reading import several

from index import Skipped, reading
from index.reading.databases import articles

PAPERS = ["Ouest Matin", "L'Union du Bocage et des vallées", "Ouest Matin"]
TITLES = [
    ["Le bac de Tréorvan reprend la", "mer"],
    ["Fromagerie : où loger les nouveaux ?"],
    ["La lande brûle, les pompiers", "manquent d'eau"],
]
BODY = [
    ["Après onze semaines d'arrêt, le bac a", "repris mardi ses rotations.", "La facture atteint 640 000 euros."],
    ["La fromagerie de Plouvin embauche 27", "personnes et cherche des logements.", "L'ancienne école servira."],
    ["Le feu a parcouru 120 hectares entre", "Brasparts et la mer en une nuit.", "Trois maisons ont été évacuées."],
]
REST = ["Le maire attend 12 000 passagers.", "La commune a promis.", "La pluie est annoncée pour jeudi."]
DAYS = [date(2023, 3, 13), date(2023, 3, 14), date(2023, 3, 17)]
WORDS = ["lundi 13 mars 2023", "mardi 14 mars 2023", "vendredi 17 mars 2023"]
FRENCH = ["Nom de la source", "Type de source", "Périodicité", "Couverture géographique", "Provenance"]
ENGLISH = ["Source name", "Source type", "Periodicity", "Geographical coverage", "Origin"]
WANTED = [
    (" ".join(title), paper, day, "\n".join([*body, rest]))
    for title, paper, day, body, rest in zip(TITLES, PAPERS, DAYS, BODY, REST, strict=True)
]


def side(n: int, labels: list[str]) -> list[str]:
    values = [PAPERS[n], "Presse • Presse régionale", "Quotidien", "Régionale", "Brest, Bretagne, France"]
    rights = [
        f"© 2023 {PAPERS[n]}. Tous", "droits réservés. Le présent document", "est protégé par les lois et",
        "conventions internationales.", "Certificat émis le 2 octobre 2023 à", "BIB-DE-LA-BAIE à des fins de",
        "visualisation personnelle.", f"news·{DAYS[n]:%Y%m%d}·OUM·0714-2023{n}",
    ]  # fmt: skip
    return [*itertools.chain(*zip(labels, values, strict=True)), *rights]


HEADS = {
    "section": lambda n: [PAPERS[n], f"Région, {WORDS[n]} 159 mots, p. 7"],
    "two sections": lambda n: [PAPERS[n], f"Édition de Brest, Mer, {WORDS[n]}, p. BREST12"],
    "broken": lambda n: [PAPERS[n], f"Région, {WORDS[n][:-5]}", "2023 159 mots, p. 7"],
    "bare day": lambda n: [PAPERS[n], WORDS[n]],
    "figures": lambda n: [PAPERS[n], f"Mer • {DAYS[n]:%d/%m/%Y} • 159 mots"],
}
LISTS = {
    "leaders": lambda n: [PAPERS[n], WORDS[n][6:].strip(), f"{' '.join(TITLES[n])} ............... {n + 3}"],
    "plain": lambda n: [PAPERS[n], WORDS[n], " ".join(TITLES[n]), str(n + 3)],
    "none": lambda n: [],
}


def export(head: str, listed: str, labels: list[str], place: str) -> list[list[str]]:
    """Return the pages of an export as they are told, each with a running head."""
    running = ["Documents sauvegardés", "europresse", "Lundi 2 octobre 2023 à 14 h 05"]
    pages = [["3 documents", "Par BIB-DE-LA-BAIE"]]
    told = list(itertools.chain(*map(LISTS[listed], range(3))))
    pages += [["Sommaire", *told]] if told else []
    for n in range(3):
        own = [*HEADS[head](n), *TITLES[n], *BODY[n]]
        pages.append([*side(n, labels), *own] if place == "before" else [*own, *side(n, labels)])
        pages.append([REST[n]])
    return [[*running, str(number), *page] for number, page in enumerate(pages, start=1)]


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("labels", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("head", HEADS)
def test_each_article_stands_apart_from_the_column_beside_it(head: str, listed: str, labels: list[str], place: str):
    made = articles("\n\n".join("\n".join(page) for page in export(head, listed, labels, place)))
    assert made is not None
    read = [(d.title, d.outlet, date.fromisoformat(d.published), d.text.replace("\n\n", "\n")) for d in made.articles]
    assert read == WANTED
    assert made.lost == ()


def drawn(pages: list[list[str]]) -> bytes:
    streams = []
    for page in pages:
        lines = (f"1 0 0 1 60 {780 - 12 * n} Tm ({line.replace('(', '').replace(')', '')}) Tj"
                 for n, line in enumerate(page))  # fmt: skip
        streams.append("BT /F1 9 Tf " + " ".join(lines) + " ET")
    return write_pdf(streams, 600, 800)


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("changed", range(3))
def test_an_article_whose_head_names_its_paper_otherwise_stands_under_its_column(changed: int, listed: str):
    pages = export("section", listed, FRENCH, "before")
    place = len(pages) - 6 + 2 * changed
    at = pages[place].index(HEADS["section"](changed)[1])
    pages[place][at - 1] = "Le Cahier du dimanche"
    made = articles("\n\n".join("\n".join(page) for page in pages))
    assert made is not None
    read = [(d.title, d.outlet, date.fromisoformat(d.published), d.text.replace("\n\n", "\n")) for d in made.articles]
    assert read == WANTED


def placed(left: int, lines: list[str]) -> list[tuple[int, int, str]]:
    return [(760 - 12 * n, left, line) for n, line in enumerate(lines)]


@pytest.mark.parametrize("told", ["column by column", "line by line"])
@pytest.mark.parametrize("x", [(40, 230), (400, 40)], ids=["left", "right"])
def test_the_column_may_stand_left_or_right_of_the_text(tmp_path: Path, x: tuple[int, int], told: str):
    pages = []
    for n in range(3):
        pieces = [*placed(x[0], side(n, FRENCH)), *placed(x[1], [*HEADS["section"](n), *TITLES[n], *BODY[n], REST[n]])]
        pieces = sorted(pieces, key=lambda piece: (-piece[0], piece[1])) if told == "line by line" else pieces
        pages.append(" ".join(f"BT /F1 8 Tf {left} {y} Td ({line}) Tj ET" for y, left, line in pieces))
    read = several(tmp_path, "a.pdf", write_pdf(pages, 600, 800))
    assert [(d.title, d.outlet, d.published) for d in read] == [one[:3] for one in WANTED]
    assert [" ".join(d.text.split()) for d in read] == [" ".join(one[3].split()) for one in WANTED]


def test_an_article_that_the_export_counts_and_does_not_hold_is_told(tmp_path: Path):
    pages = export("section", "leaders", FRENCH, "before")[:-2]
    (tmp_path / "a.pdf").write_bytes(drawn(pages))
    read = reading.read_path(tmp_path / "a.pdf")
    assert [d.title for d in read.documents] == [one[0] for one in WANTED[:2]]
    assert Skipped("a.pdf", "1 of 3 articles of the export hold no text") in read.skipped
